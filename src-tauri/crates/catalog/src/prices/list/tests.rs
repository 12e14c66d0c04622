use super::*;
use crate::prices::litellm::tests::stamp;

fn sheet(text: &str) -> PriceSheet {
    let mut lines = text.lines();
    let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
    PriceSheet {
        header: cells(lines.next().unwrap()),
        rows: (2..).zip(lines.map(cells)).collect(),
    }
}

/// `provider/model dimension price per unit currency`.
fn read_all(text: &str) -> (Vec<String>, Vec<TableIssue>) {
    let sheet = sheet(text);
    let table = read(&sheet, &guess(&sheet), &stamp()).unwrap();
    let rows = table.models.iter().flat_map(|model| {
        model.prices.iter().map(move |row| {
            let rate = row.rate.unwrap();
            format!(
                "{}/{} {} {rate}",
                model.provider, model.model, row.dimension
            )
        })
    });
    (rows.collect(), table.issues)
}

#[test]
fn units_currency_and_decimals_are_guessed_from_heads_and_cells() {
    let per_million = "Provider;Model;Input ($/1M);Cached input;Output\n\
        Acme;m1;3.00;0.30;$15.00\nAcme;m2;1,234.5;-;2";
    let (rows, issues) = read_all(per_million);
    assert_eq!(
        rows,
        [
            "acme/m1 input_tokens 0.000003 USD",
            "acme/m1 cache_read_tokens 0.0000003 USD",
            "acme/m1 output_tokens 0.000015 USD",
            "acme/m2 input_tokens 0.0012345 USD",
            "acme/m2 output_tokens 0.000002 USD",
        ]
    );
    assert!(issues.is_empty(), "{issues:?}");
    let per_thousand = "Anbieter;Modell;Eingabe EUR;Ausgabe EUR\nacme;m;0,003;0,015";
    let (rows, _) = read_all(per_thousand);
    assert_eq!(
        rows,
        [
            "acme/m input_tokens 0.000003 EUR",
            "acme/m output_tokens 0.000015 EUR"
        ]
    );
    let per_token = "model;input_tokens;output_tokens;requests\nacme/m;1.25e-06;1e-05;0.01";
    let (rows, _) = read_all(per_token);
    assert_eq!(
        rows,
        [
            "acme/m input_tokens 0.00000125 USD",
            "acme/m output_tokens 0.00001 USD",
            "acme/m requests 0.01 USD",
        ]
    );
}

#[test]
fn a_price_per_row_is_read_with_its_dimension_currency_and_day() {
    let text = "provider;model;dimension;price;currency;valid from\n\
        acme;m;input_tokens;3;CHF;2026-12-01\nacme;m;Output;15;CHF;\nacme;m;smell;1;;";
    let (rows, issues) = read_all(text);
    assert_eq!(
        rows,
        [
            "acme/m input_tokens 0.000003 CHF",
            "acme/m output_tokens 0.000015 CHF"
        ]
    );
    assert_eq!(
        (issues[0].model.as_str(), issues[0].field.as_str()),
        ("line 4", "dimension")
    );
    let sheet = sheet(text);
    let table = read(&sheet, &guess(&sheet), &stamp()).unwrap();
    let from = table.models[0].prices[0].valid_from.to_string();
    assert!(from.starts_with("2026-12-01"), "{from}");
}

#[test]
fn two_rows_for_one_instant_are_named_and_neither_is_taken() {
    let text = "provider;model;input;output\nacme;m;3;15\nacme;m;4;15";
    let (rows, issues) = read_all(text);
    assert_eq!(rows, ["acme/m output_tokens 0.000015 USD"]);
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].kind, TableIssueKind::Twice);
    assert_eq!(issues[0].value, "line 2: 3, line 3: 4");
}

#[test]
fn missing_and_negative_prices_are_named_with_their_line() {
    let text = "provider;model;input;output\nacme;a;-3;15\nacme;b;;\n;c;1;1\nacme;d;soon;1";
    let (rows, issues) = read_all(text);
    assert_eq!(
        rows,
        [
            "acme/a output_tokens 0.000015 USD",
            "acme/d output_tokens 0.000001 USD"
        ]
    );
    let found: Vec<(&str, &str, TableIssueKind)> = issues
        .iter()
        .map(|issue| (issue.model.as_str(), issue.field.as_str(), issue.kind))
        .collect();
    use TableIssueKind::{BadValue, NoPrice};
    assert_eq!(
        found,
        [
            ("line 3", "price", NoPrice),
            ("line 4", "provider", BadValue),
            ("acme/a", "line 2, input_tokens", BadValue),
            ("acme/d", "line 5, input_tokens", BadValue),
        ]
    );
}

#[test]
fn a_list_without_models_or_prices_is_refused() {
    for (text, says) in [
        ("who;what\na;b", "no column of the list has the model"),
        ("model;size\nm;3", "no column of the list has the price"),
        (
            "provider;model;input\nacme;m;-1",
            "no model has a price that can be taken",
        ),
    ] {
        let sheet = sheet(text);
        let error = read(&sheet, &guess(&sheet), &stamp()).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
}
