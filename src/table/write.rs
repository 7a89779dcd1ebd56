//! Cells to CSV bytes.

use csv::{Terminator, Writer, WriterBuilder};

use super::lines::LineEnd;
use super::number::Written;

/// Writes records: RFC 4180 with LF, or in the form of a file. Double quotes where needed.
#[derive(Debug)]
pub struct CsvWriter(Writer<Vec<u8>>);

impl Default for CsvWriter {
    fn default() -> Self {
        Self(WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }
}

impl CsvWriter {
    /// With a separator, quotes and line ends.
    pub(super) fn with(delimiter: u8, quote: u8, line_end: LineEnd) -> Self {
        let mut builder = WriterBuilder::new();
        builder
            .flexible(true)
            .delimiter(delimiter)
            .quote(quote)
            .terminator(match line_end {
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
}
