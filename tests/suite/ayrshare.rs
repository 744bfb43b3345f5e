//! Every field of Ayrshare's answers, typed.

use roster_core::providers::ayrshare::{
    Action, ActionLog, BatchTicket, DisplayName, PinterestDetails, ProfileStatus, UnlinkSource, User, UserProfile,
    parse_batch_file,
};
use roster_core::{ErrorKind, Field, Platform, UnixMs};

use crate::fixture::{bytes, elements, text};

fn profiles(file: &str) -> Vec<UserProfile> {
    let list = elements("ayrshare", file, "profiles");
    list.iter().map(|one| UserProfile::parse(one).unwrap()).collect()
}

#[test]
fn a_listed_profile_is_typed_whole() {
    let all = profiles("first-page.json");
    let first = &all[0];
    assert_eq!(first.status.get(), Some(&ProfileStatus::Active));
    assert_eq!(
        (first.title.text(), first.display_title.text()),
        (Some("Digg It Title"), Some("Your title"))
    );
    let stamp = first.created.get().unwrap();
    assert_eq!(
        stamp.instant(),
        Some(UnixMs(1_604_094_099_530)),
        "the stamp is another instant than createdUTC"
    );
    assert_eq!(first.created_utc.instant(), UnixMs::parse("2022-03-02T16:11:00.839Z"));
    assert_eq!(first.ref_id.text(), Some("160c8700bd6ade099b242d845e268fb986130c53"));
    let accounts: Vec<_> = first.active_social_accounts.entries().collect();
    assert_eq!(accounts, ["twitter", "facebook", "linkedin", "instagram"]);
    assert!(first.is_byok_linked.is_true());
    assert_eq!(first.suspended, Field::Absent);
    assert_eq!(all[1].active_social_accounts, Field::Absent);
    assert_eq!(all[2].status.get(), Some(&ProfileStatus::Suspended));
    assert!(all[2].suspended.is_true());
    for profile in &all {
        assert!(
            profile.other.is_empty() && profile.odd_fields().is_empty(),
            "{profile:?}"
        );
    }
}

#[test]
fn every_part_of_include_is_typed_whole() {
    let documented = &profiles("include.json")[0];
    assert!(documented.other.is_empty() && documented.odd_fields().is_empty());
    let suspension = documented.suspension.get().unwrap();
    assert_eq!(suspension.reason.text(), Some("Too many duplicate posts"));
    assert_eq!(suspension.suspended_at.instant(), UnixMs::parse("2026-03-01T10:00:00Z"));
    assert_eq!(suspension.suspension_count.as_i64(), Some(2));
    let health = documented.social_health.get().unwrap();
    let twitter = health.get(&Platform::named("twitter")).unwrap();
    assert!(twitter.linked.is_true() && twitter.messaging_enabled.is_true());
    assert_eq!(twitter.relink_recommended, Field::Value(false));
    assert_eq!(twitter.linked_at.instant(), UnixMs::parse("2026-01-15T10:30:00Z"));
    assert_eq!(twitter.token_expires_at, Field::Null, "it does not end");
    let activity = documented.activity.get().unwrap();
    assert_eq!(activity.last_api_call.text(), Some("2026-03-05T09:15:00.000Z"));
    assert_eq!(activity.last_post.text(), Some("2026-03-04T14:30:00.000Z"));
    assert_eq!(documented.quota.get().unwrap().limit.as_i64(), Some(1000));
}

#[test]
fn the_parts_without_an_example_are_read_from_one_object_and_from_a_list() {
    let all = &profiles("every-include.json")[0];
    let errors: Vec<_> = all.linking_errors.entries().collect();
    let told: Vec<_> = errors
        .iter()
        .flat_map(|(platform, list)| list.iter().map(move |error| (platform.code(), error.code.text())))
        .collect();
    assert_eq!(told, [("instagram", Some("400")), ("gmb", Some("E1"))]);
    let unlink = all.unlink_history.entries().next().unwrap();
    assert_eq!(unlink.platform.text(), Some("facebook"));
    assert_eq!(unlink.source.get(), Some(&UnlinkSource::System));
    assert_eq!(unlink.details.text(), Some("Password changed"));
    assert_eq!(unlink.created_at.text(), Some("2026-02-11T00:00:00.000Z"));
    let actions: Vec<_> = all
        .action_log
        .entries()
        .filter_map(|entry| entry.action.get())
        .collect();
    assert_eq!(actions, [&Action::Update, &Action::Other("merge".to_owned())]);
}

