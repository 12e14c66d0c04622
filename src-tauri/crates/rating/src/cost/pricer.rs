use super::{Quantities, reply};
use ratebook_catalog::prices::{ModelPrices, NoPrice, PriceCall, PriceSource, PriceTable};
use ratebook_catalog::prices::{Resolution, context_representative, minute_representative};
use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{Amount, Currency, Exact, MoneyError, Rate, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use thiserror::Error;

/// Prices calls by one table, as a book knew it at one time.
#[derive(Debug)]
pub struct Pricer<'t> {
    table: &'t PriceTable,
    as_of: Timestamp,
    names: HashMap<String, Result<usize, Vec<String>>>,
    /// Room for the name that is looked up.
    key: String,
    models: Vec<Known<'t>>,
    marks: HashMap<CallConditions, usize>,
}

/// A model that was asked for, with what its prices depend on.
#[derive(Debug)]
struct Known<'t> {
    model: &'t ModelPrices,
    starts: Vec<Timestamp>,
    thresholds: Vec<u64>,
    borders: Vec<u16>,
    weekly: bool,
    kinds: Vec<(Kind, Rates)>,
    last: usize,
}

/// Calls of one kind cost the same per unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Kind {
    marks: usize,
    context: u64,
    minute: u16,
    start: usize,
    day: i64,
}

/// What was asked for one kind of call, a handful of dimensions.
type Rates = Vec<(Dimension, CostRate)>;

/// The price of one unit of a dimension for one kind of call.
#[derive(Clone, Debug)]
struct CostRate {
    price: Result<Option<Arc<CostLine>>, NoPrice>,
    /// The rate in units of 10⁻¹⁸, where it has no more places.
    e18: Option<i128>,
    /// The least that a call is billed, in units of 10⁻⁶.
    least: i64,
}

/// One line of a call's cost, without its quantity: what a unit costs and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CostLine {
    /// What is priced.
    pub dimension: Dimension,
    /// The price of one unit.
    pub rate: Rate,
    /// Name and version of the table that the rate comes from.
    pub source: String,
    /// The dimension whose row was taken, where the call's own has none.
    pub instead_of: Option<Dimension>,
    /// Units that a call is billed at least; 0 where there is no such rule.
    pub at_least: u32,
    /// The beginning of the line's JSON, the same for all calls of the kind.
    head: String,
}

impl CostLine {
    pub(super) fn head(&self) -> &str {
        &self.head
    }
}

/// What a call costs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallCost {
    /// The sum, exact.
    pub cost: Amount,
    /// What it is made of: line, billed quantity in units of 10⁻⁶, amount.
    pub lines: Vec<(Arc<CostLine>, i64, Amount)>,
}

