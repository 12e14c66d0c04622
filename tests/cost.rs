//! What calls cost, exactly: `cost/calls.jsonl` holds calls with the cost that follows from the two
//! public price tables by their own rules, worked out in exact decimals. Each call is priced with
//! the built-in copy of the table it was worked out from, through the same lines that
//! `ratebook cost --jsonl` reads and writes.

use ratebook_catalog::json::Json;
use ratebook_catalog::prices::{PriceTable, built_in, built_in_tables};
use ratebook_money::Timestamp;
use ratebook_rating::cost::{Pricer, reply};

const CALLS: &str = include_str!("cost/calls.jsonl");

/// Calls that cost something else with us: the call, what it costs, and why that is what the
/// provider's own page says. The list only shrinks.
const OTHERWISE: &[(&str, &str, &str)] = &[
    (
        "litellm databricks databricks/databricks-claude-opus-4-6 basic",
        "0.02344013952",
        DATABRICKS,
    ),
    (
        "litellm databricks databricks/databricks-claude-opus-4-6 cache read",
        "0.00212450756",
        DATABRICKS,
    ),
    (
        "litellm databricks databricks/databricks-claude-opus-4-6 cache write 5m",
        "0.02703757294",
        DATABRICKS,
    ),
    (
        "litellm databricks databricks/databricks-claude-opus-4-6 cache write 1h without a price",
        "0.02636706688",
        DATABRICKS,
    ),
    (
        "litellm databricks databricks/databricks-claude-opus-4-6 reasoning",
        "0.16299592071",
        DATABRICKS,
    ),
    (
        "litellm perplexity perplexity/sonar-medium-online basic",
        "0.0191246",
        "the table states $5 per 1,000 requests beside the price of tokens, as Perplexity's page \
         did for its online models; litellm's program leaves it out, a bill does not",
    ),
    (
        "genai elevenlabs eleven_realtime_v1_mini units audio seconds",
        "5.060269533333332069",
        "$4.80 an hour is no finite decimal per second: a price has 18 places, which is less than \
         a billionth of a cent off for an hour",
    ),
];
/// What a call costs differs from what the table's binary fraction gives beyond the 17th place.
const DATABRICKS: &str = "the table has $0.000025000010000000002 a token, the product of two \
     binary fractions; Databricks states 357.143 DBU per million tokens at $0.07 each, which is \
     $25.00001";

fn tables() -> Vec<(String, PriceTable)> {
    let tables = built_in_tables(Timestamp::MIN).unwrap();
    tables
        .into_iter()
        .map(|table| {
            let name = table.source.name.clone();
            (name, PriceTable::new(vec![table.source], table.models))
        })
        .collect()
}

fn answer(table: &PriceTable, line: &str) -> String {
    let mut out = String::new();
    reply(&mut Pricer::new(table, Timestamp::MAX), line, &mut out);
    out
}

#[test]
fn every_call_costs_exactly_what_its_table_says() {
    let tables = tables();
    let mut agreed = 0;
    let mut wrong = Vec::new();
    for line in CALLS.lines() {
        let call = Json::parse(line).unwrap();
        let text = |key: &str| call.get(key).and_then(Json::text).unwrap().to_owned();
        let (id, expected) = (text("id"), text("cost"));
        let table = tables.iter().find(|(name, _)| *name == text("table"));
        let answer = answer(&table.unwrap().1, line);
        let answer = Json::parse(&answer).unwrap();
        assert_eq!(answer.get("id").and_then(Json::text), Some(id.as_str()));
        let cost = answer.get("cost").and_then(Json::text);
        let listed = OTHERWISE.iter().find(|(known, _, _)| *known == id);
        match (cost == Some(&expected), listed) {
            (true, None) => agreed += 1,
            (false, Some((_, ours, _))) if cost == Some(*ours) => {}
            (false, Some((_, ours, _))) => {
                wrong.push(format!("{id}: we said {ours}, and now {cost:?}"));
            }
            (true, Some(_)) => wrong.push(format!("{id}: agrees by now, take it off the list")),
            (false, None) => wrong.push(format!("{id}: expected {expected}, got {answer:?}")),
        }
    }
    println!("{agreed} agree, {} listed", OTHERWISE.len());
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(agreed + OTHERWISE.len(), CALLS.lines().count());
}

#[test]
fn the_book_of_both_tables_finds_every_model_of_either() {
    let built_in = built_in(Timestamp::MIN).unwrap();
    let book = PriceTable::new(built_in.sources, built_in.models);
    let mut lost = Vec::new();
    for (name, table) in tables() {
        for model in table.models() {
            if book
                .resolve(&model.provider, &model.model)
                .model()
                .is_none()
            {
                lost.push(format!("{name}: {} {}", model.provider, model.model));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost: {lost:?}", lost.len());
}

#[test]
fn lines_add_up_to_the_cost() {
    let tables = tables();
    for line in CALLS.lines().step_by(7) {
        let call = Json::parse(line).unwrap();
        let table = call.get("table").and_then(Json::text).unwrap();
        let (_, table) = tables.iter().find(|(name, _)| name == table).unwrap();
        let answer = answer(table, line);
        let answer = Json::parse(&answer).unwrap();
        let usd = ratebook_money::Currency::parse("USD").unwrap();
        let amount = |json: &Json, key: &str| {
            let text = json.get(key).and_then(Json::text).unwrap();
            ratebook_money::Amount::parse(text, usd).unwrap()
        };
        let lines = answer.get("lines").unwrap().list();
        let zero = ratebook_money::Amount::zero(usd);
        let sum = lines
            .iter()
            .fold(zero, |sum, line| sum.plus(amount(line, "amount")).unwrap());
        assert_eq!(sum, amount(&answer, "cost"));
        assert!(!lines.is_empty());
    }
}
