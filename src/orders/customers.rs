//! One row per customer, in the order of their keys: an ordinary table.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::amounts::rounded;
use super::dates::DateReading;
use super::error::OrderError;
use super::groups::NONE;
use super::lines::{LineKind, OrderLines};
use super::others::Other;
use crate::numeric::{decimals_of, order_by, pulse};
use crate::table::{
    Column, ColumnKind, CsvWriter, Date, Header, OrderColumns, ReadOptions, Table, read_table,
};

/// What was counted in order lines. Every line is one of the first six.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderCounts {
    /// Purchases.
    pub purchases: usize,
    /// Returns and cancellations.
    pub returns: usize,
    /// Lines that name no customer.
    pub no_customer: usize,
    /// Lines of a customer without a date.
    pub no_date: usize,
    /// Lines of a customer with a date, without an amount.
    pub no_amount: usize,
    /// Lines after the reference date.
    pub after: usize,
    /// Purchases that cost nothing.
    pub free: usize,
    /// Customers in the table.
    pub customers: usize,
    /// Of them, those with returns and no purchase.
    pub only_returns: usize,
    /// Customers of the file with no line that counts: they are not in the table.
    pub lost: usize,
    /// The first day of the file.
    pub first: Date,
    /// The last day of the file.
    pub last: Date,
    /// The day that recency and tenure are counted to.
    pub reference: Date,
    /// Lines that count, and lie more than a year after all others.
    pub late: usize,
    /// The first day of them.
    pub late_from: Option<Date>,
    /// What all purchases cost.
    pub money: f64,
    /// What was returned, as a positive number.
    pub returned: f64,
    /// How the dates were read.
    pub dates: DateReading,
}

/// Customers made of order lines.
#[derive(Clone, Debug)]
pub struct CustomerTable {
    /// One row per customer.
    pub table: Table,
    /// What was counted.
    pub counts: OrderCounts,
    /// The row of each line's customer; `None` for a line that does not count.
    pub row_of_line: Vec<Option<usize>>,
}

/// Work steps per line.
const STEPS: usize = 64;

/// Makes one row per customer of order lines. The order of the lines does not matter, to the bit.
///
/// ```
/// use seamline_kernels::orders::{per_customer, recognise};
/// use seamline_kernels::table::{ReadOptions, read_csv};
///
/// let file = b"customer id,order date,amount\n7,2024-01-01,5.00\n7,2024-01-31,2.50\n8,2024-01-11,4.00\n";
/// let lines = read_csv(file).unwrap();
/// let found = recognise(&lines).unwrap();
/// let made = per_customer(&lines, &found.columns, &ReadOptions::default()).unwrap();
///
/// assert_eq!(made.table.n_rows(), 2);
/// let numbers = |name: &str| made.table.column(name).unwrap().numbers.to_vec();
/// assert_eq!(numbers("days since last purchase"), [0.0, 20.0]);
/// assert_eq!(numbers("spending"), [7.5, 4.0]);
/// ```
///
/// # Errors
/// [`OrderError`] when a column is missing or of the wrong kind, or no line counts.
pub fn per_customer(
    table: &Table,
    columns: &OrderColumns,
    options: &ReadOptions,
) -> Result<CustomerTable, OrderError> {
    let lines = OrderLines::of(table, columns)?;
    let others = columns
        .others
        .iter()
        .map(|(name, summary)| Other::of(table, name, *summary))
        .collect::<Result<Vec<_>, _>>()?;
    pulse(STEPS * table.n_rows());
    let by_customer = ByCustomer::of(&lines);
    let keys = super::lines::column(table, &columns.customer)?;
    let order = by_customer.order(&lines, keys);
    if order.is_empty() {
        let lines = table.n_rows();
        return Err(OrderError::NoLines { lines });
    }
    let customers: Vec<Customer> = order
        .iter()
        .map(|&group| Customer::of(&lines, by_customer.lines(group)))
        .collect();
    let mut sheet = Sheet::new(columns, &lines, &customers);
    let kind_of_key = (columns.customer.clone(), ColumnKind::Identifier);
    sheet.column(
        &columns.customer,
        order.iter().map(|&group| {
            let first = lines.customers.first_rows[group as usize] as usize;
            keys.cell(first).trim().to_owned()
        }),
    );
    sheet.numbers();
    for other in &others {
        let texts = order
            .iter()
            .map(|&group| other.text(by_customer.lines(group)));
        sheet.column(&other.name(), texts);
    }
    let kinds = BTreeMap::from([kind_of_key]);
    let kinds = kinds.into_iter().chain(options.kinds.clone()).collect();
    let table = sheet.read(kinds)?;
    let mut row_of_group = vec![None; lines.customers.len()];
    for (row, &group) in order.iter().enumerate() {
        row_of_group[group as usize] = Some(row);
    }
    let row_of_line = (0..lines.kinds.len()).map(|line| {
        let group = lines.customers.of_row[line];
        let is_used = lines.kinds[line].is_used();
        row_of_group
            .get(group as usize)
            .copied()
            .flatten()
            .filter(|_| is_used)
    });
    Ok(CustomerTable {
        row_of_line: row_of_line.collect(),
        counts: counts(&lines, &customers),
        table,
    })
}

