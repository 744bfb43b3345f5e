//! A profile of Upsun: an account of a person or an organization, with its trial.

use roster_core::Field;
use roster_core::providers::upsun::{Amount, Trial, UserProfile};

use super::fact::{Block, Fact, Section, address, date, field, flag, number, others, scalar, secret, text, unknown};
use super::generic::{status_mark, unreadable};
use super::{Bar, Face, Line, Look, Mark, Subject, Tone, Value, isolated, masked};
use crate::icon::Icon;
use crate::texts;

pub(super) const LOOK: Look = Look {
    face,
    sheet,
    person: None,
};

fn face(subject: &Subject) -> Face {
    let Some(profile) = subject.profile() else {
        return unreadable(subject);
    };
    let wire = UserProfile::parse(subject.text).unwrap_or_default();
    let kind = wire.profile_type.get().map(|kind| Mark {
        tone: Tone::Plain,
        icon: None,
        text: kind.as_str().to_owned(),
    });
    let mut face = Face {
        picture: profile.picture.value().cloned(),
        name: profile.title.clone(),
        marks: status_mark(&profile).into_iter().chain(kind).collect(),
        at: profile.created.value().copied(),
        date: profile
            .created
            .value()
            .map(|at| texts::profile::created(*at, subject.now)),
        ..Face::default()
    };
    let email = wire.email.text().map(masked);
    face.line("identity", Some(joined([wire.username.text(), email.as_deref()])));
    face.line(
        "company",
        Some(joined([wire.company_name.text(), wire.company_role.text()])),
    );
    match wire.current_trial.get() {
        None => face.line("trial", Some(texts::profile::NO_TRIAL.to_owned())),
        Some(trial) => trial_slots(&mut face, trial),
    }
    face
}

fn joined<const N: usize>(parts: [Option<&str>; N]) -> String {
    parts
        .into_iter()
        .flatten()
        .map(isolated)
        .collect::<Vec<_>>()
        .join(" · ")
}

fn trial_slots(face: &mut Face, trial: &Trial) {
    let days = trial.days_remaining.as_i64().filter(|_| trial.active.is_true());
    let state = texts::profile::trial_state(trial.active.get().copied());
    let left = days.map(texts::profile::days_left);
    face.line("trial", Some(joined([Some(state), left.as_deref()])));
    face.line("money", Some(money(trial)));
    face.bar = bar(trial);
    let waits = trial.pending_verification.get().map(|what| Line {
        slot: "pending",
        tone: Tone::Warn,
        icon: Some(Icon::Warn),
        text: texts::profile::waiting_for(what.as_str()),
        is_checkable: false,
    });
    face.after.extend(waits);
}

/// Money is shown as the API writes it.
fn money(trial: &Trial) -> String {
    let spent = trial
        .spend
        .get()
        .and_then(|amount| amount.formatted.text())
        .map(texts::profile::spent);
    let left = trial.spend_remaining.get().and_then(|amount| {
        if amount.unlimited.is_true() {
            return Some(texts::profile::UNLIMITED.to_owned());
        }
        amount.formatted.text().map(texts::profile::left)
    });
    spent.into_iter().chain(left).collect::<Vec<_>>().join(", ")
}

