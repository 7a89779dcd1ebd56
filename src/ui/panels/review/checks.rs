//! What was repaired or looks doubtful, with the line to look at and what can be chosen instead.

use leptos::prelude::*;

use crate::features::{Missing, Repeats, Shape};
use crate::result::Dataset;
use crate::session::Decision;
use crate::table::{ColumnKind, DateForm, Decimal, Header, ReadOptions, Remark, Role, Warning};
use crate::ui::state::AppState;
use crate::ui::widgets::{Segmented, places_html, position_of};
use crate::words::reading::{
    Doubt, MISSING_LABEL, REPEATS_LABEL, UNIT_LABEL, doubt_words, missing_name, repeats_name,
    role_choice_words, shape_label, shape_name, skew_sentence, unit_name,
};
use crate::words::review::{checks_title, lines_words, show_line};
use crate::words::{line_number, missing_sentence, warning_sentence};

const MISSING: [Missing; 3] = [Missing::LeaveOut, Missing::Median, Missing::Mode];
const REPEATS: [Repeats; 2] = [Repeats::Keep, Repeats::First];

/// The list of things to check; `shown_line` is set to the line that is looked at.
pub(super) fn checks(
    dataset: &Dataset,
    shown_line: RwSignal<Option<u64>>,
    incomplete: Memo<usize>,
) -> impl IntoView + use<> {
    let checks: Vec<_> = dataset
        .warnings
        .iter()
        .map(|warning| {
            let line = line_of(warning, dataset);
            let look = line.map(|line| {
                view! { <button class="link" on:click=move |_| shown_line.set(Some(line))>{show_line(line)}</button> }
            });
            // Which rows lack a value depends on the columns in use.
            let sentence = if matches!(warning, Warning::MissingCells { .. }) {
                (move || missing_sentence(incomplete.get())).into_any()
            } else {
                warning_sentence(warning).into_any()
            };
            view! { <li>{sentence}{choices(warning, dataset)}<div class="checks__look">{look}</div>{all_lines(warning)}</li> }
        })
        .collect();
    let skewed = dataset.columns.iter().filter_map(|column| {
        let skew = column
            .skew
            .filter(|_| column.suggested_role == Role::Feature)?;
        let words = skew_sentence(&column.name, &skew);
        Some(view! { <li>{words}{shape_choice(&column.name)}</li> })
    });
    let skewed: Vec<_> = skewed.collect();
    let title = checks_title(checks.len() + skewed.len());
    view! {
        <section>
            <h2>{title}</h2>
            <ul class="checks" data-testid="checks">{checks}{skewed}</ul>
        </section>
    }
}

/// A line that shows what a warning is about, if one is kept.
fn line_of(warning: &Warning, dataset: &Dataset) -> Option<u64> {
    let kept = |line: &u64| dataset.excerpts.iter().any(|excerpt| excerpt.line == *line);
    let of_header = matches!(
        warning,
        Warning::HeaderRows { .. } | Warning::HeaderHoldsNumbers { .. }
    );
    let header = dataset.format.header_line.filter(|_| of_header);
    header.or_else(|| warning.lines().iter().copied().find(|line| kept(line)))
}

/// All lines that a warning is about, where it cannot name them in a sentence.
fn all_lines(warning: &Warning) -> Option<AnyView> {
    let lines = warning.lines();
    (lines.len() > 1).then(|| {
        let named: Vec<String> = lines.iter().map(|&line| line_number(line)).collect();
        view! { <details class="checks__lines"><summary>{lines_words(lines.len())}</summary><p>{named.join(", ")}</p></details> }.into_any()
    })
}

