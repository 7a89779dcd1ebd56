//! What an offer brings, in the user's currency.
//!
//! ```text
//! gain         n (response with - response today) margin - n cost
//! break even   cost / margin                                    the uplift at which the gain is 0
//! per group    (z_(1-a/2) sqrt(2 p q) + z_(1-b) sqrt(p1 q1 + p2 q2))^2 / (p2 - p1)^2,  p the mean of both
//!              customers for a test of two proportions (Fleiss, Levin & Paik 2003, Statistical Methods for Rates and
//!              Proportions, 3rd ed., formula 4.14), two-sided, a = 0.05, power 1 - b = 0.8
//! ```

use serde::{Deserialize, Serialize};

/// The quantiles of the normal distribution for 0.975 and 0.8.
const Z_LEVEL: f64 = 1.959_963_984_540_054;
const Z_POWER: f64 = 0.841_621_233_572_914_3;

/// The smallest margin of a response: nobody advertises for less than a cent.
pub const LEAST_MARGIN: f64 = 0.01;

/// Costs and returns of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Margin of one response.
    pub margin: f64,
    /// Cost of one contact.
    pub cost: f64,
    /// Share that responds today, in `[0, 1]`.
    pub today: f64,
    /// Share that would respond to the offer, in `[0, 1]`.
    pub with_offer: f64,
}

/// The result of an offer when `n` customers are contacted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gain {
    /// Additional responses compared with today.
    pub extra_responses: f64,
    /// Their margin.
    pub extra_margin: f64,
    /// Cost of the contacts.
    pub contacts: f64,
    /// The difference: the expected gain.
    pub expected: f64,
}

/// For which of the two most likely segments of a customer the offer gains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaining {
    /// For both.
    Both,
    /// For the first alone.
    First,
    /// For none.
    Neither,
}

impl Default for Offer {
    /// An example, for the user to replace.
    fn default() -> Self {
        Self {
            margin: 40.0,
            cost: 0.6,
            today: 0.04,
            with_offer: 0.07,
        }
    }
}

impl Offer {
    /// Whether the numbers make sense: a margin of at least [`LEAST_MARGIN`], a cost of at least 0, responses between 0 and 1.
    pub fn is_sound(&self) -> bool {
        let is_share = |x: f64| (0.0..=1.0).contains(&x);
        self.margin >= LEAST_MARGIN
            && self.margin.is_finite()
            && self.cost >= 0.0
            && self.cost.is_finite()
            && is_share(self.today)
            && is_share(self.with_offer)
    }

    /// The gain when `n` customers are contacted.
    pub fn gain(&self, n: f64) -> Gain {
        let extra_responses = n * self.uplift();
        let extra_margin = extra_responses * self.margin;
        let contacts = n * self.cost;
        Gain {
            extra_responses,
            extra_margin,
            contacts,
            expected: extra_margin - contacts,
        }
    }

    /// Response with the offer minus the response today.
    pub fn uplift(&self) -> f64 {
        self.with_offer - self.today
    }

    /// The uplift at which the gain is 0.
    pub fn break_even(&self) -> f64 {
        self.cost / self.margin
    }

    /// The gain for one customer who is of the right kind with this probability; for others the offer brings nothing.
    pub fn gain_of_one(&self, probability: f64) -> f64 {
        probability * self.uplift() * self.margin - self.cost
    }

    /// For which of the choices of a customer it gains; `choices` are segments with their probability, most likely first.
    pub fn gaining(&self, choices: &[(u32, f64)]) -> Gaining {
        let gains = |at: usize| {
            let choice = choices.get(at);
            choice.is_some_and(|&(_, probability)| self.gain_of_one(probability) > 0.0)
        };
        match (gains(0), gains(1)) {
            (true, true) => Gaining::Both,
            (true, false) => Gaining::First,
            (false, _) => Gaining::Neither,
        }
    }

    /// The margin beyond the cost of its contact that the right offer would have brought; 0 where it brings none.
    pub fn missed(&self) -> f64 {
        (self.uplift() * self.margin - self.cost).max(0.0)
    }

    /// The loss for one customer who gets the offer of another segment: the contact, and the margin that the right offer would have
    /// brought beyond the cost of its contact, if positive.
    pub fn wrong_offer(&self) -> f64 {
        self.cost + self.missed()
    }

    /// The probability of being of the right kind at which the offer starts to pay; `None` if it never does.
    pub fn pays_from(&self) -> Option<f64> {
        let worth = self.uplift() * self.margin;
        (worth > 0.0 && self.cost <= worth).then(|| self.cost / worth)
    }
}

