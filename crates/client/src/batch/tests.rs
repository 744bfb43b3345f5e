use super::*;
use crate::Retry;

const TICKET: &str =
    r#"{"url":"https://x","lastUpdated":"1970-01-01T00:00:00Z","urlAvailable":"1970-01-01T00:05:00Z"}"#;
const FATE: (f64, UnixMs) = (1.0, UnixMs(60_000));

fn target(step: &Step<()>) -> String {
    let Step::Send(request) = step else {
        panic!("expected a request, found {step:?}")
    };
    request.target()
}

fn wait_ms(step: &Step<()>) -> u64 {
    let Step::Wait(waiting) = step else {
        panic!("expected a wait, found {step:?}")
    };
    waiting.wait_ms
}

/// A batch whose ticket has come and whose file begins to arrive.
fn opened(mut batch: Batch, pace: &mut Pace) -> Batch {
    assert_eq!(target(&batch.next(pace, FATE.1).unwrap()), "ayrshare/user/batch");
    let step = batch.answer(pace, &Ok(Response::new(200, TICKET)), FATE).unwrap();
    assert_eq!(wait_ms(&step), 240_000, "what remains of the five minutes");
    assert_eq!(target(&batch.next(pace, FATE.1).unwrap()), "ayrshare/user/batch/file");
    assert!(batch.is_at_file());
    batch.open(pace, &Headers::new()).unwrap();
    batch
}

fn ids(page: Option<Page>) -> Vec<String> {
    let page = page.unwrap();
    page.records.iter().map(|record| record.id.to_string()).collect()
}

fn fresh() -> Batch {
    Batch::new(None, 1000).unwrap()
}

#[test]
fn the_file_is_asked_for_when_it_is_there_and_users_come_while_it_arrives() {
    let pace = &mut Pace::new(Retry::default());
    let mut batch = opened(fresh(), pace);
    assert_eq!(batch.push(br#"[{"refId":"a"}"#).unwrap(), None);
    assert_eq!(ids(batch.push(br#",{"refId":"b"},{"refId":"#).unwrap()), ["a", "b"]);
    assert!(batch.resume_token().is_some());
    assert_eq!(ids(batch.push(br#""c"}]"#).unwrap()), ["c"]);
    assert_eq!(batch.resume_token(), None, "the last page is known to be the last");
    batch.finish().unwrap();
    assert_eq!(batch.next(pace, FATE.1).unwrap(), Step::End(End::Complete));
}

#[test]
fn a_file_that_breaks_off_is_asked_for_again_and_no_user_comes_twice() {
    let pace = &mut Pace::new(Retry::default());
    let mut batch = opened(fresh(), pace);
    assert_eq!(
        ids(batch.push(br#"[{"refId":"a"},7,{"refId":"b"},"#).unwrap()),
        ["a", "b"]
    );
    let broken = Err(Error::new(ErrorKind::Network, "reset"));
    assert_eq!(wait_ms(&batch.answer(pace, &broken, FATE).unwrap()), 500);
    assert_eq!(target(&batch.next(pace, FATE.1).unwrap()), "ayrshare/user/batch/file");
    batch.open(pace, &Headers::new()).unwrap();
    assert_eq!(batch.push(br#"[{"refId":"a"},7,"#).unwrap(), None);
    let users = batch
        .push(br#"{"refId":"b"},8,{"refId":"c"},{"refId":"d"}]"#)
        .unwrap()
        .unwrap();
    assert_eq!(users.rejected.len(), 1, "8 is new, 7 is not");
    assert_eq!(ids(Some(users)), ["c", "d"]);
    assert!(batch.finish().is_ok());
}

#[test]
fn another_process_goes_on_where_the_token_says_but_not_with_another_file() {
    let pace = &mut Pace::new(Retry::default());
    let mut batch = opened(fresh(), pace);
    batch.push(br#"[{"refId":"a"},{"refId":"b"},"#).unwrap();
    let token = batch.resume_token().unwrap();
    let mut resumed = opened(Batch::new(Some(&token), 1000).unwrap(), pace);
    assert_eq!(
        ids(resumed.push(br#"[{"refId":"a"},{"refId":"b"},{"refId":"c"}]"#).unwrap()),
        ["c"]
    );
    assert_eq!(resumed.n_pages(), 2);

    let mut late = Batch::new(Some(&token), 1000).unwrap();
    late.next(pace, FATE.1).unwrap();
    let newer = TICKET.replace("1970-01-01T00:00", "1970-01-02T00:00");
    let error = late.answer(pace, &Ok(Response::new(200, newer)), FATE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    for other in [
        "",
        "roster1-batch",
        "roster1-batch 1 x y",
        "v=roster1&provider=ayrshare",
    ] {
        assert!(Batch::new(Some(other), 1).is_err(), "{other}");
    }
}

#[test]
fn a_file_that_is_not_there_yet_is_waited_for_as_the_proxy_says() {
    let pace = &mut Pace::new(Retry::default());
    let mut batch = fresh();
    batch.next(pace, FATE.1).unwrap();
    batch.answer(pace, &Ok(Response::new(200, TICKET)), FATE).unwrap();
    let said = r#"{"type":"urn:problem:batch-not-ready","status":409,"code":"not_found","message":"later","retryAfterMs":9000}"#;
    for _ in 0..10 {
        batch.next(pace, FATE.1).unwrap();
        assert_eq!(
            wait_ms(&batch.answer(pace, &Ok(Response::new(409, said)), FATE).unwrap()),
            9000
        );
    }
    batch.next(pace, FATE.1).unwrap();
    assert!(
        batch.answer(pace, &Ok(Response::new(409, said)), FATE).is_err(),
        "not for ever"
    );
}

#[test]
fn another_file_in_the_middle_is_an_error_and_not_a_mixture() {
    let pace = &mut Pace::new(Retry::default());
    let mut batch = opened(fresh(), pace);
    let tagged = |tag: &str| Headers::from_iter([("ETag", tag)]);
    batch.open(pace, &tagged("1")).unwrap();
    batch.push(br#"[{"refId":"a"},"#).unwrap();
    batch.next(pace, FATE.1).unwrap();
    assert_eq!(
        batch.open(pace, &tagged("2")).unwrap_err().kind(),
        ErrorKind::Pagination
    );
}

#[test]
fn a_limit_of_pages_ends_the_load() {
    let pace = &mut Pace::new(Retry::default());
    let mut batch = opened(Batch::new(None, 1).unwrap(), pace);
    batch.push(br#"[{"refId":"a"},"#).unwrap().unwrap();
    assert_eq!(batch.next(pace, FATE.1).unwrap(), Step::End(End::Truncated));
}
