//! Provider price tables as files.

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::figures::fact;
use crate::jobs::Report;
use crate::use_cases::books::file_error;
use crate::wire::{Count, ImportIssue, PriceImportReply, PriceImportRequest};
use ratebook_catalog::Meter;
use ratebook_catalog::prices::{
    ImportedTable, PriceSource, PriceTable, TableIssue, TableStamp, fit, format, read,
};
use ratebook_store::{prices, usage};
use std::path::Path;

/// A price table of all that is known has about 3 MB.
const LARGEST: u64 = 256 << 20;

/// Whether the first bytes of a file are those of a price table, not of usage.
pub(crate) fn looks_like_one(head: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(head) else {
        return false;
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let litellm = start.starts_with('{') && start.contains("\"litellm_provider\"");
    let genai = start.starts_with('[') && start.contains("\"pricing_urls\"");
    // A usage row never has prices of tokens.
    (litellm && start.contains("cost_per_token")) || genai
}

impl App {
    /// Reads a provider price table file into the book: only what is new or changed is added.
    pub async fn price_import(
        &self,
        request: PriceImportRequest,
        report: Report,
    ) -> ApiResult<PriceImportReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let path = Path::new(&request.path);
        running.job.report("read", 0, None);
        let (table, stamp) = self.read_table(path)?;
        running.job.check()?;
        let snapshot = self.snapshot(&open).await?;
        let table = fit(&snapshot.prices, table, &stamp);
        // Usage must be told apart by every threshold of the new prices before they are there.
        let fresh = PriceTable::new(vec![table.source.clone()], table.models.clone());
        let keys = snapshot.meters.iter().flat_map(Meter::keys);
        let dims = keys.map(str::to_owned).collect();
        usage::refine(&open.book, &crate::built_in::basis(&fresh, dims)).await?;
        running.job.report("store", 0, None);
        let mut write = open.write().await?;
        let sources = [table.source.clone()];
        let now = self.now();
        let from = ratebook_money::Zone::UTC.start_of(ratebook_money::Zone::UTC.date_of(now))?;
        let changes = prices::add_table(&mut write, &sources, &table.models, from, now).await?;
        running.job.check()?;
        write.commit().await?;
        open.caches.forget_prices();
        let count = |n: usize| Count(u64::try_from(n).unwrap_or(u64::MAX));
        Ok(PriceImportReply {
            format: table.source.name.clone(),
            models: count(table.models.len()),
            added: count(changes.new_rows),
            unchanged: count(changes.unchanged),
            issue_count: count(table.issues.len()),
            issues: table.issues.iter().take(200).map(write_issue).collect(),
        })
    }

    fn read_table(&self, path: &Path) -> ApiResult<(ImportedTable, TableStamp)> {
        let failed = |error| file_error(path, &error);
        let size = std::fs::metadata(path).map_err(failed)?.len();
        if size > LARGEST {
            return Err(ApiError::refused("too_large").with("path", path.display()));
        }
        let bytes = std::fs::read(path).map_err(failed)?;
        let refused = |detail: &dyn std::fmt::Display| {
            ApiError::refused("price_table")
                .with("path", path.display())
                .with("detail", detail)
        };
        let text = String::from_utf8(bytes).map_err(|_| refused(&"not UTF-8"))?;
        let text = text.trim_start_matches('\u{feff}');
        let kind = format(text).map_err(|error| refused(&error))?;
        let now = self.now();
        let today = ratebook_money::Zone::UTC.date_of(now);
        let stamp = TableStamp {
            source: PriceSource {
                name: kind.source_name().to_owned(),
                version: today.to_string(),
                address: crate::use_cases::books::file_name(path),
                seen_on: today,
            },
            recorded_at: now,
            undated_from: ratebook_money::Zone::UTC.start_of(today)?,
        };
        let table = read(text, &stamp).map_err(|error| refused(&error))?;
        Ok((table, stamp))
    }
}

fn write_issue(issue: &TableIssue) -> ImportIssue {
    let code = serde_json::to_value(issue.kind).ok();
    let code = code
        .as_ref()
        .and_then(|code| code.as_str())
        .unwrap_or_default()
        .to_owned();
    ImportIssue {
        line: Count(0),
        field: format!("{}: {}", issue.model, issue.field),
        code,
        params: vec![fact("value", &issue.value)],
    }
}
