//! Every sentence that people read, on the screen and on the command line.

mod advice;
mod bar;
mod charts;
mod choice;
mod claims;
mod customer;
mod decimal;
mod decisions;
mod errors;
mod explanation;
mod filters;
mod formats;
mod keep;
mod list;
mod models;
mod numbers;
mod plots;
mod project;
mod rail;
pub mod reading;
mod reality;
pub mod review;
mod screens;
mod segments;
mod separation;
mod steps;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod variants;
mod warnings;
mod what_if;

pub use advice::{
    NoAdvice, advice_source, contested_sentence, gain_rows, no_advice_sentence, rule_words,
    test_sentence,
};
pub use bar::{
    CANCEL, CLOSE_MESSAGE, NOTHING_TO_REDO, NOTHING_TO_UNDO, SAVE, SAVE_KEYS, SAVE_TIP, STARTING,
};
pub use charts::{
    NUMBER_OF_SEGMENTS, SHOW_AS_TABLE, SILHOUETTE, SILHOUETTES, cell_words, chart_words,
    quantity_words,
};
pub use choice::{choice_words, silhouettes_words};
pub use claims::{claim_sentence, evidence_sentence, finding_note, finding_words, says_words};
pub use customer::{
    cause_words, change_words, joining_sentence, margin_sentence, no_change_words, refit_words,
    silhouette_words, votes_words,
};
pub use decisions::decision_sentence;
pub use errors::{
    ASK_AGAIN, CANCELLED, ENGINE_BROKEN, ENGINE_OF_ANOTHER_BUILD, ENGINE_STOPPED,
    ENGINE_STOPPED_AT_WORK, ENGINE_STOPPED_ONCE, FIT_AGAIN, FITTING, FOLDER_DROPPED, LINK_DROPPED,
    NO_ADVICE_YET, NO_ENGINE, NO_FILE_DROPPED, NOT_FITTED, SEVERAL_FILES_DROPPED, STOPPED,
    error_sentence, failed_sentence, going_on_words, not_possible_sentence, silence_words,
    stage_words,
};
pub use explanation::{
    DIFFERENCE_TIP, INDICES_TIP, difference_words, explanation_sentence, indices_sentence,
    votes_sentence,
};
pub use filters::{
    ADD_FILTER, ADD_FILTER_FIRST, FILTERS, RANGE_TO, REMOVE, SHOW_EVERYONE, band_name, band_tip,
    bands_label, bands_title, field_label, field_tip, filter_label, largest_label, smallest_label,
};
pub use formats::{NO_RESULT_YET, format_name, format_tip, unknown_evidence_sentence};
pub use keep::{
    FORGET, KEEP_LABEL, KEEP_TITLE, go_on_words, keep_choice_name, keep_choice_sentence,
    keep_sentence, kept_sentence, kept_words, letting_go_words, waits_words,
};
pub use list::{
    KEEPS_COLUMN, LIST_LABEL, LIST_MODES_LABEL, LIST_SCOPES_LABEL, MISMATCHED_TIP, PERSON_COLUMN,
    SHOW_NEXT_COLUMNS, TIMES_COLUMN, columns_left_out, columns_out_of_sight, empty_list_sentence,
    list_mode_name, list_scope_name, list_title, times_words,
};
pub use models::{
    NO_SEGMENT, all_models, centres_name, centres_tip, covariance_name, covariance_tip,
    linkage_name, linkage_tip, metric_name, metric_tip, model_name, model_tip, option_name,
    option_tip,
};
pub use numbers::{
    all_digits, compact, count, editable, editable_exact, fixed, percent, plural, size, tick_words,
    with_unit,
};
pub use plots::{
    ACROSS, CLEAR, CLEAR_KEY, ELLIPSES_TIP, Lines, MODEL, Mean, SHOW_RESULT, UP, customer_title,
    legend_label, legend_size, legend_tip, lines_note, plot_label, row_name, selection_words,
    value_words,
};
pub use project::{PROJECT_WAITS, project_sentence, project_waits_sentence};
pub use rail::{
    ADD_DERIVED, ADD_FEATURE, ALL_CRITERIA, CENTRES_LABEL, CRITERIA, CriterionHead, DATA, DERIVED,
    EDIT_COLUMNS, EUCLIDEAN_ONLY, FEATURES, FIRST_COLUMN, Form, KIND, LINKAGE_LABEL,
    MEAN_SILHOUETTE_TIP, METRIC_LABEL, MODELS_TITLE, NEW_FEATURE, ONE_FEWER, ONE_MORE,
    OTHER_NUMBERS, OWN_NUMBER_LABEL, OWN_NUMBER_TIP, SAME_NUMBER, SCALING, SECOND_COLUMN, SETTINGS,
    SHAPE_LABEL, TWO_MODELS, customers_used, features_used, form_name, gap_with_error,
};
pub use reality::{
    jaccard_words, noise_sentence, null_row, null_tip, p_value, starts_sentence, verdict,
    verdict_note, verdict_sentence, withheld_words,
};
pub use screens::{page_title, screen_name};
pub use segments::{
    capitalised, difference_to_everyone, members_words, number_tip, profile_sentence,
    segment_letter, segment_names, segment_words, share_tip, short,
};
pub use separation::separation;
pub use steps::{redo_words, step_words, undo_words};
pub use warnings::warning_sentence;
pub use what_if::{against_name, features_words, scaling_name, tried_tip, what_if_sentence};
