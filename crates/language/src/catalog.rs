//! Everything that can be filtered, sorted by or exported, as one table: how it is asked for, how it is called and what
//! kind of value it holds. The parser, the suggestions, the facets, the export and the schemas read it.

/// What kind of value a field holds, and so which conditions it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Free text. A bare word asks for a part of it, `"…"` for exactly this text.
    Text,
    /// An identifier of any characters; asked for as a whole and byte for byte, or in part with `~`.
    Id,
    /// One word of few. Compared without regard to case and accents.
    Category,
    /// Any number of words of few, such as platforms; a condition holds if one of them fits.
    Categories,
    /// Yes or no.
    Flag,
    /// A number in the field's own unit.
    Number,
    /// A share of a limit, in percent; 80 is 80 %.
    Percent,
    /// An instant in the past; a relative date is its age: `<7d` is "less than seven days ago".
    Past,
    /// An instant to come; a relative date is what remains: `<7d` is "in less than seven days", what is over included.
    Future,
}

impl Kind {
    /// Whether its values are counted one by one in a facet.
    pub const fn is_facet(self) -> bool {
        matches!(self, Self::Category | Self::Categories | Self::Flag)
    }

    /// Whether its conditions are ranges.
    pub const fn is_range(self) -> bool {
        matches!(self, Self::Number | Self::Percent | Self::Past | Self::Future)
    }

    /// Whether a relative date fits.
    pub const fn is_instant(self) -> bool {
        matches!(self, Self::Past | Self::Future)
    }
}

/// What the catalogue says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// The field.
    pub field: Field,
    /// The word before the colon: `followers`.
    pub key: &'static str,
    /// Other words that mean the same, also after `has:` and `no:`.
    pub aliases: &'static [&'static str],
    /// Name for people, and the title of the exported column.
    pub title: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Values known beforehand, in the order in which they are offered. Others may occur.
    pub words: &'static [&'static str],
    /// Whether it is about a person's private life; left out of exports unless asked for.
    pub is_personal: bool,
}

macro_rules! catalog {
    ($( $(#[doc = $doc:literal])+ $field:ident = $key:literal [$($alias:literal)*] $title:literal,
        $kind:ident $(($($word:literal)+))? $($personal:ident)?; )+) => {
        /// A field that can be filtered, sorted by or exported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Field { $( $(#[doc = $doc])+ $field, )+ }

        impl Field {
            /// Every field, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[ $( Self::$field, )+ ];

            /// What the catalogue says of it.
            pub const fn info(self) -> &'static Info {
                match self { $( Self::$field => &Info {
                    field: Self::$field,
                    key: $key,
                    aliases: &[ $($alias),* ],
                    title: $title,
                    kind: Kind::$kind,
                    words: &[ $($($word),+)? ],
                    is_personal: catalog!(@personal $($personal)?),
                }, )+ }
            }
        }
    };
    (@personal personal) => { true };
    (@personal) => { false };
}

