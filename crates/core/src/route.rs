//! What a provider's API offers, as tables: routes, and the parameters of each.
//!
//! These tables are the allow-list of the proxy, the filter controls of the viewer and the checks of a [`crate::Query`].

/// One endpoint.
#[derive(Debug, PartialEq)]
pub struct Route {
    /// Path below `/api/v1/<provider>/` on our proxy; also its name.
    pub name: &'static str,
    /// Where the proxy asks.
    pub upstream: Upstream,
    /// How its pages are strung together; `None` if it has no pages.
    pub pagination: Option<Pagination>,
    /// Its parameters, in the order in which they are sent.
    pub params: &'static [Param],
    /// Conditions over several parameters.
    pub rules: &'static [Rule],
    /// Whether a Profile Key may be sent along (Ayrshare), by alias.
    pub takes_profile: bool,
}

impl Route {
    /// The parameter with this name.
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|param| param.name == name)
    }
}

/// Where the proxy gets the answer of a route.
#[derive(Debug, PartialEq, Eq)]
pub enum Upstream {
    /// This path below the API's base URL.
    Path(&'static str),
    /// The file behind the batch ticket that this path answers; its URL is checked and fetched without a key.
    BatchFile(&'static str),
}

/// How pages are strung together.
#[derive(Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The parameter that holds the position, or the ones that a link may carry.
    pub position: &'static [&'static str],
    /// The page-size parameter, if the API has one.
    pub size: Option<PageSize>,
}

/// Page-size parameter with its documented limits, in records.
#[derive(Debug, PartialEq, Eq)]
pub struct PageSize {
    /// Name of the parameter.
    pub param: &'static str,
    /// What the API takes when it is not given.
    pub default: u64,
    /// The largest that it accepts.
    pub max: u64,
}

/// One query parameter.
#[derive(Debug, PartialEq)]
pub struct Param {
    /// Name on the wire.
    pub name: &'static str,
    /// Name for people: "Connected accounts".
    pub title: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// What it is for.
    pub role: Role,
    /// One sentence of help for people.
    pub help: &'static str,
}

/// What a parameter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It chooses which profiles come back; the viewer draws a control for it.
    Filter,
    /// It moves through pages.
    Paging,
    /// It changes what the answer holds.
    Form,
}

/// A condition over several parameters of one request.
#[derive(Debug, PartialEq, Eq)]
pub enum Rule {
    /// The first parameter needs the second.
    Needs(&'static str, &'static str),
    /// The parameter needs a profile alias.
    NeedsProfile(&'static str),
}

/// The values that a parameter takes.
#[derive(Debug, PartialEq)]
pub enum Kind {
    /// Free text of at most this many characters.
    Text {
        /// Most characters.
        max_chars: usize,
    },
    /// A UUID.
    Uuid,
    /// `true` or `false`; absent is a third state.
    Bool,
    /// A whole number.
    Int {
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
    },
    /// `true`, `false` or a whole number.
    BoolOrInt {
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
    },
    /// Several of these words, joined by commas.
    Words(&'static [&'static str]),
}

impl Kind {
    /// The value in the form in which it is sent. Accepts what people and other clients write: capitals in booleans,
    /// spaces after commas, a word twice.
    ///
    /// # Errors
    /// What was expected, in words.
    pub fn check(&self, text: &str) -> Result<String, String> {
        let valid = match self {
            Self::Text { max_chars } => plain_text(text, *max_chars),
            Self::Uuid => uuid(text),
            Self::Bool => boolean(text),
            Self::Int { min, max } => int(text, *min, *max),
            Self::BoolOrInt { min, max } => boolean(text).or_else(|| int(text, *min, *max)),
            Self::Words(all) => words(text, all),
        };
        valid.ok_or_else(|| self.expected())
    }

    /// What it takes, in words: "a whole number from 1 to 100".
    pub fn expected(&self) -> String {
        match self {
            Self::Text { max_chars } => format!("text of 1 to {max_chars} characters"),
            Self::Uuid => "a UUID".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Int { min, max: u64::MAX } => format!("a whole number of at least {min}"),
            Self::Int { min, max } => format!("a whole number from {min} to {max}"),
            Self::BoolOrInt { min, max } => format!("true, false or a whole number from {min} to {max}"),
            Self::Words(all) => format!("one or more of {}", all.join(", ")),
        }
    }
}

fn plain_text(text: &str, max_chars: usize) -> Option<String> {
    let fits = !text.is_empty() && text.chars().count() <= max_chars && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

fn uuid(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths_fit = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]);
    let is_hex = groups
        .iter()
        .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (lengths_fit && is_hex).then(|| text.to_ascii_lowercase())
}

fn boolean(text: &str) -> Option<String> {
    ["true", "false"]
        .into_iter()
        .find(|word| text.eq_ignore_ascii_case(word))
        .map(str::to_owned)
}

fn int(text: &str, min: u64, max: u64) -> Option<String> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = text.parse().ok().filter(|_| is_digits)?;
    (min..=max).contains(&number).then(|| number.to_string())
}

fn words(text: &str, all: &'static [&'static str]) -> Option<String> {
    let mut chosen: Vec<&str> = Vec::new();
    for word in text.split(',').map(str::trim) {
        let known = all.iter().find(|known| known.eq_ignore_ascii_case(word))?;
        if !chosen.contains(known) {
            chosen.push(known);
        }
    }
    Some(chosen.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_checked_and_brought_into_one_form() {
        const WORDS: Kind = Kind::Words(&["twitter", "facebook"]);
        const LIMIT: Kind = Kind::Int { min: 1, max: 100 };
        const LOG: Kind = Kind::BoolOrInt { min: 1, max: 365 };
        const NAME: Kind = Kind::Text { max_chars: 3 };
        let good = [
            (&Kind::Bool, "True", "true"),
            (&LIMIT, "007", "7"),
            (&LOG, "TRUE", "true"),
            (&LOG, "365", "365"),
            (&WORDS, "facebook, Twitter,facebook", "facebook,twitter"),
            (&NAME, "é&=", "é&="),
            (
                &Kind::Uuid,
                "12CCAF87-66c2-4b8e-9bf0-d0e8705334d1",
                "12ccaf87-66c2-4b8e-9bf0-d0e8705334d1",
            ),
        ];
        for (kind, text, sent) in good {
            assert_eq!(kind.check(text).as_deref(), Ok(sent), "{text}");
        }
        let bad = [
            (&Kind::Bool, "1"),
            (&LIMIT, "0"),
            (&LIMIT, "101"),
            (&LIMIT, "+5"),
            (&LIMIT, "99999999999999999999"),
            (&LOG, "366"),
            (&WORDS, "myspace"),
            (&WORDS, ""),
            (&NAME, ""),
            (&NAME, "abcd"),
            (&NAME, "a\n"),
            (&Kind::Uuid, "12ccaf87"),
        ];
        for (kind, text) in bad {
            assert_eq!(kind.check(text), Err(kind.expected()), "{text}");
        }
    }
}
