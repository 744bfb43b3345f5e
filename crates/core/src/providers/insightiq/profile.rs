//! A profile as `GET /v1/profiles` lists it: one person on one platform.
//!
//! Every field of the unified form is there for every platform, with null where the platform has none.
//! Source: <https://docs.insightiq.ai>, `GET /v1/profiles`, seen 2026-11.

use crate::model::{List, Number, model, words};
use crate::providers::insightiq::{
    Certification, Education, Honor, Project, Publication, VolunteerExperience, WorkExperience,
};

words! {
    /// Gender as the platform states it.
    pub enum Gender {
        /// Male.
        Male = "MALE",
        /// Female.
        Female = "FEMALE",
        /// Another one.
        Different = "OTHER",
        /// Not stated.
        Unspecified = "UNSPECIFIED",
    }
}

words! {
    /// What a contact is used for.
    pub enum ContactKind {
        /// At work.
        Work = "WORK",
        /// At home.
        Home = "HOME",
        /// Neither.
        Elsewhere = "OTHER",
    }
}

model! {
    /// One person's profile on one platform.
    pub struct UserProfile {
        /// The id, a UUID.
        id: String = "id",
        /// When the record was created: ISO 8601 without a zone, in UTC, six fractional digits.
        created_at: String = "created_at",
        /// When the record was changed: ISO 8601 without a zone, in UTC, six fractional digits.
        updated_at: String = "updated_at",
        /// Whose it is.
        user: User = "user",
        /// The connected account.
        account: Account = "account",
        /// The platform.
        work_platform: WorkPlatform = "work_platform",
        /// The handle on the platform; nullable.
        platform_username: String = "platform_username",
        /// The same handle again; not documented, sent by the live API.
        username: String = "username",
        /// Full name; nullable.
        full_name: String = "full_name",
        /// First name; nullable.
        first_name: String = "first_name",
        /// Last name; nullable.
        last_name: String = "last_name",
        /// Nickname; nullable.
        nick_name: String = "nick_name",
        /// Address of the profile on the platform. Unsafe until checked.
        url: String = "url",
        /// The profile's own words; null or empty where there are none.
        introduction: String = "introduction",
        /// Address of the picture; may be a web page. Unsafe until checked.
        image_url: String = "image_url",
        /// Date of birth: `1989-11-26` in answers, `11/26/1989` in the documentation; null in answers.
        date_of_birth: String = "date_of_birth",
        /// The profile's id on the platform.
        external_id: String = "external_id",
        /// Kind of account on the platform, such as `CREATOR`; nullable.
        platform_account_type: String = "platform_account_type",
        /// Category on the platform; null or empty where there is none.
        category: String = "category",
        /// Website as the person wrote it: free text, not always an address; nullable.
        website: String = "website",
        /// How many people it reaches.
        reputation: Reputation = "reputation",
        /// E-mail addresses; empty where there are none.
        emails: List<Email> = "emails",
        /// Phone numbers; empty where there are none.
        phone_numbers: List<PhoneNumber> = "phone_numbers",
        /// Postal addresses; empty where there are none.
        addresses: List<Address> = "addresses",
        /// Gender; nullable.
        gender: Gender = "gender",
        /// Country as given: a code such as `US`, or free text such as a city; nullable in answers.
        country: String = "country",
        /// Name on the platform, not unique; nullable.
        platform_profile_name: String = "platform_profile_name",
        /// Id on the platform; nullable.
        platform_profile_id: String = "platform_profile_id",
        /// When the profile began on the platform: ISO 8601 without a zone, with or without fraction; nullable.
        platform_profile_published_at: String = "platform_profile_published_at",
        /// Whether the platform verified it.
        is_verified: bool = "is_verified",
        /// Whether it is a business account.
        is_business: bool = "is_business",
        /// Work; absent, null or a list.
        work_experiences: List<WorkExperience> = "work_experiences",
        /// Education; absent, null or a list.
        education: List<Education> = "education",
        /// Publications; absent, null or a list.
        publications: List<Publication> = "publications",
        /// Certifications; absent, null or a list.
        certifications: List<Certification> = "certifications",
        /// Voluntary work; absent, null or a list.
        volunteer_experiences: List<VolunteerExperience> = "volunteer_experiences",
        /// Honors; absent, null or a list.
        honors: List<Honor> = "honors",
        /// Projects; absent, null or a list.
        projects: List<Project> = "projects",
    }
}

model! {
    /// The person whose profile it is; may have several.
    pub struct User {
        /// The person's id, a UUID.
        id: String = "id",
        /// The name under which the customer keeps the person; any text.
        name: String = "name",
    }
}

model! {
    /// The account that the person connected.
    pub struct Account {
        /// Its id, a UUID.
        id: String = "id",
        /// The name with which the person signed in, often an e-mail address.
        platform_username: String = "platform_username",
        /// The same name again; not documented, sent by the live API.
        username: String = "username",
    }
}

model! {
    /// The platform.
    pub struct WorkPlatform {
        /// Its id, a UUID that stays when the name changes.
        id: String = "id",
        /// Its name; the same id was `Twitter` and is `X`.
        name: String = "name",
        /// Address of its logo. Unsafe until checked.
        logo_url: String = "logo_url",
    }
}

model! {
    /// Counts; each is null where the platform has none. The last five are newer than the reference.
    pub struct Reputation {
        /// People who follow.
        follower_count: Number = "follower_count",
        /// People whom the profile follows.
        following_count: Number = "following_count",
        /// People who subscribed.
        subscriber_count: Number = "subscriber_count",
        /// Posts, videos and the like.
        content_count: Number = "content_count",
        /// Playlists, albums and the like.
        content_group_count: Number = "content_group_count",
        /// Time watched, in hours; may have a fraction.
        watch_time_in_hours: Number = "watch_time_in_hours",
        /// People who pay.
        paid_subscriber_count: Number = "paid_subscriber_count",
        /// Letters opened, in percent.
        average_open_rate: Number = "average_open_rate",
        /// Letters with a click, in percent.
        average_click_rate: Number = "average_click_rate",
        /// Likes received (TikTok).
        like_count: Number = "like_count",
        /// Connections (LinkedIn).
        connection_count: Number = "connection_count",
    }
}

model! {
    /// An e-mail address.
    pub struct Email {
        /// What it is used for.
        kind: ContactKind = "type",
        /// The address.
        email_id: String = "email_id",
    }
}

model! {
    /// A phone number.
    pub struct PhoneNumber {
        /// What it is used for.
        kind: ContactKind = "type",
        /// The number as written.
        phone_number: String = "phone_number",
    }
}

model! {
    /// A postal address.
    pub struct Address {
        /// What it is used for.
        kind: ContactKind = "type",
        /// The address as written.
        address: String = "address",
    }
}
