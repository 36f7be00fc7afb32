#!/usr/bin/env python3
"""What the benchmark checks, the same every time.

usage: generate.py FOLDER COUNT [own|copies]

own: COUNT submissions on the Payment 1 form, each of which answers all items in words of its own (a fixed linear
congruential sequence chooses them). Planted, by number of the file: a response of 101 to 120 words, a blank item, and
prompts with a target whose response states no percentage, or one below 20.
copies: COUNT near-copies of the sample: another county, and one word in forty another one.
"""
import os
import sys

MEASURES = [("1.1.6", 7), ("1.2.5", 7), ("1.2.6", 3), ("1.2.7", 3), ("1.2.9", 2), ("1.2.10", 2), ("1.3.5", 7), ("1.3.6", 3),
            ("1.1.7", 1), ("1.2.8", 1), ("1.3.7", 1)]
TARGETS = {"1.1.6.2", "1.1.6.3", "1.1.6.4", "1.2.5.1", "1.2.5.3", "1.2.9.2", "1.2.10.2", "1.3.5.3", "1.3.5.4", "1.3.5.6"}
OPTIONAL = {"1.2.6", "1.2.10"}
WORDS = """capacity provider outreach member county network workforce training data exchange referral housing health plan care support
service community partner survey assessment strategy quarterly roundtable infrastructure engagement coordination population
behavioral physical integration oversight monitoring incentive program technical assistance cultural competency recruitment
authorization claims eligibility platform portal landscape relationship agreement documentation facilitator implementation
the of and to in for with by on we our will are is that this through across local identified existing additional""".split()


class Sequence:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def response(sequence, words, percentage):
    chosen = [WORDS[sequence.below(len(WORDS))] for _ in range(words)]
    for position in range(12, words, 14):
        chosen[position] += "." if position % 28 == 12 else ","
    if percentage is not None:
        chosen[5:8] = ["at", "least", f"{percentage}%"]
    return chosen


def wrap(words, indent, width=100):
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    lines.append(line)
    return "".join(" " * indent + each + "\n" for each in lines)


def submission(number):
    sequence = Sequence(number + 1)
    out = ["form: calaim-ipp-payment-1\n",
           "fields:\n  plan: Health Net\n  county: Los Angeles\n"
           "  period: Program Year 1 / Calendar Year 2022\n",
           "measures:\n"]
    for measure, items in MEASURES:
        out.append(f"  {measure}:\n")
        for item in range(1, items + 1):
            full = f"{measure}.{item}"
            if sequence.below(100) == 0:
                out.append(f'    "{item}": ""\n')
                continue
            words = 101 + sequence.below(20) if sequence.below(40) == 0 else 80 + sequence.below(21)
            percentage = None
            if full in TARGETS and sequence.below(3) > 0:
                percentage = 20 + sequence.below(15) if sequence.below(5) > 0 else 5 + sequence.below(15)
            out.append(f'    "{item}": >-\n')
            out.append(wrap(response(sequence, words, percentage), 6))
    return "".join(out)


SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples", "payment-1-los-angeles.yaml")
COUNTIES = ("Los Angeles", "Amador", "Calaveras", "Inyo", "Mono", "Sacramento", "San Joaquin", "Stanislaus", "Tulare", "Tuolumne")


def near_copy(number):
    sequence = Sequence(number + 1)
    with open(SAMPLE, encoding="utf-8") as file:
        head, body = file.read().split("measures:\n", 1)
    lines = []
    for line in body.splitlines():
        words = line.split(" ")
        if line.startswith("      "):
            words = [WORDS[sequence.below(len(WORDS))] if word.isalpha() and word.islower() and sequence.below(40) == 0 else word
                     for word in words]
        lines.append(" ".join(words))
    return head.replace("county: Los Angeles", f"county: {COUNTIES[number % len(COUNTIES)]}") + "measures:\n" + "\n".join(lines) + "\n"


KINDS = {"own": submission, "copies": near_copy}


# ---- one of each, of any size ----


def large(size):
    """A submission of so many bytes: the responses of one in words of its own are as much longer."""
    sequence = Sequence(1)
    words = max(1, size // 40 // 8)  # of forty items; a word and its space are eight bytes, nearly
    out = ["form: calaim-ipp-payment-1\n", "fields:\n  plan: Health Net\n  county: Los Angeles\nmeasures:\n"]
    for measure, items in MEASURES:
        out.append(f"  {measure}:\n")
        for item in range(1, items + 1):
            out.append(f'    "{item}": >-\n')
            out.append(wrap([WORDS[sequence.below(len(WORDS))] for _ in range(words)], 6))
    return "".join(out)


REGISTER_FORM = """form: bench-register
title: Register of the benchmark
csv: { kind: Row }
fields:
  office: { type: text, required: true }
records:
  entry:
    label: Entries
    columns:
      id: { type: text, required: true, unique: true }
      day: { type: date, required: true }
      hours: { type: integer, low: 0 }
      note: { type: text, word_limit: 5 }
"""
REGISTER_RULES = """rule "bench.hours" {
  title    = "An entry has at most eight hours",
  citation = "Benchmark",
  remedy   = "Correct the hours.",
  each     = "record",
  record   = "entry",
  level    = "error",
  check    = function(entry) return at_most(entry.hours, 8) end,
  examples = { { state = "pass", records = { entry = { { id = "1", hours = "8" } } } },
               { state = "fail", records = { entry = { { id = "1", hours = "9" } } } } },
}
rule "bench.ids" {
  title    = "No id is given twice",
  citation = "Benchmark",
  remedy   = "Give another.",
  each     = "submission",
  level    = "error",
  check    = function(submission)
    return unique(submission.records.entry:map(function(entry) return entry.id end), "id")
  end,
  examples = { { state = "pass", records = { entry = { { id = "1" }, { id = "2" } } } },
               { state = "fail", records = { entry = { { id = "1" }, { id = "1" } } } } },
}
"""
MANIFEST = "pack: {0}\nversion: 1.0.0\ntitle: Of the benchmark\nform: form.yaml\nrules: [rules.lua]\n"


def register(rows):
    """A register kept as a spreadsheet; every hundredth entry has too many hours."""
    lines = ["form,bench-register", "office,Northern", "", "Row,id,day,hours,note"]
    lines += [f"Entry,{n:06},2024-{1 + n % 12:02}-{1 + n % 28:02},{9 if n % 100 == 99 else n % 9},as agreed" for n in range(rows)]
    return "\n".join(lines) + "\n"


RULE = """rule "bench.limit-{0}" {{
  title    = "Each response keeps to {0} words",
  citation = "Benchmark",
  remedy   = "Shorten the response.",
  each     = "response",
  level    = "note",
  check    = function(response) return at_most(response.words, {0}) end,
  examples = {{ {{ state = "pass", item = "1.1.6.1", response = "word" }},
               {{ state = "fail", item = "1.1.6.1", response = ("word "):rep({0} + 1) }} }},
}}
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_pack(folder, name, form, rules):
    write(os.path.join(folder, "pack.yaml"), MANIFEST.format(name))
    write(os.path.join(folder, "form.yaml"), form)
    write(os.path.join(folder, "rules.lua"), rules)
    return folder


def write_corpus(folder, count, kind):
    for number in range(count):
        write(os.path.join(folder, f"{number:05}.yaml"), KINDS[kind](number))


def main():
    folder, count, *kind = sys.argv[1:]
    write_corpus(folder, int(count), *(kind or ["own"]))


if __name__ == "__main__":
    main()
