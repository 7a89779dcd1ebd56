//! Profiles of segments: size, spread and shares compared with all visible customers, and a typical customer.

use serde::{Deserialize, Serialize};

use super::filtered::{View, ViewFacts};
use crate::cluster::ModelKey;
use crate::explain::{
    Everyone, NumberProfile, ShareProfile, Trait, share_profiles, traits, typical,
};
use crate::features::Scaler;
use crate::numeric::{Matrix, Rng, sorted_by};
use crate::result::{ColumnData, ColumnInfo};
use crate::table::{ColumnKind, Role};

/// The largest number of numeric columns shown.
const MOST_COLUMNS: usize = 8;
/// The largest number of customers that names are based on.
const MOST_NAMED: usize = 20_000;
/// The largest number of values shown per category.
const MOST_VALUES: usize = 3;

/// One segment of one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Its number.
    pub segment: u32,
    /// Visible customers.
    pub n: usize,
    /// Their share of all visible customers.
    pub share: f64,
    /// Numeric columns and derived features, features first.
    pub numbers: Vec<NumberProfile>,
    /// The most frequent values of every category.
    pub shares: Vec<ShareProfile>,
    /// The traits in its name, strongest first.
    pub traits: Vec<Trait>,
    /// The row of the typical customer, and whether the whole segment was searched for it.
    pub typical: Option<(usize, bool)>,
}

/// Every segment once, by number, from the first model that has it. Those in no segment are included if the first model has any.
pub fn each_once(of_models: &[&[Profile]], noise: Option<u32>) -> Vec<Profile> {
    let mut once: Vec<Profile> = Vec::new();
    for (at, profiles) in of_models.iter().enumerate() {
        for profile in *profiles {
            let is_there = once.iter().any(|it| it.segment == profile.segment);
            if !is_there && (at == 0 || noise != Some(profile.segment)) {
                once.push(profile.clone());
            }
        }
    }
    sorted_by(once, |a, b| a.segment.cmp(&b.segment))
}

