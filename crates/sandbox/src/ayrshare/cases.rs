//! The Ayrshare profiles that are designed: every odd thing that a list of profiles can hold, one record each.
//!
//! The newest records of the list, in this order. What a case does not say is drawn by lot. Over the first 150 profiles
//! (the demo), by these definitions:
//!
//! - *suspended*, 6: `status` is `suspended` or `suspended` is true;
//! - *relink*, 12: `relinkRecommended` of an account is true;
//! - *expiring in 14 days*, 9: `tokenExpiresAt` of an account lies 0 to 14 days ahead;
//! - *no accounts*, 14: `activeSocialAccounts` is absent or empty;
//! - *needs attention*, 31: any of these four.

use super::case::{Accounts, Byok, Case, Marks, Token};
use super::platforms::Platforms as P;

/// Designed profiles, newest first.
pub(crate) const CASES: &[Case] = &[
    Case::new("suspended with a future end")
        .titled("Brand Marketing")
        .on(P::TWITTER.and(P::INSTAGRAM))
        .suspended("Too many duplicate posts", Some(18), 1)
        .relink(Token::InDays(12))
        .quota(45),
    Case::new("suspended without an end")
        .titled("Hollow Hill Records")
        .on(P::FACEBOOK.and(P::LINKEDIN).and(P::YOUTUBE))
        .suspended("Terms of service", None, 1),
    Case::new("suspended for the second time")
        .titled("Second Chance Motors")
        .on(P::TIKTOK.and(P::THREADS))
        .suspended("Too many rate limit violations", Some(60), 2)
        .relink(Token::InDays(5)),
    Case::new("status active, suspended true")
        .titled("Two Minds Studio")
        .on(P::FACEBOOK)
        .suspended("Too many duplicate posts", Some(20), 1)
        .marked(Marks::FlagOnly),
    Case::new("status suspended, suspended false")
        .titled("Limbo Dance Academy")
        .on(P::PINTEREST)
        .suspended("Payment overdue", None, 1)
        .marked(Marks::StatusOnly),
    Case::new("suspended, ends within a day")
        .titled("Almost Free Toys")
        .on(P::BLUESKY.and(P::REDDIT))
        .suspended("Spam reports", Some(14), 3),
    Case::new("no activeSocialAccounts key")
        .titled("Super Profile")
        .with_accounts(Accounts::Absent),
    Case::new("empty activeSocialAccounts")
        .titled("Blank Slate Books")
        .with_accounts(Accounts::Empty),
    Case::new("relink advised, token ends soon")
        .on(P::INSTAGRAM.and(P::FACEBOOK))
        .relink(Token::InDays(12)),
    Case::new("relink advised, token never ends")
        .on(P::FACEBOOK.and(P::GMB))
        .relink(Token::Never),
    Case::new("token has ended")
        .titled("Yesterday’s News")
        .on(P::LINKEDIN)
        .relink(Token::InDays(-3)),
    Case::new("linking error")
        .on(P::YOUTUBE.and(P::TIKTOK))
        .relink(Token::Never)
        .linking_error(),
    Case::new("token ends today").on(P::INSTAGRAM).relink(Token::InDays(0)),
    Case::new("token ends in two days")
        .on(P::PINTEREST.and(P::THREADS))
        .relink(Token::InDays(2)),
    Case::new("token ends in seven days")
        .on(P::TIKTOK)
        .relink(Token::InDays(7)),
    Case::new("token ends in nine days")
        .on(P::INSTAGRAM.and(P::YOUTUBE))
        .relink(Token::InDays(9)),
    Case::new("token ends in thirteen days")
        .on(P::FACEBOOK.and(P::INSTAGRAM))
        .relink(Token::InDays(13)),
    Case::new("relink advised on the only account")
        .on(P::SNAPCHAT)
        .relink(Token::Never),
    Case {
        linkedin: Some(("personal", 3)),
        ..Case::new("LinkedIn personal with 3 days left")
            .on(P::LINKEDIN)
            .token(Token::InDays(3))
    },
    Case {
        linkedin: Some(("corporate", 364)),
        ..Case::new("LinkedIn corporate with 364 days left")
            .on(P::LINKEDIN)
            .token(Token::InDays(364))
    },
    Case {
        has_display_title: Some(false),
        ..Case::new("no displayTitle")
            .titled("Good Fun Title")
            .on(P::FACEBOOK.and(P::TELEGRAM))
    },
    Case {
        do_stamps_disagree: true,
        has_display_title: Some(true),
        ..Case::new("creation stamps that disagree by years")
            .titled("Digg It Title")
            .on(P::TWITTER.and(P::FACEBOOK))
    },
    Case::new("BYOK linked")
        .on(P::TWITTER.and(P::LINKEDIN))
        .byok(Byok::Linked),
    Case::new("BYOK not linked").on(P::TWITTER).byok(Byok::NotLinked),
    Case::new("BYOK not said")
        .on(P::TWITTER.and(P::FACEBOOK))
        .byok(Byok::Unsaid),
    Case::new("every token never ends")
        .on(P::TWITTER.and(P::TELEGRAM).and(P::BLUESKY))
        .token(Token::Never),
    Case::new("unlinked by the user").on(P::REDDIT).unlinked_by("user"),
    Case::new("unlinked by the system")
        .on(P::FACEBOOK)
        .unlinked_by("system"),
    Case::new("quota unused").on(P::GMB).quota(0),
    Case::new("quota at 45 %").on(P::GMB.and(P::FACEBOOK)).quota(45),
    Case::new("quota at 80 %").on(P::INSTAGRAM).quota(80),
    Case::new("quota at 100 %").on(P::LINKEDIN).quota(100),
    Case::new("quota exceeded").on(P::PINTEREST).quota(112),
    Case {
        has_never_posted: true,
        ..Case::new("never posted").on(P::YOUTUBE)
    },
    Case::new("Telegram with a negative id and a picture that is none")
        .titled("Radio Free Harbour")
        .on(P::TELEGRAM),
    Case::new("Google Business with a review link")
        .titled("Corner Café")
        .on(P::GMB),
    Case {
        n_instagram_posts: Some(50),
        ..Case::new("Instagram 50 of 50").on(P::INSTAGRAM)
    },
    Case::new("a platform nobody knows yet").on(P::FACEBOOK.and(P::UNKNOWN)),
    Case::new("a very long name").titled(LONG_TITLE).on(P::EVERY),
    Case::new("a right-to-left name")
        .titled("مخبز الياسمين – فرع القاهرة")
        .on(P::FACEBOOK.and(P::INSTAGRAM)),
    Case::new("a title that starts with =")
        .titled("=HYPERLINK(\"https://spreadsheet.example\",\"Click\")")
        .on(P::REDDIT),
    Case::new("a title that is markup")
        .titled("<img src=x onerror=\"alert('x')\"> & Söhne")
        .on(P::THREADS),
    Case::new("a title of emoji").titled("👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈 🥐").on(P::TIKTOK),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
    Case::new("no accounts").with_accounts(Accounts::Absent),
];

