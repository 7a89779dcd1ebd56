#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fmt::Write as _;

use super::*;
use crate::numeric::Rng;
use crate::table::{ColumnKind, ReadOptions, Role, Table, Warning, read_table};

const N: usize = 240;

/// Cells of lists: every entry with a chance of its own, in the order of the form or in any.
fn lists(entries: &[&str], join: &str, is_ordered: bool, seed: u64) -> Vec<String> {
    let mut rng = Rng::new(seed);
    let cell = |_| {
        let mut own: Vec<&str> = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            if rng.below(10) < 3 + place % 4 {
                own.push(entry);
            }
        }
        if own.is_empty() {
            own.push(entries[rng.below(entries.len())]);
        }
        if !is_ordered {
            for last in (1..own.len()).rev() {
                own.swap(last, rng.below(last + 1));
            }
        }
        own.join(join)
    };
    (0..N).map(cell).collect()
}

/// Cells of parts with a place of their own.
fn parts(of: &[&[&str]], join: &str, seed: u64) -> Vec<String> {
    let mut rng = Rng::new(seed);
    let one = |rng: &mut Rng, from: &[&str]| from[rng.below(from.len())].to_owned();
    let cell = |_| {
        let own: Vec<String> = of.iter().map(|from| one(&mut rng, from)).collect();
        own.join(join)
    };
    (0..N).map(cell).collect()
}

fn any_of(values: &[&str], seed: u64) -> Vec<String> {
    parts(&[values], "", seed)
}

fn table_of(name: &str, cells: &[String], options: &ReadOptions) -> Table {
    let mut text = format!("id\tspend\t{name}\n");
    for (row, cell) in cells.iter().enumerate() {
        let cell = cell.replace('"', "\"\"");
        writeln!(text, "K{row:04}\t{}\t\"{cell}\"", 10 + row * 37 % 101).unwrap();
    }
    let options = ReadOptions {
        delimiter: Some('\t'),
        ..options.clone()
    };
    read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap()
}

fn remark_in(table: &Table) -> Option<Remark> {
    table.warnings.iter().find_map(|warning| match warning {
        Warning::Remark { about, .. } if matches!(about, Remark::Lists { .. }) => {
            Some(about.clone())
        }
        _ => None,
    })
}

fn separator_in(cells: &[String]) -> Option<String> {
    let table = table_of("things", cells, &ReadOptions::default());
    match remark_in(&table)? {
        Remark::Lists { separator, .. } => Some(separator),
        _ => None,
    }
}

const SPORTS: [&str; 8] = [
    "football", "tennis", "swimming", "chess", "yoga", "golf", "running", "judo",
];