/// The lines that count, customer by customer.
struct ByCustomer {
    /// Where each customer's lines start.
    starts: Vec<u32>,
    lines: Vec<u32>,
}

impl ByCustomer {
    /// Counting sort.
    fn of(lines: &OrderLines) -> Self {
        let used = || {
            let rows = lines.kinds.iter().enumerate();
            rows.filter(|(_, kind)| kind.is_used()).map(|(row, _)| row)
        };
        let mut starts = vec![0_u32; lines.customers.len() + 1];
        used().for_each(|row| starts[lines.customers.of_row[row] as usize + 1] += 1);
        for group in 1..starts.len() {
            starts[group] += starts[group - 1];
        }
        let (mut next, n_used) = (starts.clone(), starts.last().copied().unwrap_or(0));
        let mut sorted = vec![0; n_used as usize];
        for row in used() {
            let place = &mut next[lines.customers.of_row[row] as usize];
            sorted[*place as usize] = row as u32;
            *place += 1;
        }
        Self {
            starts,
            lines: sorted,
        }
    }

    fn lines(&self, group: u32) -> &[u32] {
        let group = group as usize;
        &self.lines[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// Customers with a line, in the order of their keys: numbers by value, texts by their letters.
    fn order(&self, lines: &OrderLines, keys: &Column) -> Vec<u32> {
        let n = lines.customers.len();
        let first = |group: usize| lines.customers.first_rows[group] as usize;
        let texts: Vec<_> = if keys.numbers.is_empty() {
            (0..n).map(|group| keys.cell(first(group))).collect()
        } else {
            Vec::new()
        };
        let compare_numbers = |a: usize, b: usize| {
            let (x, y) = (keys.numbers[first(a)], keys.numbers[first(b)]);
            x.total_cmp(&y).then_with(|| {
                // Texts among numbers, and numbers written in two ways.
                keys.cell(first(a)).trim().cmp(keys.cell(first(b)).trim())
            })
        };
        let mut compare = |a: usize, b: usize| -> Ordering {
            if texts.is_empty() {
                compare_numbers(a, b)
            } else {
                texts[a].trim().cmp(texts[b].trim())
            }
        };
        let mut order = order_by(n, &mut compare);
        order.retain(|&group| !self.lines(group).is_empty());
        order
    }
}

/// The numbers of one customer.
struct Customer {
    /// The first and the last day with a purchase.
    days: Option<[Date; 2]>,
    /// Different days with a purchase, or invoices.
    frequency: usize,
    n_lines: usize,
    money: f64,
    n_returns: usize,
    returned: f64,
    n_articles: usize,
}

impl Customer {
    fn of(lines: &OrderLines, rows: &[u32]) -> Self {
        let of_kind = |kind: LineKind| {
            let rows = rows.iter().map(|&row| row as usize);
            rows.filter(move |&row| lines.kinds[row] == kind)
        };
        let purchases = || of_kind(LineKind::Purchase);
        let days = || purchases().filter_map(|row| lines.dates.days[row]);
        let value = |groups: &super::groups::Groups, row: usize| groups.of_row[row];
        // A line without an invoice counts by its day.
        let is_billed = |row: usize| {
            let invoices = lines.invoices.as_ref();
            invoices.is_some_and(|invoices| value(invoices, row) != NONE)
        };
        let by_day = purchases().filter(|&row| !is_billed(row));
        let by_day = by_day.filter_map(|row| lines.dates.days[row]);
        let by_day = different(by_day.map(|day| day.since(lines.span[0]) as u32));
        let by_invoice = lines.invoices.as_ref().map_or(0, |invoices| {
            different(purchases().map(|row| value(invoices, row)))
        });
        let articles = lines.articles.as_ref();
        Self {
            days: days().min().zip(days().max()).map(|(a, b)| [a, b]),
            frequency: by_day + by_invoice,
            n_lines: purchases().count(),
            money: lines.amounts.sum(purchases()),
            n_returns: of_kind(LineKind::Return).count(),
            returned: lines.amounts.sum_of_sizes(of_kind(LineKind::Return)),
            n_articles: articles.map_or(0, |articles| {
                different(purchases().map(|row| value(articles, row)))
            }),
        }
    }
}

/// How many different values there are; rows without one do not count.
fn different(values: impl Iterator<Item = u32>) -> usize {
    let mut values: Vec<u32> = values.filter(|&value| value != NONE).collect();
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).count()
}

fn counts(lines: &OrderLines, customers: &[Customer]) -> OrderCounts {
    let of = |kind: LineKind| lines.kinds.iter().filter(|it| **it == kind).count();
    let rows = |kind: LineKind| (0..lines.kinds.len()).filter(move |&row| lines.kinds[row] == kind);
    let late = Late::of(lines);
    let only_returns = customers.iter().filter(|it| it.days.is_none());
    OrderCounts {
        purchases: of(LineKind::Purchase),
        returns: of(LineKind::Return),
        no_customer: of(LineKind::NoCustomer),
        no_date: of(LineKind::NoDate),
        no_amount: of(LineKind::NoAmount),
        after: of(LineKind::After),
        free: rows(LineKind::Purchase)
            .filter(|&row| lines.amounts.values[row] == 0.0)
            .count(),
        customers: customers.len(),
        only_returns: only_returns.count(),
        lost: lines.customers.len() - customers.len(),
        first: lines.span[0],
        last: lines.span[1],
        reference: lines.reference,
        late: late.map_or(0, |it| it.count),
        late_from: late.map(|it| it.from),
        money: lines.amounts.sum(rows(LineKind::Purchase)),
        returned: lines.amounts.sum_of_sizes(rows(LineKind::Return)),
        dates: lines.dates.reading,
    }
}

/// A few lines far behind all others: days that nobody typed on purpose, to which recency would be counted.
#[derive(Clone, Copy)]
struct Late {
    count: usize,
    from: Date,
}

impl Late {
    /// At most this share of the lines.
    const SHARE: f64 = 0.05;
    /// More than this number of days after the line before.
    const FAR: i32 = 366;