#[test]
fn the_action_log_is_read_with_its_freshness_inside_or_beside() {
    let log = ActionLog::parse(&text("ayrshare", "action-log.json")).unwrap();
    let entries: Vec<_> = log.entries.entries().collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].action.get(), Some(&Action::Create));
    assert_eq!(
        entries[0].ref_id.text(),
        Some("2d83hd839282ehd892d2999912d1dsdgldfkepw")
    );
    assert_eq!(entries[1].title.text(), Some("Profile 2"));
    assert_eq!(entries[1].created.instant(), UnixMs::parse("2025-05-28T20:33:32.186Z"));
    let counts: Vec<_> = log
        .counts
        .entries()
        .map(|count| count.user_profile_count.as_i64())
        .collect();
    assert_eq!(counts, [Some(135), Some(135)]);
    assert_eq!(
        log.counts.entries().next().unwrap().reported.text(),
        Some("2025-03-31T08:00:22.651Z")
    );
    assert_eq!(
        log.freshness.unwrap().last_updated,
        UnixMs::parse("2025-06-14T15:56:02.260Z")
    );
    assert!(log.other.is_empty() && log.odd_fields().is_empty());

    let beside = ActionLog::parse(&text("ayrshare", "action-log-beside.json")).unwrap();
    assert_eq!(
        beside.freshness.unwrap().next_update,
        UnixMs::parse("2026-06-14T16:01:02.260Z")
    );
    let deleted = beside.entries.entries().next().unwrap();
    assert_eq!(deleted.action.get(), Some(&Action::Delete));
    assert_eq!(deleted.tags.entries().collect::<Vec<_>>(), ["old"]);
    assert_eq!(beside.other.iter().collect::<Vec<_>>(), [("days", "60")]);
}

#[test]
fn an_action_log_that_is_cut_short_or_a_list_is_an_error() {
    let cut = ActionLog::parse(&text("ayrshare", "action-log-one-brace-short.json")).unwrap_err();
    assert_eq!(cut.kind(), ErrorKind::Decode);
    assert!(cut.message().ends_with("found the end of the body"), "{cut}");
    let list = ActionLog::parse(&text("ayrshare", "first-page.json")).unwrap_err();
    assert_eq!(list.message(), "expected an object at profiles, found an array");
}

#[test]
fn the_user_is_typed_whole_with_every_platform() {
    let user = User::parse(&text("ayrshare", "user.json")).unwrap();
    assert!(user.other.is_empty() && user.odd_fields().is_empty());
    assert_eq!(user.active_social_accounts.entries().count(), 10);
    assert_eq!(user.ayrlink_url.text(), Some("https://ayrl.ink/bio/ayrshare"));
    assert_eq!(user.created.get().unwrap().utc.text(), Some("2022-11-02T01:03:42Z"));
    assert_eq!(user.email.text(), Some("me@ayrshare.com"));
    assert_eq!(
        (user.monthly_api_calls.as_i64(), user.monthly_api_calls_quota.as_i64()),
        (Some(49), Some(500))
    );
    assert_eq!(user.ref_id.text(), Some("13a9da9e0df1183a7a6a1fc2c60b8023fa9a32a0"));
    assert_eq!(user.title.text(), Some("Primary Profile"));
    assert_eq!(user.last_updated.text(), Some("2024-01-04T15:51:17.775Z"));
    assert_eq!(user.next_update.text(), Some("2024-01-04T15:51:47.775Z"));
    let platforms: Vec<_> = user
        .display_names
        .entries()
        .filter_map(|name| name.platform.text())
        .collect();
    let all: Vec<_> = user.active_social_accounts.entries().map(String::as_str).collect();
    assert_eq!(platforms, all);
    for name in user.display_names.entries() {
        assert!(name.other.is_empty(), "{name:?}");
        assert!(name.created.instant().is_some() && name.display_name.text().is_some());
        assert!(name.profile_url.text().is_some());
    }
}

#[test]
fn every_account_has_the_fields_of_its_platform() {
    let user = User::parse(&text("ayrshare", "user.json")).unwrap();
    let on = |platform: &str| -> &DisplayName {
        let is_it = |name: &&DisplayName| name.platform.text() == Some(platform);
        user.display_names.entries().find(is_it).unwrap()
    };
    assert_eq!(
        (on("facebook").page_name.text(), on("facebook").username.text()),
        (Some("Ayrshare"), None)
    );
    let gmb = on("gmb");
    assert_eq!((&gmb.id, &gmb.user_image), (&Field::Absent, &Field::Absent));
    assert!(gmb.description.text().unwrap().contains("users’ social accounts"));
    assert_eq!(gmb.place_id.text(), Some("ChIJN53jw8BZwokRBEeVVtPLkkg"));
    assert!(gmb.maps_url.text().is_some() && gmb.review_url.text().is_some());
    assert_eq!(
        (on("instagram").account_type.text(), on("instagram").used_quota.as_i64()),
        (Some("business"), Some(34))
    );
    let linkedin = on("linkedin");
    assert_eq!(linkedin.refresh_days_remaining.as_i64(), Some(364));
    assert_eq!(
        linkedin.refresh_required.instant(),
        UnixMs::parse("2023-11-17T18:52:29.830Z")
    );
    assert_eq!(
        (on("reddit").id.text(), on("telegram").id.text()),
        (None, Some("-10017122"))
    );
    assert_eq!(on("telegram").account_type.text(), Some("channel"));
    assert_eq!(on("tiktok").username.text(), Some("@ayrshare"));
    assert_eq!(on("youtube").id.text(), Some("106891058521430758565"));
    let usage = on("twitter").twitter_usage.get().unwrap();
    assert_eq!(
        (usage.monthly_usage.as_i64(), usage.monthly_limit.as_i64()),
        (Some(4323), Some(100_000))
    );
    assert_eq!(usage.monthly_reset.instant(), UnixMs::parse("2024-02-02"));
}

