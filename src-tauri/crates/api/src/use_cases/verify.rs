use crate::app::{App, OpenBook};
use crate::error::{ApiError, ApiResult};
use crate::jobs::{Job, Report};
use crate::shares::processors;
use crate::use_cases::invoices::read_id;
use crate::wire::{Count, Finding, InvoiceVerifyReply, InvoiceVerifyRequest};
use ratebook_catalog::prices::{ModelAlias, PriceTable};
use ratebook_catalog::{Dimension, InvoiceId};
use ratebook_invoicing::{
    CreditNote, Inputs, InvoiceStatus, VerifyError, recompute_credit_note, verify,
};
use ratebook_money::{Quantity, Timestamp};
use ratebook_store::invoices::StoredInvoice;
use ratebook_store::{audit, credit_notes, credits, invoices, prices, usage};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tokio::task::{JoinError, JoinSet};

impl App {
    /// Recomputes final invoices bit for bit; without one named, also checks the book itself.
    pub async fn invoice_verify(
        &self,
        request: InvoiceVerifyRequest,
        report: Report,
    ) -> ApiResult<InvoiceVerifyReply> {
        let running = self.jobs.start(&request.job_id, report);
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let ids: Vec<InvoiceId> = match &request.id {
            Some(id) => vec![read_id(id)?],
            None => snapshot.invoices.iter().map(|head| head.id).collect(),
        };
        let total = u64::try_from(ids.len()).ok();
        let mut findings = Vec::new();
        let mut names = Names::default();
        let mut tables = Tables::default();
        let mut computing = JoinSet::new();
        for (done, id) in (0_u64..).zip(&ids) {
            running.job.check()?;
            running.job.report("verify", done, total);
            if computing.len() >= processors() {
                findings.extend(computed(computing.join_next().await)?);
            }
            let (stored, prices, differing) = load(&open, &mut names, &mut tables, *id).await?;
            findings.extend(differing);
            computing.spawn_blocking(move || recompute(&stored, &prices));
        }
        while let Some(done) = computing.join_next().await {
            findings.extend(computed(Some(done))?);
        }
        findings.sort_by(|a, b| a.subject.cmp(&b.subject));
        if request.id.is_none() {
            findings.extend(check_book(&open, &running.job).await?);
        }
        running.job.report("verify", total.unwrap_or(0), total);
        let checked = Count(u64::try_from(ids.len()).unwrap_or(u64::MAX));
        Ok(InvoiceVerifyReply { checked, findings })
    }
}

/// What the book calls customers and kinds of calls. It only grows, so it is kept from invoice to
/// invoice and completed when something is missing.
#[derive(Default)]
struct Names {
    refs: HashMap<String, i64>,
    classes: usage::ClassCache,
}

impl Names {
    async fn refs_of(
        &mut self,
        read: &mut ratebook_store::SqliteConnection,
        aliases: &[String],
    ) -> ApiResult<Vec<i64>> {
        if !aliases.iter().all(|alias| self.refs.contains_key(alias)) {
            let all = usage::refs(read).await?.into_iter();
            self.refs = all.map(|known| (known.name, known.id)).collect();
        }
        let known = aliases.iter().filter_map(|alias| self.refs.get(alias));
        Ok(known.copied().collect())
    }
}

/// Price tables as the book knew them. Invoices of one run share one, and so do all runs between
/// which nothing was learned about models.
#[derive(Default)]
struct Tables(HashMap<i64, Arc<PriceTable>>);

