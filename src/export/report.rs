//! Everything a comparison found, as JSON: what `seamline cluster FILE --settings S.json --out R.json` writes,
//! and the page for the same session.
//!
//! ```text
//! version        version of the program
//! settings       the settings in force (features and n_clusters filled in)
//! n_rows         rows of the file below the header
//! n_customers    rows in the models; the others lack a value in some feature
//! features       names of the features
//! k_means        labels, sizes, centroids_raw, silhouette, silhouette_measured, inertia (squared scaled units)
//! hierarchical   labels, sizes, centroids_raw, silhouette, silhouette_measured, linkage, cophenetic, merges
//! gaussian_mixture   the same with mixture {log_likelihood, bic, aic, weights, means_raw, covariances_raw}; where it was asked for
//! comparison     matching, contingency, n_mismatched, mismatched_rows, mismatched_ids, agreement_fraction, ari, ami, vi,
//!                fowlkes_mallows, pairs {models, n_agreeing, ari, ami, vi, fowlkes_mallows}, n_with_majority, naive_mismatched, summary
//! sweep          null, or points {n_clusters, inertia, bic, k_means, hierarchical, gaussian_mixture: {silhouette, separation, smallest}},
//!                gaps {n_clusters, value, error}, overall and by_model: {n_clusters, criterion, value, runner_up, others, degenerate},
//!                n_measured, n_samples
//! reality        level (clear, weak, none), silhouette, n_samples, is_too_few, has_handful, hopkins,
//!                nulls {kind, p, mean, largest, n_sets}, valleys {pair, dip, p, is_parted}; of the first model
//! explanation    n_mismatched, rule {conditions {column, min, max}, n_picked, n_hit, precision, recall, f1, base_rate} or null,
//!                columns {column, is_feature, statistic, p, rule}, the one that differs most first
//!                insights {claim {column, group, says}, finding, is_feature, group, others, statistic, p, superiority,
//!                p_superiority, leading, n_tests}
//! profiles       [model, [{segment, n, share, numbers {column, is_feature, segment, everyone, effect}, shares {column, value, n,
//!                n_present, share, interval, everyone}, traits {column, level}, typical [row, whether of all]}]]
//! what_if        n_customers, n_today, tried {scaling, features, against, n_clusters, n_mismatched, n_overlap, ari, sizes,
//!                sizes_against, is_degenerate}, times [row, number of choices]
//!                contested {row, choices [segment, probability]}
//! advice         is_behind_verdict, offer {margin, cost, today, with_offer} (an example where the user entered none), segments {segment, n, proposals {rule, columns},
//!                gain {extra_responses, extra_margin, contacts, expected}, per_group}
//! cards          of the first 10 mismatched: row, segments [model, segment, silhouette], votes [segment, models], pair, distances, margin,
//!                posteriors, joining {first, n_branch, taken_at, n_taken_by, cost_own, cost_other}, columns {column, is_feature, value,
//!                first, second}, changes {target, moves {column, from, to}, refit_agrees}
//! noise_floor    null above 20,000 customers, or n_firm, n_by_start, n_by_sample (of the mismatched), causes [row, why], models {model, n_sets, jaccard,
//!                own_rate}, starts {n_runs, n_near, optima {cost, share, rows, n_rows}}
//! ```
//!
//! `labels` has one entry per row of the file, in its order; `null` where the row was left out. Labels of both models count
//! segments alike, by ascending K-Means centroid. `merges` has SciPy's layout `[left, right, height, size]`; its leaf `i` is
//! the `i`-th row in the models. `contingency[r][c]` counts customers in segment `r` of K-Means and `c` of the hierarchical
//! model; `matching[r]` is the hierarchical segment matched to `r`, which by the numbering is `r`. Rows count from 0 below
//! the header. `vi` is in nats.

mod parts;

use std::collections::BTreeMap;

use parts::{ComparisonReport, MergeRow, ModelReport, PairReport, SweepReport};
use serde::{Deserialize, Serialize};

use crate::advise::{Offer, Rule, STANDARD_RULES, read_rules};
use crate::cluster::ModelKey;
use crate::cluster::hierarchical::Dendrogram;
use crate::engine::{Engine, Loaded};
use crate::explain::summarise;
use crate::features::Feature;
use crate::quality::{Reality, RealityLevel};
use crate::questions::{
    AdviceReport, AskCard, AskExplanation, AskNoiseFloor, AskReality, AskWhatIf, CustomerCard,
    Explanation, NoiseFloor, WhatIf, advice,
};
use crate::result::{
    Comparison, Dataset, EngineError, FailedModel, Filters, Progress, ResultId, Settings,
};
use crate::session::Session;
use crate::table::{ColumnKind, Table};
use crate::view::{Profile, View};

