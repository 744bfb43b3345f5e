//! The way down: what was asked is answered.

use std::io::Write;
use std::thread;

use roster_proxy::{Bounds, Setup, Site, serve};
use roster_sandbox::Settings;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::upstream::{Door, Upstream, behind};
use crate::world::{BOUNDS, read};

const N_CLIENTS: usize = 24;

/// A proxy over the sandbox that is told to stop.
struct Stoppable {
    port: u16,
    stop: oneshot::Sender<()>,
    served: thread::JoinHandle<()>,
}

impl Stoppable {
    fn start(bounds: Bounds) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (told, port) = std::sync::mpsc::channel();
        let served = thread::spawn(move || {
            let runtime = Runtime::new().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                told.send(listener.local_addr().unwrap().port()).unwrap();
                let setup = Setup {
                    bounds,
                    ..Setup::new(Site::sandbox(Settings::default()))
                };
                let stop = async {
                    stopped.await.unwrap();
                };
                serve(listener, setup, stop).await.unwrap();
            });
        });
        let port = port.recv().unwrap();
        Self { port, stop, served }
    }

    fn connect(&self) -> std::net::TcpStream {
        let socket = std::net::TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        socket
            .set_read_timeout(Some(std::time::Duration::from_secs(30)))
            .unwrap();
        socket
    }

    fn ask(&self, target: &str) -> std::net::TcpStream {
        let mut socket = self.connect();
        write!(socket, "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).unwrap();
        socket
    }
}

#[cfg(unix)]
#[test]
fn every_answer_in_flight_arrives_whole_after_the_signal() {
    use crate::program::{Program, config_file, proxy};
    use crate::world::{KEY, PASSWORD, PROFILE_KEY, config};
    let (upstream, door) = (Upstream::start(), Door::default());
    let body = |n: usize| format!(r#"{{"profiles":[{{"refId":"{n}","text":"{}"}}]}}"#, "x".repeat(200_000));
    for n in 1..=N_CLIENTS {
        upstream.expect(&format!("/api/profiles?limit={n}"), behind(&door, &body(n)));
    }
    let file = config_file("flight", &config(upstream.port));
    let mut command = proxy();
    let command = command
        .env("KEY", KEY)
        .env("USER", "client-id")
        .env("PASSWORD", PASSWORD);
    let mut program = Program::start(command.env("PROFILE", PROFILE_KEY).arg("--config").arg(&file));
    let port = program.port;
    let ask = |n: usize| {
        let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        let target = format!("/api/v1/ayrshare/profiles?limit={n}");
        write!(socket, "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").unwrap();
        socket
    };
    let sockets: Vec<_> = (1..=N_CLIENTS).map(ask).collect();
    door.wait_for(N_CLIENTS);
    program.signal("TERM");
    program.wait_until_closed();
    door.open();
    for (n, socket) in (1..).zip(sockets) {
        let reply = read(socket);
        assert_eq!((reply.status(), reply.body()), (200, body(n).as_str()), "client {n}");
    }
    assert_eq!(program.exit_code(), Some(0));
    std::fs::remove_file(file).unwrap();
}

#[test]
fn who_waits_in_the_queue_is_answered_too() {
    let one_at_a_time = Bounds {
        n_connections: 1,
        ..BOUNDS
    };
    let proxy = Stoppable::start(one_at_a_time);
    let holding = proxy.connect();
    let waiting: Vec<_> = (0..8).map(|_| proxy.ask("/healthz")).collect();
    proxy.stop.send(()).unwrap();
    drop(holding);
    for socket in waiting {
        assert_eq!(read(socket).status(), 200);
    }
    proxy.served.join().unwrap();
}

#[test]
fn a_request_that_meets_the_signal_is_answered() {
    for _ in 0..12 {
        let proxy = Stoppable::start(BOUNDS);
        let sockets: Vec<_> = (0..4).map(|_| proxy.ask("/api/v1/upsun/profiles")).collect();
        proxy.stop.send(()).unwrap();
        for socket in sockets {
            let reply = read(socket);
            assert_eq!(reply.status(), 200);
            assert!(reply.body().ends_with('}'), "{}", reply.text);
        }
        proxy.served.join().unwrap();
    }
}

#[test]
fn a_client_that_never_ends_does_not_hold_the_process() {
    let short = Bounds {
        drain_ms: 200,
        ..BOUNDS
    };
    let proxy = Stoppable::start(short);
    let mut half = proxy.connect();
    half.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    proxy.stop.send(()).unwrap();
    proxy.served.join().unwrap();
    let rest = read(half);
    assert!(!rest.text.contains("200 OK"));
}
