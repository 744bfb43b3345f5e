//! One source: what it is doing, how far it is, and what a person can do about it.

use roster_core::{Budget, End, ErrorKind, UnixMs};
use yew::{Callback, Html, Properties, component, html};

use super::Wish;
use super::error_panel::{ErrorPanel, Report};
use crate::format::count;
use crate::icon::Icon;
use crate::shared::Shared;
use crate::source::{Goal, Load, Source, Standing};
use crate::texts;

/// Properties of [`SourceRow`].
#[derive(Clone, PartialEq, Properties)]
pub struct SourceRowProps {
    /// The source.
    pub source: Shared<Source>,
    /// What the proxy says of it.
    pub standing: Option<Standing>,
    /// Whether there is no network, so that what is asked waits for one.
    #[prop_or_default]
    pub is_offline: bool,
    /// The time now, for what counts seconds.
    pub now: UnixMs,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// A row with the state as icon and words, the progress, and the buttons that make sense now.
#[component]
pub fn SourceRow(props: &SourceRowProps) -> Html {
    let source = &props.source;
    let is_cut = props.is_offline && source.is_running();
    html! {
        <li class="source-row" data-source={source.info.id} data-state={source.state_word()}>
            <div class="source-row__head">
                <span class="source-row__state">{ if is_cut { Icon::Warn } else { icon(source) }.draw() }</span>
                <strong class="source-row__title">{ source.info.title }</strong>
                <span class="source-row__count">{ count(source.roll.len() as u64) }</span>
            </div>
            <p class="source-row__progress">{ if is_cut { texts::cut(source) } else { texts::progress(source, props.now) } }</p>
            <p class="source-row__earlier">{ source.earlier.map(texts::earlier) }</p>
            <div class="source-row__meter">{ meter(source) }</div>
            <div class="source-row__budget">{ budget_meter(props) }</div>
            <p class="source-row__facts">{ facts(props) }</p>
            <div class="source-row__actions">
                { for actions(source).iter().map(|action| button(action, props)) }
            </div>
            <div>{ failure(props) }</div>
            <div>{ rejected(&source.roll.rejected) }</div>
        </li>
    }
}

fn icon(source: &Source) -> Icon {
    match source.load {
        Load::Idle | Load::Ready => Icon::Info,
        Load::Loading => Icon::Busy,
        Load::Waiting(_) | Load::Failed(_) => Icon::Warn,
        Load::Stopped | Load::Ended(End::Truncated) => Icon::Stop,
        Load::Ended(End::Complete) => Icon::Check,
    }
}

/// The buttons that make sense in a state.
fn actions(source: &Source) -> &'static [&'static str] {
    match source.load {
        Load::Idle => &[],
        Load::Ended(End::Complete) => &["refresh"],
        Load::Loading => &["stop"],
        Load::Waiting(_) => &["cancel"],
        Load::Ready | Load::Stopped if source.earlier.is_some() => &["load-more", "load-all", "go-on"],
        Load::Ready => &["load-more", "load-all"],
        Load::Stopped | Load::Ended(End::Truncated) => &["continue"],
        Load::Failed(_) if source.is_condition_refused() && source.can_start_over() => {
            &["unask", "retry", "start-over"]
        }
        Load::Failed(_) if source.is_condition_refused() => &["unask", "retry"],
        Load::Failed(_) if source.can_start_over() => &["retry", "start-over"],
        Load::Failed(_) => &["retry"],
    }
}

fn button(action: &'static str, props: &SourceRowProps) -> Html {
    let (id, goal) = (props.source.info.id, props.source.goal);
    let wish = match action {
        "load-more" => Wish::Load(id, Goal::Page),
        "load-all" => Wish::Load(id, Goal::All),
        "stop" | "cancel" => Wish::Stop(id),
        "go-on" => Wish::GoOn(id),
        "unask" => Wish::Unask(id),
        "refresh" | "start-over" => Wish::StartOver(id, goal),
        _ => Wish::Load(id, goal),
    };
    // The API would answer the same again; the button stays where the keyboard finds it, and says why.
    let is_useless = action == "refresh" && props.source.is_fresh(props.now);
    let title = is_useless.then(|| texts::not_yet(&props.source, props.now));
    let emit = props.wish.clone();
    let said = title.clone();
    let on_click = move |_: yew::MouseEvent| emit.emit(said.clone().map_or_else(|| wish.clone(), Wish::Announce));
    let label = format!("{}: {}", props.source.info.title, texts::action(action, &props.source));
    html! {
        <button key={action} type="button" class="button" data-action={action} aria-label={label} {title} aria-disabled={is_useless.then_some("true")}
            onclick={on_click}>
            { texts::action(action, &props.source) }
        </button>
    }
}

