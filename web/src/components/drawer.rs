//! One profile with everything that is known of it.

use roster_core::UnixMs;
use yew::{Callback, Html, KeyboardEvent, Properties, component, html};

use super::Wish;
use super::error_panel::{ErrorPanel, Report};
use super::fact_list::FactList;
use super::raw::Raw;
use crate::icon::Icon;
use crate::look::{Block, Section, Subject, face, sheet};
use crate::roll::Row;
use crate::sheet::Sheet;
use crate::state::{Action, DRAWER_TITLE_ID, Parts, Told};
use crate::{extension, texts};

/// Properties of [`Drawer`].
#[derive(Clone, PartialEq, Properties)]
pub struct DrawerProps {
    /// Key of the profile.
    pub profile_key: String,
    /// The profile, if it is loaded.
    pub row: Option<Row>,
    /// Whether it may still come by itself.
    pub is_awaited: bool,
    /// Whether its API can be asked for it alone.
    pub can_look_up: bool,
    /// Whether it covers the page: then it is a dialog, and the page behind it cannot be reached.
    pub is_modal: bool,
    /// What was loaded for it alone.
    pub parts: Option<Parts>,
    /// Id of the shown section; the first if `None`.
    pub section: Option<String>,
    /// Keys of the profiles before and after it.
    pub neighbours: (Option<String>, Option<String>),
    /// What told something of it.
    pub told: Told,
    /// The person to whom it belongs, if that is one with several profiles.
    pub person: Option<String>,
    /// The time now, to the minute.
    pub now: UnixMs,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// Beside the list on a wide screen, over it on a narrow one.
#[component]
pub fn Drawer(props: &DrawerProps) -> Html {
    let body = match &props.row {
        Some(row) => profile(props, row),
        None if props.is_awaited => awaited(),
        None => missing(props),
    };
    html! {
        <div class="drawer" role={if props.is_modal { "dialog" } else { "complementary" }} aria-modal={props.is_modal.then_some("true")} aria-labelledby={DRAWER_TITLE_ID} data-testid="drawer" data-key={props.profile_key.clone()}>
            <div class="drawer__bar">
                { step(props, props.neighbours.0.as_ref(), texts::PREVIOUS, Icon::Back) }
                { step(props, props.neighbours.1.as_ref(), texts::NEXT, Icon::Forth) }
                <button type="button" class="icon-button drawer__close" data-action="close" aria-label={texts::CLOSE}
                    onclick={props.act.reform(|_| Action::ProfileClosed)}>{ Icon::Close.draw() }</button>
            </div>
            <div key={props.profile_key.clone()} class="drawer__body">{ body }</div>
        </div>
    }
}

fn step(props: &DrawerProps, to: Option<&String>, label: &'static str, icon: Icon) -> Html {
    let (key, act) = (to.cloned(), props.act.clone());
    let on_click = move |_: yew::MouseEvent| {
        if let Some(key) = key.clone() {
            act.emit(Action::ProfileOpened(key));
        }
    };
    // At the end of the list it keeps the focus, which a disabled one would lose.
    html! {
        <button type="button" class="icon-button" aria-label={label} aria-disabled={to.is_none().then_some("true")} onclick={on_click}>{ icon.draw() }</button>
    }
}

/// It may be among the first profiles, which are on their way.
fn awaited() -> Html {
    html! {
        <>
            <h2 id={DRAWER_TITLE_ID} class="drawer__title" tabindex="-1">{ texts::PROFILE }</h2>
            <p role="status">{ texts::ASKING }</p>
        </>
    }
}

fn missing(props: &DrawerProps) -> Html {
    html! {
        <>
            <h2 id={DRAWER_TITLE_ID} class="drawer__title" tabindex="-1">{ texts::PROFILE }</h2>
            <p>{ texts::not_loaded_profile(&props.profile_key) }</p>
            <div>{ props.can_look_up.then(|| loader(props, texts::LOOK_UP)) }</div>
        </>
    }
}

fn profile(props: &DrawerProps, row: &Row) -> Html {
    let subject = Subject {
        provider: row.provider(),
        id: row.id(),
        text: row.text(),
        parts: match &props.parts {
            Some(Parts::Loaded(row)) => Some(row.text()),
            _ => None,
        },
        now: props.now,
        n_of_person: 1,
    };
    let sections = sheet(&subject);
    let chosen = props.section.as_deref();
    let shown = sections
        .iter()
        .find(|section| Some(section.id) == chosen)
        .or(sections.first());
    let marks = face(&subject).marks;
    html! {
        <>
            <h2 id={DRAWER_TITLE_ID} class="drawer__title" tabindex="-1"><bdi>{ face(&subject).name }</bdi></h2>
            <p class="drawer__marks">
                { for marks.iter().map(|mark| html! {
                    <span class={format!("mark mark--{}", mark.tone.word())}>{ mark.icon.map(Icon::draw) }<bdi>{ &mark.text }</bdi></span>
                }) }
            </p>
            <div class="drawer__deeds">{ person(props) }</div>
            <div class="tabs" role="tablist" aria-label={texts::SECTIONS} onkeydown={steps(&sections, shown, &props.act)}>
                { for sections.iter().map(|section| tab(section, shown, &props.act)) }
            </div>
            <div>{ shown.map(|section| panel(section, props)) }</div>
        </>
    }
}

/// Opens everything of the person.
fn person(props: &DrawerProps) -> Option<Html> {
    let person = props.person.clone()?;
    let on_click = props
        .act
        .reform(move |_| Action::SheetShown(Some(Sheet::Person(person.clone()))));
    Some(html! {
        <button type="button" class="button button--small" data-action="show-person" onclick={on_click}>{ Icon::Lines.draw() }{ texts::SHOW_PERSON }</button>
    })
}

/// The arrow keys go from tab to tab, as everywhere.
fn steps(sections: &[Section], shown: Option<&Section>, act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let ids: Vec<&'static str> = sections.iter().map(|section| section.id).collect();
    let place = shown
        .and_then(|shown| ids.iter().position(|id| *id == shown.id))
        .unwrap_or(0);
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        let next = match event.key().as_str() {
            "ArrowLeft" => place.checked_sub(1).unwrap_or(ids.len().saturating_sub(1)),
            "ArrowRight" if place + 1 < ids.len() => place + 1,
            "ArrowRight" | "Home" => 0,
            "End" => ids.len().saturating_sub(1),
            _ => return,
        };
        if let Some(id) = ids.get(next) {
            event.prevent_default();
            act.emit(Action::SectionChosen((*id).to_owned()));
            crate::page::focus(&tab_id(id));
        }
    })
}

