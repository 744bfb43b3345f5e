//! The table's columns: which there are and in what order, what stands in a cell, and what a click on a head does to
//! the order of the list.

use roster_core::UnixMs;
use roster_index::{By, Field, Kind, Nothing, Sort, SortKey, Value};

use crate::format::{date, decimal};
use crate::index::Index;
use crate::look::{Tone, masked};
use crate::texts;

/// The columns until a person chooses others. The name stands before them and is always there.
pub const USUAL: [Field; 6] = [
    Field::Source,
    Field::Status,
    Field::Platform,
    Field::Health,
    Field::Followers,
    Field::Created,
];

/// The fields whose first value is the name of a row.
pub const NAMES: [Field; 2] = [Field::DisplayTitle, Field::Title];

/// Columns as they stand in links and settings: `status,platform`. What names no field is left out, and so is what
/// stands there twice.
pub fn columns(text: &str) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    for field in text.split(',').filter_map(Field::named) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// The text for links and settings.
pub fn columns_text(columns: &[Field]) -> String {
    let keys: Vec<&str> = columns.iter().map(|field| field.key()).collect();
    keys.join(",")
}

/// The columns with one more, or one less. The last one stays.
pub fn toggled(columns: &[Field], field: Field) -> Vec<Field> {
    let mut next = columns.to_vec();
    match columns.iter().position(|own| *own == field) {
        Some(place) if columns.len() > 1 => _ = next.remove(place),
        Some(_) => {}
        None => next.push(field),
    }
    next
}

/// The columns with one of them so many places further on.
pub fn moved(columns: &[Field], field: Field, n_places: isize) -> Vec<Field> {
    let mut next = columns.to_vec();
    let Some(from) = columns.iter().position(|own| *own == field) else {
        return next;
    };
    let to = from
        .saturating_add_signed(n_places)
        .min(columns.len().saturating_sub(1));
    let moved = next.remove(from);
    next.insert(to, moved);
    next
}

/// What can be a column: the fields that any loaded profile has, or might have after a check.
pub fn offered(index: &Index) -> Vec<Field> {
    let is_there = |field: &Field| crate::rail::is_known(index, *field);
    let fields = Field::ALL.iter().copied().filter(|field| !NAMES.contains(field));
    fields.filter(is_there).collect()
}

/// The order after a click on a head: first the direction that is mostly wanted, then the other, then none. With `adds`
/// the key joins those that are there, up to three; without, it takes their place.
pub fn sorted(sort: &Sort, field: Field, adds: bool) -> Sort {
    let by = By::Field(field);
    let (is_first_descending, mut keys) = (field.kind().is_range(), sort.keys().to_vec());
    let own = keys.iter().position(|key| key.by == by);
    let is_descending = match own.and_then(|place| keys.get(place)) {
        None => Some(is_first_descending),
        Some(key) if key.is_descending == is_first_descending => Some(!is_first_descending),
        Some(_) => None,
    };
    let next = is_descending.map(|is_descending| SortKey { by, is_descending });
    if !adds {
        keys = next.into_iter().collect();
    } else if let Some(place) = own {
        keys.splice(place..=place, next);
    } else {
        keys.truncate(Sort::MAX_KEYS - 1);
        keys.extend(next);
    }
    Sort::new(keys).unwrap_or_default()
}

/// What a row is called: the first name that is set, else the id.
pub fn name(names: &[Vec<Value>], key: &str) -> String {
    let set = names.iter().flatten().find_map(|value| match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    });
    set.unwrap_or_else(|| key.split_once(':').map_or(key, |(_, id)| id).to_owned())
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its text.
    pub text: String,
    /// How good or bad it is.
    pub tone: Tone,
    /// Whether it says that there is no value.
    pub is_nothing: bool,
}

/// The text of a cell. What is about a person's private life is masked, as everywhere in a list.
pub fn shown(field: Field, values: &[Value]) -> Shown {
    let texts: Vec<String> = values.iter().map(|value| text(field, value)).collect();
    Shown {
        text: texts.join(", "),
        tone: values.iter().map(|value| tone(field, value)).max().unwrap_or_default(),
        is_nothing: matches!(values, [Value::Nothing(_)]),
    }
}

fn text(field: Field, value: &Value) -> String {
    match value {
        Value::Nothing(Nothing::NotSet) if field == Field::Platform => texts::NO_ACCOUNTS.to_owned(),
        Value::Nothing(why) => texts::nothing_of(field, *why).to_owned(),
        Value::Text(text) if field.info().is_personal => masked(text),
        Value::Text(word) => texts::facet_value(field, word),
        Value::Flag(is_yes) => texts::facet_value(field, if *is_yes { "yes" } else { "no" }),
        Value::Number(_) if field.info().is_personal => masked(""),
        Value::Number(number) if field.kind().is_instant() => date(UnixMs(whole(*number))),
        Value::Number(number) if field.kind() == Kind::Percent => texts::percent(*number),
        Value::Number(number) => decimal(*number),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "instants are whole and far below 2^63")]
