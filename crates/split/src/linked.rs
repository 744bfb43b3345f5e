//! What the linker knew: which pieces the data has, and which function or piece names which pieces and which functions by
//! their place in the table. The linker notes it where it is asked to (`--emit-relocs`), and only for the module as it
//! leaves it: whatever works on the module after that keeps addresses and places, but not the notes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasmparser::{
    CustomSectionReader, KnownCustom, Linking, Parser, Payload, RelocSectionReader, RelocationEntry, RelocationType,
    SymbolInfo, SymbolInfoMap,
};

use crate::Outcome;
use crate::module::{Module, said};
use crate::share::Share;

/// A piece of data, by the number of its symbol.
type Piece = u32;

/// What a function or a piece names.
#[derive(Default)]
struct Named {
    pieces: BTreeSet<Piece>,
    /// Places in the table of functions.
    places: BTreeSet<u32>,
}

/// The pieces of data of a linked module, and who names them.
#[derive(Default)]
pub(crate) struct Linked {
    /// Where in memory each piece lies.
    pieces: BTreeMap<Piece, Range<u32>>,
    by_piece: BTreeMap<Piece, Named>,
    /// What functions of a number name; those without a name have the number "".
    by_function: BTreeMap<String, Named>,
    /// Behind the last place of the table that the linker gave away.
    places_end: u32,
}

/// What some functions reach over whatever they name.
pub(crate) struct Reached {
    /// The data that they do not reach.
    pub(crate) share: Share,
    /// The functions that they reach, by their places in the table.
    places: BTreeSet<u32>,
    places_end: u32,
}

impl Reached {
    /// Whether a place of the table can be called by them. One that the linker did not know can.
    pub(crate) fn has_place(&self, place: u32) -> bool {
        place >= self.places_end || self.places.contains(&place)
    }
}

/// The linker's notes, as they stand in the module.
#[derive(Default)]
struct Notes<'a> {
    code_start: u64,
    data_start: u64,
    symbols: Option<SymbolInfoMap<'a>>,
    in_code: Option<RelocSectionReader<'a>>,
    in_data: Option<RelocSectionReader<'a>>,
}

impl Linked {
    /// Reads what the linker wrote.
    pub(crate) fn read(bytes: &[u8]) -> Outcome<Self> {
        let module = Module::read(bytes)?;
        let notes = Notes::read(bytes).map_err(|error| said(&error))?;
        let symbols = Symbols::of(&module, &notes)?;
        let mut linked = Self {
            pieces: symbols.pieces.clone(),
            places_end: module
                .in_table()?
                .iter()
                .map(|(place, _)| place + 1)
                .max()
                .unwrap_or_default(),
            ..Self::default()
        };
        linked.take_names_in_code(&module, &notes, &symbols)?;
        linked.take_names_in_data(&module, &notes, &symbols)?;
        Ok(linked)
    }

    fn take_names_in_code(&mut self, module: &Module<'_>, notes: &Notes<'_>, symbols: &Symbols) -> Outcome {
        let bodies = module.functions();
        let starts: BTreeMap<u64, u32> = bodies.map(|(function, body)| (body.range().start, function)).collect();
        for entry in entries(notes.in_code.as_ref())? {
            let at = notes.code_start + u64::from(entry.offset);
            let body = starts.range(..=at).next_back();
            let (_, function) = body.ok_or("the linker noted an address before all functions")?;
            let number = module.number(*function).unwrap_or_default();
            symbols.add(entry, self.by_function.entry(number).or_default());
        }
        Ok(())
    }

    fn take_names_in_data(&mut self, module: &Module<'_>, notes: &Notes<'_>, symbols: &Symbols) -> Outcome {
        let mut starts: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
        for (piece, place) in &self.pieces {
            starts.entry(place.start).or_default().push(*piece);
        }
        let longest = self.pieces.values().map(|place| place.end - place.start).max();
        for entry in entries(notes.in_data.as_ref())? {
            let address = module.address_of(notes.data_start + u64::from(entry.offset))?;
            let near = starts.range(address.saturating_sub(longest.unwrap_or_default())..=address);
            // Pieces may lie in each other: the linker keeps the equal ends of two texts once.
            for piece in near.flat_map(|(_, pieces)| pieces) {
                if self.pieces.get(piece).is_some_and(|place| place.contains(&address)) {
                    symbols.add(entry, self.by_piece.entry(*piece).or_default());
                }
            }
        }
        Ok(())
    }

