#!/usr/bin/env python3
"""What is installed is enough to build a program, in a folder where there is nothing else.
usage: installed.py CMAKE BUILD PROGRAM.c SOURCE COMPILER [OPTION…]"""
import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def main(cmake, build, program, source, compiler, *options):
    if not shutil.which("pkg-config"):
        print("skipped: there is no pkg-config")
        return SKIPPED
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([cmake, "--install", build, "--component", "development", "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
        files = sorted(os.path.relpath(os.path.join(folder, name), prefix)
                       for folder, _, names in os.walk(prefix) for name in names)
        found = [os.path.basename(name) for name in files]
        if sorted(found) != ["libproviso.a", "proviso.h", "proviso.pc"]:
            print(f"not ok: {files} was installed")
            return 1
        pc = next(name for name in files if name.endswith(".pc"))
        environment = dict(os.environ)
        environment["PKG_CONFIG_PATH"] = os.path.join(prefix, os.path.dirname(pc))
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "--static", "proviso"], check=True, env=environment,
                               capture_output=True, text=True).stdout.split()
        embed = os.path.join(prefix, "embed")
        subprocess.run([compiler, *[option for option in options if option], "-o", embed, program, *flags], check=True)
        done = subprocess.run([embed, "rules/calaim-ipp-payment-1", "samples/payment-1-los-angeles.yaml", "json"],
                              cwd=source, capture_output=True)
        if done.returncode not in (0, 1) or not done.stdout.startswith(b'{"schema":1'):
            print(f"not ok: status {done.returncode}: {done.stderr.decode()}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
