use super::*;
use crate::prices::litellm::tests::stamp;
use crate::prices::{built_in, genai, litellm};

fn later(name: &str) -> TableStamp {
    let mut later = stamp();
    later.source.name = name.into();
    later.recorded_at = Timestamp::parse("2026-12-05T10:00:00Z").unwrap();
    later.undated_from = Timestamp::parse("2026-12-05T00:00:00Z").unwrap();
    later
}

fn book() -> PriceTable {
    let text = r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 4e-6,
        "cache_read_input_token_cost": 1e-6, "output_cost_per_token": 8e-6},
        "gone": {"litellm_provider": "xai", "input_cost_per_token": 1e-6}}"#;
    let table = litellm::read(text, &stamp()).unwrap();
    PriceTable::new(vec![table.source], table.models)
}

fn against(book: &PriceTable, text: &str) -> TableDiff {
    let stamp = later("litellm");
    diff(book, &litellm::read(text, &stamp).unwrap(), &stamp)
}

/// `model dimension kind was will percent`, and `?` where a person is asked.
fn words(diff: &TableDiff) -> Vec<String> {
    let lines = diff.lines.iter().map(|line| {
        let rate = |rate: Option<ratebook_money::Rate>| {
            let per_million = rate.map(|rate| rate.per_million().unwrap().normalize());
            per_million.map_or("-".to_owned(), |rate| rate.to_string())
        };
        let (was, will) = line.rates();
        let dimension = match &line.change {
            Change::Price { row, .. } => row.dimension.to_string(),
            Change::Rules { .. } => "rules".to_owned(),
        };
        let percent = line.percent().map_or(String::new(), |p| format!(" {p}%"));
        let asked = if line.is_asked() { " ?" } else { "" };
        format!(
            "{} {dimension} {:?} {} {}{percent}{asked}",
            line.model,
            line.kind,
            rate(was),
            rate(will)
        )
    });
    lines.collect()
}

#[test]
fn what_is_new_changed_and_gone_is_a_line_each_and_the_rest_a_count() {
    let diff = against(
        &book(),
        r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 3e-6,
            "output_cost_per_token": 8e-6, "output_cost_per_token_batches": 4e-6},
            "n": {"litellm_provider": "xai", "input_cost_per_token": 1e-6}}"#,
    );
    assert_eq!(
        words(&diff),
        [
            "gone input_tokens Vanished 1 -",
            "m input_tokens Changed 4 3 -25.0%",
            "m cache_read_tokens Vanished 1 -",
            "m output_tokens NewPrice - 4",
            "n rules NewModel - -",
            "n input_tokens NewModel - 1",
        ]
    );
    assert_eq!(diff.unchanged, 1);
    let usual: Vec<bool> = diff.lines.iter().map(PriceLine::is_usual).collect();
    assert_eq!(usual, [false, true, false, true, true, true]);
}

#[test]
fn a_first_price_holds_since_ever_and_a_changed_one_from_its_day() {
    let diff = against(
        &book(),
        r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 3e-6,
            "output_cost_per_token": 8e-6, "input_cost_per_request": 0.01}}"#,
    );
    let from = |dimension: &Dimension| {
        let lines = diff.lines.iter().find_map(|line| match &line.change {
            Change::Price { row, .. } if row.dimension == *dimension => Some(row.valid_from),
            _ => None,
        });
        lines.unwrap()
    };
    assert_eq!(from(&Dimension::INPUT), later("").undated_from);
    assert_eq!(from(&Dimension::REQUESTS), Timestamp::MIN);
}

#[test]
fn a_hundredfold_price_or_a_hundredth_of_it_is_asked_about() {
    for (price, asked) in [
        ("399.9e-6", false),
        ("400e-6", true),
        ("4e-3", true),
        ("0.0401e-6", false),
        ("0.04e-6", true),
        ("0", true),
    ] {
        let text = format!(
            r#"{{"m": {{"litellm_provider": "xai", "input_cost_per_token": {price},
                "cache_read_input_token_cost": 1e-6, "output_cost_per_token": 8e-6}},
                "gone": {{"litellm_provider": "xai", "input_cost_per_token": 1e-6}}}}"#
        );
        let diff = against(&book(), &text);
        assert_eq!(diff.lines.len(), 1, "{price}");
        assert_eq!(diff.lines[0].is_asked(), asked, "{price}");
        assert_eq!(diff.lines[0].is_usual(), !asked, "{price}");
    }
}

