//! The customers whom the models use, where filters decide that.

use std::borrow::Cow;

use super::made::made_features;
use crate::features::{FeatureError, Gathered};
use crate::result::{EngineError, Filter, FilterValues, Settings, keep_passing};
use crate::table::{ColumnKind, Table};

/// The values of features and columns before filters decide who is in the models. What a feature learns it learns from everyone who
/// can be in them, so a filter on a rank asks for the same rank whoever passes.
struct Unfiltered<'a> {
    gathered: &'a Gathered,
    /// Places of the features whose values are not in the table: their names come first, as on the page.
    made: Vec<usize>,
    table: &'a Table,
}

impl FilterValues for Unfiltered<'_> {
    fn numbers_of(&self, name: &str) -> Option<&[f64]> {
        let mut places = self.made.iter().copied();
        let place = places.find(|&place| self.gathered.names[place] == name);
        let of_feature = place.map(|place| self.gathered.columns[place].as_slice());
        of_feature.or_else(|| {
            let column = self.table.column(name)?;
            let has_numbers = column.kind != ColumnKind::Category && !column.numbers.is_empty();
            has_numbers.then(|| column.numbers.as_slice())
        })
    }

    fn codes_of(&self, name: &str) -> Option<Cow<'_, [u32]>> {
        let column = self.table.column(name)?;
        (column.kind == ColumnKind::Category).then(|| column.codes().0.into())
    }
}

/// Keeps the rows that pass the filters of the settings; also returns how many do not.
pub(super) fn only_passing(
    mut gathered: Gathered,
    settings: &Settings,
    table: &Table,
) -> Result<(Gathered, usize), EngineError> {
    if settings.only.is_empty() {
        return Ok((gathered, 0));
    }
    let features = settings.features_for(table);
    let values = Unfiltered {
        gathered: &gathered,
        made: made_features(&features, settings, table),
        table,
    };
    for (name, filter) in &settings.only {
        let is_there = match filter {
            Filter::Range { .. } => values.numbers_of(name).is_some(),
            Filter::Values { .. } => values.codes_of(name).is_some(),
        };
        if !is_there {
            let column = name.clone();
            return Err(FeatureError::UnknownColumn { column }.into());
        }
    }
    let mut mask = vec![true; table.n_rows()];
    keep_passing(&mut mask, &settings.only, None, &values);
    let n_before = gathered.rows.len();
    gathered.keep(&mask);
    let n_outside = n_before - gathered.rows.len();
    Ok((gathered, n_outside))
}
