//! The smallest change of a customer: applied to the columns of its file, does it lead where it is said to, and is it possible?
//!
//! ```text
//! sets     150 customers in three overlapping heaps; income (tenths), visits (whole), an answer from 1 to 5, age, income per visit;
//!          in every fourth a plan of three, a yes or no each, and gender
//! models   K-Means and Ward's tree, z-scores; the tree says where the customer is to go, the centres whether it is there
//! closed   between two centres: (|x - c2|^2 - |x - c1|^2) / (2 |c2 - c1|) along the columns that may move, then to their next values
//!          outwards; compared where that is in the range and leads there
//! ```

use seamline::cluster::ModelKey;
use seamline::engine::Engine;
use seamline::features::Feature;
use seamline::numeric::{Moments, Rng};
use seamline::questions::{AskCard, Change};
use seamline::result::{Comparison, EngineError, ResultId, Settings};
use seamline::table::ReadOptions;

use crate::page::fresh;
use crate::{Bound, Experiment, Row, Section};

/// The smallest change.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "change",
    full: 300,
    small: 24,
    run,
};

/// Names, and how many parts a unit of each column has; none for those that do not move.
const COLUMNS: [(&str, Option<f64>); 7] = [
    ("income", Some(10.0)),
    ("visits", Some(1.0)),
    ("answer", Some(1.0)),
    ("age", None),
    ("per_visit", None),
    ("plan", None),
    ("gender", None),
];
/// A row of the file; a category by its code.
type RowOfFile = [f64; 7];
/// The places of the categories, and their values.
const PLAN: usize = 5;
const GENDER: usize = 6;
const VALUES: [(usize, &[&str]); 2] = [
    (PLAN, &["basic", "plus", "premium"]),
    (GENDER, &["female", "male"]),
];

/// The values of the category at a place; none for numbers.
fn values_at(place: usize) -> &'static [&'static str] {
    let found = VALUES.iter().find(|(at, _)| *at == place);
    found.map_or(&[], |(_, values)| values)
}

/// A feature: a column of numbers, or whether a category has a value.
#[derive(Clone, Copy)]
struct Seen {
    place: usize,
    code: Option<usize>,
}

impl Seen {
    /// All features of a column.
    fn of(place: usize) -> Vec<Self> {
        let n_values = values_at(place).len();
        let codes = (0..n_values).map(|code| Self {
            place,
            code: Some(code),
        });
        let number = (n_values == 0).then_some(Self { place, code: None });
        codes.chain(number).collect()
    }

    fn value(self, row: &RowOfFile) -> f64 {
        let value = row[self.place];
        self.code
            .map_or(value, |code| f64::from(u8::from(value == code as f64)))
    }

    fn feature(self) -> Feature {
        let name = COLUMNS[self.place].0.to_owned();
        match self.code.and_then(|code| values_at(self.place).get(code)) {
            Some(value) => Feature::Indicator {
                a: name,
                value: (*value).to_owned(),
            },
            None => Feature::Column(name),
        }
    }
}

/// What is counted.
#[derive(Default)]
struct Counts {
    changes: usize,
    there: usize,
    in_range: usize,
    on_grid: usize,
    closed: usize,
    as_short: usize,
    of_category: usize,
    of_category_there: usize,
}

fn run(sets: usize) -> Section {
    let mut counts = Counts::default();
    let mut errors = Vec::new();
    for seed in fresh(sets) {
        if let Err(error) = counts.add(seed) {
            errors.push(format!("seed {seed}: {error:?}"));
        }
    }
    let row = |what: &str, found: usize, n: usize| {
        let row = Row::of(what, Bound::AtLeast(1.0), found, n);
        row.with(&errors)
    };
    Section {
        title: "Smallest change",
        about: "Files of 150 customers in three overlapping heaps; K-Means and Ward's tree at 2 to 6 segments. Every change that is \
                told of a mismatched customer is applied to the columns of the file, and what is computed from them is computed again. \
                Counted is over changes, and for the closed form over customers.",
        rows: vec![
            row(
                "the customer is where it was said to be",
                counts.there,
                counts.changes,
            )
            .out_of(sets),
            row(
                "values in the range seen, age and gender as given",
                counts.in_range,
                counts.changes,
            )
            .out_of(sets),
            row(
                "the same of those that move a category, as a whole",
                counts.of_category_there,
                counts.of_category,
            ),
            row(
                "values on the grid of their column",
                counts.on_grid,
                counts.changes,
            )
            .out_of(sets),
            row(
                "at most as long as the possible closed form + 1e-9",
                counts.as_short,
                counts.closed,
            )
            .out_of(sets),
        ],
    }
}

