//! One source on the screen: what is asked of it, how the load stands, and what has come.

use roster_core::{
    Budget, End, Error, ErrorKind, Freshness, Info, Progress, Provider, Query, Role, Route, SourceState, UnixMs,
};

use crate::intake::Taken;
use crate::roll::Roll;
use crate::shared::Shared;

/// Records per page. Small enough that the first cards come at once, large enough to spare the request budget.
pub const PAGE_SIZE: u64 = 100;

/// Records per page when everything is wanted: as many as an API gives at once, since each request is counted.
const WHOLE_PAGE_SIZE: u64 = u64::MAX;

/// How far a person wants a load to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// One page more.
    Page,
    /// Every page.
    All,
}

impl Goal {
    /// Records per page on the way there.
    pub const fn page_size(self) -> u64 {
        match self {
            Self::Page => PAGE_SIZE,
            Self::All => WHOLE_PAGE_SIZE,
        }
    }
}

/// A wait before the same page is asked for again.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// When it ends.
    pub until: UnixMs,
    /// Requests for this page so far.
    pub attempt: u32,
    /// Requests for this page at most.
    pub of: u32,
    /// What made it necessary.
    pub error: Error,
}

/// How the load of one source stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// Nothing was asked yet.
    Idle,
    /// A request is in flight.
    Loading,
    /// A wait before the next try.
    Waiting(Wait),
    /// A page came; there are more.
    Ready,
    /// A person stopped it; there are more.
    Stopped,
    /// A page did not come. What came before stays.
    Failed(Error),
    /// Nothing more is asked for.
    Ended(End),
}

/// What happened in a load.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadEvent {
    /// A new question was asked: what had come belongs to an older one and has left.
    Began(Query),
    /// The same question was asked from the beginning; what is on screen stays and is merged with what comes.
    Restarted,
    /// It goes on from where it stood.
    Resumed(Goal),
    /// Before the page was reloaded, a load of the same question had come so far, in profiles.
    PlaceFound(u64),
    /// The first profiles of a page are there; it is not read to its end.
    PageBegun,
    /// A page came.
    PageLoaded {
        /// What became of its profiles.
        taken: Taken,
        /// How old its data is.
        freshness: Option<Freshness>,
        /// The load after it.
        progress: Progress,
        /// The API's request window, if it told.
        budget: Option<Budget>,
    },
    /// It waits before it asks for the same page again.
    Waited(Wait),
    /// The page did not come.
    LoadFailed(Error),
    /// A person stopped it.
    Stopped,
    /// The goal is reached; `None` if the API has more.
    Rested(Option<End>),
}

/// What the proxy says of a source, for all who use it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The environment's name.
    pub environment: Option<String>,
    /// Whether its profiles are invented.
    pub is_demo: bool,
    /// How it is.
    pub state: SourceState,
    /// Until when it is not asked.
    pub until: Option<UnixMs>,
    /// What of its window is used.
    pub budget: Option<Budget>,
}

/// One source.
#[derive(Clone)]
pub struct Source {
    /// The API.
    pub info: &'static Info,
    /// Its list.
    pub route: &'static Route,
    /// What is, or was last, asked of it.
    pub asked: Option<Query>,
    /// How far an earlier load had come before the page was reloaded, in profiles, as long as this one is behind it.
    pub earlier: Option<u64>,
    /// How the load stands.
    pub load: Load,
    /// What the running or last load was to reach.
    pub goal: Goal,
    /// What has come.
    pub roll: Shared<Roll>,
    /// Pages and items so far, and the total where it is true.
    pub progress: Progress,
    /// How old the data is.
    pub freshness: Option<Freshness>,
    /// The API's request window.
    pub budget: Option<Budget>,
    /// When its last page came.
    pub loaded_at: Option<UnixMs>,
    /// Names the load; events of another one are late and dropped.
    pub generation: u64,
    /// Since when it runs.
    running_since: Option<UnixMs>,
    /// How long it ran before that, in milliseconds.
    spent_ms: i64,
}

impl Source {
    /// A source of which nothing is known yet; `None` for an API without a list.
    pub fn new(provider: &'static dyn Provider) -> Option<Self> {
        let info = provider.info();
        Some(Self {
            info,
            route: info.routes.first()?,
            asked: None,
            earlier: None,
            load: Load::Idle,
            goal: Goal::Page,
            roll: Shared::default(),
            progress: Progress::default(),
            freshness: None,
            budget: None,
            loaded_at: None,
            generation: 0,
            running_since: None,
            spent_ms: 0,
        })
    }

    /// The question without any condition: the first page of everything.
    ///
    /// # Errors
    /// `InvalidQuery` if the API's table contradicts itself.
    pub fn query(&self) -> Result<Query, Error> {
        let query = Query::new(self.info.id, self.route.name)?;
        let size = self
            .route
            .pagination
            .as_ref()
            .and_then(|pagination| pagination.size.as_ref());
        match size {
            Some(size) => query.with(size.param, &PAGE_SIZE.min(size.max).to_string()),
            None => Ok(query),
        }
    }

