//! The common view of a profile: what all three APIs can be asked for, derived from each without guessing.

use crate::known::Known;
use crate::platform::Platform;
use crate::time::UnixMs;

/// One profile of any API. What an API does not say is [`Known::NotSet`], [`Known::NotInApi`] or
/// [`Known::NotLoaded`], never a default.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The provider's id, `"ayrshare"`.
    pub provider: &'static str,
    /// The profile's id in that API, as text.
    pub id: String,
    /// The name to show. If the API gives none, the id.
    pub title: String,
    /// A second name, where one differs from the title.
    pub subtitle: Known<String>,
    /// Whether it is in use.
    pub status: Known<Status>,
    /// The platforms that are connected.
    pub platforms: Known<Vec<Platform>>,
    /// Address of a picture, as sent. Unsafe until checked; it may be a web page or `javascript:`.
    pub picture: Known<String>,
    /// Addresses of the profile, as sent. Unsafe until checked.
    pub links: Vec<Link>,
    /// When it was created in the API.
    pub created: Known<UnixMs>,
    /// When it was last changed in the API.
    pub updated: Known<UnixMs>,
    /// How many people it reaches.
    pub audience: Known<Vec<Audience>>,
    /// What is wrong with it, worst first; empty if it was checked and nothing is wrong.
    pub trouble: Known<Vec<Trouble>>,
}

impl Profile {
    /// The key under which it is kept: `ayrshare:160c87…`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.provider, self.id)
    }
}

/// Whether a profile is in use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// In use.
    Active,
    /// Suspended by the provider.
    Suspended,
    /// A word that nobody knows yet.
    Other(String),
}

/// An address, as sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to: "Profile", "Website".
    pub title: &'static str,
    /// The address; check it before making it clickable.
    pub href: String,
}

/// A count of people. Followers and subscribers are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Who is counted.
    pub kind: AudienceKind,
    /// How many.
    pub count: i64,
}

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AudienceKind {
    /// People who follow.
    Followers,
    /// People whom the profile follows.
    Following,
    /// People who subscribed.
    Subscribers,
}

/// Something that somebody should look at, as a fact without a clock: "ends at", not "ends soon".
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The provider suspended it.
    Suspended {
        /// Why, in the provider's words.
        reason: Option<String>,
        /// When it ends; `None` if no end is set.
        until: Option<UnixMs>,
        /// How many times so far.
        count: Option<i64>,
    },
    /// An account could not be linked.
    LinkingError {
        /// Which account.
        platform: Platform,
        /// The provider's words.
        message: String,
    },
    /// The provider advises to link an account again.
    Relink {
        /// Which account.
        platform: Platform,
    },
    /// An account's access ends, or ended, at an instant.
    TokenEnds {
        /// Which account.
        platform: Platform,
        /// When.
        at: UnixMs,
    },
    /// No account is connected.
    NoAccounts,
    /// Requests used of a limit.
    Quota {
        /// Used so far.
        used: i64,
        /// The limit.
        limit: i64,
    },
    /// The provider waits for a check, such as `credit-card`.
    PendingVerification {
        /// What it waits for, in the provider's word.
        what: String,
    },
    /// A trial ends at an instant.
    TrialEnds {
        /// When.
        at: UnixMs,
    },
}
