//! Every field of InsightIQ's answers, typed.

use roster_core::providers::insightiq::{ContactKind, Gender, PartialDate, UserProfile};
use roster_core::{Field, UnixMs};

use crate::fixture::elements;

fn profiles(file: &str) -> Vec<UserProfile> {
    let list = elements("insightiq", file, "data");
    list.iter().map(|one| UserProfile::parse(one).unwrap()).collect()
}

#[test]
fn every_profile_of_the_reference_is_typed_whole() {
    let all = profiles("first-page.json");
    assert_eq!(all.len(), 10);
    for profile in &all {
        let nested = [
            profile.user.get().unwrap().other.is_empty(),
            profile.account.get().unwrap().other.is_empty(),
            profile.work_platform.get().unwrap().other.is_empty(),
            profile.reputation.get().unwrap().other.is_empty(),
            profile.other.is_empty(),
        ];
        assert_eq!(nested, [true; 5], "{profile:?}");
        assert_eq!(profile.odd_fields(), []);
        assert_eq!(profile.projects, Field::Absent);
    }
}

#[test]
fn a_profile_of_the_reference_has_its_values() {
    let mark = &profiles("first-page.json")[3];
    assert_eq!(mark.user.get().unwrap().name.text(), Some("Mark Ruffalo"));
    assert_eq!(
        mark.account.get().unwrap().platform_username.text(),
        Some("mark.ruffalo@gmail.com")
    );
    let platform = mark.work_platform.get().unwrap();
    assert_eq!(platform.id.text(), Some("14d9ddf5-51c6-415e-bde6-f8ed36ad7054"));
    assert!(platform.logo_url.text().unwrap().ends_with("logo_youtube.png"));
    assert_eq!(
        (mark.first_name.text(), mark.last_name.text()),
        (Some("Mark"), Some("Ruffalo"))
    );
    assert_eq!(
        (mark.nick_name.text(), &mark.introduction),
        (Some("markruffalo"), &Field::Null)
    );
    assert_eq!(mark.date_of_birth.instant(), UnixMs::parse("1989-11-26"));
    assert_eq!(mark.external_id.text(), Some("markruffalo"));
    let reputation = mark.reputation.get().unwrap();
    assert_eq!(
        (reputation.subscriber_count.as_i64(), &reputation.follower_count),
        (Some(12345), &Field::Null)
    );
    assert_eq!(reputation.like_count, Field::Absent);
    assert_eq!(
        mark.emails.entries().next().unwrap().email_id.text(),
        Some("mark.ruffalo@gmail.com")
    );
    let phone = mark.phone_numbers.entries().next().unwrap();
    assert_eq!(
        (phone.kind.get(), phone.phone_number.text()),
        (Some(&ContactKind::Work), Some("+1987654321"))
    );
    let address = mark.addresses.entries().next().unwrap();
    assert_eq!(address.address.text(), Some("122 Alpine Avenue, Sunnyvale, CA, USA"));
    assert_eq!(
        (mark.gender.get(), mark.country.text()),
        (Some(&Gender::Male), Some("US"))
    );
    assert_eq!(mark.platform_profile_name.text(), Some("CBSE WINNERS"));
    assert_eq!(mark.platform_profile_id.text(), Some("UCEyLTzBtHJhlUwkeWhxfMXw"));
    assert_eq!(
        mark.platform_profile_published_at.instant(),
        UnixMs::parse("2020-01-01T00:00:00Z")
    );
    assert_eq!(
        (&mark.is_verified, &mark.is_business),
        (&Field::Value(false), &Field::Value(false))
    );
}

