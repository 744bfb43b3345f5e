//! What stands behind a key: words, yes and no, ranges of numbers and of dates.

use roster_core::UnixMs;

use crate::catalog::Kind;
use crate::query::filter::{Match, Nothing, Range};
use crate::query::hint::HintKind;
use crate::query::lexer::Piece;
use crate::query::quantity::Quantity;
use crate::query::when::When;

/// One alternative of a field.
pub(super) fn one(kind: Kind, piece: &Piece) -> Result<Match, HintKind> {
    let is_bare = !piece.is_quoted && !piece.is_part;
    let text = piece.text.as_str();
    if let Some(why) = Nothing::named(&piece.text).filter(|_| is_bare) {
        return Ok(Match::Nothing(why));
    }
    match kind {
        Kind::Flag => flag(text).map(Match::Flag).ok_or(HintKind::NotYesOrNo),
        Kind::Number => range(text, Quantity::parse)
            .map(Match::Number)
            .ok_or(HintKind::NotANumber),
        Kind::Percent => range(text, percent).map(Match::Number).ok_or(HintKind::NotANumber),
        Kind::Past | Kind::Future => range(text, When::parse).map(Match::Instant).ok_or(HintKind::NotADate),
        Kind::Text if is_bare => Ok(Match::Contains(piece.text.clone())),
        _ if piece.is_part => Ok(Match::Contains(piece.text.clone())),
        _ => Ok(Match::Is(piece.text.clone())),
    }
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "y" | "on" | "1" => Some(true),
        "no" | "false" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn percent(text: &str) -> Option<Quantity> {
    Quantity::parse(text.strip_suffix('%').unwrap_or(text))
}

/// A range with one end.
type Form<T> = fn(T) -> Range<T>;

/// Ranges in all spellings: `>a`, `>=a`, `≥a`, `a..b`, `a..`, `..b`, `a..*`, `a`.
fn range<T>(text: &str, end: impl Fn(&str) -> Option<T>) -> Option<Range<T>> {
    let signs: [(&str, Form<T>); 6] = [
        (">=", Range::AtLeast),
        ("≥", Range::AtLeast),
        (">", Range::Above),
        ("<=", Range::AtMost),
        ("≤", Range::AtMost),
        ("<", Range::Below),
    ];
    for (sign, make) in signs {
        if let Some(rest) = text.strip_prefix(sign) {
            return end(rest).map(make);
        }
    }
    match text.split_once("..") {
        Some((from, "" | "*")) => end(from).map(Range::AtLeast),
        Some(("" | "*", to)) => end(to).map(Range::AtMost),
        Some((from, to)) => Some(Range::Between(end(from)?, end(to)?)),
        None => end(text).map(Range::Exactly),
    }
}

/// The range with its ends changed about, if only that way anything can be within.
pub(super) fn swapped(one: &Match, kind: Kind) -> Option<Match> {
    match one {
        Match::Number(Range::Between(from, to)) if from.get() > to.get() => {
            Some(Match::Number(Range::Between(*to, *from)))
        }
        Match::Instant(range @ Range::Between(from, to)) if from.is_relative() == to.is_relative() => {
            let within = range.resolve(UnixMs(0), kind == Kind::Future);
            within.is_empty().then_some(Match::Instant(Range::Between(*to, *from)))
        }
        _ => None,
    }
}
