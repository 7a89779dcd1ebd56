//! One row per segment, beside everyone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::picture::{BINS, FEW, Front, Picture};
use crate::chart::Mark;
use crate::cluster::ModelKey;
use crate::explain::NumberProfile;
use crate::features::Feature;
use crate::numeric::{FiveNumbers, five_numbers};
use crate::session::Decision;
use crate::table::Unit;
use crate::ui::state::{AppState, Shared};
use crate::ui::widgets::{escaped, joined, segment_html};
use crate::view::{Profile, View, ViewFacts};
use crate::words::{
    MISMATCHED, PROFILE_HEADS, PROFILES_LABEL, SHARES, STABILITY_TIP, count,
    difference_to_everyone, everyone_name, fixed, jaccard_words, mismatched_row_note, number_tip,
    percent, pictures_note, profile_head_note, profile_sentence, rename_label, segment_letter,
    share_beside_words, share_tip, size_in_words, value_text, value_word,
};

/// Numeric columns in a row.
const MOST_NUMBERS: usize = 4;
/// Shares in a row.
const MOST_SHARES: usize = 4;

/// The table of profiles: a click on a row chooses its segment, its name can be changed.
#[component]
pub(super) fn Profiles(model: Memo<ModelKey>, shows_means: Memo<bool>) -> impl IntoView {
    let state = AppState::use_context();
    let segment = state.looks_at(|look| look.segment);
    let profiles = Memo::new(move |_| {
        let facts = state.facts.get()?;
        let profiles = state.view(|view| view.profiles(model.get(), &facts))?;
        Some(Shared::new(profiles))
    });
    let table = move || {
        let (profiles, facts) = (profiles.get()?, state.facts.get()?);
        // A number of before may be no segment of this result.
        let is_there = |number: &u32| {
            state.comparison.with(|comparison| {
                let mut segments = comparison.iter().flat_map(|it| it.segments());
                segments.any(|it| it == *number as usize)
            })
        };
        let first = profiles.first().map(|it| it.segment);
        let chosen = segment.get().filter(is_there).or(first);
        let shows_means = shows_means.get();
        state.view(|view| {
            let first = profiles.first()?;
            let labels = view.comparison.labels(model.get());
            let rows = profiles.iter().map(|profile| {
                let rows = facts.rows.iter().copied();
                let members: Vec<usize> = rows
                    .filter(|&row| labels.get(row) == Some(&profile.segment))
                    .collect();
                let cells = cells_html(
                    state,
                    view,
                    profile,
                    (&facts.rows, &members),
                    model.get(),
                    shows_means,
                );
                let features = view.comparison.settings.features.as_deref();
                let name = name_html(state, profile, chosen, features.unwrap_or_default());
                format!("{name}{cells}</tr>")
            });
            let rows = joined(rows);
            Some(format!(
                "{}{}{rows}{}</tbody>",
                head_html(first),
                everyone_row(view, first, &facts.rows, shows_means),
                mismatched_row(view, first, &facts, shows_means)
            ))
        })?
    };
    let choose = move |event: leptos::ev::MouseEvent| {
        let target = event_target::<web_sys::Element>(&event);
        // A name that is being changed must not be drawn anew.
        if let Some(number) = segment_of(&target).filter(|_| !target.has_attribute("value")) {
            state.look(|look| look.segment = Some(number));
        }
    };
    let rename = move |event: web_sys::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        if let Some(number) = segment_of(&input) {
            let (segment, name) = (number, input.value());
            let is_taken = state.decide(Decision::Rename { segment, name });
            show_refused(&input, !is_taken);
            // What is refused stays, so that it can be mended.
            if is_taken {
                input.set_value(&untrack(|| state.segment_name(number)));
            }
        }
    };
    let restore = move |event: web_sys::KeyboardEvent| {
        let input =
            event_target::<web_sys::Element>(&event).dyn_into::<web_sys::HtmlInputElement>();
        if event.key() == "Escape"
            && let Ok(input) = input
            && let Some(number) = segment_of(&input)
        {
            show_refused(&input, false);
            input.set_value(&untrack(|| state.segment_name(number)));
        }
    };
    view! {
        <div class="segments__table scroll-both" class:stale=move || state.is_stale() tabindex="0" role="region" aria-label=PROFILES_LABEL>
            <table class="profiles" inner_html=table on:click=choose on:change=rename on:keydown=restore></table>
        </div>
    }
}

