//! Undo and redo over refits, the project file and the command line: the same numbers and letters to the bit.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "support/decisions.rs"]
mod decisions;

use std::process::Command;
use std::sync::Arc;

use decisions::random_decision;
use seamline::cluster::ModelKey;
use seamline::demo::SampleData;
use seamline::engine::Engine;
use seamline::features::{Feature, Scaling};
use seamline::numeric::Rng;
use seamline::result::{Comparison, Dataset};
use seamline::session::{Decision, Gesture, History, Known, OfferNumber, Project, Session};
use seamline::table::ReadOptions;

fn imported(sample: SampleData) -> (Engine, Dataset) {
    let mut engine = Engine::default();
    let bytes = sample.generate();
    let read = engine.import(
        sample.file_name(),
        &mut bytes.as_slice(),
        &ReadOptions::default(),
        &mut |_, _| (),
    );
    (engine, read.unwrap())
}

/// Everything of a result, floats to the bit.
fn bits(comparison: &Comparison) -> (String, Vec<Vec<u32>>, Vec<u64>) {
    let labels = comparison.models().map(|it| comparison.labels(it).to_vec());
    let certainty = comparison.models.iter().flat_map(|it| &it.certainty);
    (
        serde_json::to_string(comparison).unwrap(),
        labels.collect(),
        certainty.map(|x| x.to_bits()).collect(),
    )
}

/// What the screen shows of each session on the way.
struct Walk {
    engine: Engine,
    dataset: Dataset,
    history: History,
    shown: Arc<Comparison>,
}

impl Walk {
    fn new(sample: SampleData) -> Self {
        let (mut engine, dataset) = imported(sample);
        let session = Session::for_dataset(&dataset);
        let shown = engine
            .compare(session.fit_settings(), &mut |_, _| ())
            .unwrap();
        let history = History::new(session);
        Self {
            engine,
            dataset,
            history,
            shown,
        }
    }

    /// Decides, and fits where that is needed; `false` where it is impossible, or the models cannot be fitted so.
    fn decide(&mut self, decision: Decision) -> bool {
        let known = Known {
            identity: Some(&self.shown.identity),
            ..Known::of(&self.dataset)
        };
        let Ok(change) = self.history.decide(decision, &known, Gesture::Whole) else {
            return false;
        };
        if change.needs_fit() && !self.fit() {
            self.history.undo().unwrap();
            return false;
        }
        true
    }

    fn fit(&mut self) -> bool {
        let settings = self.history.session().fit_settings();
        match self.engine.compare(settings, &mut |_, _| ()) {
            Ok(comparison) => {
                self.shown = comparison;
                true
            }
            Err(_) => false,
        }
    }
}

#[test]
fn results_come_back_to_the_bit_when_decisions_are_undone_and_redone() {
    for (sample, seed) in [(SampleData::MallVisitors, 3), (SampleData::MallVisitors, 4)] {
        let mut walk = Walk::new(sample);
        let mut rng = Rng::new(seed);
        let mut stops = vec![bits(&walk.shown)];
        while stops.len() <= 25 {
            let session = Arc::clone(walk.history.session());
            let decision = random_decision(&session, &walk.dataset, &mut rng);
            // The page reads again, and fits anew, in another test.
            let is_fit = !matches!(decision, Decision::ReadAgain(_) | Decision::Look(_));
            let n_steps = walk.history.n_steps().0;
            if is_fit && walk.decide(decision) && walk.history.n_steps().0 > n_steps {
                stops.push(bits(&walk.shown));
            }
        }
        let different: std::collections::BTreeSet<_> = stops.iter().collect();
        assert!(different.len() > 5, "{} results", different.len());
        for (at, stop) in stops.iter().enumerate().rev() {
            assert!(
                walk.fit() && bits(&walk.shown) == *stop,
                "seed {seed}, undone to {at}"
            );
            assert_eq!(walk.history.undo().is_some(), at > 0);
        }
        for (at, stop) in stops.iter().enumerate() {
            // Whoever fits it, and whatever was fitted before.
            let session = walk.history.session().fit_settings();
            let (mut fresh, _) = imported(sample);
            let fresh = fresh.compare(session, &mut |_, _| ()).unwrap();
            assert!(bits(&fresh) == *stop, "seed {seed}, fresh at {at}");
            assert!(
                walk.fit() && bits(&walk.shown) == *stop,
                "seed {seed}, redone to {at}"
            );
            assert_eq!(walk.history.redo().is_some(), at + 1 < stops.len());
        }
    }
}

#[test]
fn letters_stay_with_their_segments_through_a_refit_and_back() {
    let mut walk = Walk::new(SampleData::MallVisitors);
    let first = walk.shown.clone();
    assert!(walk.decide(Decision::SetNumber(Some(first.n_clusters + 1))));
    let more = walk.shown.labels(ModelKey::K_MEANS).to_vec();
    let before = first.labels(ModelKey::K_MEANS);
    let same = more.iter().zip(before).filter(|(a, b)| a == b).count();
    assert!(same * 2 > more.len(), "{same} of {}", more.len());
    walk.history.undo().unwrap();
    assert!(walk.fit());
    assert_eq!(bits(&walk.shown), bits(&first));
}

#[test]
fn a_project_gives_the_same_report_on_the_command_line_as_its_session_in_the_engine() {
    let sample = SampleData::MallVisitors;
    let mut walk = Walk::new(sample);
    let a = "Annual Income (k$)".to_owned();
    for decision in [
        Decision::SetNumber(Some(4)),
        Decision::AddFeature(Feature::Log { a }),
        Decision::SetScaling(Scaling::MinMax),
        Decision::AddModel(ModelKey::GAUSSIAN_MIXTURE),
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
    std::fs::write(folder.join("mall.csv"), sample.generate()).unwrap();
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
    let (mut engine, dataset) = imported(sample);
    let opened = Project::read(&project).unwrap();
    let mark = engine.project(session).unwrap().data;
    let opened = opened.check(&dataset, &mark.fingerprint).unwrap();
    assert_eq!(opened, **session);
    let report = engine.report_of(&opened, &mut |_, _| ()).unwrap();
    assert!(serde_json::to_vec_pretty(&report).unwrap() == written);
    assert_eq!(report.advice.offer.cost, 1.25);
    // A project of other data is one sentence, and nothing is written.
    std::fs::remove_file(folder.join("r.json")).unwrap();
    std::fs::write(folder.join("mall.csv"), SampleData::EvenSpread.generate()).unwrap();
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
