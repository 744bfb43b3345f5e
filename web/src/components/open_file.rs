//! Opens files: by a button, or by dropping them anywhere on the page.

use yew::{Callback, Event, Html, Properties, component, html, use_effect_with};

use super::Wish;
use crate::icon::Icon;
use crate::{page, texts};

/// Properties of [`OpenFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct OpenFileProps {
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// Id of the browser's own control, which is not shown.
pub(super) const INPUT_ID: &str = "files";

/// A button, and the sentence that lies over the page while a file is held above it.
#[component]
pub fn OpenFile(props: &OpenFileProps) -> Html {
    let on_files = props.wish.reform(Wish::OpenFiles);
    let dropped = on_files.clone();
    use_effect_with((), move |()| {
        let listeners = page::Listener::on_drop(&dropped);
        move || drop(listeners)
    });
    let on_change = move |event: Event| on_files.emit(page::chosen(&event));
    html! {
        <div class="open-file">
            <button type="button" class="button button--quiet" data-action="open-file" title={texts::OPEN_FILE_HELP} onclick={|_| page::click(INPUT_ID)}>
                { Icon::Open.draw() }<span class="open-file__word">{ texts::OPEN_FILE }</span>
            </button>
            <input id={INPUT_ID} type="file" multiple=true hidden=true data-testid="files" aria-label={texts::OPEN_FILE} onchange={on_change} />
            <p class="drop-hint" aria-hidden="true"><span>{ texts::DROP_HERE }</span></p>
        </div>
    }
}
