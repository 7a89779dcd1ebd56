//! Why a project file is not opened.

use super::decisions::decision_sentence;
use super::numbers::{count, line_number, plural};
use crate::session::{DataMark, ProjectError};
use crate::table::Unit;

/// Why a project file is not opened, and what can be done.
pub fn project_sentence(error: &ProjectError) -> String {
    let line_of = |line: usize| line_number(line as u64);
    match error {
        ProjectError::TooLarge { n_bytes, max } => format!(
            "The project file has {} MB, more than the {} MB that any project has. Choose another file.",
            count(n_bytes / 1_000_000),
            count(max / 1_000_000)
        ),
        ProjectError::Truncated => {
            "The project file ends too early: a part of it is missing. Save or copy it again."
                .into()
        }
        ProjectError::NotJson { line } => format!(
            "The project file is damaged in line {}: that is no JSON. Choose the file as it was saved.",
            line_of(*line)
        ),
        ProjectError::NumberTooLarge { line } => format!(
            "The project file has a number in line {} that is too large to be one.",
            line_of(*line)
        ),
        ProjectError::NoProject => {
            "The file is no Seamline project. Choose one that ends in .seamline.json.".into()
        }
        ProjectError::Newer { version, latest } => format!(
            "The project was saved by a later version of Seamline (format {version}; this one reads up to {latest}). Open it there."
        ),
        ProjectError::Older { version, earliest } => format!(
            "The project is of an old format, {version}, and formats from {earliest} on are read. Save it anew with a later version."
        ),
        ProjectError::UnknownField { field, line } => format!(
            "The project file has a field “{field}” in line {} that no project has.",
            line_of(*line)
        ),
        ProjectError::MissingField { field } => {
            format!("The project file lacks the field “{field}”.")
        }
        ProjectError::RepeatedField { field, line } => format!(
            "The project file has the field “{field}” twice, again in line {}.",
            line_of(*line)
        ),
        ProjectError::UnknownWord { found, line } => format!(
            "The project file says “{found}” in line {}, which is no choice there.",
            line_of(*line)
        ),
        ProjectError::BadRows { line } => format!(
            "The rows of a group in line {} of the project file are in no order.",
            line_of(*line)
        ),
        ProjectError::WrongKind { line } => format!(
            "Line {} of the project file holds something else than belongs there.",
            line_of(*line)
        ),
        ProjectError::OtherData {
            name,
            n_rows,
            n_rows_found,
            missing,
        } => other_data(name, *n_rows, *n_rows_found, missing.as_deref()),
        ProjectError::Nonsense(error) => format!(
            "The project does not fit the file. {}",
            // The file that the columns are of may be another.
            decision_sentence(error, &|_| Unit::None)
        ),
        ProjectError::Unwritable => "The project could not be written.".into(),
    }
}

/// What becomes of a project that is for another file than the open one.
pub const PROJECT_WAITS: &str = "The project waits for it until this message is closed.";

/// What becomes of a project whose file is not open yet.
pub fn project_waits_sentence(data: &DataMark) -> String {
    format!(
        "The project belongs to {} with {}. Open that file, and the project is applied to it.",
        data.name,
        plural(data.n_rows, "row", "rows")
    )
}

fn other_data(name: &str, n_rows: usize, n_rows_found: usize, missing: Option<&str>) -> String {
    let rows = plural(n_rows, "row", "rows");
    let why = match missing {
        Some(column) => format!("this file has no column “{column}”"),
        None if n_rows != n_rows_found => format!("this file has {}", count(n_rows_found)),
        None => "this file holds other values".to_owned(),
    };
    format!("The project was made for {name} with {rows}; {why}. Open that file first.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::DecisionError;
    use crate::words::variants::{is_a_sentence, names_all};

    #[test]
    fn every_broken_project_has_a_sentence_of_its_own() {
        use ProjectError as E;
        let field = || "names".to_owned();
        let other = |n_rows_found, missing: Option<&str>| E::OtherData {
            name: "mall.csv".into(),
            n_rows: 200,
            n_rows_found,
            missing: missing.map(str::to_owned),
        };
        let every = vec![
            E::TooLarge {
                n_bytes: 64_000_000,
                max: 32_000_000,
            },
            E::Truncated,
            E::NotJson { line: 3 },
            E::NumberTooLarge { line: 3 },
            E::NoProject,
            E::Newer {
                version: 2,
                latest: 1,
            },
            E::Older {
                version: 0,
                earliest: 1,
            },
            E::UnknownField {
                field: field(),
                line: 3,
            },
            E::MissingField { field: field() },
            E::RepeatedField {
                field: field(),
                line: 3,
            },
            E::UnknownWord {
                found: "x".into(),
                line: 3,
            },
            E::BadRows { line: 3 },
            E::WrongKind { line: 3 },
            other(200, None),
            other(150, None),
            other(150, Some("Age")),
            E::Nonsense(DecisionError::NoFeatures),
            E::Unwritable,
        ];
        names_all(
            include_str!("../session/project_error.rs"),
            "ProjectError",
            &every,
        );
        let sentences: std::collections::BTreeSet<String> = every
            .iter()
            .map(project_sentence)
            .inspect(|it| is_a_sentence(it))
            .collect();
        assert_eq!(sentences.len(), every.len());
        assert_eq!(
            project_sentence(&other(150, None)),
            "The project was made for mall.csv with 200 rows; this file has 150. Open that file first."
        );
    }
}
