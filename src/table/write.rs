//! Cells to CSV bytes, plainly or in the form of the file that they come from.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use serde::{Deserialize, Serialize};

use super::encoding::encoded;
use super::number::Written;
use super::{Column, ColumnKind, Decimal, Format, Table};

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// As Unix has it.
    #[default]
    Lf,
    /// As Windows has it.
    CrLf,
    /// As old Macintoshes had it.
    Cr,
}

impl LineEnd {
    /// The most frequent one of a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let (mut lf, mut cr_lf, mut cr) = (0, 0, 0);
        for (at, byte) in text.iter().enumerate() {
            match byte {
                b'\n' if at > 0 && text[at - 1] == b'\r' => cr_lf += 1,
                b'\n' => lf += 1,
                b'\r' if text.get(at + 1) != Some(&b'\n') => cr += 1,
                _ => {}
            }
        }
        if lf >= cr_lf.max(cr) {
            Self::Lf
        } else if cr_lf >= cr {
            Self::CrLf
        } else {
            Self::Cr
        }
    }
}

/// Writes records: RFC 4180 with LF, or in the form of a file. Double quotes where needed.
#[derive(Debug)]
pub struct CsvWriter(Writer<Vec<u8>>);

impl Default for CsvWriter {
    fn default() -> Self {
        Self(WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }
}

impl CsvWriter {
    /// With the separator, the quotes and the line ends of a file. Columns that were aligned by blanks get commas.
    pub fn in_form_of(format: &Format) -> Self {
        let sign = |sign: char, or: u8| {
            let byte = u8::try_from(sign).ok().filter(u8::is_ascii);
            byte.filter(|byte| !matches!(byte, b' ' | 0)).unwrap_or(or)
        };
        let mut builder = WriterBuilder::new();
        builder
            .flexible(true)
            .quote_style(QuoteStyle::Necessary)
            .delimiter(sign(format.delimiter, b','))
            .quote(sign(format.quote, b'"'))
            .terminator(match format.line_end {
                LineEnd::Lf => Terminator::Any(b'\n'),
                LineEnd::CrLf => Terminator::CRLF,
                LineEnd::Cr => Terminator::Any(b'\r'),
            });
        Self(builder.from_writer(Vec::new()))
    }

    /// Appends a field to the current record as it is.
    pub fn field(&mut self, text: &str) {
        let result = self.0.write_field(text);
        debug_assert!(result.is_ok(), "memory takes every field");
    }

    /// Appends a field that a spreadsheet must not run as a formula: such fields get an apostrophe in front.
    pub fn safe_field(&mut self, text: &str) {
        if runs_as_formula(text) {
            self.field(&format!("'{text}"));
        } else {
            self.field(text);
        }
    }

    /// Ends the record. A record of one empty field is written as `""`, so that it is not a blank line.
    pub fn end_record(&mut self) {
        let result = self.0.write_record(None::<&[u8]>);
        debug_assert!(result.is_ok(), "records may be of any length");
    }

    /// All records written so far.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }

    /// The same in the encoding of a file. UTF-8 has a byte order mark where the file has one, or where spreadsheets need it to read
    /// what is beyond ASCII; it also stands in for an encoding that lacks a character.
    pub fn into_bytes_of(self, format: &Format) -> Vec<u8> {
        let text = self.into_bytes();
        let text = String::from_utf8_lossy(&text);
        encoded(&text, &format.encoding, format.has_mark)
    }
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

/// Whether a spreadsheet would run a cell (OWASP: CSV injection), full-width signs included, which some turn into ASCII. Numbers as
/// people write them (`-5`, `-$129.31`) and what holds no more than digits and their signs (`+49 170 1234`) are left alone.
pub fn runs_as_formula(text: &str) -> bool {
    /// Signs of telephone numbers and sums.
    const HARMLESS: &str = " +-./(),\u{a0}";
    let is_risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_harmless = |text: &str| {
        text.starts_with(['+', '-'])
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || HARMLESS.contains(c))
    };
    is_risky && !is_harmless(text) && Written::of(text).is_none()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::table::read_csv;

    #[test]
    fn quotes_and_formulas_are_written_safely() {
        let mut writer = CsvWriter::default();
        for text in ["a,b", "say \"hi\"", "=1+1", "-5", "@x", "-"] {
            writer.safe_field(text);
        }
        writer.end_record();
        writer.field("");
        writer.end_record();
        assert_eq!(
            String::from_utf8(writer.into_bytes()).unwrap(),
            "\"a,b\",\"say \"\"hi\"\"\",'=1+1,-5,'@x,-\n\"\"\n"
        );
    }

    #[test]
    fn what_runs_is_told_from_what_was_read_as_a_number() {
        for text in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|x",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1+1",
            "\nname",
            "＝1+1",
            "＋A1",
            "－A1",
            "＠x",
            "-a",
            "+A1",
            "=-5",
        ] {
            assert!(runs_as_formula(text), "{text:?}");
        }
        for text in [
            "-982,96",
            "-5.1%",
            "-$129.31",
            "+49 170 1234567",
            "+49-170-123",
            "-5",
            "-1.234,50 €",
            "\u{2212}5",
            "(5)",
            "-",
            "--",
            "",
            "x=1",
            "+5",
            "\n-5",
        ] {
            assert!(!runs_as_formula(text), "{text:?}");
        }
    }

    #[test]
    fn the_form_of_a_file_is_kept() {
        let form = |bytes: &[u8]| read_csv(bytes).unwrap().format;
        let rows = "name ;x\r\nMüller;1\r\nGroß;2\r\nJäger;3\r\n";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(rows);
        let format = form(&latin);
        assert_eq!((format.line_end, format.has_mark), (LineEnd::CrLf, false));
        assert_eq!(format.padded, ["name "]);
        let mut writer = CsvWriter::in_form_of(&format);
        for text in ["Müller", "a;b"] {
            writer.field(text);
        }
        writer.end_record();
        assert_eq!(writer.into_bytes_of(&format), b"M\xFCller;\"a;b\"\r\n");
        // A name that the encoding lacks.
        let mut writer = CsvWriter::in_form_of(&format);
        writer.field("Łódź");
        writer.end_record();
        assert_eq!(writer.into_bytes_of(&format), "\u{feff}Łódź\r\n".as_bytes());
        let wide: Vec<u8> = std::iter::once(0xFEFF)
            .chain(rows.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let format = form(&wide);
        let mut writer = CsvWriter::in_form_of(&format);
        for cell in ["name ", "x", "Müller", "1", "Groß", "2", "Jäger", "3"] {
            writer.field(cell);
            if cell.len() < 3 {
                writer.end_record();
            }
        }
        assert_eq!(writer.into_bytes_of(&format), wide);
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
