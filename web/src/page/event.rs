//! Events of the page, and the pause after a frame.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CustomEvent, Element, Event, EventTarget, KeyboardEvent};
use yew::Callback;

use super::{fragment, scroll, window};
use crate::keys::LEAD;
use crate::state::Spot;
use crate::url::Link;

/// Listens to an event until it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(super) fn on_window(name: &'static str, heard: impl FnMut(Event) + 'static) -> Option<Self> {
        let target: EventTarget = window()?.into();
        let closure = Closure::new(heard);
        target
            .add_event_listener_with_callback(name, closure.as_ref().unchecked_ref())
            .ok()?;
        Some(Self { target, name, closure })
    }

    /// Hears the address and the place in the list when somebody goes back or forth, or changes the address.
    pub(crate) fn on_link(heard: Callback<(Link, Option<Spot>)>) -> Option<Self> {
        Self::on_window("hashchange", move |_| {
            heard.emit((Link::parse(&fragment()), scroll::spot()));
        })
    }

    /// Hears which element has the focus, for the case that it is taken away.
    pub(crate) fn on_focus() -> Option<Self> {
        Self::on_window("focusin", |event| {
            let focused = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            focused.into_iter().for_each(super::focus::remember);
        })
    }

    /// Hears that the page was scrolled.
    pub(crate) fn on_scroll(heard: Callback<()>) -> Option<Self> {
        Self::on_window("scroll", move |_| heard.emit(()))
    }

    /// Hears that scrolling has come to rest, or that the page is left.
    pub(crate) fn on_rest(heard: Callback<()>) -> Option<Self> {
        Self::on_window("scrollend", move |_| heard.emit(()))
    }

    /// Hears that the window has another size.
    pub(crate) fn on_resize(heard: Callback<()>) -> Option<Self> {
        Self::on_window("resize", move |_| heard.emit(()))
    }

    /// Hears that personal data is to be hidden.
    pub(crate) fn on_mask(heard: Callback<()>) -> Option<Self> {
        Self::on_window(MASK, move |_| heard.emit(()))
    }

    /// Hears each text that the browser refused to copy.
    pub(crate) fn on_uncopied(heard: Callback<String>) -> Option<Self> {
        Self::on_window(UNCOPIED, move |event| {
            let text = event
                .dyn_ref::<CustomEvent>()
                .and_then(|event| event.detail().as_string());
            if let Some(text) = text {
                heard.emit(text);
            }
        })
    }

    /// Hears that something needs a network and there is none.
    pub(crate) fn on_offline(heard: Callback<()>) -> Option<Self> {
        Self::on_window(OFFLINE, move |_| heard.emit(()))
    }

    /// Hears that there is a network again.
    pub(crate) fn on_online(heard: Callback<()>) -> Option<Self> {
        Self::on_window(ONLINE, move |_| heard.emit(()))
    }

    /// Hears a key that is pressed alone, or the second of two with the first before it, wherever the focus is, unless it goes to something that takes text. Says by
    /// its answer whether the key was a command, which nobody else then hears.
    pub(crate) fn on_key(heard: Callback<String, bool>) -> Option<Self> {
        let mut lead: Option<f64> = None;
        Self::on_window("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented());
            let key = led(event, lead.take());
            if key == LEAD && is_plain && !is_writing(event) {
                lead = Some(event.time_stamp());
            }
            if is_plain
                && !(key == "Escape" && is_popped_up(event))
                && (key == "Escape" || !is_writing(event))
                && heard.emit(key)
            {
                event.prevent_default();
            }
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _gone = self.target.remove_event_listener_with_callback(self.name, callback);
    }
}

/// The event by which the page says that personal data is to be hidden.
pub(super) const MASK: &str = "roster-mask";

/// The event by which the page says that the browser refused to copy a text, which is its detail.
pub(super) const UNCOPIED: &str = "roster-uncopied";

/// The event by which the page says that something waits for a network.
pub(super) const OFFLINE: &str = "roster-offline";

/// The browser's own event for a network that is there again.
pub(super) const ONLINE: &str = "online";

/// The key, after the one that led it if that is not long ago.
fn led(event: &KeyboardEvent, lead: Option<f64>) -> String {
    const LONG_MS: f64 = 1_500.0;
    let is_led = lead.is_some_and(|at_ms| event.time_stamp() - at_ms < LONG_MS);
    if is_led && event.key().chars().count() == 1 {
        return [LEAD, " ", &event.key()].concat();
    }
    event.key()
}

/// Whether the key goes to something that takes text.
fn is_writing(event: &KeyboardEvent) -> bool {
    const WRITABLE: &str =
        "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog *";
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(WRITABLE).unwrap_or(false))
}

/// Whether something that the browser popped up is open: Escape closes it and nothing else.
fn is_popped_up(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let document = element.and_then(|element| element.owner_document());
    document.is_some_and(|document| {
        document
            .query_selector(":popover-open")
            .is_ok_and(|open| open.is_some())
    })
}

/// What was clicked inside a card: its `data-action`, and the card's `data-key`.
pub(crate) fn clicked(event: &Event) -> Option<(String, String)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let action = target.closest("[data-action]").ok()??;
    // A button that does nothing now keeps the focus, which one that is disabled would lose.
    if action.get_attribute("aria-disabled").as_deref() == Some("true") {
        return None;
    }
    let card = target.closest("[data-key]").ok()??;
    Some((action.get_attribute("data-action")?, card.get_attribute("data-key")?))
}

/// The place in the list of the card in which something happened.
pub(crate) fn place_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let card = target.closest("[data-place]").ok()??;
    card.get_attribute("data-place")?.parse().ok()
}

/// Calls once, after a moment, unless it is dropped before.
pub(crate) struct Timer(#[expect(dead_code, reason = "it ends when it is dropped")] Timeout);

/// Long enough for a frame, in milliseconds.
const AFTER_FRAME_MS: u32 = 24;

/// Longer than the pause between two letters of somebody who types, in milliseconds.
const REST_MS: u32 = 400;

impl Timer {
    /// Starts to wait for the end of the next frame.
    pub(crate) fn after_frame(heard: Callback<()>) -> Option<Self> {
        Self::after(AFTER_FRAME_MS, heard)
    }

    /// Starts to wait until nothing has happened for a moment.
    pub(crate) fn at_rest(heard: Callback<()>) -> Option<Self> {
        Self::after(REST_MS, heard)
    }

    fn after(wait_ms: u32, heard: Callback<()>) -> Option<Self> {
        window()?;
        Some(Self(Timeout::new(wait_ms, move || heard.emit(()))))
    }
}
