//! The connected part of S around the observed difference, and the p value given it.
//!
//! ```text
//! z0 = |T| / s                     part = (a, b) with a < z0 < b, in standard deviations
//! Q(z) = P(Z >= z)                 v = ln Q(a) - ln Q(z0) >= 0,     u = ln Q(z0) - ln Q(b) >= 0
//! p  = P( Z in (z0, b)  or  Z in (a, -z0)  given  Z in (a, b) )
//!    = ( 1 - e^-u  +  [a < -z0] (1 - Q(-a) / Q(z0)) ) / ( e^v - e^-u )
//! ```
//!
//! Both edges are found in the scale of `ln Q`, in which p is decided: a step of 0.25 changes the tail by 28 %, whether z0 is 2 or 200.
//! Steps double outwards until the models find another group, then halve. A p value below `e^-12` is not searched further, and
//! beyond `u = 5` less than 1 % of the tail is left: there b counts as infinite, which makes p too large by at most that.

use super::Contrast;
use super::tail::{ln_upper_tail, z_of_ln_upper_tail};
use crate::numeric::Matrix;

/// The first step on both sides.
const FIRST: f64 = 0.25;
/// The farthest search towards 0.
const DEEPEST: f64 = 12.0;
/// The farthest search away from 0.
const HIGHEST: f64 = 5.0;
/// With this `v` p is below 0.001 wherever b is.
const DECIDED: f64 = 7.0;
/// A part narrower than this on both sides is no place for a probability: the group hardly ever comes back.
const NARROWEST: f64 = 1e-3;
/// An edge is known to this share of its distance, and of 1 where it is farther.
const SHARP: f64 = 0.03;

/// One edge: how far the group is known to come back, and where it is known not to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Edge {
    inside: f64,
    outside: Option<f64>,
    farthest: f64,
}

impl Edge {
    fn new(farthest: f64) -> Self {
        Self {
            inside: 0.0,
            outside: None,
            farthest,
        }
    }

    /// The next distance to try; `None` once the edge is known.
    fn next(&self) -> Option<f64> {
        match self.outside {
            None if self.inside >= self.farthest => None,
            None => Some((2.0 * self.inside + FIRST).min(self.farthest)),
            Some(outside) if outside < NARROWEST => None,
            Some(outside) if outside - self.inside <= SHARP * outside.min(1.0) => None,
            // Towards the data the scale may be far smaller than the first step.
            Some(outside) if self.inside == 0.0 => Some(0.25 * outside),
            Some(outside) => Some(f64::midpoint(self.inside, outside)),
        }
    }

    fn tell(&mut self, distance: f64, is_same: bool) {
        if is_same {
            self.inside = distance;
        } else {
            self.outside = Some(distance);
        }
    }

    /// The distance of the edge; `None` where it lies beyond the farthest.
    fn distance(&self) -> Option<f64> {
        let outside = self.outside?;
        Some(f64::midpoint(self.inside, outside))
    }
}

/// The search for the part of S, one fit at a time: [`Self::next`] says which data to cluster, [`Self::tell`] hears whether the models
/// found the group in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    z: f64,
    ln_tail: f64,
    towards: Edge,
    away: Edge,
    asked: Option<(bool, f64)>,
}

impl Search {
    /// For an observed difference of `z` standard deviations, at least 0.
    pub fn new(z: f64) -> Self {
        let ln_tail = ln_upper_tail(z);
        Self {
            z,
            ln_tail,
            // The tail cannot exceed everyone.
            towards: Edge::new(DEEPEST.min(-ln_tail)),
            away: Edge::new(HIGHEST),
            asked: None,
        }
    }

