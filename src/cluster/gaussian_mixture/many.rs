//! Many starts within one budget of work: short runs from all of them, the better half of each round goes on, the best few run to
//! their end among all samples (short runs before long ones: Biernacki, Celeux & Govaert 2003, Comput. Stat. Data Anal. 41; halving:
//! Jamieson & Talwalkar 2016, AISTATS).
//!
//! A component that collapses is put elsewhere, some times per run; so a start that holds a handful of far customers is not lost.

use super::collapse::Rules;
use super::densities::Precision;
use super::run::{Ended, Ground, Run};
use super::start::{Draw, Part, components_of, components_of_part, drawn};
use super::{Blocks, GaussianMixtureParams};
use crate::cluster::{Labels, Samples, Spike};
use crate::numeric::{Rng, sorted_by};

/// Above this number of distinct samples, iterations compute densities to seven digits; the final mixture is evaluated in full
/// precision.
const MANY: usize = 5_000;
/// Distinct samples of short runs at most.
const SHORT: usize = 2_000;
/// Steps of each round of short runs, and how many runs go on after it.
const ROUNDS: [(usize, usize); 4] = [(8, 8), (10, 5), (20, 3), (20, 3)];
/// Random starts of the first round, and its steps.
const FIRST_DRAWS: usize = 5;
/// Steps of the first round.
const FIRST_STEPS: usize = 8;
/// Where so many runs of the first round are alike and none is better, no more are begun.
const ENOUGH: usize = 6;
/// Runs are alike whose likelihoods per sample differ by less.
const ALIKE: f64 = 1e-4;
/// Multiplications that short runs may take; many features leave room for fewer starts.
const BUDGET: usize = 400_000_000;
/// Steps of a short run in the mean.
const STEPS_OF_START: usize = 15;
/// Runs that go to their end.
const N_LONG: usize = 3;
/// Components that a run may put elsewhere.
const REPAIRS: usize = 3;
/// Runs whose likelihoods per sample differ by less have found the same.
const SAME: f64 = 1e-5;

/// The likeliest run whose components are all alive, or why there is none. One with a thin component gives way to one without.
pub(super) fn likeliest(
    samples: &Samples,
    starts: &[&Labels],
    params: &GaussianMixtureParams,
    progress: &mut dyn FnMut(f64),
) -> Result<Run, Option<Spike>> {
    let n_clusters = starts.first().map_or(0, |start| start.n_clusters);
    let rules = Rules::of(samples, params);
    if n_clusters == 0 || rules.are_hopeless(n_clusters) {
        return Err(None);
    }
    let whole = Ground {
        blocks: samples.blocks(),
        n_samples: samples.n_samples() as f64,
        precision: if samples.n_distinct() > MANY {
            Precision::Single
        } else {
            Precision::Double
        },
        rules: &rules,
        params,
    };
    let repairs = if params.n_starts > 0 { REPAIRS } else { 0 };
    let given = starts.iter();
    let given = given.filter_map(|start| components_of(samples, start, params));
    let given: Vec<Run> = given.map(|start| Run::of(start, repairs)).collect();
    let mut spike = None;
    let mut note = |ended: Ended| spike = spike.take().or(ended.spike);
    let mut candidates = given.clone();
    if params.n_starts > 0 {
        candidates = short_runs(candidates, n_clusters, samples, &whole, &mut note);
        progress(0.4);
        if candidates.is_empty() {
            candidates = given;
        }
    }
    let n_candidates = candidates.len() as f64;
    let mut best: Option<(bool, Run)> = None;
    for (at, mut run) in candidates.into_iter().enumerate() {
        let ended = run.advance(params.max_iter, &whole);
        match ended.and_then(|()| run.checked(&rules)) {
            Ok(run) => {
                // Of starts that run as they are the likeliest is taken, thin or not.
                let is_thin = params.n_starts > 0 && rules.are_thin(&run.components);
                let is_better = best.as_ref().is_none_or(|(was_thin, best)| {
                    (*was_thin, run.log_likelihood) > (is_thin, best.log_likelihood)
                });
                if is_better {
                    best = Some((is_thin, run));
                }
            }
            Err(ended) => note(ended),
        }
        progress(0.4 + 0.6 * (at + 1) as f64 / n_candidates);
    }
    best.map(|(_, run)| run).ok_or(spike)
}

