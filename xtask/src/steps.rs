//! The commands, step by step.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::bench::Bench;
use crate::build_name::build_name;
use crate::{browser, budget, tools};

/// The error is a sentence about the step that failed.
pub(crate) type Result<T = ()> = std::result::Result<T, String>;

const WASM: &str = "wasm32-unknown-unknown";

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Runs a command in the project's folder, with the project's tools first in the path.
pub(crate) fn run(what: &str, command: &mut Command) -> Result {
    println!("== {what}");
    let started = Instant::now();
    let status = command
        .current_dir(root())
        .env("PATH", tools::search_path())
        .status();
    match status {
        Ok(status) if status.success() => {
            println!("   {what}: {:.1} s", started.elapsed().as_secs_f64());
            Ok(())
        }
        Ok(status) => Err(format!("{what} failed ({status}).")),
        Err(error) => Err(format!("{what} could not start: {error}.")),
    }
}

/// Cargo with these arguments, separated by spaces.
pub(crate) fn cargo(arguments: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments.split(' '));
    command
}

/// Builds `dist/` for any static host.
pub(crate) fn build() -> Result {
    tools::ensure()?;
    run(
        "release build",
        trunk()?.args(["build", "--release", "--locked"]),
    )?;
    // Snippets would be a second module, which a worker started from one blob cannot load.
    if root().join("dist/snippets").exists() {
        return Err(
            "dist/snippets exists: the worker starts from a single module and cannot import them."
                .into(),
        );
    }
    budget::check(&root().join("dist"))?;
    println!("   dist/ is ready.");
    Ok(())
}

/// Serves the app and prints the address.
pub(crate) fn serve(port: &str) -> Result {
    tools::ensure()?;
    println!("Seamline will be at http://localhost:{port}/ (Ctrl C stops it)");
    run(
        "serve",
        trunk()?.args(["serve", "--release", "--locked", "--port", port]),
    )
}

/// Trunk, with the name of the build in the wasm, and without paths of the building machine.
fn trunk() -> Result<Command> {
    let mut command = Command::new(tools::folder().join("bin/trunk"));
    let home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME"))
        .unwrap_or_default();
    if !home.is_empty() {
        // This variable is added to the flags in .cargo/config.toml; RUSTFLAGS would replace them.
        command.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!("--remap-path-prefix={home}=/build"),
        );
    }
    command.env("SEAMLINE_BUILD", build_name()?);
    command.env_remove("RUSTFLAGS").env_remove("NO_COLOR");
    Ok(command)
}

/// Checks that are quick enough to run while working on a change.
pub(crate) fn check() -> Result {
    plain()?;
    run("unit tests", &mut cargo("test --locked --lib"))?;
    println!("Checked. Before a change lands: cargo xtask test.");
    Ok(())
}

/// Format and native lints.
fn plain() -> Result {
    run("format", &mut cargo("fmt --all --check"))?;
    run(
        "lints, native",
        &mut cargo("clippy --locked --workspace --all-targets -- -D warnings"),
    )
}

/// Licences, sources and versions of all dependencies; only `advisories` needs a database from the network.
pub(crate) fn deny(checks: &[&str]) -> Result {
    tools::ensure_deny()?;
    let mut deny = Command::new(tools::folder().join("bin/cargo-deny"));
    deny.args(["--locked", "check"]).args(checks);
    run("dependencies", &mut deny)
}

/// Makes the figures of `docs/calibration.md`, all sections or those named.
pub(crate) fn calibrate(names: &[&str]) -> Result {
    let program = "run --locked --release --package calibration -- docs/calibration.md";
    run("calibration", cargo(program).args(names))
}

/// Everything that must hold before a change lands.
pub(crate) fn test() -> Result {
    plain()?;
    deny(&["bans", "licenses", "sources"])?;
    run(
        "tests of the automation",
        &mut cargo("test --locked --package xtask"),
    )?;
    run("native tests", &mut cargo("test --locked"))?;
    run(
        "docs",
        cargo("doc --locked --workspace --no-deps --document-private-items")
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    tools::ensure()?;
    let wasm_lints = format!(
        "clippy --locked --target {WASM} --lib --bin app --bin engine --test web -- -D warnings"
    );
    run("lints, wasm", &mut cargo(&wasm_lints))?;
    build()?;
    let driver = browser::ensure()?;
    let wasm_tests = format!("test --locked --target {WASM} --test web");
    run(
        "tests in the browser",
        cargo(&wasm_tests)
            .env("CHROMEDRIVER", &driver)
            // In seconds: one test computes every result of the engine, partly without optimisation.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "900"),
    )?;
    run(
        "end-to-end tests",
        cargo("test --locked --package e2e -- --test-threads=1")
            .env("CHROMEDRIVER", &driver)
            .env("DIST", root().join("dist")),
    )?;
    Bench::smoke().run()?;
    println!("Everything passed.");
    Ok(())
}
