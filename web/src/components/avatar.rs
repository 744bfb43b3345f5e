//! Slot A: initials, and over them a picture if a person allowed pictures.

use yew::{AttrValue, Html, Properties, component, html};

use crate::look::initials;
use crate::safe_url::SafeUrl;

/// Properties of [`Avatar`].
#[derive(Clone, PartialEq, Properties)]
pub struct AvatarProps {
    /// The name whose initials are shown.
    pub name: AttrValue,
    /// Address of a picture, as sent.
    pub picture: Option<AttrValue>,
    /// Whether pictures may be loaded.
    pub has_pictures: bool,
}

/// A picture is loaded only from https, without a referrer, and stands over the initials, which stay if it fails.
#[component]
pub fn Avatar(props: &AvatarProps) -> Html {
    let url = props
        .picture
        .as_deref()
        .filter(|_| props.has_pictures)
        .and_then(SafeUrl::parse);
    let picture = url.filter(SafeUrl::is_https).map(|url| {
        html! {
            <img class="avatar__picture" src={url.as_str().to_owned()} alt="" loading="lazy" decoding="async"
                referrerpolicy="no-referrer" width="40" height="40" />
        }
    });
    html! {
        <span class="avatar" aria-hidden="true">
            <span class="avatar__initials">{ initials(&props.name) }</span>
            <span class="avatar__frame">{ picture }</span>
        </span>
    }
}
