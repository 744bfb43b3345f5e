//! A record as a tree: every value as its exact text, under the path by which a program reaches it. Nothing is decoded
//! but keys, so long numbers, odd escapes and keys that stand twice are seen as they were sent.

use roster_core::{elements, members, quoted, string};
use roster_index::fold;

/// A value of the record with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// The key, or the place in the list; empty for the record itself.
    pub name: String,
    /// Where it stands: `$.work_platform.name`, `$.emails[0]`, `$["a key"]`.
    pub path: String,
    /// Its exact text.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// What is in it, in order.
    pub children: Vec<Node<'a>>,
}

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    List,
    /// `"…"`
    Text,
    /// A number, `true`, `false` or `null`.
    Plain,
}

impl Kind {
    fn of(text: &str) -> Self {
        match text.as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            _ => Self::Plain,
        }
    }

    /// The word for styles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::List => "list",
            Self::Text => "text",
            Self::Plain => "plain",
        }
    }
}

impl<'a> Node<'a> {
    /// The tree of a record. What is no JSON becomes one plain value.
    pub fn of(text: &'a str) -> Self {
        Self::at(String::new(), "$".to_owned(), text.trim())
    }

    fn at(name: String, path: String, text: &'a str) -> Self {
        let kind = Kind::of(text);
        let children = match kind {
            Kind::Object => fields(&path, text),
            Kind::List => items(&path, text),
            Kind::Text | Kind::Plain => Vec::new(),
        };
        Self {
            name,
            path,
            text,
            kind,
            children,
        }
    }

    /// Whether it is an object or a list.
    pub fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Object | Kind::List)
    }

    /// The value as a person would write it elsewhere: a text without quotes and escapes, anything else as it stands.
    pub fn value(&self) -> String {
        let text = Some(self.text).filter(|_| self.kind == Kind::Text);
        let decoded = text.and_then(string);
        decoded.unwrap_or_else(|| self.text.to_owned())
    }

    /// The tree without what does not have a folded text in its key or value. A key that has it keeps all that is
    /// under it.
    pub fn with(self, folded: &str) -> Option<Self> {
        let has = |text: &str| fold(text).contains(folded);
        if has(&self.name) || !self.is_group() && has(&self.value()) {
            return Some(self);
        }
        let found = self.children.into_iter().filter_map(|child| child.with(folded));
        let children: Vec<Self> = found.collect();
        (!children.is_empty()).then_some(Self { children, ..self })
    }
}

fn fields<'a>(path: &str, text: &'a str) -> Vec<Node<'a>> {
    let all = members(text).unwrap_or_default();
    all.iter()
        .map(|(key, value)| Node::at(key.to_owned(), format!("{path}{}", step(key)), value))
        .collect()
}

fn items<'a>(path: &str, text: &'a str) -> Vec<Node<'a>> {
    let all = elements(text).unwrap_or_default();
    all.into_iter()
        .enumerate()
        .map(|(place, value)| Node::at(place.to_string(), format!("{path}[{place}]"), value))
        .collect()
}

/// A key as a step of a path, in quotes unless it is a name.
fn step(key: &str) -> String {
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name {
        format!(".{key}")
    } else {
        format!("[{}]", quoted(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        r#" {"id":12345678901234567890,"a key":[1.10,{"Name":"J\u00e4ne"}],"n":1,"n":-0.0,"empty":{}} "#;

    fn lines(node: &Node) -> Vec<String> {
        let own = format!("{} {}", node.path, if node.is_group() { "" } else { node.text });
        let below = node.children.iter().flat_map(lines);
        std::iter::once(own.trim().to_owned()).chain(below).collect()
    }

    #[test]
    fn every_value_stands_under_its_path_as_it_was_sent() {
        assert_eq!(
            lines(&Node::of(RECORD)),
            [
                "$",
                "$.id 12345678901234567890",
                r#"$["a key"]"#,
                r#"$["a key"][0] 1.10"#,
                r#"$["a key"][1]"#,
                r#"$["a key"][1].Name "J\u00e4ne""#,
                "$.n 1",
                "$.n -0.0",
                "$.empty",
            ]
        );
    }

    #[test]
    fn a_text_is_found_in_keys_and_values_without_case_and_accents() {
        let found = |text: &str| Node::of(RECORD).with(&fold(text)).map(|node| lines(&node));
        assert_eq!(
            found("JANE").unwrap().last().unwrap(),
            r#"$["a key"][1].Name "J\u00e4ne""#
        );
        assert_eq!(found("a KEY").unwrap().len(), 5, "a key keeps what is under it");
        assert_eq!(found("u00e4"), None, "an escape is no text");
        assert_eq!(found("empty").unwrap(), ["$", "$.empty"]);
    }

    #[test]
    fn a_value_is_copied_without_its_quotes() {
        let tree = Node::of(r#"{"a":"x\ty","b":1.0,"c":null}"#);
        let values: Vec<String> = tree.children.iter().map(Node::value).collect();
        assert_eq!(values, ["x\ty", "1.0", "null"]);
        assert_eq!(Node::of("no json").value(), "no json");
    }
}
