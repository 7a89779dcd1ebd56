//! The remaining clusters in single precision, in groups of sixteen, to find the few nearest to one of them.

use crate::cluster::k_means::{GROUP, Group};
use crate::cluster::neighbours::Least;
use crate::numeric::{F32x4, LANES, order_by};

const QUADS: usize = GROUP / LANES;
/// Places are reassigned when less than this share of them is taken.
const LEAST_TAKEN: f64 = 0.75;
/// Features between two checks whether a group can hold a near cluster.
const STRETCH: usize = 8;
/// A coordinate farther than any: nothing is near to an empty place.
const FAR: f32 = 3e18;
/// The name at an empty place.
const NOBODY: u32 = u32::MAX;

/// Centres and sizes by place; a place may be empty.
pub(super) struct Crowd {
    n_features: usize,
    /// The features in order of spread, largest first, so that far groups are ruled out early.
    features: Vec<u32>,
    /// What centres are multiplied by, so that none is beyond 1.
    factor: f64,
    /// Group by group, each feature by feature.
    values: Vec<Group>,
    /// Sizes; 1 at empty places.
    sizes: Vec<Group>,
    /// The name of the cluster at each place.
    names: Vec<u32>,
    /// Place of each name.
    places: Vec<u32>,
    n_taken: usize,
}

/// A cluster in double precision.
pub(super) struct Member<'a> {
    pub(super) centre: &'a [f64],
    pub(super) size: f64,
}

impl Crowd {
    /// Gives places to everyone of `names`, which are below `n_names`; `member` tells who that is.
    pub(super) fn new<'a>(
        names: impl Iterator<Item = u32>,
        n_names: usize,
        n_features: usize,
        reach: f64,
        member: impl Fn(u32) -> Member<'a>,
    ) -> Self {
        let names: Vec<u32> = names.collect();
        let mut spread = vec![0.0; n_features];
        for &name in &names {
            let pairs = spread.iter_mut().zip(member(name).centre);
            pairs.for_each(|(spread, x)| *spread += x.abs());
        }
        let mut crowd = Self {
            n_features,
            features: order_by(n_features, &mut |a, b| spread[b].total_cmp(&spread[a])),
            factor: 1.0 / reach,
            values: Vec::new(),
            sizes: Vec::new(),
            names,
            places: vec![0; n_names],
            n_taken: 0,
        };
        crowd.place_all(member);
        crowd
    }

    /// Places, taken or not.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    fn place_all<'a>(&mut self, member: impl Fn(u32) -> Member<'a>) {
        self.names.retain(|&name| name != NOBODY);
        self.n_taken = self.names.len();
        let n_groups = self.n_taken.div_ceil(GROUP);
        self.values.clear();
        self.values.resize(n_groups * self.n_features, [FAR; GROUP]);
        self.sizes.clear();
        self.sizes.resize(n_groups, [1.0; GROUP]);
        for (at, name) in self.names.clone().into_iter().enumerate() {
            self.places[name as usize] = at as u32;
            self.put(at, &member(name));
        }
        self.names.resize(n_groups * GROUP, NOBODY);
    }

    fn put(&mut self, at: usize, member: &Member) {
        let (group, lane) = (at / GROUP, at % GROUP);
        let values = &mut self.values[group * self.n_features..][..self.n_features];
        for (values, &feature) in values.iter_mut().zip(&self.features) {
            values[lane] = (member.centre[feature as usize] * self.factor) as f32;
        }
        self.sizes[group][lane] = member.size as f32;
    }

    /// Puts a union at the place of the one whose name it keeps; the other place is empty from now on.
    pub(super) fn merge<'a>(&mut self, keep: u32, gone: u32, member: impl Fn(u32) -> Member<'a>) {
        self.put(self.places[keep as usize] as usize, &member(keep));
        let at = self.places[gone as usize] as usize;
        self.names[at] = NOBODY;
        self.sizes[at / GROUP][at % GROUP] = 1.0;
        if let Some(values) = self.values.get_mut(at / GROUP * self.n_features) {
            values[at % GROUP] = FAR;
        }
        self.n_taken -= 1;
        if (self.n_taken as f64) < LEAST_TAKEN * self.names.len() as f64 {
            self.place_all(member);
        }
    }

    /// The nearest others of one, by squared Ward distance, as far as they are below `limit`.
    pub(super) fn nearest(&self, name: u32, limit: f32) -> Least {
        let mut least = Least::below(limit);
        self.each_within(name, limit, |distance, other| least.take(distance, other));
        least
    }

    /// Everyone whose squared Ward distance is below `limit` or just there, but for itself.
    pub(super) fn within(&self, name: u32, limit: f32) -> Vec<u32> {
        let mut found = Vec::new();
        self.each_within(name, limit.next_up(), |_, other| {
            found.push(other);
            limit.next_up()
        });
        found
    }

    /// Calls `take` with the others of one that are below a limit; what it returns is the limit for those that follow.
    #[inline(never)]
    fn each_within(&self, name: u32, mut limit: f32, mut take: impl FnMut(f32, u32) -> f32) {
        let (d, own) = (self.n_features, self.places[name as usize] as usize);
        let (group, lane) = (own / GROUP, own % GROUP);
        let of_own = self.values[group * d..][..d].iter();
        let centre: Vec<F32x4> = of_own.map(|values| F32x4::splat(values[lane])).collect();
        let size = F32x4::splat(self.sizes[group][lane]);
        let groups = self.values.chunks_exact(d.max(1)).zip(&self.sizes);
        for (group, (values, sizes)) in groups.enumerate() {
            let Some(squared) = squared_ward(&centre, size, values, sizes, limit) else {
                continue;
            };
            for (quad, squared) in squared.into_iter().enumerate() {
                if !squared.any_at_most(F32x4::splat(limit)) {
                    continue;
                }
                let at = group * GROUP + quad * LANES;
                for (at, squared) in (at..).zip(squared.to_array()) {
                    if squared < limit && at != own && self.names[at] != NOBODY {
                        limit = take(squared, self.names[at]);
                    }
                }
            }
        }
    }
}

/// Squared Ward distances of a cluster to a group of them; `None` where all are above `limit`.
#[inline(never)]
fn squared_ward(
    centre: &[F32x4],
    size: F32x4,
    group: &[Group],
    sizes: &Group,
    limit: f32,
) -> Option<[F32x4; QUADS]> {
    let (sizes, _) = sizes.as_chunks::<LANES>();
    let factors: [F32x4; QUADS] = std::array::from_fn(|quad| {
        let sizes = F32x4::load(&sizes[quad]);
        size.plus(size).times(sizes).over(size.plus(sizes))
    });
    let limit = F32x4::splat(limit);
    let mut squared = [F32x4::splat(0.0); QUADS];
    for (values, centre) in group.chunks(STRETCH).zip(centre.chunks(STRETCH)) {
        for (values, &c) in values.iter().zip(centre) {
            let (values, _) = values.as_chunks::<LANES>();
            for (squared, values) in squared.iter_mut().zip(values) {
                let difference = F32x4::load(values).minus(c);
                *squared = squared.plus(difference.times(difference));
            }
        }
        // Sums of squares never decrease.
        let mut pairs = squared.iter().zip(&factors);
        if !pairs.any(|(squared, &factor)| squared.times(factor).any_at_most(limit)) {
            return None;
        }
    }
    let wards = |quad: usize| squared[quad].times(factors[quad]);
    Some(std::array::from_fn(wards))
}
