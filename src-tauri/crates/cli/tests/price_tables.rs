//! Price tables and price books on the command line: the real program on a real book.

mod home;

use home::{Done, Home};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

const LITELLM: &str = r#"{"acme/m": {"litellm_provider": "acme", "input_cost_per_token": 4e-6,
    "output_cost_per_token": 8e-6}}"#;

struct Desk {
    home: Home,
    book: String,
}

impl Desk {
    fn new() -> Self {
        let home = Home::new();
        let book = home.demo();
        Self { home, book }
    }

    fn run(&self, arguments: &[&str]) -> Done {
        self.home
            .run(&[&["--book", &self.book], arguments].concat())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let done = self.run(&[&["--json"], arguments].concat());
        assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
        serde_json::from_str(&done.out).unwrap()
    }

    /// The row of input tokens; nothing where the model is not known.
    fn price(&self, provider: &str, model: &str, more: &[&str]) -> Option<Value> {
        let asked = [&["--json", "price", provider, model], more].concat();
        let done = self.run(&[&asked[..], &["--dimension", "input_tokens"]].concat());
        let reply: Value = serde_json::from_str(&done.out).ok()?;
        Some(reply["prices"][0].clone())
    }

    fn shown(&self, provider: &str, model: &str) -> String {
        let row = self.price(provider, model, &[]);
        row.map_or("unknown".to_owned(), |row| {
            row["price"].as_str().unwrap_or("none").to_owned()
        })
    }
}

#[test]
fn a_table_of_every_format_is_compared_first_and_taken_when_told() {
    let desk = Desk::new();
    let tables = [
        ("litellm.json", LITELLM, "acme", "m", "4"),
        (
            "genai.json",
            r#"[{"id": "gacme", "name": "G", "pricing_urls": [], "models":
                [{"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": 5}}]}]"#,
            "gacme",
            "m",
            "5",
        ),
        (
            "router.json",
            r#"{"data": [{"id": "a/m", "pricing": {"prompt": "0.000006", "completion": "0"}}]}"#,
            "openrouter",
            "a/m",
            "6",
        ),
        (
            "gateway.json",
            r#"{"object": "list", "data": [{"id": "a/m", "object": "model", "owned_by": "a",
                "pricing": {"input": "0.000007"}}]}"#,
            "vercel_ai_gateway",
            "a/m",
            "7",
        ),
        (
            "models.json",
            r#"{"macme": {"id": "macme", "name": "M", "env": ["K"], "models":
                {"m": {"id": "m", "name": "M", "cost": {"input": 8, "output": 9}}}}}"#,
            "macme",
            "m",
            "8",
        ),
        (
            "list.csv",
            "Provider,Model,Input USD per 1M,Output USD per 1M\ncacme,m,9.00,10.00\n",
            "cacme",
            "m",
            "9",
        ),
    ];
    for (name, text, provider, model, price) in tables {
        let file = desk.home.write(name, text);
        assert_eq!(desk.shown(provider, model), "unknown", "{name}");
        let dry = desk.json(&["import", "--format", "prices", "--dry-run", &file]);
        let lines = dry["lines"].as_array().unwrap();
        let line = lines
            .iter()
            .find(|line| line["model"] == model && line["dimension"] == "input_tokens");
        let line = line.unwrap_or_else(|| panic!("{name}: {dry}"));
        assert_eq!(
            (&line["provider"], &line["will"], &line["taken"]),
            (&provider.into(), &price.into(), &true.into()),
            "{name}"
        );
        assert_eq!(
            desk.shown(provider, model),
            "unknown",
            "{name} was only looked at"
        );
        let done = desk.run(&["import", "--format", "prices", &file]);
        assert_eq!(done.code, 0, "{name}: {}", done.err);
        assert_eq!(desk.shown(provider, model), price, "{name}");
    }
    workbook(&desk);
}

fn workbook(desk: &Desk) {
    let workbook = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/tests/data/acme.xlsx");
    let dry = desk.json(&["import", "--dry-run", workbook]);
    assert_eq!(dry["models"], 2, "{dry}");
    assert_eq!(desk.run(&["import", workbook]).code, 0);
    let first = &dry["lines"][0];
    let (provider, model) = (first["provider"].as_str(), first["model"].as_str());
    assert_eq!(desk.shown(provider.unwrap(), model.unwrap()), "3");
}