/// What can be chosen about a warning.
fn choices(warning: &Warning, dataset: &Dataset) -> Option<AnyView> {
    match warning {
        Warning::MissingCells { .. } => Some(missing_choice()),
        Warning::EqualRows { .. } => Some(repeats_choice()),
        Warning::AmbiguousNumbers {
            column,
            decimal,
            example,
        } => {
            let doubt = if example.contains(',') {
                Doubt::Comma
            } else {
                Doubt::Point
            };
            let chosen = usize::from(*decimal == Decimal::Point);
            Some(sign_choice(doubt, column, chosen))
        }
        Warning::Garbled { .. } => {
            let chosen = usize::from(dataset.reading.repairs_texts);
            let change = |reading: &mut ReadOptions, is_second| reading.repairs_texts = is_second;
            Some(reading_choice(Doubt::Garbled, chosen, change))
        }
        Warning::HeaderHoldsNumbers { .. } => {
            let line = dataset.format.header_line?;
            let change = move |reading: &mut ReadOptions, is_second| {
                reading.header = Some(if is_second {
                    Header::None
                } else {
                    Header::Line(line)
                });
            };
            Some(reading_choice(Doubt::FirstRow, 0, change))
        }
        Warning::NotNumbers { column, .. } => {
            let name = column.clone();
            let change = move |reading: &mut ReadOptions, is_second| {
                let kind = if is_second {
                    ColumnKind::Category
                } else {
                    ColumnKind::Number
                };
                reading.kinds.insert(name.clone(), kind);
            };
            Some(reading_choice(Doubt::Texts, 0, change))
        }
        Warning::TotalRow { .. } | Warning::TotalKept { .. } => {
            let chosen = usize::from(dataset.reading.keeps_totals);
            let change = |reading: &mut ReadOptions, is_second| reading.keeps_totals = is_second;
            Some(reading_choice(Doubt::Total, chosen, change))
        }
        Warning::OpenDates { column, form, .. } | Warning::MixedDates { column, form }
            if *form != DateForm::YearFirst =>
        {
            let name = column.clone();
            let chosen = usize::from(*form == DateForm::MonthFirst);
            let change = move |reading: &mut ReadOptions, is_second| {
                let form = if is_second {
                    DateForm::MonthFirst
                } else {
                    DateForm::DayFirst
                };
                reading.date_forms.insert(name.clone(), form);
            };
            Some(reading_choice(Doubt::DayOrMonth, chosen, change))
        }
        Warning::Lines { .. }
        | Warning::SecondTable { .. }
        | Warning::HeaderRows { .. }
        | Warning::Infinite { .. }
        | Warning::SpreadsheetErrors { .. }
        | Warning::MixedDates { .. }
        | Warning::OpenDates { .. }
        | Warning::NotDates { .. }
        | Warning::NoValues { .. }
        | Warning::UnreadableBytes { .. } => None,
        Warning::RepeatedIdentifiers { column, .. }
        | Warning::Remark {
            column,
            about: Remark::DamagedIdentifiers { .. },
        } => Some(role_choice(column, Role::Identifier, dataset)),
        Warning::Remark { column, about } => {
            cell_choice(column, about).or_else(|| Some(role_choice(column, Role::Feature, dataset)))
        }
    }
}

/// What can be chosen about the cells of a column; nothing where the remark is about its role.
fn cell_choice(column: &str, about: &Remark) -> Option<AnyView> {
    let name = column.to_owned();
    match about {
        Remark::MixedDecimals {
            decimal, is_chosen, ..
        } => {
            // Beyond both while nobody chose.
            let chosen = if *is_chosen {
                usize::from(*decimal == Decimal::Point)
            } else {
                2
            };
            Some(sign_choice(Doubt::Signs, column, chosen))
        }
        Remark::MixedUnits { kept, counts, .. } => {
            let units: Vec<String> = counts.iter().map(|it| it.unit.clone()).collect();
            let place = units.iter().position(|unit| unit == kept);
            let options = places_html(units.iter().map(|unit| unit_name(unit)), place);
            let state = AppState::use_context();
            let on_change = move |event| {
                let at: Option<usize> = event_target_value(&event).parse().ok();
                if let Some(unit) = at.and_then(|at| units.get(at)) {
                    state.read_again(|reading| {
                        reading.units.insert(name.clone(), unit.clone());
                    });
                }
            };
            Some(view! { <select class="field field--small" aria-label=UNIT_LABEL inner_html=options on:change=on_change></select> }.into_any())
        }
        Remark::Times { unit, .. } => {
            let change = move |reading: &mut ReadOptions, is_second| {
                let kind = if is_second {
                    ColumnKind::Text
                } else {
                    ColumnKind::Number
                };
                reading.kinds.insert(name.clone(), kind);
            };
            let chosen = usize::from(unit.is_none());
            Some(reading_choice(Doubt::Times, chosen, change))
        }
        Remark::MissingCodes { codes, is_missing } => {
            let codes: Vec<String> = codes.iter().map(|it| it.unit.clone()).collect();
            let change = move |reading: &mut ReadOptions, is_second: bool| {
                reading.set_missing(&name, &codes, is_second);
            };
            let chosen = usize::from(*is_missing);
            Some(reading_choice(Doubt::Codes, chosen, change))
        }
        Remark::Lists {
            separator, columns, ..
        } => {
            let separator = separator.clone();
            let change = move |reading: &mut ReadOptions, is_second| {
                if is_second {
                    reading.lists.insert(name.clone(), separator.clone());
                } else {
                    reading.lists.remove(&name);
                }
            };
            Some(reading_choice(
                Doubt::Lists,
                usize::from(*columns > 0),
                change,
            ))
        }
        Remark::Converted { .. } => Some(().into_any()),
        _ => None,
    }
}

