//! The facts of a drawer section: name and value, with three different words for "nothing".

use roster_core::UnixMs;
use yew::{Html, Properties, component, html};

use super::copy_button::CopyButton;
use super::safe_link::SafeLink;
use super::secret::Secret;
use crate::format::{date_time, near_date};
use crate::look::{Block, Fact, Value};
use crate::texts::{self, label};

/// Properties of [`FactList`].
#[derive(Clone, PartialEq, Properties)]
pub struct FactListProps {
    /// The facts.
    pub block: Block,
    /// The time now.
    pub now: UnixMs,
}

/// A list of facts under its title.
#[component]
pub fn FactList(props: &FactListProps) -> Html {
    let title = props
        .block
        .title
        .as_ref()
        .map(|title| html! { <h3 class="facts__title"><bdi>{ title }</bdi></h3> });
    html! {
        <div class="facts">
            <div>{ title }</div>
            <dl class="facts__list">
                { for props.block.facts.iter().map(|fact| draw(fact, props.now)) }
            </dl>
        </div>
    }
}

fn draw(fact: &Fact, now: UnixMs) -> Html {
    html! {
        <div class="fact">
            <dt class="fact__key" title={fact.key.clone()}>{ label(&fact.key) }</dt>
            <dd class="fact__value">{ value(fact, now) }<span>{ copy(fact) }</span>{ note(fact) }</dd>
        </div>
    }
}

fn note(fact: &Fact) -> Html {
    html! { <span class="fact__note">{ fact.note }</span> }
}

/// What people take along one by one: ids, handles and links.
const TAKEN: [&str; 6] = ["refId", "id", "platform_username", "username", "external_id", "url"];

fn copy(fact: &Fact) -> Option<Html> {
    let (Value::Text(text) | Value::Address(text)) = &fact.value else {
        return None;
    };
    let is_taken = TAKEN.contains(&&*fact.key) && !text.is_empty();
    is_taken.then(|| {
        let name = [texts::COPY, " ", &label(&fact.key)].concat();
        html! { <CopyButton text={text.clone()} label={name} action="copy-fact" /> }
    })
}

/// The value of a fact, or the word for why there is none.
pub(super) fn value(fact: &Fact, now: UnixMs) -> Html {
    let nothing = |word: &'static str, kind: &'static str| html! { <span class={format!("nothing nothing--{kind}")}>{ word }</span> };
    match &fact.value {
        Value::Text(text) => html! { <bdi class="fact__text">{ text }</bdi> },
        Value::Date(at) => html! { <time datetime={at.to_string()} title={at.to_string()}>{ dated(*at, now) }</time> },
        Value::Flag(flag) => html! { <span>{ texts::yes_no(*flag) }</span> },
        Value::Address(href) => html! { <SafeLink href={href.clone()} /> },
        Value::Secret(text) => html! { <Secret label={label(&fact.key)} text={text.clone()} /> },
        Value::Json(raw) => html! { <code class="fact__json">{ raw }</code> },
        Value::Share(percent, words) => html! {
            <span class="fact__share"><progress class="meter" max="100" value={percent.to_string()} aria-hidden="true" /><bdi>{ words }</bdi></span>
        },
        Value::NotSet => nothing(texts::NOT_SET, "not-set"),
        Value::NotInApi => nothing(texts::NOT_IN_API, "not-in-api"),
        Value::NotLoaded => nothing(texts::NOT_LOADED, "not-loaded"),
    }
}

/// The date and time, and how far it is from now if that is near.
fn dated(at: UnixMs, now: UnixMs) -> String {
    let (full, near) = (date_time(at), near_date(at, now));
    if full.starts_with(&near) {
        full
    } else {
        format!("{full} ({near})")
    }
}
