//! Which column of the file stands beside the models.

use leptos::prelude::*;

use crate::cluster::ModelKey;
use crate::session::Decision;
use crate::ui::state::AppState;
use crate::ui::widgets::keyed_options_html;
use crate::words::{NO_SEGMENT_COLUMN, SEGMENT_COLUMN, SEGMENT_COLUMN_TIP, fixed};

/// A list of the columns whose values can be segments; nothing in a file without any.
#[component]
pub(super) fn SegmentColumn() -> impl IntoView {
    let state = AppState::use_context();
    // An empty name is none of a column.
    let chosen = Memo::new(move |_| {
        state
            .settings
            .with(|settings| settings.segment_column.clone())
    });
    let names = Memo::new(move |_| {
        let chosen = chosen.get();
        state.dataset.with(|dataset| {
            let columns = dataset.iter().flat_map(|it| &it.columns);
            // The one in force is there, whatever became of its type: nothing else would switch it off.
            let offered =
                columns.filter(|it| it.may_give_segments() || chosen.as_ref() == Some(&it.name));
            offered.map(|it| it.name.clone()).collect::<Vec<_>>()
        })
    });
    let options = move || {
        let chosen = chosen.get();
        let none = (String::new(), NO_SEGMENT_COLUMN.to_owned());
        let offered = names.get().into_iter().map(|name| (name.clone(), name));
        let options: Vec<_> = std::iter::once(none).chain(offered).collect();
        keyed_options_html(&options, Some(chosen.as_deref().unwrap_or_default()))
    };
    let has_any = Memo::new(move |_| !names.with(Vec::is_empty));
    let choose = move |event| {
        let field = event_target::<web_sys::HtmlSelectElement>(&event);
        let name = Some(field.value()).filter(|name| !name.is_empty());
        state.decide(Decision::CompareColumn(name));
        // One that is refused gives way to the one in force.
        field.set_inner_html(&untrack(options));
    };
    let silhouette = move || {
        let comparison = state.comparison.get()?;
        let result = comparison.result(ModelKey::GIVEN)?;
        Some(fixed(result.silhouette?, 3))
    };
    move || {
        has_any.get().then(|| view! {
            <label class="model-row segment-column" title=SEGMENT_COLUMN_TIP><span>{SEGMENT_COLUMN}</span>
                <select class="field field--small" aria-label=SEGMENT_COLUMN data-testid="segment-column" inner_html=options on:change=choose></select><output>{silhouette}</output></label>
        })
    }
}
