//! The page. Trunk builds this binary; the browser calls what is exported here.

#[cfg(target_arch = "wasm32")]
mod exports {
    use seamline::ui::Page;
    use wasm_bindgen::prelude::*;
    use web_sys::File;

    /// The app as the first screen sees it.
    #[wasm_bindgen]
    #[derive(Debug)]
    pub struct App(Page);

    #[wasm_bindgen]
    impl App {
        /// Reads files that were dropped or chosen.
        pub fn open(&self, files: Vec<File>, is_folder: bool, is_link: bool) {
            self.0.open(files, is_folder, is_link);
        }

        /// Reads a pasted table.
        pub fn open_text(&self, text: &str) {
            self.0.open_text(text);
        }

        /// Reads the demo file with that key.
        pub fn open_demo(&self, key: &str) {
            self.0.open_demo(key);
        }

        /// Goes to the first screen.
        pub fn go_home(&self) {
            self.0.go_home();
        }
    }

    /// Called once by the page's script with a promise of the first worker and a function that starts others.
    #[wasm_bindgen]
    pub fn run(engine: js_sys::Promise, spawn: js_sys::Function) -> Option<App> {
        seamline::ui::run(engine, spawn).map(App)
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
