//! Where the bytes of a file come from: memory, or a file of the browser that is read slice by slice.

use std::ops::Range;

/// The bytes could not be read: the file was moved or changed meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// A file that is read in slices.
pub trait Source {
    /// Its size.
    fn n_bytes(&self) -> usize;

    /// Appends the bytes of a range to `into`.
    ///
    /// # Errors
    /// [`Unreadable`] when they can no longer be read.
    fn read(&mut self, range: Range<usize>, into: &mut Vec<u8>) -> Result<(), Unreadable>;
}

impl Source for &[u8] {
    fn n_bytes(&self) -> usize {
        self.len()
    }

    fn read(&mut self, range: Range<usize>, into: &mut Vec<u8>) -> Result<(), Unreadable> {
        into.extend_from_slice(self.get(range).ok_or(Unreadable)?);
        Ok(())
    }
}
