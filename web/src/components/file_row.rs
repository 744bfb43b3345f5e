//! One opened file: a source of its own, with what it is doing and what a person can do about it.

use yew::{Callback, Html, Properties, component, html};

use super::Wish;
use super::source_row::rejected;
use crate::file_source::{FileLoad, FileSource};
use crate::format::length;
use crate::icon::Icon;
use crate::shared::Shared;
use crate::texts;

/// Properties of [`FileRow`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileRowProps {
    /// The file.
    pub file: Shared<FileSource>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// A row like that of an API.
#[component]
pub fn FileRow(props: &FileRowProps) -> Html {
    let file = &props.file;
    html! {
        <li class="source-row" data-file={file.name.clone()} data-state={file.state_word()}>
            <div class="source-row__head">
                <span class="source-row__state">{ icon(&file.load).draw() }</span>
                <strong class="source-row__title"><bdi>{ file.name.clone() }</bdi></strong>
                <span class="source-row__count">{ length(file.n_profiles()) }</span>
            </div>
            <p class="source-row__progress"><bdi>{ texts::file_progress(file) }</bdi></p>
            <div class="source-row__meter">{ meter(file) }</div>
            <p class="source-row__facts">{ texts::file_facts(file) }</p>
            <div class="source-row__actions">{ for actions(&file.load).iter().map(|action| button(action, props)) }</div>
            <div>{ failure(file) }</div>
            <div>{ rejected(&file.roll.rejected) }</div>
        </li>
    }
}

const fn icon(load: &FileLoad) -> Icon {
    match load {
        FileLoad::Asked => Icon::Info,
        FileLoad::Reading { .. } => Icon::Busy,
        FileLoad::Done => Icon::Check,
        FileLoad::Stopped => Icon::Stop,
        FileLoad::Failed(_) => Icon::Warn,
    }
}

const fn actions(load: &FileLoad) -> &'static [&'static str] {
    match load {
        FileLoad::Asked => &["open-anyway", "remove-file"],
        FileLoad::Reading { .. } => &["cancel"],
        FileLoad::Done | FileLoad::Stopped | FileLoad::Failed(_) => &["remove-file"],
    }
}

fn button(action: &'static str, props: &FileRowProps) -> Html {
    let file = props.file.clone();
    let (word, wish) = match action {
        "open-anyway" => (texts::OPEN_ANYWAY, Wish::OpenLarge(file.clone())),
        "cancel" => (texts::CANCEL, Wish::StopFile(file.id)),
        _ => (texts::REMOVE_FILE, Wish::CloseFile(file.id)),
    };
    let on_click = props.wish.reform(move |_| wish.clone());
    let label = [&file.name, ": ", word].concat();
    html! {
        <button key={action} type="button" class="button" data-action={action} aria-label={label} onclick={on_click}>{ word }</button>
    }
}

fn meter(file: &FileSource) -> Html {
    let FileLoad::Reading { n_bytes, n_taken_bytes } = file.load else {
        return html! {};
    };
    html! {
        <progress class="meter" max={(2 * file.len_bytes).to_string()} value={(n_bytes + n_taken_bytes).to_string()} aria-label={file.name.clone()} />
    }
}

fn failure(file: &FileSource) -> Html {
    let FileLoad::Failed(error) = &file.load else {
        return html! {};
    };
    let explained = texts::file_wrong(&file.name, error);
    html! {
        <div class="error-panel" data-testid="error">
            <p class="error-panel__what">{ Icon::Warn.draw() }<span><bdi>{ explained.what }</bdi></span></p>
            <p class="error-panel__next"><bdi>{ explained.next }</bdi></p>
        </div>
    }
}
