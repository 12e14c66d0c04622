//! The command line as a script sees it: the real program, a real book, exit codes, and what
//! stands on which output.

mod home;

use home::Home;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn event(id: &str, customer: &str, input: &str) -> String {
    format!(
        r#"{{"source":"test","id":"{id}","event_name":"llm.call","at":"2026-11-02T10:00:00Z",
            "customer":"{customer}","provider":"openai","model":"gpt-4o",
            "quantities":{{"input_tokens":{input}}}}}"#
    )
    .replace('\n', "")
}

fn pdfs(folder: &Path) -> usize {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .count()
}

fn xmls(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".xml")).collect()
}

#[test]
fn the_demo_is_a_sound_book_that_can_be_billed_on_and_copied() {
    let home = Home::new();
    let book = home.demo();
    let summary = fs::read_to_string(home.path("demo/summary.txt")).unwrap();
    assert_eq!(summary.lines().count(), 37, "{summary}");
    assert_eq!(pdfs(&home.path("demo/invoices")), 36);

    let verified = home.run(&["--book", &book, "--json", "verify"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let reply: Value = serde_json::from_str(&verified.out).unwrap();
    assert_eq!(reply["checked"], 36);
    assert_eq!(reply["findings"], serde_json::json!([]));

    let copy = home.text("copy.ratebook");
    let copied = home.run(&["--book", &book, "backup", &copy]);
    assert_eq!((copied.code, copied.out.trim()), (0, copy.as_str()));
    let again = home.run(&["--book", &book, "backup", &copy]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains(&copy), "{}", again.err);

    // November is not over on the day of the events, so nothing becomes final.
    let events = home.write("more.jsonl", &event("a", "halden-1", "1000000"));
    assert_eq!(home.run(&["--book", &copy, "import", &events]).code, 0);
    let drafts = home.run(&[
        "--book", &copy, "--json", "invoice", "run", "--period", "2026-10",
    ]);
    let rows: Value = serde_json::from_str(&drafts.out).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 12);
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .all(|row| row["state"] == "finalized")
    );
    // The original was not touched by what was done to the copy.
    let original = home.run(&["--book", &book, "--json", "verify"]);
    assert_eq!(serde_json::from_str::<Value>(&original.out).unwrap(), reply);
}

#[test]
fn rows_that_are_left_out_are_named_and_change_the_exit_code() {
    let home = Home::new();
    let book = home.demo();
    let lines = [
        event("a", "who", "10"),
        event("a", "who", "10"),
        event("b", "who", "-5"),
        event("a", "who", "11"),
        "{\"source\":\"test\",\"id\":\"c".to_owned(),
    ];
    let file = home.write("mixed.jsonl", &lines.join("\n"));
    let done = home.run(&["--book", &book, "import", &file]);
    assert_eq!(done.code, 2, "{}", done.err);
    let first = done.out.lines().next().unwrap();
    assert!(
        first.ends_with("1 accepted, 1 duplicate, 1 conflict, 2 rejected"),
        "{}",
        done.out
    );
    for (line, field) in [("line 3", "input_tokens"), ("line 5", "")] {
        let named = done.out.lines().find(|row| row.starts_with(line));
        assert!(
            named.is_some_and(|row| row.contains(field)),
            "{line}: {}",
            done.out
        );
    }
    let again = home.run(&["--book", &book, "--json", "import", &file]);
    let report: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(
        (&report["accepted"], &report["duplicate"]),
        (&0.into(), &2.into())
    );
}

