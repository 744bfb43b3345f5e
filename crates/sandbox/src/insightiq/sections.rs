//! The seven sections about a person's background: absent in the documented answer, null in recorded ones, and here once
//! filled as the vendor's models describe them.

use crate::json::{Json, Object};

const NAMES: &[&str] = &[
    "work_experiences",
    "education",
    "publications",
    "certifications",
    "volunteer_experiences",
    "honors",
    "projects",
];

/// All null.
pub(crate) fn null(object: Object) -> Object {
    NAMES.iter().fold(object, |object, name| object.with(*name, Json::Null))
}

/// All filled.
pub(crate) fn full(object: Object) -> Object {
    object
        .with("work_experiences", work())
        .with("education", education())
        .with("publications", publications())
        .with("certifications", certifications())
        .with("volunteer_experiences", volunteering())
        .with("honors", honors())
        .with("projects", projects())
}

fn month(year: i64, month: i64) -> Object {
    Object::new().with("month", month).with("year", year)
}

/// The vendor's model has this year as text.
fn month_of_text_year(year: &'static str, month: i64) -> Object {
    Object::new().with("month", month).with("year", year)
}

fn period(start: Object, end: Option<Object>) -> Object {
    Object::new().with("start_date", start).with("end_date", end)
}

fn work() -> Json {
    let company = Object::new()
        .with("name", "Invented Instruments")
        .with("industries", Json::list(["Music", "Manufacturing"]))
        .with("logo_url", "https://img.example/companies/invented.png")
        .with("employee_count", Object::new().with("min", 51_i64).with("max", 200_i64));
    let now = Object::new()
        .with("title", "Head of Percussion")
        .with("company", company)
        .with("description", "Everything that is hit.")
        .with("time_period", period(month_of_text_year("2019", 4), None))
        .with("location", Object::new().with("name", "Lyon").with("country", "FR"));
    Json::list([now])
}

fn education() -> Json {
    let school = Object::new()
        .with("name", "University of Nowhere")
        .with("logo_url", "https://img.example/schools/nowhere.png");
    Json::list([Object::new()
        .with("degree", "MSc")
        .with("field_study", "Acoustics")
        .with("grade", "1.3")
        .with("school", school)
        .with("description", Json::Null)
        .with("time_period", period(month(2010, 10), Some(month(2015, 7))))
        .with("activities", "Brass band")])
}

fn publications() -> Json {
    Json::list([Object::new()
        .with("name", "On the Sound of Cardboard")
        .with("publisher", "Journal of Invented Results")
        .with("description", "A study in four boxes.")
        .with("url", "https://journal.example/cardboard")
        .with(
            "date",
            Object::new()
                .with("day", 3_i64)
                .with("month", 5_i64)
                .with("year", 2021_i64),
        )])
}

fn certifications() -> Json {
    let end = Object::new().with("month", "6").with("year", 2027_i64);
    Json::list([Object::new()
        .with("name", "Certified Tuner")
        .with("id", "CT-0042")
        .with("url", "https://certificates.example/CT-0042")
        .with("authority", "Guild of Tuners")
        .with("time_period", period(month(2022, 6), Some(end)))])
}

fn volunteering() -> Json {
    Json::list([Object::new()
        .with("role", "Drum teacher")
        .with("organization", "Noise for All")
        .with("cause", "CHILDREN")
        .with("description", "Saturdays.")
        .with("time_period", period(month(2018, 1), None))])
}

fn honors() -> Json {
    Json::list([Object::new()
        .with("title", "Golden Stick")
        .with("issuer", "City of Nowhere")
        .with("description", Json::Null)
        .with("date", month(2023, 11))])
}

fn projects() -> Json {
    Json::list([Object::new()
        .with("title", "The Cardboard Orchestra")
        .with("description", "Forty players, no metal.")
        .with("url", "https://orchestra.example")
        .with("time_period", period(month(2020, 2), Some(month(2024, 9))))])
}
