//! The list: everything that passes the query, of which only what is seen is in the document, and its neighbours. A list
//! of at most 2,000 profiles is completed in the pauses, so that the browser's own search finds them all.

mod anchor;
mod body;
mod chunk;
mod click;
mod mount;
mod place;
mod shape;
mod shown;
mod table;

use yew::{Callback, Component, Context, Html, NodeRef, html};

use self::anchor::Anchor;
use self::body::Body;
use self::chunk::Chunk;
use self::click::listening;
use self::mount::{Mount, Mounted};
pub(crate) use self::shape::MAX_WHOLE;
use self::shape::Shape;
use crate::page;
use crate::picking::Picked;
use crate::shared::Shared;
use crate::state::{Action, Spot};
use crate::view::View;

pub(crate) use self::chunk::Found;
pub(crate) use self::click::copy_id;
pub use self::shown::ListProps;
pub(crate) use self::shown::Shown;

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
    mount: Mount,
    /// Whether things of the present drawing were measured.
    is_measured: bool,
    /// Whether the list has the shape of something that was measured, and no assumed one.
    is_laid_out: bool,
    /// How far the window's upper edge was below the list's when it was scrolled last; `None` if that is over.
    scrolled_px: Option<f64>,
    /// How wide the list was when it was measured last, in pixels.
    width_px: i32,
    /// What stays where it is in the next drawing.
    anchor: Option<Anchor>,
    /// The last wish for a place that was fulfilled.
    done: u64,
    pause: Option<page::Timer>,
    /// Whether the answer has stood for a moment, so that what nobody sees is worth its time.
    is_resting: bool,
    _listeners: Vec<page::Listener>,
}

impl List {
    fn await_pause(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let heard = ctx.link().callback(|()| ListMsg::Paused);
        self.pause = if !self.mount.has_work(props) {
            None
        } else if self.is_resting || self.mount.has_near_work(props) {
            page::Timer::after_frame(heard)
        } else {
            page::Timer::at_rest(heard)
        };
    }
}

