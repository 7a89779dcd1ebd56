//! What of the tree hangs on chance: how far down its splits are told from chance, and whom equal distances place.

use serde::{Deserialize, Serialize};

use crate::agreement::{Contingency, best_matching};
use crate::cluster::hierarchical::{Hierarchical, HierarchicalParams};
use crate::cluster::{FitError, Samples};
use crate::engine::{Ground, Question, Step};
use crate::numeric::Matrix;
use crate::quality::{Examining, TreeSplits};
use crate::result::{EngineError, Stage};

/// With more different customers, other orders of equal distances are not tried.
const MOST_TRIED: usize = 3_000;

/// What of the tree hangs on chance; empty where no tree is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeEvidence {
    /// Its splits against chance.
    pub splits: Option<TreeSplits>,
    /// Customers that it places in another segment where equal distances are taken in another order; `None` where that was not tried.
    pub n_by_ties: Option<usize>,
}

/// What of the tree hangs on chance?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskTree;

/// The state between rounds.
#[derive(Debug, Default)]
pub struct TreeState {
    /// The orders tried.
    n_tried: usize,
    /// Whether a sample is placed elsewhere in some order.
    is_elsewhere: Vec<bool>,
    examining: Option<Examining>,
}

/// An order of samples and features in which the same tree is built again. Distances are the same, to the last digit where only the
/// samples are turned; which of equal ones comes first is not.
#[derive(Clone, Copy)]
struct Order {
    /// Every feature negated: the samples, which are sorted, come in reverse.
    is_negated: bool,
    /// The last feature first.
    is_backward: bool,
}

const ORDERS: [Order; 3] = [
    Order {
        is_negated: true,
        is_backward: false,
    },
    Order {
        is_negated: false,
        is_backward: true,
    },
    Order {
        is_negated: true,
        is_backward: true,
    },
];

impl Order {
    fn samples(self, scaled: &Matrix) -> Result<Samples, FitError> {
        let mut turned = Matrix::with_features(scaled.n_features());
        for row in scaled.rows() {
            let sign = if self.is_negated { -1.0 } else { 1.0 };
            let mut row: Vec<f64> = row.iter().map(|x| sign * x).collect();
            if self.is_backward {
                row.reverse();
            }
            turned.push_row(row);
        }
        Samples::new(&turned)
    }

    /// Whether each sample is in another segment than in the tree as it is; segments are matched as those of two models.
    fn elsewhere(
        self,
        ground: &Ground<'_>,
        tree: &Hierarchical,
        n_clusters: usize,
        params: HierarchicalParams,
    ) -> Result<Vec<bool>, FitError> {
        let samples = self.samples(&ground.prepared.scaled)?;
        let other = Hierarchical::fit(&samples, params, &mut |_| ())?;
        let before = tree.tree.cut_at_count(n_clusters)?;
        let before = before.of_samples(ground.samples);
        let after = other.tree.cut_at_count(n_clusters)?.of_samples(&samples);
        let pairs = before.iter().copied().zip(after.iter().copied());
        let contingency = Contingency::of(pairs, n_clusters, n_clusters);
        let matched = best_matching(&contingency).column_of_row;
        let is_elsewhere = |(before, after): (&u32, &u32)| {
            matched.get(*before as usize).copied().flatten() != Some(*after as usize)
        };
        Ok(before.iter().zip(&after).map(is_elsewhere).collect())
    }
}

impl Question for AskTree {
    type Answer = TreeEvidence;
    type State = TreeState;
    const STAGE: Stage = Stage::Judging;

    fn step(
        &self,
        state: &mut TreeState,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<TreeEvidence>, EngineError> {
        let settings = &ground.comparison.settings;
        let found = ground.fits.tree(settings).and_then(|(model, tree)| {
            let result = ground.comparison.result(model)?;
            Some((tree, result.numbers.len()))
        });
        let Some((tree, n_clusters)) = found else {
            return Ok(Step::Done(TreeEvidence {
                splits: None,
                n_by_ties: None,
            }));
        };
        let (samples, params) = (ground.samples, settings.hierarchical);
        let is_tried = samples.n_distinct() <= MOST_TRIED;
        // Backward is no other order of one feature.
        let mut orders = ORDERS.iter();
        let order = orders
            .by_ref()
            .filter(|it| samples.n_features() > 1 || !it.is_backward)
            .nth(state.n_tried);
        if let (Some(order), true) = (order, is_tried) {
            progress(0.0);
            let elsewhere = order.elsewhere(ground, tree, n_clusters, params)?;
            state.is_elsewhere.resize(elsewhere.len(), false);
            let pairs = state.is_elsewhere.iter_mut().zip(elsewhere);
            pairs.for_each(|(is, now)| *is |= now);
            state.n_tried += 1;
            return Ok(Step::Unfinished);
        }
        let examining = &mut state.examining;
        let examining = examining.get_or_insert_with(|| Examining::new(params, settings.seed));
        let splits = examining.go_on(tree, samples, progress)?;
        let elsewhere = || state.is_elsewhere.iter().filter(|is| **is).count();
        Ok(splits.map_or(Step::Unfinished, |splits| {
            Step::Done(TreeEvidence {
                splits: Some(splits),
                n_by_ties: is_tried.then(elsewhere),
            })
        }))
    }
}
