//! The page's head: name, purpose, and the settings of the screen.

use yew::{Callback, Html, Properties, component, html};

use super::{OpenFile, Wish};
use crate::format::Zone;
use crate::icon::Icon;
use crate::state::{Action, ZONE_ID};
use crate::texts;
use crate::theme::{Contrast, Theme};
use crate::view::Density;

/// Id of the settings, which a narrow window shows only when asked.
const SETTINGS_ID: &str = "settings";

/// Properties of [`Header`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    /// The theme.
    pub theme: Theme,
    /// How strong the contrast is.
    pub contrast: Contrast,
    /// The time zone of dates.
    pub zone: Zone,
    /// How close things stand.
    pub density: Density,
    /// Whether pictures are loaded.
    pub has_pictures: bool,
    /// Whether every profile is invented.
    pub is_demo: bool,
    /// What happened.
    pub act: Callback<Action>,
    /// What a person wants.
    pub wish: Callback<Wish>,
}

/// The head of the page.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let next = props.theme.next();
    let on_theme = props.act.reform(move |_| Action::ThemeChosen(next));
    let contrast = props.contrast.next();
    let on_contrast = props.act.reform(move |_| Action::ContrastChosen(contrast));
    let zone = props.zone.other();
    let on_zone = props.act.reform(move |_| Action::ZoneChosen(zone));
    let density = props.density.other();
    let on_density = props.act.reform(move |_| Action::DensityChosen(density));
    let has_pictures = !props.has_pictures;
    let on_pictures = props.act.reform(move |_| Action::PicturesChosen(has_pictures));
    let on_help = props.act.reform(|_| Action::HelpShown(true));
    let demo = props
        .is_demo
        .then(|| html! { <p class="ribbon" data-testid="demo-ribbon">{ texts::DEMO }</p> });
    html! {
        <header class="head">
            <div class="head__title">
                <h1 class="head__name">{ texts::NAME }</h1>
                <p class="head__purpose">{ texts::PURPOSE }</p>
                <div>{ demo }</div>
            </div>
            <div class="head__deeds">
                <OpenFile wish={&props.wish} />
                <button type="button" class="icon-button head__more" popovertarget={SETTINGS_ID} aria-label={texts::SETTINGS} title={texts::SETTINGS}>{ Icon::More.draw() }</button>
                <div id={SETTINGS_ID} class="head__settings" popover="auto" role="group" aria-label={texts::SETTINGS}>
                    <button type="button" class="button button--quiet" data-action="pictures" title={texts::PICTURES_HELP}
                        aria-pressed={props.has_pictures.to_string()} onclick={on_pictures}>
                        { texts::PICTURES }
                    </button>
                    <button type="button" class="button button--quiet" data-action="theme" onclick={on_theme}>
                        { texts::theme(props.theme) }
                    </button>
                    <button type="button" class="button button--quiet" data-action="contrast" onclick={on_contrast}>
                        { texts::contrast(props.contrast) }
                    </button>
                    <button type="button" id={ZONE_ID} class="button button--quiet" data-action="zone" onclick={on_zone}>
                        { texts::zone(props.zone) }
                    </button>
                    <button type="button" class="button button--quiet" data-action="density" onclick={on_density}>
                        { texts::density(props.density) }
                    </button>
                    <button type="button" class="button button--quiet" data-action="help" aria-keyshortcuts="?" onclick={on_help}>
                        { texts::KEYBOARD }
                    </button>
                </div>
            </div>
        </header>
    }
}
