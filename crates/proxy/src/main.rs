//! The proxy's program: reads the command line and the configuration, listens, and stops on a signal.
#![forbid(unsafe_code)]

mod cli;
mod signals;

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use roster_gateway::Limits;
use roster_proxy::{
    Config, Reloader, Server, Setup, Site, keep_memory_to_ourselves, log_panics_by_place, process_environment,
    serve_sandbox, start_log,
};
use roster_sandbox::Settings;
use tokio::net::TcpListener;
use tracing::{info, warn};

use cli::{Cli, Command, SandboxServer, Serve};
use signals::{Hangups, stop_signal};

/// Every request takes and gives back some fifty pieces of memory.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    start_log(cli.log);
    log_panics_by_place();
    let guarded = if cli.debuggable {
        Ok(())
    } else {
        keep_memory_to_ourselves()
    };
    if let Err(reason) = guarded {
        warn!(reason, "keys may end up in a core dump");
    }
    let ended = match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(arguments) => run(arguments).await,
        Command::Check(arguments) => check(&arguments.config).await,
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
    if !arguments.listen.ip().is_loopback() && scheme == "http" {
        warn!("tokens and profiles cross the network in plain text unless a server in front speaks TLS");
    }
    let (stop, hangups) = (hear_stop()?, Hangups::hear().map_err(|error| cannot_hear(&error))?);
    let metrics = match arguments.metrics {
        Some(address) => Some(listen_for_metrics(address).await?),
        None => None,
    };
    let setup = Setup {
        ui: arguments.ui.clone(),
        metrics,
        ..Setup::new(site)
    };
    let listener = listen(arguments.listen, scheme).await?;
    let server = Server::new(listener, setup).map_err(|error| Stop::System(error.to_string()))?;
    let reloader = server.reloader();
    tokio::select! {
        () = server.serve(stop) => Ok(()),
        never = reload(hangups, &arguments, &reloader) => match never {},
    }
}

/// Reads the configuration again whenever the process is told to.
async fn reload(mut hangups: Hangups, arguments: &Serve, reloader: &Reloader) -> Infallible {
    loop {
        hangups.next().await;
        let site = arguments
            .site()
            .and_then(|site| check_address(arguments.listen, &site).map(|()| site));
        match site {
            Ok(site) => reloader.replace(site),
            Err(Stop::Usage(mistake) | Stop::System(mistake)) => reloader.keep(&mistake),
        }
    }
}

fn hear_stop() -> Result<impl Future<Output = ()>, Stop> {
    stop_signal().map_err(|error| cannot_hear(&error))
}

fn cannot_hear(error: &std::io::Error) -> Stop {
    Stop::System(format!("expected to hear signals: {error}"))
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

/// Metrics have no access of their own.
async fn listen_for_metrics(address: SocketAddr) -> Result<TcpListener, Stop> {
    if !address.ip().is_loopback() {
        let message = format!("expected a loopback address for --metrics, found {address}");
        return Err(Stop::Usage(message));
    }
    let listener = bind(address).await?;
    let local = listener.local_addr().map_err(|error| cannot_listen(address, &error))?;
    info!(address = %local, "metrics are at /metrics");
    Ok(listener)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Stop> {
    TcpListener::bind(address)
        .await
        .map_err(|error| cannot_listen(address, &error))
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Stop {
    Stop::System(format!("expected to listen on {address}: {error}"))
}

/// Ends with 0 if every source gave data, with 1 if one did not, with 2 if the configuration has a mistake.
async fn check(file: &Path) -> Result<(), Stop> {
    let site = Site::configured(read_config(file)?, Settings::default(), &Limits::default()).map_err(Stop::System)?;
    let report = site.check(file).await;
    // Nobody is left to tell if stdout is closed.
    let _ = std::io::stdout().write_all(report.text.as_bytes());
    if report.is_good {
        return Ok(());
    }
    Err(Stop::System("not every source gave data".to_owned()))
}

async fn run_sandbox(arguments: SandboxServer) -> Result<(), Stop> {
    let stop = hear_stop()?;
    let listener = listen(arguments.listen, "http").await?;
    let served = serve_sandbox(listener, arguments.settings(), stop).await;
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
    let system = |error: std::io::Error| cannot_listen(address, &error);
    let listener = bind(address).await?;
    let address = listener.local_addr().map_err(system)?;
    let mut out = std::io::stdout();
    writeln!(out, "Roster is at {scheme}://{address}")
        .and_then(|()| out.flush())
        .map_err(system)?;
    Ok(listener)
}
