//! The link: what is asked and what is open, as the text after `#`. Pure, and it survives a round trip.

use std::collections::BTreeMap;

use form_urlencoded::Serializer;
use roster_core::ALL;

use crate::filters::{Filters, params};
use crate::index::ORDERS;

/// Fragment key of the query over what is loaded.
const QUERY: &str = "q";
/// Fragment key of the order.
const SORT: &str = "sort";
/// Fragment key of the source that is shown alone.
const SHOW: &str = "show";
/// Fragment key of the open profile.
const OPEN: &str = "open";
/// Fragment key of the open profile's section.
const SECTION: &str = "section";

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The conditions asked of each API, by the provider's id.
    pub filters: BTreeMap<&'static str, Filters>,
    /// What is asked of everything that is loaded.
    pub query: String,
    /// The order of the list, by its key.
    pub order: &'static str,
    /// The one source that is shown; all if `None`.
    pub show: Option<&'static str>,
    /// Key of the open profile.
    pub open: Option<String>,
    /// The section of the open profile, unless it is the first.
    pub section: Option<String>,
}

impl Link {
    /// Reads the text after `#`. Parts that no API of this build knows are left out.
    pub fn parse(fragment: &str) -> Self {
        let mut link = Self::default();
        for (key, value) in form_urlencoded::parse(fragment.trim_start_matches('#').as_bytes()) {
            match key.as_ref() {
                QUERY if !value.trim().is_empty() => link.query = value.into_owned(),
                SORT => link.order = order(&value),
                SHOW => link.show = ALL.iter().map(|provider| provider.info().id).find(|id| *id == value),
                OPEN if !value.is_empty() => link.open = Some(value.into_owned()),
                SECTION if !value.is_empty() => link.section = Some(value.into_owned()),
                _ => link.take_filter(&key, &value),
            }
        }
        link.section = link.section.filter(|_| link.open.is_some());
        link
    }

    fn take_filter(&mut self, key: &str, value: &str) {
        let Some((id, name)) = key.split_once('.') else { return };
        let found = ALL.iter().map(|provider| provider.info()).find(|info| info.id == id);
        let Some((info, route)) = found.and_then(|info| Some((info, info.routes.first()?))) else {
            return;
        };
        let param = params(route).find(|param| param.name == name);
        if let Some(param) = param.filter(|param| param.kind.check(value.trim()).is_ok()) {
            self.filters.entry(info.id).or_default().set(param, value);
        }
    }

    /// The text after `#`; empty if there is nothing to say.
    pub fn to_fragment(&self) -> String {
        let mut out = Serializer::new(String::new());
        for (id, filters) in &self.filters {
            for (name, value) in filters.valid() {
                out.append_pair(&format!("{id}.{name}"), value);
            }
        }
        let rest = [
            (
                QUERY,
                Some(self.query.as_str()).filter(|query| !query.trim().is_empty()),
            ),
            (SORT, Some(self.order).filter(|order| !order.is_empty())),
            (SHOW, self.show),
            (OPEN, self.open.as_deref()),
            (SECTION, self.section.as_deref()),
        ];
        for (key, value) in rest {
            if let Some(value) = value {
                out.append_pair(key, value);
            }
        }
        out.finish()
    }
}

fn order(key: &str) -> &'static str {
    let known = ORDERS.iter().find(|(known, _)| *known == key);
    known.map_or("", |(known, _)| known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use roster_core::{Kind, Param};

    fn value(param: &'static Param) -> BoxedStrategy<String> {
        match &param.kind {
            Kind::Text { .. } => "[^\\s\\p{C}]{1,6}( [^\\s\\p{C}]{1,6})?".boxed(),
            Kind::Uuid => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}".boxed(),
            Kind::Bool | Kind::BoolOrInt { .. } => prop_oneof![Just("true"), Just("false")].prop_map_into().boxed(),
            Kind::Int { min, max } => (*min..=*max).prop_map(|number| number.to_string()).boxed(),
            Kind::Words(words) => proptest::sample::subsequence(words.to_vec(), 1..=words.len())
                .prop_map(|chosen| chosen.join(","))
                .boxed(),
        }
    }

    fn link() -> impl Strategy<Value = Link> {
        let filters: Vec<_> = ALL
            .iter()
            .flat_map(|provider| {
                let info = provider.info();
                params(&info.routes[0]).map(move |param| (info.id, param))
            })
            .map(|(id, param)| {
                let text = value(param);
                proptest::option::of(text).prop_map(move |text| text.map(|text| (id, param, text)))
            })
            .collect();
        let ids: Vec<&'static str> = ALL.iter().map(|provider| provider.info().id).collect();
        let show = proptest::option::of(proptest::sample::select(ids));
        let open = proptest::option::of((".{1,12}", proptest::option::of("[a-z]{1,8}")));
        let asked = (
            "([^\\s].{0,20})?",
            proptest::sample::select(ORDERS.map(|(key, _)| key).to_vec()),
        );
        (filters, show, open, asked).prop_map(|(chosen, show, open, (query, order))| {
            let mut link = Link {
                query,
                order,
                show,
                ..Link::default()
            };
            for (id, param, text) in chosen.into_iter().flatten() {
                link.filters.entry(id).or_default().set(param, &text);
            }
            (link.open, link.section) = open.map_or((None, None), |(key, section)| (Some(key), section));
            link
        })
    }

    /// The same conditions with each text in the form in which it is sent.
    fn sent(link: &Link) -> Vec<(&'static str, &'static str, String)> {
        let of = |(id, filters): (&&'static str, &Filters)| {
            let id = *id;
            filters
                .valid()
                .map(|(name, value)| (id, name, value.to_owned()))
                .collect::<Vec<_>>()
        };
        link.filters.iter().flat_map(of).collect()
    }

    proptest! {
        #[test]
        fn a_link_survives_the_round_trip(link in link()) {
            let back = Link::parse(&link.to_fragment());
            prop_assert_eq!(sent(&back), sent(&link));
            prop_assert_eq!((&back.query, back.order), (&link.query, link.order));
            prop_assert_eq!((back.show, &back.open, &back.section), (link.show, &link.open, &link.section));
            prop_assert_eq!(back.to_fragment(), link.to_fragment());
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let fragment = Link::parse(&text).to_fragment();
            prop_assert_eq!(Link::parse(&fragment).to_fragment(), fragment);
        }
    }

    #[test]
    fn what_no_api_knows_and_what_no_api_takes_is_left_out() {
        let link = Link::parse(
            "#acme.x=1&ayrshare.colour=red&ayrshare.isByokLinked=maybe&ayrshare.limit=5&show=acme&section=raw&sort=colour&q=+",
        );
        assert_eq!(link, Link::default());
        assert_eq!(link.to_fragment(), "");
    }

    #[test]
    fn it_reads_like_what_is_asked() {
        let link = Link::parse("ayrshare.includesActiveSocialAccounts=twitter,linkedin&open=ayrshare:160c&section=raw");
        assert_eq!(
            link.to_fragment(),
            "ayrshare.includesActiveSocialAccounts=twitter%2Clinkedin&open=ayrshare%3A160c&section=raw"
        );
    }
}
