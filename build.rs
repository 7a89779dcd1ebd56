//! Names the build after its source, so that page and engine know whether they belong together; and lets the linker tell what refers
//! to what in the page's wasm, so that it can be cut in two (`xtask/split`).

use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
    let mut files = vec![PathBuf::from("Cargo.toml"), PathBuf::from("Cargo.lock")];
    for root in ["src", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
    }
    list(Path::new("src"), &mut files)?;
    files.sort();
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for file in &files {
        hash = add(hash, file.to_string_lossy().as_bytes());
        hash = add(hash, &std::fs::read(file)?);
    }
    println!("cargo::rustc-env=SEAMLINE_BUILD={hash:016x}");
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// FNV-1a (Fowler, Noll & Vo).
fn add(hash: u64, bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    bytes.iter().fold(hash, step)
}
