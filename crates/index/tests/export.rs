//! What leaves the roster: files, rows, and where a word stands.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

use roster_core::UnixMs;
use roster_index::{Ask, CsvOptions, Field, Roster, Sort, Test, parse};

/// 2026-03-20T00:00:00Z.
const NOW: UnixMs = UnixMs(1_773_964_800_000);

const INSIGHTIQ: &str = r#"{"data":[
  {"id":"9dd695b0","user":{"id":"u1","name":"Peter"},"account":{"id":"a1","platform_username":"peter@example.com"},
   "work_platform":{"id":"p1","name":"Twitter"},"full_name":"=HYPERLINK(\"x\")","date_of_birth":"1989-11-26",
   "introduction":"Line one\nline, \"two\"","reputation":{"follower_count":-12345678901234567890},
   "emails":[{"type":"WORK","email_id":"a@example.com"},{"email_id":"b@example.com"}],"gender":"MALE","is_verified":true,"new":[ 1 ]},
  {"id":"9007199254740993","full_name":"Zoé","country":"US"}]}"#;

fn roster() -> Roster {
    let mut roster = Roster::new();
    roster.ingest("insightiq", INSIGHTIQ.as_bytes()).unwrap();
    roster
}

fn ask(text: &str) -> Ask {
    Ask {
        filter: parse(text, &()).filter,
        now: NOW,
        ..Ask::default()
    }
}

#[test]
fn csv_opens_in_a_spreadsheet_without_running_anything_and_names_what_it_leaves_out() {
    let roster = roster();
    let csv = roster.export_csv(&ask(""), &CsvOptions::default());
    assert_eq!(csv.left_out(), [Field::Gender, Field::Born, Field::Email]);
    let columns: Vec<&str> = csv.columns().iter().map(|field| field.key()).collect();
    assert_eq!(
        columns,
        [
            "source",
            "ref",
            "title",
            "user",
            "user-id",
            "account",
            "platform",
            "platform-id",
            "followers",
            "country",
            "verified",
            "introduction"
        ]
    );
    let text: String = csv.collect();
    let expected = "Source,Id,Title,Person,Person id,Account id,Platforms,Work platform id,Followers,Country,Verified,Introduction\r\n\
        insightiq,9dd695b0,\"'=HYPERLINK(\"\"x\"\")\",Peter,u1,a1,Twitter,p1,-12345678901234567000,,yes,\"Line one\nline, \"\"two\"\"\"\r\n\
        insightiq,'9007199254740993,Zoé,,,,,,,US,,\r\n";
    assert_eq!(text, expected);
}

#[test]
fn chosen_columns_come_in_their_order_with_personal_data_only_if_asked_for() {
    let roster = roster();
    let columns = Some(vec![Field::Email, Field::Title, Field::Born]);
    let with = CsvOptions {
        columns: columns.clone(),
        has_bom: true,
        has_personal_data: true,
    };
    let text: String = roster.export_csv(&ask("peter"), &with).collect();
    assert_eq!(
        text,
        "\u{FEFF}E-mail,Title,Date of birth\r\na@example.com; b@example.com,\"'=HYPERLINK(\"\"x\"\")\",1989-11-26T00:00:00.000Z\r\n"
    );
    let without = roster.export_csv(
        &ask("zoe"),
        &CsvOptions {
            columns,
            ..CsvOptions::default()
        },
    );
    assert_eq!(without.left_out(), [Field::Email, Field::Born]);
    assert_eq!(without.collect::<String>(), "Title\r\nZoé\r\n");
}

