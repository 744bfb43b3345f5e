//! The query over everything that is loaded, and what was not understood of it.

use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, KeyboardEvent, Properties, TargetCast, component, html};

use crate::icon::Icon;
use crate::index::{Answer, Remark};
use crate::shared::Shared;
use crate::state::{Action, QUERY_ID};
use crate::texts;

/// Properties of [`QueryBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct QueryBarProps {
    /// The query as written.
    pub query: String,
    /// What the index answers to it.
    pub answer: Shared<Answer>,
    /// What happened.
    pub act: Callback<Action>,
}

/// One line to write in. Every input is answered at once; Escape takes everything back.
#[component]
pub fn QueryBar(props: &QueryBarProps) -> Html {
    let on_input = props.act.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        Action::QueryTyped(input.map(|input| input.value()).unwrap_or_default())
    });
    html! {
        <div class="query" role="search">
            <div class="query__line">
                <span class="query__icon">{ Icon::Search.draw() }</span>
                <input id={QUERY_ID} class="query__input" type="search" data-testid="query-bar" value={props.query.clone()}
                    aria-label={texts::QUERY} placeholder={texts::QUERY_EXAMPLE} aria-describedby="query-remarks" aria-keyshortcuts="/"
                    autocomplete="off" autocapitalize="none" spellcheck="false" oninput={on_input} onkeydown={clearing(props)} />
            </div>
            <ul id="query-remarks" class="query__remarks" data-testid="query-remarks">
                { for props.answer.remarks.iter().map(|one| remark(one, &props.act)) }
            </ul>
        </div>
    }
}

/// Escape belongs to the bar as long as something stands in it; after that it closes what is open.
fn clearing(props: &QueryBarProps) -> Callback<KeyboardEvent> {
    let (act, is_blank) = (props.act.clone(), props.query.is_empty());
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !is_blank {
            event.prevent_default();
            event.stop_propagation();
            act.emit(Action::QueryTyped(String::new()));
        }
    })
}

fn remark(remark: &Remark, act: &Callback<Action>) -> Html {
    let button = remark.instead.clone().map(|instead| {
        let on_click = act.reform(move |_| Action::QueryTyped(instead.clone()));
        html! {
            <button type="button" class="text-button" data-action="use-suggestion" onclick={on_click}>{ texts::USE_SUGGESTION }</button>
        }
    });
    html! {
        <li class="query__remark">
            { Icon::Info.draw() }<span><code><bdi>{ &remark.about }</bdi></code>{ " · " }<bdi>{ &remark.text }</bdi>{ " " }{ button }</span>
        </li>
    }
}
