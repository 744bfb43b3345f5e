//! Every profile of one person, with the audience summed for each platform. Pure.

use std::collections::BTreeMap;

use roster_core::{AudienceKind, Profile, provider};

use crate::index::Index;
use crate::look;
use crate::roll::Row;

/// A person with several profiles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// The name, as one of the profiles tells it; else the id.
    pub name: String,
    /// The profiles.
    pub rows: Vec<Row>,
    /// By platform, each audience over the profiles that tell it.
    pub sums: Vec<Sum>,
}

/// The audience on one platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The platform's name.
    pub platform: String,
    /// Its followers; `None` if no profile tells them.
    pub followers: Option<i64>,
    /// Its subscribers, never one with the other.
    pub subscribers: Option<i64>,
    /// How many profiles tell neither.
    pub n_unknown: usize,
}

impl Person {
    /// The person of this name in links, `insightiq:9f2c…`.
    pub fn of(index: &Index, key: &str) -> Self {
        let (api, id) = key.split_once(':').unwrap_or_default();
        let rows = index.of_person(api, id);
        let name = rows
            .iter()
            .find_map(|row| look::person(row.provider(), row.text())?.name);
        let mut sums = BTreeMap::new();
        let profiles = rows
            .iter()
            .filter_map(|row| provider(row.provider())?.profile(row.text()).ok());
        profiles.for_each(|profile| add(&mut sums, &profile));
        Self {
            name: name.unwrap_or_else(|| id.to_owned()),
            rows,
            sums: sums.into_values().collect(),
        }
    }
}

fn add(sums: &mut BTreeMap<String, Sum>, profile: &Profile) {
    let platforms = profile.platforms.value().map(Vec::as_slice).unwrap_or_default();
    let platform = platforms.first().map_or("?", |platform| platform.title()).to_owned();
    let sum = sums.entry(platform.clone()).or_insert(Sum {
        platform,
        followers: None,
        subscribers: None,
        n_unknown: 0,
    });
    let told = profile.audience.value().map(Vec::as_slice).unwrap_or_default();
    let of = |kind: AudienceKind| told.iter().find(|one| one.kind == kind).map(|one| one.count);
    let (followers, subscribers) = (of(AudienceKind::Followers), of(AudienceKind::Subscribers));
    sum.n_unknown += usize::from(followers.is_none() && subscribers.is_none());
    grow(&mut sum.followers, followers);
    grow(&mut sum.subscribers, subscribers);
}

fn grow(sum: &mut Option<i64>, count: Option<i64>) {
    if let Some(count) = count {
        *sum = Some(sum.unwrap_or_default().saturating_add(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Intake;
    use roster_core::{Query, Response};

    #[test]
    fn followers_are_summed_for_each_platform_and_never_with_subscribers() {
        let record = |id: &str, user: &str, platform: &str, reputation: &str| {
            format!(
                r#"{{"id":"{id}","user":{{"id":"{user}","name":"Peter"}},"work_platform":{{"id":"w","name":"{platform}"}},"full_name":"P","reputation":{reputation}}}"#
            )
        };
        let records = [
            record("1", "u", "Instagram", r#"{"follower_count":10}"#),
            record("2", "u", "Instagram", r#"{"follower_count":5}"#),
            record("3", "u", "Instagram", "null"),
            record("4", "u", "YouTube", r#"{"subscriber_count":7}"#),
            record("5", "other", "YouTube", r#"{"subscriber_count":100}"#),
        ];
        let query = Query::new("insightiq", "profiles").unwrap();
        let body = format!(r#"{{"data":[{}]}}"#, records.join(","));
        let page = query
            .provider()
            .unwrap()
            .parse(&query.request().unwrap(), &Response::new(200, body));
        let mut intake = Intake::default();
        intake.take(page.unwrap());
        let person = Person::of(&intake.index(), "insightiq:u");
        assert_eq!((person.name.as_str(), person.rows.len()), ("Peter", 4));
        let sums: Vec<_> = person
            .sums
            .iter()
            .map(|sum| (sum.platform.as_str(), sum.followers, sum.subscribers, sum.n_unknown))
            .collect();
        assert_eq!(sums, [("Instagram", Some(15), None, 1), ("YouTube", None, Some(7), 0)]);
    }
}
