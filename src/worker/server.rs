//! The worker's side: takes requests, runs the engine, helps others, posts progress and replies.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

use super::codec::{receive_in_worker, send_to_page, unpacked_table};
use super::{
    BUILD, FromWorker, Help, JobId, Parcel, Request, ToWorker, carry_out, help, keep, pack_result,
    share, unpack_samples,
};
use crate::cluster::Samples;
use crate::engine::Engine;
use crate::numeric::on_pulse;
use crate::result::{EngineError, Stage};
use crate::table::{Source, Unreadable};

/// Shortest interval between messages of progress.
const PROGRESS_EVERY_MILLIS: f64 = 100.0;
/// Shortest interval between signs of life without progress.
const SIGN_EVERY_MILLIS: f64 = 500.0;

/// The state of a worker: the table and its fits, or the samples lent to it as a helper.
#[derive(Default)]
struct Server {
    engine: Engine,
    lent: Option<Samples>,
}

/// Serves requests for the life of the worker; returns its build.
pub fn serve() -> String {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let server = RefCell::new(Server::default());
    on_pulse(signs_of_life(&scope));
    let replies = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((message, beside)) = receive_in_worker(&event.data()) {
            server.borrow_mut().hear(message, &beside, &replies);
        }
    });
    // Added to the bootstrap's own listener. The worker lives as long as it serves: the closure is never freed.
    if scope
        .add_event_listener_with_callback("message", on_message.as_ref().unchecked_ref())
        .is_ok()
    {
        on_message.forget();
    }
    // Kept in one piece in the wasm, so that a test can replace it.
    std::hint::black_box(BUILD).to_owned()
}

impl Server {
    fn hear(&mut self, message: ToWorker, beside: &JsValue, scope: &DedicatedWorkerGlobalScope) {
        // Otherwise the page could not tell a worker in a long step from a dead one.
        post(scope, FromWorker::Alive, &[]);
        match message {
            ToWorker::Ping => {}
            ToWorker::Restore { job } => {
                let table = unpacked_table(beside).ok_or(EngineError::NoTable);
                let restored = table.and_then(|table| self.engine.restore(&table));
                let reply = match restored {
                    Ok(()) => FromWorker::Restored { job },
                    Err(error) => FromWorker::Failed { job, error },
                };
                post(scope, reply, &[]);
            }
            ToWorker::Run { job, request, help } => self.run(job, *request, help, beside, scope),
            ToWorker::Lend => self.lent = parcel_of(beside).and_then(|it| unpack_samples(&it)),
            ToWorker::Help { job } => self.help(job, beside, scope),
            ToWorker::Keep => {
                if let Some(parcel) = parcel_of(beside) {
                    keep(&mut self.engine, &parcel);
                }
            }
        }
    }

    fn run(
        &mut self,
        job: JobId,
        request: Request,
        help: Help,
        beside: &JsValue,
        scope: &DedicatedWorkerGlobalScope,
    ) {
        if let Some((answer, parcels)) = share(&mut self.engine, job, &request, help) {
            return post(scope, answer, &parcels);
        }
        let mut progress = progress_poster(job, scope);
        let mut file = beside.dyn_ref::<Blob>().map(|file| OpenFile(file.clone()));
        let file = file.as_mut().map(|file| file as &mut dyn Source);
        let reply = match carry_out(&mut self.engine, request, file, &mut progress) {
            Ok(outcome) => FromWorker::Done { job, outcome },
            Err(error) => FromWorker::Failed { job, error },
        };
        post(scope, reply, &[]);
    }

    fn help(&mut self, job: JobId, beside: &JsValue, scope: &DedicatedWorkerGlobalScope) {
        let own = self.engine.samples();
        let is_home = own.is_some();
        let samples = own.or(self.lent.as_ref());
        let mut progress = progress_poster(job, scope);
        let found = parcel_of(beside).and_then(|parcel| help(samples, &parcel, &mut progress));
        let parcels: Option<Vec<Parcel>> = match found {
            Some(found) if is_home => {
                found.keep(&mut self.engine);
                Some(Vec::new())
            }
            Some(found) => pack_result(&found).map(|parcel| vec![parcel]),
            None => None,
        };
        match parcels {
            Some(parcels) => post(scope, FromWorker::Helped { job }, &parcels),
            // The page receives an error event and has another worker do the task.
            None => wasm_bindgen::throw_str("a task arrived without its samples"),
        }
    }
}

fn parcel_of(beside: &JsValue) -> Option<Parcel> {
    beside.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// A file of the browser. If it was moved or changed after it was chosen, it can no longer be read.
struct OpenFile(Blob);

impl OpenFile {
    fn slice(&self, range: Range<usize>) -> Option<Uint8Array> {
        let (start, end) = (range.start as f64, range.end as f64);
        let slice = self.0.slice_with_f64_and_f64(start, end).ok()?;
        let reader = FileReaderSync::new().ok()?;
        let buffer = reader.read_as_array_buffer(&slice).ok()?;
        Some(Uint8Array::new(&buffer))
    }
}

impl Source for OpenFile {
    fn n_bytes(&self) -> usize {
        self.0.size() as usize
    }

    fn read(&mut self, range: Range<usize>, into: &mut Vec<u8>) -> Result<(), Unreadable> {
        let n_bytes = range.len();
        let slice = self.slice(range).ok_or(Unreadable)?;
        if slice.length() as usize != n_bytes {
            return Err(Unreadable);
        }
        let at = into.len();
        into.resize(at + n_bytes, 0);
        slice.copy_to(&mut into[at..]);
        Ok(())
    }
}

fn progress_poster(job: JobId, scope: &DedicatedWorkerGlobalScope) -> impl FnMut(Stage, f64) {
    let (is_time, scope) = (once_in(PROGRESS_EVERY_MILLIS, scope), scope.clone());
    move |stage, fraction| {
        if is_time() {
            let message = FromWorker::Progress {
                job,
                stage,
                fraction,
            };
            post(&scope, message, &[]);
        }
    }
}

/// Sends the page signs of life during work.
fn signs_of_life(scope: &DedicatedWorkerGlobalScope) -> impl Fn() + 'static {
    let (is_time, scope) = (once_in(SIGN_EVERY_MILLIS, scope), scope.clone());
    move || {
        if is_time() {
            post(&scope, FromWorker::Alive, &[]);
        }
    }
}

/// Returns true at most once per this many milliseconds.
fn once_in(millis: f64, scope: &DedicatedWorkerGlobalScope) -> impl Fn() -> bool + 'static {
    let (clock, next) = (scope.performance(), Cell::new(0.0));
    move || {
        let now = clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let is_time = now >= next.get();
        if is_time {
            next.set(now + millis);
        }
        is_time
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, message: FromWorker, parcels: &[Parcel]) {
    if let Err(error) = send_to_page(scope, message, parcels) {
        // Otherwise the page would wait forever: an error event makes it start a new worker.
        wasm_bindgen::throw_val(error);
    }
}
