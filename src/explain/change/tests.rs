//! Smallest changes against closed forms, and against every point of small grids.

use super::super::grid::Grid;
use super::*;
use crate::numeric::{Rng, squared_euclidean};

/// Values from -10 to 10 as multiples of a power of ten.
fn scope(power: i32) -> Scope {
    Scope::number(Grid::between(-10.0, 10.0, power), 1.0)
}

/// How much nearer the first centre is than every other.
fn nearest_of(centres: &[Vec<f64>]) -> impl Fn(&[f64]) -> Vec<f64> {
    |at: &[f64]| {
        let own = squared_euclidean(at, &centres[0]);
        let others = centres[1..].iter();
        others.map(|it| squared_euclidean(at, it) - own).collect()
    }
}

fn drawn(rng: &mut Rng, n: usize) -> Vec<f64> {
    (0..n).map(|_| 20.0 * rng.uniform() - 10.0).collect()
}

fn is_on(grid: &Grid, value: f64) -> bool {
    let n_up_to = grid.n_up_to(value);
    n_up_to > 0 && grid.value(n_up_to - 1) == value
}

/// One-hot columns of a category of three, then two answers from 1 to 5: what the models see of a code and the answers.
fn seen(at: &[f64]) -> Vec<f64> {
    let column = |code: usize| 2.0 * f64::from(u8::from(at[0] == code as f64));
    vec![column(0), column(1), column(2), at[1], at[2]]
}

#[test]
fn a_category_moves_as_a_whole_and_no_point_is_nearer() {
    let (mut n_with, mut n_alone, mut n_none) = (0, 0, 0);
    for seed in 0..300 {
        let mut rng = Rng::new(seed);
        let centres: Vec<Vec<f64>> = (0..3)
            .map(|_| {
                (0..5)
                    .map(|j| (if j < 3 { 2.0 } else { 5.0 }) * rng.uniform())
                    .collect()
            })
            .collect();
        let of_seen = nearest_of(&centres);
        let margins = |at: &[f64]| of_seen(&seen(at));
        let own = rng.below(3);
        let at = [
            own as f64,
            1.0 + rng.below(5) as f64,
            1.0 + rng.below(5) as f64,
        ];
        let answers = || Grid::Answers(vec![1.0, 2.0, 3.0, 4.0, 5.0]);
        let codes = (0..3).filter(|&code| code != own).map(|code| code as f64);
        let squares = (0..3)
            .map(|code| squared_euclidean(&seen(&at), &seen(&[f64::from(code), at[1], at[2]])));
        let scopes = [
            Scope::category(codes.collect(), squares.collect()),
            Scope::number(answers(), 1.0),
            Scope::number(answers(), 1.0),
        ];
        let found = smallest_changes(&at, &scopes, &margins, &at);
        // Slow and obvious: every customer there could be.
        let (mut least, mut least_alone) = (f64::INFINITY, f64::INFINITY);
        for number in 0..75 {
            let tried = [
                f64::from(number % 3),
                f64::from(1 + number / 3 % 5),
                f64::from(1 + number / 15),
            ];
            if margins(&tried).iter().all(|margin| *margin > 0.0) {
                let length = squared_euclidean(&seen(&at), &seen(&tried)).sqrt();
                least = least.min(length);
                if tried[1..] == at[1..] {
                    least_alone = least_alone.min(length);
                }
            }
        }
        let Some(first) = found.first() else {
            n_none += 1;
            assert!(least == 0.0 || least.is_infinite(), "{seed}: {least}");
            continue;
        };
        assert!(
            (first.length - least).abs() < 1e-9,
            "{seed}: {first:?} {least}"
        );
        for it in &found {
            assert!(margins(&it.to).iter().all(|margin| *margin > 0.0), "{it:?}");
            let length = squared_euclidean(&seen(&at), &seen(&it.to)).sqrt();
            assert!((it.length - length).abs() < 1e-9, "{it:?}");
            assert!(it.to[0] < 3.0 && it.to[0].fract() == 0.0, "{it:?}");
            n_with += usize::from(it.to[0] != at[0] && it.to[1..] != at[1..]);
            if it.to[1..] == at[1..] {
                n_alone += 1;
                assert!((it.length - least_alone).abs() < 1e-9, "{seed}: {it:?}");
            }
        }
    }
    assert!(
        n_with > 10 && n_alone > 50 && n_none > 50,
        "{n_with} {n_alone} {n_none}"
    );
}

