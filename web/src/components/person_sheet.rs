//! Every profile of one person on one sheet.

use roster_core::UnixMs;
use yew::{Callback, Html, Properties, component, html};

use super::card::badge;
use super::sheet::SheetPlace;
use crate::index::Index;
use crate::look::{Subject, face};
use crate::person::{Person, Sum};
use crate::roll::Row;
use crate::state::Action;
use crate::texts;

/// Properties of [`PersonSheet`].
#[derive(Clone, PartialEq, Properties)]
pub struct PersonSheetProps {
    /// Everything that is loaded.
    pub index: Index,
    /// The person, `insightiq:9f2c…`.
    pub person: String,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
}

/// The person's profiles, and the audience of each platform.
#[component]
pub fn PersonSheet(props: &PersonSheetProps) -> Html {
    let person = Person::of(&props.index, &props.person);
    let total = |sum: &Sum| {
        html! {
            <tr key={sum.platform.clone()}>
                <th scope="row"><bdi>{ sum.platform.clone() }</bdi></th>
                <td>{ texts::summed(sum.followers, sum.n_unknown) }</td>
                <td>{ texts::summed(sum.subscribers, 0) }</td>
            </tr>
        }
    };
    html! {
        <SheetPlace title={texts::person_of(&person.name, person.rows.len())} kind="person" act={&props.act}>
            <table class="compare__table" data-testid="summed">
                <caption>{ texts::SUMMED }</caption>
                <thead><tr><th scope="col">{ texts::PLATFORM }</th><th scope="col">{ texts::FOLLOWERS }</th><th scope="col">{ texts::SUBSCRIBERS }</th></tr></thead>
                <tbody>{ for person.sums.iter().map(total) }</tbody>
            </table>
            <p class="panel__note">{ texts::SUMMED_HELP }</p>
            <ul class="person__list" role="list">{ for person.rows.iter().map(|row| one(row, props)) }</ul>
        </SheetPlace>
    }
}

fn one(row: &Row, props: &PersonSheetProps) -> Html {
    let face = face(&Subject {
        provider: row.provider(),
        id: row.id(),
        text: row.text(),
        parts: None,
        now: props.now,
        n_of_person: 1,
    });
    let key = row.key();
    let on_click = {
        let key = key.clone();
        props.act.reform(move |_| Action::ProfileOpened(key.clone()))
    };
    let lines = face
        .lines
        .iter()
        .take(2)
        .map(|line| html! { <span class="person__line"><bdi>{ line.text.clone() }</bdi></span> });
    html! {
        <li {key} class="person__one">
            <span>{ for face.badges.iter().flatten().map(badge) }</span>
            <button type="button" class="text-button" data-action="open-of-person" onclick={on_click}><bdi>{ face.name.clone() }</bdi></button>
            { for lines }
        </li>
    }
}
