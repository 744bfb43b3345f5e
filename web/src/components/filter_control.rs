//! One filter, drawn from its parameter's table: text, three-way choice, or several of a list.

use roster_core::{Kind, Param, Platform};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Event, Html, Properties, TargetCast, component, html};

use crate::filters::Entry;
use crate::icon::Icon;
use crate::texts;

/// Properties of [`FilterControl`].
#[derive(Clone, PartialEq, Properties)]
pub struct FilterControlProps {
    /// The provider's id.
    pub provider: &'static str,
    /// The parameter.
    pub param: &'static Param,
    /// What was entered.
    pub entry: Option<Entry>,
    /// A person entered this; empty takes it back.
    pub on_change: Callback<String>,
}

impl FilterControlProps {
    fn id(&self) -> String {
        format!("filter-{}-{}", self.provider, self.param.name)
    }

    fn text(&self) -> String {
        self.entry.as_ref().map(|entry| entry.text.clone()).unwrap_or_default()
    }

    fn expected(&self) -> Option<&str> {
        self.entry.as_ref()?.checked.as_ref().err().map(String::as_str)
    }
}

/// The control, its help, that the API is asked, and what was expected if the text is not taken.
#[component]
pub fn FilterControl(props: &FilterControlProps) -> Html {
    match &props.param.kind {
        Kind::Words(words) => draw_words(props, words),
        Kind::Bool => labelled(props, draw_choice(props)),
        _ => labelled(props, draw_text(props)),
    }
}

fn labelled(props: &FilterControlProps, control: Html) -> Html {
    html! {
        <div class="filter">
            <label class="filter__label" for={props.id()}>{ props.param.title }{ asked() }</label>
            { control }
            { notes(props) }
        </div>
    }
}

/// Where the filter runs, as icon and as text for screen readers and pointers.
fn asked() -> Html {
    html! {
        <span class="filter__asked" title={texts::ASKED_OF_API}>
            { Icon::Bolt.draw() }<span class="visually-hidden">{ format!(" ({})", texts::ASKED_OF_API) }</span>
        </span>
    }
}

fn notes(props: &FilterControlProps) -> Html {
    let error = props.expected().map(|expected| {
        html! {
            <span class="filter__error">{ Icon::Warn.draw() }{ texts::expected(expected) }</span>
        }
    });
    html! {
        <div id={format!("{}-notes", props.id())} class="filter__notes">
            <span class="filter__help">{ props.param.help }</span>
            <span>{ error }</span>
        </div>
    }
}

fn draw_choice(props: &FilterControlProps) -> Html {
    let on_change = props.on_change.reform(|event: Event| {
        event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value())
            .unwrap_or_default()
    });
    let value = props.text();
    let option = |(name, word): (&'static str, &'static str)| {
        html! {
            <option value={name} selected={name == value}>{ word }</option>
        }
    };
    let [any, yes, no] = texts::choices(props.param.name);
    html! {
        <select id={props.id()} class="filter__input" data-param={param_word(props)} onchange={on_change}
            aria-describedby={format!("{}-notes", props.id())}>
            { for [("", any), ("true", yes), ("false", no)].into_iter().map(option) }
        </select>
    }
}

fn draw_text(props: &FilterControlProps) -> Html {
    let on_change = props.on_change.reform(|event: Event| {
        event
            .target_dyn_into::<HtmlInputElement>()
            .map(|input| input.value())
            .unwrap_or_default()
    });
    let hint = if props.param.kind == Kind::Uuid {
        "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
    } else {
        ""
    };
    html! {
        <input id={props.id()} class="filter__input" type="text" data-param={param_word(props)} value={props.text()}
            placeholder={hint} onchange={on_change} autocomplete="off" autocapitalize="none" spellcheck="false"
            aria-invalid={props.expected().is_some().to_string()} aria-describedby={format!("{}-notes", props.id())} />
    }
}

fn draw_words(props: &FilterControlProps, words: &'static [&'static str]) -> Html {
    let chosen: Vec<String> = props.text().split(',').map(str::to_owned).collect();
    let checkbox = |word: &&'static str| {
        let (word, is_chosen) = (*word, chosen.iter().any(|one| one == word));
        let next = toggled(words, &chosen, word);
        let on_change = props.on_change.reform(move |_: Event| next.clone());
        html! {
            <label class="filter__choice">
                <input type="checkbox" value={word} checked={is_chosen} onchange={on_change} />
                { Platform::named(word).title() }
            </label>
        }
    };
    html! {
        <fieldset class="filter" data-param={param_word(props)} aria-describedby={format!("{}-notes", props.id())}>
            <legend class="filter__label">{ props.param.title }{ asked() }</legend>
            <div class="filter__choices">{ for words.iter().map(checkbox) }</div>
            { notes(props) }
        </fieldset>
    }
}

/// The chosen words with one of them switched, in the order of the table.
fn toggled(words: &[&str], chosen: &[String], word: &str) -> String {
    let is_on = |one: &&&str| chosen.iter().any(|chosen| chosen == **one) != (**one == word);
    words.iter().filter(is_on).copied().collect::<Vec<_>>().join(",")
}

fn param_word(props: &FilterControlProps) -> String {
    format!("{}/{}", props.provider, props.param.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkbox_switches_its_word_and_no_other() {
        let words = ["facebook", "twitter", "youtube"];
        let chosen = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(toggled(&words, &chosen(""), "twitter"), "twitter");
        assert_eq!(toggled(&words, &chosen("twitter"), "facebook"), "facebook,twitter");
        assert_eq!(toggled(&words, &chosen("facebook,twitter"), "facebook"), "twitter");
        assert_eq!(toggled(&words, &chosen("twitter"), "twitter"), "");
    }
}
