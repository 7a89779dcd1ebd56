//! The engine of the worker: a separate wasm, so that the page is shown before it is loaded.

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::*;

    /// Called once by the bootstrap of the worker after it has instantiated the wasm; returns its build.
    #[wasm_bindgen]
    pub fn serve() -> String {
        seamline::worker::serve()
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
