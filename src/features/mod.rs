//! From a table to the matrix for the models, and back to raw units.

mod build;
mod computed;
mod linear;
mod rows;
mod scaling;
mod span;
mod spec;

pub use build::{FeatureError, Prepared, prepare, prepare_without, values_of};
pub use computed::{Computed, Formulas};
pub use rows::{Missing, Repeats};
pub use scaling::{Scaler, Scaling};
pub use spec::{Feature, in_usual_order};
