//! The beginning: until the whole program is there and has taken the first page in, its first records stand on the
//! screen as they came.

use std::rc::Rc;

use super::{Action, QUERY_ID, State};
use crate::roll::Row;
use crate::shared::Shared;
use crate::view::{Tab, View};

/// Most records that are shown before the index knows them: more than a large screen has room for.
pub const MAX_FIRST: usize = 48;

/// What there is before the whole program.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Whether the whole program is there.
    pub is_whole: bool,
    /// What a person chose before that, which is kept until then.
    pub wishes: Vec<Rc<Action>>,
    /// Keys of the profiles of which a person wanted to know more before there was anything that could ask for it.
    pub checks: Vec<String>,
    /// The first records as they came, until the index has taken a page in; `None` from then on.
    pub rows: Option<Shared<Vec<Row>>>,
}

impl Default for Beginning {
    fn default() -> Self {
        Self {
            // Only the build for browsers is cut in two.
            is_whole: !cfg!(target_arch = "wasm32"),
            wishes: Vec::new(),
            checks: Vec::new(),
            rows: Some(Shared::default()),
        }
    }
}

impl State {
    /// Whether the screen is the first one.
    pub fn is_first(&self) -> bool {
        !self.beginning.is_whole
            || (self.is_plain() && self.beginning.rows.as_ref().is_some_and(|rows| !rows.is_empty()))
    }

    /// Whether nothing is asked for but the profiles as they come, which needs no more than their records.
    pub fn is_plain(&self) -> bool {
        let is_all = self.query.is_empty() && self.asking.is_empty() && self.sort == roster_index::Sort::default();
        let is_list = self.view == View::Cards && self.tab == Tab::Profiles && self.group.is_none();
        let is_alone = self.open.is_none() && self.sheet.is_none() && !self.has_help;
        is_all && is_list && is_alone && self.files.is_empty() && self.outage.is_none() && self.uncopied.is_none()
    }

    /// The program is whole: what was chosen before is done now.
    #[inline(never)]
    pub(super) fn complete(&mut self) {
        self.beginning.is_whole = true;
        if matches!(
            self.beginning.wishes.last().map(|wish| &**wish),
            Some(Action::QueryTyped(_))
        ) {
            self.wish_focus(QUERY_ID.to_owned());
        }
        for wish in std::mem::take(&mut self.beginning.wishes) {
            self.choose(Rc::unwrap_or_clone(wish));
        }
    }

    /// Shows records that the index has not taken in yet. What stands on the screen stays where it is.
    pub(super) fn show_first(&mut self, rows: Vec<Row>) -> bool {
        if !self.is_plain() {
            return false;
        }
        let Some(shown) = &mut self.beginning.rows else {
            return false;
        };
        let known = |shown: &[Row], row: &Row| {
            shown
                .iter()
                .any(|one| (one.provider(), one.id()) == (row.provider(), row.id()))
        };
        let shown = shown.make_mut();
        for row in rows {
            if shown.len() < MAX_FIRST && !known(shown, &row) {
                shown.push(row);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut() -> State {
        let mut state = State::default();
        state.beginning.is_whole = false;
        state
    }

    fn row(id: &str, name: &str) -> Row {
        Row::new(
            &["upsun:", id].concat(),
            &[r#"{"id":"#, id, r#","n":""#, name, r#""}"#].concat(),
        )
        .unwrap()
    }

    #[test]
    fn the_first_records_stay_where_they_are_until_the_index_has_them() {
        let mut state = cut();
        assert!(state.is_first(), "the program is not whole");
        state.beginning.is_whole = true;
        assert!(!state.is_first(), "there is nothing to show, and nothing to wait for");
        assert!(state.show_first(vec![row("1", "a"), row("2", "b")]));
        assert!(state.show_first(vec![row("2", "again"), row("3", "c")]));
        assert_eq!(
            state.beginning.rows.as_deref(),
            Some(&vec![row("1", "a"), row("2", "b"), row("3", "c")])
        );
        assert!(state.is_first());
        state.show_first((10..100).map(|n| row(&n.to_string(), "x")).collect());
        assert_eq!(state.beginning.rows.as_ref().map(|rows| rows.len()), Some(MAX_FIRST));
        state.beginning.rows = None;
        assert!(
            !state.show_first(vec![row("1", "a")]) && !state.is_first(),
            "that is over for good"
        );
    }

    #[test]
    fn what_is_chosen_before_the_program_is_whole_is_done_when_it_is() {
        let mut state = cut();
        assert!(
            state.apply(Action::QueryTyped("a".to_owned())) && state.apply(Action::ProfileOpened("upsun:1".to_owned()))
        );
        assert_eq!((state.query.as_str(), state.open.as_deref()), ("", None));
        state.apply(Action::Completed);
        assert_eq!((state.query.as_str(), state.open.as_deref()), ("a", Some("upsun:1")));
        assert!(state.beginning.wishes.is_empty());
        let mut state = cut();
        state.apply(Action::QueryTyped("a".to_owned()));
        state.apply(Action::Completed);
        assert_eq!(state.focus.1, QUERY_ID, "who was writing goes on writing");
    }

    #[test]
    fn whoever_asks_for_more_does_not_see_the_records_as_they_came() {
        let mut state = State::default();
        state.show_first(vec![row("1", "a")]);
        let changes: [fn(&mut State); 3] = [
            |state| state.query = "x".to_owned(),
            |state| state.view = View::Table,
            |state| state.open = Some("k".to_owned()),
        ];
        for change in changes {
            let mut asked = state.clone();
            change(&mut asked);
            assert!(!asked.is_first());
        }
    }
}
