//! Work, education and the like: seven lists of a profile. The reference names them and shows none; the forms are
//! those of the vendor's published API description.
//!
//! Source: <https://docs.insightiq.ai>, seen 2026-11.

use crate::model::{List, Number, Text, model};

model! {
    /// A job.
    pub struct WorkExperience {
        /// Job title.
        title: String = "title",
        /// Where.
        company: Company = "company",
        /// In own words.
        description: String = "description",
        /// From when to when.
        time_period: TimePeriod = "time_period",
        /// In which place.
        location: Location = "location",
    }
}

model! {
    /// A company.
    pub struct Company {
        /// Its name.
        name: String = "name",
        /// Its trades.
        industries: List<String> = "industries",
        /// Address of its logo. Unsafe until checked.
        logo_url: String = "logo_url",
        /// How many people work there.
        employee_count: EmployeeCount = "employee_count",
    }
}

model! {
    /// A range of people.
    pub struct EmployeeCount {
        /// At least.
        min: Number = "min",
        /// At most.
        max: Number = "max",
    }
}

model! {
    /// A place.
    pub struct Location {
        /// Its name.
        name: String = "name",
        /// Its country as given.
        country: String = "country",
    }
}

model! {
    /// Time at a school.
    pub struct Education {
        /// The degree.
        degree: String = "degree",
        /// The subject.
        field_study: String = "field_study",
        /// The grade.
        grade: Text = "grade",
        /// Where.
        school: School = "school",
        /// In own words.
        description: String = "description",
        /// From when to when.
        time_period: TimePeriod = "time_period",
        /// Activities beside the studies, in own words.
        activities: String = "activities",
    }
}

model! {
    /// A school.
    pub struct School {
        /// Its name.
        name: String = "name",
        /// Address of its logo. Unsafe until checked.
        logo_url: String = "logo_url",
    }
}

model! {
    /// Something published.
    pub struct Publication {
        /// Its title.
        name: String = "name",
        /// Who published it.
        publisher: String = "publisher",
        /// In own words.
        description: String = "description",
        /// Its address. Unsafe until checked.
        url: String = "url",
        /// When.
        date: PartialDate = "date",
    }
}

model! {
    /// A certificate.
    pub struct Certification {
        /// Its name.
        name: String = "name",
        /// Its number.
        id: Text = "id",
        /// Its address. Unsafe until checked.
        url: String = "url",
        /// Who gave it.
        authority: String = "authority",
        /// From when to when it is valid.
        time_period: TimePeriod = "time_period",
    }
}

model! {
    /// Voluntary work.
    pub struct VolunteerExperience {
        /// As what.
        role: String = "role",
        /// For whom.
        organization: String = "organization",
        /// For what.
        cause: String = "cause",
        /// In own words.
        description: String = "description",
        /// From when to when.
        time_period: TimePeriod = "time_period",
    }
}

model! {
    /// An honor.
    pub struct Honor {
        /// Its name.
        title: String = "title",
        /// Who gave it.
        issuer: String = "issuer",
        /// In own words.
        description: String = "description",
        /// When.
        date: PartialDate = "date",
    }
}

model! {
    /// A project.
    pub struct Project {
        /// Its name.
        title: String = "title",
        /// In own words.
        description: String = "description",
        /// Its address. Unsafe until checked.
        url: String = "url",
        /// From when to when.
        time_period: TimePeriod = "time_period",
    }
}

model! {
    /// A stretch of time; without an end it goes on.
    pub struct TimePeriod {
        /// When it began.
        start_date: PartialDate = "start_date",
        /// When it ended.
        end_date: PartialDate = "end_date",
    }
}

model! {
    /// A date, as far as it is known. Each part comes as a number or as text.
    pub struct PartialDate {
        /// Day of the month, 1 to 31.
        day: Text = "day",
        /// Month, 1 to 12.
        month: Text = "month",
        /// Year.
        year: Text = "year",
    }
}
