//! The scripted upstream: it answers as the script says, and each answer names what was asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Outcome;

/// Path of each provider's API, in the order of the configuration.
pub(super) const PLACES: [&str; 3] = ["api", "iq", "up"];

/// What the keys of the profiles start with; the alias follows.
pub(super) const PROFILE_KEY: &str = "soak-profile-key-of-";

/// Bytes of filling in an answer, and in a big one.
const FILL_BYTES: usize = 400;
const BIG_FILL_BYTES: usize = 1_000_000;

/// Longest head of a request, in bytes.
const HEAD_BYTES: usize = 8 * 1024;

/// An idle connection is closed after this time, so that what stays open at the end is a leak.
const IDLE: Duration = Duration::from_secs(1);

/// Between two bytes of a drip, and how long a slow answer takes.
const DRIP: Duration = Duration::from_millis(2);
const SLOW: Duration = Duration::from_millis(300);

/// What happens to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Fine,
    Throttled,
    Failing,
    Reset,
    Half,
    Drip,
    Big,
    Slow,
}

/// What each source meets in turn. Sources are two steps apart, so that never all of them fail in the same way.
const TURNS: [Fault; 7] = [
    Fault::Fine,
    Fault::Throttled,
    Fault::Big,
    Fault::Failing,
    Fault::Half,
    Fault::Drip,
    Fault::Reset,
];

/// What the upstream does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Fine,
    Slow,
    Turn(usize),
}

impl Mood {
    /// What meets a request for a place. In a turn, two of three requests meet the fault.
    fn fault(self, place: usize, n_asked: u64) -> Fault {
        match self {
            Self::Fine => Fault::Fine,
            Self::Slow => Fault::Slow,
            Self::Turn(_) if n_asked.is_multiple_of(3) => Fault::Fine,
            Self::Turn(turn) => TURNS
                .get((turn + 2 * place) % TURNS.len())
                .copied()
                .unwrap_or(Fault::Fine),
        }
    }
}

/// The upstream, until the program ends.
pub(super) struct Upstream {
    pub(super) port: u16,
    state: Arc<State>,
}

struct State {
    mood: Mutex<Mood>,
    n_asked: AtomicU64,
}

impl Upstream {
    pub(super) fn start() -> Outcome<Self> {
        let odd = |error: std::io::Error| format!("cannot start the scripted upstream: {error}");
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(odd)?;
        let port = listener.local_addr().map_err(odd)?.port();
        let state = Arc::new(State {
            mood: Mutex::new(Mood::Fine),
            n_asked: AtomicU64::new(0),
        });
        let shared = state.clone();
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let state = shared.clone();
                thread::spawn(move || state.talk(socket));
            }
        });
        Ok(Self { port, state })
    }

    pub(super) fn set(&self, mood: Mood) {
        *self.state.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// Requests that came so far.
    pub(super) fn n_asked(&self) -> u64 {
        self.state.n_asked.load(Ordering::Relaxed)
    }
}

impl State {
    /// Answers the requests of a connection. It ends when the other side leaves, or as the script says.
    fn talk(&self, mut socket: TcpStream) {
        if socket.set_read_timeout(Some(IDLE)).is_err() || socket.set_nodelay(true).is_err() {
            return;
        }
        while let Some(head) = peek(&socket) {
            let n_asked = self.n_asked.fetch_add(1, Ordering::Relaxed);
            let mood = *self.mood.lock().unwrap_or_else(PoisonError::into_inner);
            let asked = Asked::read(&head);
            let fault = mood.fault(asked.place(), n_asked);
            // A connection that is closed with bytes unread is reset.
            if fault == Fault::Reset {
                let _ = socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: applic");
                return;
            }
            let mut taken = vec![0; head.len()];
            if socket.read_exact(&mut taken).is_err() || answer(&mut socket, &asked, fault).is_err() {
                return;
            }
            if fault == Fault::Half {
                return;
            }
        }
    }
}

/// The head of the next request, which stays unread.
fn peek(socket: &TcpStream) -> Option<String> {
    let mut bytes = vec![0; HEAD_BYTES];
    for _ in 0..1000 {
        let n_bytes = socket.peek(&mut bytes).ok().filter(|n_bytes| *n_bytes > 0)?;
        let seen = bytes.get(..n_bytes)?;
        if let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
            return String::from_utf8(seen.get(..end + 4)?.to_vec()).ok();
        }
        // A peek does not wait for more than there is.
        thread::sleep(Duration::from_millis(1));
    }
    None
}

