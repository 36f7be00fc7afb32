#!/usr/bin/env python3
"""The samples and their broken copies against the command, as tests/samples/README.md says.

usage: samples.py PROVISO sample [NAME…]  each sample's findings and figures are those in its folder
       samples.py PROVISO broken [NAME…]  each broken copy differs from its sample by just the findings its folder lists
NAME is a sample's or a broken copy's; without one, all are compared.
"""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, "tests", "samples")

Row = collections.namedtuple("Row", "sign rule state level start end text")


class Sample:
    """A submission in samples/ and the folder that says what is expected of it."""

    def __init__(self, name):
        self.name = name
        self.folder = os.path.join(FOLDER, name)
        self.options = read(os.path.join(self.folder, "options")).split()
        # A file that says where the submission is, when it is not samples/NAME.yaml.
        elsewhere = os.path.join(self.folder, "submission")
        self.path = read(elsewhere).strip() if os.path.exists(elsewhere) else os.path.join("samples", name + ".yaml")

    def days(self):
        """The days to judge by, each with its expected findings; None: the one in the options, or none at all."""
        folder = os.path.join(self.folder, "as-of")
        if not os.path.isdir(folder):
            return {None: os.path.join(self.folder, "expected.tsv")}
        return {name.removesuffix(".tsv"): os.path.join(folder, name) for name in sorted(os.listdir(folder))}

    def check(self, proviso, path, day=None):
        return run([proviso, "check", *self.options, *(["--as-of", day] if day else []), "--format", "json", path])

    def show(self, proviso):
        pack = self.options[self.options.index("--pack") + 1]
        return run([proviso, "show", "--pack", pack, "--format", "json", self.path])[1]

    def broken_names(self):
        return subfolders(os.path.join(self.folder, "broken"))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def subfolders(path):
    return sorted(name for name in os.listdir(path) if os.path.isdir(os.path.join(path, name)))


def rows(path):
    return [Row(*(line.split("\t") + [""])[:7]) for line in read(path).splitlines() if line.strip()]


def run(command):
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        sys.exit(f"{' '.join(command)}: no JSON, status {done.returncode}: {done.stderr.decode()}")


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
            f"{at['end_line']}:{at['end_column']} {'(expected here) ' if at['expected_here'] else ''}"
            f"{folded(at['text'] or '')[:60]!r}")


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


def figures(filed):
    """What can be counted in the output of show, by the names that figures.tsv uses."""
    words = [response["words"] for measure in filed["measures"] for response in measure["responses"]]
    counted = {"measures": len(filed["measures"]), "responses": len(words), "most words": max(words, default=0),
               "points": sum(int(measure["points"]) for measure in filed["measures"])}
    counted.update({f"responses of {count} words": number for count, number in collections.Counter(words).items()})
    counted.update({f"rows of {kind}": number
                    for kind, number in collections.Counter(row["kind"] for row in filed["records"]).items()})
    return counted


def outcomes(report, left_out):
    """What was said of what, wherever that stands."""
    return collections.Counter((v["rule"], v["state"], v["level"], v["message"],
                                json.dumps(v["subject"], sort_keys=True))
                               for v in report["verdicts"] if v["rule"] not in left_out)


def check_alike(proviso, sample, day, report):
    """The same submission kept in another way must be judged alike, but by the rules that the file leaves out."""
    path = os.path.join(sample.folder, "alike")
    if not os.path.exists(path):
        return []
    name, *left_out = read(path).split()
    other = Sample(name)
    ours, theirs = outcomes(report, left_out), outcomes(other.check(proviso, other.path, day)[1], left_out)
    return ([f"not said of {name}: {' '.join(map(str, each))}" for each in ours - theirs]
            + [f"said of {name} only: {' '.join(map(str, each))}" for each in theirs - ours])


def wanted_status(expected):
    return 1 if any(row.level == "error" and row.state == "fail" for row in expected) else 0


def check_sample(proviso, sample):
    problems = [] if sample.days() else ["no day to judge by has its findings"]
    for day, path in sample.days().items():
        expected = rows(path)
        status, report = sample.check(proviso, sample.path, day)
        found = [] if status == wanted_status(expected) else [f"status {status}"]
        if report["faults"] or report["summary"]["not_checked"]:
            found.append(f"faults: {report['summary']} {report['faults']}")
        found += unmatched(expected, findings(report)) + check_alike(proviso, sample, day, report)
        problems += [f"as of {day}: {problem}" if day else problem for problem in found]
    counted = figures(sample.show(proviso))
    wanted_figures = read(os.path.join(sample.folder, "figures.tsv")).splitlines()
    if not wanted_figures:
        problems.append("figures.tsv is empty")
    for line in wanted_figures:
        name, wanted = line.split("\t")
        if counted.get(name, 0) != int(wanted):
            problems.append(f"{name}: {counted.get(name, 0)}, should be {wanted}")
    return problems


