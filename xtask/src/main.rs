//! The project's automation: `cargo xtask serve | test | build | bench`.
//!
//! Needs git, rustup with cargo, and the system's package manager; gets everything else into `.tools/`.

mod browser;
mod build_name;
mod steps;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <command>

  serve [PORT]   get the tools, build the app, serve it (port 8080) and print the address
  test           everything: format, lints, docs, native tests, tests in the browser, end-to-end tests on the release build
  build          write the release build to dist/, ready for any static host
  bench          build, then measure the page and the models beside their peers in a real Chromium
                 (bench page: the page alone; bench models [NAME]: the models alone; bench smoke: each once, on little data)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["serve"] => steps::serve("8080"),
        ["serve", port] => steps::serve(port),
        ["test"] => steps::test(),
        ["build"] => steps::build(),
        ["bench"] => steps::bench(),
        ["bench", "page"] => steps::build().and_then(|()| steps::bench_models(&["--page"])),
        ["bench", "models"] => steps::bench_models(&["--models"]),
        ["bench", "models", name] => steps::bench_models(&["--models", name]),
        ["bench", "smoke"] => steps::bench_models(&["--smoke"]),
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
