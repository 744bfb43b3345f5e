//! One Ayrshare User Profile, computed from its place in the list.

use roster_core::UnixMs;

use super::case::{Accounts, Byok, Case, Marks, Suspension, Token};
use super::cases::CASES;
use super::platforms::Platforms;
use crate::ask::Ask;
use crate::chance::{Lot, nth};
use crate::json::{Json, Object};
use crate::stamp::{DAY_MS, HOUR_MS, MINUTE_MS};
use crate::words::{BRANDS, TRADES};

/// Profiles of the demo. Beyond the designed ones they are in good order, so that the counts of the demo hold; the
/// profiles after them have trouble by lot.
const N_DEMO: u64 = 150;

/// Titles that can be put together before they need a number.
const N_TITLES: u64 = (BRANDS.len() * TRADES.len()) as u64;

/// A profile at a place: 0 is the newest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) index: u64,
    lot: Lot,
    epoch: UnixMs,
    pub(crate) case: Case,
}

impl Member {
    pub(crate) fn new(ask: &Ask<'_>, index: u64) -> Self {
        let designed = usize::try_from(index).ok().and_then(|place| CASES.get(place));
        let case = match designed {
            Some(case) => *case,
            None if index < N_DEMO => Case::ORDINARY,
            None => by_lot(ask.lot, index),
        };
        Self {
            index,
            lot: ask.lot,
            epoch: ask.epoch,
            case,
        }
    }

    /// The place of the profile with this `refId`.
    pub(crate) fn index_of(ask: &Ask<'_>, ref_id: &str) -> Option<u64> {
        ask.lot.index_of_long_id("refId", ref_id, ask.settings.n_ayrshare())
    }

    pub(crate) fn ref_id(&self) -> String {
        self.lot.long_id("refId", self.index)
    }

    pub(crate) fn title(&self) -> String {
        let (brand, trade, number) = self.title_parts();
        match (self.case.title, number) {
            (Some(title), _) => title.to_owned(),
            (None, 0) => format!("{brand} {trade}"),
            (None, number) => format!("{brand} {trade} {}", number + 1),
        }
    }

    /// Whether this is the title, without putting it together.
    pub(crate) fn is_titled(&self, title: &str) -> bool {
        if let Some(own) = self.case.title {
            return own == title;
        }
        let (brand, _, _) = self.title_parts();
        title.starts_with(brand) && self.title() == title
    }

    /// Every pair of words once, in an order that looks shuffled, before any comes again with a number.
    fn title_parts(&self) -> (&'static str, &'static str, u64) {
        // 625 shares no factor with the number of titles (1536), so the steps reach all of them.
        let place = self.lot.number("title", 0).wrapping_add(self.index % N_TITLES * 625) % N_TITLES;
        let (brand, trade) = (place % BRANDS.len() as u64, place / BRANDS.len() as u64);
        (nth(BRANDS, brand), nth(TRADES, trade), self.index / N_TITLES)
    }

    pub(crate) fn display_title(&self) -> Option<String> {
        let has_one = self.lot.is_in_percent("displayTitle", self.index, 40);
        let title = || format!("{} (public)", self.title().chars().take(60).collect::<String>());
        self.case.has_display_title.unwrap_or(has_one).then(title)
    }

    /// How the connected accounts are written.
    pub(crate) fn accounts(&self) -> Accounts {
        self.case
            .accounts
            .unwrap_or_else(|| Accounts::Of(self.platforms_by_lot()))
    }

    pub(crate) fn platforms(&self) -> Platforms {
        match self.accounts() {
            Accounts::Of(platforms) => platforms,
            Accounts::Empty | Accounts::Absent => Platforms::NONE,
        }
    }

    /// One to five platforms.
    fn platforms_by_lot(&self) -> Platforms {
        let n_draws = 1 + self.lot.below("n_platforms", self.index, 5);
        let draws = self.lot.number("platforms", self.index);
        (0..n_draws).fold(Platforms::NONE, |set, draw| {
            set.and(Platforms::nth(draws >> (draw * 8) & 0xff))
        })
    }

    /// What is said about an own X key; nothing without X.
    pub(crate) fn byok(&self) -> Option<Byok> {
        let by_lot = || match self.lot.below("byok", self.index, 10) {
            0..6 => Byok::Linked,
            6..9 => Byok::NotLinked,
            _ => Byok::Unsaid,
        };
        self.platforms()
            .has(Platforms::TWITTER)
            .then(|| self.case.byok.unwrap_or_else(by_lot))
    }

