//! A column under construction: stored as numbers while every cell is a plain number or a missing mark, as texts otherwise.
//!
//! Most large columns hold numbers. Their texts are not stored: a double identifies a decimal number of at most fifteen digits, so
//! the text can be written again exactly.

use super::cells::{Form, Texts, written};
use super::mark::is_missing_mark;
use super::number::{Decimal, Written, is_code, parse_number};

/// Digits that a double gives back (`DBL_DIG`).
pub(super) const DIGITS: usize = 15;
/// This many cells may be written differently from the rest, and one in sixteen on top.
const MAX_OTHERS: usize = 1_000;

/// What was found in a column.
pub(super) enum Built {
    /// Only plain numbers and missing marks.
    Numbers {
        values: Vec<f64>,
        form: Form,
        /// The most decimals of any of them.
        decimals: Option<u8>,
        /// Rows without a number.
        missing: usize,
    },
    /// Anything.
    Texts(Texts),
}

/// A cell that holds a plain number: an optional minus, digits without leading zeros, perhaps a point and digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plain {
    pub(super) value: f64,
    pub(super) look: Look,
}

/// How a plain number is written: twice the number of its decimals, plus one if the last of them is a zero and could be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(u8);

impl Look {
    fn decimals(self) -> u8 {
        self.0 / 2
    }

    fn ends_in_zero(self) -> bool {
        self.0 % 2 == 1
    }
}

/// Powers of ten that doubles hold exactly.
pub(super) const POWERS: [f64; DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// The value of the digits that start at a byte, and their count; 16 stands for 16 or more.
#[allow(clippy::inline_always, reason = "as for Plain::at")]
#[inline(always)]
fn digits_at(bytes: &[u8], at: usize) -> (u64, usize) {
    let (first, n) = up_to_eight(bytes, at);
    if n < 8 {
        return (first, n);
    }
    let (second, n) = up_to_eight(bytes, at + 8);
    (first * POWERS[n] as u64 + second, 8 + n)
}

/// The same of the first eight bytes, all at once: no branch has to guess how long a cell is (Lemire 2018, "Quickly parsing eight
/// digits").
#[allow(clippy::inline_always, reason = "as for Plain::at")]
#[inline(always)]
fn up_to_eight(bytes: &[u8], at: usize) -> (u64, usize) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = match bytes.get(at..at + 8) {
        Some(eight) => eight.try_into().map_or(0, u64::from_le_bytes),
        // Near the end of the bytes: missing bytes count as no digit.
        None => bytes.get(at..).map_or(0, |rest| {
            rest.iter()
                .rev()
                .fold(0, |word, &byte| word << 8 | u64::from(byte))
        }),
    };
    let digits = word ^ (EACH * 0x30);
    // The upper bit of every byte that is above 9.
    let others = (((digits & (EACH * 0x7F)) + EACH * 0x76) | digits) & (EACH * 0x80);
    let n = others.trailing_zeros() / 8;
    // Shifted so that the last digit is in the last byte, with zeros in front. Then digits are joined to pairs, pairs to fours, fours to one number.
    let digits = digits.checked_shl(64 - 8 * n).unwrap_or(0);
    let pairs = digits.wrapping_mul((10 << 8) + 1) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul((100 << 16) + 1) >> 16;
    let all = (fours & 0x0000_FFFF_0000_FFFF).wrapping_mul((10_000 << 32) + 1) >> 32;
    (all, n as usize)
}

impl Plain {
    /// The number that starts at a byte, and the byte behind it.
    ///
    /// Both the digits and the power of ten are exact, so one division rounds as it should (Clinger 1990, PLDI).
    #[allow(
        clippy::inline_always,
        reason = "called for every cell of a file; a result in memory costs a fifth of the time"
    )]
    #[inline(always)]
    pub(super) fn at(bytes: &[u8], start: usize) -> Option<(Self, usize)> {
        let is_negative = bytes.get(start) == Some(&b'-');
        let first = start + usize::from(is_negative);
        let (mut digits, n_whole) = digits_at(bytes, first);
        if n_whole == 0 || n_whole > 1 && bytes[first] == b'0' {
            return None;
        }
        let (mut at, mut decimals) = (first + n_whole, 0);
        if bytes.get(at) == Some(&b'.') {
            let part;
            (part, decimals) = digits_at(bytes, at + 1);
            at += 1 + decimals;
            if decimals == 0 || n_whole + decimals > DIGITS {
                return None;
            }
            digits = digits * POWERS[decimals] as u64 + part;
        }
        if n_whole > DIGITS {
            return None;
        }
        let value = digits as f64 / POWERS[decimals];
        let value = if is_negative { -value } else { value };
        let ends_in_zero = decimals > 0 && bytes[at - 1] == b'0';
        let look = Look(2 * decimals as u8 + u8::from(ends_in_zero));
        Some((Self { value, look }, at))
    }

    fn of(text: &str) -> Option<Self> {
        let (plain, end) = Self::at(text.as_bytes(), 0)?;
        (end == text.len()).then_some(plain)
    }
}

