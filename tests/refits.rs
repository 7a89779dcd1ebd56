//! Undo and redo over refits, the project file and the command line: the same numbers and letters to the bit.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "support/decisions.rs"]
mod decisions;

use std::process::Command;
use std::sync::Arc;

use decisions::random_decision;
use seamline::cluster::ModelKey;
use seamline::demo::DemoFile;
use seamline::engine::Engine;
use seamline::export::EvidenceSet;
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::result::{Comparison, Dataset};
use seamline::session::{Change, Decision, Gesture, History, Known, OfferNumber, Project, Session};
use seamline::table::ReadOptions;

fn imported(demo: DemoFile, reading: &ReadOptions) -> (Engine, Dataset) {
    let mut engine = Engine::default();
    let dataset = import(&mut engine, demo, reading);
    (engine, dataset)
}

fn import(engine: &mut Engine, demo: DemoFile, reading: &ReadOptions) -> Dataset {
    let (name, bytes) = (demo.file_name(), demo.generate());
    let read = engine.import(name, &mut bytes.as_slice(), reading, &mut |_, _| ());
    read.unwrap()
}

/// Everything in a result, with the bits of floats.
fn bits(comparison: &Comparison) -> (String, Vec<Vec<u32>>, Vec<u64>) {
    let labels = comparison.models().map(|it| comparison.labels(it).to_vec());
    let certainty = comparison.models.iter().flat_map(|it| &it.certainty);
    (
        serde_json::to_string(comparison).unwrap(),
        labels.collect(),
        certainty.map(|x| x.to_bits()).collect(),
    )
}

/// A page, with the results it has shown for each session.
struct Walk {
    demo: DemoFile,
    engine: Engine,
    dataset: Dataset,
    history: History,
    shown: Arc<Comparison>,
}

impl Walk {
    fn new(demo: DemoFile) -> Self {
        let (mut engine, dataset) = imported(demo, &ReadOptions::default());
        let session = Session::for_dataset(&dataset);
        let shown = engine.compare(session.fit_settings(), &mut |_, _| ());
        Self {
            demo,
            shown: shown.unwrap(),
            history: History::new(session),
            engine,
            dataset,
        }
    }

    /// Decides, and fits if needed; `false` if the decision is impossible or the models cannot be fitted.
    fn decide(&mut self, decision: Decision) -> bool {
        let now = match &decision {
            Decision::ReadAgain(reading) => imported(self.demo, reading).1,
            _ => self.dataset.clone(),
        };
        let known = Known {
            dataset: &now,
            before: Some(&self.dataset),
            identity: Some(&self.shown.identity),
            n_clusters: Some(self.shown.n_clusters),
        };
        let Ok(change) = self.history.decide(decision, &known, Gesture::Whole) else {
            return false;
        };
        if !self.follow(&change) {
            let change = self.history.undo().unwrap();
            assert!(self.follow(&change));
            return false;
        }
        true
    }

    /// Reads and fits as a change requires.
    fn follow(&mut self, change: &Change) -> bool {
        if change.needs_reading() {
            let reading = &change.after.settings.reading;
            self.dataset = import(&mut self.engine, self.demo, reading);
        }
        if !change.needs_fit() {
            return true;
        }
        let found = self
            .engine
            .compare(change.after.fit_settings(), &mut |_, _| ());
        found.map(|found| self.shown = found).is_ok()
    }

    fn undo(&mut self) -> bool {
        let change = self.history.undo();
        change.is_some_and(|change| self.follow(&change))
    }

    fn redo(&mut self) -> bool {
        let change = self.history.redo();
        change.is_some_and(|change| self.follow(&change))
    }
}

#[test]
fn results_come_back_to_the_bit_when_decisions_are_undone_and_redone() {
    let demo = DemoFile::MallVisitors;
    for seed in [5, 6, 7] {
        let mut walk = Walk::new(demo);
        let mut rng = Rng::new(seed);
        let mut stops = vec![bits(&walk.shown)];
        let mut n_readings = 0;
        while stops.len() <= 40 {
            let session = Arc::clone(walk.history.session());
            let decision = random_decision(&session, &walk.dataset, &mut rng);
            let reads = matches!(decision, Decision::ReadAgain(_));
            let n_steps = walk.history.n_steps().0;
            if walk.decide(decision) && walk.history.n_steps().0 > n_steps {
                stops.push(bits(&walk.shown));
                n_readings += usize::from(reads);
            }
        }
        let different: std::collections::BTreeSet<_> = stops.iter().collect();
        assert!(
            different.len() > 5 && n_readings > 0,
            "{} results",
            different.len()
        );
        for (at, stop) in stops.iter().enumerate().rev() {
            assert!(bits(&walk.shown) == *stop, "seed {seed}, undone to {at}");
            assert_eq!(walk.undo(), at > 0);
        }
        for (at, stop) in stops.iter().enumerate() {
            assert!(bits(&walk.shown) == *stop, "seed {seed}, redone to {at}");
            // On any engine, whatever it has fitted before.
            if at % 4 == 0 {
                let settings = walk.history.session().fit_settings();
                let (mut fresh, _) = imported(demo, &settings.reading);
                let fresh = fresh.compare(settings, &mut |_, _| ()).unwrap();
                assert!(bits(&fresh) == *stop, "seed {seed}, fresh at {at}");
            }
            assert_eq!(walk.redo(), at + 1 < stops.len());
        }
    }
}

