//! All results of a comparison as JSON: what `seamline cluster FILE --settings S.json --out R.json` writes, and the page for the
//! same session.
//!
//! `docs/report.schema.json` documents type, unit and meaning of every key; tests check reports against it. A report has each model
//! compared under its key, and `null` for evidence that was not requested or is not possible (`evidence` says which).

mod evidence;
mod parts;

use std::collections::BTreeMap;

pub use evidence::{Evidence, EvidenceReport, EvidenceSet, UnknownEvidence};

use evidence::{Findings, Plan, ProfilesOfModel};
use parts::{ComparisonReport, MergeRow, ModelReport, PairReport, SweepReport};
use serde::{Deserialize, Serialize};

use crate::cluster::ModelKey;
use crate::cluster::hierarchical::Dendrogram;
use crate::engine::Engine;
use crate::explain::summarise;
use crate::features::{Feature, FittedFeature};
use crate::numeric::map_of;
use crate::quality::Reality;
use crate::questions::{
    AdviceReport, AskSweep, CustomerCard, Explanation, NoiseFloor, TreeEvidence, WhatIf,
};
use crate::result::{Comparison, EngineError, FailedModel, Likeness, Progress, ResultId, Settings};
use crate::session::Session;
use crate::table::{ColumnKind, Role, Table};

/// The whole result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of the program.
    pub version: String,
    /// The settings used.
    pub settings: Settings,
    /// Rows of the file below the header.
    pub n_rows: usize,
    /// Rows in the models.
    pub n_customers: usize,
    /// Names of the features.
    pub features: Vec<String>,
    /// The features with what they have learned, where some have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted: Option<Vec<Feature>>,
    /// The models compared, each under its key.
    #[serde(flatten)]
    pub models: BTreeMap<ModelKey, ModelReport>,
    /// Models that could not be fitted, with the reason.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "parts::failed",
        default
    )]
    pub failed: Vec<FailedModel>,
    /// Names that the user gave to segments, by number.
    pub names: BTreeMap<u32, String>,
    /// The models compared with each other: indices and contingency of the first two, mismatched among all.
    pub comparison: ComparisonReport,
    /// Every number of segments, if the program chose the number.
    pub sweep: Option<SweepReport>,
    /// The evidence requested.
    pub evidence: EvidenceReport,
    /// Whether the segments of the first model are real.
    pub reality: Option<Reality>,
    /// How often customers keep their segment under resampling.
    pub noise_floor: Option<NoiseFloor>,
    /// What distinguishes the mismatched customers.
    pub explanation: Option<Explanation>,
    /// The segments of each model compared.
    pub profiles: Option<Vec<ProfilesOfModel>>,
    /// What other settings would find.
    pub what_if: Option<WhatIf>,
    /// Advice on the segments, each from the first model compared that has it.
    pub advice: Option<AdviceReport>,
    /// Why each of the first mismatched customers is in its segments.
    pub cards: Option<Vec<CustomerCard>>,
    /// The splits of the tree against chance.
    pub tree: Option<TreeEvidence>,
}

pub(super) const ENDING: &str = "_result.json";
pub(super) const MEDIA_TYPE: &str = "application/json";
pub(super) const NEEDS_RESULT: bool = true;

pub(super) fn write(
    engine: &mut Engine,
    session: &Session,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    report_bytes(engine, session, &EvidenceSet::all(), progress)
}

/// A report of a session on the current table, with the requested evidence, as a file.
///
/// # Errors
/// As [`Engine::report_of`].
pub fn report_bytes(
    engine: &mut Engine,
    session: &Session,
    asked: &EvidenceSet,
    progress: &mut Progress,
) -> Result<Vec<u8>, EngineError> {
    let report = engine.report_of(session, asked, progress)?;
    serde_json::to_vec_pretty(&report).map_err(|_| EngineError::Unwritable)
}

