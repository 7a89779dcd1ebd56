//! The tree of clusters: what is left of the spanning tree when splits that shed fewer than `min_cluster_size` samples count as
//! samples leaving the cluster (the runts of Stuetzle 2003, J. Classif. 20).

use crate::cluster::hierarchical::{Dendrogram, Step};
use crate::numeric::order_by;

/// A cluster of the tree. The first of the list is the root, all samples; parents stand before their children.
pub(super) struct Cluster {
    /// The cluster it fell out of; the root is its own.
    pub(super) parent: u32,
    /// Density at which it appears; 0 for the root.
    birth: f64,
    /// Density at which it splits or its last samples leave.
    pub(super) death: f64,
    /// Sum over its samples of the density at which each leaves, minus the density at which the cluster appears.
    pub(super) stability: f64,
}

/// Where and when a distinct sample leaves the tree.
#[derive(Clone, Copy)]
pub(super) struct Exit {
    /// Smallest cluster that held it.
    pub(super) cluster: u32,
    /// Density up to which it did.
    pub(super) lambda: f64,
}

/// The tree of clusters.
pub(super) struct Condensed {
    pub(super) clusters: Vec<Cluster>,
    /// One per distinct sample.
    pub(super) exits: Vec<Exit>,
}

/// Walks the tree from its root. `sizes` and `cores` are the samples and the core distance of each distinct sample. Cost: O(n).
pub(super) fn condense(
    tree: &Dendrogram,
    sizes: &[u32],
    cores: &[f64],
    min_cluster_size: usize,
) -> Condensed {
    let nodes = Nodes {
        tree,
        sizes,
        cores,
        first: first_leaves(tree, sizes.len()),
    };
    let nowhere = Exit {
        cluster: 0,
        lambda: 0.0,
    };
    let mut exits = vec![nowhere; sizes.len()];
    let mut clusters = vec![Cluster::new(0, 0.0)];
    // Nodes still to be split, each with its cluster.
    let mut open = vec![(nodes.root(), 0_u32)];
    let mut falling = Vec::new();
    let mut large = Vec::new();
    while let Some((node, cluster)) = open.pop() {
        let lambda = nodes.density(node);
        // Samples are counted first and multiplied once, so that no sum depends on the order of equal edges.
        let mut n_leaving = 0;
        falling.push(node);
        large.clear();
        while let Some(node) = falling.pop() {
            // All edges of this length are removed at once.
            let falls = nodes.density(node) <= lambda;
            if let Some(children) = nodes.children(node).filter(|_| falls) {
                falling.extend(children);
                continue;
            }
            // A leaf that falls apart holds equal samples that no longer reach each other: each is alone.
            let size = nodes.size(node);
            if size >= min_cluster_size && !falls {
                large.push(node);
            } else {
                n_leaving += size;
                nodes.leaves(node, &mut |leaf| {
                    exits[leaf as usize] = Exit { cluster, lambda };
                });
            }
        }
        if let [node] = large[..] {
            open.push((node, cluster));
        } else {
            n_leaving += large.iter().map(|&node| nodes.size(node)).sum::<usize>();
            let first = |at: usize| nodes.first[large[at] as usize];
            for at in order_by(large.len(), &mut |a, b| first(a).cmp(&first(b))) {
                open.push((large[at as usize], clusters.len() as u32));
                clusters.push(Cluster::new(cluster, lambda));
            }
        }
        let own = &mut clusters[cluster as usize];
        own.death = lambda;
        own.stability += (lambda - own.birth) * n_leaving as f64;
    }
    Condensed { clusters, exits }
}

impl Cluster {
    fn new(parent: u32, birth: f64) -> Self {
        Self {
            parent,
            birth,
            death: birth,
            stability: 0.0,
        }
    }
}

/// The nodes of the spanning tree's dendrogram: leaves are distinct samples.
struct Nodes<'a> {
    tree: &'a Dendrogram,
    sizes: &'a [u32],
    cores: &'a [f64],
    /// Lowest leaf below each.
    first: Vec<u32>,
}

fn first_leaves(tree: &Dendrogram, n_leaves: usize) -> Vec<u32> {
    let mut first: Vec<u32> = (0..n_leaves as u32).collect();
    for step in tree.steps() {
        first.push(first[step.left as usize].min(first[step.right as usize]));
    }
    first
}

impl Nodes<'_> {
    fn root(&self) -> u32 {
        self.first.len() as u32 - 1
    }

    /// The merge that made the node; `None` for a leaf.
    fn step(&self, node: u32) -> Option<&Step> {
        let above_leaves = (node as usize).checked_sub(self.sizes.len())?;
        self.tree.steps().get(above_leaves)
    }

    fn children(&self, node: u32) -> Option<[u32; 2]> {
        self.step(node).map(|step| [step.left, step.right])
    }

    /// Samples below the node.
    fn size(&self, node: u32) -> usize {
        let size = self.step(node).map(|step| step.size);
        size.unwrap_or_else(|| self.sizes[node as usize]) as usize
    }

    /// Density from which the node is split.
    fn density(&self, node: u32) -> f64 {
        let reach = self.step(node).map(|step| step.height);
        1.0 / reach.unwrap_or_else(|| self.cores[node as usize])
    }

    /// Calls `take` with each leaf below the node.
    fn leaves(&self, node: u32, take: &mut impl FnMut(u32)) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.children(node) {
                Some(children) => open.extend(children),
                None => take(node),
            }
        }
    }
}
