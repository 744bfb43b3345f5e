//! A card: seven slots, filled by the provider's look. It holds no listener; the list hears for all cards.

use roster_core::UnixMs;
use roster_index::Field;
use yew::{AttrValue, Html, Properties, component, html, use_memo};

use super::avatar::avatar;
use super::list::Found;
use crate::icon::Icon;
use crate::look::{Badge, Bar, Face, Line, Mark, Subject, face, short_id};
use crate::marks::Needles;
use crate::roll::Row;
use crate::texts;

/// Properties of [`Card`].
#[derive(Clone, PartialEq, Properties)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own that is seen of a card"
)]
pub(crate) struct CardProps {
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
    /// How many loaded profiles belong to the same person.
    pub(crate) n_of_person: usize,
    /// Whether those parts are being asked for.
    pub(crate) is_checking: bool,
    /// Whether the request for them has failed.
    pub(crate) has_failed: bool,
    /// Whether its drawer is open.
    pub(crate) is_open: bool,
    /// Whether it is chosen.
    pub(crate) is_picked: bool,
    /// Whether pictures are loaded.
    pub(crate) has_pictures: bool,
    /// The words that are looked for.
    pub(crate) needles: Needles,
    /// Where one of them was found.
    pub(crate) found: Option<Found>,
    /// The time now, to the minute.
    pub(crate) now: UnixMs,
}

/// One profile. The name opens it; the id can be copied.
#[component]
pub(crate) fn Card(props: &CardProps) -> Html {
    let row = &props.row;
    let key = row.key();
    let seen = (row.clone(), props.parts.clone(), props.now, props.n_of_person);
    let face = use_memo(seen, |(row, parts, now, n_of_person)| {
        face(&Subject {
            provider: row.provider(),
            id: row.id(),
            text: row.text(),
            parts: parts.as_ref().map(Row::text),
            now: *now,
            n_of_person: *n_of_person,
        })
    });
    let class = if props.is_open { "card card--open" } else { "card" };
    let all = face.badges.as_deref().unwrap_or_default();
    // A single one stands before the handle, where it needs no room of its own.
    let (rest, single) = match (all, face.lines.first()) {
        ([single], Some(line)) if line.slot == "identity" => (&[][..], Some(single)),
        _ => (all, None),
    };
    html! {
        <article class={class} data-key={key} data-provider={row.provider()} data-place={props.place.to_string()}
            aria-labelledby={&props.id} aria-posinset={(props.place + 1).to_string()} aria-setsize={props.total.to_string()}>
            { head(&face, props) }
            { badges(rest) }
            <div class="card__lines">{ for face.lines.iter().enumerate().map(|(at, one)| line(one, single.filter(|_| at == 0), props)) }</div>
            <div class="card__bar">{ face.bar.as_ref().map(bar) }</div>
            <div class="card__lines card__lines--last">{ for face.after.iter().map(|one| line(one, None, props)) }{ found(&face, props) }</div>
            { foot(&face, row, &props.id) }
        </article>
    }
}

fn head(face: &Face, props: &CardProps) -> Html {
    // It is always there, or what stands before it would be written into its place.
    let second = face.second.as_deref();
    html! {
        <header class="card__head">
            { avatar(&face.name, face.picture.as_deref(), props.has_pictures) }
            <div class="card__names">
                <h3 class="card__name">
                    <button type="button" id={&props.id} class="card__opener" data-action="open" title={face.name.clone()}
                        aria-expanded={props.is_open.to_string()}><bdi>{ props.needles.mark_in_place(&face.name) }</bdi></button>
                </h3>
                <div class="card__second-line">
                    <span class="card__marks" data-slot="state">{ for face.marks.iter().map(mark) }</span>
                    <bdi class="card__second" data-slot="second">{ props.needles.mark_in_place(second.unwrap_or_default()) }</bdi>
                </div>
            </div>
            { pick(&props.id, props.is_picked) }
        </header>
    }
}

/// Chooses the profile whose name has this id. The list hears of it, as of every click in a card.
pub(super) fn pick(name_id: &str, is_picked: bool) -> Html {
    let id = ["pick-", name_id].concat();
    let label = [&id, " ", name_id].concat();
    html! {
        <label class="pick"><input type="checkbox" {id} class="pick__box" data-action="pick" checked={is_picked}
            aria-label={texts::CHOOSE} aria-labelledby={label} /></label>
    }
}

/// Copies the id that stands in front of it, and is named by it.
pub(super) fn id_with_copy(id: &str, name_id: &str) -> Html {
    let (own, shown) = (["copy-", name_id].concat(), ["id-", name_id].concat());
    let label = [&own, " ", &shown].concat();
    html! {
        <>
            <code id={shown} title={id.to_owned()}>{ short_id(id) }</code>
            <button type="button" id={own} class="icon-button" data-action="copy-id" aria-label={texts::COPY_ID} aria-labelledby={label}>{ Icon::Copy.draw() }</button>
        </>
    }
}

/// A state as icon and word.
pub(super) fn mark(mark: &Mark) -> Html {
    html! {
        <span class={["mark mark--", mark.tone.word()].concat()}>{ mark.icon.map(Icon::draw) }<bdi>{ mark.text.clone() }</bdi></span>
    }
}

