#!/usr/bin/env python3
"""The 101st word is where it is said to be.

usage: places.py PROVISO [SUBMISSIONS [SEED]]

Writes submissions word by word, in every style a YAML scalar has, with line breaks, escapes, tabs and blank lines where
the style allows them, and notes where each word comes to stand: so its place is known without reading YAML. Then the
command must find the same words, the same text, and the first word over the limit at its line and column.
"""
import bisect
import json
import os
import random
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FORM = "calaim-ipp-payment-1"
LIMIT = 100
STYLES = ("plain", "single", "double", "literal", "folded")
LENGTHS = (1, 2, LIMIT - 1, LIMIT, LIMIT + 1, LIMIT + 1, LIMIT + 2, LIMIT + 30)

# Each is one word, and may stand anywhere in a plain scalar but at its beginning.
WORDS = ("provider care member 20% $5 and/or x:y a#b (see) [b] {c} c, ; 3–4 it's ‘s’ “quoted” back\\slash café "
         "e\u0301te\u0301 Ω ﬁ 𝒳 健 שלום مرحبا 😀 👩\u200d⚕️ zero\u200bwidth").split(" ")

# Between words on one line, and what the text shows of it.
SPACES = 40 * (" ",) + ("  ", "\t", "\u00a0", "\u3000")
ESCAPED_SPACES = (("\\t", "\t"), ("\\x20", " "), ("\\u00a0", "\u00a0"), ("\\_", "\u00a0"), ("\\n", "\n"), ("\\N", "\n"),
                  ("\\L", "\n"), (" \\n\\n ", "\n"))


class Submission:
    """What is written so far, and the responses in it by measure and item."""

    def __init__(self, dice):
        self.dice = dice
        self.line_break = dice.choice(("\n", "\n", "\r\n", "\r"))
        self.byte_order_mark = dice.random() < 0.2
        self.parts = []
        self.size = 0
        self.responses = {}

    def put(self, text):
        text = text.replace("\n", self.line_break)
        self.parts.append(text)
        self.size += len(text)

    def close(self):
        self.text = "".join(self.parts)
        self.line_starts = [0] + [end.end() for end in re.finditer("\r\n|\r|\n", self.text)]

    def position(self, offset):
        line = bisect.bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line, column):
        return self.line_starts[line - 1] + column - 1 if line <= len(self.line_starts) else len(self.text)

    def slice(self, at):
        return self.text[self.offset(at["line"], at["column"]):self.offset(at["end_line"], at["end_column"])]


class Response:
    """The words of one response, where each begins and ends, and the text that must be read."""

    def __init__(self, style):
        self.style = style
        self.words = []
        self.spans = []
        self.text = ""


def spelled(dice, style, word):
    """The word as the style writes it; in double quotes some characters are escaped."""
    if style == "single":
        return word.replace("'", "''")
    if style != "double":
        return word
    escapes = ("\\x%02X", "\\u%04x", "\\U%08x")
    written = ""
    for character in word:
        code = ord(character)
        if character in '"\\':
            written += "\\" + character
        elif dice.random() < 0.05:
            written += dice.choice(escapes[(code > 0xFF) + (code > 0xFFFF):]) % code
        else:
            written += character
    return written


def put_word(submission, style, word, indent):
    dice = submission.dice
    if style == "double" and len(word) > 1 and dice.random() < 0.03:  # a line break inside the word
        cut = dice.randrange(1, len(word))
        submission.put(spelled(dice, style, word[:cut]) + "\\\n" + indent() + spelled(dice, style, word[cut:]))
    else:
        submission.put(spelled(dice, style, word))


def gap(dice, style, indent):
    """What stands between two words: as written, and as the text shows it."""
    chance = dice.random()
    if chance < 0.85:
        space = dice.choice(SPACES)
        return space, space
    if chance < 0.93:  # Unicode's next line is a line break to YAML, but ends no line of the file
        return dice.choice(("\n", "\n", "\n", "\u0085")) + indent(), " "
    if chance < 0.95:
        return dice.choice("\u2028\u2029") + indent(), " " if style == "literal" else "\n"
    if chance < 0.97 or style != "double":
        return "\n" + "\n".join(dice.choice(("", " ")) for _ in range(dice.randint(1, 3))) + "\n" + indent(), "\n"
    if chance < 0.98:
        return " \\\n" + indent(), " "
    return dice.choice(ESCAPED_SPACES)


