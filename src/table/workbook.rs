//! Turns a sheet of a workbook (.xlsx, .ods) into CSV text, row by row, so that the reader treats it like a CSV file.

use seamline_workbook::{Cell, Workbook, WorkbookError};

use super::{CsvWriter, TableError};
use crate::numeric::sorted_by;

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

/// Reads the sheet of that name, or the first that is not empty.
///
/// # Errors
/// [`TableError::NotText`] for an archive that is no workbook, [`TableError::TooLarge`] for one that unpacks to more than can be
/// held, [`TableError::BrokenWorkbook`] where a part cannot be read, [`TableError::Empty`] where no sheet holds anything.
pub(super) fn sheet(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, TableError> {
    sheet_within(bytes, wanted, MAX_UNPACKED)
}

fn sheet_within(bytes: &[u8], wanted: Option<&str>, limit: usize) -> Result<Sheet, TableError> {
    let failed = |error| match error {
        WorkbookError::Broken => TableError::BrokenWorkbook,
        WorkbookError::TooLarge { n_bytes } => TableError::TooLarge { n_bytes, limit },
        WorkbookError::NoWorkbook => TableError::NotText {
            found: Some("a zip archive without a workbook in it".to_owned()),
        },
    };
    let mut workbook = Workbook::open(bytes, limit).map_err(failed)?;
    let names = workbook.names().to_vec();
    let is_wanted = |name: &&String| wanted.is_none_or(|wanted| wanted == name.as_str());
    let has_any = names.iter().any(|name| is_wanted(&name));
    for name in names.iter().filter(|name| !has_any || is_wanted(name)) {
        let cells = workbook.cells(name).map_err(failed)?;
        if !cells.is_empty() {
            return Ok(Sheet {
                csv: csv_of(cells)?,
                name: name.clone(),
                names,
                kind: workbook.kind(),
            });
        }
    }
    Err(TableError::Empty)
}

fn csv_of(cells: Vec<Cell>) -> Result<Vec<u8>, TableError> {
    let mut cells = sorted_by(cells, |a, b| (a.row, a.column).cmp(&(b.row, b.column)));
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

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
        let checked = |limit| sheet_within(&bomb, None, limit).err();
        assert!(matches!(
            checked(2_000_000),
            Some(TableError::TooLarge { .. })
        ));
        assert_eq!(checked(3_000_000), Some(TableError::BrokenWorkbook));
    }
}
