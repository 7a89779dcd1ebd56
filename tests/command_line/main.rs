//! The command line, and bad input of many kinds: one clear sentence each.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod reading;

use std::path::PathBuf;
use std::process::{Command, Output};

use seamline::engine::Engine;
use seamline::export::Format;
use seamline::session::Session;
use seamline::table::ReadOptions;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("seamline-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn seamline(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_seamline"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }

    fn import(&self, content: impl AsRef<[u8]>) -> Output {
        self.write("in.csv", content);
        self.seamline(&["import", "in.csv", "--to", "out.csv", "--json", "info.json"])
    }

    fn cluster(&self, content: impl AsRef<[u8]>, settings: &str) -> Output {
        self.write("in.csv", content);
        self.write("s.json", settings);
        self.cluster_with(&["--settings", "s.json", "--out", "r.json"])
    }

    fn cluster_with(&self, options: &[&str]) -> Output {
        self.seamline(&[&["cluster", "in.csv"], options].concat())
    }

    /// The result file, parsed.
    fn result(&self, name: &str) -> serde_json::Value {
        let result = serde_json::from_str(&self.read(name)).unwrap();
        std::fs::remove_file(self.0.join(name)).unwrap();
        result
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

#[track_caller]
fn refused_with(output: &Output, words: &[&str]) {
    let sentence = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{sentence}");
    assert_eq!(sentence.trim().lines().count(), 1, "{sentence}");
    for word in words {
        assert!(sentence.contains(word), "{word:?} is not in {sentence:?}");
    }
}

#[test]
fn import_writes_the_table_and_what_was_understood() {
    let folder = Folder::new("import");
    let output = folder.import(
        "\u{feff}CustomerID;income;note\r\n1;10.50;\"a;b\"\r\n2;NA;\"x \"\"y\"\"\"\r\n3;12;z,w\r\n",
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        folder.read("out.csv"),
        "CustomerID,income,note\n1,10.50,a;b\n2,NA,\"x \"\"y\"\"\"\n3,12,\"z,w\"\n"
    );
    let info: serde_json::Value = serde_json::from_str(&folder.read("info.json")).unwrap();
    assert_eq!(
        (info["delimiter"].as_str(), info["header"].as_bool()),
        (Some(";"), Some(true))
    );
    assert_eq!(info["columns"][0]["kind"], "identifier");
    assert_eq!(info["columns"][1]["kind"], "number");
    assert_eq!(info["columns"][1]["mean"], 11.25);
}

#[test]
fn an_empty_file_and_a_header_alone_say_so() {
    let folder = Folder::new("empty");
    refused_with(&folder.import(""), &["empty"]);
    assert_eq!(folder.read("out.csv"), "");
    refused_with(
        &folder.import("id,age,income\n"),
        &["header", "3 columns", "no rows"],
    );
    assert_eq!(folder.read("out.csv"), "id,age,income\n");
}

#[test]
fn a_picture_named_csv_is_named() {
    let folder = Folder::new("png");
    refused_with(
        &folder.import(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        &["PNG image"],
    );
}

#[test]
fn one_row_names_the_smallest_number_of_rows() {
    let folder = Folder::new("one-row");
    refused_with(
        &folder.cluster("id,income\n1,10\n", "{}"),
        &["1 row", "at least 2"],
    );
}

#[test]
fn more_segments_than_different_customers_are_refused_with_both_numbers() {
    let folder = Folder::new("distinct");
    let rows = "who,income\na,1\nb,1\nc,2\nd,2\ne,3\n";
    refused_with(
        &folder.cluster(rows, r#"{"n_clusters": 4}"#),
        &["4 segments", "3 different", "5 rows"],
    );
    refused_with(
        &folder.cluster(rows, r#"{"n_clusters": 51}"#),
        &["51 segments", "2 to 50"],
    );
    refused_with(
        &folder.cluster(
            "who,income\na,7\nb,7\nc,7\n",
            r#"{"features": [{"column": "income"}]}"#,
        ),
        &["same values"],
    );
}

#[test]
fn text_where_numbers_are_expected_is_named_with_line_and_column() {
    let folder = Folder::new("text");
    let settings = r#"{"features": [{"column": "city"}], "n_clusters": 2}"#;
    refused_with(
        &folder.cluster("income,city\n1,Oslo\n2,Rome\n3,Oslo\n", settings),
        &["city", "line 2", "Oslo"],
    );
    refused_with(
        &folder.cluster("city\nOslo\nRome\n", "{}"),
        &["number column"],
    );
    let stray = folder.import("income\n1\n2\n3\n4\nabc\n5\n");
    assert!(stray.status.success());
    assert!(folder.read("info.json").contains("“abc” on line 6"));
}

#[test]
fn ragged_rows_are_counted_and_named() {
    let folder = Folder::new("ragged");
    assert!(folder.import("a,b\n1,2\n3\n4,5,6\n").status.success());
    let info = folder.read("info.json");
    assert!(
        info.contains("1 row has fewer cells than the header") && info.contains("line 3"),
        "{info}"
    );
    assert!(
        info.contains("1 row has more cells than the header") && info.contains("line 4"),
        "{info}"
    );
    assert_eq!(folder.read("out.csv"), "a,b\n1,2\n3,\n4,5\n");
}

#[test]
fn an_identifier_is_never_clustered() {
    let folder = Folder::new("identifier");
    let settings = r#"{"features": [{"column": "CustomerID"}], "n_clusters": 2}"#;
    refused_with(
        &folder.cluster("CustomerID,income\n1,5\n2,6\n3,50\n", settings),
        &["CustomerID", "names the customers"],
    );
}

#[test]
fn settings_and_files_that_are_wrong_say_so() {
    let folder = Folder::new("settings");
    refused_with(
        &folder.cluster("a\n1\n2\n", r#"{"segments": 3}"#),
        &["s.json", "segments"],
    );
    refused_with(
        &folder.seamline(&["import", "missing.csv", "--to", "o", "--json", "j"]),
        &["missing.csv"],
    );
    assert_eq!(folder.seamline(&["dance"]).status.code(), Some(1));
}

#[test]
fn the_result_holds_what_its_schema_promises() {
    let folder = Folder::new("schema");
    let output = folder.cluster(
        "id,income\na,1\nb,2\nc,?\nd,50\ne,52\n",
        r#"{"n_clusters": 2, "scaling": "none"}"#,
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let result: serde_json::Value = serde_json::from_str(&folder.read("r.json")).unwrap();
    assert_eq!(
        result["k_means"]["labels"],
        serde_json::json!([0, 0, null, 1, 1])
    );
    assert_eq!(
        result["k_means"]["centroids_raw"],
        serde_json::json!([[1.5], [51.0]])
    );
    assert_eq!(result["k_means"]["inertia"], 2.5);
    assert_eq!(
        result["hierarchical"]["merges"][0],
        serde_json::json!([0, 1, 1.0, 2])
    );
    assert_eq!(
        result["comparison"]["contingency"],
        serde_json::json!([[2, 0], [0, 2]])
    );
    assert_eq!(result["comparison"]["matching"], serde_json::json!([0, 1]));
    let level = result["reality"]["level"].as_str().unwrap();
    assert!(
        ["clear", "weak", "none", "unjudged"].contains(&level),
        "{level}"
    );
    assert!(result["explanation"]["columns"].is_array() && !result["noise_floor"].is_null());
}

/// Two clusters and a customer between them.
const ROWS: &str = "id,x,y\na,1,2\nb,2,1\nc,1,1\nd,9,8\ne,8,9\nf,9,9\ng,5,5\nh,2,2\n";

/// The keys of evidence with content.
fn told(result: &serde_json::Value) -> Vec<&str> {
    let keys = [
        "reality",
        "noise_floor",
        "explanation",
        "profiles",
        "what_if",
        "advice",
        "cards",
        "tree",
    ];
    let told = keys.into_iter().filter(|key| !result[key].is_null());
    told.collect()
}

#[test]
fn the_evidence_is_all_or_none_or_what_is_listed() {
    let folder = Folder::new("evidence");
    let settings = r#"{"n_clusters": 2}"#;
    assert!(folder.cluster(ROWS, settings).status.success());
    let without_a_word = folder.read("r.json");
    let run = |options: &[&str]| {
        let output = folder.cluster_with(options);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    };
    let all = [
        "--settings",
        "s.json",
        "--evidence",
        "all",
        "--out",
        "r.json",
    ];
    run(&all);
    assert_eq!(folder.read("r.json"), without_a_word);
    let all = folder.result("r.json");
    assert_eq!(told(&all).len(), 8);
    for (list, expected) in [
        ("none", vec![]),
        ("noise-floor", vec!["noise_floor"]),
        ("cards,reality", vec!["reality", "cards"]),
        ("tree", vec!["tree"]),
        ("what-if, profiles", vec!["profiles", "what_if"]),
        // Advice needs the verdict.
        ("advice", vec!["reality", "advice"]),
    ] {
        // In another order.
        run(&[
            "--out",
            "r.json",
            "--evidence",
            list,
            "--settings",
            "s.json",
        ]);
        let result = folder.result("r.json");
        assert_eq!(told(&result), expected, "{list}");
        assert_eq!(result["evidence"]["asked"], serde_json::json!(expected));
        for key in ["k_means", "hierarchical", "comparison"]
            .iter()
            .chain(&expected)
        {
            assert_eq!(result[key], all[key], "{list}: {key}");
        }
    }
}

#[test]
fn evidence_that_there_is_none_of_is_named_with_all_that_there_is() {
    let folder = Folder::new("unknown-evidence");
    for (list, name) in [
        ("verdict", "“verdict”"),
        ("reality,noise_floor", "“noise_floor”"),
        ("all,reality", "“all”"),
        ("", "“”"),
        ("cards,", "“”"),
    ] {
        // Reported before the file is opened.
        refused_with(
            &folder.cluster_with(&["--settings", "s.json", "--evidence", list, "--out", "r"]),
            &[
                name,
                "all, none",
                "reality, noise-floor, explanation, profiles, what-if, advice, cards",
            ],
        );
    }
}

#[test]
fn options_that_are_missing_or_unknown_or_doubled_get_the_usage_and_help_is_no_failure() {
    let folder = Folder::new("usage");
    for options in [
        vec![],
        vec!["--out", "r.json"],
        vec!["--settings", "s.json"],
        vec!["--settings", "s.json", "--out"],
        vec!["--settings", "s.json", "--out", "r.json", "--evidence"],
        vec!["--settings", "s.json", "--project", "p", "--out", "r.json"],
        vec!["--settings", "s.json", "--out", "r.json", "--out", "r"],
        vec!["--settings", "s.json", "--out", "r.json", "--proof", "all"],
    ] {
        let output = folder.cluster_with(&options);
        assert_eq!(output.status.code(), Some(1), "{options:?}");
        assert!(output.stderr.starts_with(b"usage: seamline"), "{options:?}");
    }
    for words in [vec!["help"], vec!["--help"], vec!["cluster", "--help"]] {
        let output = folder.seamline(&words);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && output.stderr.is_empty());
        for option in [
            "--settings",
            "--project",
            "--evidence",
            "--out",
            "noise-floor",
        ] {
            assert!(said.contains(option), "{option}: {said}");
        }
    }
}

#[test]
fn the_evidence_of_a_project_is_chosen_alike_and_the_names_of_its_segments_are_told() {
    let folder = Folder::new("project-evidence");
    folder.write("in.csv", ROWS);
    let (mut engine, options) = (Engine::default(), ReadOptions::default());
    let mut bytes = ROWS.as_bytes();
    let dataset = engine.import("in.csv", &mut bytes, &options, &mut |_, _| ());
    let mut session = Session::for_dataset(&dataset.unwrap());
    session.settings.n_clusters = Some(2);
    session.names.insert(1, "Regulars".to_owned());
    let mut save = |format: Format| format.write(&mut engine, &session, &mut |_, _| ()).unwrap();
    folder.write("p.seamline.json", save(Format::Project));
    let project = ["--project", "p.seamline.json", "--out", "r.json"];
    assert!(folder.cluster_with(&project).status.success());
    // The page saves the same bytes.
    assert!(folder.read("r.json").into_bytes() == save(Format::Report));
    let all = folder.result("r.json");
    assert_eq!(all["names"], serde_json::json!({"1": "Regulars"}));
    let some = [&project[..], &["--evidence", "explanation"]].concat();
    assert!(folder.cluster_with(&some).status.success());
    let some = folder.result("r.json");
    assert_eq!(
        (told(&some), &some["names"]),
        (vec!["explanation"], &all["names"])
    );
    assert_eq!(some["explanation"], all["explanation"]);
}
