//! What was read: every column with its role, lines of the file beside what was made of them, and what to check.

mod checks;
mod columns;
mod orders;
mod preview;
mod reading;

use leptos::prelude::*;

use crate::features::Repeats;
use crate::result::{ColumnInfo, Dataset};
use crate::session::Screen;
use crate::ui::state::{AppState, Shared};
use crate::words::count;
use crate::words::review::{
    A_FEATURE_IS_MISSING, CHECK_COLUMNS, CUSTOMERS, DUPLICATES_LEFT_OUT, GIVE_A_FEATURE,
    LEFT_OUT_ROWS, ROWS_READ, THINGS_TO_CHECK, features_sentence, rows_less, use_customers,
};

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
    let gaps = {
        let dataset = dataset.clone();
        Memo::new(move |_| {
            let features = state.features();
            state
                .settings
                .with(|settings| dataset.gaps(&features, settings.missing, settings.repeats))
        })
    };
    let complete = Memo::new(move |_| gaps.with(|gaps| gaps.complete));
    let n_features = Memo::new(move |_| state.features().len());
    // The line of the file that a check speaks of.
    let shown_line = RwSignal::new(None::<u64>);
    let (n_rows, n_repeated) = (dataset.n_rows, dataset.repeated.len());
    let repeats = move || match state.settings.with(|settings| settings.repeats) {
        Repeats::Keep => 0,
        Repeats::First => n_repeated,
    };
    let incomplete = Memo::new(move |_| n_rows - repeats() - complete.get());
    let has_dates = dataset.columns.iter().any(ColumnInfo::has_dates);
    let lead = move || features_sentence(n_features.get(), has_dates);
    view! {
        <main class="review">
            {reading::reading(&dataset)}
            <section class="review__columns">
                <header class="review__head">
                    <div>
                        <h1>{CHECK_COLUMNS}</h1>
                        <p class="caption">{lead}</p>
                    </div>
                    <button class="button button--primary" data-testid="use-customers" disabled=move || n_features.get() == 0
                        title=move || if n_features.get() == 0 { GIVE_A_FEATURE } else { "" }
                        on:click=move |_| state.go_to(Screen::Compare)>{move || use_customers(complete.get())}</button>
                </header>
                {columns::columns(&dataset, gaps)}
                {preview::preview(&dataset, shown_line)}
            </section>
            <aside class="review__checks" aria-label=THINGS_TO_CHECK>
                {orders::orders(&dataset)}
                {checks::checks(&dataset, shown_line, incomplete)}
                <section>
                    <dl class="facts facts--sum">
                        <div><dt>{ROWS_READ}</dt><dd>{count(n_rows)}</dd></div>
                        {move || (repeats() > 0).then(|| view! { <div><dt>{DUPLICATES_LEFT_OUT}</dt><dd>{rows_less(repeats())}</dd></div> })}
                        <div><dt>{A_FEATURE_IS_MISSING}</dt><dd>{move || rows_less(incomplete.get())}</dd></div>
                        <div class="facts__total"><dt>{CUSTOMERS}</dt><dd data-testid="customers-to-use">{move || count(complete.get())}</dd></div>
                    </dl>
                    <p class="caption">{LEFT_OUT_ROWS}</p>
                </section>
            </aside>
        </main>
    }
}
