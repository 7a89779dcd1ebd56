//! What went wrong, why in the words of the data, and what can be done.

use super::failed::{failed_sentence, fit_sentence};
use super::kept_out::kept_out_sentence;
use super::models::{model_name, segment_column_sentence};
use super::numbers::{count, line_number, plural, row_number};
use super::orders::order_error_sentence;
use crate::advise::{Audience, RuleError};
use crate::features::FeatureError;
use crate::quality::QualityError;
use crate::result::{EngineError, NotPossible, Stage};
use crate::table::TableError;

/// One helpful sentence, or two.
pub fn error_sentence(error: &EngineError) -> String {
    match error {
        EngineError::Table(error) => table(error),
        EngineError::Orders(error) => order_error_sentence(error),
        EngineError::Features(error) => features(error),
        EngineError::Fit(error) => fit_sentence(error),
        EngineError::Quality(QualityError::TooFewClusters { n_clusters }) => {
            format!(
                "{} cannot be judged. Choose at least 2 segments.",
                plural(*n_clusters, "segment", "segments")
            )
        }
        EngineError::SegmentColumn { column, why } => segment_column_sentence(column, *why),
        EngineError::IdentifierAsFeature { column } => identifier_sentence(column),
        EngineError::TooFewCustomers { n_samples, min } => format!(
            "There {} with a value in every feature; at least {min} rows are needed to form segments.",
            if *n_samples == 1 {
                "is only 1 row".to_owned()
            } else {
                format!("are only {} rows", count(*n_samples))
            }
        ),
        EngineError::TooManyCustomers { n_rows, max } => format!(
            "The file has {} rows, and the models take up to {}. Save a part of the rows, drawn at random, and drop that file.",
            count(*n_rows),
            count(*max)
        ),
        EngineError::NoneFitted { failed } => {
            let each = failed.iter().map(failed_sentence);
            each.collect::<Vec<_>>().join(" ")
        }
        EngineError::AllAlike { n_samples } => {
            format!(
                "All {} have the same values in these features, so there is nothing to segment. Choose other features.",
                plural(*n_samples, "customer", "customers")
            )
        }
        EngineError::KeptOut {
            n_customers,
            n_by_hand,
            n_outside,
        } => kept_out_sentence(*n_customers, *n_by_hand, *n_outside),
        EngineError::Rules(error) => rules(error),
        EngineError::NotPossible(reason) => not_possible_sentence(reason),
        EngineError::ResultGone { .. } => {
            "This result is no longer held. Change a setting and back to have it again.".into()
        }
        EngineError::NoTable => "No file is open. Drop a customer file first.".into(),
        EngineError::Unwritable => "The file could not be written.".into(),
    }
}

/// Why a question has no answer for these data.
pub fn not_possible_sentence(reason: &NotPossible) -> String {
    match reason {
        NotPossible::TooManyCustomers { n_samples, max } => format!(
            "Not answered for {}: it would take too long above {}.",
            plural(*n_samples, "customer", "customers"),
            count(*max)
        ),
        NotPossible::RowLeftOut { row } => format!(
            "Row {} is in no segment: it is left out, lacks a value in a feature, or repeats another row.",
            row_number(*row)
        ),
        NotPossible::NoNumbers { column } => {
            format!("“{column}” holds no numbers, so no claim about it can be checked.")
        }
    }
}

/// That a column of names is no feature.
pub(super) fn identifier_sentence(column: &str) -> String {
    format!(
        "“{column}” names the customers and cannot be a feature. Change its role first if it holds an amount."
    )
}

pub(super) fn rules(error: &RuleError) -> String {
    match error {
        RuleError::NoTable => "The rules are no table. The first line must name the columns: for, column, level, other_column, other_level, action, why.".into(),
        RuleError::MissingColumn { column } => {
            format!("The rules have no column “{column}”. The first line must name it.")
        }
        RuleError::BadCell {
            line,
            column,
            found,
        } => {
            let wanted = match column.as_str() {
                "for" => "“segment” or “contested”",
                "action" => "what to do",
                "column" | "other_column" => {
                    "words apart by “|”, “@income”, “@spending”, “@recency”, “@person” or “@identifier”"
                }
                _ => "“low”, “middle”, “high” or “any”",
            };
            let line = line_number(*line);
            format!("Line {line} of the rules says “{found}” in “{column}”, where {wanted} must stand.")
        }
        RuleError::NoFallback { audience } => {
            let whom = match audience {
                Audience::Segment => "segment",
                Audience::Contested => "contested",
            };
            format!("The rules need a last line for “{whom}” without conditions, for whom no other rule fits.")
        }
        RuleError::TooMany { max } => format!("There are more than {} rules.", count(*max)),
    }
}

fn table(error: &TableError) -> String {
    match error {
        TableError::Empty => "The file is empty: there is no header and no data in it.".into(),
        TableError::NoRows { columns } => format!(
            "The file has a header with {} and no rows below it, so there are no customers to segment.",
            plural(columns.len(), "column", "columns")
        ),
        TableError::NotText { found: Some(found) } => {
            format!(
                "The file is {found}, not a CSV table. Save the table as CSV (UTF-8) and drop that file."
            )
        }
        TableError::TooLarge { n_bytes, limit } => format!(
            "The file has {} MB, and a browser tab has room for {} MB. Save fewer rows or only the columns you need, and drop that file.",
            count(n_bytes / 1_000_000),
            count(limit / 1_000_000)
        ),
        TableError::BrokenWorkbook => {
            "The workbook is damaged or protected and cannot be read. Open it in your spreadsheet program and save the sheet as CSV (UTF-8).".into()
        }
        TableError::Unreadable => {
            "The browser could not read the file. It may have been moved or changed; choose it again.".into()
        }
        TableError::NotText { found: None } => {
            "The file is not a text table. Save the table as CSV (UTF-8) and drop that file.".into()
        }
    }
}

