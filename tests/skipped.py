#!/usr/bin/env python3
"""What the last run of ctest left out, with the reasons: ctest itself shows neither.

usage: skipped.py BUILD…             prints them for these build folders, which ctest has just run with
                                     --output-junit tests.xml: only that tells a skipped test from a passed one
       skipped.py --try CTEST        the script itself is tried on tests made for it
exit:  0, or 1 where something was left out without a reason, or no test was run at all

A test that leaves something out prints a line "skipped: WHAT, AND WHY", whether it leaves out all of itself (ctest knows
it as skipped) or a part (and passes)."""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

BLOCK = re.compile(r'^\d+/\d+ Test: (\S+)\n(.*?)^"\1" end time:', re.S | re.M)
REASON = re.compile(r"^skipped: *(\S.*)", re.M)
PART = re.compile(r"^\[  SKIPPED \] (?!\d+ test)(\S+)", re.M)  # as cmocka says it


def left_out(log, skipped):
    """(test, what was left out) for each line to print; what is None where the test does not say it."""
    for name, block in BLOCK.findall(log):
        output = block.partition("\n<end of output>")[0]
        reasons = REASON.findall(output)
        for reason in reasons:
            yield name, reason if name in skipped else reason + " (the rest of it ran)"
        if not reasons and (name in skipped or PART.search(output)):
            yield name, None


def report(build):
    """Whether all that was left out in this build has its reason."""
    log_path = os.path.join(build, "Testing", "Temporary", "LastTest.log")
    cases_path = os.path.join(build, "tests.xml")
    if not os.path.exists(log_path) or not os.path.exists(cases_path):
        print(f"{build}: no test was run")
        return False
    with open(log_path, encoding="utf-8", errors="replace") as file:
        log = file.read()
    cases = list(xml.etree.ElementTree.parse(cases_path).getroot().iter("testcase"))
    found = list(left_out(log, {case.get("name") for case in cases if case.find("skipped") is not None}))
    print(f"{build}: {len(cases)} tests were run, {len(found) or 'nothing'} left out")
    for name, what in found:
        print(f"  {name}: {what or 'LEFT OUT WITHOUT A REASON; let it print a line that begins with skipped:'}")
    return len(cases) > 0 and all(what for _, what in found)


TRIED = {"whole": "echo 'skipped: there is no moon'; exit 77", "part": "echo 'skipped: half'; exit 0",
         "silent": "exit 77", "cmocka": "echo '[  SKIPPED ] test_moon'; exit 0", "sound": "echo fine"}


def try_on(ctest, names):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "CTestTestfile.cmake"), "w", encoding="utf-8") as file:
            for name in names:
                file.write(f'add_test({name} sh -c "{TRIED[name]}")\n'
                           f"set_tests_properties({name} PROPERTIES SKIP_RETURN_CODE 77)\n")
        subprocess.run([ctest, "--test-dir", folder, "--output-junit", os.path.join(folder, "tests.xml")], stdout=subprocess.DEVNULL, check=False)
        done = subprocess.run([sys.executable, os.path.abspath(__file__), folder], stdout=subprocess.PIPE, text=True,
                              check=False)
        return done.returncode, [line.strip() for line in done.stdout.splitlines()[1:]]


def try_all(ctest):
    unsaid = "LEFT OUT WITHOUT A REASON; let it print a line that begins with skipped:"
    for names, wanted in (
            (["sound"], (0, [])),
            (["sound", "whole", "part"], (0, ["whole: there is no moon", "part: half (the rest of it ran)"])),
            (["silent", "whole"], (1, [f"silent: {unsaid}", "whole: there is no moon"])),
            (["cmocka"], (1, [f"cmocka: {unsaid}"])),
            ([], (1, []))):
        got = try_on(ctest, names)
        if got != wanted:
            sys.exit(f"{names}:\n  expected {wanted}\n  got      {got}")


def main():
    if sys.argv[1] == "--try":
        try_all(sys.argv[2])
        return 0
    return 0 if all([report(build) for build in sys.argv[1:]]) else 1


if __name__ == "__main__":
    sys.exit(main())
