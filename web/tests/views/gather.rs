//! Files, chosen profiles, what is taken along, and what is told of sources and sections.

use std::rc::Rc;

use roster_core::{End, Error, ErrorKind, Freshness, Rejected, Source, SourceBudget, SourceState, UnixMs};
use roster_web::file_source::{FileBytes, FileLoad, FileSource, Upload};
use roster_web::intake::Taken;
use roster_web::origin::Origin;
use roster_web::picking::Pick;
use roster_web::roll::Row;
use roster_web::sheet::Sheet;
use roster_web::source::LoadEvent;
use roster_web::state::{Action, Parts, State};

use crate::stage::{Event, NOW, apply, assert_reads, began, between, hear, opened, page, screen, text, told, with};

const UPSUN: &[&str] = &[
    r#"{"id":"a","display_name":"Ada","email":"ada@example.com","company_name":"Acme"}"#,
    r#"{"id":"b","display_name":"Bob","company_name":"Other"}"#,
    r#"{"id":"c","display_name":"Cy"}"#,
];

/// A file of which only the name is looked at.
struct Named(&'static str);

impl FileBytes for Named {
    fn name(&self) -> String {
        self.0.to_owned()
    }

    fn len_bytes(&self) -> u64 {
        12_345_678
    }

    fn modified(&self) -> UnixMs {
        NOW
    }

    fn part(&self, _: u64, _: u64) -> futures_util::future::LocalBoxFuture<'static, Result<Vec<u8>, Error>> {
        unreachable!("nobody reads it")
    }
}

fn file(name: &'static str) -> FileSource {
    FileSource::new(1, &Upload::new(Rc::new(Named(name))))
}

fn heard(state: &Rc<State>, file: FileSource) -> Rc<State> {
    apply(state, [Action::FileHeard(Box::new(file), state.index.clone())])
}

/// The row of the file.
fn row(state: &Rc<State>) -> String {
    text(between(&screen(state), "data-file=", "</li>"))
}

#[test]
fn a_file_has_a_row_with_each_of_its_five_looks() {
    let state = with("upsun", UPSUN);
    let hostile = "<img src=x>.json";
    let reading = row(&heard(&state, file(hostile)));
    assert_reads(
        &reading,
        &[hostile, "on this device. It is not uploaded. 0 %.", "12.4 MB", "Cancel"],
    );
    let asked = FileSource {
        load: FileLoad::Asked,
        ..file("huge.json")
    };
    assert_reads(
        &row(&heard(&state, asked)),
        &["may need about 1 GB of memory", "Open anyway", "Remove"],
    );
    let taken = Taken {
        n_added: 2,
        n_unchanged: 1,
        rejected: vec![Rejected {
            path: "$[3]".to_owned(),
            reason: "expected an object, found number 7".to_owned(),
            raw: "7".into(),
        }],
        ..Taken::default()
    };
    let done = row(&heard(&state, file("f.json").ended(taken)));
    assert_reads(
        &done,
        &[
            "3 profiles read, 1 matched to the list, 2 only in the file.",
            "Remove",
            "1 record has",
            "$[3]",
        ],
    );
    let stopped = FileSource {
        load: FileLoad::Stopped,
        ..file("f.json")
    };
    assert_reads(
        &row(&heard(&state, stopped)),
        &["Nothing of f.json was loaded; everything else stays."],
    );
    let error = Error::unexpected(ErrorKind::Decode, "byte 39", "an object", "the end of the page");
    let failed = file("f.json").ended(Taken {
        error: Some(error),
        ..Taken::default()
    });
    let failed = row(&heard(&state, failed));
    assert_reads(
        &failed,
        &[
            "f.json is not a profile answer we know.",
            "expected an object at byte 39, found the end",
        ],
    );
}

