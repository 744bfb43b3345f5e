//! Writing again what was read, with functions at other places.

use std::collections::BTreeSet;

use wasm_encoder::reencode::{self, Error, Reencode};
use wasm_encoder::{ConstExpr, ElementSection, Elements, Function, Instruction, MemArg, TypeSection};
use wasmparser::FunctionBody;

use crate::Outcome;
use crate::module::{Module, count};

/// Where each function of the whole stands in a part, and what the bodies written so far may name of the memory.
pub(crate) struct Moved {
    places: Vec<Option<u32>>,
    /// Every number in those bodies that may be an address.
    pub(crate) addresses: BTreeSet<u32>,
}

impl Moved {
    /// Nothing stands anywhere yet.
    pub(crate) fn new(module: &Module<'_>) -> Self {
        Self {
            places: vec![None; module.type_of.len()],
            addresses: BTreeSet::new(),
        }
    }

    /// Every function stands where it stood.
    pub(crate) fn whole(module: &Module<'_>) -> Self {
        let mut moved = Self::new(module);
        (0..count(module.type_of.len())).for_each(|function| moved.put(function, function));
        moved
    }

    pub(crate) fn put(&mut self, function: u32, at: u32) {
        if let Some(place) = usize::try_from(function)
            .ok()
            .and_then(|function| self.places.get_mut(function))
        {
            *place = Some(at);
        }
    }

    pub(crate) fn at(&self, function: u32) -> Outcome<u32> {
        let found = usize::try_from(function)
            .ok()
            .and_then(|function| self.places.get(function));
        found
            .copied()
            .flatten()
            .ok_or_else(|| format!("bug: function {function} is not in this part"))
    }

    /// A body, behind instructions of ours.
    pub(crate) fn body(&mut self, body: &FunctionBody<'_>, prefix: &[Instruction<'_>]) -> Outcome<Function> {
        let mut function = self
            .new_function_with_parsed_locals(body)
            .map_err(|error| said(&error))?;
        for instruction in prefix {
            function.instruction(instruction);
        }
        let mut operators = body.get_operators_reader().map_err(|error| error.to_string())?;
        while !operators.eof() {
            let instruction = self.parse_instruction(&mut operators).map_err(|error| said(&error))?;
            if let Instruction::I32Const(number) = instruction {
                self.addresses.insert(number.cast_unsigned());
            }
            function.instruction(&instruction);
        }
        Ok(function)
    }

    pub(crate) fn types(&mut self, module: &Module<'_>) -> Outcome<TypeSection> {
        let mut types = TypeSection::new();
        for kind in &module.types {
            types
                .ty()
                .func_type(&self.func_type(kind.clone()).map_err(|error| said(&error))?);
        }
        Ok(types)
    }
}

/// Functions at places of the first table; neighbouring ones stand in one element.
pub(crate) fn placed(functions: impl IntoIterator<Item = (u32, u32)>) -> ElementSection {
    let mut section = ElementSection::new();
    let mut functions = functions.into_iter().peekable();
    while let Some((first, function)) = functions.next() {
        let mut run = vec![function];
        while let Some((_, function)) = functions.next_if(|(place, _)| *place == first + count(run.len())) {
            run.push(function);
        }
        let offset = ConstExpr::i32_const(first.cast_signed());
        section.active(None, &offset, Elements::Functions(run.into()));
    }
    section
}

impl Reencode for Moved {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        self.at(function).map_err(Error::UserError)
    }

    fn mem_arg(&mut self, argument: wasmparser::MemArg) -> Result<MemArg, Error<String>> {
        let argument = reencode::utils::mem_arg(self, argument)?;
        self.addresses.extend(u32::try_from(argument.offset));
        Ok(argument)
    }
}

pub(crate) fn said(error: &Error<String>) -> String {
    error.to_string()
}
