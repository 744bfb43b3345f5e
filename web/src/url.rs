//! The link: what is asked and what is open, as the text after `#`. Pure, and it survives a round trip.

use std::collections::BTreeSet;

use form_urlencoded::Serializer;
use roster_core::ALL;
use roster_index::{Field, Sort};

use crate::index::{order, order_text};
use crate::sheet::Sheet;
use crate::view::{Tab, View};
use crate::{groups, table};

/// Fragment key of the query over what is loaded.
const QUERY: &str = "q";
/// Fragment key of the order.
const SORT: &str = "sort";
/// Fragment key of a source whose API is asked for what it takes of the query.
const ASK: &str = "ask";
/// Fragment key of the drawing of the list.
const VIEW: &str = "view";
/// Fragment key of what stands below the query.
const TAB: &str = "tab";
/// Fragment key of what the list is grouped by.
const GROUP: &str = "group";
/// Fragment key of a group that is folded.
const FOLD: &str = "fold";
/// Fragment key of the table's columns.
const COLUMNS: &str = "columns";
/// Fragment key of the open profile.
const OPEN: &str = "open";
/// Fragment key of the open profile's section.
const SECTION: &str = "section";

/// Fragment key of a profile in a comparison.
const COMPARE: &str = "compare";
/// Fragment key of the person whose profiles are shown together.
const PERSON: &str = "person";

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is asked of everything that is loaded.
    pub query: String,
    /// The order of the list.
    pub sort: Sort,
    /// The sources whose APIs are asked for what they take of the query.
    pub asking: BTreeSet<&'static str>,
    /// How the list is drawn, if not as usual.
    pub view: Option<View>,
    /// What stands below the query.
    pub tab: Tab,
    /// What the list is grouped by.
    pub group: Option<Field>,
    /// The groups that are folded.
    pub folded: BTreeSet<String>,
    /// The columns of the table, if not the usual ones.
    pub columns: Option<Vec<Field>>,
    /// Key of the open profile.
    pub open: Option<String>,
    /// The section of the open profile, unless it is the first.
    pub section: Option<String>,
    /// What lies over the page.
    pub sheet: Option<Sheet>,
}

impl Link {
    /// Reads the text after `#`. Parts that nobody knows are left out.
    pub fn parse(fragment: &str) -> Self {
        let (mut link, mut compared) = (Self::default(), Vec::new());
        for (key, value) in form_urlencoded::parse(fragment.trim_start_matches('#').as_bytes()) {
            match key.as_ref() {
                QUERY if !value.trim().is_empty() => link.query = value.into_owned(),
                SORT => link.sort = order(&value),
                ASK => link
                    .asking
                    .extend(ALL.iter().map(|provider| provider.info().id).find(|id| *id == value)),
                VIEW => link.view = View::from_word(&value).filter(|view| *view != View::default()),
                TAB => link.tab = Tab::from_word(&value).unwrap_or_default(),
                GROUP => link.group = groups::field(&value),
                FOLD if !value.trim().is_empty() => _ = link.folded.insert(value.into_owned()),
                COLUMNS => link.columns = table::columns(&value).filter(|columns| *columns != table::USUAL),
                OPEN if !value.is_empty() => link.open = Some(value.into_owned()),
                COMPARE if !value.is_empty() => compared.push(value.into_owned()),
                PERSON if !value.is_empty() => link.sheet = Some(Sheet::Person(value.into_owned())),
                SECTION if !value.is_empty() => link.section = Some(value.into_owned()),
                _ => {}
            }
        }
        if link.group.is_none() {
            link.folded.clear();
        }
        link.section = link.section.filter(|_| link.open.is_some());
        link.sheet = Sheet::compare(compared).or(link.sheet);
        link
    }

