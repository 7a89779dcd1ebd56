//! The two modules of a plan.

use std::collections::BTreeMap;

use walrus::ir::Value;
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportedFunction, LocalId, Module, TableId, passes,
};

use crate::data::{Half, keep};
use crate::plan::{Plan, main_table};
use crate::{FIRST, Result};

/// All but the functions and data that wait; calls of them go through the table.
pub(crate) fn first(mut module: Module, plan: &Plan) -> Result<Vec<u8>> {
    let table = main_table(&module)?;
    // Their slots hold a function that only traps, until the second half fills them.
    let mut absent = FunctionBuilder::new(&mut module.types, &[], &[]);
    absent.func_body().unreachable();
    let absent = absent.finish(vec![], &mut module.funcs);
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            functions
                .iter_mut()
                .filter(|function| plan.later.contains(&function.index()))
                .for_each(|function| *function = absent);
        }
    }
    for gate in ids(&module, |place| plan.gates.contains_key(&place)) {
        call_through(&mut module, gate, table, plan.gates[&gate.index()]);
    }
    grow(&mut module, table, plan);
    keep(&mut module, plan, Half::First);
    for (name, item) in lent(&module, plan) {
        module.exports.add(&name, item);
    }
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// The functions and data that wait, put into their slots and places when it is instantiated; all they need is imported.
pub(crate) fn second(mut module: Module, plan: &Plan) -> Result<Vec<u8>> {
    let table = main_table(&module)?;
    let borrowed = lent(&module, plan);
    clear(&mut module);
    keep(&mut module, plan, Half::Second);
    grow(&mut module, table, plan);
    for (name, item) in borrowed {
        borrow(&mut module, &name, item);
    }
    for (slot, functions) in runs(&module, plan) {
        let offset = ConstExpr::Value(Value::I32((slot as u32).cast_signed()));
        let kind = ElementKind::Active { table, offset };
        let element = module
            .elements
            .add(kind, ElementItems::Functions(functions));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// The functions whose place is wanted.
fn ids(module: &Module, is_wanted: impl Fn(usize) -> bool) -> Vec<FunctionId> {
    let ids = module.funcs.iter().map(walrus::Function::id);
    ids.filter(|id| is_wanted(id.index())).collect()
}

/// Slots that follow each other and hold functions that wait: the first one, and the functions.
fn runs(module: &Module, plan: &Plan) -> Vec<(u64, Vec<FunctionId>)> {
    let later = ids(module, |place| plan.later.contains(&place));
    let by_place: BTreeMap<usize, FunctionId> =
        later.into_iter().map(|id| (id.index(), id)).collect();
    let mut runs: Vec<(u64, Vec<FunctionId>)> = Vec::new();
    for (&slot, place) in &plan.slots {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u64 == slot => run.push(by_place[place]),
            _ => runs.push((slot, vec![by_place[place]])),
        }
    }
    runs
}

/// What the first half lends the second, by name.
fn lent(module: &Module, plan: &Plan) -> Vec<(String, ExportItem)> {
    let functions = ids(module, |place| plan.lent.functions.contains(&place));
    let tables = module.tables.iter().map(walrus::Table::id);
    let globals = module.globals.iter().map(walrus::Global::id);
    let memories = module.memories.iter().map(walrus::Memory::id);
    let functions = functions
        .into_iter()
        .map(|id| (format!("f{}", id.index()), id.into()));
    let tables = tables
        .filter(|id| plan.lent.tables.contains(&id.index()))
        .map(|id| (format!("t{}", id.index()), id.into()));
    let globals = globals
        .filter(|id| plan.lent.globals.contains(&id.index()))
        .map(|id| (format!("g{}", id.index()), id.into()));
    let memories = memories.map(|id| (format!("m{}", id.index()), id.into()));
    functions
        .chain(tables)
        .chain(globals)
        .chain(memories)
        .collect()
}

/// Makes an item an import from the first half.
fn borrow(module: &mut Module, name: &str, item: ExportItem) {
    match item {
        ExportItem::Function(id) => {
            let import = module.imports.add(FIRST, name, id);
            let function = module.funcs.get_mut(id);
            let ty = function.ty();
            if let FunctionKind::Import(before) = &function.kind {
                module.imports.delete(before.import);
            }
            function.kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        ExportItem::Table(id) => {
            module.tables.get_mut(id).import = Some(module.imports.add(FIRST, name, id));
        }
        ExportItem::Global(id) => {
            module.globals.get_mut(id).kind =
                GlobalKind::Import(module.imports.add(FIRST, name, id));
        }
        ExportItem::Memory(id) => {
            module.memories.get_mut(id).import = Some(module.imports.add(FIRST, name, id));
        }
        ExportItem::Tag(_) => {}
    }
}

/// Takes away what only the first half does: being called from outside, and filling the table.
fn clear(module: &mut Module) {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements
        .into_iter()
        .for_each(|id| module.elements.delete(id));
    module
        .tables
        .iter_mut()
        .for_each(|table| table.elem_segments.clear());
}

/// Makes room for the slots of the gates.
fn grow(module: &mut Module, table: TableId, plan: &Plan) {
    let table = module.tables.get_mut(table);
    table.initial = plan.table_size;
    table.maximum = table.maximum.map(|maximum| maximum.max(plan.table_size));
}

/// Gives a function a body that calls what lies in a slot of the table.
fn call_through(module: &mut Module, function: FunctionId, table: TableId, slot: u64) {
    let ty = module.funcs.get(function).ty();
    let (parameters, results) = module.types.params_results(ty);
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let arguments: Vec<LocalId> = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut through = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let mut body = through.func_body();
    for &argument in &arguments {
        body.local_get(argument);
    }
    body.i32_const((slot as u32).cast_signed())
        .call_indirect(ty, table);
    module.funcs.get_mut(function).kind = FunctionKind::Local(through.local_func(arguments));
}
