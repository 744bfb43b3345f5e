//! Every field of Upsun's answers, typed.

use roster_core::providers::upsun::{AccountStatus, Amount, CustomerType, ProfileType, UserProfile, Verification};
use roster_core::{Field, UnixMs};

use crate::fixture::elements;

fn profiles(file: &str) -> Vec<UserProfile> {
    let list = elements("upsun", file, "profiles");
    list.iter().map(|one| UserProfile::parse(one).unwrap()).collect()
}

const FILLED: Option<&str> = Some("<string>");

#[test]
fn the_profile_of_the_reference_is_typed_whole() {
    let profile = &profiles("reference.json")[0];
    assert!(
        profile.other.is_empty() && profile.odd_fields().is_empty(),
        "{profile:?}"
    );
    assert_eq!(profile.id.text(), Some("3c90c3cc-0d44-4b50-8888-8dd25736052a"));
    assert_eq!(
        (profile.email.text(), profile.billing_contact.text()),
        (Some("jsmith@example.com"), Some("jsmith@example.com"))
    );
    assert_eq!(profile.profile_type.get(), Some(&ProfileType::User));
    for field in [
        &profile.display_name,
        &profile.username,
        &profile.picture,
        &profile.company_type,
        &profile.company_name,
        &profile.currency,
        &profile.vat_number,
        &profile.company_role,
        &profile.website_url,
        &profile.ui_colorscheme,
        &profile.default_catalog,
        &profile.project_options_url,
    ] {
        assert_eq!(field.text(), FILLED);
    }
    assert!(profile.new_ui.is_true() && profile.marketing.is_true() && profile.invoiced.is_true());
    let at = UnixMs::parse("2023-11-07T05:31:56Z");
    assert_eq!((profile.created_at.instant(), profile.updated_at.instant()), (at, at));
    assert_eq!(
        (&profile.customer_type, &profile.legal_entity_name),
        (&Field::Absent, &Field::Absent)
    );
}

#[test]
fn the_trial_of_the_reference_is_typed_whole() {
    let profile = &profiles("reference.json")[0];
    let trial = profile.current_trial.get().unwrap();
    let at = UnixMs::parse("2023-11-07T05:31:56Z");
    assert!(trial.other.is_empty() && trial.active.is_true());
    assert_eq!((trial.created.instant(), trial.expiration.instant()), (at, at));
    assert_eq!((trial.description.text(), trial.model.text()), (FILLED, FILLED));
    for amount in [&trial.current, &trial.spend, &trial.spend_remaining] {
        let amount = amount.get().unwrap();
        assert!(amount.other.is_empty());
        assert_eq!(
            (amount.formatted.text(), amount.amount.text(), amount.currency()),
            (FILLED, FILLED, FILLED)
        );
        assert_eq!((amount.currency_symbol.text(), amount.number()), (FILLED, None));
    }
    assert!(trial.spend_remaining.get().unwrap().unlimited.is_true());
    let project = trial.projects.entries().next().unwrap();
    assert_eq!((project.id.text(), project.name.text()), (FILLED, FILLED));
    let total = project.total.get().unwrap();
    assert_eq!((total.number(), total.currency_code.text()), (Some(123.0), FILLED));
    assert_eq!(trial.pending_verification.get(), Some(&Verification::CreditCard));
    assert_eq!(trial.days_remaining.as_i64(), Some(123));
}

#[test]
fn later_fields_and_new_words_survive() {
    let later = &profiles("later-fields.json")[0];
    assert_eq!(later.customer_type.get(), Some(&CustomerType::Corporation));
    assert_eq!(
        (later.legal_entity_name.text(), later.security_contact.text()),
        (Some("Acme GmbH"), Some("sec@example.com"))
    );
    assert_eq!(
        later.profile_type.get(),
        Some(&ProfileType::Other("partner".to_owned()))
    );
    assert_eq!(later.status.get(), Some(&AccountStatus::Blocked));
    assert_eq!(later.extra_regions.entries().collect::<Vec<_>>(), ["eu-9"]);
    assert!(later.tax_exempt.is_true());
    assert_eq!(later.other.iter().collect::<Vec<_>>(), [("ui_contrast", "\"high\"")]);
}

#[test]
fn amounts_and_projects_are_read_in_every_form() {
    let all = profiles("later-fields.json");
    let trial = all[0].current_trial.get().unwrap();
    let amount = |field: &Field<Amount>| {
        let amount = field.get().unwrap();
        (amount.number(), amount.currency().map(str::to_owned))
    };
    assert_eq!(amount(&trial.spend), (Some(34.1), Some("USD".to_owned())));
    assert_eq!(amount(&trial.spend_remaining), (Some(65.9), Some("USD".to_owned())));
    assert_eq!(
        (trial.projects.entries().count(), &trial.pending_verification),
        (0, &Field::Null)
    );
    let many = all[1].current_trial.get().unwrap();
    let ids: Vec<_> = many
        .projects
        .entries()
        .filter_map(|project| project.id.text())
        .collect();
    assert_eq!(ids, ["p1", "2"]);
    let total = &many.projects.entries().next().unwrap().total;
    assert_eq!(amount(total), (Some(1.5), Some("EUR".to_owned())));
    assert_eq!(
        many.pending_verification.get(),
        Some(&Verification::Other("phone".to_owned()))
    );
}
