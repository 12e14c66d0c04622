//! Any sequence of what can be done with invoices, against a model that is a few numbers: what the
//! model allows is done, what it does not is refused, and what is final stays as it was to the last
//! byte that anybody can see. `RATEBOOK_STEPS` says how many steps; 150 without it.

mod common;

use common::{quiet, sample, verify};
use ratebook_api::wire::{
    CreditNoteCreateRequest, CreditNoteListRequest, DecimalString, DraftEditText, DraftMark,
    InvoiceDraftMarkRequest, InvoiceDraftSaveRequest, InvoiceFinalizeRequest, InvoiceGetRequest,
    InvoiceListRequest, InvoiceState, InvoiceVoidRequest, InvoiceWriteOffRequest, ManualLineText,
    PaymentAddRequest, PaymentListReply, PaymentListRequest, PaymentState, TakeBackText,
    UsageImportRunRequest,
};
use ratebook_api::{ApiResult, App};
use std::collections::BTreeMap;
use std::path::Path;

const MONTHS: [&str; 3] = ["2026-08", "2026-09", "2026-10"];

/// What the model knows of a final invoice, in cents.
#[derive(Debug, Default)]
struct Final {
    payable: i64,
    credited: i64,
    notes: usize,
    paid: i64,
    given_up: i64,
    void: bool,
    /// All that can be seen of it.
    seen: String,
}

impl Final {
    fn open(&self) -> i64 {
        self.payable - self.credited - self.paid - self.given_up
    }

    fn state(&self) -> PaymentState {
        match (self.given_up, self.open(), self.credited, self.paid) {
            (1.., _, _, _) => PaymentState::Uncollectible,
            (_, 0, _, _) => PaymentState::Paid,
            (_, ..0, _, _) => PaymentState::Overpaid,
            (_, _, 0, 0) => PaymentState::Open,
            _ => PaymentState::PartlyPaid,
        }
    }
}

/// A small deterministic generator: the steps are random, the test is not.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

fn cents(text: &DecimalString) -> i64 {
    text.0.replace('.', "").parse().unwrap()
}

