//! One field of the rail: folded to its name, or with its values, its three ways, or its range.

use roster_index::{Facet, Field, Filter, Match, Nothing};
use yew::{Callback, Component, Context, Html, Properties, TargetCast, component, html};

use super::places::Places;
use super::range::Range;
use super::values;
use super::ways::Ways;
use crate::choice::{Choice, presence, wants_all};
use crate::icon::Icon;
use crate::rail::is_three_way;
use crate::shared::Shared;
use crate::state::Action;
use crate::texts;

/// Properties of [`Group`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct GroupProps {
    /// The field.
    pub(crate) field: Field,
    /// Its counts, if it is unfolded.
    pub(crate) facet: Option<Shared<Facet>>,
    /// The conditions on this field.
    pub(crate) own: Filter,
    /// Whether several values are all wanted.
    pub(crate) wants_all: bool,
    /// Whether the counts are those of everything that is loaded.
    pub(crate) is_of_all: bool,
    /// Whether it is unfolded.
    pub(crate) is_open: bool,
    /// What happened.
    pub(crate) act: Callback<Action>,
}

/// What happens inside a group.
pub(crate) enum GroupMsg {
    /// A person looks for a value.
    Searched(String),
    /// A person wants all values, or again the most frequent.
    AllShown,
    /// A value was ticked.
    Ticked(String, bool),
    /// A value was excluded, or not any more.
    Excluded(String, bool),
    /// It is to be unfolded, or folded.
    Folded,
}

/// A group.
pub(crate) struct Group {
    pub(super) search: String,
    pub(super) is_all_shown: bool,
    pub(super) places: Places,
    /// Made once: to listen anew costs more than to draw a value.
    on_fold: Callback<yew::MouseEvent>,
    on_change: Callback<yew::Event>,
    on_click: Callback<yew::MouseEvent>,
    pub(super) on_search: Callback<String>,
    pub(super) on_more: Callback<yew::MouseEvent>,
}

impl Component for Group {
    type Message = GroupMsg;
    type Properties = GroupProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            search: String::new(),
            is_all_shown: false,
            places: learned(Places::default(), ctx.props()),
            on_search: ctx.link().callback(GroupMsg::Searched),
            on_more: ctx.link().callback(|_| GroupMsg::AllShown),
            on_fold: ctx.link().callback(|_| GroupMsg::Folded),
            on_change: on_change(ctx),
            on_click: on_click(ctx),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &GroupProps) -> bool {
        // Counts that are the same by value are not drawn again.
        fn facet(props: &GroupProps) -> Option<&Facet> {
            props.facet.as_deref()
        }
        let new = ctx.props();
        self.places = learned(std::mem::take(&mut self.places), new);
        new.own != old.own || new.is_open != old.is_open || new.wants_all != old.wants_all || facet(new) != facet(old)
    }

    fn update(&mut self, ctx: &Context<Self>, msg: GroupMsg) -> bool {
        let field = ctx.props().field;
        let choice = match msg {
            GroupMsg::Searched(text) => {
                self.search = text;
                return true;
            }
            GroupMsg::AllShown => {
                self.is_all_shown = !self.is_all_shown;
                return true;
            }
            GroupMsg::Folded => {
                let (act, is_open) = (&ctx.props().act, ctx.props().is_open);
                act.emit(Action::FacetFolded(field, !is_open));
                return false;
            }
            GroupMsg::Ticked(word, _) if is_three_way(field) => Choice::Only(field, three_way(field, &word)),
            GroupMsg::Ticked(word, is_nothing) => Choice::Toggled(field, value(&word, is_nothing)),
            GroupMsg::Excluded(word, is_nothing) => Choice::Excluded(field, value(&word, is_nothing)),
        };
        ctx.props().act.emit(Action::Chosen(choice));
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let (field, is_open) = (props.field, props.is_open);
        html! {
            <section class="facet" data-facet={field.key()} aria-label={texts::facet(field)}>
                <Head {field} {is_open} n_own={props.own.terms.len()} on_fold={&self.on_fold} />
                <div id={body_id(field)} class="facet__body">{ is_open.then(|| self.body(ctx)) }</div>
            </section>
        }
    }
}

