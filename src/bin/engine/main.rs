//! The engine in its worker: a wasm of its own, so that the page is there before it is loaded.

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::*;

    /// Called once by the bootstrap of the worker, after the wasm is instantiated there; names its build.
    #[wasm_bindgen]
    pub fn serve() -> String {
        seamline::worker::serve()
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
