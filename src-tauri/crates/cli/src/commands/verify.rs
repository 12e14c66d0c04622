use crate::failure::Failure;
use crate::output::{quiet, runtime};
use crate::places::Places;
use ratebook_api::wire::InvoiceVerifyRequest;
use std::process::ExitCode;

/// Checks the book's invariants and recomputes every final invoice.
pub fn run(places: &Places) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let request = InvoiceVerifyRequest {
            id: None,
            job_id: "verify".to_owned(),
        };
        let reply = app.invoice_verify(request, quiet()).await?;
        if places.json {
            let text = serde_json::to_string(&reply);
            println!(
                "{}",
                text.map_err(|error| Failure::plain(error.to_string()))?
            );
        } else if reply.findings.is_empty() {
            println!(
                "{} invoices recomputed, identical; the book is sound",
                reply.checked.0
            );
        } else {
            for finding in &reply.findings {
                println!("{}  {}  {}", finding.code, finding.subject, finding.detail);
            }
        }
        Ok(if reply.findings.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    })
}
