use crate::StoreResult;
use crate::codec::to_json;
use ratebook_invoicing::sha256;

/// What the first entry follows.
pub(super) const BEGINNING: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// All of an entry that its hash covers.
pub(super) struct Content<'a> {
    pub at: i64,
    pub who: &'a str,
    pub shell: &'a str,
    pub code: &'a str,
    pub subject: &'a str,
    pub reason: &'a str,
    pub areas: &'a str,
    /// JSON as stored.
    pub objects: &'a str,
    /// JSON as stored, not compressed.
    pub changes: &'a str,
}

impl Content<'_> {
    /// SHA-256 of the hash before, a line feed, and a JSON list: version 1 of the log, then the
    /// columns in their order.
    pub fn hash(&self, previous: &str) -> StoreResult<String> {
        let said = (self.code, self.subject, self.reason);
        let done = (self.areas, self.objects, self.changes);
        let list = to_json(&(1, self.at, self.who, self.shell, said, done))?;
        Ok(sha256(&format!("{previous}\n{list}")))
    }
}
