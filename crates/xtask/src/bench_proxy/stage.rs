//! Upstream, contestants and questions of the benchmark.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::answer::Answer;
use super::child::{Listening, free_port, get};
use crate::{Outcome, machine};

/// The key that the upstream wants to see.
pub(crate) const KEY: &str = "bench-key-0123456789";

/// What is asked for.
const PATH: &str = "/api/v1/ayrshare/profiles";

/// Who is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contestant {
    Roster,
    Nginx,
    NginxCache,
}

impl Contestant {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Nginx => "nginx proxy_pass",
            Self::NginxCache => "nginx proxy_cache",
        }
    }
}

/// A folder with everything, and the upstream that all ask.
pub(crate) struct Stage {
    folder: PathBuf,
    proxy: PathBuf,
    upstream: Listening,
}

impl Stage {
    /// Makes the pages that are asked for with the sandbox, and starts the upstream: nginx with files, which wants a key.
    pub(crate) fn new(proxy: &Path) -> Outcome<Self> {
        let folder = machine::target()?.join("bench").join("proxy");
        fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        make_pages(proxy, &folder)?;
        let port = free_port()?;
        let location = format!(
            "if ($http_authorization != 'Bearer {KEY}') {{ return 403; }}\n\
             default_type application/json; root {}; try_files /$arg_limit.json =500;",
            folder.display()
        );
        let upstream = nginx(&folder, "upstream", port, "/api/profiles", &location, "")?;
        Ok(Self {
            folder,
            proxy: proxy.to_owned(),
            upstream,
        })
    }

    /// Where the upstream listens.
    pub(crate) fn port(&self) -> u16 {
        self.upstream.port
    }

    pub(crate) fn start(&self, contestant: Contestant, is_cached: bool) -> Outcome<Listening> {
        let port = free_port()?;
        let upstream = format!(
            "upstream api {{ server 127.0.0.1:{}; keepalive 256; }}",
            self.upstream.port
        );
        let pass = format!(
            "proxy_pass http://api/api/profiles$is_args$args; proxy_http_version 1.1; proxy_set_header Connection '';\n\
             proxy_set_header Authorization 'Bearer {KEY}'; proxy_pass_request_headers off;\n\
             proxy_buffers 16 128k; proxy_buffer_size 16k; proxy_max_temp_file_size 0;"
        );
        match contestant {
            Contestant::Roster => self.roster(port, is_cached),
            Contestant::Nginx => nginx(&self.folder, "plain", port, PATH, &pass, &upstream),
            Contestant::NginxCache => {
                let cache = self.folder.join("cache");
                let zone = format!("{upstream}\nproxy_cache_path {} keys_zone=pages:4m;", cache.display());
                let cached = format!("{pass}\nproxy_cache pages; proxy_cache_valid 200 10m;");
                nginx(&self.folder, "caching", port, PATH, &cached, &zone)
            }
        }
    }

    fn roster(&self, port: u16, is_cached: bool) -> Outcome<Listening> {
        let config = format!(
            "[access]\nclient_requests_per_minute = 0\n[ayrshare]\nbase_url = \"http://127.0.0.1:{}/api\"\n\
             allow_insecure_loopback = true\nkey_env = \"BENCH_KEY\"\n\
             [ayrshare.limits]\nrequests = 0\ncache = {is_cached}\n",
            self.upstream.port
        );
        let file = self.write("roster.toml", &config)?;
        let mut command = Command::new(&self.proxy);
        command
            .arg("--listen")
            .arg(format!("127.0.0.1:{port}"))
            .arg("--config")
            .arg(file);
        command
            .env("BENCH_KEY", KEY)
            .env("ROSTER_LOG", "error")
            .env("TOKIO_WORKER_THREADS", "1");
        Listening::start(command.stdout(Stdio::null()), port)
    }

    /// What wrk asks: always the same, or never the same twice.
    pub(crate) fn script(&self, n_profiles: u32, is_cached: bool) -> Outcome<PathBuf> {
        let target = target(n_profiles);
        let more = if is_cached { "" } else { r#" .. "&cursor=" .. n"# };
        let script = format!(
            "local n = 0\nrequest = function()\n  n = n + 1\n  return wrk.format(\"GET\", \"{target}\"{more})\nend\n"
        );
        self.write("ask.lua", &script)
    }

    fn write(&self, name: &str, text: &str) -> Outcome<PathBuf> {
        let file = self.folder.join(name);
        fs::write(&file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        Ok(file)
    }
}

/// That ours gives the answer that it keeps: a cell of kept answers would else measure something else.
pub(super) fn is_kept(ours: &Listening, n_profiles: u32) -> Outcome {
    let answer = get(ours.port, &target(n_profiles))?;
    match answer.header("roster-cache") {
        Some("hit") => Ok(()),
        other => Err(format!(
            "expected an answer that is kept, found status {} with roster-cache {}",
            answer.status,
            other.unwrap_or("missing")
        )),
    }
}

fn target(n_profiles: u32) -> String {
    format!("{PATH}?limit={n_profiles}")
}

/// Pages of the sandbox, as large as the benchmark's questions.
fn make_pages(proxy: &Path, folder: &Path) -> Outcome {
    let port = free_port()?;
    let mut command = Command::new(proxy);
    command
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"))
        .args(["--profiles", "16000"]);
    let sandbox = Listening::start(command.env("ROSTER_LOG", "error").stdout(Stdio::null()), port)?;
    for size in super::SIZES {
        let target = target(size.n_profiles);
        let Answer { status, mut body, .. } = get(sandbox.port, &target)?;
        if status != 200 {
            return Err(format!("expected a page of the sandbox, found status {status}"));
        }
        // JSON may end in spaces.
        body.resize(size.bytes.max(body.len()), b' ');
        let file = folder.join(format!("{}.json", size.n_profiles));
        fs::write(&file, body).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    Ok(())
}

/// nginx in the foreground as one process, with one location.
fn nginx(folder: &Path, name: &str, port: u16, path: &str, location: &str, http: &str) -> Outcome<Listening> {
    let shown = folder.display();
    let config = format!(
        "daemon off; master_process off; pid {shown}/{name}.pid; error_log {shown}/{name}.log error;\n\
         events {{ worker_connections 4096; }}\n\
         http {{\n access_log off; keepalive_requests 1000000; sendfile on; tcp_nopush on; tcp_nodelay on;\n\
         client_body_temp_path {shown}/{name}-body; proxy_temp_path {shown}/{name}-temp;\n\
         fastcgi_temp_path {shown}/{name}-f; uwsgi_temp_path {shown}/{name}-u; scgi_temp_path {shown}/{name}-s;\n\
         {http}\n server {{ listen 127.0.0.1:{port} reuseport; location = {path} {{ {location} }} }}\n}}\n"
    );
    let file = folder.join(format!("{name}.conf"));
    fs::write(&file, config).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    let mut command = Command::new("nginx");
    command.arg("-p").arg(folder).arg("-c").arg(&file).stderr(Stdio::null());
    Listening::start(&mut command, port)
}
