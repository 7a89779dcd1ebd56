//! The review of a file: its columns, its lines, what to check.

use super::numbers::{compact, count, line_number, percent, plural, size, value_text};
use crate::numeric::FiveNumbers;
use crate::table::{ColumnKind, Header, LINES_LISTED, Role, Unit};

/// The head of the screen.
pub const CHECK_COLUMNS: &str = "Check the columns";
/// What lacks before models can be fitted.
pub const GIVE_A_FEATURE: &str = "Give at least one column the role Feature";
/// The list of what to check, for readers.
pub const THINGS_TO_CHECK: &str = "Things to check";
/// Rows of the file.
pub const ROWS_READ: &str = "Rows read";
/// Rows that are left out as repeats.
pub const DUPLICATES_LEFT_OUT: &str = "Exact duplicates, left out";
/// Rows that are left out for want of a value.
pub const A_FEATURE_IS_MISSING: &str = "A feature is missing";
/// Rows that are used.
pub const CUSTOMERS: &str = "Customers";
/// What becomes of rows that are left out.
pub const LEFT_OUT_ROWS: &str =
    "Rows that are left out of the models stay in the profile and in the export.";

/// The panel about the file.
pub const FILE: &str = "File";
/// Chooses another file.
pub const OPEN_ANOTHER: &str = "Open another";
/// The heads of the table of columns.
pub const COLUMN: &str = "Column";
/// The part that a column plays.
pub const ROLE: &str = "Role";
/// What a column holds.
pub const TYPE: &str = "Type";
/// Its values in words.
pub const VALUES: &str = "Values";
/// Rows without a value.
pub const MISSING: &str = "Missing";
/// Its values as a picture.
pub const SPREAD: &str = "Spread";
/// The choice how a category becomes numbers, for readers.
pub const AS_NUMBERS: &str = "How the category becomes numbers";

/// The head above the lines of the file.
pub const PREVIEW: &str = "Preview";
/// The table below it, for readers.
pub const PREVIEW_LABEL: &str = "Lines of the file beside the rows read from them";
/// Number of a line.
pub const LINE: &str = "Line";
/// The text of a line.
pub const IN_THE_FILE: &str = "In the file";
/// Number of a row.
pub const ROW: &str = "Row";
/// A cell without a value.
pub const MISSING_CELL: &str = "missing";

/// How many features there are, and what can be done; dates can become features.
pub fn features_sentence(n: usize, has_dates: bool) -> String {
    match (n, has_dates) {
        (0, true) => format!(
            "No feature yet. {GIVE_A_FEATURE}, or make one of a date on Compare, by “Add a derived feature”."
        ),
        (0, false) => format!("No feature yet. {GIVE_A_FEATURE}."),
        (n, _) => format!(
            "{} for the models. Change a role if it is wrong.",
            plural(n, "feature", "features")
        ),
    }
}

/// Goes on to the models.
pub fn use_customers(n: usize) -> String {
    format!("Use {}", plural(n, "customer", "customers"))
}

/// How many rows a step of the sum takes away.
pub fn rows_less(n: usize) -> String {
    compact(-(n as f64))
}

/// How many checks there are.
pub fn checks_title(n: usize) -> String {
    match n {
        0 => "Nothing to check".to_owned(),
        n => plural(n, "thing to check", "things to check"),
    }
}

/// Brings a line of the file into sight.
pub fn show_line(line: u64) -> String {
    format!("Show {}", line_words(line))
}

/// A line of the file.
pub fn line_words(line: u64) -> String {
    format!("line {}", line_number(line))
}

/// Lines of the file as a choice for the header; none for a file without one.
pub fn header_name(header: Header) -> String {
    match header {
        Header::None => "None".to_owned(),
        Header::Line(line) => format!("Line {}", line_number(line)),
        Header::Lines(first, last) => {
            format!("Lines {} to {}", line_number(first), line_number(last))
        }
    }
}

/// How many lines of a check are listed.
pub fn lines_words(n: usize) -> String {
    let lines = plural(n, "line", "lines");
    if n == LINES_LISTED {
        format!("{lines}, the most that are listed")
    } else {
        lines
    }
}

/// Lines of the file that are not shown, from the first to the last.
pub fn gap_words(from: u64, to: u64) -> String {
    if from == to {
        line_words(from)
    } else {
        format!("lines {} to {}", line_number(from), line_number(to))
    }
}

/// Why a line has no row.
pub fn no_row_words(is_header: bool) -> &'static str {
    if is_header {
        "names of the columns"
    } else {
        "left out"
    }
}

/// What the preview shows of order lines.
pub const LINES_BESIDE: &str = "Order lines beside the customer that they belong to";

/// Which rows the preview shows; `rows` are theirs, ascending from 0.
pub fn preview_words(rows: &[usize], n_rows: usize) -> String {
    let n_first = rows
        .iter()
        .enumerate()
        .filter(|(at, row)| at == *row)
        .count();
    let others = match rows.len() - n_first {
        0 => String::new(),
        n => format!(", and {}", plural(n, "row to check", "rows to check")),
    };
    if n_first == n_rows {
        format!("All {}", plural(n_rows, "row", "rows"))
    } else {
        let first = plural(n_first, "row", "rows");
        format!("First {first} of {}{others}", count(n_rows))
    }
}

/// Columns that the preview leaves out.
pub fn columns_not_shown(n: usize) -> String {
    format!("{} not shown here.", plural(n, "column is", "columns are"))
}

/// Rows, columns and bytes of a file.
pub fn file_words(n_rows: usize, n_columns: usize, n_bytes: usize) -> String {
    format!(
        "{}, {}, {}",
        plural(n_rows, "row", "rows"),
        plural(n_columns, "column", "columns"),
        size(n_bytes)
    )
}

