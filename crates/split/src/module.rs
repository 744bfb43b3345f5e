//! A module as it was read: its sections by kind, of the shape that rustc and wasm-bindgen write.

use std::collections::HashMap;

use wasmparser::{
    ConstExpr as WrittenExpr, Data, DataKind, Element, ElementItems, ElementKind, Export, ExternalKind, FuncType,
    FunctionBody, Global, Import, KnownCustom, MemoryType, Name, Operator, Parser, Payload, Table, TypeRef, Validator,
};

use crate::Outcome;

/// What is needed of a module. Functions are told by their index: imported ones come first.
#[derive(Default)]
pub(crate) struct Module<'a> {
    pub(crate) types: Vec<FuncType>,
    /// All of them functions.
    pub(crate) imports: Vec<Import<'a>>,
    /// The type of each function, imported ones included.
    pub(crate) type_of: Vec<u32>,
    pub(crate) tables: Vec<Table<'a>>,
    pub(crate) memories: Vec<MemoryType>,
    pub(crate) globals: Vec<Global<'a>>,
    pub(crate) exports: Vec<Export<'a>>,
    pub(crate) elements: Vec<Element<'a>>,
    pub(crate) bodies: Vec<FunctionBody<'a>>,
    pub(crate) n_data: Option<u32>,
    pub(crate) data: Vec<Data<'a>>,
    names: HashMap<u32, &'a str>,
}

