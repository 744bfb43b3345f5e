//! The list in groups: a head with its count for each, which folds, and the profiles below it.

use std::collections::BTreeSet;

use roster_index::Field;
use yew::{Callback, Html, Properties, component, html, use_memo};

use super::list::{List, ListProps};
use crate::format::length;
use crate::groups::{Group, groups};
use crate::icon::Icon;
use crate::state::{Action, Place};
use crate::texts;

/// Properties of [`Groups`].
#[derive(Clone, PartialEq, Properties)]
pub struct GroupsProps {
    /// The list without groups.
    pub list: ListProps,
    /// What it is grouped by.
    pub by: Field,
    /// The words of the groups that are folded.
    pub folded: BTreeSet<String>,
}

/// Every group.
#[component]
pub fn Groups(props: &GroupsProps) -> Html {
    let list = &props.list;
    let all = use_memo(
        (list.index.clone(), list.answer.clone(), props.by),
        |(index, answer, by)| groups(index, answer, *by),
    );
    let is_open = |group: &Group| !props.folded.contains(&group.word);
    let shown = all.drawn.iter();
    let n_listed = shown
        .clone()
        .filter(|group| is_open(group))
        .map(|group| group.answer.total)
        .sum();
    let place = use_memo(
        (
            (list.index.clone(), list.answer.clone(), props.by),
            (list.place, list.wanted.clone(), props.folded.clone(), list.is_starting),
        ),
        |_| place(&all.drawn, props),
    );
    let mut before = 0;
    let drawn: Vec<Html> = shown
        .enumerate()
        .map(|(at, group)| {
            let own = is_open(group).then(|| ListProps {
                answer: group.answer.clone(),
                before,
                scope: at + 1,
                n_listed,
                place: *place,
                wanted: None,
                ..list.clone()
            });
            before += own.as_ref().map_or(0, |own| own.answer.total);
            draw(group, at, own, &list.act)
        })
        .collect();
    let n_more = all.n_more;
    html! {
        <div class="groups" data-testid="groups">
            { for drawn }
            <p class="groups__more">{ (n_more > 0).then(|| texts::more_groups(n_more)) }</p>
        </div>
    }
}

/// The place to show. The profile that was seen there may stand elsewhere now, and in several groups: then it is the
/// nearest of them. Before all first pages have come, groups still change their order.
fn place(all: &[Group], props: &GroupsProps) -> Place {
    let list = &props.list;
    let Some(key) = list.wanted.as_ref().filter(|_| !list.place.takes_focus) else {
        return list.place;
    };
    if list.is_starting {
        return Place {
            at: usize::MAX,
            ..list.place
        };
    }
    let mut before = 0;
    let mut found = Vec::new();
    for group in all.iter().filter(|group| !props.folded.contains(&group.word)) {
        let position = list.index.position(&group.answer, key);
        found.extend(position.map(|position| before + position));
        before += group.answer.total;
    }
    let nearest = found.into_iter().min_by_key(|at| at.abs_diff(list.place.at));
    Place {
        at: nearest.unwrap_or(list.place.at),
        ..list.place
    }
}

fn draw(group: &Group, place: usize, list: Option<ListProps>, act: &Callback<Action>) -> Html {
    let (word, id) = (group.word.clone(), format!("group-{place}"));
    let on_fold = act.reform(move |_| Action::GroupFolded(word.clone()));
    let is_open = list.is_some();
    html! {
        <section key={group.word.clone()} class="group" aria-label={texts::group(&group.title, group.answer.total)}>
            <h2 class="group__head">
                <button type="button" class="group__fold" data-action="fold-group" data-group={group.word.clone()} aria-expanded={is_open.to_string()}
                    aria-controls={id.clone()} onclick={on_fold}>
                    <span class="facet__arrow">{ Icon::Forth.draw() }</span><bdi class="group__title">{ group.title.clone() }</bdi>{ " " }
                    <span class="group__count" data-count={group.answer.total.to_string()}>{ length(group.answer.total) }</span>
                </button>
            </h2>
            <div {id} class="group__body">{ list.map(|list| html! { <List ..list /> }) }</div>
        </section>
    }
}
