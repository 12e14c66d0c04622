use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One fault of what a person entered. Checks return all of them at once, so that a form can show
/// each at its field. The window chooses the words by `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The field, as a path: `address.country`, `charges[2].tiers[0].upTo`.
    pub path: String,
    /// What is wrong, as a stable word: `required`, `not_a_number`, `too_long`.
    pub code: String,
    /// Values for the message.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

impl Issue {
    /// A fault without parameters.
    #[must_use]
    pub fn new(path: impl Into<String>, code: &str) -> Self {
        Self {
            path: path.into(),
            code: code.to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// The same fault with one more parameter.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }
}
