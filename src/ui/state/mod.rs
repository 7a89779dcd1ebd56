//! What the screen knows (signals to read) and what can be done (verbs).

mod shared;
mod verbs;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use web_sys::Blob;

pub(super) use shared::Shared;
pub(super) use verbs::SelectMode;

use crate::advise::{Offer, Rule};
use crate::chart::Theme;
use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::demo::SampleData;
use crate::explain::{Bands, Checked};
use crate::features::Feature;
use crate::quality::{Reality, RealityLevel};
use crate::questions::{CustomerCard, Explanation, NoiseFloor, WhatIf};
use crate::result::{Comparison, Dataset, Filters, Settings, Stage, Sweep};
use crate::view::{View, ViewFacts};
use crate::worker::Client;

/// What fills the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    /// Nothing is open.
    Start,
    /// The columns of the file.
    Data,
    /// The models side by side.
    Compare,
    /// Who the segments are, and what to do about them.
    Segments,
}

/// What the worker is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Work {
    /// Nothing.
    Idle,
    /// A stage, and the share of it that is done.
    Running(Option<(Stage, f64)>),
    /// The engine should have said something for about so many seconds; with the share that was done when it last did.
    Silent(u32, f64),
}

/// What the panel below the plots shows; kept when the screen is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) mode: ListMode,
    pub(super) scope: ListScope,
}

/// The kinds of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListMode {
    /// Customers.
    List,
    /// The mismatched in numbers, and why they are.
    Summary,
    /// Counts by band.
    Bands,
    /// Checked sentences.
    Claims,
    /// Other choices of settings.
    WhatIf,
}

/// Which list of customers the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListScope {
    /// Those the models place differently.
    Mismatched,
    /// Those that are selected.
    Selected,
    /// All that pass the filters.
    All,
}

/// The state of the page. Cheap to copy; provided as context to panels.
#[derive(Clone, Copy)]
pub(super) struct AppState {
    pub(super) screen: RwSignal<Screen>,
    pub(super) dark: RwSignal<bool>,
    /// Whether the engine is loaded and the network locked.
    pub(super) has_engine: RwSignal<bool>,
    pub(super) work: RwSignal<Work>,
    pub(super) notice: RwSignal<Option<String>>,
    pub(super) dataset: RwSignal<Option<Shared<Dataset>>>,
    pub(super) settings: RwSignal<Settings>,
    pub(super) comparison: RwSignal<Option<Shared<Comparison>>>,
    pub(super) sweep: RwSignal<Option<Shared<Sweep>>>,
    /// What is known of the result on the screen.
    pub(super) evidence: RwSignal<Evidence>,
    pub(super) filters: RwSignal<Filters>,
    pub(super) selection: RwSignal<Shared<BTreeSet<usize>>>,
    pub(super) hover: RwSignal<Option<usize>>,
    /// The customer whose card is open.
    pub(super) open: RwSignal<Option<usize>>,
    /// Names, rules and numbers of the user.
    pub(super) plans: RwSignal<Plans>,
    pub(super) axes: RwSignal<Option<(String, String)>>,
    pub(super) bands: RwSignal<Option<Bands>>,
    pub(super) list: RwSignal<Listing>,
    /// The two models of the matrix, where they are among those compared.
    pub(super) pair: RwSignal<Option<(ModelKey, ModelKey)>>,
    /// What the filters let through, counted.
    pub(super) facts: Memo<Option<Shared<ViewFacts>>>,
    sources: StoredValue<Sources, LocalStorage>,
}

/// What is known of a result beyond the result itself; each part is `None` until it is known.
#[derive(Clone, Default)]
pub(super) struct Evidence {
    /// Whether the segments are real.
    pub(super) reality: Option<Shared<Reality>>,
    /// What sets the mismatched apart.
    pub(super) explanation: Option<Shared<Explanation>>,
    /// How often customers keep their segment; never known where they are too many.
    pub(super) noise: Option<Shared<NoiseFloor>>,
    /// The card of the customer that is open.
    pub(super) card: Option<Shared<CustomerCard>>,
    /// The claim that was checked last.
    pub(super) claim: Option<Shared<Checked>>,
    /// What other choices would have found.
    pub(super) what_if: Option<Shared<WhatIf>>,
}

