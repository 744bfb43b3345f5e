//! The parameters of every API, and the shapes of its records, as types for TypeScript. A test holds the parameters
//! against the tables of roster-core, which are what is checked at run time.

use tsify::Tsify;

/// Which profiles of Ayrshare, and how many a page.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareProfilesParams {
    /// Only the profile with exactly this title.
    #[tsify(optional, type = "string | undefined")]
    pub title: Option<String>,
    /// Only the profile with this reference id.
    #[tsify(optional, type = "string | undefined")]
    pub ref_id: Option<String>,
    /// True: at least one connected account. False: none. Absent: either.
    #[tsify(optional, type = "boolean | undefined")]
    pub has_active_social_accounts: Option<bool>,
    /// Profiles that are connected to all of these platforms.
    #[tsify(optional, type = "readonly string[] | undefined")]
    pub includes_active_social_accounts: Option<Vec<String>>,
    /// Profiles that have, or still need, their own X key. Profiles without X are left out when this is set.
    #[tsify(optional, type = "boolean | undefined")]
    pub is_byok_linked: Option<bool>,
    /// Profiles a page, 1 to 5000; 5000 by default.
    #[tsify(optional, type = "number | undefined")]
    pub limit: Option<f64>,
    /// The position to begin at, from an earlier answer of the API itself. To go on with a load, use `resume`.
    #[tsify(optional, type = "string | undefined")]
    pub cursor: Option<String>,
}

/// More about one profile of Ayrshare.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub enum AyrshareInclude {
    /// Whether and why it is suspended.
    Suspension,
    /// The state of its connections.
    SocialHealth,
    /// What went wrong while linking.
    LinkingErrors,
    /// Its last posts and calls.
    Activity,
    /// What it used of its quotas.
    Quota,
    /// Accounts that were unlinked.
    UnlinkHistory,
    /// What happened to it.
    ActionLog,
}

/// Which profile of Ayrshare is asked about.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareUserParams {
    /// The alias under which the proxy holds the profile's key; without it, the primary profile.
    #[tsify(optional, type = "string | undefined")]
    pub profile: Option<String>,
    /// Adds account type and posts used of 50 in 24 hours.
    #[tsify(optional, type = "boolean | undefined")]
    pub instagram_quota: Option<bool>,
    /// Checks whether the profile still exists; needs `profile`.
    #[tsify(optional, type = "boolean | undefined")]
    pub validate: Option<bool>,
}

/// Which profiles of InsightIQ, and how many a page.
#[derive(Tsify)]
pub struct InsightiqProfilesParams {
    /// Only profiles of this user, a UUID.
    #[tsify(optional, type = "string | undefined")]
    pub user_id: Option<String>,
    /// Only profiles on this work platform, a UUID.
    #[tsify(optional, type = "string | undefined")]
    pub work_platform_id: Option<String>,
    /// Only profiles of this account, a UUID.
    #[tsify(optional, type = "string | undefined")]
    pub account_id: Option<String>,
    /// Profiles a page, 1 to 100.
    #[tsify(optional, type = "number | undefined")]
    pub limit: Option<f64>,
    /// Profiles to pass over.
    #[tsify(optional, type = "number | undefined")]
    pub offset: Option<f64>,
}

/// A user profile of Ayrshare, as sent.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareProfile {
    /// `active` or `suspended`.
    #[tsify(optional)]
    pub status: Option<String>,
    /// Its title, unique among all profiles.
    #[tsify(optional)]
    pub title: Option<String>,
    /// The title shown on the linking page.
    #[tsify(optional)]
    pub display_title: Option<String>,
    /// When it was created.
    #[tsify(optional)]
    pub created: Option<AyrshareStamp>,
    /// When it was created, ISO 8601 in UTC.
    #[tsify(optional)]
    #[serde(rename = "createdUTC")]
    pub created_utc: Option<String>,
    /// Its id.
    pub ref_id: String,
    /// Connected platforms in Ayrshare's words. Absent when there are none.
    #[tsify(optional)]
    pub active_social_accounts: Option<Vec<String>>,
    /// Whether its own X key is linked; absent without X.
    #[tsify(optional)]
    pub is_byok_linked: Option<bool>,
    /// Whether it is suspended.
    #[tsify(optional)]
    pub suspended: Option<bool>,
    /// Fields that this build does not know, as sent.
    #[serde(flatten)]
    #[tsify(type = "Record<string, unknown>")]
    pub rest: String,
}

/// An instant in seconds and nanoseconds.
#[derive(Tsify)]
pub struct AyrshareStamp {
    /// Seconds since 1970.
    #[serde(rename = "_seconds")]
    pub seconds: f64,
    /// The rest, in nanoseconds.
    #[serde(rename = "_nanoseconds")]
    pub nanoseconds: f64,
}

/// A user of Ayrshare with its accounts, as sent.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareUser {
    /// Its id.
    #[tsify(optional)]
    pub ref_id: Option<String>,
    /// Its title.
    #[tsify(optional)]
    pub title: Option<String>,
    /// Connected platforms in Ayrshare's words.
    #[tsify(optional)]
    pub active_social_accounts: Option<Vec<String>>,
    /// The connected accounts. Which fields there are depends on the platform.
    #[tsify(optional, type = "Record<string, unknown>[]")]
    pub display_names: Option<String>,
    /// Fields that this build does not know, as sent.
    #[serde(flatten)]
    #[tsify(type = "Record<string, unknown>")]
    pub rest: String,
}

