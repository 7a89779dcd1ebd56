//! What the browser keeps of the session, where the user wants that, and what it kept.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::projects::demo_of;
use crate::session::{DataMark, KeepChoice, KeepError, Kept, Project, Session};
use crate::ui::keep::{self, FileChange, Found};
use crate::ui::state::keeping::{Keep, Keeping, Next};
use crate::ui::state::{AppState, Shared, Source};
use crate::words;
use crate::worker::Request;

impl AppState {
    /// Looks for what was kept. A browser that refuses has kept nothing.
    pub(in crate::ui) fn look_for_kept(self) {
        spawn_local(async move {
            if let Ok(Some(found)) = keep::read().await {
                self.show_kept(found);
            }
        });
    }

    fn show_kept(self, Found { session, file }: Found) {
        let Kept { project, with_data } = match Kept::unpack(&session) {
            Ok(kept) => kept,
            Err(error) => return self.notify(words::keep_sentence(&error)),
        };
        let mark = project.data.clone();
        let can_go_on = file.is_some() || demo_of(&project).is_some();
        if !can_go_on && self.dataset.with_untracked(Option::is_none) {
            self.remember(project.clone(), true);
        }
        let has_file = file.is_some();
        self.sources.update_value(|sources| {
            sources.keeping.file_of = file.is_some().then(|| mark.fingerprint.clone());
            sources.keeping.found = Some((project, file));
        });
        let choice = if with_data {
            KeepChoice::File
        } else {
            KeepChoice::Decisions
        };
        self.signals.keep.set(Keep {
            choice,
            stored: Some((Shared::new(mark), has_file)),
            can_go_on,
        });
    }

    /// Goes on with what was kept.
    pub(in crate::ui) fn go_on(self) {
        let found = self.sources.with_value(|it| it.keeping.found.clone());
        let Some((project, file)) = found else {
            return;
        };
        let name = project.data.name.clone();
        let source = file
            .map(|file| Source::File(name, file))
            .or_else(|| demo_of(&project).map(Source::Demo));
        if let Some(source) = source {
            self.open_project_on(project, source);
        }
    }

    /// Keeps more or less from now on.
    pub(in crate::ui) fn choose_to_keep(self, choice: KeepChoice) {
        if choice == KeepChoice::Nothing {
            return self.forget_everything();
        }
        let has_data = self.dataset.with_untracked(Option::is_some);
        self.sources
            .update_value(|sources| sources.keeping.is_wanted = has_data);
        self.signals.keep.update(|keep| keep.choice = choice);
        if !has_data {
            spawn_local(async move {
                if let Err(error) = keep::probe().await {
                    self.give_up_keeping(&error);
                }
            });
        }
    }

    /// Removes all that is kept.
    pub(in crate::ui) fn forget_everything(self) {
        self.sources.update_value(|sources| {
            let is_writing = sources.keeping.is_writing;
            sources.keeping = Keeping {
                is_writing,
                is_forgotten: is_writing,
                ..Keeping::default()
            };
            sources.waiting.take_if(|waiting| waiting.is_kept);
        });
        self.signals
            .keep
            .update(|keep| keep.choice = KeepChoice::Nothing);
        spawn_local(async move {
            match keep::forget().await {
                Ok(()) => self.signals.keep.set(Keep::default()),
                Err(error) => self.give_up_keeping(&error),
            }
        });
    }

    /// Keeps what is decided now; follows every decision, and nothing that is written.
    pub(in crate::ui) fn keep_up(self, choice: KeepChoice) {
        if choice == KeepChoice::Nothing || self.dataset.with(Option::is_none) {
            return;
        }
        let session = self.session();
        match self.signals.mark.get() {
            Some(mark) => untrack(|| self.keep(session, mark, choice)),
            None => self.ask_quietly(Request::Mark, None),
        }
    }

    /// The engine tells by what the table is known again.
    pub(super) fn show_mark(self, mark: DataMark) {
        let is_its = self.dataset.with_untracked(|dataset| {
            let its = dataset.as_ref();
            its.is_some_and(|it| it.name == mark.name && it.n_rows == mark.n_rows)
        });
        if is_its {
            self.signals.mark.set(Some(Shared::new(mark)));
        }
    }

    fn keep(self, session: Arc<Session>, mark: Shared<DataMark>, choice: KeepChoice) {
        // What is kept of another file gives way to a decision, not to a look.
        let stored = self.signals.keep.with_untracked(|it| it.stored.clone());
        let is_free = stored.is_none_or(|(stored, _)| stored.fingerprint == mark.fingerprint);
        let is_decided = self
            .history
            .with_untracked(|history| history.n_steps() != (0, 0));
        let is_idle = self.sources.try_update_value(|sources| {
            let keeping = &mut sources.keeping;
            if !(is_free || is_decided || keeping.is_wanted) {
                return false;
            }
            let file = match &sources.shown {
                Some(Source::File(_, file)) if choice == KeepChoice::File => Some(file.clone()),
                _ => None,
            };
            keeping.next = Some(Next {
                session,
                mark,
                file,
                choice,
            });
            !std::mem::replace(&mut keeping.is_writing, true)
        });
        if is_idle == Some(true) {
            spawn_local(self.write_all());
        }
    }

    /// Writes what is to be kept until there is nothing newer.
    async fn write_all(self) {
        while let Some(next) = self.next_to_write() {
            if let Err(error) = self.write(next).await {
                self.give_up_keeping(&error);
            }
        }
        self.sources
            .update_value(|sources| sources.keeping.is_writing = false);
    }

    fn next_to_write(self) -> Option<Next> {
        let next = self
            .sources
            .try_update_value(|sources| sources.keeping.next.take());
        next.flatten()
    }

    async fn write(self, next: Next) -> Result<(), KeepError> {
        let Next {
            session,
            mark,
            file,
            choice,
        } = next;
        let kept = Kept {
            project: Project::new(&session, DataMark::clone(&mark)),
            with_data: choice == KeepChoice::File,
        };
        let bytes = kept.pack().ok_or(KeepError::Failed)?;
        let file_of = self.sources.with_value(|it| it.keeping.file_of.clone());
        let is_there = file_of.as_ref() == Some(&mark.fingerprint);
        let has_file = file.is_some();
        let change = match file {
            Some(_) if is_there => FileChange::Stay,
            Some(file) => FileChange::Put(file),
            None => FileChange::Remove,
        };
        let goes_on = self
            .signals
            .keep
            .with_untracked(|keep| keep.stored.is_some());
        keep::write(&bytes, &change, goes_on).await?;
        let is_forgotten = self.sources.try_update_value(|sources| {
            let keeping = &mut sources.keeping;
            if std::mem::take(&mut keeping.is_forgotten) {
                return true;
            }
            keeping.file_of = has_file.then(|| mark.fingerprint.clone());
            keeping.session = Some(session);
            keeping.is_wanted = false;
            keeping.found = None;
            false
        });
        if is_forgotten == Some(true) {
            return keep::forget().await;
        }
        self.signals.keep.update(|keep| {
            keep.stored = Some((mark, has_file));
            keep.can_go_on = false;
        });
        Ok(())
    }

    /// Nothing more is kept, which is said once.
    fn give_up_keeping(self, error: &KeepError) {
        self.sources
            .update_value(|sources| sources.keeping.next = None);
        if *error == KeepError::Forgotten {
            self.sources
                .update_value(|sources| sources.keeping.file_of = None);
            self.signals.keep.set(Keep::default());
        } else {
            self.signals
                .keep
                .update(|keep| keep.choice = KeepChoice::Nothing);
        }
        self.notify(words::keep_sentence(error));
    }
}
