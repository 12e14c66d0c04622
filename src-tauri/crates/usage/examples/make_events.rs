//! Writes N canonical events of M customers to standard output, the same every time:
//! `make_events [events] [customers] [days]` (1,000,000 events, 200 customers, 31 days from
//! 1 October 2026). For benchmarks and tests; the shape is that of a gateway's log.

use std::io::{BufWriter, Write};

/// Provider, model, and how many calls in 64 go to it.
const MODELS: [(&str, &str, u64); 12] = [
    ("openai", "gpt-5", 10),
    ("openai", "gpt-5-mini", 9),
    ("openai", "gpt-4.1", 5),
    ("openai", "gpt-4o-mini", 6),
    ("anthropic", "claude-sonnet-4-5-20250929", 10),
    ("anthropic", "claude-haiku-4-5-20251001", 6),
    ("anthropic", "claude-opus-4-1-20250805", 2),
    ("google", "gemini-2.5-pro", 5),
    ("google", "gemini-2.5-flash", 6),
    ("mistral", "mistral-large-latest", 2),
    ("xai", "grok-4", 2),
    ("deepseek", "deepseek-chat", 1),
];

const TEAMS: [&str; 6] = [
    "support", "search", "checkout", "research", "billing", "mobile",
];
/// 2026-10-01T00:00:00Z.
const FIRST: u64 = 1_790_812_800;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |otherwise: u64| {
        arguments
            .next()
            .map_or(Ok(otherwise), |text| text.parse())
            .expect("a whole number")
    };
    let (events, customers, days) = (next(1_000_000), next(200), next(31));
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    for number in 0..events {
        write_event(&mut out, number, events, customers, days)?;
    }
    out.flush()
}

fn write_event(
    out: &mut impl Write,
    number: u64,
    events: u64,
    customers: u64,
    days: u64,
) -> std::io::Result<()> {
    let mut chance = Chance(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed);
    let (provider, model) = pick(chance.below(64));
    // A few customers make most of the calls.
    let customer = chance.below(customers).min(chance.below(customers)) + 1;
    let micros = u128::from(number) * u128::from(days) * 86_400_000_000 / u128::from(events.max(1));
    let micros = u64::try_from(micros).unwrap_or(u64::MAX);
    let at = FIRST + micros / 1_000_000;
    let (day, second) = ((at - FIRST) / 86_400, at % 86_400);
    let (month, day) = if day < 31 {
        (10, day + 1)
    } else {
        (11, day % 30 + 1)
    };
    let input = 200 + chance.below(4_000) + if chance.below(50) == 0 { 210_000 } else { 0 };
    let cached = if chance.below(3) == 0 {
        input * chance.below(80) / 100
    } else {
        0
    };
    let written = if provider == "anthropic" && cached == 0 {
        input / 4
    } else {
        0
    };
    let output = 20 + chance.below(900);
    let reasoning = if chance.below(4) == 0 {
        output * chance.below(70) / 100
    } else {
        0
    };
    let tier = match chance.below(20) {
        0 => ",\"service_tier\":\"flex\"",
        1 => ",\"batch\":true",
        _ => "",
    };
    write!(
        out,
        "{{\"schema\":1,\"kind\":\"usage\",\"source\":\"gateway-eu\",\
         \"id\":\"gen-{number:012x}{:08x}\",\
         \"event_name\":\"llm.call\",\"at\":\"2026-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}Z\",\
         \"customer\":\"cus_{customer:05}\",\"provider\":\"{provider}\",\"model\":\"{model}\",\
         \"modifiers\":{{\"byok\":false{tier}}},\"quantities\":{{\"input_tokens\":{}",
        chance.below(1 << 32),
        second / 3600,
        second / 60 % 60,
        second % 60,
        micros % 1_000_000,
        input - cached - written,
    )?;
    for (name, count) in [
        ("cache_read_tokens", cached),
        ("cache_write_tokens", written),
        ("output_tokens", output - reasoning),
        ("output_reasoning_tokens", reasoning),
    ] {
        if count > 0 {
            write!(out, ",\"{name}\":{count}")?;
        }
    }
    let team = TEAMS[usize::try_from(chance.below(6)).unwrap_or(0)];
    writeln!(
        out,
        ",\"requests\":1}},\"dimensions\":{{\"team\":\"{team}\",\"app\":\"app-{}\"}},\
         \"reported\":{{\"convention\":\"inc\",\"input\":{input},\
         \"output\":{output},\"total\":{}}}}}",
        chance.below(20),
        input + output,
    )
}

fn pick(mut place: u64) -> (&'static str, &'static str) {
    for (provider, model, share) in MODELS {
        if place < share {
            return (provider, model);
        }
        place -= share;
    }
    ("openai", "gpt-5")
}

/// Numbers that look random and are the same on every machine (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }
}
