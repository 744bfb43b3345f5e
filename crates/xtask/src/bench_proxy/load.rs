//! One run of wrk against one contestant, and what it cost.

use std::path::Path;

use super::child::Listening;
use crate::Outcome;
use crate::process::Program;

/// What a run showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Load {
    pub(crate) requests_per_s: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) cpu_s_per_1000: f64,
    pub(crate) peak_mib: f64,
}

impl Load {
    pub(crate) fn run(child: &Listening, script: &Path, n_connections: u32, seconds: u32) -> Outcome<Self> {
        let before_s = child.cpu_s()?;
        let wrk = Program::new("wrk").args(["-t1", "--latency", "--timeout", "10s"]);
        let wrk = wrk
            .arg(format!("-c{n_connections}"))
            .arg(format!("-d{seconds}s"))
            .arg("-s")
            .arg(script);
        let text = wrk.arg(format!("http://127.0.0.1:{}", child.port)).text()?;
        let seen = Seen::read(&text)?;
        Ok(Self {
            requests_per_s: seen.requests_per_s,
            p50_ms: seen.p50_ms,
            p99_ms: seen.p99_ms,
            cpu_s_per_1000: (child.cpu_s()? - before_s).max(0.01) / seen.n_requests * 1000.0,
            peak_mib: child.peak_mib()?,
        })
    }

    /// The middle of each figure, and the largest memory.
    pub(crate) fn median(loads: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = loads.iter().map(of).collect();
            figures.sort_by(f64::total_cmp);
            figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
        };
        Self {
            requests_per_s: middle(|load| load.requests_per_s),
            p50_ms: middle(|load| load.p50_ms),
            p99_ms: middle(|load| load.p99_ms),
            cpu_s_per_1000: middle(|load| load.cpu_s_per_1000),
            peak_mib: loads.iter().map(|load| load.peak_mib).fold(0.0, f64::max),
        }
    }
}

/// What wrk says.
#[derive(Debug, PartialEq)]
struct Seen {
    requests_per_s: f64,
    p50_ms: f64,
    p99_ms: f64,
    n_requests: f64,
}

impl Seen {
    /// Reads wrk's report. Answers that are no data make it worthless.
    fn read(text: &str) -> Outcome<Self> {
        if let Some(line) = text
            .lines()
            .find(|line| line.contains("Non-2xx") || line.contains("Socket errors"))
        {
            return Err(format!("expected nothing but data, wrk says: {}", line.trim()));
        }
        let after = |name: &str| {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
            line.map(str::trim)
                .ok_or_else(|| format!("expected a line with {name} of wrk, found {text}"))
        };
        let total = text.lines().find(|line| line.contains(" requests in "));
        let n_requests = total.and_then(|line| line.split_whitespace().next()?.parse().ok());
        Ok(Self {
            requests_per_s: after("Requests/sec:")?
                .parse()
                .map_err(|_| "cannot read the rate of wrk")?,
            p50_ms: milliseconds(after("50%")?)?,
            p99_ms: milliseconds(after("99%")?)?,
            n_requests: n_requests.ok_or("cannot read the count of wrk")?,
        })
    }
}

/// `59.00us`, `1.34ms`, `2.00s`.
fn milliseconds(text: &str) -> Outcome<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    let read = |(unit, factor): (&str, f64)| Some(text.strip_suffix(unit)?.parse::<f64>().ok()? * factor);
    units
        .into_iter()
        .find_map(read)
        .ok_or_else(|| format!("expected a time of wrk, found `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "Running 2s test @ http://127.0.0.1:1
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.50ms  440.10us   9.87ms   91.01%
    Req/Sec    21.21k     1.04k   22.71k    75.00%
  Latency Distribution
     50%    1.34ms
     75%    1.61ms
     90%    1.91ms
     99%  980.00us
  42209 requests in 2.00s, 92.20MB read
Requests/sec:  21082.31
Transfer/sec:     46.05MB
";

    #[test]
    fn a_report_is_read() {
        let seen = Seen::read(REPORT).unwrap();
        let wanted = Seen {
            requests_per_s: 21082.31,
            p50_ms: 1.34,
            p99_ms: 0.98,
            n_requests: 42209.0,
        };
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_report_with_errors_counts_nothing() {
        let sentence = Seen::read(&format!("{REPORT}  Non-2xx or 3xx responses: 7\n")).unwrap_err();
        assert!(sentence.ends_with("Non-2xx or 3xx responses: 7"), "{sentence}");
        assert!(Seen::read("nonsense").is_err());
    }
}
