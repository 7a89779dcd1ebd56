//! Everything in the report.

use seamline::cluster::ModelKey;
use seamline::cluster::hierarchical::Linkage;
use seamline::explain::{Checked, GroupSummary, Rule};
use seamline::export::Report;
use seamline::features::Scaling;
use seamline::quality::{Reality, Separation};
use seamline::questions::{AdviceReport, Against, Cause, ColumnDifference, Explanation, WhatIf};
use seamline::view::Profile;

use super::{Which, Wish};
use crate::support::report;

/// All results for a file.
#[derive(Debug)]
pub struct Found {
    report: Report,
}

/// The result of one model.
#[derive(Debug)]
pub struct ModelFound {
    pub labels: Vec<u32>,
    pub sizes: Vec<usize>,
    pub centroids: Vec<Vec<f64>>,
    pub silhouette: f64,
    pub inertia: Option<f64>,
    pub cophenetic: Option<f64>,
    /// Heights of the merges, in order.
    pub heights: Vec<f64>,
    /// Logarithm of the likelihood, BIC, AIC.
    pub likelihood: Option<[f64; 3]>,
}

/// Two models compared.
#[derive(Debug)]
pub struct PairFound {
    pub n_agreeing: u64,
    pub ari: f64,
    pub ami: f64,
    pub vi: f64,
    pub fowlkes_mallows: f64,
}

/// Why a customer is in its segments.
#[derive(Debug)]
pub struct CardFound {
    pub row: usize,
    /// By model: the segment, and the silhouette there.
    pub segments: Vec<(u32, f64)>,
    pub votes: Vec<(u32, usize)>,
    pub distances: Vec<(u32, f64)>,
    pub margin: f64,
    pub posteriors: Vec<(u32, f64)>,
    /// Heights of its first merge, and of the merge that took its branch.
    pub joined: Option<[f64; 2]>,
    pub changes: Vec<ChangeFound>,
}

/// A change that makes the models agree.
#[derive(Debug)]
pub struct ChangeFound {
    /// The segment they agree on.
    pub target: u32,
    pub moves: Vec<MoveFound>,
    pub refit_agrees: Option<bool>,
}

/// A changed value.
#[derive(Debug)]
pub struct MoveFound {
    pub column: String,
    pub from: f64,
    pub to: f64,
}

/// A near-best result of single starts.
#[derive(Debug)]
pub struct OptimumFound {
    pub cost: f64,
    pub share: f64,
    /// Rows that it places in another segment.
    pub rows: Vec<usize>,
}

/// One number of segments.
#[derive(Debug)]
pub struct SweepFound {
    pub k: usize,
    pub inertia: f64,
    pub silhouette: f64,
    pub separation: Separation,
}

/// Stability of customers.
#[derive(Debug)]
pub struct NoiseFound {
    /// By model: how often each row keeps its segment.
    pub own_rates: Vec<Vec<f64>>,
    /// By model and segment.
    pub jaccard: Vec<Vec<f64>>,
    pub optima: Vec<OptimumFound>,
    /// Mismatched rows explained by chance of the sample.
    pub by_sample: Vec<usize>,
    /// All mismatched rows with a cause.
    pub caused: Vec<usize>,
}

/// A trial of other settings.
#[derive(Debug)]
pub struct TriedFound {
    pub features: Vec<String>,
    pub scaling: Scaling,
    /// The linkage of the other model; none for the mixture.
    pub linkage: Option<Linkage>,
    pub k: usize,
    pub n_mismatched: usize,
    pub n_overlap: usize,
    pub ari: f64,
    pub sizes: [Vec<usize>; 2],
    pub is_degenerate: bool,
}

impl Found {
    pub fn of(bytes: &[u8], wish: &Wish) -> Self {
        Self {
            report: report(bytes, &wish.settings()),
        }
    }

    /// The report as the command line writes it.
    pub fn json(&self) -> serde_json::Value {
        serde_json::to_value(&self.report).unwrap()
    }

    pub fn model(&self, which: Which) -> ModelFound {
        let model = self.report.model(which.model()).unwrap();
        let merges = model.merges.iter().flatten();
        let mixture = model.mixture.as_ref();
        ModelFound {
            labels: model.labels.iter().map(|label| label.unwrap()).collect(),
            sizes: model.sizes.clone(),
            centroids: model.centroids_raw.clone(),
            silhouette: model.silhouette.unwrap(),
            inertia: model.inertia,
            cophenetic: model.cophenetic,
            heights: merges.map(|merge| merge.2).collect(),
            likelihood: mixture.map(|it| [it.log_likelihood, it.bic, it.aic]),
        }
    }

    pub fn mismatched(&self) -> &[usize] {
        &self.report.comparison.mismatched_rows
    }

    pub fn mismatched_ids(&self) -> &[String] {
        &self.report.comparison.mismatched_ids
    }

    pub fn contingency(&self) -> &[Vec<u64>] {
        &self.report.comparison.contingency
    }

    pub fn agreement(&self) -> f64 {
        self.report.comparison.agreement_fraction
    }

    /// Mismatched customers for whom most models agree.
    pub fn n_with_majority(&self) -> usize {
        self.report.comparison.n_with_majority
    }

    pub fn pair(&self, first: Which, second: Which) -> PairFound {
        let mut pairs = self.report.comparison.pairs.iter();
        let pair = pairs.find(|pair| pair.models == (first.model(), second.model()));
        let pair = pair.unwrap();
        PairFound {
            n_agreeing: pair.n_agreeing,
            ari: pair.ari,
            ami: pair.ami,
            vi: pair.vi,
            fowlkes_mallows: pair.fowlkes_mallows.unwrap(),
        }
    }

