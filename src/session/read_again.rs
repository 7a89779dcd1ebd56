//! What a session keeps when its file is read in another way, or a feature is removed.

use std::collections::BTreeSet;

use super::bounds::{check_kept, check_numbers};
use super::check::{check_feature, may_be_feature};
use super::segment_column::check_segment_column;
use super::settings::in_file_order;
use super::{Known, Session, Sort, SortKey, has_numbers, suggested_features};
use crate::features::Feature;
use crate::numeric::set_of;
use crate::result::{ColumnData, Dataset, Filter, Filters, Settings};
use crate::table::Role;

impl Session {
    /// Keeps everything that still makes sense for the table read now: roles by column name, features whose columns still exist and
    /// fit, filters by the text of their values, names of segments if a feature remains and the number of rows is the same, and
    /// whatever concerns single rows if that number is the same.
    pub(super) fn keep_what_can_be_kept(&mut self, known: &Known) {
        let (now, before) = (known.dataset, known.before);
        let had = |name: &str| before.is_none_or(|before| before.column(name).is_some());
        self.settings.roles.retain(|name, role| {
            let column = now.column(name);
            column.is_some_and(|column| *role != Role::Feature || may_be_feature(column))
        });
        let kinds = std::mem::replace(&mut self.settings.reading, now.reading.clone()).kinds;
        let mut features = self.features().to_vec();
        features.retain(|feature| check_feature(self, now, feature).is_ok());
        let is_alike = !features.is_empty();
        for column in &now.columns {
            let feature = Feature::column(&column.name);
            let is_new = !had(&column.name)
                || kinds.get(&column.name) != now.reading.kinds.get(&column.name);
            let is_wanted = is_new && self.role_of(column) == Role::Feature;
            if is_wanted && column.numbers().is_some() && !features.contains(&feature) {
                features.push(feature);
            }
        }
        if features.is_empty() {
            features = suggested_features(now);
            for name in features.iter().flat_map(Feature::sources) {
                self.settings.roles.remove(name);
            }
        }
        self.settings.features = Some(in_file_order(now, &features));
        let given = self.settings.segment_column.take();
        self.settings.segment_column = given.filter(|name| check_segment_column(name, now).is_ok());
        if self.settings.models.len() < self.settings.fewest_models() {
            self.settings.models = Settings::default_models(now.n_rows);
        }
        self.filters = before.map_or_else(Filters::new, |before| {
            kept_filters(&self.filters, before, now)
        });
        let are_same_rows = before.is_some_and(|before| are_same_rows(before, now));
        if !are_same_rows {
            self.groups.clear();
            self.settings.left_out.clear();
            self.placements.clear();
            self.view.look.card = None;
        }
        let segments = known.identity.or(self.settings.identity.as_ref());
        self.settings.identity = segments.filter(|_| are_same_rows && is_alike).cloned();
        if !(are_same_rows && is_alike) {
            self.names.clear();
        }
        self.given.retain(|name, _| now.column(name).is_some());
        self.forget_what_is_gone(now);
        if check_kept(self, now).is_err() {
            self.refits = false;
        }
        if check_kept(self, now).is_err() {
            self.settings.left_out.clear();
        }
        if check_numbers(self, now).is_err() {
            self.settings.n_clusters = None;
            self.settings.own_n_clusters.clear();
        }
    }

    /// Drops filters, bands, axes and orders of a feature or column that no longer exists.
    pub(super) fn forget_what_is_gone(&mut self, dataset: &Dataset) {
        let features = self.features().to_vec();
        let has_numbers = |name: &str| has_numbers(dataset, &features, name);
        self.filters.retain(|name, filter| match filter {
            Filter::Range { .. } => has_numbers(name),
            Filter::Values { .. } => true,
        });
        self.bands.retain(|name, _| has_numbers(name));
        let band_column = self.band_column.take();
        self.band_column = band_column.filter(|name| has_numbers(name));
        let axes = self.view.axes.take();
        self.view.axes = axes.filter(|axes| has_numbers(&axes.x) && has_numbers(&axes.y));
        let look = &mut self.view.look;
        if matches!(&look.sort.by, SortKey::Number(name) if !has_numbers(name)) {
            look.sort = Sort::default();
        }
        let claim = look.claim.take();
        look.claim = claim.filter(|claim| has_numbers(&claim.column));
    }
}

/// Whether rows with the same number are the same customers: as many, of the same sheet, made of the lines in the same way.
fn are_same_rows(before: &Dataset, now: &Dataset) -> bool {
    let customer = |dataset: &Dataset| {
        let orders = dataset.reading.orders.as_ref();
        orders.map(|orders| orders.customer.clone())
    };
    before.n_rows == now.n_rows
        && before.reading.sheet == now.reading.sheet
        && customer(before) == customer(now)
}

/// Filters on values, translated by the text of the values.
fn kept_filters(filters: &Filters, before: &Dataset, now: &Dataset) -> Filters {
    let codes_now = |name: &str, codes: &BTreeSet<u32>| {
        let names_of = |dataset: &Dataset| match dataset.column(name).map(|it| &it.data) {
            Some(ColumnData::Codes { names, .. }) => names.clone(),
            _ => Vec::new(),
        };
        let (old, new) = (names_of(before), names_of(now));
        let words = codes.iter().filter_map(|&code| old.get(code as usize));
        let codes = words.filter_map(|word| new.iter().position(|it| it == word));
        set_of(codes.map(|code| code as u32))
    };
    let mut kept = Filters::new();
    for (name, filter) in filters {
        match filter {
            Filter::Range { .. } => {
                kept.insert(name.clone(), filter.clone());
            }
            Filter::Values { codes } => {
                let codes = codes_now(name, codes);
                if !codes.is_empty() {
                    kept.insert(name.clone(), Filter::Values { codes });
                }
            }
        }
    }
    kept
}
