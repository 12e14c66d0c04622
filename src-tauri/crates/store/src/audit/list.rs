use crate::codec::{Row, unpack};
use crate::{StoreError, StoreResult};
use ratebook_money::Timestamp;
use serde_json::Value;
use sqlx::{SqliteConnection, query_as, query_scalar};

/// Which entries are wanted. Absent means all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditFilter {
    /// Part of what was done, what to, why, by whom, or of the name or id of an object.
    pub search: Option<String>,
    /// A word of [`super::AUDITED`].
    pub area: Option<String>,
    /// Id of an invoice, customer, plan, …
    pub object: Option<String>,
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub to: Option<Timestamp>,
}

/// What an entry is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditObject {
    /// `invoice`, `customer`, `plan`, `price_version`, `import`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its number or name.
    pub label: String,
}

/// An entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditEntry {
    /// Its place: 1 is the first.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// By which program.
    pub shell: String,
    /// What was done, as a stable word.
    pub code: String,
    /// What to.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// Words of [`super::AUDITED`].
    pub areas: Vec<String>,
    /// What it is about.
    pub objects: Vec<AuditObject>,
    /// Its hash.
    pub hash: String,
}

/// Entries, newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditPage {
    /// At most as many as were asked for.
    pub entries: Vec<AuditEntry>,
    /// How many there are in all.
    pub total: u64,
}

struct Stored {
    seq: i64,
    at: i64,
    who: String,
    shell: String,
    code: String,
    subject: String,
    reason: String,
    areas: String,
    objects: String,
    hash: String,
}

/// A page of the entries that are wanted: `limit` of them after `skip`, newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for what cannot be read back.
pub async fn page(
    connection: &mut SqliteConnection,
    filter: &AuditFilter,
    (skip, limit): (u32, u32),
) -> StoreResult<AuditPage> {
    let search = filter.search.as_deref().map(str::to_lowercase);
    let area = filter.area.as_ref().map(|area| format!(" {area} "));
    let from = filter.from.map(Timestamp::micros);
    let to = filter.to.map(Timestamp::micros);
    let (skip, limit) = (i64::from(skip), i64::from(limit));
    let total = query_scalar!(
        r#"SELECT count(*) AS "total!: i64" FROM audit_entry e
         WHERE (?1 IS NULL OR instr(lower(e.code || ' ' || e.subject || ' ' || e.reason || ' ' ||
             e.who || ' ' || e.shell || ' ' || e.objects), ?1) > 0)
           AND (?2 IS NULL OR instr(e.areas, ?2) > 0)
           AND (?3 IS NULL OR EXISTS (SELECT 1 FROM audit_object o
                                      WHERE o.entry = e.seq AND o.id = ?3))
           AND (?4 IS NULL OR e.at >= ?4) AND (?5 IS NULL OR e.at < ?5)"#,
        search,
        area,
        filter.object,
        from,
        to
    )
    .fetch_one(&mut *connection)
    .await?;
    let rows = query_as!(
        Stored,
        "SELECT seq, at, who, shell, code, subject, reason, areas, objects, hash FROM audit_entry e
         WHERE (?1 IS NULL OR instr(lower(e.code || ' ' || e.subject || ' ' || e.reason || ' ' ||
             e.who || ' ' || e.shell || ' ' || e.objects), ?1) > 0)
           AND (?2 IS NULL OR instr(e.areas, ?2) > 0)
           AND (?3 IS NULL OR EXISTS (SELECT 1 FROM audit_object o
                                      WHERE o.entry = e.seq AND o.id = ?3))
           AND (?4 IS NULL OR e.at >= ?4) AND (?5 IS NULL OR e.at < ?5)
         ORDER BY seq DESC LIMIT ?6 OFFSET ?7",
        search,
        area,
        filter.object,
        from,
        to,
        limit,
        skip
    )
    .fetch_all(connection)
    .await?;
    let entries = rows.into_iter().map(read);
    Ok(AuditPage {
        entries: entries.collect::<StoreResult<_>>()?,
        total: u64::try_from(total).unwrap_or(0),
    })
}

/// All entries that are wanted, newest first.
///
/// # Errors
/// As [`page`].
pub async fn list(
    connection: &mut SqliteConnection,
    filter: &AuditFilter,
) -> StoreResult<Vec<AuditEntry>> {
    Ok(page(connection, filter, (0, u32::MAX)).await?.entries)
}

/// One entry.
///
/// # Errors
/// [`StoreError::NotFound`]; as [`page`].
pub async fn get(connection: &mut SqliteConnection, seq: i64) -> StoreResult<AuditEntry> {
    let found = query_as!(
        Stored,
        "SELECT seq, at, who, shell, code, subject, reason, areas, objects, hash FROM audit_entry
         WHERE seq = ?1",
        seq
    )
    .fetch_optional(connection)
    .await?;
    found.map(read).ok_or_else(|| missing(seq))?
}

/// What an entry changed: JSON, tables with rows before and after.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] for what cannot be read back.
pub async fn changes_of(connection: &mut SqliteConnection, seq: i64) -> StoreResult<Value> {
    let found = query_scalar!("SELECT changes FROM audit_entry WHERE seq = ?1", seq)
        .fetch_optional(connection)
        .await?;
    let id = seq.to_string();
    let at = Row {
        table: "audit_entry",
        id: &id,
    };
    let packed = found.ok_or_else(|| missing(seq))?;
    let text = unpack(&packed).ok_or_else(|| at.corrupt("changes"))?;
    at.json("changes", &text)
}

fn missing(seq: i64) -> StoreError {
    StoreError::NotFound {
        table: "audit_entry",
        id: seq.to_string(),
    }
}

fn read(stored: Stored) -> StoreResult<AuditEntry> {
    let id = stored.seq.to_string();
    let at = Row {
        table: "audit_entry",
        id: &id,
    };
    let objects: Vec<(String, String, String)> = at.json("objects", &stored.objects)?;
    let objects = objects.into_iter();
    let objects = objects.map(|(kind, id, label)| AuditObject { kind, id, label });
    Ok(AuditEntry {
        seq: stored.seq,
        at: at.at("at", stored.at)?,
        who: stored.who,
        shell: stored.shell,
        code: stored.code,
        subject: stored.subject,
        reason: stored.reason,
        areas: stored.areas.split_whitespace().map(str::to_owned).collect(),
        objects: objects.collect(),
        hash: stored.hash,
    })
}
