//! `current_trial` of an Upsun profile. It was in the documented answer until 2026-01.

use super::profile::{Case, Person};
use crate::json::{Json, Object};
use crate::stamp::{DAY_MS, iso_seconds};

impl Person {
    pub(super) fn trial(&self) -> Option<Object> {
        let is_active = match self.case {
            Case::TrialEnded => false,
            Case::TrialActive
            | Case::TrialUnlimited
            | Case::TrialPending
            | Case::TwoCurrencies
            | Case::TrialWithList
            | Case::TrialWithEmptyList => true,
            _ => return None,
        };
        let days = if is_active {
            1 + i64::try_from(self.lot.below("days_left", self.index, 29)).unwrap_or(0)
        } else {
            0
        };
        let ended = if is_active { days } else { -12 };
        let money = self.currency();
        let left = if self.case == Case::TwoCurrencies {
            money.other()
        } else {
            money
        };
        let spent_cents = self.lot.below("spent", self.index, 9_000);
        let is_unlimited = self.case == Case::TrialUnlimited;
        let pending = (self.case == Case::TrialPending).then_some("credit-card");
        let trial = Object::new()
            .with("active", is_active)
            .with("created", iso_seconds(self.epoch.plus_ms((ended - 30) * DAY_MS)))
            .with("description", "30 days to try everything")
            .with("expiration", iso_seconds(self.epoch.plus_ms(ended * DAY_MS)))
            .with("current", money.amount(10_000))
            .with("spend", money.amount(spent_cents))
            .with(
                "spend_remaining",
                left.amount(10_000 - spent_cents).with("unlimited", is_unlimited),
            )
            .with("projects", self.projects(money))
            .with("pending_verification", pending)
            .with("model", "default")
            .with("days_remaining", days);
        Some(trial)
    }

    /// Documented as one object under a plural name; lists are what such servers send as well.
    fn projects(&self, money: &Currency) -> Json {
        let project = |place: u64| {
            let amount = self.lot.below("project", self.index ^ place, 50);
            let total = Object::new()
                .with("amount", amount)
                .with("currency_code", money.code)
                .with("currency_symbol", money.symbol)
                .with("formatted", money.formatted(amount * 100));
            Object::new()
                .with(
                    "id",
                    format!("{:013x}", self.lot.number("project", self.index ^ place) >> 12),
                )
                .with("name", "Trial project")
                .with("total", total)
        };
        match self.case {
            Case::TrialWithList => Json::list([project(0), project(1)]),
            Case::TrialWithEmptyList => Json::List(Vec::new()),
            _ => project(0).into(),
        }
    }
}

/// A currency as the API writes it.
pub(super) struct Currency {
    pub(super) code: &'static str,
    symbol: &'static str,
}

pub(super) const EUR: Currency = Currency {
    code: "EUR",
    symbol: "€",
};
pub(super) const USD: Currency = Currency {
    code: "USD",
    symbol: "$",
};

impl Currency {
    fn other(&self) -> &'static Self {
        if self.code == EUR.code { &USD } else { &EUR }
    }

    fn formatted(&self, cents: u64) -> String {
        format!("{}{}.{:02}", self.symbol, cents / 100, cents % 100)
    }

    /// Amounts are text here, and numbers in a project's total.
    fn amount(&self, cents: u64) -> Object {
        Object::new()
            .with("formatted", self.formatted(cents))
            .with("amount", format!("{}.{:02}", cents / 100, cents % 100))
            .with("currency", self.code)
            .with("currency_symbol", self.symbol)
    }
}
