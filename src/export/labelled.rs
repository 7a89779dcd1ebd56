//! The input file with the segments added, in its own form.

use std::collections::BTreeMap;

use super::cells::{as_written, put_cell};
use super::left_out::{Reasons, WHY, free_name};
use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::engine::Engine;
use crate::numeric::pulse;
use crate::questions::{AskNoiseFloor, Cause, NoiseFloor};
use crate::result::{Comparison, EngineError, Likeness, Progress, WhyOut};
use crate::session::{Placement, Session};
use crate::table::{CsvWriter, Decimal, Table, bytes_in_form_of, decimal_of, in_form_of};

pub(super) const ENDING: &str = "_segments.csv";
pub(super) const MEDIA_TYPE: &str = "text/csv";
pub(super) const NEEDS_RESULT: bool = true;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let comparison = engine.compare(session.fit_settings(), progress)?;
    let known = Labelling {
        names: session.names.clone(),
        placements: session.placements.clone(),
        noise_floor: engine.answer_about::<AskNoiseFloor>(&comparison),
    };
    let table = engine.table().ok_or(EngineError::NoTable)?;
    Ok(labelled_csv(table, &comparison, &known))
}

/// Work steps for writing a cell.
const STEPS: usize = 64;

/// What is known of segments and customers beside the models.
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    /// Names of segments.
    pub names: BTreeMap<u32, String>,
    /// Where the user puts customers, by row.
    pub placements: BTreeMap<u32, Placement>,
    /// How often customers keep their segments, if that was asked for.
    pub noise_floor: Option<NoiseFloor>,
}

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
/// mismatched     yes | no      the models compared do not agree; empty where only one could be fitted
/// element_centric  how much of the customer's segment the models share, in (0, 1]
/// keeps          if resampling was asked for: the share of the resamples in which the customer keeps its segment
/// reason         then too, of the mismatched: models | start | sample, what makes them so
/// decision       if some customer was placed by hand: the letter of the segment, or open
/// left_out       if some row is not in the models, why: by_hand | repeat | no_value | outside_filters
/// ```
///
/// Separator, quotes, line ends, encoding and decimal sign are those of the file, and so are blanks around the names of columns. Cells
/// that a spreadsheet would execute get an apostrophe, unless the reader takes them for numbers. If a name is taken, `_2` is appended.
pub fn labelled_csv(table: &Table, comparison: &Comparison, known: &Labelling) -> Vec<u8> {
    let mut writer = in_form_of(&table.format);
    for column in &table.columns {
        writer.safe_field(as_written(table, &column.name));
    }
    let names = names_added(comparison, known);
    for name in &names {
        writer.field(&free_name(table, name));
    }
    writer.end_record();
    let decimal = decimal_of(table);
    let share = |share: f64| {
        let text = format!("{share:.6}");
        match decimal {
            Decimal::Point => text,
            Decimal::Comma => text.replace('.', ","),
        }
    };
    let likeness = Likeness::of(comparison);
    let reasons = Reasons::of(table, comparison);
    for row in 0..table.n_rows() {
        pulse(STEPS * table.columns.len());
        for column in &table.columns {
            put_cell(&mut writer, column, row);
        }
        if comparison.is_in(row) {
            put_segments(&mut writer, comparison, known, row, share);
            let mismatched = comparison.is_mismatched(row);
            writer.field(match (comparison.is_alone(), mismatched) {
                (true, _) => "",
                (false, true) => "yes",
                (false, false) => "no",
            });
            let shared = likeness.of_row(comparison, row);
            writer.field(&shared.map_or_else(String::new, share));
            if let Some(floor) = &known.noise_floor {
                writer.field(&floor.keeps(row).map_or_else(String::new, share));
                writer.field(floor.cause(row).map_or("", cause_key));
            }
        } else {
            let n_behind = usize::from(!known.placements.is_empty()) + 1;
            (n_behind..names.len()).for_each(|_| writer.field(""));
        }
        if !known.placements.is_empty() {
            writer.field(&match known.placements.get(&(row as u32)) {
                Some(Placement::Segment(segment)) => letter(*segment as usize),
                Some(Placement::Open) => "open".to_owned(),
                None => String::new(),
            });
        }
        if comparison.n_left_out > 0 {
            writer.field(reasons.of_row(row).map_or("", WhyOut::key));
        }
        writer.end_record();
    }
    bytes_in_form_of(writer, &table.format)
}

fn put_segments(
    writer: &mut CsvWriter,
    comparison: &Comparison,
    known: &Labelling,
    row: usize,
    share: impl Fn(f64) -> String,
) {
    for result in &comparison.models {
        let segment = result.labels[row];
        let short = if comparison.is_noise(segment) {
            "none".to_owned()
        } else {
            letter(segment as usize)
        };
        writer.field(&short);
        if !known.names.is_empty() {
            // After another fit, a named number may be that of "no segment".
            let name = known.names.get(&segment);
            let name = name.filter(|_| !comparison.is_noise(segment));
            writer.safe_field(name.unwrap_or(&short));
        }
        if let Some(certainty) = result.certainty.get(row) {
            writer.field(&share(*certainty));
        }
    }
}

/// The names of the columns that are added.
fn names_added(comparison: &Comparison, known: &Labelling) -> Vec<String> {
    let of_models = comparison.models.iter().flat_map(|result| {
        let name = column_name(result.model, comparison.settings.centres);
        let of_names = (!known.names.is_empty()).then(|| format!("{name}_name"));
        let certainty = (!result.certainty.is_empty()).then(|| format!("{name}_p"));
        let letters = std::iter::once(name.to_owned());
        letters.chain(of_names).chain(certainty)
    });
    let mut names: Vec<String> = of_models.collect();
    let mut add = |more: &[&str]| names.extend(more.iter().map(|name| (*name).to_owned()));
    add(&["mismatched", "element_centric"]);
    if known.noise_floor.is_some() {
        add(&["keeps", "reason"]);
    }
    if !known.placements.is_empty() {
        add(&["decision"]);
    }
    if comparison.n_left_out > 0 {
        add(&[WHY]);
    }
    names
}

/// A cause as a report names it.
fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::Models => "models",
        Cause::Start => "start",
        Cause::Sample => "sample",
    }
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
