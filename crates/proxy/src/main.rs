//! The proxy's program: reads the command line and the configuration, listens, and stops on a signal.
#![forbid(unsafe_code)]

mod cli;

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use roster_gateway::Limits;
use roster_proxy::{Book, Config, Setup, process_environment, serve, serve_sandbox, start_log};
use tokio::net::TcpListener;

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
    if !arguments.listen.ip().is_loopback() {
        let message = format!(
            "expected a loopback address for --listen, found {}: whoever reaches the port reads every profile, and \
             access tokens do not exist yet; put a server with a login of its own in front",
            arguments.listen
        );
        return Err(Stop::Usage(message));
    }
    let limits = Limits::default();
    let settings = arguments.play.settings();
    let (book, allowed_hosts) = match &arguments.config {
        None => (Book::sandbox(settings), Vec::new()),
        Some(file) => {
            let config = read_config(file)?;
            let allowed_hosts = config.allowed_hosts.clone();
            (
                Book::configured(config, settings, &limits).map_err(Stop::System)?,
                allowed_hosts,
            )
        }
    };
    let setup = Setup {
        ui: arguments.ui,
        allowed_hosts,
        limits,
        ..Setup::new(book)
    };
    let stop = stop_signal()?;
    let listener = listen(arguments.listen).await?;
    serve(listener, setup, stop)
        .await
        .map_err(|error| Stop::System(error.to_string()))
}

async fn run_sandbox(arguments: SandboxServer) -> Result<(), Stop> {
    let stop = stop_signal()?;
    let listener = listen(arguments.listen).await?;
    let served = serve_sandbox(listener, arguments.play.settings(), stop).await;
    served.map_err(|error| Stop::System(error.to_string()))
}

fn read_config(file: &std::path::Path) -> Result<Config, Stop> {
    let shown = file.display();
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Stop::Usage(format!("expected a configuration at {shown}: {error}")))?;
    Config::parse(&text, file, &process_environment).map_err(|error| Stop::Usage(error.to_string()))
}

/// Listens and says where, with the real port.
async fn listen(address: SocketAddr) -> Result<TcpListener, Stop> {
    let system = |error: std::io::Error| Stop::System(format!("expected to listen on {address}: {error}"));
    let listener = TcpListener::bind(address).await.map_err(system)?;
    let address = listener.local_addr().map_err(system)?;
    let mut out = std::io::stdout();
    writeln!(out, "Roster is at http://{address}")
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