/// Customers in each of two groups for a test that detects a change from `today` to `with_offer` in four of five cases; `None` if
/// both are equal.
pub fn per_group(today: f64, with_offer: f64) -> Option<usize> {
    let apart = with_offer - today;
    if apart == 0.0 || !apart.is_finite() {
        return None;
    }
    let mean = f64::midpoint(today, with_offer);
    let pooled = (2.0 * mean * (1.0 - mean)).sqrt();
    let each = (today * (1.0 - today) + with_offer * (1.0 - with_offer)).sqrt();
    let n = ((Z_LEVEL * pooled + Z_POWER * each) / apart).powi(2);
    Some((libm::ceil(n) as usize).max(2))
}

/// The smallest uplift that two groups of `n` each can detect; `None` if even a response of 100 % would not be detected.
pub fn detectable(today: f64, n: usize) -> Option<f64> {
    let is_enough =
        |uplift: f64| per_group(today, today + uplift).is_some_and(|needed| needed <= n);
    let most = 1.0 - today;
    if !is_enough(most) {
        return None;
    }
    let (mut few, mut enough) = (0.0, most);
    for _ in 0..60 {
        let middle = f64::midpoint(few, enough);
        if is_enough(middle) {
            enough = middle;
        } else {
            few = middle;
        }
    }
    Some(enough)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    fn offer() -> Offer {
        Offer::default()
    }

    #[test]
    fn money_adds_up() {
        let gain = offer().gain(39.0);
        assert!((gain.extra_responses - 1.17).abs() < 1e-12);
        assert!((gain.extra_margin - 46.8).abs() < 1e-12 && (gain.contacts - 23.4).abs() < 1e-12);
        assert!((gain.expected - 23.4).abs() < 1e-12);
        assert!((offer().break_even() - 0.015).abs() < 1e-15);
        // At the break-even uplift the gain is 0, and likewise at the probability where the offer starts to pay.
        let even = Offer {
            with_offer: 0.04 + offer().break_even(),
            ..offer()
        };
        assert!(even.gain(1_000.0).expected.abs() < 1e-9);
        assert!((offer().pays_from().unwrap() - 0.5).abs() < 1e-12);
        assert!(offer().gain_of_one(offer().pays_from().unwrap()).abs() < 1e-12);
        assert!((offer().wrong_offer() - 1.2).abs() < 1e-12);
        let useless = Offer {
            with_offer: 0.04,
            ..offer()
        };
        assert_eq!((useless.pays_from(), useless.wrong_offer()), (None, 0.6));
        let unsound = [
            Offer {
                margin: 0.0,
                ..offer()
            },
            Offer {
                cost: f64::NAN,
                ..offer()
            },
            Offer {
                today: 1.2,
                ..offer()
            },
        ];
        assert!(offer().is_sound() && unsound.iter().all(|offer| !offer.is_sound()));
    }

    #[test]
    fn an_offer_of_both_needs_a_gain_from_both() {
        // The offer of the default pays from a probability of one half on.
        let gaining = |shares: &[f64]| {
            let choices = (0..).zip(shares.iter().copied());
            offer().gaining(&choices.collect::<Vec<_>>())
        };
        assert_eq!(gaining(&[0.6, 0.4]), Gaining::First);
        assert_eq!(gaining(&[0.45, 0.4, 0.15]), Gaining::Neither);
        assert_eq!(gaining(&[]), Gaining::Neither);
        let cheap = Offer {
            cost: 0.1,
            ..offer()
        };
        assert_eq!(cheap.gaining(&[(0, 0.6), (1, 0.4)]), Gaining::Both);
    }

    #[test]
    fn a_test_needs_as_many_as_the_formula_says() {
        // (1.95996 sqrt(2 * 0.055 * 0.945) + 0.84162 sqrt(0.04 * 0.96 + 0.07 * 0.93))^2 / 0.03^2 = 905.3
        assert_eq!(per_group(0.04, 0.07), Some(906));
        assert_eq!(per_group(0.07, 0.04), Some(906));
        assert_eq!(per_group(0.1, 0.1), None);
        let least = detectable(0.04, 906).unwrap();
        assert!((least - 0.03).abs() < 1e-4, "{least}");
        assert_eq!(detectable(0.5, 2), None);
        let of_twenty = detectable(0.04, 20).unwrap();
        assert!(
            per_group(0.04, 0.04 + of_twenty).unwrap() <= 20,
            "{of_twenty}"
        );
        assert!(per_group(0.04, 0.04 + of_twenty - 0.02).unwrap() > 20);
    }
}
