//! Files as people have them, in five languages: the role that each column has before anything is chosen, and what is said of it.
//!
//! The kinds are those of files that people dropped (identifiers that are unique, repeat or are damaged; codes, labels, scores; gaps;
//! years, postcodes, telephones; constants and copies; yes and no; header lines for programs), and some whose names only sound so.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "first_columns/amounts.rs"]
mod amounts;
#[path = "first_columns/fresh.rs"]
mod fresh;
#[path = "first_columns/kinds.rs"]
mod kinds;
#[path = "first_columns/maker.rs"]
mod maker;
mod support;

use std::fmt::Write;

use seamline::features::{Feature, Missing, Repeats};
use seamline::result::Dataset;
use seamline::table::{Column, Header, ReadOptions, Remark, Role, Warning, read_csv, read_table};

use kinds::files;
use maker::File;

/// The name of the column that a remark is about, with what it says.
fn remark(warning: &Warning) -> Option<(&str, &'static str)> {
    match warning {
        Warning::RepeatedIdentifiers { column, .. } => Some((column, "repeats")),
        Warning::Remark { column, about } => {
            let what = match about {
                Remark::DamagedIdentifiers { .. } => "damaged",
                Remark::MostlyEmpty { .. } => "empty",
                Remark::Constant { .. } => "constant",
                Remark::OneCustomer { .. } => "one customer",
                Remark::NearCopy { .. } => "copy",
                Remark::NoQuantity { .. } => "no quantity",
                Remark::MixedDecimals { .. } => "two signs",
                Remark::MixedUnits { .. } => "several units",
                Remark::Converted { .. } => "converted",
                Remark::Times { .. } => "times",
                Remark::MissingCodes { .. } => "codes",
                Remark::Lists { .. } => "lists",
            };
            Some((column, what))
        }
        _ => None,
    }
}

/// What is wrong with a file, column by column.
fn faults(file: &File) -> Vec<String> {
    let table = read_csv(file.text().as_bytes()).unwrap();
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{}: {what}", file.name));
    if table.columns.len() != file.columns.len() {
        fault(format!("{} columns", table.columns.len()));
    }
    for (own, column) in file.columns.iter().zip(&table.columns) {
        let role = column.suggested_role();
        if (own.name.as_str(), own.role) != (column.name.as_str(), role) {
            let (name, wanted) = (&own.name, own.role);
            fault(format!(
                "“{name}” wants {wanted:?}, “{}” is {role:?} ({:?})",
                column.name, column.kind
            ));
        }
        let said = table.warnings.iter().filter_map(remark);
        let mut said: Vec<&str> = said
            .filter(|(name, _)| *name == column.name)
            .map(|(_, what)| what)
            .collect();
        said.sort_unstable();
        if said != own.says {
            fault(format!(
                "“{}” says {said:?}, wants {:?}",
                own.name, own.says
            ));
        }
    }
    faults
}

