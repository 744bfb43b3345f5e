//! The program itself: what it prints, what it logs, and when it refuses to start.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use crate::upstream::{Upstream, answer, json};
use crate::world::{CANARIES, KEY, PASSWORD, PROFILE_KEY, Reply, config, read};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_roster-proxy");

/// A running program, ended when dropped.
pub(crate) struct Program {
    child: Child,
    first_line: String,
    pub(crate) port: u16,
}

impl Program {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first_line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut first_line)
            .unwrap();
        let port = first_line.trim().rsplit(':').next().unwrap().parse().unwrap();
        Self {
            child,
            first_line,
            port,
        }
    }

    pub(crate) fn send(&self, request: &str) -> Reply {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        read(socket)
    }

    pub(crate) fn get(&self, target: &str, headers: &str) -> Reply {
        let port = self.port;
        self.send(&format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    /// Reads its log until a line with this word.
    pub(crate) fn log_until(&mut self, word: &str) -> String {
        let mut seen = String::new();
        for line in BufReader::new(self.child.stderr.as_mut().unwrap()).lines() {
            let line = line.unwrap();
            seen.push_str(&line);
            seen.push('\n');
            if line.contains(word) {
                return seen;
            }
        }
        panic!("it ended before it said {word}: {seen}");
    }

    /// Sends it a signal: `HUP`, `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Its process id.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until nobody can connect any more.
    pub(crate) fn wait_until_closed(&self) {
        // Another process closes its listener; there is nothing to wait on but asking.
        while TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
            std::thread::yield_now();
        }
    }

    /// Waits until it ends by itself.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Everything that it wrote after the first line.
    pub(crate) fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut text = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn proxy() -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["--listen", "127.0.0.1:0"]);
    command
}

