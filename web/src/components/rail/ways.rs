//! Switches over the values of the platforms: has, has none, or any; and all of or any of.

use roster_index::Field;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

use crate::choice::Choice;
use crate::state::Action;
use crate::texts;

/// Properties of [`Ways`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct WaysProps {
    /// Whether profiles with any platform are wanted, or with none; `None` if both.
    pub(super) has: Option<bool>,
    /// Whether several values are all wanted.
    pub(super) wants_all: bool,
    /// What happened.
    pub(super) act: Callback<Action>,
}

/// The switches. Another answer leaves them alone.
#[component]
pub(super) fn Ways(props: &WaysProps) -> Html {
    let act = |choice: Choice| props.act.reform(move |_: MouseEvent| Action::Chosen(choice.clone()));
    let segment = |name: &'static str, title: &'static str, is_on: bool, choice: Choice| {
        html! {
            <button type="button" class="segment" data-way={name} aria-pressed={is_on.to_string()} onclick={act(choice)}>{ title }</button>
        }
    };
    let presence = |title, wanted| {
        segment(
            title,
            texts::presence(wanted),
            props.has == wanted,
            Choice::Presence(Field::Platform, wanted),
        )
    };
    html! {
        <div>
            <div class="segments" role="group" aria-label={texts::ACCOUNTS}>{ presence("any", None) }{ presence("has", Some(true)) }{ presence("none", Some(false)) }</div>
            <div class="segments" role="group" aria-label={texts::SEVERAL}>
                { segment("any-of", texts::ANY_OF, !props.wants_all, Choice::All(Field::Platform, false)) }
                { segment("all-of", texts::ALL_OF, props.wants_all, Choice::All(Field::Platform, true)) }
            </div>
        </div>
    }
}
