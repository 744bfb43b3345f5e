//! The list in groups: a head with its count for each, which folds, and the profiles below it.

use std::collections::BTreeSet;

use roster_index::Field;
use yew::{Callback, Html, Properties, component, html, use_memo};

use super::list::{List, ListProps};
use crate::format::length;
use crate::groups::{Group, MAX, groups};
use crate::icon::Icon;
use crate::state::Action;
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
    let shown = all.iter().take(MAX);
    let n_listed = shown
        .clone()
        .filter(|group| is_open(group))
        .map(|group| group.answer.total)
        .sum();
    let mut before = 0;
    let drawn: Vec<Html> = shown
        .enumerate()
        .map(|(place, group)| {
            let own = is_open(group).then(|| ListProps {
                answer: group.answer.clone(),
                before,
                scope: place + 1,
                n_listed,
                ..list.clone()
            });
            before += own.as_ref().map_or(0, |own| own.answer.total);
            draw(group, place, own, &list.act)
        })
        .collect();
    let n_more = all.len().saturating_sub(MAX);
    html! {
        <div class="groups" data-testid="groups">
            { for drawn }
            <p class="groups__more">{ (n_more > 0).then(|| texts::more_groups(n_more)) }</p>
        </div>
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
