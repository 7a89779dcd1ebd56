//! Files of many kinds: test suites of others and our own catalogue, with their scorers.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use seamline::table::{Dialect, Record, Records, Warning, read_csv, sniff};
use serde_json::Value;
use support::shared;

/// A scorer of the shared tools, if it and Python are available.
fn scorer(name: &str) -> Option<Command> {
    let tool = shared("..")?.join("tools").join(name);
    if !tool.exists() || Command::new("python3").arg("--version").output().is_err() {
        support::skip(&format!("{} or python3", tool.display()));
        return None;
    }
    let mut command = Command::new("python3");
    command.arg(tool);
    Some(command)
}

fn passes(mut command: Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// An empty folder for the files of a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn polluted_files_are_read_as_they_were_meant() {
    let (Some(pollock), Some(mut scorer)) = (shared("pollock"), scorer("pollock_score.py")) else {
        return;
    };
    let out = folder("pollock");
    for file in files(&pollock.join("polluted_files/csv")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        Command::new(env!("CARGO_BIN_EXE_seamline"))
            .arg("import")
            .arg(&file)
            .arg("--to")
            .arg(out.join(format!("{name}_converted.csv")))
            .arg("--json")
            .arg(out.join(format!("{name}_info.json")))
            .output()
            .unwrap();
    }
    scorer.arg(&pollock).arg(&out).args([
        "--no-refusals",
        "--min-macro",
        "9.85",
        "--min-weighted",
        "9.95",
    ]);
    passes(scorer);
}

#[test]
fn every_bad_input_ends_as_the_catalogue_wants() {
    let (Some(inputs), Some(mut scorer)) = (shared("bad_inputs"), scorer("bad_inputs_check.py"))
    else {
        return;
    };
    scorer.arg(&inputs).arg(env!("CARGO_BIN_EXE_seamline"));
    passes(scorer);
}

#[test]
fn dialects_are_those_of_the_annotations() {
    let (Some(suite), Some(mut scorer)) = (shared("sniff_w3c"), scorer("sniff_score.py")) else {
        return;
    };
    let mut found = String::new();
    for file in files(&suite.join("files")) {
        let Dialect {
            delimiter, quote, ..
        } = sniff(&std::fs::read(&file).unwrap());
        let name = file.file_name().unwrap().to_string_lossy();
        for text in [&*name, "\t"] {
            found.push_str(text);
        }
        found.extend([char::from(delimiter), '\t', char::from(quote), '\n']);
    }
    let results = folder("sniff").join("results.tsv");
    std::fs::write(&results, found).unwrap();
    scorer
        .arg(suite.join("annotations.txt"))
        .arg(&results)
        .args(["--min-success", "99.5", "--max-refused", "0"]);
    passes(scorer);
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Rows as objects, like the JSON of the suites.
fn objects(bytes: &[u8], keeps_empty: bool) -> Vec<Value> {
    let table = read_csv(bytes).unwrap();
    let object = |row: usize| {
        let cells = table
            .columns
            .iter()
            .map(|column| (column.name.clone(), Value::from(column.cell(row))));
        cells
            .filter(|(_, cell)| keeps_empty || cell != "")
            .collect()
    };
    (0..table.n_rows()).map(object).collect()
}

#[test]
fn the_spectrum_is_read_cell_by_cell() {
    let Some(suite) = shared("csv-spectrum") else {
        return;
    };
    for file in files(&suite.join("csvs")) {
        let stem = file.file_stem().unwrap().to_string_lossy();
        let expected = match json(&suite.join("json").join(format!("{stem}.json"))) {
            Value::Array(rows) => rows,
            row => vec![row],
        };
        assert_eq!(
            objects(&std::fs::read(&file).unwrap(), true),
            expected,
            "{stem}"
        );
    }
}

#[test]
fn tables_on_the_web_are_read_cell_by_cell() {
    let Some(suite) = shared("csvw") else { return };
    for test in json(&suite.join("plain_expected.json"))["tests"]
        .as_array()
        .unwrap()
    {
        let file = test["file"].as_str().unwrap();
        let trimmed = |row: &Value| -> Vec<String> {
            let cells = row.as_object().unwrap().values();
            cells
                .map(|cell| cell.as_str().unwrap().trim().to_owned())
                .collect()
        };
        let found = objects(&std::fs::read(suite.join(file)).unwrap(), false);
        let found: Vec<_> = found.iter().map(trimmed).collect();
        let expected: Vec<_> = test["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(trimmed)
            .collect();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn cases_without_configuration_are_split_alike() {
    let Some(suite) = shared("papaparse") else {
        return;
    };
    let cases = json(&suite.join("cases.json"));
    // For malformed quotes and a lone CR amid LF, that library has its own rules.
    let own = |group: &str, number: usize| {
        group.starts_with("CORE") && (19..=23).contains(&number)
            || group.starts_with("PARSE") && number == 9
    };
    let has_nothing = |config: &Value| config.as_object().is_none_or(serde_json::Map::is_empty);
    let mut checked = 0;
    for group in ["CORE_PARSER_TESTS", "PARSE_TESTS"] {
        for (number, case) in cases[group].as_array().unwrap().iter().enumerate() {
            let Some(input) = case["input"]
                .as_str()
                .filter(|_| case.get("config").is_none_or(has_nothing) && !own(group, number))
            else {
                continue;
            };
            let input = input.trim_start_matches('\u{feff}').as_bytes();
            let mut records = Records::new(input, sniff(input));
            let mut record = Record::default();
            let mut found: Vec<Vec<String>> = Vec::new();
            while records.read(&mut record) {
                let cells = record
                    .iter()
                    .map(|cell| String::from_utf8_lossy(cell).into_owned());
                found.push(cells.collect());
            }
            let expected = &case["expected"]["data"];
            let mut expected: Vec<Vec<String>> = serde_json::from_value(expected.clone()).unwrap();
            // A line break at the end of the file starts no row here.
            if input.ends_with(b"\n") {
                expected.pop();
            }
            assert_eq!(found, expected, "{group} {number}: {}", case["description"]);
            checked += 1;
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn what_a_fuzzer_found_ends_in_a_table_or_in_a_sentence() {
    let Some(suite) = shared("duckdb_afl") else {
        return;
    };
    let mut all = files(&suite);
    while let Some(at) = all.iter().position(|file| file.is_dir()) {
        let folder = all.swap_remove(at);
        all.extend(files(&folder));
    }
    assert!(all.len() > 200);
    for file in all {
        if let Ok(table) = read_csv(&std::fs::read(&file).unwrap()) {
            assert!(
                table
                    .columns
                    .iter()
                    .all(|column| column.n_rows() == table.n_rows())
            );
        }
    }
}

#[test]
fn the_dirty_copy_says_what_is_wrong_with_it() {
    let Some(bytes) = support::customers("Mall_Customers_dirty.csv") else {
        return;
    };
    let table = read_csv(&bytes).unwrap();
    assert_eq!(table.n_rows(), 812);
    assert!(
        table
            .warnings
            .iter()
            .any(|it| matches!(it, Warning::EqualRows { count: 12, lines, are_identified: true } if lines.len() == 12)),
        "{:?}",
        table.warnings
    );
    assert!(
        table
            .warnings
            .iter()
            .any(|it| matches!(it, Warning::MissingCells { count: 100, lines } if lines[0] == 714)),
        "{:?}",
        table.warnings
    );
    let (_, comparison) = support::compare(&bytes, &seamline::result::Settings::default());
    assert!(comparison.n_clusters >= 2);
}
