//! The mismatched beside everyone, column by column.

use leptos::prelude::*;

use crate::numeric::FiveNumbers;
use crate::questions::QuestionKind;
use crate::table::Unit;
use crate::ui::panels::asked::Asked;
use crate::ui::panels::visible::OfAll;
use crate::ui::state::AppState;
use crate::ui::widgets::How;
use crate::words::{
    EVERYONE_GROUP, LEAD_LABEL, MISMATCHED_GROUP, MethodKey, NOT_A_FEATURE, SUMMARY_HEADS,
    SUMMARY_LABEL, all_digits, difference_tip, difference_words, explanation_sentence, fixed,
    value_text, votes_sentence, with_unit,
};

/// Mean, smallest, quartiles and largest value per numeric column.
#[component]
pub(in crate::ui) fn Summary() -> impl IntoView {
    let state = AppState::use_context();
    let rows = move || {
        let facts = state.facts.get()?;
        let names = state.numeric_names();
        let features = state
            .comparison
            .get()
            .map(|comparison| comparison.features.clone())
            .unwrap_or_default();
        let summaries = state.view(|view| {
            names
                .iter()
                .map(|name| view.summary(&facts, name))
                .collect::<Vec<_>>()
        })?;
        let explanation = state.explanation_shown().map(|shown| shown.answer);
        let is_part = usize::from(state.hides());
        let rows = summaries.into_iter().map(|summary| {
            let note = (!features.contains(&summary.column)).then(|| view! { <small>{NOT_A_FEATURE}</small> });
            let columns = explanation.iter().flat_map(|explanation| &explanation.columns);
            let found = columns.filter(|it| it.column == summary.column);
            let n_tested = explanation.as_ref().map_or(0, |it| it.n_tested());
            let difference = found.map(|it| view! { <small title=difference_tip(it)>{difference_words(it, n_tested)}</small> });
            let difference: Vec<_> = difference.collect();
            let unit = state.unit(&summary.column);
            let id = summary.column.clone();
            view! {
                <tr class="summary__first" data-testid=format!("summary-{id}")><th scope="rowgroup" rowspan="2">{summary.column.clone()}{note}{difference}</th><td><i class="ring"></i>" "{MISMATCHED_GROUP[is_part]}</td>{numbers(summary.group.as_ref(), unit)}</tr>
                <tr class="table__dim"><td>{EVERYONE_GROUP[is_part]}</td>{numbers(summary.everyone.as_ref(), unit)}</tr>
            }
        });
        Some(rows.collect::<Vec<_>>())
    };
    let lead = move || {
        let (shown, comparison) = (state.explanation_shown()?, state.comparison.get()?);
        let split = votes_sentence(&comparison);
        let found = explanation_sentence(&shown.answer, &|name| state.unit(name));
        Some(format!("{found} {split}"))
    };
    let is_old = move || state.explanation_shown().is_some_and(|shown| shown.is_old);
    let [column, group, numbers_heads @ ..] = SUMMARY_HEADS;
    let heads = numbers_heads.map(|head| view! { <th scope="col" class="num">{head}</th> });
    view! {
        <div class="summary__lead" tabindex="0" role="region" aria-label=LEAD_LABEL>
            <p data-testid="explanation" class:stale=is_old>{lead}" "<OfAll/>" "<How of=MethodKey::Rules/></p>
            <Asked kind=QuestionKind::Explanation/>
        </div>
        <div class="scroll-both" tabindex="0" role="region" aria-label=SUMMARY_LABEL>
            <table class="table table--sticky summary">
                <thead><tr><th scope="col">{column}</th><th scope="col">{group}</th>{Vec::from(heads)}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Six cells; the exact number is in the tip.
fn numbers(five: Option<&FiveNumbers>, unit: Unit) -> Vec<AnyView> {
    let values = five.map(|five| {
        [
            five.mean,
            five.min,
            five.q25,
            five.median,
            five.q75,
            five.max,
        ]
    });
    (0..6)
        .map(|i| match values {
            Some(values) => view! { <td class="num" data-value=values[i].to_string() title=with_unit(all_digits(values[i]), unit)>{value_text(values[i], unit)}</td> }.into_any(),
            None => view! { <td class="num">{fixed(f64::NAN, 0)}</td> }.into_any(),
        })
        .collect()
}
