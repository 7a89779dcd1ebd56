//! Which side of a group and the rest tends to have more, by ranks.

use crate::numeric::{order_of_numbers, pulse, tied_ranks};

/// Work steps per row for sorting values.
const STEPS: usize = 64;

/// Share of pairs in which the member has the larger value, and the probability by chance of one at least that far from one half.
pub(super) fn superiority(values: &[f64], is_member: &[bool]) -> Option<(f64, f64)> {
    pulse(STEPS * values.len());
    let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    let order = order_of_numbers(present.len(), |i| values[present[i]]);
    let n = present.len() as f64;
    let members = present.iter().filter(|&&i| is_member[i]).count() as f64;
    let others = n - members;
    if members == 0.0 || others == 0.0 {
        return None;
    }
    let (mut rank_sum, mut ties) = (0.0, 0.0);
    for tied in tied_ranks(&order, |i| values[present[i]]) {
        let alike = tied.places.len() as f64;
        let own = order[tied.places].iter();
        let own = own.filter(|&&i| is_member[present[i as usize]]).count();
        rank_sum += tied.rank * own as f64;
        ties += alike.powi(3) - alike;
    }
    let share = (rank_sum - members * (members + 1.0) / 2.0) / (members * others);
    let variance = (n + 1.0 - ties / (n * (n - 1.0))) / (12.0 * members * others);
    let p = if variance > 0.0 {
        libm::erfc((share - 0.5).abs() / (2.0 * variance).sqrt())
    } else {
        1.0
    };
    Some((share, p))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn superiority_is_the_share_of_pairs() {
        let mut rng = Rng::new(2);
        let values: Vec<f64> = (0..60).map(|_| rng.below(12) as f64).collect();
        let is_member: Vec<bool> = (0..60).map(|i| i % 3 == 0).collect();
        let (mut more, mut pairs) = (0.0, 0.0);
        for i in (0..60).filter(|&i| is_member[i]) {
            for j in (0..60).filter(|&j| !is_member[j]) {
                pairs += 1.0;
                more += match values[i].total_cmp(&values[j]) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        let (share, p) = superiority(&values, &is_member).unwrap();
        assert!((share - more / pairs).abs() < 1e-12 && p < 1.0);
        // SciPy 1.17.1 mannwhitneyu([1, 2, 3, 3], [3, 4, 5, 6, 7], use_continuity=False, method="asymptotic"): U = 1
        let values = [1.0, 2.0, 3.0, 3.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let is_member: Vec<bool> = (0..9).map(|i| i < 4).collect();
        let (share, p) = superiority(&values, &is_member).unwrap();
        assert!((share - 1.0 / 20.0).abs() < 1e-12, "{share}");
        assert!((p - 0.024_946_643_222_908_644).abs() < 1e-12, "{p}");
    }
}