#[test]
fn a_price_at_an_instant_is_told_as_the_book_knew_it_at_another() {
    let desk = Desk::new();
    let file = desk.home.write("one.json", LITELLM);
    assert_eq!(desk.run(&["import", &file]).code, 0);
    let first = desk.price("acme", "m", &[]).unwrap();
    let known = first["recordedAt"].as_str().unwrap();
    let file = desk
        .home
        .write("two.json", &LITELLM.replace("4e-6", "3e-6"));
    let dry = desk.json(&["import", "--dry-run", &file]);
    let line = dry["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["provider"] == "acme" && line["dimension"] == "input_tokens");
    let line = line.unwrap();
    assert_eq!(
        (&line["kind"], &line["was"], &line["will"], &line["percent"]),
        (&"changed".into(), &"4".into(), &"3".into(), &"-25.0".into())
    );
    assert_eq!(desk.run(&["import", &file]).code, 0);
    assert_eq!(desk.shown("acme", "m"), "3");
    let then = desk.price("acme", "m", &["--as-of", known]).unwrap();
    assert_eq!(then["price"], "4", "nobody knew of the cut yet");
    let before = desk.price("acme", "m", &["--at", "2026-01-01"]).unwrap();
    assert_eq!(before["price"], "4", "it was not in force yet");
}

#[test]
fn a_thousandfold_is_asked_about_and_a_missing_or_negative_price_is_named() {
    let desk = Desk::new();
    let file = desk.home.write("one.json", LITELLM);
    assert_eq!(desk.run(&["import", &file]).code, 0);
    let text = LITELLM.replace("4e-6", "4e-3").replace("8e-6", "7e-6");
    let file = desk.home.write("two.json", &text);
    let done = desk.run(&["import", &file]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("1 of them a hundredfold"), "{}", done.out);
    assert_eq!(desk.shown("acme", "m"), "4", "not swallowed");
    assert_eq!(desk.run(&["import", "--accept-all", &file]).code, 0);
    assert_eq!(desk.shown("acme", "m"), "4000");

    let bad = r#"{"acme/bad": {"litellm_provider": "acme", "input_cost_per_token": -1e-6,
        "output_cost_per_token": 1e-6}, "acme/none": {"litellm_provider": "acme"}}"#;
    let file = desk.home.write("bad.json", bad);
    let dry = desk.json(&["import", "--dry-run", &file]);
    let named: Vec<(&str, &str)> = dry["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| {
            (
                issue["code"].as_str().unwrap(),
                issue["field"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        named[0],
        ("bad_value", "acme/bad: input_cost_per_token"),
        "{named:?}"
    );
    assert!(
        named.iter().any(|(code, _)| *code == "no_price"),
        "{named:?}"
    );

    // Two prices of one instant: neither is taken, the other model is.
    let twice = "Provider,Model,Input USD per 1M\ntw,a,3\ntw,a,4\ntw,b,5\n";
    let file = desk.home.write("twice.csv", twice);
    let dry = desk.json(&["import", "--format", "prices", "--dry-run", &file]);
    assert_eq!(dry["issues"][0]["code"], "twice", "{dry}");
    let done = desk.run(&["import", "--format", "prices", &file]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(
        (desk.shown("tw", "a"), desk.shown("tw", "b")),
        ("unknown".into(), "5".into())
    );
}

/// A server on this computer; its port.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    port
}

fn answer(mut stream: std::net::TcpStream) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
        request.extend(byte);
    }
    let request = String::from_utf8_lossy(&request);
    let body = |kind: &str, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}")
    };
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    let text = match path.as_str() {
        "/table" => body("application/json", LITELLM),
        "/page" => body("text/html", "<html></html>"),
        "/loop" => "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n".to_owned(),
        "/large" => "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_owned(),
        _ => body("application/json", ""),
    };
    let _ = stream.write_all(text.as_bytes());
    let block = vec![b' '; 1 << 20];
    for _ in 0..if path == "/large" { 200 } else { 0 } {
        if stream.write_all(&block).is_err() {
            return;
        }
    }
}

#[test]
fn an_address_that_has_no_table_is_named_and_nothing_is_taken() {
    let desk = Desk::new();
    let before = desk.json(&["verify"]);
    let port = serve();
    let at = |path: &str| format!("http://127.0.0.1:{port}{path}");
    for (path, says) in [
        ("/page", "a web page (HTML)"),
        ("/loop", "it leads on and on"),
        ("/large", "it answers with more than"),
        ("/nothing", "it answers with nothing"),
    ] {
        let done = desk.run(&["import", &at(path)]);
        assert_eq!(
            (done.code, done.out.as_str()),
            (1, ""),
            "{path}: {}",
            done.err
        );
        assert!(done.err.contains(says), "{path}: {}", done.err);
        assert!(
            done.err.contains("nothing was taken"),
            "{path}: {}",
            done.err
        );
    }
    for (name, text, says) in [
        ("page.json", "<!doctype html><html>", "web page (HTML)"),
        ("empty.json", "", "empty"),
        ("cut.json", "{\"a\": {\"litellm_provider\"", "expected"),
    ] {
        let file = desk.home.write(name, text);
        let done = desk.run(&["import", "--format", "prices", &file]);
        assert_eq!(
            (done.code, done.out.as_str()),
            (1, ""),
            "{name}: {}",
            done.err
        );
        assert!(done.err.contains(says), "{name}: {}", done.err);
    }
    assert_eq!(desk.json(&["verify"]), before);
    assert_eq!(desk.shown("acme", "m"), "unknown");
    assert_eq!(desk.run(&["import", &at("/table")]).code, 0);
    assert_eq!(desk.shown("acme", "m"), "4");
}

#[test]
fn a_price_book_goes_out_in_three_formats_and_comes_back_as_it_is() {
    let desk = Desk::new();
    for name in ["book.toml", "book.csv", "book.xlsx"] {
        let file = desk.home.text(name);
        let done = desk.run(&["export", &file]);
        assert_eq!(done.code, 0, "{name}: {}", done.err);
        assert!(done.out.ends_with(" rules\n"), "{}", done.out);
        let back = desk.json(&["import", "--format", "price-book", "--end-missing", &file]);
        assert_eq!(
            (&back["changed"], &back["staged"]),
            (&0.into(), &true.into()),
            "{name}"
        );
        assert!(back["rules"].as_u64().unwrap() > 3, "{name}: {back}");
    }
    let text = std::fs::read_to_string(desk.home.path("book.toml")).unwrap();
    let file = desk.home.write(
        "more.toml",
        &text.replacen("percent = \"", "percent = \"1", 1),
    );
    let back = desk.json(&["import", &file]);
    assert_eq!(back["changed"], 1, "a TOML file is a price book");
    let file = desk.home.write(
        "bad.toml",
        &text.replacen("percent = \"", "percent = \"x", 1),
    );
    let done = desk.run(&["import", &file]);
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("1 faults; nothing was staged"),
        "{}",
        done.err
    );
    assert!(done.err.contains("is not a number"), "{}", done.err);
}
