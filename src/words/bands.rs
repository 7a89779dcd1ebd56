//! Low, medium and high values of a column.

use super::numbers::count;

/// The table, for readers.
pub const BANDS_LABEL: &str = "Bands";
/// The choice of the column.
pub const BANDS_OF: &str = "Bands of";
/// The fields of the edges, from below.
pub const BAND_EDGES: [&str; 2] = ["Low up to", "Medium up to"];
/// The bands, from below.
pub(super) const BAND_NAMES: [&str; 3] = ["Low", "Medium", "High"];
/// The heads of the bands, and of all three.
pub const BAND_HEADS: [&str; 4] = [BAND_NAMES[0], BAND_NAMES[1], BAND_NAMES[2], "All"];
/// The row of all segments together.
pub const ALL_SEGMENTS: &str = "All segments";
/// The row below it.
pub const SHARE_MISMATCHED: &str = "Share mismatched";
/// How a cell is read.
pub const BANDS_CAPTION: &str =
    "Bold: mismatched customers of the segment in the band, out of all its customers there.";

/// What follows the mismatched of a cell: ` of 23`.
pub fn band_whole_words(whole: usize) -> String {
    format!(" of {}", count(whole))
}

/// Who is in no band; nothing where everybody has a value.
pub fn no_band_sentence(n: usize) -> Option<String> {
    match n {
        0 => None,
        1 => Some("1 customer without a value is in no band.".to_owned()),
        n => Some(format!(
            "{} customers without a value are in no band.",
            count(n)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_no_band_is_counted() {
        assert_eq!(no_band_sentence(0), None);
        let say = |n| no_band_sentence(n).unwrap_or_default();
        assert_eq!(say(1), "1 customer without a value is in no band.");
        assert_eq!(
            say(1_200),
            "1,200 customers without a value are in no band."
        );
        assert_eq!(band_whole_words(23), " of 23");
    }
}
