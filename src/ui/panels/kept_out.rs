//! Who is kept out of the models: the switch beside the filters, and the buttons that leave customers out and take them back.

use leptos::prelude::*;

use crate::session::{Decision, ListScope};
use crate::ui::state::AppState;
use crate::words::{
    FILTERS_DO, FILTERS_REFIT, FILTERS_SHOW, LEAVE_OUT_CUSTOMER, TAKE_BACK_CUSTOMER,
    leave_others_out, leave_these_out, take_these_back,
};

/// What the filters do: change what is shown, or decide whom the models use.
#[component]
pub(super) fn FiltersDo() -> impl IntoView {
    let state = AppState::use_context();
    let option = move |refits: bool, words: &'static str| {
        let is_on = move || state.refits.get() == refits;
        let choose = move |_| {
            state.decide(Decision::Refit(refits));
        };
        view! { <button class="chip" class:chip--on=is_on aria-pressed=move || is_on().to_string() on:click=choose><span>{words}</span></button> }
    };
    view! { <div class="chips chips--do" role="group" aria-label=FILTERS_DO data-testid="filters-do">{option(false, FILTERS_SHOW)}{option(true, FILTERS_REFIT)}</div> }
}

/// Leaves out who passes the filters, or who does not; below all filters, so that nothing moves under a hand on them.
#[component]
pub(super) fn LeaveByFilter() -> impl IntoView {
    let state = AppState::use_context();
    let rows = move |is_shown: bool| {
        let (facts, comparison) = (state.facts.get()?, state.comparison.get()?);
        let rows = facts.visible.iter().enumerate();
        let rows = rows.filter(|&(row, &visible)| visible == is_shown && comparison.is_in(row));
        Some(rows.map(|(row, _)| row as u32).collect::<Vec<_>>())
    };
    let button = move |is_shown: bool, words: fn(usize) -> String| {
        let n = rows(is_shown).map_or(0, |rows| rows.len());
        let leave = move |_| leave_out(state, untrack(|| rows(is_shown)).unwrap_or_default());
        (n > 0).then(|| view! { <p class="caption"><button class="link" on:click=leave>{words(n)}</button></p> })
    };
    let both = move || {
        let hides = state.filters.with(|filters| !filters.is_empty());
        hides.then(|| view! { {button(true, leave_these_out)}{button(false, leave_others_out)} })
    };
    view! { <div data-testid="leave-by-filter">{both}</div> }
}

/// Leaves out who is selected.
#[component]
pub(super) fn LeaveSelected() -> impl IntoView {
    let state = AppState::use_context();
    let rows = move || {
        let (selection, comparison) = (state.selection.get(), state.comparison.get());
        let is_in = |&row: &usize| comparison.as_ref().is_some_and(|it| it.is_in(row));
        selection.iter().filter(is_in).collect::<Vec<_>>()
    };
    let leave = move |_| leave_out(state, untrack(rows).into_iter().map(|row| row as u32));
    let words = Memo::new(move |_| {
        let n = rows().len();
        (n > 0).then(|| leave_these_out(n))
    });
    move || {
        let words = words.get()?;
        Some(
            view! { <button class="link" data-testid="leave-selected" title=words.clone() on:click=leave>{words.clone()}</button> },
        )
    }
}

/// Below a list: leaves out the mismatched who are listed, or takes back those left out.
#[component]
pub(super) fn LeaveListed(
    /// Which customers are listed.
    scope: Memo<ListScope>,
    /// How many they are.
    #[prop(into)]
    n: Signal<usize>,
) -> impl IntoView {
    let state = AppState::use_context();
    let button = move || {
        let n = n.get();
        let (words, click): (_, fn(AppState)) = match scope.get() {
            _ if n == 0 => return None,
            ListScope::Mismatched => (leave_these_out(n), |state| {
                let facts = state.facts.get_untracked();
                let rows = facts.map_or_else(Vec::new, |facts| facts.mismatched.clone());
                leave_out(state, rows.into_iter().map(|row| row as u32));
            }),
            ListScope::LeftOut => (take_these_back(n), |state| {
                state.decide(Decision::LeaveOut(crate::session::Rows::default()));
            }),
            ListScope::Selected | ListScope::All => return None,
        };
        Some(
            view! { <button class="link" data-testid="leave-listed" on:click=move |_| click(state)>{words}</button> },
        )
    };
    // Its place stays when there is nothing to leave out: the list above keeps its height.
    view! { <p class="caption list__left-out list__leave">{button}</p> }
}

/// On a card: leaves its customer out, or takes them back.
#[component]
pub(super) fn LeaveOpen() -> impl IntoView {
    let state = AppState::use_context();
    move || {
        let row = state.open.get()?;
        let at = row as u32;
        let is_out = state
            .settings
            .with(|settings| settings.left_out.contains(&at));
        let is_in = state
            .comparison
            .with(|it| it.as_ref().is_some_and(|it| it.is_in(row)));
        let words = match (is_out, is_in) {
            (true, _) => TAKE_BACK_CUSTOMER,
            (false, true) => LEAVE_OUT_CUSTOMER,
            (false, false) => return None,
        };
        let click = move |_| {
            if is_out {
                state.decide(untrack(|| state.session()).taking_back([at]));
            } else {
                leave_out(state, [at]);
            }
        };
        Some(
            view! { <p class="caption"><button class="link" data-testid="leave-open" on:click=click>{words}</button></p> },
        )
    }
}

/// Leaves customers out beside those left out already; the selection is of customers in the models, so it ends with them.
fn leave_out(state: AppState, rows: impl IntoIterator<Item = u32>) {
    if state.decide(untrack(|| state.session()).leaving_out(rows)) {
        state.clear_selection();
    }
}
