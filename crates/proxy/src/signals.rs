//! What a user or a service manager tells the process.

use std::future::Future;
use std::io;

/// The signal to stop: Ctrl-C, or what a service manager sends. It is heard from the call on, not from the first wait:
/// who reads the address may stop us at once.
#[cfg(unix)]
pub(crate) fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// The signal to stop: Ctrl-C.
#[cfg(windows)]
pub(crate) fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut heard = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        heard.recv().await;
    })
}

/// The signal to read the configuration again. It is heard from the start on: who reads the address may send it at once.
pub(crate) struct Hangups(#[cfg(unix)] tokio::signal::unix::Signal);

impl Hangups {
    #[cfg(unix)]
    pub(crate) fn hear() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::hangup()).map(Self)
    }

    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// There is no such signal here: a new configuration needs a new process.
    #[cfg(not(unix))]
    pub(crate) fn hear() -> io::Result<Self> {
        Ok(Self())
    }

    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) {
        std::future::pending::<()>().await;
    }
}
