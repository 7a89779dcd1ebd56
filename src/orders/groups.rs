//! Which rows have the same value in a column: each different value gets a number.

use crate::numeric::pulse;
use crate::table::{Cells, Column, hash, is_missing_mark};

/// Rows without a value.
pub(super) const NONE: u32 = u32::MAX;
/// Work steps per row.
const STEPS: usize = 32;

/// The values of a column, numbered in the order in which they first appear.
pub(super) struct Groups {
    /// The number of each row's value, [`NONE`] where it has none.
    pub(super) of_row: Vec<u32>,
    /// The first row of each value.
    pub(super) first_rows: Vec<u32>,
}

impl Groups {
    /// Values are compared as numbers where their texts are nothing but numbers, else as texts without outer spaces.
    pub(super) fn of(column: &Column) -> Self {
        pulse(STEPS * column.n_rows());
        match &column.cells {
            Cells::Numbers(form) if form.is_all_numbers() => {
                let bits: Vec<Option<u64>> = column
                    .numbers
                    .iter()
                    .map(|x| {
                        // Zeros are equal.
                        (!x.is_nan()).then(|| (x + 0.0).to_bits())
                    })
                    .collect();
                Self::number(&bits, |a, b| column.numbers[a] == column.numbers[b])
            }
            Cells::Texts(texts) => {
                let hashes: Vec<Option<u64>> = texts.iter().map(hash_of).collect();
                Self::number(&hashes, |a, b| texts.get(a).trim() == texts.get(b).trim())
            }
            Cells::Numbers(_) => {
                let rows = 0..column.n_rows();
                let cells: Vec<Option<u64>> = rows.map(|row| hash_of(&column.cell(row))).collect();
                Self::number(&cells, |a, b| {
                    column.cell(a).trim() == column.cell(b).trim()
                })
            }
        }
    }

    /// Number of different values.
    pub(super) fn len(&self) -> usize {
        self.first_rows.len()
    }

    /// Open addressing (Knuth 1998, The Art of Computer Programming 3, 6.4) over the marks of the rows.
    fn number(marks: &[Option<u64>], is_equal: impl Fn(usize, usize) -> bool) -> Self {
        let mut found = Self {
            of_row: Vec::with_capacity(marks.len()),
            first_rows: Vec::new(),
        };
        // The number of a value counted from 1; 0 is an empty slot. Doubled when half full.
        let mut slots = vec![0_u32; 1 << 10];
        for (row, mark) in marks.iter().enumerate() {
            let Some(mark) = *mark else {
                found.of_row.push(NONE);
                continue;
            };
            if 2 * found.first_rows.len() >= slots.len() {
                slots = found.grown(marks, 2 * slots.len());
            }
            let mut place = slot_of(mark, slots.len());
            let number = loop {
                let Some(number) = slots[place].checked_sub(1) else {
                    let number = found.first_rows.len() as u32;
                    slots[place] = number + 1;
                    found.first_rows.push(row as u32);
                    break number;
                };
                let first = found.first_rows[number as usize] as usize;
                if marks[first] == Some(mark) && is_equal(first, row) {
                    break number;
                }
                place = (place + 1) & (slots.len() - 1);
            };
            found.of_row.push(number);
        }
        found
    }

    fn grown(&self, marks: &[Option<u64>], n_slots: usize) -> Vec<u32> {
        let mut slots = vec![0; n_slots];
        for (number, &first) in self.first_rows.iter().enumerate() {
            let mark = marks[first as usize].unwrap_or_default();
            let mut place = slot_of(mark, n_slots);
            while slots[place] != 0 {
                place = (place + 1) & (n_slots - 1);
            }
            slots[place] = number as u32 + 1;
        }
        slots
    }
}

/// Fibonacci hashing: the upper bits of the product (Knuth 1998, 6.4).
fn slot_of(mark: u64, n_slots: usize) -> usize {
    let mixed = (mark ^ mark >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - n_slots.trailing_zeros())) as usize
}

fn hash_of(cell: &str) -> Option<u64> {
    (!is_missing_mark(cell)).then(|| hash(cell.trim().as_bytes(), 0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;
    use crate::table::read_csv;

    #[test]
    fn equal_values_have_equal_numbers_whatever_they_are_stored_as() {
        let mut rng = Rng::new(5);
        for prefix in ["", "k", "00"] {
            let values: Vec<String> = (0..6_000)
                .map(|_| match rng.below(20) {
                    0 => String::new(),
                    _ => format!("{prefix}{}", rng.below(3_000)),
                })
                .collect();
            let text = format!("x,y\na,{}\n", values.join("\na,"));
            let table = read_csv(text.as_bytes()).unwrap();
            let groups = Groups::of(&table.columns[1]);
            let mut first: Vec<&String> = Vec::new();
            for (value, &group) in values.iter().zip(&groups.of_row) {
                if value.is_empty() {
                    assert_eq!(group, NONE);
                } else if group as usize == first.len() {
                    assert!(!first.contains(&value));
                    first.push(value);
                } else {
                    assert_eq!(first[group as usize], value);
                }
            }
            assert_eq!(groups.len(), first.len());
        }
    }
}
