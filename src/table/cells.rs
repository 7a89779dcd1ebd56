//! The texts of one column, without storing those that its numbers give back.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::is_missing_mark;

/// The texts of a column, as they stand in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cells {
    /// Each is stored.
    Texts(Texts),
    /// They are what the numbers of the column look like when written in its form.
    Numbers(Form),
}

impl Cells {
    /// The text of a row; `number` is the number of that row, NaN where there is none.
    pub fn get(&self, row: usize, number: f64) -> Cow<'_, str> {
        match self {
            Self::Texts(texts) => texts.get(row).into(),
            Self::Numbers(form) => form.text(row, number),
        }
    }
}

/// Texts stored end to end, ready to travel; a million short ones cost their bytes and four more each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    /// All texts, UTF-8.
    #[serde(skip)]
    pub bytes: Arc<Vec<u8>>,
    /// Where each text ends.
    #[serde(skip)]
    pub ends: Arc<Vec<u32>>,
}

impl Texts {
    /// Appends a text. Nobody shares the list while it grows.
    pub(super) fn push(&mut self, text: &str) {
        let bytes = Arc::make_mut(&mut self.bytes);
        bytes.extend_from_slice(text.as_bytes());
        let end = bytes.len() as u32;
        Arc::make_mut(&mut self.ends).push(end);
    }

    /// Removes the text of a row.
    pub(super) fn remove(&mut self, row: usize) {
        let ends = Arc::make_mut(&mut self.ends);
        if row >= ends.len() {
            return;
        }
        let start = row.checked_sub(1).map_or(0, |before| ends[before]);
        let end = ends.remove(row);
        ends[row..].iter_mut().for_each(|it| *it -= end - start);
        Arc::make_mut(&mut self.bytes).drain(start as usize..end as usize);
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a row; empty beyond the end.
    pub fn get(&self, row: usize) -> &str {
        let Some(&end) = self.ends.get(row) else {
            return "";
        };
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        let bytes = self.bytes.get(start as usize..end as usize);
        bytes
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }

    /// All texts in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text));
        all
    }
}

/// How the numbers of a column are written: as short as they can be (`1`, `2.5`), or all with as many decimals (`1.00`, `2.50`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Decimals of every number, unless each is as short as it can be.
    decimals: Option<u8>,
    /// The texts of rows that are written otherwise, in ascending order of rows. Any other row without a number is empty.
    others: Vec<(u32, String)>,
}

impl Form {
    pub(super) fn new(decimals: Option<u8>, others: Vec<(u32, String)>) -> Self {
        Self { decimals, others }
    }

    /// Decimals of every number, unless each is as short as it can be.
    pub(super) fn decimals(&self) -> Option<u8> {
        self.decimals
    }

    /// Rows that are written otherwise, ascending, with their texts.
    pub(super) fn others(&self) -> &[(u32, String)] {
        &self.others
    }

    /// Whether every cell is a number or stands for no value: equal numbers are equal cells.
    pub(crate) fn is_all_numbers(&self) -> bool {
        self.others.iter().all(|(_, text)| is_missing_mark(text))
    }

    /// The text of a row.
    pub fn text(&self, row: usize, number: f64) -> Cow<'_, str> {
        let other = self
            .others
            .binary_search_by_key(&row, |&(row, _)| row as usize);
        match other {
            Ok(at) => self.others[at].1.as_str().into(),
            Err(_) => written(number, self.decimals).into(),
        }
    }
}

/// A number in its form; empty for NaN.
pub(super) fn written(number: f64, decimals: Option<u8>) -> String {
    let mut text = String::new();
    let result = match decimals {
        _ if number.is_nan() => Ok(()),
        None => write!(text, "{number}"),
        Some(decimals) => write!(text, "{number:.*}", usize::from(decimals)),
    };
    debug_assert!(result.is_ok(), "a string takes every text");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were_pushed() {
        let mut texts: Texts = ["a", "", "žluť", "x"].into_iter().collect();
        texts.remove(0);
        texts.remove(2);
        texts.remove(7);
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "žluť"]);
        assert_eq!(texts.get(9), "");
    }

    #[test]
    fn numbers_are_written_in_their_form() {
        let form = Form::new(Some(2), vec![(1, "?".into())]);
        let texts = [(0, 2.5), (1, f64::NAN), (2, f64::NAN), (3, -0.0)];
        let texts: Vec<_> = texts.iter().map(|&(row, x)| form.text(row, x)).collect();
        assert_eq!(texts, ["2.50", "?", "", "-0.00"]);
        assert_eq!(written(12.75, None), "12.75");
    }
}
