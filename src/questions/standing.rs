//! Whether advice is shown, depending on the verdict.

use crate::quality::RealityLevel;

/// Whether advice on a result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdviceStanding {
    /// There is no verdict yet: no advice.
    Waits,
    /// The segments are not real, or cannot be judged: no advice unless the user asks for it anyway.
    Withheld,
    /// It is shown.
    Given,
}

impl AdviceStanding {
    /// From the verdict, if there is one, and whether the user wants advice on segments that are not real or cannot be judged.
    pub fn of(verdict: Option<RealityLevel>, is_wanted_anyway: bool) -> Self {
        match verdict {
            None => Self::Waits,
            Some(level) if !level.is_beyond_chance() && !is_wanted_anyway => Self::Withheld,
            Some(_) => Self::Given,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_advised_before_the_verdict_is_known() {
        for is_wanted in [false, true] {
            assert_eq!(AdviceStanding::of(None, is_wanted), AdviceStanding::Waits);
            let clear = AdviceStanding::of(Some(RealityLevel::Clear), is_wanted);
            assert_eq!(clear, AdviceStanding::Given);
        }
        for level in [RealityLevel::None, RealityLevel::Unjudged] {
            let doubtful = |is_wanted| AdviceStanding::of(Some(level), is_wanted);
            assert_eq!(doubtful(false), AdviceStanding::Withheld);
            assert_eq!(doubtful(true), AdviceStanding::Given);
        }
    }
}
