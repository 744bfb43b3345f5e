//! A roster, and the places where its caller puts pages and questions and finds answers.

use roster_core::{Error, ErrorKind, UnixMs};
use roster_index::{Ask, Field, Filter, Ingest, IngestReport, Memory, Roster, Sort, View};

use crate::answer::Answer;

/// One roster and what is in transit to it.
#[derive(Debug, Default)]
pub struct Desk {
    roster: Roster,
    page: Vec<u8>,
    ingest: Option<Ingest>,
    text: Vec<u8>,
    answer: Answer,
}

/// A question as text: what to find, by what to sort, which values to count.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// In the query language.
    pub text: &'a str,
    /// Sort keys with commas between them; may be empty.
    pub sort: &'a str,
    /// Fields with commas between them; may be empty.
    pub facets: &'a str,
}

impl Desk {
    /// Room for a page, which the index will keep as it is.
    pub fn page(&mut self, len_bytes: usize) -> &mut [u8] {
        self.page = vec![0; len_bytes];
        &mut self.page
    }

    /// Starts to take in what was written into the room.
    ///
    /// # Errors
    /// What [`Roster::begin`] says.
    pub fn begin(&mut self, provider: &str) -> Result<(), Error> {
        let page = std::mem::take(&mut self.page);
        self.ingest = Some(self.roster.begin(provider, page)?);
        Ok(())
    }

    /// Takes in about so many bytes more. `None`: there is more.
    ///
    /// # Errors
    /// What [`Ingest::step`] says, or that nothing was begun.
    pub fn step(&mut self, budget_bytes: usize) -> Result<Option<IngestReport>, Error> {
        let nothing = || Error::new(ErrorKind::InvalidQuery, "no page was begun".to_owned());
        let ingest = self.ingest.as_mut().ok_or_else(nothing)?;
        let report = ingest.step(&mut self.roster, budget_bytes);
        if !matches!(report, Ok(None)) {
            self.ingest = None;
        }
        report
    }

    /// Room for a question of up to so many bytes.
    pub fn text(&mut self, len_bytes: usize) -> &mut [u8] {
        self.text.resize(len_bytes.max(self.text.len()), 0);
        &mut self.text
    }

    /// The answer to the question that stands in the room's first bytes, in three lines: text, sort, facets.
    pub fn answer(&mut self, len_bytes: usize, offset: usize, limit: usize) -> &Answer {
        let text = std::str::from_utf8(self.text.get(..len_bytes).unwrap_or_default()).unwrap_or_default();
        let mut lines = text.split('\n');
        let mut line = || lines.next().unwrap_or_default();
        let question = Question {
            text: line(),
            sort: line(),
            facets: line(),
        };
        let view = self.ask(&question, offset, limit);
        self.answer.fill(&view);
        &self.answer
    }

    /// The words of the last answer.
    pub fn words(&self) -> &str {
        &self.answer.words
    }

    /// The answer as a value.
    pub fn ask(&self, question: &Question<'_>, offset: usize, limit: usize) -> View {
        let sort = question.sort.split(',').filter(|word| !word.is_empty());
        let facets = question.facets.split(',').filter_map(Field::named);
        self.roster.query(&Ask {
            filter: Filter::parse(question.text),
            sort: Sort::parse(sort).unwrap_or_default(),
            facets: facets.collect(),
            offset,
            limit,
            now: UnixMs(0),
        })
    }

    /// Prepares the search of about so many profiles, and says whether all is done.
    pub fn prepare(&self, max_rows: usize) -> bool {
        self.roster.prepare(max_rows)
    }

    /// Makes about so many steps of the order whose keys stand in the room's first bytes, with commas between them.
    /// Says whether it is made.
    pub fn prepare_order(&self, len_bytes: usize, max_rows: usize) -> bool {
        let text = std::str::from_utf8(self.text.get(..len_bytes).unwrap_or_default()).unwrap_or_default();
        let sort = Sort::parse(text.split(',')).unwrap_or_default();
        self.roster.prepare_order(&sort, UnixMs(0), max_rows).is_done()
    }

    /// Says that the load has ended.
    pub fn settle(&mut self) {
        self.roster.settle();
    }

    /// Memory in use.
    pub fn memory_bytes(&self) -> Memory {
        self.roster.memory_bytes()
    }
}
