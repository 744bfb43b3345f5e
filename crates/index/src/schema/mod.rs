//! Which JSON paths of a record feed which field: one table per provider, one line each in [`ALL`].
//!
//! The rule: a reader walks a record along its table and nothing else, so adding a provider adds one file and one line
//! and edits no `match`.

mod ayrshare;
mod insightiq;
mod needle;
mod push;
mod upsun;

pub(crate) use needle::Needle;
pub(crate) use push::{Push, Rule};

use crate::catalog::Field;
use crate::scan::Run;

/// The tables, in the order of [`roster_core::ALL`].
pub(crate) const ALL: &[&Schema] = &[&ayrshare::SCHEMA, &insightiq::SCHEMA, &upsun::SCHEMA];

/// How the records of one provider are read.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The provider's id.
    pub(crate) provider: &'static str,
    /// The members of a record that feed something, in the order in which the API sends them. At most 64.
    pub(crate) record: &'static [Member],
    /// What follows from several members together, once the record was read.
    pub(crate) finish: fn(&Notes, &mut dyn Sink),
    /// Fields that `finish` feeds.
    pub(crate) derived: &'static [Field],
    /// Parts that have to be asked for, by their key in the record, with the fields that come with each.
    pub(crate) parts: &'static [(&'static str, &'static [Field])],
    /// Fields that an answer with parts lacks even if the profile has them.
    pub(crate) not_with_parts: &'static [Field],
    /// What the list's route can filter by itself.
    pub(crate) pushes: &'static [Push],
}

impl Schema {
    /// Whether the API has the field.
    pub(crate) fn has(&self, field: Field) -> bool {
        field == Field::Source
            || self.derived.contains(&field)
            || self.record.iter().any(|member| member.act.feeds(field))
    }

    /// The parts that a field comes with, by number; none if it is always there.
    pub(crate) fn parts_of(&self, field: Field) -> impl Iterator<Item = usize> {
        let is_in = move |(index, (_, fields)): (usize, &(&str, &[Field]))| fields.contains(&field).then_some(index);
        self.parts.iter().enumerate().filter_map(is_in)
    }
}

/// The table of a provider, with its place in [`ALL`].
pub(crate) fn of(provider: &str) -> Option<(u8, &'static Schema)> {
    (0_u8..)
        .zip(ALL.iter().copied())
        .find(|(_, schema)| schema.provider == provider)
}

/// One member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    /// The key.
    pub(crate) key: &'static str,
    /// The key with its quotes and colon, as it stands in a page without white space.
    pub(crate) needle: Needle,
    /// What its value feeds.
    pub(crate) act: Act,
}

/// A member whose key is `key`.
const fn member(key: &'static str, act: Act) -> Member {
    Member {
        key,
        needle: Needle::new(key),
        act,
    }
}

