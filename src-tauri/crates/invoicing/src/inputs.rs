use crate::{DraftEdit, InvoiceError, Replaced};
use ratebook_catalog::prices::ModelAlias;
use ratebook_catalog::{
    Company, Customer, ExchangeRate, MarkupRule, Meter, Plan, PlanVersion, Subscription,
};
use ratebook_money::{Period, Timestamp};
use ratebook_rating::credits::UsableGrant;
use ratebook_rating::{
    MeterReadings, PaidFee, ProviderStep, Standing, SubscribedPlan, UsageBucket, usage_span,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// All that an invoice was computed from, as it was then. With the price rows that the book had
/// recorded by `as_of`, it gives the same invoice for ever.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Inputs {
    /// Version of this stored shape.
    pub v: u32,
    /// Who invoiced.
    pub company: Company,
    /// Who was invoiced.
    pub customer: Customer,
    /// The billing period.
    pub period: Period,
    /// What the book knew.
    pub as_of: Timestamp,
    /// What the customer was on.
    pub subscriptions: Vec<FrozenSubscription>,
    /// The meters that the plans name.
    pub meters: Vec<Meter>,
    /// The markup rules recorded by `as_of`.
    pub rules: Vec<MarkupRule>,
    /// The exchange rates recorded by `as_of`.
    pub exchange: Vec<ExchangeRate>,
    /// What the reported names of models stood for; absent in books of a trial version.
    #[serde(default)]
    pub names: Option<Vec<ModelAlias>>,
    /// The provider price rows that were chosen.
    pub prices: Vec<ProviderStep>,
    /// The usage, summed up to the instants at which a price may change.
    pub usage: Vec<UsageBucket>,
    /// The events of meters that are not counted from sums, folded as far as prices allow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<MeterReadings>,
    /// Fees that earlier invoices had charged for days of the period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paid: Vec<PaidFee>,
    /// Credit that could pay for usage of the period, with what was left of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<UsableGrant>,
    /// What a person added to the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<DraftEdit>,
    /// The void invoice of the period in whose place it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
}

/// A subscription with what it subscribed to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenSubscription {
    /// Who, from when to when.
    pub subscription: Subscription,
    /// The plan.
    pub plan: Plan,
    /// The version that held.
    pub version: PlanVersion,
    /// Why it was looked at.
    #[serde(default, skip_serializing_if = "Standing::is_billed")]
    pub standing: Standing,
}

/// Inputs as the text that is stored, and its hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frozen {
    json: String,
    hash: String,
}

impl Inputs {
    /// What the customer was on, as rating takes it.
    #[must_use]
    pub fn subscribed(&self) -> Vec<SubscribedPlan<'_>> {
        let all = self.subscriptions.iter();
        all.map(|frozen| SubscribedPlan {
            subscription: &frozen.subscription,
            plan: &frozen.plan,
            version: &frozen.version,
            standing: frozen.standing,
        })
        .collect()
    }

    /// The span of usage that it was computed from.
    ///
    /// # Errors
    /// [`InvoiceError`] when a subscription's day lies outside of the calendar.
    pub fn usage_span(&self) -> Result<Period, InvoiceError> {
        let span = usage_span(self.customer.zone, self.period, &self.subscribed());
        span.map_err(InvoiceError::from)
    }

    /// Writes the inputs down: JSON without spaces, fields in declared order, maps sorted. The
    /// logo, which the invoice itself holds, is written as its hash.
    ///
    /// # Errors
    /// [`InvoiceError::Freeze`] when something cannot be written as JSON.
    pub fn freeze(&self) -> Result<Frozen, InvoiceError> {
        let inputs = Self {
            company: with_logo_hash(&self.company),
            ..self.clone()
        };
        let json = serde_json::to_string(&inputs);
        let json = json.map_err(|error| InvoiceError::Freeze(error.to_string()))?;
        Ok(Frozen::from_json(json))
    }
}

impl Frozen {
    /// Inputs as they are stored.
    #[must_use]
    pub fn from_json(json: String) -> Self {
        let hash = sha256(&json);
        Self { json, hash }
    }

    /// The text.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// SHA-256 of the text, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// The company with the hash of its logo in place of the picture.
pub(crate) fn with_logo_hash(company: &Company) -> Company {
    let logo = company.logo_png.as_ref();
    let hashed = logo.map(|logo| match logo.strip_prefix(HASH_MARK) {
        Some(_) => logo.clone(),
        None => format!("{HASH_MARK}{}", sha256(logo)),
    });
    Company {
        logo_png: hashed,
        ..company.clone()
    }
}

const HASH_MARK: &str = "sha256:";

/// SHA-256 of a text, hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    sha256_of(text.as_bytes())
}

/// SHA-256 of bytes, hexadecimal.
#[must_use]
pub fn sha256_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