/// Profiles created and deleted in the last days.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareActionLog {
    /// What happened, the newest first.
    pub action_log: Vec<AyrshareAction>,
    /// How many profiles there were.
    pub user_profiles_report: Vec<AyrshareUserCount>,
    /// When this answer was made, ISO 8601 in UTC.
    #[tsify(type = "string | null")]
    pub last_updated: Option<String>,
    /// Before this instant the API answers the same again, ISO 8601 in UTC.
    #[tsify(type = "string | null")]
    pub next_update: Option<String>,
}

/// One thing that happened to a profile.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareAction {
    /// `create`, `update` or `delete`.
    pub action: String,
    /// The profile's id.
    pub ref_id: String,
    /// Its title.
    #[tsify(optional)]
    pub title: Option<String>,
    /// When, ISO 8601 in UTC.
    pub created: String,
    /// Fields that this build does not know, as sent.
    #[serde(flatten)]
    #[tsify(type = "Record<string, unknown>")]
    pub rest: String,
}

/// How many profiles there were at an instant.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareUserCount {
    /// When, ISO 8601 in UTC.
    pub reported: String,
    /// How many.
    pub user_profile_count: f64,
}

/// Says where the file with all users will be, and when.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AyrshareBatchTicket {
    /// Address of the file. It grants access to everybody who has it.
    pub url: String,
    /// When the file can be fetched, ISO 8601 in UTC.
    pub url_available: String,
    /// Until when, ISO 8601 in UTC.
    pub url_expires: String,
    /// When the file was begun, ISO 8601 in UTC.
    pub last_updated: String,
    /// Before this instant the API answers the same ticket, ISO 8601 in UTC.
    pub next_update: String,
}

/// A Pinterest board.
#[derive(Tsify)]
pub struct PinterestBoard {
    /// Its id: digits, more than a JavaScript number can hold.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who may see it.
    pub privacy: String,
    /// Its description; may be empty.
    pub description: String,
    /// Whose it is.
    pub owner: PinterestOwner,
    /// Fields that this build does not know, as sent.
    #[serde(flatten)]
    #[tsify(type = "Record<string, unknown>")]
    pub rest: String,
}

/// Whose board it is.
#[derive(Tsify)]
pub struct PinterestOwner {
    /// The handle on Pinterest.
    pub username: String,
}

/// A profile of InsightIQ, as sent.
#[derive(Tsify)]
pub struct InsightiqProfile {
    /// Its id, a UUID.
    pub id: String,
    /// The user whose account it is.
    pub user: InsightiqUser,
    /// The work platform.
    pub work_platform: InsightiqPlatform,
    /// Fields that this build does not know, as sent.
    #[serde(flatten)]
    #[tsify(type = "Record<string, unknown>")]
    pub rest: String,
}

/// A user of InsightIQ.
#[derive(Tsify)]
pub struct InsightiqUser {
    /// Its id, a UUID.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A work platform of InsightIQ.
#[derive(Tsify)]
pub struct InsightiqPlatform {
    /// Its id, a UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Address of its logo: check it before using it.
    #[tsify(optional)]
    pub logo_url: Option<String>,
}

/// A profile of Upsun, as sent.
#[derive(Tsify)]
pub struct UpsunProfile {
    /// Its id, a UUID.
    pub id: String,
    /// Its name at log-in.
    #[tsify(optional)]
    pub username: Option<String>,
    /// Its name to show.
    #[tsify(optional)]
    pub display_name: Option<String>,
    /// Fields that this build does not know, as sent.
    #[serde(flatten)]
    #[tsify(type = "Record<string, unknown>")]
    pub rest: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every parameter of a route's table has a property of its name, but for those that other options set.
    fn names_missing(declaration: &str, provider: &str, route: &str, others: &[&str]) -> Vec<&'static str> {
        let info = roster_core::provider(provider).unwrap().info();
        let route = info.routes.iter().find(|found| found.name == route).unwrap();
        let names = route.params.iter().map(|param| param.name);
        names
            .filter(|name| !others.contains(name) && !declaration.contains(&format!("    {name}?: ")))
            .collect()
    }

    #[test]
    fn every_parameter_of_the_tables_has_a_type() {
        let none: Vec<&str> = Vec::new();
        let profiles = names_missing(
            AyrshareProfilesParams::DECL,
            "ayrshare",
            "profiles",
            &["actionLog", "include"],
        );
        assert_eq!(profiles, none);
        assert_eq!(names_missing(AyrshareUserParams::DECL, "ayrshare", "user", &[]), none);
        assert_eq!(
            names_missing(InsightiqProfilesParams::DECL, "insightiq", "profiles", &[]),
            none
        );
    }

    #[test]
    fn every_part_that_can_be_included_has_a_name() {
        for part in roster_core::providers::ayrshare::INCLUDES {
            assert!(AyrshareInclude::DECL.contains(&format!("{part:?}")), "{part}");
        }
    }
}