/// The platforms, which are named together. An empty badge is not shown: that costs less than to take it away from a slot
/// whose next profile may have it.
fn badges(badges: &[Badge]) -> Html {
    const MANY: usize = 9;
    let n_slots = if badges.is_empty() { 0 } else { badges.len().max(MANY) };
    let titles: Vec<String> = badges.iter().map(title).collect();
    let title = (!badges.is_empty()).then(|| titles.join(" · "));
    let slots = (0..n_slots).map(|slot| slot_of(badges.get(slot), None));
    html! { <div class="card__badges" role={title.as_ref().map(|_| "img")} {title}>{ for slots }</div> }
}

/// A platform by itself.
pub(super) fn badge(badge: &Badge) -> Html {
    slot_of(Some(badge), Some(title(badge)))
}

fn title(badge: &Badge) -> String {
    if badge.is_troubled {
        [&badge.title, ", ", texts::NEEDS_ATTENTION].concat()
    } else {
        badge.title.clone()
    }
}

fn slot_of(badge: Option<&Badge>, title: Option<String>) -> Html {
    let is_troubled = badge.is_some_and(|badge| badge.is_troubled);
    let short = badge.map_or_else(String::new, |badge| badge.short.clone());
    html! {
        <bdi class="badge" data-troubled={is_troubled.then_some("")} role={title.as_ref().map(|_| "img")} {title}>{ short }{ is_troubled.then(|| Icon::Warn.draw()) }</bdi>
    }
}

/// Lines that say something in our words. A word that is looked for stands there by chance.
const OWN_WORDS: [&str; 3] = ["accounts", "trouble", "byok"];

fn is_received(line: &Line) -> bool {
    !OWN_WORDS.contains(&line.slot)
}

fn line(line: &Line, single: Option<&Badge>, props: &CardProps) -> Html {
    let check = line.is_checkable.then(|| html! { <span>{ check(props) }</span> });
    let text = if line.is_checkable && props.has_failed {
        html! { <bdi>{ texts::CHECK_FAILED }</bdi> }
    } else if is_received(line) {
        props.needles.mark(&line.text)
    } else {
        html! { <bdi>{ line.text.clone() }</bdi> }
    };
    html! {
        <p key={line.slot} class={["card__line card__line--", line.slot, " tone--", line.tone.word()].concat()} data-slot={line.slot}>
            { single.map(badge) }{ line.icon.map(Icon::draw) }{ text }{ check }
        </p>
    }
}

/// The one request for what the list does not hold.
fn check(props: &CardProps) -> Html {
    html! {
        <button type="button" class="text-button" data-action="check" title={texts::LOAD_PARTS} aria-disabled={props.is_checking.then_some("true")}>
            { match (props.is_checking, props.has_failed) {
                (true, _) => texts::ASKING,
                (false, true) => texts::TRY_AGAIN,
                (false, false) => texts::CHECK,
            } }
        </button>
    }
}

fn bar(bar: &Bar) -> Html {
    html! {
        <progress class="meter" max="100" value={bar.percent.to_string()} aria-label={bar.text.clone()}>{ bar.text.clone() }</progress>
    }
}

/// Where a word was found, if it stands nowhere on the card. Personal data is named and not shown.
fn found(face: &Face, props: &CardProps) -> Option<Html> {
    let found = props.found.as_ref()?;
    let seen = [Some(&face.name), face.second.as_ref()].into_iter().flatten();
    let lines = face.lines.iter().chain(&face.after).filter(|line| is_received(line));
    let lines = lines.map(|line| &line.text);
    let badges = face.badges.as_deref().unwrap_or_default();
    let drawn = face
        .marks
        .iter()
        .map(|mark| &mark.text)
        .chain(badges.iter().map(|badge| &badge.title));
    // A platform's badge is drawn, whatever the word for it.
    let is_badge = found.field == Some(Field::Platform) && !badges.is_empty();
    if is_badge || seen.chain(lines).chain(drawn).any(|text| props.needles.are_in(text)) {
        return None;
    }
    let is_personal = found.field.is_some_and(|field| field.info().is_personal);
    let text = (!is_personal).then(|| props.needles.mark(&excerpt(found)));
    let field = found.field.map_or(texts::OTHER_TEXT, |field| field.info().title);
    Some(html! {
        <p key="found" class="card__line card__line--found" data-slot="found">{ Icon::Search.draw() }<span>{ texts::found_in(field) }</span><span class="card__excerpt">{ text }</span></p>
    })
}

/// The text around the first mark.
fn excerpt(found: &Found) -> String {
    const AROUND_CHARS: usize = 24;
    let at = found.ranges.first().map_or(0, |range| range.start);
    let (before, after) = found.text.split_at_checked(at).unwrap_or(("", &found.text));
    let skipped = before.chars().count().saturating_sub(AROUND_CHARS);
    let before: String = before.chars().skip(skipped).collect();
    let after: String = after.chars().take(3 * AROUND_CHARS).collect();
    [if skipped > 0 { "…" } else { "" }, &before, &after].concat()
}

fn foot(face: &Face, row: &Row, name_id: &str) -> Html {
    html! {
        <footer class="card__foot">
            <span class="card__date" data-slot="date" title={face.at.map(|at| at.to_string())}>{ face.date.clone() }</span>
            <span class="card__id" data-slot="id">{ id_with_copy(row.id(), name_id) }</span>
            <button type="button" class="card__details" tabindex="-1" aria-hidden="true" data-action="details">{ texts::DETAILS }</button>
        </footer>
    }
}
