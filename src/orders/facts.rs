//! A file as it is shown: its order lines, or the customers made of them, with what is known of the lines.

use serde::{Deserialize, Serialize};

use super::customers::{OrderCounts, is_feature, per_customer};
use super::dates::{DateReading, Dates};
use super::error::OrderError;
use super::recognise::recognise;
use crate::table::{
    Cells, Column, ColumnKind, Decimal, Excerpt, OrderColumns, OrderPart, ReadOptions, Remark,
    Role, Table, Warning, decimal_of,
};

/// What is known of the order lines of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderFacts {
    /// Which column says what: as chosen, else as recognised.
    pub columns: OrderColumns,
    /// Order lines of the file.
    pub lines: usize,
    /// Different customers in them.
    pub customers: usize,
    /// Names of the columns of the lines.
    pub names: Vec<String>,
    /// How the days of the lines were read.
    pub dates: DateReading,
    /// What was counted; absent while each line is a row.
    pub counts: Option<OrderCounts>,
}

/// A table with what is known of order lines in it, if it holds any.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The rows that are segmented.
    pub table: Table,
    /// What is known of the order lines.
    pub orders: Option<OrderFacts>,
}

/// Makes customers of order lines where that was chosen, and else says whether the rows look like order lines.
///
/// # Errors
/// [`OrderError`] when the chosen columns give no customers.
pub fn open(lines: Table, options: &ReadOptions) -> Result<Opened, OrderError> {
    let names = || {
        let columns = lines.columns.iter();
        columns.map(|column| column.name.clone()).collect()
    };
    let Some(columns) = &options.orders else {
        let orders = recognise(&lines).map(|found| OrderFacts {
            dates: dates_of(&lines, &found.columns),
            columns: found.columns,
            lines: lines.n_rows(),
            customers: found.customers,
            names: names(),
            counts: None,
        });
        return Ok(Opened {
            table: lines,
            orders,
        });
    };
    let made = per_customer(&lines, columns, options)?;
    let orders = OrderFacts {
        columns: columns.clone(),
        lines: lines.n_rows(),
        customers: made.counts.customers + made.counts.lost,
        names: names(),
        dates: made.counts.dates,
        counts: Some(made.counts),
    };
    let mut table = made.table;
    for column in &mut table.columns {
        if column.kind == ColumnKind::Number {
            column.role = if is_feature(&column.name) {
                Role::Feature
            } else {
                Role::Profile
            };
        }
    }
    let warnings = lines.warnings.iter().filter(|it| is_of_reading(it));
    let mut warnings: Vec<Warning> = warnings.cloned().collect();
    let about_customers: Vec<Warning> = table.warnings.iter().filter_map(without_lines).collect();
    for warning in &about_customers {
        // A quantity of all customers alike, or equal to another, is no second feature.
        if let Warning::Remark { column, .. } = warning {
            let mut columns = table.columns.iter_mut();
            if let Some(column) = columns.find(|it| it.name == *column) {
                column.role = Role::Profile;
            }
        }
    }
    warnings.extend(about_customers);
    table.warnings = warnings;
    if decimal_of(&lines) == Decimal::Comma {
        table.columns.iter_mut().for_each(write_with_commas);
    }
    table.format = lines.format;
    // Lines of the file stand beside the customer that they belong to.
    let excerpts = lines.excerpts.into_iter().map(|excerpt| Excerpt {
        row: excerpt
            .row
            .and_then(|row| made.row_of_line.get(row).copied().flatten()),
        ..excerpt
    });
    table.excerpts = excerpts.collect();
    Ok(Opened {
        table,
        orders: Some(orders),
    })
}

/// Writes the numbers of a column as its lines do.
fn write_with_commas(column: &mut Column) {
    if column.kind == ColumnKind::Number {
        let cells = (0..column.n_rows()).map(|row| column.cell(row).replace('.', ","));
        let cells: Vec<String> = cells.collect();
        column.cells = Cells::Texts(cells.iter().map(String::as_str).collect());
        column.decimal = Decimal::Comma;
    }
}

