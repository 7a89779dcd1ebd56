//! The dates of a column: one form for all of them, decided on all rows.
//!
//! A day that no month has, another form, a year of two digits among many of four and a number of days as spreadsheets count them are no
//! dates of the column; they count as missing and are named.

use serde::{Deserialize, Serialize};

use super::dates::{DateOrder, DateParts};
use super::days::{Date, DateForm};
use super::lines::LINES_LISTED;
use super::{Texts, is_missing_mark};
use crate::numeric::pulse;

/// Steps per cell that is read.
const STEPS: usize = 64;
/// A column holds dates if this share of its values are dates or damaged ones.
const DATE_SHARE: f64 = 0.8;
/// Years of two digits are damaged where so many times as many have four.
const LONG_YEARS: usize = 4;

/// How many dates of a column are written how.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    year_first: usize,
    /// 20240131: alone they are numbers, among other dates they are dates.
    compact: usize,
    /// With a word for the month.
    named: usize,
    day_first: usize,
    month_first: usize,
    /// Both the day and the month may stand first.
    either: usize,
    /// With a year at the end of two digits, and of four.
    short: usize,
    long: usize,
    /// Cells that look like dates, and are none.
    damaged: usize,
}

impl Tally {
    pub(super) fn of(cells: &Texts) -> Self {
        let mut tally = Self::default();
        for cell in cells.iter() {
            match parts_of(cell) {
                Some(parts) => tally.count(&parts),
                None => tally.damaged += usize::from(is_damaged(cell)),
            }
        }
        tally
    }

    pub(crate) fn count(&mut self, parts: &DateParts) {
        let count = match (parts.order, parts.only_form()) {
            (DateOrder::YearFirst, _) => &mut self.year_first,
            (DateOrder::Compact, _) => &mut self.compact,
            (DateOrder::Named, _) => &mut self.named,
            (DateOrder::YearLast, Some(DateForm::DayFirst)) => &mut self.day_first,
            (DateOrder::YearLast, Some(_)) => &mut self.month_first,
            (DateOrder::YearLast, None) => &mut self.either,
        };
        *count += 1;
        let is_last = parts.order == DateOrder::YearLast;
        self.short += usize::from(is_last && parts.has_short_year);
        self.long += usize::from(is_last && !parts.has_short_year);
    }

    fn year_last(&self) -> usize {
        self.day_first + self.month_first + self.either
    }

    /// Whether so many values are a column of dates.
    pub(super) fn is_column(&self, present: usize) -> bool {
        let dates = self.year_first + self.named + self.year_last();
        let shaped = (dates + self.compact + self.damaged) as f64;
        dates > 0 && shaped >= DATE_SHARE * present as f64 && dates * 2 >= present
    }

    fn year_first(&self) -> usize {
        self.year_first + self.compact
    }

    /// The most frequent form, or the chosen one where the year does not stand first.
    fn form(&self, chosen: Option<DateForm>) -> DateForm {
        let is_written = self.year_first > 0 || self.year_last() == 0;
        if self.year_first() > 0 && self.year_first() >= self.year_last() && is_written {
            DateForm::YearFirst
        } else {
            self.year_last_form(chosen)
        }
    }

    /// The form of numbers with the year at the end: the chosen one, or that of most dates that can be read in one alone.
    pub(crate) fn year_last_form(&self, chosen: Option<DateForm>) -> DateForm {
        match chosen {
            Some(chosen) if chosen != DateForm::YearFirst => chosen,
            // What nothing settles is read as most of the world writes it.
            _ if self.day_first >= self.month_first => DateForm::DayFirst,
            _ => DateForm::MonthFirst,
        }
    }

    /// The form that numbers are read in, whatever the text itself says; none where no date is written in numbers.
    pub(crate) fn form_of_numbers(&self, chosen: Option<DateForm>) -> Option<DateForm> {
        if self.year_last() > 0 {
            return Some(self.year_last_form(chosen));
        }
        (self.year_first() > 0).then_some(DateForm::YearFirst)
    }

    /// Whether some date can be read in no other form.
    pub(crate) fn is_settled(&self, form: DateForm) -> bool {
        form == DateForm::YearFirst || self.either == 0 || self.day_first + self.month_first > 0
    }

