//! A request to the engine's method that answers it, tasks and findings to parcels and back.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::protocol::Parcel;
use super::{FromWorker, Help, JobId, Outcome, Request};
use crate::cluster::Samples;
use crate::engine::{Engine, Finished, Goal, Task};
use crate::export::{ExportFile, labelled_csv};
use crate::numeric::pulse;
use crate::questions::{Resampled, WhatIfOn};
use crate::result::{EngineError, Progress, Stage};
use crate::table::{Source, TableError};

/// Steps per byte of a parcel.
const STEPS_TO_PACK: usize = 4;

/// Carries out one request; `file` is what an import reads.
///
/// # Errors
/// [`EngineError`]; the table of before stays as it was.
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
        Request::ImportSample { sample, options } => {
            let bytes = sample.generate();
            let name = sample.file_name();
            let dataset = engine.import(name, &mut bytes.as_slice(), &options, progress)?;
            Ok(Outcome::Imported(Box::new(dataset)))
        }
        Request::Compare { settings } => Ok(Outcome::Compared(Box::new(
            engine.compare(settings, progress)?,
        ))),
        Request::Sweep { settings } => Ok(Outcome::Swept(engine.sweep(&settings, progress)?)),
        Request::Judge { settings } => Ok(Outcome::Judged(engine.judge(settings, progress)?)),
        Request::Explain { settings } => Ok(Outcome::Explained(Box::new(
            engine.explain(settings, progress)?,
        ))),
        Request::Resample { settings } => Ok(match engine.resample_on(settings, progress)? {
            Resampled::Unfinished => Outcome::Unfinished,
            Resampled::TooMany => Outcome::Resampled(None),
            Resampled::Done(floor) => Outcome::Resampled(Some(floor)),
        }),
        Request::Card { settings, row } => Ok(Outcome::Card(Box::new(
            engine.card(settings, row, progress)?,
        ))),
        Request::Check { settings, claim } => {
            let checked = engine.check_claim(settings, &claim, progress)?;
            Ok(Outcome::Checked(checked.map(Box::new)))
        }
        Request::WhatIf { settings } => Ok(match engine.what_if_on(settings, progress)? {
            WhatIfOn::Unfinished => Outcome::Unfinished,
            WhatIfOn::Done(found) => Outcome::Tried(Box::new(found)),
        }),
        Request::ReadRules { text } => Ok(Outcome::RulesRead(Engine::read_rules(&text)?)),
        Request::ExportLabelled { settings } => {
            let comparison = engine.compare(settings, progress)?;
            progress(Stage::Writing, 1.0);
            let table = engine.table().ok_or(EngineError::NoTable)?;
            Ok(Outcome::Exported(ExportFile {
                name: format!("{}_segments.csv", engine.file_stem()),
                media_type: "text/csv;charset=utf-8".into(),
                bytes: labelled_csv(table, &comparison),
            }))
        }
    }
}

/// The answer to a request that is worth sharing, with its parcels; `None` for any other, and where it is wrong: carrying it out
/// will say why.
pub fn share(
    engine: &mut Engine,
    job: JobId,
    request: &Request,
    help: Help,
) -> Option<(FromWorker, Vec<Parcel>)> {
    let shares = match (request, help) {
        (_, Help::None) => return None,
        (Request::Compare { settings }, _) => engine.shares(settings, Goal::Comparison),
        (Request::Sweep { settings }, _) => engine.shares(settings, Goal::Sweep),
        // One round of it, and others are served.
        (Request::Resample { settings }, Help::Offered) => engine.shares_of_resampling(settings),
        _ => return None,
    };
    let shares = shares.ok()??;
    let samples = (help == Help::Offered).then(|| pack(shares.samples));
    let tasks = shares.tasks.iter().map(|(task, _)| pack(task));
    let parcels = samples.into_iter().chain(tasks).collect::<Option<_>>()?;
    let weights = shares.tasks.iter().map(|&(_, weight)| weight).collect();
    let answer = FromWorker::Shared {
        job,
        weights,
        whole: shares.whole,
        left: shares.left,
    };
    Some((answer, parcels))
}

/// The samples of a parcel.
pub fn unpack_samples(parcel: &[u8]) -> Option<Samples> {
    unpack(parcel)
}

/// Carries out the task of a parcel.
pub fn help(samples: &Samples, parcel: &[u8], progress: &mut Progress) -> Option<Finished> {
    let task: Task = unpack(parcel)?;
    let stage = task.stage();
    progress(stage, 0.0);
    Some(task.carry_out(samples, &mut |fraction| progress(stage, fraction)))
}

/// A finished task on its way to where it is kept.
pub fn pack_finished(finished: &Finished) -> Option<Parcel> {
    pack(finished)
}

/// Keeps the finished task of a parcel.
pub fn keep(engine: &mut Engine, parcel: &[u8]) {
    if let Some(finished) = unpack(parcel) {
        engine.keep(finished);
    }
}

fn pack(contents: &impl Serialize) -> Option<Parcel> {
    let parcel = postcard::to_allocvec(contents).ok()?;
    pulse(STEPS_TO_PACK * parcel.len());
    Some(parcel)
}

