//! The file that came in, with the segments beside it.

use crate::analysis::{Comparison, NO_SEGMENT};
use crate::table::{CsvWriter, Table};

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
/// kmeans         letter of the K-Means segment; empty where a feature has no value
/// hierarchical   letter of the hierarchical segment
/// matched        yes | no      the models agree
/// mismatched     yes | no      they do not
/// ```
///
/// Cells that a spreadsheet would run get an apostrophe, unless they are numbers. A name already taken gets `_2`.
pub fn labelled_csv(table: &Table, comparison: &Comparison) -> Vec<u8> {
    let mut writer = CsvWriter::default();
    for column in &table.columns {
        writer.safe_field(&column.name);
    }
    for name in ["kmeans", "hierarchical", "matched", "mismatched"] {
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
        for column in &table.columns {
            writer.safe_field(column.cells.get(row));
        }
        let labels = [&comparison.k_means, &comparison.hierarchical].map(|model| model.labels[row]);
        if labels.contains(&NO_SEGMENT) {
            (0..4).for_each(|_| writer.field(""));
        } else {
            labels
                .iter()
                .for_each(|&label| writer.field(&letter(label as usize)));
            let matched = labels[0] == labels[1];
            writer.field(if matched { "yes" } else { "no" });
            writer.field(if matched { "no" } else { "yes" });
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
