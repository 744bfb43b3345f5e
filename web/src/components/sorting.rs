//! The order of the list: up to three keys, each up or down.

use roster_index::{By, Field, Sort, SortKey};
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, Properties, TargetCast, component, html};

use crate::icon::Icon;
use crate::state::Action;
use crate::texts;

/// What people sort by most, before everything else by name.
const FIRST: [&str; 6] = ["title", "created", "updated", "followers", "quota", "token"];

/// Properties of [`Sorting`].
#[derive(Clone, PartialEq, Properties)]
pub struct SortingProps {
    /// The order.
    pub sort: Sort,
    /// What happened.
    pub act: Callback<Action>,
}

/// A choice for each key and one for the next; the direction is a button beside it.
#[component]
pub fn Sorting(props: &SortingProps) -> Html {
    let keys = props.sort.keys();
    let n_shown = (keys.len() + 1).min(Sort::MAX_KEYS);
    let shown = (0..n_shown).map(|place| one(props, place));
    html! { <div class="sorting" role="group" aria-label={texts::ORDER} data-testid="sorting">{ for shown }</div> }
}

fn one(props: &SortingProps, place: usize) -> Html {
    let key = props.sort.keys().get(place).copied();
    let (sort, act) = (props.sort.clone(), props.act.clone());
    let on_change = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let chosen = select.and_then(|select| SortKey::parse(&select.value()));
        act.emit(Action::OrderChosen(changed(&sort, place, chosen)));
    });
    let label = if place == 0 { texts::ORDER } else { texts::THEN_BY };
    let shown = key.map(|key| name(key.by)).unwrap_or_default();
    let nothing = if place == 0 {
        texts::AS_LOADED
    } else {
        texts::NOTHING_MORE
    };
    html! {
        <div key={place} class="sorting__key">
            <label class="sorting__label">
                <span class={if place == 0 { "" } else { "visually-hidden" }}>{ label }</span>
                <select class="sorting__select" data-testid={if place == 0 { "order" } else { "then-by" }} onchange={on_change}>
                    <option value="" selected={key.is_none()}>{ nothing }</option>
                    { for options(&shown) }
                </select>
            </label>
            <span>{ key.map(|key| direction(props, place, key)) }</span>
        </div>
    }
}

fn options(shown: &str) -> Vec<Html> {
    let urgency = ("-urgency".to_owned(), texts::URGENCY);
    let first = FIRST.iter().filter_map(|key| Field::named(key));
    let others = Field::ALL
        .iter()
        .copied()
        .filter(|field| !FIRST.contains(&field.key()) && !field.info().is_personal);
    // Counts and dates are mostly wanted from the largest down, names from the first on.
    let word = |field: &Field| [if field.kind().is_range() { "-" } else { "" }, field.key()].concat();
    let fields = first.chain(others).map(|field| (word(&field), texts::facet(field)));
    let option = |(word, title): (String, &'static str)| {
        let is_shown = word.trim_start_matches('-') == shown;
        html! { <option value={word} selected={is_shown}>{ title }</option> }
    };
    std::iter::once(urgency).chain(fields).map(option).collect()
}

fn direction(props: &SortingProps, place: usize, key: SortKey) -> Html {
    let turned = SortKey {
        is_descending: !key.is_descending,
        ..key
    };
    let next = changed(&props.sort, place, Some(turned));
    let on_click = props.act.reform(move |_| Action::OrderChosen(next.clone()));
    let (icon, label) = if key.is_descending {
        (Icon::Down, texts::DESCENDING)
    } else {
        (Icon::Up, texts::ASCENDING)
    };
    html! {
        <button type="button" class="icon-button" data-action="turn" aria-label={label} title={label} onclick={on_click}>{ icon.draw() }</button>
    }
}

fn name(by: By) -> String {
    match by {
        By::Field(field) => field.key().to_owned(),
        By::Urgency => "urgency".to_owned(),
    }
}

/// The order with another key at a place; without one, what follows goes too.
fn changed(sort: &Sort, place: usize, key: Option<SortKey>) -> Sort {
    let mut keys = sort.keys().to_vec();
    match key {
        None => keys.truncate(place),
        Some(key) => {
            keys.retain(|other| other.by != key.by || keys_at(sort, place) == Some(*other));
            if let Some(own) = keys.get_mut(place) {
                *own = key;
            } else {
                keys.push(key);
            }
        }
    }
    keys.truncate(Sort::MAX_KEYS);
    Sort::new(keys).unwrap_or_default()
}

fn keys_at(sort: &Sort, place: usize) -> Option<SortKey> {
    sort.keys().get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{order, order_text};

    #[test]
    fn keys_are_changed_added_turned_and_taken_back() {
        let after = |text: &str, place, key: &str| order_text(&changed(&order(text), place, SortKey::parse(key)));
        assert_eq!(after("", 0, "-urgency"), "-urgency");
        assert_eq!(after("-urgency", 1, "title"), "-urgency,title");
        assert_eq!(after("-urgency,title", 0, "created"), "created,title");
        assert_eq!(after("title,created", 0, "-title"), "-title,created");
        assert_eq!(after("title,created", 0, ""), "");
        assert_eq!(after("title,created", 1, "title"), "created,title", "no key twice");
    }
}
