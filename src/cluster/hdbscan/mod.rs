//! HDBSCAN (Campello, Moulavi & Sander 2013, PAKDD, LNCS 7819): clusters are groups that stay together over a wide range of
//! densities; samples in no cluster are noise.
//!
//! ```text
//! core(a)           distance of a to the nearest that are min_samples together, a and its equals among them
//! reach(a, b)       max(core(a), core(b), |a - b|)
//! lambda            1 / reach: the density up to which an edge of the minimum spanning tree of reach holds
//! stability(C)      sum over the samples of C of  lambda at which it leaves C - lambda at which C came to be
//! probability(a)    lambda at which a leaves its cluster / the largest such lambda of the cluster
//! ```
//!
//! The tree is walked from its root (`condense`); a cluster is selected if it is more stable than the clusters it
//! splits into together (`select`); the root, all samples, never is. Edges of the same length are removed at once, as the paper has it: a result
//! depends on the samples alone, not on which of several spanning trees was found or in which order the rows stand.
//! There is no rule for new points: another sample changes the densities, and with them the tree.
//! Cost: that of the spanning tree, O(n log^2 n) in practice up to eight features, O(n^2 n_features) above; linear memory.

mod condense;
mod facts;
mod fit;
mod model;
mod params;
mod select;

pub use facts::FACTS;
pub use fit::Hdbscan;
pub use model::Model;
pub use params::HdbscanParams;
