//! Totals in the first and in the last row, in several languages, and customers that only look like one.

use crate::numeric::Rng;
use crate::table::{ReadOptions, Table, Warning, read_csv, read_table};

/// A file of customers with a row of sums before or behind them; `name` stands in its first cell.
fn file(name: &str, is_first: bool, has_comma: bool, rng: &mut Rng) -> (String, Vec<f64>) {
    let cents = |cents: usize| {
        let text = format!("{}.{:02}", cents / 100, cents % 100);
        if has_comma {
            text.replace('.', ",")
        } else {
            text
        }
    };
    let (mut rows, mut money, mut orders) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..20 {
        money.push(1_000 + rng.below(90_000));
        orders.push(1 + rng.below(30));
        let age = 20 + rng.below(50);
        rows.push(format!(
            "K{at:03};{};{};{age}",
            cents(money[at]),
            orders[at]
        ));
    }
    let sums = (money.iter().sum(), orders.iter().sum::<usize>());
    let total = format!("{name};{};{};", cents(sums.0), sums.1);
    let at = if is_first { 0 } else { rows.len() };
    rows.insert(at, total);
    let spent = money.iter().map(|&cents| cents as f64 / 100.0);
    let text = "Customer;Spend;Orders;Age\n".to_owned() + &rows.join("\n") + "\n";
    (text, spent.collect())
}

fn read(text: &str) -> Table {
    read_csv(text.as_bytes()).unwrap()
}

fn totals(table: &Table) -> Vec<u64> {
    let line = |warning: &Warning| match warning {
        Warning::TotalRow { line } => Some(*line),
        _ => None,
    };
    table.warnings.iter().filter_map(line).collect()
}

#[test]
fn a_total_is_left_out_wherever_it_stands_and_kept_when_that_is_chosen() {
    let mut rng = Rng::new(11);
    let names = [
        "Grand total",
        "Gesamt",
        "Total général",
        "Suma",
        "Totale",
        "TOTAL:",
        "Gesamtergebnis",
        "",
    ];
    for (name, is_first) in names.iter().flat_map(|name| [(name, true), (name, false)]) {
        for has_comma in [false, true] {
            let (text, spent) = file(name, is_first, has_comma, &mut rng);
            let table = read(&text);
            let line = if is_first { 2 } else { 22 };
            assert_eq!(totals(&table), [line], "{text}");
            assert_eq!(*table.columns[1].numbers, spent, "{text}");
            let first = if is_first { 3 } else { 2 };
            let lines: Vec<u64> = table.lines.iter().collect();
            assert_eq!(lines, (first..first + 20).collect::<Vec<u64>>());
            assert_eq!(table.columns[3].missing, 0);
            let is_gap = |warning: &Warning| matches!(warning, Warning::MissingCells { .. });
            assert!(!table.warnings.iter().any(is_gap), "{:?}", table.warnings);
            let shown = table.excerpts.iter().find(|it| it.line == 5).unwrap();
            assert_eq!(shown.row, Some(if is_first { 2 } else { 3 }));
            let keeps_totals = true;
            let options = ReadOptions {
                keeps_totals,
                ..ReadOptions::default()
            };
            let kept = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
            assert_eq!(kept.n_rows(), 21);
            assert!(kept.warnings.contains(&Warning::TotalKept { line }));
        }
    }
}

#[test]
fn customers_with_such_names_stay() {
    let mut rng = Rng::new(12);
    for name in [
        "Total Energies",
        "Summe & Sohn GmbH",
        "Overall Ltd",
        "Gesamtschule",
    ] {
        for is_first in [true, false] {
            let (text, _) = file(name, is_first, false, &mut rng);
            assert!(totals(&read(&text)).is_empty(), "{text}");
        }
    }
    // So called, but within what the others have: a customer.
    let rows = "name,spend,orders\nTotal,50,3\nBP,70,2\nShell,90,5\nEni,20,1\n";
    assert!(totals(&read(rows)).is_empty());
    // The largest of all, but less than the others together.
    let rows = "name,spend\nBP,70\nShell,290\nEni,220\nAral,250\nEsso,340\nTotal,700\n";
    assert!(totals(&read(rows)).is_empty());
    // A filter hid customers that the total still counts.
    let rows = "name,spend\nBP,70\nShell,290\nEni,220\nAral,250\nEsso,340\nTotal,2100\n";
    assert_eq!(totals(&read(rows)), [7]);
    // Without a name, and no sums.
    let rows = "name,spend,orders\n,50,3\nBP,70,2\nShell,90,5\nEni,20,1\nAral,5,9\n,0,0\n";
    assert!(totals(&read(rows)).is_empty());
}

#[test]
fn a_total_of_texts_is_the_last_row_so_called() {
    let table = read("name,city\nAnn,Bonn\nBob,Köln\nCid,Bonn\nTotal,\n");
    assert_eq!((table.n_rows(), totals(&table)), (3, vec![5]));
}

/// The total does not hide what the rows have in common: all yes or no, all plain numbers.
#[test]
fn what_is_left_has_the_types_of_a_file_without_the_total() {
    let rows = "a,1,0.5\nb,0,1.5\nc,1,2.5\nd,1,0.5\ne,0,3.5\n";
    let with = read(&format!("name,active,spend\nGrand total,3,8.5\n{rows}"));
    let without = read(&format!("name,active,spend\n{rows}"));
    for (a, b) in with.columns.iter().zip(&without.columns) {
        assert_eq!((a.kind, a.role, a.distinct), (b.kind, b.role, b.distinct));
        assert_eq!(a.numbers, b.numbers);
    }
}
