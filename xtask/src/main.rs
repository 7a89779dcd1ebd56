//! The project's automation: `cargo xtask serve | check | test | build | bench | calibrate`.
//!
//! Needs git, rustup with cargo, and the system's package manager; installs everything else into `.tools/`.

mod bench;
mod browser;
mod budget;
mod build_name;
mod steps;
mod tools;

use std::process::ExitCode;

use crate::bench::Bench;

const USAGE: &str = "usage: cargo xtask <command>

  serve [PORT]   get the tools, build the app, serve it (port 8080) and print the address
  check          the quick part of the tests: format, lints, native unit tests
  test           everything: format, lints, dependencies, docs, native tests, tests in the browser, end-to-end tests on the release build
  build          write the release build to dist/, ready for any static host; fails where it is larger than its budget
  advisories     look the dependencies up in the RustSec database (needs the network)
  bench          build, then measure the page and the models beside their peers in a real Chromium
                 (bench page: the page alone; bench models [NAME]: the models alone; bench smoke: each once, on little data;
                 --record adds the figures to docs/benchmark_history.jsonl)
  calibrate      make the figures of docs/calibration.md: how often each test on the screen is right (calibrate NAME: one section)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["serve"] => steps::serve("8080"),
        ["serve", port] => steps::serve(port),
        ["test"] => steps::test(),
        ["build"] => steps::build(),
        ["check"] => steps::check(),
        ["advisories"] => steps::deny(&["advisories"]),
        ["calibrate", names @ ..] => steps::calibrate(names),
        ["bench", rest @ ..] => {
            Bench::of(rest).map_or_else(|| Err(USAGE.to_owned()), |bench| bench.run())
        }
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