fn money(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

async fn stands(app: &App, id: &str) -> PaymentListReply {
    let request = PaymentListRequest {
        invoice_id: id.to_owned(),
    };
    app.payment_list(request).await.unwrap()
}

/// An invoice as anybody can see it, without its state and without what was paid of it.
async fn seen(app: &App, id: &str) -> String {
    let request = InvoiceGetRequest {
        id: Some(id.to_owned()),
        customer_id: None,
        month: None,
    };
    let mut reply = app.invoice_get(request.clone()).await.unwrap();
    reply.row.state = InvoiceState::Finalized;
    reply.row.payment = None;
    serde_json::to_string(&reply).unwrap()
}

/// The one who knows what should be.
struct World {
    finals: BTreeMap<String, Final>,
    events: usize,
    dice: Dice,
}

impl World {
    fn any_final(&mut self) -> Option<String> {
        let place = self.dice.below(self.finals.len());
        self.finals.keys().nth(place).cloned()
    }

    async fn step(&mut self, app: &App, folder: &Path) -> &'static str {
        match self.dice.below(16) {
            0..=3 => self.finalize(app).await,
            4 => self.void(app).await,
            5 => self.credit(app).await,
            6..=8 => self.pay(app).await,
            9 => self.refund(app).await,
            10..=11 => self.give_up(app).await,
            12..=13 => self.edit(app).await,
            14 => self.mark(app).await,
            _ => self.late_usage(app, folder).await,
        }
    }

    async fn draft(&mut self, app: &App) -> (String, &'static str, InvoiceState) {
        let month = MONTHS[self.dice.below(MONTHS.len())];
        let list = InvoiceListRequest {
            month: Some(month.to_owned()),
        };
        let mut rows = app.invoice_list(list).await.unwrap().rows;
        rows.retain(|row| row.state != InvoiceState::Void);
        let row = &rows[self.dice.below(rows.len())];
        (row.customer_id.clone(), month, row.state)
    }

    async fn finalize(&mut self, app: &App) -> &'static str {
        let (customer, month, state) = self.draft(app).await;
        let request = InvoiceFinalizeRequest {
            month: month.to_owned(),
            customer_ids: vec![customer],
            job_id: "one".to_owned(),
        };
        let done = app.invoice_finalize(request, quiet()).await.unwrap();
        let expected = usize::from(state == InvoiceState::Draft);
        assert_eq!(done.invoices.len(), expected, "{state:?}");
        for row in done.invoices {
            let id = row.id.unwrap();
            let own = Final {
                payable: cents(&stands(app, &id).await.payable.amount),
                seen: seen(app, &id).await,
                ..Final::default()
            };
            self.finals.insert(id, own);
        }
        "finalize"
    }

    async fn void(&mut self, app: &App) -> &'static str {
        let Some(id) = self.any_final() else {
            return "nothing";
        };
        let own = self.finals.get_mut(&id).unwrap();
        let may = !own.void && own.paid == 0 && own.notes == 0 && own.given_up == 0;
        let reason = "wrong".to_owned();
        let done = app.invoice_void(InvoiceVoidRequest { id, reason }).await;
        assert_eq!(done.is_ok(), may, "{own:?} {done:?}");
        own.void |= may;
        "void"
    }

    async fn credit(&mut self, app: &App) -> &'static str {
        let Some(id) = self.any_final() else {
            return "nothing";
        };
        let list = CreditNoteListRequest {
            invoice_id: id.clone(),
        };
        let left = app.credit_note_list(list).await.unwrap();
        let all = self.dice.below(2) == 0;
        let own = self.finals.get_mut(&id).unwrap();
        let may = !own.void && own.given_up == 0 && cents(&left.left.amount) > 0;
        let request = CreditNoteCreateRequest {
            einvoice: None,
            invoice_id: id,
            asked: TakeBackText {
                all,
                lines: Vec::new(),
                amount: (!all).then(|| DecimalString("1.00".to_owned())),
            },
            reason: "agreed".to_owned(),
        };
        let done = app.credit_note_create(request).await;
        // What is left may be less than one.
        let small = !all && cents(&left.left.amount) < 100;
        assert_eq!(done.is_ok(), may && !small, "{own:?} {done:?}");
        if let Ok(note) = done {
            own.credited += cents(&note.payable.amount);
            own.notes += 1;
        }
        "credit"
    }

    async fn pay(&mut self, app: &App) -> &'static str {
        let amount = [1_i64, 5_000, 1_000_000][self.dice.below(3)];
        let exact = self.dice.below(2) == 0;
        let Some(id) = self.any_final() else {
            return "nothing";
        };
        let own = self.finals.get_mut(&id).unwrap();
        let amount = if exact && own.open() > 0 {
            own.open()
        } else {
            amount
        };
        let done = add_payment(app, &id, amount, false).await;
        assert_eq!(
            done.is_ok(),
            !own.void && own.given_up == 0,
            "{own:?} {done:?}"
        );
        own.paid += done.map_or(0, |_| amount);
        "pay"
    }

    async fn refund(&mut self, app: &App) -> &'static str {
        let amount = [1_i64, 5_000][self.dice.below(2)];
        let Some(id) = self.any_final() else {
            return "nothing";
        };
        let own = self.finals.get_mut(&id).unwrap();
        let done = add_payment(app, &id, amount, true).await;
        let may = !own.void && own.given_up == 0 && amount <= own.paid;
        assert_eq!(done.is_ok(), may, "{own:?} {done:?}");
        own.paid -= done.map_or(0, |_| amount);
        "refund"
    }

    async fn give_up(&mut self, app: &App) -> &'static str {
        let reverse = self.dice.below(2) == 0;
        let Some(id) = self.any_final() else {
            return "nothing";
        };
        let own = self.finals.get_mut(&id).unwrap();
        let request = InvoiceWriteOffRequest {
            invoice_id: id,
            reason: "insolvent".to_owned(),
            reverse,
        };
        let done = app.invoice_write_off(request).await;
        let may = !own.void
            && if reverse {
                own.given_up > 0
            } else {
                own.given_up == 0 && own.open() > 0
            };
        assert_eq!(done.is_ok(), may, "{own:?} {done:?}");
        if may {
            own.given_up = if reverse { 0 } else { own.open() };
        }
        "give up"
    }

    async fn edit(&mut self, app: &App) -> &'static str {
        let (customer_id, month, state) = self.draft(app).await;
        let price = i64::try_from(self.dice.below(20_000)).unwrap() - 100;
        let request = InvoiceDraftSaveRequest {
            customer_id,
            month: month.to_owned(),
            edit: DraftEditText {
                currency: String::new(),
                lines: vec![ManualLineText {
                    text: "By hand".to_owned(),
                    quantity: DecimalString("1".to_owned()),
                    unit_price: DecimalString((price / 100).to_string()),
                    tax: None,
                }],
                discount: None,
                note: format!("step {price}"),
                purchase_order: String::new(),
                buyer_reference: String::new(),
                internal_note: String::new(),
            },
        };
        let done = app.invoice_draft_save(request).await;
        assert_eq!(done.is_ok(), state != InvoiceState::Finalized, "{done:?}");
        "edit"
    }

    async fn mark(&mut self, app: &App) -> &'static str {
        let (customer, month, state) = self.draft(app).await;
        let mark = [DraftMark::Hold, DraftMark::Release, DraftMark::Approve][self.dice.below(3)];
        let request = InvoiceDraftMarkRequest {
            customer_ids: vec![customer],
            month: month.to_owned(),
            mark,
            reason: "look again".to_owned(),
        };
        let done = app.invoice_draft_mark(request).await;
        assert_eq!(done.is_ok(), state != InvoiceState::Finalized, "{done:?}");
        "mark"
    }

    async fn late_usage(&mut self, app: &App, folder: &Path) -> &'static str {
        let month = MONTHS[self.dice.below(MONTHS.len())];
        self.events += 1;
        let event = format!(
            "{{\"source\":\"late\",\"id\":\"{}\",\"event_name\":\"llm.call\",\
             \"at\":\"{month}-15T10:00:00Z\",\"customer\":\"cus_kestrel\",\
             \"provider\":\"openai\",\"model\":\"o1-pro\",\
             \"quantities\":{{\"output_tokens\":1000}}}}\n",
            self.events
        );
        let file = folder.join("late.jsonl");
        std::fs::write(&file, event).unwrap();
        let request = UsageImportRunRequest {
            path: file.display().to_string(),
            format: "auto".to_owned(),
            mapping: None,
            job_id: "import".to_owned(),
        };
        let report = app.usage_import_run(request, quiet()).await.unwrap();
        assert_eq!(report.accepted.0, 1);
        "late usage"
    }

    /// Everything final is as it was, and stands with its payments where the model says.
    async fn check(&self, app: &App, step: usize, what: &str) {
        for (id, own) in &self.finals {
            assert_eq!(seen(app, id).await, own.seen, "step {step}: {what}");
            let now = stands(app, id).await;
            let figures = [
                &now.payable,
                &now.credited,
                &now.paid,
                &now.written_off,
                &now.open,
            ];
            assert_eq!(
                figures.map(|figure| cents(&figure.amount)),
                [
                    own.payable,
                    own.credited,
                    own.paid,
                    own.given_up,
                    own.open()
                ],
                "step {step}: {what}"
            );
            assert_eq!(now.state, own.state(), "step {step}: {what}");
        }
    }
}

