//! Files to save: each that is asked for comes once, made for what is decided, or is said not to come.

use leptos::prelude::*;

use crate::export::{ExportFile, Format};
use crate::session::Session;
use crate::ui::files;
use crate::ui::state::AppState;
use crate::ui::state::signals::AskedFile;
use crate::words;
use crate::worker::Request;

impl AppState {
    /// Writes a file about what is decided. One about a result that is on its way is written when that is there; asked for twice meanwhile
    /// it is one file. It is saved when it arrives.
    pub(in crate::ui) fn export(self, format: Format) {
        let is_late = format.needs_result() && untrack(|| self.is_stale());
        let session = (!is_late).then(|| Box::new(self.session_for(format)));
        let file = AskedFile { format, session };
        if self.files.with_untracked(|files| files.contains(&file)) {
            return;
        }
        self.signals.files.update(|files| files.push(file.clone()));
        match file.session {
            Some(session) => self.ask(Request::Export { session, format }, None),
            // Whatever the screen, and where no result could be had it is tried again.
            None => self.fit_now(),
        }
    }

    /// The result on the screen is that of what is decided: files that waited for it are made.
    pub(super) fn export_what_waits(self) {
        let files = self.files.get_untracked().into_iter();
        let waiting: Vec<Format> = files
            .filter(|file| file.session.is_none())
            .map(|file| file.format)
            .collect();
        if waiting.is_empty() {
            return;
        }
        if untrack(|| self.is_stale()) {
            return self.fit_now();
        }
        self.drop_files(|file| file.session.is_none());
        waiting.into_iter().for_each(|format| self.export(format));
    }

    /// Files that are no longer made; returns whether there were any.
    pub(super) fn drop_files(self, is_gone: impl Fn(&AskedFile) -> bool) -> bool {
        let before = self.files.with_untracked(Vec::len);
        if before > 0 {
            self.signals
                .files
                .update(|files| files.retain(|file| !is_gone(file)));
        }
        self.files.with_untracked(Vec::len) < before
    }

    /// What is decided now, with the names that segments have on the screen where the file names them.
    fn session_for(self, format: Format) -> Session {
        let mut session = Session::clone(&self.now());
        // A number that was left to the programme is that of the result.
        let fitted = self.signals.fitted.get_untracked();
        if let Some(fitted) = fitted.filter(|_| format.needs_result()) {
            session.settings = fitted.settings.clone();
        }
        if matches!(format, Format::Labelled | Format::Settings) {
            self.proposed.with_untracked(|proposed| {
                for (segment, name) in proposed.iter() {
                    let name = || name.clone();
                    session.names.entry(*segment).or_insert_with(name);
                }
            });
        }
        session
    }

    /// Offers a file for saving.
    pub(super) fn save(self, request: &Request, file: &ExportFile) {
        files::save(file);
        let Request::Export { session, format } = request else {
            return;
        };
        self.forget_file(session, *format);
        if *format == Format::Project {
            let saved = Some(std::sync::Arc::new(Session::clone(session)));
            self.sources.update_value(|sources| sources.kept = saved);
        }
    }

    /// This file is made, or cannot be.
    pub(super) fn forget_file(self, session: &Session, format: Format) {
        self.drop_files(|file| file.format == format && file.session.as_deref() == Some(session));
    }

    /// Says that files are not made, where there were some.
    pub(super) fn say_dropped(self, is_dropped: bool) {
        if is_dropped {
            self.notify(words::FILE_NOT_MADE);
        }
    }
}
