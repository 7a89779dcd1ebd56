//! What the page knows of a table: a summary per column, and the values that it draws, filters and lists.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::MAX_GIVEN;
use crate::features::{DatePart, Feature, Missing, Repeats, Skew, SourceKind};
use crate::numeric::{FiveNumbers, five_numbers, pulse};
use crate::orders::OrderFacts;
use crate::table::{
    Cells, Column, ColumnKind, Date, DateForm, Dates, Decimal, Excerpt, Format, ReadOptions,
    Remark, Role, Table, Unit, Warning,
};

/// Work steps per cell for summarising a column.
const STEPS: usize = 64;

/// A table as the page sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// Name of the file.
    pub name: String,
    /// Size of the file.
    pub size_bytes: usize,
    /// Rows below the header.
    pub n_rows: usize,
    /// How the bytes were read.
    pub format: Format,
    /// The options it was read with.
    pub reading: ReadOptions,
    /// What was repaired or looks doubtful.
    pub warnings: Vec<Warning>,
    /// Some lines, verbatim from the file.
    pub excerpts: Vec<Excerpt>,
    /// What is known of order lines in it, if it holds any.
    #[serde(default)]
    pub orders: Option<OrderFacts>,
    /// Rows that repeat an earlier one in every cell, ascending.
    #[serde(skip)]
    pub repeated: Arc<Vec<u32>>,
    /// Columns in file order.
    pub columns: Vec<ColumnInfo>,
    /// What only [`Dataset::to_table`] needs of the table, as bytes; empty until [`Dataset::with_unseen`].
    #[serde(skip)]
    pub unseen: Arc<Vec<u8>>,
}

/// One column as the page sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Name in the header.
    pub name: String,
    /// What the cells are.
    pub kind: ColumnKind,
    /// Its role unless the user changes it.
    pub suggested_role: Role,
    /// Rows without a value.
    pub missing: usize,
    /// Number of different values.
    pub distinct: usize,
    /// The decimal separator of its numbers.
    pub decimal: Decimal,
    /// What all of its numbers are written with.
    pub unit: Unit,
    /// Whether every number is whole.
    pub whole: bool,
    /// Whether its name and its values say what nobody changes.
    #[serde(default)]
    pub is_given: bool,
    /// Spread of the numbers.
    pub summary: Option<FiveNumbers>,
    /// How skewed it is, where that is much.
    #[serde(default)]
    pub skew: Option<Skew>,
    /// The values.
    pub data: ColumnData,
    /// Whether no row settles the decimal separator of its numbers.
    pub is_ambiguous: bool,
    /// The cells, verbatim from the file.
    pub cells: Cells,
}

/// The values of a column, in arrays sent outside the head of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnData {
    /// One number per row, NaN where missing.
    Numbers {
        /// The numbers.
        #[serde(skip)]
        values: Arc<Vec<f64>>,
    },
    /// One index into `names` per row, `u32::MAX` where missing.
    Codes {
        /// The indexes.
        #[serde(skip)]
        codes: Arc<Vec<u32>>,
        /// The values, sorted.
        names: Vec<String>,
        /// The number of each row, NaN where missing, if all values are numbers; empty otherwise.
        #[serde(skip)]
        numbers: Arc<Vec<f64>>,
    },
    /// Nothing to filter by or draw.
    None,
    /// Calendar dates.
    Dates {
        /// Days from 1970-01-01 per row, NaN where missing.
        #[serde(skip)]
        days: Arc<Vec<f64>>,
        /// The form that they are read in.
        form: DateForm,
        /// Whether some date can be read in no other form.
        is_settled: bool,
        /// Cells that hold no date in this form; they count as missing.
        n_unread: usize,
    },
}

