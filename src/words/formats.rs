//! What can be saved, and what can be asked for in it.

use crate::export::{Evidence, Format, UnknownEvidence};

/// What is said of a kind of file.
struct FormatWords {
    name: &'static str,
    /// What it holds.
    tip: &'static str,
}

/// An arm for every kind of file.
const fn words_of(format: Format) -> FormatWords {
    match format {
        Format::Project => FormatWords {
            name: "Project",
            tip: "All your decisions, without the data, to be opened again",
        },
        Format::Labelled => FormatWords {
            name: "Rows with segments (CSV)",
            tip: "All rows of the file with their segments, in the form of the file: its separator, decimal sign and encoding",
        },
        Format::LeftOut => FormatWords {
            name: "Rows left out (CSV)",
            tip: "The rows that are in no model, with the reason: by hand, a value is missing, a repeat, outside the filters",
        },
        Format::Settings => FormatWords {
            name: "Settings of the rows (text)",
            tip: "What the rows with segments were made with: features, filters, seed, version, fingerprint of the file",
        },
        Format::Customers => FormatWords {
            name: "Customers (CSV)",
            tip: "The table without segments: one row per customer where the file holds order lines",
        },
        Format::Report => FormatWords {
            name: "Result (JSON)",
            tip: "Everything that was found, with its evidence; what the command line writes",
        },
    }
}

/// What a kind of file is called in the menu.
pub fn format_name(format: Format) -> &'static str {
    words_of(format).name
}

/// What a kind of file holds.
pub fn format_tip(format: Format) -> &'static str {
    words_of(format).tip
}

/// Why a kind of file cannot be saved before the models are compared.
pub const NO_RESULT_YET: &str = "There is nothing to save before the models are compared";

/// Why a list of evidence cannot be asked for.
pub fn unknown_evidence_sentence(error: &UnknownEvidence) -> String {
    let names: Vec<&str> = Evidence::ALL.iter().map(|it| it.name()).collect();
    format!(
        "There is no evidence named “{}”. Ask for all, none, or some of these, with commas between them: {}.",
        error.name,
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_a_name_and_an_ending_of_its_own() {
        let of = |part: fn(Format) -> &'static str| {
            let parts = Format::ALL.iter().map(|format| part(*format));
            parts.collect::<std::collections::BTreeSet<_>>().len()
        };
        let n = Format::ALL.len();
        assert_eq!(
            [of(format_name), of(format_tip), of(Format::ending)],
            [n, n, n]
        );
    }
}
