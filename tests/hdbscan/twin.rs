//! HDBSCAN literally by its definitions: all rows, all pairs, components by search. Equal edges are removed at once.

use seamline::cluster::NOISE;
use seamline::cluster::hdbscan::HdbscanParams;

/// The distances of the definitions.
struct Twin {
    /// Mutual reachability distance of each pair; for a row with itself, its core distance.
    reach: Vec<Vec<f64>>,
    min_cluster_size: usize,
}

/// A set of rows that stays connected up to some density, and what becomes of it.
struct Branch {
    birth: f64,
    death: f64,
    members: Vec<usize>,
    /// Rows, with the density at which they left the branch and its children.
    exits: Vec<(usize, f64)>,
    children: Vec<Branch>,
}

impl Twin {
    fn new(rows: &[&[f64]], params: HdbscanParams) -> Self {
        let distance = |a: &[f64], b: &[f64]| {
            let squares = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y));
            squares.sum::<f64>().sqrt()
        };
        let core = |a: &&[f64]| {
            let mut distances: Vec<f64> = rows.iter().map(|b| distance(a, b)).collect();
            distances.sort_by(f64::total_cmp);
            distances[params.min_samples - 1]
        };
        let cores: Vec<f64> = rows.iter().map(core).collect();
        let reach = |a: usize| {
            (0..rows.len())
                .map(|b| distance(rows[a], rows[b]).max(cores[a]).max(cores[b]))
                .collect()
        };
        Self {
            reach: (0..rows.len()).map(reach).collect(),
            min_cluster_size: params.min_cluster_size,
        }
    }

    /// The components of `members` connected by edges above this density.
    fn parts(&self, members: &[usize], density: f64) -> Vec<Vec<usize>> {
        let mut left: Vec<usize> = members.to_vec();
        let mut parts = Vec::new();
        while !left.is_empty() {
            let mut part = vec![left.remove(0)];
            let mut next = 0;
            while next < part.len() {
                let from = part[next];
                let joins = |&to: &usize| 1.0 / self.reach[from][to] > density;
                part.extend(left.iter().copied().filter(joins));
                left.retain(|to| !joins(to));
                next += 1;
            }
            parts.push(part);
        }
        parts
    }

    /// Follows a set of rows to higher densities.
    fn branch(&self, members: Vec<usize>, birth: f64) -> Branch {
        let mut branch = Branch {
            birth,
            death: birth,
            members: members.clone(),
            exits: Vec::new(),
            children: Vec::new(),
        };
        let mut densities: Vec<f64> = members
            .iter()
            .flat_map(|&a| members.iter().map(move |&b| 1.0 / self.reach[a][b]))
            .collect();
        densities.sort_by(f64::total_cmp);
        densities.dedup();
        let mut together = members;
        for density in densities {
            // Rows that are alone and no longer within their own core distance belong to no part.
            let parts = self.parts(&together, density);
            let is_alone = |part: &[usize]| 1.0 / self.reach[part[0]][part[0]] <= density;
            if parts.len() == 1 && !is_alone(&parts[0]) {
                continue;
            }
            branch.death = density;
            let (large, small): (Vec<_>, Vec<_>) = parts
                .into_iter()
                .partition(|part| part.len() >= self.min_cluster_size);
            let leaving = small.into_iter().flatten();
            branch.exits.extend(leaving.map(|row| (row, density)));
            if large.len() != 1 {
                let children = large.into_iter().map(|part| self.branch(part, density));
                branch.children = children.collect();
                break;
            }
            together = large.into_iter().next().unwrap();
        }
        branch
    }
}

impl Branch {
    fn stability(&self) -> f64 {
        let of_rows = self.exits.iter().map(|(_, density)| density - self.birth);
        let of_children = self.children.iter();
        let of_children =
            of_children.map(|child| (child.birth - self.birth) * child.members.len() as f64);
        of_rows.chain(of_children).sum()
    }

    /// The most stable choice of branches from here on, with its stability.
    fn choose<'a>(&'a self, is_root: bool, chosen: &mut Vec<&'a Branch>) -> f64 {
        let before = chosen.len();
        let children = self.children.iter();
        let of_children: f64 = children.map(|child| child.choose(false, chosen)).sum();
        let own = self.stability();
        // The sums have another order, so they are compared up to rounding.
        if is_root || of_children > own * (1.0 + 1e-12) {
            return of_children;
        }
        chosen.truncate(before);
        chosen.push(self);
        own
    }

    fn all_exits(&self) -> Vec<(usize, f64)> {
        let of_children = self.children.iter().flat_map(Branch::all_exits);
        self.exits.iter().copied().chain(of_children).collect()
    }
}

/// Label and probability of every row.
pub fn slow(rows: &[&[f64]], params: HdbscanParams) -> (Vec<u32>, Vec<f64>) {
    let root = Twin::new(rows, params).branch((0..rows.len()).collect(), 0.0);
    let mut chosen = Vec::new();
    root.choose(true, &mut chosen);
    let mut labels = vec![NOISE; rows.len()];
    let mut probabilities = vec![0.0; rows.len()];
    for (label, branch) in chosen.into_iter().enumerate() {
        for (row, density) in branch.all_exits() {
            labels[row] = label as u32;
            probabilities[row] = if density.is_infinite() {
                1.0
            } else {
                density.min(branch.death) / branch.death
            };
        }
    }
    (labels, probabilities)
}
