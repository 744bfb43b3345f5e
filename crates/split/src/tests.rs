//! Whole and cut, a program answers the same: both are run by an interpreter.

use std::collections::BTreeSet;

use wasmi::{Caller, Engine, Extern, Instance, Linker, Module as Compiled, Store, TypedFunc, Val};

use super::*;
use crate::plan::LOADER;

mod linker;

/// Functions that call each other by name, over the table and through an import, and share memory and a global.
const PROGRAM: &str = r#"
(module
  (type $binary (func (param i32 i32) (result i32)))
  (import "host" "add" (func $add (type $binary)))
  (import "host" "rest" (func $rest (param i32)))
  (memory (export "memory") 1)
  (table $table 3 3 funcref)
  (global $calls (mut i32) (i32.const 0))
  (elem (i32.const 1) $multiplied $subtracted)
  (data (i32.const 16) "\07\00\00\00\00\00\00\00\10\00\00\00")
  (func $load_rest (export "load_rest") (param i32) (call $rest (local.get 0)))
  (func $counted (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  (func $multiplied (type $binary) (call $counted) (i32.mul (local.get 0) (local.get 1)))
  (func $subtracted (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func $chosen (export "chosen") (param i32 i32 i32) (result i32)
    (call_indirect (type $binary) (local.get 1) (local.get 2) (local.get 0)))
  (func $added (export "added") (type $binary) (call $counted) (call $stored (call $add (local.get 0) (local.get 1))))
  (func $stored (param i32) (result i32)
    (i32.store (i32.const 20) (local.get 0))
    (i32.add (i32.load (i32.const 20)) (i32.load8_u (i32.load offset=2 (i32.const 22)))))
  (func $calls (export "calls") (result i32) (global.get $calls)))
"#;

/// What the host holds: the rest, until it is there, and how often it was asked for.
#[derive(Default)]
struct Host {
    rest: Option<Vec<u8>>,
    n_asked: u32,
}

struct Run {
    store: Store<Host>,
    instance: Instance,
}

impl Run {
    fn of(module: &[u8], rest: Option<Vec<u8>>) -> Self {
        let engine = Engine::default();
        let mut store = Store::new(&engine, Host { rest, n_asked: 0 });
        let mut linker = Linker::new(&engine);
        linker
            .func_wrap("host", "add", |one: i32, other: i32| one + other)
            .unwrap();
        linker.func_wrap("host", "rest", join).unwrap();
        let compiled = Compiled::new(&engine, module).unwrap();
        let instance = linker.instantiate_and_start(&mut store, &compiled).unwrap();
        Self { store, instance }
    }

    fn call(&mut self, name: &str, arguments: &[i32]) -> i32 {
        let function = self.instance.get_func(&self.store, name).unwrap();
        let arguments: Vec<Val> = arguments.iter().map(|argument| Val::I32(*argument)).collect();
        let mut found = [Val::I32(0)];
        function.call(&mut self.store, &arguments, &mut found).unwrap();
        found[0].i32().unwrap()
    }

    fn load(&mut self) {
        let load: TypedFunc<i32, ()> = self.instance.get_typed_func(&self.store, LOADER).unwrap();
        load.call(&mut self.store, 0).unwrap();
    }

    /// Every answer, in an order in which the rest is needed at another moment for each `first`.
    fn answers(&mut self) -> Vec<i32> {
        let questions: [(&str, &[i32]); 5] = [
            ("calls", &[]),
            ("chosen", &[2, 9, 4]),
            ("chosen", &[1, 6, 7]),
            ("added", &[2, 3]),
            ("calls", &[]),
        ];
        questions
            .iter()
            .map(|(name, arguments)| self.call(name, arguments))
            .collect()
    }
}

/// Puts the rest beside the part that asks for it, as the page does.
fn join(mut caller: Caller<'_, Host>, _is_now: i32) {
    caller.data_mut().n_asked += 1;
    let Some(rest) = caller.data_mut().rest.take() else {
        return;
    };
    let compiled = Compiled::new(caller.engine(), &rest).unwrap();
    let mut linker = Linker::<Host>::new(caller.engine());
    let names: Vec<String> = compiled.imports().map(|import| import.name().to_owned()).collect();
    for name in names {
        let given: Extern = caller.get_export(&name).unwrap();
        linker.define(plan::names::MODULE, &name, given).unwrap();
    }
    linker.instantiate_and_start(&mut caller, &compiled).unwrap();
}

const NAMED: [&str; 7] = [
    "counted",
    "multiplied",
    "subtracted",
    "chosen",
    "added",
    "stored",
    "calls",
];

/// The numbers of functions, by their names in the program.
fn numbers(module: &Module<'_>, names: &[&str]) -> BTreeSet<String> {
    let place = |name: &&str| NAMED.iter().position(|named| named == name).unwrap();
    // Two imports and the loader stand before them.
    names
        .iter()
        .map(|name| module.number(module::count(place(name) + 3)).unwrap())
        .collect()
}

fn plan(module: &Module<'_>, first: &[&str]) -> Plan {
    let numbers = numbers(module, first);
    let bytes = wat::parse_str(PROGRAM).unwrap();
    Plan::of(
        module,
        &numbers.iter().map(String::as_str).collect(),
        &linker::notes(&bytes),
    )
    .unwrap()
}

fn parts(first: &[&str]) -> (Vec<u8>, Vec<u8>, u32) {
    let bytes = wat::parse_str(PROGRAM).unwrap();
    let module = Module::read(&bytes).unwrap();
    let plan = plan(&module, first);
    let n_rest = module::count(plan.rest.len());
    (
        first::part(&module, &plan).unwrap(),
        rest::part(&module, &plan).unwrap(),
        n_rest,
    )
}

/// How many bytes of data a part brings.
fn n_data(part: &[u8]) -> usize {
    let payloads = wasmparser::Parser::new(0).parse_all(part);
    let sections = payloads.filter_map(|payload| match payload.unwrap() {
        wasmparser::Payload::DataSection(section) => Some(section),
        _ => None,
    });
    sections.flatten().map(|data| data.unwrap().data.len()).sum()
}

#[test]
fn data_goes_with_the_functions_that_reach_it() {
    let (part, rest, _) = parts(&NAMED);
    assert_eq!(
        (n_data(&part), n_data(&rest)),
        (9, 0),
        "zeros behind the last byte are left out"
    );
    let others: Vec<&str> = NAMED.into_iter().filter(|name| *name != "stored").collect();
    let (part, rest, _) = parts(&others);
    assert_eq!(
        (n_data(&part), n_data(&rest)),
        (0, 5),
        "also what it reaches over another piece"
    );
}

#[test]
fn the_table_has_doors_to_what_the_first_part_can_call_only() {
    let bytes = wat::parse_str(PROGRAM).unwrap();
    let module = Module::read(&bytes).unwrap();
    let doors = |first: &[&str]| plan(&module, first).doors.len();
    // Doors to all that is exported, `chosen`, `added` and `calls`, but to the one that is there.
    assert_eq!(doors(&["chosen"]), 2 + 2, "it calls two functions over the table");
    assert_eq!(doors(&["calls"]), 2);
}

#[test]
fn a_module_without_the_linkers_notes_is_refused() {
    let Err(error) = Linked::read(&wat::parse_str(PROGRAM).unwrap()) else {
        panic!("it has no notes")
    };
    assert!(error.ends_with("--emit-relocs"), "{error}");
}

#[test]
fn whatever_is_in_the_rest_the_answers_are_those_of_the_whole() {
    let whole = wat::parse_str(PROGRAM).unwrap();
    let wanted = Run::of(&whole, None).answers();
    assert_eq!(wanted, [0, 5, 42, 12, 2]);
    for choice in 0..1_u32 << NAMED.len() {
        let first: Vec<&str> = (0..)
            .zip(NAMED)
            .filter(|(at, _)| choice >> at & 1 == 1)
            .map(|(_, name)| name)
            .collect();
        let (part, rest, n_rest) = parts(&first);
        assert_eq!(n_rest, module::count(NAMED.len() - first.len()));
        // The rest comes when it is needed, or before.
        let mut run = Run::of(&part, Some(rest.clone()));
        assert_eq!(run.answers(), wanted, "first: {first:?}");
        let mut run = Run::of(&part, Some(rest));
        run.load();
        assert_eq!(run.answers(), wanted, "loaded before, first: {first:?}");
        assert_eq!(run.store.data().n_asked, 1, "nothing asks again for what is there");
    }
}

#[test]
fn the_first_part_does_without_the_rest_until_a_function_of_it_is_called() {
    let (part, rest, _) = parts(&["calls", "chosen", "subtracted"]);
    let mut run = Run::of(&part, Some(rest));
    assert_eq!(run.call("chosen", &[2, 9, 4]), 5);
    assert_eq!(run.store.data().n_asked, 0);
    assert_eq!(run.call("chosen", &[1, 6, 7]), 42);
    assert_eq!(run.store.data().n_asked, 1);
}

#[test]
fn a_watched_program_marks_what_has_run() {
    let bytes = wat::parse_str(PROGRAM).unwrap();
    let module = Module::read(&bytes).unwrap();
    let mut run = Run::of(&watch::watched(&module).unwrap(), None);
    assert_eq!(run.call("chosen", &[1, 6, 7]), 42);
    let mut ran = BTreeSet::new();
    for export in run.instance.exports(&run.store) {
        if let Some(number) = export.name().strip_prefix("ran ")
            && export.into_global().unwrap().get(&run.store).i32() == Some(1)
        {
            ran.insert(number.to_owned());
        }
    }
    assert_eq!(ran, numbers(&module, &["counted", "multiplied", "chosen"]));
}

#[test]
fn a_module_of_another_shape_is_refused_in_words() {
    let refused = |text: &str| {
        let bytes = wat::parse_str(text).unwrap();
        Module::read(&bytes)
            .and_then(|module| Plan::of(&module, &BTreeSet::new(), &Linked::default()).map(|_| ()))
            .unwrap_err()
    };
    assert_eq!(refused("(module)"), "expected an exported function `load_rest`");
    assert!(refused(r#"(module (import "a" "b" (memory 1)))"#).ends_with("found `a.b`"));
    assert!(Module::read(b"no module").is_err());
}
