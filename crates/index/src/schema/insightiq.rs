//! InsightIQ. Source: <https://docs.insightiq.ai>, `GET /v1/profiles`, seen 2026-11.

use super::{Act, Member, Push, Rule, Schema, member};
use crate::catalog::Field;

pub(super) const SCHEMA: Schema = Schema {
    provider: "insightiq",
    record: RECORD,
    finish: |_, _| {},
    derived: &[],
    parts: &[],
    not_with_parts: &[],
    pushes: PUSHES,
};

const PUSHES: &[Push] = &[
    Push {
        param: "user_id",
        rule: Rule::Exactly(Field::UserId),
    },
    Push {
        param: "work_platform_id",
        rule: Rule::Exactly(Field::PlatformId),
    },
    Push {
        param: "work_platform_id",
        rule: Rule::Word(Field::Platform, WORK_PLATFORMS),
    },
    Push {
        param: "account_id",
        rule: Rule::Exactly(Field::Account),
    },
];

/// Ids of the platforms that the reference shows; they stay when a name changes.
const WORK_PLATFORMS: &[(&str, &str)] = &[
    ("twitter", "7645460a-96e0-4192-a3ce-a1fc30641f72"),
    ("instagram", "9bb8913b-ddd9-430b-a66a-d74d846e6c66"),
    ("youtube", "14d9ddf5-51c6-415e-bde6-f8ed36ad7054"),
];

const RECORD: &[Member] = &[
    member("id", Act::Id),
    member("created_at", Act::Instant(Field::Created)),
    member("updated_at", Act::Instant(Field::Updated)),
    member("user", Act::Object(USER)),
    member("account", Act::Object(ACCOUNT)),
    member("work_platform", Act::Object(WORK_PLATFORM)),
    member("platform_username", Act::Name(&[(Field::Handle, 0), (Field::Title, 4)])),
    member("full_name", Act::Name(&[(Field::Title, 0)])),
    member("first_name", Act::Both(&Act::Name(&[(Field::Title, 3)]), &Act::Extra)),
    member("last_name", Act::Both(&Act::Name(&[(Field::Title, 3)]), &Act::Extra)),
    member("nick_name", Act::Both(&Act::Name(&[(Field::Title, 2)]), &Act::Extra)),
    member("url", Act::Text(Field::Website)),
    member("introduction", Act::Text(Field::Introduction)),
    member("image_url", Act::Nothing),
    member("date_of_birth", Act::Instant(Field::Born)),
    member("external_id", Act::Extra),
    member("platform_account_type", Act::Word(Field::Type)),
    member("category", Act::Word(Field::Category)),
    member("website", Act::Text(Field::Website)),
    member("reputation", Act::Object(REPUTATION)),
    member(
        "emails",
        Act::List(&Act::Object(&[member("email_id", Act::Text(Field::Email))])),
    ),
    member(
        "phone_numbers",
        Act::List(&Act::Object(&[member("phone_number", Act::Text(Field::Phone))])),
    ),
    member(
        "addresses",
        Act::List(&Act::Object(&[member("address", Act::Text(Field::Address))])),
    ),
    member("gender", Act::Word(Field::Gender)),
    member("country", Act::Word(Field::Country)),
    member(
        "platform_profile_name",
        Act::Both(&Act::Name(&[(Field::Title, 1)]), &Act::Extra),
    ),
    member("platform_profile_id", Act::Extra),
    member("platform_profile_published_at", Act::Instant(Field::Since)),
    member("is_verified", Act::Flag(Field::Verified)),
    member("is_business", Act::Flag(Field::Business)),
    member("work_experiences", Act::Filled(Field::Background, "work")),
    member("education", Act::Filled(Field::Background, "education")),
    member("publications", Act::Filled(Field::Background, "publications")),
    member("certifications", Act::Filled(Field::Background, "certifications")),
    member("volunteer_experiences", Act::Filled(Field::Background, "volunteering")),
    member("honors", Act::Filled(Field::Background, "honors")),
    member("projects", Act::Filled(Field::Background, "projects")),
];

const USER: &[Member] = &[
    member("id", Act::Text(Field::UserId)),
    member("name", Act::Text(Field::User)),
];

/// The name with which the person signed in is often an e-mail address, so it is searched, but no field.
const ACCOUNT: &[Member] = &[
    member("id", Act::Text(Field::Account)),
    member("platform_username", Act::Private),
];

const WORK_PLATFORM: &[Member] = &[
    member("id", Act::Text(Field::PlatformId)),
    member("name", Act::Word(Field::Platform)),
    member("logo_url", Act::Nothing),
];

const REPUTATION: &[Member] = &[
    member("follower_count", Act::Number(Field::Followers)),
    member("following_count", Act::Number(Field::Following)),
    member("subscriber_count", Act::Number(Field::Subscribers)),
    member("content_count", Act::Number(Field::Content)),
    member("content_group_count", Act::Number(Field::ContentGroups)),
    member("watch_time_in_hours", Act::Number(Field::WatchTime)),
];
