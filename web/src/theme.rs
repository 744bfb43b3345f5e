//! Light, dark, and how strong the contrast is: as the system has it, or as a person wants it.

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word under which it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a word; anything else is the system's.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The one that the button chooses next.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::System,
        }
    }
}

/// How strong lines and soft text are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    /// As the system has it.
    #[default]
    System,
    /// Strong.
    More,
    /// As the viewer is drawn, whatever the system says.
    Usual,
}

impl Contrast {
    /// The word under which it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::More => "more",
            Self::Usual => "usual",
        }
    }

    /// The contrast of a word; anything else is the system's.
    pub fn from_word(word: &str) -> Self {
        match word {
            "more" => Self::More,
            "usual" => Self::Usual,
            _ => Self::System,
        }
    }

    /// The one that the button chooses next.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::More,
            Self::More => Self::Usual,
            Self::Usual => Self::System,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buttons_go_through_every_choice_and_each_has_a_word_of_its_own() {
        let themes = [Theme::System, Theme::System.next(), Theme::System.next().next()];
        let contrasts = [
            Contrast::System,
            Contrast::System.next(),
            Contrast::System.next().next(),
        ];
        assert_eq!(themes.map(|theme| Theme::from_word(theme.word())), themes);
        assert_eq!(
            contrasts.map(|contrast| Contrast::from_word(contrast.word())),
            contrasts
        );
        assert_eq!(
            (themes[2].next(), contrasts[2].next()),
            (Theme::System, Contrast::System)
        );
        assert_ne!(contrasts[1], contrasts[2]);
    }
}
