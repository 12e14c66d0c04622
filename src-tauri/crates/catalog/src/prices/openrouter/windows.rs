//! Parts of the day of several overrides, taken apart so that no two of them overlap: each part
//! then has one price, that of the last override that covers it.

use crate::{TimeWindow, Weekdays};
use std::collections::{BTreeMap, BTreeSet};

const DAY: u16 = 1_440;

/// The windows as they are where no two overlap; otherwise the parts that they fall into. Their
/// days are those of UTC.
pub(super) fn apart(windows: &BTreeSet<TimeWindow>) -> BTreeSet<TimeWindow> {
    let mut pairs = windows.iter().enumerate();
    let is_plain = pairs.all(|(place, one)| {
        let mut others = windows.iter().skip(place.saturating_add(1));
        others.all(|other| !overlap(one, other))
    });
    if is_plain {
        return windows.clone();
    }
    let mut parts = BTreeSet::new();
    for (days, of_days) in by_days(windows) {
        let days = (days.len() < 7).then_some(Weekdays { days, zone: None });
        for (from, to) in spans(&of_days) {
            let days = days.clone();
            parts.insert(TimeWindow { from, to, days });
        }
    }
    parts
}

/// Whether a window holds all through a part that [`apart`] made of it and others.
pub(super) fn covers(window: &TimeWindow, part: &TimeWindow) -> bool {
    let days = days_of(window);
    window.covers_minute(part.from) && days_of(part).iter().all(|day| days.contains(day))
}

fn overlap(a: &TimeWindow, b: &TimeWindow) -> bool {
    let (of_a, of_b) = (days_of(a), days_of(b));
    let is_same_day = of_a.iter().any(|day| of_b.contains(day));
    is_same_day && (a.covers_minute(b.from) || b.covers_minute(a.from))
}

fn days_of(window: &TimeWindow) -> Vec<u8> {
    let days = window.days.as_ref();
    days.map_or_else(|| (1..=7).collect(), |days| days.days.clone())
}

/// Days on which the same windows hold, with these windows.
fn by_days(windows: &BTreeSet<TimeWindow>) -> Vec<(Vec<u8>, Vec<&TimeWindow>)> {
    let mut groups: BTreeMap<Vec<usize>, Vec<u8>> = BTreeMap::new();
    for day in 1..=7 {
        let numbered = windows.iter().enumerate();
        let own = numbered.filter(|(_, window)| days_of(window).contains(&day));
        let own = own.map(|(place, _)| place).collect();
        groups.entry(own).or_default().push(day);
    }
    let groups = groups.into_iter().map(|(places, days)| {
        let own = windows.iter().enumerate();
        let own = own.filter(|(place, _)| places.contains(place));
        (days, own.map(|(_, window)| window).collect())
    });
    groups.collect()
}

/// The stretches of a day, between neighbouring borders, in which any window holds.
fn spans(windows: &[&TimeWindow]) -> Vec<(u16, u16)> {
    let ends = windows.iter().flat_map(|window| [window.from, window.to]);
    let borders: BTreeSet<u16> = ends.chain([0, DAY]).collect();
    let borders: Vec<u16> = borders.into_iter().collect();
    let held = |from: u16| -> Vec<bool> {
        let windows = windows.iter();
        windows.map(|window| window.covers_minute(from)).collect()
    };
    let mut spans: Vec<(u16, u16, Vec<bool>)> = Vec::new();
    for pair in borders.windows(2) {
        let [from, to] = *pair else { continue };
        let own = held(from);
        match spans.last_mut() {
            Some((_, end, same)) if *same == own => *end = to,
            _ => spans.push((from, to, own)),
        }
    }
    let spans = spans.into_iter();
    let held = spans.filter(|(_, _, own)| own.contains(&true));
    held.map(|(from, to, _)| (from, to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: u16, to: u16, days: &[u8]) -> TimeWindow {
        let days = (!days.is_empty()).then(|| Weekdays {
            days: days.to_vec(),
            zone: None,
        });
        TimeWindow { from, to, days }
    }

    #[test]
    fn every_minute_of_every_day_is_in_one_part_exactly_where_any_window_holds() {
        for windows in [
            vec![window(1_320, 360, &[]), window(240, 480, &[])],
            vec![window(0, 0, &[]), window(600, 720, &[6, 7])],
            vec![
                window(1_320, 360, &[1, 2]),
                window(300, 1_400, &[2, 3]),
                window(60, 120, &[]),
            ],
            vec![window(0, 1_440, &[6]), window(0, 1_440, &[6, 7])],
        ] {
            let windows: BTreeSet<TimeWindow> = windows.into_iter().collect();
            let parts = apart(&windows);
            for day in 1..=7 {
                for minute in 0..DAY {
                    let holds = |own: &&TimeWindow| {
                        days_of(own).contains(&day) && own.covers_minute(minute)
                    };
                    let within: Vec<&TimeWindow> = parts.iter().filter(holds).collect();
                    let is_held = windows.iter().any(|own| holds(&own));
                    assert_eq!(
                        within.len(),
                        usize::from(is_held),
                        "{day} {minute} {parts:?}"
                    );
                    if let Some(own) = within.first() {
                        for window in &windows {
                            assert_eq!(covers(window, own), holds(&window), "{day} {minute}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn windows_that_do_not_overlap_stay_as_they_are() {
        let windows = [
            window(1_320, 360, &[]),
            window(360, 480, &[]),
            window(600, 720, &[6]),
        ];
        let windows: BTreeSet<TimeWindow> = windows.into_iter().collect();
        assert_eq!(apart(&windows), windows);
    }
}
