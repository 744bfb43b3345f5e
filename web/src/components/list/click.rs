//! What a click in a card means.

use yew::Callback;

use super::super::Wish;
use super::ListProps;
use crate::picking::Pick;
use crate::state::Action;
use crate::{page, texts};

/// One listener for all cards: what was clicked says by its attributes what is wanted, and the card whose it is.
pub(super) fn listening(props: &ListProps) -> Callback<yew::MouseEvent> {
    let (act, wish) = (props.act.clone(), props.wish.clone());
    Callback::from(move |event: yew::MouseEvent| {
        let Some((action, key)) = page::clicked(&event) else {
            return;
        };
        match action.as_str() {
            "open" | "details" => act.emit(Action::ProfileOpened(key)),
            "pick" => {
                let place = page::place_of(&event).filter(|_| event.shift_key());
                act.emit(Action::Picked(place.map_or(Pick::Toggled(key), Pick::UpTo)));
            }
            "check" => wish.emit(Wish::Parts(key)),
            "copy-id" => copy_id(&key, &wish),
            _ => {}
        }
    })
}

/// Puts the id of a profile on the clipboard, and says so once it is there.
// Of its own, so that the first part of the program can do without it.
#[inline(never)]
pub(crate) fn copy_id(key: &str, wish: &Callback<Wish>) {
    let id = key.split_once(':').map_or(key, |(_, id)| id);
    let (wish, told) = (wish.clone(), texts::copied(id));
    page::copy_then(id, move || wish.emit(Wish::Announce(told)));
}
