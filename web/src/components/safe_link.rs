//! An address as a link if it is safe, else as text.

use yew::{AttrValue, Html, Properties, component, html};

use crate::safe_url::SafeUrl;

/// Properties of [`SafeLink`].
#[derive(Clone, PartialEq, Properties)]
pub struct SafeLinkProps {
    /// The address, as sent.
    pub href: AttrValue,
}

/// The only place where an address of an API becomes a link.
#[component]
pub fn SafeLink(props: &SafeLinkProps) -> Html {
    match SafeUrl::parse(&props.href) {
        Some(url) => html! {
            <a class="link" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow">
                { url.short() }
            </a>
        },
        None => html! { <span class="not-a-link"><bdi>{ props.href.clone() }</bdi></span> },
    }
}
