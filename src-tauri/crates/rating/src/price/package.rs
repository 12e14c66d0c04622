//! Whole packages, on the period's sum.

use super::calculation::Calculation;
use super::{PriceFault, PriceStep, Units, included};
use ratebook_catalog::pricing::{Package, PackageRound};
use ratebook_money::{Amount, MoneyError};

pub(super) fn amount(
    package: &Package,
    quantity: Units,
    calculation: &mut Calculation,
) -> Result<Amount, PriceFault> {
    let paid = included::beyond(quantity, package.free_units)?;
    let packages = pieces(paid, Units::new(package.package_size)?, package.round)?;
    let amount = Units::whole(packages)?.times(package.package_price, calculation.currency)?;
    calculation.note(|| PriceStep::Packages {
        quantity: quantity.to_string(),
        free_units: package.free_units.to_string(),
        package_size: package.package_size.to_string(),
        packages: packages.to_string(),
        package_price: package.package_price.to_string(),
        amount: amount.to_exact_string(),
    });
    Ok(amount)
}

/// How many pieces of a size a quantity of zero or more has.
pub(super) fn pieces(
    quantity: Units,
    size: Units,
    round: PackageRound,
) -> Result<i128, PriceFault> {
    if size <= Units::ZERO {
        return Err(MoneyError::DivisionByZero.into());
    }
    let full = quantity.e12().div_euclid(size.e12());
    let is_begun = quantity.e12().rem_euclid(size.e12()) > 0;
    let extra = is_begun && round == PackageRound::Up;
    let pieces = full.checked_add(i128::from(extra));
    Ok(pieces.ok_or(MoneyError::Overflow)?)
}
