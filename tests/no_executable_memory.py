#!/usr/bin/env python3
"""Where memory must not be both writable and executable, patterns are interpreted: the verdicts are the same, and
hostile patterns meet the same stops. usage: no_executable_memory.py PROVISO SOURCE | no_executable_memory.py --run PROGRAM ARGUMENT…"""
import ctypes
import os
import platform
import struct
import subprocess
import sys
import tempfile

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 22, 38, 65
PR_MDWE_REFUSE_EXEC_GAIN = 1
SECCOMP_MODE_FILTER = 2
SKIPPED = 77

# The audit architecture, and the numbers of mmap, mprotect and pkey_mprotect.
SYSTEM_CALLS = {"x86_64": (0xC000003E, 9, (10, 329)), "aarch64": (0xC00000B7, 222, (226, 288))}


def forbid_by_filter(libc):
    """Refuses to map memory writable and executable, and to make any executable later. Why not, or None."""
    if platform.machine() not in SYSTEM_CALLS:
        return f"no seccomp filter is written for {platform.machine()}"
    architecture, mmap, protects = SYSTEM_CALLS[platform.machine()]
    load, equal, all_bits, give, mask = 0x20, 0x15, 0x45, 0x06, 0x54
    allow, refuse = 0x7FFF0000, 0x00050000 | 1  # EPERM
    number_at, architecture_at, protection_at = 0, 4, 32
    executable, both = 4, 6
    program = [
        (load, 0, 0, architecture_at), (equal, 1, 0, architecture), (give, 0, 0, allow),
        (load, 0, 0, number_at), (equal, 3, 0, mmap), (equal, 6, 0, protects[0]), (equal, 5, 0, protects[1]),
        (give, 0, 0, allow),
        (load, 0, 0, protection_at), (mask, 0, 0, both), (equal, 3, 0, both), (give, 0, 0, allow),
        (load, 0, 0, protection_at), (all_bits, 0, 1, executable), (give, 0, 0, refuse), (give, 0, 0, allow),
    ]
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_void_p)]

    filter_ = Filter(len(program), ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return "no_new_privs is refused: " + os.strerror(ctypes.get_errno())
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter_), 0, 0) != 0:
        return "a seccomp filter is refused: " + os.strerror(ctypes.get_errno())
    return None


def run_without(program):
    """Becomes the program in a process in which no memory can become executable."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0:
        problem = forbid_by_filter(libc)
        if problem:
            print(f"prctl(PR_SET_MDWE) is unknown to this kernel, and {problem}", file=sys.stderr)
            return SKIPPED
    os.execv(program[0], program)


def output_of(command):
    done = subprocess.run(command, capture_output=True)
    return done.returncode, done.stdout, done.stderr


def commands(source):
    samples = os.path.join(source, "samples")
    yield ["check", "--format", "json", os.path.join(samples, "payment-1-los-angeles.yaml")]
    yield ["check", "--format", "json", os.path.join(samples, "nlcf-sample.yaml")]
    yield ["check", "--format", "json", "--as-of", "2025-01-01", os.path.join(samples, "mou-register")]
    yield ["lint", "--format", "json", os.path.join(source, "rules", "nlcf-under-10000")]
    for pack in sorted(os.listdir(os.path.join(source, "rules"))):
        yield ["test", "--format", "json", os.path.join(source, "rules", pack)]


def main(proviso, source):
    problems = []
    without = [sys.executable, os.path.abspath(__file__), "--run", proviso]
    status, version, error = output_of([*without, "--version"])
    if status == SKIPPED:
        print("skipped: " + error.decode().strip())
        return SKIPPED
    if b"(no JIT: memory cannot be made executable)" not in version:
        problems.append(f"--version does not say that there is no JIT: {version!r} {error!r}")
    for command in commands(source):
        ordinary = output_of([proviso, *command])
        interpreted = output_of([*without, *command])
        if not ordinary[1] or ordinary != interpreted:
            problems.append(f"proviso {' '.join(command)}: {ordinary[0]} {len(ordinary[1])} bytes {ordinary[2]!r}; "
                            f"without JIT {interpreted[0]} {len(interpreted[1])} bytes {interpreted[2]!r}")
    with tempfile.TemporaryDirectory() as folder:
        wrapper = os.path.join(folder, "proviso")
        with open(wrapper, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in without) + ' "$@"\n')
        os.chmod(wrapper, 0o755)
        attacks = os.path.join(source, "tests", "attacks")
        names = sorted(name[:-len(".lua")] for name in os.listdir(os.path.join(attacks, "rules"))
                       if name.startswith("pattern-"))
        if not names:
            problems.append("there are no hostile patterns")
        done = subprocess.run([sys.executable, os.path.join(attacks, "run.py"), wrapper, "rules", *names])
        if done.returncode != 0:
            problems.append("a hostile pattern did not meet its stop")
    for problem in problems:
        print("not ok: " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(run_without(sys.argv[2:]) if sys.argv[1] == "--run" else main(*sys.argv[1:]))
