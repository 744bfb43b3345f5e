//! The servers of `deploy/` in front of the proxy, for real where they are installed: nginx and Caddy.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use roster_gateway::Limits;

use crate::upstream::{Act, Upstream};
use crate::world::{LIMITS, Proxy, Reply, config, read};

const NGINX: &str = include_str!("../../../../deploy/nginx.conf");
const CADDY: &str = include_str!("../../../../deploy/Caddyfile");

/// `jane:open-sesame`.
const LOGIN: &str = "Authorization: Basic amFuZTpvcGVuLXNlc2FtZQ==\r\n";

/// How long a client waits for bytes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A running server with the documented configuration, without its TLS.
struct Front {
    child: Child,
    folder: PathBuf,
    port: u16,
}

/// Whether a program is on this machine.
#[expect(
    clippy::print_stderr,
    reason = "who runs the tests sees why one did nothing; CI installs the program"
)]
pub(crate) fn is_installed(program: &str, argument: &str) -> bool {
    let said = Command::new(program)
        .arg(argument)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let is_there = said.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!("skipped: {program} is not installed");
    }
    is_there
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn folder(name: &str, port: u16) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("roster-{name}-{}-{port}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

impl Front {
    /// `None` where nginx is not installed.
    fn nginx(proxy: &Proxy) -> Option<Self> {
        let port = is_installed("nginx", "-v").then(free_port)?;
        let folder = folder("nginx", port);
        std::fs::write(folder.join("htpasswd"), "jane:{PLAIN}open-sesame\n").unwrap();
        std::fs::write(folder.join("nginx.conf"), nginx_config(&folder, port, proxy.port)).unwrap();
        let nginx = || {
            let mut command = Command::new("nginx");
            command.arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf"));
            command
        };
        let tested = nginx().arg("-t").output().unwrap();
        assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
        let child = nginx().stderr(Stdio::null()).spawn().unwrap();
        Some(Self::listening(child, folder, port))
    }

    /// `None` where Caddy is not installed.
    fn caddy(proxy: &Proxy) -> Option<Self> {
        let port = is_installed("caddy", "version").then(free_port)?;
        let folder = folder("caddy", port);
        std::fs::write(folder.join("Caddyfile"), caddy_config(port, proxy.port)).unwrap();
        let caddy = |word: &str| {
            let mut command = Command::new("caddy");
            command
                .args([word, "--adapter", "caddyfile", "--config"])
                .arg(folder.join("Caddyfile"));
            command
                .env("HOME", &folder)
                .env("XDG_DATA_HOME", &folder)
                .env("XDG_CONFIG_HOME", &folder);
            command
        };
        let tested = caddy("validate").output().unwrap();
        assert!(tested.status.success(), "{}", String::from_utf8_lossy(&tested.stderr));
        let child = caddy("run")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Self::listening(child, folder, port))
    }

    fn listening(child: Child, folder: PathBuf, port: u16) -> Self {
        // Another process opens its listener; there is nothing to wait on but asking.
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::yield_now();
        }
        Self { child, folder, port }
    }

    fn send(&self, target: &str, headers: &str) -> TcpStream {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET {target} HTTP/1.1\r\nHost: roster.example\r\nConnection: close\r\n{headers}\r\n");
        socket.write_all(request.as_bytes()).unwrap();
        socket
    }

    fn get(&self, headers: &str) -> Reply {
        read(self.send("/api/v1/sources", headers))
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The documented server block in a whole configuration.
fn nginx_config(folder: &Path, port: u16, proxy_port: u16) -> String {
    assert!(NGINX.contains("listen 443 ssl;"));
    let server: Vec<String> = NGINX
        .lines()
        .filter(|line| !line.contains("ssl_certificate"))
        .map(|line| {
            line.replace("443 ssl", &format!("127.0.0.1:{port}"))
                .replace("127.0.0.1:8787", &format!("127.0.0.1:{proxy_port}"))
                .replace(
                    "/etc/nginx/roster.htpasswd",
                    &folder.join("htpasswd").display().to_string(),
                )
        })
        .collect();
    let shown = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {shown}/{name};"))
        .join("\n");
    format!(
        "daemon off; master_process off; pid {shown}/pid; error_log {shown}/log;\nevents {{}}\n\
         http {{\naccess_log off;\n{temporary}\n{}\n}}\n",
        server.join("\n")
    )
}

/// The documented site over plain HTTP, with a password that was hashed as the file says.
fn caddy_config(port: u16, proxy_port: u16) -> String {
    let hashed = Command::new("caddy")
        .args(["hash-password", "--plaintext", "open-sesame"])
        .output()
        .unwrap();
    let hash = String::from_utf8(hashed.stdout).unwrap();
    let version = Command::new("caddy").arg("version").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let numbers = version
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse::<u32>().ok());
    // Until 2.8 the login was spelled in one word.
    let is_old = numbers.take(2).collect::<Vec<_>>() < vec![2, 8];
    assert!(
        ["roster.example {", "<hash>", "127.0.0.1:8787", "\tbasic_auth {"]
            .iter()
            .all(|word| CADDY.contains(word))
    );
    let site = CADDY
        .replace(
            "roster.example {",
            &format!("http://roster.example:{port} {{\n\tbind 127.0.0.1"),
        )
        .replace("<hash>", hash.trim())
        .replace("127.0.0.1:8787", &format!("127.0.0.1:{proxy_port}"));
    let site = if is_old {
        site.replace("basic_auth {", "basicauth {")
    } else {
        site
    };
    format!("{{\n\tadmin off\n\tauto_https off\n}}\n{site}")
}

