//! Whether a claim about a group of customers holds.

use serde::{Deserialize, Serialize};

use super::explanation::{as_evidence, columns_of, members, rows_of};
use crate::engine::{Ground, Question, Step};
use crate::explain::{Checked, Claim, check};
use crate::result::{EngineError, NotPossible, Stage};

/// Does a claim hold?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckClaim(pub Claim);

impl Question for CheckClaim {
    type Answer = Checked;
    type State = ();
    const STAGE: Stage = Stage::Explaining;

    fn step(
        &self,
        (): &mut (),
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Checked>, EngineError> {
        progress(0.0);
        let (Self(claim), comparison) = (self, ground.comparison);
        let rows = rows_of(comparison);
        let columns = columns_of(ground.table, comparison, &rows);
        let is_member = members(comparison, claim.group, &rows);
        let seed = comparison.settings.seed;
        let checked = check(claim, &as_evidence(&columns), &is_member, seed);
        let column = claim.column.clone();
        let checked = checked.ok_or(NotPossible::NoNumbers { column })?;
        Ok(Step::Done(checked))
    }
}
