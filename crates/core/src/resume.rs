//! A load's place as text, so that another process can go on there.

use crate::error::{Error, ErrorKind};
use crate::page::Next;
use crate::pager::{Limits, Pager, Position, Progress};
use crate::query::Query;
use crate::route::Role;

/// Names the form of the text; a later form gets another number.
const VERSION: &str = "roster1";

impl Pager {
    /// The place after the last accepted page, as text without spaces. `None` once the last page has come.
    /// It holds the question and the position, no key and no profile data.
    pub fn resume_token(&self) -> Option<String> {
        if self.position == Position::Done {
            return None;
        }
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.append_pair("v", VERSION);
        out.append_pair("provider", self.query.provider_id());
        out.append_pair("route", self.query.route().name);
        for (name, value) in self.query.iter() {
            out.append_pair(&format!("q.{name}"), value);
        }
        if let Some(alias) = self.query.profile() {
            out.append_pair("profile", alias);
        }
        match &self.position {
            Position::At(Next::Cursor(cursor)) => _ = out.append_pair("cursor", cursor),
            Position::At(Next::Offset(offset)) => _ = out.append_pair("offset", &offset.to_string()),
            Position::At(Next::Link(params)) => {
                for (name, value) in params {
                    out.append_pair(&format!("link.{name}"), value);
                }
            }
            Position::First | Position::Done => {}
        }
        out.append_pair("pages", &self.progress.n_pages.to_string());
        out.append_pair("items", &self.progress.n_items.to_string());
        Some(out.finish())
    }

    /// Goes on at the place that [`Pager::resume_token`] wrote.
    ///
    /// # Errors
    /// `InvalidQuery` if the text is no such token, or names what this build does not know.
    pub fn resume(token: &str, limits: Limits) -> Result<Self, Error> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(token.as_bytes()).into_owned().collect();
        let get = |key: &str| {
            pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.as_str())
        };
        if get("v") != Some(VERSION) {
            return Err(invalid("a resume token", "other text"));
        }
        let mut query = Query::new(get("provider").unwrap_or_default(), get("route").unwrap_or_default())?;
        for (name, value) in &pairs {
            if let Some(name) = name.strip_prefix("q.") {
                query = query.with(name, value)?;
            }
        }
        if let Some(alias) = get("profile") {
            query = query.with_profile(alias)?;
        }
        let number = |key: &str| get(key).map_or(Some(0), |text| text.parse().ok());
        let count = |key: &str| number(key).ok_or_else(|| invalid("a whole number of pages and items", "other text"));
        let progress = Progress {
            n_pages: count("pages")?,
            n_items: count("items")?,
            total: None,
        };
        let position = position(&query, &pairs)?;
        if let (Position::At(next), Some(provider)) = (&position, query.provider()) {
            let asked = provider.next(&query, next);
            asked.map_err(|_| invalid("a position of this API", "another"))?;
        }
        let mut pager = Self::new(query, limits)?;
        pager.go_to(position, progress);
        Ok(pager)
    }
}

fn position(query: &Query, pairs: &[(String, String)]) -> Result<Position, Error> {
    let mut link = Vec::new();
    for (name, value) in pairs {
        let next = match (name.as_str(), name.strip_prefix("link.")) {
            ("cursor", _) => Next::Cursor(value.clone()),
            ("offset", _) => Next::Offset(
                value
                    .parse()
                    .map_err(|_| invalid("a whole number at offset", "other text"))?,
            ),
            (_, Some(name)) => {
                let param = query
                    .route()
                    .param(name)
                    .filter(|param| param.role == Role::Paging)
                    .ok_or_else(|| invalid("a paging parameter", "another"))?;
                link.push((
                    param.name,
                    param
                        .kind
                        .check(value)
                        .map_err(|expected| invalid(&expected, "other text"))?,
                ));
                continue;
            }
            _ => continue,
        };
        return Ok(Position::At(next));
    }
    Ok(if link.is_empty() {
        Position::First
    } else {
        Position::At(Next::Link(link))
    })
}

fn invalid(expected: &str, found: &str) -> Error {
    Error::unexpected(ErrorKind::InvalidQuery, "resume", expected, found)
}

#[cfg(test)]
mod tests;
