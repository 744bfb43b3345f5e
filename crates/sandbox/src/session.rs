//! What changes while a sandbox runs, as a value.

use std::collections::BTreeMap;

use roster_core::UnixMs;

use crate::settings::Settings;
use crate::stamp::{HOUR_MS, floor};

/// Batch files that are remembered; one can be asked for every few minutes and lives for days.
const N_TICKETS_MAX: usize = 64;

/// How long the data's dates stand still. What "ends today" ends later than this after the epoch.
const EPOCH_MS: i64 = 12 * HOUR_MS;

/// Request counters, rate-limit windows and batch tickets of one running sandbox.
#[derive(Clone, Debug, Default)]
pub struct Session {
    epoch: Option<UnixMs>,
    n_requests: u64,
    n_by_route: BTreeMap<(&'static str, &'static str), u64>,
    windows: BTreeMap<String, Window>,
    tickets: Vec<Ticket>,
}

/// Requests of one Ayrshare Profile in the current window.
#[derive(Clone, Copy, Debug)]
struct Window {
    began: UnixMs,
    n_requests: u64,
}

/// A batch file that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) made: UnixMs,
    pub(crate) available: UnixMs,
    pub(crate) expires: UnixMs,
    pub(crate) next: UnixMs,
}

impl Session {
    /// The instant that the data's dates count from: the hour of the first request, so that a load sees dates that
    /// stand still. After half a day it moves on, and so do the dates.
    pub(crate) fn epoch(&mut self, now: UnixMs) -> UnixMs {
        let kept = self.epoch.filter(|epoch| (0..EPOCH_MS).contains(&now.since(*epoch)));
        *self.epoch.insert(kept.unwrap_or_else(|| floor(now, HOUR_MS)))
    }

    /// Counts a request; gives how many there were, this one included.
    pub(crate) fn count(&mut self) -> u64 {
        self.n_requests = self.n_requests.saturating_add(1);
        self.n_requests
    }

    /// Counts a request to one route; gives how many there were, this one included.
    pub(crate) fn count_route(&mut self, provider: &'static str, route: &'static str) -> u64 {
        let n = self.n_by_route.entry((provider, route)).or_default();
        *n = n.saturating_add(1);
        *n
    }

    /// Counts a request of an Ayrshare Profile; gives how many there were in this window, this one included.
    pub(crate) fn count_in_window(&mut self, profile: &str, window_ms: i64, now: UnixMs) -> u64 {
        let fresh = Window {
            began: now,
            n_requests: 0,
        };
        let window = self.windows.entry(profile.to_owned()).or_insert(fresh);
        if !(0..window_ms).contains(&now.since(window.began)) {
            *window = fresh;
        }
        window.n_requests = window.n_requests.saturating_add(1);
        window.n_requests
    }

    /// The ticket for the batch file: the last one until its time is over, then a new one.
    pub(crate) fn ticket(&mut self, settings: &Settings, now: UnixMs) -> Ticket {
        if let Some(last) = self.tickets.last()
            && last.made <= now
            && now < last.next
        {
            return *last;
        }
        let ticket = Ticket {
            made: now,
            available: now.plus_ms(settings.batch_available_after_ms),
            expires: now.plus_ms(settings.batch_expires_after_ms),
            next: now.plus_ms(settings.batch_next_after_ms),
        };
        if self.tickets.len() >= N_TICKETS_MAX {
            self.tickets.remove(0);
        }
        self.tickets.push(ticket);
        ticket
    }

    /// The tickets given out so far.
    pub(crate) fn tickets(&self) -> &[Ticket] {
        &self.tickets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_stands_still_for_half_a_day_and_then_moves_on() {
        let mut session = Session::default();
        let epoch = session.epoch(UnixMs(10 * HOUR_MS + 5));
        assert_eq!(epoch, UnixMs(10 * HOUR_MS));
        assert_eq!(session.epoch(UnixMs(21 * HOUR_MS)), epoch);
        assert_eq!(session.epoch(UnixMs(22 * HOUR_MS)), UnixMs(22 * HOUR_MS));
        assert_eq!(
            session.epoch(UnixMs(HOUR_MS)),
            UnixMs(HOUR_MS),
            "a clock that was put back"
        );
    }

    #[test]
    fn windows_count_each_profile_and_begin_anew() {
        let mut session = Session::default();
        assert_eq!(session.count_in_window("a", 100, UnixMs(0)), 1);
        assert_eq!(session.count_in_window("a", 100, UnixMs(99)), 2);
        assert_eq!(session.count_in_window("b", 100, UnixMs(99)), 1);
        assert_eq!(session.count_in_window("a", 100, UnixMs(100)), 1);
    }
}
