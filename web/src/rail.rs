//! What can be chosen beside the list, in which order, and what is unfolded at first. Only what is unfolded is counted.

use std::collections::BTreeMap;

use roster_core::UnixMs;
use roster_index::{Field, Filter, Kind, Match, Nothing, Term, Test};

use crate::index::Index;

/// The fields of the rail in their order; a field that nobody has is left out.
const FIELDS: &[Field] = &[
    Field::Source,
    Field::Status,
    Field::Health,
    Field::Platform,
    Field::Byok,
    Field::Token,
    Field::Quota,
    Field::Posted,
    Field::Called,
    Field::Created,
    Field::Updated,
    Field::Type,
    Field::Verified,
    Field::Business,
    Field::Followers,
    Field::Subscribers,
    Field::Country,
    Field::Category,
    Field::Background,
    Field::Trial,
    Field::TrialDays,
    Field::Spend,
    Field::Verify,
    Field::CompanyType,
    Field::Role,
    Field::Currency,
    Field::Invoiced,
    Field::Marketing,
    Field::NewUi,
];

/// What is unfolded until a person folds it.
const OPEN: [Field; 4] = [Field::Source, Field::Status, Field::Health, Field::Platform];

/// From so many values on there is a box to search among them.
pub const LONG: usize = 10;

/// Whether a group is unfolded.
pub fn is_open(folds: &BTreeMap<Field, bool>, field: Field) -> bool {
    folds.get(&field).copied().unwrap_or_else(|| OPEN.contains(&field))
}

/// The fields whose values are to be counted.
pub fn counted(folds: &BTreeMap<Field, bool>) -> Vec<Field> {
    let open = FIELDS.iter().copied().filter(|field| is_open(folds, *field));
    open.collect()
}

/// The fields that any loaded profile has, or might have after a check.
pub fn fields(index: &Index) -> Vec<Field> {
    FIELDS.iter().copied().filter(|field| is_known(index, *field)).collect()
}

/// Whether any loaded profile has a field, or might have it after a check.
pub fn is_known(index: &Index, field: Field) -> bool {
    let count = |test: Test| {
        let terms = vec![Term::wanted(test)];
        index.count(&Filter { terms }, UnixMs(0))
    };
    let unchecked = vec![Match::Nothing(Nothing::NotLoaded)];
    count(Test::Has(vec![field])) + count(Test::Field(field, unchecked)) > 0
}

/// Whether a group holds exactly one choice: yes, no, or any.
pub fn is_three_way(field: Field) -> bool {
    field.kind() == Kind::Flag || field == Field::Byok
}

/// A question that is worth asking of everything that is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name for tests and links.
    pub id: &'static str,
    /// The query.
    pub query: &'static str,
}

/// The problems, worst first. "Everything urgent" is an order and no filter; see [`State`](crate::state::State).
pub const PRESETS: &[Preset] = &[
    preset("suspended", "status:suspended"),
    preset("expired", "health:expired"),
    preset("error", "health:error"),
    preset("relink", "health:relink"),
    preset("expiring", "token:0d..14d"),
    preset("no-accounts", "no:platform"),
    preset("quota", "quota:>=80%"),
    preset("never-posted", "posted:not-set"),
    preset("trial-ending", "trial-ends:0d..14d"),
    preset("verify", "has:verify"),
    preset("unchecked", "health:unchecked"),
];

const fn preset(id: &'static str, query: &'static str) -> Preset {
    Preset { id, query }
}

/// Each preset with the number of loaded profiles that it leaves, whatever else is asked.
pub fn presets(index: &Index, now: UnixMs) -> Vec<(Preset, usize)> {
    let counted = |preset: &Preset| (*preset, index.count(&Filter::parse(preset.query), now));
    PRESETS.iter().map(counted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_understood_without_a_remark() {
        for preset in PRESETS {
            let parsed = roster_index::parse(preset.query, &());
            let hints: Vec<_> = parsed.terms.iter().filter_map(|term| term.hint.as_ref()).collect();
            assert_eq!((parsed.filter.terms.len(), hints), (1, vec![]), "{}", preset.id);
        }
    }

    #[test]
    fn what_is_folded_is_not_counted() {
        let folds = BTreeMap::from([(Field::Status, false), (Field::Country, true)]);
        let counted = counted(&folds);
        assert!(!counted.contains(&Field::Status) && counted.contains(&Field::Country));
        assert!(counted.contains(&Field::Platform), "it is open at first");
    }
}