/// Why a call has no cost. It never costs zero instead.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CostFault {
    /// No model, or more than one, has this name.
    #[error("unknown model \"{model}\" of provider \"{provider}\"{}", likely(.suggestions))]
    UnknownModel {
        /// Provider as reported.
        provider: String,
        /// Model as reported.
        model: String,
        /// Names that it may stand for, `provider model`.
        suggestions: Vec<String>,
    },
    /// A used dimension has no price.
    #[error("{0}")]
    NoPrice(#[from] NoPrice),
    /// The amounts cannot be added exactly.
    #[error("the cost cannot be held exactly: {0}")]
    Inexact(#[from] MoneyError),
}

/// Names that are remembered, whether they are known or not.
const MOST_NAMES: usize = 100_000;

fn likely(suggestions: &[String]) -> String {
    if suggestions.is_empty() {
        return String::new();
    }
    format!("; did you mean {}?", suggestions.join(", "))
}

impl<'t> Pricer<'t> {
    /// Prices by what the table's rows recorded by `as_of` say.
    #[must_use]
    pub fn new(table: &'t PriceTable, as_of: Timestamp) -> Self {
        Self {
            table,
            as_of,
            names: HashMap::new(),
            key: String::new(),
            models: Vec::new(),
            marks: HashMap::new(),
        }
    }

    /// What a call costs.
    ///
    /// # Errors
    /// [`CostFault`] when the model is not known or a used dimension has no price.
    pub fn cost(
        &mut self,
        provider: &str,
        model: &str,
        at: Timestamp,
        marks: &CallConditions,
        used: &Quantities,
    ) -> Result<CallCost, CostFault> {
        let mut lines = Vec::with_capacity(6);
        let sum = self.each(provider, model, at, marks, used, |line, e6, amount| {
            lines.push((Arc::clone(line), e6, amount));
        })?;
        let cost = match (sum, lines.as_slice()) {
            (Some(cost), _) => cost,
            (None, _) => Amount::zero(Currency::parse("USD")?),
        };
        Ok(CallCost { cost, lines })
    }

    /// What a call costs, line by line, without keeping the lines; nothing when no dimension was
    /// used that costs anything.
    ///
    /// # Errors
    /// As [`Pricer::cost`]; lines may have been handed out before.
    pub fn each(
        &mut self,
        provider: &str,
        model: &str,
        at: Timestamp,
        marks: &CallConditions,
        used: &Quantities,
        mut line: impl FnMut(&Arc<CostLine>, i64, Amount),
    ) -> Result<Option<Amount>, CostFault> {
        let place = self.place(provider, model)?;
        let context = used.context_tokens();
        let marks_id = self.marks_id(marks);
        let as_of = self.as_of;
        let sources = self.table.sources();
        let Some(known) = self.models.get_mut(place) else {
            return Ok(None);
        };
        let call = PriceCall::single(at, marks, context);
        let kind = known.kind(&call, marks_id);
        let model = known.model;
        let rates = known.rates(kind);
        let mut sum: Option<Amount> = None;
        for (dimension, e6) in used.used() {
            let asked = rates.iter().position(|(known, _)| *known == dimension);
            let place = asked.unwrap_or(rates.len());
            if asked.is_none() {
                let rate = ask(model, &dimension, &call, as_of, sources);
                rates.push((dimension, rate));
            }
            let Some((_, rate)) = rates.get(place) else {
                continue;
            };
            let price = rate.price.as_ref().map_err(Clone::clone)?;
            let Some(price) = price else { continue };
            let e6 = e6.max(rate.least);
            let amount = match rate.e18.and_then(|e18| e18.checked_mul(i128::from(e6))) {
                Some(e24) => Amount::from_e24(e24, price.rate.currency()),
                None => price.rate.times(Quantities::quantity(e6)?)?,
            };
            line(price, e6, amount);
            sum = Some(match sum {
                Some(sum) => sum.plus(amount)?,
                None => amount,
            });
        }
        Ok(sum)
    }

    fn place(&mut self, provider: &str, model: &str) -> Result<usize, CostFault> {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.push_str(provider);
        key.push('\0');
        key.push_str(model);
        if let Some(found) = self.names.get(&key) {
            return found
                .clone()
                .map_err(|known| unknown(provider, model, known));
        }
        let found = match self.table.resolve(provider, model) {
            Resolution::Found(model) => {
                self.models.push(Known::new(model));
                Ok(self.models.len().saturating_sub(1))
            }
            Resolution::Unresolved { suggestions } => {
                let name = |model: &&ModelPrices| format!("{} {}", model.provider, model.model);
                Err(suggestions.iter().take(3).map(name).collect())
            }
        };
        // A file of nothing but wrong names must not fill the memory.
        if self.names.len() < MOST_NAMES {
            self.names.insert(key, found.clone());
        }
        found.map_err(|known| unknown(provider, model, known))
    }

    fn marks_id(&mut self, marks: &CallConditions) -> usize {
        if marks.0.is_empty() {
            return 0;
        }
        if let Some(id) = self.marks.get(marks) {
            return *id;
        }
        let id = self.marks.len().saturating_add(1);
        self.marks.insert(marks.clone(), id);
        id
    }
}

fn unknown(provider: &str, model: &str, suggestions: Vec<String>) -> CostFault {
    CostFault::UnknownModel {
        provider: provider.to_owned(),
        model: model.to_owned(),
        suggestions,
    }
}

impl<'t> Known<'t> {
    fn new(model: &'t ModelPrices) -> Self {
        let starts: BTreeSet<Timestamp> = model.prices.iter().map(|row| row.valid_from).collect();
        let windows = model
            .prices
            .iter()
            .filter_map(|row| row.conditions.window.as_ref());
        Self {
            model,
            starts: starts.into_iter().collect(),
            thresholds: model.context_thresholds(),
            borders: model.window_borders(),
            weekly: windows.into_iter().any(|window| window.days.is_some()),
            kinds: Vec::new(),
            last: 0,
        }
    }

    fn kind(&self, call: &PriceCall, marks: usize) -> Kind {
        const DAY: i64 = 86_400_000_000;
        let day = if self.weekly {
            call.at.micros().div_euclid(DAY)
        } else {
            0
        };
        Kind {
            marks,
            context: context_representative(&self.thresholds, call.context_tokens),
            minute: minute_representative(&self.borders, call.minute_of_day),
            start: self.starts.partition_point(|start| *start <= call.at),
            day,
        }
    }

    fn rates(&mut self, kind: Kind) -> &mut Rates {
        let same = |(known, _): &(Kind, Rates)| *known == kind;
        if !self.kinds.get(self.last).is_some_and(same) {
            self.last = self.kinds.iter().position(same).unwrap_or(self.kinds.len());
        }
        if self.last == self.kinds.len() {
            self.kinds.push((kind, Rates::with_capacity(4)));
        }
        let last = self.last;
        // The line above made sure that there is one.
        match self.kinds.get_mut(last) {
            Some((_, rates)) => rates,
            None => unreachable!("a kind of call without rates"),
        }
    }
}

fn ask(
    model: &ModelPrices,
    dimension: &Dimension,
    call: &PriceCall,
    as_of: Timestamp,
    sources: &[PriceSource],
) -> CostRate {
    let selected = match model.select(dimension, call, as_of) {
        Ok(Some(selected)) => selected,
        Ok(None) => {
            return CostRate {
                price: Ok(None),
                e18: None,
                least: 0,
            };
        }
        Err(refused) => {
            return CostRate {
                price: Err(refused),
                e18: None,
                least: 0,
            };
        }
    };
    let index = usize::try_from(selected.row.source).ok();
    let source = index.and_then(|index| sources.get(index));
    let source = source.map_or(String::new(), |source| {
        format!("{} {}", source.name, source.version)
            .trim()
            .to_owned()
    });
    let instead = selected.row.dimension.clone();
    let mut line = CostLine {
        dimension: dimension.clone(),
        rate: selected.rate,
        source,
        instead_of: (instead != *dimension).then_some(instead),
        at_least: model.at_least(dimension),
        head: String::new(),
    };
    line.head = reply::head(&line);
    CostRate {
        e18: Exact::from_decimal(selected.rate.per_unit()).mantissa_at(18),
        least: i64::from(line.at_least).saturating_mul(1_000_000),
        price: Ok(Some(Arc::new(line))),
    }
}
