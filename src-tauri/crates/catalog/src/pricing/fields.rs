use crate::Issue;
use crate::json::Json;
use ratebook_money::{MoneyError, parse_decimal};
use rust_decimal::Decimal;

/// The fields of one object, each read at most once. What is wrong is written down with its path,
/// and reading goes on, so that all faults are found at once. `null` stands for an absent field.
pub struct Fields<'j> {
    members: &'j [(std::borrow::Cow<'j, str>, Json<'j>)],
    path: String,
    known: Vec<&'static str>,
}

/// What a number must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// Zero or more, at most 24 places.
    Money,
    /// Zero or more, at most 12 places.
    Quantity,
    /// At most 12 places; below zero for corrections.
    Correction,
    /// Above zero, at most 12 places.
    Divisor,
    /// 0 to 100, at most 10 places.
    Discount,
    /// Zero or more, at most 10 places.
    Percent,
    /// −100 or more, at most 10 places.
    Markup,
}

impl<'j> Fields<'j> {
    /// The fields of `json` at `path`; nothing when it is no object.
    pub fn of(json: &'j Json<'j>, path: &str, issues: &mut Vec<Issue>) -> Option<Self> {
        let Json::Object(members) = json else {
            issues.push(Issue::new(path, "not_an_object"));
            return None;
        };
        Some(Self {
            members,
            path: path.to_owned(),
            known: Vec::new(),
        })
    }