/// Marks a name that is refused, or no longer so.
fn show_refused(input: &web_sys::HtmlInputElement, is_refused: bool) {
    let changed = if is_refused {
        input.set_attribute("aria-invalid", "true")
    } else {
        input.remove_attribute("aria-invalid")
    };
    if changed.is_err() {
        leptos::logging::warn!("a name could not be marked");
    }
}

/// The segment of the row that an element is in.
fn segment_of(element: &web_sys::Element) -> Option<u32> {
    let row = element.closest("[data-segment]").ok()??;
    row.get_attribute("data-segment")?.parse().ok()
}

fn head_html(first: &Profile) -> String {
    let heads = first.numbers.iter().take(MOST_NUMBERS).map(|it| {
        let used = profile_head_note(it.is_feature);
        format!(
            "<th scope=col title=\"{0}\">{0} <small>{used}</small></th>",
            escaped(&it.column)
        )
    });
    let [segment, customers, stability] = PROFILE_HEADS;
    format!(
        "<thead><tr><th scope=col>{segment}</th><th scope=col>{customers}</th><th scope=col title=\"{STABILITY_TIP}\">{stability}</th>{}<th scope=col>{SHARES}</th></tr></thead><tbody>",
        joined(heads)
    )
}

fn everyone_row(view: &View, first: &Profile, rows: &[usize], shows_means: bool) -> String {
    let numbers = first.numbers.iter().take(MOST_NUMBERS);
    let cells = joined(numbers.map(|it| everyone_html(view, it, rows, shows_means)));
    format!(
        "<tr class=\"profile profile--all\"><th scope=row><b>{}</b><small>{}</small></th><td><b>{}</b></td><td></td>{cells}<td></td></tr>",
        everyone_name(
            rows.len(),
            view.comparison.n_customers,
            view.comparison.n_outside
        ),
        pictures_note(BINS),
        count(rows.len())
    )
}

/// Those on the seam, who belong to no segment for sure.
fn mismatched_row(view: &View, first: &Profile, facts: &ViewFacts, shows_means: bool) -> String {
    let (rows, n) = (&facts.mismatched, facts.mismatched.len());
    if n == 0 {
        return String::new();
    }
    let numbers = first.numbers.iter().take(MOST_NUMBERS);
    let cells = joined(numbers.map(|it| {
        let values = view.numbers(&it.column).unwrap_or_default();
        let own = rows.iter().map(|&row| values[row]);
        let Some(own) = five_numbers(own.filter(|value| !value.is_nan())) else {
            return cell("", "", "");
        };
        let picture = picture_html(view, it, &facts.rows, &Front::Mismatched(rows, &own));
        let content = beside(
            &own,
            &it.everyone,
            shows_means,
            view.dataset.unit(&it.column),
        ) + &picture;
        cell(&content, "", "profile__number")
    }));
    let words = mismatched_row_note(n <= FEW);
    format!(
        "<tr class=\"profile profile--all\" data-testid=profile-mismatched><th scope=row><span class=profile__name><i class=ring></i><b>{MISMATCHED}</b></span><small>{words}</small></th><td><b>{}</b> {}</td><td></td>{cells}<td></td></tr>",
        count(n),
        percent(n as f64 / facts.rows.len() as f64)
    )
}

fn picture_html(view: &View, of: &NumberProfile, everyone: &[usize], front: &Front) -> String {
    let picture = Picture {
        values: view.numbers(&of.column).unwrap_or_default(),
        spread: &of.everyone,
        rows: everyone,
    };
    picture.html(front)
}

