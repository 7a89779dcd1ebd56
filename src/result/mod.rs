//! Data that page and engine share: the settings, the result, and the page's view of the table. No work is done here.

mod comparison;
mod dataset;
mod error;
mod filter;
mod id;
mod identity;
mod likeness;
mod remote;
mod restore;
mod settings;
mod stage;
mod sweep;
mod why_out;

pub use comparison::{Comparison, FailedModel, MixtureFacts, ModelResult, NO_SEGMENT, Obstacle};
pub use dataset::{ColumnData, ColumnInfo, Dataset, Gaps};
pub use error::{EngineError, GivenError, MAX_GIVEN, NotPossible};
pub use filter::{Filter, FilterValues, Filters, keep_passing};
pub use id::ResultId;
pub use identity::Identity;
pub(crate) use identity::lowest_free;
pub use likeness::Likeness;
pub use remote::{Failure, Remote};
pub use settings::{K_RANGE, SWEEP_TO, Settings};
pub use stage::{Progress, Stage};
pub use sweep::{Choice, Criterion, Degenerate, FEW, Judged, Sweep, SweepPoint};
pub use why_out::WhyOut;
