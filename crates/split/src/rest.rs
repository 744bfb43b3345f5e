//! The rest: functions alone. Memory, tables, globals and what it calls of the first part come from there; when it starts
//! it puts its functions into the table and says that it is there.

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, ElementSection, Elements, EntityType, Function, FunctionSection,
    ImportSection, Instruction, StartSection,
};

use crate::Outcome;
use crate::body::{Moved, said};
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
    // Only with this may a body name pieces of data; there are none of its own.
    if module.n_data.is_some() {
        part.section(&DataCountSection { count: 0 });
    }
    let code = code(module, plan, &mut moved)?;
    part.section(&code);
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

/// Functions at neighbouring places stand in one element.
fn elements(plan: &Plan, moved: &Moved) -> Outcome<ElementSection> {
    let mut section = ElementSection::new();
    let mut places = plan.places.iter().peekable();
    while let Some((first, function)) = places.next() {
        let mut run = vec![moved.at(*function)?];
        let mut last = *first;
        while let Some((place, function)) = places.next_if(|(place, _)| **place == last + 1) {
            run.push(moved.at(*function)?);
            last = *place;
        }
        let offset = ConstExpr::i32_const(first.cast_signed());
        section.active(None, &offset, Elements::Functions(run.into()));
    }
    Ok(section)
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
