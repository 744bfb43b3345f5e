//! The Ayrshare profiles that are designed: every odd thing that a list of profiles can hold, one record each.
//!
//! The newest records of the list, in this order. What a case does not say is drawn by lot. Over the first 150 profiles
//! (the demo), by these definitions:
//!
//! - *suspended*, 6: `status` is `suspended` or `suspended` is true;
//! - *relink*, 12: `relinkRecommended` of an account is true;
//! - *expiring in 14 days*, 9: `tokenExpiresAt` of an account lies 0 to 14 days ahead;
//! - *no accounts*, 14: `activeSocialAccounts` is absent or empty;
//! - *needs attention*, 31: any of these four.

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

    const fn new(name: &'static str) -> Self {
        Self { name, ..Self::ORDINARY }
    }

    const fn titled(mut self, title: &'static str) -> Self {
        self.title = Some(title);
        self
    }

    const fn on(mut self, platforms: Platforms) -> Self {
        self.accounts = Some(Accounts::Of(platforms));
        self
    }

    const fn with_accounts(mut self, accounts: Accounts) -> Self {
        self.accounts = Some(accounts);
        self
    }

    const fn suspended(mut self, reason: &'static str, ends_in_hours: Option<i64>, count: u64) -> Self {
        self.suspension = Some(Suspension {
            reason,
            began_hours_ago: 30,
            ends_in_hours,
            count,
        });
        self
    }

    const fn marked(mut self, marks: Marks) -> Self {
        self.marks = marks;
        self
    }

    const fn relink(mut self, token: Token) -> Self {
        self.is_relink_advised = true;
        self.token = token;
        self
    }

    const fn token(mut self, token: Token) -> Self {
        self.token = token;
        self
    }

    const fn linking_error(mut self) -> Self {
        self.has_linking_error = true;
        self
    }

    const fn unlinked_by(mut self, who: &'static str) -> Self {
        self.unlinked_by = Some(who);
        self
    }

    const fn quota(mut self, percent: u64) -> Self {
        self.quota_percent = Some(percent);
        self
    }

    const fn byok(mut self, byok: Byok) -> Self {
        self.byok = Some(byok);
        self
    }
}

use Platforms as P;

