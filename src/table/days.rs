//! Calendar dates as numbers of days.
//!
//! Days are counted from 1970-01-01 in the Gregorian calendar, which is carried on before 1582 (Hinnant 2013, chrono-compatible low-level
//! date algorithms). A time of day does not count.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::dates::{DateOrder, DateParts, date_parts};

/// Days of 400 years, after which the calendar repeats.
const ERA: i32 = 146_097;

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

/// Year, month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Civil {
    year: i32,
    /// From 1.
    month: i32,
    /// From 1.
    day: i32,
}

impl Date {
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

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.civil().month as u8
    }

    /// The day of the week, 1 (Monday) to 7 (ISO 8601).
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        ((self.days + 3).rem_euclid(7) + 1) as u8
    }

    /// `None` where the month has no such day.
    fn of_civil(date: Civil) -> Option<Self> {
        let year = date.year - i32::from(date.month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        // The year begins in March, so that the day that comes and goes is its last.
        let month = (date.month + 9) % 12;
        let of_year = (153 * month + 2) / 5 + date.day - 1;
        let days = era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        let found = Self { days };
        (found.civil() == date).then_some(found)
    }

    fn civil(self) -> Civil {
        let days = self.days + 719_468;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / (ERA - 1)) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Civil {
            year: year + 400 * era + i32::from(month <= 2),
            month,
            day,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { year, month, day } = self.civil();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let parts = date_parts(text);
        let parts = parts.filter(|it| it.order == DateOrder::YearFirst);
        let date = parts.and_then(|parts| DateForm::YearFirst.date(parts));
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

impl DateForm {
    /// Years of two digits are 1969 to 2068, as POSIX has it.
    pub(crate) fn date(self, parts: DateParts) -> Option<Date> {
        let [a, b, c] = parts.numbers.map(|part| part as i32);
        let is_year_first = parts.order == DateOrder::YearFirst;
        let (year, month, day) = match self {
            _ if parts.order == DateOrder::Named => (a, b, c),
            Self::YearFirst if is_year_first => (a, b, c),
            Self::DayFirst if !is_year_first => (c, b, a),
            Self::MonthFirst if !is_year_first => (c, a, b),
            _ => return None,
        };
        let year = match year {
            0..=68 => year + 2_000,
            69..=99 => year + 1_900,
            year => year,
        };
        Date::of_civil(Civil { year, month, day })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    /// Counts day by day.
    #[test]
    fn days_follow_each_other_through_all_months_and_leap_years() {
        let is_leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let mut days = Date::of_civil(Civil {
            year: 1599,
            month: 1,
            day: 1,
        })
        .unwrap()
        .days;
        for year in 1599..2405 {
            for month in 1..=12 {
                let n = match month {
                    2 => 28 + i32::from(is_leap(year)),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                for day in 1..=n {
                    let date = Date { days };
                    assert_eq!(date.civil(), Civil { year, month, day });
                    assert_eq!(Date::of_civil(date.civil()), Some(date));
                    days += 1;
                }
                let day = n + 1;
                assert_eq!(Date::of_civil(Civil { year, month, day }), None);
            }
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
        for text in ["2024-02-30", "31.12.2024", "soon", "12"] {
            assert!(Date::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
