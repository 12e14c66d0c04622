//! A small language for prices and quantities that are computed: numbers, `+ - * /`, `min`, `max`,
//! `round(value, step)`, names and `row(name)`.
//!
//! It is exact: values are fractions, and only the result becomes a decimal, or a fault when it is
//! none within the places allowed. What a name stands for is its caller's business. Any text is
//! either a formula or a fault with a position; limits on length and depth keep both small.

mod evaluate;
mod parse;
mod show;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Most characters of a formula's text.
pub const MOST_CHARACTERS: usize = 1_000;
/// Most parentheses, functions and signs inside each other.
pub const MOST_DEPTH: usize = 48;

/// A formula as read. It is shown in one canonical way, which reads back as the same formula.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Formula {
    root: Node,
}

/// What a formula asks its caller for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Term<'a> {
    /// A name: `cost`.
    Name(&'a str),
    /// A reference to another row or column: `row(input)` asks for `input`.
    Row(&'a str),
}

/// What is wrong with a formula, and where.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, thiserror::Error,
)]
#[error("{code} at {at}")]
pub struct FormulaFault {
    /// Characters before the place, in the text as it was given; in a computed fault, in the text
    /// that was read.
    pub at: usize,
    /// What is wrong.
    pub code: FormulaCode,
    /// The word or number that it is about, where there is one.
    pub word: String,
}

/// What can be wrong with a formula.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormulaCode {
    /// There is nothing.
    Empty,
    /// More than [`MOST_CHARACTERS`].
    TooLong,
    /// Deeper than [`MOST_DEPTH`].
    TooDeep,
    /// A character that no formula has.
    UnexpectedCharacter,
    /// A number, a name or a parenthesis should stand here.
    ExpectedValue,
    /// A parenthesis is not closed, or something stands where it should be closed.
    ExpectedClosing,
    /// The formula is over, but there is more.
    ExpectedEnd,
    /// No such function.
    UnknownFunction,
    /// The function takes another number of values.
    WrongArguments,
    /// `row` takes one name.
    ExpectedName,
    /// A number with more digits than can be held.
    BadNumber,
    /// The name stands for nothing here.
    UnknownName,
    /// The name stands for something that is not known: a price without a provider price.
    NotKnown,
    /// The formula needs its own result.
    Loop,
    /// Divided by zero.
    DivisionByZero,
    /// `round` to a step that is not above zero.
    StepNotPositive,
    /// A number that cannot be held.
    TooBig,
    /// The result has no end within the places allowed: `round(…, 0.0001)` gives it one.
    NotFinite,
    /// A price below zero.
    Negative,
}

/// A part of a formula. Where it stood does not matter for being the same.
#[derive(Clone, Debug)]
struct Node {
    at: usize,
    kind: Kind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    Number(Decimal),
    Name(String),
    Row(String),
    Negative(Box<Node>),
    Two(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Function {
    Min,
    Max,
    Round,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Node {}

impl Formula {
    /// Reads a formula; a leading `=` is allowed. Numbers have a point.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn parse(text: &str) -> Result<Self, FormulaFault> {
        parse::formula(text)
    }

    /// The names it uses, each once, in the order of their first use.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let terms = self.terms().into_iter().filter_map(|term| match term {
            Term::Name(name) => Some(name),
            Term::Row(_) => None,
        });
        terms.collect()
    }

    /// What its `row(…)` refer to, each once, in the order of their first use.
    #[must_use]
    pub fn references(&self) -> Vec<&str> {
        let terms = self.terms().into_iter().filter_map(|term| match term {
            Term::Name(_) => None,
            Term::Row(name) => Some(name),
        });
        terms.collect()
    }

    /// All that it asks for, each once, in the order of their first use.
    #[must_use]
    pub fn terms(&self) -> Vec<Term<'_>> {
        let mut found = Vec::new();
        self.root.visit(&mut |node| {
            let term = match &node.kind {
                Kind::Name(name) => Term::Name(name),
                Kind::Row(name) => Term::Row(name),
                Kind::Number(_) | Kind::Negative(_) | Kind::Two(..) | Kind::Call(..) => return,
            };
            if !found.contains(&term) {
                found.push(term);
            }
        });
        found
    }

    /// Whether every division stands inside a `round`, so that no value lacks an end.
    #[must_use]
    pub fn rounds_quotients(&self) -> bool {
        self.root.rounds_quotients()
    }

    /// The same formula with a name replaced by what it stands for now.
    #[must_use]
    pub fn with_value(mut self, name: &str, value: Decimal) -> Self {
        self.root.put(name, value.normalize());
        self
    }

    /// The value, with at most `places` decimal places. `lookup` gives what names stand for.
    ///
    /// # Errors
    /// What `lookup` says, or what is wrong with the numbers, with its place.
    pub fn evaluate(
        &self,
        places: u32,
        lookup: &mut dyn FnMut(Term<'_>) -> Result<Decimal, FormulaCode>,
    ) -> Result<Decimal, FormulaFault> {
        evaluate::value(&self.root, places, lookup)
    }
}