    pub(crate) fn suspension(&self) -> Option<Suspension> {
        self.case.suspension
    }

    /// Each is older than the one before: ten days apart in the demo, a minute apart after it.
    pub(crate) fn created(&self) -> UnixMs {
        let (demo, rest) = (self.index.min(N_DEMO), self.index.saturating_sub(N_DEMO));
        let days = i64::try_from(demo).unwrap_or(0).saturating_mul(10 * DAY_MS);
        let minutes = i64::try_from(rest).unwrap_or(0).saturating_mul(MINUTE_MS);
        let shift = i64::try_from(self.lot.below("created", self.index, 59_000)).unwrap_or(0);
        self.epoch.plus_ms(-(2 * HOUR_MS + days + minutes + shift))
    }

    /// The instant of `created`, which in one case is not the instant of `createdUTC`.
    pub(crate) fn created_stamp(&self) -> UnixMs {
        let years_apart = if self.case.do_stamps_disagree {
            2 * 365 * DAY_MS
        } else {
            0
        };
        self.created().plus_ms(-years_apart)
    }

    pub(crate) fn instant(&self, hours_from_epoch: i64) -> UnixMs {
        self.epoch.plus_ms(hours_from_epoch.saturating_mul(HOUR_MS))
    }

    pub(crate) fn lot(&self) -> Lot {
        self.lot
    }

    /// `status` and, where there is one, `suspended`.
    pub(crate) fn status(&self) -> (&'static str, Option<bool>) {
        match (self.case.suspension, self.case.marks) {
            (None, _) => ("active", None),
            (Some(_), Marks::Agree) => ("suspended", Some(true)),
            (Some(_), Marks::FlagOnly) => ("active", Some(true)),
            (Some(_), Marks::StatusOnly) => ("suspended", Some(false)),
        }
    }

    /// The accounts as the value of `activeSocialAccounts`.
    pub(crate) fn accounts_json(&self) -> Option<Json> {
        match self.accounts() {
            Accounts::Absent => None,
            Accounts::Empty => Some(Json::List(Vec::new())),
            Accounts::Of(platforms) => Some(Json::list(platforms.each().map(|(_, word)| word))),
        }
    }

    /// The record of the list form.
    pub(crate) fn record(&self) -> Json {
        let (status, suspended) = self.status();
        Object::new()
            .with("status", status)
            .with("title", self.title())
            .with_some("displayTitle", self.display_title())
            .with("created", seconds(self.created_stamp()))
            .with("createdUTC", self.created().to_string())
            .with("refId", self.ref_id())
            .with_some("activeSocialAccounts", self.accounts_json())
            .with_some("isByokLinked", self.byok().and_then(is_byok_linked))
            .with_some("suspended", suspended)
            .into()
    }
}

/// `{"_seconds":…,"_nanoseconds":…}`.
pub(crate) fn seconds(at: UnixMs) -> Object {
    Object::new()
        .with("_seconds", at.0.div_euclid(1000))
        .with("_nanoseconds", at.0.rem_euclid(1000) * 1_000_000)
}

fn is_byok_linked(byok: Byok) -> Option<bool> {
    match byok {
        Byok::Linked => Some(true),
        Byok::NotLinked => Some(false),
        Byok::Unsaid => None,
    }
}

/// Trouble in the proportions of a large account.
fn by_lot(lot: Lot, index: u64) -> Case {
    let draw = lot.below("trouble", index, 100);
    let days = i64::try_from(lot.below("days", index, 15)).unwrap_or(0);
    let ordinary = Case::ORDINARY;
    match draw {
        0..3 => Case {
            suspension: Some(Suspension {
                reason: "Too many duplicate posts",
                began_hours_ago: 24 * days,
                ends_in_hours: (draw > 0).then_some(24 * days + 1),
                count: 1 + draw,
            }),
            ..ordinary
        },
        3..8 => Case {
            is_relink_advised: true,
            token: Token::InDays(days),
            ..ordinary
        },
        8..10 => Case {
            token: Token::InDays(days),
            ..ordinary
        },
        10..12 => Case {
            is_relink_advised: true,
            has_linking_error: true,
            token: Token::InDays(-days - 1),
            ..ordinary
        },
        12..20 => Case {
            accounts: Some(if draw == 12 { Accounts::Empty } else { Accounts::Absent }),
            ..ordinary
        },
        20..22 => Case {
            unlinked_by: Some(if draw == 20 { "user" } else { "system" }),
            ..ordinary
        },
        22..24 => Case {
            has_never_posted: true,
            ..ordinary
        },
        _ => ordinary,
    }
}
