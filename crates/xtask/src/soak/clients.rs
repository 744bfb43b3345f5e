//! Clients that ask without a break, and look at every answer.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::upstream::is_right;
use crate::Outcome;
use crate::bench_proxy::answer::Answer;

/// Connections at the same time. More than the sources may be asked at once and wait, so that some are turned away.
const N_CLIENTS: u64 = 96;

/// Requests of a connection.
const N_REQUESTS: u64 = 25;

/// Of how many requests one is left by its client before the answer.
const LEAVES: u64 = 29;

/// A client's break after an answer.
const PAUSE: Duration = Duration::from_millis(5);

/// How long a client waits for an answer: more than the proxy's own deadline.
const PATIENCE: Duration = Duration::from_secs(45);

/// Most breaches that are kept as sentences.
const N_SENTENCES: usize = 8;

/// A question, and the answer that belongs to it.
pub(super) struct Question {
    target: String,
    path: &'static str,
    number: String,
    profile: &'static str,
}

impl Question {
    /// One of the questions that clients ask in turn: pages of three sources, and two profiles of one.
    pub(super) fn new(n: u64) -> Self {
        let page = (n / 5) % 90 + 1;
        let (target, path, profile) = match n % 5 {
            0 => (format!("ayrshare/profiles?limit={page}"), "/api/profiles", ""),
            1 => (format!("insightiq/profiles?limit={page}"), "/iq/v1/profiles", ""),
            2 => (format!("upsun/profiles?page={page}"), "/up/profiles", ""),
            3 => ("ayrshare/user?profile=brand-a".to_owned(), "/api/user", "brand-a"),
            _ => ("ayrshare/user?profile=brand-b".to_owned(), "/api/user", "brand-b"),
        };
        let number = if profile.is_empty() {
            page.to_string()
        } else {
            String::new()
        };
        Self {
            target: format!("/api/v1/{target}"),
            path,
            number,
            profile,
        }
    }
}

/// What became of a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// What was asked, whole.
    Right,
    /// A problem of the proxy, with its status.
    Held(u16),
    /// Something else, said as a sentence.
    Wrong(String),
    /// No whole answer.
    Lost(String),
}

/// What all clients saw.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) n_right: AtomicU64,
    pub(super) n_held: AtomicU64,
    pub(super) n_left: AtomicU64,
    pub(super) n_wrong: AtomicU64,
    /// Answers that did not come although they were asked for before the signal, if there was one.
    pub(super) n_lost: AtomicU64,
    /// Of those who asked before the signal, who got their answer after it.
    pub(super) n_in_flight: AtomicU64,
    is_signalled: AtomicBool,
    sentences: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Tally {
    fn note(&self, question: &Question, was_before: bool, reply: Reply) {
        let was_in_flight = was_before && self.is_signalled();
        let add = |count: &AtomicU64| count.fetch_add(1, Ordering::Relaxed);
        if was_in_flight && !matches!(reply, Reply::Lost(_)) {
            add(&self.n_in_flight);
        }
        match reply {
            Reply::Right => add(&self.n_right),
            Reply::Held(_) => add(&self.n_held),
            Reply::Wrong(why) => {
                self.say(format!("{}: {why}", question.target));
                add(&self.n_wrong)
            }
            // Who asks after the signal may be turned away.
            Reply::Lost(_) if !was_before => 0,
            Reply::Lost(why) => {
                self.say(format!("{}: no answer: {why}", question.target));
                add(&self.n_lost)
            }
        };
    }

    fn is_signalled(&self) -> bool {
        self.is_signalled.load(Ordering::SeqCst)
    }

    fn say(&self, sentence: String) {
        let mut sentences = self.sentences.lock().unwrap_or_else(PoisonError::into_inner);
        if sentences.len() < N_SENTENCES {
            sentences.push(sentence);
        }
    }

    pub(super) fn sentences(&self) -> Vec<String> {
        self.sentences.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Clients at work.
pub(super) struct Load {
    pub(super) tally: Arc<Tally>,
    clients: Vec<JoinHandle<()>>,
}

impl Load {
    pub(super) fn start(port: u16) -> Self {
        let tally = Arc::new(Tally::default());
        let client = |n: u64| {
            let tally = tally.clone();
            thread::spawn(move || work(port, n, &tally))
        };
        Self {
            clients: (0..N_CLIENTS).map(client).collect(),
            tally,
        }
    }

    /// Says that from now on who asks may be turned away.
    pub(super) fn signalled(&self) {
        self.tally.is_signalled.store(true, Ordering::SeqCst);
    }

    /// Lets all clients end with the answer that they wait for.
    pub(super) fn end(self) -> Outcome<Arc<Tally>> {
        self.tally.is_over.store(true, Ordering::Relaxed);
        for client in self.clients {
            client.join().map_err(|_| "a client of the soak panicked")?;
        }
        Ok(self.tally)
    }
}

/// One client: connections, one after another.
fn work(port: u16, first: u64, tally: &Tally) {
    let mut n = first * 7;
    while !tally.is_over.load(Ordering::Relaxed) {
        let question = Question::new(n);
        match connect(port) {
            Ok(socket) => talk(socket, port, &mut n, tally),
            Err(error) => tally.note(&question, !tally.is_signalled(), Reply::Lost(error.to_string())),
        }
        thread::sleep(PAUSE);
    }
}

/// One connection, until it has asked enough or has ended.
fn talk(socket: TcpStream, port: u16, n: &mut u64, tally: &Tally) {
    let mut reader = BufReader::new(socket);
    for _ in 0..N_REQUESTS {
        *n += 1;
        let question = Question::new(*n);
        let sent = send(reader.get_mut(), port, &question);
        let was_before = !tally.is_signalled();
        if n.is_multiple_of(LEAVES) {
            tally.n_left.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let reply = match sent {
            Ok(()) => receive(&mut reader, &question),
            Err(error) => Reply::Lost(error.to_string()),
        };
        let is_lost = matches!(reply, Reply::Lost(_));
        tally.note(&question, was_before, reply);
        if is_lost || tally.is_over.load(Ordering::Relaxed) {
            return;
        }
        thread::sleep(PAUSE);
    }
}

/// Asks once, on a connection of its own.
pub(super) fn ask(port: u16, question: &Question) -> Reply {
    let asked = connect(port).and_then(|mut socket| send(&mut socket, port, question).map(|()| socket));
    match asked {
        Ok(socket) => receive(&mut BufReader::new(socket), question),
        Err(error) => Reply::Lost(error.to_string()),
    }
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let socket = TcpStream::connect(("127.0.0.1", port))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    Ok(socket)
}

fn send(socket: &mut TcpStream, port: u16, question: &Question) -> std::io::Result<()> {
    let target = &question.target;
    socket.write_all(format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").as_bytes())
}

fn receive(reader: &mut impl BufRead, question: &Question) -> Reply {
    let answer = match Answer::read(reader) {
        Ok(answer) => answer,
        Err(error) => return Reply::Lost(error.to_string()),
    };
    let body = String::from_utf8_lossy(&answer.body);
    let is_problem = answer.header("content-type") == Some("application/problem+json");
    match answer.status {
        200 if is_right(&body, question.path, &question.number, question.profile) => Reply::Right,
        429 | 502 | 503 | 504 if is_problem => Reply::Held(answer.status),
        status => Reply::Wrong(format!(
            "status {status}, {}",
            body.chars().take(200).collect::<String>()
        )),
    }
}
