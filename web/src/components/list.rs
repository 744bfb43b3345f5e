//! The list: everything that passes the query, of which only what is seen is in the document, and its neighbours. A list
//! of at most [`MAX_WHOLE`] profiles is completed in the pauses, so that the browser's own search finds them all.

mod chunk;
mod shape;

use std::collections::BTreeMap;

use roster_core::UnixMs;
use roster_index::Filter;
use yew::{Callback, Component, Context, Html, NodeRef, Properties, html};

use self::chunk::Chunk;
use self::shape::{MAX_WHOLE, Shape};
use super::Wish;
use crate::index::{Answer, Index, Window};
use crate::marks::Needles;
use crate::shared::Shared;
use crate::state::{Action, Parts, Place, opener_id};
use crate::view::View;
use crate::{page, texts};

pub(crate) use self::chunk::Found;

/// Chunks that are brought up to date, or taken away, in one pause.
const PAUSE_CHUNKS: usize = 2;

/// Properties of [`List`].
#[derive(Clone, PartialEq, Properties)]
pub struct ListProps {
    /// Everything that is loaded.
    pub index: Index,
    /// Which of it is in the list.
    pub answer: Shared<Answer>,
    /// How it is drawn.
    pub view: View,
    /// What was loaded for single profiles.
    pub parts: Shared<BTreeMap<String, Parts>>,
    /// Key of the open profile.
    pub open: Option<String>,
    /// The place to show.
    pub place: Place,
    /// The place of the card that keys start from.
    pub active: usize,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// How rows are shown, for all chunks.
#[derive(Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) index: Index,
    pub(crate) filter: Filter,
    pub(crate) needles: Needles,
    pub(crate) view: View,
    pub(crate) parts: Shared<BTreeMap<String, Parts>>,
    pub(crate) has_pictures: bool,
    pub(crate) now: UnixMs,
}

/// A chunk in the document.
struct Mounted {
    window: Shared<Window>,
    shown: Shared<Shown>,
    total: usize,
    /// Whether it shows what the newest answer says.
    is_fresh: bool,
}

/// What the list hears from the page.
pub enum ListMsg {
    /// It was scrolled.
    Scrolled,
    /// Scrolling has come to rest.
    Rested,
    /// Things have other sizes.
    Resized,
    /// There is a pause.
    Paused,
}

/// The list.
pub struct List {
    root: NodeRef,
    shape: Shape,
    top_px: f64,
    shown: Shared<Shown>,
    chunks: BTreeMap<usize, Mounted>,
    /// The last wish for a place that was fulfilled.
    done: u64,
    pause: Option<page::Timer>,
    _listeners: Vec<page::Listener>,
}

impl List {
    fn shown(props: &ListProps) -> Shared<Shown> {
        Shared::from(Shown {
            index: props.index.clone(),
            filter: props.answer.filter.clone(),
            needles: Needles::of(&props.answer.filter),
            view: props.view,
            parts: props.parts.clone(),
            has_pictures: props.has_pictures,
            now: props.now,
        })
    }

    fn rows_of(view: View) -> usize {
        if view == View::Compact { 24 } else { 4 }
    }

    fn is_whole(props: &ListProps) -> bool {
        props.answer.total <= MAX_WHOLE
    }

    /// Whether a chunk must be in the document now.
    fn is_needed(&self, props: &ListProps, number: usize) -> bool {
        let total = props.answer.total;
        let active = props.active.min(total.saturating_sub(1)) / self.shape.per_chunk();
        let seen = self.shape.seen(self.top_px, total);
        seen.contains(&number) || (number == active && total > 0)
    }

    /// Brings what is seen up to date. The rest waits for a pause.
    fn draw_seen(&mut self, props: &ListProps) {
        let total = props.answer.total;
        let active = props.active.min(total.saturating_sub(1)) / self.shape.per_chunk();
        let also = (total > 0).then_some(active);
        for number in self.shape.seen(self.top_px, total).chain(also) {
            if self.chunks.get(&number).is_none_or(|chunk| !chunk.is_fresh) {
                self.refresh(props, number);
            }
        }
        let far: Vec<usize> = self
            .chunks
            .keys()
            .copied()
            .filter(|number| !self.is_needed(props, *number))
            .collect();
        // A scrolled list loses a chunk or two at once; many are taken away in the pauses.
        if !Self::is_whole(props) && far.len() <= 2 * PAUSE_CHUNKS {
            self.chunks.retain(|number, _| !far.contains(number));
        }
    }

