//! How a file was read, and the doubts that the reader has.

use super::numbers::fixed;
use crate::features::{Missing, Repeats, SKEWED, Shape, Skew};
use crate::table::{Decimal, Role};

/// The head above the choices of the reader.
pub const HOW_IT_WAS_READ: &str = "How it was read";
/// Takes all choices back.
pub const RESET: &str = "Reset";
/// What a choice of the reader does.
pub const READS_AGAIN: &str = "Every change reads the file again.";
/// The head above the marks of missing values.
pub const COUNTS_AS_MISSING: &str = "Counts as missing";
/// Marks of missing values: an empty cell, and what programs write.
pub const MISSING_MARKS: [&str; 9] = [
    "empty", "?", "-", "NA", "n/a", "NULL", "NaN", "none", "#DIV/0!",
];

/// What a decision of the reader is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The sheet of a workbook.
    Sheet,
    /// How bytes are letters.
    Encoding,
    /// What is between cells.
    Separator,
    /// What is around cells.
    Quotes,
    /// Where the names of the columns stand.
    Header,
    /// What is before decimals.
    DecimalSign,
}

/// What a decision of the reader is called.
pub fn reading_name(reading: Reading) -> &'static str {
    match reading {
        Reading::Sheet => "Sheet",
        Reading::Encoding => "Encoding",
        Reading::Separator => "Separator",
        Reading::Quotes => "Quotes",
        Reading::Header => "Header",
        Reading::DecimalSign => "Decimal sign",
    }
}

/// What is between cells.
pub fn separator_name(separator: char) -> String {
    match separator {
        ',' => "Comma".to_owned(),
        ';' => "Semicolon".to_owned(),
        '\t' => "Tab".to_owned(),
        '|' => "Bar".to_owned(),
        ' ' => "Space".to_owned(),
        other => other.escape_default().to_string(),
    }
}

/// What is around cells; the letter that no text holds stands for nothing.
pub fn quote_name(quote: char) -> String {
    match quote {
        '"' => "Double: \"".to_owned(),
        '\'' => "Single: '".to_owned(),
        '\0' => "None".to_owned(),
        other => other.escape_default().to_string(),
    }
}

/// A decimal sign for all columns; none where each column has its own.
pub fn decimal_name(decimal: Option<Decimal>) -> &'static str {
    match decimal {
        None => "By column",
        Some(Decimal::Point) => "Point: 12.5",
        Some(Decimal::Comma) => "Comma: 12,5",
    }
}

/// How thousands are told apart, which follows from the decimal signs that the columns have.
pub fn thousands_sentence(has_points: bool, has_commas: bool) -> &'static str {
    match (has_points, has_commas) {
        (true, true) => {
            "Columns differ in their decimal sign; the other sign, a space or ’ groups thousands."
        }
        (false, true) => "The decimal sign is a comma: a point, a space or ’ groups thousands.",
        _ => "The decimal sign is a point: a comma, a space or ’ groups thousands.",
    }
}

/// How skewed a column is.
pub fn skew_sentence(column: &str, skew: &Skew) -> String {
    format!(
        "“{column}” is skewed towards large values: skewness {}, above {} is high; {} with log(1 + x).",
        fixed(skew.raw, 2),
        fixed(SKEWED, 0),
        fixed(skew.of_logs, 2)
    )
}

/// What a skewed column can be to the models.
pub fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::AsItIs => "As it is",
        Shape::Log1p => "log(1 + x)",
        Shape::YeoJohnson => "Yeo-Johnson",
        Shape::Rank => "Rank",
    }
}

/// That choice, for readers.
pub fn shape_label(column: &str) -> String {
    format!("What of {column} the models see")
}

/// What rows without a value can become.
pub const MISSING_LABEL: &str = "Rows without a value in a feature";

/// What becomes of rows without a value.
pub fn missing_name(missing: Missing) -> &'static str {
    match missing {
        Missing::LeaveOut => "Leave out",
        Missing::Median => "Median",
        Missing::Mode => "Most frequent",
    }
}

/// What exact duplicates can become.
pub const REPEATS_LABEL: &str = "Exact duplicates";

/// What becomes of exact duplicates.
pub fn repeats_name(repeats: Repeats) -> &'static str {
    match repeats {
        Repeats::Keep => "Keep all",
        Repeats::First => "Keep first",
    }
}

/// What a remark about the role of a column is about, its answer that gives it the role, and the other one.
pub fn role_choice_words(role: Role) -> (&'static str, [&'static str; 2]) {
    match role {
        Role::Identifier => ("These identifiers", ["Name the customers", "Do not use"]),
        _ => ("This column", ["Use", "Do not use"]),
    }
}

/// The choice of a currency or unit, for readers.
pub const UNIT_LABEL: &str = "The amounts that are kept";

/// A currency or unit of a column that mixes several; the empty one stands for none.
pub fn unit_name(unit: &str) -> &str {
    if unit.is_empty() { "no unit" } else { unit }
}

/// Why a text of the settings cannot count as missing.
pub fn no_missing_value_sentence(column: &str, value: &str) -> String {
    format!(
        "The settings let “{value}” of “{column}” count as missing, which is no number. Give numbers such as “9999”; empty cells, “NA” and the like are missing in any case."
    )
}

/// Why a text of the settings joins no entries of lists.
pub fn no_list_separator_sentence(column: &str, text: &str) -> String {
    format!(
        "The settings join the lists of “{column}” by “{text}”. Give one character, such as “;”."
    )
}

/// A doubt of the reader that has two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Whether a comma is the decimal sign.
    Comma,
    /// Whether the point is the decimal sign.
    Point,
    /// Which of two decimal signs a column with both has.
    Signs,
    /// Whether texts with colons are durations.
    Times,
    /// Whether values count as missing.
    Codes,
    /// Whether entries of lists become columns.
    Lists,
    /// Whether texts are repaired.
    Garbled,
    /// Whether the first row names the columns.
    FirstRow,
    /// Whether a column of numbers with some texts is one of categories.
    Texts,
    /// Whether a row that adds up the others is a customer.
    Total,
    /// Whether the day or the month stands first in dates.
    DayOrMonth,
}

/// What a doubt is about, its answer as the file was read, and the other one.
pub fn doubt_words(doubt: Doubt) -> (&'static str, [&'static str; 2]) {
    match doubt {
        Doubt::Comma => (
            "The comma in these numbers",
            ["Decimal sign", "Groups thousands"],
        ),
        Doubt::Point => (
            "The point in these numbers",
            ["Groups thousands", "Decimal sign"],
        ),
        Doubt::Signs => (
            "The decimal sign of this column",
            ["The comma", "The point"],
        ),
        Doubt::Times => ("This column holds", ["Durations", "Times of the day"]),
        Doubt::Codes => ("These values", ["Are amounts", "Count as missing"]),
        Doubt::Lists => ("These lists", ["Texts", "A yes or no per entry"]),
        Doubt::Garbled => ("These texts", ["As in the file", "Put right"]),
        Doubt::FirstRow => ("The first row", ["Names the columns", "Is a customer"]),
        Doubt::Texts => ("This column holds", ["Numbers", "Categories"]),
        Doubt::Total => ("This row", ["Leave out", "Keep"]),
        Doubt::DayOrMonth => ("These dates", ["Day first", "Month first"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_nobody_expects_is_shown_as_it_is() {
        assert_eq!(separator_name('\t'), "Tab");
        assert_eq!(separator_name('\u{1f}'), "\\u{1f}");
        assert_eq!(quote_name('~'), "~");
    }
}
