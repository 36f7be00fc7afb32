#!/usr/bin/env python3
"""The Payment 1 rules on all filings together: what is found across tests/together/filings, at places in both files,
and how many filings they can take.

usage: together.py PROVISO
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FILINGS = "tests/together/filings"
ALIKE = "ipp1.alike-across-counties"
MEASURES = {"1.1.6": 8, "1.2.5": 7, "1.2.6": 3, "1.2.7": 3, "1.2.9": 2, "1.2.10": 2, "1.3.5": 7, "1.3.6": 3}

# Worked out by hand from the filings; in the order of their places. Files are judged in the order of their names: inyo,
# mono-again, mono. The first answer of mono has 25 words, so 23 runs of three; 22 words of it, 20 runs, are inyo's:
# 20/23.
EXPECTED = [
    ("ipp1.every-county", "fail", "warning",
     "Health Net serves 10 counties; there is no filing for Amador, Calaveras, Los Angeles, Sacramento, San Joaquin, "
     "Stanislaus, Tulare, Tuolumne", ("inyo.yaml", 3, 9, "Health Net"),
     [("mono-again.yaml", 3, 9, "Health Net", "it files for several counties")]),
    ("ipp1.one-per-county", "fail", "error", "Health Net has filed for Mono before",
     ("mono.yaml", 4, 11, "Mono County"),
     [("mono-again.yaml", 4, 11, "Mono", f"the first filing of Health Net for Mono, in {FILINGS}/mono-again.yaml")]),
    (ALIKE, "review", "warning", f"86.95% of the wording is that of 1.1.7 in {FILINGS}/inyo.yaml, 22 words in a row",
     ("mono.yaml", 7, 20, "we train the care teams of the rural clinics twice a year, pay for their time away, and "
      "answer questions by telephone"),
     [("inyo.yaml", 7, 5, "We train the care teams of the rural clinics twice a year, pay for their time away, and "
       "answer questions by telephone", "the same words in 1.1.7 in " + FILINGS + "/inyo.yaml")]),
]


def check(proviso, *arguments):
    done = subprocess.run([proviso, "check", "--format", "json", *arguments], cwd=ROOT, capture_output=True,
                          check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        sys.exit(f"no JSON, status {done.returncode}: {done.stderr.decode()}")


def place(at):
    return (os.path.basename(at["path"]), at["line"], at["column"], " ".join(at["text"].split()))


def told(verdict):
    return (verdict["rule"], verdict["state"], verdict["level"], verdict["message"], place(verdict["at"]),
            [(*place(other), other["message"]) for other in verdict["related"]])


def of_collection(report):
    return [verdict for verdict in report["verdicts"] if verdict["subject"]["kind"] == "collection"]


def answer(filing, item):
    """A hundred words that no other answer has: what takes the longest to compare."""
    return " ".join(f"w{filing}x{item}x{word}" for word in range(100))


def write_filings(folder, count):
    for filing in range(count):
        with open(os.path.join(folder, f"{filing:03}.yaml"), "w", encoding="utf-8") as file:
            file.write("form: calaim-ipp-payment-1\nfields: { plan: L.A. Care }\nmeasures:\n")
            for measure, items in MEASURES.items():
                file.write(f'  "{measure}":\n')
                for item in range(1, items + 1):
                    file.write(f"    {item}: {answer(filing, measure + '.' + str(item))}\n")


def expect(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}:\n  expected {expected}\n  got      {actual}")


def main():
    proviso = os.path.abspath(sys.argv[1])

    report = check(proviso, FILINGS)
    expect("findings", [told(v) for v in of_collection(report) if v["state"] in ("fail", "review")], EXPECTED)
    working = [v["working"] for v in of_collection(report) if v["rule"] == ALIKE][0]
    expect("working", working, ["86.95% ≥ 80%, or 22 words in a row", "responses worded like another filing's: 2"])

    report = check(proviso, "samples/payment-1-los-angeles.yaml")
    expect("one filing alone", {v["rule"]: v["state"] for v in of_collection(report)},
           {"ipp1.one-per-county": "pass", "ipp1.every-county": "not-applicable", ALIKE: "not-applicable"})

    for count, state in ((60, "pass"), (61, "not-applicable")):
        with tempfile.TemporaryDirectory() as folder:
            write_filings(folder, count)
            report = check(proviso, "--statistics", "--rule", ALIKE, folder)
        expect(f"{count} filings", [(v["state"], "61 filings are more than the 60" in v["message"])
                                    for v in of_collection(report)], [(state, count > 60)])
        # The budget is 5,000,000 for each filing; texts that share much need a little more than these.
        work = sum(row["work"] for row in report["statistics"])
        if work > count * 5_000_000 / 2:
            sys.exit(f"{count} filings need {work}, more than half of the budget")


main()
