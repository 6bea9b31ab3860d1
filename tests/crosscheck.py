#!/usr/bin/env python3
"""Counts a project's matrix, co-occurrence and keyness again, from its export, and compares.

    python3 tests/crosscheck.py target/debug/glossator <project>

Nothing of this is taken over from the program: it reads `glossator export --format ron`, cuts texts into words by rules of its
own, and counts by marking every byte. What it compares with are `glossator matrix`, `cooccur` and `words --format json`. Only the
standard library is needed. It ends with status 1 when anything differs.

Words by its own rules are UAX #29's for the scripts at hand: letters and digits with what stands between two of them (an
apostrophe or a stop between letters, a comma or a stop between digits); each Han character and each hiragana by itself.
"""

import itertools
import json
import math
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))


# Reading RON: records, lists, maps, strings (raw ones too), numbers, names.

class Ron:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def space(self):
        gap = re.compile(r"(?:\s|//[^\n]*|#!\[[^\]]*\])*")
        self.at = gap.match(self.text, self.at).end()

    def peek(self):
        self.space()
        return self.text[self.at]

    def eat(self, c):
        assert self.peek() == c, (c, self.text[self.at:self.at + 40])
        self.at += 1

    def many(self, close, item):
        found = []
        while self.peek() != close:
            found.append(item())
            if self.peek() == ",":
                self.eat(",")
        self.eat(close)
        return found

    def field(self):
        name = re.compile(r"\w+").match(self.text, (self.space(), self.at)[1])
        self.at = name.end()
        self.eat(":")
        return name.group(), self.value()

    def entry(self):
        key = self.value()
        self.eat(":")
        return key, self.value()

    def string(self):
        self.eat('"')
        out = []
        while True:
            c = self.text[self.at]
            self.at += 1
            if c == '"':
                return "".join(out)
            if c != "\\":
                out.append(c)
                continue
            c = self.text[self.at]
            self.at += 1
            if c == "u":
                end = self.text.index("}", self.at)
                out.append(chr(int(self.text[self.at + 1:end], 16)))
                self.at = end + 1
            else:
                out.append({"n": "\n", "t": "\t", "r": "\r", "0": "\0"}.get(c, c))

    def value(self):
        c = self.peek()
        if c == "(":
            self.eat("(")
            return dict(self.many(")", self.field))
        if c == "[":
            self.eat("[")
            return self.many("]", self.value)
        if c == "{":
            self.eat("{")
            return dict(self.many("}", self.entry))
        if c == '"':
            return self.string()
        raw = re.compile(r'r(#*)"').match(self.text, self.at)
        if raw:
            end = self.text.index('"' + raw.group(1), raw.end())
            value = self.text[raw.end():end]
            self.at = end + 1 + len(raw.group(1))
            return value
        word = re.compile(r"[^\s,()\[\]{}:]+").match(self.text, self.at)
        self.at = word.end()
        word = word.group()
        if re.fullmatch(r"[-+]?\d+", word):
            return int(word)
        return float(word) if re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", word) else word


# Words.

def is_han(c):
    return "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000"


def kind(c):
    """L letter, D digit, A by itself, E goes with what is before it, J joins, . ' : , stand between, nothing else counts."""
    category = unicodedata.category(c)
    if is_han(c) or "\u3041" <= c <= "\u309f":
        return "A"
    if category in ("Mn", "Mc", "Me") or c in "\u200d\u00ad\u200c":
        return "E"
    if category == "Nd":
        return "D"
    if category[0] == "L" or category == "Nl":
        return "L"
    if category == "Pc":
        return "J"
    if c in ".'\u2018\u2019\u2024":
        return "'"
    if c in ":\u00b7\u2027":
        return ":"
    if c in ",;\u037e\u0589":
        return ","
    return " "


WORD = re.compile("(?:[LDJ]E*(?:(?:(?<=L)|(?<=E))[':]E*(?=L)|(?:(?<=D)|(?<=E))[',]E*(?=D))?)+|AE*")


def words(text):
    """Where each word starts and ends, in characters."""
    kinds = "".join(map(kind, text))
    found = []
    for word in WORD.finditer(kinds):
        if word.group().strip("JE"):
            found.append((word.start(), word.end()))
    return found


def tokens(text):
    """The word that begins at each place of words(): in small letters, in Chinese pairs; None for what is part of a pair."""
    spans = words(text)
    out = []
    for i, (start, end) in enumerate(spans):
        if is_han(text[start]):
            after = i + 1 < len(spans) and spans[i + 1][0] == end and is_han(text[end])
            before = i > 0 and spans[i - 1][1] == start and is_han(text[start - 1])
            out.append(text[start:end + 1] if after else None if before else text[start:end])
        else:
            out.append(text[start:end].lower().replace("\u2019", "'"))
    return out


