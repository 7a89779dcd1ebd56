//! Why a customer is in its segments: the view of each model, and the smallest change that would make them agree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attributes::{Attributes, Subject};
use super::bootstrap::Again;
use super::card::{Beside, CategoryMove, Change, CustomerCard, Move, Placed};
use super::columns::numeric_columns;
use super::fixed::{Fixed, placing_of, with_row};
use super::noise_floor::MOST;
use crate::agreement::{Contingency, best_matching};
use crate::cluster::{FitError, Labels, ModelKey, NOISE, Placing, Samples};
use crate::engine::{Fits, Ground, Question, Step};
use crate::explain::{Found, Joining, joining, smallest_changes};
use crate::numeric::five_numbers;
use crate::quality::silhouette_of;
use crate::result::{Comparison, EngineError, Likeness, NO_SEGMENT, NotPossible, Stage};
use crate::table::Table;

/// The largest number of columns compared with the segments.
const MOST_COLUMNS: usize = 8;

/// Why is a customer in its segments?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskCard {
    /// Its row of the file, from 0.
    pub row: usize,
    /// Columns marked by hand as given or not; the others are by their names and values.
    #[serde(default)]
    pub given: BTreeMap<String, bool>,
}

impl AskCard {
    /// Of a row, with the columns given that their names and values say are.
    pub fn of(row: usize) -> Self {
        Self {
            row,
            given: BTreeMap::new(),
        }
    }
}

impl Question for AskCard {
    type Answer = CustomerCard;
    type State = ();
    const STAGE: Stage = Stage::Explaining;

    fn step(
        &self,
        (): &mut (),
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<CustomerCard>, EngineError> {
        progress(0.0);
        Ok(Step::Done(card(ground, self)?))
    }
}

fn card(ground: &Ground<'_>, asked: &AskCard) -> Result<CustomerCard, EngineError> {
    let row = asked.row;
    let Ground {
        table,
        fits,
        comparison,
        ..
    } = *ground;
    let sample = fits.prepared.rows.binary_search(&row);
    let sample = sample.map_err(|_| NotPossible::RowLeftOut { row })?;
    let distinct = fits.samples.distinct_of[sample] as usize;
    let fixed = Fixed::of(fits, comparison)?;
    let point = fits.samples.points.row(distinct).to_vec();
    let distances = fixed.distances(&point);
    let margin = match distances.as_slice() {
        [(_, own), (_, next), ..] if *next > 0.0 => 1.0 - own / next,
        _ => 0.0,
    };
    let labels = |model: ModelKey| ground.of_distinct(comparison.labels(model));
    let segments: Vec<Placed> = comparison
        .models()
        .map(|model| {
            if model == ModelKey::GIVEN {
                // Equal customers can have different values there, so samples have no silhouette.
                return Placed {
                    model,
                    segment: comparison.labels(model)[row],
                    silhouette: None,
                };
            }
            let mut labels = labels(model);
            let segment = labels.of_distinct[distinct];
            // Customers without a segment are not neighbours, as in the silhouette of the model.
            let each = labels.of_distinct.iter_mut();
            each.filter(|label| comparison.is_noise(**label))
                .for_each(|label| *label = NOISE);
            Placed {
                model,
                segment,
                silhouette: silhouette_of(&fits.samples, &labels, distinct),
            }
        })
        .collect();
    let first = segments.first().map_or(0, |placed| placed.segment);
    let others = segments.iter().map(|placed| placed.segment);
    let nearest = distances.iter().map(|(segment, _)| *segment);
    let second = others.chain(nearest).find(|segment| *segment != first);
    let pair = (first, second.unwrap_or(first));
    let case = Case {
        table,
        fits,
        comparison,
        fixed: &fixed,
        sample,
        marks: &asked.given,
    };
    let without_rule = case.without_rule(&segments);
    let found = if without_rule.is_empty() {
        case.changes(&segments)?
    } else {
        Changes::default()
    };
    Ok(CustomerCard {
        row,
        votes: comparison.votes(row),
        posteriors: fixed.posteriors(&point),
        joining: case.joining(distinct, pair)?,
        columns: case.beside(row, pair),
        changes: found.told,
        given: found.given,
        may_change: found.may_change,
        follows: found.follows,
        element_centric: Likeness::of(comparison).of_row(comparison, row),
        without_rule,
        segments,
        pair,
        distances,
        margin,
    })
}

/// The placements by models without a rule for a changed customer.
fn of_no_rule(segments: &[Placed]) -> impl Iterator<Item = &Placed> {
    let models = segments.iter();
    models.filter(|placed| placing_of(placed.model) == Placing::None)
}

/// The smallest changes, and what they leave alone.
#[derive(Default)]
struct Changes {
    told: Vec<Change>,
    given: Vec<String>,
    may_change: Vec<String>,
    follows: Vec<String>,
}

/// A customer among all.
struct Case<'a> {
    table: &'a Table,
    fits: &'a Fits,
    comparison: &'a Comparison,
    fixed: &'a Fixed<'a>,
    sample: usize,
    /// Columns marked as given or not.
    marks: &'a BTreeMap<String, bool>,
}

