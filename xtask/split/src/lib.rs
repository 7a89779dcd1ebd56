//! Cuts a wasm in two that are still one program: one memory, one table of functions, one stack.
//!
//! The first half is complete but for the functions that can come later. The second half holds those; it is
//! instantiated with the exports of the first as its imports, and writes its functions into the table they share.
//! Whoever calls one of them before that traps: `behind` finds functions that nobody can call before a gate is passed. Static data
//! that only they read come with the second half, too.

mod data;
mod halves;
mod plan;
mod ranges;
mod reach;

pub use reach::{Behind, behind};

use std::ops::Range;

use plan::Plan;
use walrus::Module;

/// A module that cannot be cut; the sentence says why.
pub type Result<T> = std::result::Result<T, String>;

/// What the second half imports comes from this module: the exports of the first.
pub const FIRST: &str = "first";

/// Cuts `wasm`. A function whose name `can_wait` goes to the second half, and so do all functions that only such functions use, and the
/// static data at the addresses of `data`, ascending.
///
/// # Errors
/// When `wasm` cannot be read, or fills its table in ways that are not foreseen here.
pub fn cut(
    wasm: &[u8],
    can_wait: impl Fn(&str) -> bool,
    data: &[Range<usize>],
) -> Result<(Vec<u8>, Vec<u8>)> {
    let read = || {
        let module = Module::from_buffer(wasm);
        let mut module = module.map_err(|error| format!("The wasm cannot be read: {error}."))?;
        // What the linker wrote down is of no use to the browser.
        for section in ["linking", "reloc.CODE", "reloc.DATA"] {
            module.customs.remove_raw(section);
        }
        Ok::<_, String>(module)
    };
    let plan = Plan::new(&read()?, can_wait, data)?;
    // The same bytes are read for each half, so that both count functions alike.
    Ok((
        halves::first(read()?, &plan)?,
        halves::second(read()?, &plan)?,
    ))
}