# What is compared.

def stop_words(language):
    with open(os.path.join(HERE, "..", "assets", "stop-words", language + ".txt"), encoding="utf-8") as file:
        return set(file.read().split())


LANGUAGES = ["en", "ru", "de", "fr", "es", "it", "pt", "nl", "sv"]
EMPTY = set("的了是也而与就都们这那")
FULL = {"目的", "了解", "参与", "首都", "成就", "就业", "都市", "人们", "与会"}


class Project:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        ron = Ron(self.run("export", "--format", "ron")).value()
        self.labels = ron.get("labels", [])
        self.readings = ron.get("readings", [])
        self.highlights = ron.get("highlights", [])
        self.stops = {language: stop_words(language) for language in LANGUAGES}
        self.eastern = stop_words("zh") | stop_words("ja")
        for reading in self.readings:
            text = reading["text"]
            offsets = list(itertools.accumulate((len(c.encode()) for c in text), initial=0))
            reading["bytes"] = offsets[-1]
            reading["starts"] = [offsets[start] for start, _ in words(text)]
            reading["tokens"] = tokens(text)
            reading["lines"] = self.paragraphs(text.encode())
        self.by_reading = {r["id"]: [h for h in self.highlights if h["reading"] == r["id"]] for r in self.readings}

    def run(self, command, *rest):
        done = subprocess.run([self.program, command, self.folder, *rest], capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(f"glossator {command} {' '.join(rest)}: {done.stderr.decode()}")
        return done.stdout.decode()

    @staticmethod
    def paragraphs(text):
        """For each byte the number of its paragraph: of the last line with something on it that begins at or before it."""
        numbers, number, at = [], 0, 0
        for line in text.split(b"\n"):
            number += bool(line.decode().strip())
            numbers.extend([max(number, 1)] * (len(line) + 1))
            at += len(line) + 1
        return numbers

    def family(self, label):
        family = {label}
        while True:
            below = {l["id"] for l in self.labels if l.get("parent") in family}
            if below <= family:
                return family
            family |= below

    def language(self, reading):
        counts = Counter(t for t in reading["tokens"] if t is not None)
        shares = [sum(counts[w] for w in self.stops[language]) for language in LANGUAGES]
        best = max(shares)
        return LANGUAGES[shares.index(best)] if best and best * 10 >= sum(counts.values()) else None


class Report:
    def __init__(self):
        self.cells = self.wrong = 0

    def compare(self, what, found, expected):
        self.cells += 1
        if found != expected and not (isinstance(found, float) and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)):
            self.wrong += 1
            if self.wrong <= 20:
                print(f"  differs: {what}: glossator {found}, here {expected}")

    def done(self, what):
        print(f"{what}: {self.cells} compared, {self.wrong} differ so far")


def covered(project, reading, highlights):
    """How many words of a reading begin in any of these highlights."""
    marks = bytearray(reading["bytes"] + 1)
    for h in highlights:
        for byte in range(h["start"], h["end"]):
            marks[byte] = 1
    return sum(marks[start] for start in reading["starts"])


COLUMNS = {
    "readings": lambda reading, h: reading["id"],
    "years": lambda reading, h: str(reading.get("year", "")),
    "coders": lambda reading, h: h["coder"],
    "stances": lambda reading, h: h.get("stance", "").lower(),
}


def check_matrix(project, report, across, measure, fold):
    options = ["--across", across, "--measure", measure, "--format", "json"] + (["--fold-all"] if fold else [])
    table = json.loads(project.run("matrix", *options))
    for row in table["rows"]:
        family = project.family(row["label"]) if row["folded"] else {row["label"]}
        for column, value, count in zip(table["columns"], row["values"], row["highlights"]):
            key = column["key"]
            total = words_here = words_all = 0
            for reading in project.readings:
                own = project.by_reading[reading["id"]]
                in_column = [h for h in own if COLUMNS[across](reading, h) == key]
                cell = [h for h in in_column if family & set(h["labels"])]
                total += len(cell)
                words_here += covered(project, reading, cell) if measure != "count" else 0
                belongs = {
                    "readings": reading["id"] == key,
                    "years": str(reading.get("year", "")) == key,
                    "coders": bool(in_column),
                    "stances": True,
                }[across]
                words_all += len(reading["starts"]) * belongs
            expected = {"count": total, "words": words_here, "share": words_here / max(words_all, 1)}[measure]
            name = f"matrix {across} {measure} {row['label']} × {key}"
            report.compare(name, count, total)
            report.compare(name, float(value), float(expected))
            if measure != "count":
                report.compare(name + " words of the column", column["words"], words_all)


