//! ratebook-api
