//! What is reached in a linked wasm without passing a gate, as its linker wrote it down (`--emit-relocs`).
//!
//! Calls are only part of it: closures, trait objects and statics hold functions by their slot in the table, and slots and
//! addresses are plain numbers in the code. The linker's relocations name what each of them means.
//! Format: WebAssembly tool conventions, Linking.md, version 2.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasmparser::{
    BinaryReaderError, DataKind, ExternalKind, KnownCustom, Linking, Operator, Parser, Payload,
    RelocationType, SymbolInfo, TypeRef,
};

use crate::Result;
use crate::ranges::{joined, without};

/// What cannot be reached from outside but through a gate.
#[derive(Clone, Debug, Default)]
pub struct Behind {
    /// Names of the functions, the gates among them.
    pub functions: BTreeSet<String>,
    /// Addresses of static data, ascending.
    pub data: Vec<Range<usize>>,
}

/// Static data as they lie in the file.
#[derive(Clone, Debug)]
struct Segment {
    /// Its bytes in the file.
    place: Range<usize>,
    /// Where they come to lie in memory; `None` where that is not a number.
    address: Option<usize>,
}

/// What a reference leads to: a function by its number, or static data by their place in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(u32),
    Data(usize, usize),
}

/// A linked wasm: places are bytes of the file.
#[derive(Debug, Default)]
struct Linked {
    /// Where the content of each section begins.
    sections: Vec<usize>,
    /// How many functions are imported; they are counted first.
    n_imports: u32,
    /// The body of each function.
    bodies: Vec<Range<usize>>,
    /// The segments of data.
    segments: Vec<Segment>,
    /// What is called from outside.
    roots: Vec<Node>,
    /// What each symbol stands for.
    symbols: Vec<Option<Node>>,
    /// The name of each function.
    names: BTreeMap<u32, String>,
    /// Section, place in it and symbol of every reference.
    references: Vec<(usize, usize, usize)>,
}

/// What waits behind gates.
///
/// # Errors
/// When the wasm cannot be read, when its linker did not write down what refers to what, or when a gate is not there.
pub fn behind(linked: &[u8], gates: &[&str]) -> Result<Behind> {
    let linked =
        read(linked).map_err(|error| format!("The linked wasm cannot be read: {error}."))?;
    if linked.references.is_empty() || linked.names.is_empty() {
        return Err("The linker did not write down what refers to what (--emit-relocs).".into());
    }
    let closed: BTreeSet<u32> = linked
        .names
        .iter()
        .filter(|(_, name)| gates.iter().any(|gate| demangled(name).contains(gate)))
        .map(|(&function, _)| function)
        .collect();
    for gate in gates {
        if !closed
            .iter()
            .any(|one| demangled(&linked.names[one]).contains(gate))
        {
            return Err(format!(
                "The wasm has no function {gate}, where it is to be cut."
            ));
        }
    }
    let reached = linked.reached(&closed);
    // Names that two functions share count as reached when one of them is.
    let open: BTreeSet<&str> = reached
        .iter()
        .filter_map(|node| match node {
            Node::Function(function) => linked.names.get(function).map(String::as_str),
            Node::Data(..) => None,
        })
        .collect();
    let names = linked.names.values();
    let everything = linked.reached(&BTreeSet::new());
    Ok(Behind {
        functions: names
            .filter(|name| !open.contains(name.as_str()))
            .cloned()
            .collect(),
        data: linked.addresses(&without(&data_of(&everything), &data_of(&reached))),
    })
}

/// The places of the data among some nodes.
fn data_of(nodes: &BTreeSet<Node>) -> Vec<Range<usize>> {
    joined(nodes.iter().filter_map(|node| match *node {
        Node::Data(start, end) => Some(start..end),
        Node::Function(_) => None,
    }))
}

fn demangled(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

impl Linked {
    /// All that is reached from outside without entering a function that is closed.
    fn reached(&self, closed: &BTreeSet<u32>) -> BTreeSet<Node> {
        let references: BTreeMap<usize, &Node> = self
            .references
            .iter()
            .filter_map(|&(section, place, symbol)| {
                let node = self.symbols.get(symbol)?.as_ref()?;
                Some((self.sections.get(section)? + place, node))
            })
            .collect();
        let mut seen = BTreeSet::new();
        let mut next = self.roots.clone();
        while let Some(node) = next.pop() {
            if matches!(&node, Node::Function(function) if closed.contains(function))
                || !seen.insert(node.clone())
            {
                continue;
            }
            let place = match node {
                Node::Function(function) => function
                    .checked_sub(self.n_imports)
                    .and_then(|own| self.bodies.get(own as usize).cloned()),
                Node::Data(start, end) => Some(start..end),
            };
            let within = place.into_iter().flat_map(|place| references.range(place));
            next.extend(within.map(|(_, node)| (*node).clone()));
        }
        seen
    }

    /// Where places of the file come to lie in memory.
    fn addresses(&self, places: &[Range<usize>]) -> Vec<Range<usize>> {
        let of_segments = self.segments.iter().flat_map(|segment| {
            let Segment { place, address } = segment;
            let within = places
                .iter()
                .map(|range| range.start.max(place.start)..range.end.min(place.end));
            let moved = within
                .filter(|range| !range.is_empty())
                .filter_map(|range| {
                    let start = address.as_ref()? + range.start - place.start;
                    Some(start..start + range.len())
                });
            moved.collect::<Vec<_>>()
        });
        joined(of_segments)
    }

    fn symbol(&mut self, symbol: &SymbolInfo) -> Option<Node> {
        match *symbol {
            SymbolInfo::Func { index, name, .. } => {
                if let Some(name) = name {
                    self.names.insert(index, name.to_owned());
                }
                Some(Node::Function(index))
            }
            SymbolInfo::Data { symbol, .. } => {
                let symbol = symbol?;
                let segment = self.segments.get(symbol.index as usize)?;
                let start = segment.place.start + symbol.offset as usize;
                Some(Node::Data(start, start + symbol.size as usize))
            }
            _ => None,
        }
    }
}

fn read(wasm: &[u8]) -> std::result::Result<Linked, BinaryReaderError> {
    let mut linked = Linked::default();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Some((_, range)) = payload.as_section() {
            linked.sections.push(range.start);
        }
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    linked.n_imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        linked.roots.push(Node::Function(export.index));
                    }
                }
            }
            Payload::StartSection { func, .. } => linked.roots.push(Node::Function(func)),
            Payload::CodeSectionEntry(body) => linked.bodies.push(body.range()),
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    let address = match &segment.kind {
                        DataKind::Active { offset_expr, .. } => {
                            match offset_expr.get_operators_reader().read()? {
                                Operator::I32Const { value } => {
                                    Some(value.cast_unsigned() as usize)
                                }
                                _ => None,
                            }
                        }
                        DataKind::Passive => None,
                    };
                    linked.segments.push(Segment {
                        place: segment.range.end - segment.data.len()..segment.range.end,
                        address,
                    });
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(sections) => {
                    for section in sections {
                        if let Linking::SymbolTable(symbols) = section? {
                            for symbol in symbols {
                                let node = linked.symbol(&symbol?);
                                linked.symbols.push(node);
                            }
                        }
                    }
                }
                KnownCustom::Reloc(reloc) => {
                    for entry in reloc.entries() {
                        let entry = entry?;
                        // The number of a type is no symbol.
                        if entry.ty != RelocationType::TypeIndexLeb {
                            let section = reloc.section_index() as usize;
                            linked.references.push((
                                section,
                                entry.offset as usize,
                                entry.index as usize,
                            ));
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(linked)
}
