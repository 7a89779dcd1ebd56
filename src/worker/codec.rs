//! Messages to JavaScript values and back: the only place that knows how they look there.
//!
//! A message is an object `{ head: bytes in postcard's format, beside?: Blob or bytes, arrays?: [typed array, ...],
//! parcels?: [bytes, ...] }`; what a worker posts is moved, not copied.

use js_sys::{Array as JsArray, Float64Array, Object, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, Worker};

use super::{Array, FromWorker, Parcel, ToWorker, attach, detach};

/// What arrives in the page.
pub(super) enum Received {
    /// The worker runs.
    Ready,
    /// The worker cannot start.
    BootError,
    /// A message of the protocol, with the parcels beside it.
    Message(FromWorker, JsArray),
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

/// Sends a message, with a handle to a file or a parcel beside it.
pub(super) fn send_to_worker(
    worker: &Worker,
    message: &ToWorker,
    beside: &JsValue,
) -> Result<(), JsValue> {
    let head = encode(message)?;
    worker.post_message(&object(&[("head", head), ("beside", beside.clone())]))
}

/// Reads a message and what is beside it; `None` for anything else.
pub(super) fn receive_in_worker(data: &JsValue) -> Option<(ToWorker, JsValue)> {
    Some((decode(data)?, get(data, "beside")))
}

/// Sends a reply; its arrays and the parcels beside it are moved to the page.
pub(super) fn send_to_page(
    scope: &DedicatedWorkerGlobalScope,
    mut message: FromWorker,
    parcels: &[Parcel],
) -> Result<(), JsValue> {
    let (arrays, buffers, beside) = (JsArray::new(), JsArray::new(), JsArray::new());
    for parcel in parcels {
        let bytes = Uint8Array::from(parcel.as_slice());
        buffers.push(&bytes.buffer());
        beside.push(&bytes);
    }
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
        &object(&[
            ("head", head),
            ("arrays", arrays.into()),
            ("parcels", beside.into()),
        ]),
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

/// Reads what a worker posted. The page's wasm is cut here (`xtask/split`): nothing is posted before all of it is there.
#[inline(never)]
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
    Received::Message(message, JsArray::from(&get(data, "parcels")))
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