    /// `None` where recency is counted to another day than the last of the file.
    fn of(lines: &OrderLines) -> Option<Self> {
        if lines.reference != lines.span[1] {
            return None;
        }
        let days = lines.dates.days.iter().flatten();
        let mut days: Vec<Date> = days.copied().collect();
        days.sort_unstable();
        let n = days.len();
        let most = (Self::SHARE * n as f64) as usize;
        let starts = n.saturating_sub(most).max(1)..n;
        let start = starts
            .into_iter()
            .find(|&at| days[at].since(days[at - 1]) > Self::FAR)?;
        Some(Self {
            count: n - start,
            from: days[start],
        })
    }
}

const RECENCY: &str = "days since last purchase";
const DAYS: &str = "purchase days";
const INVOICES: &str = "invoices";
const MONEY: &str = "spending";

/// The columns that are features until the user says otherwise; the others nearly repeat them or say something else.
pub(super) fn is_feature(name: &str) -> bool {
    [RECENCY, DAYS, INVOICES, MONEY].contains(&name)
}

/// The table of customers as texts, column by column.
struct Sheet<'a> {
    frequency: &'static str,
    lines: &'a OrderLines,
    customers: &'a [Customer],
    names: Vec<String>,
    columns: Vec<Vec<String>>,
}

