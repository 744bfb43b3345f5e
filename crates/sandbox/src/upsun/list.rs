//! `GET /profiles`: pages by HAL links.
//!
//! The content type is the documented `application/json`. By what serves the list it may as well be
//! `application/hal+json; charset=utf-8`; the vendor's own client takes exactly these two, and a setting gives the second.

use roster_core::Kind as Value;

use super::profile::Person;
use crate::ask::Ask;
use crate::fault::Kind;
use crate::http::Response;
use crate::json::{Json, Object};

/// Default and largest page, in profiles.
const RANGE: u64 = 50;

const BAD_PAGE: &str = "\"Page\" property should be numeric and equal or higher than 1.";
const BAD_RANGE: &str = "\"Range\" property should be numeric and higher than 0.";

pub(crate) fn answer(ask: &Ask<'_>) -> Result<Response, String> {
    let page = number(ask, "page", BAD_PAGE)?.unwrap_or(1);
    let given_range = number(ask, "range", BAD_RANGE)?;
    let username = username(ask)?;
    let view = View {
        page,
        range: given_range.unwrap_or(RANGE).min(RANGE),
        is_range_given: given_range.is_some(),
        username,
    };
    let content_type = if ask.settings.upsun_sends_hal_type {
        "application/hal+json; charset=utf-8"
    } else {
        "application/json"
    };
    Ok(Response::json(200, content_type, &view.body(ask)))
}

/// A number of at least 1. `page[size]` and its like are other parameters, and ignored.
fn number(ask: &Ask<'_>, name: &'static str, message: &str) -> Result<Option<u64>, String> {
    let text = ask
        .params
        .checked(name, &Value::Int { min: 1, max: u64::MAX })
        .map_err(|_| message.to_owned())?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// `filter[username]=…` or `filter[username][value]=…`, the one filter that a client is known to use.
fn username(ask: &Ask<'_>) -> Result<Option<String>, String> {
    let mut username = None;
    for (key, value) in ask.params.iter() {
        let Some(rest) = key.strip_prefix("filter[") else {
            continue;
        };
        let (field, rest) = rest.split_once(']').unwrap_or((rest, ""));
        match (field, rest) {
            ("username", "" | "[value]") => username = Some(value.to_owned()),
            ("username", "[operator]") if value == "=" => {}
            ("username", _) => return Err("The operator is not allowed for this filter.".to_owned()),
            _ => return Err(format!("The filter {field} is not allowed for this path.")),
        }
    }
    Ok(username)
}

/// One page of the list.
struct View {
    page: u64,
    range: u64,
    is_range_given: bool,
    username: Option<String>,
}

impl View {
    /// Keys in the order of the documented answer.
    fn body(&self, ask: &Ask<'_>) -> Json {
        let places = self.places(ask);
        let count = places.end - places.start;
        let skip = (self.page - 1).saturating_mul(self.range).min(count);
        let end = skip.saturating_add(self.range).min(count);
        let on_page = (places.start + skip)..(places.start + end);
        let mut records: Vec<Json> = on_page.map(|index| Person::new(ask, index).record()).collect();
        let mut next = (end < count).then(|| (self.page.saturating_add(1), self.range));
        match ask.fault {
            Some(Kind::MalformedRecord) => {
                let middle = records.len() / 2;
                if let Some(record) = records.get_mut(middle) {
                    *record = Json::Int(7);
                }
            }
            Some(Kind::RepeatedCursor) => next = Some((self.page, self.range)),
            Some(Kind::EmptyMiddlePage) if self.range > 1 && !records.is_empty() => {
                records.clear();
                next = Some(self.same_place_in_smaller_pages());
            }
            _ => {}
        }
        Object::new()
            .with("count", count)
            .with("profiles", records)
            .with("_links", self.links(ask, next))
            .into()
    }

    /// Profiles that the filter takes: all, or the one with the user name.
    fn places(&self, ask: &Ask<'_>) -> std::ops::Range<u64> {
        let n = ask.settings.n_upsun();
        match &self.username {
            None => 0..n,
            Some(name) => Person::index_of_username(ask, name).map_or(0..0, |index| index..index + 1),
        }
    }

    /// The same first record under another page number, so that the position differs and nothing is skipped.
    fn same_place_in_smaller_pages(&self) -> (u64, u64) {
        let range = if self.range.is_multiple_of(2) {
            self.range / 2
        } else {
            1
        };
        let skip = (self.page - 1).saturating_mul(self.range);
        (skip.checked_div(range).unwrap_or(0).saturating_add(1), range)
    }

    /// `self` is the bare address; `previous` and `next` are there only if those pages are.
    fn links(&self, ask: &Ask<'_>, next: Option<(u64, u64)>) -> Object {
        let base = &ask.request.base_url;
        let own = format!("{base}{}", ask.request.path);
        let link = |title: &'static str, href: String| Object::new().with("title", title).with("href", href);
        let previous = (self.page > 1).then(|| (self.page - 1, self.range));
        let next_base = match ask.fault {
            Some(Kind::ForeignLink) => format!("https://elsewhere.example{}", ask.request.path),
            _ => own.clone(),
        };
        Object::new()
            .with("self", link("Self", own.clone()))
            .with_some(
                "previous",
                previous.map(|place| link("Previous", self.href(&own, place))),
            )
            .with_some("next", next.map(|place| link("Next", self.href(&next_base, place))))
    }

    fn href(&self, own: &str, (page, range): (u64, u64)) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("page", &page.to_string());
        if self.is_range_given || range != self.range {
            query.append_pair("range", &range.to_string());
        }
        if let Some(name) = &self.username {
            query.append_pair("filter[username]", name);
        }
        format!("{own}?{}", query.finish())
    }
}
