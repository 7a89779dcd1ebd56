//! Files to and from the browser.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlElement, Url};

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

/// Lets the user choose a file with the field of the first screen.
pub(super) fn choose() {
    let chooser = document().get_element_by_id("file");
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

/// What was dropped or chosen.
pub(super) struct Chosen {
    /// A customer file or a project.
    pub(super) file: File,
    /// The project that a customer file came with.
    pub(super) project: Option<File>,
}

/// The one file, or one with its project; or why not.
pub(super) fn chosen(
    mut files: Vec<File>,
    is_folder: bool,
    is_link: bool,
) -> Result<Chosen, &'static str> {
    let is_project = |file: &File| Project::is_named(&file.name());
    if let [first, second] = files.as_slice()
        && is_project(first)
        && !is_project(second)
    {
        files.reverse();
    }
    let mut files = files.into_iter();
    match (files.next(), files.next(), files.next()) {
        (Some(file), Some(project), None) if !is_project(&file) && is_project(&project) => {
            Ok(Chosen {
                file,
                project: Some(project),
            })
        }
        (Some(_), Some(_), _) => Err(words::SEVERAL_FILES_DROPPED),
        _ if is_folder => Err(words::FOLDER_DROPPED),
        (Some(file), None, _) => Ok(Chosen {
            file,
            project: None,
        }),
        (None, ..) if is_link => Err(words::LINK_DROPPED),
        (None, ..) => Err(words::NO_FILE_DROPPED),
    }
}
