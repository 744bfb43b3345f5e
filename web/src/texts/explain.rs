//! Errors in words: what happened, why if known, what to do.

use roster_client::Retry;
use roster_core::providers::Auth;
use roster_core::{Error, ErrorKind, Provider, provider};

use super::{counted, plural};
use crate::format::span;
use crate::origin::Outage;

/// An error in words: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened.
    pub what: String,
    /// What to do about it.
    pub next: String,
}

/// Explains an error of a source that has `n_kept` profiles and was asked for page `page`.
pub fn explain(error: &Error, title: &str, n_kept: usize, page: u64) -> Explained {
    let kept = if n_kept == 0 {
        String::new()
    } else {
        format!(" {} kept.", are(n_kept))
    };
    // What an API says ends as it likes; our sentence has its own end.
    let said = error.message();
    let said = said.trim_end_matches('.');
    let (what, next) = match error.kind() {
        ErrorKind::Network => (
            format!("The proxy did not answer ({said}).{kept}"),
            "It may be off, this device may be offline, or the address may be wrong.".to_owned(),
        ),
        ErrorKind::Timeout => (
            format!("{title} gave no answer in time.{kept}"),
            format!("Ask for page {page} again, or try later."),
        ),
        ErrorKind::Unauthorized => unauthorized(error, title, said),
        ErrorKind::Forbidden => (
            format!("{title} refused: {said}.{kept}"),
            "The plan may not include this, or the profile may be suspended.".to_owned(),
        ),
        ErrorKind::RateLimited => (
            format!(
                "{title} still limits us after {} tries.{kept}",
                Retry::default().attempts
            ),
            format!(
                "Many refused requests in a day can suspend a profile, so we stopped. Try again {}.",
                after(error)
            ),
        ),
        ErrorKind::NotFound => (
            format!("{title} does not have what was asked for: {said}."),
            "It may have been deleted. Change or clear the filters.".to_owned(),
        ),
        ErrorKind::Upstream => (
            format!("{title} has a problem on its side{}.{kept}", status(error)),
            format!("Ask for page {page} again. It said: {said}."),
        ),
        ErrorKind::Decode => (
            format!("The answer is not profile data: {said}.{kept}"),
            "Often this is a log-in or error page in between.".to_owned(),
        ),
        ErrorKind::Pagination => (
            format!("The pages of {title} contradict each other: {said}.{kept}"),
            "Nothing was asked elsewhere. Start over; loaded profiles are merged.".to_owned(),
        ),
        ErrorKind::InvalidQuery => (
            format!("{title} did not understand the request: {said}.{kept}"),
            "Change or remove the condition; if it no longer knows the place where we stopped, start over.".to_owned(),
        ),
        _ => (format!("{title}: {said}.{kept}"), "Try again.".to_owned()),
    };
    Explained { what, next }
}

/// Who asks with a user name and a password has a pair of them for each environment.
fn unauthorized(error: &Error, title: &str, said: &str) -> (String, String) {
    let info = error.provider().and_then(provider).map(Provider::info);
    if info.is_some_and(|info| info.auth == Auth::Basic) {
        return (
            format!("{title} did not accept the user name and password{}.", code(error)),
            format!("Check them on the proxy. Keys of one environment do not work in another. It said: {said}."),
        );
    }
    (
        format!("{title} did not accept the key{}.", code(error)),
        format!("Check the key on the proxy: {said}."),
    )
}

/// Explains why nothing more could be learned of one profile.
pub fn explain_one(error: &Error, key: &str) -> Explained {
    let id = key.split_once(':').map_or(key, |(id, _)| id);
    let title = provider(id).map_or(id, |provider| provider.info().title);
    let told = explain(error, title, 0, 1);
    match error.kind() {
        ErrorKind::NotFound => Explained {
            what: format!("{title} does not know this profile any more. It may have been deleted."),
            next: "What stands here is what the list told last.".to_owned(),
        },
        ErrorKind::Timeout | ErrorKind::Upstream => Explained {
            next: "Try again, now or later.".to_owned(),
            ..told
        },
        _ => told,
    }
}

pub(super) fn are(n: usize) -> String {
    counted(n as u64, &plural::PROFILES_ARE)
}

fn code(error: &Error) -> String {
    error
        .provider_code()
        .map(|code| format!(" (code {code})"))
        .unwrap_or_default()
}

/// When the API wants to be asked again.
fn after(error: &Error) -> String {
    let asked = error.retry_after_ms().and_then(|ms| i64::try_from(ms).ok());
    asked.map_or_else(|| "in a few minutes".to_owned(), |ms| ["in ", &span(ms)].concat())
}

fn status(error: &Error) -> String {
    error.status().map(|status| format!(" ({status})")).unwrap_or_default()
}

/// The proxy cannot be used from this page.
pub fn outage(outage: &Outage, page: &str) -> Explained {
    let proxy = outage.proxy.as_deref().unwrap_or(page);
    let host = host(proxy).or_else(|| host(page)).unwrap_or(proxy);
    let said = outage.error.message();
    let said = said.trim_end_matches('.');
    let (what, next) = match outage.error.kind() {
        ErrorKind::Network if is_mixed(proxy, page) => (
            "This page is secure and the proxy is not, so the browser blocks it.".to_owned(),
            "Give the proxy an https address.".to_owned(),
        ),
        // A browser tells a page nothing of another origin that does not let it read: it may be off or not.
        ErrorKind::Network if is_elsewhere(outage, page) => (
            format!("The proxy at {host} did not answer, or does not let this page read ({said})."),
            format!(
                "It may be off, the address in config.json may be wrong, or this page ({}) is not on its list of allowed pages: {}",
                origin(page),
                allow_page(page)
            ),
        ),
        ErrorKind::Network => (
            format!("The proxy at {host} did not answer ({said})."),
            "It may be off, or the address in config.json may be wrong.".to_owned(),
        ),
        _ => (
            format!("The proxy at {host} cannot be used: {said}."),
            "It may be off, or the address in config.json may be wrong.".to_owned(),
        ),
    };
    Explained { what, next }
}

/// Whether the proxy is of another origin than the page and did not come through: it may have to know the page.
pub fn is_elsewhere(outage: &Outage, page: &str) -> bool {
    let proxy = outage.proxy.as_deref().filter(|proxy| host(proxy).is_some());
    outage.error.kind() == ErrorKind::Network
        && proxy.is_some_and(|proxy| origin(proxy) != origin(page) && !is_mixed(proxy, page))
}

/// Whether the browser lets a secure page not ask a proxy that is not.
fn is_mixed(proxy: &str, page: &str) -> bool {
    page.starts_with("https:") && proxy.starts_with("http:")
}

/// What lets a page read through the proxy, as its configuration has it.
pub fn allow_page(page: &str) -> String {
    ["allowed_origins = [\"", origin(page), "\"]"].concat()
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let n_before = address.find("://").map_or(0, |at| at + 3);
    let n_host = address.get(n_before..).and_then(|rest| rest.find(['/', '?', '#']));
    n_host
        .and_then(|n_host| address.get(..n_before + n_host))
        .unwrap_or(address)
}

/// Host and port of an absolute address.
fn host(address: &str) -> Option<&str> {
    Some(origin(address).split_once("://")?.1)
}