pub(crate) fn config_file(name: &str, text: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("roster-program-{}-{name}.toml", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn it_prints_one_line_with_the_real_port() {
    let program = Program::start(&mut proxy());
    assert_eq!(
        program.first_line,
        format!("Roster is at http://127.0.0.1:{}\n", program.port)
    );
    assert_eq!(program.get("/healthz", "").status(), 200);
    let by_name = Program::start(Command::new(PROGRAM).args(["serve", "--listen", "127.0.0.1:0", "--profiles", "8"]));
    assert_eq!(by_name.get("/api/v1/upsun/profiles", "").status(), 200);
}

#[test]
fn no_key_is_in_any_answer_or_in_the_log_at_its_loudest() {
    let upstream = Upstream::start();
    let echo = format!(r#"{{"status":"error","code":102,"message":"{KEY} {PROFILE_KEY} {PASSWORD}"}}"#);
    upstream.expect("/api/profiles?title=jane%40example.com", json(r#"{"profiles":[]}"#));
    upstream.expect(
        "/api/user",
        answer(
            "403 X",
            &format!("content-type: application/json\r\nwww-authenticate: {KEY}\r\n"),
            &echo,
        ),
    );
    upstream.expect(
        "/iq/v1/profiles",
        answer("302 X", &format!("location: http://127.0.0.1:9/{PASSWORD}\r\n"), ""),
    );
    upstream.expect("/up/profiles", json(&format!(r#"{{"profiles":[],"key":"{KEY}"}}"#)));
    let file = config_file("canary", &config(upstream.port));
    let mut command = proxy();
    command
        .env("ROSTER_LOG", "trace")
        .env("KEY", KEY)
        .env("USER", "client-id");
    command
        .env("PASSWORD", PASSWORD)
        .env("PROFILE", PROFILE_KEY)
        .arg("--config")
        .arg(&file);
    let program = Program::start(&mut command);
    let mut transcript = String::new();
    for target in [
        "/api/v1/ayrshare/profiles?title=jane%40example.com",
        "/api/v1/ayrshare/user?profile=brand-a",
        "/api/v1/insightiq/profiles",
        "/api/v1/upsun/profiles",
        "/api/v1/sources",
        "/readyz",
        "/api/v1/upsun/profiles?token=CANARY-in-the-query",
        "/nothing%0aCANARY-in-the-path",
    ] {
        transcript.push_str(&program.get(target, "Authorization: Bearer CANARY-of-a-client\r\n").text);
    }
    let log = program.end();
    std::fs::remove_file(file).unwrap();
    assert_eq!(upstream.heads().len(), 4);
    assert_eq!(transcript.matches("HTTP/1.1 ").count(), 8);
    assert!(log.matches("\"answered\"").count() >= 8, "{log}");
    for canary in CANARIES {
        assert!(!transcript.contains(canary), "{transcript}");
    }
    let own_lines: Vec<&str> = log.lines().filter(|line| !line.contains("hyper")).collect();
    for line in own_lines {
        for word in ["CANARY", "jane", "example.com"] {
            assert!(!line.contains(word), "{line}");
        }
    }
    for secret in [KEY, PASSWORD, PROFILE_KEY, crate::world::BASIC] {
        assert!(!log.contains(secret), "{log}");
    }
}

fn refused(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert_eq!(status.code(), Some(2), "{}", String::from_utf8_lossy(&stderr));
    assert!(stdout.is_empty(), "it does not say that it runs");
    String::from_utf8(stderr).unwrap()
}

#[test]
fn a_bad_configuration_refuses_to_start_and_names_the_line() {
    for (name, text, expected) in [
        (
            "missing",
            "[upsun]\nkey_env = \"ROSTER_TEST_UNSET\"\n",
            ":2: expected the environment variable ROSTER_TEST_UNSET, which is not set",
        ),
        (
            "quoted",
            "[upsun]\nkey_env = \"QUOTED\"\n",
            ":2: expected the key without quotes",
        ),
        (
            "scheme",
            "[upsun]\nkey_env = \"SCHEME\"\n",
            ":2: expected the key alone, found the name of the scheme before it",
        ),
        (
            "lines",
            "[upsun]\nkey_env = \"LINES\"\n",
            ":2: expected a key on one line, found a line end in it",
        ),
        (
            "no-file",
            "[upsun]\nkey_file = \"no-such-file\"\n",
            ":2: expected a secret in the file ",
        ),
        (
            "unknown",
            "[upsun]\nkey_env = \"GOOD\"\nkee = 1\n",
            ":3: expected one of ",
        ),
        (
            "http",
            "[upsun]\nkey_env = \"GOOD\"\nbase_url = \"http://example.com\"\n",
            ":3: expected an https URL with a host name at upsun.base_url",
        ),
    ] {
        let file = config_file(name, text);
        let mut command = proxy();
        command
            .env("QUOTED", format!("'{KEY}'"))
            .env("SCHEME", format!("Bearer {KEY}"));
        command
            .env("LINES", format!("{KEY}\n"))
            .env("GOOD", KEY)
            .arg("--config")
            .arg(&file);
        let said = refused(&mut command);
        std::fs::remove_file(&file).unwrap();
        let start = format!("roster-proxy: {}{expected}", file.display());
        assert!(said.starts_with(&start), "{said}");
        assert!(!said.contains("CANARY"), "{said}");
    }
    let said = refused(proxy().args(["--config", "no-such-file.toml"]));
    assert!(said.contains("expected a configuration at no-such-file.toml"), "{said}");
}

#[test]
fn an_open_address_refuses_to_start() {
    let said = refused(Command::new(PROGRAM).args(["--listen", "0.0.0.0:0"]));
    assert!(
        said.contains("expected a loopback address for --listen, found 0.0.0.0:0"),
        "{said}"
    );
    let file = config_file("believed", "[access]\ntrusted_proxies = [\"10.0.0.2\"]\n");
    let said = refused(
        Command::new(PROGRAM)
            .args(["--listen", "[::]:0", "--config"])
            .arg(&file),
    );
    std::fs::remove_file(&file).unwrap();
    assert!(
        said.contains("expected a loopback address"),
        "to believe a proxy lets nobody in: {said}"
    );
    let said = refused(Command::new(PROGRAM).args(["--fault", "acme/x:html"]));
    assert!(said.contains("unknown route"), "{said}");
}

#[test]
fn an_open_address_starts_where_strangers_are_asked() {
    for (name, access) in [
        ("token", "[access.tokens]\nci = { env = \"TOKEN\" }\n"),
        (
            "login",
            "[access]\ntrusted_proxies = [\"10.0.0.2\"]\nuser_header = \"x-forwarded-user\"\n",
        ),
    ] {
        let file = config_file(name, access);
        let mut command = Command::new(PROGRAM);
        command.args(["--listen", "0.0.0.0:0", "--config"]).arg(&file);
        let program = Program::start(command.env("TOKEN", "CANARY-TOKEN-0123456789abcdef0123"));
        std::fs::remove_file(&file).unwrap();
        assert!(program.get("/api/v1/sources", "").status() >= 401);
        assert_eq!(program.get("/healthz", "").status(), 200);
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_in_order() {
    let mut program = Program::start(&mut proxy());
    program.signal("TERM");
    assert_eq!(program.exit_code(), Some(0));
}

/// Whether a program that dies of a signal that dumps core left one, where cores are allowed as far as they can be.
#[cfg(target_os = "linux")]
fn dumps_core(mut program: Program) -> bool {
    use std::os::unix::process::ExitStatusExt;
    program.signal("ABRT");
    let ended = program.child.wait().unwrap();
    assert_eq!(ended.signal(), Some(6));
    ended.core_dumped()
}

/// A shell that allows cores as far as it may and then does this, in a folder of its own.
#[cfg(target_os = "linux")]
fn with_cores_allowed(folder: &std::path::Path, words: &str) -> Program {
    let line = format!("ulimit -S -c $(ulimit -H -c); {words}");
    Program::start(Command::new("sh").args(["-c", &line]).current_dir(folder))
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_is_left_that_could_hold_a_key() {
    let folder = std::env::temp_dir().join(format!("roster-core-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let start = |more: &str| {
        let words = format!("exec {PROGRAM} --listen 127.0.0.1:0 {more}");
        with_cores_allowed(&folder, &words)
    };
    let program = start("");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", program.id())).unwrap();
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    let words: Vec<&str> = line.split_whitespace().skip(4).take(2).collect();
    assert_eq!(words, ["0", "0"], "neither it nor a child of it may dump");
    assert!(!dumps_core(program));
    // The same end with the guard off leaves a core wherever this machine lets any program leave one.
    let this_machine_dumps = dumps_core(with_cores_allowed(&folder, "echo at :1; exec sleep 60"));
    assert_eq!(dumps_core(start("--debuggable")), this_machine_dumps);
    std::fs::remove_dir_all(&folder).unwrap();
}
