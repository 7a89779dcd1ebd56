//! Counts distinct values, and finds rows that repeat an earlier one.

use super::builder::POWERS;

/// A 64-bit hash of a text; `seed` is the hash of the texts before it. Eight bytes at a time, mixed with the finalizer of
/// MurmurHash3 (Appleby 2011).
pub(crate) fn hash(bytes: &[u8], seed: u64) -> u64 {
    let step = |hash: u64, word: u64| {
        (hash ^ word)
            .wrapping_mul(0xFF51_AFD7_ED55_8CCD)
            .rotate_left(29)
    };
    let word = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
    let mut hash = seed ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for bytes in &mut words {
        hash = step(hash, word(bytes));
    }
    let rest = words.remainder();
    let last = match bytes.len().checked_sub(8) {
        // The last eight bytes; they overlap the word before.
        Some(from) if !rest.is_empty() => word(&bytes[from..]),
        _ => rest
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    mixed(step(hash, last))
}

pub(super) fn mixed(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

/// Values per lookup table, so that the table stays in the processor's cache.
const PART: usize = 1 << 14;

/// The items of `0..n` that equal an earlier one, ascending. Items with equal hashes are compared with the first of their kind.
pub(super) fn repeats(
    n: usize,
    hash_of: impl Fn(usize) -> u64,
    is_equal: impl Fn(usize, usize) -> bool,
) -> Vec<u32> {
    // Items whose hashes differ in the upper bits are never compared, so each part is done on its own.
    let bits = (n / PART).next_power_of_two().trailing_zeros().min(16);
    let part_of = |i: usize| (hash_of(i) >> 1 >> (63 - bits)) as usize;
    let mut starts = vec![0_u32; (1 << bits) + 1];
    (0..n).for_each(|i| starts[part_of(i) + 1] += 1);
    for part in 0..1 << bits {
        starts[part + 1] += starts[part];
    }
    let (mut next, mut members) = (starts.clone(), vec![0_u32; n]);
    for i in 0..n {
        let place = &mut next[part_of(i)];
        members[*place as usize] = i as u32;
        *place += 1;
    }
    let (mut found, mut table) = (Vec::new(), Vec::new());
    for part in 0..1 << bits {
        let members = &members[starts[part] as usize..starts[part + 1] as usize];
        find_repeats(members, &hash_of, &is_equal, &mut table, &mut found);
    }
    found.sort_unstable();
    found
}

/// The same for one part of the items.
fn find_repeats(
    members: &[u32],
    hash_of: &impl Fn(usize) -> u64,
    is_equal: &impl Fn(usize, usize) -> bool,
    table: &mut Vec<u64>,
    found: &mut Vec<u32>,
) {
    const LOW: u64 = 0xFFFF_FFFF;
    let places = (2 * members.len() + 1).next_power_of_two();
    // The lower half of the hash, and the number of the item counted from 1; 0 is an empty slot.
    table.clear();
    table.resize(places, 0);
    for &i in members {
        let own = hash_of(i as usize);
        let entry = own << 32 | u64::from(i + 1);
        let mut place = own as usize & (places - 1);
        loop {
            let there = table[place];
            if there == 0 {
                table[place] = entry;
                break;
            }
            let is_alike = (there ^ entry) & !LOW == 0;
            if is_alike && is_equal((there & LOW) as usize - 1, i as usize) {
                found.push(i);
                break;
            }
            place = (place + 1) & (places - 1);
        }
    }
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
    present.len() - repeats(present.len(), hash_of, |a, b| present[a] == present[b]).len()
}

/// The same for multiples of a decimal step in a narrow range: one bit per possible value.
fn different_steps(numbers: &[f64], decimals: u8) -> Option<usize> {
    /// Bits for each number.
    const BITS: f64 = 32.0;
    let scale = POWERS[usize::from(decimals)];
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    for &x in numbers {
        // Comparisons with NaN are false.
        min = if x < min { x } else { min };
        max = if x > max { x } else { max };
    }
    let span = (max - min) * scale;
    // Below this, rounding moves a difference by less than half a step.
    let is_exact = max.abs().max(min.abs()) * scale < 1e14;
    if !(is_exact && span < BITS * numbers.len() as f64) {
        return None;
    }
    let mut seen = vec![0_u64; span as usize / 64 + 2];
    for &x in numbers.iter().filter(|x| !x.is_nan()) {
        let step = ((x - min) * scale + 0.5) as usize;
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
            let found = repeats(
                texts.len(),
                |i| hash_of(texts[i]),
                |a, b| texts[a] == texts[b],
            );
            assert_eq!(found, [2, 4, 5, 6]);
        }
        // Enough for several parts.
        let n = 5 * PART;
        let value = |i: usize| (i * 7919) % (2 * PART);
        let found = repeats(
            n,
            |i| hash(&value(i).to_le_bytes(), 0),
            |a, b| value(a) == value(b),
        );
        let expected: Vec<u32> = (2 * PART as u32..n as u32).collect();
        assert_eq!(found, expected);
    }
}