/// Why nothing is made of the dates of a column.
pub(super) fn not_dates_sentence(column: &str) -> String {
    format!("“{column}” holds no dates. Choose another column.")
}

fn features(error: &FeatureError) -> String {
    match error {
        FeatureError::NoFeatures => "No feature is chosen. Choose at least one number column for the models.".into(),
        FeatureError::NoNumericColumn => {
            "The file has no number column that could be a feature. The models need at least one, such as income or spending. Of a date, “Add a derived feature” makes one: days since, or years between two.".into()
        }
        FeatureError::UnknownColumn { column } => format!("The file has no column named “{column}”. Choose another feature."),
        FeatureError::NotNumeric { column, line, found } => {
            let line = line_number(*line);
            format!("“{column}” cannot be a feature: line {line} holds “{found}” where a number is needed.")
        }
        FeatureError::NotDates { column } => not_dates_sentence(column),
        FeatureError::Span { feature, is_large: true, line: Some(line) } => format!(
            "“{feature}” cannot be a feature: line {} holds a number too far from all others for distances to be computed. Leave that row out of the file, or the feature out.",
            line_number(*line)
        ),
        FeatureError::Span { feature, is_large, .. } => format!(
            "“{feature}” cannot be a feature: its numbers are too {} for distances to be computed. Leave it out, or write it in another unit.",
            if *is_large { "large or far apart" } else { "near together" }
        ),
        FeatureError::NoCompleteRow { rows } => format!(
            "None of the {} has a value in every feature. Leave out the feature that is mostly empty.",
            plural(*rows, "row", "rows")
        ),
    }
}

/// Offers to ask once more for what did not come.
pub const ASK_AGAIN: &str = "Ask again";
/// The user ended the work on an answer.
pub const CANCELLED: &str = "This was cancelled.";
/// The fit was ended by the user or with the engine, and no result is there.
pub const NOT_FITTED: &str =
    "The models were not fitted to the end, so there is no comparison yet.";
/// Offers to fit the models after all.
pub const FIT_AGAIN: &str = "Fit the models";
/// The first fit goes on.
pub const FITTING: &str = "The models are being fitted.";
/// The engine ended over an answer.
pub const STOPPED: &str = "The engine stopped over this.";
/// Why no advice is shown yet.
pub const NO_ADVICE_YET: &str = "No advice before it is known whether the segments are real.";

/// What the engine is doing, where its answer will stand.
pub fn going_on_words(stage: Stage) -> String {
    format!("{} …", stage_words(stage))
}

/// What the engine is doing, in the present.
pub fn stage_words(stage: Stage) -> String {
    match stage {
        Stage::Reading => "Reading the file".into(),
        Stage::Fitting {
            model,
            centres,
            n_clusters,
        } => {
            let name = model_name(model, centres);
            match n_clusters {
                Some(n_clusters) => format!("Fitting {name}, {n_clusters} segments"),
                None => format!("Fitting {name}"),
            }
        }
        Stage::Counting => "Counting groups of customers".into(),
        Stage::References => "Comparing with data that hold no segments".into(),
        Stage::Silhouette => "Measuring silhouettes".into(),
        Stage::Resampling => "Drawing the customers again".into(),
        Stage::Explaining => "Looking for what sets the mismatched apart".into(),
        Stage::Judging => "Comparing with data without segments".into(),
        Stage::Trying => "Trying other settings".into(),
        Stage::Writing => "Writing the file".into(),
    }
}

/// More than one file was dropped.
pub const SEVERAL_FILES_DROPPED: &str =
    "Several files were dropped. Drop one customer file at a time, alone or with its project.";
/// A folder was dropped.
pub const FOLDER_DROPPED: &str =
    "That is a folder. Open it and drop the one customer file that is in it.";
/// The address of something was dropped.
pub const LINK_DROPPED: &str = "That is a link, and this page loads nothing from the network. Save the file it leads to, then drop that file.";
/// Something else was dropped.
pub const NO_FILE_DROPPED: &str =
    "That was no file. Drop a CSV or Excel file, or choose one with the button.";

/// The engine never came.
pub const NO_ENGINE: &str = "The engine could not be loaded, so no file can be read. Check the connection and reload the page.";

/// The engine is there but cannot be started.
pub const ENGINE_BROKEN: &str = "The engine cannot be started: it was tried three times. What is on the screen stays, and your next choice tries once more; if that does not help, reload the page or use another browser.";
/// The engine that came is none for this page.
pub const ENGINE_OF_ANOTHER_BUILD: &str = "The engine is of another version than this page, so nothing can be computed. Reload the page to get both anew.";

/// The engine stopped at rest and is started again.
pub const ENGINE_STOPPED: &str = "The engine stopped and was started again. Nothing was lost.";
/// The engine stopped at work and is started again, the work too.
pub const ENGINE_STOPPED_ONCE: &str =
    "The engine stopped and was started again. Nothing was lost; this step begins anew.";
/// The engine stopped at work and is started again, the work is not.
pub const ENGINE_STOPPED_AT_WORK: &str = "The engine stopped during this step and was started again. The last result is still here; try the step with fewer rows or columns.";

/// The engine has said nothing for about so many seconds.
pub fn silence_words(seconds: u32) -> String {
    format!(
        "No sign of life from the engine for {seconds} s. Cancel starts it again; the last result stays."
    )
}

/// Why a file is not opened, and what becomes of the one that is open.
pub fn refused_file_sentence(name: &str, why: &str, is_open: bool) -> String {
    let stays = if is_open {
        " What was open stays as it is."
    } else {
        ""
    };
    format!("“{name}”: {why}{stays}")
}
