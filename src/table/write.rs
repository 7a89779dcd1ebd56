//! Cells to CSV bytes.

use csv::{Writer, WriterBuilder};

use super::parse_number;

/// Writes RFC 4180 records: comma, double quotes where needed, LF.
#[derive(Debug)]
pub struct CsvWriter(Writer<Vec<u8>>);

impl Default for CsvWriter {
    fn default() -> Self {
        Self(WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }
}

impl CsvWriter {
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

/// Whether a spreadsheet would run a cell (OWASP: CSV injection). Numbers such as `-5` are left alone.
pub fn runs_as_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
        && parse_number(text).is_none()
        && text != "-"
}

#[cfg(test)]
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
}
