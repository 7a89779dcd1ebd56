//! The file that came in, with the segments beside it.

use crate::numeric::pulse;
use crate::result::{Centres, Comparison, ModelResult, NO_SEGMENT};
use crate::table::{CsvWriter, Table};

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
/// kmeans         letter of the K-Means segment; empty where a feature has no value. kmedians or spherical_kmeans for its
///                relatives
/// hierarchical   letter of the hierarchical segment
/// gmm, gmm_p     letter of the segment of the Gaussian mixture and its probability, where it is among the models compared
/// matched        yes | no      the models compared agree
/// mismatched     yes | no      they do not
/// ```
///
/// Cells that a spreadsheet would run get an apostrophe, unless they are numbers. A name already taken gets `_2`.
pub fn labelled_csv(table: &Table, comparison: &Comparison) -> Vec<u8> {
    let mut writer = CsvWriter::default();
    for column in &table.columns {
        writer.safe_field(&column.name);
    }
    let mixture = comparison.gaussian_mixture.as_ref();
    let of_mixture: &[&str] = if mixture.is_some() {
        &["gmm", "gmm_p"]
    } else {
        &[]
    };
    let first = match comparison.settings.centres {
        Centres::Means => "kmeans",
        Centres::Medians => "kmedians",
        Centres::Directions => "spherical_kmeans",
    };
    let always = [first, "hierarchical"];
    let names = always
        .iter()
        .chain(of_mixture)
        .chain(&["matched", "mismatched"]);
    for &name in names.clone() {
        let mut free = name.to_owned();
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
        let segment = |model: &ModelResult| letter(model.labels[row] as usize);
        if comparison.k_means.labels[row] == NO_SEGMENT {
            names.clone().for_each(|_| writer.field(""));
        } else {
            writer.field(&segment(&comparison.k_means));
            writer.field(&segment(&comparison.hierarchical));
            if let Some(result) = mixture {
                writer.field(&segment(result));
                let certainty = result
                    .mixture
                    .as_ref()
                    .map_or(f64::NAN, |mixture| mixture.certainty[row]);
                writer.field(&format!("{certainty:.6}"));
            }
            let mismatched = comparison.is_mismatched(row);
            writer.field(if mismatched { "no" } else { "yes" });
            writer.field(if mismatched { "yes" } else { "no" });
        }
        writer.end_record();
    }
    writer.into_bytes()
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
