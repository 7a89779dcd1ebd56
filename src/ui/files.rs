//! Files to and from the browser.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileList, HtmlAnchorElement, HtmlElement, Url,
};

use crate::export::ExportFile;
use crate::session::Project;
use crate::words;

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

/// The file field of the page, which is not seen.
pub(super) const CHOOSER: &str = "file";

/// Lets the user choose a file.
pub(super) fn choose() {
    let chooser = document().get_element_by_id(CHOOSER);
    if let Some(chooser) = chooser.and_then(|chooser| chooser.dyn_into::<HtmlElement>().ok()) {
        chooser.click();
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

/// What was dropped.
pub(super) struct Dropped {
    /// A customer file or a project.
    pub(super) file: File,
    /// The project that a customer file came with.
    pub(super) project: Option<File>,
}

/// What was dropped: the one file, or one with its project; or why not.
pub(super) fn dropped(transfer: Option<DataTransfer>) -> Result<Dropped, &'static str> {
    let transfer = transfer.ok_or(words::NO_FILE_DROPPED)?;
    let files = transfer.files();
    if let Some(both) = files.as_ref().and_then(with_project) {
        return Ok(both);
    }
    if files.as_ref().is_some_and(|files| files.length() > 1) {
        return Err(words::SEVERAL_FILES_DROPPED);
    }
    if is_folder(&transfer) {
        return Err(words::FOLDER_DROPPED);
    }
    if let Some(file) = files.and_then(|files| files.get(0)) {
        return Ok(Dropped {
            file,
            project: None,
        });
    }
    let is_link = transfer.types().includes(&"text/uri-list".into(), 0);
    Err(if is_link {
        words::LINK_DROPPED
    } else {
        words::NO_FILE_DROPPED
    })
}

/// Two files of which exactly one is a project.
fn with_project(files: &FileList) -> Option<Dropped> {
    if files.length() != 2 {
        return None;
    }
    let (one, other) = (files.get(0)?, files.get(1)?);
    let (file, project) = match (
        Project::is_named(&one.name()),
        Project::is_named(&other.name()),
    ) {
        (true, false) => (other, one),
        (false, true) => (one, other),
        _ => return None,
    };
    Some(Dropped {
        file,
        project: Some(project),
    })
}

fn is_folder(transfer: &DataTransfer) -> bool {
    let item = transfer.items().get(0);
    let entry = item.and_then(|item| item.webkit_get_as_entry().ok().flatten());
    entry.is_some_and(|entry| entry.is_directory())
}
