//! Every sentence that people read, on the screen and on the command line.

mod advice;
mod bands;
mod bar;
mod card;
mod charts;
mod choice;
mod claims;
mod customer;
mod decimal;
mod decisions;
mod errors;
mod evidence;
mod explanation;
mod failed;
mod fields;
mod filters;
mod formats;
mod keep;
mod kept_out;
mod list;
mod made;
mod matrix;
mod methods;
mod models;
mod numbers;
mod old;
pub mod orders;
mod plots;
mod profiles;
mod project;
mod rail;
pub mod reading;
mod reading_steps;
mod reality;
mod remarks;
pub mod review;
mod screens;
mod segments;
mod steps;
mod strip;
mod tree;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod variants;
mod visible;
mod warnings;
mod what_if;

pub use advice::{
    ABOUT_SEGMENT, ADVICE_LABEL, CONTESTED_HEADS, ENOUGH_TIP, GainLine, GainRow, NO_PROBABILITY,
    NoAdvice, OTHER_ACTIONS, RECOMMENDATION_FOR, RULES_CAPTION, RULES_LABEL, SHOW_ADVICE_ANYWAY,
    STANDARD_RULES_AGAIN, THE_RULES, USE_THESE_RULES, WHAT_IT_BRINGS, WHICH_OFFER, YOUR_NUMBERS,
    YOUR_NUMBERS_CAPTION, advice_source, contested_action, contested_counted, contested_left_out,
    contested_sentence, gain_rows, no_advice_sentence, offer_number_name, rests_on_words,
    rule_words, test_sentence,
};
pub use bands::{
    ALL_SEGMENTS, BAND_EDGES, BAND_HEADS, BANDS_CAPTION, BANDS_LABEL, BANDS_OF, SHARE_MISMATCHED,
    band_whole_words, no_band_sentence,
};
pub use bar::{
    CANCEL, CLOSE_MESSAGE, NOTHING_TO_REDO, NOTHING_TO_UNDO, SAVE, SAVE_KEYS, SAVE_TIP, STARTING,
};
pub use bar::{FILE_NOT_MADE, engine_awaited_words, file_awaited_words};
pub use card::{FIRST_CARD, FIRST_CARD_KEY, NO_CARD, NO_CARD_LABEL};
pub use charts::{
    NUMBER_OF_SEGMENTS, SHOW_AS_TABLE, SILHOUETTE, SILHOUETTES, cell_words, chart_words,
    quantity_unit, quantity_words,
};
pub use choice::{choice_words, doubt_words, silhouettes_words};
pub use claims::{
    ABOUT_MISMATCHED, CHECK_A_CLAIM, CHECK_THE_CLAIM, CLAIM_COLUMN, CLAIM_GROUP, CLAIM_SAYS,
    CLAIMS_LABEL, HOW_CLAIMS_ARE_JUDGED, Who, claim_sentence, evidence_sentence, finding_note,
    insight_sentence, no_insight_sentence, own_claim_sentence, says_words,
};
pub use customer::{
    ALONE_IN_SEGMENT, CARD_BEFORE, CARD_CLOSE, CARD_HEADING, CARD_LABEL, CARD_NEXT, KEEPS_TIP,
    MAY_CHANGE, MAY_CHANGE_TIP, MODEL_SAYS, PROBABILITIES, SHARED_TIP, SILHOUETTE_TIP,
    SMALLEST_CHANGE, beside_heading, beside_note, card_place, card_votes_sentence, cause_words,
    change_words, changes_caption, joining_sentence, keeps_words, margin_sentence, no_change_words,
    refit_words, shared_words, silhouette_sentence, spread_tip,
};
pub use decisions::decision_sentence;
pub use errors::{
    ASK_AGAIN, CANCELLED, ENGINE_BROKEN, ENGINE_OF_ANOTHER_BUILD, ENGINE_STOPPED,
    ENGINE_STOPPED_AT_WORK, ENGINE_STOPPED_ONCE, FIT_AGAIN, FITTING, FOLDER_DROPPED, LINK_DROPPED,
    NO_ADVICE_YET, NO_ENGINE, NO_FILE_DROPPED, NOT_FITTED, SEVERAL_FILES_DROPPED, STOPPED,
    error_sentence, going_on_words, not_possible_sentence, refused_file_sentence, silence_words,
    stage_words,
};
pub use evidence::{
    Head, NEIGHBOUR_HEADS, NEIGHBOURS, NULL_HEADS, RESAMPLES_TIP, STABILITY, STABILITY_HEAD,
    THE_EVIDENCE, gap_p, gap_words, hopkins_sentence, jaccard_words, judged_sentence,
    noise_sentence, null_row, null_tip, nulls_caption, starts_sentence,
};
pub use explanation::{
    EVERYONE_GROUP, INDICES_TIP, LEAD_LABEL, MISMATCHED_GROUP, NOBODY_MISMATCHED, NOT_A_FEATURE,
    ONE_MODEL, SUMMARY_HEADS, SUMMARY_LABEL, difference_tip, difference_words,
    explanation_sentence, votes_sentence,
};
pub use failed::{USE_TIED, failed_sentence, missing_words, not_fitted_at, offers_tied};
pub use fields::{exact, field_sentence};
pub use filters::{
    ADD_FILTER, ADD_FILTER_FIRST, FILTERS, RANGE_TO, REMOVE, band_name, band_tip, bands_label,
    bands_title, field_label, filter_label, largest_label, smallest_label,
};
pub use formats::{NO_RESULT_YET, format_name, format_tip, unknown_evidence_sentence};
pub use keep::{
    FORGET, KEEP_LABEL, KEEP_TITLE, go_on_words, keep_choice_name, keep_choice_sentence,
    keep_sentence, kept_sentence, kept_words, letting_go_words, waits_words,
};
pub use kept_out::{
    FILTERS_DO, FILTERS_REFIT, FILTERS_SHOW, LEAVE_OUT_CUSTOMER, Shown, TAKE_BACK_CUSTOMER,
    customers_used, kept_out_tip, leave_others_out, leave_these_out, shown_words, take_these_back,
};
pub use list::{
    EmptyList, KEEPS_COLUMN, LIST_LABEL, LIST_MODES_LABEL, LIST_PANEL_LABEL, LIST_SCOPES_LABEL,
    MISMATCHED_TIP, PERSON_COLUMN, SHARED_COLUMN, SHOW_NEXT_COLUMNS, TIMES_COLUMN,
    columns_left_out, columns_out_of_sight, empty_list_sentence, keeps_share_words, list_mode_name,
    list_scope_name, list_title, times_words,
};
pub use made::{short, short_of};
pub use matrix::{
    ALL_TOGETHER, NO_PAIR, SegmentOf, WHERE_MODELS_AGREE, WHICH_TWO_MODELS, matrix_cell_words,
    matrix_note, of_cell_words, pair_words,
};
pub use methods::{
    CLOSE_METHODS, HOW_SIGN, HOW_TIP, METHODS, METHODS_LEAD, METHODS_TITLE, Method, MethodKey,
};
pub use models::{
    COMPARE_SHAPES, COMPARE_SHAPES_TIP, NO_SEGMENT, NO_SEGMENT_COLUMN, SEGMENT_COLUMN,
    SEGMENT_COLUMN_TIP, USE_SHAPE, all_models, centres_name, centres_tip, covariance_name,
    covariance_tip, given_note, given_sentence, linkage_name, linkage_tip, metric_name, metric_tip,
    model_name, model_tip, option_name, option_tip, shapes_sentence,
};
pub use numbers::{
    UnitOf, all_digits, compact, count, entered, fixed, line_number, percent, plural, row_number,
    size, tick_words, value_text, with_unit,
};
pub use old::{OLD_RESULT, OLD_VERDICT};
pub use plots::{
    ACROSS, CLEAR, CLEAR_KEY, ELLIPSES_TIP, Lines, MODEL, Mean, NO_SELECTION, SHOW_RESULT, UP,
    customer_title, legend_label, legend_size, legend_tip, lines_note, plot_label, row_name,
    selection_words, value_words,
};
pub use profiles::{
    PROFILE_HEADS, PROFILES_FROM, PROFILES_LABEL, SHARES, STABILITY_TIP, VALUES, VALUES_NAMES,
    difference_to_everyone, everyone_name, mismatched_row_note, number_tip, pictures_note,
    profile_head_note, profile_sentence, rename_label, share_beside_words, share_tip,
    size_in_words, value_word,
};
pub use project::{PROJECT_WAITS, project_sentence, project_waits_sentence};
pub use rail::{
    ADD_DERIVED, ADD_FEATURE, ALL_CRITERIA, ANY_NUMBER, CENTRES_LABEL, COMPARED_TO, CRITERIA,
    CriterionHead, DATA, DERIVED, EDIT_COLUMNS, EUCLIDEAN_ONLY, FEATURES, FIRST_COLUMN, Form, KIND,
    LINKAGE_LABEL, MEAN_SILHOUETTE_TIP, METRIC_LABEL, MODELS_TITLE, NEW_FEATURE, ONE_FEWER,
    ONE_MORE, OTHER_NUMBERS, OWN_NUMBER_LABEL, OWN_NUMBER_TIP, SAME_NUMBER, SCALING, SECOND_COLUMN,
    SETTINGS, SHAPE_LABEL, TWO_MODELS, UNTIL, UNTIL_TIP, dates_sentence, features_used, form_name,
    gap_with_error, handful_words, leave_out_words, take_back_words, undefined_sentence,
    undefined_words, use_number,
};
pub use reality::{
    VERDICT, VERDICT_IN_WORDS, p_value, p_words, verdict, verdict_note, verdict_sentence,
    verdict_tip, withheld_words,
};
pub use screens::{page_title, screen_name};
pub use segments::{capitalised, members_words, segment_letter, segment_names, segment_words};
pub use steps::{redo_words, undo_words};
pub use strip::{
    AGREEMENT, CUSTOMERS, MATCHED_TIP, MISMATCHED, NOT_COMPARED, SEGMENTS, SEPARATION, STRIP_LABEL,
    agreement_note, agreement_tip, mismatched_note, separation_note, sizes_note,
};
pub use tree::{SPLIT_HEADS, TREE_SPLITS, TREE_TIP, split_row, tree_words};
pub use visible::{
    ALL_CUSTOMERS, NOBODY, SHOW_EVERYONE, mismatched_shown_tip, mismatched_shown_words, part_words,
};
pub use warnings::{missing_sentence, warning_sentence};
pub use what_if::{
    OTHER_SETTINGS_LABEL, WHAT_IF_HEADS, WHAT_IF_SEGMENTS, against_name, cells_sentence,
    features_words, n_segments_words, scaling_name, tried_note, tried_tip, what_if_sentence,
};
