//! Why a customer is where it is: what each model says, what would have to change, and where it stands in both segments.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::chart::Mark;
use crate::cluster::{ModelKey, Placing};
use crate::numeric::FiveNumbers;
use crate::questions::{Beside, Change, CustomerCard, Placed, QuestionKind};
use crate::result::Dataset;
use crate::session::Decision;
use crate::table::Unit;
use crate::ui::hooks::focus_quietly;
use crate::ui::panels::asked::Asked;
use crate::ui::panels::kept_out::LeaveOpen;
use crate::ui::state::{AppState, Shared};
use crate::ui::widgets::{Icon, IconKind, escaped, how_html, joined, segment_html};
use crate::words::{
    ALONE_IN_SEGMENT, CARD_BEFORE, CARD_CLOSE, CARD_HEADING, CARD_LABEL, CARD_NEXT, KEEPS_TIP,
    MAY_CHANGE, MAY_CHANGE_TIP, MODEL_SAYS, MethodKey, PROBABILITIES, SHARED_TIP, SILHOUETTE_TIP,
    SMALLEST_CHANGE, beside_heading, beside_note, capitalised, card_place, card_votes_sentence,
    cause_words, change_words, changes_caption, compact, given_sentence, joining_sentence,
    keeps_words, margin_sentence, model_tip, no_change_words, percent, refit_words, segment_letter,
    shared_words, short, short_of, silhouette_sentence, spread_tip,
};

/// The card of the customer that is open.
#[component]
pub(in crate::ui) fn Inspector() -> impl IntoView {
    let state = AppState::use_context();
    let name = move || state.open.get().map(|row| state.customer_name(row));
    let place = move || {
        let (open, facts) = (state.open.get()?, state.facts.get()?);
        let at = facts.mismatched.binary_search(&open).ok()?;
        Some(card_place(at + 1, facts.mismatched.len()))
    };
    let part = move |html: fn(AppState, &CustomerCard) -> String| {
        let card = state.card();
        card.map_or_else(String::new, |card| html(state, &card.answer))
    };
    let [before, after] = CARD_HEADING;
    let is_old = move || state.card().is_some_and(|card| card.is_old);
    view! {
        <aside class="inspector" aria-label=CARD_LABEL data-testid="inspector">
            <header class="inspector__head">
                <h2>{before}<span data-testid="inspector-name">{name}</span>{after}</h2>
                <span class="caption">{place}</span>
                <button class="icon-button" aria-label=CARD_BEFORE on:click=move |_| state.step_card(-1)><Icon kind=IconKind::Back/></button>
                <button class="icon-button" aria-label=CARD_NEXT data-testid="next-card" on:click=move |_| state.step_card(1)><Icon kind=IconKind::Next/></button>
                <button class="icon-button" aria-label=CARD_CLOSE on:click=move |_| close(state)><Icon kind=IconKind::Close/></button>
            </header>
            <div class="inspector__asked"><Asked kind=QuestionKind::CustomerCard/></div>
            <div class="inspector__body" class:stale=move || state.is_stale() || is_old()>
                <div inner_html=move || part(card_html)></div>
                <MayChange/>
                <div inner_html=move || part(columns_html)></div>
                <LeaveOpen/>
            </div>
        </aside>
    }
}

/// The columns that a smallest change may move, to switch on and off.
#[component]
fn MayChange() -> impl IntoView {
    let state = AppState::use_context();
    let names = Memo::new(move |_| {
        let Some(card) = state.card() else {
            return Vec::new();
        };
        let named = |name: &String| {
            card.answer.given.contains(name) || card.answer.may_change.contains(name)
        };
        let columns = |dataset: &Option<Shared<Dataset>>| {
            let columns = dataset.iter().flat_map(|dataset| dataset.columns.iter());
            columns
                .map(|column| column.name.clone())
                .filter(named)
                .collect()
        };
        state.dataset.with(columns)
    });
    let button = move |column: String| {
        let name = column.clone();
        let is_on = Memo::new(move |_| state.may_change(&name));
        let label = capitalised(&short(&column));
        let switch = move |_| {
            state.decide(Decision::SetGiven {
                column: column.clone(),
                is_given: is_on.get_untracked(),
            });
        };
        view! { <button class="chip" class:chip--on=is_on aria-pressed=move || is_on.get().to_string() on:click=switch><span>{label}</span></button> }
    };
    view! {
        <Show when=move || names.with(|names| !names.is_empty())>
            <section title=MAY_CHANGE_TIP data-testid="may-change">
                <h3>{MAY_CHANGE}</h3>
                <div class="chips chips--row" role="group" aria-label=MAY_CHANGE>{move || names.get().into_iter().map(button).collect::<Vec<_>>()}</div>
            </section>
        </Show>
    }
}

