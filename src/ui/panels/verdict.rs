//! Whether the segments are real, with the evidence.

use leptos::prelude::*;

use crate::quality::{Reality, RealityLevel, Valley};
use crate::questions::{ModelNoise, NoiseFloor, QuestionKind};
use crate::ui::panels::asked::Asked;
use crate::ui::panels::visible::OfAll;
use crate::ui::state::AppState;
use crate::ui::widgets::SegmentName;
use crate::words::{
    OLD_VERDICT, count, fixed, jaccard_words, noise_sentence, null_row, null_tip, p_value,
    starts_sentence, verdict_sentence,
};

/// What the verdict says, in a place of constant size, and the evidence behind it on request.
#[component]
pub(in crate::ui) fn Verdict() -> impl IntoView {
    let state = AppState::use_context();
    let reality = Memo::new(move |_| state.reality());
    let noise = Memo::new(move |_| state.noise_shown());
    let is_doubtful = move || {
        reality.with(|shown| {
            let level = shown.as_ref().map(|shown| shown.answer.level);
            level == Some(RealityLevel::None)
        })
    };
    let is_old = move || reality.with(|shown| shown.as_ref().is_some_and(|it| it.is_old));
    let is_noise_old = move || noise.with(|shown| shown.as_ref().is_some_and(|it| it.is_old));
    let label = move || {
        let is_old = !state.is_stale() && (is_old() || is_noise_old());
        is_old.then_some(OLD_VERDICT)
    };
    let sentence = move || reality.with(|it| Some(verdict_sentence(&it.as_ref()?.answer)));
    let noise_words = move || noise.with(|it| Some(noise_sentence(&it.as_ref()?.answer)));
    let has_evidence = Memo::new(move |_| {
        reality.with(|shown| shown.as_ref().is_some_and(|it| !it.answer.nulls.is_empty()))
    });
    let tables = move || Some(evidence(state, &reality.get()?.answer));
    view! {
        <section class="verdict" class:verdict--doubt=is_doubtful class:stale=move || state.is_stale() aria-label="Verdict">
            <header class="verdict__head"><h2>"Verdict"</h2><OfAll/><span class="old" class:old--on=move || label().is_some() data-testid="old-verdict">{label}</span></header>
            <div class="verdict__words" tabindex="0" role="region" aria-label="Verdict in words">
                <p data-testid="verdict-sentence" class:stale=is_old>{sentence}</p>
                <p data-testid="noise-sentence" class:stale=is_noise_old>{noise_words}</p>
                <Asked kind=QuestionKind::Reality/>
                <Asked kind=QuestionKind::NoiseFloor/>
            </div>
            <details class="verdict__evidence" class:verdict__evidence--none=move || !has_evidence.get() data-testid="evidence">
                <summary>"The evidence"</summary>
                <div class="verdict__tables" class:stale=move || is_old() || is_noise_old()>{tables}</div>
            </details>
        </section>
    }
}

fn evidence(state: AppState, reality: &Reality) -> impl IntoView + use<> {
    let nulls = reality.nulls.iter().map(|test| {
        let [name, numbers @ ..] = null_row(test);
        let numbers = numbers.map(|number| view! { <td class="num">{number}</td> });
        view! { <tr><th scope="row" title=null_tip(test.kind)>{name}</th>{Vec::from(numbers)}</tr> }
    });
    let valley = |valley: &Valley| {
        let words = if valley.is_parted {
            "a valley between them"
        } else {
            "run into each other"
        };
        view! {
            <tr><th scope="row" class="verdict__pair"><SegmentName mark=state.mark(valley.pair.0 as usize)/><SegmentName mark=state.mark(valley.pair.1 as usize)/></th>
                <td class="num">{fixed(valley.dip, 3)}</td><td class="num">{p_value(valley.p)}</td><td>{words}</td></tr>
        }
    };
    let observed = reality
        .silhouette
        .map_or_else(String::new, |it| fixed(it, 3));
    let hopkins = reality.hopkins.map_or_else(String::new, |it| fixed(it, 2));
    let part = format!("on {} customers", count(reality.n_samples));
    view! {
                <table class="table"><caption>{format!("Your silhouette is {observed} ({part}). Data without segments reach, at the best number of segments of each set:")}</caption>
                    <thead><tr><th scope="col">"Data without segments"</th><th scope="col" class="num" title="The share of such data that are separated as well as yours">"p"</th>
                        <th scope="col" class="num">"Mean"</th><th scope="col" class="num">"Largest"</th><th scope="col" class="num" title="Fewer where it was clear soon">"Sets"</th></tr></thead>
                    <tbody>{nulls.collect::<Vec<_>>()}</tbody></table>
                <table class="table"><caption>"Neighbouring segments of the first model, on the line through both centres:"</caption>
                    <thead><tr><th scope="col">"Segments"</th><th scope="col" class="num" title="How far from one heap the customers of both are (Hartigan's dip)">"Dip"</th>
                        <th scope="col" class="num">"p"</th><th scope="col">"Between them"</th></tr></thead>
                    <tbody>{reality.valleys.iter().map(valley).collect::<Vec<_>>()}</tbody></table>
                {move || state.noise_shown().map(|noise| stability(state, &noise.answer))}
                <p class="caption" data-testid="starts">{move || starts(state)}</p>
                <p class="caption">{format!("Hopkins statistic {hopkins}: about 0.5 for customers that are spread evenly, towards 1 for heaps; a few customers far out raise it too.")}</p>
    }
}

/// What the start decides.
fn starts(state: AppState) -> Option<String> {
    /// Customers named at most.
    const NAMED: usize = 8;
    let noise = state.noise_shown()?.answer;
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
        <table class="table" data-testid="stability"><caption>"How much of each segment is found again when the customers are drawn anew, 100 times (Jaccard similarity):"</caption>
            <thead><tr><th scope="col">"Segment"</th>{head.collect::<Vec<_>>()}</tr></thead>
            <tbody>{segments.unwrap_or_default().into_iter().map(row).collect::<Vec<_>>()}</tbody></table>
    }
}
