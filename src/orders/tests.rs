//! The slow way beside the fast one: customers of generated files, line by line from what the files were written from.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::numeric::Rng;
use crate::table::{OrderColumns, ReadOptions, Summary, Table, read_csv};

/// A line before it is written.
#[derive(Clone, Debug)]
struct Line {
    customer: Option<usize>,
    /// Days since 2019-12-31; -1 stands for 1970-01-01.
    day: Option<i64>,
    /// In hundredths: what one piece costs, or all.
    price: Option<i64>,
    quantity: i64,
    invoice: Option<usize>,
    is_cancelled: bool,
    article: usize,
    zone: usize,
}

/// How a file writes its lines.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is drawn on its own")]
struct Style {
    dates: usize,
    has_commas: bool,
    has_amount: bool,
    has_invoices: bool,
    has_number_keys: bool,
    until: Option<i64>,
}

/// Year, month and day, by walking there.
fn date_of(day: i64) -> [i64; 3] {
    let (mut year, mut month, mut left) = (2020, 1, day);
    loop {
        let length = match month {
            2 if year % 4 == 0 => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if left <= length {
            return [year, month, left];
        }
        left -= length;
        month += 1;
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}

fn written_day(day: Option<i64>, zone: usize, style: Style) -> String {
    let [y, m, d] = match day {
        None => return ["", "n/a", "soon"][zone].into(),
        Some(-1) => [1970, 1, 1],
        Some(day) => date_of(day),
    };
    match style.dates {
        0 => format!("{y}-{m:02}-{d:02}"),
        1 => format!("{d:02}.{m:02}.{y}"),
        2 => format!("{m}/{d}/{y} 8:05"),
        3 => format!(
            "{y}-{m:02}-{d:02}T23:10:00{}",
            ["Z", "+02:00", "-05:00"][zone]
        ),
        _ => format!("{y}{m:02}{d:02}"),
    }
}

fn key(customer: usize, style: Style) -> String {
    if style.has_number_keys {
        (customer * 7 + 90).to_string()
    } else {
        format!("K{customer:03} \"#\"")
    }
}

fn file(lines: &[Line], style: Style) -> String {
    let separator = if style.has_commas { ";" } else { "," };
    let mut text = [
        "customer id",
        "order date",
        if style.has_amount {
            "amount"
        } else {
            "unit price"
        },
        "quantity",
        "invoice no",
        "article",
    ]
    .join(separator);
    text.push('\n');
    for line in lines {
        let price = line.price.map_or_else(String::new, |it| {
            let sign = if it < 0 { "-" } else { "" };
            let point = if style.has_commas { "," } else { "." };
            format!("{sign}{}{point}{:02}", it.abs() / 100, it.abs() % 100)
        });
        let customer = line.customer.map_or_else(String::new, |it| {
            format!("\"{}\"", key(it, style).replace('"', "\"\""))
        });
        let invoice = line.invoice.map_or_else(String::new, |it| {
            format!(
                "{}{}",
                if line.is_cancelled { "C" } else { "" },
                536_000 + it
            )
        });
        let cells = [
            customer,
            written_day(line.day, line.zone, style),
            price,
            line.quantity.to_string(),
            invoice,
            format!("A{}", line.article),
        ];
        text.push_str(&cells.join(separator));
        text.push('\n');
    }
    text
}

fn lines(rng: &mut Rng, style: Style) -> Vec<Line> {
    let n = 12 + rng.below(120);
    let (customers, days) = (1 + rng.below(20), 1 + rng.below(900));
    let mut lines: Vec<Line> = (0..n)
        .map(|_| Line {
            customer: (rng.below(9) > 0).then(|| rng.below(customers)),
            day: match rng.below(20) {
                0 => None,
                1 => Some(-1),
                _ => Some(1 + rng.below(days) as i64),
            },
            price: (rng.below(20) > 0).then(|| rng.below(9_000) as i64),
            quantity: rng.below(9) as i64 - if rng.below(6) == 0 { 9 } else { 0 },
            invoice: (rng.below(12) > 0).then(|| rng.below(40)),
            is_cancelled: style.has_invoices && rng.below(8) == 0,
            article: rng.below(6),
            zone: rng.below(3),
        })
        .collect();
    // One line that has everything.
    lines[0] = Line {
        customer: Some(0),
        day: Some(1),
        price: Some(250),
        quantity: 1,
        invoice: Some(1),
        is_cancelled: false,
        ..lines[0].clone()
    };
    lines
}

/// Everything that is said of one customer: recency, frequency, money in hundredths, lines, tenure, articles, returns, returned.
#[derive(Debug, PartialEq)]
struct Slow {
    recency: Option<i64>,
    frequency: usize,
    money: i64,
    lines: usize,
    tenure: Option<i64>,
    articles: usize,
    returns: usize,
    returned: i64,
}

/// Customers by going through all lines for each of them.
fn slow(lines: &[Line], style: Style) -> BTreeMap<usize, Slow> {
    let last = lines.iter().filter_map(|line| line.day).max().unwrap();
    let reference = style.until.unwrap_or(last);
    let n_plain = lines
        .iter()
        .filter(|line| line.invoice.is_some() && !line.is_cancelled)
        .count();
    let n_cancelled = lines
        .iter()
        .filter(|line| line.invoice.is_some() && line.is_cancelled)
        .count();
    let amount = |line: &Line| {
        line.price.map(|price| {
            if style.has_amount {
                price
            } else {
                price * line.quantity
            }
        })
    };
    let mut found = BTreeMap::new();
    for customer in 0..20 {
        let (mut days, mut bills, mut articles) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let mut it = Slow {
            recency: None,
            frequency: 0,
            money: 0,
            lines: 0,
            tenure: None,
            articles: 0,
            returns: 0,
            returned: 0,
        };
        for line in lines {
            let (Some(amount), Some(day)) = (amount(line), line.day) else {
                continue;
            };
            if line.customer != Some(customer) || day == -1 || day > reference {
                continue;
            }
            let is_cancelled = style.has_invoices
                && line.invoice.is_some()
                && line.is_cancelled
                && n_plain > n_cancelled;
            if is_cancelled || amount < 0 || line.quantity < 0 {
                it.returns += 1;
                it.returned += amount.abs();
                continue;
            }
            it.lines += 1;
            it.money += amount;
            days.push(day);
            articles.insert(line.article);
            bills.insert(match line.invoice.filter(|_| style.has_invoices) {
                Some(invoice) => (invoice as i64, line.is_cancelled),
                None => (-day, false),
            });
        }
        it.recency = days.iter().max().map(|day| reference - day);
        it.tenure = days.iter().min().map(|day| reference - day);
        it.frequency = bills.len();
        it.articles = articles.len();
        if it.lines + it.returns > 0 {
            found.insert(customer, it);
        }
    }
    found
}

fn columns(style: Style) -> OrderColumns {
    let name = |name: &str| Some(name.to_owned());
    OrderColumns {
        customer: "customer id".into(),
        date: "order date".into(),
        amount: name("amount").filter(|_| style.has_amount),
        quantity: name("quantity"),
        price: name("unit price").filter(|_| !style.has_amount),
        invoice: name("invoice no").filter(|_| style.has_invoices),
        article: name("article"),
        until: style
            .until
            .map(|day| written_day(Some(day), 0, Style { dates: 0, ..style })),
        ..OrderColumns::default()
    }
}

fn number(table: &Table, name: &str, row: usize) -> f64 {
    let column = table.column(name);
    // Without returns in the file there are no columns of them.
    column.map_or(0.0, |column| column.numbers[row])
}

fn compare(table: &Table, expected: &BTreeMap<usize, Slow>, style: Style, seed: u64) {
    assert_eq!(table.n_rows(), expected.len(), "{seed}");
    let keys: Vec<String> = (0..table.n_rows())
        .map(|row| table.columns[0].cell(row).into_owned())
        .collect();
    let wanted: Vec<String> = expected.keys().map(|&it| key(it, style)).collect();
    assert_eq!(keys, wanted, "{seed}");
    for (row, it) in expected.values().enumerate() {
        let of = |name: &str| number(table, name, row);
        let days = |days: Option<i64>| days.map_or(f64::NAN, |days| days as f64);
        let frequency = if style.has_invoices {
            "invoices"
        } else {
            "purchase days"
        };
        let found = [
            of("days since last purchase"),
            of(frequency),
            of("spending"),
            of("order lines"),
            of("days since first purchase"),
            of("articles"),
            of("return lines"),
            of("returned money"),
        ];
        let expected = [
            days(it.recency),
            it.frequency as f64,
            it.money as f64 / 100.0,
            it.lines as f64,
            days(it.tenure),
            it.articles as f64,
            it.returns as f64,
            it.returned as f64 / 100.0,
        ];
        let bits =
            |numbers: [f64; 8]| numbers.map(|x| if x.is_nan() { u64::MAX } else { x.to_bits() });
        assert_eq!(
            bits(found),
            bits(expected),
            "{seed}: {found:?} {expected:?} {it:?} {style:?}"
        );
        let basket = it.money as f64 / 100.0 / it.frequency as f64;
        assert!(
            it.frequency == 0 || (of("average basket") - basket).abs() <= 1e-5,
            "{seed}"
        );
    }
}

#[test]
fn customers_of_generated_files_are_those_of_the_slow_way_in_any_order_of_the_lines() {
    let (mut n_customers, mut n_refused, mut n_recognised) = (0, 0, 0);
    for seed in 0..220 {
        let mut rng = Rng::new(seed);
        let style = Style {
            dates: rng.below(5),
            has_commas: rng.below(3) == 0,
            has_amount: rng.below(2) == 0,
            has_invoices: rng.below(2) == 0,
            has_number_keys: rng.below(2) == 0,
            until: (rng.below(3) == 0).then(|| 1 + rng.below(300) as i64),
        };
        let mut lines = lines(&mut rng, style);
        let expected = slow(&lines, style);
        let read = |lines: &[Line]| read_csv(file(lines, style).as_bytes()).unwrap();
        let made =
            |lines: &[Line]| per_customer(&read(lines), &columns(style), &ReadOptions::default());
        if expected.is_empty() {
            let n_lines = lines.len();
            assert_eq!(
                made(&lines).unwrap_err(),
                OrderError::NoLines { lines: n_lines }
            );
            n_refused += 1;
            continue;
        }
        let first = made(&lines).unwrap();
        compare(&first.table, &expected, style, seed);
        n_customers += expected.len();
        let counts = &first.counts;
        let counted = [
            counts.purchases,
            counts.returns,
            counts.no_customer,
            counts.no_date,
            counts.no_amount,
            counts.after,
        ];
        assert_eq!(counted.iter().sum::<usize>(), lines.len(), "{seed}");
        assert_eq!(
            counts.purchases,
            expected.values().map(|it| it.lines).sum::<usize>(),
            "{seed}"
        );
        assert_eq!(
            counts.money,
            expected.values().map(|it| it.money).sum::<i64>() as f64 / 100.0,
            "{seed}"
        );
        for i in 0..lines.len() {
            let other = i + rng.below(lines.len() - i);
            lines.swap(i, other);
        }
        let second = made(&lines).unwrap();
        let mark = |table: &Table| crate::table::fingerprint(table);
        assert_eq!(mark(&first.table), mark(&second.table), "{seed}");
        assert_eq!(first.counts, second.counts, "{seed}");
        if let Some(found) = recognise(&read(&lines)) {
            n_recognised += 1;
            let all = OrderColumns {
                until: None,
                ..columns(Style {
                    has_invoices: found.columns.invoice.is_some(),
                    ..style
                })
            };
            assert_eq!(found.columns, all, "{seed}");
        }
    }
    assert!(
        n_customers > 1_500 && n_refused < 20 && n_recognised > 150,
        "{n_customers} {n_refused} {n_recognised}"
    );
}

#[test]
fn other_columns_are_summarised_on_request() {
    let text = "customer id,order date,amount,country,points\n7,2024-01-01,5,FR,1.5\n7,2024-01-02,5,DE,\n7,2024-01-03,5,DE,2\n8,2024-01-03,5,,\n8,2024-01-03,5,UK,1\n8,2024-01-03,5,ES,1\n";
    let table = read_csv(text.as_bytes()).unwrap();
    let others = [
        ("country", Summary::MostFrequent),
        ("points", Summary::Mean),
    ];
    let mut columns = recognise(&table).unwrap().columns;
    columns.others = others
        .map(|(name, summary)| (name.to_owned(), summary))
        .into();
    let made = per_customer(&table, &columns, &ReadOptions::default()).unwrap();
    let cells = |name: &str| {
        let column = made.table.column(name).unwrap();
        [column.cell(0).into_owned(), column.cell(1).into_owned()]
    };
    // Of equally frequent values the first in the alphabet.
    assert_eq!(cells("country"), ["DE", "ES"]);
    assert_eq!(cells("mean of points"), ["1.75", "1"]);
    columns.others = [("points".to_owned(), Summary::Sum)].into();
    let made = per_customer(&table, &columns, &ReadOptions::default()).unwrap();
    assert_eq!(
        *made.table.column("sum of points").unwrap().numbers,
        [3.5, 2.0]
    );
    columns.others = [("country".to_owned(), Summary::Sum)].into();
    let error = per_customer(&table, &columns, &ReadOptions::default()).unwrap_err();
    assert_eq!(
        error,
        OrderError::NotNumbers {
            column: "country".into()
        }
    );
}
