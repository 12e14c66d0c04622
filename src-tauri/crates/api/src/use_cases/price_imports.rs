use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::jobs::Report;
use crate::price_files::effect::{Usage, effect};
use crate::price_files::pending::{Compared, Pending};
use crate::price_files::{self, Place, Table, lines, write_issue};
use crate::shares::blocking;
use crate::snapshot::{Snapshot, lock};
use crate::wire::{
    Count, PriceImportPreviewReply, PriceImportPreviewRequest, PriceImportReply,
    PriceImportRunRequest, PriceLinesReply, PriceLinesRequest, PriceTakeRequest, PriceTakenReply,
};
use ratebook_catalog::Meter;
use ratebook_catalog::prices::{PriceLine, PriceTable, TableError, TableIssue, diff};
use ratebook_money::Timestamp;
use ratebook_store::{prices, usage};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const MOST_LINES: u32 = 500;
const MOST_ISSUES: usize = 200;
/// How soon a person who has had enough of waiting for an address is heard.
const HEARD: Duration = Duration::from_millis(50);

impl App {
    /// Reads a price table and compares it with the book; nothing is stored.
    pub async fn price_import_preview(
        &self,
        request: PriceImportPreviewRequest,
        report: Report,
    ) -> ApiResult<PriceImportPreviewReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let (job, now) = (running.job.clone(), self.now());
        let (place, mapping) = (request.place.clone(), request.mapping.clone());
        let work = blocking(move || {
            let place = Place::open(&place, &job)?;
            let table = place.table(mapping.as_ref(), now)?;
            Ok((place.name, table))
        });
        tokio::pin!(work);
        let (name, table) = loop {
            // An address may keep silent for long: its thread is left to end by itself.
            match tokio::time::timeout(HEARD, &mut work).await {
                Ok(done) => break done?,
                Err(_) => running.job.check()?,
            }
        };
        running.job.check()?;
        running.job.report("compare", 0, None);
        let mut reply = described(name, &table);
        let Table {
            format,
            table,
            stamp,
            ..
        } = table;
        let table = match table {
            Ok(table) => table,
            Err(error) => {
                if let TableError::NoPrices(issues) = &error {
                    set_issues(&mut reply, issues);
                }
                reply.problem = Some(error.to_string());
                return Ok(reply);
            }
        };
        set_issues(&mut reply, &table.issues);
        let snapshot = self.snapshot(&open).await?;
        let usage = Usage::load(&open, &snapshot, now).await?;
        let token = self.ids().next_value().to_string();
        let (prices, name) = (Arc::clone(&snapshot.prices), reply.name.clone());
        let pending = blocking(move || {
            let diff = diff(&prices, &table, &stamp);
            let compared = Compared {
                asked: diff.lines.iter().map(PriceLine::is_asked).collect(),
                format,
                name,
                table,
                stamp,
                diff,
                prices,
                usage,
            };
            Ok(Pending::new(token, compared))
        });
        let pending = pending.await?;
        running.job.check()?;
        reply.token = Some(pending.token.clone());
        reply.models = count(pending.compared.diff.models);
        reply.unchanged = count(pending.compared.diff.unchanged);
        reply.providers = lines::providers(&pending);
        reply.taken = taken(snapshot, pending.clone()).await?;
        *lock(&open.caches.pending) = Some(pending);
        Ok(reply)
    }

    /// A page of the lines of a comparison.
    pub async fn price_import_lines(
        &self,
        request: PriceLinesRequest,
    ) -> ApiResult<PriceLinesReply> {
        let open = self.book().await?;
        let pending = pending(&open, &request.token)?;
        let matching = pending.matching(&request.filter);
        let ticked = matching
            .iter()
            .filter(|place| pending.taken.get(**place) == Some(&true));
        let taken = count(ticked.count());
        let offset = usize::try_from(request.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(request.limit.min(MOST_LINES)).unwrap_or(0);
        let page: Vec<usize> = matching.iter().skip(offset).take(limit).copied().collect();
        Ok(PriceLinesReply {
            lines: lines::write(&pending, &page),
            total: count(matching.len()),
            taken,
        })
    }

    /// Ticks lines of a comparison or takes the ticks away.
    pub async fn price_import_take(&self, request: PriceTakeRequest) -> ApiResult<PriceTakenReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let pending = {
            let mut kept = lock(&open.caches.pending);
            let known = kept.as_mut().filter(|known| known.token == request.token);
            let known = known.ok_or_else(gone)?;
            let places = match &request.lines {
                Some(lines) => lines
                    .iter()
                    .map(|line| usize::try_from(line.0).unwrap_or(usize::MAX))
                    .collect(),
                None => {
                    let mut places = known.matching(&request.filter);
                    if request.taken && !request.filter.asked {
                        let asked = &known.compared.asked;
                        places.retain(|place| asked.get(*place) == Some(&false));
                    }
                    places
                }
            };
            known.tick(&places, request.taken)?;
            known.clone()
        };
        taken(snapshot, pending).await
    }

    /// Stores what is ticked, as one step: all of it or, when cancelled, nothing.
    pub async fn price_import_run(
        &self,
        request: PriceImportRunRequest,
        report: Report,
    ) -> ApiResult<PriceImportReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let pending = pending(&open, &request.token)?;
        let snapshot = self.snapshot(&open).await?;
        let compared = Arc::clone(&pending.compared);
        if !Arc::ptr_eq(&compared.prices, &snapshot.prices) {
            return Err(ApiError::refused("prices_changed"));
        }
        let lines = pending.lines();
        refine(&open, &snapshot, &lines).await?;
        running.job.report("store", 0, None);
        let now = self.now();
        let mut edit = open.edit("price_import", &compared.name, now).await?;
        let source = &compared.table.source;
        let changes = prices::add_lines(&mut edit, source, &lines, now).await?;
        running.job.check()?;
        edit.finish().await?;
        open.caches.forget_prices();
        *lock(&open.caches.pending) = None;
        let left = pending.kinds().into_iter();
        let left = left
            .map(|kind| kind.lines.0.saturating_sub(kind.taken.0))
            .sum();
        let (asked, asked_taken) = pending.asked();
        let issues = &compared.table.issues;
        Ok(PriceImportReply {
            format: compared.format.to_owned(),
            models: count(compared.diff.models),
            added: count(changes.new_rows),
            ended: count(changes.ended),
            unchanged: count(compared.diff.unchanged),
            left: Count(left),
            asked: count(asked.saturating_sub(asked_taken)),
            issue_count: count(issues.len()),
            issues: issues.iter().take(MOST_ISSUES).map(write_issue).collect(),
        })
    }
}

