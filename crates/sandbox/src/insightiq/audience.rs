//! Whom an InsightIQ profile reaches, and how it is reached: `reputation` and the contacts.

use super::cases::Case;
use super::profile::Entry;
use crate::json::{Json, Object};

impl Entry {
    /// Six counts as documented; five more as the live API sends them.
    pub(super) fn reputation(&self, is_live: bool) -> Json {
        let has_subscribers = matches!(self.platform().slug, "youtube" | "substack");
        let count = |what: &str, end: u64| self.lot.below(what, self.index, end);
        // Many small and a few very large audiences.
        let size = || {
            count(
                "audience",
                10_u64.pow(2 + u32::try_from(count("magnitude", 6)).unwrap_or(0)),
            )
        };
        let followers = (!has_subscribers && !self.is_null()).then(size);
        let only_subscribers = self.case == Case::OnlySubscribers;
        let base = Object::new()
            .with("follower_count", followers)
            .with("following_count", followers.map(|_| count("following", 2_000)))
            .with("subscriber_count", (has_subscribers && !self.is_null()).then(size))
            .with(
                "content_count",
                self.maybe("has_content", 60, || count("content", 3_000))
                    .filter(|_| !only_subscribers),
            )
            .with("content_group_count", Json::Null)
            .with("watch_time_in_hours", is_live.then_some(1234.5));
        if !is_live {
            return base.into();
        }
        base.with("paid_subscriber_count", Json::Null)
            .with("average_open_rate", Json::Null)
            .with("average_click_rate", Json::Null)
            .with("like_count", Json::Null)
            .with("connection_count", Json::Null)
            .into()
    }

    pub(super) fn emails(&self) -> Vec<Json> {
        let email = |kind: &'static str, name: &str| {
            Object::new()
                .with("type", kind)
                .with("email_id", format!("{name}@example.com"))
                .into()
        };
        match self.case {
            Case::SeveralContacts => ["WORK", "HOME", "OTHER"]
                .into_iter()
                .map(|kind| email(kind, &kind.to_lowercase()))
                .collect(),
            _ => self
                .maybe("has_email", 50, || email("WORK", &self.handle()))
                .into_iter()
                .collect(),
        }
    }

    pub(super) fn phone_numbers(&self) -> Vec<Json> {
        let phone = |kind: &'static str, last: u64| {
            Object::new()
                .with("type", kind)
                .with("phone_number", format!("+1202555{last:04}"))
                .into()
        };
        match self.case {
            Case::SeveralContacts => vec![phone("WORK", 123), phone("HOME", 199)],
            // 555-0100 to 0199 belong to nobody.
            _ => self
                .maybe("has_phone", 20, || phone("WORK", 100 + self.index % 100))
                .into_iter()
                .collect(),
        }
    }

    pub(super) fn addresses(&self) -> Vec<Json> {
        let address =
            |kind: &'static str, text: &'static str| Object::new().with("type", kind).with("address", text).into();
        match self.case {
            Case::SeveralContacts => vec![
                address("WORK", "1 Sample Street, Exampleton"),
                address("HOME", "Musterweg 2\n12345 Musterstadt"),
            ],
            _ => self
                .maybe("has_address", 20, || {
                    address("WORK", "122 Invented Avenue, Nowhere, CA, USA")
                })
                .into_iter()
                .collect(),
        }
    }
}
