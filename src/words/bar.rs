//! The bar at the top and the one of work in hand.

/// Opens the menu of what can be saved.
pub const SAVE: &str = "Save";
/// What that is.
pub const SAVE_TIP: &str = "Save the project, the rows with their segments, or the result";
/// The keys that save the project.
pub const SAVE_KEYS: &str = "Ctrl S";
/// There is no step back.
pub const NOTHING_TO_UNDO: &str = "Nothing to undo";
/// There is no step forth.
pub const NOTHING_TO_REDO: &str = "Nothing to redo";
/// Work that has no stage yet.
pub const STARTING: &str = "Starting";
/// A file that was asked for is not made, since what it was to be about is gone.
pub const FILE_NOT_MADE: &str = "The file that was to be saved is not made: the work that it waited for ended before. Save it again.";
/// The engine is not loaded yet, and a file waits for it.
pub fn engine_awaited_words(file: &str) -> String {
    format!("Loading the engine, then reading {file}")
}
/// A file to save is made after the work in hand.
pub fn file_awaited_words(stage: &str) -> String {
    format!("A file to save is being made. {stage}")
}
/// Ends work in hand, or a form.
pub const CANCEL: &str = "Cancel";
/// Takes a message away.
pub const CLOSE_MESSAGE: &str = "Close this message";
