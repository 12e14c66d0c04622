//! A small matcher for the regular expressions of price tables: literals, `.`, `\d` `\w` `\s`,
//! classes, groups, alternatives, `? * + {n,m}`, anchors and look-ahead. Anything else is refused
//! when the table is read, so a rule never means something it does not say.

/// A pattern that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pattern(Vec<Vec<Node>>);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Node {
    Char(char),
    Any,
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    Start,
    End,
    Group(Vec<Vec<Node>>),
    Look {
        negated: bool,
        inner: Vec<Vec<Node>>,
    },
    Repeat {
        node: Box<Node>,
        least: usize,
        most: usize,
    },
}

/// Steps after which a match is given up as "no": model names are short, rules simple.
const BUDGET: usize = 100_000;

impl Pattern {
    /// Reads a pattern; nothing when it uses more than this matcher knows.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = Reader {
            chars: text.chars().collect(),
            at: 0,
        };
        let alternatives = rest.alternatives()?;
        rest.peek().is_none().then_some(Self(alternatives))
    }

    /// Whether it matches anywhere in the text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let mut run = Run {
            text: &chars,
            budget: BUDGET,
        };
        (0..=chars.len()).any(|start| run.any(&self.0, start, &mut |_, _| true))
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let found = self.peek();
        self.at = self.at.saturating_add(1);
        found
    }

    fn eat(&mut self, text: &str) -> bool {
        let end = self.at.saturating_add(text.chars().count());
        let found = self
            .chars
            .get(self.at..end)
            .is_some_and(|part| part.iter().copied().eq(text.chars()));
        if found {
            self.at = end;
        }
        found
    }

    fn alternatives(&mut self) -> Option<Vec<Vec<Node>>> {
        let mut all = vec![Vec::new()];
        loop {
            match self.peek() {
                None | Some(')') => return Some(all),
                Some('|') => {
                    self.next();
                    all.push(Vec::new());
                }
                Some(_) => {
                    let node = self.repeated()?;
                    all.last_mut()?.push(node);
                }
            }
        }
    }

    fn repeated(&mut self) -> Option<Node> {
        let node = self.atom()?;
        let (least, most) = if self.eat("?") {
            (0, 1)
        } else if self.eat("*") {
            (0, usize::MAX)
        } else if self.eat("+") {
            (1, usize::MAX)
        } else if self.eat("{") {
            self.bounds()?
        } else {
            return Some(node);
        };
        Some(Node::Repeat {
            node: Box::new(node),
            least,
            most,
        })
    }

    fn bounds(&mut self) -> Option<(usize, usize)> {
        let mut inner = String::new();
        while let Some(next) = self.next().filter(|next| *next != '}') {
            inner.push(next);
        }
        match inner.split_once(',') {
            None => inner.parse().ok().map(|exactly| (exactly, exactly)),
            Some((least, "")) => least.parse().ok().map(|least| (least, usize::MAX)),
            Some((least, most)) => Some((least.parse().ok()?, most.parse().ok()?)),
        }
    }

    fn atom(&mut self) -> Option<Node> {
        match self.next()? {
            '^' => Some(Node::Start),
            '$' => Some(Node::End),
            '.' => Some(Node::Any),
            '[' => self.class(),
            '\\' => escaped(self.next()?),
            '(' => {
                let look = self.eat("?!").then_some(true);
                let look = look.or_else(|| self.eat("?=").then_some(false));
                if look.is_none() && !self.eat("?:") && self.peek() == Some('?') {
                    return None;
                }
                let inner = self.alternatives()?;
                self.eat(")").then_some(match look {
                    Some(negated) => Node::Look { negated, inner },
                    None => Node::Group(inner),
                })
            }
            '*' | '+' | '?' | '{' => None,
            plain => Some(Node::Char(plain)),
        }
    }

    fn class(&mut self) -> Option<Node> {
        let negated = self.eat("^");
        let mut ranges = Vec::new();
        loop {
            let low = match self.next()? {
                ']' if !ranges.is_empty() => return Some(Node::Class { negated, ranges }),
                '\\' => match escaped(self.next()?)? {
                    Node::Char(plain) => plain,
                    Node::Class { ranges: more, .. } => {
                        ranges.extend(more);
                        continue;
                    }
                    _ => return None,
                },
                plain => plain,
            };
            let spans = self.peek() == Some('-')
                && self
                    .chars
                    .get(self.at.saturating_add(1))
                    .is_some_and(|end| *end != ']');
            let high = if spans {
                self.next();
                self.next()?
            } else {
                low
            };
            ranges.push((low, high));
        }
    }
}