fn whole(number: f64) -> i64 {
    number as i64
}

fn tone(field: Field, value: &Value) -> Tone {
    match (field, value) {
        (Field::Status, Value::Text(word)) if word == "suspended" => Tone::Bad,
        (Field::Health, Value::Text(word)) => match word.as_str() {
            "expired" | "error" => Tone::Bad,
            "relink" | "expiring" => Tone::Warn,
            _ => Tone::Plain,
        },
        (Field::Quota | Field::Spend, Value::Number(percent)) if *percent >= 100.0 => Tone::Bad,
        (Field::Quota | Field::Spend, Value::Number(percent)) if *percent >= 80.0 => Tone::Warn,
        _ => Tone::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{order, order_text};

    #[test]
    fn columns_read_back_and_what_names_nothing_is_left_out() {
        let some = columns("status,colour,Platform,status").unwrap();
        assert_eq!(some, [Field::Status, Field::Platform]);
        assert_eq!(columns(&columns_text(&some)), Some(some));
        assert_eq!((columns(""), columns("colour")), (None, None), "a table has columns");
    }

    #[test]
    fn a_column_comes_goes_and_moves_and_the_last_one_stays() {
        let two = [Field::Status, Field::Platform];
        assert_eq!(toggled(&two, Field::Status), [Field::Platform]);
        assert_eq!(toggled(&[Field::Status], Field::Status), [Field::Status]);
        let three = toggled(&two, Field::Created);
        assert_eq!(
            moved(&three, Field::Created, -2),
            [Field::Created, Field::Status, Field::Platform]
        );
        assert_eq!(moved(&three, Field::Created, 1), three, "there is nothing further on");
        assert_eq!(moved(&three, Field::Born, 1), three);
    }

    #[test]
    fn a_head_sorts_turns_and_gives_up_and_with_shift_adds_up_to_three() {
        let after = |text: &str, field, adds| order_text(&sorted(&order(text), field, adds));
        assert_eq!(after("", Field::Followers, false), "-followers", "the largest first");
        assert_eq!(after("-followers", Field::Followers, false), "followers");
        assert_eq!(after("followers", Field::Followers, false), "");
        assert_eq!(after("-followers", Field::Status, false), "status");
        assert_eq!(after("-followers", Field::Status, true), "-followers,status");
        assert_eq!(after("-followers,status", Field::Followers, true), "followers,status");
        assert_eq!(after("followers,status", Field::Followers, true), "status");
        assert_eq!(
            after("-urgency,status,title", Field::Created, true),
            "-urgency,status,-created"
        );
    }

    #[test]
    fn a_cell_says_its_value_in_words_or_why_there_is_none() {
        let text = |text: &str| Value::Text(text.to_owned());
        let of = |field, values: &[Value]| shown(field, values).text;
        assert_eq!(
            of(Field::Platform, &[text("twitter"), text("gmb")]),
            "X, Google Business"
        );
        assert_eq!(of(Field::Followers, &[Value::Number(78_976.0)]), "78,976");
        assert_eq!(of(Field::WatchTime, &[Value::Number(1.25)]), "1.25");
        assert_eq!(of(Field::Created, &[Value::Number(1_646_237_460_839.0)]), "2 Mar 2022");
        assert_eq!(of(Field::Verified, &[Value::Flag(true)]), "Yes");
        assert_eq!(of(Field::Quota, &[Value::Number(45.0)]), "45 %");
        for (why, said) in [
            (Nothing::NotSet, "not set"),
            (Nothing::NotInApi, "not in this API"),
            (Nothing::NotLoaded, "not checked yet"),
        ] {
            let shown = shown(Field::Quota, &[Value::Nothing(why)]);
            assert_eq!((shown.text.as_str(), shown.is_nothing), (said, true));
        }
    }

    #[test]
    fn private_life_is_masked_and_trouble_has_a_tone() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(
            shown(Field::Email, &[text("jane@example.com")]).text,
            "j••••@example.com"
        );
        assert!(!shown(Field::Born, &[Value::Number(0.0)]).text.contains("1970"));
        let worst = [text("relink"), text("expired")];
        assert_eq!(shown(Field::Health, &worst).tone, Tone::Bad);
        assert_eq!(shown(Field::Quota, &[Value::Number(80.0)]).tone, Tone::Warn);
        assert_eq!(shown(Field::Followers, &[Value::Number(800.0)]).tone, Tone::Plain);
    }
}
