//! Names a build by a hash of its source, so that page and engine can tell whether they belong together.

use std::path::{Path, PathBuf};

use crate::steps::{Result, root};

/// A hash of all sources of page and engine.
pub(crate) fn build_name() -> Result<String> {
    let mut files = vec![root().join("Cargo.toml"), root().join("Cargo.lock")];
    for folder in ["src", "kernels"] {
        list(&root().join(folder), &mut files)?;
    }
    files.sort();
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for file in &files {
        let name = file.strip_prefix(root()).unwrap_or(file);
        hash = add(hash, name.to_string_lossy().as_bytes());
        hash = add(hash, &named(file, std::fs::read(file))?);
    }
    Ok(format!("{hash:016x}"))
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result {
    for entry in named(folder, std::fs::read_dir(folder))? {
        let path = named(folder, entry)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn named<T>(path: &Path, found: std::io::Result<T>) -> Result<T> {
    found.map_err(|error| format!("{}: {error}.", path.display()))
}

/// FNV-1a (Fowler, Noll & Vo).
fn add(hash: u64, bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    bytes.iter().fold(hash, step)
}
