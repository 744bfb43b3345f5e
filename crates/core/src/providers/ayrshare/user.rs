//! `GET /user` and `GET /user/details/pinterest`: one profile with its accounts.
//!
//! Source: <https://www.ayrshare.com/docs/apis/user/profile-details>, seen 2026-11.

use crate::model::{List, Number, Text, model};
use crate::providers::ayrshare::Stamp;

model! {
    /// The Primary Profile, or the user profile whose key was sent along.
    pub struct User {
        /// Connected platforms in Ayrshare's words. Absent when there are none.
        active_social_accounts: List<String> = "activeSocialAccounts",
        /// Address of the profile's link page.
        ayrlink_url: String = "ayrlinkUrl",
        /// When the profile was created; with its text under `utc`.
        created: Stamp = "created",
        /// The connected accounts, ordered by platform.
        display_names: List<DisplayName> = "displayNames",
        /// E-mail address; null for a user profile.
        email: String = "email",
        /// Calls of the API that posted, this month.
        monthly_api_calls: Number = "monthlyApiCalls",
        /// How many are allowed a month. Absent on Business plans.
        monthly_api_calls_quota: Number = "monthlyApiCallsQuota",
        /// The profile's id.
        ref_id: Text = "refId",
        /// The profile's title; `Primary Profile` for the primary one.
        title: String = "title",
        /// When this answer was made, ISO 8601 in UTC with milliseconds.
        last_updated: String = "lastUpdated",
        /// Before this instant the API answers the same again, ISO 8601 in UTC with milliseconds.
        next_update: String = "nextUpdate",
        /// Last call of the API, ISO 8601 in UTC. Newer than the reference; optional.
        last_api_call: String = "lastApiCall",
        /// Whether messages are switched on. Newer than the reference; optional.
        messaging_enabled: bool = "messagingEnabled",
        /// Conversations this month. Newer than the reference; optional.
        messaging_conversation_monthly_count: Number = "messagingConversationMonthlyCount",
        /// Posts this month. Newer than the reference; optional.
        monthly_post_count: Number = "monthlyPostCount",
        /// Posts allowed a month. Newer than the reference; optional.
        monthly_post_quota: Number = "monthlyPostQuota",
        /// Whether the profile is suspended. Newer than the reference; optional.
        suspended: bool = "suspended",
    }
}

model! {
    /// One connected account. Which fields there are depends on the platform.
    pub struct DisplayName {
        /// When it was connected, ISO 8601 in UTC with milliseconds.
        created: String = "created",
        /// Its name.
        display_name: String = "displayName",
        /// The platform, in Ayrshare's word.
        platform: String = "platform",
        /// The platform's id: text, for Telegram a negative number, for Google Business and Reddit absent.
        id: Text = "id",
        /// Address of the account. Unsafe until checked.
        profile_url: String = "profileUrl",
        /// Address of the picture at the time of connecting. Unsafe until checked. Absent for Google Business.
        user_image: String = "userImage",
        /// The handle; YouTube's and TikTok's begin with `@`. Absent for Facebook, Google Business and Telegram.
        username: String = "username",
        /// Facebook, Instagram: the page's name.
        page_name: String = "pageName",
        /// Google Business, Bluesky: the account's own words.
        description: String = "description",
        /// Google Business: address on the map.
        maps_url: String = "mapsUrl",
        /// Google Business: the place's id.
        place_id: String = "placeId",
        /// Google Business: address for writing a review.
        review_url: String = "reviewUrl",
        /// LinkedIn: `corporate` or `personal`; Telegram: `channel`; Instagram: `business`, also for creators, and
        /// only if the quota was asked for.
        account_type: String = "type",
        /// Instagram: posts used of 50 in a rolling 24 hours; only if the quota was asked for.
        used_quota: Number = "usedQuota",
        /// LinkedIn: days until the access must be renewed.
        refresh_days_remaining: Number = "refreshDaysRemaining",
        /// LinkedIn: when the access must be renewed, ISO 8601 in UTC with milliseconds.
        refresh_required: String = "refreshRequired",
        /// X: use of its own monthly quota; Primary Profile only.
        twitter_usage: TwitterUsage = "twitterUsage",
        /// X: the kind of subscription. Newer than the reference; optional.
        subscription_type: String = "subscriptionType",
        /// X: the kind of verification. Newer than the reference; optional.
        verified_type: String = "verifiedType",
        /// Facebook: the person's id. Newer than the reference; optional.
        user_id: Text = "userId",
        /// Facebook: whether messages are switched on. Newer than the reference; optional.
        messaging_active: bool = "messagingActive",
    }
}

model! {
    /// Posts of X used this month.
    pub struct TwitterUsage {
        /// Used.
        monthly_usage: Number = "monthlyUsage",
        /// Allowed.
        monthly_limit: Number = "monthlyLimit",
        /// The day on which counting begins anew, `2024-02-02`.
        monthly_reset: String = "monthlyReset",
    }
}

model! {
    /// The answer of `GET /user/details/pinterest`.
    pub struct PinterestDetails {
        /// The boards.
        boards: List<PinterestBoard> = "pinterest",
    }
}

model! {
    /// One Pinterest board.
    pub struct PinterestBoard {
        /// Who may see it: `PUBLIC` in the documentation.
        privacy: String = "privacy",
        /// Whose it is.
        owner: PinterestOwner = "owner",
        /// Its id: digits, longer than a JavaScript number can hold.
        id: Text = "id",
        /// Its name.
        name: String = "name",
        /// Its description; may be empty.
        description: String = "description",
    }
}

model! {
    /// Whose board it is.
    pub struct PinterestOwner {
        /// The handle on Pinterest.
        username: String = "username",
    }
}