#[test]
fn a_file_that_is_read_takes_the_place_of_the_demo_and_a_wrong_one_does_not() {
    let state = with("upsun", UPSUN);
    let wrong = heard(
        &state,
        FileSource {
            load: FileLoad::Stopped,
            ..file("f.json")
        },
    );
    assert!(!wrong.is_demo_gone() && !wrong.queries().is_empty());
    assert!(screen(&wrong).contains("demo-ribbon"));
    let right = heard(&wrong, file("f.json").ended(Taken::default()));
    assert!(right.is_demo_gone() && right.queries().is_empty() && right.is_complete());
    let html = screen(&right);
    assert!(!html.contains("demo-ribbon") && !html.contains("data-source="));
    let left = apply(&right, [Action::FileClosed(1, right.index.clone())]);
    assert!(!left.is_demo_gone() && left.queries().len() == 3, "the demo comes back");
}

#[test]
fn a_choice_is_by_key_goes_by_ranges_and_outlives_every_filter() {
    let state = with("upsun", UPSUN);
    let n_picked = |state: &Rc<State>| state.picked.len();
    let pick = |state: &Rc<State>, pick: Pick| apply(state, [Action::Picked(pick)]);
    let one = pick(&state, Pick::Toggled("upsun:a".to_owned()));
    let range = pick(&one, Pick::UpTo(2));
    assert_eq!((n_picked(&one), n_picked(&range)), (1, 3));
    let two = pick(&range, Pick::Toggled("upsun:b".to_owned()));
    let filtered = apply(&two, [Action::QueryTyped("bob".to_owned())]);
    assert_reads(
        &text(&screen(&filtered)),
        &["2 profiles chosen", "Choose all 1", "Export 2 chosen…"],
    );
    assert_eq!(n_picked(&pick(&filtered, Pick::All)), 3);
    assert_eq!(n_picked(&pick(&filtered, Pick::Nothing)), 0);
    assert!(Rc::ptr_eq(&state, &pick(&state, Pick::Nothing)), "nothing was chosen");
}

#[test]
fn the_export_names_its_scope_what_is_missing_and_the_personal_data() {
    let state = apply(&with("upsun", UPSUN), [Action::SheetShown(Some(Sheet::Export))]);
    assert_reads(
        &text(&screen(&state)),
        &[
            "All 3 loaded, not only what is on the screen",
            "Title",
            "Company",
            "Include personal data: E-mail",
            "Only 3 loaded profiles are in this file; more are available.",
            "Load all first",
            "Save file",
        ],
    );
    assert_eq!(state.link().to_fragment(), "", "the export is no place to link to");
}

#[test]
fn compared_profiles_and_a_person_stand_in_the_link() {
    let keys = vec!["upsun:a".to_owned(), "upsun:b".to_owned(), "upsun:gone".to_owned()];
    let sheet = Sheet::compare(keys).unwrap();
    let state = apply(&with("upsun", UPSUN), [Action::SheetShown(Some(sheet))]);
    assert_reads(
        &text(between(&screen(&state), "data-testid=\"compare\"", "</dialog>")),
        &[
            "Compare 3 profiles",
            "Ada",
            "upsun:a",
            "Bob",
            "not loaded",
            "Company",
            "Acme",
            "Other",
            "the same in all",
        ],
    );
    assert_eq!(
        state.link().to_fragment(),
        "compare=upsun%3Aa&compare=upsun%3Ab&compare=upsun%3Agone"
    );
    assert_eq!(Sheet::compare(vec!["upsun:a".to_owned()]), None);
    let opened = apply(&state, [Action::ProfileOpened("upsun:a".to_owned())]);
    assert_eq!((opened.sheet.as_ref(), opened.open.as_deref()), (None, Some("upsun:a")));
}

