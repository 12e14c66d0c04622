use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::use_cases::books::{file_error, file_name};
use crate::use_cases::receivables::stands;
use crate::wire::{
    BankAccepted, BankAllocation, BankConfidence, BankDayOrder, BankLineRow, BankOpenInvoice,
    BankReason, PaymentImportPreviewReply, PaymentImportPreviewRequest, PaymentImportReply,
    PaymentImportRequest,
};
use ratebook_catalog::{InvoiceId, Issue, PaymentId};
use ratebook_invoicing::InvoiceStatus;
use ratebook_invoicing::bank::{
    Allocation, BankFault, BankFile, BankFileError, BankLine, Confidence, DayOrder, OpenInvoice,
    Proposal, Reason, propose, read,
};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Date, Money, Timestamp};
use ratebook_store::payments::{self, Payment, PaymentKind};
use ratebook_store::{SqliteConnection, audit};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// Statements are small; what is larger is another file.
const LARGEST: u64 = 50_000_000;

impl App {
    /// Looks at a bank's CSV file: what each line is thought to pay, and why. Books nothing.
    pub async fn payment_import_preview(
        &self,
        request: PaymentImportPreviewRequest,
    ) -> ApiResult<PaymentImportPreviewReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let file = bank_file(&request.path, snapshot.company.currency, request.days)?;
        let today = snapshot.company.zone.date_of(self.now());
        let invoices = open_invoices(&snapshot, today)?;
        let booked = booked(&open).await?;
        let states = states(&file.lines, &booked);
        let fresh: Vec<BankLine> = file
            .lines
            .iter()
            .zip(&states)
            .filter(|(_, state)| state.is_none())
            .map(|(line, _)| line.clone())
            .collect();
        let mut proposals = propose(&fresh, &invoices)?.into_iter();
        let by_id: HashMap<InvoiceId, &OpenInvoice> = invoices
            .iter()
            .map(|invoice| (invoice.id, invoice))
            .collect();
        let lines = file
            .lines
            .iter()
            .zip(states)
            .map(|(line, state)| match state {
                Some(confidence) => line_row(line, confidence, None, &by_id),
                None => {
                    let proposal = proposals.next();
                    let confidence = proposal.as_ref().map(|of| confidence(of.confidence));
                    let confidence = confidence.unwrap_or(BankConfidence::None);
                    line_row(line, confidence, proposal, &by_id)
                }
            });
        let lines = lines.collect();
        let owing = invoices.iter().filter(|invoice| invoice.open.minor() > 0);
        let owing = owing.map(|invoice| BankOpenInvoice {
            id: invoice.id.to_string(),
            number: invoice.number.clone(),
            customer: invoice.customer.clone(),
            open: invoice.open.into(),
        });
        Ok(PaymentImportPreviewReply {
            file: file_name(Path::new(&request.path)),
            lines,
            faults: file
                .faults
                .iter()
                .map(|fault| issue(fault).into())
                .collect(),
            open: owing.collect(),
        })
    }

    /// Enters the lines that were accepted, all or none.
    pub async fn payment_import(
        &self,
        request: PaymentImportRequest,
    ) -> ApiResult<PaymentImportReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let file = bank_file(&request.path, snapshot.company.currency, request.days)?;
        let (now, mut ids) = (self.now(), self.ids());
        let entries = accepted(&snapshot, &file, &request.accepted, &mut ids)?;
        let mut write = open.write().await?;
        let before = payments::bank_lines(&mut write).await?;
        let name = file_name(Path::new(&request.path));
        audit::note(&mut write, ("payment_import", &name), "", now).await?;
        let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
        for entry in &entries {
            if before.contains(&entry.key) {
                let refused = ApiError::refused("bank_line_booked");
                return Err(refused.with("line", entry.line));
            }
            enter(&mut write, entry, now).await?;
            let amount = entry.payment.amount;
            let zero = Money::zero(amount.currency());
            let sum = sums.entry(amount.currency()).or_insert(zero);
            *sum = sum.plus(amount)?;
        }
        write.commit().await?;
        Ok(PaymentImportReply {
            entered: u32::try_from(entries.len()).unwrap_or(u32::MAX),
            sums: sums.into_values().map(Into::into).collect(),
        })
    }
}

