//! The clipboard, which a page may lack and a browser may refuse.

use std::future::Future;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, FocusOptions, HtmlElement, Node};

use super::{document, event, window};

/// Puts a text on the clipboard, and says whether it is there. A text that is refused is told to the page, which shows it.
pub(crate) fn copy(text: &str) -> impl Future<Output = bool> + use<> {
    // A browser allows it to the click alone that asks for it.
    let promise = written(text);
    let is_there = promise.is_none() && copy_by_hand(text);
    let text = text.to_owned();
    async move {
        let is_there = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok() || copy_by_hand(&text),
            None => is_there,
        };
        if !is_there {
            refuse(&text);
        }
        is_there
    }
}

/// Puts a text on the clipboard, and does something once it is there.
pub(crate) fn copy_then(text: &str, done: impl FnOnce() + 'static) {
    let copied = copy(text);
    yew::platform::spawn_local(async move {
        if copied.await {
            done();
        }
    });
}

/// What the browser promises, if the page may use the clipboard.
fn written(text: &str) -> Option<js_sys::Promise> {
    let navigator = window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    let is_missing = clipboard.is_ok_and(|clipboard| clipboard.is_undefined());
    (!is_missing).then(|| navigator.clipboard().write_text(text))
}

/// A page that is not secure has no clipboard, and can only copy what is selected.
fn copy_by_hand(text: &str) -> bool {
    let Some(document) = document().and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok()) else {
        return false;
    };
    let active = document.active_element();
    // A dialog keeps the focus inside.
    let dialog = active.as_ref().and_then(|active| active.closest("dialog").ok()?);
    let place = dialog.map_or_else(|| document.body().map(Into::into), |dialog| Some(Node::from(dialog)));
    let made = document.create_element("textarea").ok();
    let area = made.and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    let mut is_there = false;
    if let (Some(place), Some(area)) = (place, area) {
        area.set_class_name("visually-hidden");
        area.set_value(text);
        let _placed = place.append_child(&area);
        area.select();
        is_there = document.exec_command("copy").unwrap_or(false);
        area.remove();
    }
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _refused = active.focus_with_options(&options);
    }
    is_there
}

/// Says that the browser refused to copy this text.
fn refuse(text: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(text));
    if let (Some(window), Ok(event)) = (window(), CustomEvent::new_with_event_init_dict(event::UNCOPIED, &init)) {
        let _refused = window.dispatch_event(&event);
    }
}
