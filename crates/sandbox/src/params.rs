//! Query parameters in every encoding that clients of these APIs send.

use roster_core::Kind;

/// Decoded names and values in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params(Vec<(String, String)>);

/// What is wrong with a value: the name of the parameter, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadValue {
    pub(crate) name: &'static str,
    pub(crate) expected: String,
}

impl BadValue {
    pub(crate) fn message(&self) -> String {
        format!("Parameter {} must be {}.", self.name, self.expected)
    }
}

impl Params {
    /// From a query or a form body, as it came.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value under a name, unless it is empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
            .filter(|value| !value.is_empty())
    }

    /// Names and values in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A value that must be of a kind; in the kind's own form. An empty value counts as given.
    pub(crate) fn checked(&self, name: &'static str, kind: &Kind) -> Result<Option<String>, BadValue> {
        let Some((_, value)) = self.iter().find(|(key, _)| *key == name) else {
            return Ok(None);
        };
        kind.check(value)
            .map(Some)
            .map_err(|expected| BadValue { name, expected })
    }

    /// `true` or `false`, in any case; absent is a third state.
    pub(crate) fn boolean(&self, name: &'static str) -> Result<Option<bool>, BadValue> {
        Ok(self.checked(name, &Kind::Bool)?.map(|text| text == "true"))
    }

    /// A whole number.
    pub(crate) fn int(&self, name: &'static str, min: u64, max: u64) -> Result<Option<u64>, BadValue> {
        let text = self.checked(name, &Kind::Int { min, max })?;
        Ok(text.and_then(|text| text.parse().ok()))
    }

    /// Several of these words, however they are written: `a,b`, repeated, `name[0]=a`, `name[]=a` or `["a","b"]`.
    pub(crate) fn words(
        &self,
        name: &'static str,
        known: &'static [&'static str],
    ) -> Result<Option<Vec<&'static str>>, BadValue> {
        let given = self.list(name);
        if given.is_empty() && !self.iter().any(|(key, _)| key == name) {
            return Ok(None);
        }
        let bad = || BadValue {
            name,
            expected: Kind::Words(known).expected(),
        };
        let mut words = Vec::new();
        for text in &given {
            let word = known.iter().find(|word| *word == text).ok_or_else(bad)?;
            if !words.contains(word) {
                words.push(*word);
            }
        }
        if words.is_empty() { Err(bad()) } else { Ok(Some(words)) }
    }

    /// All values of a list, in whatever encoding.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let mut all = Vec::new();
        for (_, value) in self.iter().filter(|(key, _)| is_element(key, name)) {
            if value.trim_start().starts_with('[')
                && let Ok(texts) = serde_json::from_str::<Vec<String>>(value)
            {
                all.extend(texts);
            } else {
                let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
                all.extend(parts.map(str::to_owned));
            }
        }
        all
    }
}

/// Whether `key` is `name`, `name[]` or `name[7]`.
fn is_element(key: &str, name: &str) -> bool {
    let Some(rest) = key.strip_prefix(name) else {
        return false;
    };
    let index = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    rest.is_empty() || index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["facebook", "linkedin", "twitter"];

    fn words(query: &str) -> Result<Option<Vec<&'static str>>, BadValue> {
        Params::parse(query.as_bytes()).words("p", KNOWN)
    }

    #[test]
    fn every_encoding_of_a_list_means_the_same() {
        for query in [
            "p=facebook,linkedin",
            "p=facebook%2Clinkedin",
            "p=facebook, linkedin",
            "p=facebook&p=linkedin",
            "p=facebook&p=facebook,linkedin",
            "p[0]=facebook&p[1]=linkedin",
            "p%5B0%5D=facebook&p%5B1%5D=linkedin",
            "p[]=facebook&p%5B%5D=linkedin",
            "p=[\"facebook\",\"linkedin\"]",
            "p=%5B%22facebook%22%2C%22linkedin%22%5D",
            "source=npm&p=facebook,linkedin&other[0]=x",
        ] {
            assert_eq!(words(query), Ok(Some(vec!["facebook", "linkedin"])), "{query}");
        }
        assert_eq!(words("source=npm&pp=facebook&p[x]=facebook"), Ok(None));
    }

    #[test]
    fn bad_words_and_empty_lists_are_refused() {
        for query in [
            "p=myspace",
            "p=facebook,myspace",
            "p=",
            "p=,",
            "p=[\"myspace\"]",
            "p=[1]",
            "p[0]=myspace",
        ] {
            let bad = words(query).unwrap_err();
            assert_eq!(
                bad.message(),
                "Parameter p must be one or more of facebook, linkedin, twitter.",
                "{query}"
            );
        }
    }

    #[test]
    fn booleans_come_in_any_case_and_numbers_have_limits() {
        let params = Params::parse(b"a=true&b=False&c=1&d=7&e=");
        assert_eq!(params.boolean("a"), Ok(Some(true)));
        assert_eq!(params.boolean("b"), Ok(Some(false)));
        assert_eq!(params.boolean("x"), Ok(None));
        assert!(params.boolean("c").is_err());
        assert_eq!(params.int("d", 1, 7), Ok(Some(7)));
        assert!(params.int("d", 8, 9).is_err());
        assert!(params.int("e", 0, 9).is_err());
        assert_eq!(params.text("e"), None);
    }
}
