//! Parts without any behaviour, as text: a tenth of the code that the same takes as a view.

use crate::chart::Mark;
use crate::words::{HOW_SIGN, HOW_TIP, MethodKey, NO_SEGMENT, segment_letter};

/// Text from a file or a user as it may stand in HTML, between tags or in quotes.
pub(in crate::ui) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// Parts one after the other.
pub(in crate::ui) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().concat()
}

/// Shape and letter of a segment; the mark of those in none, and a dash.
pub(in crate::ui) fn segment_html(mark: impl Into<Mark>) -> String {
    let mark = mark.into();
    let (path, class) = (mark.shape().svg_path(4.4), mark.class());
    let letter = segment_letter(mark.segment());
    let tip = mark_tip(mark).map_or_else(String::new, |tip| format!(" title=\"{tip}\""));
    format!(
        "<span class=segment{tip}><svg class=\"glyph {class}\" viewBox=\"-6 -6 12 12\" aria-hidden=true><path d=\"{path}\"></path></svg><b>{letter}</b></span>"
    )
}

/// The sign beside a number that opens the methods at its own.
pub(in crate::ui) fn how_html(method: MethodKey) -> String {
    let name = method.name();
    format!(
        "<button class=how data-method={name} aria-haspopup=dialog aria-label=\"{HOW_TIP}\" title=\"{HOW_TIP}\">{HOW_SIGN}</button>"
    )
}

/// What a dash says; a letter speaks for itself.
pub(super) fn mark_tip(mark: Mark) -> Option<&'static str> {
    (mark == Mark::NoSegment).then_some(NO_SEGMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_no_segment_is_marked_unlike_the_first_of_thirteen() {
        let none = segment_html(Mark::of(12, Some(12)));
        assert!(none.contains("glyph--none") && none.contains("<b>–</b>"));
        assert!(none.contains("title=\"In no segment\""));
        let thirteenth = segment_html(12_u32);
        assert!(thirteenth.contains("glyph--1\"") && thirteenth.contains("<b>M</b>"));
        assert!(!thirteenth.contains("title"));
    }

    #[test]
    fn names_of_columns_cannot_become_tags() {
        let name = "<img src=x onerror=\"alert('1')\">&";
        assert_eq!(
            escaped(name),
            "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"
        );
    }
}
