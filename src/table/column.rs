//! A typed column and the part it plays.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::builder::Built;
use super::content::{Content, Spread, Values};
use super::context::Context;
use super::damaged::is_damaged;
use super::date_cells::{DateNotes, Tally};
use super::distinct::{different_numbers, hash, repeats};
use super::kinds::{Found, is_mostly_empty};
use super::lists::lists_of;
use super::number::{is_code, is_numbered};
use super::numbers::Numbers;
use super::occurrences::Occurrences;
use super::{Cells, ColumnKind, Decimal, Remark, Role, Texts, Unit, is_missing_mark};

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
    pub numbers: Arc<Vec<f64>>,
    /// Rows without a value, unreadable numbers included.
    pub missing: usize,
    /// Number of different values, compared as text, or as numbers where the column is numeric.
    pub distinct: usize,
    /// Rows of a numeric column that hold text instead of a number.
    pub not_numbers: Vec<usize>,
    /// Rows of a numeric column whose number is infinite or too large.
    pub infinite: Vec<usize>,
    /// The decimal sign of its numbers.
    pub decimal: Decimal,
    /// What all of its numbers are written with.
    pub unit: Unit,
    /// A row whose value depends on the decimal sign, when no row of the column settles which sign it is.
    pub ambiguous: Option<usize>,
    /// What is to be said about its dates.
    pub date_notes: DateNotes,
    /// The role until the user says otherwise, by this column and the others of its table.
    pub role: Role,
}

/// A column with fewer numbers than this share of its values is text.
const NUMBER_SHARE: f64 = 0.8;

/// A column, and what is to be said of its cells.
pub(super) struct Typed {
    pub(super) column: Column,
    pub(super) remarks: Vec<Remark>,
}

impl Column {
    /// Types a column by all of its cells.
    pub(super) fn typed(name: String, built: Built, context: Context) -> Typed {
        match built {
            Built::Texts(texts) => Self::of_texts(name, texts, context),
            Built::Numbers {
                values,
                form,
                decimals,
                missing,
            } => {
                let cells = Cells::Numbers(form);
                let found = Found {
                    rows: values.len(),
                    present: values.len() - missing,
                    distinct: different_numbers(&values, decimals),
                    is_numeric: true,
                    damaged: Occurrences::of(&cells, is_damaged),
                    ..Found::default()
                };
                let kind = found.kind(&name, &values, context);
                let unit = Unit::of_numbers(&name, &values);
                let column = Self {
                    name,
                    kind,
                    cells,
                    numbers: Arc::new(values),
                    missing,
                    distinct: found.distinct,
                    not_numbers: Vec::new(),
                    infinite: Vec::new(),
                    decimal: Decimal::Point,
                    unit,
                    ambiguous: None,
                    date_notes: DateNotes::default(),
                    role: Role::Ignored,
                };
                Typed {
                    column: column.with_own_role(),
                    remarks: Vec::new(),
                }
            }
        }
    }