/// A column under construction.
#[derive(Debug)]
pub(super) struct Builder {
    /// NaN where there is none; not used once there are texts.
    values: Vec<f64>,
    others: Vec<(u32, String)>,
    missing: usize,
    /// Whether every number is written as short as it can be.
    is_short: bool,
    /// Decimals that every number has, if they all have as many.
    fixed: Option<u8>,
    max_decimals: u8,
    /// A bit for each way of writing that is consistent with the fields above.
    known: u32,
    texts: Option<Texts>,
}

impl Builder {
    pub(super) fn new(stores_texts: bool) -> Self {
        Self {
            values: Vec::new(),
            others: Vec::new(),
            missing: 0,
            is_short: true,
            fixed: None,
            max_decimals: 0,
            known: 0,
            texts: stores_texts.then(Texts::default),
        }
    }

    pub(super) fn reserve(&mut self, n: usize) {
        if self.texts.is_none() {
            self.values.reserve_exact(n);
        }
    }

    /// The text of a row.
    pub(super) fn get(&self, row: usize) -> String {
        if let Some(texts) = &self.texts {
            return texts.get(row).to_owned();
        }
        let other = self
            .others
            .iter()
            .find(|&&(other, _)| other as usize == row);
        let number = self.values.get(row).copied().unwrap_or(f64::NAN);
        other.map_or_else(
            || written(number, self.decimals()),
            |(_, text)| text.clone(),
        )
    }

    fn decimals(&self) -> Option<u8> {
        self.fixed.filter(|_| !self.is_short)
    }

    #[inline]
    pub(super) fn number(&mut self, plain: Plain) {
        if self.known >> plain.look.0 & 1 == 1 {
            self.values.push(plain.value);
        } else {
            self.other_number(plain);
        }
    }

    /// Adds a number that is written differently from those before it.
    #[cold]
    fn other_number(&mut self, Plain { value, look }: Plain) {
        if self.texts.is_none() && self.fits(look) {
            return self.values.push(value);
        }
        let decimals = Some(look.decimals()).filter(|&decimals| decimals > 0);
        self.as_texts().push(&written(value, decimals));
    }

    /// Whether a number is written like those before it, all as short as can be or all with as many decimals.
    fn fits(&mut self, look: Look) -> bool {
        let is_short = self.is_short && !look.ends_in_zero();
        let fixed = match self.fixed {
            _ if self.known == 0 => Some(look.decimals()),
            fixed => fixed.filter(|&decimals| decimals == look.decimals()),
        };
        if !is_short && fixed.is_none() {
            return false;
        }
        if (is_short, fixed) != (self.is_short, self.fixed) {
            (self.is_short, self.fixed, self.known) = (is_short, fixed, 0);
        }
        self.known |= 1 << look.0;
        self.max_decimals = self.max_decimals.max(look.decimals());
        true
    }

    /// Adds a cell; returns whether it is the first that is neither a number nor missing.
    pub(super) fn text(&mut self, text: &str) -> bool {
        if let Some(texts) = &mut self.texts {
            texts.push(text);
            return false;
        }
        if let Some(plain) = Plain::of(text) {
            self.number(plain);
            return false;
        }
        let number = parse_number(text).filter(|_| !is_code(text));
        let is_missing = number.is_none() && is_missing_mark(text);
        let has_room = self.others.len() < MAX_OTHERS + self.values.len() / 16;
        if number.is_none() && !is_missing || !text.is_empty() && !has_room {
            self.as_texts().push(text);
            return !is_missing && number.is_none();
        }
        if !text.is_empty() {
            self.others
                .push((self.values.len() as u32, text.to_owned()));
        }
        self.missing += usize::from(is_missing);
        self.values.push(number.unwrap_or(f64::NAN));
        false
    }

    /// Removes the cell of a row.
    pub(super) fn remove(&mut self, row: usize) {
        if let Some(texts) = &mut self.texts {
            return texts.remove(row);
        }
        if row >= self.values.len() {
            return;
        }
        self.missing -= usize::from(self.values.remove(row).is_nan());
        let row = row as u32;
        self.others.retain(|(other, _)| *other != row);
        let behind = self.others.iter_mut().filter(|(other, _)| *other > row);
        behind.for_each(|(other, _)| *other -= 1);
    }

    /// Calls `take` with the row, the value and the number of decimals of every number.
    pub(super) fn each_number(&self, decimal: Decimal, mut take: impl FnMut(usize, f64, u8)) {
        let Some(texts) = &self.texts else {
            let numbers = self.values.iter().enumerate();
            let numbers = numbers.filter(|(_, value)| !value.is_nan());
            return numbers.for_each(|(row, &value)| take(row, value, self.max_decimals));
        };
        for (row, text) in texts.iter().enumerate() {
            let written = Written::of(text);
            if let Some(value) = written.and_then(|it| it.value(decimal)) {
                let sign = if decimal == Decimal::Point { '.' } else { ',' };
                let behind = text.rsplit_once(sign).map_or("", |(_, behind)| behind);
                let digits = behind.bytes().filter(u8::is_ascii_digit).count();
                take(row, value, digits.min(DIGITS) as u8);
            }
        }
    }

