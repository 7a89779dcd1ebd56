//! Every sentence that people read, on the screen and on the command line.

mod advice;
mod card;
mod charts;
mod choice;
mod claims;
mod customer;
mod decisions;
mod errors;
mod explanation;
mod fields;
mod formats;
mod keep;
mod list;
mod models;
mod numbers;
mod old;
mod project;
mod reality;
mod screens;
mod segments;
mod steps;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod variants;
mod visible;
mod warnings;
mod what_if;

pub use advice::{
    NoAdvice, advice_source, contested_sentence, gain_rows, no_advice_sentence, rule_words,
    test_sentence,
};
pub use card::{FIRST_CARD, NO_CARD, NO_CARD_LABEL};
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
    error_sentence, failed_sentence, not_possible_sentence, silence_words, stage_words,
};
pub use explanation::{
    DIFFERENCE_TIP, INDICES_TIP, LEAD_LABEL, difference_words, explanation_sentence,
    indices_sentence, votes_sentence,
};
pub use fields::{exact, field_sentence, handle_words};
pub use formats::{NO_RESULT_YET, format_name, format_tip, unknown_evidence_sentence};
pub use keep::{go_on_words, keep_sentence, kept_words, letting_go_words, waits_words};
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
pub use numbers::{compact, count, fixed, percent, plural, separation, size};
pub use old::{OLD_RESULT, OLD_VERDICT};
pub use project::{PROJECT_WAITS, project_sentence, project_waits_sentence};
pub use reality::{
    jaccard_words, noise_sentence, null_row, null_tip, p_value, starts_sentence, verdict,
    verdict_note, verdict_sentence, withheld_words,
};
pub use screens::{page_title, screen_name};
pub use segments::{
    capitalised, difference_to_everyone, members_words, number_tip, profile_sentence,
    segment_letter, segment_names, segment_words, share_tip, short,
};
pub use steps::{redo_words, step_words, undo_words};
pub use visible::{
    ALL_CUSTOMERS, NOBODY, SHOW_EVERYONE, everyone_words, mismatched_shown_tip,
    mismatched_shown_words, part_words, shown_words,
};
pub use warnings::warning_sentence;
pub use what_if::{against_name, features_words, scaling_name, tried_tip, what_if_sentence};
