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

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                Ok(match word.as_str() {
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
            let read: Size = serde_json::from_str(&format!("{text:?}")).unwrap();
            assert_eq!((read.as_str(), &read), (text, &size));
        }
        assert!(serde_json::from_str::<Size>("7").is_err());
    }
}
