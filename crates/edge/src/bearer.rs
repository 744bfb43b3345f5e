//! The access token of a source that exchanges a longer-lived one for it: one exchange for everybody, whoever asks.

use roster_core::UnixMs;
use roster_gateway::{Cause, Refusal, TokenLife, cause};
use serde::{Deserialize, Serialize};

/// How long a failed exchange is the answer for everybody, in milliseconds.
const FAILED_MS: i64 = 10_000;

/// How long an exchange may be out before another caller makes one, in milliseconds: longer than it may last.
const OUT_MS: i64 = 40_000;

/// How long a caller waits before it asks again, in milliseconds.
const WAIT_MS: u64 = 50;

/// What is kept of a token. It holds it and has no `Debug`.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Bearer {
    /// The number of the last exchange.
    last: u64,
    brought: Option<(Brought, UnixMs)>,
    /// Until when the exchange that is out is waited for.
    out_until: Option<UnixMs>,
}

/// What an exchange brought.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Brought {
    Token {
        value: String,
        life: TokenLife,
    },
    /// None, for this reason.
    Nothing(Fault),
}

/// Why an exchange brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fault {
    Refused,
    Odd,
    Late,
    Unreachable,
}

/// What a caller is told.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) enum Told {
    /// This is it, under this number.
    Token {
        value: String,
        life: TokenLife,
        number: u64,
    },
    /// Make an exchange under this number, and tell.
    Exchange { number: u64 },
    /// Somebody makes one: ask again after this wait.
    Wait { ms: u64 },
    /// There is none.
    Nothing(Fault),
}

impl Bearer {
    /// What is known of the token. One with the number `refused`, or before it, is none.
    pub(crate) fn ask(&mut self, refused: u64, now: UnixMs) -> Told {
        match &self.brought {
            Some((Brought::Token { value, life }, _)) if life.is_good(now) && self.last > refused => {
                return Told::Token {
                    value: value.clone(),
                    life: *life,
                    number: self.last,
                };
            }
            Some((Brought::Nothing(fault), at)) if (0..FAILED_MS).contains(&now.since(*at)) => {
                return Told::Nothing(*fault);
            }
            _ => {}
        }
        if let Some(until) = self.out_until
            && (1..=OUT_MS).contains(&until.since(now))
        {
            return Told::Wait { ms: WAIT_MS };
        }
        self.out_until = Some(now.plus_ms(OUT_MS));
        Told::Exchange { number: self.last + 1 }
    }

    /// Takes in what an exchange brought, and says what is known then. One that is older than the last changes nothing.
    pub(crate) fn learn(&mut self, number: u64, brought: Brought, now: UnixMs) -> Told {
        if number > self.last {
            self.last = number;
            self.brought = Some((brought, now));
            self.out_until = None;
        }
        self.ask(0, now)
    }
}

impl Fault {
    pub(crate) fn of_cause(broken: Cause) -> Self {
        match broken {
            cause::TIMEOUT => Self::Late,
            _ => Self::Unreachable,
        }
    }

    pub(crate) fn of_refusal(refusal: &Refusal) -> Self {
        let is_refused = refusal.problem.problem_type == cause::CREDENTIAL.refusal("").problem.problem_type;
        if is_refused { Self::Refused } else { Self::Odd }
    }

    /// The answer to a client.
    pub(crate) fn refusal(self) -> Refusal {
        let refused = "expected an access token for the source's credential, found it refused";
        let odd = "expected an access token for the source's credential, found another answer";
        match self {
            Self::Refused => cause::CREDENTIAL.refusal(refused),
            Self::Odd => cause::TOKEN.refusal(odd),
            Self::Late => cause::TIMEOUT.unanswered(),
            Self::Unreachable => cause::UNREACHABLE.unanswered(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = UnixMs(1_795_000_000_000);

    fn token(value: &str) -> Brought {
        Brought::Token {
            value: value.to_owned(),
            life: TokenLife::new(NOW, Some(900)),
        }
    }

    fn is_token(told: &Told, expected: &str, with: u64) -> bool {
        matches!(told, Told::Token { value, number, .. } if value == expected && *number == with)
    }

    #[test]
    fn one_exchange_is_made_and_the_others_wait_for_it() {
        let mut bearer = Bearer::default();
        assert!(bearer.ask(0, NOW) == Told::Exchange { number: 1 });
        assert!(bearer.ask(0, NOW) == Told::Wait { ms: WAIT_MS });
        assert!(is_token(&bearer.learn(1, token("first"), NOW), "first", 1));
        assert!(is_token(&bearer.ask(0, NOW.plus_ms(839_999)), "first", 1));
        let early = NOW.plus_ms(840_000);
        assert!(
            bearer.ask(0, early) == Told::Exchange { number: 2 },
            "a minute before its end"
        );
        assert!(bearer.ask(0, early) == Told::Wait { ms: WAIT_MS });
    }

    #[test]
    fn a_token_that_the_api_refused_is_replaced_once_for_all_who_say_so() {
        let mut bearer = Bearer::default();
        bearer.ask(0, NOW);
        bearer.learn(1, token("first"), NOW);
        assert!(bearer.ask(1, NOW) == Told::Exchange { number: 2 });
        assert!(bearer.ask(1, NOW) == Told::Wait { ms: WAIT_MS });
        bearer.learn(2, token("second"), NOW);
        assert!(is_token(&bearer.ask(1, NOW), "second", 2));
    }

    #[test]
    fn a_failed_exchange_is_the_answer_for_a_while_and_one_that_never_ended_is_made_again() {
        let mut bearer = Bearer::default();
        bearer.ask(0, NOW);
        assert!(bearer.learn(1, Brought::Nothing(Fault::Refused), NOW) == Told::Nothing(Fault::Refused));
        assert!(bearer.ask(0, NOW.plus_ms(9_999)) == Told::Nothing(Fault::Refused));
        let later = NOW.plus_ms(10_000);
        assert!(bearer.ask(0, later) == Told::Exchange { number: 2 });
        assert!(bearer.ask(0, later.plus_ms(OUT_MS - 1)) == Told::Wait { ms: WAIT_MS });
        assert!(bearer.ask(0, later.plus_ms(OUT_MS)) == Told::Exchange { number: 2 });
        bearer.learn(2, token("late"), later);
        assert!(is_token(&bearer.learn(1, token("older"), later), "late", 2));
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let mut bearer = Bearer::default();
        bearer.ask(0, NOW);
        bearer.learn(1, token("first"), NOW);
        let text = serde_json::to_string(&bearer).unwrap();
        let mut again: Bearer = serde_json::from_str(&text).unwrap();
        assert!(is_token(&again.ask(0, NOW), "first", 1));
    }
}
