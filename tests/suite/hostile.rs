//! What no provider may do with any body: panic, loop, or take a broken answer for a whole one.

use roster_core::{ALL, ErrorKind, Provider, Query, Request, Response};

use crate::fixture::text;

fn list_request(provider: &dyn Provider) -> Request {
    let info = provider.info();
    Query::new(info.id, info.routes[0].name).unwrap().request().unwrap()
}

/// Each provider with the exact text of one record of its first page.
fn each_record(check: impl Fn(&'static dyn Provider, &str)) {
    for provider in ALL {
        let body = text(provider.info().id, "first-page.json");
        let page = provider
            .parse(&list_request(*provider), &Response::new(200, body))
            .unwrap();
        check(*provider, page.text(&page.records[0]));
    }
}

#[test]
fn a_body_cut_anywhere_is_a_decode_error() {
    for provider in ALL {
        let request = list_request(*provider);
        let whole = text(provider.info().id, "first-page.json");
        // A prime step keeps the test short and still meets every kind of place.
        for end in (0..whole.trim_end().len()).step_by(17) {
            let cut = Response::new(200, &whole.as_bytes()[..end]);
            let error = provider.parse(&request, &cut).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{} cut at {end}", provider.info().id);
        }
    }
}

#[test]
fn a_body_of_any_form_is_an_error_or_a_page() {
    let deep = format!(
        "{{\"profiles\":{0}{1},\"data\":{0}{1}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let bodies = [
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"profiles\":{}}",
        "{\"data\":{}}",
        "\u{feff}{}",
        "{\"error\":[]}",
        "{\"profiles\":[],\"profiles\":7,\"data\":[],\"data\":7}",
        "{\"status\":\"error\"}",
        deep.as_str(),
    ];
    for provider in ALL {
        for (body, status) in bodies
            .iter()
            .flat_map(|body| [(body, 200), (body, 204), (body, 400), (body, 599)])
        {
            let response = Response::new(status, *body);
            let parsed = provider.parse(&list_request(*provider), &response);
            let shown: String = body.chars().take(40).collect();
            let Err(error) = parsed else {
                assert!(body.len() > 1000, "{} takes {shown} for a page", provider.info().id);
                continue;
            };
            assert!(!error.message().is_empty() && error.message().len() < 2000, "{shown}");
            assert_eq!(error.provider(), Some(provider.info().id), "{shown}");
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_a_decode_error_that_says_where() {
    for provider in ALL {
        let mut body = text(provider.info().id, "first-page.json").into_bytes();
        body[40] = 0xff;
        let error = provider
            .parse(&list_request(*provider), &Response::new(200, body))
            .unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::Decode, Some("byte 40")));
    }
}

/// Forms that a field may come in one day. The last one is the documented form of no field.
const ODD: [&str; 10] = [
    "null",
    "7",
    "-1.5e300",
    "true",
    "\"\"",
    "\"odd\"",
    "[]",
    "[7]",
    "{\"\":null}",
    "[[]]",
];

#[test]
fn no_odd_field_costs_the_record() {
    each_record(|provider, record| {
        let id_key = provider.info().id_key;
        let members = roster_core::members(record).unwrap();
        for (key, raw) in members.iter().filter(|(key, _)| *key != id_key) {
            let stands = format!("{key:?}: {raw}");
            assert!(record.contains(&stands), "{key} stands in {record}");
            for odd in ODD {
                let changed = record.replacen(&stands, &format!("{key:?}: {odd}"), 1);
                let profile = provider.profile(&changed).unwrap();
                assert!(!profile.title.trim().is_empty(), "{key}: {odd}");
                let is_listed = provider
                    .odd_fields(&changed)
                    .iter()
                    .any(|found| found.path.split(['.', '[']).next() == Some(key));
                assert!(!is_listed || odd != "null", "{key}: null is never odd");
                assert!(is_listed || odd != "[[]]", "{key}: {odd} must be told");
            }
        }
    });
}

#[test]
fn a_record_without_its_id_is_an_error_that_names_the_key() {
    for provider in ALL {
        for record in ["{}", "[]", "7", "", "{\"title\":\"x\"}"] {
            let error = provider.profile(record).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{record}");
            assert_eq!(error.provider(), Some(provider.info().id), "{record}");
        }
        let error = provider.profile("{}").unwrap_err();
        assert_eq!(error.path(), Some(provider.info().id_key));
    }
}
