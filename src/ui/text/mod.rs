//! Every sentence that people read, on the screen and on the command line.

mod choice;
mod errors;
mod explanation;
mod models;
mod numbers;
mod reality;
mod warnings;

pub use choice::choice_words;
pub use errors::{
    FOLDER_DROPPED, LINK_DROPPED, NO_ENGINE, NO_FILE_DROPPED, SEVERAL_FILES_DROPPED,
    engine_stopped, error_sentence, stage_words,
};
pub use explanation::{DIFFERENCE_TIP, difference_words, explanation_sentence};
pub use models::{
    all_models, centres_name, centres_tip, covariance_name, covariance_tip, linkage_name,
    linkage_tip, metric_name, metric_tip, model_name,
};
pub use numbers::{compact, count, editable, fixed, percent, plural, separation, size};
pub use reality::{
    jaccard_words, noise_sentence, null_row, null_tip, p_value, starts_sentence, verdict,
    verdict_note, verdict_sentence,
};
pub use warnings::warning_sentence;