fn tab_id(section: &str) -> String {
    format!("tab-{section}")
}

fn tab(section: &Section, shown: Option<&Section>, act: &Callback<Action>) -> Html {
    let is_shown = shown.is_some_and(|shown| shown.id == section.id);
    let id = section.id;
    let on_click = act.reform(move |_| Action::SectionChosen(id.to_owned()));
    html! {
        <button key={id} type="button" role="tab" class="tab" id={tab_id(id)} tabindex={if is_shown { "0" } else { "-1" }} data-section={id}
            aria-selected={is_shown.to_string()} aria-controls="drawer-panel" onclick={on_click}>{ section.title }</button>
    }
}

fn panel(section: &Section, props: &DrawerProps) -> Html {
    let load = section.is_loadable.then(|| loader(props, texts::LOAD_PARTS));
    html! {
        <div id="drawer-panel" class="panel" role="tabpanel" tabindex="0" aria-labelledby={tab_id(section.id)} data-panel={section.id}>
            <p class="panel__told" data-testid="told">{ told(section, &props.told) }</p>
            <div>{ section.note.as_ref().map(|note| html! { <p class="panel__note">{ note }</p> }) }</div>
            <div>{ load }</div>
            <div>{ for folds(&section.blocks, props.now) }</div>
            <div>{ for section.raw.iter().map(|one| html! {
                <Raw key={one.from} from={one.from} text={one.text.clone()} file={file_name(&props.profile_key, one.from)} />
            }) }</div>
        </div>
    }
}

/// The facts of a section, those of a fold inside it.
fn folds(blocks: &[Block], now: UnixMs) -> Vec<Html> {
    let drawn = |(place, block): (usize, &Block)| html! { <FactList key={place} block={block.clone()} {now} /> };
    let one = |(place, blocks): (usize, &[Block])| {
        let all = blocks.iter().enumerate().map(drawn);
        match blocks.first().and_then(|block| block.fold.clone()) {
            Some(fold) => html! {
                <details key={place} class="fold" open={true}><summary class="fold__name">{ fold }</summary>{ for all }</details>
            },
            None => html! { <div key={place}>{ for all }</div> },
        }
    };
    let alike = blocks.chunk_by(|one, next| one.fold.is_some() && one.fold == next.fold);
    alike.enumerate().map(one).collect()
}

/// Where a section's values are from, and how old they are. One that holds no value is from nowhere.
fn told(section: &Section, told: &Told) -> String {
    let parts = told.parts.iter();
    let told: Vec<&str> = match (section.is_loadable, section.is_of_parts) {
        (true, _) if section.blocks.is_empty() => Vec::new(),
        (true, _) => told.list.iter().map(String::as_str).collect(),
        (false, true) => parts.map(String::as_str).collect(),
        (false, false) => told.list.iter().chain(parts).map(String::as_str).collect(),
    };
    told.join(", ")
}

/// The button for the one request behind the extended parts, and how that request stands.
fn loader(props: &DrawerProps, word: &'static str) -> Html {
    let provider = props.profile_key.split(':').next().unwrap_or_default();
    if !extension::is_offered(provider) {
        return html! {};
    }
    let key = props.profile_key.clone();
    let on_load = props.wish.reform(move |()| Wish::Parts(key.clone()));
    match &props.parts {
        Some(Parts::Loading) => html! { <p class="panel__note">{ Icon::Busy.draw() }{ texts::ASKING }</p> },
        Some(Parts::Failed(error)) => html! {
            <ErrorPanel explained={texts::explain_one(error, &props.profile_key)} again={texts::TRY_AGAIN} on_again={on_load}
                report={Report { title: provider.to_owned(), target: format!("{provider}/profiles?refId=…&include=…"), error: error.clone(), at: props.now }} />
        },
        _ => html! {
            <button type="button" class="button button--accent" data-action="load-parts" onclick={on_load.reform(|_| ())}>{ word }</button>
        },
    }
}

/// The name under which a record is kept: letters, digits and dashes of its key only, so that no file system minds.
fn file_name(key: &str, from: &str) -> String {
    let plain: String = key
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(80)
        .collect();
    format!("{plain}-{from}.json")
}
