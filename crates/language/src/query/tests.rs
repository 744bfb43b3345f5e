//! Text and filter, in both directions.

use proptest::prelude::*;
use roster_core::UnixMs;

use super::*;
use crate::catalog::{Field, Kind};

/// What a text asks for, in its plainest spelling.
fn plain(text: &str) -> String {
    Filter::parse(text).to_string()
}

/// The hint of the first term that has one.
fn hint(text: &str) -> Option<(HintKind, Option<String>)> {
    let hint = parse(text, &()).terms.into_iter().find_map(|term| term.hint)?;
    Some((hint.kind, hint.replacement))
}

#[test]
fn every_example_of_the_catalogue_is_understood() {
    for text in [
        "title:\"Acme\" ref:160c87dd has:platform no:platform",
        "platform:instagram platform:twitter",
        "platform:instagram,tiktok byok:linked byok:pending byok:na",
        "user:\"Peter Parker\" account:44554e73-5879",
        "status:active,suspended health:relink,expired,expiring,error,ok,unchecked",
        "token:<14d quota:>80% posted:>30d called:<1d",
        "created:2025-01..2025-06 followers:>10k subscribers:<=1m",
        "country:US category:Blog type:CREATOR verified:yes business:no",
        "has:email trial:active trial-days:<5 spend:>80% verify:credit-card",
        "company:acme currency:EUR marketing:yes invoiced:no source:ayrshare",
        "-status:suspended \"acme gmbh\" -bakery",
    ] {
        let parsed = parse(text, &());
        assert!(
            parsed.terms.iter().all(|term| term.hint.is_none()),
            "{text}: {parsed:?}"
        );
        assert!(!text.contains("has:p") || plain(text).contains("has:platform"));
        assert_eq!(plain(&plain(text)), plain(text));
    }
}

#[test]
fn every_spelling_has_one_plain_form() {
    for (text, expected) in [
        ("has:accounts no:posts", "has:platform no:posted"),
        (
            "subscribers:..1m followers:10_000.. following:*..5",
            "subscribers:<=1m followers:>=10k following:<=5",
        ),
        ("followers:≥1.5k", "followers:>=1.5k"),
        ("quota:>80 quota:50..80%", "quota:>80% quota:50%..80%"),
        ("verified:TRUE business:n", "verified:yes business:no"),
        ("platform:instagram,", "platform:instagram"),
        (
            "health:not-checked title:~\"two words\" title:~one",
            "health:unchecked title:~\"two words\" title:one",
        ),
        ("  acme  -   berlin ", "acme berlin"),
        ("“two words” \"one\"", "\"two words\" one"),
        ("has:education,work", "background:education,work"),
        (
            "https://x.example/a?b=c mailto:a@b.example 12:30",
            "\"https://x.example/a?b=c\" \"mailto:a@b.example\" 12:30",
        ),
        ("NAME:\"Acme\"", "title:\"Acme\""),
    ] {
        assert_eq!(plain(text), expected);
    }
}

#[test]
fn a_pasted_id_is_an_id_also_where_a_name_is_expected() {
    let id = "9bb8913b-ddd9-430b-a66a-d74d846e6c66";
    assert_eq!(
        plain(&format!("platform:{id} user:{id}")),
        format!("platform-id:\"{id}\" user-id:\"{id}\"")
    );
    assert_eq!(plain(&format!("platform:\"{id}\"")), format!("platform:\"{id}\""));
    assert_eq!(plain(&format!("user:~{id}")), format!("user:~\"{id}\""));
}

