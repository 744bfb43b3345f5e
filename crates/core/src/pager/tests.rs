//! Each rule of the pager under its own name, then all of them over random page plans.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const WIDE: Limits = Limits {
    max_pages: 1000,
    max_items: 1_000_000,
};

fn pager(provider: &str, limits: Limits) -> Pager {
    Pager::new(Query::new(provider, "profiles").unwrap(), limits).unwrap()
}

fn send(pager: &mut Pager) -> (Request, Ticket) {
    match pager.request().unwrap() {
        Call::Send(request, ticket) => (*request, ticket),
        Call::End(end) => panic!("expected a request, found {end:?}"),
    }
}

fn answer(pager: &mut Pager, body: &Value) -> Result<Page, Error> {
    let (_, ticket) = send(pager);
    let page = pager.accept(ticket, &Response::new(200, body.to_string()))?;
    Ok(page.expect("the answer came in time"))
}

fn by_cursor(ids: &[&str], next: Option<&str>) -> Value {
    let profiles: Vec<Value> = ids.iter().map(|id| json!({ "refId": id })).collect();
    json!({ "profiles": profiles, "pagination": { "hasMore": next.is_some(), "nextCursor": next } })
}

fn by_link(ids: &[&str], count: u64, next: Option<&str>) -> Value {
    let profiles: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
    let links = next.map_or_else(|| json!({}), |href| json!({ "next": { "href": href } }));
    json!({ "count": count, "profiles": profiles, "_links": links })
}

#[test]
fn empty_page_with_next_is_not_the_end() {
    let mut pager = pager("ayrshare", WIDE);
    assert_eq!(answer(&mut pager, &by_cursor(&[], Some("b"))).unwrap().n_items(), 0);
    assert_eq!(pager.end(), None);
    assert_eq!(send(&mut pager).0.param("cursor"), Some("b"));
}

#[test]
fn total_never_ends_anything() {
    let mut pager = pager("upsun", WIDE);
    answer(&mut pager, &by_link(&["1", "2"], 2, Some("?page=2"))).unwrap();
    assert_eq!((pager.end(), pager.progress().total), (None, Some(2)));
    answer(&mut pager, &by_link(&["3"], 500, None)).unwrap();
    assert_eq!(pager.end(), Some(End::Complete));
    assert_eq!(pager.progress().total, Some(3), "at the end it is what came");
}