    /// The conditions that the API was asked for, by the names of their parameters.
    pub fn conditions(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let params = self.route.params.iter().filter(|param| param.role == Role::Filter);
        params.filter_map(|param| Some((param.name, self.asked.as_ref()?.get(param.name)?)))
    }

    /// Whether a request or a wait is running.
    pub fn is_running(&self) -> bool {
        matches!(self.load, Load::Loading | Load::Waiting(_))
    }

    /// Whether a page may still come without anybody asking for it.
    pub fn is_open(&self) -> bool {
        self.load == Load::Idle || self.is_running()
    }

    /// Whether it rests where asking anew loses no place: a load that was stopped, or has failed, goes on instead.
    pub fn can_refresh(&self) -> bool {
        matches!(self.load, Load::Ready | Load::Ended(End::Complete))
    }

    /// Whether the API answers the same again until some instant to come.
    pub fn is_fresh(&self, now: UnixMs) -> bool {
        let next = self.freshness.and_then(|freshness| freshness.next_update);
        next.is_some_and(|at| at.since(now) > 0)
    }

    /// Whether asking for the failed page again cannot help, but asking from the beginning can: the API no longer
    /// knows the place, or its pages lead in a circle.
    pub fn can_start_over(&self) -> bool {
        let is_lost = |error: &Error| {
            matches!(
                error.kind(),
                ErrorKind::Pagination | ErrorKind::InvalidQuery | ErrorKind::NotFound
            )
        };
        self.progress.n_pages > 0 && matches!(&self.load, Load::Failed(error) if is_lost(error))
    }

    /// Whether the API refused a question in which it was asked for conditions: without them it may answer.
    pub fn is_condition_refused(&self) -> bool {
        let is_refused = matches!(&self.load, Load::Failed(error) if error.kind() == ErrorKind::InvalidQuery);
        is_refused && self.conditions().next().is_some()
    }

    /// Whether everything that matches has come.
    pub fn is_complete(&self) -> bool {
        self.load == Load::Ended(End::Complete)
    }

    /// The page that is being asked for, or was last, counted from 1.
    pub fn page_number(&self) -> u64 {
        self.progress.n_pages + 1
    }

    /// How long it has been loading, waits included and pauses not, in milliseconds.
    pub fn elapsed_ms(&self, now: UnixMs) -> i64 {
        self.spent_ms + self.running_since.map_or(0, |since| now.since(since).max(0))
    }

    /// The word for tests and styles.
    pub fn state_word(&self) -> &'static str {
        match self.load {
            Load::Idle => "idle",
            Load::Loading => "loading",
            Load::Waiting(_) => "waiting",
            Load::Ready => "ready",
            Load::Stopped | Load::Ended(End::Truncated) => "stopped",
            Load::Failed(_) => "failed",
            Load::Ended(End::Complete) => "done",
        }
    }

    /// Takes in what happened in the load `generation`. Returns whether anything changed.
    pub fn heard(&mut self, generation: u64, event: LoadEvent, now: UnixMs) -> bool {
        let is_begun = matches!(event, LoadEvent::Began(_) | LoadEvent::Restarted);
        let is_new = generation > self.generation && is_begun;
        if generation != self.generation && !is_new {
            return false;
        }
        match event {
            LoadEvent::Began(query) => {
                self.begin(generation, Shared::default(), now);
                self.asked = Some(query);
            }
            LoadEvent::Restarted => {
                if self.is_complete() {
                    self.roll.make_mut().renew();
                }
                self.begin(generation, self.roll.clone(), now);
            }
            LoadEvent::Resumed(goal) => {
                (self.goal, self.load) = (goal, Load::Loading);
                self.running_since.get_or_insert(now);
            }
            LoadEvent::PlaceFound(n_items) => self.earlier = Some(n_items),
            // It counts what has come once the page is whole.
            LoadEvent::PageBegun => {}
            LoadEvent::PageLoaded {
                taken,
                freshness,
                progress,
                budget,
            } => {
                self.freshness = freshness.or(self.freshness);
                self.budget = budget.or(self.budget);
                (self.progress, self.load) = (progress, Load::Loading);
                self.earlier = self.earlier.filter(|n_items| *n_items > progress.n_items);
                self.roll.make_mut().count(taken);
                self.loaded_at = Some(now);
            }
            LoadEvent::Waited(wait) => self.load = Load::Waiting(wait),
            LoadEvent::LoadFailed(error) => self.rest(Load::Failed(error), now),
            LoadEvent::Stopped => self.rest(Load::Stopped, now),
            LoadEvent::Rested(None) => self.rest(Load::Ready, now),
            LoadEvent::Rested(Some(end)) => self.rest(Load::Ended(end), now),
        }
        true
    }

    fn begin(&mut self, generation: u64, roll: Shared<Roll>, now: UnixMs) {
        self.load = Load::Loading;
        self.goal = Goal::Page;
        self.roll = roll;
        self.progress = Progress::default();
        self.freshness = None;
        self.earlier = None;
        self.generation = generation;
        self.running_since = Some(now);
        self.spent_ms = 0;
    }

    fn rest(&mut self, load: Load, now: UnixMs) {
        self.spent_ms = self.elapsed_ms(now);
        self.running_since = None;
        self.load = load;
    }
}
