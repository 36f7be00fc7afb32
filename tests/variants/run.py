#!/usr/bin/env python3
"""Holds verdicts to those that a careful reader gave: each variant is a sample with some of its texts exchanged.

usage: run.py [OPTION]... PROVISO SAMPLE VARIANTS.jsonl...
  --at-least PERCENT    so many of each file's verdicts must be the reader's
  --no-false-pass       nothing may pass that the reader would not let pass
  --false-passes N      ... or so many at most: a floor, until it is none
  --disputed FILE       what agrees where these labels are read as this file says, with its reasons: told, and no more;
                        what is asked is asked of the labels as they stand
  --rule PATTERN        only the variants of the rules whose id matches
  --list                each disagreement: text, what is right and why, what came out and why
  --jobs N              so many checks at once (otherwise as many as there are processors)
exit:  0 when every file keeps to what is asked, 1 when one does not, 2 when one cannot be read, 77 when one is not here

A variant is one line:
  {"id", "rule", "subject", "set", "unset", "want", "why", "style"}
`set` names what is exchanged ("1.1.6.3", "1.1.7", "field county", "records attachment"), `unset` what is left out;
`want` are the states that are right of this rule and subject (null: of the whole submission), `why` is the reason.
Texts are written as literal blocks; with the style "folded" their lines are those of a block folded by ">-".
"""
import argparse
import collections
import concurrent.futures
import copy
import fnmatch
import json
import os
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: the labelled variants, as python3-yaml is not installed")
    sys.exit(77)

STATES = {"pass", "fail", "review", "not-applicable"}
KEYS = {"id", "rule", "subject", "set", "unset", "want", "why", "style"}
NEEDED = {"id", "rule", "subject", "set", "want"}


class Text(str):
    """A text of a response, with the style that it is to be written in."""
    style = "|"


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


