//! Messages to JavaScript values and back: the only place that knows how they look there.
//!
//! A message is an object `{ head: bytes in postcard's format, file?: Blob, arrays?: [typed array, ...] }`; arrays are moved,
//! not copied.

use js_sys::{Array as JsArray, Float64Array, Object, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, Worker};

use super::{Array, FromWorker, ToWorker, attach, detach};

/// What arrives in the page.
pub(super) enum Received {
    /// The worker runs.
    Ready,
    /// The worker cannot start.
    BootError,
    /// A message of the protocol.
    Message(FromWorker),
    /// Something else, for example the answer to a test of the lock.
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

/// Sends a request, with a handle to the file it is about.
pub(super) fn send_to_worker(
    worker: &Worker,
    message: &ToWorker,
    file: Option<&Blob>,
) -> Result<(), JsValue> {
    let head = encode(message)?;
    let file = file.map_or(JsValue::UNDEFINED, |file| file.clone().into());
    worker.post_message(&object(&[("head", head), ("file", file)]))
}

/// Reads a request; `None` for anything else.
pub(super) fn receive_in_worker(data: &JsValue) -> Option<(ToWorker, Option<Blob>)> {
    let message = decode(data)?;
    Some((message, get(data, "file").dyn_into().ok()))
}

/// Sends a reply; its arrays are moved to the page.
pub(super) fn send_to_page(
    scope: &DedicatedWorkerGlobalScope,
    mut message: FromWorker,
) -> Result<(), JsValue> {
    let (arrays, buffers) = (JsArray::new(), JsArray::new());
    for array in detach(&mut message) {
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
        arrays.push(&value);
        buffers.push(&buffer);
    }
    let head = encode(&message)?;
    scope.post_message_with_transfer(
        &object(&[("head", head), ("arrays", arrays.into())]),
        &buffers,
    )
}

fn typed<A: Into<JsValue>>(
    array: A,
    buffer: impl Fn(&A) -> js_sys::ArrayBuffer,
) -> (JsValue, js_sys::ArrayBuffer) {
    let buffer = buffer(&array);
    (array.into(), buffer)
}

/// Reads what a worker posted.
pub(super) fn receive_in_page(data: &JsValue) -> Received {
    match get(data, "kind").as_string().as_deref() {
        Some("ready") => return Received::Ready,
        Some("boot-error") => return Received::BootError,
        _ => {}
    }
    let Some(mut message) = decode(data) else {
        return Received::Other;
    };
    let arrays = JsArray::from(&get(data, "arrays"));
    let arrays = arrays.iter().filter_map(array_from_js).collect();
    attach(&mut message, arrays);
    Received::Message(message)
}

fn array_from_js(value: JsValue) -> Option<Array> {
    let value = match value.dyn_into::<Float64Array>() {
        Ok(array) => return Some(Array::F64(array.to_vec())),
        Err(value) => value,
    };
    match value.dyn_into::<Uint32Array>() {
        Ok(array) => Some(Array::U32(array.to_vec())),
        Err(value) => Some(Array::U8(value.dyn_into::<Uint8Array>().ok()?.to_vec())),
    }
}
