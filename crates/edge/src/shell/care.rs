//! How carefully a source is asked: its keeper decides, wherever it is.

use std::cell::RefCell;
use std::collections::BTreeMap;

use roster_core::{Response as Answer, UnixMs, provider};
use roster_gateway::{Cause, Limits, Outcome, Policy, Refusal, cause};
use worker::Env;

use super::{bridge, clock};
use crate::book::Source;
use crate::keeper::{Attempt, Broken, Keeper, Kind, Letter, Message, Word};

thread_local! {
    /// Keepers inside this isolate, for a Worker without the Durable Object.
    static HERE: RefCell<BTreeMap<String, Keeper>> = const { RefCell::new(BTreeMap::new()) };
    /// Until when nobody may ask a source, as its keeper said last: until then it need not be asked again.
    static HELD: RefCell<BTreeMap<String, (Kind, UnixMs)>> = const { RefCell::new(BTreeMap::new()) };
}

/// One call of a source, over all its tries.
pub(crate) struct Call<'a> {
    env: &'a Env,
    source: &'a Source,
    deadline: UnixMs,
    n: u32,
}

/// The permission for one request.
pub(crate) struct Permit(u64);

/// What follows a try.
pub(crate) enum Then {
    /// Another one; the pause before it is over.
    Again,
    /// Nothing: the source is left alone for so many milliseconds, if at all.
    Give { wait_ms: Option<u64> },
}

impl<'a> Call<'a> {
    pub(crate) fn new(env: &'a Env, source: &'a Source, limits: &Limits) -> Self {
        let whole_ms = i64::try_from(limits.whole_ms).unwrap_or(i64::MAX);
        Self {
            env,
            source,
            deadline: clock::now().plus_ms(whole_ms),
            n: 0,
        }
    }

    /// What is left of the call's time, in milliseconds.
    pub(crate) fn left_ms(&self) -> u64 {
        u64::try_from(self.deadline.since(clock::now())).unwrap_or_default()
    }

    /// Asks for a request, and waits if it may go out later.
    pub(crate) async fn admit(&mut self) -> Result<Permit, Refusal> {
        self.n += 1;
        if let Some((kind, wait_ms)) = held(&self.source.name()) {
            return Err(kind.hold(wait_ms).refusal());
        }
        match ask(self.env, self.source, Message::Admit).await? {
            Word::Go { pass, wait_ms } => {
                if wait_ms > 0 {
                    bridge::pause(wait_ms).await;
                }
                Ok(Permit(pass))
            }
            Word::Hold { kind, wait_ms } => {
                hold(self.source, kind, wait_ms);
                Err(kind.hold(wait_ms).refusal())
            }
            _ => Err(unheard()),
        }
    }

    /// Tells of the answer, and says what then.
    pub(crate) async fn answered(&self, permit: Permit, answer: &Answer) -> Then {
        let message = Message::Answered {
            pass: permit.0,
            status: answer.status,
            headers: answer
                .headers
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            tried: self.tried(),
        };
        let kind = match Outcome::of(answer) {
            Outcome::Throttled { .. } => Kind::Cooling,
            _ => Kind::Resting,
        };
        self.next(message, kind).await
    }

    /// The same for a request that broke.
    pub(crate) async fn broke(&self, permit: Permit, cause: Cause) -> Then {
        let message = Message::Broken {
            pass: permit.0,
            way: Broken::of(cause),
            tried: self.tried(),
        };
        self.next(message, Kind::Resting).await
    }

    /// `kind` is why the source is left alone if it is from now on: it asked to, or it keeps failing.
    async fn next(&self, message: Message, kind: Kind) -> Then {
        let Ok(Word::Next { retry_ms, wait_ms }) = ask(self.env, self.source, message).await else {
            return Then::Give { wait_ms: None };
        };
        if let Some(wait_ms) = wait_ms {
            hold(self.source, kind, wait_ms);
        }
        let Some(retry_ms) = retry_ms else {
            return Then::Give { wait_ms };
        };
        bridge::pause(retry_ms).await;
        Then::Again
    }

    fn tried(&self) -> Attempt {
        Attempt {
            n: self.n,
            deadline_ms: self.deadline.0,
            jitter: bridge::dice(),
        }
    }
}

/// How a source is.
pub(crate) async fn look(env: &Env, source: &Source) -> Option<Word> {
    ask(env, source, Message::Look).await.ok()
}

async fn ask(env: &Env, source: &Source, message: Message) -> Result<Word, Refusal> {
    if !bridge::has_objects(env) {
        let known = provider(source.provider).ok_or_else(unheard)?;
        let policy = source.pace.over(Policy::of(known.info()));
        return Ok(HERE.with_borrow_mut(|keepers| {
            keepers
                .entry(source.name())
                .or_default()
                .hear(&policy, message, clock::now())
        }));
    }
    let letter = Letter {
        provider: source.provider.to_owned(),
        pace: source.pace,
        message,
    };
    let letter = serde_json::to_string(&letter).map_err(|_| unheard())?;
    let word = bridge::ask_object(env, &source.name(), &letter)
        .await
        .ok_or_else(unheard)?;
    serde_json::from_str(&word).map_err(|_| unheard())
}

/// Without its keeper nobody knows whether the API may be asked, so it is not.
fn unheard() -> Refusal {
    cause::BUSY
        .refusal("expected the keeper of the source to answer, found it silent")
        .with_retry_after_ms(Some(1_000))
}

fn hold(source: &Source, kind: Kind, wait_ms: u64) {
    let until = clock::now().plus_ms(i64::try_from(wait_ms).unwrap_or_default());
    // An allowance comes back evenly; only a closed source is worth remembering.
    if kind != Kind::Spent {
        HELD.with_borrow_mut(|held| held.insert(source.name(), (kind, until)));
    }
}

fn held(name: &str) -> Option<(Kind, u64)> {
    HELD.with_borrow_mut(|held| {
        let (kind, until) = *held.get(name)?;
        let left_ms = u64::try_from(until.since(clock::now()))
            .ok()
            .filter(|left_ms| *left_ms > 0);
        if left_ms.is_none() {
            held.remove(name);
        }
        Some((kind, left_ms?))
    })
}
