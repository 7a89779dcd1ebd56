//! What of a customer may change: the columns of numbers that features are made of, their grids, and what follows them.
//!
//! Columns that are given (as marked, else by name and values: age, gender, the past) stay, and so do dates. A category moves as a whole: all of its columns go from
//! one value to another, and the move is as long as it is to the models. Columns of the file that are computed from others are
//! computed again, and so are derived features.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Fits;
use crate::explain::{Grid, Scope};
use crate::features::{
    Computed, Feature, FeatureError, FittedFeature, Formulas, SourceKind, values_of,
};
use crate::numeric::{Moments, Sum};
use crate::result::Comparison;
use crate::table::{Column, Table};

/// The attributes of one customer.
pub(super) struct Attributes<'a> {
    features: &'a [Feature],
    /// The same, with what they have learned.
    fitted: &'a [FittedFeature],
    /// Places of the sources of each, as of followers; none for a feature of a category or of dates.
    sources: Vec<Vec<usize>>,
    /// Raw features of the customer.
    kept: &'a [f64],
    pub(super) names: Vec<String>,
    /// Their values, as the models use them.
    pub(super) at: Vec<f64>,
    pub(super) scopes: Vec<Scope>,
    /// Their means among the customers whom all models have in a segment, by its number.
    pub(super) means: Vec<Vec<f64>>,
    /// Each after what it is computed from.
    followers: Vec<Follower>,
    /// Columns that stay, by name.
    pub(super) given: Vec<String>,
    /// Those of the attributes that are categories, by place. Their values are codes.
    categories: BTreeMap<usize, Category>,
}

/// A category among the features.
struct Category {
    /// Its values, sorted, by code.
    values: Vec<String>,
    /// Places of its features.
    features: Vec<usize>,
    /// The raw values of these features, by code.
    blocks: Vec<Vec<f64>>,
}

/// Where the attributes come from.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) table: &'a Table,
    pub(super) fits: &'a Fits,
    pub(super) comparison: &'a Comparison,
    /// The customer among the samples.
    pub(super) sample: usize,
    /// Columns marked as given or not; the others are by their names and values.
    pub(super) marks: &'a BTreeMap<String, bool>,
}

impl Subject<'_> {
    fn is_given(&self, name: &str) -> bool {
        let marked = self.marks.get(name).copied();
        let is_known = || self.table.column(name).is_some_and(Column::is_given);
        marked.unwrap_or_else(is_known)
    }
}

/// Columns that stay though nothing is said of them: what a given column is computed from, since it would move with them, and those
/// that are a category and numbers at once, whose indicators would be left behind.
fn held(features: &[Feature], subject: &Subject, formulas: &Formulas) -> BTreeSet<String> {
    let (categories, numbers): (Vec<&Feature>, Vec<&Feature>) =
        features.iter().partition(|it| it.is_of_category());
    let of_numbers = || numbers.iter().flat_map(|it| it.sources());
    let of_categories = categories.iter().flat_map(|it| it.sources());
    let twice = of_categories.filter(|name| of_numbers().any(|it| it == *name));
    let mut held = BTreeSet::new();
    held.extend(twice.map(str::to_owned));
    let mut open: Vec<(String, bool)> = of_numbers().map(|name| (name.to_owned(), false)).collect();
    while let Some((name, is_source_of_given)) = open.pop() {
        let stays = is_source_of_given || subject.is_given(&name);
        let sources = formulas.column(&name).map(|it| it.sources);
        let sources = sources.into_iter().flatten();
        open.extend(sources.map(|source| (source, stays)));
        if is_source_of_given {
            held.insert(name);
        }
    }
    held
}

