use std::ops::{Add, Mul, Sub};

/// An exact fraction in lowest terms, denominator above zero. Overflow panics.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    pub const ZERO: Self = Self { over: 0, under: 1 };

    pub fn new(over: i128, under: i128) -> Self {
        assert!(under != 0, "a fraction over zero");
        let divisor = gcd(over.abs(), under.abs()).max(1) * under.signum();
        Self {
            over: over / divisor,
            under: under / divisor,
        }
    }

    pub fn whole(value: i128) -> Self {
        Self::new(value, 1)
    }

    pub fn divided(self, by: Self) -> Self {
        self * Self::new(by.under, by.over)
    }

    pub fn is_below(self, other: Self) -> bool {
        (self - other).over < 0
    }

    /// The whole number below or equal.
    pub fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    /// The nearest whole number; half goes away from zero.
    pub fn nearest(self) -> i128 {
        let half = Self::new(1, 2);
        if self.over < 0 {
            -((Self::ZERO - self) + half).floor()
        } else {
            (self + half).floor()
        }
    }

    /// The whole number above or equal.
    pub fn ceiling(self) -> i128 {
        -(Self::ZERO - self).floor()
    }
}

impl Add for Fraction {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let divisor = gcd(self.under, other.under);
        let (left, right) = (other.under / divisor, self.under / divisor);
        Self::new(
            times(self.over, left) + times(other.over, right),
            times(self.under, left),
        )
    }
}

impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self {
            over: -other.over,
            under: other.under,
        }
    }
}

impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (a, b) = (
            Self::new(self.over, other.under),
            Self::new(other.over, self.under),
        );
        Self::new(times(a.over, b.over), times(a.under, b.under))
    }
}

fn times(a: i128, b: i128) -> i128 {
    a.checked_mul(b).expect("a fraction that fits")
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
