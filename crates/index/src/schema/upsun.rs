//! Upsun. Source: <https://developer.upsun.com/api/rest>, `GET /profiles`, seen 2026-11.

use super::{Act, Member, Note, Notes, Schema, Sink, member, percent};
use crate::catalog::Field;
use crate::scan::Run;

pub(super) const SCHEMA: Schema = Schema {
    provider: "upsun",
    record: RECORD,
    finish,
    derived: &[Field::Trial, Field::Spend],
    parts: &[],
    not_with_parts: &[],
    // No filter is documented.
    pushes: &[],
};

const RECORD: &[Member] = &[
    member("id", Act::Id),
    member("display_name", Act::Name(&[(Field::Title, 0)])),
    member("email", Act::Text(Field::Email)),
    member("username", Act::Name(&[(Field::Handle, 0), (Field::Title, 1)])),
    member("type", Act::Word(Field::Type)),
    member("company_type", Act::Word(Field::CompanyType)),
    member("company_name", Act::Text(Field::Company)),
    member("currency", Act::Word(Field::Currency)),
    member("vat_number", Act::Text(Field::Vat)),
    member("company_role", Act::Word(Field::Role)),
    member("website_url", Act::Text(Field::Website)),
    member("new_ui", Act::Flag(Field::NewUi)),
    member("marketing", Act::Flag(Field::Marketing)),
    member("created_at", Act::Instant(Field::Created)),
    member("updated_at", Act::Instant(Field::Updated)),
    member("billing_contact", Act::Text(Field::BillingContact)),
    member("security_contact", Act::Private),
    member("current_trial", Act::Object(TRIAL)),
    member("invoiced", Act::Flag(Field::Invoiced)),
    member("legal_entity_name", Act::Extra),
    // Internal to the vendor, so mostly absent.
    member("status", Act::Word(Field::Status)),
];

const TRIAL: &[Member] = &[
    member("active", Act::Note(Note::Trial)),
    member("description", Act::Extra),
    member("expiration", Act::Instant(Field::TrialEnds)),
    member("spend", Act::Object(&[member("amount", Act::Note(Note::Used))])),
    member("spend_remaining", Act::Object(REMAINING)),
    member("projects", Act::List(&Act::Object(PROJECT))),
    member("pending_verification", Act::Word(Field::Verify)),
    member("model", Act::Extra),
    member("days_remaining", Act::Number(Field::TrialDays)),
];

const REMAINING: &[Member] = &[
    member("amount", Act::Note(Note::Remaining)),
    member("unlimited", Act::Note(Note::Unlimited)),
];

const PROJECT: &[Member] = &[member("id", Act::Extra), member("name", Act::Extra)];

fn finish(notes: &Notes, sink: &mut dyn Sink) {
    match notes.is(Note::Trial) {
        Some(true) => sink.word(Field::Trial, Run::alone(b"active")),
        Some(false) => sink.word(Field::Trial, Run::alone(b"ended")),
        None => {}
    }
    let amounts = notes.get(Note::Used).zip(notes.get(Note::Remaining));
    let share = amounts.and_then(|(spent, remaining)| percent(spent, spent + remaining));
    if let Some(share) = share.filter(|_| notes.is(Note::Unlimited) != Some(true)) {
        sink.number(Field::Spend, share);
    }
}
