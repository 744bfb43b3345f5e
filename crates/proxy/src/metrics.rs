//! What is counted, for Prometheus. Labels are route templates, providers, statuses and words of ours: what a client
//! chose is never one, so that the number of series is bounded and no profile's data is in them.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use roster_core::Problem;
use roster_gateway::Refusal;

use crate::log::RouteName;

/// Upper ends of the buckets of durations, in seconds: an answer from memory, from an API nearby, and up to the limits.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// The media type of the text.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    request_seconds: Family<OnRoute, Histogram>,
    /// Requests that are being answered now.
    pub(crate) in_flight: Gauge,
    /// Connections of clients that are open now.
    pub(crate) connections: Gauge,
    refused: Family<Reason, Counter>,
    reloads: Family<Outcome, Counter>,
    upstream: Family<OnTheWay, Counter>,
    waits: Family<Provider, Gauge>,
    kept_bytes: Gauge,
    kept_answers: Gauge,
}

/// What happened on the way to a source: its name and how often.
pub(crate) type Count = (&'static str, &'static str, u64);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OnTheWay {
    provider: &'static str,
    event: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Provider {
    provider: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: RouteName,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OnRoute {
    route: RouteName,
}

impl EncodeLabelValue for RouteName {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        write!(encoder, "{self}")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("roster");
        let requests = Family::default();
        registry.register(
            "requests",
            "Requests that were answered, refused ones included",
            requests.clone(),
        );
        let request_seconds = Family::new_with_constructor(seconds as fn() -> Histogram);
        registry.register_with_unit(
            "request",
            "Time from a request's head to its answer's head",
            Unit::Seconds,
            request_seconds.clone(),
        );
        let in_flight = gauge(&mut registry, "requests_in_flight", "Requests that are being answered");
        let connections = gauge(&mut registry, "connections", "Open connections of clients");
        let refused = Family::default();
        registry.register("refused", "Requests that were not let in", refused.clone());
        let reloads = Family::default();
        registry.register(
            "reloads",
            "Times that the configuration was read again",
            reloads.clone(),
        );
        let upstream = Family::default();
        registry.register(
            "upstream",
            "On the way to a source: answers kept and fresh (hits), not there (misses) or in place of an error (stale), \
             requests and those of them that were tries again (retries), refusals without one (held, shed)",
            upstream.clone(),
        );
        let waits = Family::default();
        registry.register(
            "upstream_wait_milliseconds",
            "How long a source is left alone because it asked to wait or kept failing",
            waits.clone(),
        );
        let kept_bytes = gauge(
            &mut registry,
            "kept_bytes",
            "What the answers take that are kept, of all sources",
        );
        let kept_answers = gauge(&mut registry, "kept_answers", "Answers that are kept, of all sources");
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", version);
        Self {
            registry,
            requests,
            request_seconds,
            in_flight,
            connections,
            refused,
            reloads,
            upstream,
            waits,
            kept_bytes,
            kept_answers,
        }
    }

    /// A request was not let in.
    pub(crate) fn refused(&self, refusal: &Refusal) {
        let slug = refusal.problem.problem_type.strip_prefix(Problem::TYPE_PREFIX);
        let reason = slug.unwrap_or_default().to_owned();
        self.refused.get_or_create(&Reason { reason }).inc();
    }

    /// A request was answered.
    pub(crate) fn answered(&self, route: RouteName, status: u16, ms: f64) {
        self.requests.get_or_create(&Answered { route, status }).inc();
        self.request_seconds
            .get_or_create(&OnRoute { route })
            .observe(ms / 1000.0);
    }

    /// The configuration was read again.
    pub(crate) fn reloaded(&self, is_taken: bool) {
        let outcome = if is_taken { "taken" } else { "refused" };
        self.reloads.get_or_create(&Outcome { outcome }).inc();
    }

    /// Takes in what the sources have counted, and how long each is left alone, in milliseconds.
    pub(crate) fn on_the_way(&self, counts: &[Count], waits_ms: &[(&'static str, u64)]) {
        for (provider, event, value) in counts {
            let counter = self.upstream.get_or_create(&OnTheWay { provider, event });
            counter.inner().store(*value, Ordering::Relaxed);
        }
        for (provider, ms) in waits_ms {
            self.waits.get_or_create(&Provider { provider }).set(whole(*ms));
        }
    }

    /// Takes in what the answers that are kept take, in bytes, and their number.
    pub(crate) fn keeps(&self, (bytes, n_answers): (u64, u64)) {
        self.kept_bytes.set(whole(bytes));
        self.kept_answers.set(whole(n_answers));
    }

    /// All of it as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            // Writing to memory fails only if a value cannot say itself.
            let _ = writeln!(text, "# bug: a value could not be written");
        }
        text
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

fn gauge(registry: &mut Registry, name: &str, help: &str) -> Gauge {
    let gauge = Gauge::<i64, std::sync::atomic::AtomicI64>::default();
    registry.register(name, help, gauge.clone());
    gauge
}

/// Something that is counted while it lasts.
pub(crate) struct While(Gauge);

impl While {
    pub(crate) fn counted(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for While {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Names for requests, unique over restarts as long as the clock does not stand still.
pub(crate) struct RequestIds {
    start_ms: i64,
    n_given: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new(start_ms: i64) -> Self {
        Self {
            start_ms,
            n_given: AtomicU64::new(0),
        }
    }

    /// The next one: hex digits and a dash.
    pub(crate) fn next(&self) -> String {
        let n = self.n_given.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        format!("{:x}-{n:x}", self.start_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_in_the_text() {
        let metrics = Metrics::new();
        let route = RouteName::Own("/api/v1/upsun/profiles");
        metrics.answered(route, 200, 1.5);
        metrics.answered(route, 200, 3.0);
        metrics.reloaded(false);
        metrics.refused(&roster_gateway::cause::CLIENT_LIMIT.refusal("x"));
        metrics.keeps((2048, 2));
        let during = While::counted(&metrics.in_flight);
        let text = metrics.text();
        for line in [
            "roster_requests_total{route=\"/api/v1/upsun/profiles\",status=\"200\"} 2",
            "roster_request_seconds_bucket{le=\"0.0025\",route=\"/api/v1/upsun/profiles\"} 1",
            "roster_request_seconds_count{route=\"/api/v1/upsun/profiles\"} 2",
            "roster_requests_in_flight 1",
            "roster_connections 0",
            "roster_kept_bytes 2048",
            "roster_kept_answers 2",
            "roster_refused_total{reason=\"client-limit\"} 1",
            "roster_reloads_total{outcome=\"refused\"} 1",
            concat!("roster_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        drop(during);
        assert!(metrics.text().contains("roster_requests_in_flight 0\n"));
    }

    #[test]
    fn no_two_requests_have_one_name() {
        let ids = RequestIds::new(0x1f);
        assert_eq!((ids.next(), ids.next()), ("1f-0".to_owned(), "1f-1".to_owned()));
    }
}
