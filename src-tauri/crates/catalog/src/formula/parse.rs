//! Text to formula, by recursive descent with a limit on the depth.

use super::{Formula, FormulaCode, FormulaFault, Function, Kind, Node, Operator};
use super::{MOST_CHARACTERS, MOST_DEPTH};
use ratebook_money::parse_decimal;
use rust_decimal::Decimal;
use std::iter::Peekable;
use std::str::Chars;

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    /// Characters read.
    at: usize,
    depth: usize,
}

pub(super) fn formula(text: &str) -> Result<Formula, FormulaFault> {
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return Err(FormulaFault {
            at: MOST_CHARACTERS,
            code: FormulaCode::TooLong,
            word: MOST_CHARACTERS.to_string(),
        });
    }
    let mut parser = Parser {
        rest: text.chars().peekable(),
        at: 0,
        depth: 0,
    };
    if parser.next_is('=') {
        parser.take();
    }
    if parser.peek().is_none() {
        return Err(parser.fault(FormulaCode::Empty, ""));
    }
    let root = parser.sum()?;
    match parser.peek() {
        None => Ok(Formula { root }),
        Some(more) => Err(parser.fault(FormulaCode::ExpectedEnd, more)),
    }
}

impl Parser<'_> {
    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {
            self.at = self.at.saturating_add(1);
        }
        self.rest.peek().copied()
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.peek() == Some(wanted)
    }

    fn take(&mut self) {
        if self.rest.next().is_some() {
            self.at = self.at.saturating_add(1);
        }
    }

    fn while_in(&mut self, is_in: impl Fn(char) -> bool) -> String {
        let mut word = String::new();
        while let Some(c) = self.rest.next_if(|c| is_in(*c)) {
            self.at = self.at.saturating_add(1);
            word.push(c);
        }
        word
    }

    fn fault(&self, code: FormulaCode, word: impl ToString) -> FormulaFault {
        fault(self.at, code, word)
    }

    fn sum(&mut self) -> Result<Node, FormulaFault> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Plus,
                Some('-') => Operator::Minus,
                _ => return Ok(left),
            };
            let at = self.at;
            self.take();
            left = two(at, operator, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Node, FormulaFault> {
        let mut left = self.signed()?;
        loop {
            let operator = match self.peek() {
                Some('*') => Operator::Times,
                Some('/') => Operator::Over,
                _ => return Ok(left),
            };
            let at = self.at;
            self.take();
            left = two(at, operator, left, self.signed()?);
        }
    }

    fn signed(&mut self) -> Result<Node, FormulaFault> {
        if !self.next_is('-') {
            return self.value();
        }
        let at = self.at;
        self.take();
        let inner = self.deeper(Self::signed)?;
        let kind = Kind::Negative(Box::new(inner));
        Ok(Node { at, kind })
    }

    /// Reads something that stands inside something else.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, FormulaFault>,
    ) -> Result<T, FormulaFault> {
        if self.depth >= MOST_DEPTH {
            return Err(self.fault(FormulaCode::TooDeep, MOST_DEPTH));
        }
        self.depth = self.depth.saturating_add(1);
        let inner = read(self);
        self.depth = self.depth.saturating_sub(1);
        inner
    }

    fn value(&mut self) -> Result<Node, FormulaFault> {
        let next = self.peek();
        let at = self.at;
        let kind = match next {
            None => return Err(self.fault(FormulaCode::ExpectedValue, "")),
            Some('(') => {
                self.take();
                let inner = self.deeper(Self::sum)?;
                self.close()?;
                return Ok(inner);
            }
            Some(c) if c.is_ascii_digit() || c == '.' => Kind::Number(self.number()?),
            Some(c) if begins_name(c) => {
                let name = self.while_in(is_in_name);
                if self.next_is('(') {
                    return self.call(at, name);
                }
                Kind::Name(name)
            }
            Some(c @ ('+' | '*' | '/' | ')' | ',' | '=')) => {
                return Err(self.fault(FormulaCode::ExpectedValue, c));
            }
            Some(c) => return Err(self.fault(FormulaCode::UnexpectedCharacter, c)),
        };
        Ok(Node { at, kind })
    }

    fn number(&mut self) -> Result<Decimal, FormulaFault> {
        let at = self.at;
        let digits = self.while_in(|c| c.is_ascii_digit() || c == '.');
        match parse_decimal(&digits) {
            Ok(value) => Ok(value.normalize()),
            Err(_) => Err(fault(at, FormulaCode::BadNumber, digits)),
        }
    }

    fn call(&mut self, at: usize, name: String) -> Result<Node, FormulaFault> {
        self.take();
        if name == "row" {
            let row = match self.peek() {
                Some(c) if begins_name(c) => self.while_in(is_in_name),
                _ => return Err(self.fault(FormulaCode::ExpectedName, "")),
            };
            self.close()?;
            let kind = Kind::Row(row);
            return Ok(Node { at, kind });
        }
        let known = Function::ALL.into_iter().find(|each| each.name() == name);
        let Some(function) = known else {
            return Err(fault(at, FormulaCode::UnknownFunction, name));
        };
        let values = self.deeper(Self::values)?;
        let fits = match function {
            Function::Min | Function::Max => !values.is_empty(),
            Function::Round => values.len() == 2,
        };
        if !fits {
            return Err(fault(at, FormulaCode::WrongArguments, name));
        }
        let kind = Kind::Call(function, values);
        Ok(Node { at, kind })
    }

    fn values(&mut self) -> Result<Vec<Node>, FormulaFault> {
        let mut values = Vec::new();
        if self.next_is(')') {
            self.take();
            return Ok(values);
        }
        loop {
            values.push(self.sum()?);
            if self.next_is(',') {
                self.take();
            } else {
                self.close()?;
                return Ok(values);
            }
        }
    }

    fn close(&mut self) -> Result<(), FormulaFault> {
        match self.peek() {
            Some(')') => {
                self.take();
                Ok(())
            }
            Some(c) => Err(self.fault(FormulaCode::ExpectedClosing, c)),
            None => Err(self.fault(FormulaCode::ExpectedClosing, "")),
        }
    }
}

fn two(at: usize, operator: Operator, left: Node, right: Node) -> Node {
    let kind = Kind::Two(operator, Box::new(left), Box::new(right));
    Node { at, kind }
}

fn fault(at: usize, code: FormulaCode, word: impl ToString) -> FormulaFault {
    let word = word.to_string();
    FormulaFault { at, code, word }
}

fn begins_name(c: char) -> bool {
    c.is_ascii_lowercase() || c == '_'
}

fn is_in_name(c: char) -> bool {
    begins_name(c) || c.is_ascii_digit() || c == ':' || c == '.'
}