const LONG_TITLE: &str = "The International Society for the Careful Preservation, Restoration, Cataloguing and Occasional \
     Public Exhibition of Donaudampfschifffahrtsgesellschaftskapitänsmützen, Their Boxes and Their Ribbons (Registered \
     Charity), Northern Region, Subcommittee for Social Media";

#[cfg(test)]
mod tests {
    use super::super::list::index_of_key;
    use super::*;
    use crate::keys;

    #[test]
    fn every_alias_of_a_profile_key_leads_to_the_case_it_names() {
        let case_of = |alias: &str| {
            let (_, key) = keys::AYRSHARE_PROFILE_KEYS
                .iter()
                .find(|(name, _)| *name == alias)
                .unwrap();
            index_of_key(key).map(|index| CASES[usize::try_from(index).unwrap()].name)
        };
        for (alias, name) in [
            ("brand-marketing", "suspended with a future end"),
            ("no-accounts", "no activeSocialAccounts key"),
            ("linkedin-ends-soon", "LinkedIn personal with 3 days left"),
            ("linkedin-company", "LinkedIn corporate with 364 days left"),
            (
                "telegram-channel",
                "Telegram with a negative id and a picture that is none",
            ),
            ("google-business", "Google Business with a review link"),
            ("instagram-full", "Instagram 50 of 50"),
            ("new-platform", "a platform nobody knows yet"),
        ] {
            assert_eq!(case_of(alias), Some(name), "{alias}");
        }
        assert_eq!(case_of("deleted"), None);
    }
}
