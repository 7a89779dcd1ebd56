//! The kernel of the screen: sixteen samples at a time are compared with all centroids.
//!
//! The lowest bits of a squared distance hold the number of the centroid, so that one minimum gives both the distance and the
//! centroid.

use crate::numeric::{F32x4, LANES};

/// Samples that lie together.
pub(crate) const GROUP: usize = QUADS * LANES;
const QUADS: usize = 4;
/// One feature of a group.
pub(crate) type Group = [f32; GROUP];

/// What an assignment found in a block.
#[derive(Default)]
pub(super) struct Assigned {
    /// Samples whose label is another one, with the old label.
    pub(super) moves: Vec<(u32, u32)>,
    /// Samples with two nearest centroids.
    pub(super) doubtful: Vec<u32>,
}

impl Assigned {
    pub(super) fn clear(&mut self) {
        self.moves.clear();
        self.doubtful.clear();
    }
}

/// Squared distance of each sample of a group to the nearest of some centres.
#[inline(never)]
pub(super) fn least_squares(group: &[Group], centres: &[f32]) -> Group {
    let mut least = [F32x4::splat(f32::INFINITY); QUADS];
    for centre in centres.chunks_exact(group.len().max(1)) {
        let mut squared = [F32x4::splat(0.0); QUADS];
        for (values, &c) in group.iter().zip(centre) {
            add_square(&mut squared, quads(values), F32x4::splat(c));
        }
        for (least, squared) in least.iter_mut().zip(squared) {
            *least = squared.smaller(*least);
        }
    }
    let mut found = [0.0; GROUP];
    let (quads, _) = found.as_chunks_mut::<LANES>();
    for (quad, least) in quads.iter_mut().zip(least) {
        *quad = least.to_array();
    }
    found
}

/// Some groups of samples.
pub(super) struct Block<'a> {
    pub(super) values: &'a [Group],
    pub(super) start: usize,
    /// The bits that hold the number of a centroid.
    pub(super) marks: u32,
    pub(super) doubt: f32,
}

/// The centroids to compare with.
pub(super) struct Centres<'a> {
    /// Centroid by centroid; for [`Block::assign_by_products`] what [`products`] makes of them.
    pub(super) values: &'a [f32],
    /// Number of each centroid, ascending.
    pub(super) numbers: &'a [u32],
}

/// `-2 c` of each centroid, and `|c|^2`.
pub(super) fn products(centres: &[f32], d: usize) -> Vec<f32> {
    let mut products = Vec::with_capacity(centres.len() / d * (d + 1));
    for centre in centres.chunks_exact(d) {
        products.extend(centre.iter().map(|c| -2.0 * c));
        products.push(centre.iter().map(|c| c * c).sum());
    }
    products
}

