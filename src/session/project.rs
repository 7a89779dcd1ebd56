//! A session as a file, `NAME.seamline.json`, without the data:
//!
//! ```text
//! format         "seamline project"
//! version        1
//! program        version of the program that wrote it
//! data           name, n_rows, columns and fingerprint of its table
//! session        everything that was decided; absent fields have their defaults
//! ```
//!
//! Only the engine and the command line read and write it: the page has no JSON.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::check::check_without_data;
use super::group::NOT_RUNS;
use super::{DecisionError, ProjectError, Session, check};
use crate::advise::read_rules;
use crate::result::Dataset;
use crate::table::{ReadOptions, Table, fingerprint, knows_encoding};

/// The ending of a project's name.
pub const PROJECT_ENDING: &str = ".seamline.json";
/// The largest project read, in bytes.
pub const MAX_PROJECT_BYTES: usize = 32_000_000;
/// The value of `format` in every project.
const FORMAT: &str = "seamline project";
/// The version of the format written.
const VERSION: u64 = 1;
/// The earliest version still read.
const EARLIEST: u64 = 1;

/// A session and the data it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    format: String,
    version: u64,
    /// Version of the program that wrote it.
    pub program: String,
    /// The data it was made for.
    pub data: DataMark,
    session: Session,
}

/// What identifies the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataMark {
    /// Name of the file.
    pub name: String,
    /// Rows below the header.
    pub n_rows: usize,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Fingerprint of all names and cells, see [`crate::table::fingerprint`].
    pub fingerprint: String,
}

impl DataMark {
    /// The mark of a table, read from a file of that name.
    pub fn of(name: &str, table: &Table) -> Self {
        let columns = table.columns.iter();
        Self {
            name: name.to_owned(),
            n_rows: table.n_rows(),
            columns: columns.map(|column| column.name.clone()).collect(),
            fingerprint: fingerprint(table),
        }
    }
}

/// The fields that are read first, whatever else the file holds.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

impl Project {
    /// The project of a session on these data.
    pub fn new(session: &Session, data: DataMark) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            data,
            session: session.clone(),
        }
    }

    /// The project's file name, from that of the data without its ending.
    pub fn file_name(stem: &str) -> String {
        format!("{stem}{PROJECT_ENDING}")
    }

    /// Whether a file is taken for a project, by its name; browsers put a number before the last ending of a copy.
    pub fn is_named(name: &str) -> bool {
        name.to_ascii_lowercase().ends_with(".json")
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`ProjectError::Unwritable`], which does not happen to a valid session.
    pub fn write(&self) -> Result<Vec<u8>, ProjectError> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|_| ProjectError::Unwritable)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a project and checks it as far as possible without its data.
    ///
    /// # Errors
    /// [`ProjectError`], but not [`ProjectError::OtherData`].
    pub fn read(bytes: &[u8]) -> Result<Self, ProjectError> {
        if bytes.len() > MAX_PROJECT_BYTES {
            return Err(ProjectError::TooLarge {
                n_bytes: bytes.len(),
                max: MAX_PROJECT_BYTES,
            });
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| {
            // A number that is cut after its sign is no end to the parser, but wrong.
            if is_at_end(&error, bytes) {
                ProjectError::Truncated
            } else {
                error_of(&error, false)
            }
        })?;
        let head = serde_json::from_slice::<Head>(bytes).map_err(|_| ProjectError::NoProject)?;
        let version = head.version;
        if head.format != FORMAT {
            return Err(ProjectError::NoProject);
        }
        if version > VERSION {
            let latest = VERSION;
            return Err(ProjectError::Newer { version, latest });
        }
        if version < EARLIEST {
            let earliest = EARLIEST;
            return Err(ProjectError::Older { version, earliest });
        }
        let project: Self =
            serde_json::from_slice(bytes).map_err(|error| error_of(&error, true))?;
        project.check_without_data()?;
        project.check_texts()?;
        Ok(project)
    }

    /// Checks the session as far as possible without its data and without reading its rules: the page calls this and has no reader
    /// of tables.
    pub(super) fn check_without_data(&self) -> Result<(), ProjectError> {
        check_without_data(&self.session)?;
        Ok(())
    }

    /// What the page cannot check: it knows neither all encodings nor how rules are read.
    fn check_texts(&self) -> Result<(), ProjectError> {
        if let Some(name) = &self.session.settings.reading.encoding
            && !knows_encoding(name)
        {
            return Err(ProjectError::Nonsense(DecisionError::UnknownReading {
                choice: "encoding".to_owned(),
            }));
        }
        if let Some(rules) = &self.session.rules {
            read_rules(rules).map_err(DecisionError::Rules)?;
        }
        Ok(())
    }

    /// How the data must be read before they can be compared with those of the project.
    pub fn reading(&self) -> &ReadOptions {
        &self.session.settings.reading
    }

    /// The session, if these are its data and every choice makes sense for them. The dataset must have been read with
    /// [`Project::reading`].
    ///
    /// # Errors
    /// [`ProjectError::OtherData`] and [`ProjectError::Nonsense`].
    pub fn check(&self, dataset: &Dataset, fingerprint: &str) -> Result<Session, ProjectError> {
        let DataMark {
            name,
            n_rows,
            columns,
            fingerprint: own,
        } = &self.data;
        let names = || dataset.columns.iter().map(|column| &column.name);
        if own != fingerprint || *n_rows != dataset.n_rows || !names().eq(columns) {
            let is_missing = |column: &&String| dataset.column(column).is_none();
            return Err(ProjectError::OtherData {
                name: name.clone(),
                n_rows: *n_rows,
                n_rows_found: dataset.n_rows,
                missing: columns.iter().find(is_missing).cloned(),
            });
        }
        check(&self.session, dataset)?;
        self.check_texts()?;
        Ok(self.session.clone())
    }
}

/// Whether an error lies at the last byte of a text.
fn is_at_end(error: &serde_json::Error, bytes: &[u8]) -> bool {
    let mut lines = bytes.trim_ascii_end().split(|&byte| byte == b'\n');
    let is_last = lines.clone().count() == error.line();
    is_last
        && lines
            .next_back()
            .is_some_and(|last| error.column() >= last.len())
}

/// The error for a text, which may not be JSON (`is_json`), from the messages of the JSON reader; a test checks these messages.
fn error_of(error: &serde_json::Error, is_json: bool) -> ProjectError {
    use serde_json::error::Category;
    let (line, words) = (error.line(), error.to_string());
    let named = |start: &str| {
        let rest = words.strip_prefix(start)?;
        rest.split('`').next().map(str::to_owned)
    };
    let unknown_model = || {
        let rest = words.strip_prefix("there is no model ")?;
        rest.rsplit_once(" at line ")
            .map(|(name, _)| name.to_owned())
    };
    if words.starts_with("number out of range") {
        return ProjectError::NumberTooLarge { line };
    }
    if words.starts_with(NOT_RUNS) {
        return ProjectError::BadRows { line };
    }
    match error.classify() {
        Category::Eof => ProjectError::Truncated,
        Category::Syntax | Category::Io if !is_json => ProjectError::NotJson { line },
        _ => {
            if let Some(field) = named("unknown field `") {
                ProjectError::UnknownField { field, line }
            } else if let Some(field) = named("missing field `") {
                ProjectError::MissingField { field }
            } else if let Some(field) = named("duplicate field `") {
                ProjectError::RepeatedField { field, line }
            } else if let Some(found) = named("unknown variant `").or_else(unknown_model) {
                ProjectError::UnknownWord { found, line }
            } else {
                ProjectError::WrongKind { line }
            }
        }
    }
}
