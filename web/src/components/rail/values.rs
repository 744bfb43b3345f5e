//! The values of a field with their counts, and the profiles that have none.

use roster_index::{Facet, Match, Nothing};
use yew::{Html, html};

use super::group::{Group, GroupProps};
use super::search::Search;
use super::value::{Entry, Value};
use crate::choice::excludes;
use crate::format::length;
use crate::rail::{LONG, is_three_way};
use crate::texts;

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

/// The values.
pub(super) fn draw(group: &Group, props: &GroupProps, facet: &Facet) -> Html {
    let mut all = entries(props, facet);
    if is_three_way(props.field) {
        group.places.sort(&mut all);
        return three_ways(props, &all);
    }
    // A box in which something stands does not go away under it.
    let is_long = all.len() > LONG || !group.search.is_empty();
    let wanted = roster_index::fold(&group.search);
    let is_wanted = |entry: &Entry| wanted.is_empty() || roster_index::fold(&entry.title).contains(&wanted);
    all.retain(is_wanted);
    let n_found = all.len();
    let is_cut = is_long && !group.is_all_shown && wanted.is_empty();
    let is_kept = |(place, entry): &(usize, Entry)| {
        !is_cut || *place < LONG || entry.is_nothing() || entry.is_chosen || entry.is_excluded
    };
    let kept = all.into_iter().enumerate().filter(is_kept);
    let mut shown: Vec<Entry> = kept.map(|(_, entry)| entry).collect();
    group.places.sort(&mut shown);
    let field = props.field;
    let choice = |entry: Entry| {
        let key = entry.key();
        html! { <Value {key} {field} {entry} /> }
    };
    let more = (is_long && wanted.is_empty()).then(|| {
        let text = if group.is_all_shown { texts::FEWER.to_owned() } else { texts::all_values(n_found) };
        html! { <button type="button" class="text-button" data-action="all-values" onclick={&group.on_more}>{ text }</button> }
    });
    html! {
        <>
            <div>{ is_long.then(|| html! { <Search {field} text={group.search.clone()} on_text={&group.on_search} /> }) }</div>
            <div class="facet__choices">{ for shown.into_iter().map(choice) }</div>
            <div>{ more }</div>
        </>
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
