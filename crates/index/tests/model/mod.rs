//! The naive model: records as `serde_json::Value`, every question answered by walking all of them. Written from the
//! description of the fields, not from the tables of the index.

pub(crate) mod answer;

use std::collections::BTreeMap;

use roster_core::{Platform, UnixMs};
use roster_index::{Field, Nothing};
use serde_json::Value;

/// Fourteen days: tokens that end sooner are expiring.
const SOON_MS: f64 = 14.0 * 86_400_000.0;

/// One value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Val {
    Text(String),
    Flag(bool),
    Number(f64),
}

/// One profile.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) provider: &'static str,
    pub(crate) id: String,
    pub(crate) values: BTreeMap<Field, Vec<Val>>,
    /// Text that is searched, though it is no field.
    pub(crate) extra: Vec<String>,
    pub(crate) raw: Value,
}

impl Row {
    pub(crate) fn of(&self, field: Field) -> &[Val] {
        self.values.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Which kind of nothing a field without value has.
    pub(crate) fn nothing(&self, field: Field) -> Nothing {
        let part = |keys: &[&str]| {
            if keys.iter().any(|key| self.raw.get(key).is_some()) {
                Nothing::NotSet
            } else {
                Nothing::NotLoaded
            }
        };
        match (self.provider, field) {
            ("ayrshare", Field::Health) => part(&["socialHealth", "linkingErrors"]),
            ("ayrshare", Field::Token) => part(&["socialHealth"]),
            ("ayrshare", Field::LinkingError) => part(&["linkingErrors"]),
            ("ayrshare", Field::Quota) => part(&["quota"]),
            ("ayrshare", Field::Posted | Field::Called) => part(&["activity"]),
            ("ayrshare", Field::Reason | Field::Until | Field::Suspensions) => part(&["suspension"]),
            (provider, field) if has(provider, field) => Nothing::NotSet,
            _ => Nothing::NotInApi,
        }
    }
}

fn has(provider: &str, field: Field) -> bool {
    use Field as F;
    let everywhere = matches!(field, F::Source | F::Ref | F::Title | F::Created);
    everywhere
        || match provider {
            "ayrshare" => matches!(field, F::DisplayTitle | F::Platform | F::Status | F::Byok),
            "insightiq" => matches!(
                field,
                F::Updated
                    | F::User
                    | F::UserId
                    | F::Account
                    | F::PlatformId
                    | F::Platform
                    | F::Handle
                    | F::Website
                    | F::Introduction
                    | F::Born
                    | F::Type
                    | F::Category
                    | F::Followers
                    | F::Following
                    | F::Subscribers
                    | F::Content
                    | F::ContentGroups
                    | F::WatchTime
                    | F::Email
                    | F::Phone
                    | F::Address
                    | F::Gender
                    | F::Country
                    | F::Since
                    | F::Verified
                    | F::Business
                    | F::Background
            ),
            _ => matches!(
                field,
                F::Updated
                    | F::Handle
                    | F::Website
                    | F::Type
                    | F::Email
                    | F::CompanyType
                    | F::Company
                    | F::Currency
                    | F::Vat
                    | F::Role
                    | F::NewUi
                    | F::Marketing
                    | F::BillingContact
                    | F::Invoiced
                    | F::Status
                    | F::Trial
                    | F::TrialDays
                    | F::TrialEnds
                    | F::Spend
                    | F::Verify
            ),
        }
}

/// Reads a record.
pub(crate) fn row(provider: &'static str, raw: &Value, now: UnixMs) -> Row {
    let id_key = roster_core::provider(provider).unwrap().info().id_key;
    let id = text(&raw[id_key])
        .or_else(|| raw[id_key].is_number().then(|| raw[id_key].to_string()))
        .unwrap();
    let mut row = Row {
        provider,
        id: id.clone(),
        values: BTreeMap::new(),
        extra: Vec::new(),
        raw: raw.clone(),
    };
    row.put(Field::Source, Val::Text(provider.to_owned()));
    row.put(Field::Ref, Val::Text(id));
    match provider {
        "ayrshare" => ayrshare(&mut row, raw, now),
        "insightiq" => insightiq(&mut row, raw),
        _ => upsun(&mut row, raw),
    }
    row
}

impl Row {
    fn put(&mut self, field: Field, value: Val) {
        self.values.entry(field).or_default().push(value);
    }

