use crate::app::App;
use crate::convert::{write_charge, write_terms};
use crate::error::{ApiError, ApiResult};
use crate::plan_text;
use crate::use_cases::books::file_error;
use crate::use_cases::plan_tests::{run, write_test};
use crate::wire::{
    Count, PlanExportReply, PlanExportRequest, PlanImportReply, PlanImportRequest, PlanSaveRequest,
    PlanTestResult,
};
use ratebook_catalog::{Plan, PlanId, PlanTest, PlanVersion};
use ratebook_store::{SqliteConnection, meters, plans};
use std::path::Path;

/// A plan is some kilobytes.
const LARGEST: u64 = 4 << 20;

/// A billing test that was run against the newest version of its plan.
pub struct TestedPlan {
    /// Name of the plan.
    pub plan: String,
    /// Number of the version, which may be the draft.
    pub version: u32,
    /// The test.
    pub test: PlanTest,
    /// How it went.
    pub result: PlanTestResult,
}

impl App {
    /// Writes the newest version of a plan, the draft if there is one, with its tests.
    pub async fn plan_export(&self, request: PlanExportRequest) -> ApiResult<PlanExportReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let id =
            PlanId::parse(&request.id).map_err(|_| ApiError::not_found("plan", &request.id))?;
        let (plan, version) = newest(&mut read)
            .await?
            .into_iter()
            .find(|(plan, _)| plan.id == id)
            .ok_or_else(|| ApiError::not_found("plan", &request.id))?;
        let tests = plans::tests(&mut read, id).await?;
        let tests: Vec<_> = tests.iter().map(write_test).collect();
        let meters = meters::list(&mut read).await?;
        let text = plan_text::write(&as_request(&plan, &version), &tests, &meters)?;
        if let Some(path) = &request.path {
            let path = Path::new(path);
            std::fs::write(path, &text).map_err(|error| file_error(path, &error))?;
        }
        Ok(PlanExportReply {
            file_name: file_name(&plan.name),
            text,
        })
    }

    /// Reads a plan from a file into the draft of the plan of its name, or of a new one. Nothing is
    /// published.
    pub async fn plan_import(&self, request: PlanImportRequest) -> ApiResult<PlanImportReply> {
        let path = Path::new(&request.path);
        let named = |error: ApiError| error.with("file", &request.path);
        let size = std::fs::metadata(path).map_err(|error| file_error(path, &error))?;
        if size.len() > LARGEST {
            return Err(ApiError::refused("too_large").with("path", &request.path));
        }
        let text = std::fs::read_to_string(path).map_err(|error| file_error(path, &error))?;
        let open = self.book().await?;
        let mut read = open.read().await?;
        let meters = meters::list(&mut read).await?;
        let file = plan_text::read(&text, &meters).map_err(named)?;
        let known = plans::list(&mut read).await?;
        drop(read);
        let known = known
            .into_iter()
            .find(|plan| plan.name == file.request.name.trim());
        let is_new = known.is_none();
        let request = PlanSaveRequest {
            id: known.map(|plan| plan.id.to_string()).unwrap_or_default(),
            ..file.request
        };
        let (name, tests) = (request.name.trim().to_owned(), file.tests);
        let count = Count(u64::try_from(tests.len()).unwrap_or(u64::MAX));
        let placed = |error| named(file.lines.place(error));
        let saved = self.plan_save_with(request, Some(tests), file.faults);
        let saved = saved.await;
        let saved = saved.map_err(placed)?;
        Ok(PlanImportReply {
            id: saved.id,
            name,
            is_new,
            tests: count,
        })
    }

    /// Runs the billing tests of all plans that are not archived, each against the newest version.
    ///
    /// # Errors
    /// When no book is open or it cannot be read.
    pub async fn plan_tests(&self) -> ApiResult<Vec<TestedPlan>> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let mut tested = Vec::new();
        for (plan, version) in newest(&mut read).await? {
            if plan.archived {
                continue;
            }
            for test in plans::tests(&mut read, plan.id).await? {
                tested.push(TestedPlan {
                    plan: plan.name.clone(),
                    version: version.number,
                    result: run(&test, &version.terms.charges),
                    test,
                });
            }
        }
        Ok(tested)
    }
}

/// Each plan with its newest version.
async fn newest(read: &mut SqliteConnection) -> ApiResult<Vec<(Plan, PlanVersion)>> {
    let versions = plans::versions(read).await?;
    let plans = plans::list(read).await?.into_iter();
    let found = plans.filter_map(|plan| {
        let own = versions.iter().filter(|version| version.plan == plan.id);
        let newest = own.max_by_key(|version| version.number)?;
        Some((plan, newest.clone()))
    });
    Ok(found.collect())
}

fn as_request(plan: &Plan, version: &PlanVersion) -> PlanSaveRequest {
    PlanSaveRequest {
        id: plan.id.to_string(),
        name: plan.name.clone(),
        description: plan.description.clone(),
        archived: plan.archived,
        currency: version.terms.currency.to_string(),
        charges: Some(version.terms.charges.iter().map(write_charge).collect()),
        terms: Some(write_terms(&version.terms)),
    }
}

/// A name that every file system takes.
fn file_name(plan: &str) -> String {
    let plain = plan.chars().map(|letter| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    });
    let plain: String = plain.collect();
    format!("{}.plan.toml", plain.trim_matches('-').to_lowercase())
}