/// The whole result. See the module for the schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of the program.
    pub version: String,
    /// The settings in force.
    pub settings: Settings,
    /// Rows of the file below the header.
    pub n_rows: usize,
    /// Rows in the models.
    pub n_customers: usize,
    /// Names of the features.
    pub features: Vec<String>,
    /// The models compared, each under its key.
    #[serde(flatten)]
    pub models: BTreeMap<ModelKey, ModelReport>,
    /// Models that were asked for and could not be fitted, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub failed: Vec<FailedModel>,
    /// The models against each other: indices and contingency of the first two, mismatched among all.
    pub comparison: ComparisonReport,
    /// Every number of segments, where it was left to the program.
    pub sweep: Option<SweepReport>,
    /// Whether the segments of the first model are real.
    pub reality: Reality,
    /// How often customers keep their segment when they are drawn again.
    pub noise_floor: Option<NoiseFloor>,
    /// What sets the mismatched apart.
    pub explanation: Explanation,
    /// The segments of each model compared.
    pub profiles: Vec<(ModelKey, Vec<Profile>)>,
    /// What other choices would have found.
    pub what_if: WhatIf,
    /// What is advised for the segments of the first model compared.
    pub advice: AdviceReport,
    /// Why each of the first mismatched is where it is.
    pub cards: Vec<CustomerCard>,
}

/// What is asked of a comparison after it.
#[derive(Debug)]
struct Findings {
    reality: Reality,
    noise_floor: Option<NoiseFloor>,
    explanation: Explanation,
    profiles: Vec<(ModelKey, Vec<Profile>)>,
    what_if: WhatIf,
    offer: Offer,
    rules: Vec<Rule>,
    cards: Vec<CustomerCard>,
}

/// Customers that a report has a card of.
const MOST_CARDS: usize = 10;

pub(super) const ENDING: &str = "_result.json";
pub(super) const MEDIA_TYPE: &str = "application/json";
pub(super) const NEEDS_RESULT: bool = true;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let report = engine.report_of(session, progress)?;
    serde_json::to_vec_pretty(&report).map_err(|_| EngineError::Unwritable)
}

impl Engine {
    /// Compares the models and puts down everything they found; what is advised follows the standard rules and an example of an offer.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn report(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Report, EngineError> {
        let session = Session {
            settings,
            ..Session::default()
        };
        self.report_of(&session, progress)
    }

    /// The same for a session, with the rules and the offer of the user.
    ///
    /// # Errors
    /// As [`Engine::compare`], and [`EngineError::Rules`] where the rules are none.
    pub fn report_of(
        &mut self,
        session: &Session,
        progress: &mut Progress,
    ) -> Result<Report, EngineError> {
        let settings = session.fit_settings();
        let is_number_open = settings.n_clusters.is_none();
        let rules = session.rules.as_deref().unwrap_or(STANDARD_RULES);
        let rules = read_rules(rules)?;
        let comparison = self.compare(settings, progress)?;
        let result = ResultId::default();
        let noise_floor = match self.ask(result, &AskNoiseFloor, progress) {
            Ok(floor) => Some(floor),
            Err(EngineError::NotPossible(_)) => None,
            Err(error) => return Err(error),
        };
        let mut findings = Findings {
            reality: self.ask(result, &AskReality, progress)?,
            noise_floor,
            explanation: self.ask(result, &AskExplanation, progress)?,
            what_if: self.ask(result, &AskWhatIf, progress)?,
            profiles: profiles(self.loaded()?, &comparison),
            offer: session.offer,
            rules,
            cards: Vec::new(),
        };
        let rows = 0..comparison.first_labels().len();
        for row in rows
            .filter(|&row| comparison.is_mismatched(row))
            .take(MOST_CARDS)
        {
            let card = self.ask(result, &AskCard { row }, progress)?;
            findings.cards.push(card);
        }
        let ground = self.loaded()?.ground(&comparison)?;
        let settings = &comparison.settings;
        let tree = match ground.fits.tree(settings) {
            Some((model, it)) => Some(TreeReport {
                model,
                merges: merges(&it.tree.over_all_samples(ground.samples)),
                cophenetic: ground.fits.cophenetic_correlation(settings)?,
            }),
            None => None,
        };
        let sweep = ground.sweep();
        Ok(Report::new(
            ground.table,
            &comparison,
            &ground.prepared.rows,
            tree,
            // A sweep that was asked for beside a number that was chosen is not part of the result.
            sweep.filter(|_| is_number_open).map(SweepReport::of),
            findings,
        ))
    }
}