/// What every change must be, whatever is searched for.
fn check(at: &[f64], scopes: &[Scope], margins: &Margins, found: &[Found]) {
    assert!(found.len() <= 3);
    let ascending = found
        .windows(2)
        .all(|pair| pair[0].length <= pair[1].length);
    assert!(ascending, "{found:?}");
    for it in found {
        assert!(margins(&it.to).iter().all(|margin| *margin > 0.0), "{it:?}");
        let moved: Vec<usize> = (0..at.len()).filter(|&j| it.to[j] != at[j]).collect();
        assert!((1..=3).contains(&moved.len()), "{it:?}");
        for &which in &moved {
            assert!(is_on(&scopes[which].grid, it.to[which]), "{it:?}");
        }
        let squares = moved
            .iter()
            .map(|&j| ((it.to[j] - at[j]) / scopes[j].unit).powi(2));
        assert!((it.length - squares.sum::<f64>().sqrt()).abs() < 1e-9);
    }
}

#[test]
fn between_two_centres_no_change_is_longer_than_the_closed_form() {
    let mut n_compared = 0;
    for seed in 0..300 {
        let mut rng = Rng::new(seed);
        let d = 1 + seed as usize % 3;
        let centres = vec![drawn(&mut rng, d), drawn(&mut rng, d)];
        let at = drawn(&mut rng, d);
        let margins = nearest_of(&centres);
        // Without a grid: the distance to the half-space.
        let apart = squared_euclidean(&centres[0], &centres[1]).sqrt();
        let gap = squared_euclidean(&at, &centres[0]) - squared_euclidean(&at, &centres[1]);
        let closed = gap / (2.0 * apart);
        let border: Vec<f64> = (0..d)
            .map(|j| at[j] + closed * (centres[0][j] - centres[1][j]) / apart)
            .collect();
        for power in [-12, -3, 0] {
            let scopes = vec![scope(power); d];
            let found = smallest_changes(&at, &scopes, &margins, &at);
            check(&at, &scopes, &margins, &found);
            if closed <= 0.0 {
                assert!(found.is_empty());
                continue;
            }
            // Its next values outwards, where they are in the range.
            let snapped: Option<Vec<f64>> = (0..d)
                .map(|j| {
                    let grid = &scopes[j].grid;
                    let n_up_to = grid.n_up_to(border[j]);
                    let next = if border[j] > at[j] {
                        n_up_to
                    } else {
                        n_up_to.checked_sub(1)?
                    };
                    (next < grid.n()).then(|| grid.value(next))
                })
                .collect();
            let Some(snapped) = snapped.filter(|it| margins(it)[0] > 0.0) else {
                continue;
            };
            n_compared += 1;
            let longest = squared_euclidean(&at, &snapped).sqrt() + 1e-9;
            assert!(
                found[0].length <= longest,
                "{seed} {power}: {} > {longest}",
                found[0].length
            );
            if power == -12 {
                assert!((found[0].length - closed).abs() <= 1e-9, "{seed}");
            }
        }
    }
    assert!(n_compared > 300, "{n_compared}");
}

/// `ln weight + ln density` without constants, for a diagonal covariance.
struct Bell {
    mean: Vec<f64>,
    variance: Vec<f64>,
    log_weight: f64,
}

impl Bell {
    fn drawn(rng: &mut Rng, d: usize) -> Self {
        Self {
            mean: drawn(rng, d),
            variance: (0..d).map(|_| 0.3 + 6.0 * rng.uniform()).collect(),
            log_weight: libm::log(0.1 + rng.uniform()),
        }
    }

    fn share(&self, at: &[f64]) -> f64 {
        let terms = at.iter().zip(&self.mean).zip(&self.variance);
        let terms = terms.map(|((x, m), v)| (x - m).powi(2) / v + libm::log(*v));
        self.log_weight - 0.5 * terms.sum::<f64>()
    }
}