#[test]
fn letters_stay_with_their_segments_through_a_refit_and_back() {
    let mut walk = Walk::new(DemoFile::MallVisitors);
    let first = walk.shown.clone();
    assert!(walk.decide(Decision::SetNumber(Some(first.n_clusters + 1))));
    let more = walk.shown.labels(ModelKey::K_MEANS).to_vec();
    let before = first.labels(ModelKey::K_MEANS);
    let same = more.iter().zip(before).filter(|(a, b)| a == b).count();
    assert!(same * 2 > more.len(), "{same} of {}", more.len());
    assert!(walk.undo());
    assert_eq!(bits(&walk.shown), bits(&first));
}

#[test]
fn a_number_left_open_stays_open_though_an_older_result_is_on_the_screen() {
    let mut walk = Walk::new(DemoFile::MallVisitors);
    assert!(walk.decide(Decision::SetNumber(Some(3))));
    let fitted = Arc::clone(walk.history.session());
    // Each is decided before the result of the last one arrives.
    for (decision, expected) in [
        (Decision::SetNumber(None), None),
        (Decision::SetScaling(Scaling::None), None),
        (Decision::SetNumber(Some(5)), Some(5)),
        (Decision::SetScaling(Scaling::MinMax), Some(5)),
    ] {
        let now = Arc::clone(walk.history.session());
        let known = Known::of(&walk.dataset).with_result(&walk.shown, &fitted, &now);
        let change = walk.history.decide(decision, &known, Gesture::Whole);
        let settings = &change.unwrap().after.settings;
        assert_eq!(settings.n_clusters, expected);
        assert_eq!(settings.identity.as_ref(), Some(&walk.shown.identity));
    }
    // A known result is recognised.
    let open = Session::default();
    let known = Known::of(&walk.dataset).with_result(&walk.shown, &open, &open);
    assert_eq!(known.n_clusters, Some(walk.shown.n_clusters));
}

#[test]
fn a_project_gives_the_same_report_on_the_command_line_as_its_session_in_the_engine() {
    let demo = DemoFile::MallVisitors;
    let mut walk = Walk::new(demo);
    let a = "Annual Income (k$)".to_owned();
    for decision in [
        Decision::SetNumber(Some(4)),
        Decision::AddFeature(Feature::Log { a }),
        Decision::SetScaling(Scaling::MinMax),
        Decision::RemoveModel(ModelKey::HIERARCHICAL),
        Decision::SetOffer {
            number: OfferNumber::Cost,
            value: 1.25,
        },
    ] {
        let words = format!("{decision:?}");
        assert!(walk.decide(decision), "{words}");
    }
    let session = walk.history.session();
    assert!(session.settings.identity.is_some());
    let project = walk.engine.project(session).unwrap().write().unwrap();
    let folder = std::env::temp_dir().join(format!("seamline-project-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mall.csv"), demo.generate()).unwrap();
    std::fs::write(folder.join("mall.seamline.json"), &project).unwrap();
    let run = |project: &str| {
        Command::new(env!("CARGO_BIN_EXE_seamline"))
            .args([
                "cluster",
                "mall.csv",
                "--project",
                project,
                "--out",
                "r.json",
            ])
            .current_dir(&folder)
            .output()
            .unwrap()
    };
    let output = run("mall.seamline.json");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let written = std::fs::read(folder.join("r.json")).unwrap();
    let (mut engine, dataset) = imported(demo, &ReadOptions::default());
    let opened = Project::read(&project).unwrap();
    let mark = engine.project(session).unwrap().data;
    let opened = opened.check(&dataset, &mark.fingerprint).unwrap();
    assert_eq!(opened, **session);
    let report = engine
        .report_of(&opened, &EvidenceSet::all(), &mut |_, _| ())
        .unwrap();
    assert!(serde_json::to_vec_pretty(&report).unwrap() == written);
    assert_eq!(report.advice.unwrap().offer.cost, 1.25);
    // A project of other data gives one sentence, and nothing is written.
    std::fs::remove_file(folder.join("r.json")).unwrap();
    std::fs::write(folder.join("mall.csv"), DemoFile::EvenSpread.generate()).unwrap();
    for (bytes, words) in [
        (
            project.as_slice(),
            "made for sample_mall_visitors.csv with 200 rows",
        ),
        (&project[..project.len() / 2], "ends too early"),
        (b"{}", "no Seamline project"),
    ] {
        std::fs::write(folder.join("p.seamline.json"), bytes).unwrap();
        let output = run("p.seamline.json");
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(
            sentence.contains(words) && sentence.trim().lines().count() == 1,
            "{sentence}"
        );
        assert!(!folder.join("r.json").exists());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
