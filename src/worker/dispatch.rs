//! Maps requests to methods of the engine, tasks and results to parcels and back.

use super::project::{open_project, read_project};
use super::protocol::Parcel;
use super::{FromWorker, Help, Helpers, JobId, Outcome, Request};
use crate::advise::read_rules;
use crate::cluster::Samples;
use crate::engine::{Engine, Shares, Step, UnitJob, UnitKey, pack, unpack};
use crate::questions::{WorkItem, WorkResult};
use crate::result::{Comparison, EngineError, Progress};
use crate::table::{Source, TableError};

/// Carries out a request; `file` is the file to import.
///
/// # Errors
/// [`EngineError`]; the current table is unchanged.
pub fn carry_out(
    engine: &mut Engine,
    request: Request,
    file: Option<&mut dyn Source>,
    progress: &mut Progress,
) -> Result<Outcome, EngineError> {
    match request {
        Request::Import { name, options } => {
            let file = file.ok_or(TableError::Unreadable)?;
            let dataset = engine.import(&name, file, &options, progress)?;
            Ok(Outcome::Imported(Box::new(dataset)))
        }
        Request::ImportDemo { demo, options } => {
            let bytes = demo.generate();
            let name = demo.file_name();
            let dataset = engine.import(name, &mut bytes.as_slice(), &options, progress)?;
            Ok(Outcome::Imported(Box::new(dataset)))
        }
        Request::Fit { id, settings } => {
            let result = engine.fit(id, settings, progress)?;
            Ok(Outcome::Fitted(Box::new(Comparison::clone(&result))))
        }
        Request::Ask { result, question } => Ok(match question.step(engine, result, progress)? {
            Step::Unfinished => Outcome::Unfinished,
            Step::Done(answer) => Outcome::Answered(answer),
        }),
        Request::ReadRules { text } => Ok(Outcome::RulesRead(read_rules(&text)?)),
        Request::Export { session, format } => {
            Ok(Outcome::Exported(format.file(engine, &session, progress)?))
        }
        Request::ReadProject => {
            let file = file.ok_or(TableError::Unreadable)?;
            read_project(file)
        }
        Request::OpenProject { data, project } => {
            open_project(engine, &data, &project, file, progress)
        }
        Request::Mark => Ok(Outcome::Marked(engine.mark()?)),
    }
}

/// The tasks of a request that is worth sharing, as parcels; `None` for any other, and for an invalid one, which gives its error later.
pub fn share(
    engine: &mut Engine,
    job: JobId,
    request: &Request,
    help: Help,
) -> Option<(FromWorker, Vec<Parcel>)> {
    let (is_offered, helpers) = match help {
        Help::None => return None,
        Help::Offered(helpers) => (true, helpers),
        Help::AtHand(helpers) => (false, helpers),
    };
    let shares = match request {
        Request::Fit { settings, .. } => engine.shares(settings).ok()?.map(as_fits)?,
        Request::Ask { result, question } => {
            match engine.shares_below(*result, question.goal()).ok()? {
                Some(shares) => as_fits(shares),
                // One round of tasks, so that other requests are served in between.
                None if is_offered => {
                    let kind = question.kind();
                    let shares = question.shares(engine, *result).ok()??;
                    shares.map(|item| WorkItem::Question(kind, item))
                }
                None => return None,
            }
        }
        _ => return None,
    };
    let samples = if shares.needs_samples {
        engine.samples_to_lend(helpers == Helpers::Lent).map(pack)
    } else {
        None
    };
    let tasks = shares.items.iter().map(|(item, _)| pack(item));
    let parcels = samples.into_iter().chain(tasks).collect::<Option<_>>()?;
    if shares.needs_samples {
        engine.note_lent();
    }
    let answer = FromWorker::Shared {
        job,
        weights: shares.items.iter().map(|&(_, weight)| weight).collect(),
        whole: shares.whole,
        left: shares.left,
    };
    Some((answer, parcels))
}

fn as_fits(shares: Shares<(UnitKey, UnitJob)>) -> Shares<WorkItem> {
    shares.map(|(key, job)| WorkItem::Fit(key, job))
}

/// Decodes the samples in a parcel.
pub fn unpack_samples(parcel: &[u8]) -> Option<Samples> {
    unpack(parcel)
}

/// Does the task in a parcel; `None` if it is invalid or its samples are missing.
pub fn help(
    samples: Option<&Samples>,
    parcel: &[u8],
    progress: &mut Progress,
) -> Option<WorkResult> {
    let item: WorkItem = unpack(parcel)?;
    item.carry_out(samples, progress)
}

/// Encodes the result of a task.
pub fn pack_result(found: &WorkResult) -> Option<Parcel> {
    pack(found)
}

/// Keeps the result of a task.
pub fn keep(engine: &mut Engine, parcel: &[u8]) {
    let found: Option<WorkResult> = unpack(parcel);
    if let Some(found) = found {
        found.keep(engine);
    }
}

#[cfg(test)]
mod tests;
