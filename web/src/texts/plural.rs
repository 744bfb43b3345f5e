//! Words that change with a number. Which form a number takes is the language's own rule, which the browser knows.

use crate::format::{Plural, count, plural};

/// A word with its forms. English has two; a language with more fills in the others, and `other` stands for those that
/// are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms {
    /// For none, where the language has a form for it.
    pub zero: Option<&'static str>,
    /// For one.
    pub one: &'static str,
    /// For two.
    pub two: Option<&'static str>,
    /// For a few.
    pub few: Option<&'static str>,
    /// For many.
    pub many: Option<&'static str>,
    /// For all other numbers.
    pub other: &'static str,
}

impl Forms {
    const fn new(one: &'static str, other: &'static str) -> Self {
        Self {
            zero: None,
            one,
            two: None,
            few: None,
            many: None,
            other,
        }
    }

    /// The form for a kind of number.
    pub fn of(&self, plural: Plural) -> &'static str {
        let own = match plural {
            Plural::Zero => self.zero,
            Plural::One => Some(self.one),
            Plural::Two => self.two,
            Plural::Few => self.few,
            Plural::Many => self.many,
            Plural::Other => None,
        };
        own.unwrap_or(self.other)
    }
}

macro_rules! words {
    ($( $(#[doc = $doc:literal])+ $name:ident = $one:literal, $other:literal; )+) => {
        $( $(#[doc = $doc])+ pub const $name: Forms = Forms::new($one, $other); )+

        /// Every word that changes with a number.
        #[cfg(test)]
        const ALL: &[Forms] = &[ $( $name, )+ ];
    };
}

words! {
    /// Profiles.
    PROFILES = "profile", "profiles";
    /// Profiles as the subject of a sentence.
    PROFILES_ARE = "profile is", "profiles are";
    /// Profiles that were there before and are not in the new answers.
    PROFILES_STAY = "profile has not come again and is kept", "profiles have not come again and are kept";
    /// Records that could not be read.
    RECORDS_HAVE = "record has", "records have";
    /// Pages of an API.
    PAGES = "page", "pages";
    /// Connected accounts.
    ACCOUNTS = "account", "accounts";
    /// Days.
    DAYS = "day", "days";
    /// Groups that are left out.
    SMALLER_GROUPS_ARE = "smaller group is", "smaller groups are";
    /// Elements of a list.
    ITEMS = "item", "items";
    /// Members of an object.
    FIELDS = "field", "fields";
    /// Rows of a file.
    ROWS = "row", "rows";
    /// Columns of a file.
    COLUMNS = "column", "columns";
}

/// A number with its word: `1 profile`, `2,400 profiles`.
pub fn counted(n: u64, forms: &Forms) -> String {
    [&count(n), " ", forms.of(plural(n))].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_both_of_english_s_forms() {
        for forms in ALL {
            let (none, one, two) = (counted(0, forms), counted(1, forms), counted(2_400, forms));
            assert_eq!(none, format!("0 {}", forms.other));
            assert_eq!(one, format!("1 {}", forms.one));
            assert_eq!(two, format!("2,400 {}", forms.other));
            assert_ne!(forms.one, forms.other);
        }
    }

    #[test]
    fn a_language_with_more_forms_fills_them_in_and_leaves_out_what_it_has_not() {
        let polish = Forms {
            few: Some("profile"),
            many: Some("profili"),
            ..Forms::new("profil", "profilu")
        };
        let forms = [
            Plural::Zero,
            Plural::One,
            Plural::Two,
            Plural::Few,
            Plural::Many,
            Plural::Other,
        ]
        .map(|kind| polish.of(kind));
        assert_eq!(forms, ["profilu", "profil", "profilu", "profile", "profili", "profilu"]);
    }

    #[test]
    fn the_browser_s_words_for_kinds_of_numbers_are_known() {
        let named = ["zero", "one", "two", "few", "many", "other", "new"].map(Plural::named);
        let all = [
            Plural::Zero,
            Plural::One,
            Plural::Two,
            Plural::Few,
            Plural::Many,
            Plural::Other,
            Plural::Other,
        ];
        assert_eq!(named, all);
    }
}
