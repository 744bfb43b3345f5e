//! The standing of one source, asked and told by messages: inside this isolate, or in the Durable Object that all
//! isolates share. What is decided is `roster-gateway`'s; here it is kept.

use std::collections::BTreeMap;

use roster_core::{Headers, Response, SourceBudget, SourceState, UnixMs, provider};
use roster_gateway::{Cause, Hold, Next, Pass, Policy, Standing, Tried, cause};
use serde::{Deserialize, Serialize};

use crate::pace::Pace;

/// Passes that are remembered; one that is older belongs to a caller that is gone.
const N_PASSES: usize = 1024;

/// A message to the keeper of a source.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Message {
    /// May one request go out?
    Admit,
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

/// The answer of the keeper.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// A request may go out after this wait.
    Go { pass: u64, wait_ms: u64 },
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
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) provider: String,
    pub(crate) pace: Pace,
    pub(crate) message: Message,
}

/// Keeps the standing of one source.
#[derive(Default)]
pub(crate) struct Keeper {
    standing: Standing,
    passes: BTreeMap<u64, Pass>,
    n_passes: u64,
}

impl Keeper {
    /// The keeper of a standing that was stored. One that cannot be read is as good as none.
    pub(crate) fn restored(stored: Option<&str>) -> Self {
        Self {
            standing: stored
                .and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The standing, to be stored.
    pub(crate) fn stored(&self) -> String {
        serde_json::to_string(&self.standing).unwrap_or_default()
    }

    /// Answers a letter that came as JSON; `None` if it is none.
    pub(crate) fn read(&mut self, letter: &str, now: UnixMs) -> Option<String> {
        let letter: Letter = serde_json::from_str(letter).ok()?;
        let policy = letter.pace.over(Policy::of(provider(&letter.provider)?.info()));
        serde_json::to_string(&self.hear(&policy, letter.message, now)).ok()
    }

    /// Answers a message.
    pub(crate) fn hear(&mut self, policy: &Policy, message: Message, now: UnixMs) -> Word {
        match message {
            Message::Admit => self.admit(policy, now),
            Message::Answered {
                pass,
                status,
                headers,
                tried,
            } => {
                let headers = headers.into_iter().collect::<Headers>();
                let answer = Response {
                    headers,
                    ..Response::new(status, "")
                };
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
        }
    }

    fn admit(&mut self, policy: &Policy, now: UnixMs) -> Word {
        match self.standing.admit(policy, now) {
            Ok(pass) => {
                self.n_passes += 1;
                self.passes.insert(self.n_passes, pass);
                if self.passes.len() > N_PASSES
                    && let Some((_, forgotten)) = self.passes.pop_first()
                {
                    self.standing.give_back(forgotten, now);
                }
                Word::Go {
                    pass: self.n_passes,
                    wait_ms: pass.wait_ms,
                }
            }
            Err(hold) => Word::held(hold),
        }
    }

    fn after(
        &mut self,
        policy: &Policy,
        pass: u64,
        tried: Attempt,
        now: UnixMs,
        record: impl FnOnce(&mut Standing, Pass) -> roster_gateway::Outcome,
    ) -> Word {
        let Some(pass) = self.passes.remove(&pass) else {
            return Word::Next {
                retry_ms: None,
                wait_ms: None,
            };
        };
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
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_795_000_000_000);
    const TRIED: Attempt = Attempt {
        n: 1,
        deadline_ms: NOW.0 + 30_000,
        jitter: 0.5,
    };

    fn ask(keeper: &mut Keeper, message: Message, now: UnixMs) -> Word {
        let letter = Letter {
            provider: "ayrshare".to_owned(),
            pace: Pace::default(),
            message,
        };
        let word = keeper.read(&serde_json::to_string(&letter).unwrap(), now).unwrap();
        serde_json::from_str(&word).unwrap()
    }

    fn pass(word: &Word) -> u64 {
        match word {
            Word::Go { pass, .. } => *pass,
            other => panic!("expected a pass, found {other:?}"),
        }
    }

    #[test]
    fn a_refusal_of_the_api_holds_everybody_until_its_end_and_outlives_the_object() {
        let mut keeper = Keeper::default();
        let first = pass(&ask(&mut keeper, Message::Admit, NOW));
        let answered = Message::Answered {
            pass: first,
            status: 429,
            headers: vec![("retry-after".to_owned(), "7".to_owned())],
            tried: TRIED,
        };
        let next = ask(&mut keeper, answered, NOW);
        assert_eq!(
            next,
            Word::Next {
                retry_ms: None,
                wait_ms: Some(7_000)
            }
        );
        let mut restored = Keeper::restored(Some(&keeper.stored()));
        let held = ask(&mut restored, Message::Admit, NOW.plus_ms(1_000));
        assert_eq!(
            held,
            Word::Hold {
                kind: Kind::Cooling,
                wait_ms: 6_000
            }
        );
        assert!(matches!(
            ask(&mut restored, Message::Admit, NOW.plus_ms(7_000)),
            Word::Go { .. }
        ));
    }

    #[test]
    fn a_failure_is_tried_again_and_five_rest() {
        let mut keeper = Keeper::default();
        for n in 1..=5 {
            let pass = pass(&ask(&mut keeper, Message::Admit, NOW));
            let broken = Message::Broken {
                pass,
                way: Broken::Unreachable,
                tried: TRIED,
            };
            let Word::Next { retry_ms, wait_ms } = ask(&mut keeper, broken, NOW) else {
                panic!("expected what is next");
            };
            assert!(retry_ms.is_some());
            assert_eq!(wait_ms.is_some(), n == 5);
        }
        assert!(matches!(
            ask(&mut keeper, Message::Admit, NOW),
            Word::Hold {
                kind: Kind::Resting,
                ..
            }
        ));
        assert!(matches!(
            ask(&mut keeper, Message::Look, NOW),
            Word::State {
                state: SourceState::Resting,
                ..
            }
        ));
    }

    #[test]
    fn the_allowance_is_one_for_all_callers() {
        let mut keeper = Keeper::default();
        let policy = Policy::of(provider("ayrshare").unwrap().info());
        let burst = policy.rate.unwrap().burst();
        for _ in 0..burst {
            assert!(matches!(
                ask(&mut keeper, Message::Admit, NOW),
                Word::Go { wait_ms: 0, .. }
            ));
        }
        let beyond = ask(&mut keeper, Message::Admit, NOW);
        assert!(!matches!(beyond, Word::Go { wait_ms: 0, .. }), "{beyond:?}");
    }

    #[test]
    fn a_letter_that_is_none_and_a_pass_that_is_forgotten_change_nothing() {
        let mut keeper = Keeper::default();
        assert_eq!(keeper.read("{}", NOW), None);
        assert_eq!(keeper.read(r#"{"provider":"acme","message":"Admit"}"#, NOW), None);
        let broken = Message::Broken {
            pass: 99,
            way: Broken::Late,
            tried: TRIED,
        };
        assert_eq!(
            ask(&mut keeper, broken, NOW),
            Word::Next {
                retry_ms: None,
                wait_ms: None
            }
        );
        assert_eq!(keeper.stored(), Keeper::default().stored());
    }
}
