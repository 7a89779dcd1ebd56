//! What names a result or a verdict that is not that of the settings of now.

/// Beside everything that was made with the settings before.
pub const OLD_RESULT: &str = "Old result, refitting";
/// Beside a verdict about the result before.
pub const OLD_VERDICT: &str = "of the result before";
/// The words of the verdict, for screen readers.
pub const VERDICT_IN_WORDS: &str = "Verdict in words";
