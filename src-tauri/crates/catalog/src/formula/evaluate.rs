//! The value of a formula, in fractions. Most prices fit fractions of 128 bits; what does not is
//! computed again in longer numbers, up to a limit.

use super::{FormulaCode, FormulaFault, Function, Kind, Node, Operator, Term};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Most bits of a numerator or denominator.
const MOST_BITS: u64 = 2_048;

/// A whole number that fractions are made of.
trait Whole:
    Integer
    + Signed
    + Clone
    + CheckedAdd
    + CheckedSub
    + CheckedMul
    + CheckedDiv
    + From<i128>
    + ToPrimitive
{
    /// Whether it is small enough to go on with.
    fn is_held(&self) -> bool;
}

impl Whole for i128 {
    fn is_held(&self) -> bool {
        true
    }
}

impl Whole for BigInt {
    fn is_held(&self) -> bool {
        self.bits() <= MOST_BITS
    }
}

type Lookup<'a> = &'a mut dyn FnMut(Term<'_>) -> Result<Decimal, FormulaCode>;

pub(super) fn value(node: &Node, places: u32, lookup: Lookup) -> Result<Decimal, FormulaFault> {
    let short = of::<i128>(node, lookup).and_then(|value| decimal(&value, places, node));
    match short {
        Err(FormulaFault {
            code: FormulaCode::TooBig,
            ..
        }) => decimal(&of::<BigInt>(node, lookup)?, places, node),
        Ok(_) | Err(_) => short,
    }
}

fn of<T: Whole>(node: &Node, lookup: Lookup) -> Result<Ratio<T>, FormulaFault> {
    match &node.kind {
        Kind::Number(number) => fraction(*number, node),
        Kind::Name(name) => asked(Term::Name(name), name, node, lookup),
        Kind::Row(name) => asked(Term::Row(name), name, node, lookup),
        Kind::Negative(inner) => {
            let inner = of::<T>(inner, lookup)?;
            held(Ratio::zero().checked_sub(&inner), node)
        }
        Kind::Two(operator, left, right) => {
            let (left, right) = (of::<T>(left, lookup)?, of::<T>(right, lookup)?);
            let result = match operator {
                Operator::Plus => left.checked_add(&right),
                Operator::Minus => left.checked_sub(&right),
                Operator::Times => left.checked_mul(&right),
                Operator::Over if right.is_zero() => {
                    return Err(node.fault(FormulaCode::DivisionByZero, ""));
                }
                Operator::Over => left.checked_div(&right),
            };
            held(result, node)
        }
        Kind::Call(function, values) => {
            let mut found = Vec::with_capacity(values.len());
            for value in values {
                found.push(of::<T>(value, lookup)?);
            }
            call(*function, found, node)
        }
    }
}

fn asked<T: Whole>(
    term: Term<'_>,
    name: &str,
    node: &Node,
    lookup: Lookup,
) -> Result<Ratio<T>, FormulaFault> {
    let value = lookup(term).map_err(|code| node.fault(code, name))?;
    fraction(value, node)
}

fn call<T: Whole>(
    function: Function,
    values: Vec<Ratio<T>>,
    node: &Node,
) -> Result<Ratio<T>, FormulaFault> {
    let wrong = || node.fault(FormulaCode::WrongArguments, function.name());
    match function {
        Function::Min => values.into_iter().min().ok_or_else(wrong),
        Function::Max => values.into_iter().max().ok_or_else(wrong),
        Function::Round => match values.as_slice() {
            [value, step] => round(value, step, node),
            _ => Err(wrong()),
        },
    }
}

/// The nearest multiple of the step; half away from zero.
fn round<T: Whole>(
    value: &Ratio<T>,
    step: &Ratio<T>,
    node: &Node,
) -> Result<Ratio<T>, FormulaFault> {
    if !step.is_positive() {
        return Err(node.fault(FormulaCode::StepNotPositive, ""));
    }
    let steps = held(value.checked_div(step), node)?;
    let (numerator, denominator) = steps.into_raw();
    let (whole, rest) = numerator.div_rem(&denominator);
    let two = held_whole(rest.abs().checked_add(&rest.abs()), node)?;
    let whole = match two.cmp(&denominator) {
        Ordering::Less => Some(whole),
        Ordering::Equal | Ordering::Greater => whole.checked_add(&rest.signum()),
    };
    let whole = Ratio::from_integer(held_whole(whole, node)?);
    held(whole.checked_mul(step), node)
}

fn fraction<T: Whole>(value: Decimal, node: &Node) -> Result<Ratio<T>, FormulaFault> {
    let value = value.normalize();
    let scale = 10_i128.checked_pow(value.scale());
    let scale = scale.ok_or_else(|| node.fault(FormulaCode::TooBig, value))?;
    Ok(Ratio::new(T::from(value.mantissa()), T::from(scale)))
}

/// The decimal that the fraction is.
fn decimal<T: Whole>(value: &Ratio<T>, places: u32, node: &Node) -> Result<Decimal, FormulaFault> {
    let too_big = || node.fault(FormulaCode::TooBig, "");
    let mut scale = 0;
    let (mut numerator, ten) = (value.numer().clone(), T::from(10));
    let mut denominator = value.denom().clone();
    while !denominator.is_one() {
        if scale == places {
            return Err(node.fault(FormulaCode::NotFinite, places));
        }
        scale = scale.saturating_add(1);
        // The fraction is in lowest terms: each place takes what ten has in common with it.
        let common = denominator.gcd(&ten);
        let up = held_whole(ten.checked_div(&common), node)?;
        numerator = held_whole(numerator.checked_mul(&up), node)?;
        denominator = held_whole(denominator.checked_div(&common), node)?;
    }
    let mantissa = numerator.to_i128().ok_or_else(too_big)?;
    let result = Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| too_big())?;
    Ok(result.normalize())
}

fn held<T: Whole>(value: Option<Ratio<T>>, node: &Node) -> Result<Ratio<T>, FormulaFault> {
    value
        .filter(|value| value.numer().is_held() && value.denom().is_held())
        .ok_or_else(|| node.fault(FormulaCode::TooBig, ""))
}

fn held_whole<T: Whole>(value: Option<T>, node: &Node) -> Result<T, FormulaFault> {
    value
        .filter(Whole::is_held)
        .ok_or_else(|| node.fault(FormulaCode::TooBig, ""))
}

impl Node {
    fn fault(&self, code: FormulaCode, word: impl ToString) -> FormulaFault {
        FormulaFault {
            at: self.at,
            code,
            word: word.to_string(),
        }
    }
}

/// The value in short and in long numbers, for tests.
#[cfg(test)]
pub(super) fn both(
    node: &Node,
    lookup: Lookup,
) -> (Result<Decimal, FormulaCode>, Result<Decimal, FormulaCode>) {
    let short = of::<i128>(node, lookup).and_then(|value| decimal(&value, 18, node));
    let long = of::<BigInt>(node, lookup).and_then(|value| decimal(&value, 18, node));
    (
        short.map_err(|fault| fault.code),
        long.map_err(|fault| fault.code),
    )
}
