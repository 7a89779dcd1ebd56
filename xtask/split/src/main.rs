//! Runs behind Trunk's build, on what it has put together for `dist/`: cuts the page's wasm in two, makes both halves
//! small, and tells the page their names.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use split::Result;

/// Where the page is cut: what is reached through these functions alone waits. The page calls none of them before the engine
/// has spoken, and that starts behind the second half.
const GATES: [&str; 26] = [
    "seamline::ui::later::screen",
    "seamline::ui::later::go_to",
    "seamline::ui::later::step",
    "seamline::ui::later::on_key",
    "seamline::ui::later::save_menu",
    "seamline::ui::later::export",
    "seamline::ui::later::keep_panel",
    "seamline::ui::later::kept",
    "seamline::ui::later::go_on",
    "seamline::ui::later::look_for_kept",
    "seamline::ui::later::keep_up",
    "seamline::ui::state::later::show",
    "seamline::ui::state::later::cancel",
    "seamline::ui::state::later::open_with_project",
    "seamline::ui::state::later::forget_opening",
    "seamline::ui::state::later::undo_words",
    "seamline::ui::state::later::redo_words",
    "seamline::ui::state::later::sentence",
    "seamline::ui::state::later::reason",
    "seamline::ui::state::derived::facts_of",
    "seamline::ui::state::derived::axes_of",
    "seamline::ui::state::derived::bands_of",
    "seamline::ui::state::derived::proposed_of",
    "seamline::worker::codec::receive_in_page",
    "seamline::worker::codec::kept_table",
    "seamline::worker::codec::packed_table",
];

fn main() -> ExitCode {
    match std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) {
        Some(folder) => match split_page(&folder) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(sentence) => eprintln!("{sentence}"),
        },
        None => eprintln!("Trunk runs this behind its build; `cargo xtask build` runs Trunk."),
    }
    ExitCode::FAILURE
}

fn split_page(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let html = named(std::fs::read_to_string(&index), &index)?;
    let before = between(&html, "name=\"app-wasm\" content=\"./", "\"")?;
    let (whole, linked) = (folder.join(before), linked());
    let wasm = named(std::fs::read(&whole), &whole)?;
    let behind = split::behind(&named(std::fs::read(&linked), &linked)?, &GATES)?;
    let (first, second) = split::cut(&wasm, |name| behind.functions.contains(name), &behind.data)?;
    let (first, second) = (small(folder, &first)?, small(folder, &second)?);
    named(std::fs::remove_file(&whole), &whole)?;
    let hash = hash(&first, &second);
    let names = [
        format!("app-{hash}_bg.wasm"),
        format!("app-{hash}_rest.wasm"),
    ];
    for (name, bytes) in names.iter().zip([&first, &second]) {
        let file = folder.join(name);
        named(std::fs::write(&file, bytes), &file)?;
    }
    let html = retold(&html, before, &names, &first)?;
    named(std::fs::write(&index, html), &index)
}

/// Changes with what is in either half: no copy of an old one in a cache meets a new one.
fn hash(first: &[u8], second: &[u8]) -> String {
    let both = Sha256::new().chain_update(first).chain_update(second);
    let bytes = both.finalize();
    let hash = bytes.iter().take(8);
    let hash = hash.fold(0_u64, |hash, &byte| hash << 8 | u64::from(byte));
    format!("{hash:016x}")
}

/// The page with the names of both halves in place of the name of `before`, and the integrity of the first.
fn retold(html: &str, before: &str, [page, rest]: &[String; 2], first: &[u8]) -> Result<String> {
    let link = format!("href=\"./{before}\"");
    let mut tags = html.split_inclusive('>');
    let tag = tags.find(|tag| tag.contains(&link));
    let integrity = between(tag.unwrap_or_default(), "integrity=\"", "\"")?;
    let of_first = format!("sha384-{}", STANDARD.encode(Sha384::digest(first)));
    let told = format!("name=\"app-rest\" content=\"./{rest}\"");
    Ok(html
        .replace(integrity, &of_first)
        .replace(before, page)
        .replace("name=\"app-rest\" content=\"\"", &told))
}

/// The page as its linker left it, before wasm-bindgen.
fn linked() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let is_release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let profile = if is_release { "web" } else { "debug" };
    target
        .join("wasm32-unknown-unknown")
        .join(profile)
        .join("app.wasm")
}

/// A module made small, without the names.
fn small(folder: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let (large, small) = (folder.join("large.wasm"), folder.join("small.wasm"));
    named(std::fs::write(&large, wasm), &large)?;
    let status = Command::new("wasm-opt")
        .args(["-Oz", "--reorder-functions-by-name", "-o"])
        .args([&small, &large])
        .status();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => return Err(format!("wasm-opt failed ({status}).")),
        Err(error) => {
            return Err(format!(
                "wasm-opt could not start: {error}. `cargo xtask build` gets it."
            ));
        }
    }
    let bytes = named(std::fs::read(&small), &small)?;
    for file in [large, small] {
        named(std::fs::remove_file(&file), &file)?;
    }
    Ok(bytes)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Result<&'a str> {
    let found = text
        .split_once(start)
        .and_then(|(_, rest)| rest.split_once(end));
    found
        .map(|(found, _)| found)
        .ok_or_else(|| format!("index.html has no {start}…{end}"))
}

fn named<T>(result: std::io::Result<T>, path: &Path) -> Result<T> {
    result.map_err(|error| format!("{}: {error}.", path.display()))
}
