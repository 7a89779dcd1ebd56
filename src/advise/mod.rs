//! What to do about segments: actions from rules that anyone can edit, and the arithmetic without which no action is shown.

mod offer;
mod rules;

pub use offer::{Gain, Offer, detectable, per_group};
pub use rules::{Advice, Audience, Rule, RuleError, STANDARD_RULES, advice_for, read_rules};
