#!/usr/bin/env python3
"""How many instructions three checks take, and how much memory: the same on a busy machine as on an idle one.

usage: instructions.py PROVISO RULES COMPILER [--accept]
exit:  0; 1 where one takes more or less than was recorded, by more than the tolerance; 77 where it cannot be told

What is recorded stands in tests/bench/instructions.json, for each kind of build of which there are figures: compiler,
its flags, libraries, valgrind and processor. Of another kind the figures are others, so nothing is held against them;
--accept measures it and adds it, or replaces what is recorded of this kind. A check that has become faster is to be
recorded too: else a slower change that comes after it would not be seen."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(os.path.dirname(HERE), "samples")
RECORD = os.path.join(HERE, "bench", "instructions.json")
SUBMISSIONS = 40
COUNT = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--cachegrind-out-file=/dev/null"]
CASES = {  # what is checked, the exit status, and whether its pack was looked through by an earlier run
    "three checks, 40 submissions": (["--pack", "three-checks", "corpus"], 1, True),
    "payment 1, one submission": (["sample.yaml"], 0, True),
    "payment 1, one submission, the first": (["sample.yaml"], 0, False),
    "agreements, the register": (["--as-of", "2024-09-30", "register/register.yaml"], 1, True),
}


def skip(why):
    print(f"skipped: instructions are not counted: {why}")
    sys.exit(77)


def answer(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def kind_of(proviso, compiler):
    """All that the number of instructions depends on, besides the sources."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = re.search(r"^flags\s*:(.*)", file.read(), re.M)
    flags = flags.group(1).split() if flags else []
    libraries = next(line for line in answer(proviso, "--version").splitlines() if line.startswith("built with"))
    return {"compiler": compiler, "libraries": libraries.removeprefix("built with "), "libc": " ".join(platform.libc_ver()),
            "valgrind": answer("valgrind", "--version"),
            "processor": platform.machine() + "".join(f" {flag}" for flag in ("avx", "avx2") if flag in flags)}


def lay_out(folder, rules):
    """Everything is named from one folder, so that no path has another length elsewhere."""
    subprocess.run([sys.executable, os.path.join(HERE, "bench", "generate.py"), os.path.join(folder, "corpus"), str(SUBMISSIONS)],
                   check=True)
    pack = os.path.join(folder, "three-checks")
    shutil.copytree(os.path.join(HERE, "bench", "three-checks"), pack)
    shutil.copy(os.path.join(rules, "calaim-ipp-payment-1", "form.yaml"), pack)
    shutil.copy(os.path.join(SAMPLES, "payment-1-los-angeles.yaml"), os.path.join(folder, "sample.yaml"))
    shutil.copytree(os.path.join(SAMPLES, "mou-register"), os.path.join(folder, "register"))


def run(command, folder, rules, status, again):
    cache = os.path.join(folder, "cache") if again else "off"
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PROVISO_RULES": rules, "PROVISO_CACHE": cache}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode != status:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}, not with {status}:\n{done.stderr}")
    return done.stderr


def measure(proviso, folder, rules, name):
    arguments, status, again = CASES[name]
    check = [proviso, "check", "--format", "json=/dev/null", *arguments]
    took = f"took-{list(CASES).index(name)}.json"
    for _ in range(2):  # the first looks through the pack
        run([*check, "--profile-json", took], folder, rules, status, again)
    counted = re.search(r"I +refs: +([0-9,]+)", run(COUNT + check, folder, rules, status, again))
    with open(os.path.join(folder, took), encoding="utf-8") as file:
        return {"instructions": int(counted.group(1).replace(",", "")), "peak_bytes": json.load(file)["peak_bytes"]}


def measure_all(proviso, rules):
    with tempfile.TemporaryDirectory() as folder:
        lay_out(folder, rules)
        return {name: measure(proviso, folder, rules, name) for name in CASES}


def recorded_of(record, kind):
    return next((each["figures"] for each in record["kinds"] if each["kind"] == kind), None)


def differences(kind, record):
    """In what this build is another than the one recorded that is most like it."""
    def unlike(other):
        return [f"{part} is {kind[part]}, not {other[part]}" for part in kind if kind[part] != other[part]]
    return min((unlike(each["kind"]) for each in record["kinds"]), key=len, default=["no build is recorded"])


def accept(record, kind, figures):
    record["kinds"] = [each for each in record["kinds"] if each["kind"] != kind] + [{"kind": kind, "figures": figures}]
    with open(RECORD, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")


def compare(figures, recorded, tolerance):
    """Prints each figure beside the one recorded; whether all are within the tolerance."""
    fine = True
    for name, parts in figures.items():
        for part, value in parts.items():
            before = recorded.get(name, {}).get(part)
            if before is None:
                print(f"{name}: {value:,} {part}, and nothing is recorded")
                fine = False
                continue
            change = 100 * (value - before) / before
            verdict = "as recorded" if abs(change) <= tolerance else "MORE" if change > 0 else "LESS"
            print(f"{name}: {value:,} {part}, {change:+.2f} % against {before:,}: {verdict}")
            fine = fine and abs(change) <= tolerance
    return fine


def main():
    proviso, rules, compiler, *rest = sys.argv[1:]
    if not shutil.which("valgrind"):
        skip("valgrind is not installed")
    with open(RECORD, encoding="utf-8") as file:
        record = json.load(file)
    kind = kind_of(proviso, compiler)
    recorded = recorded_of(record, kind)
    command = "cmake --build build --target accept-instructions"
    if not recorded and rest != ["--accept"]:
        skip(f"nothing is recorded of this kind of build ({'; '.join(differences(kind, record))}); {command}")
    figures = measure_all(proviso, os.path.abspath(rules))
    fine = compare(figures, recorded or {}, record["tolerance_percent"])
    if rest == ["--accept"]:
        accept(record, kind, figures)
    elif not fine:
        sys.exit(f"more than {record['tolerance_percent']} % off; if that is meant, say why in the change, and: {command}")


if __name__ == "__main__":
    main()
