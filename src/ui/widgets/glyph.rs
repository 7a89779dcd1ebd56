//! The mark of a segment: its shape in its colour.

use leptos::prelude::*;

use crate::chart::segment_shape;
use crate::export::letter;

/// The shape of a segment. Decorative: the letter stands beside it.
#[component]
fn SegmentGlyph(
    /// Number of the segment, from 0.
    segment: usize,
) -> impl IntoView {
    let class = format!("glyph glyph--{}", segment % 12 + 1);
    view! {
        <svg class=class viewBox="-6 -6 12 12" aria-hidden="true">
            <path d=segment_shape(segment).svg_path(4.4)></path>
        </svg>
    }
}

/// Shape and letter of a segment.
#[component]
pub(in crate::ui) fn SegmentName(
    /// Number of the segment, from 0.
    segment: usize,
) -> impl IntoView {
    view! { <span class="segment"><SegmentGlyph segment=segment/><b>{letter(segment)}</b></span> }
}
