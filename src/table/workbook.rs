//! Turns a sheet of a workbook (.xlsx, .ods) into CSV text, row by row, so that the reader treats it like a CSV file.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use zip::ZipArchive;

use super::{CsvWriter, TableError};

/// Bytes that a workbook may unpack to: more is a fault or an attack on memory.
const MAX_UNPACKED: usize = 400_000_000;
/// Cells of a sheet, empty ones between others included.
const MAX_CELLS: usize = 100_000_000;

/// A sheet.
pub(super) struct Sheet {
    pub(super) csv: Vec<u8>,
    pub(super) name: String,
    /// All sheets of the workbook.
    pub(super) names: Vec<String>,
    pub(super) kind: &'static str,
}

/// Whether the file is an archive, as workbooks are.
pub(super) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// A cell of a sheet; rows and columns are counted from 0.
struct Cell {
    row: u32,
    column: u32,
    text: String,
}

/// Reads the sheet of that name, or the first that is not empty.
///
/// # Errors
/// [`TableError::NotText`] for an archive that is no workbook, [`TableError::TooLarge`] for one that unpacks to more than can be
/// held, [`TableError::BrokenWorkbook`] where a part cannot be read, [`TableError::Empty`] where no sheet holds anything.
pub(super) fn sheet(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, TableError> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| TableError::BrokenWorkbook)?;
    check_size(&mut archive, MAX_UNPACKED)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        let mut book: Xlsx<_> =
            Xlsx::new(Cursor::new(bytes)).map_err(|_| TableError::BrokenWorkbook)?;
        let names = book.sheet_names();
        first_sheet("Excel workbook", names, wanted, |name| {
            xlsx_cells(&mut book, name)
        })
    } else if has("content.xml") {
        let mut book: Ods<_> =
            Ods::new(Cursor::new(bytes)).map_err(|_| TableError::BrokenWorkbook)?;
        let names = book.sheet_names();
        first_sheet("OpenDocument sheet", names, wanted, |name| {
            ods_cells(&mut book, name)
        })
    } else {
        let found = Some("a zip archive without a workbook in it".to_owned());
        Err(TableError::NotText { found })
    }
}

/// Unpacks every part without keeping it: the sizes stated in an archive need not be true.
fn check_size(archive: &mut ZipArchive<Cursor<&[u8]>>, limit: usize) -> Result<(), TableError> {
    let mut n_bytes = 0_usize;
    let mut block = vec![0; 1 << 16];
    for part in 0..archive.len() {
        let mut part = archive
            .by_index(part)
            .map_err(|_| TableError::BrokenWorkbook)?;
        loop {
            match part.read(&mut block) {
                Ok(0) => break,
                Ok(n) => n_bytes += n,
                Err(_) => return Err(TableError::BrokenWorkbook),
            }
            if n_bytes > limit {
                return Err(TableError::TooLarge { n_bytes, limit });
            }
        }
    }
    Ok(())
}

fn first_sheet(
    kind: &'static str,
    names: Vec<String>,
    wanted: Option<&str>,
    mut cells: impl FnMut(&str) -> Result<Vec<Cell>, TableError>,
) -> Result<Sheet, TableError> {
    let is_wanted = |name: &&String| wanted.is_none_or(|wanted| wanted == name.as_str());
    let has_any = names.iter().any(|name| is_wanted(&name));
    for name in names.iter().filter(|name| !has_any || is_wanted(name)) {
        let cells = cells(name)?;
        if !cells.is_empty() {
            let (csv, name) = (csv_of(cells)?, name.clone());
            return Ok(Sheet {
                csv,
                name,
                names,
                kind,
            });
        }
    }
    Err(TableError::Empty)
}