#[test]
fn the_window_of_requests_is_that_of_all_who_use_the_proxy() {
    let state = with("upsun", UPSUN);
    let source = Source {
        provider: "upsun".to_owned(),
        state: SourceState::Cooling,
        wait_ms: Some(12_000),
        budget: Some(SourceBudget {
            used: 270,
            limit: 300,
            window_ms: 300_000,
            seen: String::new(),
        }),
        ..Source::default()
    };
    let origin = Origin {
        proxy: Some("api/v1".to_owned()),
        ..Origin::demo(None)
    };
    let heard = Action::SourcesHeard(vec![source], NOW);
    let state = apply(&state, [Action::OriginFound(Rc::new(origin)), heard]);
    let row = between(&screen(&state), "data-source=\"upsun\"", "</li>").to_owned();
    assert!(
        row.contains("data-testid=\"budget\"") && row.contains("max=\"300\"") && row.contains("high=\"270\""),
        "{row}"
    );
    assert_reads(
        &text(&row),
        &["the API asked everybody to wait 12 s", "270 of 300 requests in 5 min"],
    );
    let later = apply(&state, [Action::Ticked(NOW.plus_ms(5_000))]);
    assert!(text(&screen(&later)).contains("to wait 7 s"));
}

#[test]
fn each_section_says_where_it_is_from_and_how_old_that_is() {
    let record = r#"{"refId":"a","title":"A"}"#;
    let first = [
        began("ayrshare"),
        page("ayrshare", &[record]),
        LoadEvent::Rested(None).into(),
    ];
    let state = hear(&opened(), "ayrshare", first);
    let open = Action::ProfileOpened("ayrshare:a".to_owned());
    let from = |state: &Rc<State>, section: &str| {
        let state = apply(state, [open.clone(), Action::SectionChosen(section.to_owned())]);
        text(between(&screen(&state), "data-testid=\"told\"", "</p>"))
    };
    assert_reads(&from(&state, "overview"), &["from /profiles · just now"]);
    assert!(!from(&state, "health").contains("from"), "nothing was told of it");
    let parts = Row::new(
        "ayrshare:a",
        r#"{"refId":"a","title":"A","quota":{"used":1,"limit":2}}"#,
    )
    .unwrap();
    let later = apply(&state, [Action::Ticked(NOW.plus_ms(7_200_000))]);
    let with_parts = told(&later, "ayrshare:a", Parts::Loaded(parts));
    assert_reads(&from(&with_parts, "quota"), &["from include · just now"]);
    assert_reads(
        &from(&with_parts, "overview"),
        &["from /profiles · 2 hours ago, from include"],
    );
}

#[test]
fn the_open_profile_is_followed_by_the_next_one_of_the_list() {
    let open = |key: &str| Action::ProfileOpened(key.to_owned());
    let state = apply(&with("upsun", UPSUN), [open("upsun:a"), Action::ProfilesPassed(1)]);
    assert_eq!(state.open.as_deref(), Some("upsun:b"));
    let filtered = apply(
        &state,
        [
            Action::QueryTyped("-bob".to_owned()),
            open("upsun:a"),
            Action::ProfilesPassed(1),
        ],
    );
    assert_eq!(filtered.open.as_deref(), Some("upsun:c"), "in the filtered order");
    let end = apply(&filtered, [Action::ProfilesPassed(1)]);
    assert!(Rc::ptr_eq(&end, &filtered), "there is none behind the last one");
}

#[test]
fn refreshing_is_offered_and_says_until_when_it_brings_nothing_new() {
    let events = |next_ms: i64| {
        let Event::Page(mut one) = page("upsun", UPSUN) else {
            unreachable!("a page is a page")
        };
        one.freshness = Some(Freshness {
            last_updated: Some(NOW),
            next_update: Some(NOW.plus_ms(next_ms)),
        });
        [
            began("upsun"),
            Event::Page(one),
            LoadEvent::Rested(Some(End::Complete)).into(),
        ]
    };
    let button = |next_ms: i64| {
        let html = screen(&hear(&opened(), "upsun", events(next_ms)));
        between(&html, "data-action=\"refresh\"", "</button>").to_owned()
    };
    let early = button(130_000);
    assert!(early.contains("aria-disabled=\"true\""), "{early}");
    assert!(early.contains("Upsun renews this data in 2 min 10 s. Asking earlier returns the same."));
    assert!(!button(-1).contains("aria-disabled"));
}
