//! One value of a field with its count. Another answer changes little more than the counts: these are written where they
//! stand, and nothing else of the value is drawn again.

use roster_index::{Field, Match};
use yew::{Component, Context, Html, NodeRef, Properties, html};

use crate::format::length;
use crate::icon::Icon;
use crate::{page, texts};

/// A value, or a kind of nothing.
#[derive(Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) word: String,
    pub(super) title: String,
    pub(super) n_rows: usize,
    pub(super) value: Match,
    pub(super) is_chosen: bool,
    pub(super) is_excluded: bool,
}

impl Entry {
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self.value, Match::Nothing(_))
    }

    /// Names it among the values of its field.
    pub(super) fn key(&self) -> String {
        [self.word.as_str(), if self.is_nothing() { "~" } else { "" }].concat()
    }
}

/// Properties of [`Value`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ValueProps {
    /// The field.
    pub(super) field: Field,
    /// The value.
    pub(super) entry: Entry,
}

/// A value: a box to want it, and a button to leave it out.
pub(super) struct Value {
    /// The count that it was first drawn with, and is drawn with again.
    drawn: usize,
    /// The count that stands there.
    written: usize,
    count: NodeRef,
}

impl Component for Value {
    type Message = ();
    type Properties = ValueProps;

    fn create(ctx: &Context<Self>) -> Self {
        let n_rows = ctx.props().entry.n_rows;
        Self {
            drawn: n_rows,
            written: n_rows,
            count: NodeRef::default(),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ValueProps) -> bool {
        let new = ctx.props();
        let before = Entry {
            n_rows: new.entry.n_rows,
            ..old.entry.clone()
        };
        let is_other = new.field != old.field || new.entry != before;
        if !is_other {
            self.write(new.entry.n_rows);
        }
        is_other
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ValueProps { field, entry } = ctx.props();
        let class = match (entry.is_excluded, entry.is_nothing()) {
            (true, _) => "facet__choice facet__choice--not",
            (false, true) => "facet__choice facet__choice--none",
            (false, false) => "facet__choice",
        };
        let nothing = entry.is_nothing().then_some("");
        let not = texts::not(&entry.title);
        let is_counted = format!("{}-{}", field.key(), entry.word);
        html! {
            <div class={class}>
                <label class="facet__label">
                    <input type="checkbox" value={entry.word.clone()} data-nothing={nothing} checked={entry.is_chosen} aria-describedby={is_counted.clone()} />
                    <bdi class="facet__value">{ entry.title.clone() }</bdi>{ " " }
                    <span ref={&self.count} id={is_counted} class="facet__count" data-count={self.drawn.to_string()}>{ length(self.drawn) }</span>
                </label>
                <button type="button" class="facet__not" data-exclude={entry.word.clone()} data-nothing={nothing} aria-pressed={entry.is_excluded.to_string()}
                    aria-label={not.clone()} title={not}>{ Icon::Not.draw() }</button>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _is_first: bool) {
        self.write(ctx.props().entry.n_rows);
    }
}

impl Value {
    fn write(&mut self, n_rows: usize) {
        if self.written != n_rows {
            self.written = n_rows;
            page::write_count(&self.count, &n_rows.to_string(), &length(n_rows));
        }
    }
}