/// Closes the card; the focus goes to the row of its customer, where that is in sight.
pub(in crate::ui) fn close(state: AppState) {
    let row = state.open.get_untracked();
    state.close_card();
    let row = row.map(|row| format!("[data-row=\"{row}\"]>th>button"));
    let row = row.and_then(|row| document().query_selector(&row).ok().flatten());
    if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
        focus_quietly(&row);
    }
}

fn card_html(state: AppState, card: &CustomerCard) -> String {
    let models = card.segments.iter();
    let models = joined(models.map(|&placed| model_html(state, card, placed)));
    let none = state.comparison.with(|it| it.as_ref()?.noise);
    let votes = if card.segments.len() > 2 {
        format!("<p class=caption>{}</p>", card_votes_sentence(card, none))
    } else {
        String::new()
    };
    let cause = state
        .noise_shown()
        .and_then(|noise| noise.answer.cause(card.row));
    // Its place is kept until it is known.
    let cause = cause.map_or_else(
        || "<p class=inspector__cause></p>".to_owned(),
        |cause| {
            let words = cause_words(cause);
            format!("<p class=inspector__cause data-testid=cause>{words}</p>")
        },
    );
    format!(
        "{models}<section>{votes}{cause}<p class=caption title=\"{SHARED_TIP}\" data-testid=shared>{} {}</p>{}</section>",
        shared_words(card),
        how_html(MethodKey::Agreement),
        changes_html(state, card)
    )
}

/// Where the customer stands in both segments.
fn columns_html(state: AppState, card: &CustomerCard) -> String {
    let pair = (
        state.mark(card.pair.0 as usize),
        state.mark(card.pair.1 as usize),
    );
    format!(
        "<section><h3>{}</h3>{}</section>",
        beside_heading(pair.0.segment(), pair.1.segment()),
        beside_html(state, card, pair)
    )
}

/// A segment with how near, how dear or how likely it is.
struct Bar {
    segment: u32,
    value: f64,
    words: String,
}

/// What one model says, with two bars.
fn model_html(state: AppState, card: &CustomerCard, placed: Placed) -> String {
    let Placed {
        model,
        segment,
        silhouette,
    } = placed;
    let mark = |segment: u32| state.mark(segment as usize);
    let name = escaped(state.model_name(model));
    let keeps = state.noise_shown().and_then(|noise| {
        let own = noise.answer.models.iter().find(|it| it.model == model)?;
        own.own_rate
            .get(card.row)
            .copied()
            .filter(|&rate| rate >= 0.0)
    });
    let keeps = keeps.map_or_else(String::new, keeps_words);
    let (bars, words) = match model.facts().map(|facts| facts.placing) {
        Some(Placing::NearestCentre) => {
            let two = card.distances.iter().take(2);
            let two = two.map(|&(segment, value)| Bar {
                segment,
                value,
                words: compact(value),
            });
            (two.collect(), margin_sentence(card))
        }
        Some(Placing::None) | None if model.is_tree() => {
            let other = if segment == card.pair.0 {
                card.pair.1
            } else {
                card.pair.0
            };
            let joining = card.joining.as_ref();
            let costs = joining.map(|it| [(segment, it.cost_own), (other, it.cost_other)]);
            let costs = costs.into_iter().flatten();
            let costs = costs.filter_map(|(segment, cost)| {
                let value = cost?;
                Some(Bar {
                    segment,
                    value,
                    words: compact(value),
                })
            });
            let words = joining.map_or_else(
                || ALONE_IN_SEGMENT.to_owned(),
                |it| joining_sentence(it, mark(segment).segment(), mark(other).segment()),
            );
            (costs.collect(), words)
        }
        None if model == ModelKey::GIVEN => {
            let value = state.comparison.with(|comparison| {
                let result = comparison.as_ref()?.result(model)?;
                result.value_of(segment).map(str::to_owned)
            });
            let column = state.segment_column();
            (Vec::new(), given_sentence(&column, value.as_deref()))
        }
        Some(Placing::None) | None => (Vec::new(), model_tip(model).to_owned()),
        Some(Placing::LargestShare) => {
            let two = card.posteriors.iter().take(2);
            let two = two.map(|&(segment, value)| Bar {
                segment,
                value,
                words: percent(value),
            });
            (two.collect(), PROBABILITIES.to_owned())
        }
    };
    // Shares are shares of one.
    let is_share = model.facts().map(|facts| facts.placing) == Some(Placing::LargestShare);
    let whole = if is_share { 1.0 } else { f64::MIN_POSITIVE };
    let largest = bars.iter().map(|bar| bar.value).fold(whole, f64::max);
    let bar = |bar: &Bar| {
        let mark = mark(bar.segment);
        let (width, class) = (100.0 * bar.value / largest, mark.class());
        let strong = if bar.segment == segment {
            ""
        } else {
            " split--other"
        };
        let words = &bar.words;
        format!(
            "<div class=\"split {class}{strong}\">{}<i><b style=\"width:{width:.1}%\"></b></i><output>{words}</output></div>",
            segment_html(mark)
        )
    };
    // Beside one bar the place of the other stays, so that the next customer moves nothing.
    let no_other = (bars.len() == 1).then(|| "<div class=split></div>".to_owned());
    let bars = joined(bars.iter().map(bar).chain(no_other));
    format!(
        "<section data-testid=\"why-{model:?}\"><h3>{name} <span>{MODEL_SAYS}</span> {}<small title=\"{KEEPS_TIP}\">{keeps}</small></h3>{bars}<p class=caption title=\"{SILHOUETTE_TIP}\">{} {}</p></section>",
        segment_html(mark(segment)),
        escaped(&words),
        silhouette_sentence(silhouette)
    )
}