/// Offers the next columns.
pub fn more_columns(n_shown: usize, n_columns: usize) -> String {
    format!(
        "Show more columns, {} of {} are listed",
        count(n_shown),
        count(n_columns)
    )
}

/// What a role is called.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Identifier => "ID",
        Role::Feature => "Feature",
        Role::Profile => "Profile",
        Role::Ignored => "Ignored",
    }
}

/// The choice of a role, for readers.
pub fn role_label(column: &str) -> String {
    format!("Role of {column}")
}

/// The choice of what a column holds, for readers.
pub fn type_label(column: &str) -> String {
    format!("Type of {column}")
}

/// What a column can be read as.
pub fn kind_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Number => "Number",
        ColumnKind::Category => "Category",
        ColumnKind::Identifier => "Identifier",
        ColumnKind::Text => "Text",
        ColumnKind::Date => "Date",
        ColumnKind::Empty => "Empty",
    }
}

/// What a column holds as it was read: whether its numbers are whole, how many values its category has.
pub fn found_kind_words(kind: ColumnKind, is_whole: bool, n_distinct: usize) -> String {
    match kind {
        ColumnKind::Number if is_whole => "Whole number".to_owned(),
        ColumnKind::Category => plural(n_distinct, "value", "values"),
        kind => kind_name(kind).to_owned(),
    }
}

/// How a category becomes numbers: a yes or no for each of its values, or by their order.
pub fn category_way_name(is_in_order: bool) -> &'static str {
    if is_in_order {
        "In order, low to high"
    } else {
        "Yes or no per value"
    }
}

/// What a press on a value in the order does.
pub fn move_left(value: &str) -> String {
    format!("Move {value} one place to the left")
}

/// The values of a number column.
pub fn number_values(summary: &FiveNumbers, unit: Unit, n_distinct: usize) -> String {
    let value = |x: f64| value_text(x, unit);
    format!(
        "{} to {}, median {}, {} different",
        value(summary.min),
        value(summary.max),
        value(summary.median),
        count(n_distinct)
    )
}

/// The most frequent values of a category, each with its customers.
pub fn category_values<'a>(
    mut by_count: impl Iterator<Item = (&'a str, usize)>,
    n_shown: usize,
) -> String {
    let shown = by_count.by_ref().take(n_shown);
    let shown: Vec<String> = shown
        .map(|(name, n)| format!("{name} {}", count(n)))
        .collect();
    let more = if by_count.next().is_some() {
        ", …"
    } else {
        ""
    };
    shown.join(", ") + more
}

/// The values of any other column; its smallest and largest where they are numbers.
pub fn other_values(
    range: Option<(f64, f64)>,
    unit: Unit,
    n_distinct: usize,
    n_rows: usize,
) -> String {
    let different = format!("{} different", count(n_distinct));
    match range {
        Some(range) => {
            let all = if n_distinct == n_rows {
                "all different".to_owned()
            } else {
                different
            };
            format!("{}, {all}", range_words(range, unit))
        }
        None => different,
    }
}

/// A range of values.
pub fn range_words((from, to): (f64, f64), unit: Unit) -> String {
    format!("{} to {}", value_text(from, unit), value_text(to, unit))
}

/// The values of a column without any.
pub const NO_VALUE: &str = "no value in any row";

/// Rows without a value.
pub fn missing_count(n: usize) -> String {
    if n == 0 { "–".to_owned() } else { count(n) }
}

/// The share of rows without a value.
pub fn missing_share(n: usize, n_rows: usize) -> String {
    percent(n as f64 / n_rows.max(1) as f64)
}

/// How many customers remain without a column.
pub fn kept_without(n: usize) -> String {
    format!(
        "leaving this out keeps {}",
        plural(n, "customer", "customers")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preview_says_which_rows_it_shows() {
        let first: Vec<usize> = (0..12).collect();
        assert_eq!(preview_words(&first, 200), "First 12 rows of 200");
        assert_eq!(preview_words(&first, 12), "All 12 rows");
        let and_more = [&first[..], &[40, 1_500]].concat();
        assert_eq!(
            preview_words(&and_more, 2_000),
            "First 12 rows of 2,000, and 2 rows to check"
        );
        assert_eq!(gap_words(3, 3), "line 3");
        assert_eq!(gap_words(3, 1_200), "lines 3 to 1,200");
        assert_eq!(show_line(1_200), "Show line 1,200");
        assert_eq!(header_name(Header::Line(1_200)), "Line 1,200");
        assert_eq!(header_name(Header::Lines(1, 3)), "Lines 1 to 3");
    }

    #[test]
    fn values_are_read_out_by_what_a_column_holds() {
        let category = |n: usize| {
            let all = [("Ann", 1_200), ("Bob", 7), ("Cid", 1)];
            category_values(all.into_iter(), n)
        };
        assert_eq!(category(3), "Ann 1,200, Bob 7, Cid 1");
        assert_eq!(category(2), "Ann 1,200, Bob 7, …");
        assert_eq!(other_values(None, Unit::None, 5, 5), "5 different");
        assert_eq!(
            other_values(Some((1.0, 9.0)), Unit::None, 9, 9),
            "1 to 9, all different"
        );
        assert_eq!(range_words((1.0, 9.5), Unit::Percent), "1 % to 9.5 %");
        assert_eq!(
            found_kind_words(ColumnKind::Number, true, 3),
            "Whole number"
        );
        assert_eq!(found_kind_words(ColumnKind::Category, false, 1), "1 value");
        assert_eq!([rows_less(0), rows_less(1_200)], ["0", "−1,200"]);
    }
}