    fn texts(&mut self, raw: &Value, fields: &[(Field, &str)]) {
        for (field, path) in fields {
            if let Some(text) = text(at(raw, path)) {
                self.put(*field, Val::Text(text));
            }
        }
    }

    fn numbers(&mut self, raw: &Value, fields: &[(Field, &str)]) {
        for (field, path) in fields {
            if let Some(number) = at(raw, path).as_f64() {
                self.put(*field, Val::Number(number));
            }
        }
    }

    fn instants(&mut self, raw: &Value, fields: &[(Field, &str)]) {
        for (field, path) in fields {
            if let Some(ms) = instant(at(raw, path)) {
                self.put(*field, Val::Number(ms));
            }
        }
    }

    fn flags(&mut self, raw: &Value, fields: &[(Field, &str)]) {
        for (field, path) in fields {
            if let Some(flag) = at(raw, path).as_bool() {
                self.put(*field, Val::Flag(flag));
            }
        }
    }

    fn extras(&mut self, raw: &Value, paths: &[&str]) {
        self.extra.extend(paths.iter().filter_map(|path| text(at(raw, path))));
    }
}

fn at<'a>(raw: &'a Value, path: &str) -> &'a Value {
    path.split('.')
        .fold(raw, |value, key| value.get(key).unwrap_or(&Value::Null))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

#[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
fn instant(value: &Value) -> Option<f64> {
    let text = value.as_str()?;
    let american = || {
        let parts: Vec<&str> = text.split('/').collect();
        let [month, day, year] = parts[..] else { return None };
        UnixMs::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
    };
    UnixMs::parse(text).or_else(american).map(|instant| instant.0 as f64)
}

fn platform(name: &str) -> Val {
    Val::Text(Platform::named(name).code().to_owned())
}

fn entries(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(|map| map.values())
}

fn ayrshare(row: &mut Row, raw: &Value, now: UnixMs) {
    row.texts(
        raw,
        &[
            (Field::Title, "title"),
            (Field::DisplayTitle, "displayTitle"),
            (Field::Reason, "suspension.reason"),
        ],
    );
    let mut platforms: Vec<Val> = Vec::new();
    for name in raw["activeSocialAccounts"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if !platforms.contains(&platform(name)) {
            platforms.push(platform(name));
        }
    }
    for platform in platforms {
        row.put(Field::Platform, platform);
    }
    let is_suspended = raw["suspended"] == true || raw["suspension"]["isSuspended"] == true;
    match (is_suspended, text(&raw["status"])) {
        (true, _) => row.put(Field::Status, Val::Text("suspended".to_owned())),
        (false, Some(status)) => row.put(Field::Status, Val::Text(status)),
        _ => {}
    }
    let has_parts = ["suspension", "socialHealth", "linkingErrors", "activity", "quota"]
        .iter()
        .any(|key| raw.get(key).is_some());
    let byok = match raw["isByokLinked"].as_bool() {
        Some(true) => Some("linked"),
        Some(false) => Some("pending"),
        None if has_parts => None,
        None if raw["activeSocialAccounts"]
            .as_array()
            .is_some_and(|list| list.contains(&Value::from("twitter"))) =>
        {
            Some("pending")
        }
        None => Some("na"),
    };
    if let Some(byok) = byok {
        row.put(Field::Byok, Val::Text(byok.to_owned()));
    }
    let stamp = || {
        Some(
            raw["created"]["_seconds"].as_f64()? * 1000.0
                + (raw["created"]["_nanoseconds"].as_f64().unwrap_or(0.0) / 1e6).trunc(),
        )
    };
    if let Some(created) = instant(&raw["createdUTC"]).or_else(stamp) {
        row.put(Field::Created, Val::Number(created));
    }
    row.instants(
        raw,
        &[
            (Field::Until, "suspension.unsuspendAt"),
            (Field::Called, "activity.lastApiCall"),
            (Field::Posted, "activity.lastPost"),
        ],
    );
    row.numbers(raw, &[(Field::Suspensions, "suspension.suspensionCount")]);
    if let (Some(used), Some(limit)) = (raw["quota"]["used"].as_f64(), raw["quota"]["limit"].as_f64())
        && limit > 0.0
    {
        row.put(Field::Quota, Val::Number(used / limit * 100.0));
    }
    health(row, raw, now);
}