impl Dataset {
    /// Summarises a table for the page.
    pub fn of(name: &str, size_bytes: usize, reading: &ReadOptions, table: &Table) -> Self {
        Self {
            name: name.to_owned(),
            size_bytes,
            n_rows: table.n_rows(),
            format: table.format.clone(),
            reading: reading.clone(),
            warnings: table.warnings.clone(),
            excerpts: table.excerpts.clone(),
            orders: None,
            repeated: Arc::new(table.repeated.clone()),
            columns: table
                .columns
                .iter()
                .map(|column| ColumnInfo::of(column, &codes_in(table, &column.name)))
                .collect(),
            unseen: Arc::default(),
        }
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// What the numbers of that name are written with; nothing where they are no column's.
    pub fn unit(&self, name: &str) -> Unit {
        self.column(name).map_or(Unit::None, |column| column.unit)
    }

    /// Number of rows in the models; see [`Dataset::complete`].
    pub fn complete_rows(&self, features: &[Feature], missing: Missing, repeats: Repeats) -> usize {
        self.complete(features, missing, repeats).count()
    }

    /// Rows in the models, ascending: those with a value in every column that features use, without repeats if these are left out.
    /// Derived features may exclude more.
    pub fn complete(
        &self,
        features: &[Feature],
        missing: Missing,
        repeats: Repeats,
    ) -> impl Iterator<Item = usize> {
        let sources = features.iter().flat_map(Feature::sources);
        let sources: Vec<&ColumnInfo> = sources.filter_map(|name| self.column(name)).collect();
        let is_filled = missing != Missing::LeaveOut;
        let has_value = move |column: &&ColumnInfo, row: usize| match &column.data {
            ColumnData::Numbers { values } | ColumnData::Dates { days: values, .. } => {
                is_filled || values.get(row).is_some_and(|x| !x.is_nan())
            }
            ColumnData::Codes { codes, .. } => is_filled || codes.get(row) != Some(&u32::MAX),
            ColumnData::None => false,
        };
        let is_left_out = move |row: usize| {
            repeats == Repeats::First && self.repeated.binary_search(&(row as u32)).is_ok()
        };
        let is_complete = move |&row: &usize| {
            !is_left_out(row) && sources.iter().all(|column| has_value(column, row))
        };
        (0..self.n_rows).filter(is_complete)
    }

    /// What the gaps of the columns that features use cost.
    pub fn gaps(&self, features: &[Feature], missing: Missing, repeats: Repeats) -> Gaps {
        let mut sources: Vec<&str> = features.iter().flat_map(Feature::sources).collect();
        sources.sort_unstable();
        sources.dedup();
        let columns = sources.into_iter().filter_map(|name| self.column(name));
        let columns: Vec<&ColumnInfo> = columns.collect();
        let mut gaps = Gaps {
            complete: 0,
            only: columns.iter().map(|it| (it.name.clone(), 0)).collect(),
        };
        for row in 0..self.n_rows {
            if repeats == Repeats::First && self.repeated.binary_search(&(row as u32)).is_ok() {
                continue;
            }
            let is_gap =
                |column: &&ColumnInfo| missing == Missing::LeaveOut && !column.has_value(row);
            let mut without = columns.iter().enumerate().filter(|(_, it)| is_gap(it));
            match (without.next(), without.next()) {
                (None, _) => gaps.complete += 1,
                (Some((at, _)), None) => gaps.only[at].1 += 1,
                (Some(_), Some(_)) => {}
            }
        }
        gaps
    }

    /// Rows that have all sources of a feature made of numbers, and no value of it: `log` at 0 and below.
    pub fn n_undefined(&self, feature: &Feature) -> usize {
        if feature.source_kind() != SourceKind::Numbers || feature.learns() {
            return 0;
        }
        let sources = feature.sources();
        let sources: Vec<&[f64]> = sources
            .iter()
            .filter_map(|name| self.numbers(name))
            .collect();
        let is_undefined = |&row: &usize| {
            let of = |source: &&[f64]| source.get(row).copied().unwrap_or(f64::NAN);
            let inputs: Vec<f64> = sources.iter().map(of).collect();
            inputs.iter().all(|x| !x.is_nan()) && !feature.is_defined(&inputs)
        };
        (0..self.n_rows).filter(is_undefined).count()
    }

    /// A feature for each month or day of the week that a column of dates has.
    pub fn date_parts(&self, name: &str, part: DatePart) -> Vec<Feature> {
        let Some(ColumnData::Dates { days, .. }) = self.column(name).map(|column| &column.data)
        else {
            return Vec::new();
        };
        let mut has = vec![false; usize::from(part.n_values()) + 1];
        for &day in days.iter().filter(|day| !day.is_nan()) {
            has[usize::from(part.of(Date::of_days(day)))] = true;
        }
        let values = (1..=part.n_values()).filter(|&value| has[usize::from(value)]);
        let feature = |value| Feature::DatePart {
            a: name.to_owned(),
            part,
            value,
        };
        values.map(feature).collect()
    }

    /// The numbers of the column of that name.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        self.column(name).and_then(ColumnInfo::numbers)
    }

    /// The codes of the category of that name.
    pub fn codes(&self, name: &str) -> Option<&[u32]> {
        match &self.column(name)?.data {
            ColumnData::Codes { codes, .. } => Some(codes),
            ColumnData::Numbers { .. } | ColumnData::Dates { .. } | ColumnData::None => None,
        }
    }
}

/// Customers that the gaps of columns in use cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// Customers with a value in every column in use.
    pub complete: usize,
    /// For each column in use, customers who lack a value in it alone.
    only: Vec<(String, usize)>,
}

