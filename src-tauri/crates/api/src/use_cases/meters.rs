use crate::app::App;
use crate::convert::{Reader, read_meter, read_meter_ref, write_meter};
use crate::drafts::{month_sums, rating_input};
use crate::error::{ApiError, ApiResult};
use crate::wire::{
    MeterListReply, MeterSaveReply, MeterSaveRequest, MeterUsageReply, MeterUsageRequest,
    MeterUsageRow, Nothing,
};
use ratebook_catalog::{Customer, MeterId, check};
use ratebook_money::Quantity;
use ratebook_rating::measured;
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
        let meter = reader
            .done(meter)?
            .ok_or_else(|| ApiError::field("meter", "required"))?;
        let mut read = open.read().await?;
        let mut cache = open.take_classes();
        let mut used: Vec<(&Customer, Quantity)> = Vec::new();
        for customer in &snapshot.customers {
            let period = month.period(customer)?;
            let refs = snapshot.refs_of(customer.id);
            let sums = month_sums(&mut read, &mut cache, refs, period, &[]).await?;
            let quantity = measured(
                &rating_input(&snapshot, customer, period, &[], &sums),
                meter,
            )?;
            if !quantity.value().is_zero() {
                used.push((customer, quantity));
            }
        }
        open.put_classes(cache);
        used.sort_by_key(|(_, quantity)| std::cmp::Reverse(quantity.value()));
        let rows = used.into_iter().map(|(customer, quantity)| MeterUsageRow {
            customer_id: customer.id.to_string(),
            customer: customer.name.clone(),
            quantity: (&quantity).into(),
        });
        Ok(MeterUsageReply {
            month: month.to_string(),
            rows: rows.collect(),
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
        // A filter on a new dimension needs the events summed by it, before the meter is there.
        let snapshot = self.snapshot(&open).await?;
        let mut dims: BTreeSet<String> = snapshot
            .meters
            .iter()
            .flat_map(|m| &m.filters)
            .map(|f| f.key.clone())
            .collect();
        dims.extend(meter.filters.iter().map(|filter| filter.key.clone()));
        usage::refine(&open.book, &crate::built_in::basis(&snapshot.prices, dims)).await?;
        let mut edit = open.edit("meter_save", &meter.name, self.now()).await?;
        meters::save(&mut edit, &meter).await?;
        edit.finish().await?;
        Ok(MeterSaveReply {
            id: meter.id.to_string(),
        })
    }
}
