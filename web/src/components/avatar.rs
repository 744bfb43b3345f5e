//! Slot A: initials, and over them a picture if a person allowed pictures. No component of its own: a list of cards would
//! schedule one for each of them.

use yew::{Html, html};

use crate::look::initials;
use crate::safe_url::SafeUrl;

/// A picture is loaded only from https, without a referrer, and stands over the initials, which stay if it fails.
pub(super) fn avatar(name: &str, picture: Option<&str>, has_pictures: bool) -> Html {
    let url = picture.filter(|_| has_pictures).and_then(SafeUrl::parse);
    let picture = url.filter(SafeUrl::is_https).map(|url| {
        html! {
            <img class="avatar__picture" src={url.as_str().to_owned()} alt="" loading="lazy" decoding="async"
                referrerpolicy="no-referrer" width="40" height="40" />
        }
    });
    let frame = has_pictures.then(|| html! { <span class="avatar__frame">{ picture }</span> });
    html! {
        <span class="avatar" aria-hidden="true">
            <span class="avatar__initials">{ initials(name) }</span>
            { frame }
        </span>
    }
}
