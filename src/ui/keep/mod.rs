//! The storage of the browser (IndexedDB): a session, and the file that it is about where the user wants that.
//!
//! There is no database before something is kept, and none after it is forgotten. Every way in which a browser can refuse is a
//! [`KeepError`].

mod request;

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, IdbDatabase, IdbObjectStore, IdbTransaction, IdbTransactionMode};

use crate::session::KeepError;
use request::{STORE, reason};

/// What stands in the store.
const SESSION: &str = "session";
const FILE: &str = "file";

/// What was kept.
pub(super) struct Found {
    /// The session, packed.
    pub(super) session: Vec<u8>,
    /// The file, where that was wanted.
    pub(super) file: Option<Blob>,
}

/// What becomes of the file that is kept.
#[derive(Clone)]
pub(super) enum FileChange {
    /// It stays.
    Stay,
    /// This one takes its place.
    Put(Blob),
    /// None is kept.
    Remove,
}

/// What was kept; `None` where nothing was.
///
/// # Errors
/// [`KeepError`] when the browser refuses.
pub(super) async fn read() -> Result<Option<Found>, KeepError> {
    let Some(database) = request::open(false).await? else {
        return Ok(None);
    };
    let found = read_from(&database).await;
    database.close();
    found
}

async fn read_from(database: &IdbDatabase) -> Result<Option<Found>, KeepError> {
    let (_, store) = begin(database, IdbTransactionMode::Readonly)?;
    let get = |key: &str| store.get(&key.into()).map_err(|error| reason(&error));
    let (session, file) = (get(SESSION)?, get(FILE)?);
    let session = request::outcome(&session).await?;
    let file = request::outcome(&file).await?;
    let session = session.dyn_into::<Uint8Array>().ok();
    Ok(session.map(|session| Found {
        session: session.to_vec(),
        file: file.dyn_into::<Blob>().ok(),
    }))
}

/// Keeps a session, all or nothing; one that goes on only where what it goes on from is still there.
///
/// # Errors
/// [`KeepError`] when the browser refuses, what was kept before stays; and when that was forgotten meanwhile.
pub(super) async fn write(
    session: &[u8],
    file: &FileChange,
    goes_on: bool,
) -> Result<(), KeepError> {
    let database = request::open(!goes_on).await?;
    let database = database.ok_or(if goes_on {
        KeepError::Forgotten
    } else {
        KeepError::Failed
    })?;
    let written = write_to(&database, session, file, goes_on).await;
    database.close();
    written
}

async fn write_to(
    database: &IdbDatabase,
    session: &[u8],
    file: &FileChange,
    goes_on: bool,
) -> Result<(), KeepError> {
    let (transaction, store) = begin(database, IdbTransactionMode::Readwrite)?;
    if goes_on {
        // Looked for and written in one transaction, so that no tab can forget it in between.
        let asked = store.get(&SESSION.into()).map_err(|error| reason(&error))?;
        if request::outcome(&asked).await?.is_undefined() {
            return Err(KeepError::Forgotten);
        }
    }
    let bytes = Uint8Array::from(session);
    let put = |value: &JsValue, key: &str| store.put_with_key(value, &key.into());
    let mut asked = put(&bytes, SESSION);
    if asked.is_ok() {
        asked = match file {
            FileChange::Stay => asked,
            FileChange::Put(file) => put(file, FILE),
            FileChange::Remove => store.delete(&FILE.into()),
        };
    }
    if let Err(error) = asked {
        // What was put already goes with the rest.
        transaction.abort().map_err(|_| reason(&error))?;
        return Err(reason(&error));
    }
    request::completion(&transaction).await
}

/// Whether something could be kept. Leaves an empty database behind.
///
/// # Errors
/// [`KeepError`] when the browser refuses.
pub(super) async fn probe() -> Result<(), KeepError> {
    let database = request::open(true).await?;
    database.iter().for_each(IdbDatabase::close);
    Ok(())
}

/// Removes everything that was kept, and the database with it.
///
/// # Errors
/// [`KeepError`] when the browser refuses.
pub(super) async fn forget() -> Result<(), KeepError> {
    // Emptied first: the database itself stays while another tab holds it.
    if let Some(database) = request::open(false).await? {
        let emptied = match begin(&database, IdbTransactionMode::Readwrite) {
            Ok((transaction, store)) => {
                store.clear().map_err(|error| reason(&error))?;
                request::completion(&transaction).await
            }
            Err(error) => Err(error),
        };
        database.close();
        emptied?;
    }
    request::delete().await
}

fn begin(
    database: &IdbDatabase,
    mode: IdbTransactionMode,
) -> Result<(IdbTransaction, IdbObjectStore), KeepError> {
    let transaction = database.transaction_with_str_and_mode(STORE, mode);
    let transaction = transaction.map_err(|error| reason(&error))?;
    let store = transaction.object_store(STORE);
    Ok((transaction, store.map_err(|error| reason(&error))?))
}
