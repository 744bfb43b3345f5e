//! The second part of the program. The build cuts it from the first one, see `crates/split`; `start.js` fetches it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Puts the second part beside the first one, whose exports these are: at once, or when it has come.
    #[wasm_bindgen(js_namespace = roster)]
    fn rest(exports: &JsValue, is_now: bool);
}

/// Loads the second part: behind what the page does now, or at once, which is asked for by whatever needs it sooner.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "it is exported to the page")]
pub fn load_rest(is_now: bool) {
    rest(&wasm_bindgen::exports(), is_now);
}
