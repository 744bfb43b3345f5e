//! The rest: functions, and the data that only they read. Memory, tables, globals and what it calls of the first part come from there; when it starts
//! it puts its functions into the table and says that it is there.

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ElementSection, EntityType, Function, FunctionSection, ImportSection, Instruction, StartSection,
};

use crate::Outcome;
use crate::body::{Moved, placed, said};
use crate::first::FLAG;
use crate::module::{Module, count};
use crate::plan::{Plan, is_here, names};

/// Writes the rest.
pub(crate) fn part(module: &Module<'_>, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut moved = Moved::new(module);
    let places = (0..).zip(plan.needed.iter().chain(&plan.rest));
    places.for_each(|(at, function)| moved.put(*function, at));
    let mut types = moved.types(module)?;
    let type_of_start = count(module.types.len());
    types.ty().function([], []);
    let mut functions = FunctionSection::new();
    for function in &plan.rest {
        functions.function(module.type_of(*function)?);
    }
    functions.function(type_of_start);
    let start = StartSection {
        function_index: count(plan.needed.len() + plan.rest.len()),
    };

    let mut part = wasm_encoder::Module::new();
    part.section(&types)
        .section(&imports(module, plan, &mut moved)?)
        .section(&functions);
    part.section(&start).section(&elements(plan, &moved)?);
    let code = code(module, plan, &mut moved)?;
    part.section(&code).section(&plan.share.rest(module)?);
    Ok(part.finish())
}

fn imports(module: &Module<'_>, plan: &Plan, moved: &mut Moved) -> Outcome<ImportSection> {
    let mut section = ImportSection::new();
    let mut import = |name: &str, kind: EntityType| {
        section.import(names::MODULE, name, kind);
    };
    for (at, function) in (0..).zip(&plan.needed) {
        import(&names::function(at), EntityType::Function(module.type_of(*function)?));
    }
    for (at, table) in (0..).zip(&module.tables) {
        let mut kind = moved.table_type(table.ty).map_err(|error| said(&error))?;
        if at == 0 {
            kind.minimum = plan.table_len.into();
            kind.maximum = kind.maximum.map(|_| plan.table_len.into());
        }
        import(&names::table(at), kind.into());
    }
    for memory in &module.memories {
        import(
            names::MEMORY,
            moved.memory_type(*memory).map_err(|error| said(&error))?.into(),
        );
    }
    for (at, global) in (0..).zip(&module.globals) {
        import(
            &names::global(at),
            moved.global_type(global.ty).map_err(|error| said(&error))?.into(),
        );
    }
    import(&names::global(is_here(module)), FLAG.into());
    Ok(section)
}

fn elements(plan: &Plan, moved: &Moved) -> Outcome<ElementSection> {
    let places = plan.places.iter();
    let placed_at: Vec<(u32, u32)> = places
        .map(|(place, function)| Ok((*place, moved.at(*function)?)))
        .collect::<Outcome<_>>()?;
    Ok(placed(placed_at))
}

fn code(module: &Module<'_>, plan: &Plan, moved: &mut Moved) -> Outcome<CodeSection> {
    let mut code = CodeSection::new();
    for (_, body) in module.functions().filter(|(function, _)| plan.rest.contains(function)) {
        code.function(&moved.body(body, &[])?);
    }
    let mut start = Function::new([]);
    start.instruction(&Instruction::I32Const(1));
    start.instruction(&Instruction::GlobalSet(is_here(module)));
    start.instruction(&Instruction::End);
    code.function(&start);
    Ok(code)
}
