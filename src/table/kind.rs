//! What kind of file the bytes are.

use super::TableError;

/// Refuses bytes that are no text, with the kind of file they are where its mark is known.
pub(super) fn check_is_text(bytes: &[u8]) -> Result<(), TableError> {
    const MARKS: [(&[u8], &str); 12] = [
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "an Excel workbook or another zip archive"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
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
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
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