    /// The numbers of the functions that name anything.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.by_function.keys().map(String::as_str)
    }

    /// What functions of these numbers reach. `addresses` are numbers in their code that may be addresses; a piece that
    /// begins there counts as named.
    pub(crate) fn reached(&self, functions: &BTreeSet<String>, addresses: &BTreeSet<u32>) -> Reached {
        let mut named: Vec<&Named> = self
            .by_function
            .iter()
            .filter(|(number, _)| functions.contains(*number))
            .map(|(_, named)| named)
            .collect();
        let at_addresses = self.pieces.iter().filter(|(_, place)| addresses.contains(&place.start));
        let mut open: Vec<Piece> = at_addresses.map(|(piece, _)| *piece).collect();
        let (mut pieces, mut places) = (BTreeSet::new(), BTreeSet::new());
        loop {
            for named in named.drain(..) {
                open.extend(&named.pieces);
                places.extend(&named.places);
            }
            let Some(piece) = open.pop() else { break };
            if pieces.insert(piece) {
                named.extend(self.by_piece.get(&piece));
            }
        }
        Reached {
            share: self.all_but(&pieces),
            places,
            places_end: self.places_end,
        }
    }

    fn all_but(&self, reached: &BTreeSet<Piece>) -> Share {
        let (first, later): (Vec<_>, Vec<_>) = self.pieces.iter().partition(|(piece, _)| reached.contains(piece));
        let places = |pieces: Vec<(&Piece, &Range<u32>)>| pieces.into_iter().map(|(_, place)| place.clone()).collect();
        Share::of(places(later), places(first))
    }
}

fn entries(relocations: Option<&RelocSectionReader<'_>>) -> Outcome<Vec<RelocationEntry>> {
    let entries = relocations.ok_or(NO_NOTES)?.entries().into_iter();
    entries.collect::<Result<_, _>>().map_err(|error| said(&error))
}

/// What the symbols are that the linker's notes name by their number.
#[derive(Default)]
struct Symbols {
    pieces: BTreeMap<Piece, Range<u32>>,
    /// The place in the table of each symbol of a function that has one.
    places: BTreeMap<u32, u32>,
}

impl Symbols {
    fn of(module: &Module<'_>, notes: &Notes<'_>) -> Outcome<Self> {
        let segments = module.segments()?;
        let place_of: BTreeMap<u32, u32> = module
            .in_table()?
            .into_iter()
            .map(|(place, function)| (function, place))
            .collect();
        let mut symbols = Self::default();
        for (symbol, info) in (0..).zip(notes.symbols.clone().ok_or(NO_NOTES)?) {
            match info.map_err(|error| said(&error))? {
                SymbolInfo::Data {
                    symbol: Some(defined), ..
                } if defined.size > 0 => {
                    let segment = usize::try_from(defined.index).ok().and_then(|at| segments.get(at));
                    let (address, _) =
                        segment.ok_or_else(|| format!("symbol {symbol} lies in no segment of the data"))?;
                    let start = address + defined.offset;
                    symbols.pieces.insert(symbol, start..start + defined.size);
                }
                SymbolInfo::Func { index, .. } => {
                    symbols
                        .places
                        .extend(place_of.get(&index).map(|place| (symbol, *place)));
                }
                _ => {}
            }
        }
        Ok(symbols)
    }

    /// Adds what a note names. A call by name needs no place in the table, and a type is told by a number of its own, which
    /// is no symbol's.
    fn add(&self, entry: RelocationEntry, named: &mut Named) {
        if matches!(
            entry.ty,
            RelocationType::FunctionIndexLeb | RelocationType::TypeIndexLeb
        ) {
            return;
        }
        named
            .pieces
            .extend(self.pieces.get_key_value(&entry.index).map(|(piece, _)| *piece));
        named.places.extend(self.places.get(&entry.index));
    }
}

const NO_NOTES: &str = "expected the linker's notes on addresses; it writes them when it is told --emit-relocs";

impl<'a> Notes<'a> {
    fn read(bytes: &'a [u8]) -> wasmparser::Result<Self> {
        let mut notes = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::CodeSectionStart { unchecked_range, .. } => notes.code_start = unchecked_range.start,
                Payload::DataSection(section) => notes.data_start = section.range().start,
                Payload::CustomSection(section) => notes.take(&section)?,
                _ => {}
            }
        }
        Ok(notes)
    }

    fn take(&mut self, section: &CustomSectionReader<'a>) -> wasmparser::Result<()> {
        match (section.as_known(), section.name()) {
            (KnownCustom::Linking(linking), _) => {
                for subsection in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = subsection? {
                        self.symbols = Some(symbols);
                    }
                }
            }
            (KnownCustom::Reloc(relocations), "reloc.CODE") => self.in_code = Some(relocations),
            (KnownCustom::Reloc(relocations), "reloc.DATA") => self.in_data = Some(relocations),
            _ => {}
        }
        Ok(())
    }
}
