//! One `GET` of an address that a person entered: the only place of the program that speaks to a
//! network. It stores nothing, sends no names or keys, and refuses addresses inside a network that
//! the person did not mean.

mod guard;

use crate::error::{ApiError, ApiResult};
use crate::jobs::Job;
use guard::Guard;
use std::io::Read;
use std::time::Duration;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, http::Response};
use url::Url;

/// How much an answer may have and how long it may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes, unpacked.
    pub bytes: u64,
    /// From the first word to the last.
    pub time: Duration,
}

impl Limits {
    /// Twenty times the largest table that is known, and a minute.
    pub const USUAL: Self = Self {
        bytes: 64 << 20,
        time: Duration::from_secs(60),
    };
}

const MOST_REDIRECTS: usize = 5;
/// Between two looks at whether the person has had enough.
const CHUNK: usize = 64 << 10;

/// Whether a place is an address and not a file.
pub(crate) fn is_address(place: &str) -> bool {
    let start = place.get(..8).unwrap_or(place).to_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// What an address answers.
///
/// # Errors
/// [`ApiError`] refused for a reason `address_…`; nothing was kept.
pub(crate) fn fetch(address: &str, limits: Limits, job: &Job) -> ApiResult<Vec<u8>> {
    let refused = |code: &str| refused(address, code);
    let mut url = Url::parse(address.trim()).map_err(|_| refused("not_an_address"))?;
    // Only who types a loopback address himself means this computer.
    let loopback = url.host().is_some_and(|host| guard::is_loopback(&host));
    let agent = agent(limits, loopback);
    let mut hops: usize = 0;
    loop {
        check(&url, loopback).map_err(refused)?;
        job.report("fetch", 0, None);
        let answer = agent.get(url.as_str()).call();
        let answer = answer.map_err(|error| failed(address, &error))?;
        let status = answer.status();
        if !status.is_redirection() {
            if !status.is_success() {
                return Err(refused("status").with("status", status.as_u16()));
            }
            return body(answer, address, limits, job);
        }
        hops = hops.saturating_add(1);
        if hops > MOST_REDIRECTS {
            return Err(refused("redirects"));
        }
        let next = answer.headers().get("location");
        let next = next.and_then(|next| next.to_str().ok());
        let next = next.and_then(|next| url.join(next).ok());
        let next = next.ok_or_else(|| refused("redirects"))?;
        if url.scheme() == "https" && next.scheme() != "https" {
            return Err(refused("redirect_unsafe"));
        }
        url = next;
        job.check()?;
    }
}

fn agent(limits: Limits, loopback: bool) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A server may close after each answer: every question has a connection of its own.
        .max_idle_connections(0)
        // A proxy would look names up itself, past the guard.
        .proxy(None)
        .timeout_connect(Some(limits.time.min(Duration::from_secs(15))))
        .timeout_global(Some(limits.time))
        .user_agent("ratebook")
        .build();
    Agent::with_parts(config, DefaultConnector::default(), Guard { loopback })
}

/// What can be said of an address before anything is asked.
fn check(url: &Url, loopback: bool) -> Result<(), &'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("scheme");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("credentials");
    }
    let host = url.host().ok_or("not_an_address")?;
    if guard::is_private(&host, loopback) {
        return Err("private");
    }
    Ok(())
}

fn body(answer: Response<Body>, address: &str, limits: Limits, job: &Job) -> ApiResult<Vec<u8>> {
    let refused = |code: &str| refused(address, code);
    let too_large = || refused("too_large").with("megabytes", limits.bytes >> 20);
    let kind = answer.headers().get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.to_lowercase().starts_with("text/html") {
        return Err(refused("html"));
    }
    let said = answer.body().content_length();
    if said.is_some_and(|said| said > limits.bytes) {
        return Err(too_large());
    }
    let mut bytes: Vec<u8> = Vec::new();
    let reader = answer.into_body().into_with_config();
    let mut reader = reader.limit(limits.bytes.saturating_add(1)).reader();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = reader.read(&mut chunk);
        let read = read.map_err(|error| match ureq::Error::from(error) {
            ureq::Error::BodyExceedsLimit(_) => too_large(),
            error => failed(address, &error),
        })?;
        if read == 0 {
            break;
        }
        bytes.extend(chunk.get(..read).unwrap_or_default());
        let done = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if done > limits.bytes {
            return Err(too_large());
        }
        job.check()?;
        job.report("fetch", done, said);
    }
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(refused("empty")),
        Some(b'<') => Err(refused("html")),
        Some(_) => Ok(bytes),
    }
}

fn failed(address: &str, error: &ureq::Error) -> ApiError {
    match error {
        ureq::Error::Timeout(_) => refused(address, "timeout"),
        ureq::Error::HostNotFound => refused(address, "host"),
        ureq::Error::Io(error) if guard::is_refusal(error) => refused(address, "private"),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            refused(address, "timeout")
        }
        error => refused(address, "unreachable").with("detail", error),
    }
}

fn refused(address: &str, code: &str) -> ApiError {
    ApiError::refused(&format!("address_{code}"))
        .with("code", code)
        .with("address", without_secrets(address))
}

/// The address as a message may show it: what stands before the host can be a password.
fn without_secrets(address: &str) -> String {
    match Url::parse(address.trim()) {
        Ok(mut url) => {
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.set_query(None);
            url.to_string()
        }
        Err(_) => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests;
