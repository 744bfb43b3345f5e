//! The values of a field with their counts, and the profiles that have none.

use roster_index::{Facet, Field, Match, Nothing};
use yew::{Context, Html, InputEvent, TargetCast, html};

use super::group::{Group, GroupMsg, GroupProps};
use crate::choice::{Choice, excludes, presence};
use crate::format::length;
use crate::icon::Icon;
use crate::rail::{LONG, is_three_way};
use crate::state::Action;
use crate::texts;

/// A value, or a kind of nothing.
struct Entry {
    word: String,
    title: String,
    n_rows: usize,
    value: Match,
    is_chosen: bool,
    is_excluded: bool,
}

impl Entry {
    fn is_nothing(&self) -> bool {
        matches!(self.value, Match::Nothing(_))
    }
}

fn entries(props: &GroupProps, facet: &Facet) -> Vec<Entry> {
    let (field, own) = (props.field, &props.own);
    let is_flag = field.kind() == roster_index::Kind::Flag;
    let entry = |value: Match, word: &str, title: String, n_rows: usize| Entry {
        is_chosen: own.chooses(field, &value),
        is_excluded: excludes(own, field, &value),
        word: word.to_owned(),
        title,
        n_rows,
        value,
    };
    let values = facet.values.iter().map(|one| {
        let value = if is_flag {
            Match::Flag(one.value == "yes")
        } else {
            Match::Is(one.value.clone())
        };
        entry(value, &one.value, texts::facet_value(field, &one.value), one.n_rows)
    });
    let nothing = [
        (Nothing::NotSet, facet.n_not_set),
        (Nothing::NotLoaded, facet.n_not_loaded),
        (Nothing::NotInApi, facet.n_not_in_api),
    ];
    let nothing = nothing.into_iter().map(|(why, n_rows)| {
        let title = texts::nothing_of(field, why).to_owned();
        entry(Match::Nothing(why), why.word(), title, n_rows)
    });
    let is_there = |entry: &Entry| !entry.is_nothing() || entry.n_rows > 0 || entry.is_chosen || entry.is_excluded;
    values.chain(nothing).filter(is_there).collect()
}

/// Switches over the values: has, has none, or any; and all of or any of.
pub(super) fn ways(props: &GroupProps) -> Html {
    if props.field != Field::Platform {
        return html! {};
    }
    let act = |choice: Choice| {
        props
            .act
            .reform(move |_: yew::MouseEvent| Action::Chosen(choice.clone()))
    };
    let has = presence(&props.own, Field::Platform);
    let segment = |name: &'static str, title: &'static str, is_on: bool, choice: Choice| {
        html! {
            <button type="button" class="segment" data-way={name} aria-pressed={is_on.to_string()} onclick={act(choice)}>{ title }</button>
        }
    };
    let presence = |title, wanted| {
        segment(
            title,
            texts::presence(wanted),
            has == wanted,
            Choice::Presence(Field::Platform, wanted),
        )
    };
    let wants_all = props.wants_all || crate::choice::wants_all(&props.own, Field::Platform);
    html! {
        <>
            <div class="segments" role="group" aria-label={texts::ACCOUNTS}>{ presence("any", None) }{ presence("has", Some(true)) }{ presence("none", Some(false)) }</div>
            <div class="segments" role="group" aria-label={texts::SEVERAL}>
                { segment("any-of", texts::ANY_OF, !wants_all, Choice::All(Field::Platform, false)) }
                { segment("all-of", texts::ALL_OF, wants_all, Choice::All(Field::Platform, true)) }
            </div>
        </>
    }
}

/// The values.
pub(super) fn draw(group: &Group, ctx: &Context<Group>, facet: &Facet) -> Html {
    let props = ctx.props();
    let all = entries(props, facet);
    if is_three_way(props.field) {
        return three_ways(props, &all);
    }
    // A box in which something stands does not go away under it.
    let is_long = all.len() > LONG || !group.search.is_empty();
    let wanted = roster_index::fold(&group.search);
    let is_wanted = |entry: &&Entry| wanted.is_empty() || roster_index::fold(&entry.title).contains(&wanted);
    let found: Vec<&Entry> = all.iter().filter(is_wanted).collect();
    let n_found = found.len();
    let is_cut = is_long && !group.is_all_shown && wanted.is_empty();
    let is_kept = |(place, entry): &(usize, &Entry)| {
        !is_cut || *place < LONG || entry.is_nothing() || entry.is_chosen || entry.is_excluded
    };
    let shown = found.into_iter().enumerate().filter(is_kept);
    let choices: Vec<Html> = shown.map(|(_, entry)| choice(props, entry)).collect();
    let is_all_shown = group.is_all_shown;
    let more = (is_long && wanted.is_empty()).then(|| {
        let on_click = ctx.link().callback(move |_| GroupMsg::AllShown(!is_all_shown));
        let text = if is_all_shown { texts::FEWER.to_owned() } else { texts::all_values(n_found) };
        html! { <button type="button" class="text-button" data-action="all-values" onclick={on_click}>{ text }</button> }
    });
    html! {
        <>
            <div>{ is_long.then(|| search(group, ctx)) }</div>
            <div class="facet__choices">{ for choices }</div>
            <div>{ more }</div>
        </>
    }
}

