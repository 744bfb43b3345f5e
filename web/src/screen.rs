//! The regions of the page. Pure: a state in, HTML out; what follows from the state is worked out once for each change.

use std::rc::Rc;

use yew::{
    Callback, Html, Properties, component, hook, html, use_effect_with, use_force_update, use_memo, use_mut_ref,
    use_state,
};

use crate::components::{
    Charts, Chips, ColumnChoice, CompareSheet, CopyButton, Drawer, ErrorPanel, ExportSheet, FileRow, Header, Help,
    ListProps, PersonSheet, PickBar, QueryBar, Rail, Report, ResultBar, Results, SheetPlace, SourceRow, Uncopied, Wish,
};
use crate::file_source::FileSource;
use crate::index::{Answer, Index};
use crate::paper::use_paper;
use crate::shared::Shared;
use crate::sheet::Sheet;
use crate::source::Source;
use crate::state::{Action, Connection, State, Storage, minute};
use crate::view::{Tab, View};
use crate::{extension, look, page, rail, table, texts};

/// The state as it is now; a new one is always drawn. It is handed on without being copied.
#[derive(Clone)]
pub struct Current(pub Rc<State>);

impl PartialEq for Current {
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

/// Properties of [`Screen`].
#[derive(Clone, PartialEq, Properties)]
pub struct ScreenProps {
    /// Everything that is on it.
    pub state: Current,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
    /// How many profiles were found, in words, for people who do not see the screen.
    pub on_found: Callback<String>,
}

/// The page.
#[component]
pub fn Screen(props: &ScreenProps) -> Html {
    let state = &props.state.0;
    let answer = use_memo((state.index.clone(), state.question()), |(index, question)| {
        Shared::from(index.answer(question))
    });
    let answer = &*answer;
    use_telling(answer, &props.on_found);
    let (index, beside) = use_beside(&state.index, answer);
    let rail = use_rail(props, &index, &beside);
    use_paper(state, answer);
    let class = if state.open.is_some() { "app app--drawer" } else { "app" };
    let is_covered = state.open.is_some() && state.settings.is_narrow;
    let askable = askable(state);
    let columns = use_columns(state);
    html! {
        <div class={class}>
            <div class="app__page" inert={is_covered}>
                <a class="skip" href="#profiles" onclick={skip("profiles")}>{ texts::SKIP }</a>
                <Header theme={state.theme()} contrast={state.settings.contrast} zone={state.settings.zone} density={state.settings.density} has_pictures={state.settings.has_pictures} is_demo={is_demo(state)} act={&props.act} wish={&props.wish} />
                <section aria-label={texts::SOURCES}>
                    <div class="app__note">{ notes(state) }</div>
                    <div class="app__outage">{ outage(state, &props.wish) }</div>
                    <ul class="sources" role="list">{ for source_rows(state, &props.wish) }</ul>
                </section>
                <div class="app__columns">
                    <aside class="app__rail" aria-label={texts::FILTERS}>{ rail }</aside>
                    <main id="profiles" class="app__main" tabindex="-1">
                        <div class="app__tools">
                            <QueryBar query={state.query.clone()} {answer} suggestions={&state.suggestions} act={&props.act} wish={&props.wish} />
                            <Chips {answer} asking={state.asking.clone()} act={&props.act} />
                            <ResultBar sources={state.asked_sources().to_vec()} {answer} {askable} sort={state.sort.clone()} view={state.view} tab={state.tab} group={state.group}
                                {columns} act={&props.act} wish={&props.wish} />
                            <PickBar {answer} picked={state.picked.clone()} has_open={state.open.is_some() || state.sheet.is_some()}
                                act={&props.act} wish={&props.wish} />
                        </div>
                        <span>{ (state.tab == Tab::Profiles).then(skip_list) }</span>
                        { results(props, answer) }
                    </main>
                </div>
            </div>
            <p class="visually-hidden" role="status" aria-live="polite" data-testid="announcement">{ state.announcement.clone() }</p>
            <div class="app__drawer">{ drawer(props, answer) }</div>
            <div class="sheet-place">{ sheet(props, answer) }</div>
            <Uncopied text={state.uncopied.clone()} act={&props.act} />
            <Help is_open={state.has_help} has_keys={state.settings.has_keys} act={&props.act} />
        </div>
    }
}

/// Tells how many profiles are found, and how the loads stand, whenever that has changed. Not at the first drawing.
#[hook]
fn use_telling(answer: &Shared<Answer>, on_found: &Callback<String>) {
    let on_found = on_found.clone();
    let found = answer.is_filtered().then_some((answer.total, answer.n_loaded));
    use_effect_with(found, move |found| {
        if let Some((n_found, n_loaded)) = *found {
            on_found.emit(texts::found(n_found, n_loaded));
        }
    });
}

/// The rail. Which fields there are, and how many profiles have a problem, changes only with what is loaded.
#[hook]
fn use_rail(props: &ScreenProps, index: &Index, answer: &Shared<Answer>) -> Html {
    let state = &props.state.0;
    // The first cards come before what stands beside them.
    let is_turn = use_cards_first(!index.is_empty());
    let beside = Some(index.clone()).filter(|_| is_turn);
    let fields = use_memo(beside.clone(), |index| {
        Shared::from(index.as_ref().map(rail::fields).unwrap_or_default())
    });
    let counts = use_memo((beside, state.counted_at), |(index, now)| {
        let presets = index.as_ref().map(|index| rail::presets(index, *now));
        let n_urgent = index.as_ref().map_or(0, |index| index.n_urgent(*now));
        (Shared::from(presets.unwrap_or_default()), n_urgent)
    });
    let is_by_urgency = crate::index::order_text(&state.sort) == "-urgency";
    html! {
        <Rail {answer} query={state.query.clone()} fields={(*fields).clone()} presets={counts.0.clone()} n_urgent={counts.1} {is_by_urgency}
            folds={state.folds.clone()} wants_all_platforms={state.wants_all_platforms} is_open={!state.settings.is_narrow} act={&props.act} />
    }
}

/// What is drawn beside the list. Of a list that only grows it comes a frame later: both at once take longer than half a
/// frame, again and again while everything loads. What a person asks for is answered at once.
#[hook]
fn use_beside(index: &Index, answer: &Shared<Answer>) -> (Index, Shared<Answer>) {
    let drawn = use_mut_ref(|| (index.clone(), answer.clone()));
    let (update, timer) = (use_force_update(), use_mut_ref(|| None));
    let is_grown = {
        let (before, old) = &*drawn.borrow();
        !before.is_empty() && before != index && answer.is_alike(old)
    };
    if !is_grown || !cfg!(target_arch = "wasm32") {
        *drawn.borrow_mut() = (index.clone(), answer.clone());
    }
    let newest = (index.clone(), answer.clone());
    let own = drawn.clone();
    use_effect_with((is_grown, newest), move |(is_grown, newest)| {
        let newest = newest.clone();
        // One that waits already is let go: the next frame draws the newest.
        *timer.borrow_mut() = is_grown.then(|| {
            page::Timer::after_frame(Callback::from(move |()| {
                *own.borrow_mut() = newest.clone();
                update.force_update();
            }))
        });
    });
    drawn.borrow().clone()
}

/// Whether the first profiles have had their frame. Where there is no page, nothing waits.
#[hook]
fn use_cards_first(has_profiles: bool) -> bool {
    let is_past = use_state(|| !cfg!(target_arch = "wasm32"));
    let timer = use_mut_ref(|| None);
    {
        let is_past = is_past.clone();
        use_effect_with(has_profiles, move |has_profiles| {
            if *has_profiles && !*is_past {
                *timer.borrow_mut() = page::Timer::after_frame(Callback::from(move |()| is_past.set(true)));
            }
        });
    }
    *is_past
}

/// The table's columns, and what could be one, while it is shown.
#[hook]
fn use_columns(state: &State) -> Option<ColumnChoice> {
    let is_table = state.view == View::Table && state.tab == Tab::Profiles;
    let offered = use_memo((state.index.clone(), is_table), |(index, is_table)| {
        let offered = if *is_table { table::offered(index) } else { Vec::new() };
        Shared::from(offered)
    });
    is_table.then(|| (state.columns.clone(), (*offered).clone()))
}

/// The sources whose APIs take something of the query, and whether they are asked for it. What has come completely
/// needs no asking.
fn askable(state: &State) -> Vec<(&'static str, bool)> {
    let open = state.sources.iter().filter(|source| source.progress.n_pages > 0);
    let one = |source: &Shared<Source>| {
        let is_asked = state.asking.contains(source.info.id);
        let is_useful = is_asked || !source.is_complete();
        (is_useful && state.plan(source.info.id).is_some()).then_some((source.info.id, is_asked))
    };
    open.filter_map(one).collect()
}

/// Leads past the list.
fn skip_list() -> Html {
    html! { <a class="skip" href="#list-end" onclick={skip("list-end")}>{ texts::SKIP_LIST }</a> }
}

/// The link would change the fragment, which holds the filters; the focus is moved instead.
fn skip(id: &'static str) -> Callback<yew::MouseEvent> {
    Callback::from(move |event: yew::MouseEvent| {
        event.prevent_default();
        page::focus(id);
    })
}

/// What the host should know, that there is no network, and that nothing can be kept here.
pub(crate) fn notes(state: &State) -> Html {
    let told = state.origin.as_ref().and_then(|origin| origin.note.as_ref());
    let warning = told.map(|text| html! { <p class="note" data-testid="config-note">{ text }</p> });
    let forgets = (state.settings.storage == Storage::Refused).then(|| {
        html! { <p class="note" data-testid="storage-note">{ texts::NO_STORAGE }</p> }
    });
    let offline = (state.connection == Connection::Offline).then(|| {
        html! { <p class="note" data-testid="offline-note">{ texts::offline(state.loaded_at(), state.now) }</p> }
    });
    html! { <><div>{ warning }</div><div>{ forgets }</div><div>{ offline }</div></> }
}

pub(crate) fn is_demo(state: &State) -> bool {
    state.origin.as_ref().is_some_and(|origin| origin.is_demo()) && !state.is_demo_gone()
}

fn outage(state: &State, wish: &Callback<Wish>) -> Html {
    let Some(outage) = &state.outage else { return html! {} };
    let report = Report {
        title: texts::SOURCES.to_owned(),
        target: "sources".to_owned(),
        error: outage.error.clone(),
        at: state.now,
    };
    let page = &state.settings.page_address;
    let setting = texts::is_elsewhere(outage, page).then(|| {
        html! { <CopyButton text={texts::allow_page(page)} label={texts::COPY_SETTING} word={texts::COPY_SETTING} action="copy-setting" /> }
    });
    html! {
        <>
            <ErrorPanel explained={texts::outage(outage, page)} {report} again={texts::TRY_AGAIN} on_again={wish.reform(|()| Wish::FindOrigin)} />
            <p>{ setting }</p>
        </>
    }
}

/// The sources, and the files that were opened.
pub(crate) fn source_rows(state: &State, wish: &Callback<Wish>) -> Vec<Html> {
    let row = |source: &Shared<Source>| {
        let counts_seconds = source.is_running() || source.is_fresh(state.now) || state.is_held(source.info.id);
        let now = if counts_seconds { state.now } else { minute(state.now) };
        html! {
            <SourceRow key={source.info.id} source={source.clone()} standing={state.standing(source.info.id)} is_offline={state.connection == Connection::Offline} {now} {wish} />
        }
    };
    let apis = if state.is_demo_gone() { &[] } else { &state.sources[..] };
    let file = |file: &Shared<FileSource>| html! { <FileRow key={file.id} {file} {wish} /> };
    apis.iter().map(row).chain(state.files.iter().map(file)).collect()
}

fn results(props: &ScreenProps, answer: &Shared<Answer>) -> Html {
    let state = &props.state.0;
    let list = ListProps {
        index: state.index.clone(),
        answer: answer.clone(),
        view: state.view,
        columns: state.columns.clone(),
        before: 0,
        scope: 0,
        n_listed: answer.total,
        parts: state.parts.clone(),
        open: state.open.clone(),
        picked: state.picked.clone(),
        place: state.place,
        wanted: state.wanted.clone(),
        is_starting: state.is_starting(),
        active: state.active,
        has_pictures: state.settings.has_pictures,
        now: minute(state.now),
        act: props.act.clone(),
        wish: props.wish.clone(),
    };
    let empty = if answer.total == 0 {
        texts::empty(state, answer)
    } else {
        Vec::new()
    };
    if state.tab == Tab::Charts {
        return html! { <Charts index={state.index.clone()} {answer} act={&props.act} /> };
    }
    let is_starting = state.is_starting();
    let is_busy = is_starting || state.listed.is_some();
    html! { <Results {list} group={state.group} folded={state.folded.clone()} {is_starting} {is_busy} {empty} /> }
}

fn drawer(props: &ScreenProps, answer: &Shared<Answer>) -> Html {
    let state = &props.state.0;
    let Some(key) = state.open.clone() else { return html! {} };
    let row = state.row(&key);
    let is_awaited = row.is_none() && state.is_starting();
    let person = row.as_ref().filter(|row| state.index.n_of_person(row) > 1);
    let person =
        person.and_then(|row| Some([row.provider(), ":", &look::person(row.provider(), row.text())?.id].concat()));
    html! {
        <Drawer profile_key={key.clone()} is_modal={state.settings.is_narrow} {row} {person} told={state.told(&key)} {is_awaited} parts={state.parts.get(&key).cloned()} can_look_up={can_look_up(&key)}
            section={state.section.clone()} neighbours={state.index.neighbours(answer, &key)} now={minute(state.now)}
            act={&props.act} wish={&props.wish} />
    }
}

/// What lies over the page.
fn sheet(props: &ScreenProps, answer: &Shared<Answer>) -> Html {
    let (state, act) = (&props.state.0, &props.act);
    let Some(sheet) = &state.sheet else { return html! {} };
    let (index, now) = (state.index.clone(), minute(state.now));
    match sheet {
        Sheet::Export => html! {
            <SheetPlace title={texts::EXPORT} kind="export" {act}>
                <ExportSheet {index} {answer} picked={state.picked.clone()} open={state.open_sources()} written={state.written.clone()} wish={&props.wish} />
            </SheetPlace>
        },
        Sheet::Compare(keys) => html! {
            <SheetPlace title={texts::compare(keys.len())} kind="compare" {act}><CompareSheet {index} keys={keys.clone()} parts={&state.parts} {now} {act} /></SheetPlace>
        },
        Sheet::Person(person) => html! { <PersonSheet {index} person={person.clone()} {now} {act} /> },
    }
}

/// Whether an API can be asked for this one profile.
fn can_look_up(key: &str) -> bool {
    key.split_once(':')
        .is_some_and(|(provider, _)| extension::is_offered(provider))
}
