//! The demo's own WebAssembly module, which `crates/demo` exports.

use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use roster_core::{Error, Response, UnixMs};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Player, failed};

#[wasm_bindgen]
extern "C" {
    /// What the module exports.
    type Exports;

    #[wasm_bindgen(method, getter)]
    fn memory(this: &Exports) -> WebAssembly::Memory;

    #[wasm_bindgen(method, catch)]
    fn target(this: &Exports, len_bytes: u32) -> Result<u32, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn answer(this: &Exports, now_ms: f64) -> Result<u32, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn answered(this: &Exports) -> Result<u32, JsValue>;
}

/// The module, ready to play.
pub(crate) struct Module(Exports);

impl Module {
    /// Starts what the module's file holds.
    ///
    /// # Errors
    /// The file is not there, or it is not the module.
    pub(crate) async fn start(file: Response) -> Result<Self, Error> {
        if file.status != 200 {
            return Err(failed(&format!("its file answered with status {}", file.status)));
        }
        let started = instantiate(&file.body).await;
        started.map(Self).map_err(|cause| failed(&words(&cause)))
    }

    fn exchange(&self, target: &str, now: UnixMs) -> Result<Vec<u8>, JsValue> {
        let len_bytes = u32::try_from(target.len()).map_err(|_| "a target of 4 GiB")?;
        let at = self.0.target(len_bytes)?;
        self.bytes(at, len_bytes).copy_from(target.as_bytes());
        #[expect(clippy::cast_precision_loss, reason = "exact for 285,000 years")]
        let len_bytes = self.0.answer(now.0 as f64)?;
        Ok(self.bytes(self.0.answered()?, len_bytes).to_vec())
    }

    /// A view of its memory, to be used before the module is called again: growing makes it empty.
    fn bytes(&self, at: u32, len_bytes: u32) -> Uint8Array {
        Uint8Array::new_with_byte_offset_and_length(&self.0.memory().buffer(), at, len_bytes)
    }
}

impl Player for Module {
    fn answer(&self, target: &str, now: UnixMs) -> Result<Vec<u8>, String> {
        self.exchange(target, now).map_err(|cause| words(&cause))
    }
}

async fn instantiate(file: &[u8]) -> Result<Exports, JsValue> {
    let started = JsFuture::from(WebAssembly::instantiate_buffer(file, &Object::new())).await?;
    let instance = Reflect::get(&started, &"instance".into())?;
    Ok(Reflect::get(&instance, &"exports".into())?.unchecked_into())
}

fn words(cause: &JsValue) -> String {
    let error = cause.dyn_ref::<js_sys::Error>();
    error.map_or_else(|| "no reason is given".to_owned(), |error| error.message().into())
}
