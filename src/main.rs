//! The entry of the page and of the worker. Trunk builds this binary; what the browser calls is exported by the library.

// The library's exports are only linked when something names it.
#[cfg(target_arch = "wasm32")]
use seamline as _;

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