impl Gaps {
    /// How many customers leaving out a column keeps; `None` for one that is not in use.
    pub fn kept_without(&self, column: &str) -> Option<usize> {
        let mut only = self.only.iter();
        let (_, n) = only.find(|(name, _)| name == column)?;
        Some(self.complete + n)
    }
}

/// Values of a column that may stand for no answer.
fn codes_in(table: &Table, name: &str) -> Vec<f64> {
    let of_column = table.warnings.iter().filter_map(|warning| match warning {
        Warning::Remark {
            column,
            about: Remark::MissingCodes { codes, .. },
        } if column == name => Some(codes),
        _ => None,
    });
    let codes = of_column.flatten();
    codes.filter_map(|code| code.unit.parse().ok()).collect()
}

impl ColumnInfo {
    fn has_value(&self, row: usize) -> bool {
        match &self.data {
            ColumnData::Numbers { values } => values.get(row).is_some_and(|x| !x.is_nan()),
            ColumnData::Codes { codes, .. } => codes.get(row) != Some(&u32::MAX),
            ColumnData::Dates { days, .. } => days.get(row).is_some_and(|day| !day.is_nan()),
            ColumnData::None => false,
        }
    }

    /// `codes` are values that may stand for no answer.
    fn of(column: &Column, codes: &[f64]) -> Self {
        pulse(STEPS * column.n_rows());
        let data = match column.kind {
            ColumnKind::Category => {
                let (codes, names) = column.codes();
                ColumnData::Codes {
                    codes: Arc::new(codes),
                    names,
                    numbers: column.numbers.clone(),
                }
            }
            _ if !column.numbers.is_empty() => ColumnData::Numbers {
                values: column.numbers.clone(),
            },
            _ => column
                .dates()
                .map_or(ColumnData::None, ColumnData::of_dates),
        };
        let is_number = column.kind == ColumnKind::Number;
        // Codes for no answer are no amounts.
        let answers: Vec<f64> = match codes {
            [] => Vec::new(),
            codes => {
                let values = column.numbers.iter().copied();
                values.filter(|x| !codes.contains(x)).collect()
            }
        };
        let amounts: &[f64] = if codes.is_empty() {
            &column.numbers
        } else {
            &answers
        };
        let skew =
            is_number.then(|| Skew::of(amounts, column.distinct.saturating_sub(codes.len())));
        Self {
            skew: skew.flatten(),
            name: column.name.clone(),
            kind: column.kind,
            suggested_role: column.suggested_role(),
            missing: column.missing,
            distinct: column.distinct,
            is_given: column.is_given(),
            decimal: column.decimal,
            unit: column.unit,
            whole: column
                .numbers
                .iter()
                .all(|x| x.is_nan() || x.fract() == 0.0),
            summary: five_numbers(column.numbers.iter().copied()),
            data,
            is_ambiguous: column.ambiguous.is_some(),
            cells: column.cells.clone(),
        }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        match &self.cells {
            Cells::Texts(texts) => texts.len(),
            Cells::Numbers(_) => self.all_numbers().map_or(0, |numbers| numbers.len()),
        }
    }

    /// The cell of a row, verbatim from the file.
    pub fn cell(&self, row: usize) -> Cow<'_, str> {
        let number = self.all_numbers().and_then(|numbers| numbers.get(row));
        self.cells.get(row, number.copied().unwrap_or(f64::NAN))
    }

    /// The numbers, one per row, including those of categories.
    pub(super) fn all_numbers(&self) -> Option<&Arc<Vec<f64>>> {
        match &self.data {
            ColumnData::Numbers { values: numbers } | ColumnData::Codes { numbers, .. } => {
                Some(numbers)
            }
            ColumnData::None | ColumnData::Dates { .. } => None,
        }
    }

    /// The numbers, one per row, if the column holds any.
    pub fn numbers(&self) -> Option<&[f64]> {
        match &self.data {
            ColumnData::Numbers { values } => Some(values),
            ColumnData::Codes { .. } | ColumnData::None | ColumnData::Dates { .. } => None,
        }
    }

    /// Whether its values can stand beside the models as segments: a category, or few whole numbers.
    pub fn may_give_segments(&self) -> bool {
        let is_of_kind = match self.data {
            ColumnData::Codes { .. } => true,
            ColumnData::Numbers { .. } => self.whole,
            ColumnData::None | ColumnData::Dates { .. } => false,
        };
        is_of_kind && (2..=MAX_GIVEN).contains(&self.distinct)
    }

    /// Whether it holds calendar dates.
    pub fn has_dates(&self) -> bool {
        matches!(self.data, ColumnData::Dates { .. })
    }
}

impl ColumnData {
    fn of_dates(dates: Dates) -> Self {
        Self::Dates {
            days: Arc::new(dates.days),
            form: dates.form,
            is_settled: dates.is_settled,
            n_unread: dates.n_unread,
        }
    }
}