def check_cooccur(project, report, near, fold, same_coder):
    options = ["--near", near, "--format", "json"] + ["--fold-all"] * fold + ["--same-coder"] * same_coder
    table = json.loads(project.run("cooccur", *options))
    labels = [label["label"] for label in table["labels"]]
    families = [project.family(l) if fold else {l} for l in labels]
    pairs, joined, having = Counter(), {}, [set() for _ in labels]
    for reading in project.readings:
        own = project.by_reading[reading["id"]]
        for h in own:
            h["rows"] = {i for i, family in enumerate(families) if family & set(h["labels"])}
            for i in h["rows"]:
                having[i].add(h["id"])
        for g, h in itertools.combinations_with_replacement(own, 2):
            if same_coder and g["coder"] != h["coder"]:
                continue
            a, b = (set(range(x["start"], x["end"])) for x in (g, h))
            if near == "paragraph":
                a, b = ({reading["lines"][byte] for byte in side} for side in (a, b))
            if g is not h and not a & b:
                continue
            for i, j in {(min(i, j), max(i, j)) for i in g["rows"] for j in h["rows"] if i != j}:
                pairs[i, j] += 1
                joined.setdefault((i, j), set()).update((g["id"], h["id"]))
    for i, j in itertools.product(range(len(labels)), repeat=2):
        key = (min(i, j), max(i, j))
        either = having[i] | having[j]
        jaccard = len(joined.get(key, ())) / len(either) if i != j and either else 0.0
        name = f"cooccur {near} {labels[i]} × {labels[j]}"
        report.compare(name, table["pairs"][i][j], pairs[key] if i != j else 0)
        report.compare(name + " Jaccard", float(table["jaccard"][i][j]), jaccard)
    for label, ids in zip(table["labels"], having):
        report.compare(f"cooccur total {label['label']}", label["highlights"], len(ids))


def check_words(project, report, label, against):
    table = json.loads(project.run(
        "words", "--label", label["name"], "--against", against, "--no-stems", "--least", "1", "--most", "1000000", "--format", "json"))
    family = project.family(label["id"])
    here, there = Counter(), Counter()
    stopped = set()
    for reading in project.readings:
        marks = bytearray(reading["bytes"] + 4)
        for target in (False, True):
            for h in project.by_reading[reading["id"]]:
                if bool(family & set(h["labels"])) == target:
                    marks[h["start"]:h["end"]] = bytes([1 + target]) * (h["end"] - h["start"])
        side = [marks[start] for start in reading["starts"]]
        if against == "texts":
            side = [2 if s == 2 else 1 for s in side]
        language = project.language(reading)
        stops = project.stops.get(language, set()) | project.eastern
        for i, token in enumerate(reading["tokens"]):
            is_pair = token is not None and len(token) == 2 and all(map(is_han, token))
            if token is None or side[i] == 0 or (is_pair and side[i + 1] != side[i]):
                continue
            stop = token in stops or (bool(set(token) & EMPTY) and token not in FULL)
            counts = here if side[i] == 2 else there
            counts[token, stop] += 1
    c, d = sum(here.values()), sum(there.values())
    name = f"words {label['id']} against {against}"
    report.compare(name + " here", table["here"], c)
    report.compare(name + " there", table["there"], d)
    report.compare(name + " rows", len(table["words"]), sum(1 for (_, stop) in here if not stop))
    for word in table["words"]:
        a, b = here[word["word"], False], there[word["word"], False]
        report.compare(f"{name} {word['word']} here", word["here"], a)
        report.compare(f"{name} {word['word']} there", word["there"], b)
        if a and c and d:
            e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
            g2 = 2 * (a * math.log(a / e1) + (b * math.log(b / e2) if b else 0))
            g2 = -g2 if a / c < b / d else g2
            ratio = math.log2((a / c) / ((b or 0.5) / d))
            report.compare(f"{name} {word['word']} keyness", word["keyness"], g2)
            report.compare(f"{name} {word['word']} log ratio", word["log_ratio"], ratio)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    project = Project(sys.argv[1], sys.argv[2])
    report = Report()
    print(f"{len(project.readings)} readings, {len(project.labels)} labels, {len(project.highlights)} highlights")
    for across, measure, fold in itertools.product(COLUMNS, ("count", "words", "share"), (False, True)):
        check_matrix(project, report, across, measure, fold)
    report.done("matrix")
    for near, fold, same_coder in itertools.product(("overlap", "paragraph"), (False, True), (False, True)):
        check_cooccur(project, report, near, fold, same_coder)
    report.done("cooccur")
    used = [l for l in project.labels if any(project.family(l["id"]) & set(h["labels"]) for h in project.highlights)]
    for label, against in itertools.product(used, ("texts", "excerpts")):
        check_words(project, report, label, against)
    report.done("words")
    sys.exit(report.wrong > 0)


if __name__ == "__main__":
    main()