def block(text, indent):
    """A literal or folded block; its own spaces at the beginning would be taken for the indent, so that is said."""
    digit = str(indent // 2) if text[:1] in (" ", "\n") else ""
    lines = [" " * indent + line if line else "" for line in str(text).split("\n")]
    return f"{text.style}{digit}-\n" + "\n".join(lines) + "\n"


def read_variants(path):
    variants = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            variant = json.loads(line)
            if not NEEDED <= variant.keys() <= KEYS or not variant["want"] or not set(variant["want"]) <= STATES:
                raise ValueError(f"{path}:{number}: this is no variant")
            variants.append(variant)
    doubles = [id for id, count in collections.Counter(variant["id"] for variant in variants).items() if count > 1]
    if doubles:
        raise ValueError(f"{path}: more than one variant is called {', '.join(doubles)}")
    return variants


def place(submission, key):
    """Where the value that a key of a variant names is kept: a mapping, and the name in it."""
    kind, _, name = key.partition(" ")
    if kind == "field":
        return submission["fields"], name
    if kind == "records":
        return submission.setdefault("records", {}), name
    parts = key.split(".")
    measure = ".".join(parts[:3])
    if len(parts) == 3:
        return submission["measures"], measure
    return submission["measures"].setdefault(measure, {}), parts[3]


def variant_of(sample, variant):
    submission = copy.deepcopy(sample)
    for key, value in variant["set"].items():
        where, name = place(submission, key)
        if isinstance(value, str) and not key.startswith("field "):
            value = Text(value)
            value.style = ">" if variant.get("style") == "folded" else "|"
        where[name] = value
    for key in variant.get("unset", ()):
        where, name = place(submission, key)
        where.pop(name, None)
    return submission


def response_lines(name, text, indent):
    text = text if isinstance(text, Text) else Text(text)
    return [" " * indent + f"{name}: {block(text, indent + 2)}"] if text.strip() else []


def written(submission):
    lines = [f"form: {submission['form']}\n", "fields:\n"]
    lines += [f"  {name}: {quoted(value)}\n" for name, value in submission["fields"].items()]
    lines.append("records:\n" if submission.get("records") else "")
    for kind, rows in submission.get("records", {}).items():
        lines.append(f"  {kind}:\n" if rows else f"  {kind}: []\n")
        lines += [f"    - {quoted(row)}\n" for row in rows]
    lines.append("measures:\n")
    for measure, value in submission["measures"].items():
        if isinstance(value, str):
            lines += response_lines(measure, value, 2)
            continue
        items = [line for item, text in value.items() for line in response_lines(item, text, 4)]
        lines += [f"  {measure}:\n", *items] if items else []
    return "".join(lines)


def concerns(verdict, variant):
    subject, wanted = verdict["subject"], variant["subject"]
    item = f"{subject['measure']}.{subject['item']}"
    return verdict["rule"] == variant["rule"] and wanted in (None, subject["name"], subject["measure"], item)


def rules_of(proviso, form):
    listed = subprocess.run([proviso, "rules", "--format", "json"], capture_output=True, encoding="utf-8", check=True)
    return next(pack for pack in json.loads(listed.stdout)["packs"] if pack["form"] == form)["rules"]


def verdicts_of(stream):
    """The verdicts of a JSON report, which has a line for each, as they come: a report on all is too large to be kept."""
    for line in stream:
        if line.startswith('{"rule":'):
            yield json.loads(line.rstrip(",\n"))


def judge(proviso, paths, selected):
    """Of each path the state of its variant's rule that came out, and the message. One process judges them all, each by
    itself, as a rule does that is not on all filings together, whatever other rules are run."""
    outcomes = {}
    command = [proviso, "check", "--format", "json", *(f"--rule={rule}" for rule in selected), *paths]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints, subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8") as run:
        for verdict in verdicts_of(run.stdout):
            path = verdict["at"]["path"]
            if path in paths and path not in outcomes and concerns(verdict, paths[path]):
                outcomes[path] = verdict["state"], verdict["message"] or ""
        run.wait()
        complaints.seek(0)
        said = complaints.read().strip()
    unjudged = [path for path in paths if path in said]
    for path, variant in paths.items():
        if path in outcomes:
            continue
        by_form = variant["rule"].startswith("form.") and run.returncode in (0, 1) and path not in unjudged
        outcomes[path] = (("pass", "the form's own conditions give a verdict only where one is broken") if by_form
                          else ("none", said or "there is no such verdict"))
    return outcomes


def portions(options, paths, rules):
    """What is judged by one process, and by which rules: the variants of one rule, in as many portions as there are jobs, by
    that rule and those that take over what the form's own rules would say; each alone where rules look at all filings
    together."""
    together = {rule["id"] for rule in rules if rule["each"] == "collection"}
    judging = [rule["id"] for rule in rules if rule["judges"]]
    for rule in sorted({variant["rule"] for variant in paths.values()}):
        of_rule = [path for path, variant in paths.items() if variant["rule"] == rule]
        count = len(of_rule) if rule in together else min(options.jobs, 1 + len(of_rule) // 20)
        for start in range(count):
            yield {path: paths[path] for path in of_rule[start::count]}, [rule, *judging]


def judged(options, sample, variants):
    """Pairs of a variant and what came out, in the order of the file."""
    rules = rules_of(options.proviso, sample["form"])
    paths, outcomes = {}, {}
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for variant in variants:
            path = os.path.join(folder, variant["id"] + ".yaml")
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(written(variant_of(sample, variant)))
            paths[path] = variant
        for outcomes_of_portion in pool.map(lambda portion: judge(options.proviso, *portion), portions(options, paths, rules)):
            outcomes.update(outcomes_of_portion)
    return [(variant, outcomes[path]) for path, variant in paths.items()]


def read_disputed(path):
    """The states that are held to be right by those who doubt a label, by its id."""
    with open(path, encoding="utf-8") as file:
        return {label["id"]: label["want"] for label in map(json.loads, filter(str.strip, file))}


def tell_disputed(options, results):
    here = [variant["id"] for variant, _ in results if variant["id"] in options.disputed]
    if here:
        wants = [options.disputed.get(variant["id"], variant["want"]) for variant, _ in results]
        states = [state for _, (state, _) in results]
        right = sum(state in want for state, want in zip(states, wants))
        false_passes = sum(state == "pass" and "pass" not in want for state, want in zip(states, wants))
        print(f"  {right:5d} {len(results):5d} {percentage(right, len(results)):5.1f} % {false_passes:5d}  "
              f"in all, with {len(here)} disputed labels read otherwise")


def describe(variant, outcome):
    state, message = outcome
    texts = quoted(variant["set"]) + (f" without {', '.join(variant['unset'])}" if variant.get("unset") else "")
    print(f"{variant['id']}  {variant['rule']}  {variant['subject'] or ''}\n    {texts[:600]}")
    print(f"    right: {' or '.join(variant['want'])}: {variant.get('why', '')}\n    given: {state}: {message[:200]}")


def percentage(part, whole):
    return 100 * part / whole if whole else 100.0


def report(options, path, results):
    """Prints how far one file's verdicts agree, and says whether that is enough."""
    right = [variant for variant, (state, _) in results if state in variant["want"]]
    wrong = [(variant, outcome) for variant, outcome in results if outcome[0] not in variant["want"]]
    false_passes = [(variant, outcome) for variant, outcome in wrong if outcome[0] == "pass"]
    others = [pair for pair in wrong if pair[1][0] != "pass"]
    if options.list:
        for heading, pairs in (("false passes", false_passes), ("other disagreements", others)):
            print(f"{path}: {heading}: {len(pairs)}\n")
            for variant, outcome in pairs:
                describe(variant, outcome)
            print()
    all_of = collections.Counter(variant["rule"] for variant, _ in results)
    right_of = collections.Counter(variant["rule"] for variant in right)
    false_of = collections.Counter(variant["rule"] for variant, _ in false_passes)
    print(f"{path}\n  right    of        false passes")
    for rule in sorted(all_of):
        share = percentage(right_of[rule], all_of[rule])
        print(f"  {right_of[rule]:5d} {all_of[rule]:5d} {share:5.0f} % {false_of[rule] or '':5}  {rule}")
    share = percentage(len(right), len(results))
    print(f"  {len(right):5d} {len(results):5d} {share:5.1f} % {len(false_passes):5d}  in all")
    tell_disputed(options, results)
    enough = True
    if share < options.at_least:
        print(f"  fewer agree than the {options.at_least:g} % asked for")
        enough = False
    if options.false_passes is not None and len(false_passes) > options.false_passes:
        print(f"  more pass falsely than {options.false_passes}: "
              + ", ".join(variant["id"] for variant, _ in false_passes))
        enough = False
    print()
    return enough


def options_of(arguments):
    usage = __doc__.split("usage: ")[1].split("\n")[0]
    parser = argparse.ArgumentParser(usage=usage)
    parser.add_argument("proviso")
    parser.add_argument("sample")
    parser.add_argument("variants", nargs="+")
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT")
    parser.add_argument("--no-false-pass", dest="false_passes", action="store_const", const=0)
    parser.add_argument("--false-passes", type=int, metavar="N")
    parser.add_argument("--disputed", metavar="FILE")
    parser.add_argument("--rule", default="*", metavar="PATTERN")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args(arguments)


def main():
    options = options_of(sys.argv[1:])
    missing = [path for path in options.variants if not os.path.exists(path)]
    if missing:
        print(f"skipped: the labelled variants, as {missing[0]} is not here")
        return 77
    try:
        with open(options.sample, encoding="utf-8") as file:
            sample = yaml.load(file, yaml.BaseLoader)
        files = [(path, read_variants(path)) for path in options.variants]
        options.disputed = read_disputed(options.disputed) if options.disputed else {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        print(error, file=sys.stderr)
        return 2
    enough = True
    for path, variants in files:
        chosen = [variant for variant in variants if fnmatch.fnmatch(variant["rule"], options.rule)]
        enough = report(options, path, judged(options, sample, chosen)) and enough
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
