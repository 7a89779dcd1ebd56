//! Who the segments are, and what to do about them.

mod advice;
mod picture;
mod profiles;

use leptos::prelude::*;

use advice::AdvicePanel;
use profiles::Profiles;

use crate::result::Model;
use crate::ui::state::AppState;
use crate::ui::widgets::{InTurn, Segmented};
use crate::words::{verdict, verdict_note};

/// The screen of the segments.
#[component]
pub(in crate::ui) fn Segments() -> impl IntoView {
    let state = AppState::use_context();
    let chosen = RwSignal::new(0_usize);
    let segment = RwSignal::new(None::<u32>);
    let shows_means = RwSignal::new(0_usize);
    let models = Memo::new(move |_| {
        let comparison = state.comparison.get();
        let models = comparison.iter().flat_map(|comparison| comparison.models());
        models.collect::<Vec<_>>()
    });
    let model = Memo::new(move |_| {
        let models = models.get();
        models
            .get(chosen.get())
            .or(models.first())
            .copied()
            .unwrap_or(Model::KMeans)
    });
    if state.plans.with_untracked(|plans| plans.rules.is_none()) {
        state.read_rules(None);
    }
    let has_result = move || state.comparison.with(Option::is_some);
    let verdict_words = move || {
        let reality = state.reality()?;
        Some(view! { <b title=verdict_note(&reality)>{verdict(&reality)}</b> })
    };
    view! {
        <div class="segments">
            <main class="segments__main">
                <Show when=has_result fallback=|| view! { <p class="empty">"The models are being fitted."</p> }>
                    <header class="segments__head">
                        <span>"Profiles from"</span>
                        {move || view! { <Segmented label="Profiles from".to_owned() options=models.get().into_iter().map(|model| state.model_name(model)).collect() chosen=chosen on_choose=move |at| chosen.set(at)/> }}
                        <span>"Values"</span>
                        <Segmented label="Values".to_owned() options=vec!["Median", "Mean"] chosen=shows_means on_choose=move |at| shows_means.set(at)/>
                        <p class="segments__verdict">{verdict_words}</p>
                    </header>
                    <InTurn><Profiles model=model segment=segment shows_means=shows_means/></InTurn>
                </Show>
            </main>
            <Show when=has_result><InTurn><AdvicePanel segment=segment/></InTurn></Show>
        </div>
    }
}
