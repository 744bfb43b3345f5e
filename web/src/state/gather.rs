//! What a person brings, chooses and takes along: files, chosen profiles, sheets over the page.

use roster_core::provider;

use super::State;
use crate::file_source::{FileLoad, FileSource};
use crate::index::{Index, Question};
use crate::picking::Pick;
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::source::Source;
use crate::texts;

/// Id of the heading of the sheet over the page.
pub const SHEET_TITLE_ID: &str = "sheet-title";

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
