//! Takes pages into the index. It alone adds rows; whoever drives it decides how much at a time, so that a large page
//! never holds up a frame.

use std::sync::Arc;

use roster_core::{Error, Page, Record, Rejected};
use roster_index::{Ingest, IngestReport};

use crate::index::Index;
use crate::roll::Row;

/// What became of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// Profiles that were not there before.
    pub n_added: usize,
    /// Profiles that were there with another record.
    pub n_replaced: usize,
    /// Profiles that were there with the same one.
    pub n_unchanged: usize,
    /// What stood among the records and is none.
    pub rejected: Vec<Rejected>,
    /// Why nothing of it could be read.
    pub error: Option<Error>,
}

/// Where profiles came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The API of this provider.
    Api(&'static str),
    /// The file of this number.
    File(u64),
}

/// A page that came, kept so that the index can be made anew without another one's rows.
#[derive(Clone)]
struct Kept {
    whose: Whose,
    provider: &'static str,
    body: Arc<[u8]>,
}

/// A page that is being read.
pub struct Taking {
    kept: Kept,
    /// `None` if it could not even be begun.
    ingest: Option<Ingest>,
    taken: Taken,
    /// Whether a part of it is seen.
    is_shown: bool,
    /// Its ids, which nobody needs here. To free thousands of them takes a millisecond that the first cards need.
    ids: Vec<Record>,
}

impl Taking {
    /// How much of it was read, in bytes.
    pub fn n_read_bytes(&self) -> usize {
        self.ingest.as_ref().map_or(0, |ingest| ingest.progress_bytes().0)
    }
}

/// The pages, and the index that was made of them.
#[derive(Default)]
pub struct Intake {
    index: Index,
    pages: Vec<Kept>,
}

impl Intake {
    /// A handle on the index as it is now.
    pub fn index(&self) -> Index {
        self.index.clone()
    }

    /// Starts to take a page in.
    pub fn begin(&self, page: Page) -> Taking {
        let kept = Kept {
            whose: Whose::Api(page.provider),
            provider: page.provider,
            body: page.body.into(),
        };
        let taken = Taken {
            rejected: page.rejected,
            ..Taken::default()
        };
        Taking {
            ids: page.records,
            ..self.taking(kept, taken)
        }
    }

    /// Starts to take a file in.
    pub fn begin_file(&self, id: u64, provider: &'static str, body: Arc<[u8]>) -> Taking {
        let whose = Whose::File(id);
        self.taking(Kept { whose, provider, body }, Taken::default())
    }

    fn taking(&self, kept: Kept, mut taken: Taken) -> Taking {
        let begun = self.index.begin(kept.provider, kept.body.clone());
        let ingest = begun.map_err(|error| refuse(&mut taken, &kept, error)).ok();
        Taking {
            kept,
            ingest,
            taken,
            is_shown: false,
            ids: Vec::new(),
        }
    }

    /// Lets what was read of a page so far be seen. It stays, whatever the rest turns out to be.
    pub fn show(&mut self, taking: &mut Taking) {
        let report = taking.ingest.as_mut().and_then(|ingest| self.index.show(ingest));
        if let Some(report) = report {
            self.hold(taking, &report);
        }
    }

    /// Tells what of a page is seen by now.
    fn hold(&mut self, taking: &mut Taking, report: &IngestReport) {
        taking.taken.n_added = report.n_added;
        taking.taken.n_replaced = report.n_replaced;
        taking.taken.n_unchanged = report.n_unchanged;
        if !std::mem::replace(&mut taking.is_shown, true) {
            self.index.note(taking.kept.whose, taking.kept.body.clone());
            self.pages.push(taking.kept.clone());
        }
        self.index = self.index.changed();
    }

