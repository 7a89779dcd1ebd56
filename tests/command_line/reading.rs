//! How settings say that a file is to be read.

use super::{Folder, refused_with};

/// The settings make values missing as the page does.
#[test]
fn values_that_count_as_missing_leave_their_rows_out() {
    let folder = Folder::new("chosen-missing");
    let settings =
        r#"{"reading": {"missing": {"income": ["9999"]}}, "features": [{"column": "income"}]}"#;
    let output = folder.cluster("id,income\n1,10\n2,9999\n3,9999\n", settings);
    assert_eq!(output.status.code(), Some(1));
    // What was noticed comes first.
    let said = String::from_utf8(output.stderr).unwrap();
    let last = said.trim().lines().last().unwrap();
    assert!(
        last.contains("1 row") && last.contains("at least 2"),
        "{said}"
    );
}

#[test]
fn what_the_reader_would_pass_over_is_refused_with_its_name() {
    let folder = Folder::new("unknown-reading");
    let rows = "id,income\n1,10\n2,9999\n3,30\n";
    let refused = |reading: &str, words: &[&str]| {
        refused_with(
            &folder.cluster(rows, &format!(r#"{{"reading": {reading}}}"#)),
            words,
        );
    };
    refused(
        r#"{"missing": {"incme": ["9999"]}}"#,
        &["no column", "“incme”"],
    );
    refused(
        r#"{"missing": {"income": ["9999", "none"]}}"#,
        &["“none” of “income”", "no number"],
    );
    refused(r#"{"missing": {"income": ["1e999"]}}"#, &["“1e999”"]);
    refused(r#"{"lists": {"sports": ";"}}"#, &["no column", "“sports”"]);
    refused(
        r#"{"lists": {"income": "and"}}"#,
        &["“income” by “and”", "one character"],
    );
}

/// The settings split lists as the page does: their entries are columns like any other.
#[test]
fn entries_of_lists_are_features_of_the_settings() {
    let folder = Folder::new("lists");
    let sports = ["golf; chess", "chess; judo", "judo", "golf; judo; chess"];
    let row = |row: usize| format!("K{row},{},{}", 10 + row * 7 % 40, sports[row % 4]);
    let rows: Vec<String> = (0..40).map(row).collect();
    let rows = format!("id,income,sports\n{}\n", rows.join("\n"));
    let features = r#"[{"column": "income"}, {"column": "sports: golf"}]"#;
    let with = format!(
        r#"{{"reading": {{"lists": {{"sports": ";"}}}}, "features": {features}, "n_clusters": 2}}"#
    );
    let output = folder.cluster(&rows, &with);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("3 of them are columns of yes and no"),
        "{said}"
    );
    let without = format!(r#"{{"features": {features}, "n_clusters": 2}}"#);
    let output = folder.cluster(&rows, &without);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("joined by “;”: 3 entries in 40 cells"),
        "{said}"
    );
    assert!(said.contains("no column named “sports: golf”"), "{said}");
}
