//! Whether the segments are real, with the evidence.

use leptos::prelude::*;

use crate::quality::{Reality, RealityLevel, Valley};
use crate::ui::state::AppState;
use crate::ui::text::{count, fixed, null_row, null_tip, p_value, verdict_sentence};
use crate::ui::widgets::SegmentName;

/// The sentence below the summary, and the evidence behind it on request.
#[component]
pub(in crate::ui) fn Verdict() -> impl IntoView {
    let state = AppState::use_context();
    move || {
        let reality = state.reality.get()?;
        let is_doubtful = reality.level == RealityLevel::None;
        Some(view! {
            <section class="verdict" class:verdict--doubt=is_doubtful class:stale=move || state.is_stale() aria-label="Verdict">
                <p data-testid="verdict-sentence">{verdict_sentence(&reality)}</p>
                {(!reality.nulls.is_empty()).then(|| evidence(&reality))}
            </section>
        })
    }
}

fn evidence(reality: &Reality) -> impl IntoView + use<> {
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
            <tr><th scope="row" class="verdict__pair"><SegmentName segment=valley.pair.0 as usize/><SegmentName segment=valley.pair.1 as usize/></th>
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
                <p class="caption">{format!("Hopkins statistic {hopkins}: about 0.5 for customers that are spread evenly, towards 1 for heaps; a few customers far out raise it too.")}</p>
            </div>
        </details>
    }
}