fn name_html(
    state: AppState,
    profile: &Profile,
    chosen: Option<u32>,
    features: &[Feature],
) -> String {
    let number = profile.segment;
    let typical = profile.typical.map(|(row, _)| state.customer_name(row));
    let class = if chosen == Some(number) {
        "profile profile--on"
    } else {
        "profile"
    };
    let mark = untrack(|| state.mark(number as usize));
    let (letter, name) = (
        segment_letter(mark.segment()),
        escaped(&untrack(|| state.segment_name(number))),
    );
    // Who is in no segment is no group that could be named.
    let name = if mark.segment().is_some() {
        format!(
            "<input class=profile__rename aria-label=\"{}\" value=\"{name}\">",
            rename_label(&letter)
        )
    } else {
        format!("<b>{name}</b>")
    };
    let unit_of = |column: &str| untrack(|| state.unit(column));
    let words = profile_sentence(profile, typical.as_deref(), features, &unit_of);
    let id = mark.segment().map_or_else(|| "none".to_owned(), |_| letter);
    format!(
        "<tr class=\"{class}\" data-segment={number} data-testid=profile-{id}><th scope=row><span class=profile__name>{}{name}</span><small>{}</small></th>",
        segment_html(mark),
        escaped(&words)
    )
}

/// Everything of a row but its name.
fn cells_html(
    state: AppState,
    view: &View,
    profile: &Profile,
    (everyone, members): (&[usize], &[usize]),
    model: ModelKey,
    shows_means: bool,
) -> String {
    let others = view.comparison.models().filter(|other| *other != model);
    let others = others.map(|other| {
        let labels = view.comparison.labels(other);
        let n = everyone
            .iter()
            .filter(|&&row| labels.get(row) == Some(&profile.segment))
            .count();
        let words = size_in_words(n, state.model_name(other));
        format!("<small>{}</small>", escaped(&words))
    });
    let others = joined(others);
    let customers = format!(
        "<b>{}</b> {}{others}",
        count(profile.n),
        percent(profile.share)
    );
    let jaccard = state.noise_shown().and_then(|noise| {
        let own = noise.answer.models.iter().find(|it| it.model == model)?;
        own.jaccard.get(profile.segment as usize).copied()
    });
    let stability = jaccard.map_or_else(String::new, |it| {
        format!(
            "<b>{}</b><small>{}</small>",
            fixed(it.unwrap_or(f64::NAN), 2),
            jaccard_words(Some(it))
        )
    });
    let mut cells = cell(&customers, "", "") + &cell(&stability, "", "");
    for it in profile.numbers.iter().take(MOST_NUMBERS) {
        let unit = view.dataset.unit(&it.column);
        let mark = Mark::of(profile.segment as usize, view.comparison.noise);
        let front = Front::Segment(mark, members, &it.segment);
        let picture = picture_html(view, it, everyone, &front);
        let content = beside(&it.segment, &it.everyone, shows_means, unit) + &picture;
        cells += &cell(&content, &number_tip(it, unit), "profile__number");
    }
    let shares = profile.shares.iter().take(MOST_SHARES).map(|it| {
        format!(
            "<span title=\"{}\"><small>{}:</small> <b>{}</b> {} <small>({})</small></span>",
            escaped(&share_tip(it)),
            escaped(&it.column),
            percent(it.share),
            escaped(&it.value),
            share_beside_words(it)
        )
    });
    cells + &cell(&joined(shares), "", "profile__shares")
}

fn middle(spread: &FiveNumbers, shows_means: bool) -> f64 {
    if shows_means {
        spread.mean
    } else {
        spread.median
    }
}

/// The median or mean, and how far it is from everyone's.
fn beside(own: &FiveNumbers, everyone: &FiveNumbers, shows_means: bool, unit: Unit) -> String {
    let own = middle(own, shows_means);
    let apart = difference_to_everyone(own, middle(everyone, shows_means));
    format!("<b>{}</b> {apart}", value_text(own, unit))
}

fn cell(content: &str, tip: &str, class: &str) -> String {
    format!(
        "<td class=\"{class}\" title=\"{}\">{content}</td>",
        escaped(tip)
    )
}

fn everyone_html(view: &View, of: &NumberProfile, everyone: &[usize], shows_means: bool) -> String {
    let word = value_word(shows_means);
    let unit = view.dataset.unit(&of.column);
    format!(
        "<td class=profile__number title=\"{}\"><b>{}</b> {word}{}<span class=profile__ends><small>{}</small><small>{}</small></span></td>",
        escaped(&of.column),
        value_text(middle(&of.everyone, shows_means), unit),
        picture_html(view, of, everyone, &Front::Nobody),
        value_text(of.everyone.min, unit),
        value_text(of.everyone.max, unit)
    )
}
