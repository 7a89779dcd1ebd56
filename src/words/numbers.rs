//! Numbers as people read them: a true minus, thin groups of thousands, no more digits than help.

/// A whole number with its thousands apart: `12,345`.
pub fn count(n: usize) -> String {
    grouped(&n.to_string())
}

/// A count with its noun: `1 row`, `2 rows`.
pub fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// A number with a fixed count of decimals; an en dash for what is not a number.
pub fn fixed(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return "–".into();
    }
    let text = format!("{:.decimals$}", x.abs());
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), String::new()), |(whole, rest)| {
            (whole, format!(".{rest}"))
        });
    let sign = if x < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        "−"
    } else {
        ""
    };
    format!("{sign}{}{rest}", grouped(whole))
}

/// A number with as many decimals as its size asks for, and no trailing zeros: `1,234`, `79.3`, `4.42`, `0.0123`.
pub fn compact(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return fixed(x, 0);
    }
    let magnitude = libm::floor(libm::log10(x.abs())) as i32;
    if !(-4..9).contains(&magnitude) {
        let text = format!("{x:.2e}");
        return text.replace('-', "−");
    }
    let decimals = match magnitude {
        3.. => 0,
        1.. => 1,
        _ => 2 - magnitude,
    };
    let text = fixed(x, decimals as usize);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A share as percent with one decimal: `98.0 %`.
pub fn percent(fraction: f64) -> String {
    if !fraction.is_finite() {
        return "–".into();
    }
    // 99.96 % is not 100 %: only everything is everything.
    let shown = if fraction < 1.0 {
        (fraction * 1000.0).round().min(999.0) / 10.0
    } else {
        100.0
    };
    format!("{} %", fixed(shown, 1))
}

/// A file size: `15 KB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => plural(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} KB", compact((bytes as f64 / 1e3).round())),
        _ => format!("{} MB", compact((bytes as f64 / 1e5).round() / 10.0)),
    }
}

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

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [count(0), count(999), count(1_234_567)],
            ["0", "999", "1,234,567"]
        );
        assert_eq!(
            [
                compact(79.308_674),
                compact(4.424_5),
                compact(1234.6),
                compact(-0.012_34),
                compact(50.0),
                compact(149.789)
            ],
            ["79.3", "4.42", "1,235", "−0.0123", "50", "149.8"]
        );
        assert_eq!(
            [fixed(-0.0001, 2), fixed(-1.5, 1), fixed(f64::NAN, 2)],
            ["0.00", "−1.5", "–"]
        );
        assert_eq!(
            [percent(0.98), percent(0.9999), percent(1.0)],
            ["98.0 %", "99.9 %", "100.0 %"]
        );
        assert_eq!(
            [size(15_366), size(1), size(2_500_000)],
            ["15 KB", "1 byte", "2.5 MB"]
        );
    }
}
