//! What looks like a date or a time of day.

use super::months::{joins_dates, may_be_weekday, month_of};

/// The order of day, month and year in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateOrder {
    /// 2024-01-31.
    YearFirst,
    /// 31/01/2024 or 01/31/2024.
    YearLast,
    /// 31-Jan-2024 or Jan 31, 2024: the month is a word, and the numbers are those of year, month and day.
    Named,
}

/// Whether the text is a calendar date; a time of day after it is ignored.
pub(super) fn is_date(text: &str) -> bool {
    date_parts(text).is_some()
}

/// The numbers of a date, as they stand in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateParts {
    pub(super) order: DateOrder,
    pub(super) numbers: [u32; 3],
}

/// The parts of a date; `None` for anything else.
pub(crate) fn date_parts(text: &str) -> Option<DateParts> {
    let text = text.trim();
    if text.contains(char::is_alphabetic) && text.contains(|c: char| c.is_ascii_digit()) {
        let named = named_parts(text);
        if named.is_some() {
            return named;
        }
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    if day.len() < text.len() && !is_time(without_zone(&text[day.len() + 1..])) {
        return None;
    }
    let separator = day.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = day.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        let is_number =
            digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().unwrap_or(u32::MAX))
    };
    let (a, b) = (number(second, 1..=2)?, parts.next());
    if b.is_some() {
        return None;
    }
    let is_day = |x: u32| (1..=31).contains(&x);
    if let (Some(year), Some(day)) = (number(first, 4..=4), number(third, 1..=2)) {
        return ((1..=12).contains(&a) && is_day(day) && (1000..3000).contains(&year)).then_some(
            DateParts {
                order: DateOrder::YearFirst,
                numbers: [year, a, day],
            },
        );
    }
    let (first, year) = (number(first, 1..=2)?, number(third, 2..=4)?);
    let months = (1..=12).contains(&first) || (1..=12).contains(&a);
    (is_day(first) && is_day(a) && months && (year < 100 || (1000..3000).contains(&year)))
        .then_some(DateParts {
            order: DateOrder::YearLast,
            numbers: [first, a, year],
        })
}

/// The parts of a date whose month is a word: `31-Jan-2024`, `Jan 31st, 2024`, `Mo, 31. Januar 2024`, `31 de enero de 2024`.
fn named_parts(text: &str) -> Option<DateParts> {
    let (mut rest, mut is_first) = (text, true);
    let (mut year, mut month, mut day) = (None, None, None);
    while year.is_none() || month.is_none() || day.is_none() {
        rest = rest.trim_start_matches([' ', '-', '/', '.', ',']);
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        let is_other = |c: char| {
            if is_number {
                !c.is_ascii_digit()
            } else {
                !c.is_alphabetic()
            }
        };
        let (word, after) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
        match (is_number, word.len()) {
            (true, 4) if year.is_none() => year = word.parse().ok(),
            (true, 1 | 2) if day.is_none() => day = word.parse().ok(),
            (true, 2) if year.is_none() => {
                let short: u32 = word.parse().ok()?;
                year = Some(if short < 69 {
                    2000 + short
                } else {
                    1900 + short
                });
            }
            (true, _) | (false, 0) => return None,
            (false, _) => match month_of(word) {
                Some(found) if month.is_none() => month = Some(found),
                Some(_) => return None,
                None => {
                    let is_passed_over = if is_first {
                        may_be_weekday(word)
                    } else {
                        joins_dates(word)
                    };
                    if !is_passed_over {
                        return None;
                    }
                }
            },
        }
        (rest, is_first) = (after, false);
    }
    let time = rest.trim_start_matches([' ', 'T', ',']);
    let is_whole = rest.is_empty() || time.len() < rest.len() && is_time(without_zone(time));
    let (year, month, day) = (year?, month?, day?);
    let is_date = is_whole && (1..=31).contains(&day) && (1000..3000).contains(&year);
    is_date.then_some(DateParts {
        order: DateOrder::Named,
        numbers: [year, month, day],
    })
}

/// A time of day without its zone (`Z`, `UTC`, `+02:00`) and without its half of the day.
fn without_zone(time: &str) -> &str {
    let mut time = time.trim();
    for zone in ["Z", "UTC", "GMT", "AM", "PM", "am", "pm"] {
        time = time.strip_suffix(zone).unwrap_or(time).trim_end();
    }
    let is_offset = |offset: &str| {
        let digits = offset.bytes().filter(u8::is_ascii_digit).count();
        let others = offset.replace(':', "").len();
        matches!(digits, 2 | 4) && digits == others
    };
    match time.rsplit_once(['+', '-']) {
        Some((before, offset)) if is_offset(offset) => before.trim_end(),
        _ => time,
    }
}

/// Whether the text is a time of day.
pub(super) fn is_time(text: &str) -> bool {
    let mut parts = text.trim().split(':');
    let below = |part: Option<&str>, bound: u32| {
        part.is_some_and(|part| {
            (1..=2).contains(&part.len()) && part.parse::<u32>().is_ok_and(|x| x < bound)
        })
    };
    let hour_and_minute = below(parts.next(), 25) && below(parts.next(), 60);
    let seconds = parts.next();
    let whole = seconds.and_then(|seconds| seconds.split(['.', ',', '+', ' ']).next());
    hour_and_minute && (seconds.is_none() || below(whole, 61)) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_told_from_numbers() {
        for text in [
            "2024-01-31",
            "31/01/2024",
            "1/31/24",
            "31.1.2024",
            "2024-01-31T12:30:00Z",
            "2024/1/3 08:15",
            "2024-01-31T12:30:00+02:00",
            "2024-01-31 12:30:00 -0500",
            "2024-01-31 12:30:00 UTC",
            "1/31/2024 8:15 PM",
            "31-Jan-2024",
            "Jan 31, 2024",
            "31. Januar 2024",
            "Mi., 31 janv. 2024 08:15",
            "31 de enero de 2024",
            "January 31st, 2024",
            "31-gru-24",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "",
            "12",
            "1.5",
            "2024-13-01",
            "1/2",
            "32/01/2024",
            "1.2.3.4",
            "10-20-3000x",
            "555-1234",
            "2024-01-31 12:30 noon",
            "2024-01-31 +02:00",
            "Marketing 12 2024",
            "May 2024",
            "31 Jan",
            "Room 31 Jan 2024 b",
            "Newsletter 12 May 2024",
            "Jan 32, 2024",
            "12 May Street 24",
        ] {
            assert!(!is_date(text), "{text}");
        }
        assert!(is_time("00:15") && is_time("23:59:59.5") && !is_time("24h") && !is_time("12:99"));
        let order = date_parts("02/02/2024").map(|parts| parts.order);
        assert_eq!(order, Some(DateOrder::YearLast));
    }
}
