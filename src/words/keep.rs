//! What the browser keeps, and why it does not.

use super::numbers::plural;
use super::project::project_sentence;
use crate::session::{DataMark, KeepChoice, KeepError};

/// What is kept of which file; absent: nothing.
pub fn kept_words(kept: Option<(&DataMark, bool)>) -> String {
    match kept {
        None => "nothing".into(),
        Some((data, false)) => format!("your decisions on {}", data.name),
        Some((data, true)) => format!("your decisions on {}, and the file", data.name),
    }
}

/// That there is something to go on with.
pub fn kept_sentence(data: &DataMark, with_data: bool) -> String {
    format!("This browser kept {}.", kept_words(Some((data, with_data))))
}

/// The choice how much is kept.
pub const KEEP_TITLE: &str = "Keep in this browser for the next visit";
/// The same for readers.
pub const KEEP_LABEL: &str = "Keep in this browser";
/// Takes away what is kept.
pub const FORGET: &str = "Forget everything";

/// How much is kept.
pub fn keep_choice_name(choice: KeepChoice) -> &'static str {
    match choice {
        KeepChoice::Nothing => "Nothing",
        KeepChoice::Decisions => "Decisions",
        KeepChoice::File => "Decisions and file",
    }
}

/// What follows from keeping so much.
pub fn keep_choice_sentence(choice: KeepChoice) -> &'static str {
    match choice {
        KeepChoice::Nothing => {
            "A reload of this page loses what you decided, unless you save a project."
        }
        KeepChoice::Decisions => {
            "Names, filters, settings and the name of the file stay in this browser, on this computer. The file itself does not."
        }
        KeepChoice::File => {
            "Your decisions and a copy of the file stay in this browser, on this computer, until you forget them."
        }
    }
}

/// What there is to go on with.
pub fn go_on_words(data: &DataMark) -> String {
    format!("Go on with {}", data.name)
}

/// What becomes of decisions that are kept without their file.
pub fn waits_words(data: &DataMark) -> String {
    format!(
        "Your decisions on {} with {} are kept. Open that file, and you go on where you were.",
        data.name,
        plural(data.n_rows, "row", "rows")
    )
}

/// What is asked before another file takes the place of the open one.
pub fn letting_go_words(name: &str) -> String {
    format!("Your decisions on {name} are not saved in a project. Open another file and lose them?")
}

/// Why nothing is kept, or what was kept is of no use, and what can be done.
pub fn keep_sentence(error: &KeepError) -> String {
    match error {
        KeepError::NoStorage => {
            "This browser offers no storage, so nothing is kept. Save a project instead.".into()
        }
        KeepError::Refused => {
            "This browser does not let the page keep anything, as in a private window. Save a project instead.".into()
        }
        KeepError::Blocked => {
            "The storage of this browser does not answer, so nothing new is kept. Close other tabs with Seamline, or save a project instead.".into()
        }
        KeepError::Full => {
            "The storage of this browser is full, so nothing new is kept. Keep the decisions without the file, or save a project instead.".into()
        }
        KeepError::Failed => {
            "The storage of this browser failed, so nothing new is kept. Save a project instead.".into()
        }
        KeepError::Forgotten => {
            "What this browser kept was removed, in another tab or in its settings. Nothing new is kept from here until you choose it again.".into()
        }
        KeepError::OtherVersion => {
            "What this browser kept is of another version of Seamline and is not used. Open a saved project instead.".into()
        }
        KeepError::Broken => {
            "What this browser kept is damaged and is not used. Open a saved project instead.".into()
        }
        KeepError::Project(error) => {
            format!("What this browser kept is not used. {}", project_sentence(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::ProjectError;
    use crate::words::variants::{is_a_sentence, names_all};

    #[test]
    fn every_refusal_has_a_sentence_of_its_own() {
        use KeepError as E;
        let every = [
            E::NoStorage,
            E::Refused,
            E::Blocked,
            E::Full,
            E::Failed,
            E::Forgotten,
            E::OtherVersion,
            E::Broken,
            E::Project(ProjectError::Truncated),
        ];
        names_all(include_str!("../session/kept.rs"), "KeepError", &every);
        let sentences: std::collections::BTreeSet<String> = every
            .iter()
            .map(keep_sentence)
            .inspect(|it| is_a_sentence(it))
            .collect();
        assert_eq!(sentences.len(), every.len());
    }

    #[test]
    fn what_is_kept_is_said() {
        let data = DataMark {
            name: "mall.csv".into(),
            n_rows: 1,
            columns: Vec::new(),
            fingerprint: String::new(),
        };
        assert_eq!(kept_words(None), "nothing");
        assert_eq!(
            kept_words(Some((&data, true))),
            "your decisions on mall.csv, and the file"
        );
        is_a_sentence(&waits_words(&data));
        assert_eq!(go_on_words(&data), "Go on with mall.csv");
    }
}
