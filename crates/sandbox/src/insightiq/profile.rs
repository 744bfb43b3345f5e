//! One InsightIQ profile, computed from its place in the list.
//!
//! Four profiles belong to three people, so that some people have two. Every address is of a reserved name.

use roster_core::UnixMs;

use super::cases::Case;
use super::platforms::{self, WorkPlatform};
use super::sections;
use crate::ask::Ask;
use crate::chance::Lot;
use crate::json::{Json, Object};
use crate::stamp::{DAY_MS, HOUR_MS, MINUTE_MS, naive_micros, naive_seconds};
use crate::words::{CATEGORIES, COUNTRIES, FAMILY, GIVEN, INTRODUCTIONS};

/// A profile at a place.
pub(crate) struct Entry {
    pub(super) index: u64,
    pub(super) lot: Lot,
    epoch: UnixMs,
    pub(super) case: Case,
}

/// The places of a person's profiles.
pub(crate) fn places_of(person: u64) -> impl Iterator<Item = u64> {
    let (block, place) = (person / 3, person % 3);
    let first = block.saturating_mul(4).saturating_add(place);
    let second = (place == 0).then(|| first.saturating_add(3));
    std::iter::once(first).chain(second)
}

impl Entry {
    pub(crate) fn new(ask: &Ask<'_>, index: u64) -> Self {
        Self {
            index,
            lot: ask.lot,
            epoch: ask.epoch,
            case: Case::at(index),
        }
    }

    /// The number of the person it belongs to.
    pub(crate) fn person(&self) -> u64 {
        let (block, place) = (self.index / 4, self.index % 4);
        block * 3 + if place == 3 { 0 } else { place }
    }

    pub(crate) fn platform(&self) -> WorkPlatform {
        match self.case {
            Case::OnlySubscribers | Case::Live => platforms::named("youtube"),
            Case::WebsiteIsBio | Case::AllNull => platforms::named("tiktok"),
            Case::AllSections => platforms::named("linkedin"),
            Case::CityAsCountry | Case::PictureIsAPage | Case::StampWithoutFraction => platforms::named("twitter"),
            _ => platforms::by_lot(self.lot, self.index),
        }
    }

    fn names(&self) -> (&'static str, &'static str) {
        let person = self.person();
        match self.case {
            Case::LongName => (
                "Wolfeschlegelsteinhausenbergerdorff-Adolph",
                "Blaine Charles David Earl Frederick Gerald Hubert Irvin John Kenneth Lloyd Martin Nero Oliver Paul Quincy",
            ),
            Case::RightToLeftName => ("عبد الرحمن", "بن يوسف الهاشمي"),
            _ => (
                self.lot.pick("given", person, GIVEN),
                self.lot.pick("family", person, FAMILY),
            ),
        }
    }

    fn full_name(&self) -> String {
        let (given, family) = self.names();
        format!("{given} {family}")
    }

    /// Unique, in plain letters.
    pub(super) fn handle(&self) -> String {
        const STEMS: &[&str] = &["sunny", "pixel", "vegan", "retro", "lazy", "urban", "tiny", "mellow"];
        const ENDS: &[&str] = &[
            "fox", "chef", "runner", "painter", "gamer", "nomad", "reader", "drummer",
        ];
        let (stem, end) = (
            self.lot.pick("stem", self.index, STEMS),
            self.lot.pick("end", self.index, ENDS),
        );
        format!("{stem}{end}{}", self.index + 1)
    }

    pub(super) fn is_null(&self) -> bool {
        self.case == Case::AllNull
    }

    /// By lot, unless everything is to be null.
    pub(super) fn maybe<T>(&self, what: &str, percent: u64, value: impl FnOnce() -> T) -> Option<T> {
        (!self.is_null() && self.lot.is_in_percent(what, self.index, percent)).then(value)
    }

    fn created(&self) -> UnixMs {
        let minutes = i64::try_from(self.lot.below("created_at", self.index, 3 * 365 * 24 * 60)).unwrap_or(0);
        self.epoch.plus_ms(-(30 * DAY_MS + minutes * MINUTE_MS + 663))
    }

    fn updated(&self) -> UnixMs {
        let hours = i64::try_from(self.lot.below("updated_at", self.index, 29 * 24)).unwrap_or(0);
        self.epoch.plus_ms(-(hours * HOUR_MS + 215))
    }

    /// The record, in the documented order; what only the live API has stands where it stands there.
    pub(crate) fn record(&self) -> Json {
        let is_live = self.case == Case::Live;
        let object = self.head(is_live);
        let object = self.identity(object);
        let object = object
            .with("reputation", self.reputation(is_live))
            .with("emails", self.emails())
            .with("phone_numbers", self.phone_numbers())
            .with("addresses", self.addresses());
        let object = self.tail(object);
        match self.case {
            Case::AllSections => sections::full(object),
            Case::Live => sections::null(object),
            _ => object,
        }
        .into()
    }