/// Which decimal sign a column has: the comma, or the point.
fn sign_choice(doubt: Doubt, column: &str, chosen: usize) -> AnyView {
    let name = column.to_owned();
    let change = move |reading: &mut ReadOptions, is_second| {
        let decimal = if is_second {
            Decimal::Point
        } else {
            Decimal::Comma
        };
        reading.decimals.insert(name.clone(), decimal);
    };
    reading_choice(doubt, chosen, change)
}

/// A choice of two that is made by reading the file again.
fn reading_choice(
    doubt: Doubt,
    chosen: usize,
    change: impl Fn(&mut ReadOptions, bool) + Send + Sync + 'static,
) -> AnyView {
    let state = AppState::use_context();
    let choose = move |option| state.read_again(|reading| change(reading, option == 1));
    let (label, words) = doubt_words(doubt);
    view! { <Segmented label=label.to_owned() options=words.to_vec() chosen=Signal::derive(move || chosen) on_choose=choose/> }
        .into_any()
}

/// Whether a column plays a part, or none.
fn role_choice(name: &str, role: Role, dataset: &Dataset) -> AnyView {
    let state = AppState::use_context();
    let suggested = dataset.column(name).map(|column| column.suggested_role);
    // The role without it: what it was, if that was another.
    let other = suggested
        .filter(|own| *own != role)
        .unwrap_or(Role::Ignored);
    let roles = [role, other];
    let name = name.to_owned();
    let own = name.clone();
    let chosen = Signal::derive(move || {
        let now = state
            .settings
            .with(|settings| settings.roles.get(&own).copied());
        usize::from(now.or(suggested) != Some(role))
    });
    let choose = move |option: usize| {
        if let Some(&role) = roles.get(option) {
            let column = name.clone();
            state.decide(Decision::SetRole { column, role });
        }
    };
    let (label, words) = role_choice_words(role);
    view! { <Segmented label=label.to_owned() options=words.to_vec() chosen=chosen on_choose=choose/> }
        .into_any()
}

/// What of a skewed column the models see; nothing while it is no feature.
fn shape_choice(column: &str) -> AnyView {
    let state = AppState::use_context();
    let shapes = Shape::ALL.map(|shape| shape.of(column));
    let label = shape_label(column);
    let features = shapes.clone();
    let chosen = Memo::new(move |_| {
        let features = state.features();
        shapes.iter().position(|shape| features.contains(shape))
    });
    let choose = move |option: usize| {
        let with = features.get(option).cloned();
        let without = chosen.get_untracked().and_then(|at| features.get(at));
        if let (Some(with), Some(without)) = (with, without.cloned()) {
            let (without, with) = (vec![without], vec![with]);
            state.decide(Decision::ChangeFeatures { without, with });
        }
    };
    let words = Shape::ALL.map(shape_name).to_vec();
    let chosen_place = Signal::derive(move || chosen.get().unwrap_or(0));
    view! { <Show when=move || chosen.get().is_some()><Segmented label=label.clone() options=words.clone() chosen=chosen_place on_choose=choose.clone()/></Show> }
        .into_any()
}

fn missing_choice() -> AnyView {
    let state = AppState::use_context();
    let chosen = move || {
        state
            .settings
            .with(|settings| position_of(&MISSING, &settings.missing))
    };
    let choose = move |option: usize| {
        if let Some(&missing) = MISSING.get(option) {
            state.decide(Decision::SetMissing(missing));
        }
    };
    let words = MISSING.map(missing_name).to_vec();
    view! { <Segmented label=MISSING_LABEL.to_owned() options=words chosen=Signal::derive(chosen) on_choose=choose/> }
        .into_any()
}

fn repeats_choice() -> AnyView {
    let state = AppState::use_context();
    let chosen = move || {
        state
            .settings
            .with(|settings| position_of(&REPEATS, &settings.repeats))
    };
    let choose = move |option: usize| {
        if let Some(&repeats) = REPEATS.get(option) {
            state.decide(Decision::SetRepeats(repeats));
        }
    };
    let words = REPEATS.map(repeats_name).to_vec();
    view! { <Segmented label=REPEATS_LABEL.to_owned() options=words chosen=Signal::derive(chosen) on_choose=choose/> }
        .into_any()
}
