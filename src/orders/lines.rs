//! What each order line is: a purchase, a return, or one that cannot be counted, and why.

use super::amounts::Amounts;
use super::dates::Dates;
use super::error::OrderError;
use super::groups::{Groups, NONE};
use crate::numeric::pulse;
use crate::table::{Column, Date, DateForm, DateParts, OrderColumns, Table};

/// What a line is. The first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    NoCustomer,
    NoDate,
    NoAmount,
    /// After the reference date.
    After,
    /// A return or a cancellation.
    Return,
    Purchase,
}

impl LineKind {
    /// Whether it counts for its customer.
    pub(super) fn is_used(self) -> bool {
        matches!(self, Self::Return | Self::Purchase)
    }
}

/// Order lines as they are understood.
pub(super) struct OrderLines {
    pub(super) customers: Groups,
    pub(super) dates: Dates,
    pub(super) amounts: Amounts,
    pub(super) invoices: Option<Groups>,
    pub(super) articles: Option<Groups>,
    pub(super) kinds: Vec<LineKind>,
    /// The first and the last day of the file.
    pub(super) span: [Date; 2],
    /// The day that recency and tenure are counted to.
    pub(super) reference: Date,
}

/// The column of that name.
pub(super) fn column<'t>(table: &'t Table, name: &str) -> Result<&'t Column, OrderError> {
    let unknown = || OrderError::UnknownColumn {
        column: name.to_owned(),
    };
    table.column(name).ok_or_else(unknown)
}

/// The numbers of the column of that name.
pub(super) fn numbers<'t>(table: &'t Table, name: &str) -> Result<&'t [f64], OrderError> {
    let column = column(table, name)?;
    if column.numbers.is_empty() {
        let column = name.to_owned();
        return Err(OrderError::NotNumbers { column });
    }
    Ok(&column.numbers)
}

/// The day that a text names in one way alone.
fn day_of(text: &str) -> Option<Date> {
    let parts = DateParts::of(text)?;
    let forms = [DateForm::DayFirst, DateForm::MonthFirst];
    match forms.map(|form| parts.date(form)) {
        [Some(a), Some(b)] if a != b => None,
        [a, b] => a.or(b),
    }
}

impl OrderLines {
    pub(super) fn of(table: &Table, columns: &OrderColumns) -> Result<Self, OrderError> {
        let groups = |name: &Option<String>| -> Result<Option<Groups>, OrderError> {
            let column = name
                .as_deref()
                .map(|name| column(table, name))
                .transpose()?;
            Ok(column.map(Groups::of))
        };
        let until = columns.until.as_deref().map(|text| {
            let unknown = || OrderError::UnknownDay {
                text: text.to_owned(),
            };
            day_of(text).ok_or_else(unknown)
        });
        let until = until.transpose()?;
        let customers = Groups::of(column(table, &columns.customer)?);
        let quantities = columns
            .quantity
            .as_deref()
            .map(|name| numbers(table, name))
            .transpose()?;
        let amounts = match (&columns.amount, &columns.price, quantities) {
            (Some(amount), _, _) => Amounts::of(numbers(table, amount)?),
            (None, Some(price), Some(quantities)) => {
                Amounts::product(numbers(table, price)?, quantities)
            }
            (None, Some(price), None) => Amounts::of(numbers(table, price)?),
            (None, None, _) => return Err(OrderError::NoAmount),
        };
        let dates = Dates::of(column(table, &columns.date)?);
        let days = || dates.days.iter().flatten().copied();
        let span = days().min().zip(days().max());
        let (first, last) = span.ok_or_else(|| OrderError::NoDates {
            column: columns.date.clone(),
        })?;
        let reference = until.unwrap_or(last);
        let cancels = columns
            .invoice
            .as_deref()
            .map(|name| column(table, name).map(cancelled))
            .transpose()?
            .unwrap_or_default();
        pulse(16 * table.n_rows());
        let kind_of = |row: usize| {
            let is_negative = |x: f64| x < 0.0;
            let amount = amounts.values[row];
            match dates.days[row] {
                _ if customers.of_row[row] == NONE => LineKind::NoCustomer,
                None => LineKind::NoDate,
                _ if amount.is_nan() => LineKind::NoAmount,
                Some(day) if day > reference => LineKind::After,
                _ if is_negative(amount)
                    || quantities.is_some_and(|it| is_negative(it[row]))
                    || cancels.get(row) == Some(&true) =>
                {
                    LineKind::Return
                }
                Some(_) => LineKind::Purchase,
            }
        };
        let kinds = (0..table.n_rows()).map(kind_of).collect();
        Ok(Self {
            invoices: groups(&columns.invoice)?,
            articles: groups(&columns.article)?,
            kinds,
            customers,
            dates,
            amounts,
            span: [first, last],
            reference,
        })
    }
}

/// Which rows cancel an invoice: its number begins with a C, and more numbers begin without a letter. Empty where no row does.
fn cancelled(column: &Column) -> Vec<bool> {
    // Numbers alone have no letter.
    let (mut plain, mut with_c) = (0_usize, 0_usize);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let marks: Vec<bool> = (0..column.n_rows())
        .map(|row| {
            let cell = column.cell(row);
            let cell = cell.trim();
            let rest = cell.strip_prefix(['C', 'c']);
            let is_cancelled =
                rest.is_some_and(|rest| is_digits(rest.trim_start_matches(['-', ' '])));
            plain += usize::from(is_digits(cell));
            with_c += usize::from(is_cancelled);
            is_cancelled
        })
        .collect();
    if with_c > 0 && plain > with_c {
        marks
    } else {
        Vec::new()
    }
}
