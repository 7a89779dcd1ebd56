//! What went wrong, why in the words of the data, and what can be done.

use super::kept_out::kept_out_sentence;
use super::models::{model_name, option_name, segment_column_sentence};
use super::numbers::{compact, count, line_number, percent, plural, row_number};
use super::orders::order_error_sentence;
use crate::advise::{Audience, RuleError};
use crate::cluster::k_means::Centres;
use crate::cluster::{FitError, ModelKey, ParamsError};
use crate::features::FeatureError;
use crate::quality::QualityError;
use crate::result::{EngineError, FailedModel, NotPossible, Obstacle, Stage, Sweep, SweepPoint};
use crate::table::TableError;

/// One helpful sentence, or two.
pub fn error_sentence(error: &EngineError) -> String {
    match error {
        EngineError::Table(error) => table(error),
        EngineError::Orders(error) => order_error_sentence(error),
        EngineError::Features(error) => features(error),
        EngineError::Fit(error) => fit(error),
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

/// That so many segments are too few or too many.
pub(super) fn number_sentence(n_clusters: usize, min: usize, max: usize) -> String {
    format!(
        "{} cannot be formed here. Choose from {min} to {max}.",
        plural(n_clusters, "segment", "segments")
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

fn fit(error: &FitError) -> String {
    match error {
        FitError::TooFewDistinct {
            n_clusters,
            n_distinct,
            n_samples,
        } => format!(
            "{n_clusters} segments need at least {n_clusters} different customers, and the {} have only {} of values. Choose {} or fewer.",
            plural(*n_samples, "row", "rows"),
            plural(
                *n_distinct,
                "different combination",
                "different combinations"
            ),
            plural(*n_distinct, "segment", "segments"),
        ),
        FitError::TooFewSamples { needed, n_samples } => format!(
            "It needs at least {}, and there {}.",
            plural(*needed, "customer", "customers"),
            if *n_samples == 1 {
                "is only 1".to_owned()
            } else {
                format!("are only {}", count(*n_samples))
            }
        ),
        FitError::Overflow { feature } => format!(
            "The numbers in feature {} span more than distances can be computed for. Leave it out.",
            feature + 1
        ),
        FitError::Params(ParamsError::ClusterCount {
            n_clusters,
            min,
            max,
        }) => number_sentence(*n_clusters, *min, *max),
        FitError::ZeroVector { .. } => {
            "Cosine distance compares directions, and some customer is zero in every feature. Choose another metric or feature.".into()
        }
        FitError::Memory { bytes } => format!(
            "The distances of all pairs need {} MB, more than this browser gives. Choose Ward linkage, which needs none.",
            count((bytes / 1_000_000) as usize)
        ),
        FitError::Collapsed {
            n_clusters,
            tied_works,
            ..
        } => format!(
            "It finds no {} of which each has customers and spread. {}",
            plural(*n_clusters, "segment", "segments"),
            if *tied_works {
                TIED_WORKS
            } else {
                "Choose fewer segments, another shape, or leave it out."
            }
        ),
        FitError::NoClusters { .. } => {
            "It finds no segment: the customers lie nowhere closer together than elsewhere. Lower “Smallest segment”, or leave it out.".into()
        }
        FitError::TooManyClusters { found, max } => format!(
            "It finds {}, and up to {} can be compared. Raise “Smallest segment”.",
            plural(*found, "segment", "segments"),
            count(*max)
        ),
        FitError::Params(ParamsError::TooFewModels { .. }) => {
            "A comparison needs at least two models.".into()
        }
        FitError::Params(ParamsError::UnknownModel { model }) => {
            format!("There is no model “{model}”.")
        }
        FitError::Params(ParamsError::Option { model, name, value }) => format!(
            "{} cannot be asked for {value} as “{}”.",
            model_name(*model, Centres::default()),
            option_name(name)
        ),
        FitError::Params(ParamsError::MetricForLinkage { .. }) => {
            "This linkage speaks of centres, which only Euclidean distance has. Choose Euclidean distance or another linkage.".into()
        }
        FitError::Params(ParamsError::NoIterations) => {
            "The number of runs and of iterations must be at least 1.".into()
        }
    }
}

/// Whether the tied shape is a way out.
pub fn offers_tied(failed: &FailedModel) -> bool {
    matches!(
        failed.error,
        FitError::Collapsed {
            tied_works: true,
            ..
        }
    )
}

/// Which models are missing, where some could not be fitted: "without Gaussian mixture".
pub fn missing_words(failed: &[FailedModel]) -> Option<String> {
    let names = failed
        .iter()
        .map(|it| model_name(it.model, Centres::default()));
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| format!("without {}", names.join(" and ")))
}

/// The numbers of segments at which a model could not be fitted, though it could be at others.
pub fn not_fitted_at(model: ModelKey, sweep: &Sweep) -> Option<String> {
    let (fitted, missing): (Vec<&SweepPoint>, Vec<&SweepPoint>) =
        sweep.points.iter().partition(|it| it.of(model).is_some());
    let numbers = missing.iter().map(|it| it.n_clusters.to_string());
    let numbers: Vec<String> = numbers.collect();
    (!fitted.is_empty() && !missing.is_empty()).then(|| {
        format!(
            "{} could not be fitted at {} segments.",
            model_name(model, Centres::default()),
            numbers.join(", ")
        )
    })
}

/// Takes the tied shape.
pub const USE_TIED: &str = "Use the tied shape";
/// The tied shape is a way out.
const TIED_WORKS: &str = "The shape “Tied” can be fitted.";
/// Rows named one by one at most.
const MOST_ROWS: usize = 5;

/// Why a model is not among those compared.
pub fn failed_sentence(failed: &FailedModel) -> String {
    let name = model_name(failed.model, Centres::default());
    let why = match &failed.cause {
        Some(Obstacle::Spike {
            feature,
            value,
            n_same,
            n_samples,
        }) => {
            let advice = if offers_tied(failed) {
                TIED_WORKS
            } else {
                "Leave the column out, or choose fewer segments."
            };
            format!(
                "{} of the customers have {} in “{feature}”, and a segment of them alone has no spread there. {advice}",
                percent(*n_same as f64 / *n_samples as f64),
                compact(*value)
            )
        }
        Some(Obstacle::Zeros { rows, n_zero }) => zeros(rows, *n_zero),
        None => fit(&failed.error),
    };
    format!("{name} could not be fitted: {why}")
}

fn zeros(rows: &[usize], n_zero: usize) -> String {
    let named = rows.iter().take(MOST_ROWS);
    let named: Vec<String> = named.map(|&row| row_number(row)).collect();
    let more = n_zero.saturating_sub(named.len());
    let (have, row, them) = if n_zero == 1 {
        ("is", "row", "it")
    } else {
        ("are", "rows", "them")
    };
    let rest = if more > 0 {
        format!(" and {} more", count(more))
    } else {
        String::new()
    };
    format!(
        "Cosine distance compares directions, and {} {have} zero in every feature: {row} {}{rest}. Choose another distance or other features, or leave {them} out.",
        plural(n_zero, "customer", "customers"),
        named.join(", ")
    )
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
