//! Draws components to text, and builds states from records.

use std::rc::Rc;

use roster_core::{ErrorKind, Page, Progress, Query, Response, UnixMs};
use roster_web::intake::Intake;
use roster_web::origin::Origin;
use roster_web::screen::{Current, Screen, ScreenProps};
use roster_web::source::LoadEvent;
use roster_web::state::{Action, Parts, State};
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
        state: Current(state.clone()),
        act: Callback::noop(),
        wish: Callback::noop(),
        on_found: Callback::noop(),
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

/// What happens in a load, with the pages as an API sends them.
#[derive(Clone)]
pub(crate) enum Event {
    /// A page with these records.
    Page(Page),
    /// Anything else.
    Load(LoadEvent),
}

impl From<LoadEvent> for Event {
    fn from(event: LoadEvent) -> Self {
        Self::Load(event)
    }
}

/// The load of a source's first page of everything begins.
pub(crate) fn began(provider: &str) -> Event {
    let source = State::default();
    let query = source.source(provider).unwrap().query().unwrap();
    LoadEvent::Began(query).into()
}

/// The state after these events of one source's load. The pages are those that the state has, and the new ones.
pub(crate) fn hear(state: &Rc<State>, provider: &'static str, events: impl IntoIterator<Item = Event>) -> Rc<State> {
    let mut intake = loaded_again(state);
    let action = |event| {
        let event = match event {
            Event::Load(event) => event,
            Event::Page(page) => {
                let progress = Progress {
                    n_pages: 1,
                    n_items: page.n_items(),
                    total: page.total,
                };
                LoadEvent::PageLoaded {
                    freshness: page.freshness,
                    taken: intake.take(page),
                    progress,
                    budget: None,
                }
            }
        };
        Action::Loaded {
            provider,
            generation: 1,
            event,
            index: intake.index(),
            now: NOW,
        }
    };
    let actions: Vec<Action> = events.into_iter().map(action).collect();
    apply(state, actions)
}

/// An intake with the rows of a state.
fn loaded_again(state: &State) -> Intake {
    let mut intake = Intake::default();
    let all = state.index.window(&state.answer(), 0, usize::MAX);
    for row in all.rows.iter().filter_map(|row| state.index.row(*row)) {
        let Event::Page(page) = page(row.provider(), &[row.text()]) else {
            unreachable!("a page is a page")
        };
        intake.take(page);
    }
    intake
}

/// What one more request told of a profile of the list.
pub(crate) fn told(state: &Rc<State>, key: &str, parts: Parts) -> Rc<State> {
    let mut intake = loaded_again(state);
    if let Parts::Loaded(row) = &parts {
        intake.learn(row);
    }
    apply(state, [Action::PartsHeard(key.to_owned(), parts, intake.index())])
}

/// A page of one source that holds these records, as the API would send it.
pub(crate) fn page(provider: &str, records: &[&str]) -> Event {
    let key = if provider == "insightiq" { "data" } else { "profiles" };
    let body = format!(r#"{{"{key}":[{}]}}"#, records.join(","));
    let query = Query::new(provider, "profiles").unwrap();
    let parsed = query
        .provider()
        .unwrap()
        .parse(&query.request().unwrap(), &Response::new(200, body));
    Event::Page(parsed.unwrap())
}

/// A screen on which one source has loaded these records and has more.
pub(crate) fn with(provider: &'static str, records: &[&str]) -> Rc<State> {
    let events = [began(provider), page(provider, records), LoadEvent::Rested(None).into()];
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
