#!/usr/bin/env python3
"""Holds the README's console blocks to what the command prints.

usage: readme.py PROVISO

Each block that runs `proviso check` or `annotate` is run again, at the width it was made with; its lines must be what is printed, in
order, and only where the block has a line "…" may lines be left out. `filing.yaml` is the sample with one word more in
1.1.6.3, as the README says.
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WIDTH = "96"
ONE_WORD_MORE = ("opportunities, where possible.", "opportunities, where ever possible.")


def blocks():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        for block in re.findall(r"^```console\n(.*?)^```", file.read(), re.S | re.M):
            lines = block.rstrip("\n").split("\n")
            while lines and (lines[0].startswith("$ scripts/") or not lines[0].startswith("$")):
                lines.pop(0)
            command = lines.pop(0).split() if lines else []
            if command[1:2] == ["build/proviso"] and command[2:3] in (["check"], ["annotate"]) and lines:
                yield command[2:], lines


def printed(proviso, arguments):
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(ROOT, "samples"), os.path.join(folder, "samples"))
        with open(os.path.join(ROOT, "samples", "payment-1-los-angeles.yaml"), encoding="utf-8") as file:
            sample = file.read()
        with open(os.path.join(folder, "filing.yaml"), "w", encoding="utf-8") as file:
            file.write(sample.replace(*ONE_WORD_MORE, 1))
        environment = dict(os.environ, PROVISO_RULES=os.path.join(ROOT, "rules"))
        look = ["--color", "never", "--width", WIDTH] if arguments[0] == "check" else []
        done = subprocess.run([proviso, *arguments, *look], cwd=folder, env=environment, capture_output=True, text=True,
                              check=False)
    return done.stdout.rstrip("\n").split("\n")


def first_difference(shown, real):
    """The first line of the README that is not what is printed, or None."""
    at, may_skip = 0, False
    for line in shown:
        if line == "…":
            may_skip = True
            continue
        if may_skip and line == "":
            continue
        where = real.index(line, at) if may_skip and line in real[at:] else at
        if where >= len(real) or real[where] != line:
            return line
        at, may_skip = where + 1, False
    return None if at == len(real) else "(the end comes too early)"


def main():
    found = list(blocks())
    failed = 0
    for arguments, shown in found:
        line = first_difference(shown, printed(sys.argv[1], arguments))
        if line is not None:
            failed += 1
            print(f"not ok {' '.join(arguments)}: {line}")
    print(f"README: {len(found) - failed} passed, {failed} failed")
    return 1 if failed or len(found) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
