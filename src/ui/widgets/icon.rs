//! Line icons, 16 by 16.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum IconKind {
    /// A table.
    Table,
    /// Two plots.
    Compare,
    /// Sliders.
    Filters,
    /// A cross.
    Close,
    /// A head to the left.
    Back,
    /// A head to the right.
    Next,
    /// Three rows of bars.
    Segments,
    /// An arrow into a tray.
    Download,
    /// An arrow that turns to the left.
    Undo,
    /// An arrow that turns to the right.
    Redo,
}

/// A decorative icon; the button around it carries the name.
#[component]
pub(in crate::ui) fn Icon(
    /// Which icon.
    kind: IconKind,
) -> impl IntoView {
    let path = match kind {
        IconKind::Table => "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 3.5v9",
        IconKind::Compare => "M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z",
        IconKind::Filters => "M2 4h12M4 8h8M6.5 12h3",
        IconKind::Back => "M10 3.5L5.5 8l4.5 4.5",
        IconKind::Next => "M6 3.5L10.5 8 6 12.5",
        IconKind::Segments => "M2.5 4h8M2.5 8h11M2.5 12h5",
        IconKind::Close => "M4 4l8 8M12 4l-8 8",
        IconKind::Undo => "M6.5 3L3 6.5 6.5 10M3.5 6.5H9a4 4 0 0 1 0 8H6.5",
        IconKind::Redo => "M9.5 3L13 6.5 9.5 10M12.5 6.5H7a4 4 0 0 0 0 8h2.5",
        IconKind::Download => "M8 2.5v7M5 7l3 3 3-3M3 13h10",
    };
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=path></path></svg> }
}