/// A payment that a line makes.
struct Entry {
    key: String,
    line: u64,
    invoice: InvoiceId,
    payment: Payment,
}

async fn enter(write: &mut SqliteConnection, entry: &Entry, now: Timestamp) -> ApiResult<()> {
    payments::add(write, entry.invoice, &entry.payment, now).await?;
    payments::came_from(write, entry.payment.id, &entry.key).await?;
    Ok(())
}

fn bank_file(path: &str, usual: Currency, days: Option<BankDayOrder>) -> ApiResult<BankFile> {
    let file = Path::new(path);
    let size = std::fs::metadata(file)
        .map_err(|error| file_error(file, &error))?
        .len();
    let refused = |reason: &str| ApiError::refused(reason).with("path", file_name(file));
    if size > LARGEST {
        return Err(refused("not_a_bank_file").with("first", ""));
    }
    let bytes = std::fs::read(file).map_err(|error| file_error(file, &error))?;
    let order = days.map(|order| match order {
        BankDayOrder::DayFirst => DayOrder::DayFirst,
        BankDayOrder::MonthFirst => DayOrder::MonthFirst,
    });
    read(&bytes, usual, order).map_err(|error| match error {
        BankFileError::NoColumns { first } => {
            let first: String = first.chars().take(120).collect();
            refused("not_a_bank_file").with("first", first)
        }
        BankFileError::NotCsv(detail) => refused("unreadable_file").with("detail", detail),
        BankFileError::Empty => refused("bank_file_empty"),
    })
}

async fn booked(open: &Arc<OpenBook>) -> ApiResult<HashSet<String>> {
    let mut read = open.read().await?;
    Ok(payments::bank_lines(&mut read).await?)
}

/// All final invoices with what is open of them: that a number is of a paid one is worth saying.
fn open_invoices(snapshot: &Snapshot, today: Date) -> ApiResult<Vec<OpenInvoice>> {
    let mut invoices = Vec::new();
    // The book lists the newest first.
    for head in snapshot.invoices.iter().rev() {
        let customer = snapshot.customer(head.customer);
        let open = match head.status {
            InvoiceStatus::Finalized => stands(snapshot, head, today)?.1.open,
            InvoiceStatus::Draft | InvoiceStatus::Void => Money::zero(head.total.currency()),
        };
        invoices.push(OpenInvoice {
            id: head.id,
            number: head.number.clone(),
            customer: customer
                .map(|customer| customer.name.clone())
                .unwrap_or_default(),
            issued_on: head.issued_on,
            open,
        });
    }
    Ok(invoices)
}

/// Lines that are not to be entered: the book has them, or they stand twice in the file.
fn states(lines: &[BankLine], booked: &HashSet<String>) -> Vec<Option<BankConfidence>> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut states = Vec::with_capacity(lines.len());
    for line in lines {
        let is_new = seen.insert(line.key.as_str());
        states.push(match (booked.contains(&line.key), is_new) {
            (true, _) => Some(BankConfidence::Booked),
            (false, false) => Some(BankConfidence::Twice),
            (false, true) => None,
        });
    }
    states
}

fn line_row(
    line: &BankLine,
    confidence: BankConfidence,
    proposal: Option<Proposal>,
    invoices: &HashMap<InvoiceId, &OpenInvoice>,
) -> BankLineRow {
    let reason = proposal.as_ref().map_or(Reason::Nothing, |of| of.reason);
    let parts = proposal.map(|of| of.allocations).unwrap_or_default();
    let parts = parts.into_iter().map(|Allocation { invoice, amount }| {
        let of = invoices.get(&invoice);
        BankAllocation {
            invoice_id: invoice.to_string(),
            number: of.map(|of| of.number.clone()).unwrap_or_default(),
            customer: of.map(|of| of.customer.clone()).unwrap_or_default(),
            amount: amount.into(),
        }
    });
    BankLineRow {
        key: line.key.clone(),
        line: u32::try_from(line.line).unwrap_or(u32::MAX),
        day: line.day.to_string(),
        amount: line.amount.into(),
        name: line.name.clone(),
        reference: line.reference.clone(),
        confidence,
        reason: reason_word(reason),
        allocations: parts.collect(),
    }
}

