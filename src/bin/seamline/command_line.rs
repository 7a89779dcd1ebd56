//! Maps arguments to requests, outcomes to files, and errors to sentences.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::customers::{CustomersOptions, customers};
use seamline::engine::{Engine, OpenError};
use seamline::export::{Evidence, EvidenceSet, report_bytes};
use seamline::numeric::Moments;
use seamline::result::{Dataset, EngineError, Settings};
use seamline::session::{DecisionError, Project, Session, suggested_repeats};
use seamline::table::{CsvWriter, ReadOptions, Table, TableError, Unit, Warning};
use seamline::words::reading::{no_list_separator_sentence, no_missing_value_sentence};
use seamline::words::{
    decision_sentence, error_sentence, failed_sentence, project_sentence,
    unknown_evidence_sentence, warning_sentence,
};

/// Printed by `seamline help`, and for an unknown command.
fn usage() -> String {
    let names: Vec<&str> = Evidence::ALL.iter().map(|it| it.name()).collect();
    format!(
        "usage: seamline import FILE --to OUT.csv --json INFO.json
       seamline customers FILE --to OUT.csv [--customer C] [--date C] [--amount C] [--quantity C] [--price C] [--invoice C]
                [--article C] [--until DAY] [--most-frequent C] [--sum C] [--mean C] [--settings S.json]
       seamline cluster FILE --settings S.json [--evidence all|none|LIST] --out R.json
       seamline cluster FILE --project P.seamline.json [--evidence all|none|LIST] --out R.json
       seamline help

import    writes the table as it was understood, and what was found out about the file
customers  makes one row per customer of a file of order lines, and prints what was recognised and counted
cluster   compares the models and writes a report; docs/report.schema.json describes it

--customer  and the like: the column to take in place of the recognised one; an amount, or a price with a quantity
--until     the last day that counts, such as 2024-01-31, in place of the last one in the file
--sum       and the like: a further column to summarise per customer, any number of times
--settings  the choices that shape the result, how the file is read among them; {{}} means all defaults
--project   everything that was decided on the page, on the file that it was decided about
--evidence  what is asked of the result beside the comparison, names with commas between them:
            {}
            all of it unless another list is given; what is not asked takes no time and is null in the report",
        names.join(", ")
    )
}

