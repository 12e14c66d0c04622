use crate::TimeWindow;
use crate::json::Json;
use ratebook_money::{Date, Timestamp, Zone};

/// When a set of prices is active.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Constraint {
    /// From this instant on.
    pub(super) from: Option<Timestamp>,
    /// In this part of the day.
    pub(super) window: Option<TimeWindow>,
}

impl Constraint {
    /// Nothing when it says something that is not known.
    pub(super) fn read(json: Option<&Json>) -> Option<Self> {
        let Some(json) = json.filter(|json| **json != Json::Null) else {
            return Some(Self::default());
        };
        let text = |key: &str| json.get(key).and_then(Json::text);
        let known = ["start_date", "start_time", "end_time", "type"];
        if !json
            .members()
            .iter()
            .all(|(key, _)| known.contains(&key.as_ref()))
        {
            return None;
        }
        if let Some(date) = text("start_date") {
            let date: Date = date.parse().ok()?;
            let from = Zone::UTC.start_of(date).ok();
            return Some(Self { from, window: None });
        }
        let window = TimeWindow {
            from: minute(text("start_time")?)?,
            to: minute(text("end_time")?)?,
            days: None,
        };
        Some(Self {
            from: None,
            window: Some(window),
        })
    }

    /// Whether it is active from an instant on, inside a window (or outside all of them).
    pub(super) fn active(&self, at: Timestamp, window: Option<&TimeWindow>) -> bool {
        let begun = self.from.is_none_or(|from| from <= at);
        begun && (self.window.is_none() || self.window.as_ref() == window)
    }
}

/// `00:30:00Z`, `08:30:00+08:00` or `00:30` as a UTC minute of the day.
fn minute(text: &str) -> Option<u16> {
    let (clock, offset) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at_checked(at)?,
        None => (text, "Z"),
    };
    let pair = |text: &str| {
        let (hours, rest) = text.split_once(':')?;
        let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
        let whole = seconds.bytes().all(|b| matches!(b, b'0' | b'.'));
        let hours = hours.parse::<i32>().ok().filter(|hours| *hours < 24)?;
        let minutes = minutes
            .parse::<i32>()
            .ok()
            .filter(|minutes| *minutes < 60)?;
        whole.then(|| hours.saturating_mul(60).saturating_add(minutes))
    };
    let local = pair(clock)?;
    let shift = match offset {
        "Z" => 0,
        other => match other.strip_prefix('-') {
            Some(behind) => pair(behind)?.checked_neg()?,
            None => pair(other.strip_prefix('+')?)?,
        },
    };
    u16::try_from(local.checked_sub(shift)?.rem_euclid(1_440)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_in_utc() {
        for (text, is) in [
            ("00:30:00Z", Some(30)),
            ("16:30:00+00:00", Some(990)),
            ("00:30:00+08:00", Some(990)),
            ("23:00-02:00", Some(60)),
            ("07:05", Some(425)),
            ("07:05:30Z", None),
            ("24:00Z", None),
            ("noon", None),
        ] {
            assert_eq!(minute(text), is, "{text}");
        }
    }
}