#[test]
fn what_is_not_understood_is_text_and_the_hint_says_what_was_meant() {
    for (text, kind, replacement) in [
        ("folowers:>10k", HintKind::UnknownKey, Some("followers:>10k")),
        ("-platfrom:x,y", HintKind::UnknownKey, Some("-platform:x,y")),
        ("nosuchthing:x", HintKind::UnknownKey, None),
        ("nosuchthing:", HintKind::UnknownKey, None),
        ("has:emial", HintKind::UnknownKey, Some("has:email")),
        ("has:nosuchthing", HintKind::UnknownKey, None),
        ("followers:many", HintKind::NotANumber, None),
        ("followers:10%", HintKind::NotANumber, None),
        ("created:soon", HintKind::NotADate, None),
        ("verified:maybe", HintKind::NotYesOrNo, None),
    ] {
        assert_eq!(hint(text), Some((kind, replacement.map(str::to_owned))), "{text}");
        assert!(kind.is_plain_text());
        let body = text.trim_start_matches('-');
        assert_eq!(
            Filter::parse(text).terms[0].test,
            Test::Anywhere(body.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn an_unfinished_term_filters_nothing() {
    let parsed = parse("acme platform: -has:", &());
    assert_eq!(parsed.filter.to_string(), "acme");
    let seen: Vec<_> = parsed
        .terms
        .iter()
        .map(|term| (term.key, term.is_negated, term.term))
        .collect();
    assert_eq!(
        seen,
        [
            (None, false, Some(0)),
            (Some("platform"), false, None),
            (Some("has"), true, None)
        ]
    );
    assert_eq!(parsed.terms[1].hint.as_ref().unwrap().kind, HintKind::NoValue);
    assert_eq!(parsed.terms[1].span, 5..14);
}

#[test]
fn an_impossible_range_is_kept_and_the_hint_swaps_it() {
    for (text, swapped) in [
        ("followers:10k..1k", "followers:1k..10k"),
        ("quota:9%,80%..20%", "quota:9%,20%..80%"),
        ("created:2025-06..2025-01", "created:2025-01..2025-06"),
        ("posted:30d..7d", "posted:7d..30d"),
        ("-token:14d..0d", "-token:0d..14d"),
    ] {
        assert_eq!(hint(text), Some((HintKind::EmptyRange, Some(swapped.to_owned()))));
        assert_eq!(plain(text), text);
        assert_eq!(hint(swapped), None);
    }
}

/// Two countries and a platform that no catalogue lists.
struct Loaded;

impl Vocabulary for Loaded {
    fn words(&self, field: Field, take: &mut dyn FnMut(&str)) {
        match field {
            Field::Country => ["Österreich", "US"].into_iter().for_each(take),
            Field::Platform => take("Friendster"),
            _ => {}
        }
    }

    fn tally(&self, _field: Field, _under: &Filter, _take: &mut dyn FnMut(&str, u64)) {}

    fn count(&self, _filter: &Filter) -> Option<u64> {
        None
    }

    fn near(&self, _word: &str) -> Vec<String> {
        Vec::new()
    }
}

#[test]
fn a_value_that_nobody_has_gets_a_hint_and_stays_a_filter() {
    let hint = |text: &str| {
        parse(text, &Loaded).terms[0]
            .hint
            .clone()
            .map(|hint| (hint.kind, hint.replacement))
    };
    assert_eq!(hint("country:osterreich,us"), None);
    assert_eq!(hint("platform:friendster,X,\"google business\""), None);
    assert_eq!(
        hint("country:Östereich"),
        Some((HintKind::UnknownValue, Some("country:Österreich".to_owned())))
    );
    assert_eq!(
        hint("status:suspendd"),
        Some((HintKind::UnknownValue, Some("status:suspended".to_owned())))
    );
    assert_eq!(hint("country:ZZ"), Some((HintKind::UnknownValue, None)));
    assert_eq!(
        hint("category:Blog"),
        None,
        "no category is loaded, so nothing is known"
    );
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![any::<f64>(), (-5000i32..5000).prop_map(|n| f64::from(n) * 100.0)]
        .prop_filter_map("finite", Quantity::new)
}

fn when() -> impl Strategy<Value = When> {
    let unit = prop::sample::select(Unit::ALL.to_vec());
    prop_oneof![
        (any::<u32>(), unit).prop_map(|(count, unit)| When::span(count, unit)),
        (0u16..10_000, 1u8..13).prop_filter_map("in the calendar", |(year, month)| When::month(year, month)),
        (0u16..10_000, 1u8..13, 1u8..32).prop_filter_map("in the calendar", |(y, m, d)| When::day(y, m, d)),
        (0u16..10_000).prop_filter_map("in the calendar", When::year),
        (-60_000_000_000_000i64..250_000_000_000_000).prop_filter_map("in range", |ms| When::at(UnixMs(ms))),
    ]
}

fn range<T: Copy + std::fmt::Debug>(ends: impl Strategy<Value = (T, T)>) -> impl Strategy<Value = Range<T>> {
    (0usize..6, ends).prop_map(|(form, (a, b))| match form {
        0 => Range::Above(a),
        1 => Range::AtLeast(a),
        2 => Range::Below(a),
        3 => Range::AtMost(a),
        4 => Range::Between(a, b),
        _ => Range::Exactly(a),
    })
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé:,~\"“” \\\\.<>=*-]{0,8}",
        any::<String>(),
        Just("not-set".to_owned()),
        Just("unchecked".to_owned()),
        Just("9bb8913b-ddd9-430b-a66a-d74d846e6c66".to_owned()),
    ]
}

fn match_of(kind: Kind) -> BoxedStrategy<Match> {
    let nothing = prop::sample::select(Nothing::ALL.to_vec()).prop_map(Match::Nothing);
    let value = match kind {
        Kind::Flag => any::<bool>().prop_map(Match::Flag).boxed(),
        Kind::Number | Kind::Percent => range((quantity(), quantity())).prop_map(Match::Number).boxed(),
        Kind::Past | Kind::Future => range((when(), when())).prop_map(Match::Instant).boxed(),
        _ => prop_oneof![words().prop_map(Match::Is), words().prop_map(Match::Contains)].boxed(),
    };
    prop_oneof![5 => value, 1 => nothing].boxed()
}

fn field() -> impl Strategy<Value = Field> {
    prop::sample::select(Field::ALL.to_vec())
}

fn test() -> impl Strategy<Value = Test> {
    let asked = field().prop_flat_map(|field| {
        prop::collection::vec(match_of(field.kind()), 0..4).prop_map(move |matches| Test::Field(field, matches))
    });
    prop_oneof![
        2 => words().prop_map(Test::Anywhere),
        6 => asked,
        1 => prop::collection::vec(field(), 0..3).prop_map(Test::Has),
        1 => prop::collection::vec(field(), 0..3).prop_map(Test::No),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let term = (any::<bool>(), test()).prop_map(|(is_negated, test)| Term { is_negated, test });
    prop::collection::vec(term, 0..5).prop_map(|terms| Filter { terms })
}

proptest! {
    #[test]
    fn every_filter_reads_back_from_its_text(filter in filter()) {
        let text = filter.to_string();
        let parsed = parse(&text, &());
        prop_assert_eq!(&parsed.filter, &filter, "{}", text);
        prop_assert_eq!(parsed.terms.len(), filter.terms.len());
    }

    #[test]
    fn every_text_is_a_filter_whose_matches_fit_and_whose_spans_are_in_it(
        text in "((-|)(title|followers|created|platform|has|no|verified|quota|x|folowers):|[ ,\"~<>=.0-9kmd%-]){0,12}|.{0,40}"
    ) {
        let parsed = parse(&text, &Loaded);
        prop_assert_eq!(&Filter::parse(&parsed.filter.to_string()), &parsed.filter);
        let mut n_terms = 0;
        for term in &parsed.terms {
            prop_assert!(text.get(term.span.clone()).is_some_and(|part| !part.is_empty()));
            prop_assert_eq!(term.term.unwrap_or(n_terms), n_terms);
            n_terms += usize::from(term.term.is_some());
        }
        prop_assert_eq!(n_terms, parsed.filter.terms.len());
        for term in &parsed.filter.terms {
            if let Test::Field(field, matches) = &term.test {
                prop_assert!(matches.iter().all(|one| one.fits(field.kind())));
            }
        }
    }
}
