//! The build tools in `.tools/`, in pinned versions: prebuilt if available, otherwise compiled.
//!
//! - Trunk builds and hashes the page. It uses a tool in the path only if it has exactly the required version.
//! - wasm-bindgen CLI must be the same release as the crate; its version is read from `Cargo.lock`.
//! - wasm-opt (Binaryen) saves a fifth of the download; old releases make a page that crashes.
//! - cargo-deny checks licences and sources of dependencies.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::{Result, root, run};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132";
const CARGO_DENY: &str = "0.20.2";
const TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the tools.
pub(crate) fn folder() -> PathBuf {
    root().join(".tools")
}

/// The path with the project's tools first.
pub(crate) fn search_path() -> OsString {
    let own = [
        folder().join("bin"),
        folder().join("binaryen/node_modules/.bin"),
    ];
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&rest))).unwrap_or(rest)
}

/// Installs what is missing; quick if nothing is.
pub(crate) fn ensure() -> Result {
    wasm_target()?;
    trunk()?;
    wasm_bindgen()?;
    wasm_opt()
}

/// Installs the tool that checks dependencies.
pub(crate) fn ensure_deny() -> Result {
    if has("cargo-deny", CARGO_DENY) {
        return Ok(());
    }
    let archive = format!(
        "https://github.com/EmbarkStudios/cargo-deny/releases/download/{CARGO_DENY}/cargo-deny-{CARGO_DENY}-x86_64-unknown-linux-musl.tar.gz"
    );
    if fetch(&archive, &["cargo-deny"]) && has("cargo-deny", CARGO_DENY) {
        return Ok(());
    }
    compile(
        "cargo-deny",
        &format!("cargo-deny@{CARGO_DENY}"),
        &["--no-default-features"],
    )
}

/// Installs what benchmarks compare with, in pinned versions: Python packages, and JavaScript libraries in one module.
pub(crate) fn ensure_peers() -> Result {
    let python = peers().join("python");
    let is_there = |package: &&str| {
        let (name, version) = package.split_once("==").unwrap_or((package, ""));
        let name = name.replace('-', "_");
        python.join(format!("{name}-{version}.dist-info")).exists()
    };
    if !PYTHON_PEERS.iter().all(is_there) {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"])
            .arg(&python)
            .args(PYTHON_PEERS);
        run("Python packages to measure against", &mut pip)?;
    }
    let module = peers().join("peers.js");
    let listed = peers().join("npm.txt");
    let wanted = NPM_PEERS.join("\n");
    if module.exists() && std::fs::read_to_string(&listed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let prefix = peers().join("npm");
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
        .arg(&prefix)
        .args(NPM_PEERS);
    run("JavaScript libraries to measure against", &mut npm)?;
    let entry = prefix.join("peers.js");
    let exports = "export { kmeans } from \"ml-kmeans\";\nexport { agnes } from \"ml-hclust\";\n\
        export { inferSchema, initParser } from \"udsv\";\nexport { default as Papa } from \"papaparse\";\n";
    std::fs::write(&entry, exports).map_err(|error| format!("{}: {error}.", entry.display()))?;
    let mut bundle = Command::new(prefix.join("node_modules/.bin/esbuild"));
    bundle
        .arg(&entry)
        .args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", module.display()));
    run("bundle of the JavaScript libraries", &mut bundle)?;
    std::fs::write(&listed, wanted).map_err(|error| format!("{}: {error}.", listed.display()))
}

/// The folder of the peers.
pub(crate) fn peers() -> PathBuf {
    folder().join("peers")
}

const PYTHON_PEERS: &[&str] = &[
    "fastcluster==1.3.0",
    "numpy==2.4.6",
    "scikit-learn==1.9.1",
    "scipy==1.17.1",
];
const NPM_PEERS: &[&str] = &[
    "esbuild@0.28.2",
    "ml-hclust@4.0.0",
    "ml-kmeans@7.0.1",
    "papaparse@5.7.1",
    "udsv@0.7.3",
];

fn wasm_target() -> Result {
    let sysroot = output("rustc", &["--print", "sysroot"]).unwrap_or_default();
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .exists()
    {
        return Ok(());
    }
    run(
        "wasm target",
        Command::new("rustup").args(["target", "add", TARGET]),
    )
}

fn trunk() -> Result {
    if has("trunk", TRUNK) {
        return Ok(());
    }
    let archive = format!(
        "https://github.com/trunk-rs/trunk/releases/download/v{TRUNK}/trunk-x86_64-unknown-linux-gnu.tar.gz"
    );
    if fetch(&archive, &["trunk"]) && has("trunk", TRUNK) {
        return Ok(());
    }
    // Without default features (TLS, update check), the output is the same and the build takes half as long.
    compile(
        "trunk",
        &format!("trunk@{TRUNK}"),
        &["--no-default-features"],
    )
}

fn wasm_bindgen() -> Result {
    let version = locked_version("wasm-bindgen")?;
    let is_there = || has("wasm-bindgen", &version) && has("wasm-bindgen-test-runner", &version);
    if is_there() {
        return Ok(());
    }
    let archive = format!(
        "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-x86_64-unknown-linux-musl.tar.gz"
    );
    if fetch(&archive, &["wasm-bindgen", "wasm-bindgen-test-runner"]) && is_there() {
        return Ok(());
    }
    compile(
        "wasm-bindgen CLI",
        &format!("wasm-bindgen-cli@{version}"),
        &[],
    )
}

fn wasm_opt() -> Result {
    if has("wasm-opt", BINARYEN) {
        return Ok(());
    }
    let archive = format!(
        "https://github.com/WebAssembly/binaryen/releases/download/version_{BINARYEN}/binaryen-version_{BINARYEN}-x86_64-linux.tar.gz"
    );
    if fetch(&archive, &["wasm-opt"]) && has("wasm-opt", BINARYEN) {
        return Ok(());
    }
    let prefix = folder().join("binaryen");
    let package = format!("binaryen@{BINARYEN}.0.0");
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
        .arg(prefix)
        .arg(package);
    run("wasm-opt", &mut npm)?;
    if has("wasm-opt", BINARYEN) {
        return Ok(());
    }
    Err(format!(
        "wasm-opt {BINARYEN} is missing: install Node.js and npm, from which it is taken."
    ))
}

/// The version of a package in the lock file.
fn locked_version(name: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}."))?;
    let entry = format!("name = \"{name}\"\nversion = \"");
    lock.split_once(&entry)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| format!("Cargo.lock names no version of {name}."))
}

