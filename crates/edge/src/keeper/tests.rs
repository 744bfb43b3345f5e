//! The keeper by its letters.

use super::*;

const NOW: UnixMs = UnixMs(1_795_000_000_000);
const TRIED: Attempt = Attempt {
    n: 1,
    deadline_ms: NOW.0 + 30_000,
    jitter: 0.5,
};
const NOTHING_NEXT: Word = Word::Next {
    retry_ms: None,
    wait_ms: None,
};

fn send(keeper: &mut Keeper, good: Good, message: Message, now: UnixMs) -> Word {
    let letter = Letter {
        provider: "ayrshare".to_owned(),
        pace: Pace::default(),
        good,
        message,
    };
    let word = keeper.read(&serde_json::to_string(&letter).unwrap(), now).unwrap();
    serde_json::from_str(&word).unwrap()
}

fn ask(keeper: &mut Keeper, message: Message, now: UnixMs) -> Word {
    send(keeper, Good::default(), message, now)
}

fn admit(keeper: &mut Keeper, now: UnixMs) -> Word {
    ask(keeper, Message::Admit { n_more: 0 }, now)
}

fn pass(word: &Word) -> u64 {
    match word {
        Word::Go { pass, .. } => *pass,
        _ => panic!("expected a pass"),
    }
}

fn throttled(pass: u64) -> Message {
    Message::Answered {
        pass,
        status: 429,
        headers: vec![("retry-after".to_owned(), "7".to_owned())],
        tried: TRIED,
    }
}

fn unreachable(pass: u64) -> Message {
    Message::Broken {
        pass,
        way: Broken::Unreachable,
        tried: TRIED,
    }
}

fn cooling(wait_ms: u64) -> Word {
    Word::Hold {
        kind: Kind::Cooling,
        wait_ms,
    }
}

#[test]
fn a_refusal_of_the_api_holds_everybody_until_its_end_and_outlives_the_object() {
    let mut keeper = Keeper::default();
    let first = pass(&admit(&mut keeper, NOW));
    let next = ask(&mut keeper, throttled(first), NOW);
    let expected = Word::Next {
        retry_ms: None,
        wait_ms: Some(7_000),
    };
    assert!(next == expected);
    let mut restored = Keeper::restored(Some(&keeper.stored()));
    assert!(admit(&mut restored, NOW.plus_ms(1_000)) == cooling(6_000));
    assert!(matches!(admit(&mut restored, NOW.plus_ms(7_000)), Word::Go { .. }));
}

#[test]
fn a_failure_is_tried_again_and_five_rest() {
    let mut keeper = Keeper::default();
    for n in 1..=5 {
        let pass = pass(&admit(&mut keeper, NOW));
        let Word::Next { retry_ms, wait_ms } = ask(&mut keeper, unreachable(pass), NOW) else {
            panic!("expected what is next");
        };
        assert!(retry_ms.is_some());
        assert_eq!(wait_ms.is_some(), n == 5);
    }
    let resting = |word| {
        matches!(
            word,
            Word::Hold {
                kind: Kind::Resting,
                ..
            }
        )
    };
    assert!(resting(admit(&mut keeper, NOW)));
    let mut restored = Keeper::restored(Some(&keeper.stored()));
    assert!(resting(admit(&mut restored, NOW)), "it outlives the object");
    let state = ask(&mut keeper, Message::Look, NOW);
    assert!(matches!(
        state,
        Word::State {
            state: SourceState::Resting,
            ..
        }
    ));
    let probe = ask(&mut keeper, Message::Admit { n_more: 64 }, NOW.plus_ms(10_000));
    assert!(
        matches!(
            probe,
            Word::Go {
                is_probe: true,
                n_more: 0,
                ..
            }
        ),
        "one request decides"
    );
}

#[test]
fn the_allowance_is_one_for_all_callers_and_outlives_the_object() {
    let mut keeper = Keeper::default();
    let policy = Policy::of(provider("ayrshare").unwrap().info());
    for _ in 0..policy.rate.unwrap().burst() {
        assert!(matches!(admit(&mut keeper, NOW), Word::Go { wait_ms: 0, .. }));
    }
    let mut restored = Keeper::restored(Some(&keeper.stored()));
    for keeper in [&mut keeper, &mut restored] {
        assert!(!matches!(admit(keeper, NOW), Word::Go { wait_ms: 0, .. }));
    }
}