#[test]
fn where_genai_prices_disagrees_both_prices_are_shown_and_none_is_taken() {
    let text = r#"[{"id": "x-ai", "models": [{"id": "m", "prices": [
            {"prices": {"input_mtok": 9, "output_mtok": 8, "web_searches_kcount": 5}},
            {"constraint": {"start_date": "2027-01-01"},
             "prices": {"input_mtok": 2, "output_mtok": 8, "web_searches_kcount": 5}}],
            "price_variants": [{"when": {"service_tier": "flex"}, "prices": {"input_mtok": 1}}]},
        {"id": "new", "prices": {"input_mtok": 1}}]}]"#;
    let stamp = later("genai-prices");
    let diff = diff(&book(), &genai::read(text, &stamp).unwrap(), &stamp);
    assert_eq!(
        words(&diff),
        [
            "m input_tokens Disagrees 4 9 125.0%",
            "m input_tokens Changed 4 2 -50.0%",
            "m web_searches NewPrice - 5000",
            "new rules NewModel - -",
            "new input_tokens NewModel - 1",
        ]
    );
    assert_eq!(
        diff.lines[1].from(),
        Timestamp::parse("2027-01-01T00:00:00Z").ok()
    );
    assert!(diff.lines.iter().all(|line| line.provider == "xai"));
    assert!(!diff.lines[0].is_usual());
}

#[test]
fn a_price_by_hand_is_named_where_it_stands_before_the_line() {
    let mut models = book().models().to_vec();
    let mut own = models[0].prices[0].clone();
    own.manual = true;
    models[0].prices.push(own);
    let book = book().with_models(models);
    let text = r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 3e-6,
        "output_cost_per_token": 9e-6}}"#;
    let diff = against(&book, text);
    let own = diff
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Changed);
    let own: Vec<bool> = own
        .map(|line| matches!(line.change, Change::Price { own: true, .. }))
        .collect();
    assert_eq!(own, [true, false]);
}

#[test]
fn the_tables_that_a_book_starts_with_change_nothing_in_it() {
    let built_in = built_in(Timestamp::MIN).unwrap();
    let book = PriceTable::new(built_in.sources, built_in.models);
    // Before the first change that genai-prices announces.
    let mut stamp = later("litellm");
    stamp.undated_from = Timestamp::parse("2026-11-24T00:00:00Z").unwrap();
    let text = include_str!("../../../data/litellm.json");
    let litellm = diff(&book, &litellm::read(text, &stamp).unwrap(), &stamp);
    assert!(litellm.lines.is_empty(), "{:#?}", &words(&litellm)[..5]);
    assert!(litellm.unchanged > 15_000, "{}", litellm.unchanged);
    stamp.source.name = "genai-prices".into();
    let text = include_str!("../../../data/genai_prices.json");
    let genai = diff(&book, &genai::read(text, &stamp).unwrap(), &stamp);
    let all = words(&genai);
    let named: Vec<&String> = genai
        .lines
        .iter()
        .zip(&all)
        .filter(|(line, _)| line.kind != LineKind::Disagrees)
        .map(|(_, words)| words)
        .collect();
    assert!(named.is_empty(), "{named:#?}");
    assert!(genai.lines.len() > 100, "{}", genai.lines.len());
}

#[test]
fn as_if_puts_lines_in_force_for_all_time_and_leaves_later_ones_out() {
    let now = later("").undated_from;
    let diff = against(
        &book(),
        r#"{"m": {"litellm_provider": "xai", "input_cost_per_token": 3e-6,
            "output_cost_per_token": 8e-6},
            "n": {"litellm_provider": "xai", "input_cost_per_token": 1e-6}}"#,
    );
    let table = book().as_if(diff.lines.iter().filter(|line| line.is_usual()), now);
    let none = crate::CallConditions::default();
    let call = crate::prices::PriceCall::single(
        Timestamp::parse("2020-01-01T00:00:00Z").unwrap(),
        &none,
        0,
    );
    let price = |model: &str| {
        let model = table.get("xai", model).unwrap();
        let found = model
            .select(&Dimension::INPUT, &call, Timestamp::MAX)
            .unwrap();
        found
            .unwrap()
            .rate
            .per_million()
            .unwrap()
            .normalize()
            .to_string()
    };
    assert_eq!(
        (price("m"), price("n"), price("gone")),
        ("3".into(), "1".into(), "1".into())
    );
}