/// The distance to the border of two bells by the one equation of Vardakas and co-authors: `z(l)` is where the gradient of
/// `|z - x|^2 / 2 - l q(z)` vanishes, and `l` a root of `q(z(l))`.
fn one_equation(at: &[f64], own: &Bell, other: &Bell) -> Option<Vec<f64>> {
    let q = |z: &[f64]| own.share(z) - other.share(z);
    let place = |l: f64| -> Vec<f64> {
        let place = |j: usize| {
            let (a, b) = (1.0 / own.variance[j], 1.0 / other.variance[j]);
            (at[j] + l * (a * own.mean[j] - b * other.mean[j])) / (1.0 + l * (a - b))
        };
        (0..at.len()).map(place).collect()
    };
    // From 0 to the first pole the border is nearest.
    let poles = (0..at.len()).map(|j| 1.0 / other.variance[j] - 1.0 / own.variance[j]);
    let most = poles
        .filter(|slope| *slope > 0.0)
        .map(|slope| 1.0 / slope)
        .fold(1e6, f64::min);
    let (mut low, mut high) = (0.0, most * (1.0 - 1e-12));
    if q(&place(high)) <= 0.0 {
        return None;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if q(&place(middle)) > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(place(high))
}

#[test]
fn between_two_bells_no_change_is_longer_than_the_one_equation() {
    let mut n_compared = 0;
    for seed in 0..400 {
        let mut rng = Rng::new(seed);
        let d = 1 + seed as usize % 3;
        let (own, other) = (Bell::drawn(&mut rng, d), Bell::drawn(&mut rng, d));
        let at = drawn(&mut rng, d);
        let margins = |at: &[f64]| vec![own.share(at) - other.share(at)];
        if margins(&at)[0] > 0.0 {
            continue;
        }
        let Some(closed) = one_equation(&at, &own, &other) else {
            continue;
        };
        let scopes = vec![scope(-9); d];
        let found = smallest_changes(&at, &scopes, &margins, &own.mean);
        check(&at, &scopes, &margins, &found);
        if closed.iter().all(|x| x.abs() < 9.99) {
            n_compared += 1;
            let longest = squared_euclidean(&at, &closed).sqrt() + 1e-8;
            assert!(
                found[0].length <= longest,
                "{seed}: {} > {longest}",
                found[0].length
            );
        }
    }
    assert!(n_compared > 60, "{n_compared}");
}

#[test]
fn on_small_grids_no_point_is_nearer() {
    let (mut n_found, mut n_none) = (0, 0);
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let d = 1 + rng.below(3);
        let centres: Vec<Vec<f64>> = (0..2 + rng.below(4))
            .map(|_| (0..d).map(|_| 1.0 + 4.0 * rng.uniform()).collect())
            .collect();
        let at: Vec<f64> = (0..d).map(|_| 1.0 + rng.below(5) as f64).collect();
        let scopes: Vec<Scope> = (0..d)
            .map(|_| {
                let grid = Grid::Answers(vec![1.0, 2.0, 3.0, 4.0, 5.0]);
                Scope::number(grid, 0.5 + rng.uniform())
            })
            .collect();
        let margins = nearest_of(&centres);
        let found = smallest_changes(&at, &scopes, &margins, &at);
        check(&at, &scopes, &margins, &found);
        let mut least = f64::INFINITY;
        for number in 0..5_usize.pow(d as u32) {
            let digit = |j: usize| 1.0 + (number / 5_usize.pow(j as u32) % 5) as f64;
            let tried: Vec<f64> = (0..d).map(digit).collect();
            if margins(&tried).iter().all(|margin| *margin > 0.0) {
                let squares = (0..d).map(|j| ((tried[j] - at[j]) / scopes[j].unit).powi(2));
                least = least.min(squares.sum::<f64>().sqrt());
            }
        }
        if let Some(first) = found.first() {
            n_found += 1;
            assert!((first.length - least).abs() < 1e-9, "{seed}: {first:?}");
        } else {
            n_none += 1;
            assert!(least == 0.0 || least.is_infinite(), "{seed}: {least}");
        }
    }
    assert!(n_found > 80 && n_none > 20, "{n_found} {n_none}");
}

