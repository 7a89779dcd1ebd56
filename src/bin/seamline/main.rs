//! The command-line twin: the engine of the page without a browser.
//!
//! ```text
//! seamline import FILE --to OUT.csv --json INFO.json      the table as it was understood
//! seamline cluster FILE --settings S.json --out R.json    both models compared; the schema is in seamline::export::Report
//! ```
//!
//! Exit status 0 means done; otherwise one sentence on standard error says why not.

#[cfg(not(target_arch = "wasm32"))]
mod command_line;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command_line::main()
}

// Tests in the browser build every binary; there is no command line there.
#[cfg(target_arch = "wasm32")]
fn main() {}
