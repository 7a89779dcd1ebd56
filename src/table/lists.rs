//! Lists in a cell: `music; books`, joined by one separator, whose entries come back in many cells and in different combinations.
//!
//! ```text
//! joined      at least 5 cells, and a tenth of those with a value, have two entries or more; a twentieth where other texts hardly have
//!             the separator
//! vocabulary  entries in 3 cells or more are 9 in 10 of all entries, and occur 5 times on average
//! combined    of 4 entries or more: as many different sets of two or more as entries, or as half of the cells joined
//! free        of 4 entries or more: a third of what stands in joined cells are entries before which, and behind which, stand now more,
//!             now fewer others. Surname and first name, town and country, and paths have places of their own
//! few         of 3: all pairs, or a pair and the three; of 2, where no text has the separator for other reasons: each alone, and both
//! numbers     whole ones that ascend in the cell, and three or more somewhere: 1,3,5
//! ```

use std::collections::BTreeMap;

use super::distinct::{hash, mixed};
use super::{Remark, Texts, is_missing_mark};
use crate::numeric::{order_by, pulse};

/// What joins entries, the surest first.
const SEPARATORS: [char; 7] = ['\n', ';', '|', '、', ',', '/', '+'];
/// Those of [`SEPARATORS`] that hardly occur in other texts.
const SURE: usize = 4;
/// Those before the two that also stand between alternatives.
const NOT_BETWEEN: usize = 5;
/// The largest number of columns made of a column of lists.
pub(super) const MOST_COLUMNS: usize = 12;
/// Different cells that are looked at.
const LOOKED_AT: usize = 20_000;
/// Bytes that a cell of lists has at most, on average.
const LONGEST_CELL: usize = 200;
/// Letters of an entry.
const LONGEST_ENTRY: usize = 60;
const LEAST_JOINED: usize = 5;
/// Entries in fewer cells are the free text of somebody.
const LEAST_CELLS: usize = 3;
/// Entries before and behind are counted modulo this number.
const PLACES: usize = 8;
/// Work steps per cell.
pub(super) const STEPS: usize = 32;

/// The lists of a column; `chosen` joins their entries whatever they look like. `None` where the cells are none.
pub(super) fn lists_of(cells: &Texts, distinct: usize, chosen: Option<&str>) -> Option<Remark> {
    let separator = match chosen {
        Some(text) => separator_of(text)?,
        None => found_in(cells, distinct)?,
    };
    pulse(STEPS * cells.len());
    let tally = Tally::of(cells, separator, 1);
    let most = *tally.by_frequency().first()?;
    Some(Remark::Lists {
        entries: tally.names.len(),
        cells: tally.cells.len(),
        separator: separator.to_string(),
        example: tally.names[most as usize].clone(),
        columns: chosen.map_or(0, |_| tally.names.len().min(MOST_COLUMNS)),
    })
}

/// The separator that a text names; blanks around it do not count.
pub(super) fn separator_of(text: &str) -> Option<char> {
    text.trim_matches(' ').chars().next()
}

/// The separator of which the cells are lists.
fn found_in(cells: &Texts, distinct: usize) -> Option<char> {
    if cells.bytes.len() > LONGEST_CELL * cells.len() {
        return None;
    }
    // Equal cells are looked at together or not at all, whatever the order of the rows.
    let one_in = 1 + (distinct / LOOKED_AT) as u64;
    let n_present = || cells.iter().filter(|cell| !is_missing_mark(cell)).count();
    let mut present = None;
    let mut places = SEPARATORS.into_iter().enumerate();
    let found = places.find(|&(place, separator)| {
        let is_in = |cell: &&str| cell.contains(separator) && !is_missing_mark(cell);
        let with = cells.iter().filter(is_in).count();
        with >= LEAST_JOINED
            && with * 20 >= *present.get_or_insert_with(n_present)
            && Tally::of(cells, separator, one_in).are_lists(place)
    });
    found.map(|(_, separator)| separator)
}

/// A cell with a value, and where its entries stand.
pub(super) struct Cell {
    pub(super) row: usize,
    start: usize,
    end: usize,
}