impl Component for List {
    type Message = ListMsg;
    type Properties = ListProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let listeners = [
            page::Listener::on_scroll(link.callback(|()| ListMsg::Scrolled)),
            page::Listener::on_rest(link.callback(|()| ListMsg::Rested)),
            page::Listener::on_resize(link.callback(|()| ListMsg::Resized)),
        ];
        Self {
            root: NodeRef::default(),
            mount: Mount::new(ctx.props()),
            is_measured: false,
            is_laid_out: false,
            scrolled_px: None,
            width_px: 0,
            anchor: None,
            done: 0,
            pause: None,
            is_resting: false,
            _listeners: listeners.into_iter().flatten().collect(),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ListProps) -> bool {
        self.mount.renew(ctx.props(), old);
        let props = ctx.props();
        // The drawer takes room from the list.
        let is_as_wide = props.open.is_some() == old.open.is_some();
        self.is_measured &= props.view == old.view && props.columns == old.columns && is_as_wide;
        self.is_laid_out &= props.view == old.view;
        self.is_resting &= props.answer == old.answer;
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        let props = ctx.props();
        match msg {
            ListMsg::Scrolled if self.is_in_shape() => self.scroll(props),
            ListMsg::Scrolled | ListMsg::Resized => self.lay_out(props),
            ListMsg::Rested => {
                let (top_px, total) = (self.mount.top_px, props.answer.total);
                if props.scope == 0 || self.mount.shape.is_at(top_px, total) {
                    let at = self.mount.shape.first_seen(top_px, total);
                    let key = props.index.key_at(&props.answer, at);
                    page::set_spot(&Spot {
                        at: props.before + at,
                        key,
                    });
                }
                false
            }
            ListMsg::Paused => {
                self.is_resting |= !self.mount.has_near_work(props);
                self.mount.work(props)
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        // Only cards stand side by side. A class that changed with what was measured would undo what the page has added.
        let columns = if props.view == View::Cards {
            self.mount.shape.columns
        } else {
            1
        };
        let class = ["list list--", props.view.word(), " list--c", &columns.to_string()].concat();
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
            <div ref={&self.root} class={class} data-testid="list" data-whole={(!self.mount.has_work(props)).to_string()}
                data-total={props.answer.total.to_string()} onclick={on_click} onfocusin={on_focus}>
                <span class="list__probe" aria-hidden="true" />
                <div class="list__rows">{ self.rows(props) }</div>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _is_first: bool) {
        if !self.is_measured {
            self.is_measured = true;
            ctx.link().send_message(ListMsg::Resized);
        }
        if let Some(anchor) = self.anchor.take() {
            self.hold(ctx.props(), &anchor);
        }
        self.go_to_place(ctx);
        self.await_pause(ctx);
    }
}

impl List {
    /// Takes in how far the list is scrolled. Returns whether anything is drawn anew.
    fn scroll(&mut self, props: &ListProps) -> bool {
        let top_px = page::top_px(&self.root).unwrap_or_default();
        self.scrolled_px = Some(top_px).filter(|top_px| *top_px > 0.0);
        page::stick_head(&self.root);
        self.mount.scroll(props, top_px)
    }

    /// Whether what is drawn is laid out as it was measured. In a window that is dragged, the scrolling of one frame is told
    /// after the layout of the next, where no place of the old shape is left.
    fn is_in_shape(&self) -> bool {
        self.anchor.is_none() && page::width_px(&self.root) == Some(self.width_px)
    }

    /// Measures what is shown, and has what somebody looks at stay where it is. Returns whether anything is drawn anew.
    fn lay_out(&mut self, props: &ListProps) -> bool {
        let shape = page::list_size(&self.root).map(|size| Shape {
            columns: size.columns,
            row_px: size.row_px,
            rows: self.mount.shape.rows,
            window_px: size.window_px,
        });
        let width_px = page::width_px(&self.root).unwrap_or_default();
        // A window that only grows taller, as a phone's does while a finger scrolls it, moves nothing.
        let is_in_place = std::mem::replace(&mut self.width_px, width_px) == width_px
            && shape.is_none_or(|shape| shape.is_laid_out_as(&self.mount.shape));
        // What was to stay may not be drawn in its last shape yet.
        let pending = self.anchor.take();
        let (anchor, is_moved) = match pending {
            Some(anchor) => (Some(anchor), true),
            None => self.seize(props, is_in_place),
        };
        let anchor = anchor.filter(|_| self.is_laid_out);
        self.is_laid_out |= shape.is_some();
        page::stick_head(&self.root);
        let is_drawn = self.mount.reshape(props, shape, anchor.as_ref()) || is_moved;
        match anchor {
            Some(anchor) if !is_drawn => self.hold(props, &anchor),
            anchor => self.anchor = anchor,
        }
        // What came into sight is drawn, or there would be no pause in which its neighbours are.
        is_drawn
    }

    /// What is to stay where it is, if anything moves, and whether anything of it is drawn anew.
    fn seize(&mut self, props: &ListProps, is_in_place: bool) -> (Option<Anchor>, bool) {
        // What stands above the list may have grown with this very change.
        let top_px = self.scrolled_px.or_else(|| page::top_px(&self.root));
        let anchor = top_px.filter(|_| !is_in_place);
        let anchor = anchor.and_then(|top_px| Anchor::of(props, &self.mount.shape, top_px));
        // Where the list begins, and so how little of it is seen at first, is known before it is scrolled.
        let is_moved = top_px.is_some_and(|top_px| self.mount.scroll(props, top_px));
        (anchor, is_moved)
    }

    fn hold(&mut self, props: &ListProps, anchor: &Anchor) {
        anchor.hold(props, &self.mount.shape, &self.root);
        // The page tells of this a frame later, when the window may have another size again.
        self.scrolled_px = page::top_px(&self.root).filter(|top_px| *top_px > 0.0);
    }

    fn rows(&self, props: &ListProps) -> Html {
        let chunks = self.draw_chunks(props);
        if props.view == View::Table {
            return table::draw(props, chunks);
        }
        html! { <>{ for chunks }</> }
    }

    /// The chunks in their order, with gaps as tall as what is not in the document.
    fn draw_chunks(&self, props: &ListProps) -> Vec<Html> {
        let total = props.answer.total;
        let n_chunks = self.mount.shape.n_chunks(total);
        let mut drawn = Vec::with_capacity(2 * self.mount.chunks.len() + 1);
        let mut at = 0;
        for (number, chunk) in &self.mount.chunks {
            // One that shows an older answer stays: what is seen is never old, and Tab must find the next card.
            let is_placed = *number < n_chunks;
            if is_placed {
                drawn.extend(self.gap(props.view, Some(*number), number - at, total));
                at = number + 1;
            }
            let open = props.open.clone().filter(|_| is_placed);
            drawn.push(draw_chunk(*number, chunk, open, &props.picked, is_placed));
        }
        drawn.extend(self.gap(props.view, None, n_chunks.saturating_sub(at), total));
        drawn
    }

    /// An empty picture takes its height from an attribute, which the page's policy allows, unlike a style.
    fn gap(&self, view: View, before: Option<usize>, n_chunks: usize, total: usize) -> Option<Html> {
        let height = self.mount.shape.gap_px(n_chunks, total).to_string();
        // The last one stays what it is, however long the list.
        let key = before.map_or_else(|| "gap".to_owned(), |before| format!("gap-{before}"));
        (n_chunks > 0).then(|| {
            if view == View::Table {
                return table::gap(key, height);
            }
            html! {
                <svg {key} class="list__gap" width="1" {height} aria-hidden="true" focusable="false" />
            }
        })
    }
}

fn draw_chunk(number: usize, chunk: &Mounted, open: Option<String>, picked: &Shared<Picked>, is_placed: bool) -> Html {
    let (key, window, shown) = (format!("chunk-{number}"), &chunk.window, &chunk.shown);
    if shown.view == View::Table {
        return html! { <Body {key} {window} {shown} {open} {picked} {is_placed} /> };
    }
    html! {
        <div {key} class="list__chunk" hidden={!is_placed}>
            <Chunk {window} {shown} {open} {picked} total={chunk.total} />
        </div>
    }
}
