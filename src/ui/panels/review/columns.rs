//! Every column with its role, its type and its values.

use leptos::prelude::*;

use crate::chart::Bins;
use crate::features::Feature;
use crate::numeric::order_by;
use crate::result::{ColumnData, ColumnInfo, Dataset, Gaps};
use crate::session::Decision;
use crate::table::{ColumnKind, Role};
use crate::ui::state::{AppState, Shared};
use crate::ui::widgets::{Segmented, escaped, places_html, position_of};
use crate::words::review::{
    AS_NUMBERS, COLUMN, MISSING, NO_VALUE, ROLE, SPREAD, TYPE, VALUES, category_values,
    category_way_name, found_kind_words, kept_without, kind_name, missing_count, missing_share,
    more_columns, move_left, number_values, other_values, role_label, role_name, type_label,
};

/// Columns shown at once: files with thousands are looked at in parts.
const SHOWN: usize = 60;

/// Every column of the file.
pub(super) fn columns(dataset: &Shared<Dataset>, gaps: Memo<Gaps>) -> impl IntoView + use<> {
    let n_columns = dataset.columns.len();
    let n_shown = RwSignal::new(SHOWN.min(n_columns));
    let part = {
        let dataset = dataset.clone();
        move |from: usize, to: usize| {
            let columns = dataset.columns.get(from..to).unwrap_or_default();
            columns
                .iter()
                .map(|column| view! { <ColumnRow column=column.clone() gaps=gaps/> })
                .collect::<Vec<_>>()
        }
    };
    // Rows that are there stay: only the next part is built.
    let parts = move || (0..n_shown.get()).step_by(SHOWN).collect::<Vec<_>>();
    let more = move || {
        (n_shown.get() < n_columns).then(|| {
            let words = more_columns(n_shown.get(), n_columns);
            view! { <p class="review__more"><button class="link" on:click=move |_| n_shown.update(|n| *n = (*n + SHOWN).min(n_columns))>{words}</button></p> }
        })
    };
    view! {
        <div class="scroll-x">
            <table class="table review__table">
                <thead><tr><th scope="col">{COLUMN}</th><th scope="col">{ROLE}</th><th scope="col">{TYPE}</th><th scope="col">{VALUES}</th><th scope="col" class="num">{MISSING}</th><th scope="col">{SPREAD}</th></tr></thead>
                <tbody><For each=parts key=|from| *from children=move |from| part(from, (from + SHOWN).min(n_columns))/></tbody>
            </table>
        </div>
        {more}
    }
}

#[component]
fn ColumnRow(column: ColumnInfo, gaps: Memo<Gaps>) -> impl IntoView {
    let state = AppState::use_context();
    let name = column.name.clone();
    let suggested = column.suggested_role;
    let role = {
        let name = name.clone();
        Memo::new(move |_| {
            state
                .settings
                .with(|settings| settings.role_or(&name, suggested))
        })
    };
    let stored_name = StoredValue::new(name.clone());
    let is_category = column.kind == ColumnKind::Category;
    let may_be_feature = column.numbers().is_some() || is_category;
    let roles = [
        Role::Identifier,
        Role::Feature,
        Role::Profile,
        Role::Ignored,
    ];
    let roles: Vec<Role> = roles
        .into_iter()
        .filter(|role| may_be_feature || *role != Role::Feature)
        .collect();
    let words: Vec<&str> = roles.iter().map(|&role| role_name(role)).collect();
    let roles = StoredValue::new(roles);
    let chosen = Signal::derive(move || roles.with_value(|roles| position_of(roles, &role.get())));
    let choose = move |position: usize| {
        let role = roles.with_value(|roles| roles.get(position).copied());
        if let Some(role) = role {
            let column = stored_name.get_value();
            state.decide(Decision::SetRole { column, role });
        }
    };
    let (values, spread) = values_and_spread(&column);
    view! {
        <tr>
            <th scope="row" class="review__column">{name.clone()}</th>
            <td><Segmented label=role_label(&name) options=words chosen=chosen on_choose=choose/>{is_category.then(|| view! { <AsFeature name=name.clone()/> })}</td>
            <td>{kind_choice(&column)}</td>
            <td class="review__values">{values}</td>
            <td class="num">{missing_words(&column, gaps)}</td>
            <td>{spread}</td>
        </tr>
    }
}

/// What a column holds, open to another choice.
fn kind_choice(column: &ColumnInfo) -> AnyView {
    const KINDS: [ColumnKind; 4] = [
        ColumnKind::Number,
        ColumnKind::Category,
        ColumnKind::Identifier,
        ColumnKind::Text,
    ];
    let state = AppState::use_context();
    let words = found_kind_words(column.kind, column.whole, column.distinct);
    if column.kind == ColumnKind::Empty {
        return words.into_any();
    }
    let (name, own) = (column.name.clone(), column.kind);
    let others = KINDS.into_iter().filter(move |kind| *kind != own);
    let others: Vec<ColumnKind> = others.collect();
    let options = format!(
        "<option value=\"\" selected>{}</option>{}",
        escaped(&words),
        places_html(others.iter().map(|&kind| kind_name(kind)), None)
    );
    let on_change = move |event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        if let Some(&kind) = at.and_then(|at| others.get(at)) {
            state.read_again(|reading| {
                reading.kinds.insert(name.clone(), kind);
            });
        }
    };
    view! {
        <select class="field field--small review__kind" aria-label=type_label(&column.name) inner_html=options on:change=on_change></select>
    }
    .into_any()
}