    /// Dates whose day and month stand in another order than most.
    pub(crate) fn n_swapped(&self) -> usize {
        self.day_first.min(self.month_first)
    }

    fn is_mixed(&self) -> bool {
        self.year_first() > 0 && self.year_last() > 0 || self.n_swapped() > 0
    }

    fn reads_short_years(&self) -> bool {
        self.short * LONG_YEARS > self.long
    }
}

/// The parts of a date of a year that people live in: 9999-12-31 stands for none.
fn parts_of(cell: &str) -> Option<DateParts> {
    DateParts::of(cell).filter(|parts| (1000..3000).contains(&parts.year()))
}

/// Whether a cell that is no date was meant as one: `00.00.0000`, `45292`.
fn is_damaged(cell: &str) -> bool {
    let day = cell.trim().split([' ', 'T']).next().unwrap_or_default();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let is_shaped = |separator: char| {
        let mut parts = day.split(separator);
        let is_part = |part: &str| part.len() <= 4 && is_digits(part);
        day.len() >= 8 && parts.clone().count() == 3 && parts.all(is_part)
    };
    // Days since 1899-12-30, of the years 1954 to 2064.
    let (whole, rest) = day.split_once('.').unwrap_or((day, "0"));
    let is_serial = whole.len() == 5
        && is_digits(whole)
        && is_digits(rest)
        && ("20000".."60000").contains(&whole);
    is_serial || ['-', '/', '.'].into_iter().any(is_shaped)
}

/// The dates of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Dates {
    /// Days from 1970-01-01 per row, NaN where missing.
    pub days: Vec<f64>,
    /// The form that they are read in: the most frequent, or the chosen one.
    pub form: DateForm,
    /// Whether some date can be read in no other form.
    pub is_settled: bool,
    /// Cells that hold something else: no date, a day that no month has, another form.
    pub n_unread: usize,
}

/// What is to be said about the dates of a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DateNotes {
    /// The form that was chosen.
    pub chosen: Option<DateForm>,
    /// The form that the dates are read in; none where the column holds no dates.
    pub form: Option<DateForm>,
    /// Whether they are written in more than one form.
    pub is_mixed: bool,
    /// A row with a date, where no row tells day from month.
    pub open: Option<usize>,
    /// Cells that hold no date in this form.
    pub n_unread: usize,
    /// Rows of the first of them.
    pub unread: Vec<usize>,
}

impl DateNotes {
    /// Of a column of dates.
    pub(super) fn of(cells: &Texts, tally: &Tally, chosen: Option<DateForm>) -> Self {
        let mut unread = Vec::new();
        let dates = dates(cells, tally, chosen, |row| {
            if unread.len() < LINES_LISTED {
                unread.push(row);
            }
        });
        let first = dates.days.iter().position(|days| !days.is_nan());
        Self {
            chosen,
            form: Some(dates.form),
            is_mixed: tally.is_mixed(),
            open: first.filter(|_| !dates.is_settled),
            n_unread: dates.n_unread,
            unread,
        }
    }
}

pub(super) fn dates(
    cells: &Texts,
    tally: &Tally,
    chosen: Option<DateForm>,
    mut unread: impl FnMut(usize),
) -> Dates {
    pulse(STEPS * cells.len());
    let form = tally.form(chosen);
    let is_read = |parts: &DateParts| match parts.order {
        DateOrder::YearFirst | DateOrder::Compact => form == DateForm::YearFirst,
        DateOrder::YearLast => tally.reads_short_years() || !parts.has_short_year,
        DateOrder::Named => true,
    };
    let mut n_unread = 0;
    let days = cells.iter().enumerate().map(|(row, cell)| {
        let parts = parts_of(cell).filter(is_read);
        let date = parts.and_then(|parts| parts.date(form));
        if date.is_none() && !is_missing_mark(cell) {
            n_unread += 1;
            unread(row);
        }
        date.map_or(f64::NAN, Date::days)
    });
    Dates {
        days: days.collect(),
        form,
        is_settled: tally.is_settled(form),
        n_unread,
    }
}

impl Dates {
    /// The last date; `None` without any.
    pub fn last(&self) -> Option<Date> {
        let days = self.days.iter().copied().filter(|x| !x.is_nan());
        days.max_by(f64::total_cmp).map(Date::of_days)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