def put_response(submission, key, parent_indent):
    dice = submission.dice
    response = Response(dice.choice(STYLES))
    response.words = [dice.choice(WORDS) for _ in range(dice.choice(LENGTHS))]
    response.words[0] = "We"
    depth = parent_indent + dice.randint(1, 4)
    quote = {"single": "'", "double": '"'}.get(response.style, "")
    if response.style in ("literal", "folded"):
        def indent():
            return " " * depth
        number = dice.choice(("", "", str(depth - parent_indent)))
        style = {"literal": "|", "folded": ">"}[response.style]
        submission.put(" " + style + number + dice.choice(("", "-", "+")) + "\n" + indent())
    else:
        def indent():
            return " " * (parent_indent + dice.randint(1, 6))
        submission.put(dice.choice((" ", "  ", "\n" + indent())) + quote)
    for number, word in enumerate(response.words):
        if number > 0:
            written, shown = gap(dice, response.style, indent)
            submission.put(written)
            response.text += shown
        start = submission.size
        put_word(submission, response.style, word, indent)
        response.spans.append((start, submission.size))
        response.text += word
    submission.put(quote + "\n")
    submission.responses[key] = response


def write_submission(dice, measures):
    submission = Submission(dice)
    submission.put(f"# été 漢字\nform: {FORM}\nmeasures:\n")
    measures = dice.sample(measures, len(measures))
    step = dice.choice((1, 2, 4))
    for measure, items in measures:
        submission.put(f"{' ' * step}{measure}:")
        if len(items) == 1 and dice.random() < 0.6:
            put_response(submission, (measure, items[0]), step)
            continue
        submission.put("\n")
        for item in dice.sample(items, len(items)):
            submission.put(f"{' ' * 2 * step}{dice.choice((item, repr(item)))}:")
            put_response(submission, (measure, item), 2 * step)
    submission.close()
    return submission


def judge(submission, verdict):
    """What is wrong with a verdict of the word limit."""
    key = verdict["subject"]["measure"], verdict["subject"]["item"]
    response = submission.responses[key]
    at = verdict["at"]
    if submission.slice(at) != at["text"]:
        yield f"{key}: text {at['text']!r} is not what stands there, {submission.slice(at)!r}"
    over = len(response.words) > LIMIT
    if verdict["state"] != ("fail" if over else "pass"):
        yield f"{key}: {verdict['state']} with {len(response.words)} words"
    elif over:
        expected = submission.position(response.spans[LIMIT][0]) + submission.position(response.spans[-1][1])
        found = at["line"], at["column"], at["end_line"], at["end_column"]
        if found != expected:
            yield f"{key} ({response.style}): at {found}, the words over the limit are at {expected}"


def compare(submission, shown):
    """What is wrong with the texts that were read."""
    for measure in shown["measures"]:
        for read in measure["responses"]:
            response = submission.responses[measure["id"], read["item"]]
            if (read["words"], read["text"]) != (len(response.words), response.text):
                yield (f"{measure['id']} {read['item']} ({response.style}): {read['words']} words, "
                       f"should be {len(response.words)}\n"
                       f"  {read['text']!r}\n  {response.text!r}")


def run(*command, given=None):
    done = subprocess.run(command, input=given, capture_output=True, check=False, cwd=ROOT)
    if not done.stdout:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def main():
    proviso = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    pack = ("--pack", os.path.join("rules", FORM))
    empty = run(proviso, "show", *pack, "--format", "json", "-", given=f"form: {FORM}\n".encode())
    measures = [(measure["id"], [read["item"] for read in measure["responses"]]) for measure in empty["measures"]]
    problems = []
    verdicts = 0
    with tempfile.TemporaryDirectory() as folder:
        submissions = {}
        for number in range(count):
            submission = write_submission(random.Random(f"{seed} {number}"), measures)
            path = os.path.join(folder, f"{number:05}.yaml")
            with open(path, "wb") as file:
                file.write((b"\xef\xbb\xbf" if submission.byte_order_mark else b"") + submission.text.encode())
            submissions[path] = submission
            shown = run(proviso, "show", *pack, "--format", "json", path)
            problems += [f"submission {number}: {problem}" for problem in compare(submission, shown)]
        report = run(proviso, "check", *pack, "--rule", "ipp1.word-limit", "--format", "json", folder)
        for verdict in report["verdicts"]:
            verdicts += 1
            problems += [f"{verdict['at']['path']}: {problem}"
                         for problem in judge(submissions[verdict["at"]["path"]], verdict)]
    expected = sum(len(submission.responses) for submission in submissions.values())
    if verdicts != expected or report["faults"]:
        problems.append(f"{verdicts} verdicts on {expected} responses; faults: {report['faults']}")
    summary = f"{verdicts} responses in {count} submissions (seed {seed}), {len(problems)} problems"
    print("\n".join([*problems[:20], summary]))
    sys.exit(bool(problems))


main()
