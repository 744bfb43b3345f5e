//! A profile as `GET /profiles` lists it: a person or an organization with an account at Upsun.
//!
//! No field is documented as required; the vendor added and removed some within months, so all are optional.
//! Source: <https://developer.upsun.com/api/rest>, `GET /profiles`, seen 2026-11.

use crate::model::{List, Number, OneOrMany, Text, model, words};

words! {
    /// What a profile stands for.
    pub enum ProfileType {
        /// A person.
        User = "user",
        /// An organization.
        Organization = "organization",
    }
}

words! {
    /// What a customer is, for taxes.
    pub enum CustomerType {
        /// A person.
        Individual = "individual",
        /// A company.
        Corporation = "corporation",
        /// A public body.
        Government = "government",
    }
}

words! {
    /// What Upsun waits for before a trial goes on.
    pub enum Verification {
        /// A credit card.
        CreditCard = "credit-card",
    }
}

words! {
    /// Whether an account is in use; an internal field of the vendor.
    pub enum AccountStatus {
        /// In use.
        Active = "active",
        /// Blocked by Upsun.
        Blocked = "blocked",
    }
}

model! {
    /// One profile.
    pub struct UserProfile {
        /// The id, a UUID.
        id: Text = "id",
        /// The name to show.
        display_name: String = "display_name",
        /// E-mail address.
        email: String = "email",
        /// The name to sign in with.
        username: String = "username",
        /// A person or an organization.
        profile_type: ProfileType = "type",
        /// Address of the picture. Unsafe until checked.
        picture: String = "picture",
        /// Kind of company.
        company_type: String = "company_type",
        /// Name of the company.
        company_name: String = "company_name",
        /// Currency by the billing address, ISO 4217.
        currency: String = "currency",
        /// VAT number of the company.
        vat_number: String = "vat_number",
        /// The person's role in the company.
        company_role: String = "company_role",
        /// Address of the website. Unsafe until checked.
        website_url: String = "website_url",
        /// Whether the new console is used; the vendor's own client takes absent for `true`.
        new_ui: bool = "new_ui",
        /// Colours of the console: `light` or `dark`.
        ui_colorscheme: String = "ui_colorscheme",
        /// Address of the catalog from which projects start. Unsafe until checked.
        default_catalog: String = "default_catalog",
        /// Address of the project options. Unsafe until checked.
        project_options_url: String = "project_options_url",
        /// Whether news by e-mail are wanted.
        marketing: bool = "marketing",
        /// When it was created, ISO 8601 in UTC.
        created_at: String = "created_at",
        /// When it was changed, ISO 8601 in UTC.
        updated_at: String = "updated_at",
        /// E-mail address for bills.
        billing_contact: String = "billing_contact",
        /// E-mail address for security matters. Sent until 2025-10; optional.
        security_contact: String = "security_contact",
        /// The trial; absent since 2026-01 by the vendor's description, still in the reference.
        current_trial: Trial = "current_trial",
        /// Whether bills are sent.
        invoiced: bool = "invoiced",
        /// What the customer is, for taxes. Since 2025-12; optional.
        customer_type: CustomerType = "customer_type",
        /// Registered name of the company. Since 2026-02; optional.
        legal_entity_name: String = "legal_entity_name",
        /// Whether the account is in use. Internal; optional.
        status: AccountStatus = "status",
        /// Whether the account may do less than others. Internal; optional.
        account_restricted: bool = "account_restricted",
        /// Rank as a partner: `registered`, `silver`, `gold`, `platinum`. Internal; optional.
        agency_partner_tier: String = "agency_partner_tier",
        /// Regions beyond the usual ones. Internal; optional.
        extra_regions: List<String> = "extra_regions",
        /// Ways to pay. Internal; optional.
        payment_methods: List<String> = "payment_methods",
        /// Whether no tax is taken. Internal; optional.
        tax_exempt: bool = "tax_exempt",
    }
}

model! {
    /// A time of free use up to an amount.
    pub struct Trial {
        /// Whether it runs.
        active: bool = "active",
        /// When it began, ISO 8601 in UTC.
        created: String = "created",
        /// In the vendor's words.
        description: String = "description",
        /// When it ends, ISO 8601 in UTC.
        expiration: String = "expiration",
        /// The amount that it grants.
        current: Amount = "current",
        /// The amount spent.
        spend: Amount = "spend",
        /// The amount left.
        spend_remaining: Amount = "spend_remaining",
        /// Projects under the trial: one object in the reference; an empty or longer list and null are read too.
        projects: OneOrMany<TrialProject> = "projects",
        /// What it waits for; null if for nothing.
        pending_verification: Verification = "pending_verification",
        /// Name of the kind of trial.
        model: String = "model",
        /// Days left.
        days_remaining: Number = "days_remaining",
    }
}

model! {
    /// An amount of money. Shown as `formatted`; compared only if amounts can be read and currencies are the same.
    pub struct Amount {
        /// For people, `$34.10`.
        formatted: String = "formatted",
        /// The number, as text in three places and as a number in the fourth.
        amount: Text = "amount",
        /// Currency, ISO 4217.
        currency: String = "currency",
        /// Currency, ISO 4217: the key that a project's total uses.
        currency_code: String = "currency_code",
        /// Sign of the currency.
        currency_symbol: String = "currency_symbol",
        /// Whether there is no limit; only in the amount left.
        unlimited: bool = "unlimited",
    }
}

impl Amount {
    /// The currency, under whichever key it was sent.
    pub fn currency(&self) -> Option<&str> {
        self.currency.text().or_else(|| self.currency_code.text())
    }

    /// The number, for a bar; never for adding up.
    pub fn number(&self) -> Option<f64> {
        self.amount.get()?.as_f64()
    }
}

model! {
    /// A project under a trial.
    pub struct TrialProject {
        /// Its id.
        id: Text = "id",
        /// Its name.
        name: String = "name",
        /// What it cost so far.
        total: Amount = "total",
    }
}
