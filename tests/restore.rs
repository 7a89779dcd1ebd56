//! A new engine that is given the table back has the same as the engine that read the file.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod support;

use std::collections::BTreeMap;

use std::fmt::Write;

use seamline::engine::Engine;
use seamline::export::Format;
use seamline::numeric::Rng;
use seamline::questions::{AskExplanation, Listed};
use seamline::result::{ColumnData, Dataset, ResultId, Settings};
use seamline::session::Session;
use seamline::table::{ColumnKind, Decimal, ReadOptions, Table, read_table};
use seamline::worker::{FromWorker, Outcome, Request, attach, carry_out, detach};

/// Everything in a table, with the bits of numbers.
fn seen(table: &Table) -> (String, Vec<Vec<u64>>) {
    let numbers = table.columns.iter().map(|column| {
        let bits = column.numbers.iter().map(|x| x.to_bits());
        bits.collect()
    });
    (format!("{table:?}"), numbers.collect())
}

/// The table as the page holds it, after it arrived in a message, and after it was sent to a new engine.
fn travelled(dataset: &Dataset) -> Dataset {
    let outcome = Outcome::Imported(Box::new(dataset.clone()));
    let mut sent = FromWorker::Done { job: 1, outcome };
    let arrays = detach(&mut sent);
    let head = postcard::to_allocvec(&sent).unwrap();
    let mut received: FromWorker = postcard::from_bytes(&head).unwrap();
    attach(&mut received, arrays);
    let FromWorker::Done {
        outcome: Outcome::Imported(held),
        ..
    } = received
    else {
        panic!("{received:?}");
    };
    let mut sent = *held;
    let arrays = detach(&mut sent);
    let head = postcard::to_allocvec(&sent).unwrap();
    assert!(
        head.len() < 100_000,
        "the head is small: {} bytes",
        head.len()
    );
    let mut received: Dataset = postcard::from_bytes(&head).unwrap();
    attach(&mut received, arrays);
    received
}

/// A file with many unusual contents.
fn odd_file(rng: &mut Rng) -> String {
    let delimiter = [",", ";", "\t", "|"][rng.below(4)];
    let end = ["\n", "\r\n", "\r"][rng.below(3)];
    let width = 1 + rng.below(7);
    let kinds: Vec<usize> = (0..width).map(|_| rng.below(16)).collect();
    let mut text = ["", "A title\n\n", "# made by hand\n"][rng.below(3)].replace('\n', end);
    let names: Vec<String> = (0..width)
        .map(|i| match rng.below(9) {
            0 => String::new(),
            1 => "again".to_owned(),
            _ => format!("name {i}"),
        })
        .collect();
    text += &(names.join(delimiter) + end);
    for row in 0..=rng.below(600) {
        let mut cell = |kind: usize| match kind {
            0 => (row + 1).to_string(),
            1 => rng.below(90).to_string(),
            2 => format!("{:.2}", rng.normal() * 1e4),
            3 => format!("{}", (rng.normal() * 100.0).round() / 10.0),
            4 => ["north", "south", "", "N/A"][rng.below(4)].to_owned(),
            5 => format!("\"say \"\"{}\"\"{delimiter}{end}x\"", rng.below(50)),
            6 => format!("{},{:02}", rng.below(5_000), rng.below(100)),
            7 => ["?", "", "-", "+5", "1e3", "7", "-0", "0.0"][rng.below(8)].to_owned(),
            8 => format!("{:05}", rng.below(100_000)),
            9 => format!("-{}", rng.below(20)),
            10 => ["1e999", "inf", "3", "4"][rng.below(4)].to_owned(),
            11 => ["01/02/2024", "2024-03-04", "13.05.2023", ""][rng.below(4)].to_owned(),
            12 => ["1.234", "2.500", "3.100"][rng.below(3)].to_owned(),
            13 => ["12345678901234567", "9007199254740993", "1"][rng.below(3)].to_owned(),
            14 => ["oops é", "5", "6", "7", "8", "9", "10", "11"][rng.below(8)].to_owned(),
            _ => String::new(),
        };
        let mut cells: Vec<String> = kinds.iter().map(|&kind| cell(kind)).collect();
        match rng.below(60) {
            0 => drop(cells.pop()),
            1 => cells.push("more".into()),
            2 => cells.clear(),
            3 => cells = vec!["# a remark".into()],
            _ => {}
        }
        text += &(cells.join(delimiter) + end);
    }
    if rng.below(3) == 0 {
        write!(text, "Total{}{end}", delimiter.repeat(width - 1)).unwrap();
    }
    text
}

/// Reading options, sensible or not.
fn choices(rng: &mut Rng, width: usize) -> ReadOptions {
    let kinds = [
        ColumnKind::Number,
        ColumnKind::Category,
        ColumnKind::Identifier,
        ColumnKind::Text,
    ];
    let chosen = (0..width).filter_map(|i| {
        let kind = kinds.get(rng.below(8))?;
        Some((format!("name {i}"), *kind))
    });
    ReadOptions {
        kinds: chosen.collect::<BTreeMap<_, _>>(),
        decimal: [None, None, Some(Decimal::Comma), Some(Decimal::Point)][rng.below(4)],
        repairs_texts: rng.below(2) == 0,
        ..ReadOptions::default()
    }
}

