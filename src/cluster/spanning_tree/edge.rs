//! The edges of the tree, and how long they are: the distance of their ends, or more in thin neighbourhoods.

/// An edge between two rows.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Position of one row.
    pub a: u32,
    /// Position of the other.
    pub b: u32,
    /// How far they are from each other.
    pub length: f64,
}

/// How far a sample reaches before it counts as near anything.
///
/// ```text
/// core(a)     distance of a to the nearest that are `min_samples` together, a itself among them
/// edge(a, b)  max(core(a), core(b), distance(a, b))                          mutual reachability distance
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Neighbourhood<'a> {
    /// How many samples each row stands for.
    pub weights: &'a [f64],
    /// How many are near; at most the sum of the weights.
    pub min_samples: usize,
}
