#!/usr/bin/env python3
"""Compares samples/payment-1-los-angeles.yaml, the Payment 1 form and what its rules quote of it with the text that was
filed, word for word.

usage: check_sample.py [FILED_TEXT]      (default: ../shared/seeds/004_*.txt beside the project)
exit:  0 all words agree, 1 they do not, 77 there is no filed text here to compare with

The filed text is an extraction of the printed form: prompts and answers of one table row follow each other, and where a
page ends in a row, the rest of the prompt stands in the middle of the answer. The comparison knows nothing of rows. It
walks the words of the filed text with the words of each response; where a page break stops it, it may pass over the
rest of a prompt, which ends in the words "word limit". What no response used is then the form's own text, in which
every prompt and description must stand in one piece.
"""

import glob
import os
import re
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLE = os.path.join(PROJECT, "samples", "payment-1-los-angeles.yaml")
FORM = os.path.join(PROJECT, "rules", "calaim-ipp-payment-1", "form.yaml")
RULES = os.path.join(PROJECT, "rules", "calaim-ipp-payment-1", "rules", "*.lua")
SKIPPED = 77

# The facts known of the filing: how many responses there are, and how many of them stand close to the limit.
RESPONSES = 37
WORD_LIMIT = 100
RESPONSES_OF_LENGTH = {100: 9, 99: 5, 98: 2}
BOXES_WITH_A_LIMIT = 38
FOOTNOTE = "1"  # the mark that the form prints after a sentence


class FiledWord:
    """One word of the filed text: whether it ends its line, and whether it starts a page."""

    def __init__(self, text, ends_line, starts_page):
        self.text = text
        self.ends_line = ends_line
        self.starts_page = starts_page


def read_filed_words(path):
    words = []
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            starts_page = line.startswith(" ") and not line.startswith("  ")
            parts = line.split()
            for number, part in enumerate(parts):
                words.append(FiledWord(part, number == len(parts) - 1, starts_page and number == 0))
    return words


