//! The first part: the module as it was, with doors in the place of what is in the rest.

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, ExportKind, ExportSection, Function, FunctionSection,
    GlobalSection, GlobalType, ImportSection, Instruction, MemorySection, TableSection, ValType,
};

use crate::Outcome;
use crate::body::{Moved, placed, said};
use crate::module::{Module, count};
use crate::plan::{Plan, is_here, names};

/// Writes the first part.
pub(crate) fn part(module: &Module<'_>, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut moved = Moved::new(module);
    (0..module.n_imported()).for_each(|function| moved.put(function, function));
    let own: Vec<u32> = module
        .functions()
        .map(|(function, _)| function)
        .filter(|own| plan.is_in_first(*own))
        .collect();
    let mut n_functions = module.n_imported();
    for function in &own {
        moved.put(*function, n_functions);
        n_functions += 1;
    }
    let mut types = moved.types(module)?;
    let type_of_ensure = count(module.types.len());
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut functions = FunctionSection::new();
    for function in &own {
        functions.function(module.type_of(*function)?);
    }
    functions.function(type_of_ensure);

    let mut part = wasm_encoder::Module::new();
    part.section(&types)
        .section(&imports(module, &mut moved)?)
        .section(&functions);
    part.section(&tables(module, plan, &mut moved)?)
        .section(&memories(module, &mut moved)?);
    part.section(&globals(module, &mut moved)?)
        .section(&exports(module, plan, &mut moved)?);
    part.section(&elements(module, plan, &moved, n_functions)?);
    let code = code(module, plan, &mut moved, n_functions)?;
    part.section(&code).section(&plan.share.first(module)?);
    Ok(part.finish())
}

pub(crate) fn imports(module: &Module<'_>, moved: &mut Moved) -> Outcome<ImportSection> {
    let mut section = ImportSection::new();
    for import in &module.imports {
        moved
            .parse_import(&mut section, *import)
            .map_err(|error| said(&error))?;
    }
    Ok(section)
}

/// The first table is longer by the places of the doors.
fn tables(module: &Module<'_>, plan: &Plan, moved: &mut Moved) -> Outcome<TableSection> {
    let mut section = TableSection::new();
    for (at, table) in module.tables.iter().enumerate() {
        let mut table = table.clone();
        if at == 0 {
            table.ty.initial = plan.table_len.into();
            table.ty.maximum = table.ty.maximum.map(|_| plan.table_len.into());
        }
        moved.parse_table(&mut section, table).map_err(|error| said(&error))?;
    }
    Ok(section)
}

pub(crate) fn memories(module: &Module<'_>, moved: &mut Moved) -> Outcome<MemorySection> {
    let mut section = MemorySection::new();
    for memory in &module.memories {
        section.memory(moved.memory_type(*memory).map_err(|error| said(&error))?);
    }
    Ok(section)
}

/// Those of the module, and one that says whether the rest is there.
fn globals(module: &Module<'_>, moved: &mut Moved) -> Outcome<GlobalSection> {
    let mut section = own_globals(module, moved)?;
    section.global(FLAG, &ConstExpr::i32_const(0));
    Ok(section)
}

pub(crate) const FLAG: GlobalType = GlobalType {
    val_type: ValType::I32,
    mutable: true,
    shared: false,
};

pub(crate) fn own_globals(module: &Module<'_>, moved: &mut Moved) -> Outcome<GlobalSection> {
    let mut section = GlobalSection::new();
    for global in &module.globals {
        moved
            .parse_global(&mut section, global.clone())
            .map_err(|error| said(&error))?;
    }
    Ok(section)
}

pub(crate) fn own_exports(module: &Module<'_>, moved: &mut Moved) -> Outcome<ExportSection> {
    let mut section = ExportSection::new();
    for export in &module.exports {
        moved
            .parse_export(&mut section, *export)
            .map_err(|error| said(&error))?;
    }
    Ok(section)
}

/// Those of the module, and everything that the rest needs.
fn exports(module: &Module<'_>, plan: &Plan, moved: &mut Moved) -> Outcome<ExportSection> {
    let mut section = own_exports(module, moved)?;
    section.export(names::MEMORY, ExportKind::Memory, 0);
    for at in 0..count(module.tables.len()) {
        section.export(&names::table(at), ExportKind::Table, at);
    }
    for at in 0..=is_here(module) {
        section.export(&names::global(at), ExportKind::Global, at);
    }
    for (at, function) in (0..).zip(&plan.needed) {
        section.export(&names::function(at), ExportKind::Func, moved.at(*function)?);
    }
    Ok(section)
}

/// The table as it was, but for functions of the rest that this part cannot call: in their places stands any function, until
/// the rest comes.
fn elements(module: &Module<'_>, plan: &Plan, moved: &Moved, any: u32) -> Outcome<ElementSection> {
    let mut places = module.in_table()?;
    for (_, function) in &mut places {
        *function = if plan.is_in_first(*function) {
            moved.at(*function)?
        } else {
            any
        };
    }
    Ok(placed(places))
}

fn code(module: &Module<'_>, plan: &Plan, moved: &mut Moved, ensure: u32) -> Outcome<CodeSection> {
    let mut code = CodeSection::new();
    for (function, body) in module.functions().filter(|(function, _)| plan.is_in_first(*function)) {
        match plan.doors.get(&function) {
            Some(place) => code.function(&door(module, function, *place, ensure)?),
            None => code.function(&moved.body(body, &[])?),
        };
    }
    code.function(&ensuring(is_here(module), moved.at(plan.loader)?));
    Ok(code)
}

/// Goes on in the function of the rest, by its place in the table. Before the rest is there a door itself may stand at that
/// place, but `ensure` does not come back before.
fn door(module: &Module<'_>, function: u32, place: u32, ensure: u32) -> Outcome<Function> {
    let type_index = module.type_of(function)?;
    let kind = usize::try_from(type_index).ok().and_then(|at| module.types.get(at));
    let n_parameters = count(kind.ok_or("expected a type of each function")?.params().len());
    let mut door = Function::new([]);
    for parameter in 0..n_parameters {
        door.instruction(&Instruction::LocalGet(parameter));
    }
    door.instruction(&Instruction::I32Const(place.cast_signed()));
    door.instruction(&Instruction::Call(ensure));
    door.instruction(&Instruction::CallIndirect {
        type_index,
        table_index: 0,
    });
    door.instruction(&Instruction::End);
    Ok(door)
}

/// Takes a place and gives it back once the rest is there.
fn ensuring(is_here: u32, loader: u32) -> Function {
    let mut ensuring = Function::new([]);
    for instruction in [
        Instruction::GlobalGet(is_here),
        Instruction::I32Eqz,
        Instruction::If(BlockType::Empty),
        Instruction::I32Const(1),
        Instruction::Call(loader),
        Instruction::End,
        Instruction::LocalGet(0),
        Instruction::End,
    ] {
        ensuring.instruction(&instruction);
    }
    ensuring
}
