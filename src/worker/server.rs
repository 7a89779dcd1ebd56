//! The worker's side: takes requests, runs the engine, posts progress and replies.

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

use super::codec::{receive_in_worker, send_to_page};
use super::{FromWorker, JobId, Request, ToWorker, carry_out};
use crate::analysis::{Engine, EngineError, Stage};

/// Progress is posted at most this often.
const PROGRESS_EVERY_MILLIS: f64 = 100.0;

/// Called once by the bootstrap of the worker, after the wasm is instantiated there.
#[wasm_bindgen]
pub fn worker_main() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let engine = RefCell::new(Engine::default());
    let replies = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((message, file)) = receive_in_worker(&event.data()) {
            let reply = answer(&mut engine.borrow_mut(), message, file.as_ref(), &replies);
            post(&replies, reply);
        }
    });
    // A listener beside the bootstrap's own. The worker lives as long as it is served: the closure is never released.
    if scope
        .add_event_listener_with_callback("message", on_message.as_ref().unchecked_ref())
        .is_ok()
    {
        on_message.forget();
    }
}

fn answer(
    engine: &mut Engine,
    message: ToWorker,
    file: Option<&Blob>,
    scope: &DedicatedWorkerGlobalScope,
) -> FromWorker {
    let ToWorker { job, mut request } = message;
    if let Request::Import { bytes, .. } = &mut request {
        match file.and_then(read) {
            Some(content) => *bytes = content,
            None => {
                return FromWorker::Failed {
                    job,
                    error: EngineError::Unreadable,
                };
            }
        }
    }
    let mut progress = progress_poster(job, scope);
    match carry_out(engine, request, &mut progress) {
        Ok(outcome) => FromWorker::Done { job, outcome },
        Err(error) => FromWorker::Failed { job, error },
    }
}

fn read(file: &Blob) -> Option<Vec<u8>> {
    let buffer = FileReaderSync::new()
        .ok()?
        .read_as_array_buffer(file)
        .ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn progress_poster(job: JobId, scope: &DedicatedWorkerGlobalScope) -> impl FnMut(Stage, f64) {
    let scope = scope.clone();
    let clock = scope.performance();
    let mut next = 0.0;
    move |stage, fraction| {
        let now = clock.as_ref().map_or(0.0, web_sys::Performance::now);
        if now >= next {
            next = now + PROGRESS_EVERY_MILLIS;
            post(
                &scope,
                FromWorker::Progress {
                    job,
                    stage,
                    fraction,
                },
            );
        }
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, message: FromWorker) {
    if let Err(error) = send_to_page(scope, message) {
        // The page would wait for ever: an error event makes it start a fresh worker.
        wasm_bindgen::throw_val(error);
    }
}
