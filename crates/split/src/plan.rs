//! Which function stands in which part, and how the parts reach each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::Outcome;
use crate::body::Moved;
use crate::linked::{Linked, Reached};
use crate::module::{Module, count};
use crate::share::Share;

/// The exported function that loads the rest: it takes 1 where the rest is needed at once, and gives nothing.
pub(crate) const LOADER: &str = "load_rest";

/// The cut.
pub(crate) struct Plan {
    /// The functions of the rest, in their order.
    pub(crate) rest: BTreeSet<u32>,
    /// Those of them that the first part can call, with their place in the table.
    pub(crate) doors: BTreeMap<u32, u32>,
    /// Where in the table functions of the rest stand.
    pub(crate) places: BTreeMap<u32, u32>,
    /// The functions of the first part, and the imports, that the rest calls.
    pub(crate) needed: BTreeSet<u32>,
    /// The data that only the rest reads.
    pub(crate) share: Share,
    /// How long the table is with the doors' places.
    pub(crate) table_len: u32,
    /// The function that loads the rest.
    pub(crate) loader: u32,
    n_functions: usize,
}

impl Plan {
    /// Cuts a module: functions of these numbers are in the first part, and so are those that have no name, and all that
    /// the loader calls.
    pub(crate) fn of(module: &Module<'_>, first: &BTreeSet<&str>, linked: &Linked) -> Outcome<Self> {
        let loader = loader(module)?;
        let kept = called(module, loader)?;
        let is_first = |function: &u32| {
            kept.contains(function)
                || module
                    .number(*function)
                    .is_none_or(|number| first.contains(number.as_str()))
        };
        let own = module.functions().map(|(function, _)| function);
        let (first, rest): (BTreeSet<u32>, BTreeSet<u32>) = own.partition(is_first);
        let reached = linked.reached(&numbers(module, &first, &rest, linked), &addresses(module, &first)?);
        let mut plan = Self {
            rest,
            doors: BTreeMap::new(),
            places: BTreeMap::new(),
            needed: BTreeSet::new(),
            table_len: table_len(module)?,
            loader,
            n_functions: module.bodies.len(),
            share: Share::default(),
        };
        plan.connect(module, &reached)?;
        plan.share = reached.share;
        Ok(plan)
    }

    /// Finds what one part needs of the other.
    fn connect(&mut self, module: &Module<'_>, reached: &Reached) -> Outcome {
        for (place, function) in module.in_table()? {
            if self.rest.contains(&function) {
                self.places.insert(place, function);
                if reached.has_place(place) {
                    self.doors.entry(function).or_insert(place);
                }
            }
        }
        let mut called: BTreeSet<u32> = module.exported().map(|(_, function)| function).collect();
        for (function, body) in module.functions() {
            let named = Module::named_in(body)?;
            if self.rest.contains(&function) {
                self.needed
                    .extend(named.into_iter().filter(|named| !self.rest.contains(named)));
            } else {
                called.extend(named);
            }
        }
        for function in called.intersection(&self.rest) {
            if !self.doors.contains_key(function) {
                self.doors.insert(*function, self.table_len);
                self.places.insert(self.table_len, *function);
                self.table_len += 1;
            }
        }
        Ok(())
    }

    /// Whether the first part has a function, or a door to it.
    pub(crate) fn is_in_first(&self, function: u32) -> bool {
        !self.rest.contains(&function) || self.doors.contains_key(&function)
    }

    /// What the cut comes to, in a line.
    pub(crate) fn summary(&self) -> String {
        let (n_rest, n_doors) = (self.rest.len(), self.doors.len());
        format!(
            "{n_rest} of {} functions are in the rest, behind {n_doors} doors",
            self.n_functions
        )
    }
}

fn loader(module: &Module<'_>) -> Outcome<u32> {
    let found = module.exported().find(|(name, _)| *name == LOADER);
    let (_, function) = found.ok_or_else(|| format!("expected an exported function `{LOADER}`"))?;
    Ok(function)
}

/// The numbers of the linked functions that the first part may run: all but those that stand in the rest and nowhere else.
/// One that is in neither part was merged into another of the same code, or went into its only caller.
fn numbers(module: &Module<'_>, first: &BTreeSet<u32>, rest: &BTreeSet<u32>, linked: &Linked) -> BTreeSet<String> {
    let numbers = |functions: &BTreeSet<u32>| -> BTreeSet<String> {
        functions
            .iter()
            .filter_map(|function| module.number(*function))
            .collect()
    };
    let (first, rest) = (numbers(first), numbers(rest));
    let is_first = |number: &&str| first.contains(*number) || !rest.contains(*number);
    linked.numbers().filter(is_first).map(str::to_owned).collect()
}

/// The numbers in the code of functions that may be addresses.
fn addresses(module: &Module<'_>, functions: &BTreeSet<u32>) -> Outcome<BTreeSet<u32>> {
    let mut moved = Moved::whole(module);
    for (_, body) in module.functions().filter(|(function, _)| functions.contains(function)) {
        moved.body(body, &[])?;
    }
    Ok(moved.addresses)
}

/// A function and everything that it calls by name.
fn called(module: &Module<'_>, from: u32) -> Outcome<BTreeSet<u32>> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(function) = open.pop() {
        let own = function
            .checked_sub(module.n_imported())
            .and_then(|at| usize::try_from(at).ok());
        let body = own.and_then(|at| module.bodies.get(at));
        if let Some(body) = body
            && reached.insert(function)
        {
            open.extend(Module::named_in(body)?);
        }
    }
    Ok(reached)
}

fn table_len(module: &Module<'_>) -> Outcome<u32> {
    let table = module.tables.first().ok_or("expected a table of functions")?;
    u32::try_from(table.ty.initial).map_err(|_| "expected a table of less than 4 billion functions".to_owned())
}

/// The names under which the first part gives the rest what that needs: short, because there are many.
pub(crate) mod names {
    pub(crate) const MODULE: &str = "f";
    pub(crate) const MEMORY: &str = "rest memory";

    pub(crate) fn table(at: u32) -> String {
        format!("rest table {at}")
    }

    pub(crate) fn global(at: u32) -> String {
        format!("rest global {at}")
    }

    pub(crate) fn function(at: u32) -> String {
        format!("{at:x}")
    }
}

/// The index of the global that says whether the rest is there.
pub(crate) fn is_here(module: &Module<'_>) -> u32 {
    count(module.globals.len())
}
