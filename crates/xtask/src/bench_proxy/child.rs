//! A program that runs beside us: started, looked at, ended.

use std::fs;
use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use super::answer::Answer;
use crate::Outcome;
use crate::machine::Stopwatch;

/// How often its port is tried, and the pause between, in milliseconds.
const N_TRIES: u32 = 200;
const PAUSE_MS: u64 = 25;

/// A program that listens on a port of loopback; it is ended when dropped.
pub(crate) struct Listening {
    child: Child,
    pub(crate) port: u16,
}

impl Listening {
    /// Starts a program that will listen on `port`, and waits until it does.
    pub(crate) fn start(command: &mut Command, port: u16) -> Outcome<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .map_err(|error| format!("cannot start `{program}`: {error}"))?;
        let mut started = Self { child, port };
        // Another process opens the port; there is nothing to wait on but the clock.
        for _ in 0..N_TRIES {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(started);
            }
            if let Ok(Some(status)) = started.child.try_wait() {
                return Err(format!(
                    "`{program}` ended with {status} before it listened on port {port}"
                ));
            }
            thread::sleep(Duration::from_millis(PAUSE_MS));
        }
        Err(format!("`{program}` does not listen on port {port}"))
    }

    /// Id of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// CPU time so far, in seconds.
    pub(crate) fn cpu_s(&self) -> Outcome<f64> {
        let stat = self.proc("stat")?;
        // The name, in parentheses, may hold anything; what follows are numbers.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<u32>().ok());
        let (user, system) = ticks(11)
            .zip(ticks(12))
            .ok_or("cannot read the CPU time of a process")?;
        // Linux counts in hundredths of a second for every program.
        Ok(f64::from(user + system) / 100.0)
    }

    /// Largest memory so far, in MiB.
    pub(crate) fn peak_mib(&self) -> Outcome<f64> {
        self.status("VmHWM:").map(|kib| kib / 1024.0)
    }

    /// Memory now, in MiB.
    pub(crate) fn resident_mib(&self) -> Outcome<f64> {
        self.status("VmRSS:").map(|kib| kib / 1024.0)
    }

    /// Files and sockets that are open now.
    pub(crate) fn n_handles(&self) -> Outcome<usize> {
        let folder = format!("/proc/{}/fd", self.id());
        let handles = fs::read_dir(&folder);
        let handles = handles.map_err(|error| format!("cannot read {folder}: {error}; this needs Linux"))?;
        Ok(handles.count())
    }

    /// Asks it to end, as a service manager does: SIGTERM.
    pub(crate) fn terminate(&self) -> Outcome {
        let sent = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        match sent {
            Ok(status) if status.success() => Ok(()),
            _ => Err("cannot send SIGTERM".to_owned()),
        }
    }

    /// Waits until it ends by itself, with code 0.
    pub(crate) fn wait(&mut self, longest: Duration) -> Outcome {
        let stopwatch = Stopwatch::start();
        while stopwatch.seconds() < longest.as_secs_f64() {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(format!("it ended with {status}")),
                // Another process ends; there is nothing to wait on but the clock.
                _ => thread::sleep(Duration::from_millis(PAUSE_MS)),
            }
        }
        Err(format!("it still runs after {} s", longest.as_secs()))
    }

    fn status(&self, name: &str) -> Outcome<f64> {
        let status = self.proc("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        number.ok_or_else(|| format!("cannot read {name} of a process"))
    }

    fn proc(&self, name: &str) -> Outcome<String> {
        let file = format!("/proc/{}/{name}", self.id());
        fs::read_to_string(&file).map_err(|error| format!("cannot read {file}: {error}; this needs Linux"))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that is free now.
pub(crate) fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.port())
        .map_err(|error| format!("cannot find a free port: {error}"))
}

/// Asks a server on loopback.
pub(crate) fn get(port: u16, target: &str) -> Outcome<Answer> {
    let odd = |error: std::io::Error| format!("cannot ask port {port} for {target}: {error}");
    let mut socket = TcpStream::connect(("127.0.0.1", port)).map_err(odd)?;
    socket.set_read_timeout(Some(Duration::from_secs(30))).map_err(odd)?;
    write!(
        socket,
        "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )
    .map_err(odd)?;
    Answer::read(&mut BufReader::new(socket)).map_err(odd)
}
