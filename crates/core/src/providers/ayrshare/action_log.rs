//! The action-log form of `GET /profiles`: with `actionLog=true` or a number of days, `profiles` is an object.
//!
//! Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>, seen 2026-11.

use crate::error::{Error, ErrorKind};
use crate::json::{self, describe};
use crate::model::{Field, Inspect, List, Number, OddField, Other, Path, Text, model, words};
use crate::page::Freshness;

use super::freshness;

const ENTRIES: &str = "actionLog";
const COUNTS: &str = "userProfilesReport";

words! {
    /// What happened to a profile.
    pub enum Action {
        /// It was created.
        Create = "create",
        /// It was changed; only in the log of one profile.
        Update = "update",
        /// It was deleted.
        Delete = "delete",
    }
}

model! {
    /// One thing that happened to a profile.
    pub struct ActionLogEntry {
        /// What happened.
        action: Action = "action",
        /// The profile's id.
        ref_id: Text = "refId",
        /// The profile's title; absent for what happened before March 2025.
        title: String = "title",
        /// When, ISO 8601 in UTC with milliseconds.
        created: String = "created",
        /// The profile's tags; named in the documentation's prose, absent before March 2025.
        tags: List<String> = "tags",
    }
}

model! {
    /// How many user profiles were counted for billing.
    pub struct UserCount {
        /// When, ISO 8601 in UTC with milliseconds.
        reported: String = "reported",
        /// How many profiles.
        user_profile_count: Number = "userProfileCount",
    }
}

/// The whole answer in the action-log form.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ActionLog {
    /// Created and deleted profiles, as sent: newest first in the documentation.
    pub entries: Field<List<ActionLogEntry>>,
    /// The number of user profiles on the days on which it was counted for billing; a billing period may differ.
    pub counts: Field<List<UserCount>>,
    /// How old the data is; read beside `profiles` or inside of it, since the documentation's sample leaves that open.
    pub freshness: Option<Freshness>,
    /// Members of `profiles` that this model does not know.
    pub other: Other,
}

impl ActionLog {
    /// Reads the body of an answer.
    ///
    /// # Errors
    /// `Decode` if the body is no JSON object, or `profiles` is none (a list means that `actionLog` was not asked).
    pub fn parse(body: &str) -> Result<Self, Error> {
        let (_, envelope) = json::object(body.as_bytes())?;
        let profiles = envelope.get("profiles").unwrap_or_default();
        let inside = json::members(profiles)
            .ok_or_else(|| Error::unexpected(ErrorKind::Decode, "profiles", "an object", describe(profiles)))?;
        let field = |key: &str| inside.get(key).unwrap_or("null");
        let mut log = Self {
            entries: Field::read(field(ENTRIES)),
            counts: Field::read(field(COUNTS)),
            freshness: freshness(&inside).or_else(|| freshness(&envelope)),
            other: Other::default(),
        };
        let unknown = |key: &str| ![ENTRIES, COUNTS, "lastUpdated", "nextUpdate"].contains(&key);
        for (key, raw) in inside.iter().filter(|(key, _)| unknown(key)) {
            log.other.push(key, raw);
        }
        Ok(log)
    }

    /// The fields whose form is not the documented one, with their JSON paths.
    pub fn odd_fields(&self) -> Vec<OddField> {
        let mut out = Vec::new();
        let list = Path::Key(&Path::Record, "profiles");
        self.entries.inspect(&Path::Key(&list, ENTRIES), &mut out);
        self.counts.inspect(&Path::Key(&list, COUNTS), &mut out);
        out
    }
}
