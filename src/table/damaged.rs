//! Large numbers in which a spreadsheet has lost digits: an identifier that was opened and saved again as `8.90123E+12`.

/// Whether a cell holds a large number in which a spreadsheet has lost digits: `8.90123E+12`.
pub(super) fn is_damaged(cell: &str) -> bool {
    let Some((digits, exponent)) = cell.trim().split_once(['e', 'E']) else {
        return false;
    };
    let Some(exponent) = exponent.strip_prefix('+') else {
        return false;
    };
    let is_long = exponent.parse::<u32>().is_ok_and(|exponent| exponent >= 8);
    let are_digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    is_long && !digits.is_empty() && digits.chars().all(are_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_lost_in_long_exponents_alone() {
        for cell in ["8.90123E+12", "8,9e+09", " 4E+15 "] {
            assert!(is_damaged(cell), "{cell}");
        }
        for cell in ["8.9E+3", "1e-9", "890123", "E+12", "x8E+12", ""] {
            assert!(!is_damaged(cell), "{cell}");
        }
    }
}