    pub fn cards(&self) -> Vec<CardFound> {
        let cards = self.report.cards.iter().flatten();
        let found = cards.map(|card| CardFound {
            row: card.row,
            segments: card
                .segments
                .iter()
                .map(|placed| (placed.segment, placed.silhouette.unwrap()))
                .collect(),
            votes: card.votes.clone(),
            distances: card.distances.clone(),
            margin: card.margin,
            posteriors: card.posteriors.clone(),
            joined: card.joining.as_ref().map(|it| [it.first, it.taken_at]),
            changes: card
                .changes
                .iter()
                .map(|change| {
                    let moves = change.moves.iter().map(|step| MoveFound {
                        column: step.column.clone(),
                        from: step.from,
                        to: step.to,
                    });
                    ChangeFound {
                        target: change.target,
                        moves: moves.collect(),
                        refit_agrees: change.refit_agrees,
                    }
                })
                .collect(),
        });
        found.collect()
    }

    pub fn summary(&self, column: &str) -> &GroupSummary {
        let mut summaries = self.report.comparison.summary.iter();
        summaries.find(|it| it.column == column).unwrap()
    }

    pub fn reality(&self) -> &Reality {
        self.report.reality.as_ref().unwrap()
    }

    fn advice(&self) -> &AdviceReport {
        self.report.advice.as_ref().unwrap()
    }

    fn explanation(&self) -> &Explanation {
        self.report.explanation.as_ref().unwrap()
    }

    fn what_if(&self) -> &WhatIf {
        self.report.what_if.as_ref().unwrap()
    }

    /// Whether advice is held back by the verdict.
    pub fn hides_advice(&self) -> bool {
        self.advice().is_behind_verdict
    }

    /// By segment: customers, and the expected gain of an offer to all of them.
    pub fn gains(&self) -> Vec<(usize, f64)> {
        let advice = self.advice().segments.iter();
        advice.map(|it| (it.n, it.gain.expected)).collect()
    }

    /// The gain of the offer for one customer.
    pub fn gain_of_one(&self) -> f64 {
        let offer = self.advice().offer;
        (offer.with_offer - offer.today) * offer.margin - offer.cost
    }

    pub fn noise(&self) -> NoiseFound {
        let floor = self.report.noise_floor.as_ref().unwrap();
        let by_sample = |row: &usize| floor.cause(*row) == Some(Cause::Sample);
        let caused: Vec<usize> = floor.causes.iter().map(|(row, _)| *row).collect();
        let optima = floor.starts.iter().flat_map(|it| &it.optima);
        NoiseFound {
            own_rates: floor.models.iter().map(|it| it.own_rate.clone()).collect(),
            jaccard: {
                let of = |it: &Option<f64>| it.unwrap();
                let models = floor.models.iter();
                models
                    .map(|it| it.jaccard.iter().map(of).collect())
                    .collect()
            },
            optima: optima
                .map(|it| OptimumFound {
                    cost: it.cost,
                    share: it.share,
                    rows: it.rows.clone(),
                })
                .collect(),
            by_sample: caused.iter().copied().filter(by_sample).collect(),
            caused,
        }
    }

    pub fn sweep(&self) -> Vec<SweepFound> {
        let points = self.report.sweep.iter().flat_map(|sweep| &sweep.points);
        let found = points.map(|point| SweepFound {
            k: point.n_clusters,
            inertia: point.inertia.unwrap(),
            silhouette: point.models[&ModelKey::K_MEANS].silhouette.unwrap(),
            separation: point.models[&ModelKey::K_MEANS].separation,
        });
        found.collect()
    }

    pub fn recommended(&self) -> Option<usize> {
        {
            let sweep = self.report.sweep.as_ref().unwrap();
            sweep.overall.as_ref().map(|choice| choice.n_clusters)
        }
    }

    /// How the mismatched differ from the others by column, the one that differs most first.
    pub fn differences(&self) -> &[ColumnDifference] {
        &self.explanation().columns
    }

    pub fn rule(&self) -> Option<&Rule> {
        self.explanation().rule.as_ref()
    }

    pub fn insights(&self) -> &[Checked] {
        &self.explanation().insights
    }

    /// Rows between segments, with the probability of each.
    pub fn contested(&self) -> Vec<(usize, Vec<f64>)> {
        let contested = self.explanation().contested.iter();
        let of = |choices: &[(u32, f64)]| choices.iter().map(|(_, share)| *share).collect();
        contested.map(|it| (it.row, of(&it.choices))).collect()
    }

    pub fn tried(&self) -> Vec<TriedFound> {
        let tried = self.what_if().tried.iter();
        let found = tried.map(|it| TriedFound {
            features: it.features.clone(),
            scaling: it.scaling,
            linkage: match it.against {
                Against::Hierarchical(linkage) => Some(linkage),
                Against::GaussianMixture(_) | Against::Model(_) => None,
            },
            k: it.n_clusters,
            n_mismatched: it.n_mismatched,
            n_overlap: it.n_overlap,
            ari: it.ari,
            sizes: [it.sizes.clone(), it.sizes_against.clone()],
            is_degenerate: it.is_degenerate,
        });
        found.collect()
    }

    /// Number of customers tried, number mismatched now, and how often each row is mismatched in the trials.
    pub fn tried_on(&self) -> (usize, usize, Vec<(usize, usize)>) {
        let what_if = self.what_if();
        (what_if.n_customers, what_if.n_today, what_if.times.clone())
    }

    pub fn profiles(&self, which: Which) -> &[Profile] {
        let mut profiles = self.report.profiles.iter().flatten();
        let found = profiles.find(|(model, _)| Which::of(*model) == which);
        &found.unwrap().1
    }
}
