//! Parts of the second engine of terms: periods, seats, phases, what is agreed, versions.

pub mod days;
pub mod engine;
pub mod month;
pub mod naive;
pub mod random;
