//! Whether the browser has a network.
#![cfg(target_arch = "wasm32")]

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::AddEventListenerOptions;

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
