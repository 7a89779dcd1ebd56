//! Advice on segments: actions from editable rules, and the arithmetic of an offer, which is always shown with them.

mod offer;
mod rules;

pub use offer::{Gain, Gaining, LEAST_MARGIN, Offer, detectable, per_group};
pub use rules::{Advice, Audience, Rule, RuleError, STANDARD_RULES, advice_for, read_rules};
