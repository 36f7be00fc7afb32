#!/usr/bin/env python3
"""Writes samples/mou-register/register.xlsx: the register of register.csv as an office would keep it, a sheet for each
kind of record, with a title above each table, days and numbers as Excel keeps them, and the county of several
memoranda written once, in a merged cell.

usage: register_workbook.py OUT.xlsx
       register_workbook.py PROVISO --test   the one in samples is what this makes, and is judged as the CSV is
"""
import csv
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

from workbooks import Sheet, Workbook

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples", "mou-register")
# What the office calls its sheets, and writes above the tables.
SHEETS = {"MOU": ("MOUs", "Memoranda of understanding"), "Signature": ("Signatures", "Who signed, and when"),
          "Person": ("People", "Person"), "Meeting": ("Meetings", "Quarterly meetings"),
          "Training": ("Trainings", "Trainings held"), "Review": ("Reviews", "Yearly reviews"),
          "Good faith": ("Good faith", "Good-faith reports"), "Request": ("Requests", "Requests for information"),
          "Report": ("Reports", "Reports"), "Delivery system": ("Delivery systems", "How SUD services are delivered"),
          "Sent to DHCS": ("Copies", "Sent to DHCS"), "Compliance report": ("Compliance", "Compliance reports")}


def value_of(text):
    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if day:
        return datetime.date(int(day[3]), int(day[1]), int(day[2]))
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"\d+", text) else text or None


def merged_counties(rows, column):
    """Writes each county once where it comes several times in a row; says which cells are one then."""
    areas = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and rows[end][column] == rows[start][column]:
            rows[end][column] = None
            end += 1
        if end - start > 1:
            areas.append((start, end))
        start = end
    return areas


def write(path):
    with open(os.path.join(SAMPLES, "register.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    head = next(at for at, row in enumerate(rows) if row and row[0] == "Row")
    fields = [[row[0], value_of(row[1])] for row in rows[:head] if row]
    sheets = [Sheet("Register", [["Register of memoranda of understanding"], [], *fields])]
    for kind, (name, title) in SHEETS.items():
        records = [row for row in rows[head + 1:] if row and row[0] == kind]
        used = [at for at in range(1, len(rows[head])) if any(at < len(row) and row[at] for row in records)]
        body = [[value_of(row[at]) for at in used] for row in records]
        merged = []
        if kind == "MOU":
            merged = [f"A{start + 4}:A{end + 3}" for start, end in merged_counties(body, 0)]
        sheets.append(Sheet(name, [[title], [], [rows[head][at] for at in used], *body], merged=merged))
    counties = sorted({row[1] for row in rows[head + 1:] if row and row[0] == "MOU"})
    sheets.append(Sheet("Lists", [[county] for county in counties], state="hidden"))
    Workbook(sheets).save(path)


def verdicts(proviso, name, day, folder):
    """What is said of each subject; where it stands is called otherwise in each kind of file."""
    report = os.path.join(folder, "report.json")
    pack = os.path.join(SAMPLES, "..", "..", "rules", "calaim-mou")
    subprocess.run([proviso, "check", "--pack", pack, "--as-of", day, "--format", f"json={report}",
                    os.path.join(SAMPLES, name)], stdout=subprocess.DEVNULL, check=False)
    with open(report, encoding="utf-8") as file:
        found = json.load(file)
    if found["faults"]:
        sys.exit(f"{name}: {found['faults']}")
    return sorted((verdict["rule"], json.dumps(verdict["subject"], sort_keys=True), verdict["state"], verdict["message"])
                  for verdict in found["verdicts"])


def test(proviso):
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.join(folder, "register.xlsx")
        write(made)
        with open(made, "rb") as ours, open(os.path.join(SAMPLES, "register.xlsx"), "rb") as theirs:
            if ours.read() != theirs.read():
                sys.exit("samples/mou-register/register.xlsx is not what register_workbook.py makes")
        for day in ("2024-08-15", "2025-03-14"):
            as_table = verdicts(proviso, "register.csv", day, folder)
            as_workbook = verdicts(proviso, "register.xlsx", day, folder)
            if len(as_table) < 1000 or as_table != as_workbook:
                differ = sorted(set(as_table) ^ set(as_workbook))
                sys.exit(f"as of {day}: {len(as_table)} and {len(as_workbook)} verdicts, {differ[:4]} …")


if __name__ == "__main__":
    if sys.argv[2:] == ["--test"]:
        test(sys.argv[1])
    else:
        write(sys.argv[1])
