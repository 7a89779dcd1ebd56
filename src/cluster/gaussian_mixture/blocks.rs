//! The samples in the layout that the mixture iterates over: blocks of neighbours, four at a time.

use crate::numeric::LANES;

/// Groups of four samples per block.
pub(super) const GROUPS: usize = 32;
/// Samples per block.
pub(super) const BLOCK: usize = GROUPS * LANES;

/// Samples along a space-filling curve, in whole blocks; the last block is padded with weight 0. Few components reach a block of
/// neighbours, and the others cost next to nothing.
#[derive(Clone, Debug)]
pub struct Blocks {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) weights: Vec<f64>,
    /// Distinct sample at each position, without the padding.
    pub(super) order: Vec<u32>,
    /// Centre of each block, and the radius of a ball around it that holds the block.
    pub(super) balls: Vec<(Vec<f64>, f64)>,
}

impl Blocks {
    /// Samples feature by feature, their weights, and the order of the curve.
    pub(crate) fn new(columns: &[Vec<f64>], weights: &[f64], along_curve: &[u32]) -> Self {
        let order = along_curve.to_vec();
        let arrange = |column: &[f64], fill: f64| {
            let mut arranged = Vec::with_capacity(order.len().next_multiple_of(BLOCK));
            for order in order.chunks(BLOCK) {
                gather(column, order, &mut arranged);
            }
            arranged.resize(order.len().next_multiple_of(BLOCK), fill);
            arranged
        };
        let last = |column: &[f64]| order.last().map_or(0.0, |&i| column[i as usize]);
        let columns: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| arrange(column, last(column)))
            .collect();
        Self {
            balls: (0..order.len())
                .step_by(BLOCK)
                .map(|start| ball(&columns, start))
                .collect(),
            columns,
            weights: arrange(weights, 0.0),
            order,
        }
    }

    pub(super) fn starts(&self) -> impl Iterator<Item = usize> {
        (0..self.weights.len()).step_by(BLOCK)
    }
}

// A separate function, like every loop here: browsers switch to optimised code only at the next call of a function.
#[inline(never)]
fn gather(column: &[f64], order: &[u32], into: &mut Vec<f64>) {
    into.extend(order.iter().map(|&i| column[i as usize]));
}

/// The ball around the box of a block.
#[inline(never)]
fn ball(columns: &[Vec<f64>], start: usize) -> (Vec<f64>, f64) {
    let mut squared = 0.0;
    let centre = columns.iter().map(|column| {
        let wide = (f64::INFINITY, f64::NEG_INFINITY);
        let values = column[start..][..BLOCK].iter();
        let (least, most) = values.fold(wide, |(a, b), &x| (a.min(x), b.max(x)));
        squared += 0.25 * (most - least) * (most - least);
        f64::midpoint(least, most)
    });
    let centre = centre.collect();
    // Widened by 1e-9 to absorb rounding.
    (centre, squared.sqrt() * (1.0 + 1e-9))
}
