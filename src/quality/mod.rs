//! Quality of one clustering.

mod bell;
mod columns;
mod dip;
mod distances;
mod far;
mod gap;
mod group_count;
mod hopkins;
mod null_test;
mod nulls;
mod reality;
mod seam;
mod separation;
mod silhouette;
mod single;
mod small;
mod tree_splits;
mod unrounded;
mod valleys;

pub use dip::{dip, dip_p};
pub use gap::{Gap, References, chosen_by_gap, gaps, references};
pub use group_count::{GroupCount, group_count};
pub use null_test::{NullScores, NullSets, NullTest};
pub use nulls::NullKind;
pub use reality::{Judging, Reality, RealityLevel, Unjudged, level_of, reality};
pub use separation::{Separation, separation};
pub use silhouette::{
    ClusterSums, Measured, QualityError, Silhouette, check, has_pair, n_parts, silhouettes,
};
pub use single::silhouette_of;
pub use small::{handful, sliver};
pub use tree_splits::{Examining, TreeSplit, TreeSplits, cluster_index, tree_splits};
pub use valleys::{LEVEL, Valley};
