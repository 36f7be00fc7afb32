#!/usr/bin/env python3
"""The same finding has the same fingerprint in every format, so that a waiver or a baseline made on one holds for another.

usage: fingerprints.py PROVISO

Compared are the sample register as CSV, workbook and what import makes of both with the one in YAML, and a small one of
which one value after the other is made wrong.
"""
import copy
import csv
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from workbooks import Sheet, Workbook

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PACK = os.path.join(ROOT, "rules", "calaim-mou")
DAY = "2025-03-14"
SAMPLES = os.path.join(ROOT, "samples", "mou-register")
FIELDS = {"plan": "Health Net", "oversight": "A. Ruiz", "whole_child_model": False, "updated": "2025-03-14"}
# Of each kind the columns that are used, as CSV and workbooks call them.
HEADINGS = {"county": "County", "party": "Party", "entity": "Entity", "executed": "Executed", "posted": "Posted",
            "exhibits": "Exhibits", "date": "Date", "topics": "Topics", "plan_attendees": "Plan attendees",
            "direct_service": "Direct service", "executives": "Executives", "role": "Role", "name": "Name",
            "from": "From", "year": "Year", "submitted": "Submitted", "elements": "Elements", "system": "System",
            "source": "Source", "audience": "Audience"}
KINDS = {"agreement": "MOU", "meeting": "Meeting", "person": "Person", "report": "Report",
         "delivery_system": "Delivery system", "training": "Training"}
ABOUT = {"county": "Amador", "party": "Local Health Department"}
GOOD = {
    "agreement": [{**ABOUT, "entity": "Amador County Public Health", "executed": "2024-01-22", "posted": "2024-02-05"},
                  {"county": "Amador", "party": "WIC", "entity": "Amador County WIC", "executed": "2024-01-29",
                   "exhibits": ["Exhibit A", "Exhibit B"]}],
    "meeting": [{**ABOUT, "date": "2024-05-16", "topics": ["care coordination", "QI activities"], "plan_attendees": 1200,
                 "direct_service": True}],
    "person": [{**ABOUT, "role": "Plan Liaison", "name": "Gideon Brandvold, Ph.D.", "from": "2024-01-22"}],
    "report": [{"year": 2024, "submitted": "2025-01-31", "elements": ["attendees", "disputes"]}],
    "delivery_system": [{"county": "Amador", "system": "dmc-ods", "source": "letter of \"the\" county"},
                        {"county": "Inyo", "system": "dmc-state-plan", "source": "it's a letter"}],
}

# What is made wrong: kind, row, column, value; None: the value is taken away.
CASES = {
    "as it is": [],
    "a missing cell": [("meeting", 0, "date", None)],
    "a missing key": [("agreement", 1, "party", None)],
    "a day that is none": [("agreement", 0, "executed", "2024-02-31")],
    "a text for a day": [("agreement", 0, "posted", "soon")],
    "a day before another": [("agreement", 0, "posted", "2024-01-05")],
    "a number that is none": [("meeting", 0, "plan_attendees", "many")],
    "a number": [("meeting", 0, "plan_attendees", 0)],
    "a truth value": [("meeting", 0, "direct_service", False)],
    "a truth value that is none": [("meeting", 0, "direct_service", "perhaps")],
    "a row that no table has": [("person", 0, "role", "Grand Liaison")],
    "a value beside the choices": [("delivery_system", 1, "system", "dmc")],
    "a row twice": [("agreement", 1, "party", "Local Health Department")],
    "an entry of a list": [("meeting", 0, "topics", ["QI projects"])],
    "no answer": [("person", 0, "name", "TBD")],
    "a row of nobody": [("meeting", 0, "county", "Inyo")],
    "two rows of one year": [("report", 0, "year", 2023)],
    "a text with signs": [("person", 0, "name", "O'Neil \"Bo\" [x], {y}: #1 & 2")],
}


def changed(changes):
    records = copy.deepcopy(GOOD)
    for kind, row, column, value in changes:
        if value is None:
            del records[kind][row][column]
        else:
            records[kind][row][column] = value
    return records


