//! Some rows of the list, drawn as cards or as lines. It is drawn anew only if it shows something else.

use roster_core::UnixMs;
use roster_index::Filter;
use yew::{Component, Context, Html, Properties, html};

use super::super::card::Card;
use super::super::line::Line;
use super::Shown;
use crate::index::{Index, Window};
use crate::marks::{Needles, looks_into_texts};
use crate::picking::Picked;
use crate::roll::Row;
use crate::shared::Shared;
use crate::state::{Parts, slot_id};
use crate::view::View;

/// Properties of [`Chunk`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ChunkProps {
    /// The rows.
    pub(crate) window: Shared<Window>,
    /// How they are shown.
    pub(crate) shown: Shared<Shown>,
    /// Key of the open profile, if it is among the rows.
    pub(crate) open: Option<String>,
    /// The chosen profiles.
    pub(crate) picked: Shared<Picked>,
    /// How many profiles there are in the whole list.
    pub(crate) total: usize,
}

/// One card, as it is drawn.
struct Drawn {
    row: Row,
    n_of_person: usize,
    found: Option<Found>,
}

/// Where a word was found that stands nowhere on the card.
pub(crate) type Found = roster_index::Hit;

/// A chunk of the list.
pub(crate) struct Chunk {
    drawn: Vec<Drawn>,
}

impl Chunk {
    fn read(props: &ChunkProps) -> Vec<Drawn> {
        let shown = &props.shown;
        let searched = searched(&shown.filter);
        let row = |row: &u32| {
            let profile = shown.index.row(*row)?;
            Some(Drawn {
                n_of_person: shown.index.n_of_person(&profile),
                found: found(&shown.index, *row, &shown.needles, &searched),
                row: profile,
            })
        };
        props.window.rows.iter().filter_map(row).collect()
    }
}

/// The conditions that look for words in texts. A value that was chosen of few has its own place on the card, as platforms
/// have, and the condition names it.
fn searched(filter: &Filter) -> Filter {
    let terms = filter.terms.iter().filter(|term| looks_into_texts(&term.test));
    Filter {
        terms: terms.cloned().collect(),
    }
}

/// The first place where a word of these conditions stands in a row.
fn found(index: &Index, row: u32, needles: &Needles, filter: &Filter) -> Option<Found> {
    if needles.is_empty() || filter.terms.is_empty() {
        return None;
    }
    index.hits(row, filter).into_iter().next()
}

impl Component for Chunk {
    type Message = ();
    type Properties = ChunkProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            drawn: Self::read(ctx.props()),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ChunkProps) -> bool {
        let props = ctx.props();
        if props.window != old.window || props.shown != old.shown {
            self.drawn = Self::read(props);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let one = |(slot, drawn): (usize, &Drawn)| draw(props, slot, drawn);
        html! { <ul class="chunk" role="list">{ for self.drawn.iter().enumerate().map(one) }</ul> }
    }
}

fn draw(props: &ChunkProps, slot: usize, drawn: &Drawn) -> Html {
    let shown = &props.shown;
    let key = drawn.row.key();
    let parts = match shown.parts.get(&key) {
        Some(Parts::Loaded(row)) => Some(row.clone()),
        _ => None,
    };
    let own = props.window.first + slot;
    let (place, id) = (shown.before + own, slot_id(shown.scope, own));
    let is_checking = shown.parts.get(&key) == Some(&Parts::Loading);
    let has_failed = matches!(shown.parts.get(&key), Some(Parts::Failed(_)));
    let is_picked = props.picked.has(&key);
    let is_open = props.open.as_ref() == Some(&key);
    let now: UnixMs = shown.now;
    let needles = shown.needles.clone();
    let total = props.total;
    let body = match shown.view {
        View::Compact => html! {
            <Line row={drawn.row.clone()} {parts} {place} {id} {total} {is_open} {is_picked} {needles} {now} />
        },
        View::Cards | View::Table => html! {
            <Card row={drawn.row.clone()} {parts} {place} {id} {total} {is_open} {is_picked} {is_checking} {has_failed} {needles} {now}
                n_of_person={drawn.n_of_person} found={drawn.found.clone()} has_pictures={shown.has_pictures} />
        },
    };
    // Slots are known by their place in the chunk, so that another profile is written into the same nodes.
    html! { <li key={slot} class="chunk__item">{ body }</li> }
}