    /// Reads on for about so many bytes. `None`: there is more to read. A page that the index cannot read is told as
    /// rejected, so that nobody takes it for empty.
    pub fn step(&mut self, taking: &mut Taking, budget_bytes: usize) -> Option<Taken> {
        let step = taking
            .ingest
            .as_mut()
            .map(|ingest| self.index.step(ingest, budget_bytes));
        match step {
            Some(Ok(None)) => return None,
            Some(Ok(Some(report))) => {
                self.hold(taking, &report);
                if matches!(taking.kept.whose, Whose::File(_)) {
                    taking.taken.rejected = report.rejected;
                }
            }
            Some(Err(error)) => {
                refuse(&mut taking.taken, &taking.kept, error);
                self.keep_shown(taking);
            }
            None => {}
        }
        taking.ids.clear();
        Some(std::mem::take(&mut taking.taken))
    }

    /// Of a page that turned out to be none, what was seen of it by then is kept for the next time.
    fn keep_shown(&mut self, taking: &Taking) {
        let provider = roster_core::provider(taking.kept.provider).filter(|_| taking.is_shown);
        if let Some((provider, kept)) = provider.zip(self.pages.last_mut()) {
            kept.body = self.index.salvage(provider.info().list_key, &kept.body);
        }
    }

    /// Forgets what was read of a page that is not at its end.
    pub fn give_up(&self) {
        // Whatever is begun takes the place of what was being read; nothing is read of this.
        let _begun = self.index.begin("", Arc::from([]));
    }

    /// Takes a whole page in.
    pub fn take(&mut self, page: Page) -> Taken {
        let mut taking = self.begin(page);
        self.step(&mut taking, usize::MAX).unwrap_or_default()
    }

    /// Takes in what one more request told of a profile that is in the list, so that filters, counts and orders know
    /// it. The profile itself stays the record of the list. Any other profile, and what is known already, is left out.
    pub fn learn(&mut self, row: &Row) {
        let key = row.key();
        let is_new = self.index.place(&key).is_some() && self.index.lesson(&key) != Some(row);
        let Some(provider) = roster_core::provider(row.provider()).filter(|_| is_new) else {
            return;
        };
        let page = ["{\"", provider.info().list_key, "\":[", row.text(), "]}"].concat();
        let begun = self.index.begin(row.provider(), Arc::<str>::from(page).into());
        let read = begun.and_then(|mut ingest| self.index.step(&mut ingest, usize::MAX));
        if read.is_ok() {
            self.index = self.index.learned(row);
        }
    }

    /// What has to be taken in anew when the rows of one API or file leave; `None` if it has none.
    pub fn without(&self, whose: Whose) -> Option<Rest> {
        let is_other = |kept: &&Kept| kept.whose != whose;
        let has_any = self.pages.iter().any(|kept| !is_other(&kept));
        has_any.then(|| Rest {
            fresh: Self::default(),
            pages: self.pages.iter().filter(is_other).cloned().rev().collect(),
            lessons: self.index.lessons().cloned().collect(),
            taking: None,
        })
    }
}

/// An intake that is being made anew.
pub struct Rest {
    fresh: Intake,
    /// The pages that are still to be read, the last one first.
    pages: Vec<Kept>,
    lessons: Vec<Row>,
    taking: Option<Taking>,
}

impl Rest {
    /// Reads on for about so many bytes; the intake if all is read.
    pub fn step(&mut self, budget_bytes: usize) -> Option<Intake> {
        if let Some(mut taking) = self.taking.take() {
            if self.fresh.step(&mut taking, budget_bytes).is_none() {
                self.taking = Some(taking);
            }
            return None;
        }
        if let Some(kept) = self.pages.pop() {
            self.taking = Some(self.fresh.taking(kept, Taken::default()));
            return None;
        }
        self.lessons.iter().for_each(|row| self.fresh.learn(row));
        Some(std::mem::take(&mut self.fresh))
    }
}

/// An answer that cannot be read is shown as what it is; a file has an error of its own.
fn refuse(taken: &mut Taken, kept: &Kept, error: Error) {
    if let Whose::Api(_) = kept.whose {
        taken.rejected.push(Rejected {
            path: "$".to_owned(),
            reason: error.to_string(),
            raw: String::from_utf8_lossy(&kept.body).into(),
        });
    }
    taken.error = Some(error);
}

