//! The input file with the segments added.

use std::collections::BTreeMap;

use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::engine::Engine;
use crate::numeric::pulse;
use crate::result::{Comparison, EngineError, Likeness, Progress};
use crate::session::Session;
use crate::table::{CsvWriter, Table};

pub(super) const ENDING: &str = "_segments.csv";
pub(super) const MEDIA_TYPE: &str = "text/csv;charset=utf-8";
pub(super) const NEEDS_RESULT: bool = true;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let comparison = engine.compare(session.fit_settings(), progress)?;
    let table = engine.table().ok_or(EngineError::NoTable)?;
    Ok(labelled_csv(table, &comparison, &session.names))
}

/// Work steps for writing a cell.
const STEPS: usize = 64;

/// The letter of a segment: A to Z, then AA, AB, ...
pub fn letter(segment: usize) -> String {
    let last = char::from(b'A' + (segment % 26) as u8);
    if segment < 26 {
        last.to_string()
    } else {
        letter(segment / 26 - 1) + &last.to_string()
    }
}

/// All rows of the table with their original cells, followed by these columns:
///
/// ```text
/// kmeans, ...    for each model compared, the letter of the segment; empty where a feature has no value, none for a customer
///                in no segment
/// kmeans_name, ...  if some segment has a name: the name, or else the letter
/// gmm_p, ...     certainty of the model, if it gives one, in [0, 1]
/// matched        yes | no      the models compared agree; empty where only one could be fitted
/// mismatched     yes | no      they do not; the same
/// element_centric  how much of the customer's segment the models share, in (0, 1]
/// ```
///
/// Cells that a spreadsheet would execute get an apostrophe, unless they are numbers. If a name is taken, `_2` is appended.
pub fn labelled_csv(
    table: &Table,
    comparison: &Comparison,
    given: &BTreeMap<u32, String>,
) -> Vec<u8> {
    let mut writer = CsvWriter::default();
    for column in &table.columns {
        writer.safe_field(&column.name);
    }
    let columns: Vec<Vec<String>> = comparison
        .models
        .iter()
        .map(|result| {
            let name = column_name(result.model, comparison.settings.centres);
            let of_names = (!given.is_empty()).then(|| format!("{name}_name"));
            let certainty = (!result.certainty.is_empty()).then(|| format!("{name}_p"));
            let letters = std::iter::once(name.to_owned());
            letters.chain(of_names).chain(certainty).collect()
        })
        .collect();
    let agree = ["matched", "mismatched", "element_centric"].map(str::to_owned);
    let likeness = Likeness::of(comparison);
    let names: Vec<String> = columns.into_iter().flatten().chain(agree).collect();
    for name in &names {
        let mut free = name.clone();
        let mut copy = 2;
        while table.column(&free).is_some() {
            free = format!("{name}_{copy}");
            copy += 1;
        }
        writer.field(&free);
    }
    writer.end_record();
    for row in 0..table.n_rows() {
        pulse(STEPS * table.columns.len());
        for column in &table.columns {
            writer.safe_field(&column.cell(row));
        }
        if comparison.is_in(row) {
            for result in &comparison.models {
                let segment = result.labels[row];
                let short = if comparison.is_noise(segment) {
                    "none".to_owned()
                } else {
                    letter(segment as usize)
                };
                writer.field(&short);
                if !given.is_empty() {
                    // After another fit, a named number may be that of "no segment".
                    let name = given.get(&segment);
                    let name = name.filter(|_| !comparison.is_noise(segment));
                    writer.safe_field(name.unwrap_or(&short));
                }
                if let Some(certainty) = result.certainty.get(row) {
                    writer.field(&format!("{certainty:.6}"));
                }
            }
            let mismatched = comparison.is_mismatched(row);
            let [yes, no] = if comparison.is_alone() {
                ["", ""]
            } else {
                ["yes", "no"]
            };
            writer.field(if mismatched { no } else { yes });
            writer.field(if mismatched { yes } else { no });
            let shared = likeness.of_row(comparison, row);
            writer.field(&shared.map_or_else(String::new, |shared| format!("{shared:.6}")));
        } else {
            names.iter().for_each(|_| writer.field(""));
        }
        writer.end_record();
    }
    writer.into_bytes()
}

/// Column name of a model: its key, except for older names that files had before models had keys.
fn column_name(model: ModelKey, centres: Centres) -> &'static str {
    match (model, centres) {
        (ModelKey::K_MEANS, Centres::Means) => "kmeans",
        (ModelKey::K_MEANS, Centres::Medians) => "kmedians",
        (ModelKey::K_MEANS, Centres::Directions) => "spherical_kmeans",
        (ModelKey::GAUSSIAN_MIXTURE, _) => "gmm",
        (other, _) => other.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(
            [0, 25, 26, 27, 52].map(letter),
            ["A", "Z", "AA", "AB", "BA"]
        );
    }
}
