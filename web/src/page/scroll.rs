//! Where the page is scrolled to, and how large the list's things are.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{DomRect, Element, HtmlElement};
use yew::NodeRef;

use super::window;
use crate::state::Spot;

/// The key under which the place in the list is kept with the address.
const PLACE: &str = "place";

/// The key under which that profile's key is kept.
const KEY: &str = "key";

/// How large the list's things are, as the style sheets have it.
#[derive(Clone, Copy)]
pub(crate) struct ListSize {
    /// Cards that fit side by side.
    pub(crate) columns: usize,
    /// Height of a row with the gap below it.
    pub(crate) row_px: f64,
    /// Height of the window.
    pub(crate) window_px: f64,
}

impl ListSize {
    /// Rows of which anything is seen in a window full of them.
    pub(crate) fn n_rows_seen(&self) -> usize {
        whole((self.window_px / self.row_px).ceil())
    }
}

/// Most columns that the style sheets know.
const MAX_COLUMNS: usize = 8;

thread_local! {
    /// What was measured last.
    static LAST_SIZE: Cell<Option<ListSize>> = const { Cell::new(None) };
}

/// What was measured last, which another list of cards may take for its own until it has measured.
pub(crate) fn last_list_size() -> Option<ListSize> {
    LAST_SIZE.get()
}

/// Measures the list by its probe, an element of the width of the narrowest card and the height of a row, each with the
/// gap beside it.
pub(crate) fn list_size(root: &NodeRef) -> Option<ListSize> {
    let root = root.cast::<HtmlElement>()?;
    let probe = root.query_selector(".list__probe").ok()??.get_bounding_client_rect();
    let window_px = window()?.inner_height().ok()?.as_f64()?;
    if probe.height() < 1.0 || probe.width() < 1.0 {
        return None;
    }
    let fitting = (f64::from(root.client_width()) / probe.width()).floor();
    let size = ListSize {
        columns: whole(fitting).clamp(1, MAX_COLUMNS),
        row_px: probe.height(),
        window_px,
    };
    LAST_SIZE.set(Some(size));
    Some(size)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small positive number"
)]
fn whole(number: f64) -> usize {
    number as usize
}

/// Keeps the table's head in sight, below what stays at the window's upper edge. A table that is wider than its box
/// scrolls sideways inside it, where a head cannot stick by itself: it is pushed.
pub(crate) fn stick_head(root: &NodeRef) {
    let Some(root) = root.cast::<HtmlElement>() else { return };
    let find = |selector: &str| root.query_selector(selector).ok().flatten();
    let (Some(table), Some(head)) = (find("table"), find("thead")) else {
        return;
    };
    let tools = window().and_then(|window| window.document()?.query_selector(".app__tools").ok()?);
    let lower_px = tools
        .map_or(0.0, |tools| tools.get_bounding_client_rect().bottom())
        .max(0.0);
    let is_wide = table.client_width() > root.client_width();
    let box_of: DomRect = table.get_bounding_client_rect();
    let most_px = (box_of.height() - head.get_bounding_client_rect().height()).max(0.0);
    let pushed_px = (lower_px - box_of.top()).clamp(0.0, most_px);
    let shift_px = if is_wide { pushed_px } else { 0.0 };
    let _refused = root.class_list().toggle_with_force("list--wide", is_wide);
    let style = root.style();
    for (name, px) in [("--head-shift", shift_px), ("--head-top", lower_px)] {
        let _refused = style.set_property(name, &[&px.round().to_string(), "px"].concat());
    }
}

/// How wide the list is, in pixels.
pub(crate) fn width_px(root: &NodeRef) -> Option<i32> {
    root.cast::<Element>().map(|root| root.client_width())
}

/// How far the window's upper edge is below the list's.
pub(crate) fn top_px(root: &NodeRef) -> Option<f64> {
    let root = root.cast::<Element>()?;
    Some(-root.get_bounding_client_rect().top())
}

/// Scrolls so that a row is seen. The list's beginning is shown with what stands above it, unless that is seen already.
pub(crate) fn show_row(root: &NodeRef, top_px: f64, row_px: f64, is_start: bool) {
    /// Room for what stays at the window's upper edge.
    const HEAD_PX: f64 = 160.0;
    let (Some(window), Some(element)) = (window(), root.cast::<Element>()) else {
        return;
    };
    let own_px = element.get_bounding_client_rect().top();
    let scrolled_px = window.scroll_y().unwrap_or_default();
    let window_px = window
        .inner_height()
        .ok()
        .and_then(|px| px.as_f64())
        .unwrap_or_default();
    let row_top_px = own_px + top_px;
    if is_start {
        if own_px < 0.0 {
            window.scroll_to_with_x_and_y(0.0, (scrolled_px + own_px - HEAD_PX).max(0.0));
        }
        return;
    }
    let is_seen = row_top_px >= HEAD_PX && row_top_px + row_px <= window_px;
    if !is_seen {
        window.scroll_to_with_x_and_y(0.0, scrolled_px + row_top_px - HEAD_PX);
    }
}

/// Scrolls so that a row's upper edge is so far below the window's.
pub(crate) fn hold_row(root: &NodeRef, top_px: f64, at_px: f64) {
    let (Some(window), Some(element)) = (window(), root.cast::<Element>()) else {
        return;
    };
    let moved_px = element.get_bounding_client_rect().top() + top_px - at_px;
    if moved_px.abs() >= 1.0 {
        window.scroll_by_with_x_and_y(0.0, moved_px);
    }
}

/// The place in the list that is kept with the address, so that the way back leads there.
pub(crate) fn spot() -> Option<Spot> {
    let state = window()?.history().ok()?.state().ok()?;
    let get = |key: &str| Reflect::get(&state, &JsValue::from_str(key)).ok();
    Some(Spot {
        at: whole(get(PLACE)?.as_f64()?),
        key: get(KEY).and_then(|key| key.as_string()),
    })
}

/// Keeps the place in the list with the address.
#[expect(clippy::cast_precision_loss, reason = "places are far below 2^53")]
pub(crate) fn set_spot(spot: &Spot) {
    super::address::write();
    let Some(history) = window().and_then(|window| window.history().ok()) else {
        return;
    };
    let state = js_sys::Object::new();
    // Setting a key of a plain object cannot fail; a browser that refuses the change loses only the place.
    let _set = Reflect::set(&state, &JsValue::from_str(PLACE), &JsValue::from_f64(spot.at as f64));
    if let Some(key) = &spot.key {
        let _set = Reflect::set(&state, &JsValue::from_str(KEY), &JsValue::from_str(key));
    }
    let _refused = history.replace_state(&state, "");
}
