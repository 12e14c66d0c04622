use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::figures::fact;
use crate::jobs::Report;
use crate::use_cases::books::{file_error, file_name};
use crate::use_cases::papers::write_whole;
use crate::use_cases::usages::event_text;
use crate::wire::{
    ColumnField, ColumnText, Count, ImportIssue, IssueText, MappingText, Nothing,
    UsageImportGetRequest, UsageImportListReply, UsageImportPreviewReply,
    UsageImportPreviewRequest, UsageImportReport, UsageImportRunRequest, UsageReportSaveReply,
    UsageReportSaveRequest,
};
use ratebook_catalog::Dimension;
use ratebook_catalog::prices::Resolution;
use ratebook_store::usage::{self, ImportBatch, ImportProgress, ImportRequest};
use ratebook_usage::import::{
    ColumnMapping, Constant, Context, Counting, DecimalSign, Effect, Field, Format, ImportError,
    Importer, RowIssue, TimeFormat, suggest_mapping,
};
use ratebook_usage::{EventBatch, MODEL_CALL, UsageEvent};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Rows of a file that the preview looks at.
const PREVIEW_BYTES: u64 = 1 << 20;
const SAMPLE: usize = 50;
/// Between two reports of progress.
const REPORT_EVERY: u64 = 1 << 20;

/// What a report of an import may be called: a page that went wrong must not write anything else.
const REPORT_ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];

impl App {
    /// Saves the report of an import as a table.
    pub async fn usage_report_save(
        &self,
        request: UsageReportSaveRequest,
    ) -> ApiResult<UsageReportSaveReply> {
        let file = Path::new(&request.path);
        let ending = file.extension().and_then(|ending| ending.to_str());
        let fits = |ending: &str| REPORT_ENDINGS.contains(&ending.to_lowercase().as_str());
        if !ending.is_some_and(fits) {
            return Err(ApiError::field("path", "not_a_table_file"));
        }
        write_whole(file, request.text.as_bytes())?;
        Ok(UsageReportSaveReply { path: request.path })
    }

    /// Looks at a file; nothing is stored.
    pub async fn usage_import_preview(
        &self,
        request: UsageImportPreviewRequest,
    ) -> ApiResult<UsageImportPreviewReply> {
        let open = self.book().await?;
        let path = Path::new(&request.path);
        let (head, size) = read_head(path)?;
        let mut reply = UsageImportPreviewReply {
            format: request.format.clone(),
            formats: Format::ALL
                .iter()
                .map(|format| format.as_str().to_owned())
                .collect(),
            is_price_table: crate::price_files::looks_like_one(&head),
            name: file_name(path),
            size: Count(size),
            mapping: None,
            columns: Vec::new(),
            fields: fields(),
            sample: Vec::new(),
            problems: Vec::new(),
            issues: Vec::new(),
            rows: Count(0),
            rejected: Count(0),
            unknown_customers: Vec::new(),
            unknown_models: Vec::new(),
        };
        if reply.is_price_table {
            return Ok(reply);
        }
        let choice = chosen(&request.format)?;
        let mapping = request.mapping.as_ref().map(read_mapping).transpose()?;
        let (format, mapping) = settle(&head, choice, mapping, &mut reply);
        reply.mapping = mapping.as_ref().map(write_mapping);
        reply.format = format.map_or_else(|| "table".to_owned(), |f| f.as_str().to_owned());
        let context = Context {
            source: String::new(),
            now: self.now(),
            mapping,
        };
        let cursor = std::io::Cursor::new(head);
        match Importer::open(Box::new(cursor), format, context) {
            Ok(importer) => look(importer, size > PREVIEW_BYTES, &mut reply)?,
            Err(error) => reply.problems = problems(error)?,
        }
        let snapshot = self.snapshot(&open).await?;
        unknown(&snapshot, &mut reply);
        Ok(reply)
    }

