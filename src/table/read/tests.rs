//! Small and odd files; the fast paths against the slow one.

use super::*;
use crate::table::{Header, Oddity, Role, Unreadable};

fn read(text: &str) -> Table {
    read_csv(text.as_bytes()).unwrap()
}

fn texts(table: &Table, column: usize) -> Vec<String> {
    let rows = 0..table.n_rows();
    rows.map(|row| table.columns[column].cell(row).into_owned())
        .collect()
}

#[test]
fn cells_and_lines_are_those_of_the_file() {
    let table = read("\u{feff}id,name\r\n1,\"two\nlines\"\r\n\r\n2,\"say \"\"hi\"\"\"\r\n");
    assert_eq!(texts(&table, 1), ["two\nlines", "say \"hi\""]);
    assert_eq!(table.columns[0].name, "id");
    assert_eq!(table.lines.iter().collect::<Vec<_>>(), [2, 5]);
    assert!(table.warnings.is_empty());
}

#[test]
fn ragged_rows_are_named_by_line() {
    let table = read("a,b\n1,2\n3\n4,5,6\n7,8,\n");
    assert_eq!(
        table.warnings,
        [
            Warning::Lines {
                oddity: Oddity::Short,
                count: 1,
                lines: vec![3]
            },
            Warning::Lines {
                oddity: Oddity::Long,
                count: 1,
                lines: vec![4]
            },
            Warning::MissingCells {
                count: 1,
                lines: vec![3]
            }
        ]
    );
    assert_eq!(texts(&table, 1), ["2", "", "5", "8"]);
}

#[test]
fn what_is_no_table_says_what_it_is() {
    assert_eq!(read_csv(b"").unwrap_err(), TableError::Empty);
    assert_eq!(
        read_csv(b"\xEF\xBB\xBF\n\n").unwrap_err(),
        TableError::Empty
    );
    assert_eq!(
        read_csv(b"id,income\n").unwrap_err(),
        TableError::NoRows {
            columns: vec!["id".into(), "income".into()]
        }
    );
    assert_eq!(
        read_csv(b"\x89PNG\r\n\x1a\n....").unwrap_err(),
        TableError::NotText {
            found: Some("a PNG image".into())
        }
    );
    assert_eq!(
        read_csv(b"\x00\x01\x02\x03abc").unwrap_err(),
        TableError::NotText { found: None }
    );
}

#[test]
fn text_among_numbers_is_named() {
    let table = read("income\n1\n2\n3\n4\nabc\n5\n");
    let expected = Warning::NotNumbers {
        column: "income".into(),
        count: 1,
        lines: vec![6],
        found: "abc".into(),
    };
    assert_eq!(table.warnings, [expected]);
}

#[test]
fn the_separator_is_the_one_the_rows_agree_on() {
    for (delimiter, text) in [
        (';', "a;b\n1,5;2\n3;4,5\n"),
        ('\t', "a\tb\n1\t2\n"),
        ('|', "a|b\n1|2\n"),
        (',', "a\n1\n"),
    ] {
        assert_eq!(read(text).format.delimiter, delimiter);
    }
}

#[test]
fn what_surrounds_the_rows_is_told_from_them() {
    let text = "Report\nMay\n\nid;income;share\n;(EUR);(%)\n# draft\n01;1.234,50 €;5,5%\n02;2.000,00 €;7%\n\n03;(50,00);?\nTotal;3.184,50;\n\nx;y\na;b\n";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [(text.as_bytes(), "UTF-8"), (&utf_16, "UTF-16LE")] {
        let table = read_csv(bytes).unwrap();
        assert_eq!(table.format.encoding, encoding);
        assert_eq!(
            (table.format.delimiter, table.format.header_line),
            (';', Some(4))
        );
        let names: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(names, ["id", "income (EUR)", "share (%)"]);
        assert_eq!(table.lines.iter().collect::<Vec<_>>(), [7, 8, 10]);
        assert_eq!(*table.columns[1].numbers, [1234.5, 2000.0, -50.0]);
        assert_eq!(table.columns[2].numbers[..2], [5.5, 7.0]);
        assert_eq!(table.columns[0].cell(0), "01");
        for expected in [
            Warning::TotalRow { line: 11 },
            Warning::SecondTable { line: 13 },
            Warning::HeaderRows { count: 2 },
        ] {
            assert!(table.warnings.contains(&expected), "{:?}", table.warnings);
        }
    }
}

