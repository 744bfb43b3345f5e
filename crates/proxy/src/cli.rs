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
    /// Let debuggers and core dumps read the memory, keys included.
    #[arg(long, global = true)]
    pub(crate) debuggable: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) serve: Serve,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the viewer and the API (the default).
    Serve(Serve),
    /// Try every source of a configuration, and say what is wrong and where. It asks each API once a key.
    Check(Check),
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
pub(crate) struct Check {
    /// Configuration of live sources.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
}

#[derive(Args)]
pub(crate) struct SandboxServer {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8788")]
    pub(crate) listen: SocketAddr,
    /// Upsun's access tokens end after so many seconds, and only those of its token endpoint are taken.
    #[arg(long, value_name = "SECONDS")]
    upsun_token_life: Option<u32>,
    #[command(flatten)]
    pub(crate) play: Play,
}

/// What the sandbox plays.
#[derive(Args)]
pub(crate) struct Play {
    /// Profiles in the sandbox, over all providers.
    #[arg(long, value_name = "N")]
    profiles: Option<u64>,
    /// How long the sandbox's batch file takes to be ready, in seconds (300, as the API says).
    #[arg(long, value_name = "S")]
    batch_after: Option<u32>,
    /// Seed of the sandbox's data.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Something that goes wrong: `<provider>/<route>:<kind>[=<value>][@<first>[x<times>]]`. May be given more than once.
    #[arg(long = "fault", value_name = "F")]
    faults: Vec<Fault>,
}

impl SandboxServer {
    pub(crate) fn settings(self) -> Settings {
        let life_ms = self.upsun_token_life.map(|seconds| i64::from(seconds) * 1000);
        Settings {
            upsun_token_life_ms: life_ms,
            ..self.play.settings()
        }
    }
}

impl Play {
    pub(crate) fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            n_profiles: self.profiles.unwrap_or(usual.n_profiles),
            seed: self.seed.unwrap_or(usual.seed),
            faults: self.faults.clone(),
            batch_available_after_ms: self
                .batch_after
                .map_or(usual.batch_available_after_ms, |seconds| i64::from(seconds) * 1_000),
            ..usual
        }
    }
}