#[test]
fn lists_are_known_whatever_joins_their_entries() {
    let german = ["Fußball", "Wandern", "Kochen", "Lesen", "Gärtnern"];
    let french = ["Lecture", "Randonnée", "Cuisine", "Théâtre"];
    let spanish = ["Música", "Fútbol", "Cocina", "Viajes", "Cine", "Baile"];
    let italian = ["Cucina italiana", "Calcio", "Viaggi", "Lettura"];
    let many: Vec<String> = (0..40).map(|i| format!("tag {i}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (entries, join, sign) in [
        (&SPORTS[..], "; ", ";"),
        (&SPORTS[..3], ";", ";"),
        (&SPORTS[..2], ";", ";"),
        (&SPORTS[..3], ", ", ","),
        (&german[..], ", ", ","),
        (&french[..], "|", "|"),
        (&spanish[..], "/", "/"),
        (&italian[..], " + ", "+"),
        (&SPORTS[..], "\n", "\n"),
        (&many[..], ",", ","),
    ] {
        for is_ordered in [true, false] {
            for seed in 0..20 {
                let cells = lists(entries, join, is_ordered, seed);
                let found = separator_in(&cells);
                assert_eq!(found.as_deref(), Some(sign), "{entries:?} {seed}");
            }
        }
    }
}

#[test]
fn answers_of_a_form_are_lists_with_their_own_texts_and_brackets() {
    let mut cells = lists(&SPORTS, ";", true, 1);
    for (row, cell) in cells.iter_mut().enumerate() {
        cell.push(';');
        if row % 20 == 0 {
            write!(cell, "Other: my own sport {row}").unwrap();
        }
    }
    assert_eq!(separator_in(&cells).as_deref(), Some(";"));
    let quoted: Vec<String> = lists(&SPORTS, "', '", false, 2)
        .iter()
        .map(|cell| format!("['{cell}']"))
        .collect();
    let table = table_of("things", &quoted, &ReadOptions::default());
    let remark = remark_in(&table);
    let is_right = matches!(&remark, Some(Remark::Lists { entries: 8, example, .. })
        if SPORTS.contains(&example.as_str()));
    assert!(is_right, "{remark:?}");
    let codes = ["1", "2", "3", "4", "5", "6", "7", "11"];
    assert_eq!(
        separator_in(&lists(&codes, ",", true, 3)).as_deref(),
        Some(",")
    );
    // Lists that nearly all differ name nobody.
    let many: Vec<String> = (0..30).map(|i| format!("skill {i}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let table = table_of(
        "skills",
        &lists(&many, ", ", false, 4),
        &ReadOptions::default(),
    );
    assert_eq!(table.columns[2].kind, ColumnKind::Text);
    assert_eq!(table.columns[2].role, Role::Ignored);
}

#[test]
fn what_has_a_separator_for_other_reasons_is_no_list() {
    let last = [
        "Smith", "Jones", "Müller", "García", "Rossi", "Martin", "Thomas",
    ];
    let first = [
        "Ann", "Bob", "Chloé", "Thomas", "Luigi", "Eva", "Martin", "José",
    ];
    let towns = ["Berlin", "Paris", "Madrid", "Roma", "Springfield", "Wien"];
    let lands = ["Germany", "France", "España", "Italia", "Österreich"];
    let streets = [
        "Hauptstraße 5",
        "12 Rue de la Paix",
        "Calle Mayor 3",
        "Via Roma 1",
    ];
    for (what, cells) in [
        ("last, first", parts(&[&last, &first], ", ", 1)),
        ("first/last", parts(&[&first, &last], "/", 2)),
        ("town, land", parts(&[&towns, &lands], ", ", 3)),
        ("address", parts(&[&streets, &towns, &lands], ", ", 4)),
        (
            "town, region, land",
            [
                parts(&[&towns, &lands], ", ", 5),
                parts(&[&towns, &["Nord", "Süd"], &lands], ", ", 6),
                any_of(&lands, 7),
            ]
            .concat(),
        ),
        (
            "paths",
            [
                any_of(&["Home", "Garden", "Sport"], 8),
                parts(&[&["Home", "Sport"], &["Kitchen", "Bath", "Ball"]], "/", 9),
            ]
            .concat(),
        ),
        (
            "status",
            any_of(
                &["Married, children", "Married", "Single, children", "Single"],
                10,
            ),
        ),
        (
            "answers",
            any_of(
                &[
                    "Yes, often",
                    "Yes, rarely",
                    "No, never",
                    "Ja, immer",
                    "Nein",
                ],
                11,
            ),
        ),
        (
            "levels",
            any_of(&["Low", "Low/Medium", "Medium", "Medium/High", "High"], 12),
        ),
        (
            "incomes",
            any_of(
                &[
                    "Less than $10,000",
                    "$10,000 to $19,999",
                    "$20,000 to $29,999",
                    "$30,000 or more",
                ],
                13,
            ),
        ),
        (
            "category",
            any_of(&["Gold", "Silber", "Bronze", "m/w/d", "R&B"], 14),
        ),
    ] {
        assert_eq!(separator_in(&cells), None, "{what}: {}", cells[0]);
    }
}

#[test]
fn what_is_written_with_a_separator_is_no_list() {
    let numbers: Vec<String> = (0..N).map(|i| format!("{},{}", i % 7, i % 9)).collect();
    let ranges: Vec<String> = (0..N)
        .map(|i| format!("{},5 - {},5", i % 4, i % 4 + 1))
        .collect();
    let sentences: Vec<String> = (0..N)
        .map(|i| {
            format!(
                "I came on day {i}, and it was fine; we ate {} cakes, all good",
                i * 7
            )
        })
        .collect();
    let names: Vec<String> = (0..N)
        .map(|i| format!("Smith{i}; Jones{}", i * 3))
        .collect();
    let dates: Vec<String> = (0..N)
        .map(|i| format!("{:02}/{:02}/2024", i % 28 + 1, i % 12 + 1))
        .collect();
    let scores: Vec<String> = (0..N).map(|i| format!("{}/5", i % 5 + 1)).collect();
    let pressure: Vec<String> = (0..N)
        .map(|i| format!("{}/{}", 110 + i % 6 * 5, 70 + i % 5 * 5))
        .collect();
    for (what, cells) in [
        ("numbers", numbers),
        ("ranges", ranges),
        ("sentences", sentences),
        ("names", names),
        ("dates", dates),
        ("scores", scores),
        ("pressure", pressure),
    ] {
        assert_eq!(separator_in(&cells), None, "{what}: {}", cells[0]);
    }
}

fn splitting(cells: &[String], separator: &str) -> Table {
    let mut options = ReadOptions::default();
    options.lists.insert("things".into(), separator.into());
    table_of("things", cells, &options)
}

#[test]
fn each_frequent_entry_becomes_a_column_of_yes_and_no() {
    let names: Vec<String> = (10..30).map(|i| format!("e{i}")).collect();
    let entries: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut cells = lists(&entries, "; ", false, 5);
    cells[0] = String::new();
    cells[1] = ";".into();
    cells[2] = "e10; e10 ;e11".into();
    let table = splitting(&cells, ";");
    let made = &table.columns[3..];
    assert_eq!(made.len(), MOST_COLUMNS);
    // By definition, from the texts alone.
    let has = |cell: &str, entry: &str| cell.split(';').any(|it| it.trim() == entry);
    let mut counted: Vec<(usize, &str)> = entries
        .iter()
        .map(|entry| (cells.iter().filter(|cell| has(cell, entry)).count(), *entry))
        .collect();
    counted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    for (column, (_, entry)) in made.iter().zip(counted) {
        assert_eq!(column.name, format!("things: {entry}"));
        assert_eq!(
            (column.kind, column.role),
            (ColumnKind::Number, Role::Profile)
        );
        assert_eq!((column.missing, column.distinct), (1, 2));
        assert!(column.numbers[0].is_nan());
        assert_eq!(column.cell(0), "");
        for (row, cell) in cells.iter().enumerate().skip(1) {
            assert_eq!(column.numbers[row] == 1.0, has(cell, entry), "{row}");
        }
    }
    assert!(matches!(
        remark_in(&table),
        Some(Remark::Lists {
            entries: 20,
            cells: 239,
            columns: 12,
            ..
        })
    ));
}

#[test]
fn the_order_of_rows_changes_nothing_and_names_stay_apart() {
    let cells = lists(&SPORTS, "; ", false, 6);
    let mut turned = cells.clone();
    turned.reverse();
    let names =
        |table: &Table| -> Vec<String> { table.columns.iter().map(|it| it.name.clone()).collect() };
    let (one, other) = (splitting(&cells, ";"), splitting(&turned, ";"));
    assert_eq!(names(&one), names(&other));
    assert_eq!(remark_in(&one), remark_in(&other));
    for (a, b) in one.columns[3..].iter().zip(&other.columns[3..]) {
        let back: Vec<f64> = b.numbers.iter().rev().copied().collect();
        assert_eq!(*a.numbers, back);
    }
    // A column of that name is there already.
    let text = "id;things;things: a\nx;a|b;1\ny;a;0\nz;b|a;1\n";
    let mut options = ReadOptions::default();
    options.lists.insert("things".into(), "|".into());
    let table = read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap();
    assert_eq!(
        names(&table),
        ["id", "things", "things: a", "things: a (2)", "things: b"]
    );
}

#[test]
fn lists_of_what_is_no_text_and_without_entries_make_no_column() {
    let numbers: Vec<String> = (0..N).map(|i| (i % 50).to_string()).collect();
    assert_eq!(splitting(&numbers, ";").columns.len(), 3);
    let empty = vec![" ; ;".to_owned(); 9];
    assert_eq!(splitting(&empty, ";").columns.len(), 3);
}

#[test]
fn a_part_of_many_different_cells_tells_the_same() {
    let entries: Vec<String> = (0..24).map(|i| format!("e{i}")).collect();
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    let cells: Vec<String> = (0..20)
        .flat_map(|i| lists(&entries, ",", false, i))
        .collect();
    let texts: Texts = cells.iter().map(String::as_str).collect();
    let place = SEPARATORS.iter().position(|it| *it == ',').unwrap();
    for one_in in [1, 2, 5, 9] {
        let tally = Tally::of(&texts, ',', one_in);
        assert!(tally.are_lists(place));
        let share = texts.len() as f64 / one_in as f64;
        assert!((tally.cells.len() as f64 / share - 1.0).abs() < 0.25);
    }
}
