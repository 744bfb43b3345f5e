//! What a person brings, chooses and takes along: files, chosen profiles, sheets over the page.

use roster_core::{Budget, UnixMs, provider};

use super::{State, minute};
use crate::file_source::{FileLoad, FileSource};
use crate::index::{Index, Question};
use crate::intake::Whose;
use crate::picking::Pick;
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::source::{Source, Standing};
use crate::texts;

/// Id of the heading of the sheet over the page.
pub const SHEET_TITLE_ID: &str = "sheet-title";

/// What told something of a profile, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The list, or a file.
    pub list: Option<String>,
    /// One more request.
    pub parts: Option<String>,
}

impl State {
    /// Whether the demo has made room for what a person has opened.
    pub fn is_demo_gone(&self) -> bool {
        let is_demo = self.origin.as_ref().is_some_and(|origin| origin.is_demo());
        is_demo && self.files.iter().any(|file| file.load == FileLoad::Done)
    }

    /// The sources that are, or can be, asked.
    pub fn asked_sources(&self) -> &[Shared<Source>] {
        let is_out = self.origin.is_none() && self.outage.is_some() && !self.files.is_empty();
        if is_out || self.is_demo_gone() {
            &[]
        } else {
            &self.sources
        }
    }

    /// The file of this number.
    pub fn file(&self, id: u64) -> Option<&FileSource> {
        self.files.iter().map(|file| &**file).find(|file| file.id == id)
    }

    pub(super) fn hear_sources(&mut self, sources: Vec<roster_core::Source>, now: UnixMs) {
        self.heard_at = now;
        if let Some(origin) = &mut self.origin {
            std::rc::Rc::make_mut(origin).sources = sources;
        }
    }

    /// What the proxy says of a source, with what is left of its wait.
    pub fn standing(&self, provider: &str) -> Option<Standing> {
        let source = self.origin.as_ref()?.source(provider)?;
        let wait_ms = source.wait_ms.and_then(|ms| i64::try_from(ms).ok());
        Some(Standing {
            environment: Some(source.environment.clone()).filter(|name| !name.is_empty()),
            is_demo: source.is_demo,
            state: source.state,
            until: wait_ms.map(|ms| self.heard_at.plus_ms(ms)),
            budget: source.budget.as_ref().map(|budget| Budget {
                used: budget.used,
                limit: budget.limit,
                window_ms: budget.window_ms,
            }),
        })
    }

    /// What told something of a profile, and how old that is.
    pub fn told(&self, key: &str) -> Told {
        let now = minute(self.now);
        let source = key.split_once(':').and_then(|(provider, _)| self.source(provider));
        let list = match self.index.whose(key) {
            Some(Whose::File(id)) => self
                .file(id)
                .map(|file| texts::from_file(&file.name, file.modified, now)),
            Some(Whose::Api(_)) | None => source.map(|source| {
                let made = source.freshness.and_then(|freshness| freshness.last_updated);
                texts::from_list(source.route.name, made.or(source.loaded_at), now)
            }),
        };
        let parts = self.parts_at.get(key).map(|at| texts::from_parts(*at, now));
        Told {
            list: list.filter(|_| self.index.place(key).is_some()),
            parts,
        }
    }

    #[inline(never)]
    pub(super) fn hear_file(&mut self, file: FileSource, index: Index) {
        let had_demo = !self.is_demo_gone();
        if !file.is_running() {
            self.announcement = texts::file_progress(&file);
        }
        self.index = index;
        match self.files.iter_mut().find(|own| own.id == file.id) {
            Some(own) => *own = file.into(),
            None => self.files.push(file.into()),
        }
        if had_demo && self.is_demo_gone() {
            let fresh = self.sources.iter().filter_map(|source| provider(source.info.id));
            (self.picked, self.anchor) = (Shared::default(), None);
            self.sources = fresh.filter_map(Source::new).map(Shared::from).collect();
        }
    }

    pub(super) fn close_file(&mut self, id: u64, index: Index) {
        self.files.retain(|file| file.id != id);
        self.index = index;
    }

    /// Returns whether anything changed.
    pub(super) fn pick(&mut self, pick: Pick) -> bool {
        match pick {
            Pick::Toggled(key) => {
                self.anchor = Some(key.clone());
                self.picked.make_mut().toggle(&key);
            }
            Pick::UpTo(place) => self.pick_up_to(place),
            Pick::All => self.pick_between(0, usize::MAX),
            Pick::Nothing if self.picked.is_empty() => return false,
            Pick::Nothing => (self.picked, self.anchor) = (Shared::default(), None),
        }
        self.announcement = texts::n_picked(self.picked.len());
        true
    }

    fn pick_up_to(&mut self, place: usize) {
        let answer = self.index.answer(&self.bare_question());
        let anchor = self.anchor.as_ref().and_then(|key| self.index.position(&answer, key));
        let from = anchor.unwrap_or(place);
        self.pick_between(from.min(place), from.abs_diff(place) + 1);
        self.anchor = self.index.key_at(&answer, place);
    }

    fn pick_between(&mut self, first: usize, n_rows: usize) {
        let answer = self.index.answer(&self.bare_question());
        let rows = self.index.window(&answer, first, n_rows).rows;
        let index = self.index.clone();
        let keys = rows.iter().filter_map(|row| index.key(*row));
        self.picked.make_mut().extend(keys);
    }

    /// Opens another profile of the list in place of the open one. Returns whether there is one.
    pub(super) fn pass_profiles(&mut self, n_profiles: isize) -> bool {
        let answer = self.index.answer(&self.bare_question());
        let place = self.open.as_ref().and_then(|key| self.index.position(&answer, key));
        let next = place.and_then(|place| place.checked_add_signed(n_profiles));
        let key = next.and_then(|place| self.index.key_at(&answer, place));
        key.is_some_and(|key| {
            self.open(key);
            true
        })
    }

    /// The question of the list without its counts.
    fn bare_question(&self) -> Question {
        Question {
            facets: Vec::new(),
            ..self.question()
        }
    }

    pub(super) fn show_sheet(&mut self, sheet: Option<Sheet>) {
        self.n_steps += u64::from(!matches!(sheet, Some(Sheet::Export)));
        if sheet == Some(Sheet::Export) {
            self.written = None;
        }
        self.sheet = sheet;
        if self.sheet.is_some() {
            self.focus = (self.focus.0 + 1, SHEET_TITLE_ID.to_owned());
        }
    }
}
