//! One request upstream for everybody in this isolate who wants the same at the same time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use http::HeaderMap;
use roster_core::UnixMs;
use roster_gateway::{Envelope, Refusal, Worth};

use super::task::Wire;
use super::{bridge, clock};

/// How often one who waits looks whether it has landed, in milliseconds.
const LOOK_MS: u64 = 10;

/// How long what landed is there for those who waited, in milliseconds.
const LANDED_MS: i64 = 5_000;

/// Most answers that are remembered as missing.
const N_MISSING: usize = 1_024;

/// What a flight brought: data under its headers, or a refusal.
pub(crate) type Landed = Rc<Result<(HeaderMap, String), Refusal>>;

enum State {
    /// Under way, until then at the latest.
    Out { until: UnixMs, n_waiting: usize },
    /// Down; it is there until then.
    Down {
        landed: Landed,
        until: UnixMs,
        n_waiting: usize,
    },
}

thread_local! {
    static FLIGHTS: RefCell<BTreeMap<String, State>> = const { RefCell::new(BTreeMap::new()) };
    /// What is not there, and for how long that is believed.
    static MISSING: RefCell<BTreeMap<String, (Refusal, Envelope)>> = const { RefCell::new(BTreeMap::new()) };
}

/// A flight that this caller makes. Dropped before it landed, it leaves the others to theirs.
pub(crate) struct Flight(String);

/// What boarding gives.
pub(crate) enum Seat {
    /// Nobody is under way: this caller is.
    Pilot(Flight),
    /// Somebody was, and brought this.
    Passenger(Landed),
}

/// Joins the flight of a key, or makes it; one that is not down by `until` is not waited for.
pub(crate) async fn board(wire: &Wire, key: &str, until: UnixMs) -> Seat {
    let mut is_waiting = false;
    loop {
        if let Some(seat) = look(key, until, is_waiting) {
            return seat;
        }
        is_waiting = true;
        bridge::pause(wire, LOOK_MS).await;
    }
}

fn look(key: &str, until: UnixMs, is_waiting: bool) -> Option<Seat> {
    let now = clock::now();
    FLIGHTS.with_borrow_mut(|flights| {
        flights.retain(|_, state| match state {
            State::Out { until, .. } | State::Down { until, .. } => now < *until,
        });
        match flights.get_mut(key) {
            Some(State::Out { n_waiting, .. }) => {
                *n_waiting += usize::from(!is_waiting);
                None
            }
            Some(State::Down { landed, n_waiting, .. }) => {
                let landed = landed.clone();
                *n_waiting = n_waiting.saturating_sub(usize::from(is_waiting));
                if *n_waiting == 0 {
                    flights.remove(key);
                }
                Some(Seat::Passenger(landed))
            }
            None => {
                flights.insert(key.to_owned(), State::Out { until, n_waiting: 0 });
                Some(Seat::Pilot(Flight(key.to_owned())))
            }
        }
    })
}

impl Flight {
    /// Tells those who wait. `landed` is made only for them.
    pub(crate) fn land(self, landed: impl FnOnce() -> Option<Landed>) {
        FLIGHTS.with_borrow_mut(|flights| {
            if let Some(State::Out { n_waiting: 1.., .. }) = flights.get(&self.0)
                && let Some(landed) = landed()
                && let Some(state) = flights.get_mut(&self.0)
                && let State::Out { n_waiting, .. } = *state
            {
                *state = State::Down {
                    landed,
                    until: clock::now().plus_ms(LANDED_MS),
                    n_waiting,
                };
            }
        });
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        FLIGHTS.with_borrow_mut(|flights| {
            if let Some(State::Out { .. }) = flights.get(&self.0) {
                flights.remove(&self.0);
            }
        });
    }
}

/// What is believed not to be there.
pub(crate) fn missing(key: &str) -> Option<Refusal> {
    let now = clock::now();
    MISSING.with_borrow(|all| {
        let (refusal, envelope) = all.get(key)?;
        (envelope.worth(now) == Worth::Fresh).then(|| refusal.clone())
    })
}

/// Remembers that something is not there.
pub(crate) fn remember_missing(key: &str, refusal: &Refusal) {
    let now = clock::now();
    MISSING.with_borrow_mut(|all| {
        if all.len() >= N_MISSING {
            all.retain(|_, (_, envelope)| envelope.worth(now) == Worth::Fresh);
        }
        if all.len() < N_MISSING {
            all.insert(key.to_owned(), (refusal.clone(), Envelope::of_missing(now)));
        }
    });
}
