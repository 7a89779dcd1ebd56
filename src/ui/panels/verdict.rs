//! Whether the segments are real, with the evidence.

use leptos::prelude::*;

use crate::quality::{Reality, RealityLevel, Valley};
use crate::questions::{ModelNoise, NoiseFloor, QuestionKind};
use crate::ui::panels::asked::Asked;
use crate::ui::state::AppState;
use crate::ui::widgets::SegmentName;
use crate::words::{
    count, fixed, jaccard_words, noise_sentence, null_row, null_tip, p_value, starts_sentence,
    verdict_sentence,
};

/// The sentence below the summary, and the evidence behind it on request.
#[component]
pub(in crate::ui) fn Verdict() -> impl IntoView {
    let state = AppState::use_context();
    let reality = Memo::new(move |_| state.reality());
    move || {
        let Some(reality) = reality.get() else {
            return view! { <section class="verdict verdict--waiting" aria-label="Verdict"><Asked kind=QuestionKind::Reality/></section> }.into_any();
        };
        let is_doubtful = reality.level == RealityLevel::None;
        view! {
            <section class="verdict" class:verdict--doubt=is_doubtful class:stale=move || state.is_stale() aria-label="Verdict">
                <p data-testid="verdict-sentence">{verdict_sentence(&reality)}</p>
                <p data-testid="noise-sentence">{move || state.noise().map(|noise| noise_sentence(&noise))}</p>
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
        <details class="verdict__evidence" data-testid="evidence">
            <summary>"The evidence"</summary>
            <div class="verdict__tables">
                <table class="table"><caption>{format!("Your silhouette is {observed} ({part}). Data without segments reach, at the best number of segments of each set:")}</caption>
                    <thead><tr><th scope="col">"Data without segments"</th><th scope="col" class="num" title="The share of such data that are separated as well as yours">"p"</th>
                        <th scope="col" class="num">"Mean"</th><th scope="col" class="num">"Largest"</th><th scope="col" class="num" title="Fewer where it was clear soon">"Sets"</th></tr></thead>
                    <tbody>{nulls.collect::<Vec<_>>()}</tbody></table>
                <table class="table"><caption>"Neighbouring segments of the first model, on the line through both centres:"</caption>
                    <thead><tr><th scope="col">"Segments"</th><th scope="col" class="num" title="How far from one heap the customers of both are (Hartigan's dip)">"Dip"</th>
                        <th scope="col" class="num">"p"</th><th scope="col">"Between them"</th></tr></thead>
                    <tbody>{reality.valleys.iter().map(valley).collect::<Vec<_>>()}</tbody></table>
                {move || state.noise().map(|noise| stability(state, &noise))}
                <p class="caption" data-testid="starts">{move || starts(state)}</p>
                <p class="caption">{format!("Hopkins statistic {hopkins}: about 0.5 for customers that are spread evenly, towards 1 for heaps; a few customers far out raise it too.")}</p>
            </div>
        </details>
    }
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
        <table class="table" data-testid="stability"><caption>"How much of each segment is found again when the customers are drawn anew, 100 times (Jaccard similarity):"</caption>
            <thead><tr><th scope="col">"Segment"</th>{head.collect::<Vec<_>>()}</tr></thead>
            <tbody>{segments.unwrap_or_default().into_iter().map(row).collect::<Vec<_>>()}</tbody></table>
    }
}
