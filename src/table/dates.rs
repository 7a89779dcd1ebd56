//! What looks like a date, in the many ways in which files write it.
//!
//! ```text
//! years of two digits: 69 to 99 are of the last century (POSIX, strptime)
//! ```

use super::clock::zone_behind;
use super::days::{Date, DateForm};
use super::months::{is_march_or_tuesday, joins_dates, may_be_weekday, month_of};

/// The order of day, month and year in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// 2024-01-31.
    YearFirst,
    /// 20240131, which may be a number as well.
    Compact,
    /// 31/01/2024 or 01/31/2024.
    YearLast,
    /// 31-Jan-2024 or Jan 31, 2024: the month is a word.
    Named,
}

/// The parts of a date. There may be no such day: no month is checked for its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateParts {
    pub(super) order: DateOrder,
    /// Year, month and day; with the year at the end as they stand in the text.
    numbers: [u32; 3],
    /// Whether the year has two digits; the number has its century.
    pub(super) has_short_year: bool,
    /// A hash of the time zone behind it; 0 without one.
    pub(crate) zone: u64,
}

impl DateParts {
    /// `None` for a text that is no date; a time of day and a time zone may follow.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let number: u32 = text.parse().ok()?;
            let numbers = [number / 10_000, number / 100 % 100, number % 100];
            return Self::new(DateOrder::Compact, numbers, 0).filter(|it| it.year() >= 1000);
        }
        let is_between = |c: char| matches!(c, ' ' | '-' | '/' | '.' | ',' | '\u{a0}');
        let (mut rest, mut numbers, mut lengths, mut n) = (text, [0; 3], [0; 3], 0);
        let (mut month, mut may_be_tuesday) = (None, false);
        let (mut is_first, mut is_key, mut has_signs) = (true, false, true);
        loop {
            let (word, after) = first_word(rest);
            let next = after.trim_start_matches(is_between);
            let between = &after[..after.len() - next.len()];
            let is_number = word.starts_with(|c: char| c.is_ascii_digit());
            if is_number {
                if word.len() > 4 {
                    return None;
                }
                let digits = word.bytes().map(|byte| u32::from(byte - b'0'));
                numbers[n] = digits.fold(0, |number, digit| 10 * number + digit);
                lengths[n] = word.len();
                n += 1;
            } else if let Some(found) = month_of(word) {
                if month.is_some() && !may_be_tuesday {
                    return None;
                }
                may_be_tuesday = is_first && is_march_or_tuesday(word);
                month = Some(found);
            } else if is_first && may_be_weekday(word) {
                // `INV-12-05-2024`
                is_key = !between.starts_with([' ', '\u{a0}', '.', ',']);
            } else if is_first || !joins_dates(word) {
                return None;
            }
            if n + usize::from(month.is_some()) == 3 {
                rest = after;
                break;
            }
            let is_sign = |byte| matches!(byte, b'-' | b'/' | b'.');
            has_signs &= !is_number || between.bytes().any(is_sign);
            (rest, is_first) = (next, false);
        }
        let zone = zone_behind(rest)?;
        let [a, b, _] = numbers;
        match (month, lengths) {
            (Some(month), [4, 1 | 2, _]) => Self::new(DateOrder::Named, [a, month, b], zone),
            (Some(month), [1 | 2, 4, _]) => Self::new(DateOrder::Named, [b, month, a], zone),
            (Some(month), [1 | 2, 2, _]) => {
                Self::with_short_year(DateOrder::Named, [b, month, a], zone)
            }
            (None, _) if is_key => None,
            (None, [4, 1 | 2, 1 | 2]) => Self::new(DateOrder::YearFirst, numbers, zone),
            (None, [1 | 2, 1 | 2, 4]) => Self::new(DateOrder::YearLast, numbers, zone),
            // `1, 5, 12` is a list.
            (None, [1 | 2, 1 | 2, 2]) if has_signs => {
                Self::with_short_year(DateOrder::YearLast, numbers, zone)
            }
            _ => None,
        }
    }

    /// `None` where a number cannot be what it stands for.
    fn new(order: DateOrder, numbers: [u32; 3], zone: u64) -> Option<Self> {
        let is_month = |x: u32| (1..=12).contains(&x);
        let is_day = |x: u32| (1..=31).contains(&x);
        let [a, b, c] = numbers;
        let is_date = match order {
            DateOrder::YearLast => is_day(a) && is_day(b) && (is_month(a) || is_month(b)) && c > 0,
            _ => a > 0 && is_month(b) && is_day(c),
        };
        is_date.then_some(Self {
            order,
            numbers,
            has_short_year: false,
            zone,
        })
    }

    fn with_short_year(order: DateOrder, mut numbers: [u32; 3], zone: u64) -> Option<Self> {
        let year = &mut numbers[if order == DateOrder::YearLast { 2 } else { 0 }];
        *year += if *year < 69 { 2000 } else { 1900 };
        let parts = Self::new(order, numbers, zone)?;
        Some(Self {
            has_short_year: true,
            ..parts
        })
    }

    pub(super) fn year(&self) -> u32 {
        match self.order {
            DateOrder::YearLast => self.numbers[2],
            _ => self.numbers[0],
        }
    }

    /// The form that numbers with the year at the end must have; `None` where day and month could be swapped, and in other orders.
    pub(super) fn only_form(&self) -> Option<DateForm> {
        match (self.order, self.numbers) {
            (DateOrder::YearLast, [first, ..]) if first > 12 => Some(DateForm::DayFirst),
            (DateOrder::YearLast, [_, second, _]) if second > 12 => Some(DateForm::MonthFirst),
            _ => None,
        }
    }

    /// The date, with its numbers in this form unless the text itself says another; `None` where there is no such day.
    pub(crate) fn date(&self, form: DateForm) -> Option<Date> {
        let [a, b, c] = self.numbers;
        match (self.order, form) {
            (DateOrder::YearLast, DateForm::DayFirst) => Date::of(c, b, a),
            (DateOrder::YearLast, DateForm::MonthFirst) => Date::of(c, a, b),
            (DateOrder::YearLast, DateForm::YearFirst) => None,
            _ => Date::of(a, b, c),
        }
    }
}

/// The number or word that a text begins with, and the rest.
fn first_word(text: &str) -> (&str, &str) {
    let end = if text.starts_with(|c: char| c.is_ascii_digit()) {
        text.bytes().position(|byte| !byte.is_ascii_digit())
    } else {
        text.find(|c: char| !c.is_alphabetic())
    };
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests;
