//! A card: seven slots, filled by the provider's look.

use roster_core::UnixMs;
use yew::{Callback, Html, Properties, component, html};

use super::Wish;
use super::avatar::Avatar;
use crate::icon::Icon;
use crate::look::{Badge, Bar, Face, Line, Mark, Subject, face, short_id};
use crate::roll::Row;
use crate::state::{Action, opener_id};
use crate::texts;

/// Properties of [`Card`].
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// The profile.
    pub row: Row,
    /// The same profile with its extended parts, if they were loaded.
    pub parts: Option<Row>,
    /// How many loaded profiles belong to the same person.
    pub n_of_person: usize,
    /// Whether those parts are being asked for.
    pub is_checking: bool,
    /// Whether its drawer is open.
    pub is_open: bool,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// One profile. The name opens it; the id can be copied.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let row = &props.row;
    let key = row.key();
    let face = face(&Subject {
        provider: row.provider(),
        id: row.id(),
        text: row.text(),
        parts: props.parts.as_ref().map(Row::text),
        now: props.now,
        n_of_person: props.n_of_person,
    });
    let class = if props.is_open { "card card--open" } else { "card" };
    html! {
        <article class={class} data-key={key.clone()} data-provider={row.provider()} aria-labelledby={opener_id(&key)}>
            { head(&face, &key, props) }
            <div class="card__badges">{ for face.badges.iter().flatten().map(badge) }</div>
            <div class="card__lines">{ for face.lines.iter().map(|one| line(one, props)) }</div>
            <div class="card__bar">{ face.bar.as_ref().map(bar) }</div>
            <div class="card__lines">{ for face.after.iter().map(|one| line(one, props)) }</div>
            { foot(&face, row, &key, &props.act) }
        </article>
    }
}

fn head(face: &Face, key: &str, props: &CardProps) -> Html {
    let on_open = {
        let key = key.to_owned();
        props.act.reform(move |_| Action::ProfileOpened(key.clone()))
    };
    let second = face
        .second
        .as_ref()
        .map(|second| html! { <bdi class="card__second" data-slot="second">{ second }</bdi> });
    html! {
        <header class="card__head">
            <Avatar name={face.name.clone()} picture={face.picture.clone()} has_pictures={props.has_pictures} />
            <div class="card__names">
                <h3 class="card__name">
                    <button type="button" id={opener_id(key)} class="card__opener" data-action="open" title={face.name.clone()}
                        aria-expanded={props.is_open.to_string()} onclick={on_open}><bdi>{ &face.name }</bdi></button>
                </h3>
                <div class="card__second-line">{ second }</div>
            </div>
            <div class="card__marks" data-slot="state">{ for face.marks.iter().map(mark) }</div>
        </header>
    }
}

fn mark(mark: &Mark) -> Html {
    html! {
        <span class={format!("mark mark--{}", mark.tone.word())}>{ mark.icon.map(Icon::draw) }<bdi>{ &mark.text }</bdi></span>
    }
}

fn badge(badge: &Badge) -> Html {
    let (class, title) = if badge.is_troubled {
        (
            "badge badge--troubled",
            format!("{}, {}", badge.title, texts::NEEDS_ATTENTION),
        )
    } else {
        ("badge", badge.title.clone())
    };
    html! {
        <span class={class} title={title.clone()} role="img" aria-label={title}>
            <bdi>{ &badge.short }</bdi>{ badge.is_troubled.then(|| Icon::Warn.draw()) }
        </span>
    }
}

fn line(line: &Line, props: &CardProps) -> Html {
    let check = line.is_checkable.then(|| check(props));
    html! {
        <p class={format!("card__line card__line--{} tone--{}", line.slot, line.tone.word())} data-slot={line.slot}>
            { line.icon.map(Icon::draw) }<bdi>{ &line.text }</bdi>{ check }
        </p>
    }
}

/// The one request for what the list does not hold.
fn check(props: &CardProps) -> Html {
    let key = props.row.key();
    let on_click = props.wish.reform(move |_| Wish::Parts(key.clone()));
    html! {
        <button type="button" class="text-button" data-action="check" title={texts::LOAD_PARTS} disabled={props.is_checking}
            onclick={on_click}>{ if props.is_checking { texts::ASKING } else { texts::CHECK } }</button>
    }
}

fn bar(bar: &Bar) -> Html {
    html! {
        <progress class="meter" max="100" value={bar.percent.to_string()} aria-label={bar.text.clone()}>{ &bar.text }</progress>
    }
}

fn foot(face: &Face, row: &Row, key: &str, act: &Callback<Action>) -> Html {
    let id = row.id().to_owned();
    let on_copy = {
        let id = id.clone();
        move |_| crate::page::copy(&id)
    };
    let key = key.to_owned();
    let on_open = act.reform(move |_| Action::ProfileOpened(key.clone()));
    html! {
        <footer class="card__foot">
            <span class="card__date" data-slot="date">{ face.date.clone() }</span>
            <span class="card__id" data-slot="id">
                <code title={id.clone()}>{ short_id(&id) }</code>
                <button type="button" class="icon-button" aria-label={texts::copy_id(&id)} onclick={on_copy}>{ Icon::Copy.draw() }</button>
            </span>
            <button type="button" class="card__details" tabindex="-1" aria-hidden="true" onclick={on_open}><span class="card__details-word">{ texts::DETAILS }</span>{ Icon::Forth.draw() }</button>
        </footer>
    }
}
