use crate::app::{App, OpenBook};
use crate::convert::{
    Edge, Reader, moment, offered_scopes, read_grant, write_scope_names, write_tax,
};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::{Month, Snapshot};
use crate::wire::{
    CreditEntryKind, CreditEntryText, CreditGrantCreateRequest, CreditGrantListReply,
    CreditGrantListRequest, CreditGrantReply, CreditGrantText, CreditGrantVoidRequest, CreditKind,
    CreditState,
};
use ratebook_catalog::{Customer, CustomerId, GrantId, GrantKind};
use ratebook_money::{Money, Timestamp};
use ratebook_store::credits::{self, GrantState, LedgerAccount, LedgerEntry, StoredGrant};
use ratebook_usage::MODEL_CALL;
use std::collections::BTreeSet;

impl App {
    /// The credit of a customer at an instant, and its ledger.
    pub async fn credit_grant_list(
        &self,
        request: CreditGrantListRequest,
    ) -> ApiResult<CreditGrantListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let customer = find(&snapshot, &request.customer_id)?;
        let mut reader = Reader::default();
        let asked = request.at.as_deref();
        let at = moment(&mut reader, "at", asked, (customer.zone, Edge::End));
        let at = reader.done(at)?.unwrap_or_else(|| self.now());
        let mut read = open.read().await?;
        let states = credits::of_customer(&mut read, customer.id, at).await?;
        let entries = credits::entries(&mut read, customer.id).await?;
        drop(read);
        let mut balance = Money::zero(customer.currency);
        let mut grants = Vec::with_capacity(states.len());
        for state in &states {
            let stands = stands(state, at);
            if stands == CreditState::Active && state.left.currency() == customer.currency {
                balance = balance.plus(state.left)?;
            }
            grants.push(describe(&snapshot, customer, state, stands));
        }
        Ok(CreditGrantListReply {
            at: at.to_string(),
            balance: balance.into(),
            grants,
            entries: entries.into_iter().map(|e| entry(customer, e)).collect(),
            scopes: offered_scopes(&snapshot, &models_used(&open, &snapshot).await?),
        })
    }

    /// Grants credit. It can be undone until an invoice is finalized.
    pub async fn credit_grant_create(
        &self,
        request: CreditGrantCreateRequest,
    ) -> ApiResult<CreditGrantReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let customer = find(&snapshot, &request.customer_id)?;
        let now = self.now();
        let stamp = (GrantId::new(&mut self.ids()), now);
        let mut reader = Reader::default();
        let grant = read_grant(&mut reader, &request, &snapshot, customer, stamp);
        let grant = reader.done(grant)?;
        let grant = grant.ok_or_else(|| ApiError::field("amount", "required"))?;
        let stored = StoredGrant {
            customer: customer.id,
            note: request.note.trim().to_owned(),
            grant,
        };
        let mut edit = open
            .edit("credit_grant_create", &customer.name, now)
            .await?;
        credits::add(&mut edit, &stored, now).await?;
        edit.finish().await?;
        Ok(CreditGrantReply {
            id: stored.grant.id.to_string(),
        })
    }

    /// Takes back what is left of a grant. It can be undone until an invoice is finalized.
    pub async fn credit_grant_void(
        &self,
        request: CreditGrantVoidRequest,
    ) -> ApiResult<CreditGrantReply> {
        let open = self.book().await?;
        let id = GrantId::parse(&request.id);
        let id = id.map_err(|_| ApiError::not_found("credit_grant", &request.id))?;
        let reason = request.reason.trim();
        if reason.is_empty() {
            return Err(ApiError::field("reason", "required"));
        }
        let snapshot = self.snapshot(&open).await?;
        let mut read = open.read().await?;
        let customer = credits::get(&mut read, id).await?.stored.customer;
        drop(read);
        let name = snapshot.customer(customer).map(|known| known.name.clone());
        let now = self.now();
        let mut edit = open
            .edit("credit_grant_void", &name.unwrap_or_default(), now)
            .await?;
        let taken = credits::void(&mut edit, id, now, reason).await?;
        if taken.minor() == 0 {
            return Err(ApiError::refused("no_credit_left"));
        }
        edit.finish().await?;
        Ok(CreditGrantReply { id: request.id })
    }
}

