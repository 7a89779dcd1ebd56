//! The mismatched beside everyone, column by column.

use leptos::prelude::*;

use crate::numeric::FiveNumbers;
use crate::questions::QuestionKind;
use crate::ui::panels::asked::Asked;
use crate::ui::panels::visible::OfAll;
use crate::ui::state::AppState;
use crate::words::{
    DIFFERENCE_TIP, LEAD_LABEL, compact, difference_words, explanation_sentence, votes_sentence,
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
        let rows = summaries.into_iter().map(|summary| {
            let note = (!features.contains(&summary.column)).then(|| view! { <small>"not a feature"</small> });
            let columns = explanation.iter().flat_map(|explanation| &explanation.columns);
            let found = columns.filter(|it| it.column == summary.column).map(difference_words);
            let difference = found.map(|words| view! { <small title=DIFFERENCE_TIP>{words}</small> });
            let difference: Vec<_> = difference.collect();
            let id = summary.column.clone();
            view! {
                <tr class="summary__first" data-testid=format!("summary-{id}")><th scope="rowgroup" rowspan="2">{summary.column.clone()}{note}{difference}</th><td><i class="ring"></i>" Mismatched"</td>{numbers(summary.group.as_ref())}</tr>
                <tr class="table__dim"><td>"Everyone"</td>{numbers(summary.everyone.as_ref())}</tr>
            }
        });
        Some(rows.collect::<Vec<_>>())
    };
    let lead = move || {
        let (shown, comparison) = (state.explanation_shown()?, state.comparison.get()?);
        let split = votes_sentence(&comparison);
        Some(format!("{} {split}", explanation_sentence(&shown.answer)))
    };
    let is_old = move || state.explanation_shown().is_some_and(|shown| shown.is_old);
    view! {
        <div class="summary__lead" tabindex="0" role="region" aria-label=LEAD_LABEL>
            <p data-testid="explanation" class:stale=is_old>{lead}" "<OfAll/></p>
            <Asked kind=QuestionKind::Explanation/>
        </div>
        <div class="scroll-both" tabindex="0" role="region" aria-label="Summary of the mismatched customers">
            <table class="table table--sticky summary">
                <thead><tr><th scope="col">"Column"</th><th scope="col">"Group"</th><th scope="col" class="num">"Mean"</th><th scope="col" class="num">"Min"</th><th scope="col" class="num">"25 %"</th><th scope="col" class="num">"Median"</th><th scope="col" class="num">"75 %"</th><th scope="col" class="num">"Max"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Six cells; the exact number is in the tip.
fn numbers(five: Option<&FiveNumbers>) -> Vec<AnyView> {
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
            Some(values) => view! { <td class="num" data-value=values[i].to_string() title=values[i].to_string()>{compact(values[i])}</td> }.into_any(),
            None => view! { <td class="num">"–"</td> }.into_any(),
        })
        .collect()
}