/// What a value feeds. A value of another form feeds nothing; it stays in the record.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Nothing: known, so that it is passed over quickly.
    Nothing,
    /// The profile's id.
    Id,
    /// A string that may be the name in several fields; in each, the lowest rank wins, and equal ones are joined.
    Name(&'static [(Field, u8)]),
    /// A string, or a number as its text; several in one row stand side by side.
    Text(Field),
    /// A string that is searched, though it is no field of its own.
    Extra,
    /// The same, about a person's private life.
    Private,
    /// A string that is one of few words.
    Word(Field),
    /// The same; that one of them is this one is noted.
    Telling(Field, &'static str, Note),
    /// A boolean.
    Flag(Field),
    /// A number.
    Number(Field),
    /// A string that is an instant.
    Instant(Field),
    /// Something for `finish`: a boolean, a number or an instant.
    Note(Note),
    /// A number for `finish`, which is read only where another note is missing.
    Without(Note, Note),
    /// Neither null nor empty: noted as true.
    Mark(Note),
    /// The same value twice.
    Both(&'static Act, &'static Act),
    /// Neither null nor empty: the word counts for the row.
    Filled(Field, &'static str),
    /// An object.
    Object(&'static [Member]),
    /// A list of the same, or one of them.
    List(&'static Act),
    /// An object whose keys are data (platforms), all values the same.
    Map(&'static Act),
    /// A part that has to be asked for, by its number; being there, even with null, it was loaded.
    Part(u8, &'static Act),
}

impl Act {
    fn feeds(self, field: Field) -> bool {
        match self {
            Self::Id => field == Field::Ref,
            Self::Name(feeds) => feeds.iter().any(|(feed, _)| *feed == field),
            Self::Text(feed)
            | Self::Word(feed)
            | Self::Telling(feed, ..)
            | Self::Flag(feed)
            | Self::Number(feed)
            | Self::Instant(feed)
            | Self::Filled(feed, _) => feed == field,
            Self::Object(members) => members.iter().any(|member| member.act.feeds(field)),
            Self::Both(one, other) => one.feeds(field) || other.feeds(field),
            Self::List(inner) | Self::Map(inner) | Self::Part(_, inner) => inner.feeds(field),
            Self::Nothing | Self::Extra | Self::Private | Self::Note(_) | Self::Without(..) | Self::Mark(_) => false,
        }
    }
}

impl Act {
    /// Whether a value feeds what the act says and nothing that depends on more than the value.
    #[inline]
    pub(crate) const fn is_leaf(&self) -> bool {
        match self {
            Self::Both(one, other) => one.is_single() && other.is_single(),
            Self::Id => true,
            _ => self.is_single(),
        }
    }

    /// The same of one act, and of no id.
    #[inline]
    const fn is_single(&self) -> bool {
        !matches!(
            self,
            Self::Id
                | Self::Mark(_)
                | Self::Both(..)
                | Self::Filled(..)
                | Self::Object(_)
                | Self::List(_)
                | Self::Map(_)
                | Self::Part(..)
        )
    }

    /// Whether the value as a whole is about a person's private life.
    pub(crate) fn is_personal(self) -> bool {
        match self {
            Self::Private => true,
            Self::Text(field) | Self::Word(field) | Self::Instant(field) => field.info().is_personal,
            Self::List(Self::Object([only])) => only.act.is_personal(),
            _ => false,
        }
    }
}

/// A value that means something only together with others. Booleans are 0 and 1, instants Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// When it was created, in Unix seconds; less trusted than the text beside it.
    CreatedSeconds,
    /// The part of it below a second, in nanoseconds.
    CreatedNanoseconds,
    /// When it was created, from that text.
    Created,
    /// Whether the own key for X is linked.
    Byok,
    /// A platform is connected that takes an own key.
    TakesKey,
    /// Whether it is suspended, whatever its status says.
    Suspended,
    /// Requests used, or money spent.
    Used,
    /// Requests allowed.
    Limit,
    /// Money that remains.
    Remaining,
    /// Whether the money does not matter.
    Unlimited,
    /// Whether the trial runs.
    Trial,
    /// Whether an account should be linked again; one note an account.
    Relink,
    /// When an account's token ends; one note an account.
    TokenEnds,
    /// An account could not be linked; one note an account.
    LinkingError,
}

/// What was noted of one record.
#[derive(Clone, Debug)]
pub(crate) struct Notes {
    /// The last value of each kind; nothing is NaN.
    last: [f64; N_NOTES],
    /// What may come several times, an account each.
    accounts: Vec<(Note, f64)>,
    /// Whether a part was there.
    pub(crate) has_parts: bool,
    /// A note that another one can stand in for, which was passed over.
    pub(crate) wanted: Option<Note>,
}

const N_NOTES: usize = Note::LinkingError as usize + 1;

impl Default for Notes {
    fn default() -> Self {
        Self {
            last: [f64::NAN; N_NOTES],
            accounts: Vec::new(),
            has_parts: false,
            wanted: None,
        }
    }
}

impl Notes {
    /// Adds one.
    pub(crate) fn push(&mut self, note: Note, value: f64) {
        match note {
            Note::Relink | Note::TokenEnds | Note::LinkingError => self.accounts.push((note, value)),
            // Whoever says so last does not unsay it: it stands in two places.
            Note::Suspended if self.is(note) == Some(true) => {}
            _ => {
                let _ = self.last.get_mut(note as usize).map(|slot| *slot = value);
            }
        }
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.last = [f64::NAN; N_NOTES];
        self.accounts.clear();
        self.has_parts = false;
        self.wanted = None;
    }

    /// What was noted of accounts.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (Note, f64)> {
        self.accounts.iter().copied()
    }

    /// The last of one kind.
    pub(crate) fn get(&self, note: Note) -> Option<f64> {
        self.last.get(note as usize).copied().filter(|value| !value.is_nan())
    }

    /// Whether the last of one kind is true.
    pub(crate) fn is(&self, note: Note) -> Option<bool> {
        self.get(note).map(|value| value > 0.0)
    }
}

/// Where the values of one record go. Texts are what strings say, as UTF-8.
pub(crate) trait Sink {
    /// A name for a field; the lowest rank wins.
    fn name(&mut self, field: Field, rank: u8, text: Run<'_>);
    /// One more text of a field.
    fn text(&mut self, field: Field, text: Run<'_>);
    /// Text that is only searched.
    fn extra(&mut self, text: Run<'_>);
    /// One more word of a field.
    fn word(&mut self, field: Field, word: Run<'_>);
    /// A flag.
    fn flag(&mut self, field: Field, is_yes: bool);
    /// A number, or an instant in Unix milliseconds.
    fn number(&mut self, field: Field, number: f64);
    /// Something about one of the row's accounts: [`Note::Relink`], [`Note::TokenEnds`], [`Note::LinkingError`].
    fn account(&mut self, note: Note, value: f64);
    /// A part was there, by the places of the provider and of the part in their tables.
    fn part(&mut self, provider: u8, part: u8);
}

/// A share in percent; nothing if there is no whole.
fn percent(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_table_a_provider_in_the_order_of_core() {
        let here: Vec<&str> = ALL.iter().map(|schema| schema.provider).collect();
        let there: Vec<&str> = roster_core::ALL.iter().map(|provider| provider.info().id).collect();
        assert_eq!(here, there);
    }

    #[test]
    fn every_field_is_fed_by_some_provider_and_tables_fit_the_reader() {
        for field in Field::ALL {
            assert!(ALL.iter().any(|schema| schema.has(*field)), "{field:?}");
        }
        for schema in ALL {
            assert!(schema.record.len() <= 64);
            let ids = schema.record.iter().filter(|member| matches!(member.act, Act::Id));
            let info = roster_core::provider(schema.provider).unwrap().info();
            assert_eq!(ids.map(|member| member.key).collect::<Vec<_>>(), [info.id_key]);
            let params = info.routes.first().unwrap().params;
            for push in schema.pushes {
                assert!(params.iter().any(|param| param.name == push.param), "{}", push.param);
            }
        }
    }
}
