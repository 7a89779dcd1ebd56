//! Who the segments are, and what to do about them.

mod advice;
mod picture;
mod profiles;

use leptos::prelude::*;

use advice::AdvicePanel;
use profiles::Profiles;

use crate::cluster::ModelKey;
use crate::ui::panels::no_result::NoResult;
use crate::ui::panels::visible::{Nobody, OfAll, OldResult, is_nobody};
use crate::ui::state::AppState;
use crate::ui::widgets::{InTurn, Segmented, position_of};
use crate::words::{OLD_VERDICT, PROFILES_FROM, VALUES, VALUES_NAMES, verdict, verdict_note};
use crate::worker::Shown;

/// The screen of the segments.
#[component]
pub(in crate::ui) fn Segments() -> impl IntoView {
    let state = AppState::use_context();
    let models = Memo::new(move |_| state.models());
    let profiled = state.looks_at(|look| look.profiled);
    let model = Memo::new(move |_| {
        let models = models.get();
        let wanted = profiled.get().filter(|wanted| models.contains(wanted));
        let first = models.first().copied();
        wanted.or(first).unwrap_or(ModelKey::K_MEANS)
    });
    let chosen = Signal::derive(move || models.with(|models| position_of(models, &model.get())));
    let profile = move |at: usize| {
        let profiled = models.with_untracked(|models| models.get(at).copied());
        state.look(|look| look.profiled = profiled);
    };
    let shows_means = state.looks_at(|look| look.shows_means);
    state.read_rules();
    let has_result = move || state.comparison.with(Option::is_some);
    let verdict_words = move || {
        let Shown { answer, is_old } = state.reality()?;
        Some(
            view! { <span class="old" class:old--on=is_old>{OLD_VERDICT}</span><b class:stale=is_old title=verdict_note(&answer)>{verdict(&answer)}</b> },
        )
    };
    view! {
        <div class="segments">
            <main class="segments__main">
                <Show when=has_result fallback=|| view! { <NoResult/> }>
                    <header class="segments__head">
                        <span>{PROFILES_FROM}</span>
                        {move || view! { <Segmented label=PROFILES_FROM.to_owned() options=models.get().into_iter().map(|model| state.model_name(model)).collect() chosen=chosen on_choose=profile/> }}
                        <span>{VALUES}</span>
                        <Segmented label=VALUES.to_owned() options=VALUES_NAMES.to_vec() chosen=Signal::derive(move || usize::from(shows_means.get())) on_choose=move |at| state.look(|look| look.shows_means = at == 1)/>
                        <OldResult/>
                        <p class="segments__verdict">{verdict_words}" "<OfAll/></p>
                    </header>
                    <Show when=move || is_nobody(state)><Nobody/></Show>
                    <InTurn><Profiles model=model shows_means=shows_means/></InTurn>
                </Show>
            </main>
            <Show when=has_result><InTurn><AdvicePanel profiled=model/></InTurn></Show>
        </div>
    }
}
