#!/usr/bin/env python3
"""Holds what is read of the filed Payment 1 text against samples/payment-1-los-angeles.yaml, response by response; and of
the same text with words of its prompts damaged: every response that is wrong then is said to be uncertain.

usage: align_damage.py PROVISO [--list] [DOCUMENT...]
       DOCUMENT: other copies of the filing, read once and not damaged, of which 36 responses are to be right
exit:  0 as it should be, 1 it is not, 77 there is no filed text here

Damage is done to the form, so that its prompts are no longer those that the document prints: of the words of its prompts
and descriptions a share is changed, dropped, or written twice, by a generator with a fixed seed.
"""

import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACK = os.path.join(PROJECT, "rules", "calaim-ipp-payment-1")
SAMPLE = os.path.join(PROJECT, "samples", "payment-1-los-angeles.yaml")
FILED = os.path.join(PROJECT, "..", "shared", "seeds", "004_*.txt")
SKIPPED = 77
SEEDS = 6
SILENT_MOST = 2   # of the wrong ones may not be flagged
LEAST = {1: 36, 2: 34, 5: 30}   # percent of the words -> responses that are right, on average


def show(proviso, path, pack):
    run = subprocess.run([proviso, "show", "--format", "json", "--pack", pack, path], capture_output=True, text=True)
    if run.returncode != 0 or not run.stdout:
        sys.exit(f"{path}: {run.stdout}{run.stderr}")
    found = {}
    for measure in json.loads(run.stdout)["measures"]:
        for response in measure["responses"]:
            found[measure["id"] + "." + response["item"]] = response
    return found


def folded(response):
    return " ".join((response["text"] or "").split())


def is_flagged(response):
    return float(response["confidence"]) < 1


def damaged(text, percent, seed):
    """The form with so many of the words of its prompts and descriptions changed."""
    chance = random.Random(seed)
    words = ["river", "seven", "lantern", "of", "under", "plain", "Members", "county-wide", "their", "copper"]
    lines = text.split("\n")
    inside = None
    for number, line in enumerate(lines):
        opening = re.match(r"^( *)(?:- )?(prompt|description): >-$", line)
        indent = len(line) - len(line.lstrip())
        if opening:
            inside = len(opening.group(1))
            continue
        if inside is None or not line.strip():
            continue
        if indent <= inside:
            inside = None
            continue
        out = []
        for word in line.split():
            if chance.random() * 100 >= percent:
                out.append(word)
                continue
            kind = chance.randrange(4)
            out += [[chance.choice(words)], [], [word, chance.choice(words)], [word[:1] + word[2:] + "x"]][kind]
        lines[number] = " " * indent + (" ".join(out) or "a")
    return "\n".join(lines)


def compare(expected, found):
    right, wrong, flagged_right, silent = 0, [], [], []
    for name, response in expected.items():
        same = folded(response) == folded(found[name])
        same_count = response["words"] == found[name]["words"] if same and "words" in response else True
        if same and same_count:
            right += 1
            if is_flagged(found[name]):
                flagged_right.append(name)
        else:
            wrong.append(name)
            if not is_flagged(found[name]) and folded(found[name]):
                silent.append(name)
    return right, wrong, flagged_right, silent


def main():
    proviso = sys.argv[1]
    listed = "--list" in sys.argv
    documents = [each for each in sys.argv[2:] if each != "--list"]
    filed = sorted(glob.glob(FILED))
    if not filed:
        return SKIPPED
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        text = os.path.join(folder, "filing.txt")
        shutil.copy(filed[0], text)
        expected = show(proviso, SAMPLE, PACK)
        expected = {name: each for name, each in expected.items() if each["given"]}
        for path in [text] + documents:
            right, wrong, flagged, silent = compare(expected, show(proviso, path, PACK))
            print(f"{os.path.basename(path)}: {right} of {len(expected)} right, {len(flagged)} of them flagged; "
                  f"wrong: {wrong}, unflagged: {silent}")
            least = len(expected) if path == text else len(expected) - 1
            failed |= right < least or bool(silent) or (path == text and bool(flagged))
        with open(os.path.join(PACK, "form.yaml"), encoding="utf-8") as file:
            form = file.read()
        copy = os.path.join(folder, "calaim-ipp-payment-1")
        shutil.copytree(PACK, copy)
        for percent, least in LEAST.items():
            counts, all_wrong, all_flagged, all_silent = [], 0, 0, []
            for seed in range(SEEDS):
                with open(os.path.join(copy, "form.yaml"), "w", encoding="utf-8") as file:
                    file.write(damaged(form, percent, seed))
                right, wrong, flagged, silent = compare(expected, show(proviso, text, copy))
                counts.append(right)
                all_wrong += len(wrong)
                all_flagged += len(flagged)
                all_silent += [f"{seed}:{name}" for name in silent]
                if listed:
                    print(f"  {percent} %, seed {seed}: wrong {wrong}, flagged though right {flagged}")
            mean = sum(counts) / len(counts)
            print(f"{percent} % damaged: right {counts}, {mean:.1f} on average (at least {least}); {all_wrong} wrong, of "
                  f"these not flagged: {all_silent}; right and flagged: {all_flagged} of {sum(counts)}")
            failed |= mean < least or len(all_silent) > SILENT_MOST
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
