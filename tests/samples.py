#!/usr/bin/env python3
"""The sample and its broken copies against the command.

usage: samples.py PROVISO sample          the sample's findings are those of tests/expected, its show output the filing's figures
       samples.py PROVISO broken [NAME…]  each broken copy differs from the sample by just the findings its folder lists
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SAMPLE = os.path.join(ROOT, "samples", "payment-1-los-angeles.yaml")
EXPECTED = os.path.join(HERE, "expected", "payment-1-los-angeles.tsv")
BROKEN = os.path.join(HERE, "broken")
PACKS = os.path.join(ROOT, "rules", "calaim-ipp-payment-1")

Row = collections.namedtuple("Row", "sign rule state level start end text")


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [Row(*(line.rstrip("\n").split("\t") + [""])[:7]) for line in file if line.strip()]


def run(proviso, command, path):
    done = subprocess.run([proviso, command, "--pack", PACKS, "--format", "json", path], capture_output=True, check=False)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        sys.exit(f"{path}: no JSON, status {done.returncode}: {done.stderr.decode()}")


def findings(report):
    return [v for v in report["verdicts"] if v["state"] in ("fail", "review", "not-checked")]


def identity(finding):
    return (finding["rule"], finding["state"], finding["level"], json.dumps(finding["subject"], sort_keys=True),
            finding["fingerprint"])


def folded(text):
    return re.sub(r"\s+", " ", text).strip()


def matches(row, finding):
    """Whether a finding is the one a row expects, place and words included."""
    at = finding["at"]
    if (row.rule, row.state, row.level) != (finding["rule"], finding["state"], finding["level"]):
        return False
    if (row.start, row.end) != (f"{at['line']}:{at['column']}", f"{at['end_line']}:{at['end_column']}"):
        return False
    expected = row.text
    if expected.startswith("(expected here)") != at["expected_here"]:
        return False
    expected = expected.removeprefix("(expected here)").strip()
    found = folded(at["text"] or "")
    return found.startswith(expected[:-2].strip()) if expected.endswith(" …") else found == expected


def shown(finding):
    at = finding["at"]
    return (f"{finding['rule']} {finding['state']} {finding['level']} {at['line']}:{at['column']}-"
            f"{at['end_line']}:{at['end_column']} {'(expected here) ' if at['expected_here'] else ''}{folded(at['text'] or '')[:60]!r}")


def unmatched(expected, found):
    """Pairs rows with findings one to one; what is left over on either side, as sentences."""
    left = list(found)
    problems = []
    for row in expected:
        hit = next((finding for finding in left if matches(row, finding)), None)
        if hit:
            left.remove(hit)
        else:
            problems.append(f"expected {' '.join(row)}")
    return problems + [f"not expected {shown(finding)}" for finding in left]


def difference(ours, theirs):
    """The findings of ours that theirs has not, by identity, counted."""
    counts = collections.Counter(identity(finding) for finding in theirs)
    only = []
    for finding in ours:
        if counts[identity(finding)] > 0:
            counts[identity(finding)] -= 1
        else:
            only.append(finding)
    return only


def check_sample(proviso):
    status, report = run(proviso, "check", SAMPLE)
    problems = [] if status == 0 else [f"status {status}"]
    if report["summary"]["error"] or report["faults"] or report["summary"]["not_checked"]:
        problems.append(f"errors or faults: {report['summary']} {report['faults']}")
    problems += unmatched(rows(EXPECTED), findings(report))
    _, filed = run(proviso, "show", SAMPLE)
    counts = [response["words"] for measure in filed["measures"] for response in measure["responses"]]
    # What a count by white space of the filing's text gives: none over the limit, nine exactly at it.
    facts = {"measures": (len(filed["measures"]), 11), "responses": (len(counts), 37), "most words": (max(counts), 100),
             "at 100": (counts.count(100), 9), "at 99": (counts.count(99), 5), "at 98": (counts.count(98), 2),
             "points": (sum(int(measure["points"]) for measure in filed["measures"]), 450)}
    problems += [f"{name}: {got}, should be {wanted}" for name, (got, wanted) in facts.items() if got != wanted]
    return problems


def broken_copy(name):
    with open(os.path.join(BROKEN, name, "edit.txt"), encoding="utf-8") as file:
        find, replace = file.read().split("=== find\n", 1)[1].split("=== replace\n", 1)
    find, replace = find.removesuffix("\n"), replace.removesuffix("\n")
    with open(SAMPLE, encoding="utf-8") as file:
        text = file.read()
    if text.count(find) != 1:
        raise ValueError(f"{name}: the text to replace stands {text.count(find)} times in the sample")
    return text.replace(find, replace) if replace else text.replace(find + "\n", "", 1) if find + "\n" in text else text.replace(find, "")


def check_broken(proviso, name, sound):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "broken.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(broken_copy(name))
        status, report = run(proviso, "check", path)
    expected = rows(os.path.join(BROKEN, name, "expected.tsv"))
    if report["faults"]:
        return [f"faults {report['faults']}"]
    new = difference(findings(report), findings(sound))
    gone = difference(findings(sound), findings(report))
    problems = unmatched([row for row in expected if row.sign == "+"], new)
    problems += [problem + " (gone)" for problem in unmatched([row for row in expected if row.sign == "-"], gone)]
    wanted = 1 if any(row.sign == "+" and row.level == "error" for row in expected) else 0
    return problems + ([] if status == wanted else [f"status {status} instead of {wanted}"])


def main():
    proviso, kind, *names = sys.argv[1:]
    results = {}
    if kind == "sample":
        results["sample"] = check_sample(proviso)
    else:
        _, sound = run(proviso, "check", SAMPLE)
        names = names or sorted(name for name in os.listdir(BROKEN) if os.path.isdir(os.path.join(BROKEN, name)))
        results = {name: check_broken(proviso, name, sound) for name in names}
    for name, problems in results.items():
        for problem in problems:
            print(f"not ok {name}: {problem}")
    failed = sum(bool(problems) for problems in results.values())
    print(f"{kind}: {len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
