//! The labelled file opens in a spreadsheet with the settings of the country that the file is from. Skipped, loudly, where
//! LibreOffice is not installed.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use seamline::export::Format;
use seamline::session::Session;
use seamline::table::ColumnKind;
use support::german::german;
use support::{engine, skip};

/// How a German spreadsheet opens a text file: cells between semicolons (59), texts in double quotes (34), the letters of
/// windows-1252 (1), from line 1 on, no formats of columns, German (1031), quoted cells as numbers too, and numbers detected.
const GERMAN: &str = "--infilter=Text - txt - csv (StarCalc):59,34,1,1,,1031,false,true";

/// Opens a text file in a spreadsheet and saves it as a workbook; `None` where there is no spreadsheet.
fn opened_in_a_spreadsheet(text: &[u8], folder: &Path) -> Option<Vec<u8>> {
    let file = folder.join("kunden_segments.csv");
    fs::write(&file, text).unwrap();
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--convert-to", "xlsx", GERMAN, "--outdir"])
        .args([folder, &file])
        .output()
        .ok()?;
    let workbook = fs::read(folder.join("kunden_segments.xlsx"));
    assert!(workbook.is_ok(), "{output:?}");
    Some(workbook.unwrap())
}

#[test]
fn a_german_file_opens_in_a_german_spreadsheet_as_columns_with_umlauts() {
    let (mut engine_of_file, dataset) = engine("kunden.csv", &german());
    let mut session = Session::for_dataset(&dataset);
    session.settings.n_clusters = Some(2);
    let labelled = Format::Labelled
        .write(&mut engine_of_file, &session, &mut |_, _| ())
        .unwrap();
    let folder = std::env::temp_dir().join(format!("seamline-spreadsheet-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let workbook = opened_in_a_spreadsheet(&labelled, &folder);
    fs::remove_dir_all(&folder).unwrap();
    let Some(workbook) = workbook else {
        skip("the program soffice");
        return;
    };
    let (engine_of_workbook, shown) = engine("kunden.xlsx", &workbook);
    let (before, after) = (
        engine_of_file.table().unwrap(),
        engine_of_workbook.table().unwrap(),
    );
    assert_eq!(after.n_rows(), before.n_rows());
    let names: Vec<&str> = shown.columns.iter().map(|it| it.name.as_str()).collect();
    let first = [
        "Kunde", "Ort", "Umsatz", "Saldo", "Rabatt", "Telefon", "Notiz", "kmeans",
    ];
    assert_eq!(names[..8], first);
    for amounts in ["Umsatz", "Saldo"] {
        let (old, new) = (
            before.column(amounts).unwrap(),
            after.column(amounts).unwrap(),
        );
        assert_eq!(new.kind, ColumnKind::Number);
        assert_eq!(old.numbers, new.numbers, "{amounts}");
    }
    let (towns, segments) = (
        after.column("Ort").unwrap(),
        after.column("kmeans").unwrap(),
    );
    for (row, town) in ["Köln", "München", "Düsseldorf", "Jülich"]
        .iter()
        .enumerate()
    {
        assert_eq!(towns.cell(row), *town);
        assert_eq!(segments.cell(row), ["A", "B"][row % 2]);
    }
    let probability = after.column("gmm_p").unwrap();
    assert!(probability.numbers.iter().all(|p| (0.5..=1.0).contains(p)));
}
