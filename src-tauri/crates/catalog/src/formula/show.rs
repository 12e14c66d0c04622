//! The one canonical text of a formula: as few parentheses as reading it back allows.

use super::{Formula, Kind, Node, Operator};
use std::fmt;

/// How tightly a part binds; a part that binds less than its place asks for gets parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Signed,
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.root, Binding::Sum, f)
    }
}

fn show(node: &Node, place: Binding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &node.kind {
        Kind::Number(value) => write!(f, "{value}"),
        Kind::Name(name) => f.write_str(name),
        Kind::Row(name) => write!(f, "row({name})"),
        Kind::Negative(inner) => {
            f.write_str("-")?;
            show(inner, Binding::Signed, f)
        }
        Kind::Two(operator, left, right) => {
            let (sign, binding, tighter) = match operator {
                Operator::Plus => ("+", Binding::Sum, Binding::Product),
                Operator::Minus => ("-", Binding::Sum, Binding::Product),
                Operator::Times => ("*", Binding::Product, Binding::Signed),
                Operator::Over => ("/", Binding::Product, Binding::Signed),
            };
            if binding < place {
                f.write_str("(")?;
            }
            show(left, binding, f)?;
            write!(f, " {sign} ")?;
            show(right, tighter, f)?;
            if binding < place {
                f.write_str(")")?;
            }
            Ok(())
        }
        Kind::Call(function, values) => {
            write!(f, "{}(", function.name())?;
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    f.write_str(", ")?;
                }
                show(value, Binding::Sum, f)?;
            }
            f.write_str(")")
        }
    }
}
