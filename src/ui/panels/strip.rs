//! The answer first: customers, segments, agreement, mismatched, verdict.

use leptos::prelude::*;

use crate::cluster::ModelKey;
use crate::result::{Comparison, Likeness};
use crate::ui::state::AppState;
use crate::ui::widgets::How;
use crate::words::{
    AGREEMENT, CUSTOMERS, MATCHED_TIP, MISMATCHED, MethodKey, NOT_COMPARED, OLD_VERDICT, ONE_MODEL,
    SEGMENTS, SEPARATION, STRIP_LABEL, Shown as Counted, VERDICT, agreement_note, agreement_tip,
    count, failed_sentence, fixed, kept_out_tip, mismatched_note, mismatched_shown_tip,
    mismatched_shown_words, missing_words, percent, separation_note, shown_words, sizes_note,
    verdict, verdict_note, verdict_tip,
};
use crate::worker::Shown;

/// The summary above everything.
#[component]
pub(in crate::ui) fn Strip() -> impl IntoView {
    let state = AppState::use_context();
    let all_mismatched = Memo::new(move |_| {
        let comparison = state.comparison.get();
        comparison.map_or(0, |comparison| {
            let rows = 0..comparison.first_labels().len();
            rows.filter(|&row| comparison.is_mismatched(row)).count()
        })
    });
    let likeness = Memo::new(move |_| {
        let comparison = state.comparison.get();
        comparison.map_or(f64::NAN, |comparison| Likeness::of(&comparison).mean())
    });
    let cells = move || {
        let (facts, comparison) = (state.facts.get()?, state.comparison.get()?);
        let (visible, all) = (facts.rows.len(), comparison.n_customers);
        let is_filtered = state.hides();
        let counted = counted(state, &comparison, visible);
        let shown = shown_words(&counted);
        // Segments are what they are, whoever is hidden.
        let first = comparison.models.first();
        let sizes = first.map_or(&[] as &[usize], |first| first.sizes.as_slice());
        let present = || sizes.iter().copied().filter(|&size| size > 0);
        let (largest, smallest) = (present().max().unwrap_or(0), present().min().unwrap_or(0));
        let own = comparison.settings.own_n_clusters.iter();
        let own = own.filter(|(model, _)| comparison.settings.models.contains(model));
        let own: Vec<_> = own
            .map(|(model, k)| (state.model_name(*model), *k))
            .collect();
        let sizes_note = sizes_note(largest, smallest, &own, is_filtered);
        let held = sizes.iter().enumerate().filter(|(_, size)| **size > 0);
        let bars = held.map(|(segment, &size)| {
            let class = format!("sizes__part {}", state.mark(segment).class());
            view! { <i class=class style:flex-grow=size.to_string()></i> }
        });
        let agreeing = visible - facts.mismatched.len();
        let n_models = comparison.models.len();
        let known = comparison.models.iter();
        let known = known.filter(|result| result.model != ModelKey::GIVEN);
        let known: Vec<_> = known
            .filter_map(|result| Some((result.model, result.silhouette?)))
            .collect();
        let mean = known.iter().map(|(_, silhouette)| silhouette).sum::<f64>() / known.len() as f64;
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
        let agreement_note = match missing_words(&comparison.failed) {
            Some(missing) => format!("{agreement_note}, {missing}"),
            None => agreement_note,
        };
        let tips = comparison.failed.iter().map(failed_sentence);
        let tips = tips.chain([agreement_tip(likeness.get())]);
        let agreement_tip = tips.collect::<Vec<_>>().join("\n");
        let n_mismatched = facts.mismatched.len();
        let mismatched_shown = if comparison.is_alone() {
            fixed(f64::NAN, 0)
        } else {
            count(n_mismatched)
        };
        let (mismatched_note, mismatched_tip) = if comparison.is_alone() {
            (NOT_COMPARED.to_owned(), ONE_MODEL.to_owned())
        } else if is_filtered {
            let all = all_mismatched.get();
            let tip = mismatched_shown_tip(n_mismatched, visible, all);
            (mismatched_shown_words(all), tip)
        } else {
            (
                mismatched_note(n_mismatched, visible),
                MATCHED_TIP.to_owned(),
            )
        };
        Some(view! {
            <div class="strip__cell"><p>{CUSTOMERS}</p><b data-testid="customers">{count(visible)}</b><small title=kept_out_tip(&counted)>{shown}</small></div>
            <div class="strip__cell"><p>{SEGMENTS}</p><div class="strip__sizes"><b data-testid="segments">{comparison.n_clusters}</b><span class="sizes" aria-hidden="true">{bars.collect::<Vec<_>>()}</span></div>
                <small title=sizes_note.clone()>{sizes_note.clone()}</small></div>
            <div class="strip__cell"><p>{AGREEMENT}</p><b data-testid="agreement">{percent(facts.agreement_fraction)}</b><small title=agreement_tip>{agreement_note}</small></div>
            <div class="strip__cell"><p>{MISMATCHED}" "<How of=MethodKey::Matching/></p><b><i class="ring"></i><span data-testid="mismatched">{mismatched_shown}</span></b>
                <small title=mismatched_tip>{mismatched_note}</small></div>
            {verdict_cell(state, mean, separation_note)}
        })
    };
    view! { <section class="strip" class:stale=move || state.is_stale() aria-label=STRIP_LABEL>{cells}</section> }
}

/// What the number of customers stands for.
fn counted(state: AppState, comparison: &Comparison, visible: usize) -> Counted {
    Counted {
        visible,
        in_models: comparison.n_customers,
        is_filtered: state.filters.with(|filters| !filters.is_empty()),
        n_by_hand: comparison.settings.left_out.len(),
        n_outside: comparison.n_outside,
    }
}

/// Whether the segments are real; until that is known, their silhouette without a word that the verdict may contradict.
fn verdict_cell(state: AppState, silhouette: f64, silhouettes: String) -> impl IntoView {
    let reality = Memo::new(move |_| state.reality());
    move || {
        let Some(Shown {
            answer: reality,
            is_old,
        }) = reality.get()
        else {
            return view! {
                <div class="strip__cell strip__cell--wide"><p>{SEPARATION}</p><b class="strip__verdict" data-testid="separation">{fixed(silhouette, 2)}</b>
                    <small>{silhouettes.clone()}</small></div>
            }
            .into_any();
        };
        let is_doubtful = !reality.level.is_beyond_chance();
        view! {
            <div class="strip__cell strip__cell--wide" class:strip__cell--doubt=is_doubtful title=format!("{}\n{silhouettes}", verdict_tip(&reality))>
                <p>{VERDICT}<span class="old" class:old--on=is_old>{OLD_VERDICT}</span></p><div class:stale=is_old><b class="strip__verdict" data-testid="verdict">{verdict(&reality)}</b><small title=verdict_note(&reality)>{verdict_note(&reality)}</small></div></div>
        }
        .into_any()
    }
}
