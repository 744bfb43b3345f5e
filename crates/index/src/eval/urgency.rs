//! How badly somebody should look at a profile: suspended, expired, error, relink, expiring soonest, over quota.

use crate::catalog::Field;
use crate::column::Column;
use crate::eval::Facts;
use crate::eval::order::ordered;
use crate::query::{Match, Test};

/// From this share of its quota on, in percent, a profile is worth a look.
const OVER_QUOTA_PERCENT: f64 = 80.0;

impl Facts<'_> {
    /// How urgent every row is, the most urgent the highest; 0 if nothing is wrong, or nothing is known.
    pub(super) fn urgency(&self) -> Vec<u64> {
        let mut urgency = vec![0_u64; self.n_rows()];
        // The highest bits hold the level, which leaves enough for every millisecond.
        let mut note = |row: usize, level: u64, within: f64| {
            let found = level << 60 | ordered(within) >> 4;
            let _ = urgency.get_mut(row).map(|known| *known = found.max(*known));
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
        urgency
    }
}