    /// Stores a file's usage: all of it or, when cancelled, nothing.
    pub async fn usage_import_run(
        &self,
        request: UsageImportRunRequest,
        report: Report,
    ) -> ApiResult<UsageImportReport> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let path = Path::new(&request.path);
        let now = self.now();
        let mapping = request.mapping.as_ref().map(read_mapping).transpose()?;
        let format = chosen(&request.format)?;
        let file = File::open(path).map_err(|error| file_error(path, &error))?;
        let size = file
            .metadata()
            .map_err(|error| file_error(path, &error))?
            .len();
        let context = Context {
            source: String::new(),
            now,
            mapping,
        };
        let importer = Importer::open(Box::new(file), format, context)
            .map_err(|error| refusal(error).with("path", path.display()))?;
        let job = running.job.clone();
        let mut reported = 0;
        let progress = move |at: ImportProgress| {
            if at.bytes.saturating_sub(reported) >= REPORT_EVERY {
                reported = at.bytes;
                job.report_with("import", at.bytes, Some(size), at.rows);
            }
        };
        let name = file_name(path);
        let wanted = ImportRequest {
            name: name.clone(),
            now,
        };
        let flag = running.job.flag();
        let done = usage::import(&open.book, wanted, importer, flag, progress).await?;
        Ok(UsageImportReport {
            id: done.batch.to_string(),
            file: name,
            format: done.format,
            at: now.to_string(),
            accepted: Count(done.accepted),
            duplicate: Count(done.duplicates),
            conflict: Count(done.conflicts),
            rejected: Count(done.rejected),
            issues: done.issues.iter().map(write_issue).collect(),
            from: None,
            to: None,
        })
    }

    /// Imports so far, newest first.
    pub async fn usage_import_list(&self, _: Nothing) -> ApiResult<UsageImportListReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let batches = usage::batches(&mut read).await?;
        Ok(UsageImportListReply {
            batches: batches.into_iter().map(write_batch).collect(),
        })
    }

    /// One import with the first of its faults.
    pub async fn usage_import_get(
        &self,
        request: UsageImportGetRequest,
    ) -> ApiResult<UsageImportReport> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let missing = || ApiError::not_found("import", &request.id);
        let id: i64 = request.id.parse().map_err(|_| missing())?;
        let batches = usage::batches(&mut read).await?;
        let batch = batches
            .into_iter()
            .find(|batch| batch.id == id)
            .ok_or_else(missing)?;
        let issues = usage::issues(&mut read, id).await?;
        let conflicts = usage::conflicts(&mut read, Some(id), 1_000).await?;
        let mut listed: Vec<ImportIssue> = issues
            .into_iter()
            .map(|issue| ImportIssue {
                line: Count(u64::try_from(issue.line).unwrap_or(0)),
                field: issue.field,
                code: issue.code,
                params: issue
                    .params
                    .iter()
                    .map(|(key, value)| fact(key, value))
                    .collect(),
            })
            .collect();
        listed.extend(conflicts.into_iter().map(|conflict| ImportIssue {
            line: Count(u64::try_from(conflict.line).unwrap_or(0)),
            field: "id".to_owned(),
            code: "conflict".to_owned(),
            params: vec![
                fact("source", &conflict.refused.facts.source),
                fact("id", &conflict.refused.facts.id),
            ],
        }));
        Ok(UsageImportReport {
            issues: listed,
            ..write_batch(batch)
        })
    }
}

fn read_head(path: &Path) -> ApiResult<(Vec<u8>, u64)> {
    let failed = |error| file_error(path, &error);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut head = Vec::new();
    file.take(PREVIEW_BYTES)
        .read_to_end(&mut head)
        .map_err(failed)?;
    Ok((head, size))
}

fn chosen(format: &str) -> ApiResult<Option<Format>> {
    match format {
        "" | "auto" => Ok(None),
        name => Format::parse(name)
            .map(Some)
            .ok_or_else(|| ApiError::field("format", "unknown").with("value", name)),
    }
}

