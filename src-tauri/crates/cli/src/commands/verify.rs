use crate::failure::Failure;
use crate::output::{quiet, runtime};
use crate::places::Places;
use clap::Args;
use ratebook_api::wire::{InvoiceVerifyRequest, PackResult, PackVerifyReply, PackVerifyRequest};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Checks the book's invariants and recomputes every final invoice.
#[derive(Args)]
pub struct VerifyArguments {
    /// Checks an evidence pack instead; no book is needed.
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
}

pub fn run(places: &Places, arguments: &VerifyArguments) -> Result<ExitCode, Failure> {
    if let Some(file) = &arguments.pack {
        return pack(places, file);
    }
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

/// Each check of a pack with what it came to.
fn pack(places: &Places, file: &Path) -> Result<ExitCode, Failure> {
    let path = file.display().to_string();
    let request = PackVerifyRequest { path };
    let app = places.app();
    let reply = runtime()?.block_on(async { app.pack_verify(request).await })?;
    if places.json {
        let text = serde_json::to_string(&reply);
        println!("{}", text.map_err(|e| Failure::plain(e.to_string()))?);
    } else {
        print!("{}", told(&reply));
    }
    Ok(match reply.sound {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn told(reply: &PackVerifyReply) -> String {
    let lines = reply.checks.iter().map(|check| {
        let result = match check.result {
            PackResult::Ok => "ok",
            PackResult::Failed => "FAILED",
            PackResult::NotChecked => "not checked",
        };
        let line = format!("{result:<11}  {:<8}  {}", check.code, check.subject);
        match check.detail.is_empty() {
            true => format!("{line}\n"),
            false => format!("{line}: {}\n", check.detail),
        }
    });
    let verdict = match reply.sound {
        true => "the pack is sound",
        false => "the pack is not what it was",
    };
    let mut text: String = lines.collect();
    text.push_str(&format!("{}: {verdict}\n", reply.number));
    if let (Some(entry), Some(hash)) = (reply.audit_entry, &reply.audit_hash) {
        text.push_str(&format!("audit log of the book: entry {entry}, {hash}\n"));
    }
    text
}
