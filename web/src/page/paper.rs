//! The table that is printed. It is built of elements and text nodes when somebody prints, outside of what Yew draws: its
//! many thousand rows are needed for a moment only.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};
use yew::Callback;

use super::{Listener, document};
use crate::paper::Paper;

/// By this class the style sheets know the table, and by this mark on the root that it is what is printed.
const CLASS: &str = "paper";
const MARK: &str = "data-paper";

impl Listener {
    /// Hears that somebody prints, and afterwards takes away what was laid out.
    pub(crate) fn on_print(before: Callback<()>) -> [Option<Self>; 2] {
        let lay = Self::on_window("beforeprint", move |_| before.emit(()));
        [lay, Self::on_window("afterprint", |_| clear())]
    }
}

/// Puts the table into the document.
pub(crate) fn lay(paper: &Paper) {
    clear();
    let Some(document) = document() else { return };
    let (Some(root), Some(body)) = (document.document_element(), document.body()) else {
        return;
    };
    if let Some(table) = table(&document, paper) {
        // A page that takes no element any more has other troubles than its print.
        let _refused = body.append_child(&table);
        let _refused = root.set_attribute(MARK, "");
    }
}

fn clear() {
    let Some(document) = document() else { return };
    if let Ok(Some(table)) = document.query_selector(&[".", CLASS].concat()) {
        table.remove();
    }
    if let Some(root) = document.document_element() {
        let _refused = root.remove_attribute(MARK);
    }
}

fn table(document: &Document, paper: &Paper) -> Option<HtmlElement> {
    let table = element(document, "table")?;
    table.set_class_name(CLASS);
    let caption = element(document, "caption")?;
    caption.set_text_content(Some(&paper.title));
    let (head, body) = (element(document, "thead")?, element(document, "tbody")?);
    add_row(document, &head, &paper.heads, "th")?;
    for texts in &paper.rows {
        add_row(document, &body, texts, "td")?;
    }
    for part in [caption, head, body] {
        table.append_child(&part).ok()?;
    }
    table.dyn_into().ok()
}

fn add_row(document: &Document, part: &Element, texts: &[String], name: &str) -> Option<()> {
    let row = element(document, "tr")?;
    for text in texts {
        let cell = element(document, name)?;
        cell.set_text_content(Some(text));
        row.append_child(&cell).ok()?;
    }
    part.append_child(&row).ok().map(drop)
}

fn element(document: &Document, name: &str) -> Option<Element> {
    document.create_element(name).ok()
}
