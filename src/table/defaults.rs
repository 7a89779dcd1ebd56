//! The roles that columns have until the user says otherwise, where the columns of a table decide together.
//!
//! * Of several identifiers one names the customers: the one that the user chose, else the key of persons, else a key of nothing in
//!   particular, else the first; one in which digits are lost is the last choice.
//! * A column that is empty in most rows, or without which twice as many customers remain, is no feature.
//! * Of columns that say the same (`copies`) one is a feature.
//! * Where no column would be a feature, those of yes and no are, and numbers that say who somebody is, such as an age.

use super::content::{is_key_of_person, is_named_as_contact, key_name};
use super::copies::{Follower, copies};
use super::kinds::is_mostly_empty;
use super::name::KeyName;
use super::{Column, ColumnKind, Content, Remark, Role, Unit, Warning};
use crate::numeric::pulse;

/// Sets the roles, and says what is remarkable about them.
pub(super) fn suggest(columns: &mut [Column], is_chosen: impl Fn(&str) -> bool) -> Vec<Warning> {
    choose_identifier(columns, is_chosen);
    let mut remarks: Vec<Warning> = of_themselves(columns);
    let sparse = leave_out_sparse(columns);
    if !has_features(columns) {
        use_what_is_left(columns);
    }
    let features = places(columns, |column| column.role == Role::Feature);
    let numeric: Vec<usize> = features
        .iter()
        .copied()
        .filter(|&at| columns[at].kind == ColumnKind::Number)
        .collect();
    for Follower { column, of, how } in copies(columns, &numeric) {
        columns[column].role = Role::Profile;
        let of = of.iter().map(|&at| columns[at].name.clone()).collect();
        remarks.push(remark(&columns[column], Remark::NearCopy { of, how }));
    }
    remarks.extend(sparse_remarks(columns, &sparse));
    remarks
}

fn places(columns: &[Column], is_one: impl Fn(&Column) -> bool) -> Vec<usize> {
    let places = columns.iter().enumerate();
    let places = places.filter(|(_, column)| is_one(column));
    places.map(|(at, _)| at).collect()
}

fn has_features(columns: &[Column]) -> bool {
    columns.iter().any(|column| column.role == Role::Feature)
}

/// Leaves one identifier.
fn choose_identifier(columns: &mut [Column], is_chosen: impl Fn(&str) -> bool) {
    let candidates = places(columns, |column| column.kind == ColumnKind::Identifier);
    let rank = |&at: &usize| {
        let name = &columns[at].name;
        match key_name(name) {
            _ if is_chosen(name) => 0,
            // Many customers share what a spreadsheet has left of their numbers.
            _ if columns[at].is_damaged() => 7,
            Some(KeyName::Customer) if is_key_of_person(name) => 1,
            Some(KeyName::Customer) => 2,
            Some(_) if is_key_of_person(name) => 3,
            Some(_) => 4,
            None if is_named_as_contact(name) => 6,
            None => 5,
        }
    };
    let best = candidates.iter().copied().min_by_key(rank);
    for at in candidates {
        columns[at].role = if Some(at) == best {
            Role::Identifier
        } else {
            Role::Ignored
        };
    }
}

/// What is remarkable about each column by itself.
fn of_themselves(columns: &[Column]) -> Vec<Warning> {
    let n_identifiers = columns
        .iter()
        .filter(|it| it.kind == ColumnKind::Identifier)
        .count();
    let about = |column: &Column| {
        let is_identifier = column.kind == ColumnKind::Identifier;
        of_itself(column, n_identifiers > usize::from(is_identifier))
    };
    columns.iter().filter_map(about).collect()
}

/// What is remarkable about a column by itself, beside others that name the customers or not: that it never changes, or is no quantity
/// although it holds numbers.
fn of_itself(column: &Column, is_beside_identifiers: bool) -> Option<Warning> {
    let is_other_key = column.kind == ColumnKind::Identifier && column.role == Role::Ignored;
    if is_other_key && !column.is_damaged() && key_name(&column.name).is_none() {
        let content = column.content();
        let is_long = content == Content::Key && !column.numbers.is_empty();
        return is_long.then(|| remark(column, Remark::NoQuantity { content }));
    }
    let is_used = matches!(column.kind, ColumnKind::Number | ColumnKind::Category);
    if !is_used || column.n_rows() < 3 {
        return None;
    }
    if column.distinct == 1 && column.present() > 1 {
        let row = (0..column.n_rows()).find(|&row| column.has_value(row))?;
        let value: String = column.cell(row).trim().chars().take(40).collect();
        let names_customers = key_name(&column.name) == Some(KeyName::Customer);
        if names_customers && column.missing == 0 && !is_beside_identifiers {
            return Some(remark(column, Remark::OneCustomer { value }));
        }
        // Texts and numbers that cannot be used are missing, too, but not empty.
        let unusable = column.not_numbers.len() + column.infinite.len();
        let (filled, empty) = (column.present(), column.missing.saturating_sub(unusable));
        let about = Remark::Constant {
            value,
            filled,
            empty,
        };
        return Some(remark(column, about));
    }
    let is_number = column.kind == ColumnKind::Number && column.role != Role::Feature;
    let content = match column.content() {
        _ if !is_number => Content::Quantity,
        // A year of the past is both.
        Content::Given if column.unit == Unit::Year => Content::Calendar,
        content => content,
    };
    let is_told = matches!(
        content,
        Content::Key | Content::Contact | Content::Label | Content::Calendar | Content::Code
    );
    let is_told = is_told && column.distinct > 2;
    is_told.then(|| remark(column, Remark::NoQuantity { content }))
}