#[test]
fn what_cannot_be_read_is_named_on_standard_error_and_changes_nothing() {
    let home = Home::new();
    let book = home.demo();
    let before = home.run(&["--book", &book, "--json", "verify"]).out;
    let empty = home.write("empty.jsonl", "");
    let image = home.path("image.csv");
    fs::write(&image, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let cases: [(&[&str], &str); 6] = [
        (&["import", &empty], "empty.jsonl: the file is empty"),
        (&["import", &image.display().to_string()], "image.csv: "),
        (&["import", &home.text("none.csv")], "none.csv"),
        (&["invoice", "run", "--period", "October"], "month"),
        (&["cost", "--jsonl", &home.text("none.jsonl")], "none.jsonl"),
        (&["cost", "--jsonl", "--prices", &empty], "empty.jsonl"),
    ];
    for (arguments, named) in cases {
        let mut all = vec!["--book", book.as_str()];
        all.extend(arguments);
        let done = home.run(&all);
        assert_eq!(
            (done.code, done.out.as_str()),
            (1, ""),
            "{arguments:?}: {}",
            done.err
        );
        assert!(done.err.contains(named), "{arguments:?}: {}", done.err);
    }
    assert_eq!(home.run(&["--book", &book, "--json", "verify"]).out, before);
}

#[test]
fn a_file_that_is_no_book_and_no_book_at_all() {
    let home = Home::new();
    let text = home.write(
        "notes.ratebook",
        "not a database, but long enough to be looked at",
    );
    let done = home.run(&["--book", &text, "verify"]);
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("is not a book of Ratebook"),
        "{}",
        done.err
    );
    assert_eq!(fs::read_to_string(&text).unwrap().len(), 47);
    let json = home.run(&["--json", "--book", &text, "verify"]);
    let error: Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(error["code"], "refused");

    let none = home.run(&["verify"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("--book FILE"), "{}", none.err);
    let unknown = home.run(&["bill"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("--help"), "{}", unknown.err);
}

#[test]
fn calls_are_priced_without_a_book_and_every_line_is_answered() {
    let home = Home::new();
    let call = |id: &str, model: &str| {
        format!(
            r#"{{"id":"{id}","provider":"openai","model":"{model}","at":"2026-11-01T00:00:00Z",
                "usage":{{"input_tokens":1000,"output_tokens":10}}}}"#
        )
        .replace('\n', "")
    };
    let lines = format!(
        "{}\n\n{}\nnonsense\n",
        call("a", "gpt-4o"),
        call("b", "gpt-none")
    );
    let done = home.run_with(&["cost", "--jsonl"], &lines);
    assert_eq!(done.code, 0, "{}", done.err);
    let replies: Vec<Value> = done
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(replies.len(), 3, "{}", done.out);
    // 1,000 × $2.50 and 10 × $10 per million.
    assert_eq!(
        (&replies[0]["id"], &replies[0]["cost"]),
        (&"a".into(), &"0.0026".into())
    );
    assert_eq!(replies[0]["currency"], "USD");
    assert!(replies[1]["error"].as_str().unwrap().contains("gpt-none"));
    assert!(replies[2]["error"].is_string() && replies[2]["id"].is_null());
}

