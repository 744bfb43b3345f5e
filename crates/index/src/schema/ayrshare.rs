//! Ayrshare. Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>, seen 2026-11.

use super::{Act, Member, Note, Notes, Push, Rule, Schema, Sink, member, percent};
use crate::catalog::Field;
use crate::scan::Run;

const SUSPENSION: u8 = 0;
const SOCIAL_HEALTH: u8 = 1;
const LINKING_ERRORS: u8 = 2;
const ACTIVITY: u8 = 3;
const QUOTA: u8 = 4;

pub(super) const SCHEMA: Schema = Schema {
    provider: "ayrshare",
    record: RECORD,
    finish,
    derived: &[
        Field::Created,
        Field::Byok,
        Field::Status,
        Field::Quota,
        Field::Health,
        Field::Token,
    ],
    parts: &[
        ("suspension", &[Field::Reason, Field::Until, Field::Suspensions]),
        ("socialHealth", &[Field::Health, Field::Token]),
        ("linkingErrors", &[Field::Health, Field::LinkingError]),
        ("activity", &[Field::Called, Field::Posted]),
        ("quota", &[Field::Quota]),
    ],
    // The documented answer with parts has neither dates nor flags of the list.
    not_with_parts: &[Field::Created, Field::DisplayTitle, Field::Byok],
    pushes: PUSHES,
};

const PUSHES: &[Push] = &[
    Push {
        param: "title",
        rule: Rule::Exactly(Field::Title),
    },
    Push {
        param: "refId",
        rule: Rule::Exactly(Field::Ref),
    },
    Push {
        param: "hasActiveSocialAccounts",
        rule: Rule::HasAny(Field::Platform),
    },
    Push {
        param: "includesActiveSocialAccounts",
        rule: Rule::AllOf(Field::Platform),
    },
    // Profiles without a platform that takes an own key are in neither answer, as they are `na` here.
    Push {
        param: "isByokLinked",
        rule: Rule::Word(Field::Byok, &[("linked", "true"), ("pending", "false")]),
    },
];

const RECORD: &[Member] = &[
    member("status", Act::Word(Field::Status)),
    member("title", Act::Name(&[(Field::Title, 0)])),
    member("displayTitle", Act::Text(Field::DisplayTitle)),
    member("created", Act::Object(STAMP)),
    member("createdUTC", Act::Note(Note::Created)),
    member("refId", Act::Id),
    member(
        "activeSocialAccounts",
        Act::List(&Act::Telling(Field::Platform, "twitter", Note::TakesKey)),
    ),
    member("isByokLinked", Act::Note(Note::Byok)),
    member("suspended", Act::Note(Note::Suspended)),
    member("suspension", Act::Part(SUSPENSION, &Act::Object(SUSPENSION_PART))),
    member(
        "socialHealth",
        Act::Part(SOCIAL_HEALTH, &Act::Map(&Act::Object(HEALTH_OF_ONE))),
    ),
    member(
        "linkingErrors",
        Act::Part(
            LINKING_ERRORS,
            &Act::Map(&Act::Both(
                &Act::Mark(Note::LinkingError),
                &Act::List(&Act::Object(ERROR_OF_ONE)),
            )),
        ),
    ),
    member("activity", Act::Part(ACTIVITY, &Act::Object(ACTIVITY_PART))),
    member("quota", Act::Part(QUOTA, &Act::Object(QUOTA_PART))),
    // Only in `GET /user` and the batch file.
    member("displayNames", Act::List(&Act::Object(ACCOUNT))),
    member("email", Act::Private),
];

const ACCOUNT: &[Member] = &[
    member("displayName", Act::Extra),
    member("pageName", Act::Extra),
    member("username", Act::Extra),
];

const STAMP: &[Member] = &[
    member("_seconds", Act::Without(Note::Created, Note::CreatedSeconds)),
    member("_nanoseconds", Act::Without(Note::Created, Note::CreatedNanoseconds)),
];

const SUSPENSION_PART: &[Member] = &[
    member("isSuspended", Act::Note(Note::Suspended)),
    member("reason", Act::Text(Field::Reason)),
    member("unsuspendAt", Act::Instant(Field::Until)),
    member("suspensionCount", Act::Number(Field::Suspensions)),
];

const HEALTH_OF_ONE: &[Member] = &[
    member("relinkRecommended", Act::Note(Note::Relink)),
    member("tokenExpiresAt", Act::Note(Note::TokenEnds)),
];

const ERROR_OF_ONE: &[Member] = &[
    member("message", Act::Text(Field::LinkingError)),
    member("details", Act::Extra),
];

const ACTIVITY_PART: &[Member] = &[
    member("lastApiCall", Act::Instant(Field::Called)),
    member("lastPost", Act::Instant(Field::Posted)),
];

const QUOTA_PART: &[Member] = &[
    member("used", Act::Note(Note::Used)),
    member("limit", Act::Note(Note::Limit)),
];

fn finish(notes: &Notes, sink: &mut dyn Sink) {
    // The two dates differ in the documented sample; the text is the one that people see.
    let below_ms = || (notes.get(Note::CreatedNanoseconds).unwrap_or(0.0) / 1e6).trunc();
    let stamp = || {
        notes
            .get(Note::CreatedSeconds)
            .map(|seconds| seconds * 1000.0 + below_ms())
    };
    if let Some(created) = notes.get(Note::Created).or_else(stamp) {
        sink.number(Field::Created, created);
    }
    // Without the flag, the `isByokLinked` parameter tells profiles apart by whether X is connected.
    match notes.is(Note::Byok) {
        Some(true) => sink.word(Field::Byok, Run::alone(b"linked")),
        Some(false) => sink.word(Field::Byok, Run::alone(b"pending")),
        None if notes.has_parts => {}
        None if notes.is(Note::TakesKey) == Some(true) => sink.word(Field::Byok, Run::alone(b"pending")),
        None => sink.word(Field::Byok, Run::alone(b"na")),
    }
    if notes.is(Note::Suspended) == Some(true) {
        sink.word(Field::Status, Run::alone(b"suspended"));
    }
    let share = notes
        .get(Note::Used)
        .zip(notes.get(Note::Limit))
        .and_then(|(used, limit)| percent(used, limit));
    if let Some(share) = share {
        sink.number(Field::Quota, share);
    }
    notes.accounts().for_each(|(note, value)| sink.account(note, value));
}
