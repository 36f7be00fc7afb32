#!/usr/bin/env python3
"""The program of docs/embedding.md gives what the command gives. usage: embed.py PROGRAM PROVISO SOURCE"""
import json
import os
import subprocess
import sys
import tempfile

FORMATS = ["json", "sarif", "junit", "tap", "github", "gitlab", "markdown"]


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def compare(program, proviso, pack, path, expected_status, problems):
    """Each format of the report, byte for byte, and the findings one by one."""
    for form in FORMATS:
        here = run(program, pack, path, form)
        there = run(proviso, "check", "--format", form, "--pack", pack, path)
        if here[:2] != there[:2] or here[0] != expected_status:
            problems.append(f"{path} as {form}: status {here[0]} and {there[0]}, {len(here[1])} and {len(there[1])} "
                            f"bytes; {here[2]}{there[2]}")
    report = json.loads(run(proviso, "check", "--format", "json", "--pack", pack, path)[1])
    expected = [f"{v['at']['path']}:{v['at']['line']}:{v['at']['column']}: {v['rule']}: {v['message']}"
                for v in report["verdicts"] if v["state"] in ("fail", "review")]
    found = run(program, pack, path)
    if found[1].splitlines() != expected or found[0] != expected_status:
        problems.append(f"the findings on {path} are not those of the command:\n{found[1]}{found[2]}")


def main(program, proviso, source):
    os.chdir(source)
    problems = []
    pack, sample = "rules/calaim-ipp-payment-1", "samples/payment-1-los-angeles.yaml"
    with open(sample, encoding="utf-8") as file:
        text = file.read()
    compare(program, proviso, pack, sample, run(proviso, "check", "--quiet", "--pack", pack, sample)[0], problems)
    with tempfile.TemporaryDirectory() as folder:
        longer = os.path.join(folder, "longer.yaml")
        with open(longer, "w", encoding="utf-8") as file:
            file.write(text.replace("the", "the very the", 200))
        compare(program, proviso, pack, longer, 1, problems)
        broken = os.path.join(folder, "broken.yaml")
        with open(broken, "w", encoding="utf-8") as file:
            file.write(text[: len(text) // 2] + "\n\t[")
        here, there = run(program, pack, broken), run(proviso, "check", "--pack", pack, broken)
        if here[0] != 2 or there[0] != 2 or there[2].split("\n")[0] != "proviso: " + here[2].strip():
            problems.append(f"of a broken input the program says {here[2]!r} and the command {there[2]!r}")
    for problem in problems:
        print("not ok: " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
