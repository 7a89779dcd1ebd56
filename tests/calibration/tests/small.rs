//! Every experiment in a small form: a share may miss what is wanted by chance alone, three standard errors.

use std::thread;

use calibration::{EXPERIMENTS, Experiment};

#[test]
fn every_share_is_what_is_wanted_within_chance() {
    let only = std::env::var("SEAMLINE_EXPERIMENT").ok();
    let asked = |name: &str| only.as_ref().is_none_or(|only| only == name);
    thread::scope(|scope| {
        for experiment in EXPERIMENTS.iter().filter(|it| asked(it.name)) {
            scope.spawn(|| hold(experiment));
        }
    });
}

fn hold(experiment: &Experiment) {
    let section = (experiment.run)(experiment.small);
    println!("{section}");
    for row in &section.rows {
        assert!(row.holds(), "{}: {row:?}", section.title);
    }
}