impl Block<'_> {
    /// `D` features, held in registers for all centroids.
    #[inline(never)]
    pub(super) fn assign<const D: usize>(
        &self,
        centres: &Centres,
        labels: &mut [[u32; GROUP]],
        found: &mut Assigned,
    ) {
        let (groups, _) = self.values.as_chunks::<D>();
        let (values, _) = centres.values.as_chunks::<D>();
        for (at, (group, labels)) in groups.iter().zip(labels).enumerate() {
            let group = group.map(|values| quads(&values));
            let mut nearest = Nearest::new(self.marks);
            for (&number, centre) in centres.numbers.iter().zip(values) {
                let mut squared = [F32x4::splat(0.0); QUADS];
                for (values, &c) in group.iter().zip(centre) {
                    add_square(&mut squared, *values, F32x4::splat(c));
                }
                nearest.meet::<false>(squared, number);
            }
            self.note::<false>(at, &nearest, labels, found);
        }
    }

    /// As [`Self::assign_verified`], whose loops it shares but for the innermost: many features, by `|x - c|^2 - |x|^2 = |c|^2 - 2 x c`: one operation less per feature, and fewer digits.
    #[inline(never)]
    pub(super) fn assign_by_products(
        &self,
        d: usize,
        centres: &Centres,
        labels: &mut [[u32; GROUP]],
        found: &mut Assigned,
    ) {
        for (at, (group, labels)) in self.values.chunks_exact(d.max(1)).zip(labels).enumerate() {
            let mut nearest = Nearest::new(self.marks);
            let (pairs, last) = centres.numbers.as_chunks();
            let (of_pairs, of_last) = centres.values.split_at(2 * pairs.len() * (d + 1));
            for (&[first, second], values) in pairs.iter().zip(of_pairs.chunks_exact(2 * (d + 1))) {
                // Two centroids at once: the additions for one depend on each other.
                let (of_first, of_second) = values.split_at(d + 1);
                let mut squared = [of_first[d], of_second[d]].map(|c| [F32x4::splat(c); QUADS]);
                for ((values, &a), &b) in group.iter().zip(of_first).zip(of_second) {
                    let values = quads(values);
                    add_product(&mut squared[0], values, F32x4::splat(a));
                    add_product(&mut squared[1], values, F32x4::splat(b));
                }
                nearest.meet::<false>(squared[0], first);
                nearest.meet::<false>(squared[1], second);
            }
            for (&number, centre) in last.iter().zip(of_last.chunks_exact(d + 1)) {
                let mut squared = [F32x4::splat(centre[d]); QUADS];
                for (values, &c) in group.iter().zip(centre) {
                    add_product(&mut squared, quads(values), F32x4::splat(c));
                }
                nearest.meet::<false>(squared, number);
            }
            self.note::<false>(at, &nearest, labels, found);
        }
    }

    /// Any number of features; samples with two nearest centroids are noted.
    #[inline(never)]
    pub(super) fn assign_verified(
        &self,
        d: usize,
        centres: &Centres,
        labels: &mut [[u32; GROUP]],
        found: &mut Assigned,
    ) {
        for (at, (group, labels)) in self.values.chunks_exact(d.max(1)).zip(labels).enumerate() {
            let mut nearest = Nearest::new(self.marks);
            let centres = centres
                .numbers
                .iter()
                .zip(centres.values.chunks_exact(d.max(1)));
            for (&number, centre) in centres {
                let mut squared = [F32x4::splat(0.0); QUADS];
                for (values, &c) in group.iter().zip(centre) {
                    add_square(&mut squared, quads(values), F32x4::splat(c));
                }
                nearest.meet::<true>(squared, number);
            }
            self.note::<true>(at, &nearest, labels, found);
        }
    }

    /// Writes the labels of a group, notes moves and doubts.
    #[allow(
        clippy::inline_always,
        reason = "what it takes and gives stays in registers"
    )]
    #[inline(always)]
    fn note<const VERIFIED: bool>(
        &self,
        at: usize,
        nearest: &Nearest,
        labels: &mut [u32; GROUP],
        found: &mut Assigned,
    ) {
        let first = (self.start + at * GROUP) as u32;
        let marks = F32x4::splat_bits(self.marks);
        let (old, _) = labels.as_chunks_mut::<LANES>();
        let mut is_same = true;
        for quad in 0..QUADS {
            is_same &= nearest.least[quad].and(marks).has_bits(&old[quad]);
        }
        if VERIFIED {
            let share = F32x4::splat(1.0 + 4.0 * (self.marks + 1) as f32 * f32::EPSILON);
            for quad in 0..QUADS {
                let bound = nearest.least[quad]
                    .times(share)
                    .plus(F32x4::splat(self.doubt));
                if nearest.second[quad].any_at_most(bound) {
                    let second = nearest.second[quad].to_array();
                    for (lane, (second, bound)) in
                        second.into_iter().zip(bound.to_array()).enumerate()
                    {
                        if second <= bound {
                            found.doubtful.push(first + (quad * LANES + lane) as u32);
                        }
                    }
                }
            }
        }
        if !is_same {
            for quad in 0..QUADS {
                let new = nearest.least[quad].and(marks).to_bits();
                for (lane, new) in new.into_iter().enumerate() {
                    let old = std::mem::replace(&mut old[quad][lane], new);
                    if old != new {
                        found
                            .moves
                            .push((first + (quad * LANES + lane) as u32, old));
                    }
                }
            }
        }
    }
}

/// The nearest centroid so far of a group.
struct Nearest {
    /// Squared distance, its number in the lowest bits.
    least: [F32x4; QUADS],
    /// The same of the next nearest.
    second: [F32x4; QUADS],
    /// The bits of a distance that are its own.
    distance: F32x4,
}

impl Nearest {
    #[allow(clippy::inline_always, reason = "all of it stays in registers")]
    #[inline(always)]
    fn new(marks: u32) -> Self {
        Self {
            least: [F32x4::splat(f32::MAX); QUADS],
            second: [F32x4::splat(f32::MAX); QUADS],
            distance: F32x4::splat_bits(!marks),
        }
    }

    #[allow(clippy::inline_always, reason = "all of it stays in registers")]
    #[inline(always)]
    fn meet<const VERIFIED: bool>(&mut self, squared: [F32x4; QUADS], number: u32) {
        let label = F32x4::splat_bits(number);
        for quad in 0..QUADS {
            let marked = squared[quad].and(self.distance).or(label);
            if VERIFIED {
                let farther = marked.larger(self.least[quad]);
                self.second[quad] = farther.smaller(self.second[quad]);
            }
            self.least[quad] = marked.smaller(self.least[quad]);
        }
    }
}

#[allow(
    clippy::inline_always,
    reason = "a call would cost more than the loads"
)]
#[inline(always)]
fn quads(values: &Group) -> [F32x4; QUADS] {
    let (quads, _) = values.as_chunks::<LANES>();
    std::array::from_fn(|quad| F32x4::load(&quads[quad]))
}

#[allow(clippy::inline_always, reason = "a call would cost more than the sums")]
#[inline(always)]
fn add_product(sums: &mut [F32x4; QUADS], values: [F32x4; QUADS], c: F32x4) {
    for quad in 0..QUADS {
        sums[quad] = sums[quad].plus(values[quad].times(c));
    }
}

#[allow(clippy::inline_always, reason = "a call would cost more than the sums")]
#[inline(always)]
fn add_square(squared: &mut [F32x4; QUADS], values: [F32x4; QUADS], c: F32x4) {
    for quad in 0..QUADS {
        let difference = values[quad].minus(c);
        squared[quad] = squared[quad].plus(difference.times(difference));
    }
}
