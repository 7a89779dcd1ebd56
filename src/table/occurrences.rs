//! Cells of a kind in a column: how many there are, and where the first stands.

use super::{Cells, Texts};

/// How many cells are of a kind, and the row of the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrences {
    pub(super) count: usize,
    pub(super) first: usize,
}

impl Occurrences {
    /// Those among all cells; `None` where there are none. Numbers that are written plainly are of no kind that is looked for.
    pub(super) fn of(cells: &Cells, is_wanted: fn(&str) -> bool) -> Option<Self> {
        match cells {
            Cells::Texts(texts) => Self::of_texts(texts, is_wanted),
            Cells::Numbers(form) => {
                let others = form.others().iter();
                Self::among(
                    others.map(|(row, text)| (*row as usize, text.as_str())),
                    is_wanted,
                )
            }
        }
    }

    /// The same of texts.
    pub(super) fn of_texts(texts: &Texts, is_wanted: fn(&str) -> bool) -> Option<Self> {
        Self::among(texts.iter().enumerate(), is_wanted)
    }

    /// Whether these are most of so many cells with a value.
    pub(super) fn is_most_of(self, present: usize) -> bool {
        self.count * 2 >= present
    }

    fn among<'a>(
        cells: impl Iterator<Item = (usize, &'a str)>,
        is_wanted: fn(&str) -> bool,
    ) -> Option<Self> {
        let mut rows = cells.filter(|(_, cell)| is_wanted(cell));
        let (first, _) = rows.next()?;
        let count = 1 + rows.count();
        Some(Self { count, first })
    }
}
