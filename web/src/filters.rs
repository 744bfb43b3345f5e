//! The conditions that are asked of one API: what a person wrote by each control, and whether the API takes it.

use std::collections::BTreeMap;

use roster_core::{Error, Info, Param, Query, Role, Route};

/// What a person entered for one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The text as entered.
    pub text: String,
    /// The text in the form in which it is sent, or what was expected instead.
    pub checked: Result<String, String>,
}

/// The entries of one source. A parameter without an entry is not sent at all: for a boolean, "any" is not "false".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters(BTreeMap<&'static str, Entry>);

impl Filters {
    /// Enters a text for a parameter; an empty one takes the condition back.
    pub fn set(&mut self, param: &'static Param, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            self.0.remove(param.name);
            return;
        }
        let checked = param.kind.check(text);
        let text = text.to_owned();
        self.0.insert(param.name, Entry { text, checked });
    }

    /// What was entered for a parameter.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.0.get(name)
    }

    /// The conditions that are asked, as name and value in the form in which they are sent.
    pub fn valid(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0
            .iter()
            .filter_map(|(name, entry)| Some((*name, entry.checked.as_deref().ok()?)))
    }

    /// The question for the first page. The page size is the smaller of `page_size` and what the API allows.
    ///
    /// # Errors
    /// `InvalidQuery` if a rule over several parameters does not hold.
    pub fn query(&self, info: &'static Info, route: &'static Route, page_size: u64) -> Result<Query, Error> {
        let mut query = Query::new(info.id, route.name)?;
        if let Some(size) = route
            .pagination
            .as_ref()
            .and_then(|pagination| pagination.size.as_ref())
        {
            query = query.with(size.param, &page_size.min(size.max).to_string())?;
        }
        for (name, value) in self.valid() {
            query = query.with(name, value)?;
        }
        query.request()?;
        Ok(query)
    }
}

/// The parameters of a route that choose which profiles come back.
pub fn params(route: &'static Route) -> impl Iterator<Item = &'static Param> {
    route.params.iter().filter(|param| param.role == Role::Filter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use roster_core::provider;

    fn ayrshare() -> (&'static Info, &'static Route) {
        let info = provider("ayrshare").unwrap().info();
        (info, &info.routes[0])
    }

    #[test]
    fn any_sends_nothing_and_none_sends_false() {
        let (info, route) = ayrshare();
        let param = route.param("hasActiveSocialAccounts").unwrap();
        let target = |filters: &Filters| {
            let query = filters.query(info, route, 100).unwrap();
            query.request().unwrap().target()
        };
        let mut filters = Filters::default();
        filters.set(param, "");
        assert_eq!(target(&filters), "ayrshare/profiles?limit=100");
        filters.set(param, "false");
        assert_eq!(
            target(&filters),
            "ayrshare/profiles?hasActiveSocialAccounts=false&limit=100"
        );
    }

    #[test]
    fn an_invalid_entry_is_kept_with_what_was_expected_and_is_not_sent() {
        let info = provider("insightiq").unwrap().info();
        let route = &info.routes[0];
        let mut filters = Filters::default();
        filters.set(route.param("account_id").unwrap(), " not a uuid ");
        let entry = filters.entry("account_id").unwrap();
        assert_eq!(
            (entry.text.as_str(), &entry.checked),
            ("not a uuid", &Err("a UUID".to_owned()))
        );
        let query = filters.query(info, route, 100).unwrap();
        assert_eq!(query.request().unwrap().target(), "insightiq/profiles?limit=100");
    }

    #[test]
    fn the_page_size_stays_within_what_the_api_allows() {
        let info = provider("insightiq").unwrap().info();
        let query = Filters::default().query(info, &info.routes[0], 5000).unwrap();
        assert_eq!(query.get("limit"), Some("100"));
    }
}
