//! Where a new chain of nearest neighbours starts.

use crate::numeric::order_by;

/// The clusters in the order in which [`super::chain`] keeps them: sorted by the first feature, and unions that came since behind them.
pub(super) struct Starts {
    /// Names; [`GONE`] where a cluster was merged.
    order: Vec<u32>,
    /// Place of each name.
    places: Vec<u32>,
    n_sorted: usize,
}

const GONE: u32 = u32::MAX;

impl Starts {
    /// `n` leaves; `first` tells the first feature of a cluster.
    pub(super) fn new(n: usize, first: &dyn Fn(u32) -> f64) -> Self {
        let mut starts = Self {
            order: (0..n as u32).collect(),
            places: vec![0; n],
            n_sorted: 0,
        };
        starts.sort(first);
        starts
    }

    /// The first cluster that is left.
    pub(super) fn first(&self) -> u32 {
        let mut names = self.order.iter().copied();
        names.find(|&name| name != GONE).unwrap_or(0)
    }

    /// The union of two comes last.
    pub(super) fn merge(&mut self, keep: u32, gone: u32, first: &dyn Fn(u32) -> f64) {
        for name in [keep, gone] {
            self.order[self.places[name as usize] as usize] = GONE;
        }
        self.places[keep as usize] = self.order.len() as u32;
        self.order.push(keep);
        if (self.order.len() - self.n_sorted) * 16 > self.n_sorted {
            self.sort(first);
        }
    }

    fn sort(&mut self, first: &dyn Fn(u32) -> f64) {
        self.order.retain(|&name| name != GONE);
        let names = &self.order;
        let keys: Vec<f64> = names.iter().map(|&name| first(name)).collect();
        let sorted = order_by(names.len(), &mut |a, b| {
            keys[a].total_cmp(&keys[b]).then(names[a].cmp(&names[b]))
        });
        self.order = sorted.into_iter().map(|at| names[at as usize]).collect();
        for (at, &name) in self.order.iter().enumerate() {
            self.places[name as usize] = at as u32;
        }
        self.n_sorted = self.order.len();
    }
}
