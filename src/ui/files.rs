//! Files to and from the browser.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, HtmlAnchorElement, Url};

use crate::export::ExportFile;

/// Offers a file for saving.
pub(super) fn save(file: &ExportFile) {
    let content = Uint8Array::from(file.bytes.as_slice());
    let Some(blob) = blob(&content.into(), &file.media_type) else {
        return;
    };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else {
        return;
    };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(&file.name);
        link.click();
    }
    // The browser has taken its own hold of the content when the click returns.
    if Url::revoke_object_url(&url).is_err() {
        leptos::logging::warn!("an object URL could not be released");
    }
}

/// Pasted text as a file.
pub(super) fn of_text(text: &str) -> Option<Blob> {
    blob(&JsValue::from(text), "text/csv")
}

fn blob(part: &JsValue, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_buffer_source_sequence_and_options(&Array::of1(part), &options).ok()
}

/// What was dropped: the one file, or why not.
pub(super) fn dropped(transfer: Option<DataTransfer>) -> Result<File, &'static str> {
    let files = transfer.and_then(|transfer| transfer.files());
    if files.as_ref().is_some_and(|files| files.length() > 1) {
        return Err("Several files were dropped. Drop one customer file at a time.");
    }
    let file = files.and_then(|files| files.get(0));
    file.ok_or("That was no file. Drop a CSV file, or choose one with the button.")
}
