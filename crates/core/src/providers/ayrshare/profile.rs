//! A user profile as `GET /profiles` lists it, with the parts that `include` adds.
//!
//! Source: <https://www.ayrshare.com/docs/apis/profiles/get-profiles>, seen 2026-11.

use crate::model::{List, Number, OneOrMany, PerPlatform, Text, model, words};
use crate::providers::ayrshare::ActionLogEntry;
use crate::time::UnixMs;

words! {
    /// Whether a profile may post.
    pub enum ProfileStatus {
        /// In use.
        Active = "active",
        /// Suspended by Ayrshare.
        Suspended = "suspended",
    }
}

words! {
    /// Who unlinked an account.
    pub enum UnlinkSource {
        /// The person.
        User = "user",
        /// Ayrshare or the platform.
        System = "system",
    }
}

model! {
    /// One user profile. The Primary Profile is never in the list, and Profile Keys are never in an answer.
    pub struct UserProfile {
        /// `active` or `suspended`; in every documented record. May disagree with `suspended`.
        status: ProfileStatus = "status",
        /// The profile's name, in every documented record; the `title` parameter asks for exactly this text.
        title: String = "title",
        /// A name to show instead of the title; absent where none is set.
        display_title: String = "displayTitle",
        /// When the record was stored, as a stamp. Absent in the `include` form. In the documentation's sample it
        /// differs from `createdUTC` by more than a year: neither is derived from the other.
        created: Stamp = "created",
        /// When the profile was created: ISO 8601 in UTC with milliseconds. Absent in the `include` form.
        created_utc: String = "createdUTC",
        /// The id: 40 characters, mostly but not only hexadecimal.
        ref_id: Text = "refId",
        /// Connected platforms in Ayrshare's words. Absent when there are none.
        active_social_accounts: List<String> = "activeSocialAccounts",
        /// Whether X runs on the customer's own key. Only sent for some profiles.
        is_byok_linked: bool = "isByokLinked",
        /// `true` while suspended; otherwise absent.
        suspended: bool = "suspended",
        /// Only with `include=suspension`.
        suspension: Suspension = "suspension",
        /// Only with `include=socialHealth`.
        social_health: PerPlatform<SocialHealth> = "socialHealth",
        /// Only with `include=linkingErrors`. The documentation shows no example; one error or a list are read.
        linking_errors: PerPlatform<OneOrMany<LinkingError>> = "linkingErrors",
        /// Only with `include=activity`.
        activity: Activity = "activity",
        /// Only with `include=quota`.
        quota: Quota = "quota",
        /// Only with `include=unlinkHistory`: the last unlink. The documentation shows no example; a list is read too.
        unlink_history: OneOrMany<Unlink> = "unlinkHistory",
        /// Only with `include=actionLog`: what happened to this profile. Not the answer of the parameter `actionLog`.
        action_log: OneOrMany<ActionLogEntry> = "actionLog",
    }
}

model! {
    /// A stored instant, as Google's Firestore writes it.
    pub struct Stamp {
        /// Seconds since 1970-01-01T00:00:00Z.
        seconds: Number = "_seconds",
        /// Nanoseconds within the second.
        nanoseconds: Number = "_nanoseconds",
        /// The same as ISO 8601 text; only in `GET /user`.
        utc: String = "utc",
    }
}

impl Stamp {
    /// The instant, from the stamp itself; from `utc` if the stamp cannot be read.
    pub fn instant(&self) -> Option<UnixMs> {
        let nanoseconds = self.nanoseconds.as_i64().unwrap_or(0);
        let seconds_ms = self.seconds.as_i64().and_then(|seconds| seconds.checked_mul(1000));
        let stamp = seconds_ms.and_then(|ms| ms.checked_add(nanoseconds / 1_000_000));
        stamp.map(UnixMs).or_else(|| self.utc.instant())
    }
}

model! {
    /// Whether and why Ayrshare suspended the profile.
    pub struct Suspension {
        /// Whether it is suspended now.
        is_suspended: bool = "isSuspended",
        /// Why, in Ayrshare's words.
        reason: String = "reason",
        /// Since when, ISO 8601 in UTC.
        suspended_at: String = "suspendedAt",
        /// When it ends, ISO 8601 in UTC.
        unsuspend_at: String = "unsuspendAt",
        /// How many times it was suspended so far.
        suspension_count: Number = "suspensionCount",
    }
}

model! {
    /// The state of one connected account.
    pub struct SocialHealth {
        /// Whether it is connected.
        linked: bool = "linked",
        /// Since when, ISO 8601 in UTC.
        linked_at: String = "linkedAt",
        /// Whether Ayrshare advises to connect it again.
        relink_recommended: bool = "relinkRecommended",
        /// Whether messages are switched on.
        messaging_enabled: bool = "messagingEnabled",
        /// When its access ends, ISO 8601 in UTC; null if it does not end.
        token_expires_at: String = "tokenExpiresAt",
    }
}

model! {
    /// Why an account could not be connected.
    pub struct LinkingError {
        /// Ayrshare's code.
        code: Text = "code",
        /// What happened.
        message: String = "message",
        /// More of it; the documentation shows no example.
        details: String = "details",
        /// When, ISO 8601 in UTC.
        created_at: String = "createdAt",
    }
}

model! {
    /// When the profile was last used.
    pub struct Activity {
        /// Last call of the API for this profile, ISO 8601 in UTC.
        last_api_call: String = "lastApiCall",
        /// Last post, ISO 8601 in UTC.
        last_post: String = "lastPost",
    }
}

model! {
    /// Requests used of those that are allowed.
    pub struct Quota {
        /// Used so far.
        used: Number = "used",
        /// Allowed.
        limit: Number = "limit",
    }
}

model! {
    /// An account that was disconnected.
    pub struct Unlink {
        /// Which platform, in Ayrshare's word.
        platform: String = "platform",
        /// Who did it.
        source: UnlinkSource = "source",
        /// More of it; the documentation shows no example.
        details: String = "details",
        /// When, ISO 8601 in UTC.
        created_at: String = "createdAt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_an_instant_and_its_text_is_the_second_choice() {
        let instant = |text: &str| Stamp::parse(text).unwrap().instant();
        assert_eq!(
            instant(r#"{"_seconds":1604094099,"_nanoseconds":530000000}"#),
            Some(UnixMs(1_604_094_099_530))
        );
        assert_eq!(instant(r#"{"utc":"1970-01-01T00:00:01Z"}"#), Some(UnixMs(1000)));
        assert_eq!(instant(r#"{"_seconds":9223372036854775807}"#), None);
        assert_eq!(instant("{}"), None);
    }
}