#[test]
fn mixed_grids_many_attributes_and_curves_are_searched() {
    for seed in 0..60 {
        let mut rng = Rng::new(seed);
        let d = 2 + rng.below(12);
        let centres: Vec<Vec<f64>> = (0..3).map(|_| drawn(&mut rng, d)).collect();
        let at: Vec<f64> = (0..d).map(|_| libm::round(6.0 * rng.normal())).collect();
        let at: Vec<f64> = at.iter().map(|x| x.clamp(-9.0, 9.0)).collect();
        let scopes: Vec<Scope> = (0..d)
            .map(|j| match (j + seed as usize) % 4 {
                0 => scope(-3),
                1 => scope(0),
                2 => Scope::number(Grid::nothing(), 1.0),
                _ => Scope::number(Grid::Answers(vec![-9.0, -2.0, 0.0, 2.0, 9.0]), 2.0),
            })
            .collect();
        let linear = nearest_of(&centres);
        // The ratio of two attributes and a logarithm: not of degree two, and undefined in places.
        let curved = |at: &[f64]| {
            let made = [at[0] / at[1], libm::log(at[1])];
            if made.iter().any(|x| !x.is_finite()) {
                return vec![-1.0];
            }
            vec![made[0] - 1.5, 2.0 - made[1]]
        };
        for margins in [&linear as &Margins, &curved] {
            let found = smallest_changes(&at, &scopes, margins, &centres[0]);
            check(&at, &scopes, margins, &found);
            for it in &found {
                assert!((0..d).all(|j| scopes[j].grid.n() > 0 || it.to[j] == at[j]));
                // Of one attribute: every value of its grid that is nearer is tried.
                let moved: Vec<usize> = (0..d).filter(|&j| it.to[j] != at[j]).collect();
                if let [which] = moved[..] {
                    let grid = &scopes[which].grid;
                    let apart = |value: f64| (value - at[which]).abs();
                    let nearer = (0..grid.n()).map(|place| grid.value(place));
                    let mut nearer = nearer.filter(|value| apart(*value) < apart(it.to[which]));
                    let is_right = |value: f64| {
                        let tried = with(&at, which, value);
                        margins(&tried).iter().all(|margin| *margin > 0.0)
                    };
                    assert!(
                        margins(&at).len() < 2 || !nearer.any(is_right),
                        "{seed} {it:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_holds_already_or_nowhere_has_no_change() {
    let never = |_: &[f64]| vec![-1.0];
    assert!(smallest_changes(&[3.0, 1.0], &[scope(0), scope(0)], &never, &[0.0; 2]).is_empty());
    let always = |_: &[f64]| vec![1.0];
    assert!(smallest_changes(&[3.0], &[scope(0)], &always, &[0.0]).is_empty());
    assert!(smallest_changes(&[], &[], &never, &[]).is_empty());
    // Holds above 40.44, and no column can have that.
    let margins = |at: &[f64]| vec![at[0] - 40.44];
    assert!(smallest_changes(&[5.0], &[scope(-2)], &margins, &[41.0]).is_empty());
    let scopes = [Scope::number(Grid::between(0.0, 100.0, -1), 1.0)];
    let found = smallest_changes(&[35.0], &scopes, &margins, &[50.0]);
    assert_eq!(found[0].to, [40.5]);
}

#[test]
fn many_attributes_take_few_looks_at_the_margins() {
    for (d, power, limit) in [(2, -2, 5_000), (3, -3, 20_000), (20, 0, 60_000)] {
        for seed in 0..5 {
            let mut rng = Rng::new(seed);
            let bells: Vec<Bell> = (0..5).map(|_| Bell::drawn(&mut rng, d)).collect();
            let at: Vec<f64> = bells[1].mean.iter().map(|x| libm::round(*x)).collect();
            let n_looks = std::cell::Cell::new(0);
            let margins = |at: &[f64]| {
                n_looks.set(n_looks.get() + 1);
                let own = bells[0].share(at);
                let others = bells[1..].iter().map(|bell| own - bell.share(at));
                others.collect()
            };
            let scopes = vec![scope(power); d];
            let found = smallest_changes(&at, &scopes, &margins, &bells[0].mean);
            assert!(n_looks.get() < limit, "{d}: {}", n_looks.get());
            check(&at, &scopes, &margins, &found);
            assert!(n_looks.get() > 1, "{d} {seed}");
        }
    }
}
