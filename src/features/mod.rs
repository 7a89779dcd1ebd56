//! From a table to the matrix for the models, and back to raw units.

mod build;
mod called;
mod computed;
mod fitted;
mod linear;
mod rows;
mod scaling;
mod skew;
mod sources;
mod span;
mod spec;

pub use build::{Gathered, Prepared, prepare, prepare_without, values_of, values_of_fitted};
pub use computed::{Computed, Formulas};
pub use fitted::FittedFeature;
pub use rows::{Missing, Repeats};
pub use scaling::{Scaler, Scaling};
pub use skew::{SKEWED, Shape, Skew};
pub use sources::FeatureError;
pub use spec::{DatePart, Feature, Lambda, SourceKind, in_usual_order};
