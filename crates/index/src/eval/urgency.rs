//! How badly somebody should look at a profile: suspended, expired, error, relink, expiring soonest, over quota.

use crate::catalog::Field;
use crate::column::Column;
use crate::eval::Facts;
use crate::eval::order::{BLANK, classes_of};
use crate::query::{Match, Test};

/// From this share of its quota on, in percent, a profile is worth a look.
const OVER_QUOTA_PERCENT: f64 = 80.0;

impl Facts<'_> {
    /// The class of every row, the most urgent highest; no class if nothing is wrong, or nothing is known.
    pub(super) fn urgency(&self) -> Vec<u32> {
        let mut urgency: Vec<Option<(u8, f64)>> = vec![None; self.n_rows()];
        let mut note = |row: usize, level: u8, within: f64| {
            if let Some(urgency) = urgency.get_mut(row)
                && urgency.is_none_or(|(known, _)| known < level)
            {
                *urgency = Some((level, within));
            }
        };
        let suspended = self.test(&Test::Field(Field::Status, vec![Match::Is("suspended".to_owned())]));
        suspended.rows().for_each(|row| note(row, 6, 0.0));
        let [(_, expired), (_, error), (_, relink), (_, expiring), _] = self.health();
        for (level, rows) in [(5, expired), (4, error), (3, relink)] {
            rows.rows().for_each(|row| note(row, level, 0.0));
        }
        let ends = |row: usize| self.columns().numbers(Field::Token).and_then(|tokens| tokens.get(row));
        // What ends sooner is more urgent.
        expiring
            .rows()
            .for_each(|row| note(row, 2, -ends(row).unwrap_or_default()));
        if let Some(Column::Number(quota)) = self.columns().of(Field::Quota) {
            let over = quota.matching(|percent| percent >= OVER_QUOTA_PERCENT);
            over.rows()
                .for_each(|row| note(row, 1, quota.get(row).unwrap_or_default()));
        }
        classes(&urgency)
    }
}

fn classes(urgency: &[Option<(u8, f64)>]) -> Vec<u32> {
    let urgent = urgency
        .iter()
        .enumerate()
        .filter_map(|(row, urgency)| urgency.map(|urgency| (urgency, row)));
    let compare = |a: &(u8, f64), b: &(u8, f64)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    let mut classes = vec![BLANK; urgency.len()];
    classes_of(urgent.collect(), compare, &mut classes);
    classes
}
