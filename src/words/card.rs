//! What stands in the place of a customer's card while none is open.

/// Its title.
pub const NO_CARD_LABEL: &str = "Why a customer?";
/// What can be done there.
pub const NO_CARD: &str = "Choose a customer in the list, or a mismatched one in a plot, to see what each model says and what would have to change.";
/// The button below.
pub const FIRST_CARD: &str = "Open the first mismatched";
/// The key that does the same.
pub const FIRST_CARD_KEY: &str = "M";
