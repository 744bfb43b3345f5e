//! Whether the browser has a network, and whether somebody answers who does not let the page read.
#![cfg(target_arch = "wasm32")]

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AddEventListenerOptions, RequestInit, RequestMode};

use super::{event, say, window};

/// Whether the browser knows that it has no network.
pub(crate) fn is_offline() -> bool {
    window().is_some_and(|window| !window.navigator().on_line())
}

/// Says that something needs a network, and ends when there is one.
pub(crate) async fn online() {
    let Some(window) = window() else { return };
    say(&window, event::OFFLINE);
    while is_offline() {
        let heard = Promise::new(&mut |resolve, _| {
            let options = AddEventListenerOptions::new();
            options.set_once(true);
            // The name of an event is never refused.
            let _refused = window.add_event_listener_with_callback_and_add_event_listener_options(
                event::ONLINE,
                &resolve,
                &options,
            );
        });
        let _heard = JsFuture::from(heard).await;
    }
}

/// Whether anybody answers at an address, though the page may not read what.
pub(crate) async fn answers(url: &str) -> bool {
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    let asked = window().map(|window| window.fetch_with_str_and_init(url, &init));
    match asked {
        Some(asked) => JsFuture::from(asked).await.is_ok(),
        None => false,
    }
}
