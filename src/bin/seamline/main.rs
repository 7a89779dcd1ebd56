//! The command-line twin: the engine of the page without a browser.
//!
//! ```text
//! seamline import FILE --to OUT.csv --json INFO.json             the table as it was understood
//! seamline cluster FILE --settings S.json --out R.json           the models compared; docs/report.schema.json describes the report
//! seamline cluster FILE --project P.seamline.json --out R.json   the same as it was decided on the page
//!                  --evidence all|none|LIST                      what is asked beside the comparison
//! seamline help                                                  all of this in words
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
