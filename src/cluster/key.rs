//! The name of a model.

use std::fmt;

/// A model, by the name that it has in settings, results and files. Ordered as in [`super::MODELS`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModelKey(&'static str);

impl ModelKey {
    /// The segments that a column of the file gives. They stand beside the models and are never fitted, so they are not registered;
    /// they come last.
    pub const GIVEN: Self = Self("segment_column");

    /// The key of that name; it is known once its model is registered.
    pub(super) const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for ModelKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.0)
    }
}
