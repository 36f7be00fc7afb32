#!/usr/bin/env python3
"""A worker process that is killed costs the one submission that it was at.

usage: killed_worker.py PROVISO

One of the files is a pipe, so that a worker that comes to it waits there for as long as the test wants, and is then
killed: with the rest of its slice the first time, alone with the pipe the second time.
"""
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

FILING = "form: demo\nfields: { name: Somebody }\n"
PACKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cli", "packs")
SECONDS = 60


def open_when_read(pipe):
    """Its writing end, once somebody reads from it."""
    def opened():
        try:
            return (os.open(pipe, os.O_WRONLY | os.O_NONBLOCK),)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            return None
    return wait_for("a worker at the pipe", opened)[0]


def has_open(process, path):
    folder = f"/proc/{process}/fd"
    try:
        return any(os.readlink(os.path.join(folder, name)) == path for name in os.listdir(folder))
    except OSError:  # it has ended
        return False


def children(parent):
    with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def wait_for(what, holds):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.01)
    sys.exit(f"{what}: this did not come")


def kill_reader(parent, pipe):
    """Kills the child of parent that reads from pipe. The parent stands still until the writing end is closed: a worker
    that it started before would find the pipe open, and then at its end."""
    end = open_when_read(pipe)
    reader = wait_for("a worker that reads from the pipe",
                      lambda: [c for c in children(parent) if has_open(c, pipe)])[0]
    os.kill(parent, signal.SIGSTOP)
    os.kill(reader, signal.SIGKILL)
    wait_for("its end", lambda: not has_open(reader, pipe))
    os.close(end)
    os.kill(parent, signal.SIGCONT)


def give_filing(pipe):
    end = open_when_read(pipe)
    os.write(end, FILING.encode())
    os.close(end)


def run(proviso, folder, jobs, kills):
    names = [f"{number:02}.yaml" for number in range(12)]
    pipe = os.path.join(folder, names[5])
    for name in names:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(FILING)
    os.remove(pipe)
    os.mkfifo(pipe)
    environment = {**os.environ, "PROVISO_RULES": PACKS}
    with subprocess.Popen([proviso, "check", "--jobs", str(jobs), "--format", "json", *names],
                          cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            for _ in range(kills):
                kill_reader(process.pid, pipe)
            if kills < 2:  # what comes now is a filing
                give_filing(pipe)
            out, complaints = process.communicate(timeout=SECONDS)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # or it would be waited for
            raise
    return process.returncode, json.loads(out), complaints.decode(), names


def expect(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}:\n  expected {expected}\n  got      {actual}")


def main():
    proviso = os.path.abspath(sys.argv[1])
    if not os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
        print("skipped: this system does not list the children of a process")
        sys.exit(77)
    for jobs in (2, 3):
        with tempfile.TemporaryDirectory() as folder:
            status, report, complaints, names = run(proviso, os.path.realpath(folder), jobs, 2)
        expect("status", status, 2)
        expect("submissions", [each["path"] for each in report["inputs"]], [n for n in names if n != "05.yaml"])
        expect("faults", [(fault["at"]["path"], fault["message"]) for fault in report["faults"]],
               [("05.yaml", "the process that checked this file ended before it was done")])
        expect("complaints", complaints,
               "proviso: 05.yaml: the process that checked this file ended before it was done\n")

        # What killed it was not the file: nothing is lost.
        with tempfile.TemporaryDirectory() as folder:
            status, report, complaints, names = run(proviso, os.path.realpath(folder), jobs, 1)
        expect("submissions", [each["path"] for each in report["inputs"]], names)
        expect("faults", (report["faults"], complaints), ([], ""))


if __name__ == "__main__":
    main()
