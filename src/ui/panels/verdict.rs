//! Whether the segments are real, with the evidence.

use leptos::prelude::*;

use crate::quality::{Reality, RealityLevel, Valley};
use crate::questions::{ModelNoise, NoiseFloor, QuestionKind};
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::SegmentName;
use crate::words::{
    Head, NEIGHBOUR_HEADS, NEIGHBOURS, NULL_HEADS, RESAMPLES_TIP, STABILITY, STABILITY_HEAD,
    THE_EVIDENCE, VERDICT, fixed, gap_words, hopkins_sentence, jaccard_words, noise_sentence,
    null_row, null_tip, nulls_caption, p_value, starts_sentence, verdict_sentence,
};

/// The sentence below the summary, and the evidence behind it on request.
#[component]
pub(in crate::ui) fn Verdict() -> impl IntoView {
    let state = AppState::use_context();
    let reality = Memo::new(move |_| state.reality());
    move || {
        let Some(reality) = reality.get() else {
            return view! { <section class="verdict verdict--waiting" aria-label=VERDICT><Asked kind=QuestionKind::Reality/></section> }.into_any();
        };
        let is_doubtful = reality.level == RealityLevel::None;
        view! {
            <section class="verdict" class:verdict--doubt=is_doubtful class:stale=move || state.is_stale() aria-label=VERDICT>
                <p data-testid="verdict-sentence">{verdict_sentence(&reality)}</p>
                <p data-testid="noise-sentence" title=RESAMPLES_TIP>{move || state.noise().map(|noise| noise_sentence(&noise))}</p>
                <Asked kind=QuestionKind::NoiseFloor/>
                {(!reality.nulls.is_empty()).then(|| evidence(state, &reality))}
            </section>
        }
        .into_any()
    }
}

fn evidence(state: AppState, reality: &Reality) -> impl IntoView + use<> {
    let nulls = reality.nulls.iter().map(|test| {
        let [name, numbers @ ..] = null_row(test);
        let numbers = numbers.map(|number| view! { <td class="num">{number}</td> });
        view! { <tr><th scope="row" title=null_tip(test.kind)>{name}</th>{Vec::from(numbers)}</tr> }
    });
    let valley = |valley: &Valley| {
        view! {
            <tr><th scope="row" class="verdict__pair"><SegmentName mark=state.mark(valley.pair.0 as usize)/><SegmentName mark=state.mark(valley.pair.1 as usize)/></th>
                <td class="num">{fixed(valley.dip, 3)}</td><td class="num">{p_value(valley.p)}</td><td>{gap_words(valley.is_parted)}</td></tr>
        }
    };
    let [name, numbers @ ..] = NULL_HEADS;
    let null_heads = numbers.each_ref().map(number_head);
    let [pair, dip, p, between] = NEIGHBOUR_HEADS;
    view! {
        <details class="verdict__evidence" data-testid="evidence">
            <summary>{THE_EVIDENCE}</summary>
            <div class="verdict__tables">
                <table class="table"><caption>{nulls_caption(reality)}</caption>
                    <thead><tr><th scope="col">{name.words}</th>{Vec::from(null_heads)}</tr></thead>
                    <tbody>{nulls.collect::<Vec<_>>()}</tbody></table>
                <table class="table"><caption>{NEIGHBOURS}</caption>
                    <thead><tr><th scope="col">{pair.words}</th>{number_head(&dip)}{number_head(&p)}<th scope="col">{between.words}</th></tr></thead>
                    <tbody>{reality.valleys.iter().map(valley).collect::<Vec<_>>()}</tbody></table>
                {move || state.noise().map(|noise| stability(state, &noise))}
                <p class="caption" data-testid="starts">{move || starts(state)}</p>
                <p class="caption">{hopkins_sentence(reality.hopkins)}</p>
            </div>
        </details>
    }
}

/// The head of a column of numbers.
fn number_head(head: &Head) -> impl IntoView + use<> {
    view! { <th scope="col" class="num" title=head.tip>{head.words}</th> }
}

/// What the start decides.
fn starts(state: AppState) -> Option<String> {
    /// Customers named at most.
    const NAMED: usize = 8;
    let noise = state.noise()?;
    let starts = noise.starts.as_ref()?;
    let other = starts.optima.iter().find(|it| it.n_rows > 0);
    let names = other.map(|it| {
        let rows = it.rows.iter().take(NAMED);
        rows.map(|&row| state.customer_name(row))
            .collect::<Vec<_>>()
    });
    Some(starts_sentence(starts, &names.unwrap_or_default()))
}

/// How well each segment is found again, model by model.
fn stability(state: AppState, noise: &NoiseFloor) -> impl IntoView + use<> {
    let comparison = state.comparison.get();
    let segments = comparison.map(|comparison| comparison.segments());
    let head = noise
        .models
        .iter()
        .map(|model| view! { <th scope="col">{state.model_name(model.model)}</th> });
    let cell = |model: &ModelNoise, segment: usize| {
        let jaccard = model.jaccard.get(segment).copied().unwrap_or(f64::NAN);
        view! { <td>{fixed(jaccard, 2)}" "<small>{jaccard_words(jaccard)}</small></td> }
    };
    let row = |segment: usize| {
        let cells: Vec<_> = noise
            .models
            .iter()
            .map(|model| cell(model, segment))
            .collect();
        view! { <tr><th scope="row"><SegmentName mark=state.mark(segment)/></th>{cells}</tr> }
    };
    view! {
        <table class="table" data-testid="stability"><caption>{STABILITY}</caption>
            <thead><tr><th scope="col">{STABILITY_HEAD}</th>{head.collect::<Vec<_>>()}</tr></thead>
            <tbody>{segments.unwrap_or_default().into_iter().map(row).collect::<Vec<_>>()}</tbody></table>
    }
}
