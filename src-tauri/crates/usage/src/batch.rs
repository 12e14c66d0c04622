use crate::UsageEvent;
use crate::draft::Draft;
use crate::facts::{Facts, write_facts};
use crate::hash::{condition_name, content_in, identity_in, sort};
use ratebook_catalog::{CallConditions, Dimension};
use ratebook_money::{Quantity, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Events side by side, with what repeats written once: made for storing many of them quickly.
///
/// The numbers of customers and classes hold within one batch only. A batch is reused by
/// [`EventBatch::clear`] and keeps its memory.
#[derive(Default, Debug)]
pub struct EventBatch {
    rows: Vec<EventRow>,
    customers: Vec<String>,
    classes: Vec<CallKey>,
    quantities: Vec<(Dimension, i64)>,
    dims: Vec<(Span, Span)>,
    text: String,
    customer_numbers: HashMap<String, u32>,
    class_numbers: HashMap<String, u32>,
    scratch: Vec<u8>,
    key: String,
}

/// One event of a batch.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// [`crate::identity`] of the event.
    pub identity: [u8; 16],
    /// [`crate::content_hash`] of the event.
    pub content: [u8; 16],
    /// When it happened.
    pub at: Timestamp,
    /// Number of its customer in the batch.
    pub customer: u32,
    /// Number of its class in the batch.
    pub class: u32,
    /// Line of the file it began at (in a list of JSON objects its number); 0 when it came from no
    /// file.
    pub line: u64,
    quantities: Range<u32>,
    dims: Range<u32>,
    facts: Span,
}

/// What the events of one class have in common: all that may choose a price except time, size of
/// the call and further dimensions.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CallKey {
    /// Name of the event.
    pub event_name: String,
    /// Provider as reported, lower case.
    pub provider: String,
    /// Model as reported.
    pub model: String,
    /// Marks of the call.
    pub conditions: CallConditions,
}

#[derive(Clone, Copy, Debug)]
struct Span(u32, u32);

impl EventBatch {
    /// A batch of events that come from no file, for storing them through the same door.
    #[must_use]
    pub fn of(events: &[UsageEvent]) -> Self {
        let mut batch = Self::default();
        for event in events {
            batch.push(0, &mut Draft::of(event));
        }
        batch
    }

