//! Order lines on files of others: CDNOW as it is published, and a small retail file; the way of the customers through the app.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use seamline::engine::Engine;
use seamline::export::Format;
use seamline::numeric::{FiveNumbers, five_numbers};
use seamline::orders::{OrderError, per_customer, recognise};
use seamline::result::{Dataset, EngineError};
use seamline::session::{Decision, Known, Project, Session, apply, check};
use seamline::table::{ReadOptions, Table, read_csv};
use support::{shared, skip};

/// The file of all CDNOW customers, published with Fader & Hardie 2001, "Forecasting Repeat Sales at CDNOW"; it comes with the Python
/// package lifetimes 0.11.3. Its columns are aligned by runs of spaces.
fn cdnow() -> Option<String> {
    let of_tools = ".tools/cdnow/lifetimes/datasets/CDNOW_master.txt";
    let path = std::env::var_os("SEAMLINE_CDNOW").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join(of_tools),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(&path) else {
        skip(&path.display().to_string());
        return None;
    };
    Some(text)
}

fn summary(table: &Table, name: &str) -> FiveNumbers {
    five_numbers(table.column(name).unwrap().numbers.iter().copied()).unwrap()
}

#[track_caller]
fn is_near(found: f64, published: f64) {
    assert!((found - published).abs() <= 5e-4, "{found} {published}");
}

#[test]
fn customers_of_cdnow_are_those_counted_in_another_way() {
    let Some(text) = cdnow() else {
        return;
    };
    let lines = read_csv(text.as_bytes()).unwrap();
    let found = recognise(&lines).unwrap();
    let columns = &found.columns;
    assert_eq!(
        (columns.customer.as_str(), columns.date.as_str()),
        ("customer_id", "date")
    );
    assert_eq!(
        (columns.amount.as_deref(), columns.quantity.as_deref()),
        (Some("dollar_value"), Some("number_of_cds"))
    );
    let made = per_customer(&lines, columns, &ReadOptions::default()).unwrap();
    let counts = &made.counts;
    // Counted with NumPy 2 and whole cents on the same file.
    assert_eq!((lines.n_rows(), made.table.n_rows()), (69_659, 23_570));
    assert_eq!((counts.purchases, counts.free), (69_659, 80));
    assert_eq!(counts.first.to_string(), "1997-01-01");
    assert_eq!(counts.last.to_string(), "1998-06-30");
    assert_eq!(counts.money, 2_500_315.63);
    let days = summary(&made.table, "days since last purchase");
    is_near(days.mean, 367.222);
    assert_eq!([days.q25, days.median, days.q75], [207.0, 471.0, 505.0]);
    let orders = summary(&made.table, "purchase days");
    is_near(orders.mean, 2.868);
    assert_eq!(orders.max, 171.0);
    let n_lines = summary(&made.table, "order lines");
    is_near(n_lines.mean, 2.955);
    assert_eq!(n_lines.max, 217.0);
    let money = summary(&made.table, "spending");
    is_near(money.mean, 106.080);
    assert_eq!(money.max, 13_990.93);
    let basket = summary(&made.table, "average basket");
    is_near(basket.mean, 33.116_6);
    assert_eq!(basket.max, 1_119.68);
    is_near(
        summary(&made.table, "days since first purchase").mean,
        502.093_6,
    );
    assert_eq!(made.table.columns[0].cell(0), "00001");
}

#[test]
fn a_retail_file_keeps_returns_and_lines_without_a_customer_apart() {
    let Some(path) = shared("real_kinds/10b_online_retail_lines.csv") else {
        return;
    };
    let lines = read_csv(&std::fs::read(path).unwrap()).unwrap();
    let columns = recognise(&lines).unwrap().columns;
    assert_eq!(columns.invoice.as_deref(), Some("InvoiceNo"));
    assert_eq!(columns.article.as_deref(), Some("StockCode"));
    assert_eq!(
        (columns.amount.as_deref(), columns.price.as_deref()),
        (None, Some("UnitPrice"))
    );
    let made = per_customer(&lines, &columns, &ReadOptions::default()).unwrap();
    let counts = &made.counts;
    // Counted with Python's csv and whole cents on the same file.
    assert_eq!((lines.n_rows(), counts.no_customer), (1_150, 246));
    assert_eq!(
        (counts.customers, counts.purchases, counts.returns),
        (88, 842, 62)
    );
    assert_eq!((counts.money, counts.returned), (75_615.08, 4_888.16));
    assert_eq!(counts.last.to_string(), "2010-12-28");
    let number = |name: &str| made.table.column(name).unwrap().numbers[0];
    assert_eq!(made.table.columns[0].cell(0), "12300");
    let names = [
        "order lines",
        "invoices",
        "spending",
        "days since last purchase",
        "articles",
    ];
    assert_eq!(names.map(number), [11.0, 4.0, 1_148.54, 4.0, 6.0]);
}

