//! What must hold of the options that a file is read with.

use super::error::DecisionError as Error;
use crate::table::{Header, ReadOptions};

/// Checks that the reader accepts these options; it ignores those that do not apply to the file.
pub(super) fn check_reading(reading: &ReadOptions) -> Result<(), Error> {
    /// Longest name of an encoding or a sheet.
    const LONGEST: usize = 255;
    let is_name = |name: &String| !name.trim().is_empty() && name.len() <= LONGEST;
    let is_sign = |sign: &char| {
        sign.is_ascii() && !sign.is_ascii_alphanumeric() && !matches!(sign, '\n' | '\r' | '\0')
    };
    // The null character, which no text contains, stands for "no quotes".
    let is_quote = |sign: &char| *sign == '\0' || is_sign(sign);
    let signs_differ = reading.quote.is_none() || reading.quote != reading.delimiter;
    let encoding = reading.encoding.as_ref();
    let is_line = match reading.header {
        Some(Header::Line(line)) => line > 0,
        Some(Header::Lines(first, last)) => first > 0 && first < last,
        Some(Header::None) | None => true,
    };
    let choices = [
        (
            "encoding",
            encoding.is_none_or(|it| is_name(it) && it.is_ascii()),
        ),
        ("sheet", reading.sheet.as_ref().is_none_or(is_name)),
        ("delimiter", reading.delimiter.as_ref().is_none_or(is_sign)),
        (
            "quote",
            reading.quote.as_ref().is_none_or(is_quote) && signs_differ,
        ),
        ("header", is_line),
        (
            "missing",
            reading.missing.values().flatten().all(|it| {
                // Rust's reader of numbers is known to the engine alone.
                is_name(it) && it.bytes().any(|byte| byte.is_ascii_digit())
            }),
        ),
        (
            "units",
            reading.units.values().all(|unit| unit.len() <= LONGEST),
        ),
        (
            "list separator",
            reading.lists.values().all(|it| {
                let mut signs = it.trim_matches(' ').chars();
                let is_one = signs.next().is_some_and(|sign| !sign.is_alphanumeric());
                is_one && signs.next().is_none()
            }),
        ),
        (
            "orders",
            reading.orders.as_ref().is_none_or(|it| {
                is_name(&it.customer)
                    && is_name(&it.date)
                    && (it.amount.is_some() || it.price.is_some())
            }),
        ),
    ];
    match choices.iter().find(|(_, is_known)| !is_known) {
        Some((choice, _)) => Err(Error::UnknownReading {
            choice: (*choice).to_owned(),
        }),
        None => Ok(()),
    }
}
