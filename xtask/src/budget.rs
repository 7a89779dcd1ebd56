//! The size of the download, and its limits.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::steps::Result;

/// A part of the download and its limit, in bytes after gzip -9.
struct Budget {
    /// Name of the part.
    name: &'static str,
    /// The build fails above this.
    limit: usize,
    /// The target for the limit; equal to it once reached.
    wanted: usize,
    /// Whether a file of `dist/` belongs to the part.
    holds: fn(&str) -> bool,
}

/// All budgets. A limit is lowered when the download shrinks, and raised only with a reason in the commit.
const BUDGETS: [Budget; 3] = [
    Budget {
        name: "page before its first paint",
        limit: 25_000,
        wanted: 25_000,
        holds: |file| is_page(file) && !file.starts_with("app-"),
    },
    Budget {
        name: "whole page",
        limit: 705_000,
        wanted: 500_000,
        holds: is_page,
    },
    Budget {
        name: "engine",
        limit: 1_073_000,
        wanted: 700_000,
        holds: |file| file.starts_with("engine"),
    },
];

fn is_page(file: &str) -> bool {
    let is_loaded = [".html", ".css", ".js", ".wasm"]
        .iter()
        .any(|ending| file.ends_with(ending));
    is_loaded && !file.starts_with("engine") && file != "404.html"
}

/// Prints the sizes of a build and their budgets; the error names every part that is too large.
pub(crate) fn check(dist: &Path) -> Result {
    let files = compressed(dist)?;
    let mut failures = Vec::new();
    for budget in &BUDGETS {
        let size = size_of(budget, &files);
        println!("   {}", line(budget, size));
        if size == 0 || size > budget.limit {
            failures.push(line(budget, size));
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(format!(
        "The download is outside its budget (xtask/src/budget.rs): {}.",
        failures.join("; ")
    ))
}

/// The sizes for the benchmark: `name=bytes`, separated by semicolons.
pub(crate) fn sizes(dist: &Path) -> Result<String> {
    let files = compressed(dist)?;
    let pairs = BUDGETS
        .iter()
        .map(|budget| format!("{}={}", budget.name, size_of(budget, &files)));
    Ok(pairs.collect::<Vec<_>>().join(";"))
}

fn size_of(budget: &Budget, files: &[(String, usize)]) -> usize {
    let held = files.iter().filter(|(name, _)| (budget.holds)(name));
    held.map(|(_, size)| size).sum()
}

fn line(budget: &Budget, size: usize) -> String {
    let wanted = if budget.wanted < budget.limit {
        format!(", wanted {} KB", budget.wanted / 1000)
    } else {
        String::new()
    };
    format!(
        "{}: {:.1} KB gzip of {} KB{wanted}",
        budget.name,
        size as f64 / 1000.0,
        budget.limit / 1000
    )
}

/// Every file of a folder with its size after gzip -9.
fn compressed(folder: &Path) -> Result<Vec<(String, usize)>> {
    let unreadable = |error: std::io::Error| format!("{}: {error}.", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if !path.is_file() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push((name.into_owned(), gzip(&path)?));
    }
    Ok(files)
}

fn gzip(path: &Path) -> Result<usize> {
    let failed = |error: std::io::Error| format!("gzip of {}: {error}.", path.display());
    let content = std::fs::read(path).map_err(failed)?;
    let mut process = Command::new("gzip")
        .arg("-9c")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let input = process.stdin.take();
    // A separate thread writes: otherwise a full pipe on either side would block both.
    let writer =
        std::thread::spawn(move || input.map_or(Ok(()), |mut input| input.write_all(&content)));
    let output = process.wait_with_output().map_err(failed)?;
    match writer.join() {
        Ok(Ok(())) if output.status.success() => Ok(output.stdout.len()),
        Ok(Err(error)) => Err(failed(error)),
        _ => Err(format!("gzip of {} failed.", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::{BUDGETS, check, size_of};

    fn parts(file: &str) -> Vec<&'static str> {
        let held = BUDGETS.iter().filter(|budget| (budget.holds)(file));
        held.map(|budget| budget.name).collect()
    }

    #[test]
    fn every_file_counts_where_it_is_loaded() {
        let [first, page, engine] = BUDGETS.map(|budget| budget.name);
        for file in ["index.html", "boot-1.js", "base-1.css"] {
            assert_eq!(parts(file), [first, page], "{file}");
        }
        assert_eq!(parts("app-1_bg.wasm"), [page]);
        assert_eq!(parts("app-1.js"), [page]);
        assert_eq!(parts("engine.js"), [engine]);
        assert_eq!(parts("engine_bg.wasm"), [engine]);
        assert_eq!(parts("404.html"), [""; 0]);
        assert_eq!(parts(".nojekyll"), [""; 0]);
    }

    #[test]
    fn no_limit_is_below_what_is_wanted() {
        assert!(BUDGETS.iter().all(|budget| budget.wanted <= budget.limit));
    }

    #[test]
    fn a_build_above_its_budget_fails_with_the_part_and_its_size() {
        let folder = std::env::temp_dir().join(format!("budget-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["index.html", "app-1_bg.wasm", "engine.js"] {
            std::fs::write(folder.join(name), "small").unwrap();
        }
        assert_eq!(check(&folder), Ok(()));
        // A generator with a long period: gzip cannot compress this.
        let mut state = 1_u64;
        let too_large = BUDGETS[2].limit + 10_000;
        let noise: Vec<u8> = (0..too_large)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 32) as u8
            })
            .collect();
        std::fs::write(folder.join("engine_bg.wasm"), noise).unwrap();
        let error = check(&folder).unwrap_err();
        assert!(
            error.contains(&format!("engine: {}.", too_large / 1_000)) && !error.contains("page"),
            "{error}"
        );
        // A build without its engine fails.
        std::fs::remove_file(folder.join("engine_bg.wasm")).unwrap();
        std::fs::remove_file(folder.join("engine.js")).unwrap();
        assert!(check(&folder).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(size_of(&BUDGETS[2], &[("engine.js".into(), 7)]), 7);
    }
}
