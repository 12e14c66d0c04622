use crate::app::App;
use crate::convert::Reader;
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::use_cases::papers::write_whole;
use crate::wire::{
    AuditChangeText, AuditExportReply, AuditExportRequest, AuditFieldText, AuditFilterText,
    AuditGetReply, AuditGetRequest, AuditListReply, AuditListRequest, AuditObjectText, AuditRow,
    AuditTableText, Count,
};
use ratebook_catalog::Issue;
use ratebook_money::Date;
use ratebook_store::audit::{self, AUDITED, AuditEntry, AuditFilter};
use ratebook_usage::import::inert;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// Entries of one page at most.
const MOST: u32 = 1_000;

/// Rows of a table that one entry shows.
const SHOWN: usize = 50;

impl App {
    /// A page of the audit log, newest first.
    pub async fn audit_list(&self, request: AuditListRequest) -> ApiResult<AuditListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let filter = filter(&snapshot, &request.filter)?;
        let mut read = open.read().await?;
        let limit = request.limit.min(MOST);
        let page = audit::page(&mut read, &filter, (request.skip, limit)).await?;
        Ok(AuditListReply {
            rows: page.entries.into_iter().map(row).collect(),
            total: Count(page.total),
            areas: areas(),
        })
    }

    /// One entry with what it changed.
    pub async fn audit_get(&self, request: AuditGetRequest) -> ApiResult<AuditGetReply> {
        let open = self.book().await?;
        let unknown = || ApiError::not_found("audit_entry", &request.seq.0.to_string());
        let seq = i64::try_from(request.seq.0).map_err(|_| unknown())?;
        let mut read = open.read().await?;
        let entry = audit::get(&mut read, seq).await?;
        let changes = audit::changes_of(&mut read, seq).await?;
        let tables = changes.get("tables").and_then(Value::as_object);
        let changes = tables.into_iter().flatten();
        Ok(AuditGetReply {
            hash: entry.hash.clone(),
            row: row(entry),
            changes: changes.map(|(name, of)| table(name, of)).collect(),
        })
    }

    /// Writes entries into a CSV file, oldest first.
    pub async fn audit_export(&self, request: AuditExportRequest) -> ApiResult<AuditExportReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let filter = filter(&snapshot, &request.filter)?;
        let mut read = open.read().await?;
        let mut entries = audit::list(&mut read, &filter).await?;
        entries.reverse();
        let mut csv = csv::Writer::from_writer(Vec::new());
        let head = [
            "entry", "at", "who", "program", "what", "subject", "reason", "objects", "hash",
        ];
        csv.write_record(head).map_err(ApiError::internal)?;
        for entry in &entries {
            let objects = entry.objects.iter();
            let objects = objects.map(|of| format!("{} {} {}", of.kind, of.label, of.id));
            let record = [
                entry.seq.to_string(),
                entry.at.to_string(),
                entry.who.clone(),
                entry.shell.clone(),
                entry.code.clone(),
                entry.subject.clone(),
                entry.reason.clone(),
                objects.collect::<Vec<_>>().join("; "),
                entry.hash.clone(),
            ];
            csv.write_record(record.map(|cell| inert(&cell)))
                .map_err(ApiError::internal)?;
        }
        let bytes = csv.into_inner().map_err(ApiError::internal)?;
        write_whole(Path::new(&request.path), &bytes)?;
        Ok(AuditExportReply {
            rows: Count(u64::try_from(entries.len()).unwrap_or(u64::MAX)),
        })
    }
}

fn areas() -> Vec<String> {
    let areas: BTreeSet<&str> = AUDITED.iter().map(|audited| audited.area).collect();
    areas.into_iter().map(str::to_owned).collect()
}

fn filter(snapshot: &Snapshot, asked: &AuditFilterText) -> ApiResult<AuditFilter> {
    let zone = snapshot.company.zone;
    let mut reader = Reader::default();
    let from = reader.optional_date("from", asked.from.as_deref());
    let to = reader.optional_date("to", asked.to.as_deref());
    let area = asked.area.clone().filter(|area| !area.is_empty());
    if let Some(area) = &area
        && !areas().contains(area)
    {
        let known = areas().join(", ");
        let issue = Issue::new("area", "unknown_area").with("value", area);
        reader.fault(issue.with("known", known));
    }
    reader.done(())?;
    let whole = |day: Date| zone.days(day, day);
    let search = asked.search.trim();
    Ok(AuditFilter {
        search: (!search.is_empty()).then(|| search.to_owned()),
        area,
        object: asked.object.clone().filter(|id| !id.is_empty()),
        from: from.map(whole).transpose()?.map(|day| day.from),
        to: to.map(whole).transpose()?.map(|day| day.to),
    })
}

fn row(entry: AuditEntry) -> AuditRow {
    let objects = entry.objects.into_iter().map(|of| AuditObjectText {
        kind: of.kind,
        id: of.id,
        label: of.label,
    });
    AuditRow {
        seq: Count(u64::try_from(entry.seq).unwrap_or(0)),
        at: entry.at.to_string(),
        who: entry.who,
        shell: entry.shell,
        code: entry.code,
        subject: entry.subject,
        reason: entry.reason,
        areas: entry.areas,
        objects: objects.collect(),
    }
}

fn table(name: &str, of: &Value) -> AuditTableText {
    let count = |key: &str| Count(of.get(key).and_then(Value::as_u64).unwrap_or(0));
    let rows = of.get("rows").and_then(Value::as_array).into_iter();
    let rows = rows.flatten().take(SHOWN).map(change);
    AuditTableText {
        table: name.to_owned(),
        added: count("added"),
        changed: count("changed"),
        removed: count("removed"),
        rows: rows.collect(),
    }
}

fn change(row: &Value) -> AuditChangeText {
    let side = |key: &str| row.get(key).and_then(Value::as_object);
    let (before, after) = (side("before"), side("after"));
    let names: BTreeSet<&String> = before
        .into_iter()
        .chain(after)
        .flat_map(Map::keys)
        .collect();
    let shown = |side: Option<&Map<String, Value>>, name: &String| side?.get(name).and_then(text);
    let fields = names.into_iter().map(|name| AuditFieldText {
        name: name.clone(),
        before: shown(before, name),
        after: shown(after, name),
    });
    let of = side("of").into_iter().flatten();
    let of: Vec<String> = of.filter_map(|(_, value)| text(value)).collect();
    AuditChangeText {
        of: of.join(" "),
        fields: fields.collect(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
