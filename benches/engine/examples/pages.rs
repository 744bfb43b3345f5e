//! Writes pages of the sandbox into a file, one a line: `pages <provider> <profiles> <file>`.
//!
//! The sandbox's titles are pairs of 80 words, which is kinder to any search than real names are. Each Ayrshare title
//! gets one more word in front, drawn from 20,000 invented ones: few are frequent, most are rare, as names are.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roster_core::UnixMs;
use roster_sandbox::{Request, Response, Sandbox, Session, Settings, keys};

/// 2026-01-01. Every run writes the same bytes.
const NOW: UnixMs = UnixMs(1_767_225_600_000);
const BASE_URL: &str = "http://127.0.0.1:8788";
const N_WORDS: f64 = 20_000.0;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "pages: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [provider, n_profiles, file] = arguments.as_slice() else {
        return Err("expected <provider> <profiles> <file>".into());
    };
    let n_profiles: u64 = n_profiles.parse()?;
    let mut out = BufWriter::new(File::create(file)?);
    match provider.as_str() {
        "ayrshare" => ayrshare(n_profiles, &mut out)?,
        "insightiq" => insightiq(n_profiles, &mut out)?,
        other => return Err(format!("no pages of {other:?}").into()),
    }
    Ok(out.flush()?)
}

/// Pages of 5,000, the most that the API gives.
fn ayrshare(n_profiles: u64, out: &mut impl std::io::Write) -> Outcome {
    let (sandbox, mut session) = (sandbox(n_profiles * 8 / 5 + 8), Session::default());
    let (mut n_written, mut query) = (0, format!("limit={}", n_profiles.min(5000)));
    while n_written < n_profiles {
        let request = Request::get("/ayrshare/api/profiles", &query, BASE_URL)
            .with_header("authorization", &format!("Bearer {}", keys::AYRSHARE_KEY));
        let page = String::from_utf8(body(sandbox.handle(&mut session, &request, NOW))?)?;
        out.write_all(named_anew(&page, n_written).as_bytes())?;
        out.write_all(b"\n")?;
        n_written += 5000;
        let cursor = text_after(&page, "\"nextCursor\":\"").ok_or("the list ended early")?;
        query = format!(
            "limit={}&cursor={cursor}",
            n_profiles.saturating_sub(n_written).min(5000)
        );
    }
    Ok(())
}

/// Pages of 100, the most that the API gives.
fn insightiq(n_profiles: u64, out: &mut impl std::io::Write) -> Outcome {
    let (sandbox, mut session) = (sandbox(n_profiles * 4), Session::default());
    for offset in (0..n_profiles).step_by(100) {
        let query = format!("limit={}&offset={offset}", (n_profiles - offset).min(100));
        let request =
            Request::get("/insightiq/v1/profiles", &query, BASE_URL).with_header("authorization", &basic_credentials());
        out.write_all(&body(sandbox.handle(&mut session, &request, NOW))?)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn sandbox(n_profiles: u64) -> Sandbox {
    let (ayrshare_n_requests, settings) = (u64::MAX, Settings::default());
    Sandbox::new(Settings {
        n_profiles,
        ayrshare_n_requests,
        ..settings
    })
}

fn basic_credentials() -> String {
    let pair = format!("{}:{}", keys::INSIGHTIQ_USER, keys::INSIGHTIQ_PASSWORD);
    format!("Basic {}", STANDARD.encode(pair))
}

fn body(response: Response) -> Outcome<Vec<u8>> {
    if response.status == 200 {
        return Ok(response.body);
    }
    let reason = String::from_utf8_lossy(&response.body);
    Err(format!("the sandbox answered {}: {reason}", response.status).into())
}

fn text_after<'a>(page: &'a str, start: &str) -> Option<&'a str> {
    page.split_once(start)?.1.split('"').next()
}

/// Puts a word in front of every title. Inside a JSON string a quote is escaped, so what looks like a key is one.
fn named_anew(page: &str, first: u64) -> String {
    const KEYS: [&str; 2] = ["\"title\":\"", "\"displayTitle\":\""];
    let mut named = String::with_capacity(page.len() + page.len() / 16);
    let (mut rest, mut place) = (page, first);
    while let Some((at, key)) = KEYS.iter().filter_map(|key| rest.find(key).map(|at| (at, *key))).min() {
        let (before, after) = rest.split_at(at + key.len());
        place += u64::from(key == KEYS[0]);
        named.push_str(before);
        named.push_str(&word(rank(place)));
        named.push(' ');
        rest = after;
    }
    named.push_str(rest);
    named
}

/// Log-uniform: the word of rank 10 comes as often as all of the ten from rank 100 on.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a draw"
)]
fn rank(place: u64) -> u64 {
    let draw = (mix(place) >> 11) as f64 / (1_u64 << 53) as f64;
    N_WORDS.powf(draw) as u64
}

/// Two to four syllables; every eighth word has an accent.
fn word(rank: u64) -> String {
    const STARTS: &[&str] = &[
        "b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z",
    ];
    const VOWELS: &[&str] = &["a", "e", "i", "o", "u"];
    const ENDS: &[&str] = &["", "", "", "n", "r", "l", "s", "k"];
    let mut dice = mix(rank);
    let mut draw = |words: &[&'static str]| {
        dice = mix(dice);
        let place = usize::try_from(dice >> 33).unwrap_or(0) % words.len();
        words.get(place).copied().unwrap_or_default()
    };
    let mut word = String::new();
    for _ in 0..2 + rank % 3 {
        for words in [STARTS, VOWELS, ENDS] {
            word.push_str(draw(words));
        }
    }
    if rank % 8 == 7 {
        word = word.replacen('i', "í", 1) + "ñ";
    }
    let rest = word.split_off(1);
    word.to_uppercase() + &rest
}

/// The finaliser of `SplitMix64`. Source: <https://prng.di.unimi.it/splitmix64.c>, seen 2026-11.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}