#[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
fn health(row: &mut Row, raw: &Value, now: UnixMs) {
    let now = now.0 as f64;
    let tokens: Vec<f64> = entries(&raw["socialHealth"])
        .filter_map(|one| instant(&one["tokenExpiresAt"]))
        .collect();
    if let Some(first) = tokens.iter().copied().reduce(f64::min) {
        row.put(Field::Token, Val::Number(first));
    }
    let mut has_error = false;
    for one in entries(&raw["linkingErrors"]) {
        let errors = one.as_array().cloned().unwrap_or_else(|| vec![one.clone()]);
        for error in errors.iter().filter(|error| error.is_object()) {
            row.texts(error, &[(Field::LinkingError, "message")]);
            row.extras(error, &["details"]);
        }
        has_error |= !one.is_null() && *one != Value::Array(Vec::new()) && *one != serde_json::json!({});
    }
    let findings = [
        ("expired", tokens.iter().any(|at| *at < now)),
        ("error", has_error),
        (
            "relink",
            entries(&raw["socialHealth"]).any(|one| one["relinkRecommended"] == true),
        ),
        ("expiring", tokens.iter().any(|at| *at >= now && *at <= now + SOON_MS)),
    ];
    let is_checked = raw.get("socialHealth").is_some() || raw.get("linkingErrors").is_some();
    let is_ok = is_checked && !findings.iter().any(|(_, is_found)| *is_found);
    let found = findings
        .into_iter()
        .chain([("ok", is_ok)])
        .filter(|(_, is_found)| *is_found);
    found.for_each(|(word, _)| row.put(Field::Health, Val::Text(word.to_owned())));
}

