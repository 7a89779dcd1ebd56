//! Calendar dates as numbers of days.
//!
//! Days are counted from 1970-01-01 in the Gregorian calendar, which is carried on before 1582 (Hinnant 2013, chrono-compatible low-level
//! date algorithms). A time of day does not count.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Days of 400 years, after which the calendar repeats.
const ERA: i32 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const START: i32 = 719_468;

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    /// From 1970-01-01.
    days: i32,
}

/// A text that is no date in the form 2024-01-31.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDate {
    /// The text.
    pub text: String,
}

impl fmt::Display for NoDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "“{}” is no date in the form 2024-01-31", self.text)
    }
}

impl std::error::Error for NoDate {}

impl Date {
    /// The date of the Gregorian calendar in the years 1 to 9999; `None` where there is no such day.
    pub fn of(year: u32, month: u32, day: u32) -> Option<Self> {
        const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let is_leap =
            year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let length = LENGTHS.get((month as usize).checked_sub(1)?)?;
        let is_there = (1..=*length).contains(&day) && (month != 2 || day < 29 || is_leap);
        if !is_there || !(1..=9999).contains(&year) {
            return None;
        }
        // Years begin in March, so that the leap day is the last of its year.
        let (year, month) = (year as i32 - i32::from(month <= 2), (month as i32 + 9) % 12);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * month + 2) / 5 + day as i32 - 1;
        let in_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Some(Self {
            days: era * ERA + in_era - START,
        })
    }

    /// The date so many days after 1970-01-01; a fraction of a day is left out.
    pub fn of_days(days: f64) -> Self {
        Self {
            days: days.floor() as i32,
        }
    }

    /// Days from 1970-01-01.
    pub fn days(self) -> f64 {
        f64::from(self.days)
    }

    /// Days from another date to this one.
    pub fn since(self, other: Self) -> i32 {
        self.days - other.days
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        let [_, month, _] = self.civil();
        month as u8
    }

    /// The day of the week, 1 (Monday) to 7 (ISO 8601).
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        ((self.days + 3).rem_euclid(7) + 1) as u8
    }

    /// Year, month and day.
    fn civil(self) -> [i32; 3] {
        let days = self.days + START;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / (ERA - 1)) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        [year + 400 * era + i32::from(month <= 2), month, day]
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, month, day] = self.civil();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// What [`Date`] writes. The many forms of files are read by the reader of tables: the page has none of it.
impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let mut parts = text.trim().split('-');
        let mut number = |lengths: RangeInclusive<usize>| -> Option<u32> {
            let part = parts.next()?;
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            (is_number && lengths.contains(&part.len())).then(|| part.parse().ok())?
        };
        let numbers = (number(4..=4), number(1..=2), number(1..=2));
        let date = match numbers {
            (Some(year), Some(month), Some(day)) if parts.next().is_none() => {
                Self::of(year, month, day)
            }
            _ => None,
        };
        date.ok_or_else(|| NoDate {
            text: text.chars().take(40).collect(),
        })
    }
}

impl TryFrom<String> for Date {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

/// How the dates of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// 2024-01-31.
    YearFirst,
    /// 31/01/2024.
    DayFirst,
    /// 01/31/2024.
    MonthFirst,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    /// Counts day by day.
    #[test]
    fn days_follow_each_other_through_all_months_and_leap_years() {
        let is_multiple = u32::is_multiple_of;
        let is_leap =
            |year| is_multiple(year, 4) && !is_multiple(year, 100) || is_multiple(year, 400);
        let mut days = Date::of(1599, 1, 1).unwrap().days;
        for year in 1599..2405 {
            for month in 1..=12 {
                let n = match month {
                    2 => 28 + u32::from(is_leap(year)),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                for day in 1..=n {
                    let date = Date { days };
                    assert_eq!(date.civil(), [year, month, day].map(|part| part as i32));
                    assert_eq!(Date::of(year, month, day), Some(date));
                    days += 1;
                }
                assert_eq!(Date::of(year, month, n + 1), None);
            }
        }
        for [year, month, day] in [
            [2024, 13, 1],
            [2024, 0, 1],
            [2024, 1, 0],
            [0, 1, 1],
            [10_000, 1, 1],
        ] {
            assert_eq!(Date::of(year, month, day), None);
        }
        let date: Date = "2024-02-29".parse().unwrap();
        // Python 3: date(2024, 2, 29).toordinal() - date(1970, 1, 1).toordinal(), isoweekday().
        assert_eq!(
            (date.days(), date.weekday(), date.month()),
            (19_782.0, 4, 2)
        );
        let old: Date = "1969-12-31".parse().unwrap();
        assert_eq!(
            (old.days(), old.weekday(), old.to_string().as_str()),
            (-1.0, 3, "1969-12-31")
        );
    }

    #[test]
    fn dates_are_texts_in_what_is_saved_and_others_are_refused() {
        let date = Date::try_from("2024-12-31".to_owned()).unwrap();
        assert_eq!(String::from(date), "2024-12-31");
        for text in [
            "2024-02-30",
            "31.12.2024",
            "soon",
            "12",
            "24-12-31",
            "2024-+1-31",
            "2024-01-31-02",
            "2024-01-31T12:30:00Z",
        ] {
            assert!(Date::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
