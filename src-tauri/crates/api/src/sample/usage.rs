use super::{MONTHS, SampleCustomer};
use flate2::read::GzDecoder;
use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{MoneyError, Quantity, Timestamp, Zone};
use ratebook_usage::{MODEL_CALL, Reported, UsageEvent};
use std::collections::BTreeMap;
use std::io::Read;

const TRACE: &[u8] = include_bytes!("azure_llm_2023.csv.gz");
/// Every call of the trace is used this often, each time for another customer and day.
const COPIES: u64 = 5;
/// Every so many calls of customers with agents there is a run of an agent.
const CALLS_PER_RUN: u64 = 3;

struct Call {
    kind: &'static str,
    millis: i64,
    context: i64,
    generated: i64,
}

/// All usage of the sample, in no order of time. Customer, model, day and cached share are
/// assigned by a hash of the row's number, and each event says so.
pub(crate) fn events(customers: &[SampleCustomer]) -> Result<Vec<UsageEvent>, MoneyError> {
    let calls = trace()?;
    let shares: u64 = customers.iter().map(|customer| customer.share).sum();
    let days = days()?;
    let mut events = Vec::with_capacity(calls.len().saturating_mul(6));
    for (row, call) in (0_u64..).zip(&calls) {
        for copy in 0..COPIES {
            let seed = mix(row.wrapping_mul(COPIES).wrapping_add(copy));
            let Some(customer) = pick_customer(customers, seed % shares.max(1)) else {
                continue;
            };
            let day = pick_day(&days, mix(seed ^ 1));
            let at = Timestamp::from_micros(day.saturating_add(call.millis.saturating_mul(1_000)));
            events.push(model_call(customer, call, at, seed, row, copy)?);
            let has_agents = customer.plan == "scale";
            if has_agents && seed.is_multiple_of(CALLS_PER_RUN) {
                events.push(agent_run(customer, at, row, copy)?);
            }
        }
    }
    Ok(events)
}

/// Well mixed bits of a number (the finalizer of splitmix64).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn pick_customer(customers: &[SampleCustomer], mut point: u64) -> Option<&SampleCustomer> {
    customers.iter().find(|customer| {
        let inside = point < customer.share;
        point = point.saturating_sub(customer.share);
        inside
    })
}

/// Midnights (microseconds, UTC) of the sample's days; weekdays stand four times, so that they
/// carry four times the traffic of a weekend day.
fn days() -> Result<Vec<i64>, MoneyError> {
    const DAY: i64 = 86_400_000_000;
    let mut days = Vec::new();
    for (year, month) in MONTHS {
        let period = Zone::UTC.month(year, month)?;
        let mut day = period.from.micros();
        while day < period.to.micros() {
            // 1 January 1970 was a Thursday.
            let weekday = day.div_euclid(DAY).saturating_add(3).rem_euclid(7);
            let weight = if weekday < 5 { 4 } else { 1 };
            days.extend(std::iter::repeat_n(day, weight));
            day = day.saturating_add(DAY);
        }
    }
    Ok(days)
}

fn pick_day(days: &[i64], seed: u64) -> i64 {
    // The later of two draws: a business that grows.
    let length = u64::try_from(days.len()).unwrap_or(1).max(1);
    let draw = |seed: u64| usize::try_from(seed % length).unwrap_or(0);
    let index = draw(seed).max(draw(mix(seed)));
    days.get(index).copied().unwrap_or(0)
}

fn model_call(
    customer: &SampleCustomer,
    call: &Call,
    at: Timestamp,
    seed: u64,
    row: u64,
    copy: u64,
) -> Result<UsageEvent, MoneyError> {
    let choice = mix(seed ^ 2) % 10;
    let index = if choice < 6 {
        0
    } else {
        usize::try_from(choice).unwrap_or(0)
    };
    let models = customer.models;
    let name = models
        .get(index % models.len().max(1))
        .copied()
        .unwrap_or_default();
    let (provider, model) = name.split_once('/').unwrap_or(("", name));
    let quarter = i64::try_from(mix(seed ^ 3) % 4).unwrap_or(0);
    let cached = if call.context > 1_024 {
        call.context / 4 * quarter
    } else {
        0
    };
    let mut quantities = vec![
        (
            Dimension::INPUT,
            Quantity::from_units(call.context.saturating_sub(cached))?,
        ),
        (Dimension::CACHE_READ, Quantity::from_units(cached)?),
        (Dimension::OUTPUT, Quantity::from_units(call.generated)?),
        (Dimension::REQUESTS, Quantity::from_units(1)?),
    ];
    quantities.retain(|(_, quantity)| *quantity > Quantity::ZERO);
    let numbers = [
        ("ContextTokens", call.context),
        ("GeneratedTokens", call.generated),
    ];
    Ok(UsageEvent {
        event_name: MODEL_CALL.to_owned(),
        provider: provider.to_owned(),
        model: model.to_owned(),
        quantities,
        reported: Reported {
            convention: "inc".to_owned(),
            numbers: numbers
                .iter()
                .map(|(k, v)| ((*k).to_owned(), v.to_string()))
                .collect(),
            costs: Vec::new(),
        },
        ..bare(
            customer,
            at,
            format!("azure-2023-{}-{row}-{copy}", call.kind),
        )
    })
}

fn agent_run(
    customer: &SampleCustomer,
    at: Timestamp,
    row: u64,
    copy: u64,
) -> Result<UsageEvent, MoneyError> {
    Ok(UsageEvent {
        event_name: "agent.run".to_owned(),
        quantities: vec![(
            Dimension::Custom("runs".to_owned()),
            Quantity::from_units(1)?,
        )],
        ..bare(customer, at, format!("run-{row}-{copy}"))
    })
}

fn bare(customer: &SampleCustomer, at: Timestamp, id: String) -> UsageEvent {
    let alias = customer.customer.aliases.first().cloned();
    UsageEvent {
        source: "sample".to_owned(),
        id,
        event_name: String::new(),
        at,
        customer_ref: alias.unwrap_or_default(),
        provider: String::new(),
        model: String::new(),
        conditions: CallConditions::default(),
        quantities: Vec::new(),
        dims: BTreeMap::from([("assigned".to_owned(), "by hash, see sample".to_owned())]),
        reported: Reported::default(),
    }
}

fn trace() -> Result<Vec<Call>, MoneyError> {
    let mut text = String::new();
    let read = GzDecoder::new(TRACE).read_to_string(&mut text);
    read.map_err(|_| MoneyError::NotANumber("sample trace".to_owned()))?;
    text.lines().map(parse_call).collect()
}

fn parse_call(line: &str) -> Result<Call, MoneyError> {
    let bad = || MoneyError::NotANumber(line.to_owned());
    let mut fields = line.split(',');
    let kind = match fields.next() {
        Some("chat") => "chat",
        Some("code") => "code",
        _ => return Err(bad()),
    };
    let mut number = || {
        fields
            .next()
            .and_then(|field| field.parse().ok())
            .ok_or_else(bad)
    };
    Ok(Call {
        kind,
        millis: number()?,
        context: number()?,
        generated: number()?,
    })
}
