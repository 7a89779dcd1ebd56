//! Samples kept apart by labels that do not come from a model.

use super::samples::Packed;
use super::{Labels, NOISE, Samples};
use crate::numeric::pulse;

/// Work steps per sample.
const STEPS: usize = 16;

impl Samples {
    /// The same samples without those whose label is [`NOISE`], each distinct row once for every label that its samples have: equal
    /// samples can have different labels where these do not come from a model.
    pub fn apart_by(&self, of_samples: &[u32], n_clusters: usize) -> (Self, Labels) {
        let labelled = self.distinct_of.iter().zip(of_samples);
        let part =
            |(distinct, label): (&u32, &u32)| (u64::from(*distinct) << 32) | u64::from(*label);
        let of_parts = labelled.filter(|(_, label)| **label != NOISE).map(part);
        let of_parts: Vec<u64> = of_parts.collect();
        let mut parts = of_parts.clone();
        pulse(STEPS * parts.len());
        parts.sort_unstable();
        parts.dedup();
        let place = |part: &u64| parts.partition_point(|other| other < part);
        let distinct_of: Vec<u32> = of_parts.iter().map(|part| place(part) as u32).collect();
        let mut weights = vec![0.0; parts.len()];
        for &part in &distinct_of {
            weights[part as usize] += 1.0;
        }
        let distinct = |part: &u64| (part >> 32) as usize;
        let of_parts = |column: &Vec<f64>| parts.iter().map(|it| column[distinct(it)]).collect();
        let along_curve = self.along_curve.iter().flat_map(|&distinct| {
            let start = place(&(u64::from(distinct) << 32));
            start as u32..place(&((u64::from(distinct) + 1) << 32)) as u32
        });
        let packed = Packed {
            columns: self.columns.iter().map(of_parts).collect(),
            means: self.means.clone(),
            along_curve: along_curve.collect(),
            weights,
            distinct_of,
        };
        let labels = Labels {
            of_distinct: parts.iter().map(|part| *part as u32).collect(),
            n_clusters,
        };
        (packed.into(), labels)
    }
}
