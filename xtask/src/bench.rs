//! The benchmark: what it measures, and whether the results are recorded.

use crate::steps::{Result, build, cargo, root, run};
use crate::{browser, budget, tools};

/// A run of the benchmark.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bench {
    /// Whether it measures the page, which needs a new build.
    has_page: bool,
    /// Arguments for the program in tests/bench.
    arguments: Vec<String>,
    /// Whether to add a line to the history.
    is_recorded: bool,
}

impl Bench {
    /// Runs each model once, on little data.
    pub(crate) fn smoke() -> Self {
        Self {
            has_page: false,
            arguments: vec!["--smoke".into()],
            is_recorded: false,
        }
    }

    /// The run for the words after `bench`; `None` if they are invalid.
    pub(crate) fn of(words: &[&str]) -> Option<Self> {
        let is_recorded = words.contains(&"--record");
        let others: Vec<&str> = words
            .iter()
            .copied()
            .filter(|&word| word != "--record")
            .collect();
        let (has_page, arguments): (bool, &[&str]) = match others.as_slice() {
            [] => (true, &[]),
            ["page"] => (true, &["--page"]),
            ["models"] => (false, &["--models"]),
            ["models", name] => (false, &["--models", name]),
            // Its results are not meaningful, so they are never recorded.
            ["smoke"] if !is_recorded => (false, &["--smoke"]),
            _ => return None,
        };
        Some(Self {
            has_page,
            arguments: arguments.iter().map(ToString::to_string).collect(),
            is_recorded,
        })
    }

    /// The profile of the models, that of the program, and the folder of the former. A smoke run takes what the tests have
    /// compiled: it shows that the benchmark runs, and its timings mean nothing.
    fn profiles(&self) -> (&str, &str, &str) {
        if *self == Self::smoke() {
            ("dev", "dev", "debug")
        } else {
            ("web", "release", "web")
        }
    }

    /// Measures in a real Chromium. Timings are printed, never asserted.
    pub(crate) fn run(&self) -> Result {
        if self.has_page {
            build()?;
        }
        tools::ensure_peers()?;
        let (wasm_profile, profile, folder) = self.profiles();
        let wasm = format!(
            "build --locked --profile {wasm_profile} --target wasm32-unknown-unknown --package bench --lib"
        );
        run("models to measure", &mut cargo(&wasm))?;
        let served = root().join("target/bench/served");
        let copied = std::fs::create_dir_all(&served).and_then(|()| {
            let wasm = root().join("target/wasm32-unknown-unknown");
            let wasm = wasm.join(folder).join("bench.wasm");
            std::fs::copy(wasm, served.join("bench.wasm"))?;
            std::fs::copy(tools::peers().join("peers.js"), served.join("peers.js"))?;
            for name in ["index.html", "worker.js"] {
                let source = root().join("tests/bench/page").join(name);
                std::fs::copy(source, served.join(name))?;
            }
            Ok(())
        });
        copied.map_err(|error| {
            format!("The page of the benchmark cannot be put together: {error}.")
        })?;
        let driver = browser::ensure()?;
        let dist = root().join("dist");
        let program = format!("run --locked --profile {profile} --package bench --bin bench --");
        let mut bench = cargo(&program);
        bench
            .args(&self.arguments)
            .env("BENCH", served)
            .env("PEERS", tools::peers().join("python"))
            .env("CHROMEDRIVER", &driver)
            .env("DIST", &dist);
        if self.is_recorded {
            bench.env("HISTORY", root().join("docs/benchmark_history.jsonl"));
            if self.has_page {
                bench.env("SIZES", budget::sizes(&dist)?);
            }
        }
        run("benchmark", &mut bench)
    }
}

#[cfg(test)]
mod tests {
    use super::Bench;

    #[test]
    fn the_words_say_what_is_measured_and_recorded() {
        let bench = |words: &[&str]| Bench::of(words).unwrap();
        assert!(bench(&[]).has_page && !bench(&[]).is_recorded);
        assert!(bench(&["--record"]).has_page && bench(&["--record"]).is_recorded);
        let named = bench(&["models", "Ward", "--record"]);
        assert_eq!(named.arguments, ["--models", "Ward"]);
        assert!(named.is_recorded && !named.has_page);
        assert_eq!(bench(&["smoke"]), Bench::smoke());
        assert_eq!(Bench::of(&["smoke", "--record"]), None);
        assert_eq!(Bench::of(&["page", "twice"]), None);
    }
}