    fn refresh(&mut self, props: &ListProps, number: usize) {
        let size = self.shape.per_chunk();
        let window = props.index.window(&props.answer, number * size, size);
        let before = self.chunks.get(&number).filter(|chunk| *chunk.window == window);
        // The same rows keep their identity: nothing is drawn again for them.
        let window = before.map_or_else(|| window.into(), |chunk| chunk.window.clone());
        let mounted = Mounted {
            window,
            shown: self.shown.clone(),
            total: props.answer.total,
            is_fresh: true,
        };
        self.chunks.insert(number, mounted);
    }

    fn work_in_pause(&mut self, props: &ListProps) -> bool {
        let n_chunks = self.shape.n_chunks(props.answer.total);
        let is_whole = Self::is_whole(props);
        let is_gone = |number: &usize| *number >= n_chunks || !is_whole && !self.is_needed(props, *number);
        let gone: Vec<usize> = self
            .chunks
            .keys()
            .rev()
            .copied()
            .filter(is_gone)
            .take(4 * PAUSE_CHUNKS)
            .collect();
        self.chunks.retain(|number, _| !gone.contains(number));
        if !gone.is_empty() {
            return true;
        }
        let is_missing = |number: &usize| self.chunks.get(number).is_none_or(|chunk| !chunk.is_fresh);
        let wanted = 0..if is_whole { n_chunks } else { 0 };
        let missing: Vec<usize> = wanted.filter(is_missing).take(PAUSE_CHUNKS).collect();
        for number in &missing {
            self.refresh(props, *number);
        }
        !missing.is_empty()
    }

    fn has_work(&self, props: &ListProps) -> bool {
        let n_chunks = self.shape.n_chunks(props.answer.total);
        let n_fresh = self.chunks.values().filter(|chunk| chunk.is_fresh).count();
        if Self::is_whole(props) {
            self.chunks.len() != n_chunks || n_fresh != n_chunks
        } else {
            self.chunks.keys().any(|number| !self.is_needed(props, *number))
        }
    }

    fn await_pause(&mut self, ctx: &Context<Self>) {
        self.pause = self
            .has_work(ctx.props())
            .then(|| page::Timer::after_frame(ctx.link().callback(|()| ListMsg::Paused)))
            .flatten();
    }

    fn measure(&mut self, view: View) {
        let rows = Self::rows_of(view);
        if let Some(size) = page::list_size(&self.root) {
            self.shape = Shape {
                columns: size.columns,
                row_px: size.row_px,
                window_px: size.window_px,
                rows,
            };
        } else {
            self.shape.rows = rows;
        }
    }

    /// Scrolls to the place that is wished for, once the list is that long; moves the focus if it was wished for.
    fn go_to_place(&mut self, ctx: &Context<Self>) {
        let (wished, total) = (ctx.props().place, ctx.props().answer.total);
        if wished.n_wishes == self.done || total == 0 || wished.at >= total && !wished.takes_focus {
            return;
        }
        self.done = wished.n_wishes;
        let at = wished.at.min(total - 1);
        if wished.takes_focus && wished.at != at {
            ctx.props().act.emit(Action::CardFocused(at));
        }
        let top_px = self.shape.top_px(at, total);
        page::show_row(&self.root, top_px, self.shape.row_px, at == 0 && !wished.takes_focus);
        let key = ctx.props().index.key_at(&ctx.props().answer, at);
        if let Some(key) = key.filter(|_| wished.takes_focus) {
            page::focus_unscrolled(&opener_id(&key));
        }
    }
}

