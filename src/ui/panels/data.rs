//! What was read: every column with its role, the first rows, and what to check.

use leptos::prelude::*;

use crate::analysis::{ColumnData, ColumnInfo, Dataset};
use crate::chart::Histogram;
use crate::features::Feature;
use crate::numeric::order_by;
use crate::table::{ColumnKind, Decimal, Role};
use crate::ui::state::{AppState, Shared};
use crate::ui::text::{compact, count, fixed, plural, size, warning_sentence};
use crate::ui::widgets::{Segmented, position_of};

/// Rows shown in the preview.
const PREVIEW_ROWS: usize = 12;

/// The import review.
#[component]
pub(in crate::ui) fn Data() -> impl IntoView {
    let state = AppState::use_context();
    move || {
        state
            .dataset
            .get()
            .map(|dataset| view! { <Review dataset=dataset/> })
    }
}

#[component]
fn Review(dataset: Shared<Dataset>) -> impl IntoView {
    let state = AppState::use_context();
    let complete = {
        let dataset = dataset.clone();
        Memo::new(move |_| complete_rows(&dataset, &state.features()))
    };
    let n_features = Memo::new(move |_| state.features().len());
    let rows: Vec<_> = dataset
        .columns
        .iter()
        .map(|column| view! { <ColumnRow column=column.clone()/> })
        .collect();
    let checks: Vec<_> = dataset
        .warnings
        .iter()
        .map(|warning| view! { <li>{warning_sentence(warning)}</li> })
        .collect();
    let n_checks = checks.len();
    let n_rows = dataset.n_rows;
    let separator = match dataset.format.delimiter {
        ',' => "Comma".to_owned(),
        ';' => "Semicolon".to_owned(),
        '\t' => "Tab".to_owned(),
        ' ' => "Space".to_owned(),
        other => other.to_string(),
    };
    let header = dataset.format.header_line.map_or_else(
        || "None, columns are numbered".to_owned(),
        |line| format!("Line {line}"),
    );
    let numbers = || {
        let columns = dataset.columns.iter();
        columns.filter(|column| column.kind == ColumnKind::Number)
    };
    let commas = numbers()
        .filter(|column| column.decimal == Decimal::Comma)
        .count();
    let decimal = match commas {
        0 => "Point: 12.5",
        _ if commas == numbers().count() => "Comma: 12,5",
        _ => "Both, by column",
    };
    view! {
        <main class="review">
            <aside class="rail review__file" aria-label="File">
                <section>
                    <h2>"File"</h2>
                    <p class="review__name" data-testid="file-name">{dataset.name.clone()}</p>
                    <p class="caption">{format!("{}, {}, {}", plural(n_rows, "row", "rows"), plural(dataset.columns.len(), "column", "columns"), size(dataset.size_bytes))}</p>
                </section>
                <section>
                    <h2>"How it was read"</h2>
                    <dl class="facts">
                        <div><dt>"Encoding"</dt><dd>{dataset.format.encoding.clone()}</dd></div>
                        <div><dt>"Separator"</dt><dd>{separator}</dd></div>
                        <div><dt>"Quotes"</dt><dd>{dataset.format.quote.to_string()}</dd></div>
                        <div><dt>"Header"</dt><dd data-testid="header-line">{header}</dd></div>
                        <div><dt>"Decimal sign"</dt><dd>{decimal}</dd></div>
                        <div><dt>"Counts as missing"</dt><dd>"empty, ?, -, NA, NULL, NaN and the like"</dd></div>
                    </dl>
                </section>
            </aside>
            <section class="review__columns">
                <header class="review__head">
                    <div>
                        <h1>"Check the columns"</h1>
                        <p class="caption">{move || match n_features.get() { 0 => "No feature yet. Give at least one number column the role Feature.".to_owned(), n => format!("{} for the models. Change a role if it is wrong.", plural(n, "feature", "features")) }}</p>
                    </div>
                    <button class="button button--primary" data-testid="use-customers" disabled=move || n_features.get() == 0
                        title=move || if n_features.get() == 0 { "Give at least one number column the role Feature" } else { "" }
                        on:click=move |_| state.use_customers()>{move || format!("Use {}", plural(complete.get(), "customer", "customers"))}</button>
                </header>
                <div class="scroll-x">
                    <table class="table review__table">
                        <thead><tr><th scope="col">"Column"</th><th scope="col">"Role"</th><th scope="col">"Type"</th><th scope="col">"Values"</th><th scope="col" class="num">"Missing"</th><th scope="col">"Spread"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <h2 class="review__preview">"Preview" <span class="caption">{format!("the first {} of {}", PREVIEW_ROWS.min(n_rows), plural(n_rows, "row", "rows"))}</span></h2>
                <Preview dataset=dataset/>
            </section>
            <aside class="review__checks" aria-label="Things to check">
                <section>
                    <h2>{if n_checks == 0 { "Nothing to check".to_owned() } else { plural(n_checks, "thing to check", "things to check") }}</h2>
                    <ul class="checks">{checks}</ul>
                </section>
                <section>
                    <dl class="facts facts--sum">
                        <div><dt>"Rows read"</dt><dd>{count(n_rows)}</dd></div>
                        <div><dt>"Without a value in some feature"</dt><dd>{move || format!("−{}", count(n_rows - complete.get()))}</dd></div>
                        <div class="facts__total"><dt>"Customers"</dt><dd data-testid="customers-to-use">{move || count(complete.get())}</dd></div>
                    </dl>
                    <p class="caption">"Rows without a value in a feature are left out of the models and stay in the export."</p>
                </section>
            </aside>
        </main>
    }
}

