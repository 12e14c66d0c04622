//! Parts of the second engine.

pub mod fraction;
pub mod naive;
pub mod scenario;