#[cfg(test)]
mod tests {
    use super::*;
    use roster_core::{Query, Response};

    fn page(provider: &str, body: &str) -> Page {
        let query = Query::new(provider, "profiles").unwrap();
        let parsed = query
            .provider()
            .unwrap()
            .parse(&query.request().unwrap(), &Response::new(200, body));
        parsed.unwrap()
    }

    #[test]
    fn a_page_by_slices_is_seen_when_it_is_read_to_its_end_and_not_before() {
        let records: Vec<String> = (0..50).map(|n| format!(r#"{{"id":"u{n}"}}"#)).collect();
        let mut intake = Intake::default();
        let before = intake.index();
        let mut taking = intake.begin(page("upsun", &format!(r#"{{"profiles":[{}]}}"#, records.join(","))));
        let mut n_slices = 1;
        let taken = loop {
            assert_eq!(intake.index(), before, "nothing is seen of a page that is being read");
            match intake.step(&mut taking, 64) {
                Some(taken) => break taken,
                None => n_slices += 1,
            }
        };
        assert!(n_slices > 3, "{n_slices}");
        assert_eq!((taken.n_added, intake.index().len()), (50, 50));
        assert_ne!(intake.index(), before);
    }

    #[test]
    fn what_is_shown_of_a_page_before_its_end_stays_also_if_the_page_is_wrong_and_is_there_when_others_leave() {
        let records: Vec<String> = (0..50).map(|n| format!(r#"{{"id":"u{n}"}}"#)).collect();
        // The parser takes the last list of two, the index refuses the second.
        let text = format!(r#"{{"profiles":[{}],"profiles":[]}}"#, records.join(","));
        let mut intake = Intake::default();
        intake.take(page("ayrshare", r#"{"profiles":[{"refId":"a"}]}"#));
        let before = intake.index();
        let mut taking = intake.begin(page("upsun", &text));
        assert!(intake.step(&mut taking, 100).is_none());
        intake.show(&mut taking);
        let n_shown = intake.index().len() - 1;
        assert!((1..50).contains(&n_shown), "{n_shown}");
        assert_ne!(intake.index(), before);
        let taken = intake.step(&mut taking, usize::MAX).unwrap();
        assert_eq!((taken.n_added, taken.rejected.len()), (n_shown, 1));
        assert!(taken.error.is_some());
        assert_eq!(intake.index().len(), 1 + n_shown, "what was seen stays");
        assert_eq!(intake.index().whose("upsun:u0"), Some(Whose::Api("upsun")));
        let mut rest = intake.without(Whose::Api("ayrshare")).unwrap();
        let fresh = std::iter::repeat_with(|| rest.step(64)).flatten().next().unwrap();
        assert_eq!(fresh.index().len(), n_shown);
        assert_eq!(fresh.index().find("upsun:u0").unwrap().text(), r#"{"id":"u0"}"#);
    }

    #[test]
    fn the_rows_of_one_api_leave_and_what_was_learned_of_the_others_stays() {
        let mut intake = Intake::default();
        intake.take(page("upsun", r#"{"profiles":[{"id":"u"}]}"#));
        intake.take(page("ayrshare", r#"{"profiles":[{"refId":"a","title":"A"}]}"#));
        assert!(intake.without(Whose::Api("insightiq")).is_none(), "it has no rows");
        let lesson = Row::new(
            "ayrshare:a",
            r#"{"refId":"a","title":"A","quota":{"used":1,"limit":2}}"#,
        )
        .unwrap();
        intake.learn(&lesson);
        let mut rest = intake.without(Whose::Api("upsun")).unwrap();
        let fresh = loop {
            if let Some(fresh) = rest.step(8) {
                break fresh;
            }
        };
        let index = fresh.index();
        assert_eq!((index.len(), index.find("upsun:u")), (1, None));
        assert_eq!(index.lesson("ayrshare:a"), Some(&lesson));
        assert_eq!(index.find("ayrshare:a").unwrap().text(), r#"{"refId":"a","title":"A"}"#);
    }
}
