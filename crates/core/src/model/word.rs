//! Words with a fixed meaning, where a new word survives as itself.

/// Declares an enum of words: each variant is written as the given text, and any other text is `Other`.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$doc])* $variant,)*
            /// A word that nobody knows yet, as sent.
            Other(String),
        }

        impl $name {
            /// The word as it is sent.
            $vis fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl $crate::model::Form for $name {
            fn read(raw: &str) -> Option<Self> {
                let word = $crate::json::string(raw)?;
                Some(match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                })
            }
        }

        impl $crate::model::Inspect for $name {}
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::model::Form;

    words! {
        /// A size.
        enum Size {
            /// Small.
            Small = "S",
            /// Large.
            Large = "L",
        }
    }

    #[test]
    fn a_new_word_survives_and_every_word_reads_back() {
        for (text, size) in [
            ("S", Size::Small),
            ("L", Size::Large),
            ("XXL", Size::Other("XXL".to_owned())),
            ("s", Size::Other("s".to_owned())),
        ] {
            let read = Size::read(&format!("{text:?}")).unwrap();
            assert_eq!((read.as_str(), &read), (text, &size));
        }
        assert_eq!(Size::read("7"), None);
    }
}
