//! Names of fields for people, from their names on the wire.

/// Fields whose wire name does not read well by itself.
const LABELS: &[(&str, &str)] = &[
    ("activeSocialAccounts", "Connected accounts"),
    ("createdUTC", "Created"),
    ("created", "Stored stamp"),
    ("refId", "Reference id"),
    ("displayTitle", "Display title"),
    ("isByokLinked", "Own X key (BYOK)"),
    ("suspended", "Suspended flag"),
    ("isSuspended", "Suspended now"),
    ("unsuspendAt", "Lifts"),
    ("suspendedAt", "Suspended"),
    ("suspensionCount", "Times so far"),
    ("linkedAt", "Linked on"),
    ("relinkRecommended", "Relink advised"),
    ("tokenExpiresAt", "Token ends"),
    ("lastApiCall", "Last API call"),
    ("lastPost", "Last post"),
    ("createdAt", "When"),
    ("actionLog.created", "When"),
    ("displayNames.created", "Linked on"),
    ("ayrlinkUrl", "Link page"),
    ("displayName", "Name"),
    ("username", "Handle"),
    ("pageName", "Page"),
    ("profileUrl", "Profile address"),
    ("userImage", "Picture when linked"),
    ("mapsUrl", "On the map"),
    ("reviewUrl", "Write a review"),
    ("refreshDaysRemaining", "Days until access ends"),
    ("refreshRequired", "Access ends"),
    ("messagingActive", "Messages"),
    ("messagingEnabled", "Messages"),
    ("messagingConversationMonthlyCount", "Conversations this month"),
    ("monthlyApiCalls", "API calls that posted"),
    ("monthlyPostCount", "Posts"),
    ("usedQuota", "Posts, rolling 24 h"),
    ("monthlyUsage", "Posts of this month"),
    ("monthlyReset", "Counted anew from"),
    ("lastUpdated", "As of"),
    ("nextUpdate", "Renewed from"),
    ("quota", "Quota"),
    ("id", "Id"),
    ("created_at", "Created"),
    ("updated_at", "Updated"),
    ("user.name", "Person"),
    ("user.id", "Person id"),
    ("account.id", "Account id"),
    ("account.platform_username", "Connected account"),
    ("work_platform.name", "Platform"),
    ("work_platform.id", "Platform id"),
    ("work_platform.logo_url", "Platform's logo"),
    ("account.username", "Connected account, again"),
    ("platform_username", "Handle"),
    ("platform_profile_name", "Name on the platform"),
    ("platform_profile_id", "Id on the platform"),
    ("platform_profile_published_at", "On the platform since"),
    ("platform_account_type", "Account type"),
    ("external_id", "External id"),
    ("url", "Profile address"),
    ("website", "Website"),
    ("image_url", "Picture address"),
    ("is_verified", "Verified"),
    ("is_business", "Business account"),
    ("follower_count", "Followers"),
    ("following_count", "Following"),
    ("subscriber_count", "Subscribers"),
    ("content_count", "Posts and videos"),
    ("content_group_count", "Playlists and albums"),
    ("watch_time_in_hours", "Watched, in hours"),
    ("paid_subscriber_count", "Paying subscribers"),
    ("average_open_rate", "Letters opened, in percent"),
    ("average_click_rate", "Letters with a click, in percent"),
    ("like_count", "Likes"),
    ("connection_count", "Connections"),
    ("emails", "E-mail"),
    ("phone_numbers", "Phone"),
    ("addresses", "Address"),
    ("email", "E-mail"),
    ("work_experiences", "Work"),
    ("volunteer_experiences", "Voluntary work"),
    ("company.industries", "Trades"),
    ("company.employee_count", "People who work there"),
    ("company.logo_url", "Company's logo"),
    ("location.country", "Country"),
    ("school.logo_url", "School's logo"),
    ("field_study", "Subject"),
    ("type", "Type"),
    ("picture", "Picture address"),
    ("vat_number", "VAT number"),
    ("new_ui", "New console"),
    ("ui_colorscheme", "Console colours"),
    ("default_catalog", "Catalog address"),
    ("project_options_url", "Project options address"),
    ("website_url", "Website"),
    ("marketing", "News by e-mail"),
    ("invoiced", "Bills are sent"),
    ("days_remaining", "Days left"),
    ("spend", "Spent"),
    ("spend_remaining", "Remaining"),
    ("current_trial.created", "Started"),
    ("total", "Cost so far"),
    ("pending_verification", "Waiting for"),
    ("current_trial", "Trial"),
];

/// A field's name for people: listed, or its wire name in plain words (`company_role`: "Company role"). What begins with
/// a capital is a name already, such as a platform's.
pub fn label(key: &str) -> String {
    if key.starts_with(|c: char| c.is_ascii_uppercase()) {
        return key.to_owned();
    }
    let listed = LABELS.iter().find(|(name, _)| *name == key);
    listed.map_or_else(|| plain(key), |(_, label)| (*label).to_owned())
}

fn plain(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        match c {
            '_' | '.' => out.push(' '),
            _ if out.is_empty() => out.push(c.to_ascii_uppercase()),
            _ if c.is_ascii_uppercase() && out.ends_with(|c: char| c.is_ascii_lowercase()) => {
                out.push(' ');
                out.push(c.to_ascii_lowercase());
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_without_a_name_of_its_own_reads_in_plain_words() {
        assert_eq!(label("createdUTC"), "Created");
        assert_eq!(label("company_role"), "Company role");
        assert_eq!(label("unlinkHistory"), "Unlink history");
        assert_eq!(label("LinkedIn"), "LinkedIn");
        assert_eq!(
            (label("E-mail, work"), label("")),
            ("E-mail, work".into(), String::new())
        );
    }
}
