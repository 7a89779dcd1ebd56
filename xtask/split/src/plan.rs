//! Which functions wait, and what the halves need of each other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, GlobalId, Module, TableId,
};

use crate::Result;

/// Functions, tables and globals by their place in the module: the same in every reading of it.
#[derive(Debug, Default)]
pub struct Plan {
    /// Functions of the second half.
    pub later: BTreeSet<usize>,
    /// Slots of the table and the waiting function in each.
    pub slots: BTreeMap<u64, usize>,
    /// Waiting functions that the first half calls by name or exports, and a slot where it finds them.
    pub gates: BTreeMap<usize, u64>,
    /// How long the table becomes.
    pub table_size: u64,
    /// What the second half borrows from the first.
    pub lent: Uses,
    /// Addresses of the data of the second half, ascending.
    pub data: Vec<Range<usize>>,
}

/// Data that are shorter stay where they are: a segment of their own would take as much.
const SHORT: usize = 12;

/// What functions refer to.
#[derive(Debug, Default)]
pub struct Uses {
    /// Functions that are called or pointed to.
    pub functions: BTreeSet<usize>,
    /// Tables that are called through.
    pub tables: BTreeSet<usize>,
    /// Globals that are read or written.
    pub globals: BTreeSet<usize>,
}

impl Visitor<'_> for Uses {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.functions.insert(function.index());
    }

    fn visit_table_id(&mut self, table: &TableId) {
        self.tables.insert(table.index());
    }

    fn visit_global_id(&mut self, global: &GlobalId) {
        self.globals.insert(global.index());
    }
}

impl Plan {
    /// Sorts the functions of a module.
    ///
    /// # Errors
    /// When there is no one table of functions, or its slots are filled in ways that are not foreseen here.
    pub fn new(
        module: &Module,
        can_wait: impl Fn(&str) -> bool,
        data: &[Range<usize>],
    ) -> Result<Self> {
        let mut uses: BTreeMap<usize, Uses> = BTreeMap::new();
        let mut waiting = BTreeSet::new();
        for (id, function) in module.funcs.iter_local() {
            let mut used = Uses::default();
            dfs_in_order(&mut used, function, function.entry_block());
            uses.insert(id.index(), used);
            if module.funcs.get(id).name.as_deref().is_some_and(&can_wait) {
                waiting.insert(id.index());
            }
        }
        let table = slots(module)?;
        // Whatever can be reached from outside without a function that waits is the first half.
        let mut reached: Vec<usize> = called_from_outside(module)
            .chain(table.values().copied())
            .collect();
        let mut first = BTreeSet::new();
        while let Some(function) = reached.pop() {
            if !waiting.contains(&function) && first.insert(function) {
                reached.extend(
                    uses.get(&function)
                        .into_iter()
                        .flat_map(|uses| &uses.functions),
                );
            }
        }
        let later: BTreeSet<usize> = uses
            .keys()
            .copied()
            .filter(|one| !first.contains(one))
            .collect();
        let long = data.iter().filter(|range| range.len() >= SHORT);
        Ok(Self {
            data: long.cloned().collect(),
            ..Self::of_halves(module, &uses, &first, later, table)?
        })
    }

    fn of_halves(
        module: &Module,
        uses: &BTreeMap<usize, Uses>,
        first: &BTreeSet<usize>,
        later: BTreeSet<usize>,
        table: BTreeMap<u64, usize>,
    ) -> Result<Self> {
        let mut plan = Self {
            table_size: module.tables.get(main_table(module)?).initial,
            slots: table,
            ..Self::default()
        };
        plan.slots.retain(|_, function| later.contains(function));
        let called: BTreeSet<usize> = first
            .iter()
            .filter_map(|function| uses.get(function))
            .flat_map(|uses| &uses.functions)
            .copied()
            .chain(called_from_outside(module))
            .filter(|function| later.contains(function))
            .collect();
        for function in called {
            let slot = plan.table_size;
            plan.table_size += 1;
            plan.slots.insert(slot, function);
            plan.gates.insert(function, slot);
        }
        for used in later.iter().filter_map(|function| uses.get(function)) {
            let functions = used.functions.iter().filter(|one| !later.contains(one));
            plan.lent.functions.extend(functions);
            plan.lent.tables.extend(&used.tables);
            plan.lent.globals.extend(&used.globals);
        }
        plan.lent.tables.insert(main_table(module)?.index());
        plan.later = later;
        Ok(plan)
    }
}

/// The table that calls go through.
pub(crate) fn main_table(module: &Module) -> Result<TableId> {
    let table = module.tables.main_function_table();
    table
        .ok()
        .flatten()
        .ok_or_else(|| "The wasm has no one table of functions.".into())
}

/// What is exported, and what runs at the start.
fn called_from_outside(module: &Module) -> impl Iterator<Item = usize> {
    let exported = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        });
    exported
        .chain(module.start)
        .map(|function| function.index())
}

/// The function in each slot of the table.
fn slots(module: &Module) -> Result<BTreeMap<u64, usize>> {
    let mut slots = BTreeMap::new();
    for element in module.elements.iter() {
        let (ElementItems::Functions(functions), ElementKind::Active { table, offset }) =
            (&element.items, &element.kind)
        else {
            return Err("The table is filled by something else than lists of functions.".into());
        };
        let ConstExpr::Value(Value::I32(offset)) = offset else {
            return Err("The table is filled from a place that is not a number.".into());
        };
        if *table != main_table(module)? {
            return Err("A second table holds functions.".into());
        }
        slots.extend(
            (u64::from(offset.cast_unsigned())..)
                .zip(functions.iter().map(walrus::FunctionId::index)),
        );
    }
    Ok(slots)
}
