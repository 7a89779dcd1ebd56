//! A large value that signals pass on without copying or comparing its content.

use std::ops::Deref;
use std::sync::Arc;

/// Equal only to its own copies.
#[derive(Debug, Default)]
pub(in crate::ui) struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    pub(in crate::ui) fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> From<Arc<T>> for Shared<T> {
    fn from(value: Arc<T>) -> Self {
        Self(value)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
