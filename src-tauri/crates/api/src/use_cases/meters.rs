use crate::app::App;
use crate::convert::{Reader, read_meter, read_meter_ref, write_meter};
use crate::drafts::readings::readings;
use crate::drafts::{month_sums, rating_input};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::wire::{
    DecimalString, MeterLeftOut, MeterListReply, MeterSaveReply, MeterSaveRequest, MeterUsageReply,
    MeterUsageRequest, MeterUsageRow, Nothing,
};
use ratebook_catalog::{Customer, Issue, Meter, MeterId, MeterRef, check};
use ratebook_money::{Amount, Currency, MoneyError, Quantity, Rate};
use ratebook_rating::{MeterUse, RatingInput, Wanted, boundaries, day_borders, measured};
use ratebook_store::{meters, usage};
use ratebook_usage::MODEL_CALL;
use std::collections::BTreeSet;

impl App {
    /// All meters of one's own, and what could be counted.
    pub async fn meter_list(&self, _: Nothing) -> ApiResult<MeterListReply> {
        let open = self.book().await?;
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut quantities: BTreeSet<String> = BTreeSet::new();
        for total in open.totals().await? {
            if total.class.event_name != MODEL_CALL {
                names.insert(total.class.event_name.clone());
                quantities.extend(total.quantities.iter().map(|(d, _)| d.to_string()));
            }
        }
        let mut read = open.read().await?;
        let known = meters::list(&mut read).await?;
        Ok(MeterListReply {
            meters: known.iter().map(write_meter).collect(),
            event_names: names.into_iter().collect(),
            quantities: quantities.into_iter().collect(),
        })
    }

    /// What customers used of a meter in a month, most first.
    pub async fn meter_usage(&self, request: MeterUsageRequest) -> ApiResult<MeterUsageReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(request.month.as_deref())?;
        let mut reader = Reader::default();
        let meter = read_meter_ref(&mut reader, "meter", Some(&request.meter));
        let currency = request.currency.as_deref();
        let currency = currency.and_then(|code| reader.currency("currency", code));
        let meter = reader
            .done(meter)?
            .ok_or_else(|| ApiError::field("meter", "required"))?;
        let mut read = open.read().await?;
        let mut cache = open.take_classes();
        let mut used: Vec<(&Customer, MeterUse)> = Vec::new();
        let mut left_out = Vec::new();
        let own = match meter {
            MeterRef::Own(id) => snapshot.meters.iter().find(|own| own.id == id),
            MeterRef::BuiltIn(_) => None,
        };
        let wanted: Vec<Wanted> = own.and_then(Wanted::of).into_iter().collect();
        for customer in &snapshot.customers {
            let period = month.period(customer)?;
            let prices = &snapshot.prices;
            let refs = snapshot.refs_of(customer.id);
            let readings = readings(&mut read, &mut cache, refs, period, &wanted).await?;
            let input = |sums| RatingInput {
                currency: currency.unwrap_or(customer.currency),
                readings: &readings,
                ..rating_input(&snapshot, customer, period, &[], sums)
            };
            // Without a currency nobody asks for costs, and no sum need end where a price does.
            let mut cuts = match currency {
                Some(_) => boundaries(&input(&[]))?,
                None => Vec::new(),
            };
            let sums = month_sums(&mut read, &mut cache, refs, period, &cuts, prices).await?;
            let days = day_borders(&input(&sums))?;
            let own = if currency.is_none() || days.is_empty() {
                measured(&input(&sums), meter)
            } else {
                cuts.extend(days);
                let finer = month_sums(&mut read, &mut cache, refs, period, &cuts, prices).await?;
                measured(&input(&finer), meter)
            };
            match own {
                Ok(own) if own.quantity.value().is_zero() => {}
                Ok(own) => used.push((customer, own)),
                // The usage of one must not take the others out of sight.
                Err(why) => left_out.push(MeterLeftOut {
                    customer_id: customer.id.to_string(),
                    customer: customer.name.clone(),
                    why: why.to_string(),
                }),
            }
        }
        open.put_classes(cache);
        used.sort_by_key(|(_, own)| std::cmp::Reverse(own.quantity.value()));
        let unit_cost = currency.map(|currency| unit_cost(&used, currency));
        let unit_cost = unit_cost.transpose()?.flatten();
        let rows = used.iter().map(|(customer, own)| MeterUsageRow {
            customer_id: customer.id.to_string(),
            customer: customer.name.clone(),
            quantity: (&own.quantity).into(),
            cost: currency.and(own.cost).map(exact),
        });
        Ok(MeterUsageReply {
            month: month.to_string(),
            rows: rows.collect(),
            left_out,
            unit_cost: unit_cost.map(|rate| (&rate.per_unit()).into()),
        })
    }

    /// Saves a meter.
    pub async fn meter_save(&self, request: MeterSaveRequest) -> ApiResult<MeterSaveReply> {
        let mut reader = Reader::default();
        let id = match request.meter.id.as_str() {
            "" => Some(MeterId::new(&mut self.ids())),
            id => reader.keep("id", MeterId::parse(id)),
        };
        let meter = id.map(|id| read_meter(&mut reader, &request.meter, id));
        if let Some(meter) = &meter {
            reader.faults(check::meter(meter));
        }
        let meter = reader
            .done(meter)?
            .ok_or_else(|| ApiError::field("id", "required"))?;
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        still_fits(&snapshot, &meter)?;
        // A look at a new dimension needs the events summed by it, before the meter is there.
        let known = snapshot.meters.iter().chain([&meter]);
        let dims = known.flat_map(Meter::keys).map(str::to_owned).collect();
        usage::refine(&open.book, &crate::built_in::basis(&snapshot.prices, dims)).await?;
        let mut edit = open.edit("meter_save", &meter.name, self.now()).await?;
        meters::save(&mut edit, &meter).await?;
        edit.finish().await?;
        Ok(MeterSaveReply {
            id: meter.id.to_string(),
        })
    }
}

