//! Further columns of order lines, summarised per customer.

use super::amounts::{Amounts, rounded};
use super::error::OrderError;
use super::groups::{Groups, NONE};
use super::lines::{column, numbers};
use crate::table::{Column, Summary, Table};

/// A further column, ready to be summarised.
pub(super) struct Other<'t> {
    column: &'t Column,
    summary: Summary,
    values: Values,
}

enum Values {
    Groups(Groups),
    Numbers(Amounts),
}

impl<'t> Other<'t> {
    pub(super) fn of(table: &'t Table, name: &str, summary: Summary) -> Result<Self, OrderError> {
        let column = column(table, name)?;
        let values = match summary {
            Summary::MostFrequent => Values::Groups(Groups::of(column)),
            Summary::Sum | Summary::Mean => Values::Numbers(Amounts::of(numbers(table, name)?)),
        };
        Ok(Self {
            column,
            summary,
            values,
        })
    }

    /// What the column of the summary is called.
    pub(super) fn name(&self) -> String {
        let name = &self.column.name;
        match self.summary {
            Summary::MostFrequent => name.clone(),
            Summary::Sum => format!("sum of {name}"),
            Summary::Mean => format!("mean of {name}"),
        }
    }

    /// The summary over some rows; empty without a value.
    pub(super) fn text(&self, rows: &[u32]) -> String {
        match &self.values {
            Values::Groups(groups) => self.most_frequent(groups, rows),
            Values::Numbers(amounts) => {
                let rows = rows.iter().map(|&row| row as usize);
                let rows = rows.filter(|&row| !amounts.values[row].is_nan());
                let (n, sum) = (rows.clone().count(), amounts.sum(rows));
                match self.summary {
                    _ if n == 0 => String::new(),
                    Summary::Mean => rounded(sum / n as f64, amounts.decimals + 4).to_string(),
                    _ => sum.to_string(),
                }
            }
        }
    }

    fn most_frequent(&self, groups: &Groups, rows: &[u32]) -> String {
        let values = rows.iter().map(|&row| groups.of_row[row as usize]);
        let mut values: Vec<u32> = values.filter(|&value| value != NONE).collect();
        values.sort_unstable();
        let text_of = |value: u32| {
            let row = groups.first_rows[value as usize] as usize;
            self.column.cell(row).trim().to_owned()
        };
        let mut best = (0, String::new());
        for run in values.chunk_by(|a, b| a == b) {
            if run.len() >= best.0 {
                let text = text_of(run[0]);
                if run.len() > best.0 || text < best.1 {
                    best = (run.len(), text);
                }
            }
        }
        best.1
    }
}