impl Node {
    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Node)) {
        see(self);
        match &self.kind {
            Kind::Number(_) | Kind::Name(_) | Kind::Row(_) => {}
            Kind::Negative(inner) => inner.visit(see),
            Kind::Two(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Kind::Call(_, values) => values.iter().for_each(|value| value.visit(see)),
        }
    }

    fn rounds_quotients(&self) -> bool {
        match &self.kind {
            Kind::Number(_) | Kind::Name(_) | Kind::Row(_) => true,
            Kind::Negative(inner) => inner.rounds_quotients(),
            Kind::Two(Operator::Over, ..) => false,
            Kind::Two(Operator::Plus | Operator::Minus | Operator::Times, left, right) => {
                left.rounds_quotients() && right.rounds_quotients()
            }
            Kind::Call(Function::Round, _) => true,
            Kind::Call(Function::Min | Function::Max, values) => {
                values.iter().all(Self::rounds_quotients)
            }
        }
    }

    fn put(&mut self, name: &str, value: Decimal) {
        match &mut self.kind {
            Kind::Name(known) if known == name => {
                let number = Kind::Number(value.abs());
                self.kind = if value.is_sign_negative() && !value.is_zero() {
                    let at = self.at;
                    Kind::Negative(Box::new(Self { at, kind: number }))
                } else {
                    number
                };
            }
            Kind::Number(_) | Kind::Name(_) | Kind::Row(_) => {}
            Kind::Negative(inner) => inner.put(name, value),
            Kind::Two(_, left, right) => {
                left.put(name, value);
                right.put(name, value);
            }
            Kind::Call(_, values) => values.iter_mut().for_each(|each| each.put(name, value)),
        }
    }
}

impl Function {
    const ALL: [Self; 3] = [Self::Min, Self::Max, Self::Round];

    fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Round => "round",
        }
    }
}

impl FormulaCode {
    /// The stable word, for which the window has the sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::UnexpectedCharacter => "unexpected_character",
            Self::ExpectedValue => "expected_value",
            Self::ExpectedClosing => "expected_closing",
            Self::ExpectedEnd => "expected_end",
            Self::UnknownFunction => "unknown_function",
            Self::WrongArguments => "wrong_arguments",
            Self::ExpectedName => "expected_name",
            Self::BadNumber => "bad_number",
            Self::UnknownName => "unknown_name",
            Self::NotKnown => "not_known",
            Self::Loop => "loop",
            Self::DivisionByZero => "division_by_zero",
            Self::StepNotPositive => "step_not_positive",
            Self::TooBig => "too_big",
            Self::NotFinite => "not_finite",
            Self::Negative => "negative",
        }
    }
}

impl fmt::Display for FormulaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Formula {
    type Err = FormulaFault;
    fn from_str(text: &str) -> Result<Self, FormulaFault> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Formula {
    type Error = FormulaFault;
    fn try_from(text: String) -> Result<Self, FormulaFault> {
        Self::parse(&text)
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.to_string()
    }
}
