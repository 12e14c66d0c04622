use crate::failure::Failure;
use crate::output::{money, runtime};
use crate::places::Places;
use ratebook_api::TestedPlan;
use ratebook_api::wire::MoneyText;
use std::process::ExitCode;

/// Runs the billing tests of all plans. Ends with an error when one does not come to its amount.
pub fn run(places: &Places) -> Result<ExitCode, Failure> {
    runtime()?.block_on(async {
        let app = places.need_book().await?;
        let tested = app.plan_tests().await?;
        let failed = tested.iter().filter(|test| !test.result.passed).count();
        if places.json {
            for test in &tested {
                println!("{}", line(test));
            }
        } else {
            for test in &tested {
                println!("{}", words(test));
            }
            println!(
                "{} passed, {failed} failed",
                tested.len().saturating_sub(failed)
            );
        }
        Ok(if failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    })
}

fn line(test: &TestedPlan) -> serde_json::Value {
    serde_json::json!({
        "plan": test.plan,
        "version": test.version,
        "test": test.test.name,
        "charge": test.test.charge,
        "quantity": test.test.quantity.to_string(),
        "usage": test.test.usage,
        "expected": test.test.amount.number(),
        "amount": test.result.amount.as_ref().map(|amount| &amount.amount.0),
        "currency": test.test.amount.currency().to_string(),
        "fault": test.result.fault,
        "passed": test.result.passed,
    })
}

fn words(test: &TestedPlan) -> String {
    let mark = if test.result.passed { "ok  " } else { "FAIL" };
    let expected = money(&MoneyText::from(test.test.amount));
    let came_to = match (&test.result.amount, &test.result.fault) {
        (Some(_), _) if test.result.passed => String::new(),
        (Some(amount), _) => format!(", is {}", money(amount)),
        (None, fault) => match fault.as_deref() {
            Some("no_charge") => format!(", the plan has no charge {}", test.test.charge),
            Some("needs_usage") => ", its amount depends on more than a quantity".to_owned(),
            Some("faulty_usage") => ", the price has no amount for this usage".to_owned(),
            _ => ", the amount does not fit".to_owned(),
        },
    };
    let (plan, version, name) = (&test.plan, test.version, &test.test.name);
    let (charge, quantity) = (&test.test.charge, test.test.quantity.to_string());
    let quantity = test.test.usage.as_ref().unwrap_or(&quantity);
    format!("{mark} {plan} v{version}: {name}: {charge} × {quantity} = {expected}{came_to}")
}
