//! The contract of a provider: for every one in `ALL`, every body of its fixtures is asked for, read and shown as
//! `expected.json` says.

use std::collections::BTreeSet;

use roster_core::{ALL, Error, Page, Provider, Query, Request, Response};

use crate::fixture::{Case, ErrorExpected, Expected, FreshnessExpected, PageExpected, bodies, bytes, expected, text};
use crate::view;

/// What every provider must have a body of, by the name of the case.
const REQUIRED: [&str; 7] = [
    "first page",
    "middle page",
    "last page",
    "empty page",
    "unauthorized",
    "rate limited",
    "malformed record",
];

fn each(check: impl Fn(&'static dyn Provider, &'static str, &Expected)) {
    for provider in ALL {
        let id = provider.info().id;
        check(*provider, id, &expected(id));
    }
}

fn each_case(check: impl Fn(&'static dyn Provider, &Case, &Query, &Request, &Response)) {
    each(|provider, id, expected| {
        for case in &expected.pages {
            let query = case.query(id);
            check(
                provider,
                case,
                &query,
                &request(provider, case, &query),
                &case.response(id),
            );
        }
    });
}

fn request(provider: &dyn Provider, case: &Case, query: &Query) -> Request {
    match case.position(query) {
        Some(next) => provider.next(query, &next).unwrap(),
        None => provider.first(query).unwrap(),
    }
}

#[test]
fn every_provider_has_the_required_fixtures() {
    each(|_, id, expected| {
        for required in REQUIRED {
            let is_there = expected.pages.iter().any(|case| case.name.starts_with(required));
            assert!(is_there, "{id} has no case {required:?}");
        }
        assert!(!expected.views.is_empty(), "{id} has no expected view of a record");
        assert!(
            text(id, "README.md").contains("2026-"),
            "{id} does not say when its bodies were taken"
        );
    });
}

#[test]
fn every_body_is_expected_and_every_expected_body_is_there() {
    each(|_, id, expected| {
        let pages = expected.pages.iter().map(Case::body);
        let documents = expected.documents.iter().map(|document| document.body.as_str());
        let views = expected.views.iter().map(|view| view.body.as_str());
        let named: BTreeSet<&str> = pages.chain(documents).chain(views).collect();
        let there = bodies(id);
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        assert_eq!(named, there, "{id}");
    });
}

#[test]
fn every_page_is_asked_for_as_expected() {
    each_case(|_, case, _, request, _| assert_eq!(request.target(), case.target, "{}", case.name));
}

#[test]
fn every_answer_is_read_as_expected() {
    each_case(|provider, case, query, request, response| {
        let name = format!("{}: {}", provider.info().id, case.name);
        match (provider.parse(request, response), &case.page, &case.error) {
            (Ok(page), Some(expected), None) => check_page(&name, provider, query, &page, expected, response),
            (Err(error), None, Some(expected)) => check_error(&name, provider, &error, expected, response),
            (found, page, error) => panic!("{name}: expected {page:?} or {error:?}, found {found:?}"),
        }
    });
}

fn check_page(
    name: &str,
    provider: &dyn Provider,
    query: &Query,
    page: &Page,
    expected: &PageExpected,
    response: &Response,
) {
    let ids: Vec<&str> = page.records.iter().map(|record| record.id.as_ref()).collect();
    assert_eq!(ids, expected.ids, "{name}");
    assert_eq!(page.next, expected.next(query), "{name}");
    let next_target = page
        .next
        .as_ref()
        .map(|next| provider.next(query, next).unwrap().target());
    assert_eq!(next_target, expected.next_target, "{name}");
    assert_eq!(page.total, expected.total, "{name}");
    assert_eq!(
        page.rejected.len(),
        expected.rejected.len(),
        "{name}: {:?}",
        page.rejected
    );
    for (found, expected) in page.rejected.iter().zip(&expected.rejected) {
        assert_eq!(
            (&found.path, &found.reason),
            (&expected.path, &expected.reason),
            "{name}"
        );
    }
    check_freshness(name, page, expected.freshness.as_ref());
    assert_eq!(
        page.body.as_bytes(),
        response.body,
        "{name}: the body stays as received"
    );
}

fn check_freshness(name: &str, page: &Page, expected: Option<&FreshnessExpected>) {
    let Some((found, expected)) = page.freshness.zip(expected) else {
        assert_eq!(
            page.freshness.is_some(),
            expected.is_some(),
            "{name}: {:?}",
            page.freshness
        );
        return;
    };
    assert_eq!(
        found.last_updated.map(|at| at.to_string()),
        expected.last_updated,
        "{name}"
    );
    assert_eq!(
        found.next_update.map(|at| at.to_string()),
        expected.next_update,
        "{name}"
    );
}

fn check_error(name: &str, provider: &dyn Provider, error: &Error, expected: &ErrorExpected, response: &Response) {
    let found = ErrorExpected {
        kind: error.kind().code().to_owned(),
        message: error.message(),
        code: error.provider_code().map(str::to_owned),
        request_id: error.request_id().map(str::to_owned),
        path: error.path().map(str::to_owned),
        retry_after_ms: error.retry_after_ms(),
    };
    assert_eq!(&found, expected, "{name}");
    assert_eq!(error.provider(), Some(provider.info().id), "{name}");
    assert_eq!(error.status(), Some(response.status), "{name}");
}

#[test]
fn an_answer_that_is_no_page_is_no_error() {
    each(|provider, id, expected| {
        for document in &expected.documents {
            let route = provider.info().routes.iter().find(|route| route.name == document.route);
            assert!(route.is_some(), "{id} has no route {}", document.route);
            let response = Response::new(200, bytes(id, &document.body));
            assert_eq!(provider.error(&response), None, "{id}: {}", document.body);
        }
    });
}

#[test]
fn every_record_is_seen_as_expected() {
    each(|provider, id, expected| {
        for view in &expected.views {
            let (body, page) = page_of(provider, expected, &view.body);
            let record = page.records.iter().find(|record| *record.id == *view.id);
            let record = record.unwrap_or_else(|| panic!("{id}: no {} in {body}", view.id));
            let profile = provider.profile(page.text(record)).unwrap();
            let odd = provider.odd_fields(page.text(record));
            assert_eq!(profile.key(), format!("{id}:{}", view.id));
            assert_eq!(view::fields(&profile, &odd), view.fields, "{id}: {} in {body}", view.id);
        }
    });
}

/// The page that the body is expected to be.
fn page_of<'e>(provider: &dyn Provider, expected: &'e Expected, body: &'e str) -> (&'e str, Page) {
    let id = provider.info().id;
    let is_it = |case: &&Case| case.body() == body && case.page.is_some();
    let case = expected.pages.iter().find(is_it);
    let case = case.unwrap_or_else(|| panic!("{id}: {body} is expected to be no page"));
    let query = case.query(id);
    let page = provider.parse(&request(provider, case, &query), &case.response(id));
    (body, page.unwrap())
}

#[test]
fn every_record_of_every_page_has_a_view_and_its_exact_text() {
    each_case(|provider, case, _, request, response| {
        let Ok(page) = provider.parse(request, response) else {
            return;
        };
        for record in &page.records {
            let text = page.text(record);
            assert!(text.starts_with('{') && text.ends_with('}'), "{}: {text}", case.name);
            let profile = provider.profile(text).unwrap();
            assert_eq!(profile.id, *record.id, "{}", case.name);
            assert!(!profile.title.trim().is_empty(), "{}", case.name);
        }
    });
}
