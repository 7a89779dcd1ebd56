//! Whether the segments are real, with the evidence.

use leptos::prelude::*;

use crate::quality::{Reality, Valley};
use crate::questions::{ModelNoise, NoiseFloor, QuestionKind};
use crate::ui::panels::asked::Asked;
use crate::ui::panels::visible::OfAll;
use crate::ui::state::AppState;
use crate::ui::widgets::{How, SegmentName};
use crate::words::{
    Head, MethodKey, NEIGHBOUR_HEADS, NEIGHBOURS, NULL_HEADS, OLD_VERDICT, RESAMPLES_TIP,
    STABILITY, STABILITY_HEAD, THE_EVIDENCE, VERDICT, VERDICT_IN_WORDS, fixed, gap_p, gap_words,
    hopkins_sentence, jaccard_words, judged_sentence, noise_sentence, null_row, null_tip,
    nulls_caption, percent, starts_sentence, verdict_sentence,
};

/// What the verdict says, in a place of constant size, and the evidence behind it on request.
#[component]
pub(in crate::ui) fn Verdict() -> impl IntoView {
    let state = AppState::use_context();
    let reality = Memo::new(move |_| state.reality());
    let noise = Memo::new(move |_| state.noise_shown());
    let is_doubtful = move || {
        reality.with(|shown| {
            let shown = shown.as_ref();
            shown.is_some_and(|shown| !shown.answer.level.is_beyond_chance())
        })
    };
    let is_old = move || reality.with(|shown| shown.as_ref().is_some_and(|it| it.is_old));
    let is_noise_old = move || noise.with(|shown| shown.as_ref().is_some_and(|it| it.is_old));
    let label = move || {
        let is_old = !state.is_stale() && (is_old() || is_noise_old());
        is_old.then_some(OLD_VERDICT)
    };
    let sentence = move || reality.with(|it| Some(verdict_sentence(&it.as_ref()?.answer)));
    let is_alone = Memo::new(move |_| {
        state
            .comparison
            .with(|it| it.as_ref().is_some_and(|it| it.is_alone()))
    });
    // Of one model alone there is no other that could be meant; an old verdict may be about a model that is first no more.
    let judged = move || {
        let is_judged =
            reality.with(|it| it.as_ref().is_some_and(|it| !it.answer.nulls.is_empty()));
        let first = state
            .comparison
            .with(|it| Some(it.as_ref()?.first_pair().0));
        let first = first.filter(|_| is_judged && !is_old() && !is_alone.get());
        first.map(|first| judged_sentence(state.model_name(first)))
    };
    let noise_words =
        move || noise.with(|it| Some(noise_sentence(&it.as_ref()?.answer, is_alone.get())));
    let has_evidence = Memo::new(move |_| {
        reality.with(|shown| shown.as_ref().is_some_and(|it| !it.answer.nulls.is_empty()))
    });
    let tables = move || Some(evidence(state, &reality.get()?.answer));
    view! {
        <section class="verdict" class:verdict--doubt=is_doubtful class:stale=move || state.is_stale() aria-label=VERDICT>
            <header class="verdict__head"><h2>{VERDICT}</h2><How of=MethodKey::Verdict/><OfAll/><span class="old" class:old--on=move || label().is_some() data-testid="old-verdict">{label}</span></header>
            <div class="verdict__words" tabindex="0" role="region" aria-label=VERDICT_IN_WORDS>
                <p data-testid="verdict-sentence" class:stale=is_old>{sentence}</p>
                <p class="caption" data-testid="judged">{judged}</p>
                <p data-testid="noise-sentence" title=RESAMPLES_TIP class:stale=is_noise_old>{noise_words}</p>
                <Asked kind=QuestionKind::Reality/>
                <Asked kind=QuestionKind::NoiseFloor/>
            </div>
            <details class="verdict__evidence" class:verdict__evidence--none=move || !has_evidence.get() data-testid="evidence">
                <summary>{THE_EVIDENCE}</summary>
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
        view! {
            <tr><th scope="row" class="verdict__pair"><SegmentName mark=state.mark(valley.pair.0 as usize)/><SegmentName mark=state.mark(valley.pair.1 as usize)/></th>
                <td class="num">{fixed(valley.dip, 3)}</td><td class="num">{gap_p(valley.p)}</td><td class="num">{percent(valley.density)}</td><td>{gap_words(valley)}</td></tr>
        }
    };
    let null_table = (!reality.nulls.is_empty()).then(|| {
        let [name, numbers @ ..] = NULL_HEADS;
        view! {
            <table class="table"><caption>{nulls_caption(reality)}</caption>
                <thead><tr><th scope="col">{name.words}</th>{Vec::from(numbers.each_ref().map(number_head))}</tr></thead>
                <tbody>{nulls.collect::<Vec<_>>()}</tbody></table>
        }
    });
    let [pair, dip, p, density, between] = NEIGHBOUR_HEADS;
    view! {
                {null_table}
                <table class="table"><caption>{NEIGHBOURS}" "<How of=MethodKey::Valleys/></caption>
                    <thead><tr><th scope="col">{pair.words}</th>{number_head(&dip)}{number_head(&p)}{number_head(&density)}<th scope="col">{between.words}</th></tr></thead>
                    <tbody>{reality.valleys.iter().map(valley).collect::<Vec<_>>()}</tbody></table>
                {move || state.noise_shown().map(|noise| stability(state, &noise.answer))}
                <p class="caption" data-testid="starts">{move || starts(state)}</p>
                <p class="caption">{hopkins_sentence(reality.hopkins)}</p>
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
        let jaccard = model.jaccard.get(segment).copied();
        view! { <td>{fixed(jaccard.flatten().unwrap_or(f64::NAN), 2)}" "<small>{jaccard_words(jaccard)}</small></td> }
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
        <table class="table" data-testid="stability"><caption>{STABILITY}" "<How of=MethodKey::Stability/></caption>
            <thead><tr><th scope="col">{STABILITY_HEAD}</th>{head.collect::<Vec<_>>()}</tr></thead>
            <tbody>{segments.unwrap_or_default().into_iter().map(row).collect::<Vec<_>>()}</tbody></table>
    }
}