    /// The difference to try next, in standard deviations; `None` at the end.
    #[allow(
        clippy::should_implement_trait,
        reason = "what comes next depends on what is told in between"
    )]
    pub fn next(&mut self) -> Option<f64> {
        self.asked = match self.towards.next() {
            Some(distance) => Some((true, distance)),
            None if self.towards.inside >= DECIDED => None,
            None => self.away.next().map(|distance| (false, distance)),
        };
        let (is_towards, distance) = self.asked?;
        Some(if is_towards {
            self.z_towards(distance)
        } else {
            z_of_ln_upper_tail(self.ln_tail - distance)
        })
    }

    /// Whether the models find the group in the data that [`Self::next`] asked for.
    pub fn tell(&mut self, is_same: bool) {
        match self.asked.take() {
            Some((true, distance)) => self.towards.tell(distance, is_same),
            Some((false, distance)) => self.away.tell(distance, is_same),
            None => {}
        }
    }

    /// The z at this distance towards 0 and beyond it.
    fn z_towards(&self, distance: f64) -> f64 {
        // The last bits before everyone stand for all that is farther.
        z_of_ln_upper_tail((self.ln_tail + distance).min(-1e-15))
    }

    /// The p value once the search has ended; `None` where the group comes back nowhere else.
    pub fn p(&self) -> Option<f64> {
        let is_nowhere = |edge: &Edge| edge.outside.is_some_and(|outside| outside < NARROWEST);
        if is_nowhere(&self.towards) && is_nowhere(&self.away) {
            return None;
        }
        let v = self.towards.distance().unwrap_or(self.towards.farthest);
        let a = if self.towards.outside.is_none() && v < DEEPEST {
            f64::NEG_INFINITY
        } else {
            self.z_towards(v)
        };
        let beyond = self.away.distance().map_or(0.0, |u| libm::exp(-u));
        let other_side = if a < -self.z {
            1.0 - libm::exp(ln_upper_tail(-a) - self.ln_tail)
        } else {
            0.0
        };
        let p = (1.0 - beyond + other_side) / (libm::exp(v) - beyond);
        Some(p.clamp(0.0, 1.0))
    }
}

/// The selective p value of a contrast; `is_same` says whether the models find the group again in the data it is given, whose rows are
/// those of `points`. `None` where the group hardly ever comes back.
///
/// # Errors
/// Those of `is_same`.
pub fn selective_p<E>(
    contrast: &Contrast,
    points: &Matrix,
    is_same: &mut dyn FnMut(&Matrix) -> Result<bool, E>,
) -> Result<Option<f64>, E> {
    let distinct_of: Vec<u32> = (0..points.n_samples() as u32).collect();
    let mut search = Search::new(contrast.z());
    while let Some(z) = search.next() {
        search.tell(is_same(&contrast.moved(points, &distinct_of, z))?);
    }
    Ok(search.p())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    /// The p value where the group comes back between two differences, and how many fits it took.
    fn found(z: f64, a: f64, b: f64) -> (Option<f64>, usize) {
        let mut search = Search::new(z);
        let mut n_fits = 0;
        while let Some(tried) = search.next() {
            n_fits += 1;
            search.tell(tried > a && tried < b);
        }
        (search.p(), n_fits)
    }

    fn tail(z: f64) -> f64 {
        libm::exp(ln_upper_tail(z))
    }

    #[test]
    fn p_is_that_of_the_normal_cut_at_both_edges() {
        for (z, a, b) in [
            (2.0, 1.2, 2.6),
            (2.0, 0.1, 9.0),
            (1.0, -0.5, 3.0),
            (1.0, -2.0, 3.0),
            (0.5, f64::NEG_INFINITY, f64::INFINITY),
            (3.5, 3.45, 3.6),
            (30.0, 29.9, 31.0),
        ] {
            let more = tail(z) - tail(b);
            let less = if a < -z { tail(z) - tail(-a) } else { 0.0 };
            let wanted = (more + less) / (tail(a) - tail(b));
            let (p, n_fits) = found(z, a, b);
            let p = p.unwrap();
            assert!(
                (p - wanted).abs() <= 0.06 * wanted,
                "{z} {a} {b}: {p} against {wanted}"
            );
            assert!(n_fits <= 20, "{n_fits}");
        }
    }

    #[test]
    fn a_clear_difference_takes_few_fits_and_a_lost_group_has_no_p() {
        let (p, n_fits) = found(60.0, 20.0, f64::INFINITY);
        assert!(p.unwrap() <= 1e-5 && n_fits <= 7, "{p:?} {n_fits}");
        assert_eq!(found(4.0, 4.0 - 1e-6, 4.0 + 1e-6).0, None);
        // Everything is the same: the usual two-sided p value.
        let (p, _) = found(1.959_963_984_540_054, f64::NEG_INFINITY, f64::INFINITY);
        assert!((p.unwrap() - 0.05).abs() < 0.001, "{p:?}");
    }
}
