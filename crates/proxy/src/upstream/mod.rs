//! The way to the APIs: what is kept is given, what is missing is asked for once, whoever wants it.
//!
//! When and how often an API is asked is decided by `roster-gateway`; here its decisions meet sockets.

mod arrived;
mod call;
mod care;
mod connect;
mod exchange;
mod file;
mod flight;
mod line;
mod live;
mod long;
mod pool;
mod store;

use std::sync::{Arc, Mutex, PoisonError};

use roster_core::UnixMs;
use roster_gateway::{CacheKey, Envelope, Refusal, Worth, cause, is_covered};
use roster_shell::Circle;

use crate::clock::Clock;
use crate::source::Source;
use call::{Got, Question, call};
use flight::Flights;
use store::Kept;

pub(crate) use arrived::{Arrived, Pieces};
pub(crate) use call::{Question as Asked, Trip};
pub(crate) use care::Care;
pub(crate) use exchange::Exchange;
pub(crate) use file::file;
pub(crate) use live::{Clients, ask, fetch};
pub(crate) use long::Long;
pub(crate) use store::{Store, What};

/// Longest answer that is held whole although it will not be kept, in bytes: every error that comes with status 200 is
/// shorter.
const UNKEPT_BYTES: u64 = 64 * 1024;

/// What all sources share on their way to the APIs.
#[derive(Clone)]
pub(crate) struct Upstream {
    pub(crate) clock: Clock,
    store: Store,
    flights: Flights<(Landed, Option<Trip>)>,
}

/// What a request upstream brought, for everybody who waited for it.
#[derive(Clone)]
enum Landed {
    Kept(Arc<Kept>),
    /// Too long to be kept; the first to come takes it.
    Long(Arc<Mutex<Option<Long>>>),
    Refused(Arc<Refusal>),
}

/// What a client gets.
pub(crate) enum Served {
    /// An answer that is whole.
    Whole(Arc<Kept>, Origin),
    /// An answer that is handed on while it arrives.
    Long(Long),
    /// No data.
    Refused(Refusal),
}

/// Where an answer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The API, just now; this source keeps nothing.
    Api,
    /// The API, just now.
    Miss,
    /// What was kept, and is fresh.
    Hit,
    /// What was kept, because the API failed with this code.
    Stale(String),
}

impl Upstream {
    pub(crate) fn new(clock: Clock, store_bytes: u64) -> Self {
        Self {
            clock,
            store: Store::new(store_bytes),
            flights: Flights::default(),
        }
    }

    /// The bytes of all answers that are kept, and their number.
    pub(crate) fn kept(&self) -> (u64, u64) {
        self.store.size()
    }

    /// The answer to a question, and what an API was asked for it.
    pub(crate) async fn get(
        &self,
        circle: &Circle,
        source: &Arc<Source>,
        mut question: Question,
    ) -> (Served, Option<Trip>) {
        if !source.care.policy().keeps {
            // What nobody keeps need not be held.
            question.limits.held_bytes = question.limits.held_bytes.min(UNKEPT_BYTES);
            let (landed, trip) = fetch_one(&self.clock, circle, source, &question).await;
            return (served(landed, Origin::Api), trip);
        }
        let key = source.key(&question);
        let kept = self.store.get(&key);
        let worth = kept.as_ref().map(|kept| kept.worth(self.clock.now()));
        if let (Some(kept), Some(Worth::Fresh)) = (&kept, worth) {
            source.care.counts.hit();
            return (served(Landed::Kept(kept.clone()), Origin::Hit), None);
        }
        let (landed, trip) = self.land(key, circle, source, question.clone()).await;
        let served = match (landed, kept.filter(|_| worth == Some(Worth::Stale))) {
            (Landed::Refused(refusal), Some(kept)) if is_covered(&refusal) => {
                source.care.counts.stale();
                Served::Whole(kept, Origin::Stale(refusal.problem.code.clone()))
            }
            (Landed::Long(long), _) => {
                let first = long.lock().unwrap_or_else(PoisonError::into_inner).take();
                let Some(first) = first else {
                    // Somebody else took it. One body cannot be handed on twice while it arrives.
                    let (landed, trip) = fetch_one(&self.clock, circle, source, &question).await;
                    return (served(landed, Origin::Miss), trip);
                };
                Served::Long(first)
            }
            (landed, _) => served(landed, Origin::Miss),
        };
        (served, trip)
    }

    /// Asks, or waits for who asks already. Whoever leaves does not stop it for the others.
    async fn land(
        &self,
        key: CacheKey,
        circle: &Circle,
        source: &Arc<Source>,
        question: Question,
    ) -> (Landed, Option<Trip>) {
        let (upstream, circle, source) = (self.clone(), circle.clone(), source.clone());
        let landed = self.flights.join(key, async move {
            // It may have been brought between the look before and this flight.
            let now = upstream.clock.now();
            let brought = upstream.store.get(&key).filter(|kept| kept.worth(now) == Worth::Fresh);
            if let Some(kept) = brought {
                return (Landed::Kept(kept), None);
            }
            let (landed, trip) = fetch_one(&upstream.clock, &circle, &source, &question).await;
            upstream.keep(key, &landed);
            (landed, trip)
        });
        landed.await.unwrap_or_else(|| {
            let refusal = cause::BUG.refusal("bug: a request upstream ended without an outcome");
            (Landed::Refused(Arc::new(refusal)), None)
        })
    }

    /// Keeps what may be kept: whole data, and for a moment that there is none.
    fn keep(&self, key: CacheKey, landed: &Landed) {
        match landed {
            Landed::Kept(kept) if kept.envelope.is_some() => self.store.put(key, kept.clone()),
            Landed::Refused(refusal) if refusal.status == 404 => {
                let envelope = Envelope::of_missing(self.clock.now());
                let what = What::Missing(refusal.as_ref().clone());
                self.store.put(key, Arc::new(Kept::new(what, Some(envelope))));
            }
            _ => {}
        }
    }
}

async fn fetch_one(
    clock: &Clock,
    circle: &Circle,
    source: &Arc<Source>,
    question: &Question,
) -> (Landed, Option<Trip>) {
    source.care.counts.miss();
    let mut trip = None;
    let got = call(clock, circle, source, question, &mut trip).await;
    let landed = match got.map_err(|refusal| circle.scrub(refusal)) {
        Ok(Got::Whole { headers, body }) => {
            let keeps = source.care.policy().keeps;
            let envelope = keeps.then(|| Envelope::of_data(&body, clock.now())).flatten();
            Landed::Kept(Arc::new(Kept::new(What::Data { headers, body }, envelope)))
        }
        Ok(Got::Long(long)) => Landed::Long(Arc::new(Mutex::new(Some(*long)))),
        Err(refusal) => Landed::Refused(Arc::new(refusal)),
    };
    (landed, trip)
}

fn served(landed: Landed, origin: Origin) -> Served {
    match landed {
        Landed::Kept(kept) => match &kept.what {
            What::Data { .. } => Served::Whole(kept, origin),
            What::Missing(refusal) => Served::Refused(refusal.clone()),
        },
        Landed::Refused(refusal) => Served::Refused(refusal.as_ref().clone()),
        Landed::Long(long) => match long.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(long) => Served::Long(long),
            None => Served::Refused(cause::BUG.refusal("bug: a long answer was taken twice")),
        },
    }
}

impl Kept {
    fn worth(&self, now: UnixMs) -> Worth {
        self.envelope.map_or(Worth::Gone, |envelope| envelope.worth(now))
    }
}
