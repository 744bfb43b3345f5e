//! What is wrong with a profile, in words.

use roster_core::{Status, Trouble, UnixMs};

use crate::format::{self, days_until, near_date, number};

/// The word of a status.
pub fn status_word(status: &Status) -> String {
    match status {
        Status::Active => "Active".to_owned(),
        Status::Suspended => "Suspended".to_owned(),
        Status::Other(word) => word.clone(),
    }
}

/// One trouble as a line.
pub fn trouble_line(trouble: &Trouble, now: UnixMs) -> String {
    match trouble {
        Trouble::Suspended { until: Some(at), .. } => format!("Suspended, lifts {}", near_date(*at, now)),
        Trouble::Suspended { .. } => "Suspended, no end is set".to_owned(),
        Trouble::LinkingError { platform, message } if message.is_empty() => {
            format!("{}: could not be linked", platform.title())
        }
        Trouble::LinkingError { platform, message } => format!("{}: {message}", platform.title()),
        Trouble::Relink { platform } => format!("{}: relink advised", platform.title()),
        Trouble::TokenEnds { platform, at } => format!("{}: {}", platform.title(), token(*at, now)),
        Trouble::NoAccounts => super::NO_ACCOUNTS.to_owned(),
        Trouble::Quota { used, limit } => quota(*used, *limit),
        Trouble::PendingVerification { what } => format!("Waiting for: {what}"),
        Trouble::TrialEnds { at } => format!("Trial ends {}", near_date(*at, now)),
    }
}

fn token(at: UnixMs, now: UnixMs) -> String {
    match days_until(at, now) {
        days if at.since(now) <= 0 => {
            let ago = days.unsigned_abs();
            format!(
                "token ended {}",
                if ago == 0 { "today".to_owned() } else { format::date(at) }
            )
        }
        1 => "token ends within a day".to_owned(),
        days => format!("token ends in {} days", number(days)),
    }
}

fn quota(used: i64, limit: i64) -> String {
    let share = u64::try_from(used)
        .ok()
        .zip(u64::try_from(limit).ok())
        .filter(|(_, limit)| *limit > 0);
    match share {
        Some((used, limit)) if used <= limit => format!("Quota {}", format::percent(used, limit)),
        _ => format!("Quota {} of {}", number(used), number(limit)),
    }
}
