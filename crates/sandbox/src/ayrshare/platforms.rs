//! A set of Ayrshare platforms, as bits, so that a filter over a million profiles compares numbers.

use roster_core::providers::ayrshare::PLATFORMS;

/// A platform that the documentation does not list; every word must survive.
const UNKNOWN_WORD: &str = "mastodon";

/// A set of platforms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Platforms(u16);

impl Platforms {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const BLUESKY: Self = Self(1);
    pub(crate) const FACEBOOK: Self = Self(1 << 1);
    pub(crate) const GMB: Self = Self(1 << 2);
    pub(crate) const INSTAGRAM: Self = Self(1 << 3);
    pub(crate) const LINKEDIN: Self = Self(1 << 4);
    pub(crate) const PINTEREST: Self = Self(1 << 5);
    pub(crate) const REDDIT: Self = Self(1 << 6);
    pub(crate) const SNAPCHAT: Self = Self(1 << 7);
    pub(crate) const TELEGRAM: Self = Self(1 << 8);
    pub(crate) const THREADS: Self = Self(1 << 9);
    pub(crate) const TIKTOK: Self = Self(1 << 10);
    pub(crate) const TWITTER: Self = Self(1 << 11);
    pub(crate) const YOUTUBE: Self = Self(1 << 12);
    pub(crate) const UNKNOWN: Self = Self(1 << 13);
    /// The thirteen that are documented.
    pub(crate) const EVERY: Self = Self((1 << 13) - 1);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` are in it.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set of these words; a word that is not documented is left out.
    pub(crate) fn of(words: &[&str]) -> Self {
        words
            .iter()
            .filter_map(|word| PLATFORMS.iter().position(|known| known == word))
            .fold(Self::NONE, Self::with_bit)
    }

    /// One platform out of the thirteen.
    pub(crate) fn nth(number: u64) -> Self {
        usize::try_from(number % 13).map_or(Self::NONE, |bit| Self::NONE.with_bit(bit))
    }

    /// Each platform with its word, in alphabetical order; the unknown one last.
    pub(crate) fn each(self) -> impl Iterator<Item = (Self, &'static str)> {
        let known = PLATFORMS
            .iter()
            .copied()
            .enumerate()
            .map(|(bit, word)| (Self::NONE.with_bit(bit), word));
        known
            .chain([(Self::UNKNOWN, UNKNOWN_WORD)])
            .filter(move |(platform, _)| self.has(*platform))
    }

    fn with_bit(self, bit: usize) -> Self {
        Self(self.0 | 1 << bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_constant_stands_for_its_word() {
        for (platform, word) in [
            (Platforms::BLUESKY, "bluesky"),
            (Platforms::FACEBOOK, "facebook"),
            (Platforms::GMB, "gmb"),
            (Platforms::INSTAGRAM, "instagram"),
            (Platforms::LINKEDIN, "linkedin"),
            (Platforms::PINTEREST, "pinterest"),
            (Platforms::REDDIT, "reddit"),
            (Platforms::SNAPCHAT, "snapchat"),
            (Platforms::TELEGRAM, "telegram"),
            (Platforms::THREADS, "threads"),
            (Platforms::TIKTOK, "tiktok"),
            (Platforms::TWITTER, "twitter"),
            (Platforms::YOUTUBE, "youtube"),
        ] {
            assert_eq!(Platforms::of(&[word]), platform, "{word}");
            assert_eq!(platform.each().map(|(_, word)| word).collect::<Vec<_>>(), [word]);
        }
        assert_eq!(Platforms::of(PLATFORMS), Platforms::EVERY);
        assert_eq!(Platforms::EVERY.and(Platforms::UNKNOWN).each().count(), 14);
    }
}