def break_copy(sample, name, folder):
    """Writes the broken copy into folder, with what stands beside the sample, and gives its path there."""
    edit = read(os.path.join(sample.folder, "broken", name, "edit.txt"))
    head, edit = edit.split("=== find\n", 1)
    find, replace = edit.split("=== replace\n", 1)
    find, replace = find.removesuffix("\n"), replace.removesuffix("\n")
    copy = os.path.join(folder, os.path.basename(sample.path))
    if os.path.dirname(sample.path) == "samples":
        shutil.copy(os.path.join(ROOT, sample.path), copy)
    else:
        shutil.copytree(os.path.join(ROOT, os.path.dirname(sample.path)), folder, dirs_exist_ok=True)
    edited = os.path.join(folder, head.removeprefix("=== file ").strip()) if head else copy
    text = read(edited)
    if text.count(find) != 1:
        raise ValueError(f"{name}: the text to replace stands {text.count(find)} times in the sample")
    # What is taken out is taken out with its line feed.
    text = text.replace(find + "\n" if not replace and find + "\n" in text else find, replace)
    with open(edited, "w", encoding="utf-8") as file:
        file.write(text)
    return copy


def day_of_broken(sample, name):
    """The day a broken copy is judged by: its own, or the last one of the sample."""
    own = os.path.join(sample.folder, "broken", name, "as-of")
    return read(own).strip() if os.path.exists(own) else list(sample.days())[-1]


def check_broken(proviso, sample, name, sound_on):
    day = day_of_broken(sample, name)
    if day not in sound_on:
        sound_on[day] = sample.check(proviso, sample.path, day)
    sound_status, sound = sound_on[day]
    with tempfile.TemporaryDirectory() as folder:
        status, report = sample.check(proviso, break_copy(sample, name, folder), day)
    expected = rows(os.path.join(sample.folder, "broken", name, "expected.tsv"))
    if report["faults"]:
        return [f"faults {report['faults']}"]
    if not expected:
        return ["nothing is expected of it: what is broken in it, no rule sees"]
    new = difference(findings(report), findings(sound))
    gone = difference(findings(sound), findings(report))
    problems = unmatched([row for row in expected if row.sign == "+"], new)
    problems += [problem + " (gone)" for problem in unmatched([row for row in expected if row.sign == "-"], gone)]
    wanted = max(sound_status, wanted_status([row for row in expected if row.sign == "+"]))
    return problems + ([] if status == wanted else [f"status {status} instead of {wanted}"])


def check_all_broken(proviso, sample, names):
    chosen = [name for name in sample.broken_names() if not names or sample.name in names or name in names]
    if not chosen:
        return {}
    sound_on = {}
    return {f"{sample.name}/{name}": check_broken(proviso, sample, name, sound_on) for name in chosen}


def without_expectations():
    """The submissions in samples/ that no folder here is about."""
    about = {os.path.normpath(sample.path) for sample in map(Sample, subfolders(FOLDER))}
    with_own = [os.path.join("samples", name) for name in sorted(os.listdir(os.path.join(ROOT, "samples")))
                if name.endswith((".yaml", ".csv"))]
    folders = [os.path.join("samples", name) for name in subfolders(os.path.join(ROOT, "samples")) if name not in ("ci", "narrative")]  # tests/narrative.py
    return [path for path in with_own if path not in about] + [
        path for path in folders if not any(each == path or each.startswith(path + os.sep) for each in about)]


def main():
    proviso, kind, *names = sys.argv[1:]
    proviso = os.path.abspath(proviso)
    results = {}
    for sample in map(Sample, subfolders(FOLDER)):
        if kind == "broken":
            results.update(check_all_broken(proviso, sample, names))
        elif not names or sample.name in names:
            results[sample.name] = check_sample(proviso, sample)
        if kind == "broken" and not names and not sample.broken_names():
            results[sample.name] = ["there is no broken copy of it"]
    if kind == "sample" and not names:
        results.update({path: ["nothing in tests/samples is about it"] for path in without_expectations()})
    for name, problems in results.items():
        for problem in problems:
            print(f"not ok {name}: {problem}")
    failed = sum(bool(problems) for problems in results.values())
    print(f"{kind}: {len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