catalog! {
    /// The API that the profile came from.
    Source = "source" ["api" "provider"] "Source", Category;
    /// The profile's id in its API.
    Ref = "ref" ["id" "refid" "ref-id"] "Id", Id;
    /// The name in the API: Ayrshare's `title`, InsightIQ's first name that is set, Upsun's display name.
    Title = "title" ["name"] "Title", Text;
    /// A second name: Ayrshare's `displayTitle`.
    DisplayTitle = "display-title" ["displaytitle"] "Display title", Text;
    /// The name on the platform or in the API's own log-in.
    Handle = "handle" ["username"] "Handle", Text;
    /// The person behind the profile, by name.
    User = "user" ["person"] "Person", Text;
    /// The person behind the profile, by id.
    UserId = "user-id" ["userid" "person-id"] "Person id", Id;
    /// The id of the connected account.
    Account = "account" ["account-id"] "Account id", Id;
    /// Connected platforms.
    Platform = "platform" ["platforms" "accounts" "network"] "Platforms", Categories
        ("bluesky" "facebook" "gmb" "instagram" "linkedin" "pinterest" "reddit" "snapchat" "telegram" "threads" "tiktok"
         "twitter" "youtube");
    /// The id of the work platform.
    PlatformId = "platform-id" ["work-platform-id"] "Work platform id", Id;
    /// Whether it is in use.
    Status = "status" ["state"] "Status", Category ("active" "suspended");
    /// The own key for X: linked, still to be linked, or no platform that needs one.
    Byok = "byok" [] "Own X key (BYOK)", Category ("linked" "pending" "na");
    /// What the health check found, worst first.
    Health = "health" [] "Health", Categories ("expired" "error" "relink" "expiring" "ok");
    /// When the first of the accounts' tokens ends.
    Token = "token" ["token-ends" "expires"] "Token ends", Future;
    /// Used share of the quota.
    Quota = "quota" [] "Quota used", Percent;
    /// The last post.
    Posted = "posted" ["posts" "last-post"] "Last post", Past;
    /// The last call of the API.
    Called = "called" ["last-call"] "Last API call", Past;
    /// Why it was suspended, in the provider's words.
    Reason = "reason" [] "Suspension reason", Text;
    /// When the suspension ends.
    Until = "until" ["suspended-until"] "Suspended until", Future;
    /// How many times it was suspended so far.
    Suspensions = "suspensions" [] "Suspensions", Number;
    /// What went wrong while linking, in the provider's words.
    LinkingError = "linking-error" ["error"] "Linking error", Text;
    /// When it was created in the API.
    Created = "created" [] "Created", Past;
    /// When it was last changed in the API.
    Updated = "updated" ["changed"] "Updated", Past;
    /// Since when it is on the platform.
    Since = "since" ["published"] "On the platform since", Past;
    /// People who follow.
    Followers = "followers" [] "Followers", Number;
    /// People whom the profile follows.
    Following = "following" [] "Following", Number;
    /// People who subscribed.
    Subscribers = "subscribers" [] "Subscribers", Number;
    /// Pieces of content that were published.
    Content = "content" ["content-count"] "Published pieces", Number;
    /// Groups of content, such as playlists.
    ContentGroups = "content-groups" [] "Groups of content", Number;
    /// Hours for which its content was watched.
    WatchTime = "watch-hours" ["watch-time"] "Watch time, hours", Number;
    /// The country as the platform gave it; it may hold a city.
    Country = "country" [] "Country", Category;
    /// What the profile is about.
    Category = "category" [] "Category", Category;
    /// The type of the account, or of the user.
    Type = "type" ["account-type"] "Type", Category;
    /// Whether the platform verified it.
    Verified = "verified" [] "Verified", Flag;
    /// Whether it is a business account.
    Business = "business" [] "Business", Flag;
    /// What the profile says of itself.
    Introduction = "introduction" ["intro" "bio"] "Introduction", Text;
    /// Addresses of the profile and of its web site.
    Website = "website" ["url" "link"] "Website", Text;
    /// Background that was given.
    Background = "background" [] "Background", Categories
        ("work" "education" "publications" "certifications" "volunteering" "honors" "projects");
    /// Gender.
    Gender = "gender" [] "Gender", Category personal;
    /// Date of birth.
    Born = "born" ["birthday" "birth-date"] "Date of birth", Past personal;
    /// E-mail addresses.
    Email = "email" ["emails" "mail"] "E-mail", Text personal;
    /// Telephone numbers.
    Phone = "phone" ["phones" "telephone"] "Telephone", Text personal;
    /// Postal addresses.
    Address = "address" ["addresses"] "Address", Text personal;
    /// Name of the company.
    Company = "company" ["company-name"] "Company", Text;
    /// Role in the company.
    Role = "role" ["company-role"] "Role", Category;
    /// Type of the company.
    CompanyType = "company-type" [] "Company type", Category;
    /// Number for value added tax.
    Vat = "vat" ["vat-number"] "VAT number", Text personal;
    /// Whom to write to about bills.
    BillingContact = "billing-contact" ["billing"] "Billing contact", Text personal;
    /// Currency of the bills.
    Currency = "currency" [] "Currency", Category;
    /// Whether bills are sent.
    Invoiced = "invoiced" [] "Invoiced", Flag;
    /// Whether marketing mail is wanted.
    Marketing = "marketing" [] "Marketing", Flag;
    /// Whether the new user interface is on.
    NewUi = "new-ui" ["newui"] "New user interface", Flag;
    /// Whether a trial runs.
    Trial = "trial" [] "Trial", Category ("active" "ended");
    /// Days that remain of the trial.
    TrialDays = "trial-days" ["days-left"] "Trial days left", Number;
    /// When the trial ends.
    TrialEnds = "trial-ends" [] "Trial ends", Future;
    /// Spent share of the trial's money.
    Spend = "spend" ["spent"] "Trial money spent", Percent;
    /// What the provider waits for.
    Verify = "verify" ["pending-verification" "verification"] "Waiting for", Category
        ("credit-card" "phone-number" "staff");
}

impl Field {
    /// The field that a key means, in any case: `Followers`, `bio`.
    pub fn named(key: &str) -> Option<Self> {
        // Mostly a field is asked for by its key: all of those are compared before any other name.
        let by_key = Self::ALL.iter().find(|field| is_same_word(field.key(), key));
        by_key
            .or_else(|| Self::ALL.iter().find(|field| field.has_alias(key)))
            .copied()
    }

    /// The word before the colon.
    #[inline]
    pub const fn key(self) -> &'static str {
        self.info().key
    }

    /// What it holds.
    #[inline]
    pub const fn kind(self) -> Kind {
        self.info().kind
    }

    fn has_alias(self, key: &str) -> bool {
        self.info().aliases.iter().any(|alias| is_same_word(alias, key))
    }
}

/// Whether a word is a name of the catalogue, in any case. Nearly all names have another length.
#[inline]
const fn is_same_word(name: &str, word: &str) -> bool {
    name.len() == word.len() && name.eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_means_two_fields_and_every_name_can_be_typed() {
        let mut seen = BTreeSet::new();
        for field in Field::ALL {
            let info = field.info();
            for name in std::iter::once(&info.key).chain(info.aliases) {
                assert!(seen.insert(*name), "{name}");
                assert!(
                    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                    "{name}"
                );
                assert!(!["has", "no", "sort"].contains(name), "{name}");
                assert_eq!(Field::named(&name.to_uppercase()), Some(*field));
            }
        }
        assert_eq!(Field::named("nosuch"), None);
    }

    #[test]
    fn a_field_is_its_own_index() {
        for (index, field) in Field::ALL.iter().enumerate() {
            assert_eq!((*field as usize, field.info().field), (index, *field));
        }
    }

    #[test]
    fn private_life_is_marked() {
        let personal: Vec<&str> = (Field::ALL.iter().map(|field| field.info()))
            .filter(|info| info.is_personal)
            .map(|info| info.key)
            .collect();
        let expected = ["gender", "born", "email", "phone", "address", "vat", "billing-contact"];
        assert_eq!(personal, expected);
    }
}