#[test]
fn the_same_position_twice_in_a_row_is_an_error() {
    let mut pager = pager("ayrshare", WIDE);
    answer(&mut pager, &by_cursor(&["1"], Some("b"))).unwrap();
    let error = answer(&mut pager, &by_cursor(&["2"], Some("b"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert_eq!(pager.progress().n_pages, 1);
}

#[test]
fn a_longer_cycle_of_positions_is_an_error_too() {
    let mut pager = pager("upsun", WIDE);
    for page in ["?page=2", "?page=3", "?page=4"] {
        answer(&mut pager, &by_link(&[page], 9, Some(page))).unwrap();
    }
    let error = answer(&mut pager, &by_link(&["x"], 9, Some("/profiles?page=2"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
}

#[test]
fn reaching_a_limit_is_truncated_and_can_go_on() {
    for limits in [Limits { max_pages: 1, ..WIDE }, Limits { max_items: 1, ..WIDE }] {
        let mut pager = pager("ayrshare", limits);
        let page = answer(&mut pager, &by_cursor(&["1", "2"], Some("b"))).unwrap();
        assert_eq!(page.records.len(), 2, "a page is never cut");
        assert_eq!(pager.end(), Some(End::Truncated));
        assert_eq!(pager.request().unwrap(), Call::End(End::Truncated));
        pager.set_limits(WIDE);
        assert_eq!(send(&mut pager).0.param("cursor"), Some("b"));
    }
}

#[test]
fn a_last_page_at_the_limit_is_complete() {
    let mut pager = pager("ayrshare", Limits { max_pages: 1, ..WIDE });
    answer(&mut pager, &by_cursor(&["1"], None)).unwrap();
    assert_eq!(pager.request().unwrap(), Call::End(End::Complete));
}

#[test]
fn one_request_is_in_flight_at_a_time() {
    let mut pager = pager("insightiq", WIDE);
    let (_, ticket) = send(&mut pager);
    assert_eq!(pager.request().unwrap_err().kind(), ErrorKind::Pagination);
    let page = Response::new(200, r#"{"data":[]}"#);
    assert!(
        pager.accept(ticket, &page).unwrap().is_some(),
        "the first one still counts"
    );
}

#[test]
fn a_late_answer_is_dropped() {
    let mut pager = pager("ayrshare", WIDE);
    let (_, late) = send(&mut pager);
    pager.give_up();
    let body = Response::new(200, by_cursor(&["1"], Some("b")).to_string());
    assert_eq!(pager.accept(late, &body).unwrap(), None);
    let (again, current) = send(&mut pager);
    assert_eq!(again.param("cursor"), None, "the same page is asked for");
    assert_eq!(pager.accept(late, &body).unwrap(), None);
    assert_eq!(pager.progress(), Progress::default());
    assert!(pager.accept(current, &body).unwrap().is_some());
    assert_eq!(pager.accept(current, &body).unwrap(), None, "an answer counts once");
}

#[test]
fn a_failed_page_can_be_asked_for_again() {
    let mut pager = pager("ayrshare", WIDE);
    answer(&mut pager, &by_cursor(&["1"], Some("b"))).unwrap();
    for (status, body, kind) in [
        (500, "", ErrorKind::Upstream),
        (429, "{}", ErrorKind::RateLimited),
        (200, "<html>", ErrorKind::Decode),
        (200, r#"{"profiles":[{"refId":"2"}"#, ErrorKind::Decode),
    ] {
        let (request, ticket) = send(&mut pager);
        assert_eq!(request.param("cursor"), Some("b"));
        let error = pager.accept(ticket, &Response::new(status, body)).unwrap_err();
        assert_eq!((error.kind(), error.provider()), (kind, Some("ayrshare")));
    }
    answer(&mut pager, &by_cursor(&["2"], None)).unwrap();
    assert_eq!((pager.progress().n_items, pager.end()), (2, Some(End::Complete)));
}

#[test]
fn a_link_to_another_origin_is_refused_and_the_pager_stays() {
    let mut pager = pager("upsun", WIDE);
    let hostile = by_link(&["1"], 2, Some("https://evil.example/profiles?page=2"));
    assert_eq!(answer(&mut pager, &hostile).unwrap_err().kind(), ErrorKind::Pagination);
    assert_eq!(send(&mut pager).0.target(), "upsun/profiles");
}

#[test]
fn rejected_records_are_counted_and_move_the_offset() {
    let query = Query::new("insightiq", "profiles").unwrap().with("limit", "3").unwrap();
    let mut pager = Pager::new(query, WIDE).unwrap();
    let body = json!({ "data": [{ "id": "1" }, 7, { "name": "no id" }] });
    let page = answer(&mut pager, &body).unwrap();
    assert_eq!((page.records.len(), page.rejected.len()), (1, 2));
    assert_eq!(pager.progress().n_items, 3);
    assert_eq!(send(&mut pager).0.param("offset"), Some("3"));
}

#[test]
fn a_route_without_pages_and_a_query_that_breaks_a_rule_are_refused() {
    let user = Query::new("ayrshare", "user").unwrap();
    assert_eq!(Pager::new(user, WIDE).unwrap_err().kind(), ErrorKind::InvalidQuery);
    let include = Query::new("ayrshare", "profiles")
        .unwrap()
        .with("include", "quota")
        .unwrap();
    assert_eq!(Pager::new(include, WIDE).unwrap_err().kind(), ErrorKind::InvalidQuery);
}

/// A server that answers each style from one list of page sizes. `Offset` cuts the same records by limit instead.
#[derive(Clone, Debug)]
struct Server {
    style: &'static str,
    page_sizes: Vec<usize>,
    /// Requests that fail once, by their number.
    failing: Vec<usize>,
    /// The most records that an offset server gives, whatever is asked.
    clamp: usize,
    n_requests: usize,
}

impl Server {
    fn ids(&self) -> Vec<String> {
        (0..self.page_sizes.iter().sum())
            .map(|index| format!("r{index}"))
            .collect()
    }

    fn serve(&mut self, request: &Request) -> Response {
        self.n_requests += 1;
        if self.failing.contains(&self.n_requests) {
            return Response::new(503, "try again");
        }
        let number = |name: &str| request.param(name).map(|text| text.parse::<usize>().unwrap());
        let body = match self.style {
            "ayrshare" => self.cursor_page(number("cursor").unwrap_or(0)),
            "upsun" => self.link_page(number("page").unwrap_or(1) - 1),
            _ => self.offset_page(number("offset").unwrap_or(0), number("limit").unwrap_or(10)),
        };
        Response::new(200, body.to_string())
    }

    fn page(&self, index: usize) -> Vec<String> {
        let start = self.page_sizes[..index].iter().sum();
        self.ids()
            .into_iter()
            .skip(start)
            .take(self.page_sizes[index])
            .collect()
    }

    fn cursor_page(&self, index: usize) -> Value {
        let next = (index + 1 < self.page_sizes.len()).then(|| (index + 1).to_string());
        let page = self.page(index);
        by_cursor(&page.iter().map(String::as_str).collect::<Vec<_>>(), next.as_deref())
    }

    fn link_page(&self, index: usize) -> Value {
        let next = (index + 1 < self.page_sizes.len()).then(|| format!("/profiles?page={}", index + 2));
        let page = self.page(index);
        by_link(&page.iter().map(String::as_str).collect::<Vec<_>>(), 3, next.as_deref())
    }

    fn offset_page(&self, offset: usize, limit: usize) -> Value {
        let limit = limit.min(self.clamp);
        let all = self.ids();
        let data: Vec<Value> = all
            .iter()
            .skip(offset)
            .take(limit)
            .map(|id| json!({ "id": id }))
            .collect();
        json!({ "data": data, "metadata": { "offset": offset, "limit": limit } })
    }
}

/// Asks until the end, or until the first error that asking again does not mend.
fn drive(pager: &mut Pager, mut serve: impl FnMut(&Request) -> Response, ids: &mut Vec<String>) -> Result<End, Error> {
    loop {
        let (request, ticket) = match pager.request()? {
            Call::Send(request, ticket) => (request, ticket),
            Call::End(end) => return Ok(end),
        };
        match pager.accept(ticket, &serve(&request)) {
            Ok(page) => ids.extend(page.unwrap().records.iter().map(|record| record.id.to_string())),
            Err(error) if error.kind().is_transient() => {}
            Err(error) => return Err(error),
        }
    }
}

fn server() -> impl Strategy<Value = Server> {
    let style = prop::sample::select(vec!["ayrshare", "insightiq", "upsun"]);
    let sizes = prop::collection::vec(0_usize..5, 1..12);
    (style, sizes, prop::collection::vec(1_usize..14, 0..4), 1_usize..7).prop_map(
        |(style, page_sizes, failing, clamp)| Server {
            style,
            page_sizes,
            failing,
            clamp,
            n_requests: 0,
        },
    )
}

proptest! {
    #[test]
    fn every_record_comes_exactly_once_in_order_through_failures_and_resumes(
        mut server in server(),
        max_pages in 1_u64..20,
    ) {
        let mut pager = pager(server.style, Limits { max_pages, ..WIDE });
        let (mut ids, mut end) = (Vec::new(), End::Truncated);
        while end == End::Truncated {
            end = drive(&mut pager, |request| server.serve(request), &mut ids).unwrap();
            let n_pages = pager.progress().n_pages;
            if let Some(token) = pager.resume_token() {
                pager = Pager::resume(&token, Limits { max_pages: n_pages + max_pages, ..WIDE }).unwrap();
                prop_assert_eq!(pager.progress().n_pages, n_pages);
            }
        }
        prop_assert_eq!(&ids, &server.ids());
        prop_assert_eq!(pager.progress().n_items, ids.len() as u64);
    }

    #[test]
    fn a_server_with_any_next_positions_ends_or_errs_within_the_page_limit(
        style in prop::sample::select(vec!["ayrshare", "upsun"]),
        graph in prop::collection::vec(prop::option::of(1_usize..9), 9),
        max_pages in 0_u64..12,
    ) {
        let (mut n_requests, mut ids) = (0, Vec::new());
        let mut pager = pager(style, Limits { max_pages, ..WIDE });
        let serve = |request: &Request| {
            n_requests += 1;
            let asked = request.param("cursor").or(request.param("page")).unwrap_or("0");
            let next = graph[asked.parse::<usize>().unwrap()];
            let body = match style {
                "ayrshare" => by_cursor(&[asked], next.map(|next| next.to_string()).as_deref()),
                _ => by_link(&[asked], 1, next.map(|next| format!("?page={next}")).as_deref()),
            };
            Response::new(200, body.to_string())
        };
        let end = drive(&mut pager, serve, &mut ids);
        prop_assert!(n_requests <= max_pages);
        let mut distinct = ids.clone();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), ids.len(), "no page came twice");
        match end {
            Ok(End::Truncated) => prop_assert_eq!(n_requests, max_pages),
            Ok(End::Complete) => prop_assert_eq!(graph[ids.last().unwrap().parse::<usize>().unwrap()], None),
            Err(error) => prop_assert_eq!(error.kind(), ErrorKind::Pagination),
        }
    }
}
