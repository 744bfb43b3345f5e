//! Every component draws an element, whatever it has to show: Yew 0.23.0 crashes where one that draws nothing stands
//! between siblings that come and go (yewstack/yew#4092).

use std::fs;
use std::path::Path;

use crate::literals::sources;

/// The functions of a source that draw a component, with what comes before their end.
fn drawing(source: &str) -> Vec<&str> {
    let own = source.split("#[cfg(test)]").next().unwrap_or_default();
    let functions = own.split("#[component]").skip(1).map(|rest| (rest, "\n}\n"));
    let views = own
        .split("    fn view(&self, ctx: &Context<Self>) -> Html {")
        .skip(1)
        .map(|rest| (rest, "\n    }\n"));
    functions
        .chain(views)
        .filter_map(|(rest, end)| rest.split(end).next())
        .collect()
}

/// Why what a function gives may be nothing; `None` if it always begins with an element.
fn weakness(function: &str) -> Option<&'static str> {
    let compact: String = function.split_whitespace().collect::<Vec<_>>().join(" ");
    if ["return html! {}", "return Html::default()", "else { html! {} }; }"]
        .iter()
        .any(|way| compact.contains(way))
    {
        return Some("it leaves without an element");
    }
    let tail = function
        .rfind("\n    html! {")
        .or_else(|| function.rfind("\n        html! {"));
    // Where several arms give something, each of them has to.
    let drawn = tail.and_then(|at| function.get(at..)).unwrap_or(function);
    let n_looked_at = if tail.is_some() { 1 } else { usize::MAX };
    let mut all = drawn.split("html! {").skip(1).take(n_looked_at).peekable();
    if all.peek().is_none() {
        return Some("it draws nothing by html!");
    }
    (!all.all(begins_with_an_element)).then_some("it does not begin with an element")
}

fn begins_with_an_element(drawn: &str) -> bool {
    let mut chars = drawn.trim_start().chars();
    chars.next() == Some('<')
        && chars
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '@')
}

#[test]
fn a_component_that_draws_nothing_would_be_found() {
    let one = |body: &str| format!("#[component]\npub fn One(props: &P) -> Html {{\n{body}\n}}\n");
    let weak = |body: &str| weakness(drawing(&one(body))[0]).is_some();
    assert!(!weak("    html! { <p>{ text }</p> }"));
    assert!(!weak("    html! {\n        <@{tag} />\n    }"));
    assert!(weak("    html! { <>{ text }</> }"));
    assert!(weak("    html! { { text } }"));
    assert!(weak(
        "    let Some(it) = it else { return html! {} };\n    html! { <p>{ it }</p> }"
    ));
    assert!(weak("    it.map(draw).unwrap_or_default()"));
}

#[test]
fn every_component_draws_an_element() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut n_components = 0;
    let mut weak = Vec::new();
    for path in sources(&root) {
        let source = fs::read_to_string(&path).unwrap();
        let all = drawing(&source);
        n_components += all.len();
        weak.extend(
            all.into_iter()
                .filter_map(weakness)
                .map(|why| format!("{}: {why}", path.display())),
        );
    }
    assert!(n_components > 30, "{n_components} components");
    assert!(weak.is_empty(), "{weak:#?}");
}
