//! What a case says, as the types that the program computes with.

use ratebook_catalog::prices::{
    Minimum, ModelAlias, ModelPrices, PriceSource, PriceTable, ProviderPrice, RuleSet,
};
use ratebook_catalog::{
    Address, Bank, Company, CompanyContact, Customer, CustomerId, Endpoint, ExchangeRate,
    MarkupRule, MarkupRules, Meter, NumberSeries, Paper, Plan, PlanVersion, Subscription,
    TaxTreatment,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Date, Factor, Period, Quantity, Timestamp, Zone};
use ratebook_rating::credits::UsableGrant;
use ratebook_rating::{MeterReadings, PaidFee, Rated, RatingError, RatingInput, Standing};
use ratebook_rating::{SubscribedPlan, UsageFact, is_before, rate, usage_span, wanted};
use ratebook_usage::{ShortCalls, UsageSum};

/// One customer's book.
pub struct Book {
    pub company: Company,
    pub customer: Customer,
    pub period: Period,
    pub as_of: Timestamp,
    pub plans: Vec<(Plan, PlanVersion)>,
    pub paid: Vec<PaidFee>,
    /// Credit by name.
    pub grants: Vec<(String, UsableGrant)>,
    pub subscriptions: Vec<Subscription>,
    pub models: Vec<ModelPrices>,
    pub rules: Vec<MarkupRule>,
    pub exchange: Vec<ExchangeRate>,
    pub meters: Vec<Meter>,
    pub sums: Vec<UsageSum>,
    /// The events that the sums are of.
    pub facts: Vec<UsageFact>,
    pub number: String,
    pub issued_on: Date,
    pub ids: IdSource,
}

impl Book {
    /// A book of a company in Berlin with one customer, before the case says anything.
    pub fn new() -> Self {
        let mut ids = IdSource::new(Timestamp::from_micros(0), 0);
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let euro = Currency::parse("EUR").unwrap();
        Self {
            company: company(berlin, euro),
            customer: customer(CustomerId::new(&mut ids), berlin, euro),
            period: berlin.month(2026, 10).unwrap(),
            as_of: Timestamp::parse("2026-11-01T08:00:00Z").unwrap(),
            plans: Vec::new(),
            paid: Vec::new(),
            grants: Vec::new(),
            subscriptions: Vec::new(),
            models: Vec::new(),
            rules: Vec::new(),
            exchange: Vec::new(),
            meters: Vec::new(),
            sums: Vec::new(),
            facts: Vec::new(),
            number: "HS-2026-0001".to_owned(),
            issued_on: "2026-11-03".parse().unwrap(),
            ids,
        }
    }

    /// The prices of the case as a table.
    pub fn prices(&self) -> PriceTable {
        self.prices_with(&[])
    }

    /// The same with names that the user gave.
    pub fn prices_with(&self, aliases: &[ModelAlias]) -> PriceTable {
        let source = PriceSource {
            name: "case".to_owned(),
            version: "1".to_owned(),
            address: "https://example.com/prices".to_owned(),
            seen_on: "2026-01-01".parse().unwrap(),
        };
        PriceTable::with_aliases(vec![source], self.models.clone(), aliases)
    }

