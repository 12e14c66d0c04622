//! Quantities in a BLOB: pairs of varints (dimension, amount in its smallest unit), by dimension.

/// Number of a dimension in `usage_dimension`.
pub(crate) type DimensionId = u32;

/// Sums of a few dimensions. Kept in a vector: a call has about four.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Packed(pub Vec<(DimensionId, i64)>);

/// A sum that no longer fits, or bytes that are no quantities.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unfit;

impl Packed {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn add(&mut self, dimension: DimensionId, amount: i64) -> Result<(), Unfit> {
        match self.0.iter_mut().find(|(known, _)| *known == dimension) {
            Some((_, sum)) => *sum = sum.checked_add(amount).ok_or(Unfit)?,
            None => self.0.push((dimension, amount)),
        }
        Ok(())
    }

    pub(crate) fn add_all(&mut self, other: &Self) -> Result<(), Unfit> {
        other
            .0
            .iter()
            .try_for_each(|(dimension, amount)| self.add(*dimension, *amount))
    }

    /// Adds the quantities of a BLOB without keeping them apart.
    pub(crate) fn add_bytes(&mut self, bytes: &[u8]) -> Result<(), Unfit> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let dimension = u32::try_from(take(&mut rest).ok_or(Unfit)?).map_err(|_| Unfit)?;
            let amount = i64::try_from(take(&mut rest).ok_or(Unfit)?).map_err(|_| Unfit)?;
            self.add(dimension, amount)?;
        }
        Ok(())
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Unfit> {
        let mut packed = Self::default();
        packed.add_bytes(bytes)?;
        Ok(packed)
    }

    /// Sorts by dimension, so that equal quantities have equal bytes, and writes into `out`.
    pub(crate) fn write(&mut self, out: &mut Vec<u8>) {
        self.0.sort_unstable_by_key(|(dimension, _)| *dimension);
        out.clear();
        for (dimension, amount) in &self.0 {
            put(out, u64::from(*dimension));
            put(out, u64::try_from(*amount).unwrap_or(0));
        }
    }
}

fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap_or(0));
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quantities_read_back_in_one_order(
            pairs in prop::collection::btree_map(0_u32..5_000, 0..=i64::MAX, 0..12)
        ) {
            let mut bytes = Vec::new();
            let mut packed = Packed(pairs.clone().into_iter().rev().collect());
            packed.write(&mut bytes);
            let read = Packed::read(&bytes).unwrap();
            prop_assert_eq!(read.0, pairs.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = Packed::read(&bytes);
        }
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        let mut packed = Packed::default();
        packed.add(1, i64::MAX).unwrap();
        assert_eq!(packed.add(1, 1), Err(Unfit));
    }
}
