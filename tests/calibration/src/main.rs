//! Writes `docs/calibration.md`: `calibration FILE [NAME ...]` makes all experiments, or only those named, anew.

use std::process::ExitCode;

use calibration::{EXPERIMENTS, Section};

/// What stands above the first section.
const HEAD: &str = "# Calibration\n\n\
    How often each test on the screen is right, on generated data whose truth is known. `cargo xtask calibrate` makes these figures with the\n\
    functions that the page uses; `cargo xtask calibrate NAME` makes one section anew. Small forms run in every native test.\n";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_default();
    let names: Vec<String> = arguments.collect();
    let is_known = |name: &String| EXPERIMENTS.iter().any(|known| known.name == *name);
    if let Some(name) = names.iter().find(|name| !is_known(name)) {
        eprintln!("There is no experiment {name}.");
        return ExitCode::FAILURE;
    }
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let mut text = HEAD.to_owned();
    for experiment in EXPERIMENTS {
        let is_asked = names.is_empty() || names.iter().any(|name| name == experiment.name);
        let section = if is_asked {
            let section = (experiment.run)(experiment.full);
            println!("{section}");
            marked(experiment.name, &section)
        } else {
            kept(&before, experiment.name).to_owned()
        };
        text.push_str(&section);
    }
    match std::fs::write(&file, text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file} cannot be written: {error}.");
            ExitCode::FAILURE
        }
    }
}

/// Where a section begins.
fn mark(name: &str) -> String {
    format!("\n<!-- {name} -->\n")
}

fn marked(name: &str, section: &Section) -> String {
    format!("{}{section}", mark(name))
}

/// The section as it stands in the file; empty if it is not there.
fn kept<'a>(text: &'a str, name: &str) -> &'a str {
    let Some(begin) = text.find(&mark(name)) else {
        return "";
    };
    let rest = &text[begin..];
    let end = rest[1..].find("\n<!-- ").map_or(rest.len(), |at| at + 1);
    &rest[..end]
}