/// The segments of each model compared, over all customers.
fn profiles(loaded: &Loaded, comparison: &Comparison) -> Vec<(ModelKey, Vec<Profile>)> {
    let Loaded { name, table, .. } = loaded;
    let dataset = Dataset::of(name, 0, &comparison.settings.reading, table);
    let view = View {
        dataset: &dataset,
        comparison,
        filters: &Filters::new(),
    };
    let facts = view.facts(comparison.first_pair());
    let models = comparison.models();
    models
        .map(|model| (model, view.profiles(model, &facts)))
        .collect()
}

impl Report {
    /// What a model found; `None` when it is not among those compared.
    pub fn model(&self, model: ModelKey) -> Option<&ModelReport> {
        self.models.get(&model)
    }

    fn new(
        table: &Table,
        comparison: &Comparison,
        rows: &[usize],
        tree: Option<TreeReport>,
        sweep: Option<SweepReport>,
        findings: Findings,
    ) -> Self {
        let mismatched: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|&row| comparison.is_mismatched(row))
            .collect();
        let identifier = comparison.settings.identifier(table);
        let id = |&row: &usize| {
            identifier.map_or_else(
                || (row + 1).to_string(),
                |column| column.cell(row).into_owned(),
            )
        };
        let contingency = comparison.contingency(comparison.first_pair(), |_| true);
        let numeric = table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Number);
        let of_columns =
            numeric.map(|column| summarise(&column.name, &column.numbers, &mismatched, rows));
        let derived = comparison.made();
        let derived = derived.filter(|(feature, _)| !matches!(feature, Feature::Column(_)));
        let of_derived =
            derived.map(|(feature, values)| summarise(&feature.name(), values, &mismatched, rows));
        let results = comparison.models.iter();
        let mut models: BTreeMap<ModelKey, ModelReport> = results
            .map(|result| (result.model, ModelReport::new(result)))
            .collect();
        if let Some(tree) = tree
            && let Some(report) = models.get_mut(&tree.model)
        {
            report.linkage = Some(comparison.settings.hierarchical.linkage);
            report.cophenetic = tree.cophenetic;
            report.merges = Some(tree.merges);
        }
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            settings: comparison.settings.clone(),
            n_rows: table.n_rows(),
            n_customers: comparison.n_customers,
            features: comparison.features.clone(),
            models,
            failed: comparison.failed.clone(),
            comparison: ComparisonReport {
                matching: (0..comparison.n_segments).collect(),
                contingency: contingency.rows().map(<[u64]>::to_vec).collect(),
                n_mismatched: mismatched.len(),
                mismatched_ids: mismatched.iter().map(id).collect(),
                agreement_fraction: (rows.len() - mismatched.len()) as f64 / rows.len() as f64,
                ari: contingency.adjusted_rand_index(),
                ami: contingency.adjusted_mutual_information(),
                vi: contingency.variation_of_information(),
                fowlkes_mallows: contingency.fowlkes_mallows(),
                pairs: PairReport::all(comparison),
                n_with_majority: mismatched
                    .iter()
                    .filter(|&&row| comparison.votes(row)[0].1 > 1)
                    .count(),
                naive_mismatched: comparison.naive_mismatched,
                summary: of_columns.chain(of_derived).collect(),
                mismatched_rows: mismatched,
            },
            sweep,
            noise_floor: findings.noise_floor,
            explanation: findings.explanation,
            advice: AdviceReport {
                is_behind_verdict: findings.reality.level == RealityLevel::None,
                offer: findings.offer,
                segments: findings
                    .profiles
                    .first()
                    .map(|(_, profiles)| advice(profiles, &findings.rules, &findings.offer))
                    .unwrap_or_default(),
            },
            profiles: findings.profiles,
            what_if: findings.what_if,
            reality: findings.reality,
            cards: findings.cards,
        }
    }
}

/// What a report has of a tree.
struct TreeReport {
    model: ModelKey,
    merges: Vec<MergeRow>,
    cophenetic: Option<f64>,
}

fn merges(tree: &Dendrogram) -> Vec<MergeRow> {
    let steps = tree.steps().iter();
    steps
        .map(|step| MergeRow(step.left, step.right, step.height, step.size))
        .collect()
}