/// Rows that have a value in every feature made of columns; derived features can leave out more.
fn complete_rows(dataset: &Dataset, features: &[Feature]) -> usize {
    let sources = features.iter().flat_map(Feature::sources);
    let columns: Vec<&[f64]> = sources.filter_map(|name| dataset.numbers(name)).collect();
    (0..dataset.n_rows)
        .filter(|&row| {
            columns
                .iter()
                .all(|values| values.get(row).is_some_and(|x| !x.is_nan()))
        })
        .count()
}

#[component]
fn ColumnRow(column: ColumnInfo) -> impl IntoView {
    let state = AppState::use_context();
    let name = column.name.clone();
    let suggested = column.suggested_role;
    let role = {
        let name = name.clone();
        Memo::new(move |_| {
            state
                .settings
                .with(|settings| settings.roles.get(&name).copied().unwrap_or(suggested))
        })
    };
    let stored_name = StoredValue::new(name.clone());
    let is_numeric = column.numbers().is_some();
    let roles = [
        Role::Identifier,
        Role::Feature,
        Role::Profile,
        Role::Ignored,
    ];
    let roles: Vec<Role> = roles
        .into_iter()
        .filter(|role| is_numeric || *role != Role::Feature)
        .collect();
    let words = roles.iter().map(|role| match role {
        Role::Identifier => "ID",
        Role::Feature => "Feature",
        Role::Profile => "Profile",
        Role::Ignored => "Ignored",
    });
    let words: Vec<&str> = words.collect();
    let roles = StoredValue::new(roles);
    let chosen = Signal::derive(move || roles.with_value(|roles| position_of(roles, &role.get())));
    let choose = move |position: usize| {
        let role = roles.with_value(|roles| roles.get(position).copied());
        if let Some(role) = role {
            stored_name.with_value(|name| state.set_role(name, role));
        }
    };
    let kind = match column.kind {
        ColumnKind::Number if column.whole => "Whole number".to_owned(),
        ColumnKind::Number => "Number".to_owned(),
        ColumnKind::Category => plural(column.distinct, "value", "values"),
        ColumnKind::Identifier => "Identifier".to_owned(),
        ColumnKind::Text => "Text".to_owned(),
        ColumnKind::Date => "Date".to_owned(),
        ColumnKind::Empty => "Empty".to_owned(),
    };
    let (values, spread) = values_and_spread(&column);
    view! {
        <tr>
            <th scope="row" class="review__column">{name.clone()}</th>
            <td><Segmented label=format!("Role of {name}") options=words chosen=chosen on_choose=choose/></td>
            <td>{kind}</td>
            <td class="review__values">{values}</td>
            <td class="num">{if column.missing == 0 { "–".into_any() } else { view! { <b>{count(column.missing)}</b> }.into_any() }}</td>
            <td>{spread}</td>
        </tr>
    }
}