fn answer(socket: &mut TcpStream, asked: &Asked, fault: Fault) -> std::io::Result<()> {
    let fill_bytes = if fault == Fault::Big {
        BIG_FILL_BYTES
    } else {
        FILL_BYTES
    };
    let body = body(&asked.path, &asked.number, &asked.profile, fill_bytes);
    let head = |status: &str, more: &str, length: usize| {
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{more}content-length: {length}\r\n\r\n")
    };
    let fine = head("200 OK", "", body.len());
    match fault {
        Fault::Throttled => socket.write_all(head("429 Too Many Requests", "retry-after: 1\r\n", 0).as_bytes()),
        Fault::Failing => socket.write_all(head("503 Service Unavailable", "", 0).as_bytes()),
        Fault::Half => socket.write_all((fine + body.get(..body.len() / 2).unwrap_or_default()).as_bytes()),
        Fault::Drip => (fine + &body).as_bytes().chunks(8).try_for_each(|bytes| {
            thread::sleep(DRIP);
            socket.write_all(bytes)
        }),
        Fault::Slow => {
            thread::sleep(SLOW);
            socket.write_all((fine + &body).as_bytes())
        }
        Fault::Fine | Fault::Big | Fault::Reset => socket.write_all((fine + &body).as_bytes()),
    }
}

/// The body of an answer: what was asked, with whose key, and how much filling follows.
pub(super) fn body(path: &str, number: &str, profile: &str, fill_bytes: usize) -> String {
    let fill = "x".repeat(fill_bytes);
    format!(r#"{{"asked":"{path} {number}","profile":"{profile}","fill_bytes":{fill_bytes},"fill":"{fill}"}}"#)
}

/// Whether a body is what belongs to the question, whole.
pub(super) fn is_right(found: &str, path: &str, number: &str, profile: &str) -> bool {
    [FILL_BYTES, BIG_FILL_BYTES]
        .into_iter()
        .any(|fill_bytes| found == body(path, number, profile, fill_bytes))
}

/// What a request asks for.
struct Asked {
    path: String,
    number: String,
    profile: String,
}

impl Asked {
    fn read(head: &str) -> Self {
        let target = head.split(' ').nth(1).unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let number = query.rsplit_once('=').map_or("", |(_, number)| number);
        let profile = head.split(PROFILE_KEY).nth(1).unwrap_or_default();
        let profile = profile.split("\r\n").next().unwrap_or_default();
        Self {
            path: path.to_owned(),
            number: number.to_owned(),
            profile: profile.to_owned(),
        }
    }

    fn place(&self) -> usize {
        let place = self.path.split('/').nth(1).unwrap_or_default();
        PLACES.iter().position(|known| *known == place).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_what_was_asked_and_by_whom() {
        let head = format!("GET /api/user?limit=7 HTTP/1.1\r\nhost: x\r\nprofile-key: {PROFILE_KEY}brand-a\r\n\r\n");
        let asked = Asked::read(&head);
        let found = body(&asked.path, &asked.number, &asked.profile, FILL_BYTES);
        assert!(is_right(&found, "/api/user", "7", "brand-a"));
        for (path, number, profile) in [
            ("/api/user", "7", "brand-b"),
            ("/api/user", "8", "brand-a"),
            ("/up/user", "7", "brand-a"),
        ] {
            assert!(!is_right(&found, path, number, profile));
        }
        let cut = found.get(..found.len() - 1).unwrap();
        assert!(!is_right(cut, "/api/user", "7", "brand-a"));
    }

    #[test]
    fn every_source_meets_every_fault_and_never_the_same_as_another() {
        for turn in 0..TURNS.len() {
            let met: Vec<Fault> = (0..3).map(|place| Mood::Turn(turn).fault(place, 1)).collect();
            assert!(met[0] != met[1] && met[1] != met[2] && met[0] != met[2], "{met:?}");
        }
        let of_one = |fault| (0..TURNS.len()).any(|turn| Mood::Turn(turn).fault(1, 1) == fault);
        assert!(TURNS.into_iter().all(of_one));
    }
}