fn unpack<T: DeserializeOwned>(parcel: &[u8]) -> Option<T> {
    postcard::from_bytes(parcel).ok()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::demo::SampleData;
    use crate::features::Feature;
    use crate::result::{Centres, Model, Settings};
    use crate::table::ReadOptions;

    /// A request carried out as the page lets an engine do it, alone or with one helper: what came of it, how often it was made,
    /// and how many tasks the helper did.
    fn carry_through(
        engine: &mut Engine,
        request: &Request,
        has_helper: bool,
    ) -> (Outcome, usize, usize) {
        let (mut n_made, mut n_helped) = (0, 0);
        loop {
            if has_helper {
                n_helped += share_out(engine, request);
            }
            n_made += 1;
            let mut last = 0.0;
            let outcome = carry_out(engine, request.clone(), None, &mut |_, done| {
                assert!(done >= last, "{done} after {last}");
                last = done;
            });
            match outcome.unwrap() {
                Outcome::Unfinished => {}
                outcome => return (outcome, n_made, n_helped),
            }
        }
    }

    /// All that is shared of a request before it is carried out; how many tasks the helper did.
    fn share_out(engine: &mut Engine, request: &Request) -> usize {
        let (mut helper, mut help_is, mut n_helped) = (None, Help::Offered, 0);
        while let Some((answer, parcels)) = share(engine, 1, request, help_is) {
            let FromWorker::Shared {
                weights,
                whole,
                left,
                ..
            } = answer
            else {
                panic!("{answer:?}");
            };
            assert!(left <= whole && weights.iter().sum::<f64>() <= left * (1.0 + 1e-12));
            let mut tasks = parcels.as_slice();
            if help_is == Help::Offered {
                helper = unpack_samples(&parcels[0]);
                tasks = &parcels[1..];
                help_is = Help::AtHand;
            }
            assert_eq!(tasks.len(), weights.len());
            // The last first: findings come in any order.
            for (number, task) in tasks.iter().enumerate().rev() {
                if number % 2 == 0 {
                    let samples = helper.as_ref().unwrap();
                    let finding = help(samples, task, &mut |_, _| ()).unwrap();
                    keep(engine, &pack_finished(&finding).unwrap());
                    n_helped += 1;
                } else {
                    let samples = engine.samples().unwrap().clone();
                    engine.keep(help(&samples, task, &mut |_, _| ()).unwrap());
                }
            }
        }
        n_helped
    }

    #[test]
    fn shared_work_has_the_outcome_of_one_worker() {
        let mut csv = String::from("a,b,c\n");
        let mut rng = crate::numeric::Rng::new(7);
        for i in 0..3_000 {
            let centre = 4.0 * f64::from(i % 4);
            let x: [f64; 3] = std::array::from_fn(|_| centre + rng.normal());
            writeln!(csv, "{:.3},{:.3},{:.3}", x[0], x[1], x[2]).unwrap();
        }
        let import = Request::Import {
            name: "shared.csv".into(),
            options: ReadOptions::default(),
        };
        let settings = |centres, n_clusters| Settings {
            models: Model::ALL.into(),
            features: Some(["a", "b", "c"].map(Feature::column).into()),
            n_init: 2,
            centres,
            n_clusters,
            ..Default::default()
        };
        let requests = [
            Request::Compare {
                settings: settings(Centres::Means, None),
            },
            Request::Sweep {
                settings: settings(Centres::Medians, Some(3)),
            },
            Request::Resample {
                settings: settings(Centres::Means, Some(4)),
            },
        ];
        for request in requests {
            let (mut alone, mut shared) = (Engine::default(), Engine::default());
            for engine in [&mut alone, &mut shared] {
                let mut file = csv.as_bytes();
                carry_out(engine, import.clone(), Some(&mut file), &mut |_, _| ()).unwrap();
                // Resamples are drawn of a result that is there.
                if let Request::Resample { settings } = &request {
                    let settings = settings.clone();
                    let compare = Request::Compare { settings };
                    carry_out(engine, compare, None, &mut |_, _| ()).unwrap();
                }
            }
            let (expected, n_alone, _) = carry_through(&mut alone, &request, false);
            let (found, n_shared, n_helped) = carry_through(&mut shared, &request, true);
            assert_eq!(found, expected);
            assert!(n_helped > 4, "{n_helped}");
            // What a helper drew is not drawn again.
            let is_in_rounds = matches!(request, Request::Resample { .. });
            assert_eq!(n_shared < n_alone, is_in_rounds, "{n_shared}, {n_alone}");
        }
    }

    #[test]
    fn small_and_wrong_requests_are_not_shared() {
        let mut engine = Engine::default();
        let sample = SampleData::MallVisitors;
        let options = ReadOptions::default();
        let import = Request::ImportSample { sample, options };
        carry_out(&mut engine, import, None, &mut |_, _| ()).unwrap();
        for n_clusters in [Some(5), Some(99)] {
            let settings = Settings {
                n_clusters,
                ..Default::default()
            };
            let request = Request::Compare { settings };
            assert!(share(&mut engine, 1, &request, Help::Offered).is_none());
        }
    }
}
