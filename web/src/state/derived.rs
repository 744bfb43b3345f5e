//! What follows from a state. Pure: the same state gives the same again.

use roster_core::{Query, UnixMs};
use roster_index::{Filter, Plan, Sort, plan};

use super::{Parts, State};
use crate::index::{Answer, Question};
use crate::rail;
use crate::roll::Row;
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::source::{Goal, Load, Source};
use crate::table;
use crate::theme::Theme;
use crate::url::Link;
use crate::view::View;

impl State {
    /// The source of a provider.
    pub fn source(&self, provider: &str) -> Option<&Source> {
        self.sources
            .iter()
            .map(|source| &**source)
            .find(|source| source.info.id == provider)
    }

    /// The profile with this key, if it is loaded.
    pub fn row(&self, key: &str) -> Option<Row> {
        self.index.find(key).or_else(|| match self.parts.get(key) {
            Some(Parts::Loaded(row)) => Some(row.clone()),
            _ => None,
        })
    }

    /// What is asked of everything that is loaded. It is the same for a minute, so that the answer is.
    pub fn question(&self) -> Question {
        Question {
            text: self.query.clone(),
            sort: self.list_sort().clone(),
            facets: rail::counted(&self.folds),
            now: self.counted_at,
        }
    }

    /// The order in which the list stands.
    pub fn list_sort(&self) -> &Sort {
        self.listed.as_ref().unwrap_or(&self.sort)
    }

    /// The list, as the index answers.
    pub fn answer(&self) -> Answer {
        self.index.answer(&self.question())
    }

    /// What of the query this source's API can be asked for; `None` where it takes nothing of it.
    pub fn plan(&self, provider: &str) -> Option<Plan> {
        let plan = plan(&Filter::parse(&self.query), provider).ok()?;
        (!plan.params.is_empty() && !plan.is_nothing).then_some(plan)
    }

    /// What is asked of each source that can be asked.
    pub fn queries(&self) -> Vec<Query> {
        let query = |source: &Shared<Source>| {
            let base = source.query().ok()?;
            let is_asked = self.asking.contains(source.info.id);
            match is_asked.then(|| self.plan(source.info.id)).flatten() {
                Some(plan) => plan.query(base).ok(),
                None => Some(base),
            }
        };
        self.asked_sources().iter().filter_map(query).collect()
    }

    /// Light, dark, or as the system has it.
    pub fn theme(&self) -> Theme {
        self.settings.theme.unwrap_or(self.host_theme)
    }

    /// Whether every source has told everything.
    pub fn is_complete(&self) -> bool {
        self.asked_sources().iter().all(|source| source.is_complete())
    }

    /// Whether everything of some source is on its way. What has come since the last drawing stands in no order yet, and
    /// to make one for a minute that has turned costs seconds of a million; it turns with the next profiles shown.
    pub(super) fn is_loading_all(&self) -> bool {
        let is_on_its_way = |source: &Shared<Source>| source.is_running() && source.goal == Goal::All;
        self.sources.iter().any(is_on_its_way)
    }

    /// The sources that have more, as far as they are asked.
    pub fn open_sources(&self) -> Vec<&'static str> {
        let has_more = |source: &&Shared<Source>| matches!(source.load, Load::Ready | Load::Stopped);
        let open = self.asked_sources().iter().filter(has_more);
        open.map(|source| source.info.id).collect()
    }

    /// Whether a first page may still come.
    pub fn is_starting(&self) -> bool {
        let is_open = |source: &Shared<Source>| source.progress.n_pages == 0 && source.is_open();
        self.outage.is_none() && self.asked_sources().iter().any(is_open)
    }

    /// When the last page of any source came.
    pub fn loaded_at(&self) -> Option<UnixMs> {
        self.asked_sources().iter().filter_map(|source| source.loaded_at).max()
    }

    /// The link that leads back here.
    pub fn link(&self) -> Link {
        Link {
            query: self.query.clone(),
            sort: self.sort.clone(),
            asking: self.asking.clone(),
            view: Some(self.view).filter(|view| *view != View::default()),
            tab: self.tab,
            group: self.group,
            folded: self.folded.clone(),
            columns: Some(self.columns.to_vec()).filter(|columns| *columns != table::USUAL),
            open: self.open.clone(),
            section: self.section.clone().filter(|_| self.open.is_some()),
            sheet: self.sheet.clone().filter(|sheet| *sheet != Sheet::Export),
        }
    }

    /// Whether the proxy asks this source nothing for a while.
    pub fn is_held(&self, provider: &str) -> bool {
        let until = self.standing(provider).and_then(|standing| standing.until);
        until.is_some_and(|until| until.since(self.now) > 0)
    }

    /// Whether any number on the screen counts seconds.
    pub(super) fn counts_seconds(&self) -> bool {
        let counts =
            |source: &Shared<Source>| source.is_running() || source.is_fresh(self.now) || self.is_held(source.info.id);
        self.sources.iter().any(counts)
    }
}
