use crate::error::{ApiError, ApiResult};
use crate::wire::DecimalString;
use chrono::Datelike;
use ratebook_catalog::Issue;
use ratebook_money::{Currency, Date, Factor, MoneyError, Zone, parse_decimal};
use rust_decimal::Decimal;

/// Reads fields of a request and collects what is wrong with them.
#[derive(Default)]
pub(crate) struct Reader {
    issues: Vec<Issue>,
}

impl Reader {
    /// Notes a fault.
    pub fn fault(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Notes faults that a check of the catalog found.
    pub fn faults(&mut self, issues: Vec<Issue>) {
        let before = self.issues.len();
        for issue in issues {
            // A list whose entries could not be read is not empty.
            let entry = format!("{}[", issue.path);
            let is_known = |i: &Issue| i.path == issue.path || i.path.starts_with(&entry);
            let known = self.issues.iter().take(before).any(is_known);
            if !known {
                self.issues.push(issue);
            }
        }
    }

    /// The value when nothing was wrong, every fault otherwise.
    pub fn done<T>(self, value: T) -> ApiResult<T> {
        if self.issues.is_empty() {
            Ok(value)
        } else {
            Err(ApiError::invalid(self.issues))
        }
    }

    /// A decimal; zero stands in for a faulty one until `done` refuses the whole.
    pub fn decimal(&mut self, path: &str, text: &DecimalString) -> Decimal {
        self.keep(path, parse_decimal(text.0.trim()))
            .unwrap_or(Decimal::ZERO)
    }

    /// A decimal that may be absent or empty.
    pub fn optional_decimal(
        &mut self,
        path: &str,
        text: Option<&DecimalString>,
    ) -> Option<Decimal> {
        let text = text.filter(|text| !text.0.trim().is_empty())?;
        Some(self.decimal(path, text))
    }

    /// A factor such as a tax rate or an exchange rate.
    pub fn factor(&mut self, path: &str, text: &DecimalString) -> Factor {
        self.keep(path, Factor::parse(text.0.trim()))
            .unwrap_or(Factor::ONE)
    }

    /// A currency code.
    pub fn currency(&mut self, path: &str, code: &str) -> Option<Currency> {
        self.keep(path, Currency::parse(code.trim()))
    }

    /// An IANA zone.
    pub fn zone(&mut self, path: &str, name: &str) -> Zone {
        match Zone::parse(name.trim()) {
            Ok(zone) => zone,
            Err(_) => {
                self.fault(Issue::new(path, "unknown_zone").with("value", name));
                Zone::UTC
            }
        }
    }

    /// A day, `YYYY-MM-DD`.
    pub fn date(&mut self, path: &str, text: &str) -> Option<Date> {
        match text.trim().parse::<Date>() {
            Ok(date) => Some(date),
            Err(_) => {
                self.fault(Issue::new(path, "not_a_date").with("value", text));
                None
            }
        }
    }

    /// A day that may be absent or empty.
    pub fn optional_date(&mut self, path: &str, text: Option<&str>) -> Option<Date> {
        let text = text.filter(|text| !text.trim().is_empty())?;
        self.date(path, text)
    }

    /// A currency code that may be absent or empty.
    pub fn optional_currency(&mut self, path: &str, code: Option<&str>) -> Option<Currency> {
        let code = code.filter(|code| !code.trim().is_empty())?;
        self.currency(path, code)
    }

    /// A day from which a price holds, `YYYY-MM-DD`: before 2000 none is meant, there were no
    /// models. What is typed for 2026 passes the years 2, 20 and 202.
    pub fn price_day(&mut self, path: &str, text: &str) -> Option<Date> {
        let day = self.date(path, text)?;
        if day.year() < 2000 {
            self.fault(Issue::new(path, "before_prices").with("value", text));
            return None;
        }
        Some(day)
    }

    /// Notes the fault of a failed reading at its field.
    pub fn keep<T>(&mut self, path: &str, result: Result<T, MoneyError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(money_issue(path, &error));
                None
            }
        }
    }
}

fn money_issue(path: &str, error: &MoneyError) -> Issue {
    match error {
        MoneyError::NotANumber(value) => {
            let code = if value.trim().is_empty() {
                "required"
            } else {
                "not_a_number"
            };
            Issue::new(path, code).with("value", value)
        }
        MoneyError::TooPrecise { value, places } => Issue::new(path, "too_precise")
            .with("value", value)
            .with("places", places),
        MoneyError::Negative(value) => Issue::new(path, "negative").with("value", value),
        MoneyError::UnknownCurrency(value) => {
            Issue::new(path, "unknown_currency").with("value", value)
        }
        MoneyError::NotATime(value) => Issue::new(path, "not_a_date").with("value", value),
        MoneyError::NotAnId(value) => Issue::new(path, "not_an_id").with("value", value),
        MoneyError::Overflow | MoneyError::DivisionByZero | MoneyError::CurrencyMismatch { .. } => {
            Issue::new(path, "too_large")
        }
    }
}
