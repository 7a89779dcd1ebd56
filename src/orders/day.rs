//! The many ways in which files write days.
//!
//! ```text
//! years of two digits: 69 to 99 are of the last century (POSIX, strptime)
//! ```

use crate::table::{Date, DateForm, joins_dates, may_be_weekday, month_of};

/// The day that a text names: the year first, or a day that no other order of its numbers allows.
pub(super) fn day_of(text: &str) -> Option<Date> {
    let written = WrittenDate::of(text)?;
    match written.order() {
        Some(order) => written.day(order),
        None if written.numbers[0] == written.numbers[1] => written.day(DateForm::DayFirst),
        None => None,
    }
}

/// A date as three numbers in the order of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    numbers: [u32; 3],
    /// Where the text itself says it: the year has four digits and stands first, or the month is a word.
    order: Option<DateForm>,
    /// A hash of the time zone behind it; 0 without one.
    pub(super) zone: u64,
}

impl WrittenDate {
    /// `None` for a text that is no date; a time of day and a time zone may follow.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return compact(text.parse().ok()?);
        }
        let (mut rest, mut numbers, mut n, mut lengths) = (text, [0; 3], 0, [0; 3]);
        let mut month = None;
        while n < 3 {
            let is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
            let end = rest.find(|c: char| {
                if is_digit {
                    !c.is_ascii_digit()
                } else {
                    !c.is_alphabetic()
                }
            });
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            if is_digit {
                if word.len() > 4 {
                    return None;
                }
                (numbers[n], lengths[n]) = (word.parse().ok()?, word.len());
                n += 1;
            } else if let Some(found) = month_of(word) {
                if month.is_some() {
                    return None;
                }
                (numbers[n], month) = (found, Some(n));
                n += 1;
            } else if !is_passed_over(word, n) {
                return None;
            }
            if n == 3 {
                rest = after;
                break;
            }
            let next = after.trim_start_matches([' ', '-', '/', '.', ',']);
            let between = &after[..after.len() - next.len()];
            // Nothing stands between a number and a word: `31JAN2024`.
            let goes_on = !between.is_empty() || next.starts_with(char::is_alphanumeric);
            if !goes_on || next.is_empty() || between.len() > 3 {
                return None;
            }
            rest = next;
        }
        let zone = zone_of(rest)?;
        let order = match (month, lengths) {
            (Some(1), [4, _, _]) | (None, [4, 1 | 2, 1 | 2]) => Some(DateForm::YearFirst),
            (Some(1), [1 | 2, _, 2 | 4]) => Some(DateForm::DayFirst),
            (Some(0), [_, 1 | 2, 2 | 4]) => Some(DateForm::MonthFirst),
            (None, [1 | 2, 1 | 2, 2 | 4]) => None,
            _ => return None,
        };
        if order != Some(DateForm::YearFirst) && lengths[2] == 2 {
            numbers[2] += if numbers[2] < 69 { 2000 } else { 1900 };
        }
        let found = Self {
            numbers,
            order,
            zone,
        };
        let may_be = |order| found.day(order).is_some();
        let orders = [DateForm::DayFirst, DateForm::MonthFirst];
        let is_day = order.map_or_else(|| orders.into_iter().any(may_be), may_be);
        is_day.then_some(found)
    }

    /// The order in which these numbers must stand; `None` where day and month could be swapped.
    pub(super) fn order(&self) -> Option<DateForm> {
        self.order.or_else(|| {
            let may_be = |order| self.day(order).is_some();
            match (may_be(DateForm::DayFirst), may_be(DateForm::MonthFirst)) {
                (true, false) => Some(DateForm::DayFirst),
                (false, true) => Some(DateForm::MonthFirst),
                _ => None,
            }
        })
    }

    /// Whether the text itself says its order, whatever stands in the rest of the column.
    pub(super) fn says_its_order(&self) -> bool {
        self.order.is_some()
    }

    /// The day, with its numbers in this order unless the text itself says another.
    pub(super) fn day(&self, order: DateForm) -> Option<Date> {
        let [a, b, c] = self.numbers;
        match self.order.unwrap_or(order) {
            DateForm::YearFirst => Date::of(a, b, c),
            DateForm::DayFirst => Date::of(c, b, a),
            DateForm::MonthFirst => Date::of(c, a, b),
        }
    }
}

/// A day of the week before the date, or `de` and `of` between its parts.
fn is_passed_over(word: &str, n: usize) -> bool {
    if n == 0 {
        may_be_weekday(word)
    } else {
        joins_dates(word)
    }
}

/// 20240131.
fn compact(number: u32) -> Option<WrittenDate> {
    let numbers = [number / 10_000, number / 100 % 100, number % 100];
    let written = WrittenDate {
        numbers,
        order: Some(DateForm::YearFirst),
        zone: 0,
    };
    let is_year = (1000..=9999).contains(&numbers[0]);
    (is_year && written.day(DateForm::YearFirst).is_some()).then_some(written)
}

/// A hash of the time zone in what stands behind a date, 0 without one; `None` where that is no time of day.
fn zone_of(rest: &str) -> Option<u64> {
    let time = rest.trim_start_matches([' ', 'T', ',', ';']);
    if time.is_empty() {
        return Some(0);
    }
    let has_gap = time.len() < rest.len();
    if !(has_gap && time.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | 'h');
    let end = time.find(|c| !is_time(c)).unwrap_or(time.len());
    let (clock, zone) = time.split_at(end);
    if !clock.contains([':', 'h']) {
        return None;
    }
    let zone = zone.trim();
    let is_half = ["am", "pm", "a.m.", "p.m.", "uhr"];
    if zone.is_empty() || is_half.iter().any(|half| zone.eq_ignore_ascii_case(half)) {
        return Some(0);
    }
    let of_greenwich = ["Z", "UTC", "GMT", "+00:00", "-00:00", "+0000", "+00"];
    let is_of_greenwich = of_greenwich.iter().any(|it| zone.eq_ignore_ascii_case(it));
    let zone = if is_of_greenwich { "Z" } else { zone };
    (zone.len() <= 32).then(|| crate::table::hash(zone.as_bytes(), 1) | 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let of = |text: &str| day_of(text).map_or_else(String::new, |day| day.to_string());
        for text in [
            "2024-01-31",
            "2024/1/31",
            "20240131",
            "31.1.2024",
            "31.01.24",
            "1/31/2024",
            "2024-01-31T12:30:00Z",
            "2024-01-31 12:30:00.123+02:00",
            "31/01/2024 8:26",
            "1/31/24 8:26 PM",
            "31-Jan-2024",
            "31JAN2024",
            "January 31st, 2024",
            "31 janv. 2024",
            "31. Januar 2024",
            "31 de enero de 2024",
            "31 gennaio 2024",
            "Jan 31, 2024",
            "Wed, 31 Jan 2024 10:00:00 GMT",
        ] {
            assert_eq!(of(text), "2024-01-31", "{text}");
        }
        for text in [
            "",
            "12",
            "1.5",
            "2024-13-01",
            "2024-02-30",
            "1/2",
            "32/01/2024",
            "1.2.3.4",
            "10-20-3000x",
            "555-1234",
            "01/02/2024",
            "31/31/2024",
            "12345-01-02",
            "may",
            "2024-01-31-02",
        ] {
            assert_eq!(of(text), "", "{text}");
        }
        assert_eq!(of("3/3/2024"), "2024-03-03");
        assert_eq!(of("31.12.69"), "1969-12-31");
    }
}
