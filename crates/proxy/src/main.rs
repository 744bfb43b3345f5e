//! The proxy's program: reads the command line and the configuration, listens, and stops on a signal.
#![forbid(unsafe_code)]

mod cli;

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use roster_gateway::Limits;
use roster_proxy::{Config, Server, Setup, Site, process_environment, serve_sandbox, start_log};
use tokio::net::TcpListener;
use tracing::warn;

use cli::{Cli, Command, SandboxServer, Serve};

/// A mistake in what the user gave us; clap ends with the same code.
const EXIT_USAGE: u8 = 2;

/// Why the program ends.
enum Stop {
    /// The user can mend it: arguments, configuration.
    Usage(String),
    /// The system refused something.
    System(String),
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    let ended = match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(arguments) => run(arguments).await,
        Command::Sandbox(arguments) => run_sandbox(arguments).await,
    };
    let (message, code) = match ended {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Stop::Usage(message)) => (message, ExitCode::from(EXIT_USAGE)),
        Err(Stop::System(message)) => (message, ExitCode::FAILURE),
    };
    // Nobody is left to tell if stderr is closed.
    let _ = writeln!(std::io::stderr(), "roster-proxy: {message}");
    code
}

async fn run(arguments: Serve) -> Result<(), Stop> {
    let site = arguments.site()?;
    check_address(arguments.listen, &site)?;
    let scheme = if site.has_tls() { "https" } else { "http" };
    let setup = Setup {
        ui: arguments.ui.clone(),
        ..Setup::new(site)
    };
    if !arguments.listen.ip().is_loopback() && scheme == "http" {
        warn!("tokens and profiles cross the network in plain text unless a server in front speaks TLS");
    }
    let stop = stop_signal()?;
    let listener = listen(arguments.listen, scheme).await?;
    let server = Server::new(listener, setup).map_err(|error| Stop::System(error.to_string()))?;
    server.serve(stop).await;
    Ok(())
}

/// Whoever reaches the listener reads every profile, unless he is asked who he is.
fn check_address(address: SocketAddr, site: &Site) -> Result<(), Stop> {
    if address.ip().is_loopback() || site.is_guarded() {
        return Ok(());
    }
    let message = format!(
        "expected a loopback address for --listen, found {address}: whoever reaches it would read every profile. To \
         listen there, put a token below [access.tokens] into the configuration, or the header of a login in front of \
         the proxy as user_header and trusted_proxies below [access]"
    );
    Err(Stop::Usage(message))
}

async fn run_sandbox(arguments: SandboxServer) -> Result<(), Stop> {
    let stop = stop_signal()?;
    let listener = listen(arguments.listen, "http").await?;
    let served = serve_sandbox(listener, arguments.play.settings(), stop).await;
    served.map_err(|error| Stop::System(error.to_string()))
}

impl Serve {
    /// What is to be served: the sandbox, or what the configuration says now.
    fn site(&self) -> Result<Site, Stop> {
        let settings = self.play.settings();
        match &self.config {
            None => Ok(Site::sandbox(settings)),
            Some(file) => Site::configured(read_config(file)?, settings, &Limits::default()).map_err(Stop::System),
        }
    }
}

fn read_config(file: &Path) -> Result<Config, Stop> {
    let shown = file.display();
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Stop::Usage(format!("expected a configuration at {shown}: {error}")))?;
    Config::parse(&text, file, &process_environment).map_err(|error| Stop::Usage(error.to_string()))
}

/// Listens and says where, with the real port.
async fn listen(address: SocketAddr, scheme: &str) -> Result<TcpListener, Stop> {
    let system = |error: std::io::Error| Stop::System(format!("expected to listen on {address}: {error}"));
    let listener = TcpListener::bind(address).await.map_err(system)?;
    let address = listener.local_addr().map_err(system)?;
    let mut out = std::io::stdout();
    writeln!(out, "Roster is at {scheme}://{address}")
        .and_then(|()| out.flush())
        .map_err(system)?;
    Ok(listener)
}

/// The signal to stop: Ctrl-C, or what a service manager sends. It is heard from the call on, not from the first wait:
/// who reads the address may stop us at once.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, Stop> {
    use tokio::signal::unix::{SignalKind, signal};
    let hear = |kind| signal(kind).map_err(|error| Stop::System(format!("expected to hear signals: {error}")));
    let mut interrupt = hear(SignalKind::interrupt())?;
    let mut terminate = hear(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// The signal to stop: Ctrl-C.
#[cfg(windows)]
fn stop_signal() -> Result<impl Future<Output = ()>, Stop> {
    let heard = tokio::signal::windows::ctrl_c();
    let mut heard = heard.map_err(|error| Stop::System(format!("expected to hear signals: {error}")))?;
    Ok(async move {
        heard.recv().await;
    })
}
