#!/usr/bin/env python3
"""Where the pack for title IV-E plans finds the sections and attachments of real plans, against labels made by hand.

usage: plans.py PROVISO [FOLDER] [--mutilated] [--least-f1 N] [--most-wrong N]

Prints a table for each plan and the sums. Without --least-f1 and --most-wrong nothing is judged. FOLDER holds labels.json and
the plans (default: ../shared/corpus/title-iv-e beside the project; skipped where it is not there).

A section is right when a `pass` or `review` points at a line that the labels accept, or when it fails and the labels say that
it is absent. F1 counts sections that are found where they are. Confidently wrong is a `pass` at another line, or of what is
absent. --mutilated judges copies instead that have lost what tells a heading: confidence has to fall, not to be wrong.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
USUAL = os.path.join(PROJECT, "..", "shared", "corpus", "title-iv-e")
SKIPPED = 77

SECTIONS = {
    "1": "service_description_oversight", "2": "evaluation_waiver", "3": "monitoring_child_safety",
    "4": "consultation_coordination", "5": "workforce_support", "6": "workforce_training", "7": "prevention_caseloads",
    "8": "reporting_assurance", "9": "eligibility",
}
ATTACHMENTS = {
    "attachment-I": "attachment_I_reporting_assurance", "attachment-II": "attachment_II_evaluation_waiver",
    "attachment-III": "attachment_III_trauma_informed", "attachment-IV": "attachment_IV_moe",
}


def lines_of(label):
    """The lines that a reader accepts; none where the part is absent."""
    if label["state"] == "absent":
        return set()
    return {label["line"]} | {also["line"] for also in label.get("also", [])}


# ---- copies that have lost something: (name, the lines with what became of them) ----

def without_marks(lines, _):
    return [re.sub(r"^#+ ", "", line) for line in lines]


def without_numbers(lines, _):
    return [re.sub(r"^# (SECTION |Section |PART |Part )?([0-9]+|[IVX]+)[.:] ", "# ", line) for line in lines]


def in_small_letters(lines, _):
    return [line.lower() if line.startswith("#") else line for line in lines]


def in_capitals(lines, _):
    return [line.upper() if line.startswith("#") else line for line in lines]


def without_section(section):
    """The copy without any heading of this section, or other line of the same words."""
    def drop(lines, sections):
        gone = lines_of(sections[SECTIONS[section]])
        words = {re.sub("[^a-z]", "", lines[number - 1].lower()) for number in gone}
        return ["" if number in gone or re.sub("[^a-z]", "", line.lower()) in words else line
                for number, line in enumerate(lines, 1)]
    return drop


MUTILATIONS = [("no marks", without_marks, None), ("no numbers", without_numbers, None),
               ("small letters", in_small_letters, None), ("capitals", in_capitals, None)]
MUTILATIONS += [("no section " + section, without_section(section), section) for section in SECTIONS]


# ---- judging ----

def verdicts_of(proviso, text):
    """The verdict on each part of the pre-print in a plan: {id: (state, line or None, message)}."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "plan.md"), "w", encoding="utf-8") as file:
            file.write(text)
        filing = os.path.join(folder, "plan.yaml")
        with open(filing, "w", encoding="utf-8") as file:
            file.write("form: title-iv-e-prevention-plan\nfields:\n  state: Any\n  plan: { file: plan.md }\n")
        pack = os.path.join(PROJECT, "rules", "title-iv-e")
        run = subprocess.run([proviso, "check", "--format", "json", "--pack", pack, filing], capture_output=True, text=True,
                             check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"plans.py: {run.stderr or run.stdout}")
    found = {}
    for verdict in json.loads(run.stdout)["verdicts"]:
        if verdict["rule"].startswith("title-iv-e.") and verdict["state"] != "not-applicable":
            place = verdict["at"]
            found[verdict["subject"]["section"]] = verdict["state"], place["line"], verdict["message"]
    return found