/// A column that follows others.
struct Follower {
    name: String,
    computed: Computed,
    /// Places of its sources: attributes are counted first, then followers.
    sources: [usize; 2],
    own: f64,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(subject: Subject<'a>) -> Result<Self, FeatureError> {
        let Subject {
            table,
            fits,
            comparison,
            sample,
            ..
        } = subject;
        let features = comparison.settings.features.as_deref().unwrap_or_default();
        let mut found = Self {
            features,
            fitted: &fits.prepared.fitted,
            sources: Vec::new(),
            kept: fits.prepared.raw.row(sample),
            names: Vec::new(),
            at: Vec::new(),
            scopes: Vec::new(),
            means: vec![Vec::new(); comparison.n_segments],
            followers: Vec::new(),
            given: Vec::new(),
            categories: BTreeMap::new(),
        };
        let formulas = Formulas::of(table);
        let held = held(features, &subject, &formulas);
        // In the order of the models' sums, whatever the order of the file.
        for &place in fits.prepared.scaler.order() {
            let Some(feature) = features.get(place) else {
                continue;
            };
            for source in feature.sources() {
                match feature.source_kind() {
                    SourceKind::Category => found.add_category(source, &subject),
                    SourceKind::Dates => found.add_given(source),
                    SourceKind::Numbers => found.add(source, &subject, &formulas, &held)?,
                }
            }
        }
        for follower in 0..found.followers.len() {
            let sources = &found.followers[follower].computed.sources;
            let sources = sources.each_ref().map(|name| found.place(name));
            found.followers[follower].sources = sources;
        }
        let places = features.iter().map(|feature| {
            let sources = feature.sources().into_iter();
            let of_numbers = sources.filter(|_| feature.source_kind() == SourceKind::Numbers);
            of_numbers.map(|name| found.place(name)).collect()
        });
        found.sources = places.collect();
        Ok(found)
    }

    /// The place of a column among attributes and followers; past both where it is unknown.
    fn place(&self, name: &str) -> usize {
        let attributes = self.names.iter().map(String::as_str);
        let followers = self.followers.iter().map(|it| it.name.as_str());
        let mut all = attributes.chain(followers);
        let place = all.position(|known| known == name);
        place.unwrap_or(self.names.len() + self.followers.len())
    }

    fn add(
        &mut self,
        name: &str,
        subject: &Subject,
        formulas: &Formulas,
        held: &BTreeSet<String>,
    ) -> Result<(), FeatureError> {
        let Subject {
            table,
            fits,
            comparison,
            ..
        } = *subject;
        if self.place(name) < self.names.len() + self.followers.len() {
            return Ok(());
        }
        let feature = Feature::column(name);
        let values = values_of(table, &feature, comparison.settings.missing)?;
        let place = self.features.iter().position(|other| *other == feature);
        let row = fits.prepared.rows[subject.sample];
        let own = place.map_or(values[row], |place| self.kept[place]);
        let is_held = subject.is_given(name) || held.contains(name);
        if let Some(computed) = formulas.column(name).filter(|_| !is_held) {
            for source in &computed.sources {
                self.add(source, subject, formulas, held)?;
            }
            self.followers.push(Follower {
                name: name.to_owned(),
                computed,
                sources: [0; 2],
                own,
            });
            return Ok(());
        }
        let column = table.column(name).filter(|_| !is_held);
        let grid = column.map_or_else(Grid::nothing, |column| {
            Grid::of(column.numbers.iter().copied())
        });
        let unit = if let Some(place) = place {
            fits.prepared.scaler.divisor(place)
        } else {
            let present = values.iter().copied().filter(|x| !x.is_nan());
            Moments::of(present).population_deviation()
        };
        let mut sums = vec![(Sum::default(), 0.0); comparison.n_segments];
        for &row in &fits.prepared.rows {
            if !comparison.is_mismatched(row)
                && let Some((sum, n)) = sums.get_mut(comparison.first_labels()[row] as usize)
            {
                sum.add(values[row]);
                *n += 1.0;
            }
        }
        for (means, (sum, n)) in self.means.iter_mut().zip(sums) {
            means.push(if n > 0.0 { sum.value() / n } else { own });
        }
        if is_held && !self.given.iter().any(|it| it == name) {
            self.given.push(name.to_owned());
        }
        self.names.push(name.to_owned());
        self.at.push(own);
        let unit = if unit > 0.0 { unit } else { 1.0 };
        self.scopes.push(Scope::number(grid, unit));
        Ok(())
    }

    /// What has happened does not change.
    fn add_given(&mut self, name: &str) {
        if !self.given.iter().any(|it| it == name) {
            self.given.push(name.to_owned());
        }
    }

