//! The use cases: import a file, compare the models on it, sweep the number of segments, export.
//!
//! One [`Engine`] serves the worker and the command line; every choice that shaped a result is in [`Settings`].

mod advice;
mod columns;
mod compare;
mod customer;
mod dataset;
mod draws;
mod engine;
mod error;
mod evidence;
mod fits;
mod fixed;
mod identity;
mod model;
mod noise;
mod part;
mod profiles;
mod report;
mod restore;
mod samples;
mod settings;
mod sweep;
mod task;
mod view;
mod what_if;
mod why;

pub use advice::{AdviceReport, Contested, SegmentAdvice, advice};
pub use compare::{Comparison, MixtureFacts, ModelResult, NO_SEGMENT};
pub use customer::{Beside, Change, CustomerCard, Move};
pub use dataset::{ColumnData, ColumnInfo, Dataset};
pub use draws::{Draws, Redrawn};
pub use engine::{Engine, Progress, Shares, Stage};
pub use error::EngineError;
pub use evidence::{Resampled, WhatIfOn};
pub use fits::Goal;
pub use identity::Identity;
pub use model::{Centres, Model};
pub use noise::{Cause, FIRM, ModelNoise, NearBest, NoiseFloor, StartNoise};
pub use part::{Found, Part, Partitioned, Piece};
pub use profiles::Profile;
pub use report::Report;
pub use samples::SampleData;
pub use settings::{K_RANGE, Settings};
pub use sweep::{Choice, Criterion, Degenerate, Judged, Sweep, SweepPoint};
pub use task::{Finished, Task};
pub use view::{Filter, Filters, View, ViewFacts};
pub use what_if::{Against, Tried, WhatIf};
pub use why::{ColumnDifference, Explanation};
