#!/usr/bin/env python3
"""Runs cases, each in a fresh folder, and compares what they write, byte for byte.

usage: run.py [--accept] PROVISO CASE.txtar…

A case (archive.py says how it is written) finds the packs of packs/, and has ../packs, ../packs-by-day,
../packs-with-csv, ../tools and ../schema. --accept writes what came out into the case, and touches nothing else in it:
look at it before keeping it.
exit: 0 all is as expected, 1 it is not, 2 a case is malformed
"""
import os
import signal
import sys

import archive

# Not subprocess, tempfile and shutil, nor difflib before it is needed: to load them takes longer than most cases.

BESIDE = [os.path.join(archive.HERE, name) for name in ("packs", "packs-by-day", "packs-with-csv", "tools")]
BESIDE.append(os.path.join(os.path.dirname(os.path.dirname(archive.HERE)), "docs", "schema"))


def run(proviso, case):
    """What the command of case writes, and its status: section -> content."""
    work = os.path.join(os.environ.get("TMPDIR") or "/tmp", f"tmp.{os.urandom(5).hex()}")
    os.mkdir(work, 0o700)
    try:
        folder = os.path.join(work, "case")
        os.mkdir(folder)
        archive.unpack(case, folder)
        for path in BESIDE:
            os.symlink(path, os.path.join(work, os.path.basename(path)))
        contents = {"status": b"%d\n" % run_command(proviso, folder, work)}
        for section in ("stdout", "stderr"):
            with open(os.path.join(work, section), "rb") as file:
                contents[section] = file.read()
        return contents
    finally:
        remove(work)


def run_command(proviso, folder, work):
    """The status of the command in folder; its output goes to the files stdout and stderr in work."""
    environment = {"PATH": os.environ["PATH"], "PROVISO": proviso, "PROVISO_RULES": "../packs",
                   "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
    files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    files += [(os.POSIX_SPAWN_OPEN, number, os.path.join(work, name), os.O_WRONLY | os.O_CREAT, 0o666)
              for number, name in ((1, "stdout"), (2, "stderr"))]
    here = os.getcwd()
    os.chdir(folder)
    # Python ignores what would end a process that writes to a closed pipe or too much; the command does not.
    process = os.posix_spawnp("sh", ["sh", "-u", "./command"], environment, file_actions=files,
                              setsigdef=[signal.SIGPIPE, signal.SIGXFSZ])
    os.chdir(here)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return status if status >= 0 else 128 - status


def remove(folder):
    for path, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.remove(os.path.join(path, name))
        for name in folders:
            inner = os.path.join(path, name)
            (os.remove if os.path.islink(inner) else os.rmdir)(inner)
    os.rmdir(folder)


def report(case, contents):
    """Prints how contents differ from what is expected; whether they do."""
    differs = False
    for section in archive.EXPECTED:
        if contents[section] == case.expected[section]:
            continue
        differs = True
        import difflib
        texts = [archive.write_section(section, content).splitlines() for content in
                 (case.expected[section], contents[section])]
        print(f"{case.path}: {section} is not what it should be (-) but (+):")
        for line in list(difflib.unified_diff(*texts, lineterm=""))[2:]:
            print(line)
    return differs


def main(arguments):
    accept = arguments[:1] == ["--accept"]
    proviso, *paths = arguments[accept:] or [""]
    if not paths:
        sys.exit(__doc__)
    status = 0
    for path in paths:
        try:
            case = archive.read(path)
        except archive.Malformed as error:
            print(error)
            status = 2
            continue
        contents = run(os.path.abspath(proviso), case)
        if accept:
            text = archive.text_with(case, contents)
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        elif report(case, contents):
            status = max(status, 1)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
