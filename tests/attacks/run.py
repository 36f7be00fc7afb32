#!/usr/bin/env python3
"""Runs proviso against hostile rules and documents. usage: run.py PROVISO rules [NAME…] | documents [NAME…]"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import documents

HERE = os.path.dirname(os.path.abspath(__file__))
# Bytecode cannot carry a comment line.
EXPECT_WITHOUT_HEADER = {"file-bytecode": "load"}
TIME_LIMIT = 20  # seconds; a build under sanitizers on a busy machine, and still far from "hangs"


def run(proviso, *arguments):
    """Exit status (or "timeout"), standard output and standard error."""
    try:
        done = subprocess.run([proviso, "check", *arguments], capture_output=True, timeout=TIME_LIMIT)
        return done.returncode, done.stdout.decode(), done.stderr.decode()
    except subprocess.TimeoutExpired:
        return "timeout", "", ""


def expected_kinds(path):
    name = os.path.basename(path)[: -len(".lua")]
    if name in EXPECT_WITHOUT_HEADER:
        return [EXPECT_WITHOUT_HEADER[name]]
    with open(path, encoding="utf-8") as file:
        return file.readline().removeprefix("-- expect:").strip().split("|")


def write_pack(folder, rule_path):
    for name in ("form.yaml", "innocent.lua", "submission.yaml"):
        shutil.copy(os.path.join(HERE, "pack", name), folder)
    shutil.copy(rule_path, os.path.join(folder, "attack.lua"))
    with open(os.path.join(folder, "pack.yaml"), "w", encoding="utf-8") as file:
        file.write("pack: attack\nversion: 1.0.0\ntitle: Under attack\nform: form.yaml\n"
                   "rules: [innocent.lua, attack.lua]\n")
    # What the pattern attacks are run over; short enough for the innocent rule, long enough to explode.
    with open(os.path.join(folder, "submission.yaml"), "w", encoding="utf-8") as file:
        file.write('form: attack\nfields: { name: Attacked }\nmeasures:\n  "1.1": ' + "x" * 5000 + "\n")


def check_rule(proviso, name):
    """None when the attack met its stop, else what went wrong."""
    path = os.path.join(HERE, "rules", name + ".lua")
    kinds = expected_kinds(path)
    with tempfile.TemporaryDirectory() as folder:
        write_pack(folder, path)
        status, out, err = run(proviso, "--pack", folder, "--format", "json", os.path.join(folder, "submission.yaml"))
    if status == "timeout":
        return f"still running after {TIME_LIMIT} s"
    try:
        report = json.loads(out)
    except ValueError:
        return f"status {status}, and no JSON: {out[:200]!r} {err[:300]!r}"
    innocent = [v["state"] for v in report["verdicts"] if v["rule"] == "innocent.word-limit"]
    if innocent != ["pass"]:
        return f"the innocent rule's verdicts are {innocent}"
    found = [(fault["kind"], fault["rule"], (fault["at"] or {}).get("path")) for fault in report["faults"]]
    if not found and "none" in kinds:
        failed = [v["message"] for v in report["verdicts"] if v["rule"].startswith("attack.") and v["state"] == "fail"]
        return f"it got through: {failed}" if failed else None if status in (0, 1) else f"status {status}"
    if status != 2:
        return f"status {status}, faults {found}"
    for kind, rule, where in found:
        if kind not in kinds or not ((rule or "").startswith("attack.") or (where or "").endswith("attack.lua")):
            return f"expected {kinds}, got {found}: {[f['message'] for f in report['faults']]}"
    return None if found else f"expected {kinds}, got no fault"


def check_document(proviso, name):
    case = documents.CASES[name]
    with tempfile.TemporaryDirectory() as folder:
        for file in ("form.yaml", "innocent.lua"):
            shutil.copy(os.path.join(HERE, "pack", file), folder)
        with open(os.path.join(folder, "pack.yaml"), "w", encoding="utf-8") as file:
            file.write("pack: attack\nversion: 1.0.0\ntitle: Under attack\nform: form.yaml\nrules: [innocent.lua]\n")
        path = os.path.join(folder, "hostile.yaml")
        with open(path, "wb") as file:
            case.write(file)
        status, out, err = run(proviso, "--pack", folder, "--quiet", path)
    if status == "timeout":
        return f"still running after {TIME_LIMIT} s"
    if status != case.status:
        return f"status {status} instead of {case.status}: {err[:300]!r} {out[:300]!r}"
    if case.message is None:
        return None
    if not out.startswith("fault: ") or not out.endswith("\n  NOT DECIDED  nothing was checked: 1 fault\n"):
        return f"something else was printed of a refused document: {out[:200]!r}"
    if err.count("\n") != 1:
        return f"not one sentence: {err[:400]!r}"
    place = f"hostile.yaml:{case.line}:{case.column}: " if case.line else "hostile.yaml: "
    if place not in err or case.message not in err:
        return f"expected …{place}…{case.message}…, got {err[:400]!r}"
    return None


def main():
    proviso, kind, *names = sys.argv[1:]
    if kind == "rules":
        names = names or sorted(f[: -len(".lua")] for f in os.listdir(os.path.join(HERE, "rules")))
        check = check_rule
    else:
        names = names or sorted(documents.CASES)
        check = check_document
    failed = 0
    for name in names:
        problem = check(proviso, name)
        if problem:
            failed += 1
            print(f"not ok {kind} {name}: {problem}")
    print(f"attacks by {kind}: {len(names) - failed} passed, {failed} failed")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
