//! `cargo xtask soak proxy`: the proxy at its limit, for minutes, before an upstream whose faults change.

mod clients;
mod table;
mod upstream;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::bench_proxy::child::{Listening, free_port};
use crate::machine::{self, Stopwatch};
use crate::{Outcome, run as program};
use clients::{Load, Question, Reply, ask};
use table::{Resources, Table, count};
use upstream::{Mood, PLACES, PROFILE_KEY, Upstream};

/// How long it lasts if nothing is said, and in CI, in seconds.
const USUAL_S: u64 = 600;
const SHORT_S: u64 = 20;

/// How long each mood of the upstream lasts.
const TURN: Duration = Duration::from_secs(3);

/// How long each of the two ends is under load before it comes.
const BEFORE_END: Duration = Duration::from_secs(2);

/// Idle connections are closed by the upstream after a second; the rest is for a busy machine.
const REST: Duration = Duration::from_secs(4);

/// A breaker may stay open for a while after a bad time.
const RECOVERY: Duration = Duration::from_secs(90);

/// Longest way down.
const WAY_DOWN: Duration = Duration::from_secs(40);

/// Runs it as the command line says, and says whether nothing was found.
pub(crate) fn run(words: &[String]) -> Outcome<bool> {
    let length = Duration::from_secs(seconds(words)?);
    soak(program::build_proxy_to_ship()?, length)
}

/// The short form, for CI.
pub(crate) fn short() -> Outcome {
    if soak(program::build_proxy()?, Duration::from_secs(SHORT_S))? {
        return Ok(());
    }
    Err("the soak found what the table above says".to_owned())
}

fn seconds(words: &[String]) -> Outcome<u64> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |text: &str, unit_s: u64| {
        let number: Option<u64> = text.parse().ok().filter(|n| (1..=100_000).contains(n));
        number
            .map(|n| n * unit_s)
            .ok_or_else(|| format!("expected a number from 1 to 100000, found `{text}`"))
    };
    match words.as_slice() {
        ["proxy"] => Ok(USUAL_S),
        ["proxy", "--seconds", n] => number(n, 1),
        ["proxy", "--minutes", n] => number(n, 60),
        _ => Err(format!(
            "expected `soak proxy [--seconds N | --minutes N]`, found `soak {}`",
            words.join(" ")
        )),
    }
}

fn soak(program: PathBuf, length: Duration) -> Outcome<bool> {
    let stage = Stage::new(program)?;
    let mut table = Table::default();
    let proxy = stage.start()?;
    stage.at_the_limit(&proxy, length, &mut table)?;
    stage.way_down(proxy, &mut table)?;
    stage.killed(&mut table)?;
    table.print();
    Ok(table.is_green)
}

/// The upstream, and how the proxy before it is started.
struct Stage {
    program: PathBuf,
    config: PathBuf,
    port: u16,
    metrics_port: u16,
    upstream: Upstream,
}

impl Stage {
    fn new(program: PathBuf) -> Outcome<Self> {
        let upstream = Upstream::start()?;
        let config = machine::target()?.join("soak.toml");
        std::fs::write(&config, configuration(upstream.port))
            .map_err(|error| format!("cannot write {}: {error}", config.display()))?;
        Ok(Self {
            program,
            config,
            port: free_port()?,
            metrics_port: free_port()?,
            upstream,
        })
    }

    fn start(&self) -> Outcome<Listening> {
        let mut command = Command::new(&self.program);
        command.args(["--debuggable", "--listen", &format!("127.0.0.1:{}", self.port)]);
        command.args(["--metrics", &format!("127.0.0.1:{}", self.metrics_port)]);
        command.arg("--config").arg(&self.config).env("ROSTER_LOG", "error");
        for name in ["SOAK_KEY", "SOAK_USER", "SOAK_PASSWORD"] {
            command.env(name, "soak-key-0123456789");
        }
        for alias in ["a", "b"] {
            command.env(
                format!("SOAK_PROFILE_{}", alias.to_uppercase()),
                format!("{PROFILE_KEY}brand-{alias}"),
            );
        }
        Listening::start(command.stdout(Stdio::null()), self.port)
    }