/// A meter changes for all plans that name it: one that somebody is on must stay computable.
fn still_fits(snapshot: &Snapshot, meter: &Meter) -> ApiResult<()> {
    let others = snapshot.meters.iter().filter(|own| own.id != meter.id);
    let before: Vec<Meter> = snapshot.meters.clone();
    let after: Vec<Meter> = others.chain([meter]).cloned().collect();
    let mut reader = Reader::default();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for subscription in &snapshot.subscriptions {
        let Some((plan, version)) = snapshot.plan_of(subscription) else {
            continue;
        };
        let faults = |meters: &[Meter]| {
            let agreed = &subscription.agreed.overrides;
            let mut faults = check::fit(&version.terms, meters);
            faults.extend(check::fit_changes(&version.terms, agreed, meters, "agreed"));
            faults.len()
        };
        if faults(&after) > faults(&before) && named.insert(&plan.name) {
            let fault = Issue::new("aggregation", "needed_by_plan");
            reader.fault(fault.with("plan", &plan.name));
        }
    }
    reader.done(Some(())).map(|_| ())
}

fn exact(amount: Amount) -> DecimalString {
    DecimalString(amount.to_exact_string())
}

/// What one unit cost on average; nothing when the cost of one customer is not known.
fn unit_cost(
    used: &[(&Customer, MeterUse)],
    currency: Currency,
) -> Result<Option<Rate>, MoneyError> {
    let mut cost = Amount::zero(currency);
    let mut quantity = Quantity::ZERO;
    for (_, own) in used {
        let Some(own_cost) = own.cost else {
            return Ok(None);
        };
        cost = cost.plus(own_cost)?;
        quantity = quantity.plus(own.quantity)?;
    }
    cost.per_unit(quantity)
}
