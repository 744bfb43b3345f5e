//! The standing of one source, asked and told by messages: inside this isolate, or in the Durable Object that all
//! isolates share. What is decided is `roster-gateway`'s; here it is kept.

use std::collections::BTreeMap;

use roster_core::{Headers, Response, SourceBudget, SourceState, UnixMs, provider};
use roster_gateway::{Cause, Hold, Next, Pass, Policy, Standing, Tried, cause};
use serde::{Deserialize, Serialize};

use crate::bearer::{Bearer, Brought, Told};
use crate::pace::Pace;

/// Passes that are remembered; one that is older belongs to a caller that is gone.
const N_PASSES: usize = 1024;

/// Most passes that one caller gets ahead of their use. Whoever holds some hears of a refusal later than the others.
const N_AHEAD: u32 = 64;

/// A message to the keeper of a source. It may hold a token and has no `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) enum Message {
    /// May one request go out? And so many more soon?
    Admit { n_more: u32 },
    /// The answer to a request: its status, and the headers that say how much of the API's window is used.
    Answered {
        pass: u64,
        status: u16,
        headers: Vec<(String, String)>,
        tried: Attempt,
    },
    /// A request that broke.
    Broken { pass: u64, way: Broken, tried: Attempt },
    /// How is it?
    Look,
    /// Which access token is it now? Not the one of this number, or of one before, which the API refused.
    Token { refused: u64 },
    /// What an exchange brought.
    Exchanged { number: u64, brought: Brought },
}

/// Which try of a call it was.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) n: u32,
    pub(crate) deadline_ms: i64,
    pub(crate) jitter: f64,
}

/// How a request broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Broken {
    Late,
    Unreachable,
    TooLarge,
}

/// The answer of the keeper. It may hold a token and has no `Debug`.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// A request may go out after this wait; so many more may without asking, with the passes that follow. Of a probe the
    /// outcome is waited for.
    Go {
        pass: u64,
        wait_ms: u64,
        n_more: u32,
        is_probe: bool,
    },
    /// None may.
    Hold { kind: Kind, wait_ms: u64 },
    /// What to do after a try, and until when nobody may ask.
    Next {
        retry_ms: Option<u64>,
        wait_ms: Option<u64>,
    },
    /// How the source is.
    State {
        state: SourceState,
        wait_ms: Option<u64>,
        budget: Option<SourceBudget>,
    },
    /// What is known of the access token.
    Token(Told),
}

/// Why no request may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Cooling,
    Spent,
    Resting,
    Busy,
}

/// What is asked of which API. It goes to the Durable Object as JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) provider: String,
    pub(crate) pace: Pace,
    /// Passes whose requests were answered well since the last letter.
    pub(crate) good: Good,
    pub(crate) message: Message,
}

/// Good news: it can wait for the next letter.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Good {
    pub(crate) passes: Vec<u64>,
    /// What the last of these answers said of the API's window.
    pub(crate) window: Vec<(String, String)>,
}

/// Keeps the standing of one source.
#[derive(Default)]
pub(crate) struct Keeper {
    standing: Standing,
    bearer: Bearer,
    passes: BTreeMap<u64, Pass>,
    n_passes: u64,
}

impl Keeper {
    /// The keeper of what was stored. What cannot be read is as good as nothing.
    pub(crate) fn restored(stored: Option<&str>) -> Self {
        let stored = stored.and_then(|text| serde_json::from_str(text).ok());
        let (standing, bearer) = stored.unwrap_or_default();
        Self {
            standing,
            bearer,
            ..Self::default()
        }
    }

    /// What is to be stored. It holds the access token.
    pub(crate) fn stored(&self) -> String {
        serde_json::to_string(&(&self.standing, &self.bearer)).unwrap_or_default()
    }

    /// Answers a letter that came as JSON; `None` if it is none.
    pub(crate) fn read(&mut self, letter: &str, now: UnixMs) -> Option<String> {
        let letter: Letter = serde_json::from_str(letter).ok()?;
        let policy = letter.pace.over(Policy::of(provider(&letter.provider)?.info()));
        self.learn(&policy, letter.good, now);
        serde_json::to_string(&self.hear(&policy, letter.message, now)).ok()
    }

    fn learn(&mut self, policy: &Policy, good: Good, now: UnixMs) {
        let last = good.passes.len().saturating_sub(1);
        for (n, pass) in good.passes.into_iter().enumerate() {
            let window = if n == last { good.window.as_slice() } else { &[] };
            let answer = answer(200, window.iter().cloned(), now);
            let pass = self.passes.remove(&pass).unwrap_or(Pass::FORGOTTEN);
            self.standing.record(policy, pass, &answer, now);
        }
    }