/// A box to search among many values.
fn search(group: &Group, ctx: &Context<Group>) -> Html {
    let on_input = ctx.link().callback(|event: InputEvent| {
        let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
        GroupMsg::Searched(input.map(|input| input.value()).unwrap_or_default())
    });
    let label = texts::search_in(texts::facet(ctx.props().field));
    html! {
        <input type="search" class="facet__search" data-testid="facet-search" aria-label={label.clone()} placeholder={label}
            value={group.search.clone()} autocomplete="off" spellcheck="false" oninput={on_input} />
    }
}

fn choice(props: &GroupProps, entry: &Entry) -> Html {
    let class = match (entry.is_excluded, entry.is_nothing()) {
        (true, _) => "facet__choice facet__choice--not",
        (false, true) => "facet__choice facet__choice--none",
        (false, false) => "facet__choice",
    };
    let nothing = entry.is_nothing().then_some("");
    let not = texts::not(&entry.title);
    let is_counted = format!("{}-{}", props.field.key(), entry.word);
    html! {
        <div key={[entry.word.as_str(), if entry.is_nothing() { "~" } else { "" }].concat()} class={class}>
            <label class="facet__label">
                <input type="checkbox" value={entry.word.clone()} data-nothing={nothing} checked={entry.is_chosen} aria-describedby={is_counted.clone()} />
                <bdi class="facet__value">{ entry.title.clone() }</bdi>{ " " }
                <span id={is_counted} class="facet__count" data-count={entry.n_rows.to_string()}>{ length(entry.n_rows) }</span>
            </label>
            <button type="button" class="facet__not" data-exclude={entry.word.clone()} data-nothing={nothing} aria-pressed={entry.is_excluded.to_string()}
                aria-label={not.clone()} title={not}>{ Icon::Not.draw() }</button>
        </div>
    }
}

/// Any, or exactly one of few.
fn three_ways(props: &GroupProps, all: &[Entry]) -> Html {
    let name = ["way-", props.field.key()].concat();
    let is_any = !all.iter().any(|entry| entry.is_chosen);
    let radio = |word: String, title: String, n_rows: Option<usize>, is_chosen: bool, class: &'static str| {
        html! {
            <label key={word.clone()} class={class}>
                <input type="radio" name={name.clone()} value={word} checked={is_chosen} />
                <bdi class="facet__value">{ title }</bdi>{ " " }
                <span class="facet__count" data-count={n_rows.map(|n_rows| n_rows.to_string())}>{ n_rows.map(length) }</span>
            </label>
        }
    };
    let any = radio(String::new(), texts::ANY.to_owned(), None, is_any, "facet__label");
    let each = all.iter().map(|entry| {
        let class = if entry.is_nothing() {
            "facet__label facet__choice--none"
        } else {
            "facet__label"
        };
        radio(
            entry.word.clone(),
            entry.title.clone(),
            Some(entry.n_rows),
            entry.is_chosen,
            class,
        )
    });
    html! { <div class="facet__choices">{ for std::iter::once(any).chain(each) }</div> }
}

/// That the field is not one of every API, where no value says so, or that there is nothing to count.
pub(super) fn note(facet: &Facet) -> Option<&'static str> {
    let n_others = facet.n_not_set + facet.n_not_loaded + facet.n_not_in_api;
    if facet.n_not_in_api > 0 && facet.field.kind().is_range() {
        Some(texts::NOT_OF_EVERY_SOURCE)
    } else if facet.values.is_empty() && n_others == 0 && !facet.field.kind().is_range() {
        Some(texts::NONE_TO_COUNT)
    } else {
        None
    }
}
