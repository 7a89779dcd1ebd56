//! A column in a small picture: everyone in grey, and in front of them those of the row.

use crate::chart::{Bins, Mark};
use crate::numeric::FiveNumbers;

/// Steps of a picture.
pub(super) const BINS: usize = 24;
/// So few customers are drawn one by one: quartiles of them say nothing.
pub(super) const FEW: usize = 30;
/// Size of a picture, and what is left of its height for the bars.
const SIZE: (f64, f64) = (160.0, 46.0);
const BARS: f64 = SIZE.1 - 10.0;

/// Who stands in front of everyone.
pub(super) enum Front<'a> {
    /// Nobody: everyone's own middle half is below.
    Nobody,
    /// A segment or those in none, with their middle half below.
    Segment(Mark, &'a [usize], &'a FiveNumbers),
    /// Mismatched customers: each of a few, the bars and the middle half of many.
    Mismatched(&'a [usize], &'a FiveNumbers),
}

/// A column of everyone visible.
pub(super) struct Picture<'a> {
    /// Its values by row.
    pub values: &'a [f64],
    /// Spread of everyone.
    pub spread: &'a FiveNumbers,
    /// Everyone.
    pub rows: &'a [usize],
}

impl Picture<'_> {
    /// The picture as text.
    pub(super) fn html(&self, front: &Front) -> String {
        let all = self.counts(self.rows);
        let highest = all.iter().copied().max().unwrap_or(1).max(1) as f64;
        let bars = |rows: &[usize]| path(&self.counts(rows), highest);
        let (class, front) = match front {
            Front::Nobody => ("picture--all".to_owned(), self.half(self.spread)),
            Front::Segment(mark, rows, spread) => {
                (mark.class(), own(&bars(rows)) + &self.half(spread))
            }
            Front::Mismatched(rows, _) if rows.len() <= FEW => {
                ("picture--mismatched".to_owned(), self.each(rows))
            }
            Front::Mismatched(rows, spread) => {
                let front = own(&bars(rows)) + &self.half(spread);
                ("picture--mismatched".to_owned(), front)
            }
        };
        format!(
            "<svg class=\"picture {class}\" viewBox=\"0 0 {:.0} {:.0}\" aria-hidden=true><path class=picture__all d=\"{}\"></path>{front}</svg>",
            SIZE.0,
            SIZE.1,
            path(&all, highest)
        )
    }

    fn counts(&self, rows: &[usize]) -> Vec<usize> {
        let values = rows.iter().map(|&row| self.values[row]);
        Bins::of(values, self.spread.min, self.spread.max, BINS).counts
    }

    fn across(&self, x: f64) -> f64 {
        let (min, max) = (self.spread.min, self.spread.max);
        if max > min {
            SIZE.0 * (x - min) / (max - min)
        } else {
            SIZE.0 / 2.0
        }
    }

    /// The middle half with its median, below the bars.
    fn half(&self, spread: &FiveNumbers) -> String {
        let y = SIZE.1 - 4.0;
        let [from, middle, to] =
            [spread.q25, spread.median, spread.q75].map(|value| self.across(value));
        format!(
            "<path class=picture__half d=\"M{from:.1} {y}H{to:.1}\"></path><circle cx=\"{middle:.1}\" cy=\"{y}\" r=\"3\"></circle>"
        )
    }

    /// A ring for each.
    fn each(&self, rows: &[usize]) -> String {
        let values = rows.iter().map(|&row| self.values[row]);
        let rings = values.filter(|value| !value.is_nan()).map(|value| {
            let x = self.across(value);
            format!(
                "<circle cx=\"{x:.1}\" cy=\"{:.0}\" r=\"4\"></circle>",
                BARS - 5.0
            )
        });
        crate::ui::widgets::joined(rings)
    }
}

fn own(path: &str) -> String {
    format!("<path class=picture__own d=\"{path}\"></path>")
}

/// Bars beside each other.
fn path(counts: &[usize], highest: f64) -> String {
    let bar = SIZE.0 / BINS as f64;
    let mut path = format!("M0 {BARS:.0}");
    for (at, &n) in counts.iter().enumerate() {
        let top = BARS - BARS * n as f64 / highest;
        path += format!("V{top:.1}H{:.1}", bar * (at + 1) as f64).as_str();
    }
    format!("{path}V{BARS:.0}z")
}