fn remark(column: &Column, about: Remark) -> Warning {
    Warning::Remark {
        column: column.name.clone(),
        about,
    }
}

/// How many of some columns have no value in each row.
struct Gaps {
    counts: Vec<u32>,
    /// Their places, joined by exclusive or: where one has no value, its place.
    joined: Vec<usize>,
}

impl Gaps {
    fn of(columns: &[Column], places: &[usize]) -> Self {
        let n_rows = columns.first().map_or(0, Column::n_rows);
        let mut gaps = Self {
            counts: vec![0; n_rows],
            joined: vec![0; n_rows],
        };
        for &at in places {
            gaps.each_of(&columns[at], |count, joined| {
                *count += 1;
                *joined ^= at;
            });
        }
        gaps
    }

    fn remove(&mut self, column: &Column, at: usize) {
        self.each_of(column, |count, joined| {
            *count -= 1;
            *joined ^= at;
        });
    }

    fn each_of(&mut self, column: &Column, mut change: impl FnMut(&mut u32, &mut usize)) {
        pulse(self.counts.len());
        let rows = self.counts.iter_mut().zip(&mut self.joined);
        let rows = rows.zip(column.numbers.iter());
        rows.filter(|(_, x)| x.is_nan())
            .for_each(|((count, joined), _)| change(count, joined));
    }

    /// Rows in which none is missing.
    fn complete(&self) -> usize {
        self.counts.iter().filter(|count| **count == 0).count()
    }

    /// How many more rows were complete without each column.
    fn gains(&self, n_columns: usize) -> Vec<usize> {
        pulse(self.counts.len());
        let mut gains = vec![0; n_columns];
        let rows = self.counts.iter().zip(&self.joined);
        for (_, &at) in rows.filter(|(count, _)| **count == 1) {
            gains[at] += 1;
        }
        gains
    }
}

/// Of a column with fewer gaps than this share of the rows nobody says that it is empty.
const GAPS: f64 = 1.0 / 3.0;

/// Of fewer rows half are enough.
const FEW_ROWS: usize = 20;

/// Takes features away whose gaps cost most customers: until half of them remain, and until two thirds do where a third of a column is
/// empty. Returns those that are too empty.
fn leave_out_sparse(columns: &mut [Column]) -> Vec<usize> {
    let is_sparse = |column: &Column| {
        column.kind == ColumnKind::Number
            && column.role == Role::Profile
            && column.distinct > 2
            && is_mostly_empty(column.present(), column.n_rows())
            && matches!(column.content(), Content::Quantity | Content::Given)
    };
    let mut sparse = places(columns, is_sparse);
    let n_features = places(columns, |column| column.role == Role::Feature).len();
    let mut with_gaps = places(columns, |column| {
        column.role == Role::Feature && column.missing > 0
    });
    let has_full = with_gaps.len() < n_features;
    let mut gaps = Gaps::of(columns, &with_gaps);
    // A single feature stays: without it there would be none.
    while with_gaps.len() > 1 || has_full {
        let (complete, n_rows) = (gaps.complete(), gaps.counts.len());
        if complete * 3 >= n_rows * 2 || n_rows < FEW_ROWS && complete * 2 >= n_rows {
            break;
        }
        let gains = gaps.gains(columns.len());
        let cost = |at: &usize| (gains[*at], columns[*at].missing);
        let Some(worst) = with_gaps.iter().copied().max_by_key(cost) else {
            break;
        };
        let is_gappy = columns[worst].missing as f64 >= GAPS * n_rows as f64;
        if complete * 2 >= n_rows && !is_gappy {
            break;
        }
        gaps.remove(&columns[worst], worst);
        with_gaps.retain(|at| *at != worst);
        sparse.push(worst);
    }
    for &at in &sparse {
        columns[at].role = Role::Profile;
    }
    sparse.sort_unstable();
    sparse
}

fn sparse_remarks(columns: &[Column], sparse: &[usize]) -> Vec<Warning> {
    let features = places(columns, |column| {
        column.role == Role::Feature && column.kind == ColumnKind::Number
    });
    let gaps = Gaps::of(columns, &features);
    let kept = gaps.complete();
    let of_column = |&at: &usize| {
        let numbers = &columns[at].numbers;
        let both = gaps.counts.iter().zip(numbers.iter());
        let with = both
            .filter(|(count, x)| **count == 0 && !x.is_nan())
            .count();
        let filled = columns[at].present();
        remark(&columns[at], Remark::MostlyEmpty { filled, kept, with })
    };
    sparse.iter().map(of_column).collect()
}

/// Makes columns of two values features, numbers and texts alike, and what nobody changes as far as it is a quantity: an age, a year of
/// birth.
fn use_what_is_left(columns: &mut [Column]) {
    for column in columns {
        let is_open = matches!(column.kind, ColumnKind::Number | ColumnKind::Category)
            && column.role == Role::Profile
            && column.n_rows() > 2
            && !is_mostly_empty(column.present(), column.n_rows());
        let is_left = match column.content() {
            Content::Quantity => column.distinct == 2,
            Content::Given => column.kind == ColumnKind::Number && column.distinct > 2,
            _ => false,
        };
        if is_open && is_left {
            column.role = Role::Feature;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
