//! Disjoint sets (Galler & Fischer 1964, Commun. ACM 7), with path halving.

/// Sets of the numbers `0..n`, each named by its smallest member.
pub(super) struct Forest {
    parent: Vec<u32>,
}

impl Forest {
    /// Every number alone.
    pub(super) fn new(n: usize) -> Self {
        Self {
            parent: (0..n as u32).collect(),
        }
    }

    /// The name of the set that holds `member`.
    pub(super) fn root(&mut self, mut member: u32) -> u32 {
        while self.parent[member as usize] != member {
            let above = self.parent[self.parent[member as usize] as usize];
            self.parent[member as usize] = above;
            member = above;
        }
        member
    }

    /// Joins two roots under the smaller one.
    pub(super) fn join(&mut self, a: u32, b: u32) -> u32 {
        let (top, below) = (a.min(b), a.max(b));
        self.parent[below as usize] = top;
        top
    }
}
