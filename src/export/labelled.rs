//! The file that came in, with the segments beside it.

use std::collections::BTreeMap;

use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::engine::Engine;
use crate::numeric::pulse;
use crate::result::{Comparison, EngineError, Progress};
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

/// Steps in which a cell is written.
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

/// All rows of the table with their original cells first, then per customer
///
/// ```text
/// kmeans, ...    for each model compared the letter of the segment; empty where a feature has no value, none for a customer that
///                belongs to no segment
/// kmeans_name, ...  where some segment was given a name: that of the segment, or else its letter
/// gmm_p, ...     how sure the model is of it, where it says so, in [0, 1]
/// matched        yes | no      the models compared agree
/// mismatched     yes | no      they do not
/// ```
///
/// Cells that a spreadsheet would run get an apostrophe, unless they are numbers. A name already taken gets `_2`.
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
    let agree = ["matched", "mismatched"].map(str::to_owned);
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
                    // A number that a name was given to may be that of no segment after another fit.
                    let name = given.get(&segment);
                    let name = name.filter(|_| !comparison.is_noise(segment));
                    writer.safe_field(name.unwrap_or(&short));
                }
                if let Some(certainty) = result.certainty.get(row) {
                    writer.field(&format!("{certainty:.6}"));
                }
            }
            let mismatched = comparison.is_mismatched(row);
            writer.field(if mismatched { "no" } else { "yes" });
            writer.field(if mismatched { "yes" } else { "no" });
        } else {
            names.iter().for_each(|_| writer.field(""));
        }
        writer.end_record();
    }
    writer.into_bytes()
}

/// What the column of a model is called: its key, but for the names that files had before models had keys.
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
