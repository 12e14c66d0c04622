use crate::failure::Failure;
use crate::output::runtime;
use crate::places::Places;
use clap::{Args, Subcommand};
use ratebook_api::wire::{Nothing, PlanExportRequest, PlanImportRequest};
use std::path::PathBuf;
use std::process::ExitCode;

/// Plans as readable text.
#[derive(Args)]
pub struct PlanArguments {
    #[command(subcommand)]
    command: PlanCommand,
}

#[derive(Subcommand)]
enum PlanCommand {
    /// Prints a plan with its billing tests, as TOML; with --out, writes it into a file.
    Export {
        /// Name of the plan.
        name: String,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Reads plans into drafts of the plans of their names; nothing is published.
    Import {
        /// TOML or JSON.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
}

pub fn run(places: &Places, arguments: &PlanArguments) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        match &arguments.command {
            PlanCommand::Export { name, out } => {
                let plans = app.plan_list(Nothing {}).await?.plans;
                let plan = plans.into_iter().find(|plan| plan.name == *name);
                let plan =
                    plan.ok_or_else(|| Failure::plain(format!("no plan is called {name}")))?;
                let request = PlanExportRequest {
                    id: plan.id,
                    path: out.as_ref().map(|path| path.display().to_string()),
                };
                let reply = app.plan_export(request).await?;
                match (out, places.json) {
                    (Some(path), _) => println!("{}", path.display()),
                    (None, true) => println!(
                        "{}",
                        serde_json::to_string(&reply).map_err(|e| Failure::plain(e.to_string()))?
                    ),
                    (None, false) => print!("{}", reply.text),
                }
            }
            PlanCommand::Import { files } => {
                for file in files {
                    let request = PlanImportRequest {
                        path: file.display().to_string(),
                    };
                    let reply = app.plan_import(request).await?;
                    if places.json {
                        let line = serde_json::to_string(&reply);
                        println!("{}", line.map_err(|e| Failure::plain(e.to_string()))?);
                    } else {
                        let kind = if reply.is_new { "new plan" } else { "draft of" };
                        println!("{}: {kind} {}", file.display(), reply.name);
                    }
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
