//! The verdict whether the segments of the first model are real, reached in rounds.

use serde::{Deserialize, Serialize};

use crate::cluster::{FitError, Samples};
use crate::engine::{Ground, Question, Shares, Step, pack, unpack};
use crate::quality::{Judging, NullScores, NullSets, Reality};
use crate::result::{EngineError, Stage};
use crate::table::{ColumnKind, Content, Table};

/// Are the segments real?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskReality;

/// The unfinished verdict, after the first round.
type State = Option<Judging>;

fn begun<'a>(state: &'a mut State, ground: &Ground<'_>) -> Result<&'a mut Judging, FitError> {
    let judging = if let Some(judging) = state.take() {
        judging
    } else {
        let labels = ground.of_distinct(ground.comparison.first_labels());
        let seed = ground.comparison.settings.seed;
        Judging::begin(ground.samples, &labels, &left_out(ground), seed)?
    };
    Ok(state.insert(judging))
}

/// The features that make no segment real: identifiers and former segments. Each with its number among
/// those of the samples, which have an order of their own, and the name of its column.
fn left_out(ground: &Ground<'_>) -> Vec<(usize, String)> {
    let features = ground.comparison.settings.features_for(ground.table);
    let is_left_out = |name: &str| is_no_quantity(ground.table, name);
    let places = ground.prepared.scaler.places();
    let features = features.iter().zip(places).filter_map(|(feature, place)| {
        let sources = feature.sources();
        let first = *sources.first()?;
        let is_all = sources.iter().all(|name| is_left_out(name));
        is_all.then(|| (place, first.to_owned()))
    });
    features.collect()
}

/// Whether a column names customers or what they were sorted into.
fn is_no_quantity(table: &Table, name: &str) -> bool {
    let column = table.column(name);
    column.is_some_and(|column| {
        column.kind == ColumnKind::Identifier
            || matches!(
                column.content(),
                Content::Key | Content::Contact | Content::Label
            )
    })
}

impl Question for AskReality {
    type Answer = Reality;
    type State = State;
    const STAGE: Stage = Stage::Judging;

    fn step(
        &self,
        state: &mut State,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Reality>, EngineError> {
        let found = begun(state, ground)?.go_on(progress)?;
        Ok(found.map_or(Step::Unfinished, Step::Done))
    }

    fn shares(
        &self,
        state: &mut State,
        ground: &Ground<'_>,
    ) -> Result<Option<Shares<Vec<u8>>>, EngineError> {
        let judging = begun(state, ground)?;
        let (whole, left) = judging.weights();
        let items = judging.shares().into_iter();
        let items = items.filter_map(|(sets, weight)| Some((pack(&sets)?, weight)));
        Ok(Some(Shares {
            needs_samples: false,
            items: items.collect(),
            whole,
            left,
        }))
    }

    fn help(item: &[u8], _: Option<&Samples>, progress: &mut dyn FnMut(f64)) -> Option<Vec<u8>> {
        let sets: NullSets = unpack(item)?;
        pack(&sets.judge(progress))
    }

    fn keep(state: &mut State, found: &[u8]) {
        let found: Option<Result<NullScores, FitError>> = unpack(found);
        if let (Some(judging), Some(Ok(scores))) = (state, found) {
            judging.keep(scores);
        }
    }
}
