//! How much is loaded and how much of it passes, what more could be asked, the order, and the drawing of the list.

use roster_index::{Field, Sort};
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, Properties, TargetCast, component, html};

use super::Wish;
use super::columns::{Choice as ColumnChoice, Columns};
use super::list::MAX_WHOLE;
use super::sorting::Sorting;
use crate::icon::Icon;
use crate::index::Answer;
use crate::shared::Shared;
use crate::source::{Goal, Load, Source};
use crate::state::Action;
use crate::view::{Tab, View};
use crate::{groups, texts};

/// Properties of [`ResultBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct ResultBarProps {
    /// Every source.
    pub sources: Vec<Shared<Source>>,
    /// What the index answers to the query.
    pub answer: Shared<Answer>,
    /// The sources whose APIs take something of the query, and whether they are asked for it.
    pub askable: Vec<(&'static str, bool)>,
    /// The order.
    pub sort: Sort,
    /// How the list is drawn.
    pub view: View,
    /// What stands below the query.
    pub tab: Tab,
    /// What the list is grouped by.
    pub group: Option<Field>,
    /// The table's columns, and what could be one, while it is shown.
    pub columns: Option<ColumnChoice>,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// The line above the list.
#[component]
pub fn ResultBar(props: &ResultBarProps) -> Html {
    let answer = &props.answer;
    let n_found = answer.is_filtered().then_some(answer.total);
    let sources: Vec<&Source> = props.sources.iter().map(|source| &**source).collect();
    let offers = props
        .askable
        .iter()
        .map(|(provider, is_asked)| asking(provider, *is_asked, &props.act));
    html! {
        <div class="result-bar">
            <p class="result-bar__count" data-testid="result-bar">{ texts::found_of(n_found, answer.n_loaded, &sources) }</p>
            <p class="result-bar__hint" data-testid="find-hint">{ find_hint(props) }</p>
            <div class="result-bar__offers">{ rest(props) }{ for offers }</div>
            <Tools tab={props.tab} view={props.view} sort={props.sort.clone()} group={props.group} columns={props.columns.clone()} act={&props.act} />
        </div>
    }
}

/// Of a long list the browser's own search finds only what is near; it is left alone, and ours is named.
fn find_hint(props: &ResultBarProps) -> Option<&'static str> {
    let is_long = props.answer.total > MAX_WHOLE && props.tab == Tab::Profiles;
    is_long.then_some(texts::FIND_HINT)
}

/// Properties of [`Tools`].
#[derive(Clone, PartialEq, Properties)]
struct ToolsProps {
    /// What stands below the query.
    tab: Tab,
    /// How the list is drawn.
    view: View,
    /// The order.
    sort: Sort,
    /// What the list is grouped by.
    group: Option<Field>,
    /// The table's columns, and what could be one, while it is shown.
    columns: Option<ColumnChoice>,
    /// What happened.
    act: Callback<Action>,
}

/// How the list is drawn. Another answer leaves it alone.
#[component]
fn Tools(props: &ToolsProps) -> Html {
    html! {
        <div class="result-bar__tools">
            { tabs(props.tab, &props.act) }
            <span>{ (props.tab == Tab::Profiles).then(|| views(props.view, &props.act)) }</span>
            <span>{ (props.tab == Tab::Profiles).then(|| html! { <Sorting sort={props.sort.clone()} act={&props.act} /> }) }</span>
            <span>{ (props.tab == Tab::Profiles).then(|| grouping(props)) }</span>
            <span>{ columns(props) }</span>
        </div>
    }
}

/// What the list is grouped by.
fn grouping(props: &ToolsProps) -> Html {
    let on_change = props.act.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        Action::GroupChosen(select.and_then(|select| groups::field(&select.value())))
    });
    let option = |field: &Field| {
        html! { <option value={field.key()} selected={props.group == Some(*field)}>{ texts::facet(*field) }</option> }
    };
    html! {
        <label class="sorting__label">
            <span>{ texts::GROUP_BY }</span>
            <select class="sorting__select" data-testid="group-by" onchange={on_change}>
                <option value="" selected={props.group.is_none()}>{ texts::NO_GROUPS }</option>
                { for groups::FIELDS.iter().map(option) }
            </select>
        </label>
    }
}

fn columns(props: &ToolsProps) -> Option<Html> {
    let (columns, offered) = props.columns.as_ref()?;
    Some(html! { <Columns {columns} {offered} act={&props.act} /> })
}

/// Loads every page of every source that has more.
fn rest(props: &ResultBarProps) -> Html {
    let open: Vec<&'static str> = props
        .sources
        .iter()
        .filter(|source| matches!(source.load, Load::Ready | Load::Stopped))
        .map(|source| source.info.id)
        .collect();
    if open.is_empty() {
        let is_coming = props.sources.iter().any(|source| source.is_running());
        return html! { <span key="rest" class={is_coming.then_some("result-bar__room")} /> };
    }
    let text = if props.answer.is_filtered() {
        texts::load_rest(props.answer.n_loaded)
    } else {
        texts::LOAD_ALL.to_owned()
    };
    let on_click = props.wish.reform(move |_| Wish::LoadEach(open.clone(), Goal::All));
    html! { <button key="rest" type="button" class="button" data-action="load-rest" onclick={on_click}>{ text }</button> }
}

/// Asks an API for what it takes of the query, or for everything again.
fn asking(provider: &'static str, is_asked: bool, act: &Callback<Action>) -> Html {
    let title = roster_core::provider(provider).map_or(provider, |provider| provider.info().title);
    let on_click = act.reform(move |_| Action::AskingChosen(provider, !is_asked));
    html! {
        <button key={provider} type="button" class="button" data-action="ask-api" data-provider={provider} aria-pressed={is_asked.to_string()}
            title={texts::ASK_API_HELP} onclick={on_click}>{ Icon::Bolt.draw() }{ texts::ask_api(title, is_asked) }</button>
    }
}

fn tabs(shown: Tab, act: &Callback<Action>) -> Html {
    let one = |tab: Tab| {
        let on_click = act.reform(move |_| Action::TabChosen(tab));
        let title = match tab {
            Tab::Profiles => texts::PROFILES,
            Tab::Charts => texts::CHARTS,
        };
        html! {
            <button key={tab.word()} type="button" class="segment" data-tab={tab.word()} aria-pressed={(tab == shown).to_string()}
                onclick={on_click}>{ title }</button>
        }
    };
    html! { <div class="segments" role="group" aria-label={texts::TABS}>{ for Tab::ALL.into_iter().map(one) }</div> }
}

fn views(shown: View, act: &Callback<Action>) -> Html {
    let one = |view: View| {
        let on_click = act.reform(move |_| Action::ViewChosen(view));
        let (icon, title) = match view {
            View::Cards => (Icon::Cards, texts::CARDS),
            View::Table => (Icon::Table, texts::TABLE),
            View::Compact => (Icon::Lines, texts::COMPACT),
        };
        html! {
            <button key={view.word()} type="button" class="segment segment--icon" data-view={view.word()} aria-pressed={(view == shown).to_string()}
                aria-label={title} title={title} onclick={on_click}>{ icon.draw() }</button>
        }
    };
    html! { <div class="segments" role="group" aria-label={texts::VIEWS}>{ for View::ALL.into_iter().map(one) }</div> }
}