/// The entries of a column, each once per cell.
pub(super) struct Tally {
    /// Different entries, numbered in order of appearance.
    pub(super) names: Vec<String>,
    /// Cells with each of them.
    counts: Vec<usize>,
    pub(super) cells: Vec<Cell>,
    /// The entries of all cells, one cell behind the other.
    ids: Vec<u32>,
}

/// Where an entry stands in cells with others.
#[derive(Clone, Copy, Default)]
struct Places {
    before: [u32; PLACES],
    behind: [u32; PLACES],
}

impl Tally {
    /// Of one in so many different cells.
    pub(super) fn of(cells: &Texts, separator: char, one_in: u64) -> Self {
        let mut tally = Self {
            names: Vec::new(),
            counts: Vec::new(),
            cells: Vec::new(),
            ids: Vec::new(),
        };
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut last_in: Vec<usize> = Vec::new();
        for (row, cell) in cells.iter().enumerate() {
            let cell = cell.trim();
            let is_left = one_in > 1 && !hash(cell.as_bytes(), 0).is_multiple_of(one_in);
            if is_left || is_missing_mark(cell) {
                continue;
            }
            let start = tally.ids.len();
            for entry in inner(cell).split(separator).map(bare) {
                if entry.is_empty() {
                    continue;
                }
                let id = if let Some(&id) = numbers.get(entry) {
                    id
                } else {
                    let id = tally.names.len() as u32;
                    numbers.insert(entry.to_owned(), id);
                    tally.names.push(entry.to_owned());
                    tally.counts.push(0);
                    last_in.push(usize::MAX);
                    id
                };
                let last = &mut last_in[id as usize];
                if *last != row {
                    *last = row;
                    tally.counts[id as usize] += 1;
                    tally.ids.push(id);
                }
            }
            let end = tally.ids.len();
            tally.cells.push(Cell { row, start, end });
        }
        tally
    }

