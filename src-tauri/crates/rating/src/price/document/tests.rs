use super::*;

fn answer(line: &str) -> String {
    let mut out = String::new();
    reply(line, &mut out);
    out
}

#[test]
fn a_document_is_answered_with_its_derivation() {
    let line = r#"{"id": "c1", "currency": "USD",
        "price": {"model": "graduated", "charge_flat_at_zero": true,
            "tiers": [{"up_to": "100", "unit_price": "1", "flat_fee": "0"},
                      {"up_to": null, "unit_price": "0.5"}],
            "included": "0", "minimum": null, "maximum": null,
            "discount": {"percent": "0"}, "convert": {"divide_by": "1", "round": "none"}},
        "usage": {"quantity": "101", "prior_quantity": "0"}}"#;
    assert_eq!(
        answer(line),
        concat!(
            r#"{"id":"c1","amount":"100.5","rounded":"100.50","explain":["#,
            r#"{"step":"quantity","quantity":"101"},"#,
            r#"{"step":"tier","tier":1,"from":"0","to":"100","quantity":"100","#,
            r#""unit_price":"1","flat_fee":"0","amount":"100"},"#,
            r#"{"step":"tier","tier":2,"from":"100","to":null,"quantity":"1","#,
            r#""unit_price":"0.5","flat_fee":"0","amount":"0.5"},"#,
            r#"{"step":"rounding","exact":"100.5","rounded":"100.50"}]}"#,
            "\n"
        )
    );
}

#[test]
fn a_document_with_faults_hears_of_all_of_them() {
    let line = r#"{"id": 7, "currency": "EURO", "when": "now",
        "price": {"model": "per_unit", "unit_price": "-1"}, "usage": {"quantity": "1"}}"#;
    assert_eq!(
        answer(line),
        concat!(
            r#"{"id":7,"error":"currency: \"EURO\" is no currency of ISO 4217; write a code such "#,
            r#"as EUR; price.unit_price: -1 is below zero; it must be 0 or more; "#,
            r#"when: is not a field here; remove it or use one of id, currency, price, usage","#,
            r#""faults":[{"field":"currency","code":"unknown_currency"},"#,
            r#"{"field":"price.unit_price","code":"negative"},"#,
            r#"{"field":"when","code":"unknown_field"}]}"#,
            "\n"
        )
    );
    assert!(answer("{").starts_with(r#"{"id":null,"error":"not JSON: "#));
}

fn faults(price: &str, usage: &str) -> Vec<String> {
    let line = format!(r#"{{"currency": "EUR", "price": {price}, "usage": {usage}}}"#);
    let json = Json::parse(&line).unwrap();
    let issues = PriceDocument::read(&json).unwrap_err();
    let name = |issue: &Issue| format!("{} {}", issue.path, issue.code);
    issues.iter().map(name).collect()
}

#[test]
fn usage_must_be_what_the_model_prices() {
    let per_unit = r#"{"model": "per_unit", "unit_price": "1"}"#;
    assert_eq!(faults(per_unit, "{}"), ["usage.quantity required"]);
    assert_eq!(
        faults(per_unit, r#"{"quantity": "1.0000000000001", "unit": "x"}"#),
        ["usage.quantity too_precise", "usage.unit unknown_field"]
    );
    assert_eq!(
        faults(per_unit, r#"{"quantity": 1, "events": [{"amount": 1}]}"#),
        ["usage.events[0].quantity required", "usage.events one_of"]
    );
    let percentage = r#"{"model": "percentage", "rate_percent": "1"}"#;
    assert_eq!(
        faults(percentage, r#"{"events": ["-1"], "prior_quantity": "5"}"#),
        [
            "usage.events[0] negative",
            "usage.prior_quantity not_for_model",
            "usage.prior_quantity one_of",
        ]
    );
    let fixed = r#"{"model": "cost_plus", "markup": {"fixed_per_unit": "1"}}"#;
    assert_eq!(
        faults(fixed, r#"{"events": ["1"]}"#),
        ["usage.events[0] not_an_object"]
    );
    let sum = r#"{"model": "line_sum", "lines": [{"value": "a", "price": {"model": "dynamic"}}]}"#;
    assert_eq!(
        faults(
            sum,
            r#"{"lines": [{"value": "b", "quantity": 1}, {"quantity": 1}]}"#
        ),
        [
            "usage.lines[0].value no_price",
            "usage.lines[1].value required"
        ]
    );
    let capacity = r#"{"model": "capacity", "tiers": [{"limits": {"seats": null}, "amount": 1}]}"#;
    assert_eq!(
        faults(capacity, r#"{"chairs": 1}"#),
        ["usage.chairs unknown_field"]
    );
    let discount = r#"{"model": "dynamic", "discount": {"amount": "1"}}"#;
    assert_eq!(
        faults(discount, r#"{"quantity": 1, "prior_amount": "1"}"#),
        ["usage.prior_amount one_of"]
    );
}

#[test]
fn an_amount_that_does_not_fit_names_the_quantity() {
    let line = r#"{"id": "x", "currency": "EUR",
        "price": {"model": "per_unit", "unit_price": "100000000"},
        "usage": {"quantity": "100000000000"}}"#;
    let expected = "{\"id\":\"x\",\"error\":\"usage 100000000000: the number is too large\",\
        \"faults\":[]}\n";
    assert_eq!(answer(line), expected);
}