async fn add_payment(
    app: &App,
    id: &str,
    amount: i64,
    refund: bool,
) -> ApiResult<PaymentListReply> {
    let payable = stands(app, id).await.payable;
    let amount = match payable.amount.0.contains('.') {
        true => money(amount),
        false => amount.to_string(),
    };
    app.payment_add(PaymentAddRequest {
        invoice_id: id.to_owned(),
        amount,
        currency: payable.currency,
        received_on: None,
        reference: String::new(),
        refund,
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_operations_touches_what_is_final() {
    let steps = std::env::var("RATEBOOK_STEPS").ok();
    let steps = steps.and_then(|steps| steps.parse().ok()).unwrap_or(150);
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = sample(&folder, "Nordlicht").await;
    let mut world = World {
        finals: BTreeMap::new(),
        events: 0,
        dice: Dice(0x2545_f491_4f6c_dd1d),
    };
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for step in 0..steps {
        let what = world.step(&app, folder.path()).await;
        *done.entry(what).or_default() += 1;
        world.check(&app, step, what).await;
    }
    println!("{done:?}, {} final", world.finals.len());
    assert!(world.finals.len() > 5 && done.len() >= 9, "{done:?}");
    verify(&app, u64::try_from(world.finals.len()).unwrap()).await;
}