/// The runs that are worth their end, the likeliest first, on all samples from where they got to.
fn short_runs(
    given: Vec<Run>,
    n_clusters: usize,
    samples: &Samples,
    whole: &Ground,
    note: &mut dyn FnMut(Ended),
) -> Vec<Run> {
    let is_large = samples.n_distinct() > SHORT;
    let part = if is_large {
        Part::thinned(samples, SHORT)
    } else {
        Part::whole(samples)
    };
    let own;
    let blocks = if is_large {
        own = Blocks::new(
            &samples.columns,
            &vec![1.0; samples.n_distinct()],
            &part.rows,
        );
        &own
    } else {
        whole.blocks
    };
    let ground = Ground {
        blocks,
        n_samples: part.weights.iter().sum(),
        precision: Precision::Single,
        rules: whole.rules,
        params: whole.params,
    };
    let d = samples.n_features();
    let step = part.rows.len() * n_clusters * (5 + d * d);
    let n_affordable = BUDGET / (STEPS_OF_START * step).max(1);
    let mut draws = (0..whole.params.n_starts.min(n_affordable)).filter_map(|number| {
        // Each start has its own sequence: it does not depend on how many there are.
        let mut rng = Rng::new(whole.params.seed.wrapping_add(7_919 * (number as u64 + 1)));
        let draw = if number % 2 == 0 {
            Draw::Apart
        } else {
            Draw::Evenly
        };
        let labels = drawn(samples, &part, n_clusters, draw, &mut rng);
        let components = components_of_part(samples, &part, &labels, n_clusters, whole.params)?;
        Some(Run::of(components, REPAIRS))
    });
    let mut race = |runs: Vec<Run>, steps: usize| {
        let mut left = Vec::new();
        for mut run in runs {
            match run.advance(steps, &ground) {
                Ok(()) => left.push((whole.rules.are_thin(&run.components), run)),
                Err(ended) => note(ended),
            }
        }
        let ranked = sorted_by(left, |(a_thin, a), (b_thin, b)| {
            let by_likelihood = b.log_likelihood.total_cmp(&a.log_likelihood);
            a_thin.cmp(b_thin).then(by_likelihood)
        });
        ranked.into_iter().map(|(_, run)| run).collect::<Vec<Run>>()
    };
    let mut runs = given;
    runs.extend(draws.by_ref().take(FIRST_DRAWS));
    runs = race(runs, FIRST_STEPS);
    let is_like_best = |runs: &[Run], run: &Run| {
        let best = runs.first().map_or(0.0, |best| best.log_likelihood);
        best - run.log_likelihood < ALIKE * ground.n_samples
    };
    let n_alike = runs.iter().filter(|run| is_like_best(&runs, run)).count();
    if n_alike < ENOUGH {
        runs.extend(race(draws.collect(), ROUNDS[0].0));
        runs = race(runs, 0);
        runs.truncate(ROUNDS[0].1);
        for (round, (steps, n_kept)) in ROUNDS.into_iter().enumerate().skip(1) {
            if round == 2
                && let Some(first) = runs.first()
            {
                runs.extend(first.neighbours().into_iter().take(n_affordable));
            }
            runs = different(race(runs, steps), SAME * ground.n_samples, n_kept);
        }
    }
    runs = different(runs, SAME * ground.n_samples, N_LONG);
    for run in &mut runs {
        run.n_iter = 0;
        run.has_converged = false;
        run.log_likelihood = f64::NEG_INFINITY;
    }
    runs
}

/// The first of the runs whose likelihoods differ by more than `least`.
fn different(ranked: Vec<Run>, least: f64, n_kept: usize) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::new();
    for run in ranked {
        let is_new = |other: &Run| (other.log_likelihood - run.log_likelihood).abs() > least;
        if kept.len() < n_kept && kept.iter().all(is_new) {
            kept.push(run);
        }
    }
    kept
}
