//! A question to one route of one provider, checked against the route's table before anything is sent.

use crate::error::{Error, ErrorKind};
use crate::http::Request;
use crate::providers::{Provider, provider};
use crate::route::{Param, Route, Rule};

/// Longest profile alias, in characters.
const ALIAS_MAX_CHARS: usize = 64;

/// A checked question. Parameters that are not set are not sent: for a boolean, absent is a third state.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    provider: &'static str,
    route: &'static Route,
    values: Vec<(&'static str, String)>,
    profile: Option<String>,
}

impl Query {
    /// A question without parameters.
    ///
    /// ```
    /// let query = roster_core::Query::new("ayrshare", "profiles")?.with("limit", "100")?;
    /// assert_eq!(query.request()?.target(), "ayrshare/profiles?limit=100");
    /// # Ok::<(), roster_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidQuery` if there is no such provider or route.
    pub fn new(provider_id: &str, route: &str) -> Result<Self, Error> {
        let unknown = |what: &str, name: &str| Error::new(ErrorKind::InvalidQuery, format!("unknown {what} {name:?}"));
        let info = provider(provider_id)
            .ok_or_else(|| unknown("provider", provider_id))?
            .info();
        let found = info.routes.iter().find(|candidate| candidate.name == route);
        let route = found.ok_or_else(|| unknown("route", route).with_provider(info.id))?;
        Ok(Self {
            provider: info.id,
            route,
            values: Vec::new(),
            profile: None,
        })
    }

    /// The same question with one more parameter; setting it again replaces it.
    ///
    /// # Errors
    /// `InvalidQuery` if the route has no such parameter or does not take the value.
    pub fn with(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let param = self.route.param(name).ok_or_else(|| self.unknown_param(name))?;
        let value = param
            .kind
            .check(value)
            .map_err(|expected| self.bad_value(param, &expected, value))?;
        self.values.retain(|(key, _)| *key != param.name);
        let place = |name: &str| self.route.params.iter().position(|param| param.name == name);
        let is_later = |(name, _): &(&str, String)| place(name) > place(param.name);
        let place = self.values.iter().position(is_later).unwrap_or(self.values.len());
        self.values.insert(place, (param.name, value));
        Ok(self)
    }

    /// The same question without this parameter.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.values.retain(|(key, _)| *key != name);
        self
    }

    /// The same question for the profile whose key the proxy knows by this alias.
    ///
    /// # Errors
    /// `InvalidQuery` if the route takes no profile, or the alias has other characters than letters, digits, `-`, `_`
    /// and `.`.
    pub fn with_profile(mut self, alias: &str) -> Result<Self, Error> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !self.route.takes_profile {
            return Err(self.unknown_param("profile"));
        }
        if alias.is_empty() || alias.len() > ALIAS_MAX_CHARS || !alias.chars().all(is_plain) {
            let expected = format!("1 to {ALIAS_MAX_CHARS} letters, digits, - _ .");
            return Err(self.invalid("profile", &expected, "other text"));
        }
        self.profile = Some(alias.to_owned());
        Ok(self)
    }

    /// The provider.
    pub fn provider(&self) -> Option<&'static dyn Provider> {
        provider(self.provider)
    }

    /// The provider's id.
    pub fn provider_id(&self) -> &'static str {
        self.provider
    }

    /// The route.
    pub fn route(&self) -> &'static Route {
        self.route
    }

    /// The value of a parameter, in the form in which it is sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The parameters that are set, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The profile alias.
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The request for it.
    ///
    /// # Errors
    /// `InvalidQuery` if a rule over several parameters does not hold.
    pub fn request(&self) -> Result<Request, Error> {
        for rule in self.route.rules {
            self.check(rule)?;
        }
        Ok(Request {
            provider: self.provider,
            route: self.route,
            params: self.values.clone(),
            profile: self.profile.clone(),
        })
    }

    fn check(&self, rule: &Rule) -> Result<(), Error> {
        match rule {
            Rule::Needs(name, needed) if self.get(name).is_some() && self.get(needed).is_none() => {
                Err(self.invalid(name, &format!("{needed} beside it"), "none"))
            }
            Rule::NeedsProfile(name) if self.get(name) == Some("true") && self.profile.is_none() => {
                Err(self.invalid(name, "a profile alias beside it", "none"))
            }
            _ => Ok(()),
        }
    }

    fn unknown_param(&self, name: &str) -> Error {
        let known: Vec<&str> = self.route.params.iter().map(|param| param.name).collect();
        let expected = if known.is_empty() {
            "no parameter".to_owned()
        } else {
            known.join(", ")
        };
        self.invalid(self.route.name, &expected, &format!("{name:?}"))
    }

    /// The value itself is not repeated: it may be personal data.
    fn bad_value(&self, param: &Param, expected: &str, value: &str) -> Error {
        let is_short_number = (1..=20).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
        let found = match value.chars().count() {
            0 => "nothing".to_owned(),
            _ if is_short_number => value.to_owned(),
            n_chars => format!("text of {n_chars} characters"),
        };
        self.invalid(param.name, expected, &found)
    }

    fn invalid(&self, name: &str, expected: &str, found: &str) -> Error {
        Error::unexpected(ErrorKind::InvalidQuery, name, expected, found).with_provider(self.provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profiles() -> Query {
        Query::new("ayrshare", "profiles").unwrap()
    }

    #[test]
    fn parameters_are_sent_in_the_order_of_the_table_and_absent_is_not_false() {
        let query = profiles().with("limit", "100").unwrap().with("title", "A & B").unwrap();
        assert_eq!(
            query.request().unwrap().target(),
            "ayrshare/profiles?title=A+%26+B&limit=100"
        );
        assert_eq!(query.get("hasActiveSocialAccounts"), None);
        let again = query.with("limit", "5").unwrap().without("title");
        assert_eq!(again.request().unwrap().target(), "ayrshare/profiles?limit=5");
    }

    #[test]
    fn a_bad_value_says_what_was_expected_and_repeats_no_text() {
        let error = profiles().with("limit", "5001").unwrap_err();
        assert_eq!(
            error.to_string(),
            "ayrshare: expected a whole number from 1 to 5000 at limit, found 5001"
        );
        let error = profiles().with("isByokLinked", "jane@example.com").unwrap_err();
        assert_eq!(
            error.to_string(),
            "ayrshare: expected true or false at isByokLinked, found text of 16 characters"
        );
        assert!(
            profiles()
                .with("colour", "red")
                .unwrap_err()
                .message()
                .contains("found \"colour\"")
        );
    }

    #[test]
    fn rules_over_several_parameters_hold() {
        let include = profiles().with("include", "quota").unwrap();
        assert_eq!(
            include.request().unwrap_err().message(),
            "expected refId beside it at include, found none"
        );
        assert!(include.with("refId", "160c").unwrap().request().is_ok());
        let user = Query::new("ayrshare", "user")
            .unwrap()
            .with("validate", "true")
            .unwrap();
        assert!(user.request().is_err());
        assert!(user.with_profile("brand-a").unwrap().request().is_ok());
        assert!(
            profiles().with_profile("brand-a").is_err(),
            "the list takes no profile key"
        );
    }
}