/// What the user makes of the segments; kept through refits.
#[derive(Clone, Default)]
pub(super) struct Plans {
    /// A name for every segment, proposed from all customers.
    pub(super) proposed: BTreeMap<u32, String>,
    /// Names given to segments, by number.
    pub(super) names: BTreeMap<u32, String>,
    /// The rules of what to advise, once they are read.
    pub(super) rules: Option<Shared<Vec<Rule>>>,
    /// The text they were read from, where it is not the standard one.
    pub(super) rules_text: Option<String>,
    /// The user's numbers.
    pub(super) offer: Offer,
    /// Whether advice is shown although the segments are not real.
    pub(super) is_shown_anyway: bool,
}

/// Who reads, what was read, and what is being read.
#[derive(Clone, Default)]
struct Sources {
    /// The engine.
    client: Option<Client>,
    /// What the last import asked for was to read.
    asked: Option<Source>,
    /// What the table on the screen was read from.
    shown: Option<Source>,
    /// Whether the import in hand reads the file on the screen again.
    reads_again: bool,
}

/// What can be read, and read again.
#[derive(Clone)]
enum Source {
    /// A file of the user.
    File(String, Blob),
    /// One of ours.
    Sample(SampleData),
}

impl AppState {
    pub(super) fn new(dark: bool) -> Self {
        let dataset = RwSignal::new(None::<Shared<Dataset>>);
        let comparison = RwSignal::new(None::<Shared<Comparison>>);
        let filters = RwSignal::new(Filters::new());
        let pair = RwSignal::new(None);
        let facts = Memo::new(move |_| {
            let (dataset, comparison) = (dataset.get()?, comparison.get()?);
            filters.with(|filters| {
                let view = View {
                    dataset: &dataset,
                    comparison: &comparison,
                    filters,
                };
                Some(Shared::new(view.facts(pair_of(&comparison, pair.get()))))
            })
        });
        Self {
            screen: RwSignal::new(Screen::Start),
            dark: RwSignal::new(dark),
            has_engine: RwSignal::new(false),
            work: RwSignal::new(Work::Idle),
            notice: RwSignal::new(None),
            dataset,
            settings: RwSignal::new(Settings::default()),
            comparison,
            sweep: RwSignal::new(None),
            evidence: RwSignal::new(Evidence::default()),
            filters,
            selection: RwSignal::new(Shared::default()),
            hover: RwSignal::new(None),
            open: RwSignal::new(None),
            plans: RwSignal::new(Plans::default()),
            axes: RwSignal::new(None),
            bands: RwSignal::new(None),
            list: RwSignal::new(Listing {
                mode: ListMode::List,
                scope: ListScope::Mismatched,
            }),
            pair,
            facts,
            sources: StoredValue::new_local(Sources::default()),
        }
    }

