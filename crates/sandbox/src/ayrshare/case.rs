//! What can be said about a designed Ayrshare profile, and how the table of them says it.

use super::platforms::Platforms;

/// What is said about one profile. Where a field is `None`, the lot decides.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one oddity of its own; a state machine would hide the table"
)]
pub(crate) struct Case {
    /// What is odd about it, in words; empty for an ordinary profile.
    pub(crate) name: &'static str,
    pub(crate) title: Option<&'static str>,
    pub(crate) has_display_title: Option<bool>,
    pub(crate) accounts: Option<Accounts>,
    pub(crate) suspension: Option<Suspension>,
    pub(crate) marks: Marks,
    /// Linking the first account again is advised.
    pub(crate) is_relink_advised: bool,
    pub(crate) token: Token,
    pub(crate) has_linking_error: bool,
    /// Who unlinked the last account: `user` or `system`.
    pub(crate) unlinked_by: Option<&'static str>,
    pub(crate) quota_percent: Option<u64>,
    pub(crate) has_never_posted: bool,
    pub(crate) byok: Option<Byok>,
    pub(crate) do_stamps_disagree: bool,
    /// Type of the LinkedIn account, and days until it must be linked again.
    pub(crate) linkedin: Option<(&'static str, i64)>,
    /// Instagram posts used of 50 in 24 hours.
    pub(crate) n_instagram_posts: Option<u64>,
}

/// How connected accounts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accounts {
    Of(Platforms),
    /// An empty array.
    Empty,
    /// No key at all, as the documentation says for a profile without accounts.
    Absent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Suspension {
    pub(crate) reason: &'static str,
    pub(crate) began_hours_ago: i64,
    /// Hours from the epoch to its end; `None` if no end is set.
    pub(crate) ends_in_hours: Option<i64>,
    pub(crate) count: u64,
}

/// How `status` and `suspended` say the same, or do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    Agree,
    /// `status` is `active`, `suspended` is true.
    FlagOnly,
    /// `status` is `suspended`, `suspended` is false.
    StatusOnly,
}

/// When the first account's token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// By lot: never, or in more than 30 days.
    Fine,
    Never,
    /// Days from the epoch; negative if it has ended.
    InDays(i64),
}

/// What is said about an own X key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Byok {
    Linked,
    NotLinked,
    /// The key is absent.
    Unsaid,
}

impl Case {
    /// A profile with nothing special.
    pub(crate) const ORDINARY: Self = Self {
        name: "",
        title: None,
        has_display_title: None,
        accounts: None,
        suspension: None,
        marks: Marks::Agree,
        is_relink_advised: false,
        token: Token::Fine,
        has_linking_error: false,
        unlinked_by: None,
        quota_percent: None,
        has_never_posted: false,
        byok: None,
        do_stamps_disagree: false,
        linkedin: None,
        n_instagram_posts: None,
    };

    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, ..Self::ORDINARY }
    }

    pub(super) const fn titled(mut self, title: &'static str) -> Self {
        self.title = Some(title);
        self
    }

    pub(super) const fn on(mut self, platforms: Platforms) -> Self {
        self.accounts = Some(Accounts::Of(platforms));
        self
    }

    pub(super) const fn with_accounts(mut self, accounts: Accounts) -> Self {
        self.accounts = Some(accounts);
        self
    }

    pub(super) const fn suspended(mut self, reason: &'static str, ends_in_hours: Option<i64>, count: u64) -> Self {
        self.suspension = Some(Suspension {
            reason,
            began_hours_ago: 30,
            ends_in_hours,
            count,
        });
        self
    }

    pub(super) const fn marked(mut self, marks: Marks) -> Self {
        self.marks = marks;
        self
    }

    pub(super) const fn relink(mut self, token: Token) -> Self {
        self.is_relink_advised = true;
        self.token = token;
        self
    }

    pub(super) const fn token(mut self, token: Token) -> Self {
        self.token = token;
        self
    }

    pub(super) const fn linking_error(mut self) -> Self {
        self.has_linking_error = true;
        self
    }

    pub(super) const fn unlinked_by(mut self, who: &'static str) -> Self {
        self.unlinked_by = Some(who);
        self
    }

    pub(super) const fn quota(mut self, percent: u64) -> Self {
        self.quota_percent = Some(percent);
        self
    }

    pub(super) const fn byok(mut self, byok: Byok) -> Self {
        self.byok = Some(byok);
        self
    }
}