impl Case<'_> {
    /// How the tree placed it, compared with the segment of the pair that the tree did not choose.
    fn joining(&self, distinct: usize, pair: (u32, u32)) -> Result<Option<Joining>, FitError> {
        let settings = &self.comparison.settings;
        let Some((model, tree)) = self.fits.tree(settings) else {
            return Ok(None);
        };
        let Some(result) = self.comparison.result(model) else {
            return Ok(None);
        };
        let cut = tree.tree.cut_at_count(result.numbers.len())?;
        let own = result.numbers[cut.of_distinct[distinct] as usize];
        let other = if own == pair.0 { pair.1 } else { pair.0 };
        // A segment that the tree lacks has no label in the cut.
        let other = result.numbers.iter().position(|&it| it == other);
        let other = other.map_or(cut.of_distinct[distinct], |label| label as u32);
        let params = settings.hierarchical;
        joining(
            &tree.tree,
            &self.fits.samples,
            &cut,
            (distinct, other),
            params,
        )
    }

    /// Features first, then the other numeric columns.
    fn beside(&self, row: usize, pair: (u32, u32)) -> Vec<Beside> {
        let of = |values: &[f64], segment: u32| {
            let own = values.iter().zip(self.comparison.labels_that_have(segment));
            five_numbers(own.filter(|(_, label)| **label == segment).map(|(x, _)| *x))
        };
        let beside = |column: String, is_feature: bool, values: &[f64]| Beside {
            column,
            is_feature,
            value: values.get(row).copied().filter(|x| !x.is_nan()),
            first: of(values, pair.0),
            second: of(values, pair.1),
        };
        let columns = numeric_columns(self.table, self.comparison, MOST_COLUMNS);
        let columns = columns.into_iter();
        columns
            .map(|column| beside(column.name, column.is_feature, column.values))
            .collect()
    }

    /// The models without a rule for a changed customer, unless they all have the customer in one segment.
    fn without_rule(&self, segments: &[Placed]) -> Vec<ModelKey> {
        let placed: Vec<&Placed> = of_no_rule(segments).collect();
        let target = placed.first().map(|placed| placed.segment);
        let is_target =
            |it: &&Placed| Some(it.segment) == target && !self.comparison.is_noise(it.segment);
        let agree = self.comparison.votes(self.row()).len() < 2;
        if agree || placed.iter().all(is_target) {
            return Vec::new();
        }
        placed.iter().map(|placed| placed.model).collect()
    }

    /// The row of the file.
    fn row(&self) -> usize {
        self.fits.prepared.rows[self.sample]
    }

    /// The smallest changes into the segment chosen by the models without a rule for a changed customer; without such a model, into
    /// the segment with the shortest change.
    fn changes(&self, segments: &[Placed]) -> Result<Changes, EngineError> {
        let first = segments.first().map_or(NO_SEGMENT, |placed| placed.segment);
        if segments.iter().all(|placed| placed.segment == first) {
            return Ok(Changes::default());
        }
        let mut targets: Vec<u32> = match of_no_rule(segments).next() {
            Some(placed) => vec![placed.segment],
            None => segments.iter().map(|placed| placed.segment).collect(),
        };
        targets.dedup();
        let attributes = Attributes::of(Subject {
            table: self.table,
            fits: self.fits,
            comparison: self.comparison,
            sample: self.sample,
            marks: self.marks,
        })?;
        let (mut target, mut found) = (NO_SEGMENT, Vec::<Found>::new());
        for tried in targets {
            let margins = |to: &[f64]| {
                let point = self.fixed.point(&attributes.raw(to));
                self.fixed.margins(&point, tried)
            };
            let inside = attributes.means.get(tried as usize);
            let inside = inside.unwrap_or(&attributes.at);
            let into = smallest_changes(&attributes.at, &attributes.scopes, &margins, inside);
            let length = |found: &[Found]| found.first().map_or(f64::INFINITY, |it| it.length);
            if length(&into) < length(&found) {
                (target, found) = (tried, into);
            }
        }
        let change = |Found { to, .. }: Found| {
            let (mut moves, mut categories) = (Vec::new(), Vec::new());
            for which in (0..to.len()).filter(|&which| to[which] != attributes.at[which]) {
                let (column, from) = (attributes.names[which].clone(), attributes.at[which]);
                let to = to[which];
                let of = |code| attributes.category(which, code);
                match of(from).zip(of(to)) {
                    Some((from, to)) => categories.push(CategoryMove { column, from, to }),
                    None => moves.push(Move { column, from, to }),
                }
            }
            Ok(Change {
                target,
                moves,
                categories,
                refit_agrees: self.refit(&attributes.raw(&to), target)?,
            })
        };
        let changes: Result<_, EngineError> = found.into_iter().map(change).collect();
        Ok(Changes {
            told: changes?,
            follows: attributes.follows(),
            may_change: attributes.may_change(),
            given: attributes.given,
        })
    }

    /// Whether all models compared place the customer in `target` when refitted with these features for it.
    fn refit(&self, raw: &[f64], target: u32) -> Result<Option<bool>, EngineError> {
        let Fits {
            prepared, samples, ..
        } = self.fits;
        if samples.n_samples() > MOST {
            return Ok(None);
        }
        let changed = with_row(&prepared.raw, self.sample, raw);
        let scaled = prepared.scaler.scaled_from_raw(&changed);
        let fresh = Samples::new(&scaled)?;
        let settings = &self.comparison.settings;
        let models: Vec<ModelKey> = self.comparison.fitted_models().collect();
        let again = Again {
            samples: &fresh,
            models: &models,
            settings,
            options: settings.model_options(),
            n_clusters: self.comparison.n_clusters,
            scale: self.fits.scale(),
        };
        let fitted = again.labels();
        if fitted.len() < models.len() {
            return Ok(None);
        }
        let is_there = |model: ModelKey| {
            let labels = fitted.iter().find(|(other, _)| *other == model);
            labels
                .is_some_and(|(_, labels)| self.number_after(model, labels, &fresh) == Some(target))
        };
        let given = self.comparison.labels(ModelKey::GIVEN).get(self.row());
        let is_given = given.is_none_or(|&segment| segment == target);
        Ok(Some(is_given && models.into_iter().all(is_there)))
    }

    /// The number of the customer's segment after a model was refitted, by matching the segments of all customers.
    fn number_after(&self, model: ModelKey, labels: &Labels, samples: &Samples) -> Option<u32> {
        let after = labels.of_samples(samples);
        let before = self.comparison.labels(model);
        let rows = self.fits.prepared.rows.iter();
        let pairs = rows.zip(&after).map(|(&row, &label)| (before[row], label));
        let n_segments = self.comparison.n_segments;
        let contingency = Contingency::of(pairs, n_segments, labels.n_clusters);
        let matching = best_matching(&contingency);
        let number_of = matching.row_of_column(labels.n_clusters);
        number_of[after[self.sample] as usize].map(|number| number as u32)
    }
}
