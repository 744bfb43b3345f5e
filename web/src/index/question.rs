//! What a person asks of everything that is loaded.

use roster_core::UnixMs;
use roster_index::{Field, Sort};

/// A question. Two that are the same have the same answer, as long as nothing is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The query, as written.
    pub text: String,
    /// The order.
    pub sort: Sort,
    /// The fields whose values are counted.
    pub facets: Vec<Field>,
    /// The instant that relative dates count from.
    pub now: UnixMs,
}

/// Reads an order as it stands in a link, `-urgency,title`. Words that name nothing are left out.
pub fn order(text: &str) -> Sort {
    let keys = text.split(',').filter_map(roster_index::SortKey::parse);
    Sort::new(keys.take(Sort::MAX_KEYS).collect()).unwrap_or_default()
}

/// An order as it stands in a link.
pub fn order_text(sort: &Sort) -> String {
    let words: Vec<String> = sort.keys().iter().map(ToString::to_string).collect();
    words.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_and_what_it_does_not_name_is_left_out() {
        for text in ["", "-urgency", "-followers,title,created"] {
            assert_eq!(order_text(&order(text)), text);
        }
        assert_eq!(order_text(&order("colour,-title")), "-title");
        assert_eq!(
            order_text(&order("title,created,updated,status")),
            "title,created,updated"
        );
    }
}