/// A bar only where the total is true.
fn meter(source: &Source) -> Html {
    let total = source.progress.total.filter(|total| *total > 0 && source.is_running());
    match total {
        Some(total) => html! {
            <progress class="meter" max={total.to_string()} value={source.roll.len().to_string()}
                aria-label={format!("{} loaded", source.info.title)} />
        },
        None => html! {},
    }
}

fn facts(props: &SourceRowProps) -> String {
    let (source, now) = (&props.source, props.now);
    let freshness = source.freshness.and_then(|freshness| texts::freshness(freshness, now));
    let standing = props.standing.as_ref();
    let budget = budget(props).map(texts::budget).or_else(|| unreported(props));
    let pages = (source.progress.n_pages > 0).then(|| texts::counted(source.progress.n_pages, &texts::plural::PAGES));
    let held = standing.and_then(|standing| texts::held(standing, now));
    let told = standing
        .and_then(|standing| standing.environment.clone())
        .into_iter()
        .chain(held)
        .chain(pages)
        .chain(freshness)
        .chain(budget);
    told.collect::<Vec<_>>().join(" · ")
}

/// What of the window is used by all, as the proxy says, else as the last answer said.
fn budget(props: &SourceRowProps) -> Option<Budget> {
    let all = props.standing.as_ref().and_then(|standing| standing.budget);
    all.or(props.source.budget).filter(|budget| budget.limit > 0)
}

/// Told once answers have come that say nothing of a limit, where there may be one.
fn unreported(props: &SourceRowProps) -> Option<String> {
    let is_real = props.standing.as_ref().is_some_and(|standing| !standing.is_demo);
    (is_real && props.source.progress.n_pages > 0).then(|| texts::NO_LIMIT_TOLD.to_owned())
}

/// How much of the window is used, with the mark at which the viewer pauses by itself.
fn budget_meter(props: &SourceRowProps) -> Html {
    let Some(budget) = budget(props) else { return html! {} };
    let (limit, high) = (budget.limit.to_string(), (budget.limit * 9 / 10).to_string());
    html! {
        <meter class="budget" data-testid="budget" min="0" max={limit} high={high} optimum="0" value={budget.used.to_string()} title={texts::BUDGET_HELP}
            aria-label={texts::budget_of(props.source.info.title)}>{ texts::budget(budget) }</meter>
    }
}

fn failure(props: &SourceRowProps) -> Html {
    let source = &props.source;
    let Load::Failed(error) = &source.load else {
        return html! {};
    };
    let explained = texts::explain(error, source.info.title, source.roll.len(), source.page_number());
    html! { <ErrorPanel {explained} report={report(source, error, props.now)} /> }
}

/// Names of parameters, never their values.
fn report(source: &Source, error: &roster_core::Error, at: UnixMs) -> Report {
    let names: Vec<&str> = source.conditions().map(|(name, _)| name).collect();
    let query = if names.is_empty() {
        String::new()
    } else {
        format!("?{}=…", names.join("=…&"))
    };
    let page = if error.kind() == ErrorKind::InvalidQuery {
        String::new()
    } else {
        format!(" (page {})", source.page_number())
    };
    Report {
        title: source.info.title.to_owned(),
        target: format!("{}/{}{query}{page}", source.info.id, source.route.name),
        error: error.clone(),
        at,
    }
}

/// What stood among the records and is none.
pub(super) fn rejected(list: &[roster_core::Rejected]) -> Html {
    if list.is_empty() {
        return html! {};
    }
    let one = |rejected: &roster_core::Rejected| {
        html! {
            <li><code>{ &rejected.path }</code>{ ": " }<bdi>{ &rejected.reason }</bdi><pre class="raw">{ &*rejected.raw }</pre></li>
        }
    };
    html! {
        <details class="source-row__rejected" data-testid="rejected">
            <summary>{ Icon::Warn.draw() }{ texts::rejected(list.len()) }</summary>
            <ul>{ for list.iter().map(one) }</ul>
        </details>
    }
}
