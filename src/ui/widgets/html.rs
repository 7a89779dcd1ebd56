//! Parts without any behaviour, as text: a tenth of the code that the same takes as a view.

use crate::chart::segment_shape;
use crate::export::letter;

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

/// Shape and letter of a segment.
pub(in crate::ui) fn segment_html(segment: u32) -> String {
    let (shape, class) = (segment_shape(segment as usize), segment % 12 + 1);
    let (path, name) = (shape.svg_path(4.4), letter(segment as usize));
    format!(
        "<span class=segment><svg class=\"glyph glyph--{class}\" viewBox=\"-6 -6 12 12\" aria-hidden=true><path d=\"{path}\"></path></svg><b>{name}</b></span>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_cannot_become_tags() {
        let name = "<img src=x onerror=\"alert('1')\">&";
        assert_eq!(
            escaped(name),
            "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"
        );
    }
}
