use super::chain::{BEGINNING, Content};
use crate::StoreResult;
use crate::codec::{to_json, unpack};
use sqlx::{SqliteConnection, query, query_as, query_scalar};
use std::collections::HashMap;

/// Where the audit log is not what it was when it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditFault {
    /// The entry, or the document that no entry has.
    pub subject: String,
    /// What is wrong with it.
    pub detail: String,
}

struct Link {
    seq: i64,
    at: i64,
    who: String,
    shell: String,
    code: String,
    subject: String,
    reason: String,
    areas: String,
    objects: String,
    changes: Vec<u8>,
    previous: String,
    hash: String,
}

/// Entries that were changed, taken out or moved, and documents that no entry has; none in a sound
/// book.
///
/// # Errors
/// When the database fails.
pub async fn faults(connection: &mut SqliteConnection) -> StoreResult<Vec<AuditFault>> {
    let links = query_as!(
        Link,
        "SELECT seq, at, who, shell, code, subject, reason, areas, objects, changes, previous, hash
         FROM audit_entry ORDER BY seq"
    )
    .fetch_all(&mut *connection)
    .await?;
    let places: HashMap<String, i64> = links.iter().map(|l| (l.hash.clone(), l.seq)).collect();
    let mut found = Vec::new();
    let (mut seq, mut hash) = (0_i64, BEGINNING.to_owned());
    for link in &links {
        found.extend(gap(seq, link.seq));
        let computed = link.computed()?;
        if computed.as_deref() != Some(link.hash.as_str()) {
            found.push(entry(link.seq, "was changed after it was written"));
        } else if link.previous != hash && seq + 1 == link.seq {
            found.push(entry(link.seq, &follows(link, seq, &places)));
        }
        (seq, hash) = (link.seq, link.hash.clone());
    }
    let head = query!("SELECT seq, hash FROM audit_head")
        .fetch_optional(&mut *connection)
        .await?;
    match head {
        None => found.push(entry(
            seq,
            "is the last one, but where the log ends is not known",
        )),
        Some(head) => {
            found.extend(gap(seq, head.seq.saturating_add(1)));
            if head.seq <= seq && head.hash != hash {
                found.push(entry(seq, "is not the last one that was written"));
            }
        }
    }
    found.extend(index_faults(connection, &links).await?);
    found.extend(unlogged(connection).await?);
    Ok(found)
}

impl Link {
    /// The hash that its columns give; nothing when they cannot be read.
    fn computed(&self) -> StoreResult<Option<String>> {
        let Some(changes) = unpack(&self.changes) else {
            return Ok(None);
        };
        let content = Content {
            at: self.at,
            who: &self.who,
            shell: &self.shell,
            code: &self.code,
            subject: &self.subject,
            reason: &self.reason,
            areas: &self.areas,
            objects: &self.objects,
            changes: &changes,
        };
        content.hash(&self.previous).map(Some)
    }
}

fn entry(seq: i64, detail: &str) -> AuditFault {
    AuditFault {
        subject: format!("audit entry {seq}"),
        detail: detail.to_owned(),
    }
}

/// Entries between two neighbours, exclusive.
fn gap(before: i64, after: i64) -> Option<AuditFault> {
    let (first, last) = (before.saturating_add(1), after.saturating_sub(1));
    match first.cmp(&last) {
        std::cmp::Ordering::Greater => None,
        std::cmp::Ordering::Equal => Some(entry(first, "is missing")),
        std::cmp::Ordering::Less => Some(AuditFault {
            subject: format!("audit entries {first} to {last}"),
            detail: "are missing".to_owned(),
        }),
    }
}

/// Why an entry that is whole itself stands in the wrong place.
fn follows(link: &Link, neighbour: i64, places: &HashMap<String, i64>) -> String {
    match places.get(&link.previous) {
        Some(place) => format!("was moved: it was written after entry {place}, not {neighbour}"),
        None if link.previous == BEGINNING => {
            format!("was moved: it was the first, and stands after {neighbour}")
        }
        None => format!("does not follow entry {neighbour}: what stood between was taken out"),
    }
}

/// The objects by which entries are found must be those that entries name.
async fn index_faults(
    connection: &mut SqliteConnection,
    links: &[Link],
) -> StoreResult<Vec<AuditFault>> {
    let rows = query!("SELECT entry, kind, id, label FROM audit_object ORDER BY entry, kind, id")
        .fetch_all(connection)
        .await?;
    let mut indexed: HashMap<i64, Vec<(String, String, String)>> = HashMap::new();
    for row in rows {
        let of_entry = indexed.entry(row.entry).or_default();
        of_entry.push((row.kind, row.id, row.label));
    }
    let mut found = Vec::new();
    for link in links {
        let of_entry = indexed.remove(&link.seq).unwrap_or_default();
        if to_json(&of_entry)? != link.objects {
            found.push(entry(link.seq, "is not listed under what it names"));
        }
    }
    Ok(found)
}

/// Documents that were made since the log began and are in none of its entries.
async fn unlogged(connection: &mut SqliteConnection) -> StoreResult<Vec<AuditFault>> {
    let numbers = query_scalar!(
        r#"SELECT i.number AS "number!: String" FROM invoice i
         WHERE i.seq > (SELECT invoices FROM audit_head) AND NOT EXISTS (
           SELECT 1 FROM audit_object o WHERE o.kind = 'invoice' AND o.id = i.id)
         UNION ALL SELECT c.number FROM credit_note c
         WHERE c.seq > (SELECT credit_notes FROM audit_head) AND NOT EXISTS (
           SELECT 1 FROM audit_object o JOIN audit_entry e ON e.seq = o.entry
           WHERE o.kind = 'invoice' AND o.id = c.invoice AND instr(e.areas, ' credit_note ') > 0)
         UNION ALL SELECT i.number || ', payment of ' || p.received_on
         FROM payment p JOIN invoice i ON i.id = p.invoice
         WHERE p.seq > (SELECT payments FROM audit_head) AND NOT EXISTS (
           SELECT 1 FROM audit_object o JOIN audit_entry e ON e.seq = o.entry
           WHERE o.kind = 'invoice' AND o.id = p.invoice AND instr(e.areas, ' payment ') > 0)"#
    )
    .fetch_all(connection)
    .await?;
    let faults = numbers.into_iter().map(|subject| AuditFault {
        subject,
        detail: "is in no entry of the audit log".to_owned(),
    });
    Ok(faults.collect())
}
