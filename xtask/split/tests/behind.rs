//! What is found behind a gate is what nobody needs before it: held to a wasm that the compiler makes here.

use std::path::Path;
use std::process::Command;

use wasmi::{Engine, Instance, Linker, Module, Store};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const GATE: &str = "page::later::gate";

/// The sample, linked with or without what the linker knows.
fn linked(flags: &[&str], name: &str) -> Outcome<Vec<u8>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample/page.rs");
    let wasm = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let status = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args([
            "--edition=2024",
            "--crate-type=cdylib",
            "--target=wasm32-unknown-unknown",
        ])
        .args(["-Copt-level=z", "-Cpanic=abort", "-Ccodegen-units=1"])
        .args(flags)
        .arg("-o")
        .args([&wasm, &source])
        .status()?;
    assert!(status.success());
    Ok(std::fs::read(wasm)?)
}

fn start(store: &mut Store<()>, wasm: &[u8], first: Option<Instance>) -> Outcome<Instance> {
    let mut linker = Linker::new(store.engine());
    let exports: Vec<_> = first
        .iter()
        .flat_map(|first| first.exports(&*store))
        .map(|export| (export.name().to_owned(), export.into_extern()))
        .collect();
    for (name, item) in exports {
        linker.define(split::FIRST, &name, item)?;
    }
    let module = Module::new(store.engine(), wasm)?;
    Ok(linker.instantiate_and_start(store, &module)?)
}

#[test]
fn only_what_nobody_needs_before_the_gate_is_behind_it() -> Outcome {
    let wasm = linked(&["-Clink-arg=--emit-relocs"], "page.wasm")?;
    let behind = split::behind(&wasm, &[GATE])?;
    let is_behind = |part: &str| behind.functions.iter().any(|name| name.contains(part));
    for part in ["4gate", "Chart", "4cube"] {
        assert!(is_behind(part), "{part} in {behind:?}");
    }
    for part in ["Start", "4show", "5twice", "shared", "early"] {
        assert!(!is_behind(part), "{part} in {behind:?}");
    }
    let n_bytes: usize = behind.data.iter().map(ExactSizeIterator::len).sum();
    let of_static = size_of::<[i32; 12]>();
    assert!((of_static..2 * of_static).contains(&n_bytes), "{n_bytes}");
    // Cut there, the first half runs alone up to the gate, and with the second it does what the whole does.
    let mut store = Store::new(&Engine::default(), ());
    let whole = start(&mut store, &wasm, None)?;
    let (first, second) = split::cut(&wasm, |name| behind.functions.contains(name), &behind.data)?;
    let halves = start(&mut store, &first, None)?;
    let call = |store: &mut Store<()>, instance: Instance, name: &str, x: i32| -> Outcome<i32> {
        Ok(instance
            .get_typed_func::<i32, i32>(&*store, name)?
            .call(store, x)?)
    };
    for x in -9..9 {
        let expected = call(&mut store, whole, "early", x)?;
        assert_eq!(call(&mut store, halves, "early", x)?, expected);
    }
    assert!(call(&mut store, halves, "late", 3).is_err());
    start(&mut store, &second, Some(halves))?;
    for x in -9..9 {
        for name in ["early", "late"] {
            let expected = call(&mut store, whole, name, x)?;
            assert_eq!(call(&mut store, halves, name, x)?, expected, "{name} {x}");
        }
    }
    Ok(())
}

#[test]
fn a_wasm_that_tells_too_little_is_refused() -> Outcome {
    let silent = linked(&[], "silent.wasm")?;
    assert!(split::behind(&silent, &[GATE]).is_err_and(|error| error.contains("--emit-relocs")));
    let told = linked(&["-Clink-arg=--emit-relocs"], "told.wasm")?;
    let gone = split::behind(&told, &[GATE, "page::later::door"]);
    assert!(gone.is_err_and(|error| error.contains("page::later::door")));
    Ok(())
}
