//! Every sentence stands in the catalogue: components and looks show no text of their own.

use std::fs;
use std::path::{Path, PathBuf};

/// Names of keys, which are no sentences.
const KEYS: [&str; 10] = [
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "End",
    "Enter",
    "Escape",
    "Tab",
    "PageDown",
];

/// The strings of a source that a reader would see, as far as their place or form shows it.
fn shown(source: &str) -> Vec<String> {
    let own = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = own.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(shown_in).collect()
}

fn shown_in(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line.split('"').collect();
    let strings = parts.iter().enumerate().skip(1).step_by(2);
    let is_shown = |(place, text): &(usize, &&str)| {
        let before = parts[place - 1].trim_end();
        let is_named = ["aria-label=", "title=", "placeholder=", "alt="]
            .iter()
            .any(|name| before.ends_with(name));
        let is_text_node = before.ends_with('{')
            && parts
                .get(place + 1)
                .is_some_and(|after| after.trim_start().starts_with('}'));
        let mut chars = text.chars();
        let is_sentence = chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase);
        let has_letters = text.chars().any(char::is_alphabetic);
        has_letters && !KEYS.contains(text) && (is_named || is_sentence || is_text_node && before.ends_with(">{"))
    };
    strings.filter(is_shown).map(|(_, text)| (*text).to_owned()).collect()
}

pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

#[test]
fn a_text_outside_the_catalogue_would_be_found() {
    let found = |line: &str| shown(line).len();
    assert_eq!(found(r#"html! { <p>{ "Nothing here" }</p> }"#), 1);
    assert_eq!(
        found(r#"html! { <p>{ "nothing" }</p> }"#.replace("{ \"", "{\"").as_str()),
        1
    );
    assert_eq!(found(r#"html! { <b aria-label="close" /> }"#), 1);
    assert_eq!(
        found(r#"html! { <b class="card card--open" data-action="open" /> }"#),
        0
    );
    assert_eq!(found("/// \"Close the drawer\" is said elsewhere."), 0);
    assert_eq!(found(r#"matches!(key, "Enter" | " ")"#), 0);
}

#[test]
fn components_show_no_text_of_their_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = sources(&root.join("components"));
    all.extend([root.join("screen.rs"), root.join("app.rs")]);
    assert!(all.len() > 30, "the components are there");
    let found: Vec<String> = all
        .iter()
        .flat_map(|path| {
            let texts = shown(&fs::read_to_string(path).unwrap());
            texts.into_iter().map(move |text| format!("{}: {text}", path.display()))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}
