//! What counts as a number and what as missing.

/// Texts that stand for "no value", compared without case and outer spaces.
const MISSING_MARKS: [&str; 12] = [
    "", "?", "-", "na", "n/a", "#n/a", "nan", "null", "none", "nil", ".", "missing",
];

/// Whether a cell stands for "no value".
pub fn is_missing_mark(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 7
        && MISSING_MARKS
            .iter()
            .any(|mark| cell.eq_ignore_ascii_case(mark))
}

/// The finite number that a cell holds: digits with an optional sign, decimal point and exponent, outer spaces ignored.
pub fn parse_number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    // Rust also reads "inf", "infinity" and "nan"; a number must start like one.
    let first = cell.bytes().find(|b| !matches!(b, b'+' | b'-'))?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    cell.parse().ok().filter(|x: &f64| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_decimals() {
        for (cell, number) in [
            ("12", 12.0),
            (" -3.5 ", -3.5),
            ("+1e3", 1000.0),
            (".5", 0.5),
        ] {
            assert_eq!(parse_number(cell), Some(number), "{cell:?}");
        }
        for cell in ["", "inf", "NaN", "1,5", "12 k", "1e999", "--1", "0x10"] {
            assert_eq!(parse_number(cell), None, "{cell:?}");
        }
    }

    #[test]
    fn missing_marks_ignore_case_and_spaces() {
        assert!(
            ["", " ", "?", "N/A", "NULL", "nan", "-"]
                .iter()
                .all(|cell| is_missing_mark(cell))
        );
        assert!(
            !["0", "no", "--", "nobody"]
                .iter()
                .any(|cell| is_missing_mark(cell))
        );
    }
}
