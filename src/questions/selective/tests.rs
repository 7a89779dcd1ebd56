//! What a p value is expected to cost is what it costs.

use std::fmt::Write;

use super::*;
use crate::engine::{Engine, Question, Step};
use crate::numeric::Rng;
use crate::result::{EngineError, ResultId, Stage};
use crate::table::ReadOptions;

/// One bell, or three that overlap, in two columns.
fn csv(seed: u64) -> String {
    let mut rng = Rng::new(seed);
    let apart = if seed.is_multiple_of(2) { 0.0 } else { 4.0 };
    let mut csv = "x,y\n".to_owned();
    for i in 0..60 + rng.below(120) {
        let centre = apart * (i % 3) as f64;
        let (x, y) = (centre + rng.normal(), rng.normal());
        writeln!(csv, "{x:.5},{y:.5}").unwrap();
    }
    csv
}

/// How many fits the p values of all segments in all features take.
#[derive(Clone, Debug, PartialEq)]
struct CountFits;

impl Question for CountFits {
    type Answer = Vec<usize>;
    type State = ();
    const STAGE: Stage = Stage::Explaining;

    fn step(
        &self,
        (): &mut (),
        ground: &Ground<'_>,
        _: &mut dyn FnMut(f64),
    ) -> Result<Step<Vec<usize>>, EngineError> {
        let segments = ground.comparison.segments().into_iter();
        let pairs = segments.flat_map(|segment| [(segment, 0), (segment, 1)]);
        let fits = pairs.filter_map(|(segment, feature)| {
            let found = Found::of(ground, Group::Segment(segment as u32));
            let contrast = found.contrast(ground.samples, feature)?;
            let mut search = Search::new(contrast.z());
            let mut n_fits = 0;
            while let Some(z) = search.next() {
                let is_back = found.is_back(ground.samples, &contrast, z);
                search.tell(is_back.unwrap_or(false));
                n_fits += 1;
            }
            Some(n_fits)
        });
        Ok(Step::Done(fits.collect()))
    }
}

fn fits_of_set(seed: u64) -> Vec<usize> {
    let mut engine = Engine::default();
    let (text, options) = (csv(seed), ReadOptions::default());
    let read = engine.import("set.csv", &mut text.as_bytes(), &options, &mut |_, _| ());
    read.unwrap();
    let settings = Settings {
        features: Some(["x", "y"].map(Feature::column).to_vec()),
        models: [ModelKey::K_MEANS, ModelKey::HIERARCHICAL].into(),
        n_clusters: Some(2 + seed as usize % 3),
        ..Settings::default()
    };
    engine.fit(ResultId(1), settings, &mut |_, _| ()).unwrap();
    let fits = engine.ask(ResultId(1), &CountFits, &mut |_, _| ());
    fits.unwrap()
}

#[test]
fn a_p_value_takes_as_many_fits_as_are_counted_for_it() {
    let fits: Vec<usize> = (0..20).flat_map(fits_of_set).collect();
    let mean = fits.iter().sum::<usize>() as f64 / fits.len() as f64;
    assert!(fits.len() >= 80);
    assert!((mean - FITS).abs() <= 0.15 * FITS, "{mean}");
}
