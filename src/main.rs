//! The page. Trunk builds this binary; the browser calls what is exported here.

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::*;

    /// Called once by the page's script with a promise of the first worker and a function that starts another.
    #[wasm_bindgen]
    pub fn run(engine: js_sys::Promise, spawn: js_sys::Function) {
        seamline::ui::run(engine, spawn);
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