    /// A category that does not move, or whose values are used as numbers too, is only named as given.
    fn add_category(&mut self, name: &str, subject: &Subject) {
        let is_of_it = |feature: &Feature| feature.sources().contains(&name);
        let (features, numbers): (Vec<usize>, Vec<usize>) = (0..self.features.len())
            .filter(|&place| is_of_it(&self.features[place]))
            .partition(|&place| self.features[place].is_of_category());
        if self.given.iter().chain(&self.names).any(|it| it == name) {
            return;
        }
        let column = subject.table.column(name);
        let column = column.filter(|_| !subject.is_given(name) && numbers.is_empty());
        let Some((codes, values)) = column.map(Column::codes) else {
            return self.given.push(name.to_owned());
        };
        let block = |value: &String| {
            let features = features.iter().map(|&place| &self.features[place]);
            let raw = features.map(|feature| feature.value_of_category(value));
            raw.collect()
        };
        let blocks: Vec<Vec<f64>> = values.iter().map(block).collect();
        let own: Vec<f64> = features.iter().map(|&place| self.kept[place]).collect();
        // A gap may have been filled.
        let row = subject.fits.prepared.rows[subject.sample];
        let in_file = codes.get(row).map(|&code| code as usize);
        let in_file = in_file.filter(|&code| blocks.get(code) == Some(&own));
        let Some(at) = in_file.or_else(|| blocks.iter().position(|it| *it == own)) else {
            return self.given.push(name.to_owned());
        };
        let square = |block: &Vec<f64>| {
            let ways = block.iter().zip(&own).zip(&features);
            let scaler = &subject.fits.prepared.scaler;
            ways.map(|((to, from), &place)| ((to - from) / scaler.divisor(place)).powi(2))
                .sum::<f64>()
        };
        let squares: Vec<f64> = blocks.iter().map(square).collect();
        // A value that an order leaves out has no number there.
        let others = (0..values.len()).filter(|&code| squares[code] > 0.0);
        let others = others.filter(|&code| squares[code].is_finite());
        let scope = Scope::category(others.map(|code| code as f64).collect(), squares);
        self.means
            .iter_mut()
            .for_each(|means| means.push(at as f64));
        let category = Category {
            values,
            features,
            blocks,
        };
        self.categories.insert(self.names.len(), category);
        self.names.push(name.to_owned());
        self.at.push(at as f64);
        self.scopes.push(scope);
    }

    /// What a category of the attributes is called at a code; nothing for a number.
    pub(super) fn category(&self, which: usize, code: f64) -> Option<String> {
        let category = self.categories.get(&which)?;
        category.values.get(code as usize).cloned()
    }

    /// The columns that a change may move, by name.
    pub(super) fn may_change(&self) -> Vec<String> {
        let names = self.names.iter().zip(&self.scopes);
        let free = names.filter(|(name, _)| !self.given.contains(name));
        free.map(|(name, _)| name.clone()).collect()
    }

    /// The columns that are computed from others, by name.
    pub(super) fn follows(&self) -> Vec<String> {
        let followers = self.followers.iter();
        followers.map(|it| it.name.clone()).collect()
    }

    /// The features in raw units after a change of the attributes; those that nothing in it touches stay to the bit.
    pub(super) fn raw(&self, to: &[f64]) -> Vec<f64> {
        // Attributes first, then followers.
        let mut now: Vec<Now> = Vec::with_capacity(to.len() + self.followers.len());
        now.extend(to.iter().zip(&self.at).map(|(&value, own)| Now {
            value,
            is_changed: value != *own,
        }));
        for follower in &self.followers {
            let of = follower
                .sources
                .map(|at| now.get(at).copied().unwrap_or(UNKNOWN));
            let is_changed = of.iter().any(|it| it.is_changed);
            now.push(Now {
                value: if is_changed {
                    follower.computed.value(of.map(|it| it.value))
                } else {
                    follower.own
                },
                is_changed,
            });
        }
        let of_feature = |((feature, sources), &kept): ((&FittedFeature, &Vec<usize>), &f64)| {
            let sources = || {
                sources
                    .iter()
                    .map(|&at| now.get(at).copied().unwrap_or(UNKNOWN))
            };
            if !sources().any(|it| it.is_changed) {
                return kept;
            }
            let values: Vec<f64> = sources().map(|it| it.value).collect();
            feature.value(&values)
        };
        let features = self.fitted.iter().zip(&self.sources);
        let mut raw: Vec<f64> = features.zip(self.kept).map(of_feature).collect();
        for (&which, category) in &self.categories {
            let code = to.get(which).copied().unwrap_or(f64::NAN);
            if code != self.at[which]
                && let Some(block) = category.blocks.get(code as usize)
            {
                for (&place, value) in category.features.iter().zip(block) {
                    raw[place] = *value;
                }
            }
        }
        raw
    }
}

/// A column after a change.
#[derive(Clone, Copy)]
struct Now {
    value: f64,
    is_changed: bool,
}

/// What is computed from it is undefined.
const UNKNOWN: Now = Now {
    value: f64::NAN,
    is_changed: true,
};
