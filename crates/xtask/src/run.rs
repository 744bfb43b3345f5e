//! `cargo xtask run`: the viewer and the proxy, with the sandbox or live sources.

use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::machine;
use crate::options::Options;
use crate::process::Program;
use crate::{Outcome, edge_run, viewer};

/// The command, for our own use, that opens the page once the proxy answers.
pub(crate) const OPEN_WHEN_READY: &str = "open-when-ready";

/// Builds what is out of date, then becomes the proxy.
pub(crate) fn run(options: &Options) -> Outcome {
    let port = free_port(options.port)?;
    if options.is_edge {
        open_later(options, port)?;
        return edge_run::run(port);
    }
    let config = options.config.as_deref().map(readable).transpose()?;
    viewer::build()?;
    let proxy = build_proxy()?;
    open_later(options, port)?;
    let proxy = Program::new(proxy)
        .arg("--listen")
        .arg(address(port).to_string())
        .arg("--ui")
        .arg(viewer::folder());
    let proxy = match config {
        Some(config) => proxy.arg("--config").arg(config),
        None => proxy,
    };
    println!("Ctrl-C ends it.");
    proxy.become_it()
}

/// If it was asked for, leaves a process that opens the page when something answers.
fn open_later(options: &Options, port: u16) -> Outcome {
    if !options.is_opened {
        return Ok(());
    }
    let xtask = std::env::current_exe().map_err(|error| format!("cannot find xtask's own file: {error}"))?;
    Program::new(xtask).arg(OPEN_WHEN_READY).arg(port.to_string()).leave()
}

/// Builds the proxy in release and gives its file.
pub(crate) fn build_proxy() -> Outcome<PathBuf> {
    build_proxy_as("release")
}

/// Builds the proxy as it is deployed, which takes longer, and gives its file.
pub(crate) fn build_proxy_to_ship() -> Outcome<PathBuf> {
    build_proxy_as("ship")
}

fn build_proxy_as(profile: &str) -> Outcome<PathBuf> {
    eprintln!("Building the proxy ({profile})…");
    Program::new("cargo")
        .args(["build", "--quiet", "--profile", profile, "--package", "roster-proxy"])
        .run()?;
    Ok(machine::target()?
        .join(profile)
        .join(format!("roster-proxy{}", std::env::consts::EXE_SUFFIX)))
}

/// Waits until something listens on the port, ten seconds at most, and opens the page.
pub(crate) fn open_when_ready(words: &[String]) -> Outcome {
    let port = words
        .first()
        .and_then(|word| word.parse().ok())
        .ok_or("expected a port")?;
    // Another process answers; there is nothing to wait on but the clock.
    let is_ready = (0..200).any(|_| {
        let connected = TcpStream::connect(address(port)).is_ok();
        if !connected {
            thread::sleep(Duration::from_millis(50));
        }
        connected
    });
    if is_ready {
        open(&format!("http://{}/", address(port)))
    } else {
        Err(format!("nothing listens on port {port}"))
    }
}

fn open(url: &str) -> Outcome {
    let opener = match std::env::consts::OS {
        "macos" => Program::new("open"),
        "windows" => Program::new("cmd").args(["/c", "start"]),
        _ => Program::new("xdg-open"),
    };
    opener.arg(url).leave()
}

/// The port itself if nobody listens on it; for 0, one that is free now.
fn free_port(port: u16) -> Outcome<u16> {
    let listener = TcpListener::bind(address(port)).map_err(|error| {
        let next = port.checked_add(1).unwrap_or(Options::DEFAULT_PORT);
        format!(
            "cannot listen on {}: {error}. Perhaps Roster runs already: look there, or choose another port with \
             `cargo xtask run --port {next}`",
            address(port)
        )
    })?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|error| format!("cannot find a free port: {error}"))
}

fn address(port: u16) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::LOCALHOST, port)
}

/// The absolute path of a file that is there, as seen from where the command was typed.
fn readable(file: &std::path::Path) -> Outcome<PathBuf> {
    file.canonicalize()
        .map_err(|error| format!("--config {}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_said_with_the_way_out() {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let sentence = free_port(port).unwrap_err();
        assert!(
            sentence.starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")),
            "{sentence}"
        );
        assert!(sentence.contains("cargo xtask run --port "), "{sentence}");
    }

    #[test]
    fn port_zero_becomes_a_real_one() {
        assert_ne!(free_port(0).unwrap(), 0);
    }

    #[test]
    fn a_missing_configuration_is_found_before_anything_is_built() {
        let options = Options {
            port: 0,
            is_opened: false,
            config: Some("no-such-file.toml".into()),
            is_edge: false,
        };
        let sentence = run(&options).unwrap_err();
        assert!(sentence.starts_with("--config no-such-file.toml: "), "{sentence}");
    }
}
