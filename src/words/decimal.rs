//! Decimals: how a number is rounded, and the signs that it is written with. Another language has other signs, and changes them here.

/// Between thousands.
const GROUP: char = ',';
/// Between a whole number and its decimals.
const POINT: char = '.';
/// Before a negative number: the minus sign, not a hyphen.
const MINUS: char = '−';
/// The shortest decimal that reads back as a number: 0.d₁d₂d₃… times ten to the power of one more than `exponent`.
#[derive(Clone, Debug)]
pub(super) struct Shortest {
    is_negative: bool,
    /// Digits from the first that is not zero to the last; none for zero.
    pub(super) digits: Vec<u8>,
    /// The power of ten of the first digit.
    pub(super) exponent: i32,
}

impl Shortest {
    /// `None` for what is not finite.
    pub(super) fn of(x: f64) -> Option<Self> {
        let text = x.is_finite().then(|| format!("{:e}", x.abs()))?;
        let (digits, exponent) = text.split_once('e')?;
        let mut number = Self {
            is_negative: x < 0.0,
            digits: digits.bytes().filter(u8::is_ascii_digit).collect(),
            exponent: exponent.parse().ok()?,
        };
        number.trim();
        Some(number)
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.exponent = 0;
        }
    }

    /// Whether it is written without a power of ten.
    pub(super) fn is_plain(&self) -> bool {
        self.digits.is_empty() || (-4..15).contains(&self.exponent)
    }

    /// The decimals that [`compact`](super::compact) gives a number of this size.
    pub(super) fn decimals(&self) -> i32 {
        match self.exponent {
            3.. => 0,
            1.. => 1,
            exponent => 2 - exponent,
        }
    }

    /// The decimals that its digits take.
    pub(super) fn n_decimals(&self) -> usize {
        (self.digits.len() as i32 - 1 - self.exponent).max(0) as usize
    }

    /// With so many decimals at most, halves away from zero. Fewer than none round tens and hundreds.
    pub(super) fn rounded(&self, decimals: i32) -> Self {
        let n_kept = self.exponent + 1 + decimals;
        let mut number = self.clone();
        if n_kept >= self.digits.len() as i32 {
            return number;
        }
        let is_up = n_kept >= 0 && self.digits[n_kept as usize] >= b'5';
        number.digits.truncate(n_kept.max(0) as usize);
        if is_up {
            // Nines become zeros, and the digit before them goes up by one.
            while number.digits.last() == Some(&b'9') {
                number.digits.pop();
            }
            if let Some(last) = number.digits.last_mut() {
                *last += 1;
            } else {
                number.digits.push(b'1');
                number.exponent += 1;
            }
        }
        number.trim();
        number
    }

    /// Its digits with so many decimals, which it does not exceed.
    pub(super) fn text(&self, decimals: usize) -> String {
        let digit = |power: i32| {
            let at = usize::try_from(self.exponent - power).ok();
            at.and_then(|at| self.digits.get(at))
                .copied()
                .unwrap_or(b'0')
        };
        let whole: Vec<u8> = (0..=self.exponent.max(0)).rev().map(digit).collect();
        let mut text = self.sign();
        text += grouped(&whole).as_str();
        if decimals > 0 {
            text.push(POINT);
            text.extend((1..=decimals as i32).map(|at| char::from(digit(-at))));
        }
        text
    }

    /// One digit, so many decimals at most, and a power of ten.
    pub(super) fn scientific(&self, decimals: usize) -> String {
        let number = self.rounded(decimals as i32 - self.exponent);
        let power = number.exponent;
        let one = Self {
            exponent: 0,
            ..number
        };
        let minus = if power < 0 {
            MINUS.to_string()
        } else {
            String::new()
        };
        format!("{}e{minus}{}", one.text(one.n_decimals()), power.abs())
    }

    /// Nothing before zero, which has no sign.
    fn sign(&self) -> String {
        let is_shown = self.is_negative && !self.digits.is_empty();
        is_shown.then_some(MINUS).into_iter().collect()
    }
}

/// A number as it is written here, in the notation of programs.
pub(super) fn plain_notation(text: &str) -> String {
    let letters = text.chars().filter(|&c| c != GROUP);
    let letters = letters.map(|c| match c {
        MINUS => '-',
        POINT => '.',
        c => c,
    });
    letters.collect()
}

/// Digits with their thousands apart.
pub(super) fn grouped(digits: &[u8]) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, &digit) in digits.iter().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(GROUP);
        }
        text.push(char::from(digit));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
pub(super) mod tests {
    use super::*;

    /// Numbers of all sizes: of few digits, as files have them, and of all digits.
    pub(in crate::words) fn numbers() -> impl Iterator<Item = f64> {
        let mut rng = crate::numeric::Rng::new(14);
        (0..60_000).map(move |i| {
            let digits = (rng.next_u64() % 10_u64.pow(1 + i % 9)) as f64;
            let sign = if rng.below(2) == 0 { 1.0 } else { -1.0 };
            let power = 10_f64.powi(rng.below(8) as i32);
            let x = sign
                * if i % 2 == 0 {
                    digits / power
                } else {
                    digits * power
                };
            if i % 7 == 0 {
                x * (1.0 + f64::EPSILON)
            } else {
                x
            }
        })
    }

    /// The definition, in whole numbers of the last decimal: twice the number plus one half, halved.
    fn slowly(x: f64, decimals: usize) -> Option<String> {
        let text = x.abs().to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let cut = 10_i128.checked_pow(part.len().saturating_sub(decimals) as u32)?;
        let zeros = "0".repeat(decimals.saturating_sub(part.len()));
        let n: i128 = format!("{whole}{part}{zeros}").parse().ok()?;
        let n = (2 * n + cut).div_euclid(2 * cut);
        let digits = format!("{n:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        let point = if decimals > 0 { "." } else { "" };
        let sign = if x < 0.0 && n > 0 { "−" } else { "" };
        Some(format!("{sign}{}{point}{part}", grouped(whole.as_bytes())))
    }

    #[test]
    fn every_number_is_rounded_as_defined() {
        let mut n_compared = 0;
        for x in numbers() {
            for decimals in 0..4 {
                if let Some(text) = slowly(x, decimals) {
                    n_compared += 1;
                    let number = Shortest::of(x).unwrap().rounded(decimals as i32);
                    assert_eq!(number.text(decimals), text, "{x} with {decimals} decimals");
                }
            }
        }
        assert!(n_compared > 200_000, "{n_compared}");
    }
}
