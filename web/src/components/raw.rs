//! What one request told of a profile: its fields as a tree, and the text to the letter.

use yew::{AttrValue, Html, Properties, component, html};

use super::copy_button::CopyButton;
use super::json_tree::JsonTree;
use crate::icon::Icon;
use crate::texts::{self, raw};

/// Properties of [`Raw`].
#[derive(Clone, PartialEq, Properties)]
pub struct RawProps {
    /// Which request: `list` or `parts`.
    pub from: &'static str,
    /// The record exactly as received.
    pub text: AttrValue,
    /// The name of the file under which it is kept.
    pub file: AttrValue,
}

/// The tree first, the text below it.
#[component]
pub fn Raw(props: &RawProps) -> Html {
    let on_download = {
        let (file, text) = (props.file.clone(), props.text.clone());
        move |_| crate::page::download(&file, "application/json", &text)
    };
    html! {
        <section class="received" data-from={props.from} aria-label={raw::from(props.from)}>
            <div class="received__head">
                <h3 class="facts__title">{ raw::from(props.from) }</h3>
                <CopyButton text={props.text.clone()} label={texts::COPY} word={texts::COPY} action="copy-raw" />
                <button type="button" class="button button--small" data-action="download-raw" onclick={on_download}>
                    { Icon::Save.draw() }{ raw::DOWNLOAD }
                </button>
            </div>
            <JsonTree text={props.text.clone()} />
            <details class="received__text">
                <summary>{ raw::AS_RECEIVED }</summary>
                <pre class="raw" data-testid={if props.from == "list" { "raw-json" } else { "raw-parts" }} tabindex="0"
                    aria-label={raw::AS_RECEIVED}>{ &props.text }</pre>
            </details>
        </section>
    }
}
