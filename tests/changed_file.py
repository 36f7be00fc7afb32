#!/usr/bin/env python3
"""A submission that changes while others are checked is not shown as it was not judged: rules on all submissions that
need its words are a fault; what comes from a pipe, which cannot be read again, is kept.

usage: changed_file.py PROVISO

The second file is a pipe: while it is waited for, the first one, which was judged, is written anew.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from killed_worker import expect, open_when_read

HERE = os.path.dirname(os.path.abspath(__file__))
FILING = "form: garden\nfields: {{ town: {town} }}\nmeasures:\n  \"1.1\": {words}\n"
FIRST = FILING.format(town="Ashby", words="We grow beans along the south wall this year, and peas beside them.")
SECOND = FILING.format(town="ashby", words="This year too we grow beans along the south wall this year, and peas.")
CHANGED = FIRST.replace("peas", "kale")


def run(proviso, jobs, change):
    """What the rules on all submissions came to, and the faults."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(HERE, "cli", "shared", "garden"), os.path.join(folder, "packs", "garden"))
        first, pipe = os.path.join(folder, "a.yaml"), os.path.join(folder, "b.yaml")
        with open(first, "w", encoding="utf-8") as file:
            file.write(FIRST)
        os.mkfifo(pipe)
        with subprocess.Popen([proviso, "check", "--jobs", str(jobs), "--format", "json", "a.yaml", "b.yaml"],
                              cwd=folder, env={**os.environ, "PROVISO_RULES": os.path.join(folder, "packs")},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            end = open_when_read(pipe)
            if change:
                with open(first, "w", encoding="utf-8") as file:
                    file.write(CHANGED)
            os.write(end, SECOND.encode())
            os.close(end)
            out, _ = process.communicate(timeout=60)
    report = json.loads(out)
    return process.returncode, [
        (verdict["rule"], verdict["state"], verdict["at"]["path"] and os.path.basename(verdict["at"]["path"]),
         verdict["at"]["text"], verdict["message"])
        for verdict in report["verdicts"] if verdict["subject"]["kind"] == "collection"], report["faults"]


def main():
    proviso = os.path.abspath(sys.argv[1])
    town = ("garden.one-per-town", "fail", "b.yaml", "ashby", "the town “ashby” is given more than once")
    missing = ("garden.every-town", "fail", "a.yaml", "", "no plan of Barrow, Corby")
    for jobs in (1, 2):
        status, verdicts, faults = run(proviso, jobs, False)
        expect("status", (status, faults), (1, []))
        expect("places", sorted(verdict[:4] for verdict in verdicts), sorted([
            town[:4], missing[:4],
            ("garden.own-words", "review", "b.yaml", "we grow beans along the south wall this year, and peas")]))
        expect("messages", [town in verdicts, missing in verdicts], [True, True])
    status, verdicts, faults = run(proviso, 1, True)
    changed = "a.yaml is no longer what it was when it was checked; check again"
    expect("status of a changed file", status, 2)
    # What a rule finds without its words is found; what it points at, or compares, is not to be had any more.
    expect("verdicts", sorted(verdict[:2] + verdict[4:] for verdict in verdicts), sorted([
        ("garden.every-town", "fail", "no plan of Barrow, Corby"), ("garden.one-per-town", "not-checked", changed),
        ("garden.own-words", "not-checked", changed)]))
    expect("faults", sorted((fault["rule"], fault["kind"], fault["message"]) for fault in faults),
           [("garden.one-per-town", "input", changed), ("garden.own-words", "input", changed)])


main()
