//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use roster_proxy::LogForm;
use roster_sandbox::{Fault, Settings};

/// Profiles of several APIs through one proxy that holds the keys.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub(crate) struct Cli {
    /// Form of the log on stderr.
    #[arg(long, value_name = "FORM", global = true, default_value = "auto")]
    pub(crate) log: LogForm,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) serve: Serve,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the viewer and the API (the default).
    Serve(Serve),
    /// Serve the sandbox to programs that talk to the APIs themselves.
    Sandbox(SandboxServer),
}

#[derive(Args)]
pub(crate) struct Serve {
    /// Address to listen on; one beyond this machine needs [access] in the configuration.
    #[arg(long, default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,
    /// Folder with the viewer's files.
    #[arg(long, value_name = "DIR")]
    pub(crate) ui: Option<PathBuf>,
    /// Configuration of live sources; without it the sandbox is the source.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Address for Prometheus, `/metrics`; loopback only.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) metrics: Option<SocketAddr>,
    #[command(flatten)]
    pub(crate) play: Play,
}

#[derive(Args)]
pub(crate) struct SandboxServer {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8788")]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) play: Play,
}

/// What the sandbox plays.
#[derive(Args)]
pub(crate) struct Play {
    /// Profiles in the sandbox, over all providers.
    #[arg(long, value_name = "N")]
    profiles: Option<u64>,
    /// Seed of the sandbox's data.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Something that goes wrong: `<provider>/<route>:<kind>[=<value>][@<first>[x<times>]]`. May be given more than once.
    #[arg(long = "fault", value_name = "F")]
    faults: Vec<Fault>,
}

impl Play {
    pub(crate) fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            n_profiles: self.profiles.unwrap_or(usual.n_profiles),
            seed: self.seed.unwrap_or(usual.seed),
            faults: self.faults.clone(),
            ..usual
        }
    }
}