/// The format, and for a table of one's own the mapping that is given or suggested.
fn settle(
    head: &[u8],
    choice: Option<Format>,
    mapping: Option<ColumnMapping>,
    reply: &mut UsageImportPreviewReply,
) -> (Option<Format>, Option<ColumnMapping>) {
    let probe = Importer::open(
        Box::new(std::io::Cursor::new(head.to_vec())),
        choice,
        Context {
            mapping: mapping.clone(),
            ..Context::default()
        },
    );
    let needs_mapping = match &probe {
        Ok(importer) => importer.format() == Format::Table,
        Err(ImportError::NeedsMapping | ImportError::Mapping(_)) => true,
        Err(_) => choice == Some(Format::Table),
    };
    if !needs_mapping {
        return (
            choice.or_else(|| probe.ok().map(|importer| importer.format())),
            None,
        );
    }
    let text = String::from_utf8_lossy(head);
    let suggested = suggest_mapping(text.trim_start_matches('\u{feff}'));
    let mapping = mapping.unwrap_or_else(|| suggested.mapping.clone());
    reply.columns = suggested
        .columns
        .into_iter()
        .map(|column| ColumnText {
            field: mapping.columns.get(&column.name).map(ToString::to_string),
            name: column.name,
            example: column.example,
            note: column.note,
        })
        .collect();
    (Some(Format::Table), Some(mapping))
}

fn look(
    mut importer: Importer<'_>,
    cut: bool,
    reply: &mut UsageImportPreviewReply,
) -> ApiResult<()> {
    let mut batch = EventBatch::default();
    let mut issues = Vec::new();
    let mut events: Vec<UsageEvent> = Vec::new();
    loop {
        let step = importer
            .next_batch(&mut batch, &mut issues)
            .map_err(refusal)?;
        events.extend(batch.to_events());
        if step == ratebook_usage::import::Step::End {
            break;
        }
    }
    if cut {
        // The look ends in the middle of a row: its fault is ours, not the file's.
        let last = issues.iter().map(|issue| issue.line).max();
        let lines = importer.rows();
        issues.retain(|issue| Some(issue.line) != last || issue.line < lines);
    }
    reply.rows = Count(importer.rows());
    let refused: BTreeSet<u64> = issues
        .iter()
        .filter(|issue| issue.effect == Effect::Refused)
        .map(|issue| issue.line)
        .collect();
    reply.rejected = Count(u64::try_from(refused.len()).unwrap_or(u64::MAX));
    reply.issues = issues.iter().take(200).map(write_issue).collect();
    reply.sample = events.iter().take(SAMPLE).map(event_text).collect();
    let customers: BTreeSet<&String> = events.iter().map(|event| &event.customer_ref).collect();
    reply.unknown_customers = customers.into_iter().cloned().collect();
    let calls = events.iter().filter(|event| event.event_name == MODEL_CALL);
    let models: BTreeSet<String> = calls
        .map(|event| format!("{}/{}", event.provider, event.model))
        .collect();
    reply.unknown_models = models.into_iter().collect();
    Ok(())
}

/// Leaves only what the book does not know.
fn unknown(snapshot: &Arc<crate::snapshot::Snapshot>, reply: &mut UsageImportPreviewReply) {
    let known: BTreeSet<&String> = snapshot
        .customers
        .iter()
        .flat_map(|customer| &customer.aliases)
        .collect();
    reply.unknown_customers.retain(|name| !known.contains(name));
    reply.unknown_models.retain(|name| {
        let (provider, model) = name.split_once('/').unwrap_or(("", name));
        matches!(
            snapshot.prices.resolve(provider, model),
            Resolution::Unresolved { .. }
        )
    });
}

/// A fault of the whole file, as an error.
pub(crate) fn refusal(error: ImportError) -> ApiError {
    let (code, value) = error.code();
    let refused = ApiError::refused("import")
        .with("code", code)
        .with("value", value);
    match error {
        ImportError::Mapping(issues) => ApiError::invalid(issues),
        _ => refused,
    }
}

fn problems(error: ImportError) -> ApiResult<Vec<IssueText>> {
    let (code, value) = error.code();
    let issue = ratebook_catalog::Issue::new("file", code).with("value", value);
    match error {
        ImportError::Mapping(issues) => Ok(issues.into_iter().map(Into::into).collect()),
        ImportError::Read(error) => Err(ApiError::refused("file_error").with("detail", error)),
        _ => Ok(vec![issue.into()]),
    }
}