/// The range or the values in words, and a small picture of them.
fn values_and_spread(column: &ColumnInfo) -> (String, AnyView) {
    const BINS: usize = 24;
    match (&column.data, &column.summary) {
        (ColumnData::Numbers { values }, Some(summary)) if column.kind == ColumnKind::Number => {
            let words = format!(
                "{} to {}, median {}",
                compact(summary.min),
                compact(summary.max),
                compact(summary.median)
            );
            let histogram = Histogram::of(values.iter().copied(), summary.min, summary.max, BINS);
            let tallest = histogram.counts.iter().copied().max().unwrap_or(1).max(1) as f64;
            let bars = histogram.counts.iter().map(|&count| view! { <i style:height=format!("{}%", fixed(count as f64 / tallest * 100.0, 1))></i> });
            (
                words,
                view! { <span class="bars" aria-hidden="true">{bars.collect::<Vec<_>>()}</span> }
                    .into_any(),
            )
        }
        (ColumnData::Codes { codes, names }, _) => {
            let mut counts = vec![0_usize; names.len()];
            codes.iter().for_each(|&code| {
                if let Some(count) = counts.get_mut(code as usize) {
                    *count += 1;
                }
            });
            let order = order_by(names.len(), &mut |a, b| counts[b].cmp(&counts[a]));
            let order: Vec<usize> = order.into_iter().map(|code| code as usize).collect();
            let shown = order
                .iter()
                .take(3)
                .map(|&code| format!("{} {}", names[code], count(counts[code])));
            let more = if names.len() > 3 { ", …" } else { "" };
            let words = shown.collect::<Vec<_>>().join(", ") + more;
            let total = counts.iter().sum::<usize>().max(1) as f64;
            let parts = order.iter().take(12).map(|&code| view! { <i style:width=format!("{}%", fixed(counts[code] as f64 / total * 100.0, 1))></i> });
            (words, view! { <span class="shares" aria-hidden="true">{parts.collect::<Vec<_>>()}</span> }.into_any())
        }
        _ if column.kind == ColumnKind::Empty => ("no value in any row".to_owned(), ().into_any()),
        _ => {
            let all = if column.distinct == column.texts.ends.len() {
                "all different".to_owned()
            } else {
                format!("{} different", count(column.distinct))
            };
            let words = match &column.summary {
                Some(summary) => format!(
                    "{} to {}, {all}",
                    compact(summary.min),
                    compact(summary.max)
                ),
                None => format!("{} different", count(column.distinct)),
            };
            (words, ().into_any())
        }
    }
}

#[component]
fn Preview(dataset: Shared<Dataset>) -> impl IntoView {
    let is_number = |column: &ColumnInfo| column.numbers().is_some();
    let head: Vec<_> = dataset.columns.iter().map(|column| view! { <th scope="col" class:num=is_number(column)>{column.name.clone()}</th> }).collect();
    let rows: Vec<_> = (0..PREVIEW_ROWS.min(dataset.n_rows))
        .map(|row| {
            let cells = dataset.columns.iter().map(|column| {
                let missing = column.numbers().is_some_and(|values| values.get(row).is_some_and(|x| x.is_nan()));
                let shown: String = column.texts.get(row).chars().take(60).collect();
                view! { <td class:num=is_number(column) class:missing=missing>{if missing && shown.trim().is_empty() { "missing".to_owned() } else { shown }}</td> }
            });
            view! { <tr><td class="num table__dim">{count(row + 1)}</td>{cells.collect::<Vec<_>>()}</tr> }
        })
        .collect();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Preview of the rows">
            <table class="table"><thead><tr><th scope="col" class="num">"Row"</th>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
}