impl Tables {
    async fn of(
        &mut self,
        read: &mut ratebook_store::SqliteConnection,
        as_of: Timestamp,
    ) -> ApiResult<Arc<PriceTable>> {
        let known = prices::facts_known(&mut *read, as_of).await?;
        if let Some(table) = self.0.get(&known) {
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(prices::load_table_as_of(read, as_of).await?);
        self.0.insert(known, Arc::clone(&table));
        Ok(table)
    }
}

/// A stored invoice, and how the events of the book differ from what it froze.
async fn load(
    open: &OpenBook,
    names: &mut Names,
    tables: &mut Tables,
    id: InvoiceId,
) -> ApiResult<(StoredInvoice, Arc<PriceTable>, Vec<Finding>)> {
    let mut read = open.read().await?;
    let stored = invoices::get(&mut read, id).await?;
    let prices = tables.of(&mut read, stored.head.as_of).await?;
    let findings = usage_findings(&mut read, names, &prices, &stored).await?;
    Ok((stored, prices, findings))
}

fn computed(done: Option<Result<Vec<Finding>, JoinError>>) -> ApiResult<Vec<Finding>> {
    done.map_or(Ok(Vec::new()), |done| done.map_err(ApiError::internal))
}

fn recompute(stored: &StoredInvoice, prices: &PriceTable) -> Vec<Finding> {
    let number = &stored.head.number;
    match verify(&stored.invoice, &stored.inputs, prices) {
        Ok(()) => Vec::new(),
        Err(VerifyError::Differs(differences)) => {
            let differences = differences.0.iter().map(|difference| Finding {
                code: "differs".to_owned(),
                subject: number.clone(),
                detail: format!(
                    "{}: {} in the book, {} computed",
                    difference.path, difference.stored, difference.recomputed
                ),
            });
            differences.collect()
        }
        Err(other) => vec![Finding {
            code: "cannot_recompute".to_owned(),
            subject: number.clone(),
            detail: other.to_string(),
        }],
    }
}

/// Whether the prices can say again which calls were short: an invoice from before they could has
/// none, and a name that was given to another model since may have another least.
fn knows_short(frozen: &Inputs, prices: &PriceTable) -> bool {
    let is_same = |name: &ModelAlias| {
        let provider = name.provider.as_deref().unwrap_or("");
        let model = prices.resolve(provider, &name.alias).model();
        model
            .is_some_and(|model| model.provider == name.to_provider && model.model == name.to_model)
    };
    let names = frozen.names.as_ref();
    frozen.usage.iter().any(|bucket| bucket.short.is_some())
        && names.is_some_and(|names| names.iter().all(is_same))
}

/// The frozen quantities must be those that the events of the book still sum to.
async fn usage_findings(
    read: &mut ratebook_store::SqliteConnection,
    names: &mut Names,
    prices: &PriceTable,
    stored: &StoredInvoice,
) -> ApiResult<Vec<Finding>> {
    let head = &stored.head;
    if head.status == InvoiceStatus::Void {
        return Ok(Vec::new());
    }
    let frozen: Inputs = serde_json::from_str(&stored.inputs).map_err(ApiError::internal)?;
    let refs = names.refs_of(read, &frozen.customer.aliases).await?;
    let billed = knows_short(&frozen, prices);
    let query = usage::SumQuery {
        refs: &refs,
        period: frozen.usage_span().map_err(ApiError::internal)?,
        epochs: usage::Epochs::UpTo(head.epoch),
        boundaries: &[],
        grain: usage::Grain::Boundaries,
        least: billed.then_some(prices),
    };
    let sums = usage::sums(read, &mut names.classes, &query).await?;
    let sums = sums.iter().map(|sum| Ok((&sum.dimension, sum.billed()?)));
    let book = by_dimension(sums)?;
    let buckets = frozen.usage.iter();
    let buckets = buckets.map(|bucket| {
        let quantity = if billed {
            bucket.billed()?
        } else {
            bucket.quantity
        };
        Ok((&bucket.dimension, quantity))
    });
    let then = by_dimension(buckets)?;
    let differing = book
        .keys()
        .chain(then.keys())
        .filter(|key| book.get(*key) != then.get(*key));
    let differing: BTreeSet<&String> = differing.collect();
    let zero = Quantity::ZERO;
    Ok(differing
        .into_iter()
        .map(|key| Finding {
            code: "usage_differs".to_owned(),
            subject: head.number.clone(),
            detail: format!(
                "{key}: {} invoiced, {} in the book",
                then.get(key).unwrap_or(&zero),
                book.get(key).unwrap_or(&zero)
            ),
        })
        .collect())
}

fn by_dimension<'a>(
    sums: impl Iterator<Item = ApiResult<(&'a Dimension, Quantity)>>,
) -> ApiResult<BTreeMap<String, Quantity>> {
    let mut total: BTreeMap<String, Quantity> = BTreeMap::new();
    for sum in sums {
        let (dimension, quantity) = sum?;
        let entry = total.entry(dimension.to_string()).or_insert(Quantity::ZERO);
        *entry = entry.plus(quantity)?;
    }
    Ok(total)
}

/// Credit notes are computed again from their invoice and the notes before them.
async fn check_credit_notes(
    read: &mut ratebook_store::SqliteConnection,
) -> ApiResult<Vec<Finding>> {
    let finding = |code: &str, number: &str, detail: String| Finding {
        code: code.to_owned(),
        subject: number.to_owned(),
        detail,
    };
    let mut findings = Vec::new();
    for number in credit_notes::column_faults(read).await? {
        let detail = "the columns differ from the credit note".to_owned();
        findings.push(finding("columns", &number, detail));
    }
    for id in credit_notes::invoices(read).await? {
        let invoice = invoices::get(read, id).await?.invoice;
        let mut earlier: Vec<CreditNote> = Vec::new();
        for stored in credit_notes::of_invoice(read, id).await? {
            let number = stored.note.number();
            match recompute_credit_note(&stored.note, &invoice, &earlier) {
                Ok(again) if again == stored.note => {}
                Ok(_) => {
                    let detail = "not what its invoice gives".to_owned();
                    findings.push(finding("differs", number, detail));
                }
                Err(fault) => {
                    findings.push(finding("cannot_recompute", number, fault.to_string()));
                }
            }
            earlier.push(stored.note);
        }
    }
    Ok(findings)
}

async fn check_book(open: &OpenBook, job: &Job) -> ApiResult<Vec<Finding>> {
    let mut findings = Vec::new();
    if let Err(error) = open.book.check().await {
        findings.push(Finding {
            code: "damaged".to_owned(),
            subject: open.book.path().display().to_string(),
            detail: error.to_string(),
        });
    }
    job.check()?;
    let mut read = open.read().await?;
    for fault in invoices::number_faults(&mut read).await? {
        findings.push(Finding {
            code: "numbers".to_owned(),
            subject: fault.series,
            detail: format!("{} missing", fault.missing),
        });
    }
    for id in invoices::column_faults(&mut read).await? {
        findings.push(Finding {
            code: "columns".to_owned(),
            subject: id.to_string(),
            detail: "the columns differ from the invoice".to_owned(),
        });
    }
    findings.extend(check_credit_notes(&mut read).await?);
    for fault in credits::faults(&mut read).await? {
        findings.push(Finding {
            code: "credit".to_owned(),
            subject: fault.subject,
            detail: fault.detail,
        });
    }
    for fault in audit::faults(&mut read).await? {
        findings.push(Finding {
            code: "audit".to_owned(),
            subject: fault.subject,
            detail: fault.detail,
        });
    }
    drop(read);
    job.check()?;
    for fault in usage::verify(&open.book).await? {
        findings.push(Finding {
            code: "usage_sums".to_owned(),
            subject: fault.table.to_owned(),
            detail: fault.place,
        });
    }
    Ok(findings)
}
