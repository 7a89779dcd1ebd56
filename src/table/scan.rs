//! The fast path for plain rows, one pass over the bytes: no quotes, as many cells as the header has names, at least one number.
//! Any other row is read by [`Records`](super::Records), which handles everything.

use super::builder::Plain;

/// A cell of such a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    Number(Plain),
    /// The bytes of any other cell.
    Text {
        start: usize,
        end: usize,
    },
}

/// Recognises plain rows and splits them into cells.
#[derive(Debug)]
pub(super) struct Scan {
    delimiter: u8,
    quote: u8,
    width: usize,
    /// A column and its name, to recognise a header that is repeated among the rows.
    mark: (usize, Vec<u8>),
    pub(super) cells: Vec<Piece>,
}

impl Scan {
    /// `mark` is a column whose name is no number.
    pub(super) fn new(delimiter: u8, quote: u8, width: usize, mark: (usize, Vec<u8>)) -> Self {
        Self {
            delimiter,
            quote,
            width,
            mark,
            cells: Vec::with_capacity(width),
        }
    }

    /// Splits the row that starts at a byte into `cells`. Returns where its cells end and where the next row starts, or `None` for a
    /// row that is not plain or may be incomplete.
    pub(super) fn row(&mut self, bytes: &[u8], start: usize) -> Option<(usize, usize)> {
        self.cells.clear();
        let (mut at, mut has_number) = (start, false);
        loop {
            let (piece, end) = match Plain::at(bytes, at) {
                Some((plain, end)) if self.ends_cell(*bytes.get(end)?) => {
                    has_number = true;
                    (Piece::Number(plain), end)
                }
                _ => self.text(bytes, at)?,
            };
            self.cells.push(piece);
            let byte = *bytes.get(end)?;
            if byte == self.delimiter {
                if self.cells.len() == self.width {
                    return None;
                }
                at = end + 1;
                continue;
            }
            // The byte after CR tells whether the line end has one byte or two.
            let follows = *bytes.get(end + 1)?;
            let next = end + 1 + usize::from(byte == b'\r' && follows == b'\n');
            let is_plain = has_number && self.cells.len() == self.width;
            return (is_plain && !self.is_header(bytes)).then_some((end, next));
        }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    fn text(&self, bytes: &[u8], start: usize) -> Option<(Piece, usize)> {
        if bytes.get(start) == Some(&self.quote) {
            return None;
        }
        let rest = &bytes[start..];
        let end = start + rest.iter().position(|&byte| self.ends_cell(byte))?;
        Some((Piece::Text { start, end }, end))
    }

    fn is_header(&self, bytes: &[u8]) -> bool {
        let (column, name) = &self.mark;
        match self.cells.get(*column) {
            Some(&Piece::Text { start, end }) => {
                bytes[start..end].trim_ascii().eq_ignore_ascii_case(name)
            }
            Some(Piece::Number(_)) | None => false,
        }
    }
}
