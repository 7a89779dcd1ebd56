//! `index.html` and the app agree on the first screen.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::Path;

use seamline::demo::DemoFile;
use seamline::words::count;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let found = html.split(start.as_str()).skip(1);
    found.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn the_demo_files_are_offered_with_their_numbers_of_rows() {
    let html = read("index.html");
    let keys: Vec<&str> = DemoFile::ALL.into_iter().map(DemoFile::key).collect();
    assert_eq!(values(&html, "data-demo"), keys);
    for demo in DemoFile::ALL {
        assert_eq!(DemoFile::of_key(demo.key()), Some(demo));
        let table = String::from_utf8(demo.generate()).unwrap();
        let n_rows = table.lines().count() - 1;
        let offer = html
            .split(&format!("data-demo=\"{}\"", demo.key()))
            .nth(1)
            .unwrap();
        let said = offer.split("demo__rows\">").nth(1).unwrap();
        let said = said.split('<').next().unwrap();
        assert_eq!(said, format!("{} rows", count(n_rows)));
    }
}

#[test]
fn every_place_that_the_app_fills_or_the_script_asks_for_is_there_once() {
    let html = read("index.html");
    let ids = values(&html, "id");
    let script = read("public/boot.js");
    let app = read("src/ui/app.rs");
    let asked = script.split("part(\"").skip(1);
    let filled = app.split("within(\"").skip(1);
    let names: Vec<&str> = asked
        .chain(filled)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names.into_iter().chain(["screen", "start", "app", "file"]) {
        assert_eq!(ids.iter().filter(|id| **id == name).count(), 1, "{name}");
    }
}