#[test]
fn every_column_of_every_kind_has_its_default_role() {
    let files = files();
    assert!(files.len() >= 60, "{}", files.len());
    let faults: Vec<String> = files.iter().flat_map(faults).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// The rows of a file may stand in any order.
#[test]
fn the_order_of_rows_changes_no_role() {
    for file in files() {
        let roles = |file: &File| -> Vec<Role> {
            let table = read_csv(file.text().as_bytes()).unwrap();
            table.columns.iter().map(Column::suggested_role).collect()
        };
        let mut turned = file.clone();
        turned
            .columns
            .iter_mut()
            .for_each(|column| column.cells.reverse());
        assert_eq!(roles(&file), roles(&turned), "{}", file.name);
    }
}

/// Files of these kinds that were dropped: identifier and features.
#[test]
fn files_that_were_dropped_start_right() {
    let wanted: [(&str, &str, &[&str]); 6] = [
        (
            "10b_online_retail_lines",
            "CustomerID",
            &["Quantity", "UnitPrice"],
        ),
        (
            "16b_qualtrics_spend",
            "ResponseId Response ID",
            &[
                "Q1 How much did you spend last year?",
                "Q2 How often do you visit us in a month?",
            ],
        ),
        (
            "20_missing_codes",
            "respondent",
            &["income", "satisfaction", "visits"],
        ),
        (
            "22_few_distinct",
            "key",
            &["app", "web", "shop", "phone", "catalogue"],
        ),
        (
            "25_cosine_zero_rows",
            "customer",
            &["bread", "milk", "wine"],
        ),
        (
            "27_zero_inflated_gmm",
            "customer no",
            &["spend", "orders", "days since visit"],
        ),
    ];
    for (name, identifier, features) in wanted {
        let Some(path) = support::shared(&format!("real_kinds/{name}.csv")) else {
            continue;
        };
        let table = read_csv(&std::fs::read(path).unwrap()).unwrap();
        let of = |role: Role| -> Vec<&str> {
            let columns = table.columns.iter();
            let columns = columns.filter(|column| column.suggested_role() == role);
            columns.map(|column| column.name.as_str()).collect()
        };
        assert_eq!(of(Role::Identifier), [identifier], "{name}");
        assert_eq!(of(Role::Feature), features, "{name}");
    }
}

/// What leaving a column out keeps is what the models would get without it.
#[test]
fn each_column_says_how_many_customers_leaving_it_out_keeps() {
    let mut text = "id,a,b,c,note\n".to_owned();
    for row in 0..40 {
        let cell = |every: usize| {
            let number = (row * every + 7 % every).to_string();
            if row % every == 1 {
                String::new()
            } else {
                number
            }
        };
        writeln!(text, "K{row},{},{},{},", cell(3), cell(4), cell(10)).unwrap();
    }
    let table = read_csv(text.as_bytes()).unwrap();
    let dataset = Dataset::of("x.csv", text.len(), &ReadOptions::default(), &table);
    let features = ["a", "b", "c"].map(Feature::column);
    for missing in [Missing::LeaveOut, Missing::Median] {
        let gaps = dataset.gaps(&features, missing, Repeats::Keep);
        let kept = |features: &[Feature]| dataset.complete_rows(features, missing, Repeats::Keep);
        assert_eq!(gaps.complete, kept(&features));
        for (at, feature) in features.iter().enumerate() {
            let mut others = features.to_vec();
            others.remove(at);
            assert_eq!(
                gaps.kept_without(&feature.name()),
                Some(kept(&others)),
                "{missing:?}"
            );
        }
        assert_eq!(gaps.kept_without("note"), None);
    }
    // Cells of a column that nobody uses make no row incomplete.
    let all = table.warnings.iter().find_map(|warning| match warning {
        Warning::MissingCells { count, .. } => Some(*count),
        _ => None,
    });
    assert_eq!(
        all,
        Some(40 - dataset.complete_rows(&features, Missing::LeaveOut, Repeats::Keep))
    );
}

/// A header of several lines is said to be one, and can be chosen.
#[test]
fn several_lines_of_a_header_can_be_chosen() {
    let text = "a,b\nWhat?,How often?\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n1,2\n3,5\n4,9\n6,1\n";
    let read = |header| {
        let options = ReadOptions {
            header,
            ..ReadOptions::default()
        };
        read_table(&mut text.as_bytes(), &options, &mut |_| ()).unwrap()
    };
    let found = read(None);
    assert_eq!(found.format.names(), Header::Lines(1, 3));
    for (chosen, name, rows) in [
        (Header::Lines(1, 3), "a What?", 4),
        (Header::Lines(1, 2), "a What?", 5),
        (Header::Line(1), "a", 6),
        (Header::None, "Column 1", 7),
    ] {
        let table = read(Some(chosen));
        assert_eq!(table.format.names(), chosen);
        assert_eq!(
            (table.columns[0].name.as_str(), table.n_rows()),
            (name, rows),
            "{chosen:?}"
        );
    }
    assert_eq!(found.columns[1].name, "b How often?");
}