#[test]
fn price_documents_are_answered_without_a_book() {
    let home = Home::new();
    let lines = concat!(
        r#"{"id":"a","currency":"USD","price":{"model":"package","package_size":1000,"#,
        r#""package_price":"0.04"},"usage":{"quantity":1001}}"#,
        "\n",
        r#"{"id":"b","currency":"USD","price":{"model":"package","package_size":0,"#,
        r#""prise":"0.04"},"usage":{"quantity":1001}}"#,
        "\n"
    );
    let file = home.write("documents.jsonl", lines);
    let done = home.run(&["quote", "--jsonl", &file]);
    assert_eq!(done.code, 0, "{}", done.err);
    let replies: Vec<Value> = done
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(replies.len(), 2, "{}", done.out);
    assert_eq!(replies[0]["amount"], "0.08");
    assert_eq!(replies[0]["rounded"], "0.08");
    assert_eq!(replies[0]["explain"][1]["packages"], "2");
    let faults = replies[1]["faults"].as_array().unwrap();
    let fields: Vec<&str> = faults
        .iter()
        .map(|fault| fault["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        ["price.package_size", "price.package_price", "price.prise"]
    );
    let missing = home.run(&["quote", "--jsonl", &home.text("none.jsonl")]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("none.jsonl"), "{}", missing.err);
}

#[test]
fn a_plan_goes_out_as_text_comes_back_and_keeps_its_tests() {
    let home = Home::new();
    let book = home.demo();
    let run = |arguments: &[&str]| home.run(&[&["--book", &book], arguments].concat());
    let done = run(&["plan", "export", "Scale"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let tests = "\n[[tests]]\nname = \"a few runs\"\ncharge = \"Agent runs\"\nquantity = 1_200\n\
                 amount = \"1.00\"\n";
    let file = home.write("scale.toml", &format!("{}{tests}", done.out));
    let done = run(&["plan", "import", &file]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(done.out, format!("{file}: draft of Scale\n"));
    // What was read is what is written again.
    let again = run(&["plan", "export", "Scale"]);
    assert!(
        again.out.contains("[[tests]]\nname = \"a few runs\""),
        "{}",
        again.out
    );
    let done = run(&["test"]);
    assert_eq!(done.code, 1);
    assert!(done.out.starts_with("FAIL Scale v"), "{}", done.out);
    assert!(
        done.out.ends_with("0 passed, 1 failed\n") || done.out.ends_with("0 passed, 1 failed\n")
    );
    let done = run(&["test", "--json"]);
    let line: Value = serde_json::from_str(done.out.lines().next().unwrap()).unwrap();
    assert_eq!(line["passed"], Value::Bool(false));
    assert_eq!(line["expected"], "1.00");
    // The amount that it said makes the test pass.
    assert_eq!(line["amount"], "48.40");
    let text = again.out.replace("amount = \"1.00\"", "amount = \"48.40\"");
    let file = home.write("scale.toml", &text);
    assert_eq!(run(&["plan", "import", &file]).code, 0);
    let done = run(&["test"]);
    assert_eq!(
        (done.code, done.out.starts_with("ok   Scale v")),
        (0, true),
        "{}",
        done.out
    );
    // A slip of the pen is named with file, line and field, and changes nothing.
    let file = home.write("scale.toml", &text.replace("unit_price", "unit_prise"));
    let done = run(&["plan", "import", &file]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("scale.toml: line "), "{}", done.err);
    assert!(done.err.contains("unit_price: is missing"), "{}", done.err);
    assert_eq!(run(&["test"]).code, 0);
}

#[test]
fn an_invoice_is_taken_back_by_its_number_and_only_once() {
    let home = Home::new();
    let book = home.demo();
    let list = home.run(&[
        "--book", &book, "--json", "invoice", "run", "--period", "2026-10",
    ]);
    let rows: Value = serde_json::from_str(&list.out).unwrap();
    let row = &rows[0];
    let number = row["number"].as_str().unwrap();
    let total = row["total"]["amount"].as_str().unwrap();
    let credit = |more: &[&str]| {
        let base = [
            "--book", &book, "invoice", "credit", number, "--reason", "agreed",
        ];
        home.run(&[base.as_slice(), more].concat())
    };
    let tried = credit(&["--all", "--dry-run"]);
    assert_eq!(tried.code, 0, "{}", tried.err);
    assert!(tried.out.contains(total), "{}", tried.out);
    let refused = credit(&["--line", "1=1000000"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("lines[0].amount: only"),
        "{}",
        refused.err
    );
    let refused = credit(&[]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    let folder = home.text("notes");
    let made = credit(&["--all", "--out", &folder]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.contains(total), "{}", made.out);
    assert_eq!(pdfs(Path::new(&folder)), 1);
    let pay = |amount: &str, currency: &str| {
        home.run(&["--book", &book, "invoice", "pay", number, amount, currency])
    };
    let paid = pay("1.00", "EUR");
    assert_eq!(paid.code, 0, "{}", paid.err);
    assert!(paid.out.contains("overpaid, 1.00 EUR paid"), "{}", paid.out);
    let refused = pay("0", "USD");
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("currency: the invoice is in EUR"),
        "{}",
        refused.err
    );
    assert!(
        refused.err.contains("amount: \"0\" is no amount"),
        "{}",
        refused.err
    );
    let again = credit(&["--all"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("taken back already"), "{}", again.err);
    let unknown = home.run(&[
        "--book",
        &book,
        "invoice",
        "credit",
        "HS-1999-1",
        "--all",
        "--reason",
        "x",
    ]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("HS-1999-1"), "{}", unknown.err);
    assert_eq!(home.run(&["--book", &book, "verify"]).code, 0);
}

#[test]
fn final_invoices_are_written_as_xml_or_all_that_is_missing_is_named() {
    let home = Home::new();
    let book = home.demo();
    let out = home.text("out");
    let run = |format: &str| {
        let arguments = ["invoice", "run", "--period", "2026-10", "--out", &out];
        let mut all = vec!["--book", book.as_str()];
        all.extend(arguments);
        all.extend(["--einvoice", format]);
        home.run(&all)
    };

    // Some customers of the sample have no reference, which Peppol wants: nothing is written.
    let refused = run("peppol");
    assert_eq!(refused.code, 1, "{}", refused.err);
    let named = refused
        .err
        .lines()
        .filter(|line| line.contains("customer.reference: is missing (enter it under the"));
    assert!(named.count() > 1, "{}", refused.err);
    let written = fs::read_dir(&out).map_or(0, Iterator::count);
    assert_eq!(written, 0, "neither XML nor PDF");

    let done = run("cii");
    assert_eq!(done.code, 0, "{}", done.err);
    let names = xmls(Path::new(&out));
    assert_eq!(names.len(), 12);
    for name in names {
        let text = fs::read_to_string(Path::new(&out).join(&name)).unwrap();
        let number = name.trim_end_matches(".xml");
        assert!(
            text.contains(&format!("<ram:ID>{number}</ram:ID>")),
            "{name}"
        );
        assert!(home.path("out").join(format!("{number}.pdf")).exists());
    }
    fs::remove_dir_all(&out).unwrap();

    let done = run("zugferd");
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(
        xmls(Path::new(&out)),
        Vec::<String>::new(),
        "the XML is inside"
    );
    let pdfs: Vec<_> = fs::read_dir(&out).unwrap().collect();
    assert_eq!(pdfs.len(), 12);
    for pdf in pdfs {
        let bytes = fs::read(pdf.unwrap().path()).unwrap();
        assert!(String::from_utf8_lossy(&bytes).contains("factur-x.xml"));
    }
}

#[test]
fn a_credit_note_is_an_einvoice_or_is_not_issued() {
    let home = Home::new();
    let book = home.demo();
    let out = home.text("out");
    let number = "HS-2026-0036";
    let credit = |format: &str| {
        let what = ["invoice", "credit", number, "--all", "--reason", "agreed"];
        let mut all = vec!["--book", book.as_str()];
        all.extend(what);
        all.extend(["--out", &out, "--einvoice", format]);
        home.run(&all)
    };
    // XRechnung wants the buyer's routing id and other things.
    let refused = credit("xrechnung");
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert!(
        refused.err.contains("is missing (enter it under"),
        "{}",
        refused.err
    );
    let done = credit("ubl");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out.contains("0001"),
        "the first credit note: {}",
        done.out
    );
    assert_eq!(xmls(Path::new(&out)).len(), 1);
}

#[test]
fn a_format_that_is_not_known_is_refused_with_those_that_are() {
    let done = Home::new().run(&[
        "invoice",
        "run",
        "--period",
        "2026-10",
        "--out",
        "x",
        "--einvoice",
        "edifact",
    ]);
    assert_ne!(done.code, 0);
    assert!(done.err.contains("xrechnung-ubl"), "{}", done.err);
}

#[test]
fn a_bill_run_is_adjusted_held_finalized_and_exported() {
    let home = Home::new();
    assert_eq!(home.run(&["demo", &home.text("demo"), "--drafts"]).code, 0);
    let book = home.text("demo/sample.ratebook");
    let invoice = |arguments: &[&str]| {
        let mut all = vec!["--book", book.as_str(), "invoice"];
        all.extend(arguments);
        home.run(&all)
    };
    let nordlicht = "Nordlicht Versicherung AG";
    let wrong = invoice(&[
        "adjust", nordlicht, "--period", "2026-10", "--line", "Fee=1.x",
    ]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("lines[0].unitPrice"), "{}", wrong.err);
    let adjust = [
        "adjust",
        nordlicht,
        "--period",
        "2026-10",
        "--line",
        "Onboarding=2 x 150.00",
        "--line",
        "Goodwill=-20",
        "--discount",
        "10%",
        "--discount-reason",
        "first year",
        "--purchase-order",
        "PO 4711",
    ];
    let done = invoice(&adjust);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("discount"), "{}", done.out);
    let none = invoice(&["hold", "Nobody", "--period", "2026-10", "--reason", "x"]);
    assert!(
        none.err
            .contains("no customer has the number or name Nobody"),
        "{}",
        none.err
    );
    let held = invoice(&[
        "hold",
        nordlicht,
        "--period",
        "2026-10",
        "--reason",
        "waits for PO",
    ]);
    assert_eq!(held.code, 0, "{}", held.err);
    let run = invoice(&["run", "--period", "2026-10", "--finalize"]);
    assert_eq!(run.code, 2);
    let named = format!("{nordlicht} is held: on hold: waits for PO");
    assert!(run.err.contains(&named), "{}", run.err);
    assert_eq!(
        invoice(&["approve", nordlicht, "--period", "2026-10"]).code,
        0
    );
    let run = invoice(&["run", "--period", "2026-10", "--finalize"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let out = home.text("export");
    let exported = invoice(&["export", "--period", "2026-10", "--out", &out]);
    assert_eq!(exported.code, 0, "{}", exported.err);
    assert_eq!(pdfs(&home.path("export")), 12);
    let again = invoice(&["export", "--period", "2026-10", "--out", &out]);
    assert!(again.err.contains("has files in it"), "{}", again.err);
    assert_eq!(home.run(&["--book", &book, "verify"]).code, 0);
}
