//! The sandbox's credentials. They are public and open nothing but invented data; any other key is answered as the API
//! answers a bad one.

/// API Key of the Ayrshare Primary Profile: `Authorization: Bearer …`.
pub const AYRSHARE_KEY: &str = "SANDBOX-AYRSHARE-API-KEY";

/// Profile Keys of some Ayrshare User Profiles, by alias.
///
/// Every profile has one: [`AYRSHARE_PROFILE_KEY_PREFIX`] and the profile's place in the list, newest first, from 0.
pub const AYRSHARE_PROFILE_KEYS: &[(&str, &str)] = &[
    ("brand-marketing", "SANDBOX-PROFILE-KEY-0"),
    ("no-accounts", "SANDBOX-PROFILE-KEY-6"),
    ("linkedin-ends-soon", "SANDBOX-PROFILE-KEY-18"),
    ("linkedin-company", "SANDBOX-PROFILE-KEY-19"),
    ("telegram-channel", "SANDBOX-PROFILE-KEY-34"),
    ("google-business", "SANDBOX-PROFILE-KEY-35"),
    ("instagram-full", "SANDBOX-PROFILE-KEY-36"),
    ("new-platform", "SANDBOX-PROFILE-KEY-37"),
    ("deleted", AYRSHARE_DELETED_PROFILE_KEY),
];

/// What the Profile Key of every Ayrshare User Profile starts with.
pub const AYRSHARE_PROFILE_KEY_PREFIX: &str = "SANDBOX-PROFILE-KEY-";

/// Profile Key of an Ayrshare User Profile that was deleted.
pub const AYRSHARE_DELETED_PROFILE_KEY: &str = "SANDBOX-PROFILE-KEY-DELETED";

/// InsightIQ client id: the user name of `Authorization: Basic …`.
pub const INSIGHTIQ_USER: &str = "sandbox-client-id";

/// InsightIQ client secret: the password of `Authorization: Basic …`.
pub const INSIGHTIQ_PASSWORD: &str = "sandbox-client-secret";

/// Upsun API token, to be exchanged at `POST /upsun/oauth2/token`.
pub const UPSUN_API_TOKEN: &str = "sandbox-upsun-api-token";

/// Upsun access token, what the exchange gives: `Authorization: Bearer …`.
pub const UPSUN_ACCESS_TOKEN: &str = "sandbox-upsun-access-token";