    /// Whether every cell is empty.
    pub(super) fn is_blank(&self) -> bool {
        match &self.texts {
            Some(texts) => texts.bytes.is_empty(),
            None => self.others.is_empty() && self.values.iter().all(|x| x.is_nan()),
        }
    }

    fn form(&mut self) -> Form {
        Form::new(self.decimals(), std::mem::take(&mut self.others))
    }

    fn as_texts(&mut self) -> &mut Texts {
        if self.texts.is_none() {
            self.known = 0;
            let mut texts = Texts::default();
            let form = self.form();
            for (row, number) in std::mem::take(&mut self.values).into_iter().enumerate() {
                texts.push(&form.text(row, number));
            }
            self.texts = Some(texts);
        }
        self.texts.get_or_insert_default()
    }

    /// The finished column; stored as texts if the caller asks for it, or if the numbers alone do not determine the texts.
    pub(super) fn build(mut self, as_texts: bool) -> Built {
        // Doubles cannot distinguish all whole numbers beyond 2^53.
        let is_exact =
            self.others.is_empty() || self.values.iter().all(|x| x.is_nan() || x.abs() < 9e15);
        if as_texts || self.texts.is_some() || self.missing == self.values.len() || !is_exact {
            return Built::Texts(std::mem::take(self.as_texts()));
        }
        let decimals = Some(self.max_decimals).filter(|_| {
            self.others
                .iter()
                .all(|(row, _)| self.values[*row as usize].is_nan())
        });
        let form = self.form();
        Built::Numbers {
            values: self.values,
            form,
            decimals,
            missing: self.missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn built(texts: &[String]) -> Built {
        let mut builder = Builder::new(false);
        for text in texts {
            builder.text(text);
        }
        builder.build(false)
    }

    #[test]
    fn plain_numbers_are_those_that_the_library_parses() {
        let mut rng = Rng::new(5);
        for _ in 0..20_000 {
            let (whole, decimals) = (rng.below(8), rng.below(8));
            let mut text = if rng.below(3) == 0 {
                "-".to_owned()
            } else {
                String::new()
            };
            text.push_str(&(rng.next_u64() % 10_u64.pow(whole as u32 + 1)).to_string());
            if decimals > 0 {
                let part = rng.next_u64() % 10_u64.pow(decimals as u32);
                text = format!("{text}.{part:0decimals$}");
            }
            let plain = Plain::of(&text).unwrap();
            assert_eq!(
                plain.value.to_bits(),
                text.parse::<f64>().unwrap().to_bits(),
                "{text}"
            );
            assert_eq!(built(&[text.clone()]).text(0), text);
        }
        for text in [
            "",
            "-",
            "007",
            "1.",
            ".5",
            "+1",
            "1e3",
            "1234567890123456",
            "1,5",
            " 1",
        ] {
            assert_eq!(Plain::of(text), None, "{text:?}");
        }
    }

    impl Built {
        fn text(&self, row: usize) -> String {
            match self {
                Self::Numbers { values, form, .. } => form.text(row, values[row]).into_owned(),
                Self::Texts(texts) => texts.get(row).to_owned(),
            }
        }
    }

    #[test]
    fn every_cell_comes_back_to_the_letter() {
        let mut rng = Rng::new(11);
        let kinds = [
            "1", "2.5", "2.50", "-3", "", "?", "+4", "1e3", "oops", "-0", "007", "0.0",
        ];
        let mut n_numbers = 0;
        for round in 0..3_000 {
            let n_kinds = 1 + rng.below(3);
            let chosen: Vec<&str> = (0..n_kinds)
                .map(|_| kinds[rng.below(kinds.len())])
                .collect();
            let texts: Vec<String> = (0..=rng.below(8))
                .map(|_| chosen[rng.below(n_kinds)].to_owned())
                .collect();
            let built = built(&texts);
            n_numbers += usize::from(matches!(built, Built::Numbers { .. }));
            let found: Vec<String> = (0..texts.len()).map(|row| built.text(row)).collect();
            assert_eq!(found, texts, "round {round}");
        }
        assert!(n_numbers > 500, "{n_numbers}");
    }

    #[test]
    fn a_cell_can_be_taken_back() {
        let mut builder = Builder::new(false);
        for text in ["1", "?", "2", "?"] {
            builder.text(text);
        }
        builder.remove(3);
        let Built::Numbers {
            values, missing, ..
        } = builder.build(false)
        else {
            panic!("these are numbers");
        };
        assert_eq!((values.len(), missing), (3, 1));
    }
}
