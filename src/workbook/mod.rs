//! Opens a workbook (.xlsx, .ods) and gives the cells of its sheets as text.
//!
//! A package of its own: the readers of archive and XML are generic, so they are compiled where they are used, and at the
//! kernels' level they would be twice as large to download.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use zip::ZipArchive;

/// Why a workbook is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookError {
    /// A part cannot be read.
    Broken,
    /// An archive that is no workbook.
    NoWorkbook,
    /// It unpacks to more than the limit, in bytes.
    TooLarge {
        /// Bytes unpacked so far.
        n_bytes: usize,
    },
}

/// A cell of a sheet; rows and columns are counted from 0.
#[derive(Debug)]
pub struct Cell {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
    /// What it shows, on one line.
    pub text: String,
}

/// A workbook in memory.
pub struct Workbook<'b> {
    book: Book<'b>,
    names: Vec<String>,
}

enum Book<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>),
    Ods(Ods<Cursor<&'b [u8]>>),
}

impl<'b> Workbook<'b> {
    /// Opens a workbook that unpacks to at most `limit` bytes.
    ///
    /// # Errors
    /// [`WorkbookError`] says which of them.
    pub fn open(bytes: &'b [u8], limit: usize) -> Result<Self, WorkbookError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Broken)?;
        check_size(&mut archive, limit)?;
        let has = |name: &str| archive.index_for_name(name).is_some();
        let (book, names) = if has("xl/workbook.xml") {
            let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Broken)?;
            let names = book.sheet_names();
            (Book::Xlsx(Box::new(book)), names)
        } else if has("content.xml") {
            let book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Broken)?;
            let names = book.sheet_names();
            (Book::Ods(book), names)
        } else {
            return Err(WorkbookError::NoWorkbook);
        };
        Ok(Self { book, names })
    }

    /// What kind of workbook it is.
    pub fn kind(&self) -> &'static str {
        match self.book {
            Book::Xlsx(_) => "Excel workbook",
            Book::Ods(_) => "OpenDocument sheet",
        }
    }

    /// All its sheets.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The cells of a sheet that hold something, in the order in which they come.
    ///
    /// # Errors
    /// [`WorkbookError::Broken`] where the sheet cannot be read.
    pub fn cells(&mut self, name: &str) -> Result<Vec<Cell>, WorkbookError> {
        match &mut self.book {
            Book::Xlsx(book) => xlsx_cells(book, name),
            Book::Ods(book) => ods_cells(book, name),
        }
    }
}

/// Unpacks every part without keeping it: the sizes stated in an archive need not be true.
fn check_size(archive: &mut ZipArchive<Cursor<&[u8]>>, limit: usize) -> Result<(), WorkbookError> {
    let mut n_bytes = 0_usize;
    let mut block = vec![0; 1 << 16];
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).map_err(|_| WorkbookError::Broken)?;
        loop {
            match part.read(&mut block) {
                Ok(0) => break,
                Ok(n) => n_bytes += n,
                Err(_) => return Err(WorkbookError::Broken),
            }
            if n_bytes > limit {
                return Err(WorkbookError::TooLarge { n_bytes });
            }
        }
    }
    Ok(())
}

/// Cells in order of arrival. A dense table of the sheet would need billions of cells for one that lies far out.
fn xlsx_cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Cell>, WorkbookError> {
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|_| WorkbookError::Broken)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|_| WorkbookError::Broken)? {
        let text = match cell.get_value() {
            DataRef::SharedString(text) => one_line(text),
            other => text_of(&Data::from(other.clone())),
        };
        if !text.is_empty() {
            let (row, column) = cell.get_position();
            cells.push(Cell { row, column, text });
        }
    }
    Ok(cells)
}

fn ods_cells(book: &mut Ods<Cursor<&[u8]>>, name: &str) -> Result<Vec<Cell>, WorkbookError> {
    let range = book
        .worksheet_range(name)
        .map_err(|_| WorkbookError::Broken)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let used = range.used_cells().map(|(row, column, data)| Cell {
        row: first_row + row as u32,
        column: first_column + column as u32,
        text: text_of(data),
    });
    Ok(used.filter(|cell| !cell.text.is_empty()).collect())
}

fn text_of(data: &Data) -> String {
    match data {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => one_line(text),
        Data::Bool(is_true) => if *is_true { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(date) => date_text(date),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A line break in a cell becomes a space, so that each line of the text is one row of the sheet.
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\r', '\n'], " ")
}

fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        day
    } else {
        format!("{day} {hour:02}:{minute:02}:{second:02}")
    }
}