impl Engine {
    /// Compares the models and reports all results; advice follows the standard rules and an example offer.
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
        self.report_of(&session, &EvidenceSet::all(), progress)
    }

    /// The same for a session, with the user's rules and offer; computes only the requested evidence.
    ///
    /// # Errors
    /// As [`Engine::compare`], and [`EngineError::Rules`] when the rules cannot be read.
    pub fn report_of(
        &mut self,
        session: &Session,
        asked: &EvidenceSet,
        progress: &mut Progress,
    ) -> Result<Report, EngineError> {
        let settings = session.fit_settings();
        let is_number_open = settings.n_clusters.is_none();
        let plan = Plan::of(session, asked)?;
        let comparison = self.compare(settings, progress)?;
        if is_number_open {
            // The number itself was found without the models that have no say in it.
            self.ask(ResultId::default(), &AskSweep, progress)?;
        }
        let findings = Findings::of(self, &comparison, &plan, progress)?;
        let ground = self.loaded()?.ground(&comparison)?;
        let settings = &comparison.settings;
        let tree = match ground.fits.tree(settings) {
            Some((model, it)) => Some(TreeReport {
                model,
                merges: merges(&it.tree.over_all_samples(ground.samples)),
                // NaN if all distances are equal, as between two customers.
                cophenetic: ground
                    .fits
                    .cophenetic_correlation(settings)?
                    .filter(|correlation| correlation.is_finite()),
            }),
            None => None,
        };
        let sweep = ground.sweep();
        // A sweep made in addition to a chosen number is not part of the result.
        let sweep = sweep.filter(|_| is_number_open).map(SweepReport::of);
        let report = Report::new(
            ground.table,
            &comparison,
            &ground.prepared.rows,
            tree,
            sweep,
            findings,
        );
        let fitted = ground.prepared.fitted.iter();
        let fitted: Vec<Feature> = fitted.map(FittedFeature::resolved).collect();
        let has_learned = comparison.settings.features.as_ref() != Some(&fitted);
        Ok(Report {
            fitted: has_learned.then_some(fitted),
            names: session.names.clone(),
            ..report
        })
    }
}

impl Report {
    /// The result of a model; `None` if it is not compared.
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
        let (first, second) = comparison.first_pair();
        let contingency = comparison.contingency((first, second), |_| true);
        // A model alone is not compared: nothing is reported of itself with itself.
        let compared = |index: f64| {
            if comparison.is_alone() {
                f64::NAN
            } else {
                index
            }
        };
        let likeness = Likeness::of(comparison);
        let numeric = table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Number)
            .filter(|column| comparison.settings.role_of(column) != Role::Ignored);
        let of_columns =
            numeric.map(|column| summarise(&column.name, &column.numbers, &mismatched, rows));
        let derived = comparison.made();
        let derived = derived.filter(|(feature, _)| !matches!(feature, Feature::Column(_)));
        let of_derived =
            derived.map(|(feature, values)| summarise(&feature.name(), values, &mismatched, rows));
        let results = comparison.models.iter();
        let mut models: BTreeMap<ModelKey, ModelReport> =
            map_of(results.map(|result| (result.model, ModelReport::new(result))));
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
            fitted: None,
            models,
            failed: comparison.failed.clone(),
            names: BTreeMap::new(),
            comparison: ComparisonReport {
                matching: (0..comparison.n_segments).collect(),
                noise: comparison.noise,
                contingency: contingency
                    .rows()
                    .filter(|_| !comparison.is_alone())
                    .map(<[u64]>::to_vec)
                    .collect(),
                n_mismatched: mismatched.len(),
                mismatched_ids: mismatched.iter().map(id).collect(),
                agreement_fraction: compared(
                    (rows.len() - mismatched.len()) as f64 / rows.len() as f64,
                ),
                ari: compared(contingency.adjusted_rand_index()),
                ami: compared(contingency.adjusted_mutual_information()),
                vi: compared(contingency.variation_of_information()),
                fowlkes_mallows: contingency.fowlkes_mallows().map(compared),
                element_centric: likeness.of_models(first, second),
                element_centric_of_rows: (0..table.n_rows())
                    .map(|row| likeness.of_row(comparison, row))
                    .collect(),
                pairs: PairReport::all(comparison, &likeness),
                n_with_majority: mismatched
                    .iter()
                    .filter(|&&row| comparison.votes(row)[0].1 > 1)
                    .count(),
                naive_mismatched: comparison.naive_mismatched,
                summary: of_columns.chain(of_derived).collect(),
                mismatched_rows: mismatched,
            },
            sweep,
            evidence: findings.evidence,
            reality: findings.reality,
            noise_floor: findings.noise_floor,
            explanation: findings.explanation,
            profiles: findings.profiles,
            what_if: findings.what_if,
            advice: findings.advice,
            cards: findings.cards,
            tree: findings.tree,
        }
    }
}

/// The parts of a report about a tree.
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
