//! Draws components to text, and builds states from records.

use std::rc::Rc;

use roster_core::{ErrorKind, Progress, Query, Response, UnixMs};
use roster_web::app::{Current, Screen, ScreenProps};
use roster_web::origin::Origin;
use roster_web::source::LoadEvent;
use roster_web::state::{Action, State};
use yew::{BaseComponent, Callback, LocalServerRenderer, Reducible};

/// 21 November 2026, noon.
pub(crate) const NOW: UnixMs = UnixMs(1_795_262_400_000);

/// A component as HTML.
pub(crate) fn html<C: BaseComponent>(props: C::Properties) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let renderer = LocalServerRenderer::<C>::with_props(props).hydratable(false);
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

/// The whole screen as HTML.
pub(crate) fn screen(state: &Rc<State>) -> String {
    html::<Screen>(ScreenProps {
        state: Current((**state).clone()),
        act: Callback::noop(),
        wish: Callback::noop(),
    })
}

/// A screen over the compiled-in sandbox, before any page.
pub(crate) fn opened() -> Rc<State> {
    let state = Rc::new(State::default());
    apply(
        &state,
        [Action::OriginFound(Rc::new(Origin::demo(None))), Action::Ticked(NOW)],
    )
}

/// The state after these actions.
pub(crate) fn apply(state: &Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state.clone(), Reducible::reduce)
}

/// The state after these events of one source's load.
pub(crate) fn hear(
    state: &Rc<State>,
    provider: &'static str,
    events: impl IntoIterator<Item = LoadEvent>,
) -> Rc<State> {
    let action = |event| Action::Loaded {
        provider,
        generation: 1,
        event,
        now: NOW,
    };
    apply(state, events.into_iter().map(action))
}

/// A page of one source that holds these records, as the API would send it.
pub(crate) fn page(provider: &str, records: &[&str]) -> LoadEvent {
    let key = if provider == "insightiq" { "data" } else { "profiles" };
    let body = format!(r#"{{"{key}":[{}]}}"#, records.join(","));
    let query = Query::new(provider, "profiles").unwrap();
    let page = query
        .provider()
        .unwrap()
        .parse(&query.request().unwrap(), &Response::new(200, body))
        .unwrap();
    let progress = Progress {
        n_pages: 1,
        n_items: page.n_items(),
        total: page.total,
    };
    LoadEvent::PageLoaded {
        page,
        progress,
        budget: None,
    }
}

/// A screen on which one source has loaded these records and has more.
pub(crate) fn with(provider: &'static str, records: &[&str]) -> Rc<State> {
    let events = [LoadEvent::Began, page(provider, records), LoadEvent::Rested(None)];
    hear(&opened(), provider, events)
}

/// An error of an API.
pub(crate) fn upstream(message: &str) -> roster_core::Error {
    roster_core::Error::new(ErrorKind::Upstream, message)
        .with_status(503)
        .with_provider_code(Some("E-17".to_owned()))
        .with_request_id(Some("req-1".to_owned()))
}

/// The text between the first `start` and the next `end` after it.
pub(crate) fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("{start} is not in {html}"));
    let rest = &html[from + start.len()..];
    rest.find(end).map_or(rest, |to| &rest[..to])
}

/// Everything that a reader sees: the HTML without its tags.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        let seen = part.split_once('>').map_or(part, |(_, seen)| seen);
        if !seen.is_empty() {
            out.push_str(seen);
            out.push('|');
        }
    }
    out.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
}

/// The text of the card with this key.
pub(crate) fn card(html: &str, key: &str) -> String {
    text(between(html, &format!("data-key=\"{key}\""), "</article>"))
}

/// Asserts that each of these texts is seen, in this order.
pub(crate) fn assert_reads(seen: &str, texts: &[&str]) {
    let mut rest = seen;
    for text in texts {
        let at = rest
            .find(text)
            .unwrap_or_else(|| panic!("{text:?} is not, or not here, in {seen}"));
        rest = &rest[at + text.len()..];
    }
}
