//! What is known of the result on the screen beyond the result itself.

use leptos::prelude::*;

use super::{AppState, Shared};
use crate::explain::Checked;
use crate::quality::{Reality, RealityLevel};
use crate::questions::{CustomerCard, Explanation, NoiseFloor, WhatIf};

/// What is known of a result beyond the result itself; each part is `None` until it is known.
#[derive(Clone, Default)]
pub(in crate::ui) struct Evidence {
    /// Whether the segments are real.
    pub(in crate::ui) reality: Option<Shared<Reality>>,
    /// What sets the mismatched apart.
    pub(in crate::ui) explanation: Option<Shared<Explanation>>,
    /// How often customers keep their segment; never known where they are too many.
    pub(in crate::ui) noise: Option<Shared<NoiseFloor>>,
    /// The card of the customer that is open.
    pub(in crate::ui) card: Option<Shared<CustomerCard>>,
    /// The claim that was checked last.
    pub(in crate::ui) claim: Option<Shared<Checked>>,
    /// What other choices would have found.
    pub(in crate::ui) what_if: Option<Shared<WhatIf>>,
}

impl AppState {
    /// Whether the segments are real, once that is known.
    pub(in crate::ui) fn reality(self) -> Option<Shared<Reality>> {
        self.evidence.with(|evidence| evidence.reality.clone())
    }

    /// What sets the mismatched apart, once that is known.
    pub(in crate::ui) fn explanation(self) -> Option<Shared<Explanation>> {
        self.evidence.with(|evidence| evidence.explanation.clone())
    }

    /// How often customers keep their segment, once that is known.
    pub(in crate::ui) fn noise(self) -> Option<Shared<NoiseFloor>> {
        self.evidence.with(|evidence| evidence.noise.clone())
    }

    /// The card of the customer that is open, once it is known.
    pub(in crate::ui) fn card(self) -> Option<Shared<CustomerCard>> {
        let open = self.open.get()?;
        let card = self.evidence.with(|evidence| evidence.card.clone());
        card.filter(|card| card.row == open)
    }

    /// The claim that was checked last, with its finding.
    pub(in crate::ui) fn claim(self) -> Option<Shared<Checked>> {
        self.evidence.with(|evidence| evidence.claim.clone())
    }

    /// What other choices would have found, once that is known.
    pub(in crate::ui) fn what_if(self) -> Option<Shared<WhatIf>> {
        self.evidence.with(|evidence| evidence.what_if.clone())
    }

    /// Whether the segments are known not to be real.
    pub(in crate::ui) fn is_doubtful(self) -> bool {
        let reality = self.reality();
        reality.is_some_and(|reality| reality.level == RealityLevel::None)
    }
}
