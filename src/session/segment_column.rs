//! Which columns can stand beside the models.

use super::error::DecisionError as Error;
use crate::result::{Dataset, GivenError, MAX_GIVEN};

/// Checks that the values of a column can stand beside the models as segments.
pub(super) fn check_segment_column(name: &str, dataset: &Dataset) -> Result<(), Error> {
    let column = name.to_owned();
    let Some(found) = dataset.column(name) else {
        return Err(Error::UnknownColumn { column });
    };
    match found.distinct {
        0 | 1 => Err(Error::SegmentColumn {
            column,
            why: GivenError::OneValue,
        }),
        n_values if n_values > MAX_GIVEN => Err(Error::SegmentColumn {
            column,
            why: GivenError::TooManyValues { n_values },
        }),
        _ => Ok(()),
    }
}
