use super::*;
use crate::jobs::Jobs;
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

/// A real server on this computer that answers each request by its path; its port.
fn serve(answer: fn(&str, &mut dyn Write)) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            thread::spawn(move || {
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
                    request.extend(byte);
                }
                let request = String::from_utf8_lossy(&request);
                let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
                answer(&path, &mut stream);
            });
        }
    });
    port
}

fn ask(address: &str, limits: Limits) -> Result<Vec<u8>, String> {
    let jobs = Jobs::default();
    let running = jobs.start("job", Arc::new(|_| ()));
    fetch(address, limits, &running.job).map_err(|error| {
        assert!(error.params["reason"].starts_with("address_"), "{error}");
        error.params["code"].clone()
    })
}

fn answer(path: &str, out: &mut dyn Write) {
    let ok = |kind: &str, body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let to = |place: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n")
    };
    let text = match path {
        "/table" => ok("application/json", "{\"a\": 1}"),
        "/page" => ok("text/html; charset=utf-8", "<html></html>"),
        "/hidden-page" => ok("application/json", "  <!doctype html>"),
        "/empty" => ok("application/json", " \n"),
        "/nothing" => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
        "/gone" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
        "/loop" => to("/loop"),
        "/moved" => to("table"),
        "/inside" => to("http://192.168.0.1/table"),
        "/file" => to("file:///etc/passwd"),
        "/said" => "HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n".to_owned(),
        "/slow" => {
            thread::sleep(Duration::from_secs(5));
            ok("application/json", "{}")
        }
        "/endless" => "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_owned(),
        other => ok("text/plain", other),
    };
    let _ = out.write_all(text.as_bytes());
    let block = vec![b' '; 1 << 20];
    // 200 MB without saying so before.
    for _ in 0..if path == "/endless" { 200 } else { 0 } {
        if out.write_all(&block).is_err() {
            return;
        }
    }
}

const SHORT: Limits = Limits {
    bytes: 64 << 20,
    time: Duration::from_millis(2_000),
};

#[test]
fn an_answer_comes_whole_and_a_redirect_is_followed() {
    let port = serve(answer);
    let at = |path: &str| ask(&format!("http://127.0.0.1:{port}{path}"), SHORT);
    assert_eq!(at("/table").as_deref(), Ok(&b"{\"a\": 1}"[..]));
    assert_eq!(at("/moved").as_deref(), Ok(&b"{\"a\": 1}"[..]));
    let named = ask(&format!("http://localhost:{port}/table"), SHORT);
    assert!(named.is_ok(), "{named:?}");
}

#[test]
fn whatever_is_no_table_is_named_and_nothing_of_it_is_kept() {
    let port = serve(answer);
    for (path, code) in [
        ("/page", "html"),
        ("/hidden-page", "html"),
        ("/empty", "empty"),
        ("/nothing", "empty"),
        ("/gone", "status"),
        ("/loop", "redirects"),
        ("/inside", "private"),
        ("/file", "scheme"),
        ("/said", "too_large"),
        ("/endless", "too_large"),
        ("/slow", "timeout"),
    ] {
        let limits = if path == "/endless" {
            Limits::USUAL
        } else {
            SHORT
        };
        let got = ask(&format!("http://127.0.0.1:{port}{path}"), limits);
        assert_eq!(got.unwrap_err(), code, "{path}");
    }
}

#[test]
fn addresses_that_nobody_should_ask_are_refused_before_they_are() {
    for (address, code) in [
        ("ftp://example.com/table", "scheme"),
        ("http://", "not_an_address"),
        ("https://me:secret@example.com/table", "credentials"),
        ("http://10.0.0.1/table", "private"),
        ("http://169.254.169.254/latest/meta-data", "private"),
        ("http://[fd00::1]/table", "private"),
        ("http://[::ffff:127.0.0.1]/table", "private"),
        ("http://0.0.0.0/table", "private"),
        ("http://no-such-host.invalid/table", "host"),
    ] {
        assert_eq!(ask(address, SHORT).unwrap_err(), code, "{address}");
    }
    let refused = refused("https://me:secret@example.com/t?key=secret", "credentials");
    assert!(!refused.to_line().contains("secret"), "{refused}");
}

#[test]
fn a_cancelled_answer_is_not_read_to_its_end() {
    let port = serve(answer);
    let jobs = Arc::new(Jobs::default());
    let other = Arc::clone(&jobs);
    let report = move |at: crate::wire::Progress| {
        if at.done.0 > 0 {
            other.cancel("job");
        }
    };
    let running = jobs.start("job", Arc::new(report));
    let address = format!("http://127.0.0.1:{port}/endless");
    let error = fetch(&address, Limits::USUAL, &running.job).unwrap_err();
    assert_eq!(error.code, crate::ErrorCode::Cancelled);
}
