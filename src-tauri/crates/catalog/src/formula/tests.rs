use super::*;
use ratebook_money::parse_decimal;

/// cost 8.60, list 10, published 12.47, row(input) 2.236.
fn known(term: Term<'_>) -> Result<Decimal, FormulaCode> {
    let value = match term {
        Term::Name("cost") => "8.60",
        Term::Name("list") => "10",
        Term::Name("published") => "12.47",
        Term::Name("custom:cpu") => "4",
        Term::Name("unpriced") => return Err(FormulaCode::NotKnown),
        Term::Row("input") => "2.236",
        Term::Row("own") => return Err(FormulaCode::Loop),
        Term::Name(_) | Term::Row(_) => return Err(FormulaCode::UnknownName),
    };
    Ok(parse_decimal(value).unwrap())
}

fn value(text: &str) -> Result<String, (FormulaCode, usize)> {
    let faulty = |fault: FormulaFault| (fault.code, fault.at);
    let formula = Formula::parse(text).map_err(faulty)?;
    let value = formula.evaluate(18, &mut known).map_err(faulty)?;
    Ok(value.to_string())
}

#[test]
fn formulas_of_the_price_book() {
    for (text, result) in [
        ("= cost * 1.3", "11.18"),
        ("=max(cost + 0.2, list * 0.9)", "9"),
        ("min(cost, list, published)", "8.6"),
        ("round(cost * 1.25, 0.05)", "10.75"),
        ("row(input) * 5", "11.18"),
        ("2 + 3 * 4 - 6 / 2", "11"),
        ("-(2 - 5) * --2", "6"),
        ("10 / 4 / 5", "0.5"),
        ("1 / 3 * 3", "1"),
        (".5 + 00.50", "1"),
        ("custom:cpu\t*\n0.25", "1"),
    ] {
        assert_eq!(value(text), Ok(result.to_owned()), "{text}");
    }
}

#[test]
fn round_goes_to_the_nearest_step_half_away_from_zero() {
    for (text, result) in [
        ("round(3.27, 0.05)", "3.25"),
        ("round(3.275, 0.05)", "3.3"),
        ("round(-3.275, 0.05)", "-3.3"),
        ("round(-3.27, 0.05)", "-3.25"),
        ("round(1 / 3, 0.0001)", "0.3333"),
        ("round(2.5, 1)", "3"),
        ("round(-2.5, 1)", "-3"),
        ("round(1, 1 / 3)", "1"),
        ("round(0, 5)", "0"),
    ] {
        assert_eq!(value(text), Ok(result.to_owned()), "{text}");
    }
}

#[test]
fn every_fault_is_named_with_its_place() {
    use FormulaCode::*;
    for (text, code, at) in [
        ("", Empty, 0),
        (" = ", Empty, 3),
        ("cost *", ExpectedValue, 6),
        ("cost * * 2", ExpectedValue, 7),
        ("(cost + 1", ExpectedClosing, 9),
        ("max(cost 2)", ExpectedClosing, 9),
        ("cost 2", ExpectedEnd, 5),
        ("cost)", ExpectedEnd, 4),
        ("cost % 2", ExpectedEnd, 5),
        ("2 * €", UnexpectedCharacter, 4),
        ("Cost", UnexpectedCharacter, 0),
        ("1,5", ExpectedEnd, 1),
        ("1.2.3", BadNumber, 0),
        ("sqrt(cost)", UnknownFunction, 0),
        ("1 + round(cost)", WrongArguments, 4),
        ("max()", WrongArguments, 0),
        ("row(2)", ExpectedName, 4),
        ("row(input + 1)", ExpectedClosing, 10),
        ("cost + profit", UnknownName, 7),
        ("unpriced * 2", NotKnown, 0),
        ("2 * row(own)", Loop, 4),
        ("cost / (2 - 2)", DivisionByZero, 5),
        ("round(cost, 0)", StepNotPositive, 0),
        ("round(cost, -0.05)", StepNotPositive, 0),
        ("cost / 0.7", NotFinite, 5),
        ("1e5", ExpectedEnd, 1),
    ] {
        assert_eq!(value(text), Err((code, at)), "{text}");
    }
    let long = "1+".repeat(MOST_CHARACTERS);
    assert_eq!(value(&long), Err((TooLong, MOST_CHARACTERS)));
    for open in ["(", "-", "max("] {
        let deep = open.repeat(MOST_DEPTH + 1);
        assert_eq!(
            value(&deep),
            Err((TooDeep, MOST_DEPTH * open.len() + open.len()))
        );
    }
    let big = vec!["9999999999999999999999999999"; 30].join("*");
    assert_eq!(value(&big).unwrap_err().0, TooBig);
}

