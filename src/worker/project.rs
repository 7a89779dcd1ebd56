//! Projects between the page and the engine: reading and opening.

use super::{Outcome, ProjectData, Request};
use crate::engine::{Engine, OpenError};
use crate::result::{EngineError, Progress};
use crate::session::{MAX_PROJECT_BYTES, Project, ProjectError};
use crate::table::{Source, TableError};

impl Request {
    /// Whether it is answered at once and changes nothing, so that it need not wait.
    pub fn is_quick(&self) -> bool {
        match self {
            Self::Export { format, .. } => !format.needs_result(),
            Self::Mark | Self::ReadProject => true,
            _ => false,
        }
    }

    /// Whether it makes sense only for the table at the time of the request.
    pub fn is_about_table(&self) -> bool {
        match self {
            Self::Fit { .. } | Self::Export { .. } | Self::Mark => true,
            Self::OpenProject { data, .. } => *data == ProjectData::Table,
            _ => false,
        }
    }

    /// Whether it opens a file or a project: only the last such request counts.
    pub fn opens(&self) -> bool {
        matches!(self, Self::ReadProject | Self::OpenProject { .. }) || self.is_import()
    }

    /// Whether it replaces the table.
    pub fn brings_table(&self) -> bool {
        match self {
            Self::OpenProject { data, .. } => *data != ProjectData::Table,
            other => other.is_import(),
        }
    }
}

/// Reads a project from its file, unless the file is larger than any project.
pub(super) fn read_project(file: &mut dyn Source) -> Result<Outcome, EngineError> {
    let n_bytes = file.n_bytes();
    if n_bytes > MAX_PROJECT_BYTES {
        let max = MAX_PROJECT_BYTES;
        return Ok(Outcome::ProjectRefused(ProjectError::TooLarge {
            n_bytes,
            max,
        }));
    }
    let mut bytes = Vec::new();
    file.read(0..n_bytes, &mut bytes)
        .map_err(|_| TableError::Unreadable)?;
    Ok(match Project::read(&bytes) {
        Ok(project) => Outcome::ProjectRead(Box::new(project)),
        Err(error) => Outcome::ProjectRefused(error),
    })
}

