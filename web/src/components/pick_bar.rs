//! What can be done with all that is in the list, or with the chosen profiles of it.

use yew::{Callback, Html, Properties, component, html, use_state};

use super::Wish;
use crate::icon::Icon;
use crate::index::Answer;
use crate::picking::{Pick, Picked};
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::state::Action;
use crate::{page, texts};

/// Properties of [`PickBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct PickBarProps {
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// The chosen profiles.
    pub picked: Shared<Picked>,
    /// Whether the link names profiles.
    pub has_open: bool,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// A line of buttons, each with the number of profiles that it concerns.
#[component]
pub fn PickBar(props: &PickBarProps) -> Html {
    let (answer, n_picked) = (&props.answer, props.picked.len());
    let note = use_state(String::new);
    let button = |name: &'static str, icon: Icon, text: String, is_off: bool, action: Action| {
        let on_click = props.act.reform(move |_| action.clone());
        html! {
            <button key={name} type="button" class="button button--small" data-action={name} disabled={is_off} onclick={on_click}>
                { icon.draw() }{ text }
            </button>
        }
    };
    let export = texts::export(answer.total, n_picked);
    let chosen = (n_picked > 0).then(|| {
        let compare = Sheet::compare(props.picked.keys().take(5).map(str::to_owned).collect());
        let is_off = compare.is_none();
        html! {
            <>
                <span key="count" class="pick-bar__count" data-testid="picked">{ texts::n_picked(n_picked) }</span>
                { button("choose-none", Icon::Close, texts::CHOOSE_NONE.to_owned(), false, Action::Picked(Pick::Nothing)) }
                <span key="compare" title={texts::COMPARE_HELP}>
                    { button("compare", Icon::Cards, texts::COMPARE.to_owned(), is_off, Action::SheetShown(compare)) }
                </span>
            </>
        }
    });
    html! {
        <div class="pick-bar" role="group" aria-label={texts::CHOSEN}>
            <span class="pick-bar__chosen">{ chosen }</span>
            { button("choose-all", Icon::Check, texts::pick_all(answer.total), answer.total == 0, Action::Picked(Pick::All)) }
            { button("export", Icon::Save, export, answer.total == 0 && n_picked == 0, Action::SheetShown(Some(Sheet::Export))) }
            <button key="share" type="button" class="button button--small" data-action="share" onclick={share(props, &note)}>
                { Icon::Copy.draw() }{ texts::SHARE }
            </button>
            <span key="note" class="pick-bar__note" data-testid="shared"><bdi>{ (*note).clone() }</bdi></span>
        </div>
    }
}

/// Copies the page's address and says what it holds.
fn share(props: &PickBarProps, note: &yew::UseStateHandle<String>) -> Callback<yew::MouseEvent> {
    let text = texts::shared(&props.answer.filter.to_string(), props.has_open);
    let (wish, note) = (props.wish.clone(), note.clone());
    Callback::from(move |_| {
        let (wish, note, text) = (wish.clone(), note.clone(), text.clone());
        page::copy_then(&page::address(), move || {
            note.set(text.clone());
            wish.emit(Wish::Announce(text));
        });
    })
}
