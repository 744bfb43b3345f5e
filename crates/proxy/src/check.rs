//! `roster-proxy check`: asks each source once with each of its keys, and says what is wrong and where.

use std::fmt::Write;
use std::path::Path;

use axum::body::to_bytes;
use axum::response::Response;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use roster_core::{Info, Problem, Provider, Source as Described, provider};
use roster_gateway::{API_ROOT, Limits};

use crate::api;
use crate::clock::Watch;
use crate::log::Note;
use crate::site::Site;

/// Most of a problem that is read, in bytes.
const PROBLEM_BYTES: usize = 64 * 1024;

/// What was found.
pub struct Report {
    /// For people, without a secret.
    pub text: String,
    /// Whether every source gave data.
    pub is_good: bool,
}

/// One question to one source.
struct Question {
    target: String,
    /// The alias whose key is tried.
    profile: Option<String>,
}

impl Site {
    /// Tries every source. `file` is the configuration, for messages.
    pub async fn check(&self, file: &Path) -> Report {
        let mut report = Report {
            text: self.access(),
            is_good: true,
        };
        let described = self.book.describe().sources;
        for source in described.iter().filter(|source| source.is_ready) {
            report.source(self, source, file).await;
        }
        let absent: Vec<&str> = described
            .iter()
            .filter(|source| !source.is_ready)
            .map(|source| source.provider.as_str())
            .collect();
        if absent.len() == described.len() {
            report.is_good = false;
            report.line(&format!(
                "expected a section such as [{}] in {}, found none",
                absent.join("], ["),
                file.display()
            ));
        } else if !absent.is_empty() {
            report.line(&format!(
                "without a section, so without a source: {}",
                absent.join(", ")
            ));
        }
        report
    }

    /// Who may ask, in a line or two.
    fn access(&self) -> String {
        let asked = if self.is_guarded() {
            "access: strangers are asked for a token or a login, so any address may be listened on\n"
        } else {
            "access: nobody is asked, so only loopback may be listened on\n"
        };
        let mut text = asked.to_owned();
        if self.has_tls() {
            text.push_str("tls: certificate and key belong together\n");
        }
        text
    }
}

impl Report {
    fn line(&mut self, line: &str) {
        // Writing to memory does not fail.
        let _ = writeln!(self.text, "{line}");
    }

    async fn source(&mut self, site: &Site, source: &Described, file: &Path) {
        let Some(info) = provider(&source.provider).map(Provider::info) else {
            return;
        };
        self.line(&format!("\n{} ({})", source.title, source.environment));
        for question in questions(info, source) {
            let what = question
                .profile
                .as_ref()
                .map_or("the key".to_owned(), |alias| format!("the profile key {alias}"));
            let watch = Watch::start();
            let (path, query) = question.target.split_once('?').unwrap_or((&question.target, ""));
            let (headers, mut note) = (HeaderMap::new(), Note::default());
            let response = api::respond(&site.book, Limits::default(), path, Some(query), &headers, &mut note).await;
            match problem(response).await {
                None => self.line(&format!("  ok      {what} is taken, data came in {:.0} ms", watch.ms())),
                Some(problem) if problem.code == "rate_limited" => {
                    self.line(&format!(
                        "  ok      {what} is taken, but the API wants a pause: {}",
                        problem.message
                    ));
                }
                Some(problem) => {
                    self.is_good = false;
                    self.line(&format!("  FAILED  {what}: {}", problem.message));
                    self.line(&format!(
                        "          {}",
                        advice(&problem, source, question.profile.as_deref(), site.line(info.id), file)
                    ));
                }
            }
        }
    }
}

/// The first page with the main key, and one small question with each profile key.
fn questions(info: &Info, source: &Described) -> Vec<Question> {
    let of = |name: &str| format!("{API_ROOT}{}/{name}", info.id);
    let first = info.routes.first().map(|route| Question {
        target: of(route.name),
        profile: None,
    });
    let small = info.routes.iter().find(|route| route.takes_profile);
    let profiles = small.into_iter().flat_map(|route| {
        source.profiles.iter().map(move |alias| Question {
            target: format!("{}?profile={alias}", of(route.name)),
            profile: Some(alias.clone()),
        })
    });
    first.into_iter().chain(profiles).collect()
}

/// The problem that an answer is, if it is one.
async fn problem(response: Response) -> Option<Problem> {
    let is_problem = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|value| value == Problem::MEDIA_TYPE);
    if !is_problem {
        return None;
    }
    let body = to_bytes(response.into_body(), PROBLEM_BYTES).await.unwrap_or_default();
    Some(Problem::parse(&String::from_utf8_lossy(&body)).unwrap_or_default())
}

/// What to do about it, and where.
fn advice(problem: &Problem, source: &Described, alias: Option<&str>, line: usize, file: &Path) -> String {
    let section = match alias {
        Some(alias) => format!("{alias} below [{}.profiles]", source.provider),
        None => format!("[{}]", source.provider),
    };
    let place = format!("{section}, {}:{line}", file.display());
    match problem.code.as_str() {
        "unauthorized" | "forbidden" => {
            format!(
                "the API did not take this key: is it whole, of the environment \"{}\", still valid? See {place}",
                source.environment
            )
        }
        "network" => format!("nothing answered: is the address right, and may this machine reach it? See {place}"),
        "timeout" => format!("the API took too long: try again; if it stays so, see {place}"),
        "decode" => format!("something answered that is not this API: is the address right? See {place}"),
        "rate_limited" => "the API wants a pause: try again later".to_owned(),
        _ => format!("the API failed or refused the question: see {place}"),
    }
}
