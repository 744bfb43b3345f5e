//! What this isolate knows of the sources, so that their keepers need not be asked every time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;

use roster_core::UnixMs;
use roster_gateway::{Hold, Place as Room, Refusal};

use super::task::Wire;
use super::{bridge, clock};
use crate::book::Source;
use crate::keeper::{Good, Keeper, Kind, Message, Word};

/// How long passes ahead of their use are good, in milliseconds: for so long this isolate may not hear that another one
/// was told to wait.
const AHEAD_MS: i64 = 1_000;

/// Most of them that are asked for.
const N_AHEAD: u32 = 64;

/// How often one who waits looks for a place, in milliseconds.
const LOOK_MS: u64 = 20;

/// What is known of one source.
#[derive(Default)]
struct Known {
    /// The keeper itself, in a Worker without the Durable Object.
    keeper: Keeper,
    /// Until when nobody may ask, as its keeper said last: until then it need not be asked again.
    held: Option<(Kind, UnixMs)>,
    /// Passes that may be used until then.
    ahead: Range<u64>,
    ahead_until: UnixMs,
    /// How many were asked for last.
    n_asked: u32,
    good: Good,
    /// Requests under way, and those that wait for a place, by number; each is over then, even if its client is gone
    /// and nobody says so.
    running: BTreeMap<u64, UnixMs>,
    waiting: BTreeMap<u64, UnixMs>,
    n_places: u64,
}

thread_local! {
    static SOURCES: RefCell<BTreeMap<String, Known>> = const { RefCell::new(BTreeMap::new()) };
}

fn with<T>(name: &str, change: impl FnOnce(&mut Known) -> T) -> T {
    SOURCES.with_borrow_mut(|sources| {
        if let Some(known) = sources.get_mut(name) {
            return change(known);
        }
        change(sources.entry(name.to_owned()).or_default())
    })
}

/// The keeper inside this isolate.
pub(crate) fn hear(source: &Source, message: Message) -> Word {
    with(&source.name, |known| {
        known.keeper.hear(&source.policy, message, clock::now())
    })
}

/// A pass that was taken along and is still good.
pub(crate) fn pass_at_hand(name: &str) -> Option<u64> {
    let now = clock::now();
    with(name, |known| known.ahead.next().filter(|_| now < known.ahead_until))
}

/// How many passes to take along: as long as they are used up in time twice as many as before, else half.
pub(crate) fn n_wanted(name: &str) -> u32 {
    let now = clock::now();
    with(name, |known| {
        known.n_asked = if now < known.ahead_until {
            (known.n_asked * 2).clamp(1, N_AHEAD)
        } else {
            known.n_asked / 2
        };
        known.n_asked
    })
}

/// Takes passes along, the first of which is this one.
pub(crate) fn take_along(name: &str, first: u64, n: u32) {
    let until = clock::now().plus_ms(AHEAD_MS);
    with(name, |known| {
        known.ahead = first..first + u64::from(n);
        known.ahead_until = until;
    });
}

/// Good news for the next letter.
pub(crate) fn remember(name: &str, pass: u64, window: Vec<(String, String)>) {
    with(name, |known| {
        known.good.passes.push(pass);
        known.good.window = window;
    });
}

pub(crate) fn good_news(name: &str) -> Good {
    with(name, |known| take(&mut known.good))
}

pub(crate) fn hold(name: &str, kind: Kind, wait_ms: u64) {
    // An allowance comes back evenly; only a closed source is worth remembering.
    if kind == Kind::Spent {
        return;
    }
    let until = clock::now().plus_ms(i64::try_from(wait_ms).unwrap_or_default());
    with(name, |known| {
        known.held = Some((kind, until));
        known.ahead = 0..0;
    });
}

pub(crate) fn held(name: &str) -> Option<(Kind, u64)> {
    let now = clock::now();
    with(name, |known| {
        let (kind, until) = known.held?;
        let left_ms = u64::try_from(until.since(now)).ok().filter(|left_ms| *left_ms > 0);
        if left_ms.is_none() {
            known.held = None;
        }
        Some((kind, left_ms?))
    })
}

/// A place among the requests under way, until it is dropped.
pub(crate) struct Place {
    name: String,
    number: u64,
    is_waiting: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        with(&self.name, |known| {
            let list = if self.is_waiting {
                &mut known.waiting
            } else {
                &mut known.running
            };
            list.remove(&self.number);
        });
    }
}

/// A place among the requests under way, which ends by `deadline`.
///
/// # Errors
/// That too many are under way.
pub(crate) async fn place(wire: &Wire, source: &Source, deadline: UnixMs) -> Result<Place, Refusal> {
    let patience_ms = i64::try_from(source.policy.patience_ms).unwrap_or_default();
    let until = clock::now().plus_ms(patience_ms);
    let mut line = None;
    loop {
        match (room(source), &line) {
            (Room::Run, _) => return Ok(enter(source, deadline, false)),
            (Room::Wait, None) => line = Some(enter(source, until, true)),
            (_, Some(_)) if clock::now() < until => {}
            _ => return Err(Hold::Busy.refusal()),
        }
        bridge::pause(wire, LOOK_MS).await;
    }
}

fn room(source: &Source) -> Room {
    let now = clock::now();
    with(&source.name, |known| {
        known.running.retain(|_, until| now < *until);
        known.waiting.retain(|_, until| now < *until);
        source.policy.place(known.running.len(), known.waiting.len())
    })
}

fn enter(source: &Source, until: UnixMs, is_waiting: bool) -> Place {
    let number = with(&source.name, |known| {
        known.n_places += 1;
        let list = if is_waiting {
            &mut known.waiting
        } else {
            &mut known.running
        };
        list.insert(known.n_places, until);
        known.n_places
    });
    Place {
        name: source.name.clone(),
        number,
        is_waiting,
    }
}