fn insightiq(row: &mut Row, raw: &Value) {
    let full = ["full_name", "platform_profile_name", "nick_name"]
        .iter()
        .find_map(|key| text(&raw[*key]));
    let parts: Vec<String> = ["first_name", "last_name"]
        .iter()
        .filter_map(|key| text(&raw[*key]))
        .collect();
    let joined = (!parts.is_empty()).then(|| parts.join(" "));
    if let Some(title) = full.or(joined).or_else(|| text(&raw["platform_username"])) {
        row.put(Field::Title, Val::Text(title));
    }
    row.texts(
        raw,
        &[
            (Field::User, "user.name"),
            (Field::UserId, "user.id"),
            (Field::Account, "account.id"),
            (Field::PlatformId, "work_platform.id"),
            (Field::Handle, "platform_username"),
            (Field::Website, "url"),
            (Field::Website, "website"),
            (Field::Introduction, "introduction"),
            (Field::Type, "platform_account_type"),
            (Field::Category, "category"),
            (Field::Gender, "gender"),
            (Field::Country, "country"),
        ],
    );
    if let Some(name) = text(&raw["work_platform"]["name"]) {
        row.put(Field::Platform, platform(&name));
    }
    row.instants(
        raw,
        &[
            (Field::Created, "created_at"),
            (Field::Updated, "updated_at"),
            (Field::Born, "date_of_birth"),
            (Field::Since, "platform_profile_published_at"),
        ],
    );
    row.numbers(
        raw,
        &[
            (Field::Followers, "reputation.follower_count"),
            (Field::Following, "reputation.following_count"),
            (Field::Subscribers, "reputation.subscriber_count"),
            (Field::Content, "reputation.content_count"),
            (Field::ContentGroups, "reputation.content_group_count"),
            (Field::WatchTime, "reputation.watch_time_in_hours"),
        ],
    );
    row.flags(
        raw,
        &[(Field::Verified, "is_verified"), (Field::Business, "is_business")],
    );
    for (field, list, key) in [
        (Field::Email, "emails", "email_id"),
        (Field::Phone, "phone_numbers", "phone_number"),
        (Field::Address, "addresses", "address"),
    ] {
        for one in raw[list].as_array().into_iter().flatten() {
            row.texts(one, &[(field, key)]);
        }
    }
    let background = [
        ("work_experiences", "work"),
        ("education", "education"),
        ("publications", "publications"),
        ("certifications", "certifications"),
        ("volunteer_experiences", "volunteering"),
        ("honors", "honors"),
        ("projects", "projects"),
    ];
    for (key, word) in background {
        if raw[key].as_array().is_some_and(|list| !list.is_empty()) {
            row.put(Field::Background, Val::Text(word.to_owned()));
        }
    }
    row.extras(
        raw,
        &[
            "account.platform_username",
            "first_name",
            "last_name",
            "nick_name",
            "external_id",
            "platform_profile_name",
            "platform_profile_id",
        ],
    );
}

fn upsun(row: &mut Row, raw: &Value) {
    if let Some(title) = text(&raw["display_name"]).or_else(|| text(&raw["username"])) {
        row.put(Field::Title, Val::Text(title));
    }
    row.texts(
        raw,
        &[
            (Field::Handle, "username"),
            (Field::Email, "email"),
            (Field::Type, "type"),
            (Field::CompanyType, "company_type"),
            (Field::Company, "company_name"),
            (Field::Currency, "currency"),
            (Field::Vat, "vat_number"),
            (Field::Role, "company_role"),
            (Field::Website, "website_url"),
            (Field::BillingContact, "billing_contact"),
            (Field::Status, "status"),
            (Field::Verify, "current_trial.pending_verification"),
        ],
    );
    row.flags(
        raw,
        &[
            (Field::NewUi, "new_ui"),
            (Field::Marketing, "marketing"),
            (Field::Invoiced, "invoiced"),
        ],
    );
    row.instants(
        raw,
        &[
            (Field::Created, "created_at"),
            (Field::Updated, "updated_at"),
            (Field::TrialEnds, "current_trial.expiration"),
        ],
    );
    row.numbers(raw, &[(Field::TrialDays, "current_trial.days_remaining")]);
    if let Some(is_active) = at(raw, "current_trial.active").as_bool() {
        row.put(
            Field::Trial,
            Val::Text(if is_active { "active" } else { "ended" }.to_owned()),
        );
    }
    let amount = |path: &str| match at(raw, path) {
        Value::String(text) => text.trim().parse().ok().filter(|amount: &f64| amount.is_finite()),
        other => other.as_f64(),
    };
    let (spent, left) = (
        amount("current_trial.spend.amount"),
        amount("current_trial.spend_remaining.amount"),
    );
    if let (Some(spent), Some(left), false) = (spent, left, at(raw, "current_trial.spend_remaining.unlimited") == true)
        && spent + left > 0.0
    {
        row.put(Field::Spend, Val::Number(spent / (spent + left) * 100.0));
    }
    row.extras(
        raw,
        &["current_trial.description", "current_trial.model", "legal_entity_name"],
    );
    let projects = at(raw, "current_trial.projects");
    for project in projects.as_array().cloned().unwrap_or_else(|| vec![projects.clone()]) {
        row.extras(&project, &["id", "name"]);
    }
}
