//! The one seam to the page: address, storage, focus, clipboard, events. A browser that refuses any of it (storage
//! turned off, no clipboard) gets the default; nothing here can fail.

mod address;
mod clipboard;
mod connection;
mod event;
mod files;
mod focus;
mod paper;
#[cfg(target_arch = "wasm32")]
mod rest;
mod scroll;
mod settings;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, FocusOptions, HtmlElement, Node, NodeList, Storage, Window};
use yew::NodeRef;

pub(crate) use address::{address, forget_fragments, fragment, set_fragment};
#[cfg(target_arch = "wasm32")]
pub(crate) use clipboard::copy;
pub(crate) use clipboard::copy_then;
#[cfg(target_arch = "wasm32")]
pub(crate) use connection::{is_offline, online};
pub(crate) use event::{Listener, Timer, clicked, place_of};
#[cfg(target_arch = "wasm32")]
pub(crate) use files::Parts;
pub(crate) use files::{chosen, click, download};
pub(crate) use focus::mend_focus;
pub(crate) use paper::lay;
#[cfg(target_arch = "wasm32")]
pub(crate) use rest::whole;
pub(crate) use scroll::{hold_row, last_list_size, list_size, set_spot, show_row, spot, stick_head, top_px, width_px};
pub(crate) use settings::{
    settings, show_contrast, show_density, show_theme, store_columns, store_keys, store_pictures, store_theme,
    store_view, store_zone,
};

#[expect(clippy::disallowed_methods, reason = "the seam to the page")]
fn window() -> Option<Window> {
    // Where there is no page, as in native tests, there is nothing to reach.
    if cfg!(target_arch = "wasm32") {
        web_sys::window()
    } else {
        None
    }
}

fn document() -> Option<Document> {
    window()?.document()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// What was kept on this device under a name.
pub(crate) fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text on this device, or forgets it.
pub(crate) fn store(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs only the memory of a setting.
        let _refused = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

/// The file that plays the demo, as the build has named it in the page.
#[cfg(target_arch = "wasm32")]
pub(crate) fn demo_file() -> Option<String> {
    let named = document()?.query_selector("meta[name=roster-demo]").ok()??;
    named.get_attribute("content")
}

/// Sets an attribute of the root element, or takes it away. The style sheets know it.
fn mark_root(name: &str, word: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _refused = match word {
            Some(word) => root.set_attribute(name, word),
            None => root.remove_attribute(name),
        };
    }
}

/// Has everything that shows personal data hide it.
pub(crate) fn mask() {
    if let Some(window) = window() {
        say(&window, event::MASK);
    }
}

fn say(window: &Window, name: &str) {
    if let Ok(event) = web_sys::Event::new(name) {
        let _refused = window.dispatch_event(&event);
    }
}

/// Below this width the page has one column; the style sheets have the same number, 60 rem.
const NARROW_PX: f64 = 960.0;

/// Whether there is room for one column only.
pub(crate) fn is_narrow() -> bool {
    let width = window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width_px| width_px < NARROW_PX)
}

/// The element with this id that can be seen.
fn element(id: &str) -> Option<HtmlElement> {
    seen(document()?.query_selector_all(&["[id=\"", id, "\"]"].concat()))
}

/// What opens a profile that can be seen below a node.
fn opener(root: &Node, key: &str) -> Option<HtmlElement> {
    let root: &Element = root.dyn_ref()?;
    let key = key.replace(['\\', '"'], "");
    seen(root.query_selector_all(&["[data-key=\"", &key, "\"] [data-action=open]"].concat()))
}

/// The first of these that can be seen. A list that was just answered anew still holds what it has not cleared.
fn seen(found: Result<NodeList, JsValue>) -> Option<HtmlElement> {
    let found = found.ok()?;
    let all = (0..found.length()).filter_map(|place| found.item(place)?.dyn_into::<HtmlElement>().ok());
    let mut seen = all.filter(|element| element.closest("[hidden]").is_ok_and(|hidden| hidden.is_none()));
    seen.next()
}

/// Writes another number into an element that holds one, for a component that draws no more of itself for it.
pub(crate) fn write_count(counting: &NodeRef, count: &str, text: &str) {
    let Some(element) = counting.cast::<Element>() else {
        return;
    };
    // The name of an attribute is never refused.
    let _refused = element.set_attribute("data-count", count);
    if let Some(written) = element.first_child() {
        written.set_node_value(Some(text));
    }
}

/// Moves the focus to the element with this id, if it is there.
pub(crate) fn focus(id: &str) {
    let element = match id.strip_prefix("open-") {
        Some(key) => document().and_then(|document| opener(document.body()?.as_ref(), key)),
        None => element(id),
    };
    if let Some(element) = element {
        let _refused = element.focus();
    }
}

/// Moves the focus to what opens a profile in a list, without scrolling: the place was shown before.
pub(crate) fn focus_opener(root: &NodeRef, key: &str) {
    if let Some(element) = root.get().and_then(|root| opener(&root, key)) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _refused = element.focus_with_options(&options);
    }
}

/// The key of the card that has the focus.
pub(crate) fn focused_key() -> Option<String> {
    let active = document()?.active_element()?;
    active.closest("[data-key]").ok()??.get_attribute("data-key")
}

/// The key and the place of the card that has the focus.
pub(crate) fn focused_card() -> Option<(String, usize)> {
    let active = document()?.active_element()?;
    let card = active.closest("[data-key][data-place]").ok()??;
    let place = card.get_attribute("data-place")?.parse().ok()?;
    Some((card.get_attribute("data-key")?, place))
}

/// Whether the focus is inside something.
pub(crate) fn is_focus_in(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Opens a dialog that is in the page, above everything else.
pub(crate) fn show_dialog(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(dialog) = element.and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        focus::remember_before();
        // It is open already.
        let _refused = dialog.show_modal();
    }
}

/// The element in which the program is drawn; what the page came with makes room.
#[cfg(target_arch = "wasm32")]
pub(crate) fn app_root() -> Option<web_sys::Element> {
    let root = document()?.get_element_by_id("app")?;
    root.set_text_content(None);
    Some(root)
}

/// Says on the page that the program has stopped. Used once, by the panic hook, when nothing else works any more.
#[cfg(target_arch = "wasm32")]
pub(crate) fn say_stopped(text: &str) {
    web_sys::console::error_1(&text.into());
    let element = document().and_then(|document| document.get_element_by_id("stopped"));
    if let Some(element) = element {
        element.set_text_content(Some(text));
        let _refused = element.remove_attribute("hidden");
    }
}
