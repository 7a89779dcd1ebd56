//! `seamline customers`: one row per customer of a file of order lines.

use std::path::Path;

use seamline::orders::{OrderFacts, guess, per_customer};
use seamline::result::EngineError;
use seamline::table::{OrderColumns, OrderPart, ReadOptions, Summary, Table, read_table};
use seamline::words::error_sentence;
use seamline::words::orders::{
    columns_sentence, counts_sentences, not_recognised_sentence, orders_sentence, part_name,
    purchases_sentence,
};

use super::command_line::{csv_of, read, write};

/// The options of `customers FILE`.
pub(crate) struct CustomersOptions<'a> {
    to: &'a Path,
    /// Columns that are named, in place of recognised ones.
    parts: Vec<(OrderPart, &'a str)>,
    until: Option<&'a str>,
    others: Vec<(&'a str, Summary)>,
}

impl<'a> CustomersOptions<'a> {
    /// Reads the options in any order, each once but the summaries; `None` if one is missing, unknown or repeated.
    pub(crate) fn read(words: &[&'a str]) -> Option<Self> {
        let (mut to, mut until) = (None, None);
        let (mut parts, mut others) = (Vec::new(), Vec::new());
        for option in words.chunks(2) {
            let [name, value] = *option else {
                return None;
            };
            let summary = match name {
                "--most-frequent" => Some(Summary::MostFrequent),
                "--sum" => Some(Summary::Sum),
                "--mean" => Some(Summary::Mean),
                _ => None,
            };
            if let Some(summary) = summary {
                others.push((value, summary));
                continue;
            }
            let is_twice = match name {
                "--to" => to.replace(value.as_ref()).is_some(),
                "--until" => until.replace(value).is_some(),
                _ => {
                    let named = name.strip_prefix("--")?;
                    let part = OrderPart::ALL
                        .into_iter()
                        .find(|part| part_name(*part).to_lowercase() == named)?;
                    let is_there = parts.iter().any(|&(other, _)| other == part);
                    parts.push((part, value));
                    is_there
                }
            };
            if is_twice {
                return None;
            }
        }
        Some(Self {
            to: to?,
            parts,
            until,
            others,
        })
    }

    /// The recognised columns, with those that are named in their place.
    fn columns(&self, table: &Table) -> Result<OrderColumns, String> {
        let guess = guess(table);
        let is_named = |wanted: OrderPart| self.parts.iter().any(|&(part, _)| part == wanted);
        let mut columns = OrderColumns {
            customer: guess.customer.unwrap_or_default(),
            date: guess.date.unwrap_or_default(),
            // A price that is named counts in place of an amount that is only recognised.
            amount: guess.amount.filter(|_| !is_named(OrderPart::Price)),
            quantity: guess.quantity,
            price: guess.price,
            invoice: guess.invoice,
            article: guess.article,
            until: self.until.map(str::to_owned),
            others: self
                .others
                .iter()
                .map(|&(name, summary)| (name.to_owned(), summary))
                .collect(),
        };
        for &(part, name) in &self.parts {
            columns.set_part(part, name);
        }
        let mut missing = vec![OrderPart::Customer, OrderPart::Date];
        missing.retain(|part| columns.part(*part).is_empty());
        if columns.amount.is_none() && columns.price.is_none() {
            missing.push(OrderPart::Amount);
        }
        if missing.is_empty() {
            Ok(columns)
        } else {
            Err(not_recognised_sentence(&missing))
        }
    }
}

/// Writes the customers of a file, and prints what was recognised and counted.
pub(crate) fn customers(file: &Path, options: &CustomersOptions<'_>) -> Result<(), String> {
    let (bytes, reading) = (read(file)?, ReadOptions::default());
    let table = read_table(&mut bytes.as_slice(), &reading, &mut |_| ())
        .map_err(|error| error_sentence(&error.into()))?;
    let columns = options.columns(&table)?;
    let made = per_customer(&table, &columns, &reading)
        .map_err(|error| error_sentence(&EngineError::Orders(error)))?;
    write(options.to, &csv_of(&made.table))?;
    let facts = OrderFacts {
        lines: table.n_rows(),
        customers: made.counts.customers + made.counts.lost,
        names: Vec::new(),
        dates: made.counts.dates,
        counts: Some(made.counts.clone()),
        columns,
    };
    println!("{}", columns_sentence(&facts.columns));
    println!("{}", orders_sentence(&facts));
    println!("{}", purchases_sentence(&made.counts));
    for sentence in counts_sentences(&made.counts) {
        println!("{sentence}");
    }
    Ok(())
}
