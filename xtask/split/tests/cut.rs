//! Both halves together do what the whole module does.

use std::slice::from_ref;

use wasmi::{Caller, Engine, Instance, Linker, Module, Store};

/// Functions that wait are called by name and through the table, and use all that can be shared.
const WHOLE: &str = r#"(module
  (type $unary (func (param i32) (result i32)))
  (import "outside" "hear" (func $hear (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\05")
  (data (i32.const 16) "...........now, and what waits: later later later later later!, and now again")
  (table 4 4 funcref)
  (elem (i32.const 1) func $now::in_table $later::in_table $later::too)
  (global $stack (mut i32) (i32.const 100))
  (func $now::add (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $helper (param i32) (result i32)
    (call $hear (local.get 0))
    (global.set $stack (i32.sub (global.get $stack) (local.get 0)))
    (i32.store (i32.const 4) (global.get $stack))
    (call $now::add (i32.load8_u (i32.const 0)) (local.get 0)))
  (func $later::gate (param i32) (result i32) (i32.mul (call $helper (local.get 0)) (i32.const 2)))
  (func $now::in_table (type $unary) (call $now::add (local.get 0) (i32.const 1)))
  (func $later::in_table (type $unary) (call $helper (i32.const 3)))
  (func $later::out (export "outward") (type $unary) (i32.sub (local.get 0) (i32.const 9)))
  (func $later::too (type $unary)
    (call_indirect (type $unary) (local.get 0) (i32.const 1)))
  (func (export "direct") (type $unary) (call $later::gate (local.get 0)))
  (func (export "through") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 1) (local.get 0)))
  (func (export "stack") (result i32) (i32.add (global.get $stack) (i32.load (i32.const 4)))))"#;

/// Where the data lie that wait.
const LATER: [std::ops::Range<usize>; 2] = [48..62, 64..78];

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// What was heard outside, and a module's instance.
struct Running {
    store: Store<Vec<i32>>,
    instance: Instance,
}

impl Running {
    fn start(wasm: &[u8]) -> Outcome<Self> {
        let engine = Engine::default();
        let mut store = Store::new(&engine, Vec::new());
        let mut linker = Linker::new(&engine);
        linker.func_wrap(
            "outside",
            "hear",
            |mut caller: Caller<'_, Vec<i32>>, word: i32| {
                caller.data_mut().push(word);
            },
        )?;
        let module = Module::new(&engine, wasm)?;
        let instance = linker.instantiate_and_start(&mut store, &module)?;
        Ok(Self { store, instance })
    }

    /// Instantiates the other half with the exports of this one.
    fn join(&mut self, wasm: &[u8]) -> Outcome {
        let mut linker = Linker::new(self.store.engine());
        let exports: Vec<_> = self
            .instance
            .exports(&self.store)
            .map(|export| (export.name().to_owned(), export.into_extern()))
            .collect();
        for (name, item) in exports {
            linker.define(split::FIRST, &name, item)?;
        }
        let module = Module::new(self.store.engine(), wasm)?;
        linker.instantiate_and_start(&mut self.store, &module)?;
        Ok(())
    }

    fn results(&mut self) -> Outcome<(Vec<i32>, Vec<i32>)> {
        let direct = self
            .instance
            .get_typed_func::<i32, i32>(&self.store, "direct")?;
        let through = self
            .instance
            .get_typed_func::<(i32, i32), i32>(&self.store, "through")?;
        let stack = self
            .instance
            .get_typed_func::<(), i32>(&self.store, "stack")?;
        let outward = self
            .instance
            .get_typed_func::<i32, i32>(&self.store, "outward")?;
        let mut results = vec![
            direct.call(&mut self.store, 11)?,
            outward.call(&mut self.store, 40)?,
        ];
        for slot in 1..4 {
            results.push(through.call(&mut self.store, (slot, 20))?);
        }
        results.push(stack.call(&mut self.store, ())?);
        Ok((results, self.store.data().clone()))
    }
}

#[test]
fn both_halves_do_what_the_whole_does() -> Outcome {
    let whole = wat::parse_str(WHOLE)?;
    let expected = Running::start(&whole)?.results()?;
    assert_eq!(expected, (vec![32, 31, 21, 8, 21, 172], vec![11, 3]));
    let (first, second) = split::cut(&whole, |name| name.starts_with("later::"), &LATER)?;
    let mut halves = Running::start(&first)?;
    // Before the second half is there its functions trap, and nothing else does.
    let through = halves
        .instance
        .get_typed_func::<(i32, i32), i32>(&halves.store, "through")?;
    assert_eq!(through.call(&mut halves.store, (1, 20))?, 21);
    assert!(through.call(&mut halves.store, (2, 20)).is_err());
    let direct = halves
        .instance
        .get_typed_func::<i32, i32>(&halves.store, "direct")?;
    assert!(direct.call(&mut halves.store, 11).is_err());
    halves.join(&second)?;
    assert_eq!(halves.results()?, expected);
    Ok(())
}

#[test]
fn data_that_wait_come_with_the_second_half_and_no_others() -> Outcome {
    let whole = wat::parse_str(WHOLE)?;
    let memory = |running: &Running| -> Outcome<Vec<u8>> {
        let memory = running.instance.get_memory(&running.store, "memory");
        let memory = memory.ok_or("no memory")?;
        Ok(memory.data(&running.store)[..128].to_vec())
    };
    let expected = memory(&Running::start(&whole)?)?;
    assert_eq!(&expected[48..78], b"later later later later later!");
    // Shorter data are not worth a segment of their own.
    let data = [LATER.as_slice(), from_ref(&(80..82))].concat();
    let (first, second) = split::cut(&whole, |name| name.starts_with("later::"), &data)?;
    let mut halves = Running::start(&first)?;
    let mut without = expected.clone();
    LATER.into_iter().for_each(|range| without[range].fill(0));
    assert_eq!(memory(&halves)?, without);
    halves.join(&second)?;
    assert_eq!(memory(&halves)?, expected);
    Ok(())
}

#[test]
fn what_only_waiting_functions_use_waits_with_them() -> Outcome {
    let whole = wat::parse_str(WHOLE)?;
    let engine = Engine::default();
    let (first, second) = split::cut(&whole, |name| name.starts_with("later::"), &LATER)?;
    let imports = |wasm: &[u8]| -> Outcome<Vec<String>> {
        let module = Module::new(&engine, wasm)?;
        Ok(module
            .imports()
            .map(|one| format!("{} {:?}", one.module(), one.ty().func().is_some()))
            .collect())
    };
    // The helper went with its callers: what it hears with is lent by the first half.
    assert_eq!(imports(&first)?, ["outside true"]);
    let of_second = imports(&second)?;
    assert!(
        of_second.iter().all(|one| one.starts_with("first")),
        "{of_second:?}"
    );
    assert_eq!(
        of_second.iter().filter(|one| one.ends_with("true")).count(),
        2,
        "hear and add"
    );
    Ok(())
}

#[test]
fn a_table_that_is_filled_otherwise_is_refused() -> Outcome {
    let passive = wat::parse_str("(module (table 1 funcref) (func $f) (elem func $f))")?;
    assert!(split::cut(&passive, |_| true, &[]).is_err());
    let none = wat::parse_str("(module (func (export \"f\")))")?;
    assert!(split::cut(&none, |_| true, &[]).is_err());
    Ok(())
}
