use super::*;
use crate::pricing::parse;

fn faults(price: &str) -> Vec<String> {
    let mut issues = Vec::new();
    exact(&parse(price).unwrap(), "price", &mut issues);
    let named = issues.iter().map(|issue| {
        let places = issue.params.get("places").map_or("", String::as_str);
        format!("{} {} {places}", issue.path, issue.code)
    });
    named.collect()
}

#[test]
fn a_price_alone_may_have_all_places_of_a_price() {
    let fine = "0.000000000001";
    for price in [
        format!(r#"{{"model":"per_unit","unit_price":"{fine}"}}"#),
        format!(r#"{{"model":"overage","included":"1000","unit_price":"{fine}"}}"#),
        format!(
            r#"{{"model":"per_unit","unit_price":"{fine}","discount":{{"percent":"12.5"}},
                "commitment":{{"amount":"100","overage_factor":"1.25"}}}}"#
        ),
    ] {
        assert!(faults(&price).is_empty(), "{price}");
    }
}

#[test]
fn included_units_and_a_discount_leave_fewer_places() {
    // In a part of a month 12 places are included; 0.875 has three.
    let of = |price: &str| {
        format!(
            r#"{{"model":"overage","included":"1000","unit_price":"{price}",
                "discount":{{"percent":"12.5"}}}}"#
        )
    };
    assert!(faults(&of("0.000000001")).is_empty());
    assert_eq!(faults(&of("0.0000000001")), ["price.unit_price too_fine 9"]);
}

#[test]
fn each_tier_and_each_price_inside_a_price_is_looked_at() {
    let tiers = r#""tiers":[{"up_to":"10","unit_price":"0.5"},{"unit_price":"0.00000000001"}]"#;
    let graduated = format!(
        r#"{{"model":"graduated",{tiers},"included":"5",
            "commitment":{{"quantity":"3","overage_factor":"1.75"}}}}"#
    );
    assert_eq!(
        faults(&graduated),
        ["price.tiers[1].unit_price too_fine 10"]
    );
    let daily = format!(
        r#"{{"model":"bucketed","per":"day","discount":{{"percent":"0.25"}},
            "base":{{"model":"volume",{tiers},"included":"5"}}}}"#
    );
    assert_eq!(
        faults(&daily),
        ["price.base.tiers[1].unit_price too_fine 8"]
    );
    let by_value = r#"{"model":"line_sum","discount":{"percent":"0.0000000001"},
        "lines":[{"value":"a","price":{"model":"per_unit","unit_price":"0.0000001"}}],
        "default":{"model":"percentage","rate_percent":"0.00001"}}"#;
    let fault = [
        "price.lines[0].price.unit_price too_fine 6",
        "price.default.rate_percent too_fine 4",
    ];
    assert_eq!(faults(by_value), fault);
}

#[test]
fn a_factor_beyond_what_is_agreed_must_fit_beside_a_discount() {
    let price = r#"{"model":"flat","amount":"5","discount":{"percent":"0.0000000001"},
        "commitment":{"amount":"100","overage_factor":"1.25"}}"#;
    assert_eq!(
        faults(price),
        ["price.commitment.overage_factor too_fine 0"]
    );
}
