//! How a profile looks: pure functions from its JSON to the slots of a card ([`Face`]) and the sections of the drawer
//! ([`Section`]). One file per provider; a provider without one is drawn from the common view.

mod ayrshare;
mod fact;
mod generic;
mod insightiq;
mod upsun;

use std::borrow::Cow;

use roster_core::{Members, Profile, UnixMs, provider};

pub use fact::{Block, Fact, Received, Section, Value};

use crate::icon::Icon;

/// What a look is made from.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The provider's id.
    pub provider: &'static str,
    /// The profile's id.
    pub id: &'a str,
    /// The record as listed, exactly as received.
    pub text: &'a str,
    /// The record with its extended parts, if they were loaded.
    pub parts: Option<&'a str>,
    /// The time now, for "12 days left".
    pub now: UnixMs,
    /// How many loaded profiles belong to the same person.
    pub n_of_person: usize,
}

impl Subject<'_> {
    /// The common view of the record as listed; `None` if it cannot be read.
    pub fn profile(&self) -> Option<Profile> {
        provider(self.provider)?.profile(self.text).ok()
    }

    /// The common view of the record as listed, which was taken apart already.
    fn view(&self, record: &Members) -> Option<Profile> {
        provider(self.provider)?.view(record).ok()
    }

    /// The common view of the record with its extended parts.
    pub fn extended(&self) -> Option<Profile> {
        provider(self.provider)?.profile(self.parts?).ok()
    }
}

/// How good or bad a thing is. Never told by colour alone: an icon and a word go with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// Good.
    Good,
    /// Somebody should look.
    Warn,
    /// Something is wrong.
    Bad,
}

impl Tone {
    /// The word for styles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A word with an icon: "Suspended".
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// How good or bad it is.
    pub tone: Tone,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Its word.
    pub text: String,
}

/// A connected platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// At most three letters, or the beginning of its name.
    pub short: String,
    /// Its name.
    pub title: String,
    /// Whether something is wrong with it.
    pub is_troubled: bool,
}

/// One line of a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Which slot it fills, for tests and styles: `trouble`.
    pub slot: &'static str,
    /// How good or bad it is.
    pub tone: Tone,
    /// An icon in front.
    pub icon: Option<Icon>,
    /// Its text.
    pub text: String,
    /// Whether one request would tell more.
    pub is_checkable: bool,
}

/// How much of a granted amount is spent.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The share that is spent, 0 to 100.
    pub percent: u64,
    /// What it shows, in words.
    pub text: String,
}

/// The slots of a card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Face {
    /// A: address of a picture as sent.
    pub picture: Option<String>,
    /// B: the name.
    pub name: String,
    /// B2: a second name.
    pub second: Option<String>,
    /// C: states as words.
    pub marks: Vec<Mark>,
    /// D: connected platforms, troubled first; `None` if there is nothing to say.
    pub badges: Option<Vec<Badge>>,
    /// D to E: the lines, in order.
    pub lines: Vec<Line>,
    /// E: a bar under the lines.
    pub bar: Option<Bar>,
    /// Lines under the bar.
    pub after: Vec<Line>,
    /// The instant of that date.
    pub at: Option<UnixMs>,
    /// F: dates.
    pub date: Option<String>,
}

impl Face {
    fn line(&mut self, slot: &'static str, text: Option<String>) {
        let filled = text.filter(|text| !text.is_empty());
        self.lines.extend(filled.map(|text| Line {
            slot,
            text,
            ..Line::default()
        }));
    }
}

/// The functions of one provider.
struct Look {
    face: fn(&Subject) -> Face,
    sheet: fn(&Subject) -> Vec<Section>,
    person: Option<fn(&str) -> Option<PersonRef>>,
}

/// A provider without a line here is drawn from the common view.
const LOOKS: &[(&str, Look)] = &[
    ("ayrshare", ayrshare::LOOK),
    ("insightiq", insightiq::LOOK),
    ("upsun", upsun::LOOK),
];

fn look(provider: &str) -> &'static Look {
    let found = LOOKS.iter().find(|(id, _)| *id == provider);
    found.map_or(&generic::LOOK, |(_, look)| look)
}

/// The slots of a card.
pub fn face(subject: &Subject) -> Face {
    (look(subject.provider).face)(subject)
}

/// The sections of the drawer; the last two are the fields that nobody knows, and the JSON as received.
pub fn sheet(subject: &Subject) -> Vec<Section> {
    let mut sections = (look(subject.provider).sheet)(subject);
    sections.push(fact::raw(subject));
    sections
}

/// The person to whom a record belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRef {
    /// The person's id in the API.
    pub id: String,
    /// The person's name.
    pub name: Option<String>,
}

/// Names the person to whom a record belongs, where an API knows persons with several profiles.
pub fn person(provider: &str, text: &str) -> Option<PersonRef> {
    look(provider).person.and_then(|person| person(text))
}

/// The beginning and the end of an id: `160c87…0c53`.
pub fn short_id(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    match (
        chars.get(..6),
        chars.len().checked_sub(4).and_then(|start| chars.get(start..)),
    ) {
        (Some(start), Some(end)) if chars.len() > 12 => {
            format!(
                "{}…{}",
                start.iter().collect::<String>(),
                end.iter().collect::<String>()
            )
        }
        _ => id.to_owned(),
    }
}

/// Up to two initials of a name, for a picture's place.
pub fn initials(name: &str) -> String {
    let words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    crate::format::upper(&words.take(2).collect::<String>())
}

/// A received text as it stands beside others in one line: what turns the direction of writing ends with it, and the line
/// keeps its own. A text that turns nothing stays as it is.
pub fn isolated(text: &str) -> Cow<'_, str> {
    if !text.contains(turns) {
        return text.into();
    }
    // Its own marks of this kind could end it early.
    let own = text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "");
    ["\u{200e}\u{2068}", &own, "\u{2069}"].concat().into()
}

/// Whether it is of a script that is written from right to left, or a sign that turns the direction.
const fn turns(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A text of which only the beginning is seen: `j••••@example.com`.
pub fn masked(text: &str) -> String {
    const DOTS: &str = "••••";
    let first: String = text.chars().take(1).collect();
    match text.split_once('@') {
        Some((_, domain)) => format!("{first}{DOTS}@{domain}"),
        None => format!("{first}{DOTS}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_direction_of_writing_ends_with_its_text() {
        assert!(matches!(isolated("Ana · 佐藤 · é"), Cow::Borrowed(_)));
        assert_eq!(isolated("שרה"), "\u{200e}\u{2068}שרה\u{2069}");
        assert_eq!(isolated("a\u{2069}\u{202e}b"), "\u{200e}\u{2068}a\u{202e}b\u{2069}");
    }

    #[test]
    fn ids_names_and_secrets_are_shortened_by_characters_not_bytes() {
        assert_eq!(short_id("160c8700bd6ade099b242d845e268fb986130c53"), "160c87…0c53");
        assert_eq!(
            (short_id("short"), short_id("ééééééééééééé")),
            ("short".into(), "éééééé…éééé".into())
        );
        assert_eq!(
            (initials("Robert Downey Jr"), initials("=1+1"), initials("")),
            ("RD".into(), "1".into(), String::new())
        );
        assert_eq!(
            (masked("jane@example.com"), masked("+1987"), masked("")),
            ("j••••@example.com".into(), "+••••".into(), "••••".into())
        );
    }
}
