//! `cargo xtask run --edge`: the Worker under workerd, with the sandbox as a server behind it.

use std::path::Path;

use crate::process::Program;
use crate::{Outcome, edge, run};

/// Builds what is out of date, then becomes the script that runs both.
pub(crate) fn run(port: u16) -> Outcome {
    edge::build()?;
    edge::install()?;
    let proxy = run::build_proxy()?;
    println!("Ctrl-C ends it.");
    start(&proxy, port)?.become_it()
}

/// The script, which starts the sandbox and the Worker and ends both.
fn start(proxy: &Path, port: u16) -> Outcome<Program> {
    let script = Program::new(edge::node()?).arg(edge::source().join("js").join("dev.js"));
    let script = script.env("CI", "1").env("WRANGLER_SEND_METRICS", "false");
    Ok(script.arg(edge::folder()?).arg(proxy).arg(port.to_string()))
}
