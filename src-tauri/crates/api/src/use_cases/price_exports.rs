//! The price book to a file and back: what a file says is staged, and nothing is published.

use crate::app::App;
use crate::convert::write_scope;
use crate::error::{ApiError, ApiResult};
use crate::price_book_text::{BookFormat, Entry, entry, read, write};
use crate::snapshot::Snapshot;
use crate::use_cases::books::file_error;
use crate::use_cases::price_cells;
use crate::use_cases::price_edits::Edits;
use crate::use_cases::price_staging::count;
use crate::use_cases::price_versions::rule_text;
use crate::wire::{
    Count, PriceBookExportReply, PriceBookExportRequest, PriceBookImportReply,
    PriceBookImportRequest, PriceBookMissing, PriceFileFault,
};
use ratebook_catalog::{MarkupRule, MarkupScope, StagedChange, StagedWhat};
use ratebook_money::Timestamp;
use std::collections::HashSet;
use std::path::Path;

/// Half a million prices are some dozens of megabytes.
const LARGEST: u64 = 256 << 20;
/// Faults that are named one by one.
const FAULTS: usize = 200;

impl App {
    /// Writes the published rules to a file: CSV or a workbook when its name ends so, else TOML.
    pub async fn price_book_export(
        &self,
        request: PriceBookExportRequest,
    ) -> ApiResult<PriceBookExportReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let path = Path::new(&request.path);
        let entries = entries(&snapshot);
        let currency = snapshot.company.currency.to_string();
        let bytes = write(&entries, &currency, format_of(path))?;
        std::fs::write(path, bytes).map_err(|error| file_error(path, &error))?;
        Ok(PriceBookExportReply {
            rules: count(entries.len()),
        })
    }

    /// Stages what makes the price book say what a file says; one fault, and nothing is staged.
    pub async fn price_book_import(
        &self,
        request: PriceBookImportRequest,
    ) -> ApiResult<PriceBookImportReply> {
        let path = Path::new(&request.path);
        let size = std::fs::metadata(path).map_err(|error| file_error(path, &error))?;
        if size.len() > LARGEST {
            return Err(ApiError::refused("too_large").with("path", &request.path));
        }
        let bytes = std::fs::read(path).map_err(|error| file_error(path, &error))?;
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let currency = snapshot.company.currency.to_string();
        let named = |error: ApiError| error.with("file", &request.path);
        let found = read(&bytes, &currency, format_of(path)).map_err(named)?;
        let rules = count(found.len());
        let differences = differences(&snapshot, found, request.missing, self.now());
        let (changes, faults, fault_count) = differences;
        let name = path.file_name().map(|name| name.to_string_lossy());
        let subject = name.unwrap_or_default();
        let is_faulty = fault_count > 0;
        let staged = if is_faulty { Vec::new() } else { changes };
        let snapshot = self
            .stage(&open, "price_book_import", &subject, &staged)
            .await?;
        Ok(PriceBookImportReply {
            staged: !is_faulty,
            rules,
            changed: count(staged.len()),
            faults,
            fault_count: Count(fault_count),
            draft: price_cells::head(&snapshot),
        })
    }
}

fn format_of(path: &Path) -> BookFormat {
    let end = path.extension().map(|end| end.to_ascii_lowercase());
    match end.as_deref().and_then(|end| end.to_str()) {
        Some("csv") => BookFormat::Csv,
        Some("xlsx") => BookFormat::Xlsx,
        Some(_) | None => BookFormat::Toml,
    }
}

/// The newest rule of each scope that is not ended, sorted by scope.
fn entries(snapshot: &Snapshot) -> Vec<Entry> {
    let mut rules: Vec<&MarkupRule> = snapshot.rules_in_force();
    rules.sort_by(|a, b| a.scope.cmp(&b.scope));
    let rules = rules.into_iter().map(|rule| {
        let text = rule_text(&rule.scope, rule.body.as_ref(), rule.version);
        entry(
            &write_scope(&rule.scope),
            &text,
            least_of(snapshot, &rule.scope),
        )
    });
    rules.collect()
}

/// What a call is billed at least of the one dimension of a model that a scope names.
fn least_of(snapshot: &Snapshot, scope: &MarkupScope) -> Option<u32> {
    let (provider, model) = (scope.provider.as_deref()?, scope.model.as_deref()?);
    let model = snapshot.prices.get(provider, model)?;
    let least = model.at_least(scope.dimension.as_ref()?);
    Some(least).filter(|units| *units > 0)
}

/// Whether a file says another least quantity of a call than the provider has: it cannot be
/// changed there, so a person who tries is told.
fn is_other(told: Option<&str>, known: Option<u32>) -> bool {
    let told = told.map(|text| text.parse::<u32>().ok());
    told.is_some_and(|told| told.is_none() || told.unwrap_or(0) != known.unwrap_or(0))
}

type Differences = (Vec<StagedChange>, Vec<PriceFileFault>, u64);

/// The changes that make the published rules those of a file.
fn differences(
    snapshot: &Snapshot,
    found: Vec<crate::price_book_text::Read>,
    missing: PriceBookMissing,
    now: Timestamp,
) -> Differences {
    let edits = Edits::published_only(snapshot, now);
    let mut changes = Vec::new();
    let mut lines = Vec::new();
    let mut named: HashSet<MarkupScope> = HashSet::new();
    let (mut faults, mut fault_count) = (Vec::new(), 0_u64);
    let mut refuse = |line: usize, fault| {
        fault_count = fault_count.saturating_add(1);
        if faults.len() < FAULTS {
            let line = count(line);
            faults.push(PriceFileFault { line, fault });
        }
    };
    for read in found {
        let told = read.at_least;
        match read.edit.and_then(|edit| edits.read(&edit)) {
            Ok(change) if is_other(told.as_deref(), least_of(snapshot, &change.scope)) => {
                let known = least_of(snapshot, &change.scope).unwrap_or(0);
                let fault = super::price_edits::fault("other_least", &known.to_string());
                refuse(read.line, fault);
            }
            Ok(change) if !named.insert(change.scope.clone()) => {
                refuse(read.line, super::price_edits::fault("duplicate", ""));
            }
            Ok(change)
                if change.what == StagedWhat::Revert
                    && snapshot.draft.staged.of(&change.scope).is_none() => {}
            Ok(change) => {
                changes.push(change);
                lines.push(read.line);
            }
            Err(fault) => refuse(read.line, fault),
        }
    }
    for (line, fault) in lines.iter().zip(edits.faults(&changes)) {
        if let Some(fault) = fault {
            refuse(*line, fault);
        }
    }
    if missing == PriceBookMissing::End {
        let gone = snapshot.rules_in_force().into_iter();
        let gone = gone.filter(|rule| !named.contains(&rule.scope));
        changes.extend(gone.map(|rule| StagedChange {
            scope: rule.scope.clone(),
            what: StagedWhat::End,
            note: String::new(),
        }));
    }
    (changes, faults, fault_count)
}