impl View<'_> {
    /// The segments of a model with a visible customer, by number.
    pub fn profiles(&self, model: ModelKey, facts: &ViewFacts) -> Vec<Profile> {
        let point = self.points();
        let full = |(profile, members): (Profile, Vec<usize>)| Profile {
            shares: self.share_profiles(&members, &facts.rows),
            typical: typical(&members, &point, self.comparison.settings.seed),
            ..profile
        };
        let of_segments = self.rows_of_segments(model, &facts.rows);
        let bare = self.bare_profiles(of_segments, &facts.rows).into_iter();
        bare.map(full).collect()
    }

    /// The same over all customers, without shares and typical customer, which names do not need. Above 20,000, everyone is a
    /// random 20,000, and each segment is a random part of its own, of equal size for all: independent of the order of rows, and no
    /// small segment is missed.
    pub fn named_profiles(&self, model: ModelKey) -> Vec<Profile> {
        let labels = self.comparison.labels(model);
        let placed = |&row: &usize| labels[row] != crate::result::NO_SEGMENT;
        let rows: Vec<usize> = (0..labels.len()).filter(placed).collect();
        let mut of_segments = self.rows_of_segments(model, &rows);
        let mut rng = Rng::new(self.comparison.settings.seed ^ 0x4A3);
        if rows.len() > MOST_NAMED {
            let n_held = of_segments.iter().filter(|rows| !rows.is_empty()).count();
            let drawn = of_segments.into_iter();
            of_segments = drawn
                .map(|rows| rng.some_of(rows, MOST_NAMED / n_held))
                .collect();
        }
        let rows = rng.some_of(rows, MOST_NAMED);
        let sizes = self.comparison.result(model).map(|result| &result.sizes);
        let of_all = |(profile, _): (Profile, Vec<usize>)| {
            let n = sizes.map_or(profile.n, |sizes| sizes[profile.segment as usize]);
            Profile {
                n,
                share: n as f64 / self.comparison.n_customers as f64,
                ..profile
            }
        };
        let bare = self.bare_profiles(of_segments, &rows).into_iter();
        bare.map(of_all).collect()
    }

    /// The given rows by segment.
    fn rows_of_segments(&self, model: ModelKey, rows: &[usize]) -> Vec<Vec<usize>> {
        let labels = self.comparison.labels(model);
        let mut of_segments = vec![Vec::new(); self.comparison.n_segments];
        for &row in rows {
            let segment = labels.get(row).map(|&label| label as usize);
            if let Some(own) = segment.and_then(|segment| of_segments.get_mut(segment)) {
                own.push(row);
            }
        }
        of_segments
    }

    /// Size, numbers and traits of the segments that are not empty, compared with the given rows; with the members looked at.
    fn bare_profiles(
        &self,
        of_segments: Vec<Vec<usize>>,
        rows: &[usize],
    ) -> Vec<(Profile, Vec<usize>)> {
        let everyone = self.everyone(rows);
        let profile = |(segment, members): (usize, Vec<usize>)| {
            let numbers = self.number_profiles(&members, &everyone);
            let profile = Profile {
                segment: segment as u32,
                n: members.len(),
                share: members.len() as f64 / rows.len() as f64,
                shares: Vec::new(),
                traits: traits(&numbers),
                typical: None,
                numbers,
            };
            (profile, members)
        };
        let of_segments = of_segments.into_iter().enumerate();
        let held = of_segments.filter(|(_, members)| !members.is_empty());
        held.map(profile).collect()
    }

    /// The columns that are not ignored.
    fn columns_looked_at(&self) -> impl Iterator<Item = &ColumnInfo> {
        let settings = &self.comparison.settings;
        let role = |column: &ColumnInfo| settings.role_or(&column.name, column.suggested_role);
        let columns = self.dataset.columns.iter();
        columns.filter(move |column| role(column) != Role::Ignored)
    }

    /// Numeric columns and derived features over some rows, features first.
    pub fn everyone(&self, rows: &[usize]) -> Vec<Everyone> {
        let features = &self.comparison.features;
        let columns = self.columns_looked_at();
        let numeric = columns.filter(|column| column.kind == ColumnKind::Number);
        let others = numeric.map(|column| column.name.clone());
        let others = others.filter(|name| !features.contains(name));
        let names = features.iter().cloned().chain(others);
        let of = |name: String| {
            let is_feature = features.contains(&name);
            Everyone::of(&name, is_feature, self.numbers(&name)?, rows)
        };
        names.filter_map(of).take(MOST_COLUMNS).collect()
    }

    fn number_profiles(&self, members: &[usize], everyone: &[Everyone]) -> Vec<NumberProfile> {
        let beside = |it: &Everyone| it.beside(self.numbers(&it.column)?, members);
        everyone.iter().filter_map(beside).collect()
    }

    fn share_profiles(&self, members: &[usize], everyone: &[usize]) -> Vec<ShareProfile> {
        let columns = self.columns_looked_at();
        let shares = columns.filter_map(|column| match &column.data {
            ColumnData::Codes { codes, names, .. } => Some(share_profiles(
                &column.name,
                (codes, names),
                (members, everyone),
                MOST_VALUES,
            )),
            ColumnData::Numbers { .. } | ColumnData::None | ColumnData::Dates { .. } => None,
        });
        shares.flatten().collect()
    }

    /// The features of a row in the units of distances.
    fn points(&self) -> impl Fn(usize) -> Vec<f64> {
        let features = &self.comparison.features;
        let columns = features.iter().filter_map(|name| self.numbers(name));
        let columns: Vec<&[f64]> = columns.collect();
        let mut raw = Matrix::with_features(columns.len());
        for row in (0..self.dataset.n_rows).filter(|&row| self.comparison.is_in(row)) {
            raw.push_row(columns.iter().map(|column| column[row]));
        }
        let scaler = Scaler::fit(self.comparison.settings.scaling, &raw);
        move |row| {
            let scaled = columns.iter().enumerate();
            scaled
                .map(|(at, column)| scaler.scaled(at, column[row]))
                .collect()
        }
    }
}