    fn of_texts(name: String, cells: Texts, context: Context) -> Typed {
        let Numbers {
            mut values,
            missing: missing_marks,
            texts,
            infinite,
            apart,
            decimal,
            ambiguous,
            unit,
            are_times,
            is_doubtful,
            mut remarks,
        } = Numbers::of(&name, &cells, context);
        let present = cells.len() - missing_marks;
        let readable = present - texts.len() - infinite.len();
        let are_codes = cells.iter().any(is_code);
        let is_wanted = context.kind == Some(ColumnKind::Number);
        let is_numeric = readable + infinite.len() > 0
            && (is_wanted
                || !are_codes && (present - texts.len()) as f64 >= NUMBER_SHARE * present as f64);
        let tally = if is_numeric {
            Tally::default()
        } else {
            Tally::of(&cells)
        };
        let is_date = tally.is_column(present);
        // Doubles cannot distinguish all whole numbers beyond 2^53.
        let is_exact = values.iter().all(|x| x.is_nan() || x.abs() < 9e15);
        let distinct = if is_numeric && is_exact {
            different_numbers(&values, None)
        } else {
            distinct_texts(&cells)
        };
        let lists = (!is_numeric && !is_date)
            .then(|| lists_of(&cells, distinct, context.list))
            .flatten();
        let found = Found {
            rows: cells.len(),
            present,
            distinct,
            are_codes,
            are_numbered: !is_numeric && cells.iter().all(is_numbered),
            is_date,
            is_numeric,
            are_times,
            are_lists: lists.is_some(),
            damaged: Some(&cells)
                .filter(|_| is_numeric)
                .and_then(|cells| Occurrences::of_texts(cells, is_damaged)),
        };
        let kind = found.kind(&name, &values, context);
        let unit = unit.map_or_else(|| Unit::of(&name, &cells, &values), Unit::Label);
        if !is_numeric {
            values.clear();
        }
        let is_number = kind == ColumnKind::Number;
        let unread = texts.len() + infinite.len() + apart;
        // What is said of numbers is not said of names and codes.
        remarks.retain(|about| is_number || are_times && matches!(about, Remark::Times { .. }));
        remarks.extend(lists.filter(|_| matches!(kind, ColumnKind::Category | ColumnKind::Text)));
        // Identifiers such as `C536379` beside numbers are values, too.
        let distinct = if kind == ColumnKind::Identifier && unread > 0 {
            distinct_texts(&cells)
        } else {
            distinct
        };
        let date_notes = if kind == ColumnKind::Date {
            DateNotes::of(&cells, &tally, context.date_form)
        } else {
            DateNotes::default()
        };
        let unread = if is_number {
            unread
        } else {
            date_notes.n_unread
        };
        let column = Self {
            name,
            kind,
            cells: Cells::Texts(cells),
            numbers: Arc::new(values),
            missing: missing_marks + unread,
            distinct,
            not_numbers: if is_number { texts } else { Vec::new() },
            infinite: if is_number { infinite } else { Vec::new() },
            decimal,
            unit,
            ambiguous: ambiguous.filter(|_| is_number),
            date_notes,
            role: Role::Ignored,
        };
        let mut column = column.with_own_role();
        if is_doubtful && is_number {
            column.role = Role::Ignored;
        }
        Typed { column, remarks }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        match &self.cells {
            Cells::Texts(texts) => texts.len(),
            Cells::Numbers(_) => self.numbers.len(),
        }
    }

    /// The cell of a row as it stands in the file; empty beyond the end.
    pub fn cell(&self, row: usize) -> Cow<'_, str> {
        let number = self.numbers.get(row).copied().unwrap_or(f64::NAN);
        self.cells.get(row, number)
    }

    /// Rows with a value.
    pub(super) fn present(&self) -> usize {
        self.n_rows() - self.missing.min(self.n_rows())
    }

    /// Whether a row has a value.
    pub(super) fn has_value(&self, row: usize) -> bool {
        if self.kind == ColumnKind::Number {
            self.numbers.get(row).is_some_and(|x| !x.is_nan())
        } else {
            !is_missing_mark(&self.cell(row))
        }
    }

    fn values(&self) -> Values {
        let numbers = Spread::of(&self.numbers);
        let is_damaged = numbers.is_some_and(|numbers| numbers.is_large())
            && Occurrences::of(&self.cells, is_damaged)
                .is_some_and(|damaged| damaged.is_most_of(self.present()));
        Values {
            present: self.present(),
            distinct: self.distinct,
            numbers,
            is_damaged,
        }
    }

    /// Whether a spreadsheet has lost digits of most numbers.
    pub(super) fn is_damaged(&self) -> bool {
        self.values().is_damaged
    }

    /// What it holds, by its name and its values.
    pub fn content(&self) -> Content {
        Content::of(&self.name, &self.values())
    }

    /// Whether its name and its values say what nobody changes: who somebody is, and the past.
    pub fn is_given(&self) -> bool {
        let is_given = |content| {
            matches!(
                content,
                Content::Key | Content::Contact | Content::Calendar | Content::Given
            )
        };
        self.kind == ColumnKind::Identifier || is_given(self.content())
    }

    /// The role a column has until the user says otherwise.
    pub fn suggested_role(&self) -> Role {
        self.role
    }

    /// With the role that it has on its own, whatever the other columns are.
    fn with_own_role(mut self) -> Self {
        self.role = match self.kind {
            ColumnKind::Identifier => Role::Identifier,
            ColumnKind::Number => self.role_of_number(),
            ColumnKind::Category => Role::Profile,
            ColumnKind::Text | ColumnKind::Date | ColumnKind::Empty => Role::Ignored,
        };
        self
    }

    fn role_of_number(&self) -> Role {
        let values = self.values();
        let content = Content::of(&self.name, &values);
        if matches!(content, Content::Key | Content::Contact) {
            Role::Ignored
        } else if Content::describes(&self.name, &values)
            // Two distinct values suggest yes or no, but not in a file of two rows.
            || self.distinct <= 2 && self.n_rows() > 2
            || is_mostly_empty(self.present(), self.n_rows())
        {
            Role::Profile
        } else {
            Role::Feature
        }
    }

    /// Value of a category per row, as an index into the sorted list of values; the list comes second.
    /// Missing cells have the code `u32::MAX`.
    pub fn codes(&self) -> (Vec<u32>, Vec<String>) {
        let n_rows = self.n_rows();
        // First numbered in order of appearance; sorted below.
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut codes = Vec::with_capacity(n_rows);
        for row in 0..n_rows {
            let cell = self.cell(row);
            let text = cell.trim();
            codes.push(if is_missing_mark(text) {
                u32::MAX
            } else if let Some(&code) = names.get(text) {
                code
            } else {
                let code = names.len() as u32;
                names.insert(text.to_owned(), code);
                code
            });
        }
        let mut sorted = vec![0; names.len()];
        for (place, &code) in names.values().enumerate() {
            sorted[code as usize] = place as u32;
        }
        for code in codes.iter_mut().filter(|code| **code != u32::MAX) {
            *code = sorted[*code as usize];
        }
        (codes, names.into_keys().collect())
    }
}

