#!/usr/bin/env python3
"""What is said of a register as a workbook where something is wrong with its sheets. None of it may be passed over.

usage: sheets.py PROVISO

Each case has sheets beside the header, what must be said of them and where, and whether the one agreement was read all
the same: then there are verdicts on it.
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

from workbooks import Raw, Sheet, Workbook

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rules")
DAY = datetime.date(2024, 1, 8)
HEADER = Sheet("Register", [["form", "calaim-mou-register"], ["Plan", "Health Net"], ["Oversight", "A. Ruiz"],
                            ["WCM plan", False], ["Updated", datetime.date(2025, 3, 14)]])
HEADINGS = ["County", "Party", "Entity", "Executed"]
ROW = ["Amador", "Regional Center", "Alta", DAY]
GOOD = Sheet("MOUs", [HEADINGS, ROW])

CASES = [
    ("the sheet says what its rows are", [GOOD], None, None, True),
    ("the title says it, in the plural", [Sheet("Sheet2", [["MOUs"], [], HEADINGS, ROW])], None, None, True),
    ("a table below another one", [Sheet("All", [["MOU"], HEADINGS, ROW, [], ["Reviews"], ["County", "Party", "Date"],
                                                 ["Amador", "Regional Center", DAY]])], None, None, True),
    ("headings that are misspelt", [GOOD, Sheet("Meetings", [["Conty", "Partty", "Dayt"], ["Amador", "x", DAY]])],
     "is called as the records of “Meetings” are, and no row of it has their headings", "sheet “Meetings”, cell A1", True),
    ("a hidden sheet with records", [GOOD, Sheet("Old", [HEADINGS, ROW], state="hidden")],
     "the sheet “Old” has records and is hidden, so it was not read", "sheet “Old”, cell A1", True),
    ("a formula without its value", [Sheet("MOUs", [HEADINGS, [*ROW[:3], Raw('<c r="D2"><f>TODAY()</f></c>')]])],
     "this formula was saved without its value", "sheet “MOUs”, cell D2", True),
    ("a value without a heading", [Sheet("MOUs", [HEADINGS, [*ROW, "?"]])],
     "cells of this column are filled, and it has no heading", "sheet “MOUs”, cell E1", True),
    ("a failed formula", [Sheet("MOUs", [HEADINGS, [*ROW[:3], Raw('<c r="D2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>')]])],
     "#DIV/0!", "sheet “MOUs”, cell D2", True),
    ("units below the headings", [Sheet("MOUs", [HEADINGS, ["(name)", "(name)", "(legal name)", "(day)"], ROW])],
     "'(day)' is not a date", "sheet “MOUs”, cell D2", True),
    ("headings in two rows", [Sheet("MOUs", [["County", "Party", "Entity", "Days", None],
                                             [None, None, None, "Executed", "Posted"], [*ROW, DAY]],
                                    merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])],
     "the form has no heading Days", "sheet “MOUs”, cell D1", True),
    ("a title over groups of headings", [Sheet("MOUs", [["Who", None, None, "When"], HEADINGS, ROW])], None, None, True),
    ("a remark right below the table", [Sheet("MOUs", [HEADINGS, ROW, ["* signature pending"]])],
     "'* signature pending' is not one of the choices", "sheet “MOUs”, cell A3", True),
    ("notes after an empty row", [Sheet("MOUs", [HEADINGS, ROW, [], ["Source:", "Contract office"]])],
     "'Source:' is not one of the choices", "sheet “MOUs”, cell A4", True),
    ("two tables side by side", [Sheet("MOUs", [HEADINGS + [None] + HEADINGS, ROW + [None] + ROW])],
     "'County' is the heading of column 1 already", "sheet “MOUs”, cell F1", True),
    ("a blank column", [Sheet("MOUs", [["County", None, *HEADINGS[1:]], ["Amador", None, *ROW[1:]]])], None, None, True),
    ("a name between the rows", [Sheet("MOUs", [HEADINGS, ["Northern counties"], ROW])],
     "'Northern counties' is not one of the choices", "sheet “MOUs”, cell A2", True),
    ("a table right below another one", [Sheet("All", [["MOU"], HEADINGS, ROW, ["Reviews"], ["County", "Party", "Date"],
                                                       ["Amador", "Regional Center", DAY]])],
     "'Reviews' is not one of the choices", "sheet “All”, cell A4", True),
    ("a county that is written once and not merged",
     [Sheet("MOUs", [HEADINGS, ROW, [None, "WIC", "Amador County WIC", DAY]])],
     "has no “County”", "sheet “MOUs”, cell A3", True),
    ("a heading with more words", [Sheet("MOUs", [["County", "Party", "Entity (legal name)", "Executed"], ROW])],
     "the form has no heading Entity (legal name)", "sheet “MOUs”, cell C1", True),
    ("a table on its side", [Sheet("MOUs", [list(pair) for pair in zip(HEADINGS, ROW)])],
     "no sheet of the workbook has a row of headings", None, False),
    *((f"a day as the text {text}", [Sheet("MOUs", [HEADINGS, [*ROW[:3], text]])],
       f"'{text}' is not a date", "sheet “MOUs”, cell D2", True)
      for text in ("January 8, 2024", "8 Jan 2024", "1/8/24", "01-08-2024", "8.1.2024", "Jan-24", "on file",
                   "1/8/2024 (amended)")),
    ("no sheet has headings", [Sheet("Notes", [["nothing"]])], "no sheet of the workbook has a row of headings", None,
     False),
]


def judge(proviso, path):
    done = subprocess.run([proviso, "check", "--pack", os.path.join(RULES, "calaim-mou"), "--as-of", "2025-03-14",
                           "--format", "json", path], capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def place_of(verdict):
    at = verdict["at"]
    return f"sheet “{at['sheet']}”, cell {at['cell']}"


def faults(proviso, path, wanted, place, is_read):
    status, report = judge(proviso, path)
    findings = [verdict for verdict in report["verdicts"] if verdict["state"] in ("fail", "review")]
    said = [(finding["message"], place_of(finding)) for finding in findings if finding["rule"].startswith("form.")]
    said += [(fault["message"], None) for fault in report["faults"]]
    if status != (1 if is_read else 2):
        yield f"exit status {status}"
    if wanted and not any(wanted in message and where == place for message, where in said):
        yield f"not said: {wanted} at {place}; but {said}"
    if not wanted and any(rule in message for message, _ in said for rule in ("was not read", "formula")):
        yield f"said though nothing is wrong: {said}"
    read = any(verdict["subject"]["record"] == "agreement" for verdict in report["verdicts"])
    if read != is_read:
        yield "the records were not read" if is_read else "records were read"


def on_a_form_without_tables(proviso, path, form, wanted):
    """Its cells are blocks, like the paragraphs of any document."""
    done = subprocess.run([proviso, "check", "--pack", os.path.join(RULES, form), "--format", "json", path],
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 2):
        return f"exit status {done.returncode}"
    said = [fault["message"] for fault in json.loads(done.stdout)["faults"]]
    if wanted and not any(wanted in message for message in said):
        return f"not said: {wanted}; but {said}"
    return None if wanted or not said else f"said: {said}"


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, sheets, wanted, place, is_read in CASES:
            path = os.path.join(folder, "register.xlsx")
            Workbook([HEADER, *sheets]).save(path)
            for fault in faults(sys.argv[1], path, wanted, place, is_read):
                wrong += 1
                print(f"{name}: {fault}")
        Workbook([Sheet("Notes", [["Wells", "North"], ["Tests", 4]])]).save(path)
        for form, wanted in (("calaim-ipp-payment-1", "this does not look like"), ("narrative", None)):
            fault = on_a_form_without_tables(sys.argv[1], path, form, wanted)
            wrong += fault is not None
            if fault:
                print(f"a workbook on {form}: {fault}")
    print(f"{len(CASES) + 2} workbooks, {wrong} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
