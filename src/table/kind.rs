//! What kind of file the bytes are.

use super::TableError;
use super::encoding::is_utf_16;

/// Refuses a file that is not text, judged by its first and last bytes; names its kind if the signature is known.
pub(super) fn check_is_text(bytes: &[u8], tail: &[u8]) -> Result<(), TableError> {
    const MARKS: [(&[u8], &str); 11] = [
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF", "a PDF document"),
        (
            b"\xD0\xCF\x11\xE0",
            "an old Excel workbook (.xls) or one with a password",
        ),
        (b"\x1F\x8B", "a gzip archive"),
        (b"SQLite format 3", "an SQLite database"),
        (b"PAR1", "a Parquet file"),
        (b"BZh", "a bzip2 archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"\x7FELF", "a program"),
    ];
    if let Some((_, found)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(TableError::NotText {
            found: Some((*found).to_owned()),
        });
    }
    if let Some(found) = markup(bytes, tail) {
        return Err(TableError::NotText {
            found: Some(found.to_owned()),
        });
    }
    // In UTF-16 every other byte may be zero.
    if is_utf_16(bytes) {
        return Ok(());
    }
    let start = &bytes[..bytes.len().min(4096)];
    let control = start
        .iter()
        .filter(|&&b| b < 9 || (14..32).contains(&b))
        .count();
    if control * 20 > start.len() {
        Err(TableError::NotText { found: None })
    } else {
        Ok(())
    }
}

/// Names text that is not a table, such as JSON or HTML.
fn markup(bytes: &[u8], tail: &[u8]) -> Option<&'static str> {
    let text = bytes.trim_ascii_start();
    let starts = |mark: &[u8]| {
        let start = text.get(..mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    let inner = |open: u8, close: u8| {
        let inner = text.strip_prefix(&[open])?;
        let is_closed = tail.trim_ascii_end().last() == Some(&close);
        inner.trim_ascii().first().copied().filter(|_| is_closed)
    };
    if starts(b"<!doctype html") || starts(b"<html") {
        Some("a web page (HTML)")
    } else if starts(b"<?xml") {
        Some("an XML document")
    } else if inner(b'{', b'}') == Some(b'"') || matches!(inner(b'[', b']'), Some(b'{' | b'[')) {
        Some("a JSON document")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_named_and_tables_are_let_pass() {
        for (text, kind) in [
            ("<!DOCTYPE html><p>x", "a web page (HTML)"),
            (" {\n \"a\": 1 }\n", "a JSON document"),
            ("[{\"a\": 1}]", "a JSON document"),
            ("<?xml version=\"1.0\"?><a/>", "an XML document"),
        ] {
            let found = Some(kind.to_owned());
            assert_eq!(
                check_is_text(text.as_bytes(), text.as_bytes()),
                Err(TableError::NotText { found })
            );
        }
        for text in [
            "{a},b\n1,2\n",
            "[x],y\n[1],[2]",
            "<5,>5\n1,2\n",
            "a,\"{\"\"b\"\":1}\"\n",
        ] {
            assert_eq!(
                check_is_text(text.as_bytes(), text.as_bytes()),
                Ok(()),
                "{text}"
            );
        }
    }
}
