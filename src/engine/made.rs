//! Features whose values are not in the table.

use crate::features::{Feature, Missing};
use crate::result::Settings;
use crate::table::Table;

/// Positions of the features whose values are not in the table.
pub(super) fn made_features(
    features: &[Feature],
    settings: &Settings,
    table: &Table,
) -> Vec<usize> {
    let is_made = |feature: &Feature| match feature {
        Feature::Column(name) => {
            let column = table.column(name);
            settings.missing != Missing::LeaveOut && column.is_some_and(|it| it.missing > 0)
        }
        _ => true,
    };
    (0..features.len())
        .filter(|&at| is_made(&features[at]))
        .collect()
}