fn escaped(after: char) -> Option<Node> {
    let class = |ranges: &[(char, char)]| {
        Some(Node::Class {
            negated: false,
            ranges: ranges.to_vec(),
        })
    };
    match after {
        'd' => class(&[('0', '9')]),
        'w' => class(&[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
        's' => class(&[(' ', ' '), ('\t', '\r')]),
        other if !other.is_alphanumeric() => Some(Node::Char(other)),
        _ => None,
    }
}

struct Run<'t> {
    text: &'t [char],
    budget: usize,
}

type Then<'k> = &'k mut dyn FnMut(&mut Run, usize) -> bool;

impl Run<'_> {
    fn any(&mut self, alternatives: &[Vec<Node>], at: usize, then: Then) -> bool {
        alternatives
            .iter()
            .any(|nodes| self.sequence(nodes, at, then))
    }

    fn sequence(&mut self, nodes: &[Node], at: usize, then: Then) -> bool {
        let Some((first, rest)) = nodes.split_first() else {
            return then(self, at);
        };
        self.node(first, at, &mut |run, after| run.sequence(rest, after, then))
    }

    fn node(&mut self, node: &Node, at: usize, then: Then) -> bool {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 {
            return false;
        }
        let here = self.text.get(at).copied();
        let step = |fits: bool| fits.then(|| at.saturating_add(1));
        let next = match node {
            Node::Start => (at == 0).then_some(at),
            Node::End => (at == self.text.len()).then_some(at),
            Node::Any => step(here.is_some()),
            Node::Char(plain) => step(here == Some(*plain)),
            Node::Class { negated, ranges } => step(here.is_some_and(|found| {
                let inside = ranges
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(&found));
                inside != *negated
            })),
            Node::Look { negated, inner } => {
                (self.any(inner, at, &mut |_, _| true) != *negated).then_some(at)
            }
            Node::Group(inner) => return self.any(inner, at, then),
            Node::Repeat { node, least, most } => {
                return self.repeat(node, (*least, *most), at, then);
            }
        };
        next.is_some_and(|after| then(self, after))
    }

    fn repeat(
        &mut self,
        node: &Node,
        (least, most): (usize, usize),
        at: usize,
        then: Then,
    ) -> bool {
        let left = (least.saturating_sub(1), most.saturating_sub(1));
        let more = most > 0
            && self.node(node, at, &mut |run, after| {
                // An empty match repeated for ever would never end.
                (after > at || least > 0) && run.repeat(node, left, after, then)
            });
        more || (least == 0 && then(self, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap().is_match(text)
    }

    #[test]
    fn the_patterns_of_the_tables_mean_what_they_say() {
        assert!(matches(
            r"^gpt-5\.5-\d{4}-\d{2}-\d{2}$",
            "gpt-5.5-2026-04-23"
        ));
        assert!(!matches(
            r"^gpt-5\.5-\d{4}-\d{2}-\d{2}$",
            "gpt-5.5-2026-04-2"
        ));
        assert!(!matches(r"^gpt-5\.5-\d{4}", "gpt-5x5-2026"));
        assert!(matches(r"^o[134]", "o3-mini") && !matches(r"^o[134]", "o2"));
        assert!(matches(
            r"^claude-opus-5[-@]\d{8}$",
            "claude-opus-5@20260101"
        ));
        assert!(matches(r"^grok-4\.7\[fast=true\]$", "grok-4.7[fast=true]"));
        assert!(matches(r"^(typesafe/)?jev-1\.14(-\d{8})?$", "jev-1.14"));
        assert!(matches(
            r"^(typesafe/)?jev-1\.14(-\d{8})?$",
            "typesafe/jev-1.14-20260101"
        ));
        let no_speech = r"^(?!.*-[tT][tT][sS](?:$|-))";
        assert!(matches(no_speech, "gemini-3-flash") && !matches(no_speech, "gemini-3-tts"));
    }

    #[test]
    fn what_is_not_known_is_refused_and_nothing_runs_for_ever() {
        for pattern in [r"(?<name>a)", r"a**", r"\bword", "(open", "[open", r"a{x}"] {
            assert!(Pattern::parse(pattern).is_none(), "{pattern}");
        }
        assert!(!matches("(a*)*b", &"a".repeat(40)));
    }
}