/// How the days of lines are read before customers are made of them.
fn dates_of(lines: &Table, columns: &OrderColumns) -> DateReading {
    let column = lines.column(columns.part(OrderPart::Date));
    column.map_or_else(DateReading::default, |column| Dates::of(column).reading)
}

/// Whether a warning about lines is about how they were read, rather than about rows as customers.
fn is_of_reading(warning: &Warning) -> bool {
    !matches!(
        warning,
        Warning::EqualRows { .. }
            | Warning::MissingCells { .. }
            | Warning::NoValues { .. }
            | Warning::RepeatedIdentifiers { .. }
    ) && !is_about_part(warning)
}

/// Whether a remark is about the part that a column of the lines plays: customers have other columns.
fn is_about_part(warning: &Warning) -> bool {
    matches!(
        warning,
        Warning::Remark {
            about: Remark::MostlyEmpty { .. }
                | Remark::Constant { .. }
                | Remark::NearCopy { .. }
                | Remark::NoQuantity { .. }
                | Remark::Lists { .. },
            ..
        }
    )
}

/// A warning about customers, who stand on no line of the file.
fn without_lines(warning: &Warning) -> Option<Warning> {
    match warning {
        Warning::MissingCells { count, .. } => Some(Warning::MissingCells {
            count: *count,
            lines: Vec::new(),
        }),
        Warning::Remark {
            column,
            about: Remark::Constant { .. },
        } if is_feature(column) => Some(warning.clone()),
        Warning::Remark {
            column,
            about: Remark::NearCopy { of, .. },
        } if is_feature(column) && of.iter().all(|name| is_feature(name)) => Some(warning.clone()),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::table::read_csv;

    const LINES: &str = "customer id,order date,amount,note\nb,2024-01-01,5,x\na,2024-01-02,7,\n,2024-01-02,1,\nb,2024-01-03,2,\n";

    #[test]
    fn lines_stand_beside_the_customer_they_belong_to_and_nothing_is_made_unasked() {
        let lines = read_csv(LINES.as_bytes()).unwrap();
        let seen = open(lines.clone(), &ReadOptions::default()).unwrap();
        let orders = seen.orders.unwrap();
        assert_eq!(
            (seen.table.n_rows(), orders.lines, orders.customers),
            (4, 4, 2)
        );
        assert_eq!(orders.counts, None);
        let options = ReadOptions {
            orders: Some(orders.columns),
            ..ReadOptions::default()
        };
        let made = open(lines.clone(), &options).unwrap();
        let counts = made.orders.unwrap().counts.unwrap();
        assert_eq!((counts.purchases, counts.no_customer), (3, 1));
        assert_eq!(made.table.format, lines.format);
        let money = |table: &Table| table.column("spending").unwrap().cell(0).into_owned();
        assert_eq!(money(&made.table), "7");
        // Amounts with commas make customers with commas, whose file a spreadsheet of that country opens.
        let german = LINES.replace(',', ";").replace(";5;x", ";5,50;x");
        let german = read_csv(german.as_bytes()).unwrap();
        let made_german = open(german, &options).unwrap().table;
        let column = made_german.column("spending").unwrap();
        assert_eq!((&*column.cell(1), column.numbers[1]), ("7,5", 7.5));
        let rows: Vec<Option<usize>> = made.table.excerpts.iter().map(|it| it.row).collect();
        assert_eq!(rows, [None, Some(1), Some(0), None, Some(1)]);
        assert_eq!(orders.dates, counts.dates);
        // Customers of an ordinary file are no lines.
        let customers = read_csv(
            b"customer id,signup date,income\n1,2024-01-01,5\n2,2024-01-02,7\n3,2024-01-05,7\n",
        )
        .unwrap();
        assert_eq!(
            open(customers, &ReadOptions::default()).unwrap().orders,
            None
        );
    }
}