    /// Forgets the events, keeps the memory.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.customers.clear();
        self.classes.clear();
        self.quantities.clear();
        self.dims.clear();
        self.text.clear();
        self.customer_numbers.clear();
        self.class_numbers.clear();
    }

    /// The events, in the order of the file.
    #[must_use]
    pub fn rows(&self) -> &[EventRow] {
        &self.rows
    }

    /// How many events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes of text held, to end a batch before it grows large.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Customers as the source names them, by number.
    #[must_use]
    pub fn customers(&self) -> &[String] {
        &self.customers
    }

    /// Classes by number.
    #[must_use]
    pub fn classes(&self) -> &[CallKey] {
        &self.classes
    }

    /// Disjoint quantities above zero in the smallest unit of their dimension, sorted by name.
    #[must_use]
    pub fn quantities(&self, row: &EventRow) -> &[(Dimension, i64)] {
        slice(&self.quantities, &row.quantities)
    }

    /// Further dimensions, sorted by key.
    pub fn dims(&self, row: &EventRow) -> impl Iterator<Item = (&str, &str)> {
        slice(&self.dims, &row.dims)
            .iter()
            .map(|(key, value)| (self.at(*key), self.at(*value)))
    }

    /// All that is kept of the event beside its numbers, as one line of JSON ([`Facts`]).
    #[must_use]
    pub fn facts(&self, row: &EventRow) -> &str {
        self.at(row.facts)
    }

    /// The events in full. Slow; for tests, previews and explanations.
    #[must_use]
    pub fn to_events(&self) -> Vec<UsageEvent> {
        self.rows.iter().filter_map(|row| self.event(row)).collect()
    }

    fn event(&self, row: &EventRow) -> Option<UsageEvent> {
        let facts = Facts::parse(self.facts(row)).ok()?;
        let class = self.classes.get(usize::try_from(row.class).ok()?)?;
        let mut quantities = Vec::new();
        for (dimension, count) in self.quantities(row) {
            let quantity = Quantity::from_smallest(*count, dimension.decimal_places()).ok()?;
            quantities.push((dimension.clone(), quantity));
        }
        quantities.sort_unstable();
        Some(UsageEvent {
            source: facts.source,
            id: facts.id,
            event_name: class.event_name.clone(),
            at: row.at,
            customer_ref: self
                .customers
                .get(usize::try_from(row.customer).ok()?)?
                .clone(),
            provider: class.provider.clone(),
            model: class.model.clone(),
            conditions: class.conditions.clone(),
            quantities,
            dims: facts.dims,
            reported: facts.reported,
        })
    }

    /// Adds an event that has been checked; [`Draft::at`] is there.
    pub(crate) fn push(&mut self, line: u64, draft: &mut Draft<'_>) {
        sort(draft);
        let identity = identity_in(&mut self.scratch, &draft.source, &draft.id);
        let content = content_in(&mut self.scratch, draft);
        let customer = self.customer_number(&draft.customer);
        let class = self.class_number(draft);
        let quantities = appended(&mut self.quantities, draft.quantities.iter().cloned());
        let first = end(&self.dims);
        for (key, value) in &draft.dims {
            let pair = (write(&mut self.text, key), write(&mut self.text, value));
            self.dims.push(pair);
        }
        let from = self.text.len();
        write_facts(&mut self.text, line, draft);
        self.rows.push(EventRow {
            identity,
            content,
            at: draft.at.unwrap_or(Timestamp::MIN),
            customer,
            class,
            line,
            quantities,
            dims: first..end(&self.dims),
            facts: Span(narrow(from), narrow(self.text.len())),
        });
    }

    fn customer_number(&mut self, customer: &str) -> u32 {
        if let Some(number) = self.customer_numbers.get(customer) {
            return *number;
        }
        let number = narrow(self.customers.len());
        self.customers.push(customer.to_owned());
        self.customer_numbers.insert(customer.to_owned(), number);
        number
    }

    fn class_number(&mut self, draft: &Draft<'_>) -> u32 {
        // No part holds a control character, so the separators keep two classes apart.
        self.key.clear();
        for part in [&draft.event_name, &draft.provider, &draft.model] {
            self.key.push_str(part);
            self.key.push('\0');
        }
        for (name, value) in &draft.conditions {
            self.key.push_str(condition_name(*name));
            self.key.push('\0');
            self.key.push_str(value);
            self.key.push('\0');
        }
        if let Some(number) = self.class_numbers.get(self.key.as_str()) {
            return *number;
        }
        let number = narrow(self.classes.len());
        let conditions: BTreeMap<_, _> = draft
            .conditions
            .iter()
            .map(|(key, value)| (*key, value.to_string()))
            .collect();
        self.classes.push(CallKey {
            event_name: draft.event_name.to_string(),
            provider: draft.provider.to_string(),
            model: draft.model.to_string(),
            conditions: CallConditions(conditions),
        });
        self.class_numbers.insert(self.key.clone(), number);
        number
    }

    fn at(&self, span: Span) -> &str {
        self.text.get(wide(span.0)..wide(span.1)).unwrap_or("")
    }
}

fn write(text: &mut String, part: &str) -> Span {
    let from = narrow(text.len());
    text.push_str(part);
    Span(from, narrow(text.len()))
}

fn appended<T>(list: &mut Vec<T>, more: impl Iterator<Item = T>) -> Range<u32> {
    let from = end(list);
    list.extend(more);
    from..end(list)
}

fn slice<'a, T>(list: &'a [T], range: &Range<u32>) -> &'a [T] {
    list.get(wide(range.start)..wide(range.end)).unwrap_or(&[])
}

fn end<T>(list: &[T]) -> u32 {
    narrow(list.len())
}

/// Places within a batch. A batch ends long before 4 GiB of text.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn wide(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
