//! Seeded random numbers: xoshiro256++ (Blackman & Vigna 2021, ACM Trans. Math. Softw. 47), seeded by splitmix64.

use serde::{Deserialize, Serialize};

use super::point_at;

/// A generator whose sequence depends on the seed alone, on every platform.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// Starts the sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        let mut z = seed;
        let state = std::array::from_fn(|_| {
            z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut x = z;
            x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            x ^ (x >> 31)
        });
        Self { state }
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform in `[0, 1)` with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `0..bound`; 0 when `bound` is 0. The bias is below 2^-32 for the counts used here.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next_u64()) * bound as u128) >> 64) as usize
    }

    /// A random subset of the rows, without repeats, ascending; all of them if there are no more than asked for.
    pub fn some_of(&mut self, mut rows: Vec<usize>, most: usize) -> Vec<usize> {
        if rows.len() > most {
            for i in 0..most {
                let other = i + self.below(rows.len() - i);
                rows.swap(i, other);
            }
            rows.truncate(most);
            rows.sort_unstable();
        }
        rows
    }

    /// Standard normal (Box & Muller 1958), computed with the portable `libm`.
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        radius * point_at(self.uniform()).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_of_a_seed_never_changes() {
        let mut rng = Rng::new(1);
        let first: Vec<u64> = (0..3).map(|_| rng.next_u64()).collect();
        let mut again = Rng::new(1);
        assert_eq!(first, (0..3).map(|_| again.next_u64()).collect::<Vec<_>>());
        assert_ne!(first[0], Rng::new(2).next_u64());
    }

    #[test]
    fn some_of_many_are_ascending_and_drawn_once() {
        let drawn = Rng::new(3).some_of((0..1000).collect(), 50);
        assert!(drawn.len() == 50 && drawn.is_sorted_by(|a, b| a < b));
        assert!(drawn[0] < 200 && drawn[49] > 800, "{drawn:?}");
        assert_eq!(Rng::new(3).some_of(vec![4, 2], 2), [4, 2]);
    }

    #[test]
    fn uniform_and_normal_have_their_moments() {
        let mut rng = Rng::new(7);
        let n = 20_000;
        let mean = (0..n).map(|_| rng.uniform()).sum::<f64>() / f64::from(n);
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        let squares = (0..n).map(|_| rng.normal().powi(2)).sum::<f64>() / f64::from(n);
        assert!((squares - 1.0).abs() < 0.05, "{squares}");
        assert!((0..1000).all(|_| rng.below(3) < 3));
    }
}
