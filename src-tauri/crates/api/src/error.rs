use crate::wire::IssueText;
use ratebook_catalog::Issue;
use ratebook_einvoice::EinvoiceError;
use ratebook_invoicing::InvoiceError;
use ratebook_money::MoneyError;
use ratebook_rating::RatingError;
use ratebook_store::StoreError;
use ratebook_store::write_offs::WRITTEN_OFF;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What the window branches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum ErrorCode {
    /// The request has faults; `issues` names them.
    Invalid,
    /// There is no such thing.
    NotFound,
    /// Somebody saved before you.
    Conflict,
    /// The state does not allow it: a calm notice; `params.reason` says why.
    Refused,
    /// Something long has the book; try again.
    Busy,
    /// A long work was cancelled and left no trace.
    Cancelled,
    /// The file holds what it must not hold.
    Corrupt,
    /// A fault of the program.
    Internal,
}

/// The only error that crosses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct ApiError {
    /// What kind.
    pub code: ErrorCode,
    /// Faults at fields.
    pub issues: Vec<IssueText>,
    /// Values for the message; `reason` is a stable word.
    pub params: BTreeMap<String, String>,
    /// Where to look in the log.
    pub incident: Option<String>,
}

/// Result of every use case.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error of a kind without more.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            issues: Vec::new(),
            params: BTreeMap::new(),
            incident: None,
        }
    }

    /// Refused, with a stable word for the reason.
    #[must_use]
    pub fn refused(reason: &str) -> Self {
        Self::new(ErrorCode::Refused).with("reason", reason)
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found(kind: &str, id: &str) -> Self {
        Self::new(ErrorCode::NotFound)
            .with("kind", kind)
            .with("id", id)
    }

    /// Faults of a request.
    #[must_use]
    pub fn invalid(issues: Vec<Issue>) -> Self {
        let issues = issues.into_iter().map(IssueText::from).collect();
        Self {
            issues,
            ..Self::new(ErrorCode::Invalid)
        }
    }

    /// One fault at one field.
    #[must_use]
    pub fn field(path: &str, code: &str) -> Self {
        Self::invalid(vec![Issue::new(path, code)])
    }

    /// A fault of the program; the detail goes to the log and, short, into the params.
    #[must_use]
    pub fn internal(detail: impl std::fmt::Display) -> Self {
        Self::new(ErrorCode::Internal).with("detail", detail)
    }

    /// The same error with one more parameter.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }

    /// One line for the command line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let word = serde_json::to_value(self.code).ok();
        let word = word
            .as_ref()
            .and_then(|w| w.as_str())
            .unwrap_or("internal")
            .to_owned();
        let mut parts = vec![word];
        parts.extend(
            self.params
                .iter()
                .map(|(key, value)| format!("{key}={value}")),
        );
        parts.extend(self.issues.iter().map(|issue| {
            let params: Vec<String> = issue
                .params
                .iter()
                .map(|(key, value)| format!(" {key}={value}"))
                .collect();
            format!("{}: {}{}", issue.path, issue.code, params.concat())
        }));
        parts.join("; ")
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_line())
    }
}

impl std::error::Error for ApiError {}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let detail = error.to_string();
        match error {
            StoreError::Missing { path } => Self::not_found("book", &path),
            StoreError::NotFound { table, id } => Self::not_found(table, &id),
            StoreError::Exists { path } => Self::refused("file_exists").with("path", path),
            StoreError::NotABook { path } => Self::refused("not_a_book").with("path", path),
            StoreError::NewerBook { version, known } => Self::refused("newer_book")
                .with("version", version)
                .with("known", known),
            StoreError::Locked { pid } => {
                let refused = Self::refused("book_in_use");
                pid.map_or(refused.clone(), |pid| refused.with("pid", pid))
            }
            StoreError::ReadOnly { path } => Self::refused("read_only").with("path", path),
            StoreError::DiskFull => Self::refused("disk_full"),
            StoreError::Busy => Self::new(ErrorCode::Busy),
            StoreError::Cancelled => Self::new(ErrorCode::Cancelled),
            StoreError::Damaged { detail } => Self::new(ErrorCode::Corrupt).with("detail", detail),
            StoreError::Corrupt { table, id, column } => Self::new(ErrorCode::Corrupt)
                .with("table", table)
                .with("id", id)
                .with("column", column),
            StoreError::Taken { column, value, by } => {
                let field = match column {
                    "customer.number" => "number",
                    "customer_alias.alias" => "aliases",
                    other => other,
                };
                let issue = Issue::new(field, "taken").with("value", value);
                let issue = match by {
                    Some(by) => issue.with("by", by),
                    None => issue,
                };
                Self::invalid(vec![issue])
            }
            StoreError::Refused { rule } if rule == WRITTEN_OFF => {
                Self::refused("invoice_written_off")
            }
            StoreError::Refused { rule } => Self::refused("rule").with("rule", rule),
            StoreError::Source(detail) => Self::refused("unreadable_file").with("detail", detail),
            StoreError::Io { path, source } => Self::refused("file_error")
                .with("path", path)
                .with("detail", source),
            StoreError::Database(_) | StoreError::Import(_) => Self::internal(detail),
        }
    }
}

impl From<MoneyError> for ApiError {
    fn from(error: MoneyError) -> Self {
        Self::internal(error)
    }
}

impl From<RatingError> for ApiError {
    fn from(error: RatingError) -> Self {
        Self::refused("cannot_rate").with("detail", error)
    }
}

impl From<EinvoiceError> for ApiError {
    fn from(error: EinvoiceError) -> Self {
        match error {
            EinvoiceError::Faults(faults) => Self::invalid(faults),
            EinvoiceError::Money(_) | EinvoiceError::Invoice(_) | EinvoiceError::Xml(_) => {
                Self::refused("cannot_invoice").with("detail", error)
            }
        }
    }
}

impl From<InvoiceError> for ApiError {
    fn from(error: InvoiceError) -> Self {
        Self::refused("cannot_invoice").with("detail", error)
    }
}
