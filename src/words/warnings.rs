//! What was repaired or looks doubtful in a file.

use super::numbers::{line_number, plural};
use super::remarks::remark_sentence;
use crate::table::{DateForm, Decimal, Oddity, Warning};

/// One sentence with its numbers.
pub fn warning_sentence(warning: &Warning) -> String {
    match warning {
        Warning::AmbiguousNumbers { .. }
        | Warning::Infinite { .. }
        | Warning::MixedDates { .. }
        | Warning::NotDates { .. }
        | Warning::NotNumbers { .. }
        | Warning::NoValues { .. }
        | Warning::OpenDates { .. }
        | Warning::Remark { .. }
        | Warning::RepeatedIdentifiers { .. }
        | Warning::SpreadsheetErrors { .. } => column_sentence(warning),
        Warning::Lines {
            oddity,
            count,
            lines,
        } => format!(
            "{} ({}).",
            odd_lines(*oddity, *count),
            line_list(lines, *count)
        ),
        Warning::TotalRow { line } => {
            format!(
                "Line {} holds totals, not a customer, and is left out.",
                line_number(*line)
            )
        }
        Warning::TotalKept { line } => {
            format!(
                "Line {} holds totals, and is kept as a customer.",
                line_number(*line)
            )
        }
        Warning::SecondTable { line } => format!(
            "A second table starts on line {}; only the first is read. Save the second as a file of its own to use it.",
            line_number(*line)
        ),
        Warning::HeaderRows { count } => format!(
            "The first {count} rows together are read as the header, since they hold names or units rather than values."
        ),
        Warning::EqualRows {
            count: n,
            are_identified,
            ..
        } => {
            let copies = plural(*n, "row is an exact copy", "rows are exact copies");
            if *are_identified {
                format!("{copies} of an earlier row, the identifier included: left out at first.")
            } else {
                format!(
                    "{copies} of an earlier row. Without an identifier they may be different customers: kept at first."
                )
            }
        }
        Warning::MissingCells { count: n, .. } => format!(
            "{} at least one missing value (empty, ?, NA and the like, or what a remark says counts as missing).",
            plural(*n, "row has", "rows have")
        ),
        Warning::UnreadableBytes { count, line } => format!(
            "{} characters that are not UTF-8, first on line {}; they show as �. Save the file as UTF-8 to repair them.",
            plural(*count, "cell holds", "cells hold"),
            line_number(*line)
        ),
        Warning::Garbled {
            count,
            found,
            meant,
        } => format!(
            "{} text that was read in a wrong encoding before it came here, first “{found}”, which was meant as “{meant}”.",
            plural(*count, "cell holds", "cells hold")
        ),
        Warning::HeaderHoldsNumbers { count } => format!(
            "The first row holds {} where the rows below do too, and is read as the header. If it is a customer, add a header row above it.",
            plural(*count, "number", "numbers")
        ),
    }
}

/// What is said of the cells of a single column.
fn column_sentence(warning: &Warning) -> String {
    match warning {
        Warning::Infinite {
            column,
            count,
            found,
            line,
        } => format!(
            "“{column}” holds {} infinite or too large, first “{found}” on line {}; such cells count as missing.",
            plural(*count, "number that is", "numbers that are"),
            line_number(*line)
        ),
        Warning::SpreadsheetErrors {
            column,
            count,
            found,
            ..
        } => format!(
            "{} of “{column}” {} a spreadsheet error ({found}); {} as missing.",
            plural(*count, "cell", "cells"),
            if *count == 1 { "holds" } else { "hold" },
            if *count == 1 {
                "it counts"
            } else {
                "they count"
            }
        ),
        Warning::AmbiguousNumbers {
            column,
            decimal,
            example,
        } => match decimal {
            Decimal::Comma if !example.contains(',') => format!(
                "“{column}”: the point in {example} is read as separating thousands; it could also be the decimal sign."
            ),
            Decimal::Comma => format!(
                "“{column}”: the comma in {example} is read as the decimal sign; it could also separate thousands."
            ),
            Decimal::Point if !example.contains(',') => format!(
                "“{column}”: the point in {example} is read as the decimal sign; it could also separate thousands."
            ),
            Decimal::Point => format!(
                "“{column}”: the comma in {example} is read as separating thousands; it could also be the decimal sign."
            ),
        },
        Warning::MixedDates { column, form } => format!(
            "“{column}” writes its dates in more than one order of day, month and year. They are read as {}; others count as missing.",
            form_words(*form)
        ),
        Warning::OpenDates {
            column,
            form,
            example,
        } => format!(
            "“{column}”: nothing tells day from month in dates such as {example}; they are read as {}.",
            form_words(*form)
        ),
        Warning::NotDates {
            column,
            count,
            lines,
            found,
        } => format!(
            "“{column}” holds {} in the form of its dates, first “{found}” on line {}; such cells count as missing.",
            plural(*count, "value that is no date", "values that are no dates"),
            line_number(lines.first().copied().unwrap_or_default())
        ),
        Warning::NoValues { column, count: 1 } => {
            format!("“{column}” holds no number or text: its 1 value is missing.")
        }
        Warning::NoValues { column, count } => format!(
            "“{column}” holds no number or text: all {} are missing.",
            plural(*count, "value", "values")
        ),
        Warning::NotNumbers {
            column,
            count,
            lines,
            found,
        } => format!(
            "“{column}” holds text in {} where numbers are expected, first “{found}” on line {}; it counts as missing.",
            plural(*count, "row", "rows"),
            line_number(lines.first().copied().unwrap_or_default())
        ),
        Warning::RepeatedIdentifiers {
            column,
            count,
            different,
        } => repeated(column, *count, *different),
        Warning::Remark { column, about } => remark_sentence(column, about),
        _ => String::new(),
    }
}

