//! `seamline customers`: one row per customer of a file of order lines.

use std::collections::BTreeMap;
use std::path::Path;

use seamline::orders::{OrderFacts, guess, per_customer};
use seamline::result::EngineError;
use seamline::table::{OrderColumns, OrderPart, ReadOptions, Summary, Table, read_table};
use seamline::words::error_sentence;
use seamline::words::orders::{
    columns_sentence, counts_sentences, not_recognised_sentence, orders_sentence, part_name,
    purchases_sentence,
};

use super::command_line::{check_reading, csv_of, read, read_settings, write};

/// The options of `customers FILE`.
pub(crate) struct CustomersOptions<'a> {
    to: &'a Path,
    /// How the file is read, and its columns of order lines, as the page or a report writes them.
    settings: Option<&'a Path>,
    /// Columns that are named, in place of recognised ones.
    parts: Vec<(OrderPart, &'a str)>,
    until: Option<&'a str>,
    others: Vec<(&'a str, Summary)>,
}

impl<'a> CustomersOptions<'a> {
    /// Reads the options in any order, each once but the summaries; `None` if one is missing, unknown or repeated.
    pub(crate) fn read(words: &[&'a str]) -> Option<Self> {
        let (mut to, mut until, mut settings) = (None, None, None);
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
                "--settings" => settings.replace(value.as_ref()).is_some(),
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
            settings,
            parts,
            until,
            others,
        })
    }

    /// The columns of the settings or the recognised ones, with those that are named in their place.
    fn columns(&self, table: &Table, reading: &ReadOptions) -> Result<OrderColumns, String> {
        if let Some(chosen) = &reading.orders {
            return Ok(self.in_place_of(chosen.clone()));
        }
        let guess = guess(table);
        let is_named = |wanted: OrderPart| self.parts.iter().any(|&(part, _)| part == wanted);
        let columns = OrderColumns {
            customer: guess.customer.unwrap_or_default(),
            date: guess.date.unwrap_or_default(),
            // A price that is named counts in place of an amount that is only recognised.
            amount: guess.amount.filter(|_| !is_named(OrderPart::Price)),
            quantity: guess.quantity,
            price: guess.price,
            invoice: guess.invoice,
            article: guess.article,
            until: None,
            others: BTreeMap::new(),
        };
        let columns = self.in_place_of(columns);
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

    /// These columns, but for what is named.
    fn in_place_of(&self, mut columns: OrderColumns) -> OrderColumns {
        for &(part, name) in &self.parts {
            columns.set_part(part, name);
        }
        if let Some(until) = self.until {
            columns.until = Some(until.to_owned());
        }
        let others = self.others.iter();
        let others = others.map(|&(name, summary)| (name.to_owned(), summary));
        columns.others.extend(others);
        columns
    }
}

/// Writes the customers of a file, and prints what was recognised and counted.
pub(crate) fn customers(file: &Path, options: &CustomersOptions<'_>) -> Result<(), String> {
    let reading = match options.settings {
        Some(settings) => read_settings(settings)?.0.reading,
        None => ReadOptions::default(),
    };
    let bytes = read(file)?;
    let table = read_table(&mut bytes.as_slice(), &reading, &mut |_| ())
        .map_err(|error| error_sentence(&error.into()))?;
    let columns = options.columns(&table, &reading)?;
    let made = per_customer(&table, &columns, &reading)
        .map_err(|error| error_sentence(&EngineError::Orders(error)))?;
    // What the page decided about the customers' columns stands beside what it decided about the lines'.
    check_reading(&reading, |name| {
        let mut columns = table.columns.iter().chain(&made.table.columns);
        columns.any(|column| column.name == *name)
    })?;
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
