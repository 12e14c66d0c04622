//! ratebook-rating
