//! Generated sets the way they come to the page: as a file that is read and fitted with nothing set but the columns that are used.

use std::fmt::Debug;
use std::panic::resume_unwind;
use std::thread;

use seamline::cluster::ModelKey;
use seamline::engine::Engine;
use seamline::features::Feature;
use seamline::numeric::Matrix;
use seamline::result::{EngineError, ResultId, Settings};
use seamline::table::ReadOptions;

use crate::{Bound, Row};

/// The rules were designed on seeds from 0; the figures come from seeds that nobody looked at before.
const FRESH: u64 = 1_000_003;

/// A generated file: numbers, and categories in the last columns as their numbers from 0.
pub(crate) struct File {
    pub(crate) rows: Matrix,
    pub(crate) n_categories: usize,
}

impl From<Matrix> for File {
    fn from(rows: Matrix) -> Self {
        Self {
            rows,
            n_categories: 0,
        }
    }
}

impl File {
    /// Reads the file, compares models at the number that the page chooses, and keeps that as the first result.
    pub(crate) fn opened(&self, models: &[ModelKey]) -> Result<Engine, EngineError> {
        self.opened_with(Settings {
            models: models.iter().copied().collect(),
            ..Settings::default()
        })
    }

    /// The same with other settings; the features are all columns.
    pub(crate) fn opened_with(&self, settings: Settings) -> Result<Engine, EngineError> {
        let mut engine = Engine::default();
        let options = ReadOptions::default();
        let text = self.text();
        engine.import("set.csv", &mut text.as_bytes(), &options, &mut |_, _| ())?;
        let settings = Settings {
            features: Some(self.features()),
            ..settings
        };
        engine.fit(ResultId(1), settings, &mut |_, _| ())?;
        Ok(engine)
    }

    fn is_category(&self, column: usize) -> bool {
        column + self.n_categories >= self.rows.n_features()
    }

    pub(crate) fn text(&self) -> String {
        let columns = 0..self.rows.n_features();
        let heads: Vec<String> = columns.map(name).collect();
        let mut text = heads.join(",");
        for row in self.rows.rows() {
            let cells = row.iter().enumerate().map(|(column, x)| {
                if self.is_category(column) {
                    value(*x)
                } else {
                    format!("{}", (x * 1e6).round() / 1e6)
                }
            });
            text.push('\n');
            text.push_str(&cells.collect::<Vec<_>>().join(","));
        }
        text
    }

    /// Every column; a category as indicators of its values.
    fn features(&self) -> Vec<Feature> {
        let mut features = Vec::new();
        for column in 0..self.rows.n_features() {
            if self.is_category(column) {
                let most = self.rows.column(column).fold(0.0, f64::max);
                features.extend((0..=most as usize).map(|at| Feature::Indicator {
                    a: name(column),
                    value: value(at as f64),
                }));
            } else {
                features.push(Feature::column(&name(column)));
            }
        }
        features
    }
}

/// The name of a column.
pub(crate) fn name(column: usize) -> String {
    format!("x{column}")
}

fn value(at: f64) -> String {
    format!("kind {}", char::from(b'a' + at as u8))
}

/// So many seeds that nobody looked at before.
pub(crate) fn fresh(sets: usize) -> impl Iterator<Item = u64> {
    (0..sets as u64).map(|seed| FRESH + seed)
}

/// What is found on each of so many fresh sets, in the order of their seeds; all cores work.
pub(crate) fn found_on_each<T: Send>(sets: usize, found: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (found, n) = (&found, sets as u64);
    let own = |core: usize| {
        (core as u64..n)
            .step_by(cores)
            .map(|seed| found(FRESH + seed))
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || own(core).collect::<Vec<T>>()))
            .collect();
        let mut parts: Vec<_> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .map(Vec::into_iter)
            .collect();
        (0..sets)
            .filter_map(|seed| parts.get_mut(seed % cores)?.next())
            .collect()
    })
}

/// What was found on fresh sets.
pub(crate) struct Counted<T> {
    /// In the order of the seeds, where nothing went wrong.
    pub(crate) found: Vec<T>,
    /// What went wrong on the others.
    pub(crate) errors: Vec<String>,
}

/// What is found on each of so many fresh sets, and what goes wrong.
pub(crate) fn counted_on_each<T: Send, E: Debug>(
    sets: usize,
    found: impl Fn(u64) -> Result<T, E> + Sync,
) -> Counted<T> {
    let mut counted = Counted {
        found: Vec::new(),
        errors: Vec::new(),
    };
    let all = found_on_each(sets, |seed| {
        found(seed).map_err(|error| format!("seed {seed}: {error:?}"))
    });
    for it in all {
        match it {
            Ok(found) => counted.found.push(found),
            Err(error) => counted.errors.push(error),
        }
    }
    counted
}

/// The share of so many fresh sets that are counted.
pub(crate) fn share_of<E: Debug>(
    what: impl Into<String>,
    wanted: Bound,
    sets: usize,
    is_counted: impl Fn(u64) -> Result<bool, E> + Sync,
) -> Row {
    let Counted { found, errors } = counted_on_each(sets, is_counted);
    let count = found.iter().filter(|&&is_counted| is_counted).count();
    let row = Row::of(what, wanted, count, found.len())
        .out_of(sets)
        .with(&errors);
    // A section takes an hour and more: what is found by then is told as it comes.
    eprintln!("{row}");
    row
}
