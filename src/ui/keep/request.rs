//! Requests to the storage as futures.

use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use crate::session::KeepError;

/// The database, with one store.
const DATABASE: &str = "seamline";
pub(super) const STORE: &str = "kept";
/// Nothing that is asked of the storage takes longer, unless it never comes.
const PATIENCE_MILLIS: i32 = 5_000;

fn factory() -> Result<IdbFactory, KeepError> {
    let factory = window().indexed_db().map_err(|_| KeepError::Refused)?;
    // A browser without it has nothing there, which is told apart by what it can do.
    let factory = factory.filter(|factory| factory.is_object());
    factory.ok_or(KeepError::NoStorage)
}

/// The database; `None` where there is none and none is to be made.
pub(super) async fn open(is_made: bool) -> Result<Option<IdbDatabase>, KeepError> {
    let opening = factory()?.open_with_u32(DATABASE, 1);
    let opening = opening.map_err(|error| refusal(&error))?;
    let upgraded = opening.clone();
    let upgrade = Closure::once(move |_: Event| {
        if is_made {
            let database = upgraded.result().ok();
            let database = database.and_then(|it| it.dyn_into::<IdbDatabase>().ok());
            database.map(|it| it.create_object_store(STORE).is_ok())
        } else {
            // Nothing was kept, and looking for it leaves nothing behind.
            let transaction = upgraded.transaction();
            transaction.map(|it| it.abort().is_ok())
        }
        .unwrap_or_default()
    });
    opening.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = heard_open(&opening).await;
    drop(upgrade);
    match opened {
        Ok(()) => {
            let database = opening.result().map_err(|error| refusal(&error))?;
            let database = database.dyn_into::<IdbDatabase>();
            database.map(Some).map_err(|_| KeepError::Failed)
        }
        Err(Refusal::Told) => {
            let error = opening.error().ok().flatten();
            match error.as_ref().map(DomException::name).as_deref() {
                Some("AbortError") if !is_made => Ok(None),
                Some(_) => Err(error.map_or(KeepError::Failed, |error| refusal(&error))),
                None => Err(KeepError::Refused),
            }
        }
        Err(Refusal::Silent) => Err(KeepError::Blocked),
    }
}

/// Removes the database; one that another tab holds is removed when that lets go.
pub(super) async fn delete() -> Result<(), KeepError> {
    let deleting = factory()?.delete_database(DATABASE);
    let deleting = deleting.map_err(|error| refusal(&error))?;
    match heard_open(&deleting).await {
        Ok(()) | Err(Refusal::Silent) => Ok(()),
        Err(Refusal::Told) => Err(KeepError::Failed),
    }
}

/// The outcome of a request.
pub(super) async fn outcome(request: &IdbRequest) -> Result<JsValue, KeepError> {
    let heard = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match in_time(heard).await {
        Ok(()) => request.result().map_err(|error| reason(&error)),
        Err(Refusal::Silent) => Err(KeepError::Blocked),
        Err(Refusal::Told) => {
            let error = request.error().ok().flatten();
            Err(error.map_or(KeepError::Failed, |error| reason(&error)))
        }
    }
}

/// The end of a transaction.
pub(super) async fn completion(transaction: &IdbTransaction) -> Result<(), KeepError> {
    let heard = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    // A large file takes its time.
    if JsFuture::from(heard).await.is_ok() {
        return Ok(());
    }
    let error = transaction.error();
    Err(error.map_or(KeepError::Failed, |error| reason(&error)))
}

/// How a request ends that has no outcome.
enum Refusal {
    /// With an error.
    Told,
    /// Without a word, or held up by another tab.
    Silent,
}

async fn heard_open(opening: &IdbOpenDbRequest) -> Result<(), Refusal> {
    let heard = Promise::new(&mut |resolve, reject| {
        opening.set_onsuccess(Some(&resolve));
        opening.set_onerror(Some(&reject));
    });
    in_time(heard).await
}

/// Waits for a promise, though not for ever.
async fn in_time(heard: Promise) -> Result<(), Refusal> {
    let late = Promise::new(&mut |_, reject| {
        let set = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE_MILLIS);
        if set.is_err() {
            leptos::logging::warn!("nobody will say that the storage is late");
        }
    });
    let first = Promise::race(&Array::of2(&heard, &late));
    match JsFuture::from(first).await {
        Ok(_) => Ok(()),
        // Who is late says nothing.
        Err(word) if word.is_undefined() => Err(Refusal::Silent),
        Err(_) => Err(Refusal::Told),
    }
}

/// Why the storage cannot be opened: a full disk, or else a browser that does not let the page.
fn refusal(error: &JsValue) -> KeepError {
    match reason(error) {
        KeepError::Full => KeepError::Full,
        _ => KeepError::Refused,
    }
}

/// The reason behind what the browser threw or told.
pub(super) fn reason(error: &JsValue) -> KeepError {
    let name = js_sys::Reflect::get(error, &"name".into());
    match name.ok().and_then(|name| name.as_string()).as_deref() {
        Some("QuotaExceededError") => KeepError::Full,
        Some("SecurityError" | "InvalidStateError" | "NotAllowedError") => KeepError::Refused,
        _ => KeepError::Failed,
    }
}
