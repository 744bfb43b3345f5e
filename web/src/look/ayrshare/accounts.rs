//! What `GET /user` and the batch file tell of a profile: its accounts by name, its link page, its use of this month.

use roster_core::providers::ayrshare::{DisplayName, User};
use roster_core::{Field, Platform};

use crate::look::Value;
use crate::look::fact::{Block, Fact, address, date, field, flag, number, scalar, secret, share, text, unknown};
use crate::texts;

/// Posts that Instagram takes in a rolling 24 hours.
/// Source: <https://www.ayrshare.com/docs/apis/user/profile-details>, seen 2026-11
const INSTAGRAM_POSTS: i64 = 50;

/// One block for each account, as far as the record names it.
pub(super) fn named(user: &User) -> impl Iterator<Item = Block> {
    user.display_names.entries().map(|account| {
        let platform = platform(account);
        let mut facts = set(account_facts(account));
        facts.extend(unknown(&["displayNames.", platform.title()].concat(), &account.other));
        Block::titled(platform.title(), facts)
    })
}

fn platform(account: &DisplayName) -> Platform {
    Platform::named(account.platform.text().unwrap_or_default())
}

fn account_facts(account: &DisplayName) -> Vec<Fact> {
    vec![
        text("displayName", &account.display_name),
        text("username", &account.username),
        text("pageName", &account.page_name),
        scalar("id", &account.id),
        text("type", &account.account_type),
        address("profileUrl", &account.profile_url),
        address("userImage", &account.user_image),
        date("displayNames.created", &account.created),
        number("refreshDaysRemaining", &account.refresh_days_remaining),
        date("refreshRequired", &account.refresh_required),
        text("description", &account.description),
        address("mapsUrl", &account.maps_url),
        text("placeId", &account.place_id),
        address("reviewUrl", &account.review_url),
        text("subscriptionType", &account.subscription_type),
        text("verifiedType", &account.verified_type),
        scalar("userId", &account.user_id),
        flag("messagingActive", &account.messaging_active),
    ]
}

/// The rest of what only `/user` tells; nothing of a record of the list.
pub(super) fn own(user: &User) -> Vec<Fact> {
    let mut facts = vec![
        address("ayrlinkUrl", &user.ayrlink_url),
        date("lastApiCall", &user.last_api_call),
        flag("messagingEnabled", &user.messaging_enabled),
        number(
            "messagingConversationMonthlyCount",
            &user.messaging_conversation_monthly_count,
        ),
        date("lastUpdated", &user.last_updated),
        date("nextUpdate", &user.next_update),
    ];
    facts = set(facts);
    // Null is told: a user profile has no address of its own.
    if user.email != Field::Absent {
        facts.insert(0, secret("email", &user.email));
    }
    facts
}

/// Calls and posts of this month, and what of a platform's own limit is used.
pub(super) fn used(user: &User) -> Vec<Block> {
    let month = vec![
        share(
            "monthlyApiCalls",
            &user.monthly_api_calls,
            user.monthly_api_calls_quota.as_i64(),
        ),
        share(
            "monthlyPostCount",
            &user.monthly_post_count,
            user.monthly_post_quota.as_i64(),
        ),
    ];
    let accounts = user.display_names.entries().map(|account| {
        let mut facts = vec![share("usedQuota", &account.used_quota, Some(INSTAGRAM_POSTS))];
        if let Some(usage) = account.twitter_usage.get() {
            facts.push(share(
                "monthlyUsage",
                &usage.monthly_usage,
                usage.monthly_limit.as_i64(),
            ));
            facts.push(text("monthlyReset", &usage.monthly_reset));
        } else {
            facts.push(field("twitterUsage", &account.twitter_usage, |_| Value::NotSet));
        }
        Block::titled(platform(account).title(), set(facts))
    });
    let month = Block::titled(texts::profile::THIS_MONTH, set(month));
    let all = std::iter::once(month).chain(accounts);
    all.filter(|block| !block.facts.is_empty()).collect()
}

/// Facts that have a value: which fields there are depends on the platform and the plan.
fn set(facts: Vec<Fact>) -> Vec<Fact> {
    facts.into_iter().filter(|fact| fact.value != Value::NotSet).collect()
}
