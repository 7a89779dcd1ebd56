//! Projects: saved, read, opened on their data, and remembered until these are there.

use leptos::prelude::*;
use web_sys::Blob;

use crate::demo::DemoFile;
use crate::result::Dataset;
use crate::session::{Decision, Gesture, History, Known, Project, ProjectError, Screen, Session};
use crate::ui::state::AppState;
use crate::ui::state::sources::{On, Opening, Source, Waiting};
use crate::words;
use crate::worker::{ProjectData, Request};

impl AppState {
    /// Reads what was dropped or chosen: a project, or a customer file.
    pub(in crate::ui) fn open_any(self, name: String, file: Blob) {
        if Project::is_named(&name) {
            self.sources.update_value(|sources| sources.beside = None);
            self.ask(Request::ReadProject, Some(file));
        } else {
            self.open_file(name, file);
        }
    }

    /// Reads a project and then the customer file that came with it.
    pub(in crate::ui) fn open_both(self, name: String, file: Blob, project: Blob) {
        if !self.may_let_go() {
            return;
        }
        self.sources
            .update_value(|sources| sources.beside = Some(Source::File(name, file)));
        self.ask(Request::ReadProject, Some(project));
    }

    /// Opens the file that came with a project that cannot be read.
    pub(super) fn open_beside(self) {
        if let Some(source) = self.take_beside() {
            self.begin(source);
        }
    }

    fn take_beside(self) -> Option<Source> {
        let beside = self.sources.try_update_value(|it| it.beside.take());
        beside.flatten()
    }

    /// Opens a project that was read: on the file that came with it, on the one that is open, on the demo file that it was made for, or on the file that comes next.
    pub(super) fn open_project(self, project: Project) {
        if let Some(source) = self.take_beside() {
            return self.open_project_on(project, source);
        }
        let shown = self.dataset.get_untracked();
        let demo = demo_of(&project);
        match (shown, demo) {
            (Some(shown), Some(demo)) if shown.name != project.data.name => {
                if self.may_let_go() {
                    self.open_on(project, On::Other(Source::Demo(demo), false));
                }
            }
            (Some(_), _) => self.open_on(project, On::Shown),
            (None, Some(demo)) => {
                self.open_on(project, On::Other(Source::Demo(demo), false));
            }
            (None, None) => {
                let sentence = words::project_waits_sentence(&project.data);
                self.notify(sentence);
                self.remember(project, false);
            }
        }
    }

    /// Opens a project on a file, whatever is open.
    pub(super) fn open_project_on(self, project: Project, source: Source) {
        self.open_on(project, On::Other(source, true));
    }

    /// The project waits for its file.
    pub(super) fn remember(self, project: Project, is_kept: bool) {
        let waiting = Some(Waiting { project, is_kept });
        self.sources
            .update_value(|sources| sources.waiting = waiting);
    }

    /// Opens a file with the project that waits, unless it can be told that it waits for another.
    pub(in crate::ui) fn open_with_project(self, source: Source) {
        let is_its = |waiting: &Waiting| match &source {
            Source::File(name, _) => !waiting.is_kept || *name == waiting.project.data.name,
            Source::Demo(demo) => demo_of(&waiting.project) == Some(*demo),
        };
        let waiting = self
            .sources
            .try_update_value(|sources| sources.waiting.take_if(|waiting| is_its(waiting)));
        match waiting.flatten() {
            Some(waiting) => self.open_project_on(waiting.project, source),
            None => self.begin(source),
        }
    }

    fn open_on(self, project: Project, on: On) {
        let source = match &on {
            On::Other(source, _) => Some(source.clone()),
            On::Shown => {
                let reading = self
                    .dataset
                    .with_untracked(|shown| shown.as_ref().map(|shown| shown.reading.clone()));
                let is_read_so = reading.as_ref() == Some(project.reading());
                let shown = self.sources.with_value(|sources| sources.shown.clone());
                shown.filter(|_| !is_read_so)
            }
        };
        let (data, file) = match source {
            None => (ProjectData::Table, None),
            Some(Source::File(name, file)) => (ProjectData::File { name }, Some(file)),
            Some(Source::Demo(demo)) => (ProjectData::Demo(demo), None),
        };
        let request = Request::OpenProject {
            data,
            project: Box::new(project.clone()),
        };
        let opening = Some(Opening { project, on });
        self.sources.update_value(|it| it.opening = opening);
        self.ask(request, file);
    }

    /// Shows a project that was opened.
    pub(super) fn show_project(self, dataset: Option<Box<Dataset>>, mut session: Session) {
        let opening = self.sources.try_update_value(|it| it.opening.take());
        let Some(Opening { on, .. }) = opening.flatten() else {
            return;
        };
        let look = &mut session.view.look;
        if look.screen == Screen::Start {
            look.screen = Screen::Data;
        }
        match (on, dataset) {
            (On::Shown, None) => {
                self.decide(Decision::OpenProject(Box::new(session)));
            }
            (On::Shown, Some(dataset)) => {
                let mut history = self.history.get_untracked();
                let decision = Decision::OpenProject(Box::new(session));
                // It was checked where it was opened.
                if history
                    .decide(decision, &Known::of(&dataset), Gesture::Whole)
                    .is_ok()
                {
                    self.sources
                        .update_value(|it| it.asked.clone_from(&it.shown));
                    self.show_read(*dataset, history);
                }
            }
            (On::Other(..), None) => {}
            (On::Other(source, _), Some(dataset)) => {
                self.sources
                    .update_value(|sources| sources.asked = Some(source));
                self.show_read(*dataset, History::new(session));
            }
        }
        self.mark_kept();
    }

    /// A project is not opened: nothing changes but that one for another file waits for its own.
    pub(super) fn refuse_project(self, error: &ProjectError) {
        let opening = self.sources.try_update_value(|it| it.opening.take());
        let is_other = matches!(error, ProjectError::OtherData { .. });
        let sentence = words::project_sentence(error);
        match opening.flatten() {
            Some(Opening {
                project,
                on: on @ (On::Shown | On::Other(_, true)),
            }) if is_other => {
                if let On::Other(source, _) = on {
                    self.begin(source);
                }
                self.notify(format!("{sentence} {}", words::PROJECT_WAITS));
                return self.remember(project, false);
            }
            Some(Opening {
                on: On::Other(source, true),
                ..
            }) => self.begin(source),
            _ => self.open_beside(),
        }
        self.notify(sentence);
    }

    /// The file that a project is opened on cannot be read as the project says.
    pub(in crate::ui) fn forget_opening(self) {
        let opening = self.sources.try_update_value(|it| it.opening.take());
        if let Some(Opening {
            on: On::Other(source, true),
            ..
        }) = opening.flatten()
        {
            self.begin(source);
        }
    }
}

/// The demo file that a project was made for.
pub(super) fn demo_of(project: &Project) -> Option<DemoFile> {
    let mut demos = DemoFile::ALL.into_iter();
    demos.find(|demo| demo.file_name() == project.data.name)
}
