//! What whoever runs it sees: metrics on a listener of their own, and one log line a request.

use std::io::Write;
use std::net::TcpStream;
use std::process::Command;

use crate::program::{PROGRAM, Program, config_file, proxy};
use crate::upstream::{Act, Upstream, json};
use crate::world::{API_TOKEN, KEY, PASSWORD, PROFILE_KEY, Reply, config, read};

/// A program with a listener for metrics, and that listener's port.
fn monitored(more: &[&str]) -> (Program, u16) {
    let mut program = Program::start(proxy().args(["--metrics", "127.0.0.1:0", "--log", "json"]).args(more));
    let log = program.log_until("metrics are at");
    let address = log
        .split("\"address\":\"127.0.0.1:")
        .nth(1)
        .unwrap_or_else(|| panic!("{log}"));
    let port = address.split('"').next().unwrap().parse().unwrap();
    (program, port)
}

fn get(port: u16, target: &str, host: &str) -> Reply {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        socket,
        "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    read(socket)
}

#[test]
fn requests_are_counted_by_template_and_status() {
    let (program, port) = monitored(&["--profiles", "8"]);
    for target in [
        "/api/v1/upsun/profiles?name=jane%40example.com",
        "/api/v1/upsun/profiles",
        "/api/v1/none/x",
    ] {
        program.get(target, "");
    }
    let metrics = get(port, "/metrics", &format!("127.0.0.1:{port}"));
    assert_eq!(metrics.status(), 200);
    assert!(
        metrics
            .header("content-type")
            .unwrap()
            .starts_with("application/openmetrics-text")
    );
    let has = |line: &str| {
        let found = metrics.body().lines().any(|found| found == line);
        assert!(found, "{line} in {}", metrics.body());
    };
    has("roster_requests_total{route=\"/api/v1/upsun/profiles\",status=\"200\"} 1");
    has("roster_requests_total{route=\"/api/v1/upsun/profiles\",status=\"400\"} 1");
    has("roster_requests_total{route=\"-\",status=\"404\"} 1");
    has("roster_requests_in_flight 0");
    has("roster_upstream_total{provider=\"upsun\",event=\"requests\"} 1");
    has("roster_upstream_total{provider=\"upsun\",event=\"retries\"} 0");
    has("roster_upstream_wait_milliseconds{provider=\"upsun\"} 0");
    has("roster_kept_answers 0");
    assert!(!metrics.body().contains("jane") && !metrics.body().contains("none"));
    assert!(metrics.body().ends_with("# EOF\n"), "{}", metrics.body());
}

#[test]
fn metrics_are_not_on_the_public_listener_and_not_for_pages() {
    let (program, port) = monitored(&[]);
    assert_eq!(program.get("/metrics", "").status(), 404);
    assert_eq!(get(port, "/metrics", "evil.example").status(), 421);
    assert_eq!(get(port, "/api/v1/sources", &format!("localhost:{port}")).status(), 404);
    let open = Command::new(PROGRAM).args(["--metrics", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(open.status.code(), Some(2));
    let said = String::from_utf8(open.stderr).unwrap();
    assert!(
        said.contains("expected a loopback address for --metrics, found 0.0.0.0:0"),
        "{said}"
    );
}

#[test]
fn a_line_says_what_was_answered_and_not_to_whom() {
    let file = config_file(
        "log",
        "[access.tokens]\nlaptop = { env = \"TOKEN\" }\n[upsun]\nsource = \"sandbox\"\n",
    );
    let mut command = proxy();
    command.args(["--log", "json", "--config"]).arg(&file);
    let program = Program::start(command.env("TOKEN", "CANARY-TOKEN-0123456789abcdef0123"));
    let token = "Authorization: Bearer CANARY-TOKEN-0123456789abcdef0123\r\n";
    let replies = [
        program.get("/api/v1/upsun/profiles?limit=CANARY", token),
        program.get("/api/v1/upsun/profiles", token),
        program.get("/api/v1/upsun/profiles", ""),
    ];
    let log = program.end();
    std::fs::remove_file(file).unwrap();
    assert!(!log.contains("CANARY"), "{log}");
    let lines = log.lines().filter(|line| line.contains("\"answered\""));
    let lines: Vec<serde_json::Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let field = |name: &str| lines.iter().map(|line| line[name].clone()).collect::<Vec<_>>();
    assert_eq!(field("status"), [400, 200, 401]);
    assert_eq!(
        field("token"),
        ["laptop".into(), "laptop".into(), serde_json::Value::Null]
    );
    let ids: Vec<_> = replies
        .iter()
        .map(|reply| reply.header("roster-request-id").unwrap())
        .collect();
    assert_eq!(field("id"), ids, "what a client saw is in the log");
    assert_eq!(lines[1]["route"], "/api/v1/upsun/profiles");
    assert!(lines[1]["ms"].is_number());
}

/// The program before that API, which writes its log as JSON.
fn logging(name: &str, upstream: &Upstream) -> Program {
    let file = config_file(name, &config(upstream.port));
    let mut command = proxy();
    command
        .env("KEY", KEY)
        .env("USER", "client-id")
        .env("PASSWORD", PASSWORD);
    command.env("PROFILE", PROFILE_KEY).env("API_TOKEN", API_TOKEN);
    let program = Program::start(command.args(["--log", "json", "--config"]).arg(&file));
    std::fs::remove_file(file).unwrap();
    program
}

#[test]
fn a_line_says_what_the_api_answered_and_how_long_that_took() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", json(r#"{"profiles":[]}"#));
    let program = logging("log-upstream", &upstream);
    for target in [
        "/api/v1/upsun/profiles",
        "/api/v1/upsun/profiles",
        "/api/v1/upsun/profiles?x=y",
        "/healthz",
    ] {
        program.get(target, "");
    }
    let log = program.end();
    let lines = log.lines().filter(|line| line.contains("\"answered\""));
    let lines: Vec<serde_json::Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let has = |line: &serde_json::Value| (line["upstream_status"].as_u64(), line["upstream_ms"].is_number());
    let said: Vec<_> = lines.iter().map(has).collect();
    // The second is answered from what was kept, the last two ask nobody.
    assert_eq!(said, [(Some(200), true), (None, false), (None, false), (None, false)]);
    let took = |name: &str| lines[0][name].as_f64().unwrap();
    assert!(took("upstream_ms") <= took("ms"), "{log}");
}

#[test]
fn a_line_about_an_api_that_hung_up_has_its_time_and_no_status() {
    let upstream = Upstream::start();
    upstream.expect("/up/profiles", Act::Say(String::new()));
    let program = logging("log-broken", &upstream);
    assert_eq!(program.get("/api/v1/upsun/profiles", "").status(), 502);
    let log = program.end();
    let line = log.lines().find(|line| line.contains("\"answered\"")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["upstream_status"], serde_json::Value::Null);
    assert!(line["upstream_ms"].is_number(), "{log}");
}

#[test]
fn a_path_cannot_write_a_line_of_its_own() {
    for form in ["json", "text"] {
        let program = Program::start(proxy().args(["--log", form]));
        assert_eq!(program.get("/%0aanswered%1b[31m", "").status(), 404);
        let log = program.end();
        assert_eq!(log.lines().count(), 1, "{log}");
        assert!(!log.contains('\u{1b}'), "{log}");
    }
}