    /// The text after `#`; empty if there is nothing to say.
    pub fn to_fragment(&self) -> String {
        let mut out = Serializer::new(String::new());
        let sort = order_text(&self.sort);
        let asking = self.asking.iter().map(|provider| (ASK, *provider));
        let before = [(QUERY, self.query.as_str()), (SORT, &sort)];
        let columns = self.columns.as_deref().map(table::columns_text).unwrap_or_default();
        let after = [
            (VIEW, self.view.map_or("", View::word)),
            (
                TAB,
                if self.tab == Tab::default() {
                    ""
                } else {
                    self.tab.word()
                },
            ),
            (GROUP, self.group.map_or("", Field::key)),
            (COLUMNS, &columns),
            (OPEN, self.open.as_deref().unwrap_or_default()),
            (SECTION, self.section.as_deref().unwrap_or_default()),
        ];
        let folded = self.folded.iter().map(|word| (FOLD, word.as_str()));
        let pairs = before.into_iter().chain(asking).chain(after).chain(folded);
        for (key, value) in pairs.filter(|(_, value)| !value.trim().is_empty()) {
            out.append_pair(key, value);
        }
        match &self.sheet {
            Some(Sheet::Compare(keys)) => _ = out.extend_pairs(keys.iter().map(|key| (COMPARE, key))),
            Some(Sheet::Person(person)) => _ = out.append_pair(PERSON, person),
            Some(Sheet::Export) | None => {}
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use roster_index::{By, SortKey};

    fn sort() -> impl Strategy<Value = Sort> {
        let key = (proptest::sample::select(Field::ALL), any::<bool>()).prop_map(|(field, is_descending)| SortKey {
            by: if field == Field::Source {
                By::Urgency
            } else {
                By::Field(field)
            },
            is_descending,
        });
        proptest::collection::vec(key, 0..=Sort::MAX_KEYS).prop_map(|keys| Sort::new(keys).unwrap())
    }

    fn link() -> impl Strategy<Value = Link> {
        let ids: Vec<&'static str> = ALL.iter().map(|provider| provider.info().id).collect();
        let asking = proptest::sample::subsequence(ids.clone(), 0..=ids.len());
        let open = proptest::option::of(("[^\\s].{0,12}", proptest::option::of("[a-z]{1,8}")));
        let view = proptest::sample::select(vec![None, Some(View::Table), Some(View::Compact)]);
        let sheet = prop_oneof![
            Just(None),
            "[a-z]{1,8}:[^\\s].{0,9}".prop_map(|person| Some(Sheet::Person(person))),
            proptest::collection::vec("[a-z]{1,8}:[^\\s].{0,9}", 0..6).prop_map(Sheet::compare),
        ];
        let tab = proptest::sample::select(Tab::ALL.to_vec());
        let folded = proptest::collection::btree_set("[^\\s].{0,8}", 0..3);
        let group = proptest::option::of((proptest::sample::select(groups::FIELDS.to_vec()), folded));
        let columns = proptest::option::of(proptest::sample::subsequence(Field::ALL.to_vec(), 1..9));
        let query = "([^\\s].{0,20})?";
        (query, sort(), asking, view, tab, group, columns, open, sheet).prop_map(
            |(query, sort, asking, view, tab, group, columns, open, sheet)| {
                let (group, folded) = group.map_or((None, BTreeSet::new()), |(group, folded)| (Some(group), folded));
                let (open, section) = open.map_or((None, None), |(key, section)| (Some(key), section));
                Link {
                    query,
                    sort,
                    asking: asking.into_iter().collect(),
                    view,
                    tab,
                    group,
                    folded,
                    columns,
                    open,
                    section,
                    sheet,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn a_link_survives_the_round_trip(link in link()) {
            let back = Link::parse(&link.to_fragment());
            prop_assert_eq!(&back, &link);
            prop_assert_eq!(back.to_fragment(), link.to_fragment());
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let fragment = Link::parse(&text).to_fragment();
            prop_assert_eq!(Link::parse(&fragment).to_fragment(), fragment);
        }
    }

    #[test]
    fn what_nobody_knows_is_left_out() {
        let link = Link::parse("#acme.x=1&limit=5&ask=acme&section=raw&sort=colour&view=cards&view=round&q=+");
        assert_eq!(link, Link::default());
        assert_eq!(link.to_fragment(), "");
    }

    #[test]
    fn it_reads_like_what_is_asked() {
        let text =
            "q=platform%3Ax+acme&sort=-urgency%2Ctitle&ask=ayrshare&view=compact&open=ayrshare%3A160c&section=raw";
        assert_eq!(Link::parse(text).to_fragment(), text);
    }
}
