//! The connected accounts of a profile: `displayNames`, sorted by platform, keys in alphabetical order.
//!
//! What each platform has and lacks is that of the documented answer; Bluesky, Snapchat and Threads are in no documented
//! answer and follow Ayrshare's test scripts. All addresses are of reserved names, so that nobody's page is shown.

use roster_core::UnixMs;

use super::platforms::Platforms;
use crate::chance::Lot;
use crate::json::{Json, Object};
use crate::stamp::{DAY_MS, HOUR_MS, date};

/// Whose accounts they are.
pub(crate) struct Owner {
    pub(crate) lot: Lot,
    pub(crate) epoch: UnixMs,
    /// What its ids and handles are made from.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) is_primary: bool,
    /// Type of the LinkedIn account, and days until it must be linked again.
    pub(crate) linkedin: Option<(&'static str, i64)>,
    /// Instagram posts used of 50 in 24 hours.
    pub(crate) n_instagram_posts: Option<u64>,
    /// Whether the Instagram quota was asked for.
    pub(crate) has_quota: bool,
}

pub(crate) fn accounts(owner: &Owner, platforms: Platforms) -> Json {
    Json::list(platforms.each().map(|(_, word)| account(owner, word)))
}

impl Owner {
    fn handle(&self) -> String {
        if self.is_primary {
            "roster.sandbox".to_owned()
        } else {
            format!("demo.{}", self.number)
        }
    }

    /// A number as these platforms give ids.
    fn id(&self, platform: &str) -> u64 {
        1_000_000_000 + self.lot.below(platform, self.number, 9_000_000_000)
    }

    fn linked(&self, platform: &str) -> UnixMs {
        let hours = i64::try_from(self.lot.below(platform, self.number ^ 1, 300 * 24)).unwrap_or(0);
        self.epoch.plus_ms(-hours.saturating_add(20).saturating_mul(HOUR_MS))
    }

    fn linkedin(&self) -> (&'static str, i64) {
        let days = i64::try_from(31 + self.lot.below("linkedinDays", self.number, 330)).unwrap_or(31);
        let kind = if self.lot.is_in_percent("linkedinType", self.number, 50) {
            "corporate"
        } else {
            "personal"
        };
        self.linkedin.unwrap_or((kind, days))
    }
}

fn account(owner: &Owner, platform: &'static str) -> Json {
    let handle = owner.handle();
    let has_at = matches!(platform, "tiktok" | "youtube");
    let username = if has_at { format!("@{handle}") } else { handle.clone() };
    let has_username = !matches!(platform, "facebook" | "gmb" | "snapchat" | "telegram");
    let linkedin = (platform == "linkedin").then(|| owner.linkedin());
    let ends = linkedin.map(|(_, days)| owner.epoch.plus_ms(days.saturating_mul(DAY_MS) + 12 * HOUR_MS));
    let is_gmb = platform == "gmb";
    let place = || format!("ChIJ{:016x}", owner.lot.number("place", owner.number));
    let cid = owner.lot.number("cid", owner.number);
    let is_quota_asked = platform == "instagram" && owner.has_quota;
    Object::new()
        .with("created", owner.linked(platform).to_string())
        .with_some("description", description(platform))
        .with("displayName", owner.name.clone())
        .with_some("id", id(owner, platform))
        .with_some(
            "mapsUrl",
            is_gmb.then(|| format!("https://maps.example/maps?cid={cid}")),
        )
        .with_some(
            "pageName",
            matches!(platform, "facebook" | "instagram").then(|| owner.name.clone()),
        )
        .with_some("placeId", is_gmb.then(place))
        .with("platform", platform)
        .with("profileUrl", format!("https://{platform}.example/{username}"))
        .with_some("refreshDaysRemaining", linkedin.map(|(_, days)| days))
        .with_some("refreshRequired", ends.map(|at| at.to_string()))
        .with_some(
            "reviewUrl",
            is_gmb.then(|| format!("https://search.example/local/writereview?placeid={}", place())),
        )
        .with_some(
            "twitterUsage",
            (platform == "twitter" && owner.is_primary).then(|| twitter_usage(owner)),
        )
        .with_some("type", kind(platform, linkedin, is_quota_asked))
        .with_some("usedQuota", is_quota_asked.then(|| used_quota(owner)))
        .with_some("userImage", picture(owner, platform))
        .with_some("username", has_username.then_some(username))
        .into()
}

fn description(platform: &str) -> Option<&'static str> {
    match platform {
        "bluesky" => Some("News from the shop, mostly about bread."),
        "gmb" => Some("Open every day from eight. All of this is invented."),
        _ => None,
    }
}

/// Text for most, a negative number for Telegram, none for Google Business and Reddit.
fn id(owner: &Owner, platform: &str) -> Option<Json> {
    match platform {
        "gmb" | "reddit" => None,
        "bluesky" => Some(format!("did:plc:{:016x}", owner.lot.number(platform, owner.number)).into()),
        "telegram" => {
            let number = i64::try_from(owner.lot.below(platform, owner.number, 90_000_000)).unwrap_or(0);
            Some((-10_000_000 - number).into())
        }
        "tiktok" => Some(owner.lot.uuid(platform, owner.number).into()),
        _ => Some(owner.id(platform).to_string().into()),
    }
}

/// `business` stands for both business and creator accounts.
fn kind(platform: &str, linkedin: Option<(&'static str, i64)>, is_quota_asked: bool) -> Option<&'static str> {
    match platform {
        "telegram" => Some("channel"),
        "instagram" if is_quota_asked => Some("business"),
        _ => linkedin.map(|(kind, _)| kind),
    }
}

fn used_quota(owner: &Owner) -> u64 {
    owner
        .n_instagram_posts
        .unwrap_or_else(|| owner.lot.below("usedQuota", owner.number, 40))
}

/// Near its limit; the Primary Profile only has it.
fn twitter_usage(owner: &Owner) -> Object {
    let (year, month, _) = owner.epoch.plus_ms(31 * DAY_MS).date().unwrap_or((1970, 1, 1));
    let reset = UnixMs::parse(&format!("{year:04}-{month:02}-02")).map(date);
    Object::new()
        .with("monthlyUsage", 98_700_u64)
        .with("monthlyLimit", 100_000_u64)
        .with("monthlyReset", reset)
}

/// The picture at the time of linking. Google Business has none, and Telegram's has an ending that no browser draws.
fn picture(owner: &Owner, platform: &str) -> Option<String> {
    let ending = match platform {
        "gmb" => return None,
        "telegram" => "octo-stream",
        "reddit" | "twitter" | "youtube" => "png",
        _ => "jpeg",
    };
    Some(format!(
        "https://img.example/{}/social/{platform}.{ending}",
        owner.handle()
    ))
}