const LINES: &str = "Kundennummer;Bestelldatum;Betrag;Ort
7;01.02.2024;5,50;Bonn
7;03.02.2024;4,25;Köln
8;13.02.2024;3,00;=1+1
8;13.02.2024;-1,00;Bonn
9;20.02.2024;2,00;Bonn
;20.02.2024;2,00;Bonn
10;21.02.2024;9,00;Bonn
10;22.02.2024;8,00;Bonn
11;23.02.2024;7,00;Bonn
11;24.02.2024;7,50;Bonn
";

fn import(options: &ReadOptions) -> Result<(Engine, Dataset), EngineError> {
    let mut engine = Engine::default();
    let dataset = engine.import("b.csv", &mut LINES.as_bytes(), options, &mut |_, _| ())?;
    Ok((engine, dataset))
}

#[test]
fn customers_are_a_reading_of_the_file_that_is_undone_saved_and_opened_again() {
    let (_, lines) = import(&ReadOptions::default()).unwrap();
    let orders = lines.orders.clone().unwrap();
    assert_eq!((lines.n_rows, orders.lines, orders.customers), (10, 10, 5));
    let mut reading = lines.reading.clone();
    reading.orders = Some(orders.columns);
    let (mut engine, customers) = import(&reading).unwrap();
    assert_eq!((customers.n_rows, customers.format.delimiter), (5, ';'));
    let before = Session::for_dataset(&lines);
    let known = Known {
        before: Some(&lines),
        ..Known::of(&customers)
    };
    let session = apply(&before, &Decision::ReadAgain(reading.clone()), &known).unwrap();
    check(&session, &customers).unwrap();
    assert!(session.needs_reading(&before));
    assert!(session.features().iter().any(|it| it.name() == "spending"));
    // And back.
    let known = Known {
        before: Some(&customers),
        ..Known::of(&lines)
    };
    let back = apply(
        &session,
        &Decision::ReadAgain(lines.reading.clone()),
        &known,
    )
    .unwrap();
    check(&back, &lines).unwrap();
    let mut settings = session.settings.clone();
    settings.n_clusters = Some(2);
    let session = Session {
        settings,
        ..Session::default()
    };
    let export = |engine: &mut Engine, format: Format| {
        let bytes = format.write(engine, &session, &mut |_, _| ()).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let labelled = export(&mut engine, Format::Labelled);
    assert_eq!(
        labelled.lines().filter(|it| !it.starts_with('#')).count(),
        6
    );
    let table = export(&mut engine, Format::Customers);
    assert_eq!(
        table,
        "Kundennummer;days since last purchase;purchase days;spending;average basket;order lines;days since first purchase;return lines;returned money
7;21;2;9,75;4,875;2;23;0;0
8;11;1;3,00;3;1;11;1;1
9;4;1;2,00;2;1;4;0;0
10;2;2;17,00;8,5;2;3;0;0
11;0;2;14,50;7,25;2;1;0;0
"
    );
    // The file of customers is the table, cell by cell, in the form of the file of lines.
    let again = read_csv(table.as_bytes()).unwrap();
    let made = engine.table().unwrap();
    for (a, b) in made.columns.iter().zip(&again.columns) {
        assert_eq!(a.name, b.name);
        (0..5).for_each(|row| assert_eq!(a.cell(row), b.cell(row)));
    }
    let project = Project::read(export(&mut engine, Format::Project).as_bytes()).unwrap();
    let mut other = Engine::default();
    let opened = other.open_project("b.csv", &mut LINES.as_bytes(), &project, &mut |_, _| ());
    assert_eq!(opened.unwrap().0, customers);
}

#[test]
fn what_gives_no_customers_is_refused_and_the_table_stays() {
    let (mut engine, lines) = import(&ReadOptions::default()).unwrap();
    let columns = lines.orders.unwrap().columns;
    let mut refused = |change: fn(&mut seamline::table::OrderColumns)| {
        let mut columns = columns.clone();
        change(&mut columns);
        let options = ReadOptions {
            orders: Some(columns),
            ..ReadOptions::default()
        };
        let result = engine.import("b.csv", &mut LINES.as_bytes(), &options, &mut |_, _| ());
        assert_eq!(engine.table().unwrap().n_rows(), 10);
        match result {
            Err(EngineError::Orders(error)) => error,
            other => unreachable!("{other:?}"),
        }
    };
    let column = |name: &str| name.to_owned();
    assert_eq!(
        refused(|it| it.customer = "Kunde".into()),
        OrderError::UnknownColumn {
            column: column("Kunde")
        }
    );
    assert_eq!(
        refused(|it| it.amount = Some("Ort".into())),
        OrderError::NotNumbers {
            column: column("Ort")
        }
    );
    assert_eq!(
        refused(|it| it.date = "Ort".into()),
        OrderError::NoDates {
            column: column("Ort")
        }
    );
    assert_eq!(refused(|it| it.amount = None), OrderError::NoAmount);
    assert_eq!(
        refused(|it| it.until = Some("soon".into())),
        OrderError::UnknownDay {
            text: column("soon")
        }
    );
    assert_eq!(
        refused(|it| it.until = Some("2023-01-01".into())),
        OrderError::NoLines { lines: 10 }
    );
}

#[test]
fn the_command_line_says_what_it_recognised_and_counted() {
    let folder = std::env::temp_dir().join(format!("seamline-orders-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("in.csv"), LINES).unwrap();
    let run = |options: &[&str]| -> Output {
        Command::new(env!("CARGO_BIN_EXE_seamline"))
            .args([&["customers", "in.csv"], options].concat())
            .current_dir(&folder)
            .output()
            .unwrap()
    };
    let written = run(&[
        "--to",
        "out.csv",
        "--until",
        "2024-02-23",
        "--most-frequent",
        "Ort",
    ]);
    assert!(written.status.success());
    assert_eq!(
        String::from_utf8(written.stdout).unwrap(),
        "Columns: customer “Kundennummer”, date “Bestelldatum”, amount “Betrag”, most frequent “Ort”.
5 customers are made of 10 order lines, counted to 2024-02-23.
Lines from 2024-02-01 to 2024-02-24; 7 purchase lines: 38.75.
1 line without a customer left out.
1 line after 2024-02-23 left out.
1 line returned or cancelled: 1.
"
    );
    // The same by the choices that a project or the settings of a report hold.
    // What was decided about a column of the customers changes nothing of the lines.
    let settings = r#"{"reading": {"orders": {"customer": "Kundennummer", "date": "Bestelldatum", "amount": "Betrag",
        "until": "2024-02-23", "others": {"Ort": "most_frequent"}}, "kinds": {"days since last purchase": "text"}}}"#;
    std::fs::write(folder.join("settings.json"), settings).unwrap();
    let first = std::fs::read(folder.join("out.csv")).unwrap();
    let chosen = run(&["--to", "out.csv", "--settings", "settings.json"]);
    assert!(
        chosen.status.success(),
        "{}",
        String::from_utf8_lossy(&chosen.stderr)
    );
    assert_eq!(std::fs::read(folder.join("out.csv")).unwrap(), first);
    let out = std::fs::read_to_string(folder.join("out.csv")).unwrap();
    assert!(out.contains("\n8,10,1,3.00,3,1,10,1,1,=1+1\n"), "{out}");
    let refused = |options: &[&str], words: &str| {
        let output = run(options);
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && sentence.contains(words),
            "{sentence}"
        );
    };
    refused(&["--to", "out.csv", "--amount", "Ort"], "holds no numbers");
    refused(&["--to", "out.csv", "--colour", "Ort"], "usage");
    refused(&["--until", "2024-02-23"], "usage");
    for part in ["missing", "units", "kinds", "decimals", "date_forms"] {
        let value = match part {
            "missing" => r#"["9"]"#,
            "units" => r#""cm""#,
            "kinds" => r#""number""#,
            "decimals" => r#""comma""#,
            _ => r#""day_first""#,
        };
        let settings = format!(r#"{{"reading": {{"{part}": {{"Heigth": {value}}}}}}}"#);
        std::fs::write(folder.join("settings.json"), settings).unwrap();
        refused(
            &["--to", "out.csv", "--settings", "settings.json"],
            "“Heigth”",
        );
    }
    std::fs::write(folder.join("in.csv"), "a,b\n1,2\n3,4\n").unwrap();
    refused(&["--to", "out.csv"], "--customer, --date, --amount");
    std::fs::remove_dir_all(&folder).unwrap();
}
