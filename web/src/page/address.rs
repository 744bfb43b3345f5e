//! The page's address. Writing it takes the browser longer than drawing a list does, so it is written behind the frame,
//! in the order in which it was wished for.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use yew::Callback;

use super::{Timer, window};
use crate::state::QUERY_ID;

/// What is still to be written: the text after `#`, and whether the way back leads to the one before.
#[derive(Default)]
struct Waiting {
    fragments: Vec<(String, bool)>,
    timer: Option<Timer>,
}

thread_local! {
    static WAITING: RefCell<Waiting> = RefCell::default();
}

/// The text after `#`.
pub(crate) fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default()
}

/// The address of the page with everything in it.
pub(super) fn whole() -> String {
    let href = window().and_then(|window| window.location().href().ok());
    href.unwrap_or_default()
}

/// The same once everything that waits is written.
pub(crate) fn address() -> String {
    write();
    whole()
}

/// Replaces the text after `#` behind the next frame; as a step, the browser's way back leads to the old one. Somebody who
/// types is waited for: a browser that is told of every letter refuses to listen after a hundred.
pub(crate) fn set_fragment(fragment: &str, is_step: bool) {
    WAITING.with_borrow_mut(|waiting| {
        // Of what is only replaced the last one counts.
        if !is_step {
            waiting.fragments.pop_if(|(_, is_step)| !*is_step);
        }
        waiting.fragments.push((fragment.to_owned(), is_step));
        let has_step = waiting.fragments.iter().any(|(_, is_step)| *is_step);
        let write = Callback::from(|()| write());
        let is_typed = !has_step && super::is_focus_in(&["#", QUERY_ID].concat());
        waiting.timer = if is_typed {
            Timer::at_rest(write)
        } else {
            Timer::after_frame(write)
        };
    });
}

/// Writes what waits: whoever changes something about the present address must not meet the one before.
pub(super) fn write() {
    let waiting = WAITING.take();
    for (fragment, is_step) in &waiting.fragments {
        write_one(fragment, *is_step);
    }
}

/// Gives up what waits: somebody has gone to another address.
pub(crate) fn forget_fragments() {
    drop(WAITING.take());
}

fn write_one(fragment: &str, is_step: bool) {
    let Some(window) = window() else { return };
    let location = window.location();
    if location.hash().is_ok_and(|now| now.trim_start_matches('#') == fragment) {
        return;
    }
    let mut address = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if !fragment.is_empty() {
        address.push('#');
        address.push_str(fragment);
    }
    if let Ok(history) = window.history() {
        let _refused = if is_step {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            let state = history.state().unwrap_or(JsValue::NULL);
            history.replace_state_with_url(&state, "", Some(&address))
        };
    }
}
