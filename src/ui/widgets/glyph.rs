//! The mark of a segment: its shape in its colour.

use leptos::prelude::*;

use super::html::mark_tip;
use crate::chart::Mark;
use crate::words::segment_letter;

/// Shape and letter of a segment; the mark of those in none, and a dash. The shape is decorative: the letter stands beside it.
#[component]
pub(in crate::ui) fn SegmentName(
    /// Its mark.
    mark: Mark,
) -> impl IntoView {
    let class = format!("glyph {}", mark.class());
    view! {
        <span class="segment" title=mark_tip(mark)>
            <svg class=class viewBox="-6 -6 12 12" aria-hidden="true"><path d=mark.shape().svg_path(4.4)></path></svg>
            <b>{segment_letter(mark.segment())}</b>
        </span>
    }
}
