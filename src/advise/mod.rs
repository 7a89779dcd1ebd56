//! Advice on segments: actions from editable rules, and the arithmetic of an offer, which is always shown with them.

mod offer;
mod rules;

pub use offer::{Gain, Gaining, Offer, detectable, per_group};
pub use rules::{Advice, Audience, Rule, RuleError, STANDARD_RULES, advice_for, read_rules};