#[test]
fn newer_fields_of_the_user_are_typed_where_they_are_sent() {
    let user = User::parse(
        r#"{"lastApiCall":"2026-01-01T00:00:00Z","messagingEnabled":true,"messagingConversationMonthlyCount":2,
            "monthlyPostCount":3,"monthlyPostQuota":4,"suspended":false,"email":null,
            "displayNames":[{"platform":"twitter","subscriptionType":"Basic","verifiedType":"blue","userId":5,
            "messagingActive":true,"brandNew":[1]}]}"#,
    )
    .unwrap();
    assert!(user.other.is_empty() && user.odd_fields().is_empty());
    assert_eq!(
        (user.monthly_post_count.as_i64(), user.monthly_post_quota.as_i64()),
        (Some(3), Some(4))
    );
    assert_eq!((&user.email, &user.suspended), (&Field::Null, &Field::Value(false)));
    let name = user.display_names.entries().next().unwrap();
    assert_eq!(
        (name.user_id.text(), name.verified_type.text()),
        (Some("5"), Some("blue"))
    );
    assert_eq!(name.other.iter().collect::<Vec<_>>(), [("brandNew", "[1]")]);
}

#[test]
fn pinterest_boards_are_typed_whole() {
    let details = PinterestDetails::parse(&text("ayrshare", "pinterest.json")).unwrap();
    let boards: Vec<_> = details.boards.entries().collect();
    assert!(details.other.is_empty() && details.odd_fields().is_empty() && boards[0].other.is_empty());
    assert_eq!(
        (boards[0].privacy.text(), boards[0].name.text()),
        (Some("PUBLIC"), Some("Coworking"))
    );
    assert_eq!(boards[1].id.text(), Some("718465015493634450"));
    assert_eq!(boards[1].owner.get().unwrap().username.text(), Some("ayrshare"));
    assert_eq!(boards[1].description, Field::Value(String::new()));
}

#[test]
fn the_batch_ticket_is_typed_whole() {
    let ticket = BatchTicket::parse(&text("ayrshare", "batch-ticket.json")).unwrap();
    assert!(ticket.other.is_empty() && ticket.odd_fields().is_empty() && ticket.success.is_true());
    assert!(
        ticket
            .url
            .text()
            .unwrap()
            .ends_with("/users-batch-2024-01-11-22-42.json")
    );
    let made = ticket.last_updated.instant().unwrap();
    let after_ms = |field: &Field<String>| field.instant().unwrap().since(made);
    // The file's times have no milliseconds, so they stand 808 ms before the full minutes and days.
    assert_eq!(after_ms(&ticket.url_available), 5 * 60_000 - 808);
    assert_eq!(after_ms(&ticket.url_expires), 7 * 86_400_000 - 808);
    assert_eq!(after_ms(&ticket.next_update), 12 * 60_000);
}

#[test]
fn the_batch_file_gives_users_whether_wrapped_or_not() {
    for (file, ids, n_rejected) in [
        (
            "batch-file-array.json",
            vec![
                "13a9da9e0df1183a7a6a1fc2c60b8023fa9a32a0",
                "cccccccccccccccccccccccccccccccccccccccc",
            ],
            0,
        ),
        (
            "batch-file-wrapped.json",
            vec!["cccccccccccccccccccccccccccccccccccccccc"],
            1,
        ),
    ] {
        let page = parse_batch_file(&bytes("ayrshare", file)).unwrap();
        let found: Vec<_> = page.records.iter().map(|record| record.id.as_ref()).collect();
        assert_eq!((found, page.rejected.len()), (ids, n_rejected), "{file}");
        let last = User::parse(page.text(page.records.last().unwrap())).unwrap();
        assert_eq!((last.title.text(), &last.email), (Some("Brand"), &Field::Null));
    }
}
