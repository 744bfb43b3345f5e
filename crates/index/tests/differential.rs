//! The index against the naive model: the same records, the same questions, no difference.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is missing; clippy knows tests only by their attribute"
)]

mod model;
mod sandbox;

use model::{Row, answer};
use roster_core::UnixMs;
use roster_index::{Ask, Field, Roster, Sort, parse};
use serde_json::Value;

/// 2026-11-20T00:00:00Z.
const NOW: UnixMs = UnixMs(1_795_132_800_000);

const QUESTIONS: &[&str] = &[
    "",
    "a",
    "an",
    "café",
    "\"the \"",
    "-e",
    "zzzq",
    "source:ayrshare",
    "-source:upsun",
    "platform:instagram",
    "platform:instagram platform:X",
    "platform:instagram,tiktok -platform:facebook",
    "no:platform",
    "has:accounts status:active",
    "status:suspended",
    "status:active,suspended byok:linked",
    "byok:na",
    "verified:yes",
    "verified:no business:yes",
    "followers:>10k",
    "followers:1k..100k country:US",
    "followers:not-set",
    "followers:not-in-api",
    "health:unchecked",
    "country:us,de",
    "created:2024",
    "created:<400d",
    "updated:>=2024-06",
    "trial:active trial-days:<10",
    "spend:>50%",
    "currency:EUR marketing:yes",
    "invoiced:no new-ui:yes",
    "has:email",
    "no:company",
    "type:~crea",
    "title:~ma",
    "user:an country:US verified:yes",
    "born:1980..1990",
    "background:work,education",
    "no:website,introduction",
];

const SORTS: &[&[&str]] = &[
    &[],
    &["created"],
    &["-created"],
    &["-followers"],
    &["followers", "-created"],
    &["verified", "-platform", "created"],
    &["-trial-days", "updated"],
];

struct Both {
    roster: Roster,
    rows: Vec<Row>,
}

fn both(n_profiles: u64) -> Both {
    let sandbox = sandbox::sandbox(n_profiles);
    let mut both = Both {
        roster: Roster::new(),
        rows: Vec::new(),
    };
    for provider in roster_core::ALL {
        let info = provider.info();
        for body in sandbox::pages(&sandbox, &sandbox::all(info.id), NOW) {
            let page: Value = serde_json::from_slice(&body).unwrap();
            both.rows.extend(
                page[info.list_key]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|raw| model::row(info.id, raw, NOW)),
            );
            let report = both.roster.ingest(info.id, body).unwrap();
            assert_eq!((report.rejected, report.n_replaced), (Vec::new(), 0));
        }
    }
    assert_eq!(both.roster.len(), both.rows.len());
    both
}

impl Both {
    fn check_facets(&self, ask: &Ask, text: &str) {
        let rows: Vec<&Row> = self.rows.iter().collect();
        for facet in self.roster.query(ask).facets {
            let (counts, nothing) = answer::facet(&rows, facet.field, &ask.filter, NOW);
            let found = facet
                .values
                .iter()
                .filter(|value| value.n_rows > 0)
                .map(|value| (value.value.clone(), value.n_rows));
            assert_eq!(
                found.collect::<std::collections::BTreeMap<_, _>>(),
                counts,
                "{text:?}: {:?}",
                facet.field
            );
            let left_out = [facet.n_not_set, facet.n_not_in_api, facet.n_not_loaded];
            assert_eq!(left_out, nothing, "{text:?}: {:?}", facet.field);
        }
    }

    fn check_rows(&self, ask: &Ask, text: &str) {
        let passing = self.rows.iter().filter(|row| answer::passes(row, &ask.filter, NOW));
        let mut expected: Vec<&Row> = passing.collect();
        expected.sort_by(|a, b| answer::compare(a, b, ask.sort.keys()));
        let view = self.roster.query(ask);
        assert_eq!(view.total, expected.len(), "{text:?}");
        let keys = |rows: &[u32]| {
            rows.iter()
                .map(|row| self.roster.key(*row).unwrap())
                .collect::<Vec<_>>()
        };
        let expected: Vec<String> = expected
            .iter()
            .map(|row| format!("{}:{}", row.provider, row.id))
            .collect();
        let end = expected.len().min(ask.offset + ask.limit);
        let window = &expected[ask.offset.min(end)..end];
        assert_eq!(keys(&view.rows), window, "{text:?} {:?} from {}", ask.sort, ask.offset);
    }
}

/// Slow code takes minutes for what optimised code does in seconds: the release build checks a hundred thousand.
const N_PROFILES: u64 = if cfg!(debug_assertions) { 1_500 } else { 100_000 };

#[test]
fn the_index_answers_as_the_naive_model_does() {
    let both = both(N_PROFILES);
    let facets: Vec<Field> = Field::ALL
        .iter()
        .copied()
        .filter(|field| field.kind().is_facet())
        .collect();
    for (index, text) in QUESTIONS.iter().enumerate() {
        let filter = parse(text, &()).filter;
        let ask = Ask {
            filter,
            facets: facets.clone(),
            now: NOW,
            ..Ask::default()
        };
        both.check_facets(&ask, text);
        for sort in [SORTS[0], SORTS[index % SORTS.len()]] {
            let sort = Sort::parse(sort.iter().copied()).unwrap();
            for offset in [0, both.rows.len() / 10, both.rows.len() - 20] {
                both.check_rows(
                    &Ask {
                        sort: sort.clone(),
                        offset,
                        facets: Vec::new(),
                        ..ask.clone()
                    },
                    text,
                );
            }
        }
    }
}
