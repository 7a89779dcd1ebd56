//! Tables written in the form of the file that they come from: separator, quotes, line ends, encoding, decimal sign.

use super::encoding::encoded;
use super::{Column, ColumnKind, CsvWriter, Decimal, Format, Table};

/// A writer with the separator, the quotes and the line ends of a file. Columns that were aligned by blanks get commas.
pub fn in_form_of(format: &Format) -> CsvWriter {
    let sign = |sign: char, or: u8| {
        let byte = u8::try_from(sign).ok().filter(u8::is_ascii);
        byte.filter(|byte| !matches!(byte, b' ' | 0)).unwrap_or(or)
    };
    let (delimiter, quote) = (sign(format.delimiter, b','), sign(format.quote, b'"'));
    CsvWriter::with(delimiter, quote, format.line_end)
}

/// The records of a writer in the encoding of a file. UTF-8 has a byte order mark where the file has one, or where spreadsheets need it
/// to read what is beyond ASCII; it also stands in for an encoding that lacks a character.
pub fn bytes_in_form_of(writer: CsvWriter, format: &Format) -> Vec<u8> {
    let text = writer.into_bytes();
    let text = String::from_utf8_lossy(&text);
    encoded(&text, &format.encoding, format.has_mark)
}

/// The decimal sign of a file: what its numbers say, or else what goes with its separator.
pub fn decimal_of(table: &Table) -> Decimal {
    let numbers = || {
        let columns = table.columns.iter();
        columns.filter(|column| column.kind == ColumnKind::Number)
    };
    let has_fractions = |column: &Column| {
        column
            .numbers
            .iter()
            .any(|x| x.fract() != 0.0 && !x.is_nan())
    };
    if numbers().any(|column| column.decimal == Decimal::Comma) {
        Decimal::Comma
    } else if numbers().any(has_fractions) || table.format.delimiter != ';' {
        Decimal::Point
    } else {
        Decimal::Comma
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::table::{LineEnd, read_csv};

    #[test]
    fn the_form_of_a_file_is_kept() {
        let form = |bytes: &[u8]| read_csv(bytes).unwrap().format;
        let rows = "name ;x\r\nMüller;1\r\nGroß;2\r\nJäger;3\r\n";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(rows);
        let format = form(&latin);
        assert_eq!((format.line_end, format.has_mark), (LineEnd::CrLf, false));
        assert_eq!(format.padded, ["name "]);
        let mut writer = in_form_of(&format);
        for text in ["Müller", "a;b"] {
            writer.field(text);
        }
        writer.end_record();
        assert_eq!(bytes_in_form_of(writer, &format), b"M\xFCller;\"a;b\"\r\n");
        // A name that the encoding lacks.
        let mut writer = in_form_of(&format);
        writer.field("Łódź");
        writer.end_record();
        assert_eq!(
            bytes_in_form_of(writer, &format),
            "\u{feff}Łódź\r\n".as_bytes()
        );
        let wide: Vec<u8> = std::iter::once(0xFEFF)
            .chain(rows.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let format = form(&wide);
        let mut writer = in_form_of(&format);
        for cell in ["name ", "x", "Müller", "1", "Groß", "2", "Jäger", "3"] {
            writer.field(cell);
            if cell.len() < 3 {
                writer.end_record();
            }
        }
        assert_eq!(bytes_in_form_of(writer, &format), wide);
        let plain = form(b"a,b\n1,2\n3,4\n");
        assert_eq!((plain.line_end, plain.has_mark), (LineEnd::Lf, false));
        assert!(form("\u{feff}a,b\r1,2\r3,4\r".as_bytes()).has_mark);
        assert_eq!(form(b"a,b\r1,2\r3,4\r").line_end, LineEnd::Cr);
    }

    #[test]
    fn the_decimal_sign_is_that_of_the_numbers_or_goes_with_the_separator() {
        let sign = |text: &str| decimal_of(&read_csv(text.as_bytes()).unwrap());
        assert_eq!(sign("id;x\na;1,5\nb;2,25\nc;3\n"), Decimal::Comma);
        assert_eq!(sign("id;x\na;1.5\nb;2.25\nc;3\n"), Decimal::Point);
        assert_eq!(sign("id;x\na;1\nb;2\nc;3\n"), Decimal::Comma);
        assert_eq!(sign("id,x\na,1\nb,2\nc,3\n"), Decimal::Point);
    }
}
