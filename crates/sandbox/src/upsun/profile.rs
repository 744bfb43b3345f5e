//! One Upsun profile, computed from its place in the list. The first ones are designed, see [`Case`].

use roster_core::UnixMs;

use super::trial::{Currency, EUR, USD};
use crate::ask::Ask;
use crate::chance::Lot;
use crate::json::{Json, Object};
use crate::stamp::{DAY_MS, HOUR_MS, iso_seconds};
use crate::words::{BRANDS, COMPANY_FORMS, FAMILY, GIVEN, ROLES};

/// What is odd about a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Ordinary,
    TrialActive,
    TrialEnded,
    /// `spend_remaining.unlimited`.
    TrialUnlimited,
    /// `pending_verification` is `credit-card`.
    TrialPending,
    /// Spent in one currency, left in another.
    TwoCurrencies,
    /// `projects` is a list.
    TrialWithList,
    /// `projects` is an empty list, as PHP writes an empty object.
    TrialWithEmptyList,
    /// `current_trial` is absent.
    NoTrial,
    /// `current_trial` is null.
    NullTrial,
    /// `picture` is absent.
    NoPicture,
    /// `picture` is an empty text.
    EmptyPicture,
    Organization,
    /// The fields that the API has had since or before: `customer_type`, `legal_entity_name`, `security_contact`.
    LaterFields,
    LongName,
    RightToLeftName,
}

impl Case {
    /// In this order at the start of the list.
    pub(crate) const DESIGNED: &[Self] = &[
        Self::TrialActive,
        Self::TrialEnded,
        Self::TrialUnlimited,
        Self::TrialPending,
        Self::TwoCurrencies,
        Self::TrialWithList,
        Self::TrialWithEmptyList,
        Self::NoTrial,
        Self::NullTrial,
        Self::NoPicture,
        Self::EmptyPicture,
        Self::Organization,
        Self::LaterFields,
        Self::LongName,
        Self::RightToLeftName,
    ];

    fn at(lot: Lot, index: u64) -> Self {
        let designed = usize::try_from(index).ok().and_then(|place| Self::DESIGNED.get(place));
        let by_lot = || match lot.below("trial", index, 10) {
            0..3 => Self::TrialActive,
            3..5 => Self::TrialEnded,
            5 => Self::Organization,
            _ => Self::Ordinary,
        };
        designed.copied().unwrap_or_else(by_lot)
    }
}

/// A profile at a place.
pub(crate) struct Person {
    pub(super) index: u64,
    pub(super) lot: Lot,
    pub(super) epoch: UnixMs,
    pub(super) case: Case,
}

impl Person {
    pub(crate) fn new(ask: &Ask<'_>, index: u64) -> Self {
        Self {
            index,
            lot: ask.lot,
            epoch: ask.epoch,
            case: Case::at(ask.lot, index),
        }
    }

    /// The place of the profile with this user name.
    pub(crate) fn index_of_username(ask: &Ask<'_>, username: &str) -> Option<u64> {
        let number: u64 = username.strip_prefix("upsun-demo-")?.parse().ok()?;
        let index = number.checked_sub(1).filter(|index| *index < ask.settings.n_upsun())?;
        (Self::new(ask, index).username() == username).then_some(index)
    }

    fn username(&self) -> String {
        format!("upsun-demo-{}", self.index + 1)
    }

    fn display_name(&self) -> String {
        match self.case {
            Case::LongName => {
                "Maximiliane-Friederike von und zu Hohenlohe-Waldenburg-Schillingsfürst-Langenburg, Head of \
                 Infrastructure, Platform Reliability and Everything Else That Has a Plug"
                    .to_owned()
            }
            Case::RightToLeftName => "נועה בן־דוד".to_owned(),
            Case::Organization => self.company(),
            _ => {
                let (given, family) = (
                    self.lot.pick("upsun given", self.index, GIVEN),
                    self.lot.pick("upsun family", self.index, FAMILY),
                );
                format!("{given} {family}")
            }
        }
    }

    fn company(&self) -> String {
        let (brand, form) = (
            self.lot.pick("brand", self.index, BRANDS),
            self.lot.pick("form", self.index, COMPANY_FORMS),
        );
        format!("{brand} {form}")
    }

    fn picture(&self) -> Option<String> {
        match self.case {
            Case::NoPicture => None,
            Case::EmptyPicture => Some(String::new()),
            _ => Some(format!("https://img.example/people/{}.png", self.username())),
        }
    }

    fn has_company(&self) -> bool {
        self.case == Case::Organization || self.lot.is_in_percent("company", self.index, 50)
    }

    pub(super) fn currency(&self) -> &'static Currency {
        if self.lot.is_in_percent("currency", self.index, 50) {
            &EUR
        } else {
            &USD
        }
    }

    fn created(&self) -> UnixMs {
        let hours = i64::try_from(self.lot.below("created_at", self.index, 3 * 365 * 24)).unwrap_or(0);
        self.epoch.plus_ms(-(40 * DAY_MS + hours * HOUR_MS))
    }

    fn updated(&self) -> UnixMs {
        let hours = i64::try_from(self.lot.below("updated_at", self.index, 39 * 24)).unwrap_or(0);
        self.epoch.plus_ms(-hours * HOUR_MS)
    }

    /// The record in the documented order.
    pub(crate) fn record(&self) -> Json {
        let kind = if self.case == Case::Organization {
            "organization"
        } else {
            "user"
        };
        let (username, has_company) = (self.username(), self.has_company());
        let company = || self.company();
        let base = Object::new()
            .with("id", self.lot.uuid("upsun", self.index))
            .with("display_name", self.display_name())
            .with("email", format!("{username}@example.com"))
            .with("username", username.clone())
            .with("type", kind)
            .with_some("picture", self.picture())
            .with("company_type", if has_company { "business" } else { "individual" })
            .with("company_name", if has_company { company() } else { String::new() })
            .with("currency", self.currency().code)
            .with(
                "vat_number",
                if has_company {
                    format!("XX{:09}", self.index + 1)
                } else {
                    String::new()
                },
            )
            .with(
                "company_role",
                if has_company {
                    self.lot.pick("role", self.index, ROLES)
                } else {
                    ""
                },
            )
            .with(
                "website_url",
                if has_company {
                    format!("https://{username}.example")
                } else {
                    String::new()
                },
            )
            .with("new_ui", !self.lot.is_in_percent("old_ui", self.index, 10))
            .with(
                "ui_colorscheme",
                self.lot.pick("colors", self.index, &["light", "dark"]),
            )
            .with("default_catalog", "https://catalog.example/default.json")
            .with("project_options_url", "https://options.example/default.json")
            .with("marketing", self.lot.is_in_percent("marketing", self.index, 30))
            .with("created_at", iso_seconds(self.created()))
            .with("updated_at", iso_seconds(self.updated()))
            .with("billing_contact", format!("billing+{username}@example.com"));
        let object = self.with_trial(base).with("invoiced", has_company);
        if self.case != Case::LaterFields {
            return object.into();
        }
        object
            .with("customer_type", "corporation")
            .with("legal_entity_name", company())
            .with("security_contact", format!("security+{username}@example.com"))
            .into()
    }

    fn with_trial(&self, object: Object) -> Object {
        match self.case {
            Case::NullTrial => object.with("current_trial", Json::Null),
            _ => object.with_some("current_trial", self.trial()),
        }
    }
}