/// How a category that is a feature becomes numbers.
#[component]
fn AsFeature(name: String) -> impl IntoView {
    let state = AppState::use_context();
    let stored_name = StoredValue::new(name);
    let order = Memo::new(move |_| {
        let features = state.features();
        let own = features.iter().find(|feature| {
            feature.is_of_category()
                && stored_name.with_value(|name| feature.sources().contains(&name.as_str()))
        });
        own.map(|feature| match feature {
            Feature::Ordinal { order, .. } => Some(order.clone()),
            _ => None,
        })
    });
    let put = move |order: Option<Vec<String>>| {
        let column = stored_name.get_value();
        state.decide(Decision::UseCategory { column, order });
    };
    let choose = move |option: usize| {
        let order = stored_name.with_value(|name| state.suggested_order(name));
        put((option > 0).then_some(order));
    };
    // A click moves a value one place down the order.
    let place = move |order: Vec<String>, at: usize| {
        let label = order[at].clone();
        let mut moved = order;
        if at > 0 {
            moved.swap(at, at - 1);
        }
        let tip = move_left(&label);
        view! { <button class="order__value" disabled=at == 0 title=tip.clone() aria-label=tip on:click=move |_| put(Some(moved.clone()))>{label}</button> }
    };
    move || {
        order.get().map(|order| {
            let chosen = usize::from(order.is_some());
            let values: Vec<_> = order.into_iter().flat_map(|order| (0..order.len()).map(move |at| place(order.clone(), at)).collect::<Vec<_>>()).collect();
            view! {
                <div class="order">
                    <Segmented label=AS_NUMBERS.to_owned() options=[false, true].map(category_way_name).to_vec()
                        chosen=Signal::derive(move || chosen) on_choose=choose/>
                    <div class="order__values">{values}</div>
                </div>
            }
        })
    }
}

/// The range or the values in words, and a small picture of them.
fn values_and_spread(column: &ColumnInfo) -> (String, AnyView) {
    const BINS: usize = 24;
    match (&column.data, &column.summary) {
        (ColumnData::Numbers { values }, Some(summary)) if column.kind == ColumnKind::Number => {
            let words = number_values(summary, column.unit, column.distinct);
            let bins = Bins::of(values.iter().copied(), summary.min, summary.max, BINS);
            let tallest = bins.counts.iter().copied().max().unwrap_or(1).max(1) as f64;
            let bars = bins
                .counts
                .iter()
                .map(|&count| view! { <i style:height=share_css(count as f64 / tallest)></i> });
            (
                words,
                view! { <span class="bars" aria-hidden="true">{bars.collect::<Vec<_>>()}</span> }
                    .into_any(),
            )
        }
        (ColumnData::Codes { codes, names, .. }, _) => {
            let mut counts = vec![0_usize; names.len()];
            codes.iter().for_each(|&code| {
                if let Some(count) = counts.get_mut(code as usize) {
                    *count += 1;
                }
            });
            let order = order_by(names.len(), &mut |a, b| counts[b].cmp(&counts[a]));
            let order: Vec<usize> = order.into_iter().map(|code| code as usize).collect();
            let by_count = order
                .iter()
                .map(|&code| (names[code].as_str(), counts[code]));
            let words = category_values(by_count, 3);
            let total = counts.iter().sum::<usize>().max(1) as f64;
            let parts = order
                .iter()
                .take(12)
                .map(|&code| view! { <i style:width=share_css(counts[code] as f64 / total)></i> });
            (words, view! { <span class="shares" aria-hidden="true">{parts.collect::<Vec<_>>()}</span> }.into_any())
        }
        _ if column.kind == ColumnKind::Empty => (NO_VALUE.to_owned(), ().into_any()),
        _ => {
            let summary = column.summary.as_ref();
            let range = summary.map(|summary| (summary.min, summary.max));
            let words = other_values(range, column.unit, column.distinct, column.n_rows());
            (words, ().into_any())
        }
    }
}

/// A share as a length in a style.
fn share_css(share: f64) -> String {
    format!("{:.1}%", 100.0 * share)
}

/// How many rows lack a value, the share of them, and how many customers remain without the column.
fn missing_words(column: &ColumnInfo, gaps: Memo<Gaps>) -> AnyView {
    let n = missing_count(column.missing);
    if column.missing == 0 {
        return n.into_any();
    }
    let share = missing_share(column.missing, column.n_rows());
    let name = column.name.clone();
    let kept = move || gaps.with(|gaps| gaps.kept_without(&name).map(kept_without));
    view! { <b>{n}</b><small class="review__share">{share}</small><small class="review__share">{kept}</small> }
        .into_any()
}
