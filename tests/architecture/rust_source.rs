//! Rust text without its comments and strings, so that a word in a sentence is not taken for code.

/// The source with the insides of comments, strings and character literals blanked out; lines stay
/// where they are.
pub fn code_only(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skipped(&chars, at);
        if end > at {
            out.extend(
                chars[at..end]
                    .iter()
                    .map(|c| if *c == '\n' { '\n' } else { ' ' }),
            );
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or literal that begins at `at` ends; `at` itself when none begins there.
fn skipped(chars: &[char], at: usize) -> usize {
    let starts = |text: &str| {
        text.chars()
            .enumerate()
            .all(|(i, c)| chars.get(at + i) == Some(&c))
    };
    if starts("//") {
        return find(chars, at, |i| chars[i] == '\n');
    }
    if starts("/*") {
        return block_comment(chars, at);
    }
    let after_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    if !after_word && (starts("r\"") || starts("r#") || starts("br\"") || starts("br#")) {
        return raw_string(chars, at);
    }
    if starts("\"") {
        return quoted(chars, at, '"');
    }
    // 'a' and '\n' are literals, 'a in <'a> is not.
    let literal = chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'');
    if starts("'") && literal {
        quoted(chars, at, '\'')
    } else {
        at
    }
}

fn find(chars: &[char], from: usize, is_end: impl Fn(usize) -> bool) -> usize {
    (from..chars.len())
        .find(|i| is_end(*i))
        .unwrap_or(chars.len())
}

fn block_comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0_usize, at);
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') if depth == 1 => return i + 2,
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
    }
    chars.len()
}

fn raw_string(chars: &[char], at: usize) -> usize {
    let quote = find(chars, at, |i| chars[i] == '"');
    let hashes = chars[at..quote].iter().filter(|c| **c == '#').count();
    // r#name is an identifier, not a string.
    if chars[at..quote]
        .iter()
        .any(|c| !matches!(c, 'b' | 'r' | '#'))
    {
        return at;
    }
    let closes = |i: usize| {
        chars[i] == '"' && (1..=hashes).all(|offset| chars.get(i + offset) == Some(&'#'))
    };
    (find(chars, quote + 1, closes) + 1 + hashes).min(chars.len())
}

fn quoted(chars: &[char], at: usize, quote: char) -> usize {
    let mut i = at + 1;
    while i < chars.len() {
        match chars[i] {
            '\\' => i += 2,
            c if c == quote => return i + 1,
            _ => i += 1,
        }
    }
    chars.len()
}

/// Whether `word` stands in `line` by itself, not as part of a longer word.
pub fn has_word(line: &str, word: &str) -> bool {
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        !part_of_word(line[..at].chars().next_back())
            && !part_of_word(line[at + word.len()..].chars().next())
    })
}

#[test]
fn comments_and_strings_are_blanked_and_code_is_kept() {
    let source =
        "let a = \"f64 \\\" f64\"; // f64\nlet b = r#\"f64\"#; /* f64 /* f64 */ */ let 'a' f32";
    let code = code_only(source);
    assert!(!has_word(&code, "f64"), "{code}");
    assert!(has_word(&code, "f32"), "{code}");
    assert_eq!(code.lines().count(), 2);
    assert!(has_word("fn f<'a>(x: &'a f64)", "f64"));
    assert!(has_word(
        &code_only("fn f<'a>(x: &'a f64) -> &'a str"),
        "f64"
    ));
    assert!(!has_word("let f64_bits = 1", "f64"));
}
