//! The end of `cargo xtask test`: a table of steps and one plain line for people and scripts.

/// How a step ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It did what it should.
    Passed,
    /// It found something, said in a sentence.
    Failed(String),
    /// It could not run here, and why.
    Skipped(String),
}

/// One step that was run.
pub(crate) struct Entry {
    /// The step's short name.
    pub(crate) name: &'static str,
    /// How long it took.
    pub(crate) seconds: f64,
    /// How it ended.
    pub(crate) verdict: Verdict,
}

/// The steps that were run, in order.
#[derive(Default)]
pub(crate) struct Report(pub(crate) Vec<Entry>);

impl Report {
    /// Whether no step failed.
    pub(crate) fn is_green(&self) -> bool {
        self.count(|verdict| matches!(verdict, Verdict::Failed(_))) == 0
    }

    /// The table, one line a step.
    pub(crate) fn table(&self) -> String {
        self.0.iter().map(Entry::line).collect()
    }

    /// `5 passed, 0 failed`, with `, 1 skipped` when there is one.
    pub(crate) fn summary(&self) -> String {
        let n_passed = self.count(|verdict| *verdict == Verdict::Passed);
        let n_failed = self.count(|verdict| matches!(verdict, Verdict::Failed(_)));
        let n_skipped = self.count(|verdict| matches!(verdict, Verdict::Skipped(_)));
        let skipped = if n_skipped == 0 {
            String::new()
        } else {
            format!(", {n_skipped} skipped")
        };
        format!("{n_passed} passed, {n_failed} failed{skipped}")
    }

    fn count(&self, is_counted: impl Fn(&Verdict) -> bool) -> usize {
        self.0.iter().filter(|entry| is_counted(&entry.verdict)).count()
    }
}

impl Entry {
    fn line(&self) -> String {
        let (word, reason) = match &self.verdict {
            Verdict::Passed => ("passed", String::new()),
            Verdict::Failed(reason) => ("FAILED", format!("  {reason}")),
            Verdict::Skipped(reason) => ("skipped", format!("  {reason}")),
        };
        format!("{:<12} {word:<8} {:>6.1} s{reason}\n", self.name, self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(verdicts: Vec<Verdict>) -> Report {
        Report(
            verdicts
                .into_iter()
                .map(|verdict| Entry {
                    name: "fmt",
                    seconds: 1.25,
                    verdict,
                })
                .collect(),
        )
    }

    #[test]
    fn the_last_line_is_plain_and_names_skipped_steps_only_if_there_are_any() {
        assert_eq!(
            report(vec![Verdict::Passed, Verdict::Passed]).summary(),
            "2 passed, 0 failed"
        );
        let mixed = report(vec![
            Verdict::Failed("no".into()),
            Verdict::Passed,
            Verdict::Skipped("no browser".into()),
        ]);
        assert_eq!(mixed.summary(), "1 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn one_failed_step_makes_the_whole_red() {
        assert!(report(vec![Verdict::Passed, Verdict::Skipped("no browser".into())]).is_green());
        assert!(!report(vec![Verdict::Passed, Verdict::Failed("no".into())]).is_green());
    }

    #[test]
    fn a_line_of_the_table_holds_name_verdict_seconds_and_reason() {
        let table = report(vec![Verdict::Skipped("no browser".into())]).table();
        assert_eq!(table, "fmt          skipped     1.2 s  no browser\n");
    }
}
