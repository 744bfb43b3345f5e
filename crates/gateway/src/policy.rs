//! How carefully a source is asked.

use roster_core::Info;

use crate::limit::Rate;

/// Requests in a minute to an API whose documentation names no limit. A load of thousands of profiles takes seconds
/// with it, and no server minds.
const UNTOLD: (u32, u64) = (600, 60_000);

/// Bounds of what one source is asked, over all clients together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Requests over time; `None` is no bound.
    pub rate: Option<Rate>,
    /// Tries of one call, from 1.
    pub n_tries: u32,
    /// Whether a source that asks to wait, or that keeps failing, is left alone for that while.
    pub backs_off: bool,
    /// Requests at the same time.
    pub n_running: usize,
    /// Requests that wait for one of these places.
    pub n_waiting: usize,
    /// How long one waits for a place or for the rate, in milliseconds.
    pub patience_ms: u64,
    /// Whether answers are kept and given again.
    pub keeps: bool,
}

impl Policy {
    /// The policy for an API.
    pub fn of(info: &Info) -> Self {
        let (n, window_ms) = info.window.unwrap_or(UNTOLD);
        Self {
            rate: Rate::in_window(n, window_ms),
            n_tries: 3,
            backs_off: true,
            n_running: 64,
            n_waiting: 256,
            patience_ms: 2_000,
            keeps: true,
        }
    }

    /// The policy for the sandbox in this process: nothing there needs care, and who plays a fault wants to see it.
    pub const fn played() -> Self {
        Self {
            rate: None,
            n_tries: 1,
            backs_off: false,
            n_running: 1024,
            n_waiting: 0,
            patience_ms: 0,
            keeps: false,
        }
    }

    /// Whether a request may run, wait for a place, or is turned away.
    pub fn place(&self, n_running: usize, n_waiting: usize) -> Place {
        if n_running < self.n_running {
            Place::Run
        } else if n_waiting < self.n_waiting {
            Place::Wait
        } else {
            Place::Shed
        }
    }
}

/// What happens to a request when others are running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It runs.
    Run,
    /// It waits, at most as long as its policy says.
    Wait,
    /// It is turned away at once, so that those before it are answered in time.
    Shed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_finds_every_place_taken_is_turned_away() {
        let policy = Policy {
            n_running: 2,
            n_waiting: 1,
            ..Policy::played()
        };
        assert_eq!(policy.place(1, 0), Place::Run);
        assert_eq!(policy.place(2, 0), Place::Wait);
        assert_eq!(policy.place(2, 1), Place::Shed);
    }

    #[test]
    fn every_api_has_a_rate() {
        for info in roster_core::ALL.iter().map(|provider| provider.info()) {
            assert!(Policy::of(info).rate.is_some(), "{}", info.id);
        }
    }
}