pub(crate) fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["help" | "--help" | "-h"] | [_, "--help" | "-h"] => {
            println!("{}", usage());
            Ok(())
        }
        ["import", file, "--to", to, "--json", json] => {
            import(file.as_ref(), to.as_ref(), json.as_ref())
        }
        ["customers", file, options @ ..] => match CustomersOptions::read(options) {
            Some(options) => customers(file.as_ref(), &options),
            None => Err(usage()),
        },
        ["cluster", file, options @ ..] => match ClusterOptions::read(options) {
            Some(options) => cluster(file.as_ref(), &options),
            None => Err(usage()),
        },
        _ => Err(usage()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The file with the decisions.
enum Decided<'a> {
    Settings(&'a Path),
    Project(&'a Path),
}

/// The options of `cluster FILE`.
struct ClusterOptions<'a> {
    decided: Decided<'a>,
    /// As typed; absent: all evidence.
    evidence: Option<&'a str>,
    out: &'a Path,
}

impl<'a> ClusterOptions<'a> {
    /// Reads the options in any order, each once; `None` if one is missing, unknown or repeated.
    fn read(words: &[&'a str]) -> Option<Self> {
        let (mut decided, mut evidence, mut out) = (None, None, None);
        for option in words.chunks(2) {
            let [name, value] = *option else {
                return None;
            };
            let is_twice = match name {
                "--settings" => decided.replace(Decided::Settings(value.as_ref())).is_some(),
                "--project" => decided.replace(Decided::Project(value.as_ref())).is_some(),
                "--evidence" => evidence.replace(value).is_some(),
                "--out" => out.replace(value.as_ref()).is_some(),
                _ => true,
            };
            if is_twice {
                return None;
            }
        }
        Some(Self {
            decided: decided?,
            evidence,
            out: out?,
        })
    }
}

fn import(file: &Path, to: &Path, json: &Path) -> Result<(), String> {
    let mut engine = Engine::default();
    let (bytes, options) = (read(file)?, ReadOptions::default());
    match engine.import(
        &file_name(file),
        &mut bytes.as_slice(),
        &options,
        &mut |_, _| (),
    ) {
        Ok(_) => {
            let table = engine
                .table()
                .ok_or_else(|| error_sentence(&EngineError::NoTable))?;
            write(to, &csv_of(table))?;
            write(json, &info(table)?)
        }
        Err(error) => {
            // Writes the columns that were read before the error.
            let columns = if let EngineError::Table(TableError::NoRows { columns }) = &error {
                columns.as_slice()
            } else {
                &[]
            };
            write(to, &normalised(columns, 0, |_, _| Cow::from("")))?;
            Err(error_sentence(&error))
        }
    }
}

/// Compares the models on a file as decided, and writes the report with the requested evidence.
fn cluster(file: &Path, options: &ClusterOptions<'_>) -> Result<(), String> {
    // An unknown name is reported before anything is read.
    let asked = options
        .evidence
        .map_or_else(|| Ok(EvidenceSet::all()), str::parse)
        .map_err(|error| unknown_evidence_sentence(&error))?;
    let mut engine = Engine::default();
    let (dataset, session) = match options.decided {
        Decided::Settings(settings) => open_settings(&mut engine, file, settings)?,
        Decided::Project(project) => open_project(&mut engine, file, project)?,
    };
    // Who chose a column as a feature has answered the remark that it is none.
    let is_answered = |warning: &&Warning| {
        matches!(warning, Warning::Remark { column, .. }
            if session.features().iter().any(|it| it.sources().contains(&column.as_str())))
    };
    for warning in dataset.warnings.iter().filter(|it| !is_answered(it)) {
        eprintln!("{}", warning_sentence(warning));
    }
    let bytes = report_bytes(&mut engine, &session, &asked, &mut |_, _| ())
        .map_err(|error| error_sentence(&error))?;
    // The result is there: nothing is fitted again.
    if let Ok(found) = engine.compare(session.fit_settings(), &mut |_, _| ()) {
        for failed in &found.failed {
            eprintln!("{}", failed_sentence(failed));
        }
    }
    write(options.out, &bytes)
}

fn open_settings(
    engine: &mut Engine,
    file: &Path,
    settings: &Path,
) -> Result<(Dataset, Session), String> {
    let (mut settings, given) = read_settings(settings)?;
    let dataset = engine
        .import(
            &file_name(file),
            &mut read(file)?.as_slice(),
            &settings.reading,
            &mut |_, _| (),
        )
        .map_err(|error| error_sentence(&error))?;
    let lines = dataset.orders.as_ref().map_or(&[][..], |it| &it.names);
    check_reading(&settings.reading, |name| {
        dataset.column(name).is_some() || lines.contains(name)
    })?;
    if given.get("models").is_none() {
        settings.models = Settings::default_models(dataset.n_rows);
    }
    if given.get("repeats").is_none() {
        settings.repeats = suggested_repeats(&dataset);
    }
    Ok((dataset, Session::of_settings(settings)))
}

/// The settings in a file, and what it says of them.
pub(super) fn read_settings(file: &Path) -> Result<(Settings, serde_json::Value), String> {
    let text = read(file)?;
    let wrong = |error| format!("{} holds no settings: {error}.", file.display());
    let settings = serde_json::from_slice(&text).map_err(wrong)?;
    let given = serde_json::from_slice(&text).map_err(wrong)?;
    Ok((settings, given))
}

/// Refuses what the reader would pass over: choices about a column that is not there, missing values that are no numbers, and entries
/// that nothing joins.
pub(super) fn check_reading(
    reading: &ReadOptions,
    is_there: impl Fn(&String) -> bool,
) -> Result<(), String> {
    let names = reading.missing.keys().chain(reading.lists.keys());
    let names = names.chain(reading.units.keys());
    let names = names.chain(reading.kinds.keys());
    let names = names.chain(reading.decimals.keys());
    let mut names = names.chain(reading.date_forms.keys());
    if let Some(name) = names.find(|name| !is_there(name)) {
        let column = name.clone();
        let error = DecisionError::UnknownColumn { column };
        return Err(decision_sentence(&error, &|_| Unit::None));
    }
    let is_number = |text: &str| text.trim().parse::<f64>().is_ok_and(f64::is_finite);
    for (column, values) in &reading.missing {
        if let Some(value) = values.iter().find(|value| !is_number(value)) {
            return Err(no_missing_value_sentence(column, value));
        }
    }
    let joins = |text: &str| text.trim_matches(' ').chars().count() == 1;
    let list = reading.lists.iter().find(|(_, text)| !joins(text));
    list.map_or(Ok(()), |(column, text)| {
        Err(no_list_separator_sentence(column, text))
    })
}

fn open_project(
    engine: &mut Engine,
    file: &Path,
    project: &Path,
) -> Result<(Dataset, Session), String> {
    let project = Project::read(&read(project)?).map_err(|error| project_sentence(&error))?;
    let (name, bytes) = (file_name(file), read(file)?);
    let opened = engine.open_project(&name, &mut bytes.as_slice(), &project, &mut |_, _| ());
    opened.map_err(|error| match error {
        OpenError::File(error) => error_sentence(&error),
        OpenError::Project(error) => project_sentence(&error),
    })
}

/// All cells of a table as CSV.
pub(super) fn csv_of(table: &Table) -> Vec<u8> {
    let columns = table.columns.iter();
    let names: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
    normalised(&names, table.n_rows(), |row, column| {
        table.columns[column].cell(row)
    })
}

/// CSV in UTF-8 with commas and a header; every cell verbatim from the file.
fn normalised<'a>(
    names: &[impl AsRef<str>],
    n_rows: usize,
    cell: impl Fn(usize, usize) -> Cow<'a, str>,
) -> Vec<u8> {
    let mut writer = CsvWriter::default();
    if names.is_empty() {
        return Vec::new();
    }
    names.iter().for_each(|name| writer.field(name.as_ref()));
    writer.end_record();
    for row in 0..n_rows {
        (0..names.len()).for_each(|column| writer.field(&cell(row, column)));
        writer.end_record();
    }
    writer.into_bytes()
}

fn info(table: &Table) -> Result<Vec<u8>, String> {
    let columns: Vec<serde_json::Value> = table
        .columns
        .iter()
        .map(|column| {
            let mut entry = serde_json::json!({ "name": column.name, "kind": column.kind, "missing": column.missing });
            let numbers = column.numbers.iter().copied().filter(|x| !x.is_nan());
            let moments = Moments::of(numbers);
            if moments.count > 0 {
                entry["mean"] = moments.mean.into();
                entry["standard_deviation"] = moments.sample_deviation().into();
            }
            entry
        })
        .collect();
    let warnings: Vec<serde_json::Value> = table
        .warnings
        .iter()
        .map(|warning| serde_json::json!({ "text": warning_sentence(warning), "details": warning }))
        .collect();
    let value = serde_json::json!({
        "encoding": table.format.encoding,
        "delimiter": table.format.delimiter,
        "quote": table.format.quote,
        "header": table.format.header,
        "rows": table.n_rows(),
        "skipped_rows": 0,
        "columns": columns,
        "warnings": warnings,
    });
    serde_json::to_vec_pretty(&value)
        .map_err(|error| format!("The description cannot be written: {error}."))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path)
        .map_err(|error| format!("{} cannot be read: {error}.", PathBuf::from(path).display()))
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes)
        .map_err(|error| format!("{} cannot be written: {error}.", path.display()))
}
