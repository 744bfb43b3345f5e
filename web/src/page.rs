//! The one seam to the page: address, storage, focus, clipboard, events. A browser that refuses any of it (storage
//! turned off, no clipboard) gets the default; nothing here can fail.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, KeyboardEvent, Storage, Window};
use yew::Callback;

use crate::state::Settings;
use crate::theme::Theme;

const THEME_KEY: &str = "roster.theme";
const PICTURES_KEY: &str = "roster.pictures";

#[expect(clippy::disallowed_methods, reason = "the seam to the page")]
fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs only the memory of a setting.
        let _refused = storage.set_item(key, value);
    }
}

/// The file that plays the demo, as the build has named it in the page.
#[cfg(target_arch = "wasm32")]
pub(crate) fn demo_file() -> Option<String> {
    let named = document()?.query_selector("meta[name=roster-demo]").ok()??;
    named.get_attribute("content")
}

/// The text after `#`.
pub(crate) fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default()
}

/// Replaces the text after `#` without a new entry in the history.
pub(crate) fn set_fragment(fragment: &str) {
    let Some(window) = window() else { return };
    let location = window.location();
    if location.hash().is_ok_and(|now| now.trim_start_matches('#') == fragment) {
        return;
    }
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let hash = if fragment.is_empty() {
        path
    } else {
        format!("{path}#{fragment}")
    };
    if let Ok(history) = window.history() {
        let _refused = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&hash));
    }
}

/// The address of the page with everything in it.
fn address() -> String {
    let href = window().and_then(|window| window.location().href().ok());
    href.unwrap_or_default()
}

/// The theme that was chosen here before.
fn stored_theme() -> Option<Theme> {
    stored(THEME_KEY).map(|word| Theme::from_word(&word))
}

/// Shows a theme.
pub(crate) fn show_theme(theme: Theme) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let _refused = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.word()),
        };
    }
}

/// Keeps a chosen theme.
pub(crate) fn store_theme(theme: Theme) {
    store(THEME_KEY, theme.word());
}

/// Whether pictures were allowed here before.
fn stored_pictures() -> bool {
    stored(PICTURES_KEY).as_deref() == Some("shown")
}

/// Keeps whether pictures are allowed.
pub(crate) fn store_pictures(has_pictures: bool) {
    store(PICTURES_KEY, if has_pictures { "shown" } else { "hidden" });
}

/// Below this width the page has one column; the style sheets have the same number, 60 rem.
const NARROW_PX: f64 = 960.0;

/// Whether there is room for one column only.
fn is_narrow() -> bool {
    let width = window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width_px| width_px < NARROW_PX)
}

/// What the page knows at the start.
pub(crate) fn settings() -> Settings {
    Settings {
        theme: stored_theme(),
        has_pictures: stored_pictures(),
        page_address: address(),
        is_narrow: is_narrow(),
    }
}

/// Moves the focus to the element with this id, if it is there.
pub(crate) fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _refused = element.focus();
    }
}

/// Puts a text on the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = window() {
        let promise = window.navigator().clipboard().write_text(text);
        // A refusal leaves the clipboard as it was; the text stays on the screen to be copied by hand.
        yew::platform::spawn_local(async move {
            let _refused = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// Keeps a text as a file, under a name.
pub(crate) fn download(name: &str, media_type: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options);
    let Some(url) = blob
        .ok()
        .and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob).ok())
    else {
        return;
    };
    let link = document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _refused = link
            .set_attribute("href", &url)
            .and_then(|()| link.set_attribute("download", name));
        link.click();
    }
    let _refused = web_sys::Url::revoke_object_url(&url);
}

/// Listens to an event until it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn on_window(name: &'static str, heard: impl FnMut(Event) + 'static) -> Option<Self> {
        let target: EventTarget = window()?.into();
        let closure = Closure::new(heard);
        target
            .add_event_listener_with_callback(name, closure.as_ref().unchecked_ref())
            .ok()?;
        Some(Self { target, name, closure })
    }

    /// Hears the text after `#` when somebody else changes it.
    pub(crate) fn on_fragment(heard: Callback<String>) -> Option<Self> {
        Self::on_window("hashchange", move |_| heard.emit(fragment()))
    }

    /// Hears the Escape key, wherever the focus is.
    pub(crate) fn on_escape(heard: Callback<()>) -> Option<Self> {
        Self::on_window("keydown", move |event| {
            let is_escape = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "Escape");
            if is_escape {
                heard.emit(());
            }
        })
    }

    /// Hears the slash key, unless somebody is writing.
    pub(crate) fn on_slash(heard: Callback<()>) -> Option<Self> {
        Self::on_window("keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
            if event.key() == "/" && is_plain && !is_writing(event) {
                event.prevent_default();
                heard.emit(());
            }
        })
    }
}

/// Whether the key goes to something that takes text.
fn is_writing(event: &KeyboardEvent) -> bool {
    const WRITABLE: &str = "input:not([type=checkbox]), textarea, select, [contenteditable]";
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(WRITABLE).unwrap_or(false))
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _gone = self.target.remove_event_listener_with_callback(self.name, callback);
    }
}

/// The element in which the program is drawn; what the page came with makes room.
#[cfg(target_arch = "wasm32")]
pub(crate) fn app_root() -> Option<Element> {
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
