//! The query over everything that is loaded: a combobox whose suggestions never take away what was written, and what was
//! not understood of it.

use web_sys::{Element, HtmlInputElement};
use yew::{
    Callback, Component, Context, FocusEvent, Html, InputEvent, KeyboardEvent, MouseEvent, Properties, TargetCast, html,
};

use super::Wish;
use crate::format::count;
use crate::icon::Icon;
use crate::index::{Answer, Remark};
use crate::shared::Shared;
use crate::state::{Action, QUERY_ID};
use crate::suggestions::Suggestions;
use crate::texts;

/// Id of the list of suggestions.
const LIST_ID: &str = "query-suggestions";

/// Properties of [`QueryBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct QueryBarProps {
    /// The query as written.
    pub query: String,
    /// What the index answers to it.
    pub answer: Shared<Answer>,
    /// What could stand at the cursor.
    pub suggestions: Shared<Suggestions>,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// What happens in the bar.
pub enum QueryMsg {
    /// Something was written; the text and the cursor's place in bytes.
    Written(String, usize),
    /// A key that is a command here.
    Arrow(bool),
    /// The suggestion at this place is taken.
    Taken(usize),
    /// What stands there is kept as it is.
    Kept,
    /// Everything is taken back.
    Cleared,
}

/// The bar.
pub struct QueryBar {
    is_open: bool,
    chosen: Option<usize>,
}

impl QueryBar {
    /// Suggestions for another text are not offered.
    fn offers(&self, props: &QueryBarProps) -> usize {
        let is_current = props.suggestions.text == props.query;
        if self.is_open && is_current {
            props.suggestions.list.len()
        } else {
            0
        }
    }
}

