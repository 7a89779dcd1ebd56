//! What is asked of a result, one file each: whether its segments are real, what is chance, why the models disagree, why a customer is
//! where it is, what other choices would have found.

mod advice;
mod bootstrap;
mod columns;
mod customer_card;
mod evidence;
mod explanation;
mod fixed;
mod noise_floor;
mod what_if;

pub use advice::{AdviceReport, Contested, SegmentAdvice, advice};
pub use bootstrap::{Draws, Redrawn};
pub use customer_card::{Beside, Change, CustomerCard, Move};
pub use evidence::{Resampled, WhatIfOn};
pub use explanation::{ColumnDifference, Explanation};
pub(crate) use noise_floor::Resampling;
pub use noise_floor::{Cause, FIRM, ModelNoise, NearBest, NoiseFloor, StartNoise};
pub(crate) use what_if::Trying;
pub use what_if::{Against, Tried, WhatIf};
