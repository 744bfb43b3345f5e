//! Arguments that arrive as text.

use roster_core::{Error, Limits, Pager, Query};

/// A question with its parameters as a query string; `profile` is the alias of a Profile Key.
pub(crate) fn query(provider: &str, route: &str, params: &str) -> Result<Query, Error> {
    let mut query = Query::new(provider, route)?;
    for (name, value) in form_urlencoded::parse(params.as_bytes()) {
        query = match name.as_ref() {
            "profile" => query.with_profile(&value)?,
            name => query.with(name, &value)?,
        };
    }
    Ok(query)
}

/// The pager of a question, or of the place that a resume token names. Pages are counted from here.
pub(crate) fn pager(query: Query, resume: Option<&str>, max_pages: u64) -> Result<Pager, Error> {
    let limits = |n_before: u64| Limits {
        max_pages: n_before.saturating_add(max_pages),
        max_items: u64::MAX,
    };
    let Some(token) = resume else {
        return Pager::new(query, limits(0));
    };
    let mut pager = Pager::resume(token, limits(0))?;
    let (asked, kept) = (query, pager.query());
    let is_same = asked.provider_id() == kept.provider_id() && asked.route() == kept.route();
    if !is_same || asked.iter().any(|(name, value)| kept.get(name) != Some(value)) {
        let found = "one of another question";
        let error = Error::unexpected(
            roster_core::ErrorKind::InvalidQuery,
            "resume",
            "a token of this question",
            found,
        );
        return Err(error.with_provider(asked.provider_id()));
    }
    pager.set_limits(limits(pager.progress().n_pages));
    Ok(pager)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_checked_by_the_table() {
        let asked = query("ayrshare", "profiles", "title=A+%26+B&limit=100").unwrap();
        assert_eq!(
            asked.request().unwrap().target(),
            "ayrshare/profiles?title=A+%26+B&limit=100"
        );
        assert!(query("ayrshare", "profiles", "colour=red").is_err());
        let user = query("ayrshare", "user", "validate=true&profile=brand-a").unwrap();
        assert_eq!(
            user.request().unwrap().target(),
            "ayrshare/user?validate=true&profile=brand-a"
        );
    }

    #[test]
    fn a_token_goes_on_only_with_the_question_that_it_was_made_for() {
        let asked = |params| query("insightiq", "profiles", params).unwrap();
        let token = Pager::new(
            asked("limit=7"),
            Limits {
                max_pages: 1,
                max_items: 1,
            },
        )
        .unwrap()
        .resume_token();
        let resumed = pager(asked(""), token.as_deref(), 1).unwrap();
        assert_eq!(resumed.query().get("limit"), Some("7"), "the token knows the question");
        assert!(pager(asked("limit=8"), token.as_deref(), 1).is_err());
        assert!(pager(query("upsun", "profiles", "").unwrap(), token.as_deref(), 1).is_err());
        assert!(pager(asked(""), Some("elsewhere"), 1).is_err());
    }
}
