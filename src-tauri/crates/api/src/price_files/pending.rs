use super::effect::Usage;
use crate::error::{ApiError, ApiResult};
use crate::wire::{Count, PriceKindCount, PriceLineFilter, PriceLineKind};
use ratebook_catalog::prices::{
    Change, ImportedTable, LineKind, PriceLine, PriceTable, TableDiff, TableStamp,
};
use std::sync::Arc;

/// A comparison of a table with the book, and what of it is ticked.
#[derive(Clone)]
pub(crate) struct Pending {
    /// Names it.
    pub token: String,
    /// What was compared; it never changes.
    pub compared: Arc<Compared>,
    /// Which lines are ticked.
    pub taken: Vec<bool>,
}

/// A table and what it would change.
pub(crate) struct Compared {
    pub format: &'static str,
    pub name: String,
    pub table: ImportedTable,
    pub stamp: TableStamp,
    pub diff: TableDiff,
    /// Which lines are asked about.
    pub asked: Vec<bool>,
    /// The prices of the book that it was compared with.
    pub prices: Arc<PriceTable>,
    /// What the lines are tried on.
    pub usage: Usage,
}

impl Pending {
    /// With the ticks that nobody has to set.
    pub fn new(token: String, compared: Compared) -> Self {
        let taken = compared
            .diff
            .lines
            .iter()
            .map(PriceLine::is_usual)
            .collect();
        Self {
            token,
            compared: Arc::new(compared),
            taken,
        }
    }

    /// The lines that are ticked. The rules of a new model are taken with its first price, and
    /// never without one.
    pub fn lines(&self) -> Vec<&PriceLine> {
        let lines = &self.compared.diff.lines;
        let ticked = lines.iter().zip(&self.taken).filter(|(_, taken)| **taken);
        let mut priced = std::collections::HashSet::new();
        for (line, _) in ticked.clone() {
            if matches!(line.change, Change::Price { .. }) {
                priced.insert((&line.provider, &line.model));
            }
        }
        lines
            .iter()
            .zip(&self.taken)
            .filter(|(line, taken)| {
                let of_model = priced.contains(&(&line.provider, &line.model));
                match (&line.change, line.kind) {
                    (Change::Rules { .. }, LineKind::NewModel) => of_model,
                    _ => **taken,
                }
            })
            .map(|(line, _)| line)
            .collect()
    }

    /// The numbers of the lines that a filter lets through.
    pub fn matching(&self, filter: &PriceLineFilter) -> Vec<usize> {
        let search = filter.search.to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let fits = |place: usize, line: &PriceLine| {
            let asked = || self.compared.asked.get(place) == Some(&true);
            let kind = filter.kind.is_none_or(|kind| kind == kind_word(line.kind));
            let provider = filter.provider.as_ref();
            is_shown(line)
                && kind
                && (!filter.asked || asked())
                && provider.is_none_or(|provider| *provider == line.provider)
                && words.iter().all(|word| has(line, word))
        };
        let lines = self.compared.diff.lines.iter().enumerate();
        lines
            .filter(|(place, line)| fits(*place, line))
            .map(|(place, _)| place)
            .collect()
    }

    /// Ticks lines by number.
    pub fn tick(&mut self, places: &[usize], taken: bool) -> ApiResult<()> {
        for place in places {
            let Some(tick) = self.taken.get_mut(*place) else {
                return Err(ApiError::field("lines", "unknown").with("value", place));
            };
            *tick = taken;
        }
        Ok(())
    }

    /// Lines of each kind, and how many are ticked.
    pub fn kinds(&self) -> Vec<PriceKindCount> {
        use PriceLineKind::{Changed, Disagrees, NewModel, NewPrice, Vanished};
        let all = [NewModel, NewPrice, Changed, Disagrees, Vanished];
        let count = |kind: PriceLineKind| {
            let lines = self.compared.diff.lines.iter().zip(&self.taken);
            let of = lines.filter(|(line, _)| is_shown(line) && kind_word(line.kind) == kind);
            let taken: Vec<bool> = of.map(|(_, taken)| *taken).collect();
            PriceKindCount {
                kind,
                lines: number(taken.len()),
                taken: number(taken.iter().filter(|taken| **taken).count()),
            }
        };
        all.into_iter().map(count).collect()
    }

    /// Lines that are asked about, and how many of them are ticked.
    pub fn asked(&self) -> (usize, usize) {
        let pairs = self.compared.asked.iter().zip(&self.taken);
        let asked: Vec<bool> = pairs
            .filter(|(asked, _)| **asked)
            .map(|(_, t)| *t)
            .collect();
        (asked.len(), asked.iter().filter(|taken| **taken).count())
    }
}

/// The rules of a new model go with its prices: they are no line of their own to a person.
pub(super) fn is_shown(line: &PriceLine) -> bool {
    !(line.kind == LineKind::NewModel && matches!(line.change, Change::Rules { .. }))
}

fn has(line: &PriceLine, word: &str) -> bool {
    let dimension = match &line.change {
        Change::Price { row, .. } => row.dimension.to_string(),
        Change::Rules { .. } => String::new(),
    };
    line.provider.contains(word)
        || line.model.to_lowercase().contains(word)
        || dimension.contains(word)
}

pub(super) fn kind_word(kind: LineKind) -> PriceLineKind {
    match kind {
        LineKind::NewModel => PriceLineKind::NewModel,
        LineKind::NewPrice => PriceLineKind::NewPrice,
        LineKind::Changed => PriceLineKind::Changed,
        LineKind::Disagrees => PriceLineKind::Disagrees,
        LineKind::Vanished => PriceLineKind::Vanished,
    }
}

pub(super) fn number(count: usize) -> Count {
    Count(u64::try_from(count).unwrap_or(u64::MAX))
}
