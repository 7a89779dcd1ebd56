//! Whether a claim about a group of customers holds.

use serde::{Deserialize, Serialize};

use super::explanation::{
    MOST_CUSTOMERS, as_evidence, columns_of, members, related, rows_of, some_rows, tests_of,
};
use super::selective::Selective;
use crate::engine::{Ground, Question, Step};
use crate::explain::{Checked, Claim, Says, check};
use crate::result::{EngineError, NotPossible, Stage};

/// Does a claim hold?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckClaim(pub Claim);

impl Question for CheckClaim {
    type Answer = Checked;
    type State = Option<Selective>;
    const STAGE: Stage = Stage::Explaining;

    fn step(
        &self,
        state: &mut Option<Selective>,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Checked>, EngineError> {
        progress(0.0);
        let (Self(claim), comparison) = (self, ground.comparison);
        let selective = state.get_or_insert_with(|| {
            let all = comparison.features.iter().map(String::as_str);
            // Which column differs most is a question about all of them.
            let is_asked = |column: &&str| {
                matches!(claim.says, Says::Driver | Says::NotDriver) || *column == claim.column
            };
            let columns: Vec<&str> = all.filter(is_asked).collect();
            Selective::of(ground, &[claim.group], &columns)
        });
        if !selective.go_on(ground.samples, progress) {
            return Ok(Step::Unfinished);
        }
        let rows = rows_of(comparison);
        let columns = columns_of(ground.table, comparison, &rows);
        let is_member = members(comparison, claim.group, &rows);
        let few = some_rows(ground, rows, MOST_CUSTOMERS);
        let of_few = columns_of(ground.table, comparison, &few);
        let related = related(ground.table, &of_few, comparison);
        let tests = tests_of(&columns, &related, claim.group, selective);
        let seed = comparison.settings.seed;
        let checked = check(claim, &as_evidence(&columns), &is_member, &tests, seed);
        let column = claim.column.clone();
        let checked = checked.ok_or(NotPossible::NoNumbers { column })?;
        Ok(Step::Done(checked))
    }
}