#[test]
fn names_are_made_distinct() {
    let table = read("x,,x,\n1,2,3,\n4,5,6,\n");
    assert_eq!(
        table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>(),
        ["x", "Column 2", "x (2)"]
    );
}

fn chosen(text: &str, options: &ReadOptions) -> Table {
    read_table(&mut text.as_bytes(), options, &mut |_| ()).unwrap()
}

#[test]
fn choices_go_before_what_is_found() {
    let names = |table: &Table| -> Vec<String> {
        table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect()
    };
    let text = "2020,2021\n1,2\n3,4\n";
    let header = Some(Header::None);
    let table = chosen(
        text,
        &ReadOptions {
            header,
            ..Default::default()
        },
    );
    assert_eq!(
        (table.n_rows(), names(&table)),
        (3, vec!["Column 1".into(), "Column 2".into()])
    );
    let header = Some(Header::Line(2));
    let table = chosen(
        text,
        &ReadOptions {
            header,
            ..Default::default()
        },
    );
    assert_eq!(
        (table.n_rows(), names(&table)),
        (1, vec!["1".into(), "2".into()])
    );
    let delimiter = Some(';');
    let table = chosen(
        "a,b;c\n1,2;3\n",
        &ReadOptions {
            delimiter,
            ..Default::default()
        },
    );
    assert_eq!(names(&table), ["a,b", "c"]);
    let encoding = Some("windows-1251".into());
    let mut bytes: &[u8] = b"\xE8\xEC\xFF,b\n1,2\n";
    let options = ReadOptions {
        encoding,
        ..Default::default()
    };
    let table = read_table(&mut bytes, &options, &mut |_| ()).unwrap();
    assert_eq!(names(&table), ["имя", "b"]);
}

#[test]
fn texts_read_wrong_before_are_offered_and_repaired() {
    let text = "name,x\ndÃ©pense,1\ncafé,2\nKÃ¶ln,3\n";
    let offered = Warning::Garbled {
        count: 2,
        found: "dÃ©pense".into(),
        meant: "dépense".into(),
    };
    let table = read(text);
    assert!(table.warnings.contains(&offered), "{:?}", table.warnings);
    assert_eq!(texts(&table, 0)[0], "dÃ©pense");
    let table = chosen(
        text,
        &ReadOptions {
            repairs_texts: true,
            ..Default::default()
        },
    );
    assert_eq!(texts(&table, 0), ["dépense", "café", "Köln"]);
}

#[test]
fn some_lines_are_kept_as_they_stand() {
    let table = read("Report\n\nid;x\n1;2\n2;?\n\n3;4;5\nTotal;6\n");
    let found: Vec<_> = table
        .excerpts
        .iter()
        .map(|it| (it.line, it.row, it.text.as_str()))
        .collect();
    let expected = [
        (1, None, "Report"),
        (3, None, "id;x"),
        (4, Some(0), "1;2"),
        (5, Some(1), "2;?"),
        (7, Some(2), "3;4;5"),
        (8, None, "Total;6"),
    ];
    assert_eq!(found, expected);
}

/// Everything that can be seen of a table, numbers by their bits.
fn seen(table: &Table) -> String {
    let mut all = format!(
        "{:?} {:?} {:?}\n",
        table.format, table.warnings, table.repeated
    );
    all += format!("{:?}\n", table.lines.iter().collect::<Vec<_>>()).as_str();
    for (i, column) in table.columns.iter().enumerate() {
        let bits: Vec<u64> = column.numbers.iter().map(|x| x.to_bits()).collect();
        all += format!(
            "{} {:?} {} {} {:?} {:?} {:?}\n",
            column.name,
            column.kind,
            column.missing,
            column.distinct,
            column.not_numbers,
            column.infinite,
            column.decimal
        )
        .as_str();
        all += format!("{bits:?}\n{:?}\n", texts(table, i)).as_str();
    }
    all
}

