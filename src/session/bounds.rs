//! Limits on the settings: models, numbers of segments, runs.

use std::borrow::Cow;

use super::Session;
use super::error::DecisionError as Error;
use crate::cluster::hierarchical::HierarchicalParams;
use crate::cluster::{ModelKey, NumberOption};
use crate::features::{Feature, Missing};
use crate::result::{Dataset, FilterValues, K_RANGE, Settings, keep_passing};

/// The largest number of runs and of iterations that makes sense.
const MAX_RUNS: usize = 1_000;
const MAX_ITERATIONS: usize = 100_000;
/// The fewest customers that models can tell apart.
const MIN_CUSTOMERS: usize = 2;

/// A numeric option of a model.
pub(super) fn option_of(model: ModelKey, name: &str) -> Result<NumberOption, Error> {
    let options = model.facts().map_or(&[] as &[_], |facts| facts.numbers);
    let option = options.iter().find(|option| option.name == name);
    option.copied().ok_or_else(|| Error::UnknownOption {
        model,
        name: name.to_owned(),
    })
}

/// Checks that the models have these options and that the values are in range.
pub(super) fn check_options(settings: &Settings) -> Result<(), Error> {
    for (&model, own) in &settings.options {
        for (name, &value) in own {
            let NumberOption { min, max, .. } = option_of(model, name)?;
            if !(min..=max).contains(&value) {
                return Err(Error::OptionOutOfRange {
                    model,
                    name: name.clone(),
                    value,
                    min,
                    max,
                });
            }
        }
    }
    Ok(())
}

/// Checks the models and their numbers of segments, as far as that is possible without data.
pub(super) fn check_models(settings: &Settings) -> Result<(), Error> {
    settings
        .hierarchical
        .linkage
        .check(settings.hierarchical.metric)
        .map_err(|_| {
            let HierarchicalParams { linkage, metric } = settings.hierarchical;
            Error::MetricForLinkage { linkage, metric }
        })?;
    if settings.models.len() < settings.fewest_models() {
        let n_models = settings.models.len();
        return Err(Error::TooFewModels { n_models });
    }
    let mut own = settings.own_n_clusters.keys();
    if let Some(&model) = own.find(|model| model.decides_number()) {
        return Err(Error::DecidesNumber { model });
    }
    check_options(settings)?;
    // Includes models that are switched off, since they may be switched on again.
    let own = settings.own_n_clusters.values().chain([&settings.sweep_to]);
    let mut numbers = settings.n_clusters.iter().chain(own).copied();
    match numbers.find(|n_clusters| !K_RANGE.contains(n_clusters)) {
        Some(n_clusters) => Err(out_of_range(n_clusters)),
        None => Ok(()),
    }
}

/// The chosen numbers of segments of the models compared. The first model always has the number of all.
fn numbers_of(settings: &Settings) -> impl Iterator<Item = usize> {
    let others = settings.models.iter().skip(1);
    let own = others.filter_map(|model| settings.own_n_clusters.get(model));
    settings.n_clusters.iter().chain(own).copied()
}

pub(super) fn out_of_range(n_clusters: usize) -> Error {
    Error::NumberOutOfRange {
        n_clusters,
        min: *K_RANGE.start(),
        max: *K_RANGE.end(),
    }
}

/// Checks that there are at least as many customers as segments, and two where some are kept out of the models.
pub(super) fn check_numbers(session: &Session, dataset: &Dataset) -> Result<(), Error> {
    check_kept(session, dataset)?;
    let settings = &session.settings;
    let Some(n_clusters) = numbers_of(settings).max() else {
        return Ok(());
    };
    let customers = customers(session, dataset);
    // Stops counting once there are enough.
    let n_customers = customers.take(n_clusters).count();
    if n_customers < n_clusters {
        return Err(Error::MoreSegmentsThanCustomers {
            n_clusters,
            n_customers,
        });
    }
    Ok(())
}

/// Checks that two customers are left where some are kept out of the models by hand or by filters.
pub(super) fn check_kept(session: &Session, dataset: &Dataset) -> Result<(), Error> {
    let are_all = session.settings.left_out.is_empty() && session.only().is_empty();
    if are_all {
        return Ok(());
    }
    let n_customers = customers(session, dataset).take(MIN_CUSTOMERS).count();
    let are_enough = n_customers == MIN_CUSTOMERS;
    are_enough
        .then_some(())
        .ok_or(Error::TooFewKept { n_customers })
}

/// Checks that customers are named by filters in one place: the session keeps them, its settings get them for a fit.
pub(super) fn check_only(settings: &Settings) -> Result<(), Error> {
    let are_none = settings.only.is_empty();
    are_none.then_some(()).ok_or(Error::FiltersTwice)
}

/// Rows that can be in the models, ascending. Derived features may have no value for some of them, or let fewer pass a filter.
fn customers(session: &Session, dataset: &Dataset) -> impl Iterator<Item = usize> {
    let settings = &session.settings;
    let only = session.only();
    let mut passes = vec![true; if only.is_empty() { 0 } else { dataset.n_rows }];
    keep_passing(&mut passes, only, None, &Known { session, dataset });
    let complete = dataset.complete(session.features(), settings.missing, settings.repeats);
    complete.filter(move |&row| {
        let passes = passes.get(row).copied().unwrap_or(true);
        passes && !settings.left_out.contains(&(row as u32))
    })
}

/// Values known before a fit: those of columns as they are in the file.
struct Known<'a> {
    session: &'a Session,
    dataset: &'a Dataset,
}

impl FilterValues for Known<'_> {
    fn numbers_of(&self, name: &str) -> Option<&[f64]> {
        // What replaces a gap may pass.
        let is_filled = self.session.settings.missing != Missing::LeaveOut;
        let mut features = self.session.features().iter();
        let is_made = features.any(|feature| {
            feature.name() == name && (is_filled || !matches!(feature, Feature::Column(_)))
        });
        let numbers = self.dataset.numbers(name);
        numbers.filter(|_| !is_made)
    }

    fn codes_of(&self, name: &str) -> Option<Cow<'_, [u32]>> {
        self.dataset.codes(name).map(Cow::from)
    }
}

/// Checks that the numbers of runs and iterations are finite in practice.
pub(super) fn check_runs(settings: &Settings) -> Result<(), Error> {
    let Settings {
        n_init, max_iter, ..
    } = *settings;
    if (1..=MAX_RUNS).contains(&n_init) && (1..=MAX_ITERATIONS).contains(&max_iter) {
        Ok(())
    } else {
        Err(Error::RunsOutOfRange { n_init, max_iter })
    }
}
