//! Large numbers in which a spreadsheet has lost digits: an identifier that was opened and saved again as `8.90123E+12`.

use super::{Cells, Texts};

/// Whether a cell holds a large number in which a spreadsheet has lost digits: `8.90123E+12`.
fn is_damaged(cell: &str) -> bool {
    let Some((digits, exponent)) = cell.trim().split_once(['e', 'E']) else {
        return false;
    };
    let Some(exponent) = exponent.strip_prefix('+') else {
        return false;
    };
    let is_long = exponent.parse::<u32>().is_ok_and(|exponent| exponent >= 8);
    let are_digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    is_long && !digits.is_empty() && digits.chars().all(are_digits)
}

/// How many of such cells a column has, and where the first stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Damaged {
    pub(super) count: usize,
    pub(super) first: usize,
}

impl Damaged {
    /// `None` where there are none.
    pub(super) fn of(cells: &Cells) -> Option<Self> {
        match cells {
            Cells::Texts(texts) => Self::of_texts(texts),
            // Numbers that are written plainly have all of their digits.
            Cells::Numbers(form) => {
                let others = form.others().iter();
                Self::among(others.map(|(row, text)| (*row as usize, text.as_str())))
            }
        }
    }

    fn among<'a>(cells: impl Iterator<Item = (usize, &'a str)>) -> Option<Self> {
        let mut rows = cells.filter(|(_, cell)| is_damaged(cell));
        let (first, _) = rows.next()?;
        let count = 1 + rows.count();
        Some(Self { count, first })
    }

    /// The same of texts.
    pub(super) fn of_texts(texts: &Texts) -> Option<Self> {
        Self::among(texts.iter().enumerate())
    }

    /// Whether these are most of so many cells with a value.
    pub(super) fn is_most_of(self, present: usize) -> bool {
        self.count * 2 >= present
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_lost_in_long_exponents_alone() {
        for cell in ["8.90123E+12", "8,9e+09", " 4E+15 "] {
            assert!(is_damaged(cell), "{cell}");
        }
        for cell in ["8.9E+3", "1e-9", "890123", "E+12", "x8E+12", ""] {
            assert!(!is_damaged(cell), "{cell}");
        }
    }
}
