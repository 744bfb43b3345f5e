//! The APIs that this build knows.

use roster_core::{ALL, Info, Pagination, Role, Route};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::pack::{Pack, Packed};

/// The APIs that this build knows: id, title, pagination style, page sizes, and what they can filter by themselves.
#[wasm_bindgen(js_name = rawProviders)]
pub fn providers() -> Packed {
    let pack = &mut Pack::default();
    pack.list(ALL, |pack, provider| describe(pack, provider.info()))
        .finish()
}

fn describe<'a>(pack: &'a mut Pack, info: &Info) -> &'a mut Pack {
    let route = info.routes.first();
    let size = route.and_then(|route| route.pagination.as_ref()?.size.as_ref());
    let filters = route.map(pushdown).unwrap_or_default();
    pack.text(info.id)
        .text(info.title)
        .text(route.and_then(|route| route.pagination.as_ref()).map_or("", style))
        .whole(size.map_or(0, |size| size.default))
        .whole(size.map_or(0, |size| size.max))
        .list(&filters, |pack, name| pack.text(name))
}

fn pushdown(route: &Route) -> Vec<&'static str> {
    let filters = route.params.iter().filter(|param| param.role == Role::Filter);
    filters.map(|param| param.name).collect()
}

/// By the name of the parameter that holds the position; a link may carry several.
fn style(pagination: &Pagination) -> &'static str {
    match pagination.position {
        ["cursor"] => "cursor",
        ["offset"] => "offset",
        _ => "link",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_has_the_style_of_its_documentation() {
        let styles: Vec<_> = ALL
            .iter()
            .map(|provider| style(provider.info().routes[0].pagination.as_ref().unwrap()))
            .collect();
        assert_eq!(styles, ["cursor", "offset", "link"]);
    }
}