/// The access that the head of both files says.
const ACCESS: &str = "allowed_hosts = [\"roster.example\"]\n[access]\ntrusted_proxies = [\"127.0.0.1\"]\n\
                      user_header = \"X-Forwarded-User\"\n";

fn assert_login_decides(front: &Front, server: &str) {
    let reply = front.get(LOGIN);
    assert_eq!(reply.status(), 200, "{}", reply.text);
    for (name, value) in [
        ("cache-control", "private, no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(reply.header(name), Some(value), "{name} comes through as it is");
        let n_times = reply.head().to_ascii_lowercase().matches(&format!("\n{name}:")).count();
        assert_eq!(n_times, 1, "{name}");
    }
    for headers in ["", "X-Forwarded-User: jane\r\n", "Authorization: Basic amFuZTp4\r\n"] {
        let reply = front.get(headers);
        assert_eq!(reply.status(), 401, "{headers}");
        let says_so = reply.text.to_ascii_lowercase().contains(&format!("server: {server}"));
        assert!(
            says_so && reply.header("roster-request-id").is_none(),
            "the server in front refuses: {}",
            reply.text
        );
    }
    let spoofed =
        "X_Forwarded_User: root\r\nX-Forwarded-User: root\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: x\r\n";
    let reply = front.get(&format!("{LOGIN}{spoofed}"));
    assert_eq!(reply.status(), 200, "the rest of what a client says changes nothing");
}

#[test]
fn who_logs_in_at_the_documented_nginx_is_let_in_and_nobody_else() {
    let proxy = Proxy::configured(&format!("{ACCESS}[upsun]\nsource = \"sandbox\"\n"));
    if let Some(front) = Front::nginx(&proxy) {
        assert_login_decides(&front, "nginx");
    }
}

#[test]
fn who_logs_in_at_the_documented_caddy_is_let_in_and_nobody_else() {
    let proxy = Proxy::configured(&format!("{ACCESS}[upsun]\nsource = \"sandbox\"\n"));
    if let Some(front) = Front::caddy(&proxy) {
        assert_login_decides(&front, "caddy");
    }
}

/// An API that stops in the middle of a long answer: what it sent so far is there only if nobody waits for the whole.
fn assert_passes_on_what_came(front: impl Fn(&Proxy) -> Option<Front>) {
    let limits = Limits {
        body_bytes: 8 * 1024 * 1024,
        held_bytes: 1024,
        chunk_ms: 20_000,
        whole_ms: 25_000,
        ..LIMITS
    };
    let upstream = Upstream::start();
    let half = " ".repeat(2 * 1024 * 1024);
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4194304\r\n\r\n";
    upstream.expect("/api/profiles", Act::SayAndHang(format!("{head}{half}")));
    let proxy = Proxy::limited(&format!("{ACCESS}{}", config(upstream.port)), limits);
    let Some(front) = front(&proxy) else { return };
    let mut socket = front.send("/api/v1/ayrshare/profiles", LOGIN);
    let mut first = vec![0; 1024 * 1024];
    socket.read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn the_documented_nginx_passes_on_what_came_and_waits_for_no_end() {
    assert_passes_on_what_came(Front::nginx);
}

#[test]
fn the_documented_caddy_passes_on_what_came_and_waits_for_no_end() {
    assert_passes_on_what_came(Front::caddy);
}
