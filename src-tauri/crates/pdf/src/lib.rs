//! ratebook-pdf
