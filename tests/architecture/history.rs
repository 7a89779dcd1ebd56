//! The benchmark history is machine-readable.

use std::path::Path;

use serde_json::Value;

#[test]
fn every_line_of_the_history_has_its_date_commit_and_figures_and_dates_ascend() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/benchmark_history.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let mut last = String::new();
    for line in text.lines() {
        let run: Value = serde_json::from_str(line).unwrap();
        let date = run["date"].as_str().unwrap().to_owned();
        assert!(date.len() == 10 && date >= last, "{line}");
        assert_eq!(run["commit"].as_str().map(str::len), Some(7), "{line}");
        assert!(run["machine"]["processor"].is_string(), "{line}");
        let figures = run["figures"].as_object().unwrap();
        assert!(
            !figures.is_empty() && figures.values().all(Value::is_number),
            "{line}"
        );
        last = date;
    }
    assert!(!last.is_empty());
}
