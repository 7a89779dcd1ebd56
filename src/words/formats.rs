//! What can be saved, and what can be asked for in it.

use crate::export::{Evidence, Format, UnknownEvidence};

/// What a kind of file is called in the menu.
pub fn format_name(format: Format) -> &'static str {
    match format {
        Format::Project => "Project",
        Format::Labelled => "Rows with segments (CSV)",
        Format::Report => "Result (JSON)",
    }
}

/// What a kind of file holds.
pub fn format_tip(format: Format) -> &'static str {
    match format {
        Format::Project => "All your decisions, without the data, to be opened again",
        Format::Labelled => "All rows of the file with their segments, for spreadsheets",
        Format::Report => {
            "Everything that was found, with its evidence; what the command line writes"
        }
    }
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