#[test]
fn a_file_comes_in_chunks_that_add_up_in_the_order_of_the_question() {
    let mut roster = Roster::new();
    let record = |n: u32| format!(r#"{{"refId":"{n:05}","title":"{}"}}"#, "x".repeat(40));
    let records: Vec<String> = (0..3_000).map(record).collect();
    roster
        .ingest(
            "ayrshare",
            format!(r#"{{"profiles":[{}]}}"#, records.join(",\n")).as_bytes(),
        )
        .unwrap();
    let ask = Ask {
        sort: Sort::parse(["-ref"]).unwrap(),
        limit: 5,
        ..ask("")
    };
    let chunks: Vec<String> = roster.export_ndjson(&ask, true).collect();
    assert!(chunks.len() > 1 && chunks.iter().all(|chunk| chunk.len() < 80_000));
    let lines: Vec<String> = chunks.concat().lines().map(str::to_owned).collect();
    let expected: Vec<String> = records.into_iter().rev().collect();
    assert_eq!(lines, expected);
}

#[test]
fn a_profile_that_arrived_anew_is_written_as_it_is_now_and_once() {
    let mut roster = Roster::new();
    let mut take = |text: &str| roster.ingest("upsun", text.as_bytes()).unwrap();
    take(r#"{"profiles":[{"id":"a","display_name":"Old"},{"id":"b","display_name":"Same"}]}"#);
    take(r#"{"profiles":[{"id":"a","display_name":"New"},{"id":"c","display_name":"Last"}]}"#);
    let options = CsvOptions {
        columns: Some(vec![Field::Source, Field::Title]),
        ..CsvOptions::default()
    };
    let whole: String = roster.export_csv(&ask(""), &options).collect();
    assert_eq!(whole, "Source,Title\r\nupsun,New\r\nupsun,Same\r\nupsun,Last\r\n");
    let all = roster.query(&Ask { limit: 9, ..ask("") }).rows;
    let by_parts: String = all
        .chunks(2)
        .enumerate()
        .flat_map(|(place, rows)| {
            let part = roster.csv(rows.to_vec(), &options, NOW);
            if place == 0 { part } else { part.without_head() }
        })
        .collect();
    assert_eq!(by_parts, whole);
}

#[test]
fn ndjson_without_personal_data_loses_those_members_and_no_other() {
    let roster = roster();
    let text: String = roster.export_ndjson(&ask("peter"), false).collect();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut expected: serde_json::Value =
        serde_json::from_str::<serde_json::Value>(INSIGHTIQ).unwrap()["data"][0].clone();
    let members = expected.as_object_mut().unwrap();
    for key in ["date_of_birth", "emails", "gender"] {
        members.remove(key).unwrap();
    }
    members["account"]
        .as_object_mut()
        .unwrap()
        .remove("platform_username")
        .unwrap();
    assert_eq!(record, expected);
    assert!(text.contains("[ 1 ]") && text.lines().count() == 1);
    let all: String = roster.export_ndjson(&ask("peter"), true).collect();
    let row = roster.find("insightiq:9dd695b0").unwrap();
    assert_eq!(all, roster.raw(row).unwrap().replace('\n', "") + "\n");
}

#[test]
fn a_row_shows_what_both_answers_about_a_profile_say() {
    let list = r#"{"profiles":[{"refId":"1","title":"T","displayTitle":"Shown","status":"active","createdUTC":"2022-03-02T16:11:00.839Z","activeSocialAccounts":["twitter"]}]}"#;
    let detail = r#"{"profiles":[{"refId":"1","title":"T","status":"active","activeSocialAccounts":["twitter"],"quota":{"used":9,"limit":10},
        "socialHealth":{"twitter":{"relinkRecommended":true,"tokenExpiresAt":"2026-04-01T08:00:00.000Z"}}}]}"#;
    let mut roster = Roster::new();
    let mut shown = |page: &str| {
        roster.ingest("ayrshare", page.as_bytes()).unwrap();
        let row = roster.find("ayrshare:1").unwrap();
        (roster.row(row, NOW).unwrap(), roster.raws(row).len())
    };
    let (row, n_records) = shown(list);
    assert_eq!(
        (
            row.title.as_str(),
            row.subtitle.as_deref(),
            row.problems.len(),
            n_records
        ),
        ("Shown", Some("T"), 0, 1)
    );
    let health = ["relink:twitter", "expiring:twitter", "quota"];
    let (row, n_records) = shown(detail);
    assert_eq!(
        (row.problems, row.created, n_records),
        (health.map(str::to_owned).into(), Some(UnixMs(1_646_237_460_839)), 2)
    );
    let (row, n_records) = shown(&list.replace("Shown", "Newer"));
    assert_eq!((row.title.as_str(), n_records), ("Newer", 2));
    assert_eq!(row.problems, health);
    let (row, n_records) = shown(&detail.replace("true", "false"));
    assert_eq!(
        (row.problems.len(), n_records),
        (2, 2),
        "what the newer answer no longer says is gone"
    );
}

#[test]
fn a_hit_names_the_field_and_the_bytes_to_mark() {
    let roster = roster();
    let row = roster.find("insightiq:9007199254740993").unwrap();
    let hits = roster.hits(row, &Test::Anywhere("ZOE".to_owned()));
    assert_eq!(hits.len(), 1);
    assert_eq!(
        (hits[0].field, hits[0].text.as_str(), hits[0].ranges.first().cloned()),
        (Some(Field::Title), "Zoé", Some(0..4))
    );
    let row = roster.find("insightiq:9dd695b0").unwrap();
    let hits = roster.hits(row, &Test::Anywhere("peter".to_owned()));
    assert_eq!(
        hits.iter().map(|hit| hit.field).collect::<Vec<_>>(),
        [Some(Field::User), None]
    );
}