/// Drawn only if both amounts can be read, in the same currency, and there is a limit.
fn bar(trial: &Trial) -> Option<Bar> {
    let (spent, left) = (trial.spend.get()?, trial.spend_remaining.get()?);
    let is_same = spent.currency().is_some() && spent.currency() == left.currency();
    if !is_same || left.unlimited.is_true() {
        return None;
    }
    let (spent, left) = (spent.number()?.max(0.0), left.number()?.max(0.0));
    let whole = spent + left;
    (whole > 0.0).then(|| {
        let percent = share(spent / whole);
        Bar {
            percent,
            text: texts::profile::spent_share(percent),
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=100"
)]
fn share(part: f64) -> u64 {
    (part * 100.0).clamp(0.0, 100.0) as u64
}

fn sheet(subject: &Subject) -> Vec<Section> {
    let wire = UserProfile::parse(subject.text).unwrap_or_default();
    let trial = wire.current_trial.get();
    let mut unknown_fields = unknown("", &wire.other);
    unknown_fields.extend(trial.iter().flat_map(|trial| unknown("current_trial", &trial.other)));
    vec![
        Section::new("overview", vec![Block::new(overview(&wire))]),
        Section::new("company", vec![Block::new(company(&wire))]),
        Section::new("trial", trial.map(trial_blocks).unwrap_or_default()),
        Section::new("contact", vec![Block::new(contact(&wire))]),
        Section::new("preferences", vec![Block::new(preferences(&wire))]),
        others(unknown_fields, subject),
    ]
}

fn overview(wire: &UserProfile) -> Vec<Fact> {
    vec![
        text("display_name", &wire.display_name),
        text("username", &wire.username),
        field("type", &wire.profile_type, |kind| Value::Text(kind.as_str().to_owned())),
        field("status", &wire.status, |status| Value::Text(status.as_str().to_owned())),
        flag("account_restricted", &wire.account_restricted),
        scalar("id", &wire.id),
        date("created_at", &wire.created_at),
        date("updated_at", &wire.updated_at),
        address("picture", &wire.picture),
    ]
}

fn company(wire: &UserProfile) -> Vec<Fact> {
    let words = |list: &roster_core::List<String>| Value::Text(list.iter().cloned().collect::<Vec<_>>().join(", "));
    vec![
        text("company_name", &wire.company_name),
        text("legal_entity_name", &wire.legal_entity_name),
        text("company_type", &wire.company_type),
        text("company_role", &wire.company_role),
        field("customer_type", &wire.customer_type, |kind| {
            Value::Text(kind.as_str().to_owned())
        }),
        address("website_url", &wire.website_url),
        text("currency", &wire.currency),
        flag("invoiced", &wire.invoiced),
        flag("tax_exempt", &wire.tax_exempt),
        text("agency_partner_tier", &wire.agency_partner_tier),
        field("payment_methods", &wire.payment_methods, words),
        field("extra_regions", &wire.extra_regions, words),
    ]
}

fn contact(wire: &UserProfile) -> Vec<Fact> {
    vec![
        secret("email", &wire.email),
        secret("billing_contact", &wire.billing_contact),
        secret("security_contact", &wire.security_contact),
        secret("vat_number", &wire.vat_number),
    ]
}

fn preferences(wire: &UserProfile) -> Vec<Fact> {
    vec![
        flag("new_ui", &wire.new_ui),
        text("ui_colorscheme", &wire.ui_colorscheme),
        flag("marketing", &wire.marketing),
        address("default_catalog", &wire.default_catalog),
        address("project_options_url", &wire.project_options_url),
    ]
}

fn trial_blocks(trial: &Trial) -> Vec<Block> {
    let facts = vec![
        flag("active", &trial.active),
        number("days_remaining", &trial.days_remaining),
        date("expiration", &trial.expiration),
        field("pending_verification", &trial.pending_verification, |what| {
            Value::Text(what.as_str().to_owned())
        }),
        amount("current", &trial.current),
        amount("spend", &trial.spend),
        amount("spend_remaining", &trial.spend_remaining),
        text("description", &trial.description),
        text("model", &trial.model),
        date("started", &trial.created),
    ];
    let projects = trial.projects.entries().map(|project| {
        Block::titled(
            texts::profile::PROJECT,
            vec![
                text("name", &project.name),
                scalar("id", &project.id),
                amount("total", &project.total),
            ],
        )
    });
    std::iter::once(Block::new(facts)).chain(projects).collect()
}

/// As the API writes it, else the number with its currency.
fn amount(key: &str, from: &Field<Amount>) -> Fact {
    field(key, from, |amount| {
        if amount.unlimited.is_true() {
            return Value::Text(texts::profile::UNLIMITED.to_owned());
        }
        let plain = || Some(joined([amount.amount.text(), amount.currency()]));
        let told = amount.formatted.text().map(str::to_owned).or_else(plain);
        told.filter(|told| !told.is_empty()).map_or(Value::NotSet, Value::Text)
    })
}
