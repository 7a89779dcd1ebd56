//! A typed column and the part it plays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::numeric::{order_by, sort_numbers};

use super::{Cells, is_missing_mark, parse_number};

/// What the cells of a column are, decided on all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Numbers that may be averaged.
    Number,
    /// A limited set of values, such as a gender or a country.
    Category,
    /// Names one customer: never averaged, never clustered.
    Identifier,
    /// Free text.
    Text,
    /// No value in any row.
    Empty,
}

/// The part a column plays in the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Names the customer.
    Identifier,
    /// Offered to the models.
    Feature,
    /// Describes segments, is never clustered.
    Profile,
    /// Left aside, still exported.
    Ignored,
}

/// One column: its texts, its kind and what was understood.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in the header, trimmed and made distinct.
    pub name: String,
    /// What the cells are.
    pub kind: ColumnKind,
    /// The cells as they stand in the file.
    pub cells: Cells,
    /// One number per row, NaN where missing, when the cells are numbers (numeric identifiers included); empty otherwise.
    pub numbers: Vec<f64>,
    /// Rows without a value, unreadable numbers included.
    pub missing: usize,
    /// Number of different values, compared as text, or as numbers where the column is numeric.
    pub distinct: usize,
    /// Rows of a numeric column that hold text instead of a number.
    pub not_numbers: Vec<usize>,
}

/// A column with fewer numbers than this share of its values is text.
const NUMBER_SHARE: f64 = 0.8;
/// A column named like an identifier is one when at least this share of its values differ.
const IDENTIFIER_SHARE: f64 = 0.9;
/// More values than this, and more than half of the rows, are text rather than a category.
const MAX_CATEGORIES: usize = 50;

impl Column {
    /// Types a column by looking at every cell.
    pub(super) fn typed(name: String, cells: Cells, is_first: bool) -> Self {
        let rows = cells.len();
        let mut numbers = Vec::with_capacity(rows);
        let (mut missing_marks, mut texts) = (0, Vec::new());
        for (row, cell) in cells.iter().enumerate() {
            let number = parse_number(cell);
            numbers.push(number.unwrap_or(f64::NAN));
            if number.is_none() {
                if is_missing_mark(cell) {
                    missing_marks += 1;
                } else {
                    texts.push(row);
                }
            }
        }
        let present = rows - missing_marks;
        let readable = present - texts.len();
        let is_numeric = readable > 0 && readable as f64 >= NUMBER_SHARE * present as f64;
        let distinct = if is_numeric {
            distinct_numbers(&numbers)
        } else {
            distinct_texts(&cells)
        };
        let identifies = present > 0 && distinct as f64 >= IDENTIFIER_SHARE * present as f64;
        let kind = if present == 0 {
            ColumnKind::Empty
        } else if identifies
            && (named_like_identifier(&name)
                || (is_first && counts_up(&numbers))
                || (!is_numeric && (is_first || rows > MAX_CATEGORIES)))
        {
            ColumnKind::Identifier
        } else if is_numeric {
            ColumnKind::Number
        } else if distinct <= MAX_CATEGORIES.max(rows / 2).min(1000)
            && (rows < 10 || distinct * 2 <= rows.max(20))
        {
            ColumnKind::Category
        } else {
            ColumnKind::Text
        };
        if !is_numeric {
            numbers.clear();
        }
        if kind == ColumnKind::Number {
            Self {
                name,
                kind,
                cells,
                numbers,
                missing: missing_marks + texts.len(),
                distinct,
                not_numbers: texts,
            }
        } else {
            Self {
                name,
                kind,
                cells,
                numbers,
                missing: missing_marks,
                distinct,
                not_numbers: Vec::new(),
            }
        }
    }

    /// The role a column has until the user says otherwise.
    pub fn suggested_role(&self) -> Role {
        match self.kind {
            ColumnKind::Identifier => Role::Identifier,
            // A column of two values is a yes or no; in a file of two rows that says nothing.
            ColumnKind::Number
                if (self.distinct > 2 || self.cells.len() <= 2)
                    && !describes_a_person(&self.name) =>
            {
                Role::Feature
            }
            ColumnKind::Number | ColumnKind::Category => Role::Profile,
            ColumnKind::Text | ColumnKind::Empty => Role::Ignored,
        }
    }

