//! What kind of file the bytes are, and which byte separates their fields.

use super::TableError;
use super::read::next_record;

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
        (b"\xFF\xFE", "text in UTF-16"),
        (b"\xFE\xFF", "text in UTF-16"),
        (b"\x7FELF", "a program"),
    ];
    if let Some((_, found)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(TableError::NotText {
            found: Some((*found).to_owned()),
        });
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

/// The delimiter on whose number the first records agree best; a comma when none occurs.
pub(super) fn delimiter_of(bytes: &[u8]) -> u8 {
    const RECORDS: usize = 50;
    let sample = &bytes[..bytes.len().min(1 << 16)];
    let score = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(sample);
        let mut record = csv::ByteRecord::new();
        let mut lengths = Vec::new();
        while lengths.len() < RECORDS && next_record(&mut reader, &mut record) {
            lengths.push(record.len());
        }
        let width = lengths.first().copied().unwrap_or(1);
        let agreeing = lengths.iter().filter(|&&length| length == width).count();
        if width < 2 {
            (0, 0)
        } else {
            (agreeing * 100 / lengths.len(), width)
        }
    };
    // Ties go to the earlier one.
    let mut best = (b',', score(b','));
    for delimiter in [b';', b'\t', b'|'] {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}