    /// The name of a model of the comparison on the screen.
    pub(super) fn model_name(&self, model: ModelKey) -> &'static str {
        let centres = self.comparison.with(|comparison| {
            let settings = comparison.as_ref().map(|comparison| &comparison.settings);
            settings.map_or_else(Centres::default, |settings| settings.centres)
        });
        crate::words::model_name(model, centres)
    }

    /// The state that a panel works on.
    pub(super) fn use_context() -> Self {
        expect_context()
    }

    /// The neutral colours of charts.
    pub(super) fn theme(&self) -> Theme {
        if self.dark.get() {
            Theme::DARK
        } else {
            Theme::LIGHT
        }
    }

    /// Looks at data, models and filters together; `None` before the first comparison.
    pub(super) fn view<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        let (dataset, comparison) = (self.dataset.get()?, self.comparison.get()?);
        self.filters.with(|filters| {
            Some(look(&View {
                dataset: &dataset,
                comparison: &comparison,
                filters,
            }))
        })
    }

    /// The two models of the matrix.
    pub(super) fn shown_pair(&self) -> Option<(ModelKey, ModelKey)> {
        let comparison = self.comparison.get()?;
        Some(pair_of(&comparison, self.pair.get()))
    }

    /// Whether the segments are real, once that is known.
    pub(super) fn reality(&self) -> Option<Shared<Reality>> {
        self.evidence.with(|evidence| evidence.reality.clone())
    }

    /// What sets the mismatched apart, once that is known.
    pub(super) fn explanation(&self) -> Option<Shared<Explanation>> {
        self.evidence.with(|evidence| evidence.explanation.clone())
    }

    /// How often customers keep their segment, once that is known.
    pub(super) fn noise(&self) -> Option<Shared<NoiseFloor>> {
        self.evidence.with(|evidence| evidence.noise.clone())
    }

    /// The card of the customer that is open, once it is known.
    pub(super) fn card(&self) -> Option<Shared<CustomerCard>> {
        let open = self.open.get()?;
        let card = self.evidence.with(|evidence| evidence.card.clone());
        card.filter(|card| card.row == open)
    }

    /// What other choices would have found, once that is known.
    pub(super) fn what_if(&self) -> Option<Shared<WhatIf>> {
        self.evidence.with(|evidence| evidence.what_if.clone())
    }

    /// What a segment is called: by the user, or as proposed.
    pub(super) fn segment_name(&self, segment: u32) -> String {
        let comparison = self.comparison.get();
        if comparison.is_some_and(|comparison| comparison.is_noise(segment)) {
            return crate::words::NO_SEGMENT.to_owned();
        }
        self.plans.with(|plans| {
            let given = plans.names.get(&segment);
            given
                .or_else(|| plans.proposed.get(&segment))
                .cloned()
                .unwrap_or_default()
        })
    }

    /// Whether the segments are known not to be real.
    pub(super) fn is_doubtful(&self) -> bool {
        let reality = self.reality();
        reality.is_some_and(|reality| reality.level == RealityLevel::None)
    }

    /// The features that the settings name.
    pub(super) fn features(&self) -> Vec<Feature> {
        self.settings
            .with(|settings| settings.features.clone().unwrap_or_default())
    }

    /// Whether what is on screen was made with other settings than those chosen.
    pub(super) fn is_stale(&self) -> bool {
        let Some(comparison) = self.comparison.get() else {
            return false;
        };
        self.settings.with(|settings| {
            settings
                .n_clusters
                .is_some_and(|k| k != comparison.n_clusters)
                || settings.features != comparison.settings.features
                || settings.scaling != comparison.settings.scaling
                || settings.missing != comparison.settings.missing
                || settings.repeats != comparison.settings.repeats
                || settings.models != comparison.settings.models
                || settings.hierarchical != comparison.settings.hierarchical
                || settings.covariance != comparison.settings.covariance
                || settings.centres != comparison.settings.centres
                || settings.own_n_clusters != comparison.settings.own_n_clusters
        })
    }

    /// What a customer is called: the identifier, or the row number.
    pub(super) fn customer_name(&self, row: usize) -> String {
        self.identifier().map_or_else(
            || format!("row {}", row + 1),
            |column| {
                self.dataset.with(|dataset| {
                    let texts = dataset
                        .as_ref()
                        .and_then(|dataset| dataset.columns.get(column))
                        .map(|column| column.cell(row).into_owned());
                    texts.unwrap_or_default()
                })
            },
        )
    }

    /// Position of the column that names the customers.
    pub(super) fn identifier(&self) -> Option<usize> {
        use crate::table::Role;
        let dataset = self.dataset.get()?;
        self.settings.with(|settings| {
            let role =
                |name: &str, suggested| settings.roles.get(name).copied().unwrap_or(suggested);
            dataset
                .columns
                .iter()
                .position(|column| role(&column.name, column.suggested_role) == Role::Identifier)
        })
    }
}

/// The pair that is wanted, or the first two models where one of it is not compared.
fn pair_of(comparison: &Comparison, wanted: Option<(ModelKey, ModelKey)>) -> (ModelKey, ModelKey) {
    let is_there = |pair: &(ModelKey, ModelKey)| {
        comparison.result(pair.0).is_some() && comparison.result(pair.1).is_some()
    };
    wanted
        .filter(is_there)
        .unwrap_or_else(|| comparison.first_pair())
}