    fn head(&self, is_live: bool) -> Object {
        let (platform, handle) = (self.platform(), self.handle());
        let user = Object::new()
            .with("id", self.lot.uuid("user", self.person()))
            .with("name", self.full_name());
        let account_name = format!("{handle}@example.com");
        let account = Object::new()
            .with("id", self.lot.uuid("account", self.index))
            .with("platform_username", account_name.clone())
            .with_some("username", is_live.then_some(account_name));
        let work_platform = Object::new()
            .with("id", platform.id)
            .with("name", platform.name)
            .with("logo_url", platform.logo_url());
        Object::new()
            .with("id", self.lot.uuid("profile", self.index))
            .with("created_at", self.stamp(self.created()))
            .with("updated_at", self.stamp(self.updated()))
            .with("user", user)
            .with("account", account)
            .with("work_platform", work_platform)
            .with_some("username", is_live.then(|| handle.clone()))
            .with("platform_username", (!self.is_null()).then_some(handle))
    }

    /// Never with a zone; in one case without a fraction too.
    fn stamp(&self, at: UnixMs) -> String {
        if self.case == Case::StampWithoutFraction {
            naive_seconds(at)
        } else {
            naive_micros(at, self.lot.number("micros", self.index))
        }
    }

    fn identity(&self, object: Object) -> Object {
        let (given, family) = self.names();
        let (handle, slug) = (self.handle(), self.platform().slug);
        let picture = match self.case {
            Case::PictureIsAPage => format!("https://{slug}.example/{handle}/photo"),
            _ => format!("https://img.example/{slug}/{handle}.jpg"),
        };
        object
            .with("full_name", self.maybe("full_name", 85, || self.full_name()))
            .with("first_name", self.maybe("first_name", 60, || given))
            .with("last_name", self.maybe("first_name", 60, || family))
            .with("nick_name", self.maybe("nick_name", 40, || handle.clone()))
            .with("url", format!("https://{slug}.example/{handle}"))
            .with("introduction", self.introduction())
            .with("image_url", picture)
            .with("date_of_birth", self.date_of_birth())
            .with(
                "external_id",
                self.lot.below("external_id", self.index, 1_000_000_000).to_string(),
            )
            .with(
                "platform_account_type",
                self.maybe("account_type", 60, || self.account_type()),
            )
            .with("category", self.category())
            .with("website", self.website())
    }

    fn introduction(&self) -> Option<&'static str> {
        if self.case == Case::EmptyTexts {
            return Some("");
        }
        self.maybe("has_introduction", 55, || {
            self.lot.pick("introduction", self.index, INTRODUCTIONS)
        })
    }

    fn category(&self) -> Option<&'static str> {
        if self.case == Case::EmptyTexts {
            return Some("");
        }
        self.maybe("has_category", 50, || self.lot.pick("category", self.index, CATEGORIES))
    }

    fn account_type(&self) -> &'static str {
        self.lot
            .pick("account_type", self.index, &["CREATOR", "BUSINESS", "PERSONAL"])
    }

    fn date_of_birth(&self) -> Option<String> {
        match self.case {
            Case::BirthDateWithSlashes => Some("11/26/1989".to_owned()),
            Case::BirthDateWithDashes => Some("1989-11-26".to_owned()),
            _ => self.maybe("has_birth", 25, || {
                let (year, month) = (
                    1960 + self.lot.below("year", self.index, 45),
                    1 + self.lot.below("month", self.index, 12),
                );
                format!("{year}-{month:02}-{:02}", 1 + self.lot.below("day", self.index, 28))
            }),
        }
    }

    fn website(&self) -> Option<String> {
        if self.case == Case::WebsiteIsBio {
            return Some("Dance 💃 every day\nbooking: hello@example.com".to_owned());
        }
        self.maybe("has_website", 40, || format!("https://{}.example", self.handle()))
    }

    fn tail(&self, object: Object) -> Object {
        let country = match self.case {
            Case::CityAsCountry => Some("San Francisco"),
            _ => self.maybe("has_country", 60, || self.lot.pick("country", self.index, COUNTRIES)),
        };
        let gender = self.maybe("has_gender", 30, || {
            self.lot
                .pick("gender", self.index, &["MALE", "FEMALE", "OTHER", "UNSPECIFIED"])
        });
        let days = i64::try_from(self.lot.below("published", self.index, 9 * 365)).unwrap_or(0);
        let published = || self.epoch.plus_ms(-(400 + days) * DAY_MS);
        object
            .with("gender", gender)
            .with("country", country)
            .with(
                "platform_profile_name",
                self.maybe("profile_name", 90, || self.full_name()),
            )
            .with(
                "platform_profile_id",
                self.maybe("profile_id", 90, || {
                    format!("{:x}", self.lot.number("profile_id", self.index))
                }),
            )
            .with(
                "platform_profile_published_at",
                self.maybe("has_published", 70, || naive_seconds(published())),
            )
            .with(
                "is_verified",
                !self.is_null() && self.lot.is_in_percent("verified", self.index, 25),
            )
            .with(
                "is_business",
                !self.is_null() && self.lot.is_in_percent("business", self.index, 30),
            )
    }
}