fn find<'a>(snapshot: &'a Snapshot, id: &str) -> ApiResult<&'a Customer> {
    let missing = || ApiError::not_found("customer", id);
    let id = CustomerId::parse(id).map_err(|_| missing())?;
    snapshot.customer(id).ok_or_else(missing)
}

/// The priced models of the calls in the book.
async fn models_used(
    open: &OpenBook,
    snapshot: &Snapshot,
) -> ApiResult<BTreeSet<(String, String)>> {
    let totals = open.totals().await?;
    let calls = totals.iter().map(|total| &total.class);
    let calls = calls.filter(|class| class.event_name == MODEL_CALL);
    let models = calls.filter_map(|class| {
        let model = snapshot.prices.resolve(&class.provider, &class.model);
        let model = model.model()?;
        Some((model.provider.clone(), model.model.clone()))
    });
    Ok(models.collect())
}

fn stands(state: &GrantState, at: Timestamp) -> CreditState {
    let grant = &state.stored.grant;
    if state.voided.minor() > 0 && state.left.minor() == 0 {
        CreditState::Voided
    } else if grant.expires_at.is_some_and(|end| end <= at) {
        CreditState::Ended
    } else if at < grant.effective_at.max(grant.created_at) {
        CreditState::Coming
    } else if state.left.minor() == 0 {
        CreditState::UsedUp
    } else {
        CreditState::Active
    }
}

fn describe(
    snapshot: &Snapshot,
    customer: &Customer,
    state: &GrantState,
    stands: CreditState,
) -> CreditGrantText {
    let grant = &state.stored.grant;
    // The last instant before the end is in the last day.
    let last = |end: Timestamp| Timestamp::from_micros(end.micros().saturating_sub(1));
    let day = |at: Timestamp| customer.zone.date_of(at).to_string();
    CreditGrantText {
        id: grant.id.to_string(),
        kind: kind_word(grant.kind),
        amount: grant.amount.into(),
        left: state.left.into(),
        used: state.used.into(),
        expired: state.expired.into(),
        voided: state.voided.into(),
        priority: grant.priority,
        effective_at: grant.effective_at.to_string(),
        first_day: day(grant.effective_at),
        expires_at: grant.expires_at.map(|end| end.to_string()),
        last_day: grant.expires_at.map(|end| day(last(end))),
        created_at: grant.created_at.to_string(),
        scope: write_scope_names(snapshot, &grant.scope),
        tax: write_tax(grant.tax),
        note: state.stored.note.clone(),
        state: stands,
    }
}

pub(crate) fn kind_word(kind: GrantKind) -> CreditKind {
    match kind {
        GrantKind::Promotional => CreditKind::Promotional,
        GrantKind::Paid => CreditKind::Paid,
    }
}

fn entry(customer: &Customer, entry: LedgerEntry) -> CreditEntryText {
    use LedgerAccount::{Expired, Grant, Issued, Used, Voided};
    let (kind, is_gain) = match (entry.from, entry.to) {
        (Used, Grant) => (CreditEntryKind::GivenBack, true),
        (Used, _) => (CreditEntryKind::GivenBackLate, true),
        (Expired, _) => (CreditEntryKind::UsedLate, false),
        (_, Used) => (CreditEntryKind::Used, false),
        (_, Expired) => (CreditEntryKind::Expired, false),
        (_, Voided) => (CreditEntryKind::Voided, false),
        (Issued | Grant | Voided, Issued | Grant) => (CreditEntryKind::Granted, true),
    };
    let amount = entry.amount;
    let signed = if is_gain {
        amount.minor()
    } else {
        amount.minor().saturating_neg()
    };
    let invoice = entry.invoice;
    let month = |from: Timestamp| Month::of(customer.zone.date_of(from)).to_string();
    CreditEntryText {
        sequence: entry.sequence.to_string(),
        at: entry.at.to_string(),
        day: customer.zone.date_of(entry.at).to_string(),
        kind,
        grant_id: entry.grant.to_string(),
        amount: Money::from_minor(signed, amount.currency()).into(),
        balance: entry.balance.into(),
        invoice_id: invoice.as_ref().map(|invoice| invoice.id.to_string()),
        invoice_month: invoice.as_ref().map(|invoice| month(invoice.from)),
        invoice_number: invoice.map(|invoice| invoice.number),
        note: entry.note,
    }
}
