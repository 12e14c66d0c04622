//! `ratebook invoice run --einvoice`: final invoices as XML beside their PDFs, or none at all.

mod home;

use home::Home;
use std::fs;
use std::path::Path;

fn xmls(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".xml")).collect()
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
        .filter(|line| line.ends_with("customer.reference: is missing"));
    assert!(named.count() > 1, "{}", refused.err);
    assert_eq!(xmls(Path::new(&out)), Vec::<String>::new());

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