/// Cells in order of arrival. A dense table of the sheet would need billions of cells for one that lies far out.
fn xlsx_cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Cell>, TableError> {
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|_| TableError::BrokenWorkbook)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|_| TableError::BrokenWorkbook)? {
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

fn ods_cells(book: &mut Ods<Cursor<&[u8]>>, name: &str) -> Result<Vec<Cell>, TableError> {
    let range = book
        .worksheet_range(name)
        .map_err(|_| TableError::BrokenWorkbook)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let used = range.used_cells().map(|(row, column, data)| Cell {
        row: first_row + row as u32,
        column: first_column + column as u32,
        text: text_of(data),
    });
    Ok(used.filter(|cell| !cell.text.is_empty()).collect())
}

fn csv_of(mut cells: Vec<Cell>) -> Result<Vec<u8>, TableError> {
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    let n_columns = cells.iter().map(|cell| cell.column as usize + 1).max();
    let n_rows = cells.iter().map(|cell| cell.row as usize + 1).max();
    let (n_columns, n_rows) = (n_columns.unwrap_or(0), n_rows.unwrap_or(0));
    let n_cells = n_columns.saturating_mul(n_rows);
    if n_cells > MAX_CELLS {
        return Err(TableError::TooLarge {
            n_bytes: n_cells,
            limit: MAX_CELLS,
        });
    }
    let mut writer = CsvWriter::default();
    let mut next = cells.iter().peekable();
    for row in 0..n_rows as u32 {
        for column in 0..n_columns as u32 {
            let is_here = |cell: &&Cell| (cell.row, cell.column) == (row, column);
            writer.field(next.next_if(is_here).map_or("", |cell| cell.text.as_str()));
        }
        writer.end_record();
    }
    Ok(writer.into_bytes())
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::table::{ColumnKind, ReadOptions, read_csv, read_table};

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// A workbook with an empty sheet and one with these rows.
    fn xlsx(rows: &str) -> Vec<u8> {
        let book = format!(
            "<workbook xmlns=\"{SPREADSHEET}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"rId1\"/>\
             <sheet name=\"Customers\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
        );
        let relations = |entries: &[(&str, &str)]| {
            let entry = |(id, (kind, target)): (usize, &(&str, &str))| {
                let id = id + 1;
                format!(
                    "<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"
                )
            };
            let entries: String = entries.iter().enumerate().map(entry).collect();
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{entries}</Relationships>"
            )
        };
        let sheets = [
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
        ];
        let sheet = |rows: &str| {
            format!("<worksheet xmlns=\"{SPREADSHEET}\"><sheetData>{rows}</sheetData></worksheet>")
        };
        archive(&[
            ("xl/workbook.xml", &book),
            (
                "_rels/.rels",
                &relations(&[("officeDocument", "xl/workbook.xml")]),
            ),
            ("xl/_rels/workbook.xml.rels", &relations(&sheets)),
            ("xl/worksheets/sheet1.xml", &sheet("")),
            ("xl/worksheets/sheet2.xml", &sheet(rows)),
        ])
    }

    fn text(cell: &str, text: &str) -> String {
        format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    #[test]
    fn the_first_sheet_that_holds_something_is_read_like_a_file() {
        let rows = [
            format!("<row r=\"1\">{}</row>", text("A1", "Customers of May")),
            format!(
                "<row r=\"3\">{}{}{}</row>",
                text("A3", "name"),
                text("B3", "income, net"),
                text("C3", "city")
            ),
            format!(
                "<row r=\"4\">{}<c r=\"B4\"><v>1200.5</v></c>{}</row>",
                text("A4", "Ann"),
                text("C4", "Oslo\nWest")
            ),
            format!(
                "<row r=\"5\">{}<c r=\"B5\"><v>7</v></c></row>",
                text("A5", "Bob")
            ),
        ];
        let table = read_csv(&xlsx(&rows.concat())).unwrap();
        let names: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(names, ["name", "income, net", "city"]);
        assert_eq!(*table.columns[1].numbers, [1200.5, 7.0]);
        assert_eq!(table.columns[2].cell(0), "Oslo West");
        assert_eq!(table.lines.iter().collect::<Vec<_>>(), [4, 5]);
        assert_eq!(table.format.sheet.as_deref(), Some("Customers"));
        assert_eq!(table.format.sheets, ["Notes", "Customers"]);
        let sheet = Some("Notes".to_owned());
        let options = ReadOptions {
            sheet,
            ..Default::default()
        };
        let empty = read_table(&mut xlsx(&rows.concat()).as_slice(), &options, &mut |_| ());
        assert_eq!(empty.unwrap_err(), TableError::Empty);
    }

    #[test]
    fn an_open_document_is_read_too() {
        let cell = |text: &str| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            )
        };
        let number = |x: f64| {
            format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{x}\"><text:p>{x}</text:p></table:table-cell>"
            )
        };
        let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
        let rows = row(cell("id") + &cell("spend"))
            + &row(number(1.0) + &number(2.5))
            + &row(number(2.0) + &number(4.0));
        let content = format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
             <office:body><office:spreadsheet><table:table table:name=\"One\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let table = read_csv(&archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            (
                "META-INF/manifest.xml",
                "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
            ),
            ("content.xml", &content),
        ]));
        let table = table.unwrap();
        assert_eq!(
            (table.n_rows(), table.columns[1].kind),
            (2, ColumnKind::Number)
        );
        assert_eq!(*table.columns[1].numbers, [2.5, 4.0]);
    }

    #[test]
    fn what_is_no_workbook_or_too_much_ends_in_an_error() {
        let plain = archive(&[("readme.txt", "hello")]);
        assert!(matches!(
            read_csv(&plain),
            Err(TableError::NotText { found: Some(_) })
        ));
        let whole = xlsx(&text("A1", "x"));
        assert_eq!(
            read_csv(&whole[..whole.len() / 2]).unwrap_err(),
            TableError::BrokenWorkbook
        );
        // The first and the last possible cell of a sheet.
        let far = format!(
            "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
            text("A1", "x"),
            text("XFD1048576", "y")
        );
        assert!(matches!(
            read_csv(&xlsx(&far)),
            Err(TableError::TooLarge { .. })
        ));
        let bomb = archive(&[("xl/workbook.xml", &"0".repeat(3_000_000))]);
        assert!(bomb.len() < 10_000);
        let checked = |limit| {
            check_size(
                &mut ZipArchive::new(Cursor::new(bomb.as_slice())).unwrap(),
                limit,
            )
        };
        assert!(matches!(
            checked(2_000_000),
            Err(TableError::TooLarge { .. })
        ));
        assert_eq!(checked(3_000_000), Ok(()));
    }
}