fn write_issue(issue: &RowIssue) -> ImportIssue {
    ImportIssue {
        line: Count(issue.line),
        field: issue.field.clone(),
        code: issue.code.as_str().to_owned(),
        params: issue
            .params
            .iter()
            .map(|(key, value)| fact(key, value))
            .collect(),
    }
}

fn write_batch(batch: ImportBatch) -> UsageImportReport {
    let count = |number: i64| Count(u64::try_from(number).unwrap_or(0));
    UsageImportReport {
        id: batch.id.to_string(),
        file: batch.name,
        format: batch.format,
        at: batch.imported_at.to_string(),
        accepted: count(batch.accepted),
        duplicate: count(batch.duplicates),
        conflict: count(batch.conflicts),
        rejected: count(batch.rejected),
        issues: Vec::new(),
        from: None,
        to: None,
    }
}

/// What a column can mean.
fn fields() -> Vec<String> {
    let fixed = [
        Field::Time,
        Field::Id,
        Field::Customer,
        Field::Provider,
        Field::Model,
        Field::EventName,
        Field::Source,
        Field::Total,
    ];
    let fixed = fixed.iter().map(ToString::to_string);
    fixed
        .chain(Dimension::all().map(|d| Field::Quantity(d).to_string()))
        .collect()
}

fn read_mapping(text: &MappingText) -> ApiResult<ColumnMapping> {
    let unknown = |path: &str, value: &str| {
        let issue = ratebook_catalog::Issue::new(path, "unknown").with("value", value);
        ApiError::invalid(vec![issue])
    };
    let mut mapping = ColumnMapping {
        offset_minutes: text.offset_minutes,
        ..Default::default()
    };
    for column in &text.columns {
        let field = Field::parse(&column.field);
        let field = field.ok_or_else(|| unknown("columns", &column.field))?;
        mapping.columns.insert(column.column.clone(), field);
    }
    let constants = [
        (Constant::Source, &text.source),
        (Constant::Customer, &text.customer),
        (Constant::Provider, &text.provider),
        (Constant::Model, &text.model),
        (Constant::EventName, &text.event_name),
    ];
    for (constant, value) in constants {
        if let Some(value) = value
            .as_deref()
            .map(str::trim)
            .filter(|value| !value.is_empty())
        {
            mapping.constants.insert(constant, value.to_owned());
        }
    }
    mapping.counting = match text.convention.as_str() {
        "disj" => Counting::Disjoint,
        "inc" => Counting::Inclusive,
        "exc" => Counting::Exclusive,
        other => return Err(unknown("convention", other)),
    };
    mapping.decimal_sign = match text.decimal_sign.as_str() {
        "." => DecimalSign::Point,
        "," => DecimalSign::Comma,
        other => return Err(unknown("decimalSign", other)),
    };
    mapping.time_format = match text.time_format.as_str() {
        "iso" => TimeFormat::Iso,
        "day_first" => TimeFormat::DayFirst,
        "month_first" => TimeFormat::MonthFirst,
        other => return Err(unknown("timeFormat", other)),
    };
    Ok(mapping)
}

fn write_mapping(mapping: &ColumnMapping) -> MappingText {
    let constant = |key: Constant| mapping.constants.get(&key).cloned();
    let columns = mapping.columns.iter().map(|(column, field)| ColumnField {
        column: column.clone(),
        field: field.to_string(),
    });
    MappingText {
        columns: columns.collect(),
        source: constant(Constant::Source),
        customer: constant(Constant::Customer),
        provider: constant(Constant::Provider),
        model: constant(Constant::Model),
        event_name: constant(Constant::EventName),
        convention: match mapping.counting {
            Counting::Disjoint => "disj",
            Counting::Inclusive => "inc",
            Counting::Exclusive => "exc",
        }
        .to_owned(),
        decimal_sign: match mapping.decimal_sign {
            DecimalSign::Point => ".",
            DecimalSign::Comma => ",",
        }
        .to_owned(),
        time_format: match mapping.time_format {
            TimeFormat::Iso => "iso",
            TimeFormat::DayFirst => "day_first",
            TimeFormat::MonthFirst => "month_first",
        }
        .to_owned(),
        offset_minutes: mapping.offset_minutes,
    }
}
