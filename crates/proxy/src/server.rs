//! The proxy as a whole: what it is made of, how it serves, and how what it serves is replaced while it runs.

use std::future::{Future, pending};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use roster_gateway::Limits;
use tokio::net::TcpListener;
use tracing::{error, info};

use crate::accept::{Bounds, Seam, accept};
use crate::app::{App, answer};
use crate::monitor::monitor;
use crate::site::Site;

/// What a server is made of.
pub struct Setup {
    /// What the configuration decides.
    pub site: Site,
    /// The folder with the viewer's files.
    pub ui: Option<PathBuf>,
    /// Bounds of an exchange with an API.
    pub limits: Limits,
    /// Bounds of a client's connection.
    pub bounds: Bounds,
    /// Where Prometheus asks, apart from the clients.
    pub metrics: Option<TcpListener>,
}

impl Setup {
    /// A server over this with the usual bounds, without the viewer.
    pub fn new(site: Site) -> Self {
        Self {
            site,
            ui: None,
            limits: Limits::default(),
            bounds: Bounds::default(),
            metrics: None,
        }
    }
}

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
    bounds: Bounds,
    metrics: Option<TcpListener>,
}

/// Replaces what a running server serves.
#[derive(Clone)]
pub struct Reloader(Arc<App>);

impl Server {
    /// A server on a listener.
    ///
    /// # Errors
    /// If the listener has no address.
    pub fn new(listener: TcpListener, setup: Setup) -> io::Result<Self> {
        let port = listener.local_addr()?.port();
        Ok(Self {
            listener,
            app: Arc::new(App::new(setup.site, port, setup.ui, setup.limits)),
            bounds: setup.bounds,
            metrics: setup.metrics,
        })
    }

    /// What replaces its sources, names and certificate while it serves.
    pub fn reloader(&self) -> Reloader {
        Reloader(self.app.clone())
    }

    /// Serves until `stop` comes, then lets open requests end.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let (stopping, certified) = (self.app.clone(), self.app.clone());
        let stop = async move {
            stop.await;
            stopping.stop();
        };
        let seam = Seam {
            certificate: Box::new(move || certified.now().site.tls.clone()),
            connections: self.app.metrics.connections.clone(),
        };
        let app = self.app.clone();
        let answer = move |request, peer| answer(self.app.clone(), request, peer);
        let serving = accept(self.listener, answer, self.bounds, seam, stop);
        match self.metrics {
            None => serving.await,
            // The way down can be watched to its end.
            Some(listener) => tokio::select! {
                () = serving => {}
                () = monitor(listener, app, pending()) => {}
            },
        }
    }
}

impl Reloader {
    /// Serves this from now on. Requests that began before end as they began; no connection is closed.
    pub fn replace(&self, site: Site) {
        self.0.replace(site);
        self.0.metrics.reloaded(true);
        info!("the configuration was read again and is served from now on");
    }

    /// Serves what it served, because of a mistake in what was to take its place.
    pub fn keep(&self, mistake: &str) {
        self.0.metrics.reloaded(false);
        error!(
            mistake,
            "the configuration was read again and not taken; the one before is still served"
        );
    }
}

/// Serves until `stop` comes, then lets open requests end.
///
/// # Errors
/// If the listener has no address.
pub async fn serve(listener: TcpListener, setup: Setup, stop: impl Future<Output = ()>) -> io::Result<()> {
    Server::new(listener, setup)?.serve(stop).await;
    Ok(())
}
