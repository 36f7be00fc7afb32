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


def needs_prompts(kind, form):
    """Whether a rule of this kind is refused: it would begin with a prompt, and the form has none."""
    if "\nmeasures:" in form:
        return False
    return kind == "section" or kind == "submission" and "\nrecords:" not in form


def try_rules(proviso, folder, pack):
    form = open(os.path.join(folder, pack, "form.yaml"), encoding="utf-8").read()
    tried = 0
    for kind, part in KINDS.items():
        if part and f"\n{part}:" not in form:
            continue
        rule = f"made.of-{kind}"
        if needs_prompts(kind, form):
            run(proviso, folder, "new", "rule", rule, "--pack", pack, "--each", kind, status=2)
            tried += 1
            continue
        run(proviso, folder, "new", "rule", rule, "--pack", pack, "--each", kind)
        said = run(proviso, folder, "test", "--rule", rule, pack)
        if "2 examples of 1 rule" not in said:
            raise Failure(f"{pack}: the examples of {rule} were not run:\n{said}")
        tried += 1
    if tried == 0:
        raise Failure(f"{pack}: no rule was made")


def try_submission(proviso, folder, pack, form):
    blank = f"blank.{form}"
    run(proviso, folder, "new", "submission", pack + "/", "--format", form, "--output", blank)
    command = [proviso, "check", "--pack", pack, "--as-of", "2022-07-01", "--format", "json", blank]
    report = json.loads(subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout)
    missing = ("form.counts", "form.required")  # what is wrong with nothing but what is not there
    problems = [v["message"] for v in report["verdicts"] if v["rule"].startswith("form.") and v["rule"] not in missing
                and v["state"] in ("fail", "review")]
    if problems or report["faults"]:
        raise Failure(f"{pack}: a blank submission is not read well: {problems} {report['faults']}")
    gate = [proviso, "check", "--pack", pack, "--as-of", "2022-07-01", "--mode", "gate", blank]
    status = subprocess.run(gate, cwd=folder, capture_output=True, text=True).returncode
    if status != 1:
        raise Failure(f"{pack}: a blank submission has the exit status {status} in gate mode")
    os.remove(os.path.join(folder, blank))


def formats(pack):
    form = open(os.path.join(pack, "form.yaml"), encoding="utf-8").read()
    return ["yaml", "csv"] if "\ncsv:" in form else ["yaml"]


def try_reading(proviso, folder, pack):
    """A pack of the tests, whose rules may be wrong for a purpose: its blank submissions are read without a problem."""
    for form in formats(pack):
        blank = run(proviso, folder, "new", "submission", pack + "/", "--format", form)
        with open(os.path.join(folder, f"read.{form}"), "w", encoding="utf-8") as file:
            file.write(blank)
        shown = json.loads(run(proviso, folder, "show", "--pack", pack, "--format", "json", f"read.{form}"))
        if shown["not_understood"]:
            raise Failure(f"{pack}: of a blank submission is not understood: {shown['not_understood']}\n{blank}")


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
        of_tests = [path for path, _, files in os.walk(os.path.join(ROOT, "tests")) if {"pack.yaml", "form.yaml"} <= set(files)]
        if not any("csv" in formats(path) for path in of_tests):
            raise Failure("there is no form in tests/ that can be filed as CSV")
        for path in sorted(of_tests):
            try_reading(proviso, folder, path)
        for pack in packs:
            for form in formats(os.path.join(folder, pack)):
                try_submission(proviso, folder, pack, form)
            try_rules(proviso, folder, pack)


try:
    main()
except Failure as failure:
    sys.exit(str(failure))
