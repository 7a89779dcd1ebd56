//! What a mean silhouette says of segments.

/// How well separated segments are by their mean silhouette, with the reading of Kaufman & Rousseeuw (1990, Finding Groups in
/// Data), and what the word means.
pub fn separation(silhouette: f64) -> (&'static str, &'static str) {
    match silhouette {
        0.705.. => (
            "Strong",
            "Mean silhouette above 0.70: the segments are far apart (Kaufman & Rousseeuw 1990).",
        ),
        0.505.. => (
            "Reasonable",
            "Mean silhouette from 0.51 to 0.70: the segments are reasonably apart (Kaufman & Rousseeuw 1990).",
        ),
        0.255.. => (
            "Weak",
            "Mean silhouette from 0.26 to 0.50: the segments could be artificial (Kaufman & Rousseeuw 1990).",
        ),
        _ => (
            "None to speak of",
            "Mean silhouette up to 0.25: the segments run into each other (Kaufman & Rousseeuw 1990).",
        ),
    }
}
