//! A profile in one line: name, state, platforms, what is wrong, date, id. The same slots as a card, for scanning.

use roster_core::UnixMs;
use yew::{AttrValue, Html, Properties, component, html};

use super::card::{badge, id_with_copy, mark, pick};
use crate::icon::Icon;
use crate::look::{Face, Line as CardLine, Subject, Tone, face};
use crate::marks::Needles;
use crate::roll::Row;

/// Badges that a line has room for.
const MAX_BADGES: usize = 4;

/// Properties of [`Line`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LineProps {
    /// The profile.
    pub(crate) row: Row,
    /// The same profile with its extended parts, if they were loaded.
    pub(crate) parts: Option<Row>,
    /// Its place in the list.
    pub(crate) place: usize,
    /// Id of its place in the document, whoever stands there.
    pub(crate) id: AttrValue,
    /// How many profiles there are in the list.
    pub(crate) total: usize,
    /// Whether its drawer is open.
    pub(crate) is_open: bool,
    /// Whether it is chosen.
    pub(crate) is_picked: bool,
    /// The words that are looked for.
    pub(crate) needles: Needles,
    /// The time now, to the minute.
    pub(crate) now: UnixMs,
}

/// One profile in one line.
#[component]
pub(crate) fn Line(props: &LineProps) -> Html {
    let row = &props.row;
    let key = row.key();
    let face = face(&Subject {
        provider: row.provider(),
        id: row.id(),
        text: row.text(),
        parts: props.parts.as_ref().map(Row::text),
        now: props.now,
        n_of_person: 0,
    });
    let class = if props.is_open { "line line--open" } else { "line" };
    let told = telling(&face);
    let tone = told.map_or(Tone::Plain, |line| line.tone);
    html! {
        <article class={class} data-key={key} data-provider={row.provider()} data-place={props.place.to_string()}
             aria-labelledby={&props.id} aria-posinset={(props.place + 1).to_string()} aria-setsize={props.total.to_string()}>
            { pick(&props.id, props.is_picked) }
            <h3 class="line__name">
                <button type="button" id={&props.id} class="line__opener" data-action="open" title={face.name.clone()}
                    aria-expanded={props.is_open.to_string()}>{ props.needles.mark(&face.name) }</button>
            </h3>
            <span class="line__marks">{ for face.marks.iter().take(1).map(mark) }</span>
            <span class="line__badges">{ for face.badges.iter().flatten().take(MAX_BADGES).map(badge) }</span>
            <span class={["line__told tone--", tone.word()].concat()}>
                { told.and_then(|line| line.icon).map(Icon::draw) }{ props.needles.mark(told.map_or("", |line| &line.text)) }
            </span>
            <span class="line__date" title={face.at.map(|at| at.to_string())}>{ face.date.clone() }</span>
            <span class="line__id">{ id_with_copy(row.id(), &props.id) }</span>
        </article>
    }
}

/// The line of a card that says most: what is wrong, else money or audience, else the first.
fn telling(face: &Face) -> Option<&CardLine> {
    let lines = || face.lines.iter().chain(&face.after);
    let worst = lines().find(|line| matches!(line.tone, Tone::Bad | Tone::Warn));
    let wanted = || lines().find(|line| ["trouble", "audience", "trial"].contains(&line.slot));
    worst.or_else(wanted).or_else(|| lines().next())
}
