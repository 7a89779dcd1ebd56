//! A short mark of what a table holds, to know its file again.

use super::distinct::hash;
use super::{Cells, Table};

/// The mark of a table: 16 hexadecimal digits that depend on the names of the columns and on every cell, in their order.
///
/// Two tables with the same mark hold the same cells, or one pair in 2^64 does not. It guards against the wrong file, not against
/// a forged one.
pub fn fingerprint(table: &Table) -> String {
    let mut mark = Mark(table.n_rows() as u64);
    for column in &table.columns {
        mark.text(&column.name);
        match &column.cells {
            Cells::Texts(texts) => {
                mark.bytes(&texts.bytes);
                texts.ends.iter().for_each(|&end| mark.word(end.into()));
            }
            Cells::Numbers(form) => {
                mark.word(form.decimals().map_or(u64::MAX, u64::from));
                column.numbers.iter().for_each(|&x| mark.number(x));
                for (row, text) in form.others() {
                    mark.word(u64::from(*row));
                    mark.text(text);
                }
            }
        }
    }
    format!("{:016x}", hash(&[], mark.0))
}

/// What was seen so far.
struct Mark(u64);

impl Mark {
    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word)
            .wrapping_mul(0xFF51_AFD7_ED55_8CCD)
            .rotate_left(29);
    }

    fn number(&mut self, x: f64) {
        // NaN has many bit patterns; all of them mean a missing value.
        self.word(if x.is_nan() { u64::MAX } else { x.to_bits() });
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        self.0 = hash(bytes, self.0);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::table::read_csv;

    #[test]
    fn every_cell_and_every_name_counts_and_how_the_file_was_written_does_not() {
        let of = |text: &str| fingerprint(&read_csv(text.as_bytes()).unwrap());
        let base = of("id,name,income\n1,ann,10\n2,bob,20.5\n3,,30\n");
        assert_eq!(base.len(), 16);
        // The same cells behind another delimiter, with quotes and with other line ends.
        assert_eq!(
            base,
            of("id;name;income\r\n1;\"ann\";10\r\n2;bob;20.5\r\n3;;30\r\n")
        );
        let others = [
            "id,name,spending\n1,ann,10\n2,bob,20.5\n3,,30\n",
            "id,name,income\n1,ann,10\n2,bob,20.25\n3,,30\n",
            "id,name,income\n1,ann,10\n2,bob,20.5\n3,cat,30\n",
            "id,name,income\n1,ann,10\n3,,30\n2,bob,20.5\n",
            "id,name,income\n1,ann,10\n2,bob,20.5\n",
            "id,name,income\n1,ann,10\n2,bob,20.5\n3,,\n",
            "name,id,income\nann,1,10\nbob,2,20.5\n,3,30\n",
            "id,name,income\n1,an,10\n2,nbob,20.5\n3,,30\n",
        ];
        let mut marks: Vec<String> = others.iter().map(|text| of(text)).collect();
        marks.push(base);
        let n = marks.len();
        marks.sort();
        marks.dedup();
        assert_eq!(marks.len(), n);
    }

    #[test]
    fn one_changed_cell_of_many_is_seen_whatever_it_is() {
        let text = |changed: usize| {
            let rows = (0..2_000).map(|row| format!("{row},{}\n", usize::from(row == changed)));
            format!("id,x\n{}", rows.collect::<String>())
        };
        let mut marks: Vec<String> = (0..2_000)
            .map(|changed| fingerprint(&read_csv(text(changed).as_bytes()).unwrap()))
            .collect();
        marks.sort();
        marks.dedup();
        assert_eq!(marks.len(), 2_000);
    }
}
