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

thread_local! {
    /// The same of what had the focus before a dialog took it.
    static BEFORE: RefCell<Vec<Element>> = RefCell::default();
}

/// Remembers where the focus is before a dialog takes it. The browser gives it back where a person closes the dialog, but
/// not where it is taken away, as by going back.
pub(super) fn remember_before() {
    BEFORE.set(LAST.with_borrow(Clone::clone));
}

/// Remembers where the focus is.
pub(super) fn remember(focused: Element) {
    let around = std::iter::successors(Some(focused), |element| element.parent_element());
    LAST.set(around.collect());
}

/// Gives the focus to the next thing that is still there, if the one that had it was taken away.
pub(crate) fn mend_focus() {
    let active = document().and_then(|document| document.active_element());
    let active = active.filter(|active| active.tag_name() != "BODY");
    // What was folded away keeps the focus until the next frame and then has none.
    if let Some(over) = active
        .as_ref()
        .and_then(|active| summary_over(active).or_else(|| opener_of(active)))
    {
        return focus(&over);
    }
    if active.is_some() {
        return;
    }
    let last = LAST.take();
    if last.first().is_none_or(|focused| focused.is_connected()) {
        if let Some(opener) = last.first().and_then(opener_of) {
            focus(&opener);
        }
        LAST.set(last);
        return;
    }
    let was_dialog = last.iter().any(|element| element.tag_name() == "DIALOG");
    let before = if was_dialog { BEFORE.take() } else { Vec::new() };
    if let Some(own) = before
        .first()
        .filter(|own| own.is_connected() && own.matches(FOCUSABLE) == Ok(true))
    {
        return own.dyn_ref().into_iter().for_each(focus);
    }
    let left = before.iter().chain(&last).filter(|element| element.is_connected());
    let mut next = left.filter_map(|element| element.query_selector(FOCUSABLE).ok()?);
    if let Some(element) = next.next().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus(&element);
    }
}

/// What unfolds the closed group that an element stands in.
fn summary_over(element: &Element) -> Option<HtmlElement> {
    let group = element.closest("details:not([open])").ok()??;
    let summary = group.query_selector(":scope > summary").ok()??;
    let is_inside = !summary.contains(Some(element));
    summary.dyn_into().ok().filter(|_| is_inside)
}

/// What opens the closed popover that an element stands in, as the settings do on a narrow page.
fn opener_of(element: &Element) -> Option<HtmlElement> {
    let popover = element.closest("[popover]").ok()??;
    let is_seen = element.dyn_ref::<HtmlElement>()?.offset_parent().is_some();
    let opener = ["[popovertarget=\"", &popover.id(), "\"]"].concat();
    let opener = document()?.query_selector(&opener).ok()??;
    opener.dyn_into().ok().filter(|_| !is_seen)
}

fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _refused = element.focus_with_options(&options);
}
