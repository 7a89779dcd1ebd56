//! How a file is to be read, where the user overrides what the reader finds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ColumnKind, DateForm, Decimal};

/// Choices for reading a file. What is left open is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadOptions {
    /// Name of the encoding, as in the Encoding Standard.
    pub encoding: Option<String>,
    /// Between cells.
    pub delimiter: Option<char>,
    /// Around cells that hold delimiters.
    pub quote: Option<char>,
    /// Where the names of the columns stand.
    pub header: Option<Header>,
    /// The decimal sign of all number columns.
    pub decimal: Option<Decimal>,
    /// The decimal sign of single columns, by name; overrides `decimal`.
    pub decimals: BTreeMap<String, Decimal>,
    /// What a column holds, by name.
    pub kinds: BTreeMap<String, ColumnKind>,
    /// Whether texts such as `dÃ©pense`, which an earlier program read in the wrong encoding, are repaired.
    pub repairs_texts: bool,
    /// The sheet of a workbook, by name.
    pub sheet: Option<String>,
    /// Where the rows are order lines: one row per customer is made of them.
    pub orders: Option<OrderColumns>,
    /// The currency or unit whose amounts a column keeps, by name, where it mixes several.
    pub units: BTreeMap<String, String>,
    /// Values that count as missing in a column of numbers, by name: 9999 for "no answer".
    pub missing: BTreeMap<String, Vec<String>>,
    /// What joins the entries of lists in the cells of a column, by name: a column of yes and no is made for each frequent entry.
    pub lists: BTreeMap<String, String>,
    /// Whether rows that add up the others are kept as customers.
    pub keeps_totals: bool,
    /// Whether days or months stand first in all dates that leave it open or mix both; a year that stands first stays there.
    pub date_form: Option<DateForm>,
    /// The same of single columns, by name; overrides `date_form`.
    pub date_forms: BTreeMap<String, DateForm>,
}

/// Which columns of order lines say what, and up to which day they count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderColumns {
    /// Who bought.
    pub customer: String,
    /// When.
    pub date: String,
    /// What the line cost; absent: price times quantity.
    pub amount: Option<String>,
    /// How many pieces; a negative number is a return.
    pub quantity: Option<String>,
    /// What one piece cost; with no quantity, what the line cost.
    pub price: Option<String>,
    /// The number of the order or invoice that the line belongs to.
    pub invoice: Option<String>,
    /// What was bought.
    pub article: Option<String>,
    /// The last day that counts, such as 2024-01-31; absent: the last one in the file.
    pub until: Option<String>,
    /// Further columns that are summarised per customer, by name.
    pub others: BTreeMap<String, Summary>,
}

/// What a column of order lines says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderPart {
    /// Who bought.
    Customer,
    /// When.
    Date,
    /// What the line cost.
    Amount,
    /// How many pieces.
    Quantity,
    /// What one piece cost.
    Price,
    /// The order or invoice.
    Invoice,
    /// What was bought.
    Article,
}

impl OrderPart {
    /// All parts; the first two must be there, and an amount or a price.
    pub const ALL: [Self; 7] = [
        Self::Customer,
        Self::Date,
        Self::Amount,
        Self::Quantity,
        Self::Price,
        Self::Invoice,
        Self::Article,
    ];
}

impl OrderColumns {
    /// The column of a part; empty without one.
    pub fn part(&self, part: OrderPart) -> &str {
        match part {
            OrderPart::Customer => &self.customer,
            OrderPart::Date => &self.date,
            OrderPart::Amount => name_of(self.amount.as_ref()),
            OrderPart::Quantity => name_of(self.quantity.as_ref()),
            OrderPart::Price => name_of(self.price.as_ref()),
            OrderPart::Invoice => name_of(self.invoice.as_ref()),
            OrderPart::Article => name_of(self.article.as_ref()),
        }
    }

    /// Chooses the column of a part; an empty name stands for none.
    pub fn set_part(&mut self, part: OrderPart, name: &str) {
        let chosen = Some(name.to_owned()).filter(|name| !name.is_empty());
        match part {
            OrderPart::Customer => name.clone_into(&mut self.customer),
            OrderPart::Date => name.clone_into(&mut self.date),
            OrderPart::Amount => self.amount = chosen,
            OrderPart::Quantity => self.quantity = chosen,
            OrderPart::Price => self.price = chosen,
            OrderPart::Invoice => self.invoice = chosen,
            OrderPart::Article => self.article = chosen,
        }
    }
}

fn name_of(name: Option<&String>) -> &str {
    name.map_or("", String::as_str)
}

/// What is said of a customer's values in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Summary {
    /// The most frequent one; of equally frequent ones the first in the alphabet.
    MostFrequent,
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
}

impl ReadOptions {
    pub(super) fn decimal_of(&self, column: &str) -> Option<Decimal> {
        self.decimals.get(column).copied().or(self.decimal)
    }

    /// Makes values of a column missing, or values again.
    pub fn set_missing(&mut self, column: &str, values: &[String], is_missing: bool) {
        let list = self.missing.entry(column.to_owned()).or_default();
        list.retain(|value| !values.contains(value));
        if is_missing {
            list.extend(values.iter().cloned());
        } else if list.is_empty() {
            self.missing.remove(column);
        }
    }

    pub(super) fn date_form_of(&self, column: &str) -> Option<DateForm> {
        self.date_forms.get(column).copied().or(self.date_form)
    }
}

/// Where the names of the columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// Nowhere: the columns are numbered.
    None,
    /// On this line (from 1); lines above belong to no column.
    Line(u64),
    /// On several lines, from the first to the last, which are put together.
    Lines(u64, u64),
}