#[test]
fn passes_ahead_of_their_use_come_out_of_the_one_allowance() {
    let mut keeper = Keeper::default();
    let burst = Policy::of(provider("ayrshare").unwrap().info()).rate.unwrap().burst();
    let mut seen = std::collections::BTreeSet::new();
    // Two isolates by turns, each as greedy as it can be.
    for _ in 0..burst {
        let Word::Go {
            pass,
            wait_ms: 0,
            n_more,
            ..
        } = ask(&mut keeper, Message::Admit { n_more: 64 }, NOW)
        else {
            break;
        };
        assert!(n_more <= burst / 8, "nobody gets more than a share: {n_more}");
        for number in pass..=pass + u64::from(n_more) {
            assert!(seen.insert(number), "each pass is given once");
        }
    }
    assert_eq!(seen.len(), burst as usize);
}

#[test]
fn good_news_that_waited_counts_before_what_came_after() {
    let mut keeper = Keeper::default();
    let Word::Go { pass, n_more: 3, .. } = ask(&mut keeper, Message::Admit { n_more: 3 }, NOW) else {
        panic!("expected passes");
    };
    for _ in 0..4 {
        let failed = self::pass(&admit(&mut keeper, NOW));
        ask(&mut keeper, unreachable(failed), NOW);
    }
    let headers = [("x-ratelimit-max", "300"), ("x-ratelimit-count", "120")];
    let good = Good {
        passes: (pass..=pass + 3).collect(),
        window: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
    };
    let failed = self::pass(&admit(&mut keeper, NOW));
    let next = send(&mut keeper, good, unreachable(failed), NOW);
    assert!(
        matches!(next, Word::Next { wait_ms: None, .. }),
        "it is one failure after good answers, not the fifth"
    );
    let Word::State {
        budget: Some(budget), ..
    } = ask(&mut keeper, Message::Look, NOW)
    else {
        panic!("expected what is used of the window");
    };
    assert_eq!((budget.used, budget.limit), (120, 300));
}

#[test]
fn a_refusal_counts_although_the_object_forgot_who_asked() {
    let mut keeper = Keeper::default();
    let first = pass(&admit(&mut keeper, NOW));
    let mut restored = Keeper::restored(Some(&keeper.stored()));
    ask(&mut restored, throttled(first), NOW);
    assert!(admit(&mut restored, NOW) == cooling(7_000));
    let later = pass(&admit(&mut restored, NOW.plus_ms(8_000)));
    assert_ne!(first, later, "the numbers of two lives differ");
}

#[test]
fn an_access_token_is_exchanged_once_and_outlives_the_object() {
    let mut keeper = Keeper::default();
    let told = ask(&mut keeper, Message::Token { refused: 0 }, NOW);
    assert!(told == Word::Token(Told::Exchange { number: 1 }));
    let life = roster_gateway::TokenLife::new(NOW, Some(900));
    let value = "given".to_owned();
    let brought = Brought::Token { value, life };
    ask(&mut keeper, Message::Exchanged { number: 1, brought }, NOW);
    let mut restored = Keeper::restored(Some(&keeper.stored()));
    let again = ask(&mut restored, Message::Token { refused: 0 }, NOW.plus_ms(60_000));
    assert!(matches!(again, Word::Token(Told::Token { number: 1, .. })));
}

#[test]
fn a_letter_that_is_none_changes_nothing() {
    let mut keeper = Keeper::default();
    assert_eq!(keeper.read("{}", NOW), None);
    let other = r#"{"provider":"acme","pace":{},"good":{"passes":[],"window":[]},"message":"Look"}"#;
    assert_eq!(keeper.read(other, NOW), None);
    assert_eq!(keeper.stored(), Keeper::default().stored());
    let late = Message::Broken {
        pass: 99,
        way: Broken::Late,
        tried: Attempt { n: 9, ..TRIED },
    };
    assert!(ask(&mut keeper, late, NOW) == NOTHING_NEXT);
}