/// The order of day, month and year.
fn form_words(form: DateForm) -> &'static str {
    match form {
        DateForm::YearFirst => "year, month, day",
        DateForm::DayFirst => "day, month, year",
        DateForm::MonthFirst => "month, day, year",
    }
}

/// That identifiers occur more than once.
fn repeated(column: &str, count: usize, different: usize) -> String {
    format!(
        "“{column}” has {} in {}: some occur more than once, and each row counts as a customer.",
        plural(different, "value", "different values"),
        plural(count + different, "row", "rows")
    )
}

/// How many rows lack a value in a column in use.
pub fn missing_sentence(n: usize) -> String {
    if n == 0 {
        return "Every row has a value in each feature in use; other columns lack some.".into();
    }
    format!(
        "{} no value in a feature in use (empty, ?, NA and the like).",
        plural(n, "row has", "rows have")
    )
}

/// What is odd about so many rows or lines, and what was done.
fn odd_lines(oddity: Oddity, n: usize) -> String {
    let (rows, lines) = (plural(n, "row", "rows"), plural(n, "line", "lines"));
    let (has, is) = if n == 1 {
        ("has", "is")
    } else {
        ("have", "are")
    };
    match oddity {
        Oddity::AboveHeader => {
            format!("{lines} above the header {has} no place in its columns and {is} left out")
        }
        Oddity::Comment => {
            let kind = if n == 1 { "a comment" } else { "comments" };
            format!("{lines} starting with # {is} left out as {kind}")
        }
        Oddity::HeaderAgain => {
            let repeats = if n == 1 { "repeats" } else { "repeat" };
            format!("{lines} {repeats} the header and {is} left out")
        }
        Oddity::OpenQuote => {
            format!("{rows} {has} a quote that never closes; it is read as a letter")
        }
        Oddity::Short => {
            format!("{rows} {has} fewer cells than the header; the missing cells count as empty")
        }
        Oddity::Long => {
            format!("{rows} {has} more cells than the header; the extra cells are left out")
        }
    }
}

fn line_list(lines: &[u64], n: usize) -> String {
    /// Lines that a sentence names.
    const NAMED: usize = 5;
    let named = lines.iter().take(NAMED).map(|&line| line_number(line));
    let more = if n > NAMED { ", …" } else { "" };
    format!(
        "{} {}{more}",
        if n == 1 { "line" } else { "lines" },
        named.collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_and_far_lines_are_written_as_numbers_are() {
        let empty = |count| {
            warning_sentence(&Warning::NoValues {
                column: "Note".into(),
                count,
            })
        };
        assert_eq!(
            [empty(1), empty(1_200)],
            [
                "“Note” holds no number or text: its 1 value is missing.",
                "“Note” holds no number or text: all 1,200 values are missing."
            ]
        );
        let short = Warning::Lines {
            oddity: Oddity::Short,
            count: 2,
            lines: vec![7, 12_345],
        };
        assert!(warning_sentence(&short).ends_with(" (lines 7, 12,345)."));
    }
}