    /// Load while the upstream's mood changes, then rest: what is left over is a leak.
    fn at_the_limit(&self, proxy: &Listening, length: Duration, table: &mut Table) -> Outcome {
        let before = Resources::of(proxy, self.metrics_port)?;
        let load = Load::start(self.port);
        let (begun, mut warm, mut turn) = (Stopwatch::start(), None, 0);
        // The first third, or one round of all faults, fills caches and what an allocator keeps.
        let warming = (length / 3).min(TURN * 7);
        while begun.seconds() < length.as_secs_f64() {
            self.upstream.set(Mood::Turn(turn));
            turn += 1;
            let left_s = (length.as_secs_f64() - begun.seconds()).max(0.0);
            thread::sleep(TURN.min(Duration::from_secs_f64(left_s)));
            if warm.is_none() && begun.seconds() >= warming.as_secs_f64() {
                warm = Resources::of(proxy, self.metrics_port)?;
            }
        }
        self.upstream.set(Mood::Fine);
        let tally = load.end()?;
        let took_s = begun.seconds();
        thread::sleep(REST);
        let after = Resources::of(proxy, self.metrics_port)?;
        table.answers("at the limit", &tally);
        table.say(&format!(
            "{took_s:.0} s, {turn} changes of faults, {} requests upstream, {} answers left by their clients",
            self.upstream.n_asked(),
            count(&tally.n_left),
        ));
        table.leaks(before, warm, after, proxy);
        table.check("afterwards every source serves", self.serves());
        Ok(())
    }

    /// SIGTERM under load: who asked before it gets the answer.
    fn way_down(&self, mut proxy: Listening, table: &mut Table) -> Outcome {
        if cfg!(not(unix)) {
            table.say("SIGTERM: skipped, this system has none");
            return Ok(());
        }
        self.upstream.set(Mood::Slow);
        let load = Load::start(self.port);
        thread::sleep(BEFORE_END);
        load.signalled();
        proxy.terminate()?;
        let code = proxy.wait(WAY_DOWN);
        let tally = load.end()?;
        table.answers("SIGTERM under load", &tally);
        table.say(&format!(
            "{} answers were in flight at the signal",
            count(&tally.n_in_flight)
        ));
        let flown = if count(&tally.n_in_flight) > 0 {
            Ok(())
        } else {
            Err("no answer was in flight".to_owned())
        };
        table.check("SIGTERM meets answers in flight", flown);
        table.check("SIGTERM ends it with code 0", code);
        Ok(())
    }

    /// Ended without a word, it starts again as if nothing had been.
    fn killed(&self, table: &mut Table) -> Outcome {
        let proxy = self.start()?;
        table.check("started again, every source serves", self.serves());
        let load = Load::start(self.port);
        thread::sleep(BEFORE_END);
        load.signalled();
        // Dropped is killed, with SIGKILL.
        drop(proxy);
        let tally = load.end()?;
        let wrong = count(&tally.n_wrong);
        let right = if wrong == 0 {
            Ok(())
        } else {
            Err(format!("{wrong}: {}", tally.sentences().join("; ")))
        };
        table.check("kill -9 under load: no wrong body", right);
        let _again = self.start()?;
        table.check("after kill -9 every source serves", self.serves());
        Ok(())
    }

    /// That each kind of question gets its right answer, within the time that a breaker takes.
    fn serves(&self) -> Outcome {
        self.upstream.set(Mood::Fine);
        let begun = Stopwatch::start();
        (0..5).try_for_each(|n| {
            loop {
                match ask(self.port, &Question::new(n)) {
                    Reply::Right => return Ok(()),
                    Reply::Held(_) if begun.seconds() < RECOVERY.as_secs_f64() => {
                        thread::sleep(Duration::from_millis(200));
                    }
                    other => return Err(format!("question {n}: {other:?}")),
                }
            }
        })
    }
}

/// One source with its answers kept, two without, all of them asked as often as they are let.
fn configuration(port: u16) -> String {
    let [ayrshare, insightiq, upsun] =
        PLACES.map(|place| format!("base_url = \"http://127.0.0.1:{port}/{place}\"\nallow_insecure_loopback = true\n"));
    let limits = |name: &str, cache: bool| {
        format!("[{name}.limits]\nrequests = 0\nwindow_s = 1\nat_once = 8\nwaiting = 16\ncache = {cache}\n")
    };
    format!(
        "[access]\nclient_requests_per_minute = 0\n\
         [ayrshare]\n{ayrshare}key_env = \"SOAK_KEY\"\n\
         [ayrshare.profiles]\nbrand-a = {{ env = \"SOAK_PROFILE_A\" }}\nbrand-b = {{ env = \"SOAK_PROFILE_B\" }}\n{}\
         [insightiq]\n{insightiq}user_env = \"SOAK_USER\"\npassword_env = \"SOAK_PASSWORD\"\n{}\
         [upsun]\n{upsun}key_env = \"SOAK_KEY\"\n{}",
        limits("ayrshare", true),
        limits("insightiq", false),
        limits("upsun", false),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_length_is_said_in_seconds_or_minutes() {
        let read = |line: &str| seconds(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(read("proxy"), Ok(600));
        assert_eq!(read("proxy --seconds 20"), Ok(20));
        assert_eq!(read("proxy --minutes 3"), Ok(180));
        for wrong in ["", "edge", "proxy --minutes", "proxy --seconds 0", "proxy --hours 1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
