//! How many different things there are, and which repeat an earlier one.

/// A number that texts share only when they are equal, or by a rare chance; `seed` is that of the texts before. Eight bytes at a
/// time, each multiplied into the whole (the finishing steps of MurmurHash3, Appleby 2011).
pub(super) fn hash(bytes: &[u8], seed: u64) -> u64 {
    let step = |hash: u64, word: u64| {
        (hash ^ word)
            .wrapping_mul(0xFF51_AFD7_ED55_8CCD)
            .rotate_left(29)
    };
    let mut words = bytes.chunks_exact(8);
    let mut hash = seed ^ bytes.len() as u64;
    for word in &mut words {
        hash = step(hash, word.try_into().map_or(0, u64::from_le_bytes));
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    mixed(step(hash, u64::from_le_bytes(last)))
}

fn mixed(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

/// Calls `found` with every one of `n` things that is equal to an earlier one: by their hashes, and where these are equal by
/// comparison with the first of its kind. Returns how many are different.
pub(super) fn repeats(
    n: usize,
    hash: impl Fn(usize) -> u64,
    is_equal: impl Fn(usize, usize) -> bool,
    mut found: impl FnMut(usize),
) -> usize {
    const LOW: u64 = 0xFFFF_FFFF;
    let places = (2 * n + 1).next_power_of_two();
    // The upper half of the hash, and the number of the thing from 1; 0 is an empty place.
    let mut table = vec![0_u64; places];
    let mut n_different = 0;
    for i in 0..n {
        let hash = hash(i);
        let entry = hash & !LOW | (i + 1) as u64;
        let mut place = hash as usize & (places - 1);
        loop {
            let there = table[place];
            if there == 0 {
                table[place] = entry;
                n_different += 1;
                break;
            }
            if (there ^ entry) & !LOW == 0 && is_equal((there & LOW) as usize - 1, i) {
                found(i);
                break;
            }
            place = (place + 1) & (places - 1);
        }
    }
    n_different
}

/// How many different numbers there are, NaN left out. `decimals` is the most that any of them has, where that is known.
pub(super) fn different_numbers(numbers: &[f64], decimals: Option<u8>) -> usize {
    let present = || numbers.iter().copied().filter(|x| !x.is_nan());
    if let Some(n) = decimals.and_then(|decimals| different_steps(numbers, decimals)) {
        return n;
    }
    let present: Vec<f64> = present().collect();
    // Zeros are equal.
    let hash_of = |i: usize| {
        mixed(
            (present[i] + 0.0)
                .to_bits()
                .wrapping_mul(0xFF51_AFD7_ED55_8CCD),
        )
    };
    repeats(
        present.len(),
        hash_of,
        |a, b| present[a] == present[b],
        |_| (),
    )
}

/// The same for numbers that are multiples of a decimal step and lie close together: a bit for each that there may be.
fn different_steps(numbers: &[f64], decimals: u8) -> Option<usize> {
    /// Bits for each number.
    const BITS: f64 = 32.0;
    let scale = libm::pow(10.0, f64::from(decimals));
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    for &x in numbers {
        // Comparisons with NaN are false.
        min = if x < min { x } else { min };
        max = if x > max { x } else { max };
    }
    let span = (max - min) * scale;
    let is_dense = span < BITS * numbers.len() as f64 && max.abs().max(min.abs()) * scale < 1e15;
    if !is_dense {
        return None;
    }
    let least = libm::round(min * scale) as i64;
    let mut seen = vec![0_u64; span as usize / 64 + 2];
    for &x in numbers.iter().filter(|x| !x.is_nan()) {
        let step = (libm::round(x * scale) as i64 - least) as usize;
        seen[step / 64] |= 1 << (step % 64);
    }
    Some(seen.iter().map(|bits| bits.count_ones() as usize).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn different_numbers_are_those_that_sorting_leaves() {
        let mut rng = Rng::new(3);
        for (n, decimals, spread) in [
            (1_000, 0, 50.0),
            (3_000, 2, 30.0),
            (500, 3, 1e6),
            (7, 1, 1.0),
        ] {
            let scale = 10_f64.powi(i32::from(decimals));
            let numbers: Vec<f64> = (0..n)
                .map(|i| {
                    if i % 9 == 0 {
                        f64::NAN
                    } else {
                        (rng.normal() * spread * scale).round() / scale
                    }
                })
                .collect();
            let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
            sorted.sort_by(f64::total_cmp);
            sorted.dedup();
            assert_eq!(
                different_numbers(&numbers, Some(decimals)),
                sorted.len(),
                "{n} {decimals}"
            );
            assert_eq!(
                different_numbers(&numbers, None),
                sorted.len(),
                "{n} {decimals}"
            );
        }
        assert_eq!(different_numbers(&[0.0, -0.0, f64::NAN], None), 1);
        assert_eq!(different_numbers(&[f64::NAN], Some(0)), 0);
    }

    #[test]
    fn repeats_are_those_after_the_first_of_their_kind() {
        let texts = ["a", "b", "a", "", "b", "a", ""];
        for hash_of in [|text: &str| hash(text.as_bytes(), 0), |_: &str| 7] {
            let mut found = Vec::new();
            let n = repeats(
                texts.len(),
                |i| hash_of(texts[i]),
                |a, b| texts[a] == texts[b],
                |i| found.push(i),
            );
            assert_eq!((n, found.as_slice()), (3, &[2, 4, 5, 6][..]));
        }
    }
}
