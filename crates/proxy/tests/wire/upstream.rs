//! An upstream that answers from a script, byte for byte, and keeps every request head. What is not in the script it
//! answers with a failure that names the request, and the test fails when it ends.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// Time between two bytes of a drip.
const DRIP: Duration = Duration::from_millis(20);

/// Holds answers back until it is opened, and knows how many requests wait before it.
#[derive(Clone, Default)]
pub(crate) struct Door(Arc<(Mutex<(usize, bool)>, Condvar)>);

impl Door {
    /// Waits until so many requests stand before it.
    pub(crate) fn wait_for(&self, n: usize) {
        let (state, changed) = &*self.0;
        let waited = changed.wait_timeout_while(state.lock().unwrap(), PATIENCE, |state| state.0 < n);
        let (state, timed_out) = waited.unwrap();
        assert!(!timed_out.timed_out(), "expected {n} requests, found {}", state.0);
    }

    pub(crate) fn open(&self) {
        self.0.0.lock().unwrap().1 = true;
        self.0.1.notify_all();
    }

    fn pass(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().unwrap();
        state.0 += 1;
        changed.notify_all();
        drop(changed.wait_while(state, |state| !state.1).unwrap());
    }
}

/// What happens after a request head.
#[derive(Clone)]
pub(crate) enum Act {
    /// These bytes, then the end of the connection.
    Say(String),
    /// These bytes, then silence until the other side gives up.
    SayAndHang(String),
    /// These bytes, then others again and again until the other side gives up.
    SayForever(String, &'static str),
    /// These bytes once the door is open, then the end of the connection.
    SayBehind(Door, String),
    /// What this makes of the request's head, then the end of the connection.
    Tell(fn(&str) -> String),
    /// These bytes, then a byte of this text every few milliseconds, without end.
    Drip(String, &'static str),
    /// The first bytes, then the connection is torn down instead of ended.
    Reset(String),
}

/// The same JSON answer, once the door is open.
pub(crate) fn behind(door: &Door, body: &str) -> Act {
    match json(body) {
        Act::Say(bytes) => Act::SayBehind(door.clone(), bytes),
        other => other,
    }
}

/// A JSON answer with a correct length.
pub(crate) fn json(body: &str) -> Act {
    answer("200 OK", "content-type: application/json\r\n", body)
}

/// An answer with a correct length. `headers` are lines with their ends.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    Act::Say(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ))
}

/// The upstream.
pub(crate) struct Upstream {
    pub(crate) port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    script: Vec<(String, VecDeque<Act>)>,
    heads: Vec<String>,
    unexpected: Vec<String>,
}

impl Upstream {
    /// An upstream that expects nothing yet.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        thread::spawn(move || {
            for socket in listener.incoming() {
                let shared = shared.clone();
                thread::spawn(move || serve(socket.unwrap(), &shared));
            }
        });
        Self { port, state }
    }

    /// From now on this request target gets this answer.
    pub(crate) fn expect(&self, target: &str, act: Act) {
        self.expect_in_turn(target, [act]);
    }

    /// From now on this request target gets these answers one after the other, and the last one from then on.
    pub(crate) fn expect_in_turn(&self, target: &str, acts: impl IntoIterator<Item = Act>) {
        let mut state = self.state.lock().unwrap();
        state.script.retain(|(known, _)| known != target);
        state.script.push((target.to_owned(), acts.into_iter().collect()));
    }

    /// How many requests there were so far.
    pub(crate) fn n_heads(&self) -> usize {
        self.state.lock().unwrap().heads.len()
    }

    /// The request heads so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.state.lock().unwrap().heads.clone()
    }

    /// The one request head so far.
    pub(crate) fn only_head(&self) -> String {
        let heads = self.heads();
        assert_eq!(heads.len(), 1, "{heads:#?}");
        heads[0].clone()
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        let state = self.state.lock().unwrap();
        if !thread::panicking() {
            assert!(
                state.unexpected.is_empty(),
                "the upstream was asked for {:?}",
                state.unexpected
            );
        }
    }
}

fn serve(socket: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(socket.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let head = with_lower_names(&head);
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let act = {
        let mut state = state.lock().unwrap();
        state.heads.push(head.clone());
        let acts = state.script.iter_mut().find(|(known, _)| *known == target);
        let act = acts.and_then(|(_, acts)| {
            let act = acts.front().cloned();
            if acts.len() > 1 {
                acts.pop_front();
            }
            act
        });
        if act.is_none() {
            state.unexpected.push(target.clone());
        }
        act
    };
    let unexpected = || {
        answer(
            "500 Unexpected",
            "",
            &format!("the test expected no request for {target}"),
        )
    };
    play(socket, &head, act.unwrap_or_else(unexpected));
}

/// The same head with the names of its headers in lower case: they mean the same in any.
fn with_lower_names(head: &str) -> String {
    let line = |line: &str| match line.split_once(':') {
        Some((name, value)) if !name.contains(' ') => format!("{}:{value}", name.to_ascii_lowercase()),
        _ => line.to_owned(),
    };
    head.split("\r\n").map(line).collect::<Vec<_>>().join("\r\n")
}

/// The other side may be gone at any time; that is what some tests are about.
fn play(mut socket: TcpStream, head: &str, act: Act) {
    let is_gone = |result: std::io::Result<()>| result.is_err();
    match act {
        Act::Say(bytes) => {
            is_gone(socket.write_all(bytes.as_bytes()));
        }
        Act::SayAndHang(bytes) => {
            if !is_gone(socket.write_all(bytes.as_bytes())) {
                wait_for_end(&mut socket);
            }
        }
        Act::SayBehind(door, bytes) => {
            door.pass();
            is_gone(socket.write_all(bytes.as_bytes()));
        }
        Act::Tell(tell) => {
            is_gone(socket.write_all(tell(head).as_bytes()));
        }
        Act::Drip(bytes, again) => {
            let mut gone = is_gone(socket.write_all(bytes.as_bytes()));
            for byte in again.bytes().cycle() {
                if gone {
                    break;
                }
                thread::sleep(DRIP);
                gone = is_gone(socket.write_all(&[byte]));
            }
        }
        Act::Reset(bytes) => {
            is_gone(socket.write_all(bytes.as_bytes()));
            // Closing with unread data in the buffer makes the system send a reset.
            is_gone(socket.set_nonblocking(true));
        }
        Act::SayForever(bytes, again) => {
            let mut gone = is_gone(socket.write_all(bytes.as_bytes()));
            while !gone {
                gone = is_gone(socket.write_all(again.as_bytes()));
            }
        }
    }
}

fn wait_for_end(socket: &mut TcpStream) {
    let mut buffer = [0; 1024];
    loop {
        match socket.read(&mut buffer) {
            Ok(0) => return,
            Err(error) if error.kind() != ErrorKind::Interrupted => return,
            _ => {}
        }
    }
}
