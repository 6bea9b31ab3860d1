//! Formulas as one line of text: `(a+b)/2`, `x^2`, `∑_(i=1)^n x_i`. Both Word's OMML and MathML, by their elements' local names.

/// Deeper nesting is written without its structure.
const DEPTH: usize = 64;

/// A formula being read.
#[derive(Debug, Default)]
pub struct Math {
    open: Vec<Node>,
    text: String,
    /// Elements open beyond [`DEPTH`].
    beyond: usize,
}

#[derive(Debug, Default)]
struct Node {
    name: String,
    text: String,
    /// What its parts say.
    parts: Vec<(String, String)>,
    /// Signs of its own: the operator, brackets.
    signs: Vec<(String, String)>,
}

impl Node {
    fn has_parts(&self) -> bool {
        matches!(
            self.name.as_str(),
            "f" | "sSup"
                | "sSub"
                | "sSubSup"
                | "sPre"
                | "rad"
                | "nary"
                | "d"
                | "func"
                | "limLow"
                | "limUpp"
                | "acc"
                | "bar"
                | "m"
                | "mr"
                | "eqArr"
                | "mfrac"
                | "msup"
                | "msub"
                | "msubsup"
                | "mroot"
                | "msqrt"
                | "mover"
                | "munder"
                | "munderover"
                | "mtable"
                | "mtr"
                | "mfenced"
        )
    }

    fn part(&self, name: &str, position: usize) -> &str {
        let named = self.parts.iter().find(|p| p.0 == name);
        let found = named.or_else(|| self.parts.get(position).filter(|p| p.0.starts_with("m")));
        found.map_or("", |p| p.1.trim())
    }

    fn sign<'t>(&'t self, name: &str, usual: &'t str) -> &'t str {
        let found = self.signs.iter().find(|s| s.0 == name);
        found.map_or(usual, |s| s.1.as_str())
    }

    fn joined(&self, by: &str) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|p| p.1.trim()).collect();
        parts.join(by)
    }

    fn write(&self) -> String {
        let part = |name, position| self.part(name, position);
        let below = |name, position| script("_", part(name, position));
        let above = |name, position| script("^", part(name, position));
        let base = || part("e", 0);
        match self.name.as_str() {
            "f" | "mfrac" => format!("{}/{}", group(part("num", 0)), group(part("den", 1))),
            "sSup" | "msup" => group(base()) + &above("sup", 1),
            "sSub" | "msub" => group(base()) + &below("sub", 1),
            "sSubSup" | "msubsup" => group(base()) + &below("sub", 1) + &above("sup", 2),
            "sPre" => below("sub", 0) + &above("sup", 0) + base(),
            "rad" if part("deg", 9).is_empty() => format!("√{}", group(base())),
            "rad" => format!("{}√{}", part("deg", 9), group(base())),
            "mroot" => format!("{}√{}", part("", 1), group(part("", 0))),
            "msqrt" => format!("√{}", group(&self.joined(""))),
            "nary" => {
                let sign = self.sign("chr", "∫");
                format!("{sign}{}{} {}", below("sub", 9), above("sup", 9), base())
            }
            "d" => {
                let between = self.joined(self.sign("sepChr", "|"));
                format!(
                    "{}{between}{}",
                    self.sign("begChr", "("),
                    self.sign("endChr", ")")
                )
            }
            "mfenced" => format!("({})", self.joined(", ")),
            "func" => format!("{} {}", part("fName", 9), base()),
            "limLow" => base().to_owned() + &below("lim", 9),
            "limUpp" => base().to_owned() + &above("lim", 9),
            "munder" => part("", 0).to_owned() + &below("", 1),
            "mover" if part("", 1).chars().count() == 1 => part("", 0).to_owned() + part("", 1),
            "mover" => part("", 0).to_owned() + &above("", 1),
            "munderover" => part("", 0).to_owned() + &below("", 1) + &above("", 2),
            "acc" => base().to_owned() + self.sign("chr", "\u{302}"),
            "bar" => base().to_owned() + "\u{305}",
            "m" | "mtable" => format!("[{}]", self.joined("; ")),
            "mr" | "mtr" => self.joined(", "),
            "eqArr" => self.joined("; "),
            _ => self.text.clone(),
        }
    }
}

fn script(mark: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("{mark}{}", group(text))
}

/// In brackets, unless it is a single word or sign.
fn group(text: &str) -> String {
    let is_word = text.chars().count() <= 1 || text.chars().all(char::is_alphanumeric);
    let bracketed = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    if is_word || bracketed {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

impl Math {
    /// An element starts.
    pub fn open(&mut self, name: &str) {
        if self.open.len() >= DEPTH {
            self.beyond += 1;
            return;
        }
        self.open.push(Node {
            name: name.to_owned(),
            ..Node::default()
        });
    }

    /// A sign that the file says of the element around: `chr`, `begChr`, `endChr`, `sepChr`.
    pub fn sign(&mut self, name: &str, value: &str) {
        // The sign stands in the element's properties.
        if let Some(node) = self.open.iter_mut().rev().find(|n| n.has_parts()) {
            node.signs.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Characters.
    pub fn text(&mut self, text: &str) {
        let into = self.open.last_mut().map_or(&mut self.text, |n| &mut n.text);
        into.push_str(text);
    }

    /// The element that was opened last ends.
    pub fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(node) = self.open.pop() else {
            return;
        };
        let written = node.write();
        match self.open.last_mut() {
            Some(parent) if parent.has_parts() => {
                // Properties are no part.
                if !node.name.ends_with("Pr") {
                    parent.parts.push((node.name, written));
                }
            }
            Some(parent) => parent.text.push_str(&written),
            None => self.text.push_str(&written),
        }
    }

    /// What the formula says.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.beyond = 0;
            self.close();
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `f(num:a+b den:2)` as calls: names open, `)` closes, other words are text.
    fn check(source: &str, expected: &str) {
        let mut math = Math::default();
        for word in source.split_whitespace() {
            if let Some(name) = word.strip_suffix('{') {
                math.open(name);
            } else if word == "}" {
                math.close();
            } else if let Some((name, value)) = word.split_once(':') {
                math.sign(name, value);
            } else {
                math.text(word);
            }
        }
        assert_eq!(math.finish(), expected);
    }

    #[test]
    fn formulas_are_lines() {
        check("f{ num{ a+b } den{ 2 } }", "(a+b)/2");
        check("sSup{ e{ x } sup{ 2 } } + 1", "x^2+1");
        check(
            "nary{ naryPr{ chr:∑ } sub{ i=1 } sup{ n } e{ sSub{ e{ x } sub{ i } } } }",
            "∑_(i=1)^n x_i",
        );
        check("rad{ deg{ } e{ x+1 } }", "√(x+1)");
        check("d{ dPr{ begChr:[ endChr:] } e{ a } }", "[a]");
        check(
            "mfrac{ mi{ a } mrow{ mi{ b } mo{ + } mi{ c } } }",
            "a/(b+c)",
        );
        check(
            "mtable{ mtr{ mtd{ 1 } mtd{ 2 } } mtr{ mtd{ 3 } mtd{ 4 } } }",
            "[1, 2; 3, 4]",
        );
    }

    #[test]
    fn nesting_beyond_reason_is_flat() {
        let mut math = Math::default();
        for _ in 0..10_000 {
            math.open("sSup");
            math.open("e");
        }
        math.text("x");
        for _ in 0..20_000 {
            math.close();
        }
        assert_eq!(math.finish(), "x");
    }
}
