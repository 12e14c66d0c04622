use super::{FORMATS, einvoice_format};
use crate::failure::Failure;
use crate::output::{money, runtime};
use crate::places::Places;
use clap::Args;
use ratebook_api::App;
use ratebook_api::wire::{
    CreditNoteCreateRequest, CreditNotePdfSaveRequest, CreditNoteTryRequest, DecimalString,
    SearchRequest, TakeBackLine, TakeBackText,
};
use std::path::PathBuf;
use std::process::ExitCode;

/// One of `--all`, `--line` or `--amount` says what is taken back.
#[derive(Args)]
#[group(id = "what", required = true, multiple = false)]
struct What {
    /// All that earlier credit notes have left.
    #[arg(long, group = "what")]
    all: bool,
    /// A line of the invoice, or a net amount of it; may be given several times.
    #[arg(long, value_name = "LINE[=AMOUNT]", group = "what")]
    line: Vec<String>,
    /// A net amount of the whole invoice, split over its lines.
    #[arg(long, group = "what")]
    amount: Option<String>,
}

#[derive(Args)]
pub struct CreditArguments {
    /// The number of the invoice.
    number: String,
    #[command(flatten)]
    what: What,
    /// Why; printed on the credit note.
    #[arg(long)]
    reason: String,
    /// Says what the credit note would come to, and issues none.
    #[arg(long)]
    dry_run: bool,
    /// The folder for its PDF.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Writes it as an e-invoice too: inside of the PDF (factur-x, zugferd), or as XML beside it.
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS, requires = "out")]
    einvoice: Option<String>,
}

pub fn run(places: &Places, arguments: &CreditArguments) -> Result<ExitCode, Failure> {
    let asked = asked(&arguments.what)?;
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let invoice_id = invoice(&app, &arguments.number).await?;
        if arguments.dry_run {
            let request = CreditNoteTryRequest { invoice_id, asked };
            let reply = app.credit_note_try(request).await?;
            print(places, &reply, || {
                format!(
                    "net {}, tax {}, total {}, to be paid back {}",
                    money(&reply.net),
                    money(&reply.tax),
                    money(&reply.total),
                    money(&reply.payable)
                )
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        // What it lacks is said before a number is given.
        let einvoice = arguments.einvoice.as_deref().map(einvoice_format);
        let request = CreditNoteCreateRequest {
            invoice_id,
            asked,
            reason: arguments.reason.clone(),
            einvoice,
        };
        let note = app.credit_note_create(request).await?;
        if let Some(folder) = &arguments.out {
            let failed = |error| Failure::plain(format!("{}: {error}", folder.display()));
            std::fs::create_dir_all(folder).map_err(failed)?;
            let file = folder.join(format!("{}.pdf", note.number.replace(['/', '\\'], "-")));
            let path = file.display().to_string();
            let request = CreditNotePdfSaveRequest {
                id: note.id.clone(),
                einvoice,
                path,
            };
            app.credit_note_pdf_save(request).await?;
        }
        print(places, &note, || {
            let (total, payable) = (money(&note.total), money(&note.payable));
            format!("{}: total {total}, to be paid back {payable}", note.number)
        })?;
        Ok(ExitCode::SUCCESS)
    })
}

pub(super) fn print(
    places: &Places,
    reply: &impl serde::Serialize,
    words: impl Fn() -> String,
) -> Result<(), Failure> {
    if places.json {
        let text = serde_json::to_string(reply);
        println!(
            "{}",
            text.map_err(|error| Failure::plain(error.to_string()))?
        );
    } else {
        println!("{}", words());
    }
    Ok(())
}

fn asked(what: &What) -> Result<TakeBackText, Failure> {
    let lines = what.line.iter().map(|text| {
        let (line, amount) = match text.split_once('=') {
            Some((line, amount)) => (line, Some(DecimalString(amount.to_owned()))),
            None => (text.as_str(), None),
        };
        let line = line.parse();
        let line = line.map_err(|_| Failure::plain(format!("--line {text}: no line number")))?;
        Ok(TakeBackLine { line, amount })
    });
    Ok(TakeBackText {
        all: what.all,
        lines: lines.collect::<Result<_, Failure>>()?,
        amount: what.amount.clone().map(DecimalString),
    })
}

/// The id of the invoice with exactly this number.
pub(super) async fn invoice(app: &App, number: &str) -> Result<String, Failure> {
    let request = SearchRequest {
        text: number.to_owned(),
        limit: 20,
    };
    let hits = app.search(request).await?.hits.into_iter();
    let mut invoices = hits.filter(|hit| hit.kind == "invoice" && hit.title == number);
    let found = invoices.next().map(|hit| hit.id);
    found.ok_or_else(|| Failure::plain(format!("no final invoice has the number {number}")))
}