impl Component for QueryBar {
    type Message = QueryMsg;
    type Properties = QueryBarProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self {
            is_open: false,
            chosen: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: QueryMsg) -> bool {
        let props = ctx.props();
        let n_offers = self.offers(props);
        match msg {
            QueryMsg::Written(text, cursor_bytes) => {
                (self.is_open, self.chosen) = (true, None);
                props.wish.emit(Wish::Suggest(text.clone(), cursor_bytes));
                props.act.emit(Action::QueryTyped(text));
            }
            QueryMsg::Arrow(is_down) if n_offers == 0 => {
                self.is_open = is_down;
                props.wish.emit(Wish::Suggest(props.query.clone(), props.query.len()));
            }
            QueryMsg::Arrow(is_down) => self.chosen = next(self.chosen, n_offers, is_down),
            QueryMsg::Taken(place) => {
                if let Some(query) = props.suggestions.taken(place) {
                    self.chosen = None;
                    props.wish.emit(Wish::Suggest(query.clone(), query.len()));
                    props.act.emit(Action::QueryChosen(query));
                }
            }
            QueryMsg::Kept => (self.is_open, self.chosen) = (false, None),
            QueryMsg::Cleared => {
                (self.is_open, self.chosen) = (false, None);
                props.act.emit(Action::QueryChosen(String::new()));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let n_offers = self.offers(props);
        let active = self.chosen.filter(|place| *place < n_offers).map(option_id);
        let on_blur = ctx.link().callback(|_: FocusEvent| QueryMsg::Kept);
        let clear = (!props.query.is_empty()).then(|| {
            let on_click = ctx.link().callback(|_| QueryMsg::Cleared);
            html! { <button type="button" class="icon-button" data-action="clear-query" aria-label={texts::CLEAR} onclick={on_click}>{ Icon::Close.draw() }</button> }
        });
        html! {
            <div class="query" role="search">
                <div class="query__line">
                    <span class="query__icon">{ Icon::Search.draw() }</span>
                    <input id={QUERY_ID} class="query__input" type="text" enterkeyhint="search" data-testid="query-bar" value={props.query.clone()}
                        role="combobox" aria-expanded={(n_offers > 0).to_string()} aria-controls={LIST_ID} aria-autocomplete="list"
                        aria-activedescendant={active} aria-label={texts::QUERY} placeholder={texts::QUERY_EXAMPLE}
                        aria-describedby="query-remarks" aria-keyshortcuts="/" autocomplete="off" autocapitalize="none" spellcheck="false"
                        oninput={writing(ctx)} onkeydown={self.keys(ctx)} onblur={on_blur} />
                    <span class="query__clear">{ clear }</span>
                    { self.list(ctx, n_offers) }
                </div>
                <ul id="query-remarks" class="query__remarks" data-testid="query-remarks">
                    { for props.answer.remarks.iter().map(|one| remark(one, &props.act)) }
                </ul>
            </div>
        }
    }
}

impl QueryBar {
    /// Enter without a chosen suggestion keeps exactly what was written. Escape closes the suggestions, then takes the
    /// text back, then closes what else is open.
    fn keys(&self, ctx: &Context<Self>) -> Callback<KeyboardEvent> {
        let n_offers = self.offers(ctx.props());
        let chosen = self.chosen.filter(|place| *place < n_offers);
        let (is_blank, is_listed) = (ctx.props().query.is_empty(), n_offers > 0);
        ctx.link().batch_callback(move |event: KeyboardEvent| {
            let msg = match (event.key().as_str(), chosen) {
                ("ArrowDown", _) => QueryMsg::Arrow(true),
                ("ArrowUp", _) => QueryMsg::Arrow(false),
                ("Enter", Some(place)) => QueryMsg::Taken(place),
                ("Enter", None) => QueryMsg::Kept,
                ("Escape", _) if is_listed => QueryMsg::Kept,
                ("Escape", _) if !is_blank => QueryMsg::Cleared,
                _ => return None,
            };
            event.prevent_default();
            event.stop_propagation();
            Some(msg)
        })
    }

    fn list(&self, ctx: &Context<Self>, n_offers: usize) -> Html {
        let chosen = self.chosen;
        let option = |(place, suggestion): (usize, &roster_index::Suggestion)| {
            let n_rows = suggestion.count.map(count);
            html! {
                <li key={place} id={option_id(place)} class="suggestion" role="option" data-option={place.to_string()}
                    aria-selected={(chosen == Some(place)).to_string()}>
                    <bdi class="suggestion__text">{ suggestion.text.clone() }</bdi>{ " " }
                    <span class="suggestion__count">{ n_rows }</span>
                </li>
            }
        };
        // The bar keeps the focus, so that it does not close before the click arrives.
        let on_press = ctx.link().batch_callback(|event: MouseEvent| {
            event.prevent_default();
            let element = event.target_dyn_into::<Element>()?.closest("[data-option]").ok()??;
            element.get_attribute("data-option")?.parse().ok().map(QueryMsg::Taken)
        });
        let shown = ctx.props().suggestions.list.iter().take(n_offers).enumerate();
        html! {
            <ul id={LIST_ID} class="suggestions" role="listbox" aria-label={texts::SUGGESTIONS} hidden={n_offers == 0} onmousedown={on_press}>
                { for shown.map(option) }
            </ul>
        }
    }
}

fn next(chosen: Option<usize>, n_offers: usize, is_down: bool) -> Option<usize> {
    match (chosen, is_down) {
        (None, true) => Some(0),
        (None, false) => n_offers.checked_sub(1),
        (Some(place), true) => Some(place + 1).filter(|place| *place < n_offers),
        (Some(place), false) => place.checked_sub(1),
    }
}

fn option_id(place: usize) -> String {
    ["suggestion-", &place.to_string()].concat()
}

fn writing(ctx: &Context<QueryBar>) -> Callback<InputEvent> {
    ctx.link().batch_callback(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        let text = input.value();
        let cursor = input
            .selection_start()
            .ok()
            .flatten()
            .map_or(usize::MAX, |units| units as usize);
        let cursor_bytes = bytes_of(&text, cursor);
        Some(QueryMsg::Written(text, cursor_bytes))
    })
}

/// The browser counts in UTF-16, a text here is in UTF-8.
fn bytes_of(text: &str, n_units: usize) -> usize {
    let mut units = 0;
    let before = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= n_units
    });
    before.map(char::len_utf8).sum()
}

fn remark(remark: &Remark, act: &Callback<Action>) -> Html {
    let button = remark.instead.clone().map(|instead| {
        let on_click = act.reform(move |_| Action::QueryChosen(instead.clone()));
        html! {
            <button type="button" class="text-button" data-action="use-suggestion" onclick={on_click}>{ texts::USE_SUGGESTION }</button>
        }
    });
    html! {
        <li key={remark.about.clone()} class="query__remark">
            { Icon::Info.draw() }<span><code><bdi>{ remark.about.clone() }</bdi></code>{ " · " }<bdi>{ texts::remark(remark) }</bdi>{ " " }<span>{ button }</span></span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_found_among_letters_of_any_width() {
        assert_eq!((bytes_of("añb", 2), bytes_of("a😀b", 3)), (3, 5));
        assert_eq!(bytes_of("ab", usize::MAX), 2);
    }

    #[test]
    fn arrows_go_through_the_suggestions_and_back_to_what_was_written() {
        let down = [None, Some(0), Some(1)].map(|chosen| next(chosen, 2, true));
        assert_eq!(down, [Some(0), Some(1), None]);
        let up = [None, Some(0), Some(1)].map(|chosen| next(chosen, 2, false));
        assert_eq!(up, [Some(1), None, Some(0)]);
        assert_eq!(next(None, 0, false), None);
    }
}