/// A generated file with its models.
struct Case {
    rows: Vec<RowOfFile>,
    /// The features.
    seen: Vec<Seen>,
    moments: Vec<[f64; 2]>,
    comparison: std::sync::Arc<Comparison>,
}

fn completed(row: RowOfFile) -> RowOfFile {
    let [income, visits, answer, age, _, plan, gender] = row;
    [income, visits, answer, age, income / visits, plan, gender]
}

fn rows(seed: u64) -> Vec<RowOfFile> {
    let mut rng = Rng::new(seed.wrapping_mul(6151) + 5);
    let centres: Vec<[f64; 4]> = (0..3)
        .map(|_| std::array::from_fn(|_| rng.uniform()))
        .collect();
    let mut of_categories = Rng::new(seed.wrapping_mul(769) + 11);
    let row = |i: usize| {
        let plan = if of_categories.below(10) < 4 {
            i % 3
        } else {
            of_categories.below(3)
        };
        let [income, visits, answer, age] = centres[i % 3].map(|it| it + 0.15 * rng.normal());
        completed([
            (10.0 * (20.0 + 80.0 * income.abs())).round() / 10.0,
            (1.0 + 30.0 * visits.abs()).round(),
            (1.0 + 4.0 * answer).round().clamp(1.0, 5.0),
            (18.0 + 50.0 * age.abs()).round(),
            0.0,
            plan as f64,
            of_categories.below(2) as f64,
        ])
    };
    (0..150).map(row).collect()
}

impl Case {
    fn point(&self, row: RowOfFile) -> Vec<f64> {
        let scaled = self.seen.iter().zip(&self.moments);
        scaled
            .map(|(seen, [mean, deviation])| (seen.value(&row) - mean) / deviation)
            .collect()
    }

    /// The nearest mean of K-Means, and the squared distances to all.
    fn nearest(&self, row: RowOfFile) -> Option<(usize, Vec<f64>)> {
        let centres = &self.comparison.result(ModelKey::K_MEANS)?.centroids_raw;
        let point = self.point(row);
        let square = |centre: &[f64]| {
            let scaled = centre.iter().zip(&self.moments).zip(&point);
            let terms =
                scaled.map(|((c, [mean, deviation]), x)| ((c - mean) / deviation - x).powi(2));
            terms.sum::<f64>()
        };
        let squares: Vec<f64> = centres.rows().map(square).collect();
        let nearest = (0..squares.len()).min_by(|&a, &b| squares[a].total_cmp(&squares[b]));
        Some((nearest?, squares))
    }

    fn range(&self, place: usize) -> (f64, f64) {
        let values = self.rows.iter().map(|row| row[place]);
        values.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)))
    }

    fn is_in_range(&self, place: usize, value: f64) -> bool {
        let (min, max) = self.range(place);
        COLUMNS[place].1.is_some() && (min..=max).contains(&value)
    }

    fn length(&self, from: RowOfFile, to: RowOfFile) -> f64 {
        let moves = self.point(from).into_iter().zip(self.point(to));
        moves.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    /// The closed form between the two segments of a customer, on the next values outwards; none where that is not possible.
    fn closed(&self, row: RowOfFile, target: usize) -> Option<RowOfFile> {
        let (own, squares) = self.nearest(row)?;
        let centres = &self.comparison.result(ModelKey::K_MEANS)?.centroids_raw;
        let free: Vec<usize> = (0..self.seen.len())
            .filter(|&at| COLUMNS[self.seen[at].place].1.is_some())
            .collect();
        let way =
            |at: usize| (centres.row(target)[at] - centres.row(own)[at]) / self.moments[at][1];
        let apart = free.iter().map(|&at| way(at).powi(2)).sum::<f64>().sqrt();
        let length = (squares[target] - squares[own]) / (2.0 * apart);
        let mut to = row;
        for at in free {
            let place = self.seen[at].place;
            let parts = COLUMNS[place].1?;
            let border = row[place] + length * way(at) / apart * self.moments[at][1];
            let next = if way(at) > 0.0 {
                (border * parts).ceil()
            } else {
                (border * parts).floor()
            };
            to[place] = next / parts;
            if !self.is_in_range(place, to[place]) {
                return None;
            }
        }
        let to = completed(to);
        let (_, squares) = self.nearest(to)?;
        // Half way between two means it is in neither.
        let mut others = (0..squares.len()).filter(|&at| at != target);
        others
            .all(|at| squares[target] + 1e-9 < squares[at])
            .then_some(to)
    }
}

