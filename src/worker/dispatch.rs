//! A request to the engine's method that answers it, parts and findings to parcels and back.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::protocol::Parcel;
use super::{FromWorker, Help, JobId, Outcome, Request};
use crate::analysis::{
    Engine, EngineError, Found, Goal, Part, Piece, Progress, Resampled, Stage, WhatIfOn,
};
use crate::cluster::{FitError, Samples};
use crate::export::{ExportFile, labelled_csv};
use crate::table::{Source, TableError};

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
    let (settings, goal) = match request {
        Request::Compare { settings } => (settings, Goal::Comparison),
        Request::Sweep { settings } => (settings, Goal::Sweep),
        _ => return None,
    };
    if help == Help::None {
        return None;
    }
    let shares = engine.shares(settings, goal).ok()??;
    let samples = (help == Help::Offered).then(|| pack(shares.samples));
    let parts = shares
        .parts
        .iter()
        .map(|(piece, part, _)| pack(&(*piece, part)));
    let parcels = samples.into_iter().chain(parts).collect::<Option<_>>()?;
    let weights = shares.parts.iter().map(|&(.., weight)| weight).collect();
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

/// Fits the part of a parcel.
pub fn fit(
    samples: &Samples,
    parcel: &[u8],
    progress: &mut Progress,
) -> Option<(Piece, Result<Found, FitError>)> {
    let (piece, part): (Piece, Part) = unpack(parcel)?;
    let stage = Stage::Fitting(piece);
    progress(stage, 0.0);
    let found = part.fit(samples, &mut |fraction| progress(stage, fraction));
    Some((piece, found))
}

/// A finding on its way to where it is kept.
pub fn pack_found(found: &(Piece, Result<Found, FitError>)) -> Option<Parcel> {
    pack(found)
}

/// Keeps the finding of a parcel.
pub fn keep(engine: &mut Engine, parcel: &[u8]) {
    if let Some((piece, found)) = unpack(parcel) {
        engine.keep(piece, found);
    }
}

fn pack(contents: &impl Serialize) -> Option<Parcel> {
    postcard::to_allocvec(contents).ok()
}

fn unpack<T: DeserializeOwned>(parcel: &[u8]) -> Option<T> {
    postcard::from_bytes(parcel).ok()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::analysis::{Centres, Model, SampleData, Settings};
    use crate::table::ReadOptions;

    /// A request carried out by an engine and one helper, as the page lets them.
    fn carry_out_shared(engine: &mut Engine, request: &Request) -> (Outcome, usize) {
        let (mut helper, mut help, mut n_helped) = (None, Help::Offered, 0);
        while let Some((answer, parcels)) = share(engine, 1, request, help) {
            let FromWorker::Shared {
                weights,
                whole,
                left,
                ..
            } = answer
            else {
                panic!("{answer:?}");
            };
            assert!(left <= whole && weights.iter().sum::<f64>() <= left);
            let mut parts = parcels.as_slice();
            if help == Help::Offered {
                helper = unpack_samples(&parcels[0]);
                parts = &parcels[1..];
                help = Help::AtHand;
            }
            assert_eq!(parts.len(), weights.len());
            for (number, part) in parts.iter().enumerate() {
                if number % 2 == 0 {
                    let samples = helper.as_ref().unwrap();
                    let found = fit(samples, part, &mut |_, _| ()).unwrap();
                    keep(engine, &pack_found(&found).unwrap());
                    n_helped += 1;
                } else {
                    let samples = engine.samples().unwrap().clone();
                    let (piece, found) = fit(&samples, part, &mut |_, _| ()).unwrap();
                    engine.keep(piece, found);
                }
            }
        }
        let mut last = 0.0;
        let outcome = carry_out(engine, request.clone(), None, &mut |_, done| {
            assert!(done >= last, "{done} after {last}");
            last = done;
        });
        (outcome.unwrap(), n_helped)
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
        ];
        for request in requests {
            let (mut alone, mut shared) = (Engine::default(), Engine::default());
            for engine in [&mut alone, &mut shared] {
                let mut file = csv.as_bytes();
                carry_out(engine, import.clone(), Some(&mut file), &mut |_, _| ()).unwrap();
            }
            let expected = carry_out(&mut alone, request.clone(), None, &mut |_, _| ()).unwrap();
            let (found, n_helped) = carry_out_shared(&mut shared, &request);
            assert_eq!(found, expected);
            assert!(n_helped > 10, "{n_helped}");
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
