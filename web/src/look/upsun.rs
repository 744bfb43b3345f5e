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
    unknown_fields.extend(trial.iter().flat_map(|trial| unknown_of_trial(trial)));
    vec![
        Section::new("overview", vec![Block::new(overview(&wire))]),
        Section::new(
            "company",
            vec![
                Block::new(company(&wire)),
                Block::titled(texts::profile::BILLING, billing(&wire)),
            ],
        ),
        Section::new("trial", trial.map(trial_blocks).unwrap_or_default()),
        Section::new("preferences", vec![Block::new(preferences(&wire))]),
        others(unknown_fields, subject),
    ]
}

fn unknown_of_trial(trial: &Trial) -> Vec<Fact> {
    let amounts = [
        ("current_trial.current", &trial.current),
        ("current_trial.spend", &trial.spend),
        ("current_trial.spend_remaining", &trial.spend_remaining),
    ];
    let of_amounts = amounts
        .iter()
        .filter_map(|(path, amount)| Some(unknown(path, &amount.get()?.other)));
    let of_projects = trial.projects.entries().map(|project| {
        let total = project
            .total
            .get()
            .map(|total| unknown("current_trial.projects.total", &total.other));
        let own = unknown("current_trial.projects", &project.other);
        own.into_iter().chain(total.unwrap_or_default()).collect()
    });
    let own = std::iter::once(unknown("current_trial", &trial.other));
    own.chain(of_amounts).chain(of_projects).flatten().collect()
}

fn overview(wire: &UserProfile) -> Vec<Fact> {
    vec![
        text("display_name", &wire.display_name),
        text("username", &wire.username),
        secret("email", &wire.email),
        field("type", &wire.profile_type, |kind| Value::Text(kind.as_str().to_owned())),
        field("status", &wire.status, |status| Value::Text(status.as_str().to_owned())),
        flag("account_restricted", &wire.account_restricted),
        scalar("id", &wire.id),
        date("created_at", &wire.created_at),
        date("updated_at", &wire.updated_at),
        address("picture", &wire.picture),
        secret("security_contact", &wire.security_contact),
    ]
}

fn company(wire: &UserProfile) -> Vec<Fact> {
    vec![
        text("company_name", &wire.company_name),
        text("legal_entity_name", &wire.legal_entity_name),
        text("company_type", &wire.company_type),
        text("company_role", &wire.company_role),
        field("customer_type", &wire.customer_type, |kind| {
            Value::Text(kind.as_str().to_owned())
        }),
        address("website_url", &wire.website_url),
        text("agency_partner_tier", &wire.agency_partner_tier),
        field("extra_regions", &wire.extra_regions, words),
    ]
}

fn words(list: &roster_core::List<String>) -> Value {
    Value::Text(list.iter().cloned().collect::<Vec<_>>().join(", "))
}

fn billing(wire: &UserProfile) -> Vec<Fact> {
    vec![
        secret("vat_number", &wire.vat_number),
        secret("billing_contact", &wire.billing_contact),
        text("currency", &wire.currency),
        flag("invoiced", &wire.invoiced),
        flag("tax_exempt", &wire.tax_exempt),
        field("payment_methods", &wire.payment_methods, words),
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
        date("current_trial.created", &trial.created),
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

/// As the API writes it, with its currency where that does not stand there already, and the sign is one of several
/// currencies; else the number.
fn amount(key: &str, from: &Field<Amount>) -> Fact {
    field(key, from, |amount| {
        if amount.unlimited.is_true() {
            return Value::Text(texts::profile::UNLIMITED.to_owned());
        }
        let told = amount.formatted.text().or_else(|| amount.amount.text());
        let currency = amount.currency().or_else(|| amount.currency_symbol.text());
        let is_told = |told: &str, currency: &str| told.contains(currency) || told.contains('€');
        let currency = currency.filter(|currency| !told.is_some_and(|told| is_told(told, currency)));
        let told = joined([told, currency.filter(|_| told.is_some())]);
        if told.is_empty() {
            Value::NotSet
        } else {
            Value::Text(told)
        }
    })
}
