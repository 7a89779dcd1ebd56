//! Curved groups, which round segments can only cut.

use std::f64::consts::{PI, TAU};

use seamline::numeric::{Matrix, Rng};

use super::Planted;

/// Makes a set of one kind.
type Curve = fn(&mut Rng) -> Planted;

/// All kinds.
pub(super) const CURVES: [Curve; 6] = [rings, spirals, moons, zigzags, chained_rings, long_curve];

/// Customers along some curves, each as many for its length, with noise of standard deviation `noise` around it.
fn along(curves: &[Vec<[f64; 2]>], noise: f64, rng: &mut Rng) -> Planted {
    let n = 150 + rng.below(451);
    let length = |curve: &[[f64; 2]]| {
        let parts = curve.windows(2);
        parts
            .map(|part| (part[1][0] - part[0][0]).hypot(part[1][1] - part[0][1]))
            .collect::<Vec<f64>>()
    };
    let lengths: Vec<Vec<f64>> = curves.iter().map(|curve| length(curve)).collect();
    let of_all: f64 = lengths.iter().flatten().sum();
    let mut set = Planted {
        data: Matrix::with_features(2),
        groups: Vec::new(),
    };
    let parts: Vec<(usize, usize)> = (0..curves.len())
        .flat_map(|at| (0..lengths[at].len()).map(move |part| (at, part)))
        .collect();
    for _ in 0..n {
        let mut left = rng.uniform() * of_all;
        let mut chosen = parts[0];
        for &(at, part) in &parts {
            chosen = (at, part);
            if left <= lengths[at][part] {
                break;
            }
            left -= lengths[at][part];
        }
        let (at, part) = chosen;
        let share = left / lengths[at][part];
        let (from, to) = (curves[at][part], curves[at][part + 1]);
        let on = |axis: usize| from[axis] + share * (to[axis] - from[axis]);
        set.data
            .push_row([on(0) + noise * rng.normal(), on(1) + noise * rng.normal()]);
        set.groups.push(at as u32);
    }
    set
}

/// A curve through `point(share)` for shares from 0 to 1.
fn curve(point: impl Fn(f64) -> [f64; 2]) -> Vec<[f64; 2]> {
    (0..=200).map(|i| point(f64::from(i) / 200.0)).collect()
}

fn ring(centre: [f64; 2], radius: f64) -> Vec<[f64; 2]> {
    curve(|share| {
        let angle = TAU * share;
        [
            centre[0] + radius * angle.cos(),
            centre[1] + radius * angle.sin(),
        ]
    })
}

/// One to three rings around one centre.
fn rings(rng: &mut Rng) -> Planted {
    let rings: Vec<_> = (0..=rng.below(3))
        .map(|at| ring([0.0, 0.0], (at + 1) as f64))
        .collect();
    let noise = 0.03 + 0.07 * rng.uniform();
    along(&rings, noise, rng)
}

/// Two or three arms.
fn spirals(rng: &mut Rng) -> Planted {
    let (arms, turns) = (2 + rng.below(2), 0.75 + 0.75 * rng.uniform());
    let arm = |at: usize| {
        curve(|share| {
            let angle = TAU * (at as f64 / arms as f64 + turns * share);
            let radius = 0.3 + 2.7 * share;
            [radius * angle.cos(), radius * angle.sin()]
        })
    };
    let noise = 0.02 + 0.05 * rng.uniform();
    along(&(0..arms).map(arm).collect::<Vec<_>>(), noise, rng)
}

/// Two half rings that reach into each other.
fn moons(rng: &mut Rng) -> Planted {
    let upper = curve(|share| [(PI * share).cos(), (PI * share).sin()]);
    let lower = curve(|share| [1.0 - (PI * share).cos(), 0.5 - (PI * share).sin()]);
    let noise = 0.03 + 0.09 * rng.uniform();
    along(&[upper, lower], noise, rng)
}

/// One or two lines with sharp turns, side by side.
fn zigzags(rng: &mut Rng) -> Planted {
    let (n_turns, width) = (3 + rng.below(4), 0.7 + 0.6 * rng.uniform());
    let zigzag = |x: f64| -> Vec<[f64; 2]> {
        let corner = |at: usize| [x + width * (at % 2) as f64, at as f64];
        (0..=n_turns).map(corner).collect()
    };
    let lines: Vec<_> = (0..=rng.below(2))
        .map(|at| zigzag(1.5 * at as f64))
        .collect();
    let noise = 0.02 + 0.05 * rng.uniform();
    along(&lines, noise, rng)
}

/// Two to four rings, each through the next.
fn chained_rings(rng: &mut Rng) -> Planted {
    let step = 1.3 + 0.5 * rng.uniform();
    let rings: Vec<_> = (0..2 + rng.below(3))
        .map(|at| ring([step * at as f64, 0.0], 1.0))
        .collect();
    let noise = 0.02 + 0.06 * rng.uniform();
    along(&rings, noise, rng)
}

/// One wave.
fn long_curve(rng: &mut Rng) -> Planted {
    let (waves, height) = (0.5 + 1.5 * rng.uniform(), 0.5 + 1.5 * rng.uniform());
    let wave = curve(|share| [6.0 * share, height * (TAU * waves * share).sin()]);
    let noise = 0.02 + 0.1 * rng.uniform();
    along(&[wave], noise, rng)
}
