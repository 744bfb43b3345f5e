//! `GET /v1/profiles` and `GET /v1/profiles/{id}`.
//!
//! There is no total: the end of the list is a short or an empty page.

use roster_core::Kind as Value;

use super::profile::{Entry, places_of};
use super::{Refusal, of_status};
use crate::ask::Ask;
use crate::fault::Kind;
use crate::json::{Json, Object};

pub(crate) fn profiles(ask: &Ask<'_>) -> Result<Json, Refusal> {
    let params = &ask.params;
    let limit = params.int("limit", 1, 100)?.unwrap_or(10);
    let offset = params.int("offset", 0, u64::MAX)?.unwrap_or(0);
    let filter = Filter::read(ask)?;
    let mut records: Vec<Json> = filter.find(ask, offset, limit).iter().map(Entry::record).collect();
    if ask.fault == Some(Kind::MalformedRecord) {
        let middle = records.len() / 2;
        if let Some(record) = records.get_mut(middle) {
            *record = Json::Int(7);
        }
    }
    Ok(envelope(ask, records, offset, limit))
}

/// One profile by its id.
pub(crate) fn profile(ask: &Ask<'_>) -> Result<Json, Refusal> {
    let index = ask
        .lot
        .index_of_uuid("profile", ask.last_segment(), ask.settings.n_insightiq());
    let unknown = || Refusal {
        code: "incorrect_profile_id",
        message: "Requested profile id does not exist.".to_owned(),
        ..of_status(404)
    };
    Ok(Entry::new(ask, index.ok_or_else(unknown)?).record())
}

/// The envelope of every list: `metadata` only repeats the query.
pub(crate) fn envelope(ask: &Ask<'_>, records: Vec<Json>, offset: u64, limit: u64) -> Json {
    let date = |name: &str| ask.params.text(name).map(str::to_owned);
    let metadata = Object::new()
        .with("offset", offset)
        .with("limit", limit)
        .with("from_date", date("from_date"))
        .with("to_date", date("to_date"));
    Object::new().with("data", records).with("metadata", metadata).into()
}

/// What the query asks for; all of it must hold.
struct Filter {
    /// The place of the profile with the wanted account.
    account: Wanted,
    /// The number of the wanted person.
    person: Wanted,
    platform_id: Option<String>,
}

/// What an id in the query stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// No id was given.
    Any,
    Only(u64),
    /// The id is nobody's.
    Nothing,
}

impl Wanted {
    fn of(id: Option<&str>, index_of: impl FnOnce(&str) -> Option<u64>) -> Self {
        id.map_or(Self::Any, |id| index_of(id).map_or(Self::Nothing, Self::Only))
    }
}

impl Filter {
    fn read(ask: &Ask<'_>) -> Result<Self, Refusal> {
        let n = ask.settings.n_insightiq();
        let account_id = ask.params.checked("account_id", &Value::Uuid)?;
        let account = Wanted::of(account_id.as_deref(), |id| ask.lot.index_of_uuid("account", id, n));
        if account == Wanted::Nothing && ask.settings.unknown_account_is_404 {
            return Err(Refusal {
                code: "incorrect_account_id",
                message: "Requested account id does not exist.".to_owned(),
                ..of_status(404)
            });
        }
        Ok(Self {
            account,
            person: Wanted::of(ask.params.text("user_id"), |id| ask.lot.index_of_uuid("user", id, n)),
            platform_id: ask.params.text("work_platform_id").map(str::to_owned),
        })
    }

    /// The places that may hold what is wanted, as few as the ids allow.
    fn places(&self, ask: &Ask<'_>) -> Box<dyn Iterator<Item = u64>> {
        let n = ask.settings.n_insightiq();
        match (self.account, self.person) {
            (Wanted::Nothing, _) | (_, Wanted::Nothing) => Box::new(std::iter::empty()),
            (Wanted::Only(index), _) => Box::new(std::iter::once(index)),
            (Wanted::Any, Wanted::Only(person)) => Box::new(places_of(person).filter(move |index| *index < n)),
            (Wanted::Any, Wanted::Any) => Box::new(0..n),
        }
    }

    fn takes(&self, entry: &Entry) -> bool {
        let is_on = |id: &String| entry.platform().id.eq_ignore_ascii_case(id);
        let is_theirs = match self.person {
            Wanted::Only(person) => person == entry.person(),
            Wanted::Any => true,
            Wanted::Nothing => false,
        };
        is_theirs && self.platform_id.as_ref().is_none_or(is_on)
    }

    fn find(&self, ask: &Ask<'_>, offset: u64, limit: u64) -> Vec<Entry> {
        let (n_skip, n_take) = (size(offset), size(limit));
        let is_bare = (self.account, self.person, &self.platform_id) == (Wanted::Any, Wanted::Any, &None);
        if is_bare {
            // Nothing is left out, so the page is where the offset says; no need to walk there.
            let places = offset..ask.settings.n_insightiq();
            return places.take(n_take).map(|index| Entry::new(ask, index)).collect();
        }
        let entries = self.places(ask).map(|index| Entry::new(ask, index));
        entries
            .filter(|entry| self.takes(entry))
            .skip(n_skip)
            .take(n_take)
            .collect()
    }
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