    /// What the customer is on.
    pub fn subscribed(&self) -> Vec<SubscribedPlan<'_>> {
        let plan = |subscription: &Subscription| {
            let id = subscription.plan_version;
            self.plans
                .iter()
                .find(|(_, version)| version.id == id)
                .expect("a plan of the case")
        };
        let all = self.subscriptions.iter();
        let first = self.customer.zone.date_of(self.period.from);
        all.map(|subscription| {
            let (plan, version) = plan(subscription);
            let is_before = is_before(subscription, &version.terms, first).expect("a day");
            SubscribedPlan {
                subscription,
                plan,
                version,
                standing: match is_before {
                    true => Standing::Before,
                    false => Standing::Billed,
                },
            }
        })
        .collect()
    }

    /// Rates the case and hands the input and the result on.
    pub fn rate<T>(&self, with: impl FnOnce(&RatingInput, Result<Rated, RatingError>) -> T) -> T {
        let (prices, subscriptions) = (self.prices(), self.subscribed());
        let credits = self.credits();
        let readings = self.readings(&subscriptions);
        // As the book reads them: events of other months are not asked for.
        let span = usage_span(self.customer.zone, self.period, &subscriptions).expect("a span");
        let inside = self.sums.iter().filter(|sum| span.contains(sum.at));
        let sums: Vec<UsageSum> = inside.map(|sum| self.with_short(sum)).collect();
        let rules = MarkupRules::new(self.rules.clone());
        let input = RatingInput {
            zone: self.customer.zone,
            currency: self.customer.currency,
            period: self.period,
            subscriptions: &subscriptions,
            sums: &sums,
            readings: &readings,
            prices: &prices,
            names: None,
            rules: &rules,
            exchange: &self.exchange,
            meters: &self.meters,
            as_of: self.as_of,
            paid: &self.paid,
            credits: &credits,
        };
        with(&input, rate(&input))
    }

    /// A sum of a case is one call: what it is short of the least of its model.
    fn with_short(&self, sum: &UsageSum) -> UsageSum {
        let class = &sum.class;
        let mut models = self.models.iter();
        let model = models.find(|m| m.provider == class.provider && m.model == class.model);
        let at_least = model.map_or(0, |model| model.at_least(&sum.dimension));
        let least = Quantity::from_units(i64::from(at_least)).expect("units");
        let is_short = !sum.quantity.value().is_zero() && sum.quantity < least;
        UsageSum {
            short: is_short.then(|| ShortCalls {
                at_least,
                calls: 1,
                missing: least.minus(sum.quantity).expect("less than the least"),
            }),
            ..sum.clone()
        }
    }

    /// Says what a call is billed at least.
    pub fn add_least(&mut self, provider: &str, model: &str, minimum: Minimum) -> Option<()> {
        let same = |known: &&mut ModelPrices| known.provider == provider && known.model == model;
        let known = self.models.iter_mut().find(same)?;
        known.minimums.push(minimum);
        Some(())
    }

    /// The single events that meters need, in the order of time.
    fn readings(&self, subscriptions: &[SubscribedPlan]) -> Vec<MeterReadings> {
        let mut facts = self.facts.clone();
        facts.sort_by_key(|fact| fact.at);
        let wanted = wanted(subscriptions, &self.meters);
        wanted.iter().flat_map(|own| own.read(&facts)).collect()
    }

    /// The customer's credit.
    pub fn credits(&self) -> Vec<UsableGrant> {
        let credits = self.grants.iter().map(|(_, usable)| usable.clone());
        credits.collect()
    }

    /// Adds a provider's price.
    pub fn add_price(&mut self, provider: &str, model: &str, row: ProviderPrice) {
        let same = |known: &&mut ModelPrices| known.provider == provider && known.model == model;
        match self.models.iter_mut().find(same) {
            Some(known) => known.prices.push(row),
            None => self.models.push(ModelPrices {
                provider: provider.to_owned(),
                model: model.to_owned(),
                prices: vec![row],
                fallbacks: Vec::new(),
                rules: RuleSet::default(),
                multipliers: Vec::new(),
                matches: Vec::new(),
                minimums: Vec::new(),
            }),
        }
    }
}

fn company(zone: Zone, currency: Currency) -> Company {
    Company {
        name: "Halden".to_owned(),
        legal_name: "Halden Systems GmbH".to_owned(),
        address: address("Köpenicker Straße 154", "10997", "Berlin", "DE"),
        tax_id: "DE 301 884 752".to_owned(),
        registration: "HRB 214 906 B, Amtsgericht Charlottenburg".to_owned(),
        email: "billing@halden.example".to_owned(),
        contact: CompanyContact::default(),
        endpoint: Endpoint::default(),
        website: "halden.example".to_owned(),
        bank: Bank {
            holder: "Halden Systems GmbH".to_owned(),
            account: "DE89370400440532013000".to_owned(),
            bic: "COBADEFFXXX".to_owned(),
            bank_name: "Commerzbank".to_owned(),
        },
        logo_png: None,
        locale: "en-GB".to_owned(),
        currency,
        zone,
        series: NumberSeries {
            prefix: "HS-{year}-".to_owned(),
            digits: 4,
            first: 1,
        },
        payment_days: 14,
        paper: Paper::A4,
    }
}

fn customer(id: CustomerId, zone: Zone, currency: Currency) -> Customer {
    Customer {
        id,
        number: "C-1001".to_owned(),
        name: "Acme AG".to_owned(),
        address: address("Am Sandtorkai 48", "20457", "Hamburg", "DE"),
        tax_id: "DE 298 117 406".to_owned(),
        email: String::new(),
        reference: String::new(),
        order_reference: String::new(),
        endpoint: Endpoint::default(),
        einvoice: None,
        currency,
        locale: "en-GB".to_owned(),
        zone,
        tax: TaxTreatment::Rate {
            percent: Factor::parse("19").unwrap(),
        },
        payment_days: None,
        aliases: Vec::new(),
        notes: String::new(),
        archived: false,
    }
}

fn address(line: &str, postcode: &str, city: &str, country: &str) -> Address {
    Address {
        lines: vec![line.to_owned()],
        postcode: postcode.to_owned(),
        city: city.to_owned(),
        region: String::new(),
        country: country.to_owned(),
    }
}