/// 2 or 3; with categories, which make segments of their own, 4 to 6.
fn n_segments(seed: u64) -> usize {
    match seed % 4 {
        3 => 4 + (seed / 12 % 3) as usize,
        _ => 2 + (seed / 3 % 2) as usize,
    }
}

impl Counts {
    fn add(&mut self, seed: u64) -> Result<(), EngineError> {
        let rows = rows(seed);
        // Beside one number: a category is told of where no more than three changes lead there.
        let places = match (seed % 4, seed % 3) {
            (3, 0) => vec![0, PLAN],
            (3, 1) => vec![0, PLAN, GENDER],
            (3, _) => vec![1, PLAN],
            (_, 0) => vec![0, 1],
            (_, 1) => vec![0, 2, 3],
            _ => vec![0, 1, 4],
        };
        let seen: Vec<Seen> = places.into_iter().flat_map(Seen::of).collect();
        let mut text = COLUMNS.map(|(name, _)| name).join(",") + "\n";
        for row in &rows {
            let cell = |place: usize| {
                let value = values_at(place).get(row[place] as usize);
                value.map_or_else(|| row[place].to_string(), |value| (*value).to_owned())
            };
            let cells: Vec<String> = (0..COLUMNS.len()).map(cell).collect();
            text += &cells.join(",");
            text.push('\n');
        }
        let mut engine = Engine::default();
        let options = ReadOptions::default();
        engine.import("made.csv", &mut text.as_bytes(), &options, &mut |_, _| ())?;
        let features = seen.iter().map(|seen| seen.feature());
        let settings = Settings {
            features: Some(features.collect()),
            models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
            n_clusters: Some(n_segments(seed)),
            ..Settings::default()
        };
        let result = ResultId(1);
        engine.fit(result, settings.clone(), &mut |_, _| ())?;
        let comparison = engine.compare(settings, &mut |_, _| ())?;
        let moments = seen.iter().map(|seen| {
            let moments = Moments::of(rows.iter().map(|row| seen.value(row)));
            [moments.mean, moments.population_deviation()]
        });
        let case = Case {
            moments: moments.collect(),
            rows,
            seen,
            comparison,
        };
        for row in 0..case.rows.len() {
            if case.comparison.is_mismatched(row) {
                let card = engine.ask(result, &AskCard::of(row), &mut |_, _| ())?;
                let target = case.comparison.labels(ModelKey::HIERARCHICAL)[row];
                self.add_customer(&case, row, target as usize, &card.changes);
            }
        }
        Ok(())
    }

    fn add_customer(&mut self, case: &Case, row: usize, target: usize, changes: &[Change]) {
        let from = case.rows[row];
        let mut shortest = f64::INFINITY;
        for change in changes {
            let (mut to, mut is_in_range, mut is_on_grid) = (from, true, true);
            for step in &change.moves {
                let place = COLUMNS.iter().position(|(name, _)| *name == step.column);
                let Some(place) = place else { continue };
                to[place] = step.to;
                is_in_range &= case.is_in_range(place, step.to);
                let parts = COLUMNS[place].1.unwrap_or(f64::NAN);
                is_on_grid &= (step.to * parts).round() / parts == step.to;
            }
            for step in &change.categories {
                let code = |value: &str| values_at(PLAN).iter().position(|it| *it == value);
                let codes = code(&step.from).zip(code(&step.to));
                let codes = codes.filter(|_| step.column == COLUMNS[PLAN].0);
                // A move of gender, from another plan or to one that nobody has is none.
                is_in_range &= codes.is_some_and(|(old, _)| from[PLAN] == old as f64);
                to[PLAN] = codes.map_or(f64::NAN, |(_, new)| new as f64);
            }
            let to = completed(to);
            let nearest = case.nearest(to).map(|(nearest, _)| nearest);
            self.changes += 1;
            let is_there = nearest == Some(target);
            self.there += usize::from(is_there);
            if !change.categories.is_empty() {
                self.of_category += 1;
                self.of_category_there += usize::from(is_there && is_in_range);
            }
            self.in_range += usize::from(is_in_range);
            self.on_grid += usize::from(is_on_grid);
            shortest = shortest.min(case.length(from, to));
        }
        // A ratio among the features has no straight border.
        let closed = case
            .closed(from, target)
            .filter(|_| !case.seen.iter().any(|seen| seen.place == 4));
        if let Some(closed) = closed {
            self.closed += 1;
            self.as_short += usize::from(shortest <= case.length(from, closed) + 1e-9);
        }
    }
}