class Sums:
    def __init__(self):
        self.right = self.false = self.missed = self.wrong = self.passed = self.absent = 0

    def add(self, state, line, accepted):
        """Takes one verdict in and says what it is."""
        found = state in ("pass", "review")
        self.passed += state == "pass"
        if found and line in accepted:
            self.right += 1
            return "right"
        if not found and not accepted:
            self.absent += 1
            return "right"
        self.false += found
        self.missed += bool(accepted)
        self.wrong += state == "pass"
        return "wrong, and sure" if state == "pass" else "wrong" if found else "missed"

    def f1(self):
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


def show_attachments(plan, labels, found, agreed):
    for part, name in ATTACHMENTS.items():
        said, label = found[part][2].split(":")[0].split(",")[0], labels["attachments"][name]["state"]
        agreed[0] += said == label
        agreed[1] += 1
        print(f"  {plan}  {part:15} {'right' if said == label else 'other':16} {said:10} {label}")


def show_plan(plan, labels, found, sums, sections):
    own = Sums()
    for section in sections:
        state, line, message = found[section]
        label = labels["sections"][SECTIONS[section]]
        accepted = lines_of(label) if sections is not None else set()
        for each in own, sums:
            what = each.add(state, line, accepted)
        print(f"  {plan}  section {section:7} {what:16} {state:7} {line or '-':>5} {label['state']:10} "
              f"{label['line'] or '-':>5}  {message}")
    print(f"  {plan}  F1 {own.f1():.3f}, {own.wrong} wrong of {own.passed} that are sure\n")


def judge(proviso, folder, plans):
    sums, agreed = Sums(), [0, 0]
    for plan, labels in plans.items():
        with open(os.path.join(folder, labels["file"]), encoding="utf-8") as file:
            found = verdicts_of(proviso, file.read())
        show_attachments(plan, labels, found, agreed)
        show_plan(plan, labels, found, sums, SECTIONS)
    print(f"attachments: {agreed[0]} of {agreed[1]} as labelled")
    return sums


def judge_mutilated(proviso, folder, plans):
    sums = Sums()
    for name, change, gone in MUTILATIONS:
        own = Sums()
        for plan, labels in plans.items():
            if gone and labels["sections"][SECTIONS[gone]]["state"] == "combined":
                continue
            with open(os.path.join(folder, labels["file"]), encoding="utf-8") as file:
                lines = file.read().split("\n")
            found = verdicts_of(proviso, "\n".join(change(lines, labels["sections"])))
            for section in [gone] if gone else SECTIONS:
                state, line, message = found[section]
                accepted = set() if gone else lines_of(labels["sections"][SECTIONS[section]])
                for each in own, sums:
                    what = each.add(state, line, accepted)
                if what == "wrong, and sure":
                    print(f"  {name}: {plan}, section {section}, line {line}: {message}")
        print(f"{name:14} right {own.right + own.absent:3}  wrong {own.false:3}  missed {own.missed:3}  sure {own.passed:3}  "
              f"wrong and sure {own.wrong}")
    return sums


def main(arguments):
    limits = {"--least-f1": None, "--most-wrong": None}
    for name in limits:
        if name in arguments:
            at = arguments.index(name)
            limits[name] = float(arguments[at + 1])
            del arguments[at:at + 2]
    mutilated = "--mutilated" in arguments
    names = [argument for argument in arguments if argument != "--mutilated"]
    folder = names[1] if len(names) > 1 else USUAL
    if not os.path.exists(os.path.join(folder, "labels.json")):
        print(f"skipped: there are no plans to read; looked for {os.path.normpath(folder)}")
        return SKIPPED
    with open(os.path.join(folder, "labels.json"), encoding="utf-8") as file:
        plans = json.load(file)["plans"]
    sums = (judge_mutilated if mutilated else judge)(names[0], folder, plans)
    print(f"F1 {sums.f1():.3f}: {sums.right} right, {sums.false} at a wrong place, {sums.missed} missed, {sums.absent} rightly "
          f"absent; {sums.wrong} wrong of {sums.passed} that are sure")
    failed = limits["--least-f1"] is not None and sums.f1() < limits["--least-f1"]
    failed |= limits["--most-wrong"] is not None and sums.wrong > limits["--most-wrong"]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