#[test]
fn a_table_comes_back_from_the_page_to_the_bit() {
    let mut rng = Rng::new(1713);
    let (mut n_read, mut n_categories) = (0, 0);
    for round in 0..400 {
        let text = odd_file(&mut rng);
        let options = choices(&mut rng, 7);
        let read = read_table(&mut text.as_bytes(), &options, &mut |_| ());
        let Ok(table) = read else { continue };
        n_read += 1;
        let is_coded = table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Category && !column.numbers.is_empty());
        n_categories += is_coded.count();
        let dataset =
            travelled(&Dataset::of("odd.csv", text.len(), &options, &table).with_unseen(&table));
        assert_eq!(
            seen(&dataset.to_table().unwrap()),
            seen(&table),
            "round {round}: {text:.300}"
        );
        // The page shows the cells of the file, including numbers that name a category.
        for (column, of_page) in table.columns.iter().zip(&dataset.columns) {
            assert_eq!(of_page.n_rows(), table.n_rows());
            for row in 0..table.n_rows() {
                assert_eq!(of_page.cell(row), column.cell(row), "round {round}");
            }
        }
    }
    assert!(
        n_read > 300 && n_categories > 50,
        "{n_read}, {n_categories}"
    );
}

#[test]
fn a_dataset_with_a_part_missing_is_not_taken_for_a_table() {
    let text = "id,a,b\n1,2,x\n2,3,y\n3,4,x\n";
    let (mut engine, dataset) = support::engine("a.csv", text.as_bytes());
    let broken: [fn(&mut Dataset); 4] = [
        |dataset| dataset.unseen = std::sync::Arc::default(),
        |dataset| dataset.n_rows = 7,
        |dataset| drop(dataset.columns.pop()),
        |dataset| dataset.columns[0].data = ColumnData::None,
    ];
    for break_it in broken {
        let mut dataset = dataset.clone();
        break_it(&mut dataset);
        assert!(dataset.to_table().is_none());
        assert!(engine.restore(&dataset).is_err());
        assert_eq!(engine.table().unwrap().n_rows(), 3, "the old table stays");
    }
}

#[test]
fn a_restored_engine_answers_as_the_one_that_read_the_file() {
    let mut rng = Rng::new(5);
    let mut text = String::from("client;revenue;visits;region\n");
    for i in 0..240 {
        let centre = f64::from(i % 3) * 40.0;
        let revenue = format!("{:.2}", centre + 6.0 * rng.normal()).replace('.', ",");
        let visits = [(i % 9).to_string(), "?".to_owned()][usize::from(i % 50 == 7)].clone();
        writeln!(text, "C{i:03};{revenue};{visits};{}", 1 + i % 4).unwrap();
    }
    text += "C001;3,00;4;2\nC001;3,00;4;2\n";
    let options = ReadOptions {
        kinds: [("region".to_owned(), ColumnKind::Category)].into(),
        ..ReadOptions::default()
    };
    let mut read = Engine::default();
    let imported = read.import(
        "customers.csv",
        &mut text.as_bytes(),
        &options,
        &mut |_, _| (),
    );
    let dataset = travelled(&imported.unwrap());
    let mut restored = Engine::default();
    // An engine drops what it knows of another table.
    let mut other = "a,b\n1,2\n3,5\n4,4\n".as_bytes();
    let imported = restored.import(
        "other.csv",
        &mut other,
        &ReadOptions::default(),
        &mut |_, _| (),
    );
    imported.unwrap();
    restored
        .compare(Settings::default(), &mut |_, _| ())
        .unwrap();
    restored.restore(&dataset).unwrap();
    assert_eq!(restored.file_stem(), "customers");
    let settings = Settings {
        reading: options,
        ..Settings::default()
    };
    let (id, result) = (ResultId(1), ResultId(1));
    let requests = [
        Request::Fit {
            id,
            settings: settings.clone(),
        },
        Request::Ask {
            result,
            question: AskExplanation.into_any(),
        },
        Request::Export {
            session: Box::new(Session {
                settings,
                ..Session::default()
            }),
            format: Format::Labelled,
        },
    ];
    for request in requests {
        let mut outcomes = [&mut read, &mut restored]
            .map(|engine| carry_out(engine, request.clone(), None, &mut |_, _| ()).unwrap());
        let bytes = outcomes.each_mut().map(|outcome| match outcome {
            Outcome::Exported(file) => std::mem::take(&mut file.bytes),
            _ => Vec::new(),
        });
        assert!(
            bytes[0] == bytes[1] && outcomes[0] == outcomes[1],
            "{request:?}"
        );
    }
}
