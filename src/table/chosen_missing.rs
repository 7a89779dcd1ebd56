//! Values that count as missing since somebody chose so.

use super::remark::UnitCount;
use crate::numeric::order_of_numbers;

/// A value, and how often it occurs.
struct Occurring {
    value: f64,
    count: usize,
}

/// Takes values out that count as missing; the counts of those that are there, ascending. `None` where nothing was chosen.
pub(super) fn count_missing(values: &mut [f64], missing: &[String]) -> Option<Vec<UnitCount>> {
    let wanted = missing
        .iter()
        .filter_map(|text| text.trim().parse::<f64>().ok());
    let wanted: Vec<f64> = wanted.filter(|x| x.is_finite()).collect();
    let order = order_of_numbers(wanted.len(), |i| wanted[i]);
    let mut codes: Vec<Occurring> = Vec::new();
    for value in order.iter().map(|&i| wanted[i as usize]) {
        if codes.last().is_none_or(|last| last.value != value) {
            codes.push(Occurring { value, count: 0 });
        }
    }
    for value in values.iter_mut() {
        if let Some(code) = codes.iter_mut().find(|code| code.value == *value) {
            code.count += 1;
            *value = f64::NAN;
        }
    }
    let counts = codes.into_iter().map(|code| UnitCount {
        unit: code.value.to_string(),
        count: code.count,
    });
    let counts: Vec<UnitCount> = counts.collect();
    (!counts.is_empty()).then_some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_values_are_taken_out_and_counted() {
        let mut values = [1.0, 9_999.0, -1.0, 9_999.0, f64::NAN];
        let texts = ["9999".to_owned(), " -1 ".to_owned(), "x".to_owned()];
        let counts = count_missing(&mut values, &texts);
        let counts: Vec<usize> = counts.iter().flatten().map(|it| it.count).collect();
        assert_eq!(counts, [1, 2]);
        assert_eq!(values.iter().filter(|x| x.is_nan()).count(), 4);
        assert!(count_missing(&mut values, &[]).is_none());
    }
}
