#!/usr/bin/env python3
"""An installation finds its packs wherever it was put, and moved to.

usage: installed.py PROVISO CMAKE BUILD BINDIR

BUILD is installed into an empty folder, checks the real filing from there, and again after the folder was moved, and
through a link from elsewhere.
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FILING = "samples/payment-1-los-angeles.yaml"


def install(cmake, build, prefix):
    environment = {name: value for name, value in os.environ.items() if name != "DESTDIR"}
    done = subprocess.run([cmake, "--install", build, "--prefix", prefix], capture_output=True, text=True, check=False,
                          env=environment)
    if done.returncode != 0:
        sys.exit(f"the installation ended with {done.returncode}: {done.stderr}")


def check(program):
    """The status, the summary and the packs of a check of the real filing, which no packs but its own can have."""
    environment = {name: value for name, value in os.environ.items() if name != "PROVISO_RULES"}
    done = subprocess.run([program, "check", "--mode", "gate", "--format", "json", FILING], cwd=ROOT,
                          capture_output=True, text=True, check=False, env=environment)
    if not done.stdout:
        return done.returncode, done.stderr
    report = json.loads(done.stdout)
    return done.returncode, done.stderr, report["summary"], report["packs"], len(report["verdicts"])


def main():
    proviso, cmake, build, folder = sys.argv[1:]
    expected = check(proviso)
    if expected[0] != 0 or len(expected) != 5 or expected[2]["submissions"] != 1 or expected[4] == 0:
        sys.exit(f"the program of the build tree does not check {FILING}: {expected}")
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        first = os.path.join(work, "first")
        moved = os.path.join(work, "a folder", "moved")
        linked = os.path.join(work, "proviso")
        install(cmake, build, first)
        places = [("installed", os.path.join(first, folder, "proviso"), None),
                  ("moved", os.path.join(moved, folder, "proviso"), lambda: os.renames(first, moved)),
                  ("through a link", linked, lambda: os.symlink(os.path.join(moved, folder, "proviso"), linked))]
        for name, program, prepare in places:
            if prepare:
                prepare()
            found = check(program)
            if found != expected:
                failures += 1
                print(f"{name}: expected {expected}, found {found}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