#[test]
fn what_the_live_api_sends_beyond_the_reference_is_typed_too() {
    let live = &profiles("live-shape.json")[0];
    assert!(live.other.is_empty() && live.odd_fields().is_empty(), "{live:?}");
    assert_eq!(
        (live.username.text(), live.account.get().unwrap().username.text()),
        (Some("brand"), Some("brand"))
    );
    assert_eq!(
        (live.introduction.text(), live.category.text()),
        (None, None),
        "empty text is no text"
    );
    assert_eq!(live.date_of_birth.text(), Some("11/26/1989"));
    assert_eq!(live.external_id.text(), Some("18446744073709551616"));
    assert_eq!(live.website.text(), Some("Books 📚\nand more"));
    assert_eq!(live.gender.get(), Some(&Gender::Different));
    assert_eq!(
        live.platform_profile_published_at.instant(),
        UnixMs::parse("2014-02-04T15:31:44Z")
    );
    let reputation = live.reputation.get().unwrap();
    assert_eq!(reputation.watch_time_in_hours.get().unwrap().as_str(), "1234.5");
    assert_eq!(reputation.average_open_rate.get().unwrap().as_f64(), Some(41.25));
    assert_eq!(
        (
            reputation.paid_subscriber_count.as_i64(),
            reputation.like_count.as_i64()
        ),
        (Some(3), Some(99))
    );
    assert_eq!(
        (&reputation.connection_count, reputation.content_count.as_i64()),
        (&Field::Null, Some(7))
    );
    let kinds: Vec<_> = live.emails.entries().filter_map(|email| email.kind.get()).collect();
    assert_eq!(kinds, [&ContactKind::Home, &ContactKind::Other("PAGER".to_owned())]);
}

fn month_of(date: &Field<PartialDate>) -> Option<(&str, &str)> {
    let date = date.get()?;
    Some((date.year.text()?, date.month.text()?))
}

#[test]
fn the_background_is_typed_with_years_as_numbers_or_text() {
    let live = &profiles("live-shape.json")[0];
    let work = live.work_experiences.entries().next().unwrap();
    let company = work.company.get().unwrap();
    assert_eq!((work.title.text(), company.name.text()), (Some("Editor"), Some("Acme")));
    assert_eq!(company.industries.entries().collect::<Vec<_>>(), ["Publishing"]);
    assert_eq!(company.employee_count.get().unwrap().max.as_i64(), Some(50));
    assert_eq!(work.location.get().unwrap().country.text(), Some("DE"));
    assert_eq!(
        month_of(&work.time_period.get().unwrap().start_date),
        Some(("2019", "3"))
    );
    assert_eq!(work.time_period.get().unwrap().end_date, Field::Null, "it goes on");
    let education = live.education.entries().next().unwrap();
    assert_eq!(
        (education.field_study.text(), education.grade.text()),
        (Some("History"), Some("1.3"))
    );
    assert_eq!(education.school.get().unwrap().name.text(), Some("FU Berlin"));
    assert_eq!(
        month_of(&education.time_period.get().unwrap().end_date),
        Some(("2015", "9"))
    );
    let publication = live.publications.entries().next().unwrap();
    assert_eq!(publication.date.get().unwrap().day.text(), Some("1"));
    let certification = live.certifications.entries().next().unwrap();
    assert_eq!(
        (certification.id.text(), certification.authority.text()),
        (Some("77"), Some("Board"))
    );
    let volunteer = live.volunteer_experiences.entries().next().unwrap();
    assert_eq!(
        (volunteer.role.text(), volunteer.cause.text()),
        (Some("Reader"), Some("EDUCATION"))
    );
    assert_eq!(
        month_of(&live.honors.entries().next().unwrap().date),
        Some(("2022", "5"))
    );
    assert_eq!(live.projects.entries().next().unwrap().title.text(), Some("Map"));
}

#[test]
fn a_background_of_nulls_is_no_background() {
    let nulls = &profiles("live-shape.json")[1];
    assert_eq!((&nulls.work_experiences, &nulls.honors), (&Field::Null, &Field::Null));
    assert_eq!(nulls.publications.entries().count(), 0);
    assert_eq!(nulls.odd_fields(), []);
}
