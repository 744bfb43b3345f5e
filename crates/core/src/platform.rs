//! Social platforms under one name, whatever each API calls them.

use std::fmt;

/// What is known of a platform.
#[derive(Debug, PartialEq, Eq)]
pub struct PlatformInfo {
    /// The code that Ayrshare uses: `"gmb"`.
    pub code: &'static str,
    /// Name for people: "Google Business".
    pub title: &'static str,
    /// At most three letters for a badge.
    pub badge: &'static str,
    /// Other names in use, in lower case.
    aliases: &'static [&'static str],
}

const fn info(
    code: &'static str,
    title: &'static str,
    badge: &'static str,
    aliases: &'static [&'static str],
) -> PlatformInfo {
    PlatformInfo {
        code,
        title,
        badge,
        aliases,
    }
}

impl PlatformInfo {
    /// Every platform with a name of its own: the thirteen of Ayrshare, then those that only InsightIQ lists.
    pub const ALL: &'static [Self] = &[
        info("bluesky", "Bluesky", "Bs", &[]),
        info("facebook", "Facebook", "Fb", &[]),
        info(
            "gmb",
            "Google Business",
            "GB",
            &["google business", "google business profile"],
        ),
        info("instagram", "Instagram", "IG", &[]),
        info("linkedin", "LinkedIn", "in", &[]),
        info("pinterest", "Pinterest", "Pin", &[]),
        info("reddit", "Reddit", "Rd", &[]),
        info("snapchat", "Snapchat", "Sc", &[]),
        info("telegram", "Telegram", "Tg", &[]),
        info("threads", "Threads", "Th", &[]),
        info("tiktok", "TikTok", "TT", &[]),
        info("twitter", "X", "X", &["x", "x (twitter)"]),
        info("youtube", "YouTube", "YT", &[]),
        info("twitch", "Twitch", "Tw", &[]),
        info("substack", "Substack", "Sub", &[]),
        info("spotify", "Spotify", "Sp", &[]),
        info("beehiiv", "Beehiiv", "Bh", &[]),
        info("adsense", "AdSense", "Ad", &["google adsense"]),
    ];
}

/// A platform as an API named it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Platform {
    code: String,
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Platform({})", self.code)
    }
}

impl Platform {
    /// From any name: `"gmb"`, `"Google Business"`, `"X"`. An unknown name keeps its text.
    pub fn named(name: &str) -> Self {
        let name = name.trim();
        let is_it = |info: &&PlatformInfo| {
            let mut words = [info.code, info.title].into_iter().chain(info.aliases.iter().copied());
            words.any(|word| word.eq_ignore_ascii_case(name))
        };
        // Ayrshare's words are mostly meant, and a comparison that knows no case costs several times as much.
        let is_code = |info: &&PlatformInfo| info.code == name;
        let all = || PlatformInfo::ALL.iter();
        let known = all().find(is_code).or_else(|| all().find(is_it));
        Self {
            code: known.map_or(name, |info| info.code).to_owned(),
        }
    }

    /// The code under which it is filtered: Ayrshare's word where there is one, else the API's own text.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is known of it; `None` for one that nobody knows yet.
    pub fn info(&self) -> Option<&'static PlatformInfo> {
        PlatformInfo::ALL.iter().find(|info| info.code == self.code)
    }

    /// Name for people.
    pub fn title(&self) -> &str {
        self.info().map_or(self.code(), |info| info.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_words_mean_the_same_platform_and_a_new_one_keeps_its_name() {
        assert_eq!(Platform::named("X"), Platform::named("Twitter"));
        assert_eq!(Platform::named("Google Business").code(), "gmb");
        let unknown = Platform::named("Friendster");
        assert_eq!(
            (unknown.code(), unknown.title(), unknown.info()),
            ("Friendster", "Friendster", None)
        );
    }
}
