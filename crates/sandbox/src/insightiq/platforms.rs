//! Work platforms and `GET /v1/work-platforms`. The ids are the provider's own and the same in every environment.
//! Source: a recorded answer of the staging API, 2026-06.

use super::Refusal;
use super::list::envelope;
use crate::ask::Ask;
use crate::chance::Lot;
use crate::json::{Json, Object};

/// A platform that accounts are connected on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WorkPlatform {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// The name of the logo's file, and of the platform in invented addresses.
    pub(crate) slug: &'static str,
    category: &'static str,
    url: &'static str,
    created_at: &'static str,
    /// identity, identity audience, engagement, engagement audience, income, activity, publishing.
    supports: [bool; 7],
}

const fn platform(
    id: &'static str,
    name: &'static str,
    slug: &'static str,
    (category, url, created_at): (&'static str, &'static str, &'static str),
    bits: u8,
) -> WorkPlatform {
    let supports = [
        bits & 64 != 0,
        bits & 32 != 0,
        bits & 16 != 0,
        bits & 8 != 0,
        bits & 4 != 0,
        bits & 2 != 0,
        bits & 1 != 0,
    ];
    WorkPlatform {
        id,
        name,
        slug,
        category,
        url,
        created_at,
        supports,
    }
}

const FIRST_DAY: &str = "2021-10-30T11:31:57.886681";

/// Those that profiles are on, most frequent first; then those without.
pub(crate) const ALL: &[WorkPlatform] = &[
    platform(
        "9bb8913b-ddd9-430b-a66a-d74d846e6c66",
        "Instagram",
        "instagram",
        ("SOCIAL", "https://www.instagram.com/", FIRST_DAY),
        0b111_1001,
    ),
    platform(
        "14d9ddf5-51c6-415e-bde6-f8ed36ad7054",
        "YouTube",
        "youtube",
        ("ENTERTAINMENT", "https://www.youtube.com/", FIRST_DAY),
        0b111_1101,
    ),
    platform(
        "de55aeec-0dc8-4119-bf90-16b3d1f0c987",
        "TikTok",
        "tiktok",
        ("SOCIAL", "https://www.tiktok.com", FIRST_DAY),
        0b111_0001,
    ),
    // The list of work platforms calls it X; profiles were documented with the older name.
    platform(
        "7645460a-96e0-4192-a3ce-a1fc30641f72",
        "Twitter",
        "twitter",
        ("SOCIAL", "https://twitter.com", FIRST_DAY),
        0b101_0000,
    ),
    platform(
        "e4de6c01-5b78-4fc0-a651-24f44134457b",
        "Twitch",
        "twitch",
        ("ENTERTAINMENT", "https://www.twitch.tv", FIRST_DAY),
        0b101_0000,
    ),
    platform(
        "ad2fec62-2987-40a0-89fb-23485972598c",
        "Facebook",
        "facebook",
        ("SOCIAL", "https://www.facebook.com", FIRST_DAY),
        0b101_0100,
    ),
    platform(
        "36410629-f907-43ba-aa0d-434ca9c0501a",
        "LinkedIn",
        "linkedin",
        ("BUSINESS", "https://www.linkedin.com", FIRST_DAY),
        0b100_0000,
    ),
    platform(
        "fbf76083-710b-439a-8b8c-956f607ef2c1",
        "Substack",
        "substack",
        ("SOCIAL", "https://substack.com/", "2022-03-06T08:12:37.507138"),
        0b101_0000,
    ),
    platform(
        "ee3c8d7a-3207-4f56-945f-f942b34c96e1",
        "Snapchat",
        "snapchat",
        ("SOCIAL", "https://www.snapchat.com", FIRST_DAY),
        0,
    ),
    platform(
        "1db0b86c-a547-4119-9834-da927171a685",
        "Spotify",
        "spotify",
        ("SOCIAL", "https://www.spotify.com", "2022-12-27T13:03:25.714494"),
        0b000_0010,
    ),
    platform(
        "24fcaa09-0a79-4deb-b074-d8efd900265b",
        "Beehiiv",
        "beehiiv",
        ("PUBLICATION", "https://www.beehiiv.com/", "2023-07-17T13:01:48.373860"),
        0b101_0000,
    ),
];

/// The platform of a profile, by lot; the first ones come often.
pub(crate) fn by_lot(lot: Lot, index: u64) -> WorkPlatform {
    let place = match lot.below("work_platform", index, 100) {
        0..30 => 0,
        30..55 => 1,
        55..73 => 2,
        73..83 => 3,
        83..89 => 4,
        89..94 => 5,
        94..98 => 6,
        _ => 7,
    };
    ALL.get(place).copied().unwrap_or_default()
}

/// The platform with this slug.
pub(crate) fn named(slug: &str) -> WorkPlatform {
    ALL.iter()
        .find(|platform| platform.slug == slug)
        .copied()
        .unwrap_or_default()
}

impl WorkPlatform {
    pub(crate) fn logo_url(&self) -> String {
        format!("https://cdn.insightiq.ai/platforms_logo/logos/logo_{}.png", self.slug)
    }

    fn record(&self) -> Json {
        let [identity, audience, engagement, reach, income, activity, publishing] = self.supports;
        let supported = |is_supported: bool| Object::new().with("is_supported", is_supported);
        let products = Object::new()
            .with("identity", supported(identity).with("audience", supported(audience)))
            .with("engagement", supported(engagement).with("audience", supported(reach)))
            .with("income", supported(income))
            .with("switch", supported(false))
            .with("activity", supported(activity))
            .with("publish_content", supported(publishing));
        Object::new()
            .with("id", self.id)
            .with("name", if self.slug == "twitter" { "X" } else { self.name })
            .with("logo_url", self.logo_url())
            .with("created_at", self.created_at)
            .with("updated_at", self.created_at)
            .with("category", self.category)
            .with("status", "ACTIVE")
            .with("url", self.url)
            .with("products", products)
            .into()
    }
}

pub(crate) fn answer(ask: &Ask<'_>) -> Result<Json, Refusal> {
    let limit = ask.params.int("limit", 1, 100)?.unwrap_or(10);
    let offset = ask.params.int("offset", 0, u64::MAX)?.unwrap_or(0);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = ALL.iter().skip(size(offset)).take(size(limit));
    Ok(envelope(ask, page.map(WorkPlatform::record).collect(), offset, limit))
}
