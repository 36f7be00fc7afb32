"""new.py PROVISO: what `proviso new` writes works at once, in a new pack and in copies of the project's own packs.

Each kind of rule passes its own examples there, and each form's blank submission is read without a problem, and is not
ready.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Each kind of rule, and the part of a form that it needs.
KINDS = {
    "response": "measures", "measure": "measures", "section": "sections", "submission": None, "record": "records",
    "pair": "matrices",
}


class Failure(Exception):
    pass


def run(proviso, folder, *arguments, status=0):
    done = subprocess.run([proviso, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode != status:
        raise Failure(f"proviso {' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def try_rules(proviso, folder, pack):
    form = open(os.path.join(folder, pack, "form.yaml"), encoding="utf-8").read()
    tried = 0
    for kind, part in KINDS.items():
        if part and f"\n{part}:" not in form:
            continue
        rule = f"made.of-{kind}"
        run(proviso, folder, "new", "rule", rule, "--pack", pack, "--each", kind)
        said = run(proviso, folder, "test", "--rule", rule, pack)
        if "2 examples of 1 rule" not in said:
            raise Failure(f"{pack}: the examples of {rule} were not run:\n{said}")
        tried += 1
    if tried == 0:
        raise Failure(f"{pack}: no rule was made")


def try_submission(proviso, folder, pack):
    run(proviso, folder, "new", "submission", pack + "/", "--output", "blank.yaml")
    command = [proviso, "check", "--pack", pack, "--as-of", "2022-07-01", "--format", "json", "blank.yaml"]
    report = json.loads(subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout)
    reading = ("form.keys", "form.names", "form.parts", "form.types")
    problems = [v["message"] for v in report["verdicts"] if v["rule"] in reading and v["state"] == "fail"]
    if problems or report["faults"]:
        raise Failure(f"{pack}: a blank submission is not read well: {problems} {report['faults']}")
    gate = [proviso, "check", "--pack", pack, "--as-of", "2022-07-01", "--mode", "gate", "blank.yaml"]
    status = subprocess.run(gate, cwd=folder, capture_output=True, text=True).returncode
    if status != 1:
        raise Failure(f"{pack}: a blank submission has the exit status {status} in gate mode")
    os.remove(os.path.join(folder, "blank.yaml"))


def main():
    proviso = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        run(proviso, folder, "new", "pack", "fresh-pack")
        run(proviso, folder, "test", "fresh-pack")
        packs = ["fresh-pack"]
        for name in sorted(os.listdir(os.path.join(ROOT, "rules"))):
            if os.path.exists(os.path.join(ROOT, "rules", name, "pack.yaml")):
                shutil.copytree(os.path.join(ROOT, "rules", name), os.path.join(folder, name))
                packs.append(name)
        if len(packs) == 1:
            raise Failure("there are no packs in rules/")
        for pack in packs:
            try_submission(proviso, folder, pack)
            try_rules(proviso, folder, pack)


try:
    main()
except Failure as failure:
    sys.exit(str(failure))
