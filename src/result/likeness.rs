//! How much of a customer's segment the models share: the second witness beside the mismatched, which needs no matching of segments.

use super::Comparison;
use crate::agreement::ElementCentric;
use crate::cluster::ModelKey;
use crate::numeric::Sum;

/// The element-centric similarity of every pair of the models compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    pairs: Vec<OfPair>,
}

/// Of two models.
#[derive(Clone, Debug, PartialEq)]
struct OfPair {
    models: (ModelKey, ModelKey),
    similarity: ElementCentric,
}

impl Likeness {
    /// Of all customers in a comparison.
    pub fn of(comparison: &Comparison) -> Self {
        let models: Vec<ModelKey> = comparison.models().collect();
        let mut pairs = Vec::new();
        for (at, &first) in models.iter().enumerate() {
            for &second in &models[at + 1..] {
                let models = (first, second);
                let contingency = comparison.contingency(models, |_| true);
                pairs.push(OfPair {
                    models,
                    similarity: ElementCentric::of(&contingency, comparison.noise),
                });
            }
        }
        Self { pairs }
    }

    /// Of a customer: the mean over all pairs of models, in `(0, 1]`; `None` for a row that is in no model.
    pub fn of_row(&self, comparison: &Comparison, row: usize) -> Option<f64> {
        let label = |model: ModelKey| comparison.labels(model).get(row).copied();
        let of_pair = |pair: &OfPair| {
            let (first, second) = pair.models;
            pair.similarity.of_labels(label(first)?, label(second)?)
        };
        let all: Option<Sum> = self.pairs.iter().map(of_pair).collect();
        all.filter(|_| !self.pairs.is_empty())
            .map(|all| all.value() / self.pairs.len() as f64)
    }

    /// The mean over all customers of two models; NaN where they are not compared, or there is no customer.
    pub fn of_models(&self, first: ModelKey, second: ModelKey) -> f64 {
        let mut pairs = self.pairs.iter();
        let found = pairs.find(|pair| pair.models == (first, second));
        found.map_or(f64::NAN, |pair| pair.similarity.mean())
    }

    /// The mean over all customers and pairs of models; NaN for none.
    pub fn mean(&self) -> f64 {
        let means = self.pairs.iter().map(|pair| pair.similarity.mean());
        means.collect::<Sum>().value() / self.pairs.len() as f64
    }
}
