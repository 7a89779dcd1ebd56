//! When a segment is too small, in two ways that are not the same idea.
//!
//! ```text
//! sliver     size < 2 % of the samples: a few samples far out make the silhouette of any cut large, however many they are
//! handful    size < 2 % of the samples and < 10, or < 5: too few to be a group of their own; they are offered to be left out
//! ```
//!
//! Among 1,000 samples 15 are a sliver, whose silhouette is no evidence, but no handful; among 100 samples 4 are a handful, but no sliver.

/// A sliver holds less than this share of the samples.
const SLIVER: f64 = 0.02;

/// The sizes of slivers among so many samples lie below this.
pub fn sliver(n_samples: usize) -> f64 {
    SLIVER * n_samples as f64
}

/// The sizes of handfuls among so many samples lie below this.
pub fn handful(n_samples: usize) -> f64 {
    sliver(n_samples).clamp(5.0, 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slivers_go_by_share_and_handfuls_by_number_too() {
        for (n, least_no_sliver, least_no_handful) in [
            (60, 2.0, 5.0),
            (100, 2.0, 5.0),
            (400, 8.0, 8.0),
            (1_000, 20.0, 10.0),
        ] {
            assert_eq!(sliver(n).ceil(), least_no_sliver, "{n}");
            assert_eq!(handful(n).ceil(), least_no_handful, "{n}");
        }
    }
}