impl<'a> Sheet<'a> {
    fn new(columns: &OrderColumns, lines: &'a OrderLines, customers: &'a [Customer]) -> Self {
        let frequency = if columns.invoice.is_some() {
            INVOICES
        } else {
            DAYS
        };
        Self {
            frequency,
            lines,
            customers,
            names: Vec::new(),
            columns: Vec::new(),
        }
    }

    fn column(&mut self, name: &str, cells: impl Iterator<Item = String>) {
        self.names.push(name.to_owned());
        self.columns.push(cells.collect());
    }

    /// Everything that is counted per customer.
    fn numbers(&mut self) {
        let (customers, reference) = (self.customers, self.lines.reference);
        let since = |day: Option<Date>| {
            day.map_or_else(String::new, |day| reference.since(day).to_string())
        };
        let last = |it: &Customer| since(it.days.map(|[_, last]| last));
        let first = |it: &Customer| since(it.days.map(|[first, _]| first));
        let basket = |it: &Customer| {
            if it.frequency == 0 {
                return String::new();
            }
            let basket = it.money / it.frequency as f64;
            rounded(basket, self.lines.amounts.decimals + 4).to_string()
        };
        let money = |of: fn(&Customer) -> f64| {
            let decimals = decimals_of(customers.iter().map(of));
            let text = move |it| match decimals {
                Some(decimals) => format!("{:.*}", decimals as usize, of(it)),
                None => of(it).to_string(),
            };
            customers.iter().map(text).collect::<Vec<String>>()
        };
        let of = |text: &dyn Fn(&Customer) -> String| -> Vec<String> {
            customers.iter().map(text).collect()
        };
        let mut made = vec![
            (RECENCY, of(&last)),
            (self.frequency, of(&|it| it.frequency.to_string())),
            (MONEY, money(|it| it.money)),
            ("average basket", of(&basket)),
            ("order lines", of(&|it| it.n_lines.to_string())),
            ("days since first purchase", of(&first)),
        ];
        if self.lines.articles.is_some() {
            made.push(("articles", of(&|it| it.n_articles.to_string())));
        }
        if customers.iter().any(|it| it.n_returns > 0) {
            made.push(("return lines", of(&|it| it.n_returns.to_string())));
            made.push(("returned money", money(|it| it.returned)));
        }
        for (name, cells) in made {
            self.column(name, cells.into_iter());
        }
    }

    /// Written as CSV and read by the reader of all files.
    fn read(&self, kinds: BTreeMap<String, ColumnKind>) -> Result<Table, OrderError> {
        let mut writer = CsvWriter::default();
        self.names.iter().for_each(|name| writer.field(name));
        writer.end_record();
        for row in 0..self.customers.len() {
            let cells = self.columns.iter().map(|column| &column[row]);
            cells.for_each(|cell| writer.field(cell));
            writer.end_record();
        }
        let options = ReadOptions {
            encoding: Some("UTF-8".into()),
            delimiter: Some(','),
            quote: Some('"'),
            header: Some(Header::Line(1)),
            // A customer called Total is no total of the others.
            keeps_totals: true,
            kinds,
            ..ReadOptions::default()
        };
        let bytes = writer.into_bytes();
        Ok(read_table(&mut bytes.as_slice(), &options, &mut |_| ())?)
    }
}
