//! Writing again what was read, with functions at other places.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{Function, Instruction, TypeSection};
use wasmparser::FunctionBody;

use crate::Outcome;
use crate::module::Module;

/// Where each function of the whole stands in a part.
pub(crate) struct Moved(Vec<Option<u32>>);

impl Moved {
    /// Nothing stands anywhere yet.
    pub(crate) fn new(module: &Module<'_>) -> Self {
        Self(vec![None; module.type_of.len()])
    }

    pub(crate) fn put(&mut self, function: u32, at: u32) {
        if let Some(place) = usize::try_from(function)
            .ok()
            .and_then(|function| self.0.get_mut(function))
        {
            *place = Some(at);
        }
    }

    pub(crate) fn at(&self, function: u32) -> Outcome<u32> {
        let found = usize::try_from(function).ok().and_then(|function| self.0.get(function));
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
            function.instruction(&self.parse_instruction(&mut operators).map_err(|error| said(&error))?);
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

impl Reencode for Moved {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        self.at(function).map_err(Error::UserError)
    }
}

pub(crate) fn said(error: &Error<String>) -> String {
    error.to_string()
}