fn body_id(field: Field) -> String {
    ["facet-", field.key()].concat()
}

/// The places of the values, with what these counts say of them.
fn learned(mut places: Places, props: &GroupProps) -> Places {
    if let Some(facet) = &props.facet {
        places.learn(facet, props.is_of_all);
    }
    places
}

/// Properties of [`Head`].
#[derive(Clone, PartialEq, Properties)]
struct HeadProps {
    /// The field.
    field: Field,
    /// Whether the group is unfolded.
    is_open: bool,
    /// How many conditions there are on the field.
    n_own: usize,
    /// It is to be unfolded, or folded.
    on_fold: Callback<yew::MouseEvent>,
}

/// The name of a group, which folds it. Other counts leave it alone.
#[component]
fn Head(props: &HeadProps) -> Html {
    let HeadProps { field, n_own, .. } = *props;
    html! {
        <h3 class="facet__head">
            <button type="button" class="facet__fold" data-action="fold" aria-expanded={props.is_open.to_string()}
                aria-controls={body_id(field)} onclick={&props.on_fold}>
                <span class="facet__arrow">{ Icon::Forth.draw() }</span>{ texts::facet(field) }
                <span class="facet__chosen">{ if n_own > 0 { n_own.to_string() } else { String::new() } }</span>
            </button>
        </h3>
    }
}

impl Group {
    fn body(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let Some(facet) = &props.facet else { return html! {} };
        let choices = if props.field.kind().is_range() {
            let (field, act) = (props.field, props.act.clone());
            let on_range = Callback::from(move |(from, to)| act.emit(Action::Chosen(Choice::Range(field, from, to))));
            let ends = crate::choice::ends(&props.own, props.field);
            html! { <Range key="range" field={props.field} {ends} {on_range} /> }
        } else {
            html! {}
        };
        html! {
            <>
                <div>{ ways(props) }</div>
                <div>{ choices }</div>
                <div onchange={&self.on_change} onclick={&self.on_click}>{ values::draw(self, props, facet) }</div>
                <p class="facet__note">{ values::note(facet) }</p>
            </>
        }
    }
}

fn ways(props: &GroupProps) -> Option<Html> {
    let has = presence(&props.own, Field::Platform);
    let wants_all = props.wants_all || wants_all(&props.own, Field::Platform);
    (props.field == Field::Platform).then(|| html! { <Ways {has} {wants_all} act={&props.act} /> })
}

fn value(word: &str, is_nothing: bool) -> Match {
    let nothing = Nothing::named(word).filter(|_| is_nothing);
    nothing.map_or_else(|| Match::Is(word.to_owned()), Match::Nothing)
}

/// The value of one of three ways; `None` is any.
fn three_way(field: Field, word: &str) -> Option<Match> {
    let is_flag = field.kind() == roster_index::Kind::Flag;
    match word {
        "" => None,
        "yes" if is_flag => Some(Match::Flag(true)),
        "no" if is_flag => Some(Match::Flag(false)),
        word => Some(value(word, Nothing::named(word).is_some())),
    }
}

fn on_change(ctx: &Context<Group>) -> Callback<yew::Event> {
    ctx.link().batch_callback(|event: yew::Event| {
        let input = event.target_dyn_into::<web_sys::HtmlInputElement>()?;
        let is_choice = matches!(input.type_().as_str(), "checkbox" | "radio");
        is_choice.then(|| GroupMsg::Ticked(input.value(), input.has_attribute("data-nothing")))
    })
}

fn on_click(ctx: &Context<Group>) -> Callback<yew::MouseEvent> {
    ctx.link().batch_callback(|event: yew::MouseEvent| {
        let element = event.target_dyn_into::<web_sys::Element>()?;
        let button = element.closest("[data-exclude]").ok()??;
        let word = button.get_attribute("data-exclude")?;
        Some(GroupMsg::Excluded(word, button.has_attribute("data-nothing")))
    })
}