/// Usage must be told apart by every threshold of the new prices before they are there.
async fn refine(open: &OpenBook, snapshot: &Snapshot, lines: &[&PriceLine]) -> ApiResult<()> {
    let lines = lines.iter().copied();
    let table = PriceTable::default().as_if(lines, Timestamp::MAX);
    let keys = snapshot.meters.iter().flat_map(Meter::keys);
    let dims: BTreeSet<String> = keys.map(str::to_owned).collect();
    usage::refine(&open.book, &crate::built_in::basis(&table, dims)).await?;
    Ok(())
}

fn pending(open: &OpenBook, token: &str) -> ApiResult<Pending> {
    let kept = lock(&open.caches.pending).clone();
    kept.filter(|kept| kept.token == token).ok_or_else(gone)
}

fn gone() -> ApiError {
    ApiError::refused("table_gone")
}

/// What is ticked, and what it does.
async fn taken(snapshot: Arc<Snapshot>, pending: Pending) -> ApiResult<PriceTakenReply> {
    blocking(move || {
        let (asked, asked_taken) = pending.asked();
        Ok(PriceTakenReply {
            kinds: pending.kinds(),
            asked: count(asked),
            asked_taken: count(asked_taken),
            effect: effect(&snapshot, &pending)?,
        })
    })
    .await
}

fn described(name: String, table: &Table) -> PriceImportPreviewReply {
    let source = &table.stamp.source.name;
    let list = table.list.as_ref();
    PriceImportPreviewReply {
        token: None,
        name,
        format: table.format.to_owned(),
        models: Count(0),
        unchanged: Count(0),
        providers: Vec::new(),
        taken: PriceTakenReply {
            kinds: Vec::new(),
            asked: Count(0),
            asked_taken: Count(0),
            effect: None,
        },
        mapping: list.map(|(_, mapping)| price_files::write(mapping, source)),
        columns: list.map_or_else(Vec::new, |(sheet, mapping)| {
            price_files::columns(sheet, mapping)
        }),
        fields: list.map_or_else(Vec::new, |_| price_files::fields()),
        problem: None,
        issues: Vec::new(),
        issue_count: Count(0),
    }
}

fn set_issues(reply: &mut PriceImportPreviewReply, issues: &[TableIssue]) {
    reply.issue_count = count(issues.len());
    reply.issues = issues.iter().take(MOST_ISSUES).map(write_issue).collect();
}

fn count(number: usize) -> Count {
    Count(u64::try_from(number).unwrap_or(u64::MAX))
}