/// Designed profiles, newest first.
pub(crate) const CASES: &[Case] = &[
    Case::new("suspended with a future end")
        .titled("Brand Marketing")
        .on(P::TWITTER.and(P::INSTAGRAM))
        .suspended("Too many duplicate posts", Some(18), 1)
        .relink(Token::InDays(12))
        .quota(45),
    Case::new("suspended without an end")
        .titled("Hollow Hill Records")
        .on(P::FACEBOOK.and(P::LINKEDIN).and(P::YOUTUBE))
        .suspended("Terms of service", None, 1),
    Case::new("suspended for the second time")
        .titled("Second Chance Motors")
        .on(P::TIKTOK.and(P::THREADS))
        .suspended("Too many rate limit violations", Some(60), 2)
        .relink(Token::InDays(5)),
    Case::new("status active, suspended true")
        .titled("Two Minds Studio")
        .on(P::FACEBOOK)
        .suspended("Too many duplicate posts", Some(4), 1)
        .marked(Marks::FlagOnly),
    Case::new("status suspended, suspended false")
        .titled("Limbo Dance Academy")
        .on(P::PINTEREST)
        .suspended("Payment overdue", None, 1)
        .marked(Marks::StatusOnly),
    Case::new("suspended, ends within the hour")
        .titled("Almost Free Toys")
        .on(P::BLUESKY.and(P::REDDIT))
        .suspended("Spam reports", Some(1), 3),
    Case::new("no activeSocialAccounts key")
        .titled("Super Profile")
        .with_accounts(Accounts::Absent),
    Case::new("empty activeSocialAccounts")
        .titled("Blank Slate Books")
        .with_accounts(Accounts::Empty),
    Case::new("relink advised, token ends soon")
        .on(P::INSTAGRAM.and(P::FACEBOOK))
        .relink(Token::InDays(12)),
    Case::new("relink advised, token never ends")
        .on(P::FACEBOOK.and(P::GMB))
        .relink(Token::Never),
    Case::new("token has ended")
        .titled("Yesterday’s News")
        .on(P::LINKEDIN)
        .relink(Token::InDays(-3)),
    Case::new("linking error")
        .on(P::YOUTUBE.and(P::TIKTOK))
        .relink(Token::Never)
        .linking_error(),
    Case::new("token ends today").on(P::INSTAGRAM).relink(Token::InDays(0)),
    Case::new("token ends in two days")
        .on(P::PINTEREST.and(P::THREADS))
        .relink(Token::InDays(2)),
    Case::new("token ends in seven days")
        .on(P::TIKTOK)
        .relink(Token::InDays(7)),
    Case::new("token ends in nine days")
        .on(P::INSTAGRAM.and(P::YOUTUBE))
        .relink(Token::InDays(9)),
    Case::new("token ends in thirteen days")
        .on(P::FACEBOOK.and(P::INSTAGRAM))
        .relink(Token::InDays(13)),
    Case::new("relink advised on the only account")
        .on(P::SNAPCHAT)
        .relink(Token::Never),
    Case {
        linkedin: Some(("personal", 3)),
        ..Case::new("LinkedIn personal with 3 days left")
            .on(P::LINKEDIN)
            .token(Token::InDays(3))
    },
    Case {
        linkedin: Some(("corporate", 364)),
        ..Case::new("LinkedIn corporate with 364 days left")
            .on(P::LINKEDIN)
            .token(Token::InDays(364))
    },
    Case {
        has_display_title: Some(false),
        ..Case::new("no displayTitle")
            .titled("Good Fun Title")
            .on(P::FACEBOOK.and(P::TELEGRAM))
    },
    Case {
        do_stamps_disagree: true,
        has_display_title: Some(true),
        ..Case::new("creation stamps that disagree by years")
            .titled("Digg It Title")
            .on(P::TWITTER.and(P::FACEBOOK))
    },
    Case::new("BYOK linked")
        .on(P::TWITTER.and(P::LINKEDIN))
        .byok(Byok::Linked),
    Case::new("BYOK not linked").on(P::TWITTER).byok(Byok::NotLinked),
    Case::new("BYOK not said")
        .on(P::TWITTER.and(P::FACEBOOK))
        .byok(Byok::Unsaid),
    Case::new("every token never ends")
        .on(P::TWITTER.and(P::TELEGRAM).and(P::BLUESKY))
        .token(Token::Never),
    Case::new("unlinked by the user").on(P::REDDIT).unlinked_by("user"),
    Case::new("unlinked by the system")
        .on(P::FACEBOOK)
        .unlinked_by("system"),
    Case::new("quota unused").on(P::GMB).quota(0),
    Case::new("quota at 45 %").on(P::GMB.and(P::FACEBOOK)).quota(45),
    Case::new("quota at 80 %").on(P::INSTAGRAM).quota(80),
    Case::new("quota at 100 %").on(P::LINKEDIN).quota(100),
    Case::new("quota exceeded").on(P::PINTEREST).quota(112),
    Case {
        has_never_posted: true,
        ..Case::new("never posted").on(P::YOUTUBE)
    },
    Case::new("Telegram with a negative id and a picture that is none")
        .titled("Radio Free Harbour")
        .on(P::TELEGRAM),
    Case::new("Google Business with a review link")
        .titled("Corner Café")
        .on(P::GMB),
    Case {
        n_instagram_posts: Some(50),
        ..Case::new("Instagram 50 of 50").on(P::INSTAGRAM)
    },
    Case::new("a platform nobody knows yet").on(P::FACEBOOK.and(P::UNKNOWN)),
    Case::new("a very long name").titled(LONG_TITLE).on(P::EVERY),
    Case::new("a right-to-left name")
        .titled("مخبز الياسمين – فرع القاهرة")
        .on(P::FACEBOOK.and(P::INSTAGRAM)),
    Case::new("a title that starts with =")
        .titled("=HYPERLINK(\"https://spreadsheet.example\",\"Click\")")
        .on(P::REDDIT),
    Case::new("a title that is markup")
        .titled("<img src=x onerror=\"alert('x')\"> & Söhne")
        .on(P::THREADS),
    Case::new("a title of emoji").titled("👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈 🥐").on(P::TIKTOK),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
];

const LONG_TITLE: &str = "The International Society for the Careful Preservation, Restoration, Cataloguing and Occasional \
     Public Exhibition of Donaudampfschifffahrtsgesellschaftskapitänsmützen, Their Boxes and Their Ribbons (Registered \
     Charity), Northern Region, Subcommittee for Social Media";
