//! A place goes through text and back, and no text brings the reader down.

use proptest::prelude::*;

use super::*;
use crate::http::Response;
use crate::pager::Call;

const LIMITS: Limits = Limits {
    max_pages: u64::MAX,
    max_items: u64::MAX,
};

/// A load that has read one page with this body.
fn after(query: Query, body: &str) -> Pager {
    let mut pager = Pager::new(query, LIMITS).unwrap();
    let Call::Send(_, ticket) = pager.request().unwrap() else {
        panic!("expected a request");
    };
    pager.accept(ticket, &Response::new(200, body)).unwrap();
    pager
}

#[test]
fn a_token_holds_the_question_and_the_place_in_every_style() {
    let query = Query::new("insightiq", "profiles").unwrap().with("limit", "1").unwrap();
    let offset = after(query, r#"{"data":[{"id":"a"}]}"#).resume_token().unwrap();
    assert_eq!(
        offset,
        "v=roster1&provider=insightiq&route=profiles&q.limit=1&offset=1&pages=1&items=1"
    );
    let upsun = Query::new("upsun", "profiles").unwrap();
    let link = after(upsun, r#"{"profiles":[],"_links":{"next":{"href":"?page=2&range=5"}}}"#);
    let token = link.resume_token().unwrap();
    let mut again = Pager::resume(&token, LIMITS).unwrap();
    assert_eq!(again.resume_token().as_ref(), Some(&token));
    let Call::Send(request, _) = again.request().unwrap() else {
        panic!("expected a request");
    };
    assert_eq!(request.target(), "upsun/profiles?page=2&range=5");
}

#[test]
fn there_is_a_token_before_the_first_page_and_none_after_the_last() {
    let query = Query::new("upsun", "profiles").unwrap();
    let first = Pager::new(query.clone(), LIMITS).unwrap().resume_token().unwrap();
    assert_eq!(Pager::resume(&first, LIMITS).unwrap().position, Position::First);
    assert_eq!(after(query, r#"{"profiles":[]}"#).resume_token(), None);
}

#[test]
fn a_place_that_was_resumed_at_counts_as_seen() {
    let token = "v=roster1&provider=ayrshare&route=profiles&cursor=b&pages=3&items=9";
    let mut pager = Pager::resume(token, LIMITS).unwrap();
    let Call::Send(_, ticket) = pager.request().unwrap() else {
        panic!("expected a request");
    };
    let body = r#"{"profiles":[],"pagination":{"hasMore":true,"nextCursor":"b"}}"#;
    let error = pager.accept(ticket, &Response::new(200, body)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
}

#[test]
fn an_offset_that_cannot_grow_is_an_error_not_a_loop() {
    let token = format!(
        "v=roster1&provider=insightiq&route=profiles&q.limit=1&offset={}",
        u64::MAX
    );
    let mut pager = Pager::resume(&token, LIMITS).unwrap();
    let Call::Send(_, ticket) = pager.request().unwrap() else {
        panic!("expected a request");
    };
    let error = pager
        .accept(ticket, &Response::new(200, r#"{"data":[{"id":1}]}"#))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
}

#[test]
fn a_token_that_names_something_else_is_refused() {
    for token in [
        "",
        "cursor=b",
        "v=roster2&provider=ayrshare&route=profiles",
        "v=roster1&provider=acme&route=profiles",
        "v=roster1&provider=ayrshare&route=user",
        "v=roster1&provider=ayrshare&route=profiles&q.colour=red",
        "v=roster1&provider=ayrshare&route=profiles&profile=x",
        "v=roster1&provider=ayrshare&route=profiles&cursor=",
        "v=roster1&provider=ayrshare&route=profiles&offset=7",
        "v=roster1&provider=ayrshare&route=profiles&link.title=x",
        "v=roster1&provider=insightiq&route=profiles&offset=-1",
        "v=roster1&provider=upsun&route=profiles&link.page=0",
        "v=roster1&provider=upsun&route=profiles&link.filter=x",
        "v=roster1&provider=upsun&route=profiles&pages=many",
    ] {
        let error = Pager::resume(token, LIMITS).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidQuery, "{token}");
    }
}

/// Text that a `Text` parameter takes: no control characters, not empty.
fn plain() -> impl Strategy<Value = String> {
    "[^\\p{Cc}]{1,40}"
}

proptest! {
    #[test]
    fn a_place_round_trips_as_text(title in plain(), cursor in plain(), n_items in 0_usize..4) {
        let profiles: Vec<_> = (0..n_items).map(|id| serde_json::json!({ "refId": id })).collect();
        let pagination = serde_json::json!({ "hasMore": true, "nextCursor": cursor });
        let body = serde_json::json!({ "profiles": profiles, "pagination": pagination }).to_string();
        let query = Query::new("ayrshare", "profiles").unwrap().with("title", &title).unwrap();
        let pager = after(query, &body);
        let token = pager.resume_token().unwrap();
        prop_assert!(!token.contains(char::is_whitespace));
        let again = Pager::resume(&token, LIMITS).unwrap();
        prop_assert_eq!(&again.query, &pager.query);
        prop_assert_eq!(&again.position, &Position::At(Next::Cursor(cursor)));
        prop_assert_eq!((again.progress.n_pages, again.progress.n_items), (1, n_items as u64));
        prop_assert_eq!(again.resume_token(), Some(token));
    }

    #[test]
    fn no_text_and_no_damaged_token_panics(
        provider in prop::sample::select(vec!["ayrshare", "insightiq", "upsun", "?"]),
        pairs in prop::collection::vec((
            prop::sample::select(vec!["cursor", "offset", "link.page", "link.", "q.limit", "q.", "pages", "items", "profile", "v", "\u{0}"]),
            prop_oneof![Just(u64::MAX.to_string()), Just("1".to_owned()), any::<String>()],
        ), 0..6),
        tail in any::<String>(),
    ) {
        let mut out = form_urlencoded::Serializer::new(format!("v=roster1&provider={provider}&route=profiles"));
        out.extend_pairs(&pairs);
        for token in [out.finish() + &tail, tail] {
            let Ok(mut pager) = Pager::resume(&token, LIMITS) else { continue };
            if let Ok(Call::Send(_, ticket)) = pager.request() {
                let body = r#"{"profiles":[{"id":1,"refId":1}],"data":[{"id":1}]}"#;
                match pager.accept(ticket, &Response::new(200, body)) {
                    Ok(page) => prop_assert!(page.is_some() && (pager.end().is_some() || pager.resume_token().is_some())),
                    Err(error) => prop_assert_eq!(error.kind(), ErrorKind::Pagination),
                }
            }
        }
    }
}
