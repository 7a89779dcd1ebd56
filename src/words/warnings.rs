//! What was repaired or looks doubtful in a file.

use super::numbers::{line_number, plural};
use crate::table::{Content, DateForm, Decimal, Likeness, Oddity, Remark, Warning};

/// One sentence with its numbers.
pub fn warning_sentence(warning: &Warning) -> String {
    match warning {
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
                "Line {} is a total of the other rows, not a customer, and is left out.",
                line_number(*line)
            )
        }
        Warning::TotalKept { line } => {
            format!(
                "Line {} is a total of the other rows, and is kept as a customer.",
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
        Warning::AmbiguousNumbers {
            column,
            decimal,
            example,
        } => match decimal {
            Decimal::Comma => format!(
                "“{column}”: the comma in {example} is read as the decimal sign; it could also separate thousands."
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
            "{} at least one missing value (empty, ?, NA and the like).",
            plural(*n, "row has", "rows have")
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
        Warning::RepeatedIdentifiers {
            column,
            count,
            different,
        } => repeated(column, *count, *different),
        Warning::Remark { column, about } => remark_sentence(column, about),
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

/// What is remarkable about the part that a column plays.
fn remark_sentence(column: &str, about: &Remark) -> String {
    match about {
        Remark::DamagedIdentifiers { count, found, line } => format!(
            "“{column}” has lost digits in {}, first “{found}” on line {}: different customers may bear the same number. Export the file again with this column as text.",
            plural(*count, "row", "rows"),
            line_number(*line)
        ),
        Remark::MostlyEmpty { filled, kept, with } => format!(
            "“{column}” has a value in {}. Leaving this out keeps {}; using it keeps {}.",
            plural(*filled, "row", "rows"),
            plural(*kept, "customer", "customers"),
            line_number(*with as u64)
        ),
        Remark::Constant { value } => {
            format!(
                "“{column}” is “{value}” in every row that has a value: it tells no customers apart."
            )
        }
        Remark::NearCopy { of, how } => near_copy(column, of, *how),
        Remark::NoQuantity { content } => {
            let what = match content {
                Content::Key => "numbers that name something",
                Content::Contact => "telephone numbers or postcodes",
                Content::Label => "segments or scores of an earlier analysis",
                Content::Calendar => "years, months or dates",
                Content::Code | Content::Given | Content::Quantity => "codes that stand for names",
            };
            format!("“{column}” holds {what}, no amounts, and is not used at first.")
        }
    }
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

/// That a column follows from others, and how.
fn near_copy(column: &str, of: &[String], how: Likeness) -> String {
    let named: Vec<String> = of.iter().map(|name| format!("“{name}”")).collect();
    let (first, last) = match named.as_slice() {
        [rest @ .., last] => (rest.join(", "), last.as_str()),
        [] => (String::new(), ""),
    };
    let follows = match how {
        Likeness::Equal => format!("has the values of {last}"),
        Likeness::Linear => format!("rises or falls with {last} in a straight line"),
        Likeness::Sum => format!("is the sum of {first} and {last}"),
        Likeness::Difference => format!("is {first} less {last}"),
        Likeness::Product => format!("is {first} times {last}"),
        Likeness::Ratio => format!("is {first} divided by {last}"),
    };
    format!("“{column}” {follows}, at least nearly: using both would count the same thing twice.")
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

    #[test]
    fn remarks_name_their_columns_and_numbers() {
        let said = |about| {
            let column = "Total".to_owned();
            warning_sentence(&Warning::Remark { column, about })
        };
        let of = vec!["Months".to_owned(), "Price".to_owned()];
        let how = Likeness::Product;
        assert_eq!(
            said(Remark::NearCopy { of, how }),
            "“Total” is “Months” times “Price”, at least nearly: using both would count the same thing twice."
        );
        let about = Remark::MostlyEmpty {
            filled: 10,
            kept: 1_200,
            with: 9,
        };
        assert_eq!(
            said(about),
            "“Total” has a value in 10 rows. Leaving this out keeps 1,200 customers; using it keeps 9."
        );
        let repeated = Warning::RepeatedIdentifiers {
            column: "Id".into(),
            count: 816,
            different: 88,
        };
        assert!(
            warning_sentence(&repeated).starts_with("“Id” has 88 different values in 904 rows")
        );
    }
}