def yaml_of(value):
    if isinstance(value, list):
        return "[" + ", ".join(yaml_of(entry) for entry in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if re.fullmatch(r"[\w.() -]+", text) else "'" + text.replace("'", "''") + "'"


def write_yaml(path, records):
    columns = list(HEADINGS)
    with open(path, "w", encoding="utf-8") as out:
        out.write("form: calaim-mou-register\nfields:\n")
        out.writelines(f"  {name}: {yaml_of(value)}\n" for name, value in FIELDS.items())
        out.write("records:\n")
        for kind, rows in records.items():
            out.write(f"  {kind}:\n")
            for row in rows:
                inner = ", ".join(f"{name}: {yaml_of(row[name])}" for name in columns if name in row)
                out.write(f"    - {{ {inner} }}\n")


def day_of(value):
    """The day that a text is one of; None: of none."""
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def csv_of(value):
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if day_of(text):
        return f"{int(text[5:7])}/{int(text[8:])}/{text[:4]}"
    return f"{value:,}" if isinstance(value, int) and value > 9999 else text


def write_csv(path, records):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerows([["form", "calaim-mou-register"], ["Plan", FIELDS["plan"]], ["Oversight", FIELDS["oversight"]],
                       ["WCM plan", "no"], ["Updated", csv_of(FIELDS["updated"])], []])
        out.writerow(["Row", *HEADINGS.values()])
        for kind, rows in records.items():
            for row in rows:
                out.writerow([KINDS[kind], *(csv_of(row[name]) if name in row else "" for name in HEADINGS)])


def cell_of(value):
    if isinstance(value, list):
        return "; ".join(value)
    return day_of(value) or value


def write_workbook(path, records):
    sheets = [Sheet("Register", [["form", "calaim-mou-register"], ["Plan", FIELDS["plan"]],
                                 ["Oversight", FIELDS["oversight"]], ["WCM plan", False],
                                 ["Updated", cell_of(FIELDS["updated"])]])]
    for kind, rows in records.items():
        used = [name for name in HEADINGS if any(name in row for row in GOOD[kind])]
        sheets.append(Sheet(KINDS[kind], [[HEADINGS[name] for name in used],
                                          *([cell_of(row.get(name)) for name in used] for row in rows)]))
    Workbook(sheets).save(path)


def fold(message):
    """What is said of a value quotes it as it is written."""
    return re.sub(r"'[^']*'|“[^”]*”|\b\d{1,4}[-/]\d+[-/]\d+\b", "…", message.split("; write it like")[0])


def findings(proviso, path, folder, pack="calaim-mou"):
    report = os.path.join(folder, "report.json")
    subprocess.run([proviso, "check", "--pack", os.path.join(ROOT, "rules", pack), "--as-of", DAY, "--format", f"json={report}", path],
                   stdout=subprocess.DEVNULL, check=False)
    with open(report, encoding="utf-8") as file:
        found = json.load(file)
    if found["faults"]:
        sys.exit(f"{path}: {found['faults']}")
    return {(verdict["rule"], verdict["subject"]["name"], fold(verdict["message"]), verdict["fingerprint"])
            for verdict in found["verdicts"] if verdict["state"] in ("fail", "review")}


def imported(proviso, path, folder):
    out = os.path.join(folder, os.path.basename(path) + ".yaml")
    subprocess.run([proviso, "import", "--force", "--pack", PACK, path, "-o", out], stdout=subprocess.DEVNULL, check=True)
    return out


def compare(proviso, name, paths, wanted):
    wrong = 0
    folder = os.path.dirname(paths[0])
    for path in paths:
        for which in (path, imported(proviso, path, folder)):
            found = findings(proviso, which, folder)
            if found != wanted:
                wrong += 1
                print(f"{name}, {os.path.basename(which)}: not in it {sorted(wanted - found)[:4]}\n"
                      f"    only in it {sorted(found - wanted)[:4]}")
    return wrong


def compare_samples(proviso, folder):
    """In the sample as a table documents are missing, and with them what is said of them alone."""
    wanted = findings(proviso, os.path.join(SAMPLES, "register.yaml"), folder)
    wrong = 0
    for name in ("register.csv", "register.xlsx"):
        as_table = findings(proviso, os.path.join(SAMPLES, name), folder)
        again = findings(proviso, imported(proviso, os.path.join(SAMPLES, name), folder), folder)
        if len(as_table) < 30 or as_table - wanted or again != as_table:
            wrong += 1
            print(f"{name}: only in it {sorted(as_table - wanted)[:4]}, in what is imported {sorted(again ^ as_table)[:4]}")
    filing = os.path.join(SAMPLES, "..", "payment-1-los-angeles.")
    as_yaml, as_word = (findings(proviso, filing + ending, folder, "calaim-ipp-payment-1") for ending in ("yaml", "docx"))
    if not as_yaml or as_yaml - as_word:  # the Word file does not list the documents attached
        wrong += 1
        print(f"the filing: {len(as_yaml)} findings, not in Word {sorted(as_yaml - as_word)[:6]}")
    return wrong


# Which files are there, and whether a baseline that was made on the first of all knows what is found of each.
FORMATS = [
    {"register.yaml": True},
    {"register.yaml": True, "register.csv": False},
    {"register.csv": True, "other.csv": False},
    {"register.xlsx": True},
    {"register.csv": False, "register.xlsx": False},
]


def compare_baseline(proviso, folder):
    """A baseline holds for the same register in another format once its file is gone, where one file can be that."""
    formats = os.path.join(folder, "formats")
    wrong = 0
    for present in FORMATS:
        common = ["--as-of", DAY, "--pack", PACK, *(f"formats/{path}" for path in present)]
        shutil.rmtree(formats, ignore_errors=True)
        os.mkdir(formats)
        for path in present:
            shutil.copy(os.path.join(folder, "register" + os.path.splitext(path)[1]), os.path.join(formats, path))
        if not os.path.exists(os.path.join(folder, "baseline.json")):
            subprocess.run([proviso, "baseline", *common], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        run = subprocess.run([proviso, "check", "--baseline", "baseline.json", "--format", "json", *common], cwd=folder,
                             capture_output=True, text=True)
        for path, is_known in present.items():
            found = [verdict for verdict in json.loads(run.stdout)["verdicts"]
                     if verdict["state"] in ("fail", "review") and verdict["at"]["path"] == f"formats/{path}"]
            same = sum(verdict["baseline"] == "unchanged" for verdict in found)
            if not found or same != (len(found) if is_known else 0):
                wrong += 1
                print(f"baseline: {same} of {len(found)} findings of {path} are known, beside {sorted(present)}")
    return wrong


def main():
    proviso = os.path.abspath(sys.argv[1])
    wrong = 0
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, changes in CASES.items():
            records = changed(changes)
            paths = [os.path.join(folder, "register." + ending) for ending in ("yaml", "csv", "xlsx")]
            for write, path in zip((write_yaml, write_csv, write_workbook), paths):
                write(path, records)
            wanted = findings(proviso, paths[0], folder)
            count += len(wanted)
            wrong += compare(proviso, name, paths[1:], wanted)
        wrong += compare_baseline(proviso, folder)
        wrong += compare_samples(proviso, folder)
    print(f"{len(CASES)} registers with {count} findings, {wrong} files in which they are called otherwise")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
