//! Parts of the second calculation of prices.

pub mod deal;
pub mod naive;
pub mod random;
