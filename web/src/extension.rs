//! What an API tells of one profile only when it is asked for that profile: read from the route's table, where a form
//! parameter needs the id.

use roster_core::{Error, ErrorKind, Kind, Query, Role, Rule, provider};

/// The question for every extended part of one profile; `None` if the API offers none.
pub(crate) fn query(provider_id: &str, id: &str) -> Option<Query> {
    let info = provider(provider_id)?.info();
    let route = info.routes.first()?;
    let (form, needed) = route.rules.iter().find_map(|rule| match rule {
        Rule::Needs(form, needed) if *needed == info.id_key => Some((*form, *needed)),
        _ => None,
    })?;
    let param = route.param(form).filter(|param| param.role == Role::Form)?;
    let Kind::Words(words) = &param.kind else { return None };
    let query = Query::new(info.id, route.name).ok()?;
    query.with(needed, id).ok()?.with(form, &words.join(",")).ok()
}

/// Whether an API tells more of one profile.
pub(crate) fn is_offered(provider_id: &str) -> bool {
    query(provider_id, "x").is_some()
}

/// The answer does not hold exactly the one profile.
pub(crate) fn not_one(query: &Query) -> Error {
    Error::new(
        ErrorKind::NotFound,
        "expected exactly this profile in the answer, found another number",
    )
    .with_provider(query.provider_id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ayrshare_tells_more_of_one_profile_and_it_takes_one_request() {
        let query = query("ayrshare", "160c").unwrap();
        assert_eq!(
            query.request().unwrap().target(),
            "ayrshare/profiles?refId=160c&include=suspension%2CsocialHealth%2ClinkingErrors%2Cactivity%2Cquota%2CunlinkHistory%2CactionLog"
        );
        assert!(!is_offered("insightiq") && !is_offered("upsun") && !is_offered("acme"));
    }
}