impl<'a> Module<'a> {
    /// Reads and validates a module.
    pub(crate) fn read(bytes: &'a [u8]) -> Outcome<Self> {
        Validator::new().validate_all(bytes).map_err(|error| said(&error))?;
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(|error| said(&error))?;
            module.take(payload).map_err(|error| said(&error))?;
        }
        let is_known = |import: &Import<'_>| matches!(import.ty, TypeRef::Func(_));
        match module.imports.iter().find(|import| !is_known(import)) {
            None => Ok(module),
            Some(other) => Err(format!(
                "expected functions as imports, found `{}.{}`",
                other.module, other.name
            )),
        }
    }

    fn take(&mut self, payload: Payload<'a>) -> wasmparser::Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                self.types = section.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(section) => {
                self.imports = section.into_imports().collect::<Result<_, _>>()?;
                let types = self.imports.iter().filter_map(|import| match import.ty {
                    TypeRef::Func(index) => Some(index),
                    _ => None,
                });
                self.type_of = types.collect();
            }
            Payload::FunctionSection(section) => {
                let own: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
                self.type_of.extend(own);
            }
            Payload::TableSection(section) => self.tables = section.into_iter().collect::<Result<_, _>>()?,
            Payload::MemorySection(section) => self.memories = section.into_iter().collect::<Result<_, _>>()?,
            Payload::GlobalSection(section) => self.globals = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ExportSection(section) => self.exports = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ElementSection(section) => self.elements = section.into_iter().collect::<Result<_, _>>()?,
            Payload::DataCountSection { count, .. } => self.n_data = Some(count),
            Payload::DataSection(section) => self.data = section.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.take_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_names(&mut self, names: wasmparser::NameSectionReader<'a>) -> wasmparser::Result<()> {
        for subsection in names {
            if let Name::Function(functions) = subsection? {
                for naming in functions {
                    let naming = naming?;
                    self.names.insert(naming.index, naming.name);
                }
            }
        }
        Ok(())
    }

    pub(crate) fn n_imported(&self) -> u32 {
        count(self.imports.len())
    }

    /// The functions that are not imported, with their bodies.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (u32, &FunctionBody<'a>)> {
        (self.n_imported()..).zip(&self.bodies)
    }

    /// What a function is told by from build to build: a number made of its name, as eight hexadecimal digits. Functions
    /// of one name have one number; nothing for one without a name.
    pub(crate) fn number(&self, function: u32) -> Option<String> {
        let name = lasting(self.names.get(&function)?);
        // The names are long, for they name types. FNV-1a, 32 bits: two names of one number do no harm.
        let number = name.bytes().fold(0x811c_9dc5_u32, |number, byte| {
            (number ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        Some(format!("{number:08x}"))
    }

    pub(crate) fn type_of(&self, function: u32) -> Outcome<u32> {
        let found = usize::try_from(function).ok().and_then(|at| self.type_of.get(at));
        found.copied().ok_or_else(|| format!("function {function} has no type"))
    }

    /// The functions that a body names.
    pub(crate) fn named_in(body: &FunctionBody<'_>) -> Outcome<Vec<u32>> {
        let mut operators = body.get_operators_reader().map_err(|error| said(&error))?;
        let mut named = Vec::new();
        while !operators.eof() {
            match operators.read().map_err(|error| said(&error))? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => named.push(function_index),
                _ => {}
            }
        }
        Ok(named)
    }

    /// The functions in the table of functions, with their places.
    pub(crate) fn in_table(&self) -> Outcome<Vec<(u32, u32)>> {
        let mut found = Vec::new();
        for element in &self.elements {
            let (
                ElementKind::Active {
                    table_index: None | Some(0),
                    offset_expr,
                },
                ElementItems::Functions(functions),
            ) = (&element.kind, &element.items)
            else {
                return Err("expected active elements of the first table".to_owned());
            };
            let first = number_in(offset_expr)?;
            for (place, function) in (first..).zip(functions.clone()) {
                found.push((place, function.map_err(|error| said(&error))?));
            }
        }
        Ok(found)
    }

    /// The data, piece by piece, each with its address.
    pub(crate) fn segments(&self) -> Outcome<Vec<(u32, &'a [u8])>> {
        let segment = |data: &Data<'a>| match &data.kind {
            DataKind::Active {
                memory_index: 0,
                offset_expr,
            } => Ok((number_in(offset_expr)?, data.data)),
            _ => Err("expected data with an address in the first memory".to_owned()),
        };
        self.data.iter().map(segment).collect()
    }

    /// The address of a byte of the data, by its place in the file.
    pub(crate) fn address_of(&self, place: u64) -> Outcome<u32> {
        for ((address, bytes), data) in self.segments()?.into_iter().zip(&self.data) {
            let start = data.range.end - bytes.len() as u64;
            if (start..data.range.end).contains(&place) {
                return Ok(address + u32::try_from(place - start).unwrap_or(u32::MAX));
            }
        }
        Err(format!("no data stands at place {place} of the file"))
    }

    /// The functions that are exported, with their names.
    pub(crate) fn exported(&self) -> impl Iterator<Item = (&'a str, u32)> {
        let functions = self
            .exports
            .iter()
            .filter(|export| matches!(export.kind, ExternalKind::Func));
        functions.map(|export| (export.name, export.index))
    }
}

/// The place of an element or of data.
fn number_in(offset: &WrittenExpr<'_>) -> Outcome<u32> {
    match offset.get_operators_reader().read().map_err(|error| said(&error))? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => Err(format!("expected a number as a place, found {other:?}")),
    }
}

/// A name without what a build makes up: the hashes of crates, and the number of one of several functions of a name.
fn lasting(mangled: &str) -> String {
    let numbered = mangled
        .rsplit_once('.')
        .filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let name = format!(
        "{:#}",
        rustc_demangle::demangle(numbered.map_or(mangled, |(name, _)| name))
    );
    let mut pieces = name.split('[');
    let mut lasting = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(']') {
            Some((hash, after)) if hash.len() > 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                lasting += after;
            }
            _ => {
                lasting.push('[');
                lasting += piece;
            }
        }
    }
    lasting
}

pub(crate) fn said(error: &wasmparser::BinaryReaderError) -> String {
    error.to_string()
}

/// Things of a module are counted in 32 bits.
pub(crate) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
