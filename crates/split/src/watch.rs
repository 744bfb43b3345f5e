//! The module that says which of its functions have run.

use std::collections::BTreeMap;

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, ExportKind, FunctionSection, Instruction,
    TableSection,
};

use crate::Outcome;
use crate::body::{Moved, said};
use crate::first::{self, FLAG};
use crate::module::{Module, count};

/// Writes the module with a global for each number, which a function of that number sets.
pub(crate) fn watched(module: &Module<'_>) -> Outcome<Vec<u8>> {
    let mut moved = Moved::whole(module);
    let globals = globals(module);
    let mut functions = FunctionSection::new();
    for (function, _) in module.functions() {
        functions.function(module.type_of(function)?);
    }
    let mut flags = first::own_globals(module, &mut moved)?;
    let mut exports = first::own_exports(module, &mut moved)?;
    for (number, global) in &globals {
        flags.global(FLAG, &ConstExpr::i32_const(0));
        exports.export(&format!("ran {number}"), ExportKind::Global, *global);
    }

    let mut whole = wasm_encoder::Module::new();
    whole
        .section(&moved.types(module)?)
        .section(&first::imports(module, &mut moved)?)
        .section(&functions);
    whole
        .section(&tables(module, &mut moved)?)
        .section(&first::memories(module, &mut moved)?);
    whole
        .section(&flags)
        .section(&exports)
        .section(&elements(module, &mut moved)?);
    if let Some(count) = module.n_data {
        whole.section(&DataCountSection { count });
    }
    let code = code(module, &globals, &mut moved)?;
    whole.section(&code).section(&data(module, &mut moved)?);
    Ok(whole.finish())
}

/// The global of each number, in their order.
fn globals(module: &Module<'_>) -> BTreeMap<String, u32> {
    let numbers = module.functions().filter_map(|(function, _)| module.number(function));
    let mut globals: BTreeMap<String, u32> = numbers.map(|number| (number, 0)).collect();
    for (at, global) in (count(module.globals.len())..).zip(globals.values_mut()) {
        *global = at;
    }
    globals
}

fn tables(module: &Module<'_>, moved: &mut Moved) -> Outcome<TableSection> {
    let mut section = TableSection::new();
    for table in &module.tables {
        moved
            .parse_table(&mut section, table.clone())
            .map_err(|error| said(&error))?;
    }
    Ok(section)
}

fn elements(module: &Module<'_>, moved: &mut Moved) -> Outcome<ElementSection> {
    let mut section = ElementSection::new();
    for element in &module.elements {
        moved
            .parse_element(&mut section, element.clone())
            .map_err(|error| said(&error))?;
    }
    Ok(section)
}

fn data(module: &Module<'_>, moved: &mut Moved) -> Outcome<DataSection> {
    let mut section = DataSection::new();
    for data in &module.data {
        moved
            .parse_data(&mut section, data.clone())
            .map_err(|error| said(&error))?;
    }
    Ok(section)
}

fn code(module: &Module<'_>, globals: &BTreeMap<String, u32>, moved: &mut Moved) -> Outcome<CodeSection> {
    let mut code = CodeSection::new();
    for (function, body) in module.functions() {
        let global = module.number(function).and_then(|number| globals.get(&number).copied());
        let mark = global.map(|global| [Instruction::I32Const(1), Instruction::GlobalSet(global)]);
        code.function(&moved.body(body, mark.as_ref().map_or(&[], |mark| mark.as_slice()))?);
    }
    Ok(code)
}
