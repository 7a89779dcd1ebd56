//! Static data, shared out among the halves.

use std::slice::from_ref;

use walrus::ir::Value;
use walrus::{ConstExpr, DataId, DataKind, MemoryId, Module};

use crate::plan::Plan;
use crate::ranges::without;

/// Which half keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    /// All that does not wait.
    First,
    /// All that waits.
    Second,
}

/// A segment of data that fills memory from an address on.
struct Filled {
    id: DataId,
    memory: MemoryId,
    address: usize,
    bytes: Vec<u8>,
}

/// Leaves a half its own data. Data that fill no place in memory by themselves are the first half's.
pub(crate) fn keep(module: &mut Module, plan: &Plan, half: Half) {
    let filled: Vec<Filled> = module.data.iter().filter_map(filled).collect();
    if half == Half::Second {
        let all: Vec<DataId> = module.data.iter().map(walrus::Data::id).collect();
        all.into_iter().for_each(|id| module.data.delete(id));
        let memories = module.memories.iter_mut();
        memories.for_each(|memory| memory.data_segments.clear());
    }
    for Filled {
        id,
        memory,
        address,
        bytes,
    } in filled
    {
        let whole = address..address + bytes.len();
        let early = without(from_ref(&whole), &plan.data);
        let parts = match half {
            Half::First if early == from_ref(&whole) => continue,
            Half::First => {
                module.data.delete(id);
                module.memories.get_mut(memory).data_segments.remove(&id);
                early
            }
            Half::Second => without(from_ref(&whole), &early),
        };
        for part in parts {
            let offset = ConstExpr::Value(Value::I32((part.start as u32).cast_signed()));
            let bytes = bytes[part.start - address..part.end - address].to_vec();
            let id = module.data.add(DataKind::Active { memory, offset }, bytes);
            module.memories.get_mut(memory).data_segments.insert(id);
        }
    }
}

fn filled(data: &walrus::Data) -> Option<Filled> {
    let DataKind::Active { memory, offset } = &data.kind else {
        return None;
    };
    let ConstExpr::Value(Value::I32(offset)) = offset else {
        return None;
    };
    Some(Filled {
        id: data.id(),
        memory: *memory,
        address: offset.cast_unsigned() as usize,
        bytes: data.value.clone(),
    })
}