impl Component for List {
    type Message = ListMsg;
    type Properties = ListProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let listeners = [
            page::Listener::on_scroll(ctx.link().callback(|()| ListMsg::Scrolled)),
            page::Listener::on_rest(ctx.link().callback(|()| ListMsg::Rested)),
            page::Listener::on_resize(ctx.link().callback(|()| ListMsg::Resized)),
        ];
        let mut list = Self {
            root: NodeRef::default(),
            shape: Shape::assumed(Self::rows_of(props.view)),
            top_px: 0.0,
            shown: Self::shown(props),
            chunks: BTreeMap::new(),
            done: 0,
            pause: None,
            _listeners: listeners.into_iter().flatten().collect(),
        };
        list.draw_seen(props);
        list
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ListProps) -> bool {
        let props = ctx.props();
        let shown = Self::shown(props);
        let is_shown_so = *shown == *self.shown;
        if !is_shown_so {
            self.shown = shown;
        }
        if props.view != old.view {
            self.chunks.clear();
            self.shape.rows = Self::rows_of(props.view);
        }
        if !is_shown_so || props.answer != old.answer {
            self.chunks.values_mut().for_each(|chunk| chunk.is_fresh = false);
        }
        self.draw_seen(props);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        let props = ctx.props();
        match msg {
            ListMsg::Scrolled => {
                let before = self.shape.seen(self.top_px, props.answer.total);
                self.top_px = page::top_px(&self.root).unwrap_or_default();
                let is_other = self.shape.seen(self.top_px, props.answer.total) != before;
                if is_other {
                    self.draw_seen(props);
                    self.await_pause(ctx);
                }
                is_other
            }
            ListMsg::Rested => {
                page::set_place(self.shape.first_seen(self.top_px, props.answer.total));
                false
            }
            ListMsg::Resized => {
                let before = self.shape;
                self.measure(props.view);
                if self.shape != before {
                    self.chunks.clear();
                    self.draw_seen(props);
                }
                self.shape != before
            }
            ListMsg::Paused => self.work_in_pause(props),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let class = [
            "list list--",
            props.view.word(),
            " list--c",
            &self.shape.columns.to_string(),
        ]
        .concat();
        let on_click = listening(props);
        let on_focus = {
            let act = props.act.clone();
            Callback::from(move |event: yew::FocusEvent| {
                if let Some(place) = page::place_of(&event) {
                    act.emit(Action::CardFocused(place));
                }
            })
        };
        html! {
            <div ref={&self.root} class={class} data-testid="list" data-whole={(!self.has_work(props)).to_string()}
                data-total={props.answer.total.to_string()} onclick={on_click} onfocusin={on_focus}>
                <span class="list__probe" aria-hidden="true" />
                <div class="list__rows">{ for self.draw_chunks(props) }</div>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, is_first: bool) {
        if is_first || self.shape.window_px == 0.0 {
            ctx.link().send_message(ListMsg::Resized);
        }
        self.go_to_place(ctx);
        self.await_pause(ctx);
    }
}

impl List {
    /// The chunks in their order, with gaps as tall as what is not in the document.
    fn draw_chunks(&self, props: &ListProps) -> Vec<Html> {
        let total = props.answer.total;
        let n_chunks = self.shape.n_chunks(total);
        let mut drawn = Vec::with_capacity(2 * self.chunks.len() + 1);
        let mut at = 0;
        for (number, chunk) in &self.chunks {
            let is_placed = *number < n_chunks && chunk.is_fresh;
            if is_placed {
                drawn.extend(self.gap(*number, number - at, total));
                at = number + 1;
            }
            let open = props.open.clone().filter(|_| is_placed);
            drawn.push(html! {
                <div key={format!("chunk-{number}")} class="list__chunk" hidden={!is_placed}>
                    <Chunk window={&chunk.window} shown={&chunk.shown} {open} total={chunk.total} />
                </div>
            });
        }
        drawn.extend(self.gap(n_chunks, n_chunks.saturating_sub(at), total));
        drawn
    }

    /// An empty picture takes its height from an attribute, which the page's policy allows, unlike a style.
    fn gap(&self, before: usize, n_chunks: usize, total: usize) -> Option<Html> {
        let height = self.shape.gap_px(n_chunks, total).to_string();
        (n_chunks > 0).then(|| {
            html! {
                <svg key={format!("gap-{before}")} class="list__gap" width="1" {height} aria-hidden="true" focusable="false" />
            }
        })
    }
}

/// One listener for all cards: what was clicked says by its attributes what is wanted, and the card whose it is.
fn listening(props: &ListProps) -> Callback<yew::MouseEvent> {
    let (act, wish) = (props.act.clone(), props.wish.clone());
    Callback::from(move |event: yew::MouseEvent| {
        let Some((action, key)) = page::clicked(&event) else {
            return;
        };
        match action.as_str() {
            "open" | "details" => act.emit(Action::ProfileOpened(key)),
            "check" => wish.emit(Wish::Parts(key)),
            "copy-id" => {
                let id = key.split_once(':').map_or(key.as_str(), |(_, id)| id);
                page::copy(id);
                wish.emit(Wish::Announce(texts::copied(id)));
            }
            _ => {}
        }
    })
}
