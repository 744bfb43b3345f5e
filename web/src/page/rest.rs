//! The second part of the program. The build cuts it from the first one, see `crates/split`; `start.js` fetches it.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Puts the second part beside the first one, whose exports these are: at once, or when it has come. Ends when it is
    /// there.
    #[wasm_bindgen(js_namespace = roster)]
    fn rest(exports: &JsValue, is_now: bool) -> Promise;
}

/// Loads the second part at once, which is asked for by whatever needs it sooner.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "it is exported to the page")]
pub fn load_rest(is_now: bool) {
    let _comes = rest(&wasm_bindgen::exports(), is_now);
}

/// Loads the second part behind what the page does now, and waits for it.
pub(crate) async fn whole() {
    // The promise is never rejected: what could not be loaded is asked for again.
    let _here = JsFuture::from(rest(&wasm_bindgen::exports(), false)).await;
}