fn distinct_texts(cells: &Texts) -> usize {
    let texts: Vec<&str> = cells
        .iter()
        .filter(|cell| !is_missing_mark(cell))
        .map(str::trim)
        .collect();
    let hash_of = |i: usize| hash(texts[i].as_bytes(), 0);
    texts.len() - repeats(texts.len(), hash_of, |a, b| texts[a] == texts[b]).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column_in(name: &str, cells: &[&str], context: Context) -> Column {
        let texts = cells.iter().copied().collect();
        Column::typed(name.into(), Built::Texts(texts), context).column
    }

    fn column(name: &str, cells: &[&str]) -> Column {
        column_in(name, cells, Context::default())
    }

    fn first(name: &str, cells: &[&str]) -> Column {
        let is_first = true;
        column_in(
            name,
            cells,
            Context {
                is_first,
                ..Context::default()
            },
        )
    }

    #[test]
    fn an_identifier_is_never_a_feature() {
        let id = column("CustomerID", &["3", "1", "2"]);
        assert_eq!(
            (id.kind, id.suggested_role()),
            (ColumnKind::Identifier, Role::Identifier)
        );
        assert_eq!(first("nr", &["7", "8", "9"]).kind, ColumnKind::Identifier);
        let names = first("who", &["Ann", "Bob", "Cid"]);
        assert_eq!(names.kind, ColumnKind::Identifier);
    }

    #[test]
    fn what_the_user_says_of_a_column_goes_before_what_it_looks_like() {
        let said = |kind, decimal, cells: &[&str]| {
            column_in(
                "x",
                cells,
                Context {
                    decimal,
                    kind,
                    ..Context::default()
                },
            )
        };
        let region = said(Some(ColumnKind::Category), None, &["1", "2", "1"]);
        assert_eq!(
            region.codes(),
            (vec![0, 1, 0], vec!["1".into(), "2".into()])
        );
        let code = said(Some(ColumnKind::Number), None, &["007", "008", "x"]);
        assert_eq!((code.kind, code.missing), (ColumnKind::Number, 1));
        assert_eq!(code.numbers[..2], [7.0, 8.0]);
        let thousands = said(None, Some(Decimal::Comma), &["1.234", "2.500"]);
        assert_eq!(*thousands.numbers, [1234.0, 2500.0]);
        let decimals = said(None, Some(Decimal::Point), &["1.234", "2.500"]);
        assert_eq!(*decimals.numbers, [1.234, 2.5]);
        let words = said(Some(ColumnKind::Number), None, &["a", "b"]);
        assert_ne!(words.kind, ColumnKind::Number);
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
    fn percent_is_kept_where_every_number_has_it() {
        let unit = |cells: &[&str]| column("rate", cells).unit;
        assert_eq!(unit(&["8,0 %", "", "12,5%", "?"]), Unit::Percent);
        assert_eq!(unit(&["8 %", "9"]), Unit::None);
        assert_eq!(unit(&["8", "9"]), Unit::None);
        assert_eq!(unit(&["", "?"]), Unit::None);
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
    }
}
