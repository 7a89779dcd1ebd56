//! Converts messages to JavaScript values and back: the only place that knows their form there.
//!
//! A message is an object `{ head: bytes in postcard's format, beside?: Blob, bytes or a packed table, arrays?: [typed array, ...],
//! parcels?: [bytes, ...] }`; a packed table has a head and arrays. What a worker posts is transferred, not copied. The first
//! message of a worker is `{ kind: "ready", build }` or `{ kind: "boot-error" }`, from the bootstrap in `public/boot.js`.

use js_sys::{Array as JsArray, Float64Array, Object, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, Worker};

use super::{Array, FromWorker, Outcome, Parcel, ToWorker, attach, detach};
use crate::result::Dataset;

/// What the page can receive.
pub(super) enum Received {
    /// The worker has started; with its build, if it gives one.
    Ready(Option<String>),
    /// The worker cannot start.
    BootError,
    /// A message of the protocol, with the parcels beside it.
    Message(FromWorker, JsArray),
    /// Something else, such as the result of a test of the network lock.
    Other,
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let pairs: JsArray = entries
        .iter()
        .map(|(key, value)| JsArray::of2(&(*key).into(), value))
        .collect();
    Object::from_entries(&pairs).unwrap_or_default()
}

fn encode(message: &impl Serialize) -> Result<JsValue, JsValue> {
    let bytes = postcard::to_allocvec(message).map_err(|error| JsValue::from(error.to_string()))?;
    Ok(Uint8Array::from(bytes.as_slice()).into())
}

fn decode<T: DeserializeOwned>(data: &JsValue) -> Option<T> {
    let head = get(data, "head").dyn_into::<Uint8Array>().ok()?;
    postcard::from_bytes(&head.to_vec()).ok()
}

/// Sends a message, with a file handle, a parcel or a packed table beside it; the buffers in `moved` are transferred.
pub(super) fn send_to_worker(
    worker: &Worker,
    message: &ToWorker,
    beside: &JsValue,
    moved: &JsArray,
) -> Result<(), JsValue> {
    let head = encode(message)?;
    let message = object(&[("head", head), ("beside", beside.clone())]);
    worker.post_message_with_transfer(&message, moved)
}

/// The table of an outcome, with shared arrays.
pub(super) fn kept_table(outcome: &Outcome) -> Option<Dataset> {
    match outcome {
        Outcome::Imported(dataset)
        | Outcome::ProjectOpened {
            dataset: Some(dataset),
            ..
        } => Some(dataset.as_ref().clone()),
        _ => None,
    }
}

/// A table packed for a worker, and the buffers to transfer.
pub(super) fn packed_table(table: &Dataset) -> (JsValue, JsArray) {
    let (mut table, moved) = (table.clone(), JsArray::new());
    let arrays = arrays_to_js(detach(&mut table), &moved);
    let packed = encode(&table).map(|head| object(&[("head", head), ("arrays", arrays.into())]));
    // Without a head it cannot be decoded, which the worker reports.
    (packed.map_or(JsValue::UNDEFINED, Into::into), moved)
}

/// Unpacks a table.
pub(super) fn unpacked_table(packed: &JsValue) -> Option<Dataset> {
    let mut table = decode(packed)?;
    attach(&mut table, arrays_of(packed));
    Some(table)
}

/// Decodes a message and what is beside it; `None` for anything else.
pub(super) fn receive_in_worker(data: &JsValue) -> Option<(ToWorker, JsValue)> {
    Some((decode(data)?, get(data, "beside")))
}

/// Sends a reply; its arrays and parcels are transferred to the page.
pub(super) fn send_to_page(
    scope: &DedicatedWorkerGlobalScope,
    mut message: FromWorker,
    parcels: &[Parcel],
) -> Result<(), JsValue> {
    let (buffers, beside) = (JsArray::new(), JsArray::new());
    for parcel in parcels {
        let bytes = Uint8Array::from(parcel.as_slice());
        buffers.push(&bytes.buffer());
        beside.push(&bytes);
    }
    let arrays = arrays_to_js(detach(&mut message), &buffers);
    let head = encode(&message)?;
    scope.post_message_with_transfer(
        &object(&[
            ("head", head),
            ("arrays", arrays.into()),
            ("parcels", beside.into()),
        ]),
        &buffers,
    )
}

/// Converts arrays to typed arrays; adds their buffers to those to transfer.
fn arrays_to_js(arrays: Vec<Array>, moved: &JsArray) -> JsArray {
    let typed_arrays = JsArray::new();
    for array in arrays {
        let (value, buffer): (JsValue, _) = match array {
            Array::F64(values) => typed(Float64Array::from(values.as_slice()), |array| {
                array.buffer()
            }),
            Array::U32(values) => typed(
                Uint32Array::from(values.as_slice()),
                js_sys::Uint32Array::buffer,
            ),
            Array::U8(values) => typed(
                Uint8Array::from(values.as_slice()),
                js_sys::Uint8Array::buffer,
            ),
        };
        typed_arrays.push(&value);
        moved.push(&buffer);
    }
    typed_arrays
}

fn typed<A: Into<JsValue>>(
    array: A,
    buffer: impl Fn(&A) -> js_sys::ArrayBuffer,
) -> (JsValue, js_sys::ArrayBuffer) {
    let buffer = buffer(&array);
    (array.into(), buffer)
}

/// Decodes a message from a worker.
pub(super) fn receive_in_page(data: &JsValue) -> Received {
    match get(data, "kind").as_string().as_deref() {
        Some("ready") => return Received::Ready(get(data, "build").as_string()),
        Some("boot-error") => return Received::BootError,
        _ => {}
    }
    let Some(mut message) = decode(data) else {
        return Received::Other;
    };
    attach(&mut message, arrays_of(data));
    Received::Message(message, JsArray::from(&get(data, "parcels")))
}

fn arrays_of(data: &JsValue) -> Vec<Array> {
    let arrays = JsArray::from(&get(data, "arrays"));
    arrays.iter().filter_map(array_from_js).collect()
}

fn array_from_js(value: JsValue) -> Option<Array> {
    let value = match value.dyn_into::<Float64Array>() {
        Ok(array) => return Some(Array::F64(array.to_vec().into())),
        Err(value) => value,
    };
    match value.dyn_into::<Uint32Array>() {
        Ok(array) => Some(Array::U32(array.to_vec().into())),
        Err(value) => Some(Array::U8(
            value.dyn_into::<Uint8Array>().ok()?.to_vec().into(),
        )),
    }
}
