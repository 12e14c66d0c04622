use crate::app::App;
use crate::convert::{Reader, read_charges};
use crate::error::{ApiError, ApiResult};
use crate::wire::{
    DecimalString, MoneyText, PlanSaveReply, PlanTestResult, PlanTestRunReply, PlanTestRunRequest,
    PlanTestText, PlanTestsSaveRequest,
};
use ratebook_catalog::json::Json;
use ratebook_catalog::pricing::Price;
use ratebook_catalog::{Charge, ChargeKind, FeePer, Issue, PlanId, PlanTest, PriceModel, check};
use ratebook_money::{Currency, Money, Quantity};
use ratebook_rating::price::document::read_usage;
use ratebook_rating::price::{Explain, apply};
use ratebook_rating::quote;
use ratebook_store::plans;

/// What a test says when the charge has no amount of its own.
enum Unquoted {
    /// The plan has no charge of that name.
    NoCharge,
    /// Cost-plus depends on what the providers charge; events are needed for others.
    NeedsUsage,
    /// The amount does not fit.
    TooLarge,
    /// What is used is not what the price looks at, or the price has no amount for it.
    FaultyUsage,
}

impl Unquoted {
    fn word(&self) -> &'static str {
        match self {
            Self::NoCharge => "no_charge",
            Self::NeedsUsage => "needs_usage",
            Self::TooLarge => "too_large",
            Self::FaultyUsage => "faulty_usage",
        }
    }
}

impl App {
    /// Runs billing tests against charges that may not be saved yet. A test fails at a difference
    /// of the smallest unit of the currency.
    pub async fn plan_test_run(&self, request: PlanTestRunRequest) -> ApiResult<PlanTestRunReply> {
        let mut reader = Reader::default();
        let currency = reader.currency("currency", &request.currency);
        let found = currency.map(|currency| {
            (
                read_charges(&mut reader, &request.charges, currency),
                read_tests(&mut reader, &request.tests, currency),
            )
        });
        let (charges, tests) = reader
            .done(found)?
            .ok_or_else(|| ApiError::field("currency", "required"))?;
        let results = tests.iter().map(|test| run(test, &charges));
        Ok(PlanTestRunReply {
            results: results.collect(),
        })
    }

    /// Replaces the billing tests of a plan.
    pub async fn plan_tests_save(&self, request: PlanTestsSaveRequest) -> ApiResult<PlanSaveReply> {
        let open = self.book().await?;
        let id =
            PlanId::parse(&request.id).map_err(|_| ApiError::not_found("plan", &request.id))?;
        let mut read = open.read().await?;
        let known = plans::list(&mut read).await?;
        let plan = known.into_iter().find(|plan| plan.id == id);
        let plan = plan.ok_or_else(|| ApiError::not_found("plan", &request.id))?;
        let versions = plans::versions(&mut read).await?;
        drop(read);
        let newest = versions.iter().filter(|version| version.plan == id);
        let newest = newest.max_by_key(|version| version.number);
        let currency = newest.map(|version| version.terms.currency);
        let currency = currency.ok_or_else(|| ApiError::refused("no_draft"))?;
        let mut reader = Reader::default();
        let tests = read_tests(&mut reader, &request.tests, currency);
        reader.faults(check::plan_tests(&tests));
        let tests = reader.done(tests)?;
        let mut edit = open.edit("plan_tests_save", &plan.name, self.now()).await?;
        plans::save_tests(&mut edit, id, tests).await?;
        edit.finish().await?;
        Ok(PlanSaveReply { id: id.to_string() })
    }
}

/// Runs one test.
pub(crate) fn run(test: &PlanTest, charges: &[Charge]) -> PlanTestResult {
    match amount(test, charges) {
        Ok(amount) => PlanTestResult {
            passed: amount == test.amount,
            amount: Some(MoneyText::from(amount)),
            fault: None,
        },
        Err(fault) => PlanTestResult {
            passed: false,
            amount: None,
            fault: Some(fault.word().to_owned()),
        },
    }
}

/// What the charge of a test comes to, for a full period.
fn amount(test: &PlanTest, charges: &[Charge]) -> Result<Money, Unquoted> {
    let mut named = charges.iter().filter(|charge| charge.name == test.charge);
    let charge = named.next().ok_or(Unquoted::NoCharge)?;
    match &charge.kind {
        ChargeKind::RecurringFee {
            amount,
            per: FeePer::Seat,
            ..
        } => {
            // So many seats, each at the fee.
            let unit_price = amount.to_decimal();
            let price = PriceModel::PerUnit { unit_price };
            let quoted = quote(&price, test.quantity, amount.currency(), Explain::Nothing);
            quoted
                .map(|quoted| quoted.amount)
                .map_err(|_| Unquoted::TooLarge)
        }
        ChargeKind::RecurringFee { amount, .. }
        | ChargeKind::OneOffFee { amount }
        | ChargeKind::Minimum { amount } => Ok(*amount),
        ChargeKind::Credit(_) => Ok(Money::zero(test.amount.currency())),
        ChargeKind::Usage { price, .. } => {
            let currency = test.amount.currency();
            if let Some(usage) = &test.usage {
                let price = price.whole().ok_or(Unquoted::NeedsUsage)?;
                return of_usage(&price, usage, currency).ok_or(Unquoted::FaultyUsage);
            }
            match quote(price, test.quantity, currency, Explain::Nothing) {
                Ok(quoted) => Ok(quoted.amount),
                Err(ratebook_rating::RatingError::NoQuantity) => Err(Unquoted::NeedsUsage),
                Err(_) => Err(Unquoted::TooLarge),
            }
        }
    }
}

/// What a price comes to for the usage of a price document.
fn of_usage(price: &Price, usage: &str, currency: Currency) -> Option<Money> {
    let usage = read_usage(price, &Json::parse(usage).ok()?, currency).ok()?;
    let priced = apply(price, &usage, currency, Explain::Nothing);
    priced.ok().map(|priced| priced.rounded)
}

/// Reads tests; faults go to the reader.
pub(crate) fn read_tests(
    reader: &mut Reader,
    tests: &[PlanTestText],
    currency: Currency,
) -> Vec<PlanTest> {
    let read = tests.iter().enumerate().filter_map(|(index, test)| {
        let path = format!("tests[{index}]");
        let quantity = reader.decimal(&format!("{path}.quantity"), &test.quantity);
        let quantity = reader.keep(&format!("{path}.quantity"), Quantity::new(quantity));
        let usage = test.usage.as_deref().map(str::trim);
        let usage = usage.filter(|usage| !usage.is_empty());
        if let Some(Err(error)) = usage.map(Json::parse) {
            let issue = Issue::new(format!("{path}.usage"), "not_json");
            reader.fault(issue.with("detail", error));
        }
        let amount = test.amount.0.trim();
        let amount = reader.keep(&format!("{path}.amount"), Money::parse(amount, currency));
        Some(PlanTest {
            name: test.name.trim().to_owned(),
            charge: test.charge.trim().to_owned(),
            quantity: quantity?,
            usage: usage.map(str::to_owned),
            amount: amount?,
        })
    });
    read.collect()
}

/// Writes a test.
pub(crate) fn write_test(test: &PlanTest) -> PlanTestText {
    PlanTestText {
        name: test.name.clone(),
        charge: test.charge.clone(),
        quantity: (&test.quantity).into(),
        usage: test.usage.clone(),
        amount: DecimalString(test.amount.number()),
    }
}
