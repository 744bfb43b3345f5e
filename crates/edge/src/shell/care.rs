//! How carefully a source is asked: its keeper decides, wherever it is.

use roster_core::{Budget, Response as Answer, UnixMs};
use roster_gateway::{Cause, Limits, OF_ONE_EXCHANGE, Outcome, Refusal, cause};

use super::api::Desk;
use super::local::{self, Place};
use super::{bridge, clock};
use crate::book::Source;
use crate::keeper::{Attempt, Broken, Kind, Letter, Message, Word};

/// Requests left in the API's window from which on every answer is told at once.
const N_LEFT: u64 = 256;

/// One call of a source, over all its tries.
pub(crate) struct Call<'a> {
    desk: &'a Desk<'a>,
    source: &'a Source,
    deadline: UnixMs,
    n: u32,
}

/// The permission for one request, with its place among those under way.
pub(crate) struct Permit {
    pass: u64,
    is_probe: bool,
    _place: Place,
}

/// What follows a try.
pub(crate) enum Then {
    /// Another one; the pause before it is over.
    Again,
    /// Nothing: the source is left alone for so many milliseconds, if at all.
    Give { wait_ms: Option<u64> },
}

impl<'a> Call<'a> {
    pub(crate) fn new(desk: &'a Desk<'a>, source: &'a Source, limits: &Limits) -> Self {
        let whole_ms = i64::try_from(limits.whole_ms).unwrap_or(i64::MAX);
        Self {
            desk,
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
        let place = local::place(self.desk.wire, self.source, self.deadline).await?;
        let permit = |pass, is_probe| Permit {
            pass,
            is_probe,
            _place: place,
        };
        if let Some((kind, wait_ms)) = local::held(&self.source.name) {
            return Err(kind.hold(wait_ms).refusal());
        }
        if let Some(pass) = local::pass_at_hand(&self.source.name) {
            return Ok(permit(pass, false));
        }
        let n_more = if self.desk.has_objects {
            local::n_wanted(&self.source.name)
        } else {
            0
        };
        match ask(self.desk, self.source, Message::Admit { n_more }).await? {
            Word::Go {
                pass,
                wait_ms,
                n_more,
                is_probe,
            } => {
                local::take_along(&self.source.name, pass + 1, n_more);
                if wait_ms > 0 {
                    bridge::pause(self.desk.wire, wait_ms).await;
                }
                Ok(permit(pass, is_probe))
            }
            Word::Hold { kind, wait_ms } => {
                local::hold(&self.source.name, kind, wait_ms);
                Err(kind.hold(wait_ms).refusal())
            }
            _ => Err(unheard()),
        }
    }

    /// Tells of the answer, and says what then. Good news waits for the next letter.
    pub(crate) async fn answered(&self, permit: Permit, answer: &Answer) -> Then {
        let window = || {
            let pair = |name: &&'static str| Some(((*name).to_owned(), answer.headers.get(name)?.to_owned()));
            OF_ONE_EXCHANGE.iter().filter_map(pair).collect::<Vec<_>>()
        };
        let is_good = Outcome::of(answer) == Outcome::Answered && !permit.is_probe;
        let has_room = Budget::read(&answer.headers).is_none_or(|budget| budget.limit > budget.used + N_LEFT);
        if is_good && has_room && self.desk.has_objects {
            local::remember(&self.source.name, permit.pass, window());
            return Then::Give { wait_ms: None };
        }
        let message = Message::Answered {
            pass: permit.pass,
            status: answer.status,
            headers: window(),
            tried: self.tried(),
        };
        drop(permit);
        self.next(message, Outcome::of(answer)).await
    }

    /// The same for a request that broke.
    pub(crate) async fn broke(&self, permit: Permit, cause: Cause) -> Then {
        let message = Message::Broken {
            pass: permit.pass,
            way: Broken::of(cause),
            tried: self.tried(),
        };
        drop(permit);
        self.next(message, Outcome::of_cause(cause)).await
    }

    async fn next(&self, message: Message, outcome: Outcome) -> Then {
        let Ok(Word::Next { retry_ms, wait_ms }) = ask(self.desk, self.source, message).await else {
            return Then::Give { wait_ms: None };
        };
        if let Some(wait_ms) = wait_ms {
            let kind = match outcome {
                Outcome::Failed | Outcome::TimedOut => Kind::Resting,
                Outcome::Answered | Outcome::Throttled { .. } => Kind::Cooling,
            };
            local::hold(&self.source.name, kind, wait_ms);
        }
        let Some(retry_ms) = retry_ms else {
            return Then::Give { wait_ms };
        };
        bridge::pause(self.desk.wire, retry_ms).await;
        Then::Again
    }

    fn tried(&self) -> Attempt {
        Attempt {
            n: self.n,
            deadline_ms: self.deadline.0,
            jitter: clock::dice(),
        }
    }
}

/// How a source is.
pub(crate) async fn look(desk: &Desk<'_>, source: &Source) -> Option<Word> {
    ask(desk, source, Message::Look).await.ok()
}

/// What the keeper of a source says to a message.
pub(crate) async fn ask(desk: &Desk<'_>, source: &Source, message: Message) -> Result<Word, Refusal> {
    if !desk.has_objects {
        return Ok(local::hear(source, message));
    }
    let letter = Letter {
        provider: source.provider.to_owned(),
        pace: source.pace,
        good: local::good_news(&source.name),
        message,
    };
    let letter = serde_json::to_string(&letter).map_err(|_| unheard())?;
    let word = bridge::ask_object(desk.wire, &source.name, &letter)
        .await
        .ok_or_else(unheard)?;
    serde_json::from_str(&word).map_err(|_| unheard())
}

/// Without its keeper nobody knows whether the API may be asked, so it is not.
pub(crate) fn unheard() -> Refusal {
    cause::BUSY
        .refusal("expected the keeper of the source to answer, found it silent")
        .with_retry_after_ms(Some(1_000))
}
