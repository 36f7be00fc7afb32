#!/usr/bin/env python3
"""A replay that tests nothing fails and says why.

usage: notices.py SAYS PROGRAM [ARGUMENT…]: PROGRAM must fail, with SAYS on its standard error. The argument "EMPTY" is
       replaced by an empty folder."""

import subprocess
import sys
import tempfile


def main():
    says, *command = sys.argv[1:]
    with tempfile.TemporaryDirectory() as empty:
        command = [empty if argument == "EMPTY" else argument for argument in command]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode == 0 or says not in done.stderr:
        sys.exit(f"it should fail and say {says!r}, but exits with {done.returncode} and says:\n{done.stderr}")


main()