/// What was accepted, as payments; every fault at once.
fn accepted(
    snapshot: &Snapshot,
    file: &BankFile,
    accepted: &[BankAccepted],
    ids: &mut IdSource,
) -> ApiResult<Vec<Entry>> {
    let mut issues = Vec::new();
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    for (index, wanted) in accepted.iter().enumerate() {
        let path = format!("accepted[{index}]");
        let line = file.lines.iter().find(|line| line.key == wanted.key);
        let Some(line) = line.filter(|_| seen.insert(&wanted.key)) else {
            issues.push(Issue::new(&path, "no_bank_line"));
            continue;
        };
        let at = |code: &str| Issue::new(&path, code).with("line", line.line);
        let zero = Money::zero(line.amount.currency());
        let mut sum = zero;
        for part in &wanted.allocations {
            let amount = Money::parse(part.amount.trim(), zero.currency()).ok();
            let amount = amount.filter(|amount| amount.minor() > 0);
            let id = InvoiceId::parse(&part.invoice_id).ok();
            let head = id.and_then(|id| snapshot.invoices.iter().find(|head| head.id == id));
            let (Some(amount), Some(head)) = (amount, head) else {
                issues.push(at("bank_allocation").with("value", &part.amount));
                continue;
            };
            if head.total.currency() != zero.currency() {
                issues.push(at("other_currency").with("currency", head.total.currency()));
            }
            if head.status != InvoiceStatus::Finalized {
                issues.push(at("invoice_void").with("value", &head.number));
            }
            sum = sum.plus(amount)?;
            entries.push(entry(line, head.id, amount, ids));
        }
        if sum != line.amount {
            issues.push(
                at("bank_sum")
                    .with("value", sum)
                    .with("amount", line.amount),
            );
        }
    }
    match issues.is_empty() {
        true => Ok(entries),
        false => Err(ApiError::invalid(issues)),
    }
}

fn entry(line: &BankLine, invoice: InvoiceId, amount: Money, ids: &mut IdSource) -> Entry {
    let words = [line.name.as_str(), line.reference.as_str()];
    let words = words.into_iter().filter(|word| !word.is_empty());
    Entry {
        key: line.key.clone(),
        line: line.line,
        invoice,
        payment: Payment {
            id: PaymentId::new(ids),
            kind: PaymentKind::Payment,
            amount,
            received_on: line.day,
            reverses: None,
            reference: words.collect::<Vec<_>>().join(": "),
        },
    }
}

fn issue(fault: &BankFault) -> Issue {
    Issue::new(fault.field, fault.code)
        .with("line", fault.line)
        .with("value", &fault.value)
}

fn confidence(confidence: Confidence) -> BankConfidence {
    match confidence {
        Confidence::Sure => BankConfidence::Sure,
        Confidence::Likely => BankConfidence::Likely,
        Confidence::None => BankConfidence::None,
    }
}

fn reason_word(reason: Reason) -> BankReason {
    match reason {
        Reason::NumberAndAmount => BankReason::NumberAndAmount,
        Reason::NumbersAndAmount => BankReason::NumbersAndAmount,
        Reason::NumberPartly => BankReason::NumberPartly,
        Reason::NumberAbove => BankReason::NumberAbove,
        Reason::AmountAndName => BankReason::AmountAndName,
        Reason::AllOfName => BankReason::AllOfName,
        Reason::AmountOnly => BankReason::AmountOnly,
        Reason::AmountOfSeveral => BankReason::AmountOfSeveral,
        Reason::NothingOpen => BankReason::NothingOpen,
        Reason::OtherCurrency => BankReason::OtherCurrency,
        Reason::NameOnly => BankReason::NameOnly,
        Reason::WentOut => BankReason::WentOut,
        Reason::Nothing => BankReason::Nothing,
    }
}