def read_folded_scalars(path):
    """Every `key: >-` of a YAML file of ours, as (line number, indent, key, text); of a `note: |-` each paragraph, and a
    note on one line."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    opening = re.compile(r"^( *)(?:- )?([\w.]+): (>-|\|-)$")
    note = re.compile(r'^( *)note: "?([^">|].*?)"?$')
    for number, line in enumerate(lines):
        match = opening.match(line)
        if note.match(line):
            yield number + 1, len(note.match(line).group(1)), "note", note.match(line).group(2)
        if not match:
            continue
        indent = len(match.group(1))
        body = []
        for following in lines[number + 1:]:
            if following.strip() and len(following) - len(following.lstrip(" ")) <= indent:
                break
            body.append(following)
        for text in "\n".join(body).strip().split("\n\n") if match.group(3) == "|-" else [" ".join(body)]:
            yield number + 1, indent, match.group(2), text


def read_responses():
    """(full id, words) of every response, in the order of the file."""
    with open(SAMPLE, encoding="utf-8") as file:
        lines = file.read().split("\n")
    responses = []
    for number, indent, key, text in read_folded_scalars(SAMPLE):
        name = key
        if indent == 4:
            measure = next(m for m in (re.match(r"^  ([\d.]+):$", line) for line in reversed(lines[:number])) if m)
            name = measure.group(1) + "." + key
        responses.append((name, text.split()))
    return responses


def match_from(words, filed, start):
    """The indices of filed used by words from start on, or None."""
    used = []
    at = start
    for word in words:
        if at < len(filed) and filed[at].starts_page and not continues(word, filed, at):
            at = after_word_limit(filed, at)
        length = continues(word, filed, at)
        if not length:
            return None
        used.extend(range(at, at + length))
        at += length
    return used


def continues(word, filed, at):
    """How many filed words, from at, make up word: one, or two when a line ends in its hyphen. 0: they do not."""
    if at >= len(filed):
        return 0
    if filed[at].text == word or filed[at].text == word + FOOTNOTE and word.endswith("."):
        return 1
    if filed[at].text.endswith("-") and filed[at].ends_line and at + 1 < len(filed):
        if filed[at].text + filed[at + 1].text == word:
            return 2
    return 0


def after_word_limit(filed, at):
    while at + 1 < len(filed) and not (filed[at].text == "word" and filed[at + 1].text == "limit"):
        at += 1
    return at + 2


def find_responses(responses, filed):
    """Which filed words are responses; complains of each response that is not there in the order of the file."""
    used = set()
    complaints = []
    start = 0
    for name, words in responses:
        found = next((m for m in (match_from(words, filed, at) for at in range(start, len(filed))) if m), None)
        if found is None:
            complaints.append("response %s is not in the filed text as it stands" % name)
            continue
        used.update(found)
        start = found[-1] + 1
    return used, complaints


def check_form(form_words):
    """The prompts, descriptions and notes, each in one piece in what the responses left over."""
    complaints = []
    for number, _, key, text in read_folded_scalars(FORM):
        words = text.split()
        if not any(match_from(words, form_words, at) for at in range(len(form_words))):
            complaints.append("form.yaml:%d: this %s is not in the filed text as it stands" % (number, key))
    boxes = sum(1 for a, b in zip(form_words, form_words[1:]) if (a.text, b.text) == ("word", "limit"))
    if boxes != BOXES_WITH_A_LIMIT:
        complaints.append("the filed text prints a word limit %d times, not %d" % (boxes, BOXES_WITH_A_LIMIT))
    return complaints


def read_quotations():
    """(file name, rule id, quotation) for each “…” in a citation of the form."""
    declaration = re.compile(r'^rule "([^"]+)"|^  citation = ((?:"[^"]*"\s*(?:\.\.\s*)?)+),$', re.M)
    for path in sorted(glob.glob(RULES)):
        with open(path, encoding="utf-8") as file:
            rule = None
            for match in declaration.finditer(file.read()):
                rule = match.group(1) or rule
                citation = "".join(re.findall(r'"([^"]*)"', match.group(2) or ""))
                if citation.startswith("Payment 1 template"):
                    for quotation in re.findall("“([^”]*)”", citation):
                        yield os.path.basename(path), rule, quotation


def bare(word):
    return word.strip(".,;:()")


def check_quotations(form_words):
    """Each quotation, but for a last “…”, in one piece in the form's own text, whatever the punctuation around it."""
    printed = []
    for before, word in zip([None] + form_words, form_words):
        if before and before.ends_line and before.text.endswith("-"):
            printed[-1] = bare(printed[-1] + word.text)
        else:
            printed.append(bare(word.text))
    quotations = list(read_quotations())
    complaints = [] if quotations else [f"no rule of {RULES} quotes the form"]
    for name, rule, quotation in quotations:
        words = [bare(word) for word in quotation.split() if word != "…"]
        if not any(printed[at:at + len(words)] == words for at in range(len(printed))):
            complaints.append("%s: %s quotes what the form does not say: %s" % (name, rule, quotation))
    return complaints


def check_counts(responses):
    lengths = [len(words) for _, words in responses]
    complaints = []
    if len(lengths) != RESPONSES:
        complaints.append("%d responses, not %d" % (len(lengths), RESPONSES))
    if max(lengths) > WORD_LIMIT:
        complaints.append("a response has %d words" % max(lengths))
    for length, expected in RESPONSES_OF_LENGTH.items():
        if lengths.count(length) != expected:
            complaints.append("%d responses have %d words, not %d" % (lengths.count(length), length, expected))
    return complaints


def main(arguments):
    usual = os.path.join(PROJECT, "..", "shared", "seeds", "004_*.txt")
    found = arguments or glob.glob(usual)
    if not found:
        print(f"skipped: there is no filed text to compare with; looked for {os.path.normpath(usual)}")
        return SKIPPED
    filed = read_filed_words(found[0])
    responses = read_responses()
    used, complaints = find_responses(responses, filed)
    form_words = [word for number, word in enumerate(filed) if number not in used]
    complaints += check_counts(responses) + check_form(form_words) + check_quotations(form_words)
    for complaint in complaints:
        print("check_sample: " + complaint)
    if not complaints:
        print("check_sample: %d responses, the form and %d quotations agree with the filed text word for word"
              % (len(responses), len(list(read_quotations()))))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
