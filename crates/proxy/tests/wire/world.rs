//! A proxy on a free port, in this process, and a client that sends bytes as they are.

use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use roster_gateway::Limits;
use roster_proxy::{Bounds, Clock, Config, Place, Setup, Site, serve};
use roster_sandbox::Settings;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub(crate) use crate::client::*;
use crate::matrix::Otherwise;
use crate::upstream::Upstream;

/// Short enough for tests; long enough for a busy machine to answer on loopback.
pub(crate) const LIMITS: Limits = Limits {
    connect_ms: 2_000,
    first_byte_ms: 2_500,
    chunk_ms: 2_500,
    whole_ms: 10_000,
    body_bytes: 64 * 1024,
    held_bytes: 4 * 1024 * 1024,
    batch_bytes: 128 * 1024,
};

/// As short, for clients.
pub(crate) const BOUNDS: Bounds = Bounds {
    header_read_ms: 1_000,
    write_stall_ms: 1_000,
    drain_ms: 10_000,
    n_connections: 1024,
};

/// How long a client waits for an answer before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A proxy that runs until it is dropped.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    _runtime: Runtime,
}

impl Proxy {
    /// The sandbox as source.
    pub(crate) fn sandbox(settings: Settings) -> Self {
        Self::start(Setup::new(Site::sandbox(settings)))
    }

    /// The sandbox as source, and a folder with a viewer.
    pub(crate) fn with_ui(ui: PathBuf) -> Self {
        let setup = Setup::new(Site::sandbox(Settings::default()));
        Self::start(Setup { ui: Some(ui), ..setup })
    }

    /// The three providers at an upstream of ours.
    pub(crate) fn before(upstream: &Upstream) -> Self {
        Self::configured(&config(upstream.port))
    }

    /// The sources of a configuration.
    pub(crate) fn configured(text: &str) -> Self {
        Self::limited(text, LIMITS)
    }

    /// The same, with answers that are kept: here all of them are.
    pub(crate) fn keeping(text: &str) -> Self {
        Self::configured(text)
    }

    /// The sources of a configuration within other limits.
    pub(crate) fn limited(text: &str, limits: Limits) -> Self {
        Self::start(setup(site(text, &limits), limits))
    }

    /// The sources of a configuration, and the clock that they go by, in milliseconds since 1970.
    pub(crate) fn timed(text: &str) -> (Self, Arc<AtomicI64>) {
        let time = Arc::new(AtomicI64::new(NOW_MS));
        let site = site(text, &LIMITS).with_clock(Clock::set_by(time.clone()));
        (Self::start(setup(site, LIMITS)), time)
    }

    fn start(setup: Setup) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        runtime.spawn(serve(listener, setup, std::future::pending()));
        Self {
            port,
            _runtime: runtime,
        }
    }

    /// Sends bytes as they are and reads until the proxy closes.
    pub(crate) fn raw(&self, bytes: &str) -> Reply {
        let mut socket = self.connect();
        // The proxy may answer and close before it has read everything.
        let _ = socket.write_all(bytes.as_bytes());
        read(socket)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        socket
    }

    /// Sends a plain request; its answer is read from the socket later.
    pub(crate) fn send_get(&self, target: &str) -> TcpStream {
        let (mut socket, port) = (self.connect(), self.port);
        let request = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
        socket.write_all(request.as_bytes()).unwrap();
        socket
    }

    /// A plain request.
    pub(crate) fn get(&self, target: &str) -> Reply {
        self.get_with(target, "")
    }

    /// A plain request with more header lines, each with its end.
    pub(crate) fn get_with(&self, target: &str, headers: &str) -> Reply {
        let port = self.port;
        self.raw(&format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
        ))
    }
}

fn site(text: &str, limits: &Limits) -> Site {
    let config = Config::parse(text, Path::new("roster.toml"), &secret).unwrap_or_else(|error| panic!("{error}"));
    Site::configured(config, Settings::default(), limits).unwrap()
}

fn setup(site: Site, limits: Limits) -> Setup {
    Setup {
        limits,
        bounds: BOUNDS,
        ..Setup::new(site)
    }
}

/// The secrets of the configuration below.
fn secret(place: &Place) -> Result<String, String> {
    let Place::Variable(name) = place else {
        return Err("expected a variable".to_owned());
    };
    let found = match name.as_str() {
        "KEY" => KEY,
        "USER" => "client-id",
        "PASSWORD" => PASSWORD,
        "PROFILE" => PROFILE_KEY,
        "PROFILE_B" => PROFILE_KEY_B,
        "API_TOKEN" => API_TOKEN,
        "TOKEN" => "CANARY-TOKEN-0123456789abcdef0123",
        other => return Err(format!("expected another variable than {other}")),
    };
    Ok(found.to_owned())
}

/// Whether answers are kept.
pub(crate) const KEEPS: bool = true;

/// Cells of the raw matrix that this shell answers otherwise: none.
pub(crate) const OTHERWISE: &[Otherwise] = &[];

/// Spellings of a body behind which something is taken for a request: none.
pub(crate) const GOES_ON_BEHIND: &[(&str, &str)] = &[];

/// Headers that only another shell sends.
pub(crate) const NOT_SENT: &[&str] = &[];
