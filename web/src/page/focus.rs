//! The focus is never lost: where the element that had it is taken away, what stands in its place takes it.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use super::document;

/// What may take the focus unasked: things that do nothing by keys that scroll.
const FOCUSABLE: &str = "button:not([disabled]):not([tabindex='-1']), [role=combobox], summary, a[href]";

thread_local! {
    /// The element that had the focus last, and what it stood in, from the inside out.
    static LAST: RefCell<Vec<Element>> = RefCell::default();
}

/// Remembers where the focus is.
pub(super) fn remember(focused: Element) {
    let around = std::iter::successors(Some(focused), |element| element.parent_element());
    LAST.set(around.collect());
}

/// Gives the focus to the next thing that is still there, if the one that had it was taken away.
pub(crate) fn mend_focus() {
    let active = document().and_then(|document| document.active_element());
    if active.is_some_and(|active| active.tag_name() != "BODY") {
        return;
    }
    let last = LAST.take();
    if last.first().is_none_or(|focused| focused.is_connected()) {
        LAST.set(last);
        return;
    }
    let left = last.iter().filter(|element| element.is_connected());
    let mut next = left.filter_map(|element| element.query_selector(FOCUSABLE).ok()?);
    if let Some(element) = next.next().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _refused = element.focus_with_options(&options);
    }
}
