//! The results of a run, and the file that stores them: one line of JSON per recorded run.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use e2e::{Browser, Result};
use serde_json::{Map, Value, json};

/// The main figures of a run, by what was measured and in which unit. Names must not change, so that lines stay comparable.
#[derive(Debug, Default)]
pub(crate) struct Figures(Map<String, Value>);

impl Figures {
    /// Notes a figure; those not measured are left out.
    pub(crate) fn note(&mut self, name: impl Into<String>, value: f64) {
        if value.is_finite() {
            let rounded = (value * 10.0).round() / 10.0;
            self.0.insert(name.into(), json!(rounded));
        }
    }

    /// Notes the sizes of the download, given as `name=bytes`, separated by semicolons.
    pub(crate) fn note_sizes(&mut self, sizes: &str) {
        for (name, bytes) in sizes.split(';').filter_map(|pair| pair.split_once('=')) {
            self.note(
                format!("{name} (bytes, gzip)"),
                bytes.parse().unwrap_or(f64::NAN),
            );
        }
    }

    /// Adds a line to the history.
    pub(crate) async fn record(self, history: &Path) -> Result {
        let browser = Browser::start(800, 600).await?;
        let script = "return navigator.userAgent.match(/Chrom\\S+/)?.[0] ?? navigator.userAgent";
        let name = browser.driver.execute(script, vec![]).await?.json().clone();
        browser.driver.clone().quit().await?;
        // The history itself may contain an uncommitted line.
        let status = [
            "status",
            "--porcelain",
            "--untracked-files=no",
            "--",
            ".",
            ":!docs/benchmark_history.jsonl",
        ];
        let changed = output("git", &status)?;
        let line = json!({
            "date": output("date", &["-u", "+%F"])?,
            "commit": output("git", &["rev-parse", "--short=7", "HEAD"])?,
            "is_changed": !changed.is_empty(),
            "versions": { "seamline": env!("CARGO_PKG_VERSION"), "browser": name, "rustc": output("rustc", &["--version"])? },
            "machine": { "processor": processor(), "cores": std::thread::available_parallelism()?.get() },
            "figures": self.0,
        });
        let mut file = OpenOptions::new().create(true).append(true).open(history)?;
        writeln!(file, "{line}")?;
        println!("recorded in {}", history.display());
        Ok(())
    }
}

/// The median.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The processor's name.
pub(crate) fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    line.unwrap_or("unknown")
        .trim_start_matches(['\t', ' ', ':'])
        .to_owned()
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    if !output.status.success() {
        return Err(format!("{program} failed").into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
