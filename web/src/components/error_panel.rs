//! The one look of an error: what happened, what to do, and details to pass on, without secrets.

use roster_core::{Error, UnixMs};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::icon::Icon;
use crate::texts::{self, Explained};

/// What can be passed on about an error: never a key, never a value of a parameter, never a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Name for people of what was asked.
    pub title: String,
    /// The path below the proxy, with the names of its parameters only.
    pub target: String,
    /// The error.
    pub error: Error,
    /// When.
    pub at: UnixMs,
}

impl Report {
    /// The details, name and value.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let error = &self.error;
        let optional = [
            (texts::report::STATUS, error.status().map(|status| status.to_string())),
            (texts::report::PROVIDER_CODE, error.provider_code().map(str::to_owned)),
            (texts::report::REQUEST_ID, error.request_id().map(str::to_owned)),
        ];
        let mut lines = vec![
            (texts::report::SOURCE, self.title.clone()),
            (texts::report::ASKED, format!("GET {}", self.target)),
            (texts::report::KIND, error.kind().code().to_owned()),
            (texts::report::MESSAGE, error.message()),
        ];
        lines.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        lines.push((texts::report::TIME, self.at.to_string()));
        lines.push((texts::report::VIEWER, env!("CARGO_PKG_VERSION").to_owned()));
        lines
    }

    /// The details as text.
    pub fn text(&self) -> String {
        let lines = self.lines().into_iter().map(|(name, value)| format!("{name}: {value}"));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Properties of [`ErrorPanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct ErrorPanelProps {
    /// The error in words.
    pub explained: Explained,
    /// Details to pass on.
    pub report: Report,
    /// Name of the button that tries again, if there is one here.
    #[prop_or_default]
    pub again: Option<AttrValue>,
    /// A person wants to try again.
    #[prop_or_default]
    pub on_again: Callback<()>,
}

/// An error. Announced by the page's status line, so it is no live region itself.
#[component]
pub fn ErrorPanel(props: &ErrorPanelProps) -> Html {
    let text = props.report.text();
    let on_copy = move |_| crate::page::copy_then(&text, || ());
    let again = props.again.clone().map(|word| {
        let on_click = props.on_again.reform(|_| ());
        html! { <button type="button" class="button" data-action="again" onclick={on_click}>{ word }</button> }
    });
    let line = |(name, value): (&'static str, String)| {
        html! {
            <div class="fact"><dt class="fact__key">{ name }</dt><dd class="fact__value"><bdi>{ value }</bdi></dd></div>
        }
    };
    html! {
        <div class="error-panel" data-testid="error">
            <p class="error-panel__what">{ Icon::Warn.draw() }<span><bdi>{ &props.explained.what }</bdi></span></p>
            <p class="error-panel__next"><bdi>{ &props.explained.next }</bdi></p>
            <div class="error-panel__actions">{ again }</div>
            <details class="error-panel__details">
                <summary>{ texts::DETAILS }</summary>
                <dl class="facts__list">{ for props.report.lines().into_iter().map(line) }</dl>
                <button type="button" class="button button--small" onclick={on_copy}>{ Icon::Copy.draw() }{ texts::COPY_REPORT }</button>
            </details>
        </div>
    }
}