#[test]
fn what_does_not_fit_128_bits_is_still_exact() {
    let text = "(1.000000000000000000000001 * 3.000000000000000000000007) \
                / (1.000000000000000000000001 * 3.000000000000000000000007)";
    assert_eq!(value(text), Ok("1".to_owned()));
}

#[test]
fn it_says_what_it_asks_for() {
    let formula = Formula::parse("= max(cost, list) + cost * row(input) + row(output)").unwrap();
    assert_eq!(formula.names(), ["cost", "list"]);
    assert_eq!(formula.references(), ["input", "output"]);
}

#[test]
fn a_name_is_replaced_by_what_it_stands_for() {
    let formula = Formula::parse("published * (1 - published)").unwrap();
    let shown = |value: &str| {
        let value = parse_decimal(value).unwrap();
        formula.clone().with_value("published", value).to_string()
    };
    assert_eq!(shown("12.470"), "12.47 * (1 - 12.47)");
    assert_eq!(shown("-2"), "-2 * (1 - -2)");
    assert_eq!(
        Formula::parse(&shown("-2")).unwrap().to_string(),
        shown("-2")
    );
}

#[test]
fn it_is_shown_and_stored_in_one_way() {
    for (text, shown) in [
        ("=cost*1.30", "cost * 1.3"),
        ("((cost))+(1+2)", "cost + (1 + 2)"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("-(cost*2)", "-(cost * 2)"),
        ("max( 1,min(2,3) )", "max(1, min(2, 3))"),
    ] {
        let formula = Formula::parse(text).unwrap();
        assert_eq!(formula.to_string(), shown);
        let stored = serde_json::to_string(&formula).unwrap();
        assert_eq!(stored, format!("\"{shown}\""));
        assert_eq!(serde_json::from_str::<Formula>(&stored).unwrap(), formula);
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn formula() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            (0_u32..100_000, 0_u32..5).prop_map(|(m, s)| Decimal::new(m.into(), s).to_string()),
            Just("cost".to_owned()),
            Just("row(input)".to_owned()),
        ];
        leaf.prop_recursive(5, 24, 3, |inner| {
            let (a, b) = (inner.clone(), inner.clone());
            prop_oneof![
                (
                    a,
                    prop_oneof![Just('+'), Just('-'), Just('*'), Just('/')],
                    b
                )
                    .prop_map(|(a, sign, b)| format!("({a}){sign}({b})")),
                inner.clone().prop_map(|a| format!("-({a})")),
                prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|values| format!("max({})", values.join(","))),
                inner.prop_map(|a| format!("round({a}, 0.05)")),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            let _ = value(&text);
        }

        #[test]
        fn no_text_of_its_own_signs_panics(text in "[-=+*/(),.0-9a-z_: ]{0,60}") {
            let _ = value(&text);
        }

        #[test]
        fn the_canonical_text_reads_back(text in formula()) {
            prop_assume!(text.chars().count() <= MOST_CHARACTERS);
            let Ok(read) = Formula::parse(&text) else { return Ok(()) };
            let shown = read.to_string();
            let again = Formula::parse(&shown).unwrap();
            prop_assert_eq!(&again, &read);
            prop_assert_eq!(again.to_string(), shown);
            let of = |formula: &Formula| {
                formula.evaluate(18, &mut known).map_err(|fault| fault.code)
            };
            prop_assert_eq!(of(&again), of(&read));
        }

        #[test]
        fn short_and_long_numbers_agree(text in formula()) {
            prop_assume!(text.chars().count() <= MOST_CHARACTERS);
            let Ok(read) = Formula::parse(&text) else { return Ok(()) };
            let (short, long) = evaluate::both(&read.root, &mut known);
            if short != Err(FormulaCode::TooBig) {
                prop_assert_eq!(short, long);
            }
        }

        #[test]
        fn products_and_sums_are_those_of_decimals(
            a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, s in 0_u32..6
        ) {
            let (a, b) = (Decimal::new(a, s), Decimal::new(b, 3));
            let text = format!("({a}) * ({b}) + ({a}) - ({b})");
            let expected = (a * b + a - b).normalize();
            prop_assert_eq!(value(&text), Ok(expected.to_string()));
        }
    }
}

#[test]
fn a_division_needs_a_round_around_it() {
    let is_rounded = |text: &str| Formula::parse(text).unwrap().rounds_quotients();
    for text in [
        "a * b",
        "round(a / b, 0.01)",
        "round(min(a, b / c) * 2, 1) + 1",
    ] {
        assert!(is_rounded(text), "{text}");
    }
    for text in [
        "a / b",
        "a / 2",
        "min(round(a, 1), b / c)",
        "-(round(a / b, 1) / 3)",
    ] {
        assert!(!is_rounded(text), "{text}");
    }
}