    /// The most frequent entry first, of equally frequent ones the first in the alphabet.
    pub(super) fn by_frequency(&self) -> Vec<u32> {
        let at = |id: u32| (self.counts[id as usize], &self.names[id as usize]);
        order_by(self.names.len(), &mut |a, b| {
            let (a, b) = (at(a as u32), at(b as u32));
            b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1))
        })
    }

    /// Whether the cells look like lists that the separator of this place joins.
    fn are_lists(&self, place: usize) -> bool {
        let joined: Vec<&[u32]> = self.lists().filter(|ids| ids.len() >= 2).collect();
        let is_frequent = |id: u32| self.counts[id as usize] >= LEAST_CELLS;
        let ids = 0..self.names.len() as u32;
        let frequent: Vec<u32> = ids.filter(|&id| is_frequent(id)).collect();
        let n = frequent.len();
        let covered: usize = frequent.iter().map(|&id| self.counts[id as usize]).sum();
        let least_share = if place < SURE { 20 } else { 10 };
        let are_short = frequent
            .iter()
            .all(|&id| self.names[id as usize].chars().count() <= LONGEST_ENTRY);
        if joined.len() < LEAST_JOINED
            || joined.len() * least_share < self.cells.len()
            || covered * 10 < self.ids.len() * 9
            || covered < 5 * n
            || !are_short
            || !self.may_be_numbers(&frequent, &joined)
        {
            return false;
        }
        let mark = |ids: &[u32]| -> u64 {
            let known = ids.iter().filter(|&&id| is_frequent(id));
            known.fold(0_u64, |sum, &id| sum.wrapping_add(mixed(u64::from(id) + 1)))
        };
        let sets = n_different(&joined.iter().map(|ids| mark(ids)).collect::<Vec<_>>());
        match n {
            0 | 1 => false,
            2 => place < SURE && n_different(&self.lists().map(mark).collect::<Vec<_>>()) >= 3,
            3 => place < NOT_BETWEEN && sets >= 3,
            _ => {
                let length = joined[0].len();
                let are_fixed = joined.len() == self.cells.len()
                    && joined.iter().all(|ids| ids.len() == length);
                sets >= n.min(joined.len() / 2)
                    && (place < NOT_BETWEEN || !are_fixed)
                    && self.are_free(&joined, is_frequent)
            }
        }
    }

    /// Whether a cell has an entry.
    pub(super) fn has(&self, cell: &Cell, entry: u32) -> bool {
        self.ids[cell.start..cell.end].contains(&entry)
    }

    /// The entries of each cell.
    fn lists(&self) -> impl Iterator<Item = &[u32]> {
        self.cells.iter().map(|it| &self.ids[it.start..it.end])
    }

    /// Whether the entries stand now here, now there in their cells.
    fn are_free(&self, joined: &[&[u32]], is_frequent: impl Fn(u32) -> bool) -> bool {
        let mut places = vec![Places::default(); self.names.len()];
        for ids in joined {
            for (at, &id) in ids.iter().enumerate() {
                let place = &mut places[id as usize];
                place.before[at % PLACES] += 1;
                place.behind[(ids.len() - 1 - at) % PLACES] += 1;
            }
        }
        let (mut all, mut free) = (0, 0);
        for (place, id) in places.iter().zip(0..) {
            if is_frequent(id) {
                let total: u32 = place.before.iter().sum();
                all += total;
                free += total * u32::from(varies(&place.before) && varies(&place.behind));
            }
        }
        free * 3 >= all
    }

    /// Whether the entries are no numbers, or such as stand for answers.
    fn may_be_numbers(&self, frequent: &[u32], joined: &[&[u32]]) -> bool {
        let name = |id: u32| self.names[id as usize].as_str();
        let is_number = |id: u32| !name(id).chars().any(char::is_alphabetic);
        let numbers = frequent.iter().filter(|&&id| is_number(id));
        let numbers: Vec<u32> = numbers.copied().collect();
        let n_cells: usize = numbers.iter().map(|&id| self.counts[id as usize]).sum();
        if n_cells * 10 <= self.ids.len() {
            return true;
        }
        let code = |id: u32| {
            let is_code = name(id).len() <= 3
                && name(id).bytes().all(|byte| byte.is_ascii_digit())
                && (name(id) == "0" || !name(id).starts_with('0'));
            is_code.then(|| {
                let digits = name(id).bytes();
                digits.fold(0_u32, |sum, digit| 10 * sum + u32::from(digit - b'0'))
            })
        };
        let ascend = |ids: &&&[u32]| {
            ids.windows(2)
                .all(|pair| code(pair[0]).is_some() && code(pair[0]) < code(pair[1]))
        };
        frequent.iter().all(|&id| code(id).is_some())
            && joined.iter().filter(ascend).count() * 20 >= joined.len() * 19
            && joined.iter().filter(|ids| ids.len() >= 3).count() >= LEAST_JOINED
    }
}

/// Whether one time in twenty, and once at least, it is another than the most frequent one.
fn varies(counts: &[u32]) -> bool {
    let (total, most) = (counts.iter().sum::<u32>(), counts.iter().max());
    let others = total - most.copied().unwrap_or(0);
    others > 0 && others * 20 >= total
}

fn n_different(marks: &[u64]) -> usize {
    let order = order_by(marks.len(), &mut |a, b| marks[a].cmp(&marks[b]));
    let starts = order
        .windows(2)
        .filter(|pair| marks[pair[0] as usize] != marks[pair[1] as usize]);
    starts.count() + usize::from(!marks.is_empty())
}

/// A cell without the brackets that programs put around lists: `[a, b]`, `{a,b}`.
fn inner(cell: &str) -> &str {
    let bare = |open, close| cell.strip_prefix(open)?.strip_suffix(close);
    bare('[', ']').or_else(|| bare('{', '}')).unwrap_or(cell)
}

/// An entry without blanks and quotes around it.
fn bare(entry: &str) -> &str {
    let entry = entry.trim();
    let quoted = |quote| entry.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\'')).unwrap_or(entry).trim()
}

#[cfg(test)]
mod tests;
