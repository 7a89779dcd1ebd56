//! What was repaired or looks doubtful in a file.

use super::numbers::{count, plural};
use crate::table::Warning;

/// One sentence with its numbers.
pub fn warning_sentence(warning: &Warning) -> String {
    match warning {
        Warning::ShortRows { count: n, lines } => format!(
            "{} fewer cells than the header; the missing cells count as empty ({}).",
            if *n == 1 {
                "1 row has".into()
            } else {
                format!("{} rows have", count(*n))
            },
            line_list(lines, *n)
        ),
        Warning::LongRows { count: n, lines } => format!(
            "{} more cells than the header; the extra cells are left out ({}).",
            if *n == 1 {
                "1 row has".into()
            } else {
                format!("{} rows have", count(*n))
            },
            line_list(lines, *n)
        ),
        Warning::NotNumbers {
            column,
            count,
            line,
            found,
        } => format!(
            "“{column}” holds text in {} where numbers are expected, first “{found}” on line {line}; it counts as missing.",
            plural(*count, "row", "rows")
        ),
        Warning::UnreadableBytes { count, line } => format!(
            "{} characters that are not UTF-8, first on line {line}; they show as �. Save the file as UTF-8 to repair them.",
            if *count == 1 {
                "1 cell holds".into()
            } else {
                format!("{} cells hold", super::count(*count))
            }
        ),
        Warning::HeaderHoldsNumbers { count } => format!(
            "The first row holds {} where the rows below do too, and is read as the header. If it is a customer, add a header row above it.",
            plural(*count, "number", "numbers")
        ),
        Warning::RepeatedIdentifiers { column, count } => format!(
            "“{column}” repeats an earlier value in {}: some customers occur more than once, and each row counts.",
            plural(*count, "row", "rows")
        ),
    }
}

fn line_list(lines: &[u64], n: usize) -> String {
    let named: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let more = if n > lines.len() { ", …" } else { "" };
    format!(
        "{} {}{more}",
        if n == 1 { "line" } else { "lines" },
        named.join(", ")
    )
}
