//! Files of this device: those that are chosen or dropped, and those that are offered to be kept.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Uint8Array};
use roster_core::{Error, ErrorKind, UnixMs};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DragEvent, Event, File, FileList, HtmlElement, HtmlInputElement, Url};

use super::{Listener, document};
use crate::effects::Sink;
use crate::file_source::{FileBytes, Upload};

struct Chosen(File);

impl FileBytes for Chosen {
    fn name(&self) -> String {
        self.0.name()
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of bytes"
    )]
    fn len_bytes(&self) -> u64 {
        self.0.size() as u64
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    fn modified(&self) -> UnixMs {
        UnixMs(self.0.last_modified() as i64)
    }

    #[expect(clippy::cast_precision_loss, reason = "files are smaller than 2^53 bytes")]
    fn part(&self, from_bytes: u64, to_bytes: u64) -> LocalBoxFuture<'static, Result<Vec<u8>, Error>> {
        let part = self.0.slice_with_f64_and_f64(from_bytes as f64, to_bytes as f64);
        async move {
            let bytes = JsFuture::from(part.map_err(|cause| failed(&cause))?.array_buffer()).await;
            bytes
                .map(|bytes| Uint8Array::new(&bytes).to_vec())
                .map_err(|cause| failed(&cause))
        }
        .boxed_local()
    }
}

/// Why the browser cannot read it: it was moved, or may not be read.
fn failed(cause: &JsValue) -> Error {
    let error = cause.dyn_ref::<js_sys::Error>();
    let reason = error.map_or_else(|| "no reason is given".to_owned(), |error| error.message().into());
    Error::unexpected(ErrorKind::Network, "the file", "that the browser can read it", reason)
}

fn uploads(list: Option<FileList>) -> Vec<Upload> {
    let Some(list) = list else { return Vec::new() };
    let files = (0..list.length()).filter_map(|place| list.get(place));
    files.map(|file| Upload::new(Rc::new(Chosen(file)))).collect()
}

/// The files that were chosen in a control, which forgets them, so that the same file can be chosen again.
pub(crate) fn chosen(event: &Event) -> Vec<Upload> {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let files = uploads(input.as_ref().and_then(HtmlInputElement::files));
    if let Some(input) = input {
        input.set_value("");
    }
    files
}

/// Marks the page as one above which a file is held.
const HELD: &str = "data-held";

fn hold(is_held: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _refused = if is_held {
            root.set_attribute(HELD, "")
        } else {
            root.remove_attribute(HELD)
        };
    }
}

/// Whether files are held, and not a text or a link of the page.
fn has_files(event: &Event) -> bool {
    let kinds = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    kinds.is_some_and(|kinds| kinds.types().includes(&"Files".into(), 0))
}

impl Listener {
    /// Hears of files that are dropped anywhere on the page.
    pub(crate) fn on_drop(heard: &yew::Callback<Vec<Upload>>) -> Vec<Self> {
        let heard = heard.clone();
        let over = Self::on_window("dragover", |event| {
            if has_files(&event) {
                event.prevent_default();
                hold(true);
            }
        });
        let leave = Self::on_window("dragleave", |event| {
            let is_outside = event
                .dyn_ref::<DragEvent>()
                .is_some_and(|event| event.related_target().is_none());
            if is_outside {
                hold(false);
            }
        });
        let drop = Self::on_window("drop", move |event| {
            hold(false);
            if has_files(&event) {
                event.prevent_default();
                let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                heard.emit(uploads(data.and_then(|data| data.files())));
            }
        });
        [over, leave, drop].into_iter().flatten().collect()
    }
}

/// Clicks an element of the page, as a person would.
pub(crate) fn click(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// A text that becomes a file: parts of some length are given to the browser, which need not keep them in memory.
#[derive(Default)]
pub(crate) struct Parts {
    text: String,
    whole: Vec<JsValue>,
}

/// Length of a part, in bytes.
const PART_BYTES: usize = 1024 * 1024;

impl Sink for Parts {
    fn push(&mut self, text: &str) {
        self.text += text;
        if self.text.len() >= PART_BYTES {
            let part = Blob::new_with_str_sequence(&Array::of1(&std::mem::take(&mut self.text).into()));
            self.whole.extend(part.map(JsValue::from));
        }
    }

    fn save(&self, name: &str, media_type: &str) {
        let parts: Array = self.whole.iter().cloned().chain([JsValue::from(&self.text)]).collect();
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        if let Ok(blob) = Blob::new_with_blob_sequence_and_options(&parts, &options) {
            offer(name, &blob);
        }
    }
}

/// Offers a file to be kept under a name.
fn offer(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _refused = link
            .set_attribute("href", &url)
            .and_then(|()| link.set_attribute("download", name));
        link.click();
    }
    let _refused = Url::revoke_object_url(&url);
}

/// Keeps a text as a file, under a name.
pub(crate) fn download(name: &str, media_type: &str, text: &str) {
    let mut parts = Parts::default();
    parts.push(text);
    parts.save(name, media_type);
}