/// A file with much of what can stand in one.
fn odd_file(rng: &mut crate::numeric::Rng) -> String {
    let delimiter = [",", ";", "\t"][rng.below(3)];
    let end = ["\n", "\r\n", "\r"][rng.below(3)];
    let width = 1 + rng.below(5);
    let kinds: Vec<usize> = (0..width).map(|_| rng.below(10)).collect();
    let mut text = if rng.below(4) == 0 {
        format!("A title{end}{end}")
    } else {
        String::new()
    };
    let names: Vec<String> = (0..width)
        .map(|i| {
            if rng.below(9) == 0 {
                String::new()
            } else {
                format!("name {i}")
            }
        })
        .collect();
    text += &(names.join(delimiter) + end);
    for row in 0..8_000 {
        let mut cell = |kind: usize| match kind {
            0 => (row + 1).to_string(),
            1 => rng.below(90).to_string(),
            2 => format!("{:.2}", rng.normal() * 1e4),
            3 => format!("{}", (rng.normal() * 100.0).round() / 10.0),
            4 => ["north", "south", "", "N/A"][rng.below(4)].to_owned(),
            5 => format!("\"say \"\"{}\"\"{delimiter}{end}x\"", rng.below(50)),
            6 => format!("{},{:02}", rng.below(5_000), rng.below(100)),
            7 => {
                if rng.below(100) == 0 {
                    ["?", "", "-", "+5", "1e3"][rng.below(5)].to_owned()
                } else {
                    rng.below(500).to_string()
                }
            }
            8 => format!("{:05}", rng.below(100_000)),
            _ => {
                if row > 7_000 && rng.below(500) == 0 {
                    "oops é".to_owned()
                } else {
                    format!("-{}", rng.below(20))
                }
            }
        };
        let mut cells: Vec<String> = kinds.iter().map(|&kind| cell(kind)).collect();
        match rng.below(400) {
            0 => {
                cells.pop();
            }
            1 => cells.push("more".into()),
            2 => cells = vec![],
            3 => cells = vec!["# a remark".into()],
            _ => {}
        }
        text += &(cells.join(delimiter) + end);
    }
    if rng.below(3) == 0 {
        text += format!("Total{}{end}", delimiter.repeat(width - 1)).as_str();
    }
    text
}

#[test]
fn the_short_ways_and_slices_read_the_same_table() {
    let mut rng = crate::numeric::Rng::new(2026);
    let mut n_numbers = 0;
    for round in 0..40 {
        let text = odd_file(&mut rng);
        let read = |is_fast, n_slice| {
            let options = ReadOptions::default();
            super::read(
                &mut text.as_bytes(),
                &options,
                Pace { is_fast, n_slice },
                &mut |_| (),
            )
            .unwrap()
        };
        let slow = read(false, SLICE);
        let fast = read(true, SLICE);
        n_numbers += fast
            .columns
            .iter()
            .filter(|it| matches!(it.cells, crate::table::Cells::Numbers(_)))
            .count();
        let expected = seen(&slow);
        for other in [fast, read(true, 977), read(false, 50_021)] {
            assert!(seen(&other) == expected, "round {round}: {}", &text[..200]);
        }
    }
    assert!(n_numbers > 20, "{n_numbers}");
}

#[test]
fn a_file_that_is_too_large_is_refused_before_a_byte_is_read() {
    struct Huge;
    impl Source for Huge {
        fn n_bytes(&self) -> usize {
            MAX_BYTES + 1
        }

        fn read(&mut self, _: std::ops::Range<usize>, _: &mut Vec<u8>) -> Result<(), Unreadable> {
            panic!("nothing is to be read");
        }
    }
    let refused = read_table(&mut Huge, &ReadOptions::default(), &mut |_| ());
    let expected = TableError::TooLarge {
        n_bytes: MAX_BYTES + 1,
        limit: MAX_BYTES,
    };
    assert_eq!(refused.unwrap_err(), expected);
}

#[test]
fn a_type_that_a_column_cannot_have_makes_it_no_identifier() {
    let patients = (0..60).map(|i| {
        let pressure = format!("{}/{}", 110 + i % 40, 60 + i % 37);
        format!("F{:05},{pressure},{}", 100 + i, 20 + i % 50)
    });
    let head = ["Fallnummer,Blutdruck,Alter".to_owned()];
    let text = head
        .into_iter()
        .chain(patients)
        .collect::<Vec<_>>()
        .join("\n");
    let roles = |options: &ReadOptions| {
        let table = chosen(&text, options);
        table.columns.iter().map(|it| it.role).collect::<Vec<_>>()
    };
    let mut options = ReadOptions::default();
    let own = roles(&options);
    assert_eq!(own[0], Role::Identifier);
    options.kinds.insert("Blutdruck".into(), ColumnKind::Number);
    assert_eq!(roles(&options), own);
    options
        .kinds
        .insert("Blutdruck".into(), ColumnKind::Identifier);
    assert_eq!(roles(&options)[..2], [Role::Ignored, Role::Identifier]);
}