    /// Value of a category per row, as an index into the sorted list of values; the list comes second.
    /// Missing cells have the code `u32::MAX`.
    pub fn codes(&self) -> (Vec<u32>, Vec<String>) {
        let mut names: BTreeMap<&str, u32> = self
            .cells
            .iter()
            .filter(|cell| !is_missing_mark(cell))
            .map(|cell| (cell.trim(), 0))
            .collect();
        for (code, slot) in names.values_mut().enumerate() {
            *slot = code as u32;
        }
        let codes = self
            .cells
            .iter()
            .map(|cell| names.get(cell.trim()).copied().unwrap_or(u32::MAX))
            .collect();
        (codes, names.into_keys().map(str::to_owned).collect())
    }
}

fn distinct_texts(cells: &Cells) -> usize {
    let texts: Vec<&str> = cells
        .iter()
        .filter(|cell| !is_missing_mark(cell))
        .map(str::trim)
        .collect();
    let mut order = order_by(texts.len(), &mut |a, b| texts[a].cmp(texts[b]));
    order.dedup_by_key(|at| texts[*at as usize]);
    order.len()
}

fn distinct_numbers(numbers: &[f64]) -> usize {
    let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
    sort_numbers(&mut sorted);
    sorted.dedup();
    sorted.len()
}

/// Whether the values are 1, 2, 3, ... or another run of whole numbers without gaps, in file order.
fn counts_up(numbers: &[f64]) -> bool {
    numbers.len() > 2 && numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0)
}

/// Lower-case words of a name: `CustomerID` and `customer_id` both give `customer id`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts_word = c.is_uppercase() && before.is_lowercase();
        if (starts_word || !c.is_alphanumeric())
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words
}

fn named_like_identifier(name: &str) -> bool {
    const MARKS: [&str; 13] = [
        "id",
        "ids",
        "uuid",
        "guid",
        "key",
        "code",
        "email",
        "mail",
        "phone",
        "mobile",
        "zip",
        "postcode",
        "customerid",
    ];
    words(name)
        .iter()
        .any(|word| MARKS.contains(&word.as_str()))
}

/// Whether a column tells who a customer is rather than what they do: it describes segments, but rarely makes them.
fn describes_a_person(name: &str) -> bool {
    const MARKS: [&str; 7] = ["age", "birth", "born", "birthday", "dob", "zip", "postcode"];
    let words = words(name);
    words.iter().any(|word| MARKS.contains(&word.as_str())) || words == ["year"]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, cells: &[&str]) -> Column {
        Column::typed(name.into(), cells.iter().copied().collect(), false)
    }

    #[test]
    fn an_identifier_is_never_a_feature() {
        let id = column("CustomerID", &["3", "1", "2"]);
        assert_eq!(
            (id.kind, id.suggested_role()),
            (ColumnKind::Identifier, Role::Identifier)
        );
        let counter = Column::typed("nr".into(), ["7", "8", "9"].into_iter().collect(), true);
        assert_eq!(counter.kind, ColumnKind::Identifier);
        let names = Column::typed(
            "who".into(),
            ["Ann", "Bob", "Cid"].into_iter().collect(),
            true,
        );
        assert_eq!(names.kind, ColumnKind::Identifier);
    }

    #[test]
    fn a_number_column_survives_missing_marks_and_a_stray_text() {
        let income = column("income", &["1", "?", "3", "4", "5", "6", "oops"]);
        assert_eq!(
            (income.kind, income.missing, income.distinct),
            (ColumnKind::Number, 2, 5)
        );
        assert_eq!(income.not_numbers, [6]);
        assert!(income.numbers[1].is_nan());
    }

    #[test]
    fn codes_follow_the_alphabet() {
        let gender = column("Gender", &["Male", "Female", "", "Male"]);
        assert_eq!(gender.kind, ColumnKind::Category);
        assert_eq!(
            gender.codes(),
            (
                vec![1, 0, u32::MAX, 1],
                vec!["Female".into(), "Male".into()]
            )
        );
    }

    #[test]
    fn age_describes_and_income_segments() {
        assert_eq!(
            column("Age", &["31", "45", "52"]).suggested_role(),
            Role::Profile
        );
        assert_eq!(
            column("Annual Income (k$)", &["31", "45", "52"]).suggested_role(),
            Role::Feature
        );
        assert_eq!(
            words("Annual_Income (k$)"),
            ["annual", "income", "k", ""].map(String::from)
        );
    }
}