/// The smallest changes, and whether fitting again bears them out.
fn changes_html(state: AppState, card: &CustomerCard) -> String {
    let Some(first) = card.changes.first() else {
        return format!("<p>{}</p>", escaped(&no_change_words(card)));
    };
    let change = |change: &Change| {
        let class = if change.refit_agrees == Some(true) {
            "checked"
        } else {
            "unchecked"
        };
        format!(
            "<li><b>{}</b><small class={class}>{}</small></li>",
            escaped(&change_words(change, &|name| state.unit(name))),
            refit_words(change)
        )
    };
    let changes = joined(card.changes.iter().map(change));
    let [before, after] = SMALLEST_CHANGE;
    format!(
        "<h3>{before}{}{after} {}</h3><ul class=changes data-testid=changes>{changes}</ul><p class=caption>{}</p>",
        segment_html(state.mark(first.target as usize)),
        how_html(MethodKey::Card),
        escaped(&changes_caption(card))
    )
}

/// The value of every column in the boxes of both segments.
fn beside_html(state: AppState, card: &CustomerCard, pair: (Mark, Mark)) -> String {
    let features = state.features_compared();
    card.columns
        .iter()
        .map(|it| {
            let name = short_of(&features, &it.column);
            column_html(pair, it, &name, state.unit(&it.column))
        })
        .collect()
}

fn column_html(pair: (Mark, Mark), beside: &Beside, name: &str, unit: Unit) -> String {
    let both = [(pair.0, &beside.first), (pair.1, &beside.second)];
    let ends = both.iter().filter_map(|(_, five)| five.as_ref());
    let ends = ends
        .flat_map(|five| [five.min, five.max])
        .chain(beside.value);
    let (min, max) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
        (a.min(x), b.max(x))
    });
    let at = |x: f64| {
        if max > min {
            2.0 + 96.0 * (x - min) / (max - min)
        } else {
            50.0
        }
    };
    let here = beside.value.map_or_else(String::new, |x| {
        format!("<i class=beside__mark style=\"left:{:.1}%\"></i>", at(x))
    });
    let row = |(mark, five): &(Mark, &Option<FiveNumbers>)| {
        let Some(five) = five else {
            return String::new();
        };
        let tip = spread_tip(mark.segment(), five, unit);
        format!(
            "<div class=\"beside__row {}\" title=\"{tip}\"><b>{}</b><span class=beside__track><i class=beside__range style=\"left:{:.1}%;right:{:.1}%\"></i><i class=beside__half style=\"left:{:.1}%;right:{:.1}%\"></i><i class=beside__median style=\"left:{:.1}%\"></i>{here}</span></div>",
            mark.class(),
            segment_letter(mark.segment()),
            at(five.min),
            100.0 - at(five.max),
            at(five.q25),
            100.0 - at(five.q75),
            at(five.median)
        )
    };
    let rows = joined(both.iter().map(row));
    format!(
        "<div class=beside title=\"{}\"><div class=beside__name><span>{}</span><small>{}</small></div><div>{rows}</div></div>",
        escaped(&beside.column),
        escaped(&capitalised(name)),
        beside_note(beside, unit)
    )
}