/// Opens a project on its data; `file` contains them, if they are in a file.
pub(super) fn open_project(
    engine: &mut Engine,
    data: &ProjectData,
    project: &Project,
    file: Option<&mut dyn Source>,
    progress: &mut Progress,
) -> Result<Outcome, EngineError> {
    let opened = match data {
        ProjectData::Table => engine.open_on_table(project).map(|session| (None, session)),
        ProjectData::File { name } => {
            let file = file.ok_or(TableError::Unreadable)?;
            let opened = engine.open_project(name, file, project, progress);
            opened.map(|(dataset, session)| (Some(Box::new(dataset)), session))
        }
        ProjectData::Demo(demo) => {
            let bytes = demo.generate();
            let name = demo.file_name();
            let opened = engine.open_project(name, &mut bytes.as_slice(), project, progress);
            opened.map(|(dataset, session)| (Some(Box::new(dataset)), session))
        }
    };
    match opened {
        Ok((dataset, session)) => Ok(Outcome::ProjectOpened {
            dataset,
            session: Box::new(session),
        }),
        Err(OpenError::File(error)) => Err(error),
        Err(OpenError::Project(error)) => Ok(Outcome::ProjectRefused(error)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::cluster::ModelKey;
    use crate::demo::DemoFile;
    use crate::export::Format;
    use crate::questions::{AskSweep, Listed};
    use crate::result::{ResultId, Settings};
    use crate::session::{PROJECT_ENDING, Session};
    use crate::table::ReadOptions;
    use crate::worker::carry_out;
    use crate::worker::protocol::comes_back;

    const DEMO: DemoFile = DemoFile::MallVisitors;

    fn ask(engine: &mut Engine, request: Request) -> Outcome {
        carry_out(engine, request, None, &mut |_, _| ()).unwrap()
    }

    fn read(bytes: &[u8]) -> Outcome {
        let mut file = bytes;
        let file = Some(&mut file as &mut dyn Source);
        carry_out(
            &mut Engine::default(),
            Request::ReadProject,
            file,
            &mut |_, _| (),
        )
        .unwrap()
    }

    /// An engine with the demo file, and a project of it, as bytes and decoded.
    fn saved() -> (Engine, Vec<u8>, Box<Project>) {
        let mut engine = Engine::default();
        let options = ReadOptions::default();
        let Outcome::Imported(dataset) = ask(
            &mut engine,
            Request::ImportDemo {
                demo: DEMO,
                options,
            },
        ) else {
            panic!("a demo file is imported");
        };
        let mut session = Session::for_dataset(&dataset);
        session.settings.models.insert(ModelKey::GAUSSIAN_MIXTURE);
        session.names.insert(0, "Savers".into());
        let request = Request::Export {
            session: Box::new(session),
            format: Format::Project,
        };
        let Outcome::Exported(file) = ask(&mut engine, request) else {
            panic!("a project is exported");
        };
        assert_eq!(file.name, format!("sample_mall_visitors{PROJECT_ENDING}"));
        let Outcome::ProjectRead(project) = read(&file.bytes) else {
            panic!("a project is read");
        };
        (engine, file.bytes, project)
    }

    #[test]
    fn a_project_is_opened_on_the_table_on_a_demo_file_and_on_a_file() {
        let (mut engine, bytes, project) = saved();
        let generated = DEMO.generate();
        for (data, is_read) in [
            (ProjectData::Table, false),
            (ProjectData::Demo(DEMO), true),
            (
                ProjectData::File {
                    name: "copy.csv".into(),
                },
                true,
            ),
        ] {
            let request = Request::OpenProject {
                data: data.clone(),
                project: project.clone(),
            };
            assert_eq!(request.brings_table(), is_read);
            let mut file = generated.as_slice();
            let file = Some(&mut file as &mut dyn Source);
            let opened = carry_out(&mut engine, request, file, &mut |_, _| ()).unwrap();
            let Outcome::ProjectOpened { dataset, session } = &opened else {
                panic!("{data:?}: {opened:?}");
            };
            assert_eq!(dataset.is_some(), is_read);
            assert_eq!(session.names[&0], "Savers");
            comes_back(opened);
        }
        comes_back(read(&bytes));
        comes_back(read(&bytes[..99]));
    }

    #[test]
    fn what_is_refused_leaves_the_table_as_it_was() {
        let (mut engine, _, project) = saved();
        let mark = ask(&mut engine, Request::Mark);
        let mut other = b"id,a,b\n1,2,3\n2,4,5\n".as_slice();
        let data = ProjectData::File {
            name: "other.csv".into(),
        };
        let request = Request::OpenProject { data, project };
        let file = Some(&mut other as &mut dyn Source);
        let refused = carry_out(&mut engine, request, file, &mut |_, _| ()).unwrap();
        assert!(
            matches!(
                refused,
                Outcome::ProjectRefused(ProjectError::OtherData { .. })
            ),
            "{refused:?}"
        );
        assert_eq!(ask(&mut engine, Request::Mark), mark);
        let large = vec![b' '; MAX_PROJECT_BYTES + 1];
        assert!(matches!(
            read(&large),
            Outcome::ProjectRefused(ProjectError::TooLarge { .. })
        ));
    }

    #[test]
    fn a_page_and_the_command_line_write_the_same_result() {
        let id = ResultId(7);
        let (mut engine, _, project) = saved();
        let mut session = engine.open_on_table(&project).unwrap();
        // Earlier requests leave no trace: another fit, another sweep.
        let settings = Settings {
            n_clusters: Some(3),
            ..session.settings.clone()
        };
        ask(&mut engine, Request::Fit { id, settings });
        for n_clusters in [None, Some(4)] {
            session.settings.n_clusters = n_clusters;
            let settings = session.settings.clone();
            ask(&mut engine, Request::Fit { id, settings });
            let question = AskSweep.into_any();
            while ask(
                &mut engine,
                Request::Ask {
                    result: id,
                    question: question.clone(),
                },
            ) == Outcome::Unfinished
            {}
            let page = Format::Report.write(&mut engine, &session, &mut |_, _| ());
            let mut fresh = Engine::default();
            let bytes = DEMO.generate();
            fresh
                .import(
                    DEMO.file_name(),
                    &mut bytes.as_slice(),
                    &ReadOptions::default(),
                    &mut |_, _| (),
                )
                .unwrap();
            let alone = Format::Report.write(&mut fresh, &session, &mut |_, _| ());
            assert!(page.unwrap() == alone.unwrap(), "{n_clusters:?}");
        }
    }
}
