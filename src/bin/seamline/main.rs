//! The command line: the engine of the page without a browser.
//!
//! ```text
//! seamline import FILE --to OUT.csv --json INFO.json             the table as the reader understands it
//! seamline customers FILE --to OUT.csv                          one row per customer of a file of order lines
//! seamline cluster FILE --settings S.json --out R.json           compares the models; docs/report.schema.json describes the report
//! seamline cluster FILE --project P.seamline.json --out R.json   the same with the decisions made on the page
//!                  --evidence all|none|LIST                      the evidence in addition to the comparison
//! seamline help                                                  describes all of this
//! ```
//!
//! Exit status 0 means success; otherwise one sentence on standard error gives the reason.

#[cfg(not(target_arch = "wasm32"))]
mod command_line;
#[cfg(not(target_arch = "wasm32"))]
mod customers;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command_line::main()
}

// Browser tests build every binary; this one does nothing there.
#[cfg(target_arch = "wasm32")]
fn main() {}
