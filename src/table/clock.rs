//! Times of day, and the time zone behind them.

use super::distinct::hash;

/// What stands behind the digits of a time of day, whatever the zone.
const ENDINGS: [&str; 12] = [
    "am",
    "pm",
    "a.m.",
    "p.m.",
    "a. m.",
    "p. m.",
    "a.\u{a0}m.",
    "p.\u{a0}m.",
    "uhr",
    "h",
    "hrs",
    "min",
];
/// Time zones have no longer names.
const LONGEST_ZONE: usize = 64;

/// Whether the text is a time of day.
pub(super) fn is_time(text: &str) -> bool {
    text.contains(':') && zone_of(text.trim()).is_some()
}

/// A hash of the time zone in what stands behind a date, 0 without one; `None` where that is no time of day.
pub(super) fn zone_behind(date: &str) -> Option<u64> {
    if date.is_empty() {
        return Some(0);
    }
    // An Apache log writes `31/Jan/2024:12:30:00`.
    let is_gap = |c: char| c.is_whitespace() || matches!(c, 'T' | ',' | ';' | ':');
    let time = date.trim_start_matches(is_gap);
    match time.len() {
        0 => Some(0),
        length if length == date.len() => None,
        _ => zone_of(time),
    }
}

/// A hash of the time zone of a time of day, 0 without one; `None` for any other text.
fn zone_of(time: &str) -> Option<u64> {
    let is_of_clock = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',' | b'h');
    let end = time.bytes().position(|byte| !is_of_clock(byte));
    let (clock, rest) = time.split_at(end.unwrap_or(time.len()));
    if !is_clock(clock.as_bytes()) {
        return None;
    }
    let rest = rest.trim();
    let zone = if rest.starts_with(char::is_alphabetic) {
        without_ending(rest)
    } else {
        rest
    };
    if zone.is_empty() {
        return Some(0);
    }
    // What stands in brackets explains: `+02:00[Europe/Berlin]`.
    let zone = match zone.find(['[', '(']).filter(|_| zone.ends_with([']', ')'])) {
        Some(0) => &zone[1..zone.len() - 1],
        Some(at) => zone[..at].trim_end(),
        None => zone,
    };
    let is_sign = |byte| matches!(byte, b'+' | b'-');
    let name_ends = zone.bytes().position(is_sign).unwrap_or(zone.len());
    let (name, offset) = (zone[..name_ends].trim_end(), &zone[name_ends..]);
    let is_offset = is_offset(offset.as_bytes());
    let mut greenwich = ["Z", "UTC", "GMT"].iter();
    let is_greenwich = name.is_empty() || greenwich.any(|it| name.eq_ignore_ascii_case(it));
    if is_greenwich && is_offset && !offset.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        return Some(hash(b"Z", 1) | 1);
    }
    let is_zone = is_offset && (is_greenwich || is_short_name(name)) || is_long_name(zone);
    is_zone.then(|| hash(zone.as_bytes(), 1) | 1)
}

/// 8:15, 8:15:30, 8:15:30.123, 8:15:30:123, 8h, 8h15.
fn is_clock(clock: &[u8]) -> bool {
    match behind_number(clock, 25) {
        Some([b'h']) => true,
        Some([b':' | b'h', rest @ ..]) => match behind_number(rest, 60) {
            Some([] | [b'h']) => true,
            Some([b':' | b'h', rest @ ..]) => match behind_number(rest, 61) {
                Some([]) => true,
                Some([b':' | b'.' | b',', rest @ ..]) => rest.iter().all(u8::is_ascii_digit),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// What stands behind a number of one or two digits below this bound.
fn behind_number(text: &[u8], bound: u8) -> Option<&[u8]> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(length);
    let number = match digits {
        [ones] => ones - b'0',
        [tens, ones] => 10 * (tens - b'0') + (ones - b'0'),
        _ => return None,
    };
    (number < bound).then_some(rest)
}

/// Without the half of the day and the like in front: `PM UTC`.
fn without_ending(rest: &str) -> &str {
    let behind = |ending: &&str| {
        let found = rest.get(..ending.len())?;
        let behind = &rest[ending.len()..];
        let is_ending =
            found.eq_ignore_ascii_case(ending) && !behind.starts_with(char::is_alphabetic);
        is_ending.then(|| behind.trim_start())
    };
    ENDINGS.iter().find_map(behind).unwrap_or(rest)
}

/// +02:00, +0200, -02, +2 and nothing.
fn is_offset(offset: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    match offset {
        [] => true,
        [_, hours @ .., b':', tens, ones] => {
            matches!(hours.len(), 1 | 2)
                && hours.iter().all(is_digit)
                && is_digit(tens)
                && is_digit(ones)
        }
        [_, digits @ ..] => (1..=4).contains(&digits.len()) && digits.iter().all(is_digit),
    }
}

/// CET, EDT.
fn is_short_name(name: &str) -> bool {
    (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Europe/Berlin, Central European Time.
fn is_long_name(zone: &str) -> bool {
    let is_of_place = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-+".contains(&byte);
    let is_place = zone.contains('/') && zone.bytes().all(is_of_place);
    zone.len() <= LONGEST_ZONE && (is_place || zone.ends_with(" Time"))
}
