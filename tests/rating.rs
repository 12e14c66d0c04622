//! Rated lines, from cases that somebody who bills can read and write.

use crate::cases;

#[test]
fn cases_rate_as_written() {
    cases::check("tests/rating", cases::rated);
}
