//! What holds of the mismatched beyond chance, and claims of the user held against the data.

use leptos::prelude::*;

use crate::explain::{Checked, Claim, Finding, Group, Says};
use crate::export::letter;
use crate::ui::state::AppState;
use crate::ui::text::{claim_sentence, evidence_sentence, finding_note, finding_words, says_words};
use crate::ui::widgets::{escaped, joined};

/// Checked sentences, and a form for one's own.
#[component]
pub(in crate::ui) fn Claims() -> impl IntoView {
    let state = AppState::use_context();
    let (group, says, column) = (
        RwSignal::new("mismatched".to_owned()),
        RwSignal::new(0_usize),
        RwSignal::new(None::<String>),
    );
    let groups = move || {
        let comparison = state.comparison.get()?;
        let segments = comparison.segments().into_iter().map(|segment| {
            view! { <option value=segment.to_string()>{format!("Segment {}", letter(segment))}</option> }
        });
        Some(segments.collect::<Vec<_>>())
    };
    let columns = move || {
        let names = state.numeric_names().into_iter();
        names
            .map(|name| view! { <option value=name.clone()>{name.clone()}</option> })
            .collect::<Vec<_>>()
    };
    let says_options: Vec<_> = Says::ALL
        .into_iter()
        .enumerate()
        .map(|(at, says)| view! { <option value=at.to_string()>{says_words(says)}</option> })
        .collect();
    let check = move |_| {
        let chosen = column.get_untracked();
        let Some(column) = chosen.or_else(|| untrack(|| state.numeric_names()).into_iter().next())
        else {
            return;
        };
        let segment = group.get_untracked().parse().ok();
        state.check_claim(Claim {
            column,
            group: segment.map_or(Group::Mismatched, Group::Segment),
            says: Says::ALL[says.get_untracked().min(Says::ALL.len() - 1)],
        });
    };
    let answer = move || {
        let claim = state.evidence.with(|evidence| evidence.claim.clone());
        claim.map(|checked| checked_html(&checked, true))
    };
    let insights = move || {
        let explanation = state.explanation()?;
        let of_mismatched = explanation.insights.iter();
        let of_mismatched = of_mismatched.filter(|it| it.claim.group == Group::Mismatched);
        let sentences = joined(of_mismatched.map(|it| checked_html(it, false)));
        Some(if sentences.is_empty() {
            "<p>Nothing holds of the mismatched beyond chance but where they lie: see Summary for the rule.</p>".to_owned()
        } else {
            sentences
        })
    };
    view! {
        <div class="scroll-both claims" tabindex="0" role="region" aria-label="Claims">
            <h3>"What holds of the mismatched"</h3>
            <div data-testid="insights" inner_html=insights></div>
            <h3>"Check a claim"</h3>
            <div class="claims__form">
                <select class="field field--small" aria-label="Group" data-testid="claim-group" on:change=move |event| group.set(event_target_value(&event))>
                    <option value="mismatched">"Mismatched customers"</option>{groups}</select>
                <select class="field field--small" aria-label="Claim" data-testid="claim-says" on:change=move |event| says.set(event_target_value(&event).parse().unwrap_or(0))>{says_options}</select>
                <select class="field field--small" aria-label="Column" data-testid="claim-column" on:change=move |event| column.set(Some(event_target_value(&event)))>{columns}</select>
                <button class="button" data-testid="claim-check" on:click=check>"Check the claim"</button>
            </div>
            <div role="status" data-testid="claim-answer" inner_html=answer></div>
            <p class="caption">"A direction holds where both the whole distributions and the order of the values differ that way beyond chance. Means are shown, and never decide."</p>
        </div>
    }
}

/// A claim with its finding and the numbers behind it.
pub(super) fn checked_html(checked: &Checked, is_own: bool) -> String {
    let group = match checked.claim.group {
        Group::Mismatched => "Mismatched customers".to_owned(),
        Group::Segment(segment) => format!("Customers of {}", letter(segment as usize)),
    };
    let class = match checked.finding {
        Finding::Supported => "claim claim--yes",
        Finding::Contradicted => "claim claim--no",
        Finding::NotShown | Finding::TooFew => "claim",
    };
    let verdict = if is_own {
        format!("<b>{}.</b> ", finding_words(checked.finding))
    } else {
        String::new()
    };
    let note = finding_note(checked).unwrap_or_default();
    format!(
        "<div class=\"{class}\"><p>{verdict}{} {}</p><small>{}</small></div>",
        escaped(&claim_sentence(checked, &group)),
        escaped(&note),
        escaped(&evidence_sentence(checked))
    )
}
