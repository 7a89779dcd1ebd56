//! The answer first: customers, segments, agreement, mismatched, separation.

use leptos::prelude::*;

use crate::quality::RealityLevel;
use crate::ui::state::AppState;
use crate::words::{
    AGREEMENT, CUSTOMERS, MATCHED_TIP, MISMATCHED, SEGMENTS, SEPARATION, STRIP_LABEL, VERDICT,
    agreement_note, count, mismatched_note, percent, separation, separation_note, shown_words,
    sizes_note, verdict, verdict_note, verdict_tip,
};

/// The summary above everything.
#[component]
pub(in crate::ui) fn Strip() -> impl IntoView {
    let state = AppState::use_context();
    let cells = move || {
        let (facts, comparison) = (state.facts.get()?, state.comparison.get()?);
        let (visible, all) = (facts.rows.len(), comparison.n_customers);
        let shown = shown_words(visible, all);
        let sizes = &facts.sizes;
        let present = || sizes.iter().copied().filter(|&size| size > 0);
        let (largest, smallest) = (present().max().unwrap_or(0), present().min().unwrap_or(0));
        let own = comparison.settings.own_n_clusters.iter();
        let own = own.filter(|(model, _)| comparison.settings.models.contains(model));
        let own: Vec<_> = own
            .map(|(model, k)| (state.model_name(*model), *k))
            .collect();
        let sizes_note = sizes_note(largest, smallest, &own);
        let held = sizes.iter().enumerate().filter(|(_, size)| **size > 0);
        let bars = held.map(|(segment, &size)| {
            let class = format!("sizes__part {}", state.mark(segment).class());
            view! { <i class=class style:flex-grow=size.to_string()></i> }
        });
        let agreeing = visible - facts.mismatched.len();
        let n_models = comparison.models.len();
        let known = comparison.models.iter();
        let known: Vec<_> = known
            .filter_map(|result| Some((result.model, result.silhouette?)))
            .collect();
        let mean = known.iter().map(|(_, silhouette)| silhouette).sum::<f64>() / known.len() as f64;
        let (word, reading) = separation(mean);
        let silhouettes = known.iter();
        let silhouettes = silhouettes.map(|(model, it)| (state.model_name(*model), *it));
        let silhouettes: Vec<_> = silhouettes.collect();
        let measured = comparison
            .models
            .first()
            .map(|first| first.silhouette_measured);
        let sampled = measured.filter(|&measured| measured < all);
        let separation_note = separation_note(&silhouettes, sampled);
        let agreement_note = agreement_note(agreeing, visible, n_models);
        let mismatched_note = mismatched_note(facts.mismatched.len(), visible, all);
        Some(view! {
            <div class="strip__cell"><p>{CUSTOMERS}</p><b data-testid="customers">{count(visible)}</b><small>{shown}</small></div>
            <div class="strip__cell"><p>{SEGMENTS}</p><div class="strip__sizes"><b data-testid="segments">{comparison.n_clusters}</b><span class="sizes" aria-hidden="true">{bars.collect::<Vec<_>>()}</span></div>
                <small title=sizes_note.clone()>{sizes_note.clone()}</small></div>
            <div class="strip__cell"><p>{AGREEMENT}</p><b data-testid="agreement">{percent(facts.agreement_fraction)}</b><small>{agreement_note}</small></div>
            <div class="strip__cell"><p>{MISMATCHED}</p><b><i class="ring"></i><span data-testid="mismatched">{count(facts.mismatched.len())}</span></b>
                <small title=MATCHED_TIP>{mismatched_note}</small></div>
            {verdict_cell(state, word, reading, separation_note)}
        })
    };
    view! { <section class="strip" class:stale=move || state.is_stale() aria-label=STRIP_LABEL>{cells}</section> }
}

/// Whether the segments are real; until that is known, how well they are separated.
fn verdict_cell(
    state: AppState,
    separation: &'static str,
    reading: &'static str,
    silhouettes: String,
) -> impl IntoView {
    let reality = Memo::new(move |_| state.reality());
    move || {
        let Some(reality) = reality.get() else {
            return view! {
                <div class="strip__cell strip__cell--wide" title=reading><p>{SEPARATION}</p><b class="strip__verdict" data-testid="separation">{separation}</b>
                    <small>{silhouettes.clone()}</small></div>
            }
            .into_any();
        };
        let is_doubtful = reality.level == RealityLevel::None;
        view! {
            <div class="strip__cell strip__cell--wide" class:strip__cell--doubt=is_doubtful title=format!("{}\n{silhouettes}", verdict_tip(&reality))>
                <p>{VERDICT}</p><b class="strip__verdict" data-testid="verdict">{verdict(&reality)}</b><small>{verdict_note(&reality)}</small></div>
        }
        .into_any()
    }
}
