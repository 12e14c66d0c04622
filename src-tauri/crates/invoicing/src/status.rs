use crate::InvoiceError;
use serde::{Deserialize, Serialize};

/// The state of an invoice. Whether it is paid is apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Recomputed whenever its inputs change; has no number.
    Draft,
    /// Frozen for ever.
    Finalized,
    /// Does not count any more; keeps its number.
    Void,
}

/// What can be done with an invoice.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceEvent {
    /// An input changed: compute it again.
    Recompute,
    /// Give it a number and freeze it.
    Finalize,
    /// Take it back.
    Void,
}

impl InvoiceStatus {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Finalized, Self::Void];
}

impl InvoiceEvent {
    /// All events.
    pub const ALL: [Self; 3] = [Self::Recompute, Self::Finalize, Self::Void];
}

/// The state after an event.
///
/// # Errors
/// [`InvoiceError::NotAllowed`].
pub fn next(status: InvoiceStatus, event: InvoiceEvent) -> Result<InvoiceStatus, InvoiceError> {
    use InvoiceStatus::{Draft, Finalized, Void};
    match (status, event) {
        (Draft, InvoiceEvent::Recompute) => Ok(Draft),
        (Draft, InvoiceEvent::Finalize) => Ok(Finalized),
        (Finalized, InvoiceEvent::Void) => Ok(Void),
        // A draft is computed, not kept: there is nothing to void. What is frozen stays frozen.
        (Draft, InvoiceEvent::Void)
        | (Finalized | Void, InvoiceEvent::Recompute | InvoiceEvent::Finalize)
        | (Void, InvoiceEvent::Void) => Err(InvoiceError::NotAllowed { status, event }),
    }
}