    /// Answers a message.
    pub(crate) fn hear(&mut self, policy: &Policy, message: Message, now: UnixMs) -> Word {
        match message {
            Message::Admit { n_more } => self.admit(policy, n_more, now),
            Message::Answered {
                pass,
                status,
                headers,
                tried,
            } => {
                let answer = answer(status, headers, now);
                let record = |standing: &mut Standing, pass| standing.record(policy, pass, &answer, now);
                self.after(policy, pass, tried, now, record)
            }
            Message::Broken { pass, way, tried } => {
                let record = |standing: &mut Standing, pass| standing.record_broken(policy, pass, way.cause(), now);
                self.after(policy, pass, tried, now, record)
            }
            Message::Look => Word::State {
                state: self.standing.state(now),
                wait_ms: self.standing.wait_ms(now),
                budget: self.standing.budget(now),
            },
            Message::Token { refused } => Word::Token(self.bearer.ask(refused, now)),
            Message::Exchanged { number, brought } => Word::Token(self.bearer.learn(number, brought, now)),
        }
    }

    fn admit(&mut self, policy: &Policy, n_more: u32, now: UnixMs) -> Word {
        let pass = match self.standing.admit(policy, now) {
            Ok(pass) => pass,
            Err(hold) => return Word::held(hold),
        };
        let wait_ms = pass.wait_ms;
        let id = self.issue(pass, now);
        // After a failure every request is asked for and told.
        let is_probe = self.standing.state(now) != SourceState::Working;
        let n_more = if wait_ms > 0 || is_probe {
            0
        } else {
            self.ahead(policy, n_more, now)
        };
        Word::Go {
            pass: id,
            wait_ms,
            n_more,
            is_probe,
        }
    }

    /// Passes ahead of their use: they are taken from the allowance now, and at most an eighth of what may be asked at
    /// once goes to one caller. One that is not used is lost, so that no more is ever asked than the allowance says.
    fn ahead(&mut self, policy: &Policy, n_more: u32, now: UnixMs) -> u32 {
        let share = policy.rate.map_or(N_AHEAD, |rate| rate.burst() / 8);
        let at_once = Policy {
            patience_ms: 0,
            ..*policy
        };
        let mut n_given = 0;
        while n_given < n_more.min(share).min(N_AHEAD) {
            let Ok(pass) = self.standing.admit(&at_once, now) else {
                break;
            };
            self.issue(pass, now);
            n_given += 1;
        }
        n_given
    }

    /// Numbers a pass. The numbers of two lives of the object differ.
    fn issue(&mut self, pass: Pass, now: UnixMs) -> u64 {
        if self.n_passes == 0 {
            self.n_passes = u64::try_from(now.0).unwrap_or_default().saturating_mul(1000);
        }
        self.n_passes += 1;
        self.passes.insert(self.n_passes, pass);
        if self.passes.len() > N_PASSES
            && let Some((_, forgotten)) = self.passes.pop_first()
        {
            self.standing.give_back(forgotten, now);
        }
        self.n_passes
    }

    fn after(
        &mut self,
        policy: &Policy,
        pass: u64,
        tried: Attempt,
        now: UnixMs,
        record: impl FnOnce(&mut Standing, Pass) -> roster_gateway::Outcome,
    ) -> Word {
        let pass = self.passes.remove(&pass).unwrap_or(Pass::FORGOTTEN);
        let outcome = record(&mut self.standing, pass);
        let tried = Tried {
            n: tried.n,
            n_allowed: policy.n_tries,
            deadline: UnixMs(tried.deadline_ms),
            jitter: tried.jitter,
        };
        let retry_ms = match self.standing.next_try(tried, outcome, now) {
            Next::Retry { pause_ms } => Some(pause_ms),
            Next::Give => None,
        };
        Word::Next {
            retry_ms,
            wait_ms: self.standing.wait_ms(now),
        }
    }
}

/// `received` is when it came, for a wait that is a date.
fn answer(status: u16, headers: impl IntoIterator<Item = (String, String)>, received: UnixMs) -> Response {
    Response {
        received,
        headers: headers.into_iter().collect::<Headers>(),
        ..Response::new(status, "")
    }
}

impl Broken {
    pub(crate) fn of(cause: Cause) -> Self {
        match cause {
            cause::TIMEOUT => Self::Late,
            cause::TOO_LARGE => Self::TooLarge,
            _ => Self::Unreachable,
        }
    }

    fn cause(self) -> Cause {
        match self {
            Self::Late => cause::TIMEOUT,
            Self::TooLarge => cause::TOO_LARGE,
            Self::Unreachable => cause::UNREACHABLE,
        }
    }
}

impl Word {
    fn held(hold: Hold) -> Self {
        let (kind, wait_ms) = match hold {
            Hold::Cooling { wait_ms } => (Kind::Cooling, wait_ms),
            Hold::Spent { wait_ms } => (Kind::Spent, wait_ms),
            Hold::Resting { wait_ms } => (Kind::Resting, wait_ms),
            Hold::Busy => (Kind::Busy, 0),
        };
        Self::Hold { kind, wait_ms }
    }
}

impl Kind {
    /// The hold again, on this side of the message.
    pub(crate) fn hold(self, wait_ms: u64) -> Hold {
        match self {
            Self::Cooling => Hold::Cooling { wait_ms },
            Self::Spent => Hold::Spent { wait_ms },
            Self::Resting => Hold::Resting { wait_ms },
            Self::Busy => Hold::Busy,
        }
    }
}

#[cfg(test)]
mod tests;