/// Whether a tool in `.tools/` runs and has that version.
fn has(tool: &str, version: &str) -> bool {
    ["bin", "binaryen/node_modules/.bin"].iter().any(|bin| {
        let path = folder().join(bin).join(tool);
        let text = path
            .to_str()
            .and_then(|path| output(path, &["--version"]))
            .unwrap_or_default();
        text.split_whitespace().any(|word| word == version)
    })
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok()
}

/// Unpacks members of a release archive into `.tools/bin`. Fails quickly without a network, and on other systems.
fn fetch(archive: &str, members: &[&str]) -> bool {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return false;
    }
    let unpacked = folder().join("download");
    let bin = folder().join("bin");
    let prepared =
        std::fs::create_dir_all(&unpacked).is_ok() && std::fs::create_dir_all(&bin).is_ok();
    let script =
        "set -o pipefail; curl -fsSL --connect-timeout 5 --max-time 120 \"$0\" | tar -xz -C \"$1\"";
    let mut download = Command::new("bash");
    download
        .args(["-c", script, archive])
        .arg(&unpacked)
        .stderr(Stdio::null());
    let fetched = prepared && download.status().is_ok_and(|status| status.success());
    let mut found = Vec::new();
    collect_files(&unpacked, &mut found);
    let copied = fetched
        && members.iter().all(|member| {
            let source = found
                .iter()
                .find(|path| path.file_name().is_some_and(|name| name == *member));
            source.is_some_and(|source| std::fs::copy(source, bin.join(member)).is_ok())
        });
    // Partial downloads must not be mistaken for a tool later.
    std::fs::remove_dir_all(&unpacked).is_ok() && copied
}

fn collect_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect_files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Compiles a tool without optimisation: the same output, nearly as fast to run, a third of the time to build.
fn compile(what: &str, package: &str, extra: &[&str]) -> Result {
    let mut install = Command::new("cargo");
    install
        .args(["install", "--debug", "--locked", "--force", "--root"])
        .arg(folder())
        .arg("--target-dir")
        .arg(root().join("target/tools"))
        .arg(package)
        .args(extra)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_STRIP", "symbols");
    println!("   {what} is not there; compiling it takes some minutes, once.");
    run(what, &mut install)
}