    /// The path of a field.
    #[must_use]
    pub fn at(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The path of the object.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names of all fields, known or not.
    pub fn names(&self) -> impl Iterator<Item = &'j str> + use<'j> {
        self.members.iter().map(|(name, _)| name.as_ref())
    }

    /// A field; nothing when it is absent or null.
    pub fn get(&mut self, key: &'static str) -> Option<&'j Json<'j>> {
        self.known.push(key);
        self.peek(key)
    }

    /// A field that this reader need not know.
    #[must_use]
    pub fn peek(&self, key: &str) -> Option<&'j Json<'j>> {
        let found = self.members.iter().find(|(name, _)| name == key);
        found
            .map(|(_, value)| value)
            .filter(|value| **value != Json::Null)
    }

    /// A number that may be absent.
    pub fn number(
        &mut self,
        key: &'static str,
        kind: Number,
        issues: &mut Vec<Issue>,
    ) -> Option<Decimal> {
        let value = self.get(key)?;
        number(value, &self.at(key), kind, issues)
    }

    /// A number that must be there; zero stands in for one that is not, beside its fault.
    pub fn required(
        &mut self,
        key: &'static str,
        kind: Number,
        issues: &mut Vec<Issue>,
    ) -> Decimal {
        match self.get(key) {
            Some(value) => number(value, &self.at(key), kind, issues).unwrap_or(Decimal::ZERO),
            None => {
                issues.push(Issue::new(self.at(key), "required"));
                Decimal::ZERO
            }
        }
    }

    /// A whole number, zero or more, that may be absent.
    pub fn count(&mut self, key: &'static str, issues: &mut Vec<Issue>) -> Option<u64> {
        let value = self.number(key, Number::Quantity, issues)?;
        if value.scale() > 0 {
            issues.push(Issue::new(self.at(key), "not_whole").with("value", value));
            return None;
        }
        let count = u64::try_from(value.mantissa()).ok();
        if count.is_none() {
            issues.push(Issue::new(self.at(key), "too_large").with("value", value));
        }
        count
    }

    /// `true` or `false`; `absent` when it is not there.
    pub fn flag(&mut self, key: &'static str, absent: bool, issues: &mut Vec<Issue>) -> bool {
        match self.get(key) {
            None => absent,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => {
                issues.push(Issue::new(self.at(key), "not_true_or_false"));
                absent
            }
        }
    }

    /// One of several words; nothing when absent or, with its fault, another word.
    pub fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        issues: &mut Vec<Issue>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let found = words.iter().find(|(word, _)| value.text() == Some(word));
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let issue = Issue::new(self.at(key), "unknown_word").with("known", known.join(", "));
            issues.push(issue.with("value", value.text().unwrap_or("")));
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// The elements of a list with at least one; an empty list, with its fault, otherwise.
    pub fn list(&mut self, key: &'static str, issues: &mut Vec<Issue>) -> &'j [Json<'j>] {
        match self.get(key) {
            Some(Json::List(list)) if !list.is_empty() => list,
            Some(Json::List(_)) | None => {
                issues.push(Issue::new(self.at(key), "required"));
                &[]
            }
            Some(_) => {
                issues.push(Issue::new(self.at(key), "not_a_list"));
                &[]
            }
        }
    }

    /// Names the fields that nobody asked for, and those that stand twice.
    pub fn finish(self, issues: &mut Vec<Issue>) {
        for (index, (name, _)) in self.members.iter().enumerate() {
            let before = self.members.iter().take(index);
            if before.into_iter().any(|(other, _)| other == name) {
                issues.push(Issue::new(self.at(name), "duplicate"));
            } else if !self.known.contains(&name.as_ref()) {
                let issue = Issue::new(self.at(name), "unknown_field");
                issues.push(issue.with("known", self.known.join(", ")));
            }
        }
    }
}

/// A number of one kind; nothing, with its fault, when it is none.
pub fn number(value: &Json, path: &str, kind: Number, issues: &mut Vec<Issue>) -> Option<Decimal> {
    let places = kind.places();
    let Some(text) = value.number() else {
        issues.push(Issue::new(path, "not_a_number"));
        return None;
    };
    let fault = |code: &str| {
        let shown: String = text.chars().take(60).collect();
        Issue::new(path, code).with("value", shown)
    };
    let value = match parse_decimal(text) {
        Ok(value) => value.normalize(),
        Err(MoneyError::TooPrecise { .. }) => {
            issues.push(fault("too_precise").with("places", places));
            return None;
        }
        Err(MoneyError::Overflow) => {
            issues.push(fault("too_large"));
            return None;
        }
        Err(_) => {
            issues.push(fault("not_a_number"));
            return None;
        }
    };
    let before = issues.len();
    if value.scale() > places {
        issues.push(fault("too_precise").with("places", places));
    }
    if value < kind.least() {
        let code = if kind == Number::Markup {
            "too_small"
        } else {
            "negative"
        };
        issues.push(fault(code).with("least", kind.least()));
    } else if value.is_zero() && kind == Number::Divisor {
        issues.push(fault("not_above_zero"));
    } else if value > kind.most() {
        issues.push(fault("too_large").with("most", kind.most()));
    }
    (issues.len() == before).then_some(value)
}

impl Number {
    /// A price times a quantity must fit 24 places; a percentage is a factor with two more.
    fn places(self) -> u32 {
        match self {
            Self::Money => 24,
            Self::Quantity | Self::Correction | Self::Divisor => 12,
            Self::Discount | Self::Percent | Self::Markup => 10,
        }
    }

    fn least(self) -> Decimal {
        match self {
            Self::Money | Self::Quantity | Self::Divisor | Self::Discount | Self::Percent => {
                Decimal::ZERO
            }
            Self::Correction => Decimal::MIN,
            Self::Markup => -Decimal::ONE_HUNDRED,
        }
    }

    fn most(self) -> Decimal {
        match self {
            Self::Discount => Decimal::ONE_HUNDRED,
            // Quantities and amounts are held as whole numbers of 128 bits; what is larger than
            // this is no quantity of anything.
            Self::Quantity | Self::Correction | Self::Divisor => Decimal::from(LARGEST_QUANTITY),
            Self::Money | Self::Percent | Self::Markup => Decimal::from(LARGEST_AMOUNT),
        }
    }
}

/// 10²⁴ units.
const LARGEST_QUANTITY: i128 = 1_000_000_000_000_000_000_000_000;

/// The largest amount that fits an `Amount` is 1.7 × 10¹⁴ units of currency.
const LARGEST_AMOUNT: i128 = 100_000_000_000_000;

pub(super) fn join(path: &str, field: &str) -> String {
    if path.is_empty() {
        field.to_owned()
    } else {
        format!("{path}.{field}")
    }
}
