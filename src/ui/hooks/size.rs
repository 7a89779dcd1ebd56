//! The size of an element, followed as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// Width and height of the element in CSS pixels; zero before it is shown.
pub(in crate::ui) fn use_size(element: NodeRef<Div>) -> ReadSignal<(f64, f64)> {
    let (size, set_size) = signal((0.0, 0.0));
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let watched = element.clone();
        let measure = move || {
            let rect = watched.get_bounding_client_rect();
            let measured = (rect.width(), rect.height());
            if size
                .try_get_untracked()
                .is_some_and(|before| before != measured)
            {
                set_size.set(measured);
            }
        };
        measure();
        let callback = Closure::<dyn FnMut()>::new(measure);
        if let Ok(created) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            created.observe(&element);
            observer.set_value(Some((created, callback)));
        }
    });
    on_cleanup(move || {
        observer.update_value(|observer| {
            if let Some((observer, _)) = observer.take() {
                observer.disconnect();
            }
        });
    });
    size
}
