//! Segments that a column of the file gives, beside those of the models.

use super::silhouettes::judge;
use crate::cluster::{NOISE, Samples};
use crate::numeric::pulse;
use crate::quality::Silhouette;
use crate::result::{EngineError, GivenError, MAX_GIVEN, Progress};
use crate::table::Table;

/// Work steps per row for reading a value.
const STEPS: usize = 64;

/// The segments of a column.
pub(super) struct Given {
    /// Segment of each customer in the models, [`NOISE`] where the cell is empty.
    pub(super) of_samples: Vec<u32>,
    /// Its silhouette, once it is measured.
    pub(super) silhouette: Option<Silhouette>,
    /// The value that each segment stands for, in ascending order; each occurs.
    pub(super) values: Vec<String>,
}

impl Given {
    /// The values of a column among the customers in the models, whose rows are given.
    pub(super) fn of(table: &Table, name: &str, rows: &[usize]) -> Result<Self, EngineError> {
        let refused = |why| EngineError::SegmentColumn {
            column: name.to_owned(),
            why,
        };
        let column = table
            .column(name)
            .ok_or_else(|| refused(GivenError::Gone))?;
        if column.distinct > MAX_GIVEN {
            return Err(refused(GivenError::TooManyValues {
                n_values: column.distinct,
            }));
        }
        pulse(STEPS * table.n_rows());
        let (codes, names) = column.codes();
        // Values that only customers outside the models have are no segments.
        let mut label_of = vec![NOISE; names.len()];
        let code = |row: &usize| codes[*row] as usize;
        for row in rows {
            if let Some(label) = label_of.get_mut(code(row)) {
                *label = 0;
            }
        }
        let occurs = label_of.iter_mut().filter(|label| **label != NOISE);
        for (label, own) in (0..).zip(occurs) {
            *own = label;
        }
        let label = |row: &usize| label_of.get(code(row)).copied().unwrap_or(NOISE);
        let of_samples = rows.iter().map(label).collect();
        let named = names.into_iter().zip(&label_of);
        let values: Vec<String> = named
            .filter(|(_, label)| **label != NOISE)
            .map(|(name, _)| name)
            .collect();
        if values.len() < 2 {
            return Err(refused(GivenError::OneValue));
        }
        Ok(Self {
            of_samples,
            silhouette: None,
            values,
        })
    }

    /// Measures its silhouette, without customers who have no value.
    pub(super) fn measure(
        &mut self,
        samples: &Samples,
        seed: u64,
        progress: &mut Progress,
    ) -> Result<(), EngineError> {
        let (apart, labels) = samples.apart_by(&self.of_samples, self.values.len());
        let judged = judge(&apart, &[&labels], seed, &mut None, progress)?;
        self.silhouette = judged.into_iter().next();
        Ok(())
    }

    /// Whether some customer has no value.
    pub(super) fn has_gaps(&self) -> bool {
        self.of_samples.contains(&NOISE)
    }
}
