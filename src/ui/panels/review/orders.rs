//! Order lines: what they are taken for, and the customers made of them.

use leptos::prelude::*;

use crate::numeric::map_of;
use crate::orders::OrderFacts;
use crate::result::Dataset;
use crate::table::{OrderColumns, OrderPart, Summary};
use crate::ui::state::AppState;
use crate::ui::widgets::places_html;
use crate::words::orders::{
    COUNTED_TO, EACH_LINE, NO_COLUMN, ONE_ROW_PER_CUSTOMER, ORDER_LINES, SUMMARISE, SUMMARISE_TIP,
    orders_notes, orders_sentence, part_name,
};

/// What is said of order lines, where the file holds any, with the choice to make customers of them.
pub(super) fn orders(dataset: &Dataset) -> Option<AnyView> {
    let state = AppState::use_context();
    let facts = dataset.orders.clone()?;
    let columns = facts.columns.clone();
    let is_made = facts.counts.is_some();
    let switch = move |_| {
        let orders = (!is_made).then(|| columns.clone());
        state.read_again(|reading| reading.orders = orders);
    };
    let words = if is_made {
        EACH_LINE
    } else {
        ONE_ROW_PER_CUSTOMER
    };
    let said: Vec<_> = orders_notes(&facts)
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let choices = is_made.then(|| choices(&facts));
    Some(
        view! {
            <section>
                <h2>{ORDER_LINES}</h2>
                <p data-testid="orders">{orders_sentence(&facts)}</p>
                <button class="button" data-testid="orders-switch" on:click=switch>{words}</button>
                <ul class="checks">{said}</ul>
                {choices}
            </section>
        }
        .into_any(),
    )
}

/// Changes the choice of columns, which reads the file again.
fn change(state: AppState, change: impl FnOnce(&mut OrderColumns)) {
    state.read_again(|reading| {
        if let Some(columns) = &mut reading.orders {
            change(columns);
        }
    });
}

/// Which column says what, the reference date, and what else is kept.
fn choices(facts: &OrderFacts) -> AnyView {
    let state = AppState::use_context();
    let names = || std::iter::once(NO_COLUMN).chain(facts.names.iter().map(String::as_str));
    let select = |label: &'static str, id: String, chosen: usize, set: Box<dyn Fn(usize)>| {
        let options = places_html(names(), Some(chosen));
        let on_change = move |event| set(event_target_value(&event).parse().unwrap_or(0));
        view! {
            <label class="review__choice"><span>{label}</span>
                <select class="field field--small" data-testid=id inner_html=options on:change=on_change></select>
            </label>
        }
    };
    let place_of = |name: &str| {
        facts
            .names
            .iter()
            .position(|it| it == name)
            .map_or(0, |at| at + 1)
    };
    let part = |part: OrderPart| {
        let all = facts.names.clone();
        let set = move |place: usize| {
            let name = place.checked_sub(1).and_then(|at| all.get(at));
            let name = name.map_or("", String::as_str);
            change(state, |columns| columns.set_part(part, name));
        };
        let id = format!("orders-{}", part_name(part));
        select(
            part_name(part),
            id,
            place_of(facts.columns.part(part)),
            Box::new(set),
        )
    };
    let parts: Vec<_> = OrderPart::ALL.into_iter().map(part).collect();
    let all = facts.names.clone();
    let keep = move |place: usize| {
        let name = place.checked_sub(1).and_then(|at| all.get(at)).cloned();
        let chosen = name.map(|name| (name, Summary::MostFrequent));
        change(state, |columns| columns.others = map_of(chosen));
    };
    let kept = facts.columns.others.keys().next();
    let kept = kept.map_or(0, |name| place_of(name));
    let until = facts
        .counts
        .as_ref()
        .map(|counts| counts.reference.to_string());
    let set_until = move |event| {
        let text = event_target_value(&event);
        let until = Some(text).filter(|text| !text.is_empty());
        change(state, |columns| columns.until = until);
    };
    view! {
        {parts}
        <label class="review__choice"><span>{COUNTED_TO}</span>
            <input type="date" class="field field--small" data-testid="orders-until" prop:value=until on:change=set_until/>
        </label>
        <div title=SUMMARISE_TIP>{select(SUMMARISE, "orders-keep".to_owned(), kept, Box::new(keep))}</div>
    }
    .into_any()
}
