#!/usr/bin/env python3
"""What is kept of packs that were looked through: where, for whom, and that no run says anything else because of it.

usage: proofs.py PROVISO
exit:  0 all is well, 1 it is not
"""
import os
import shutil
import stat
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKS = os.path.join(ROOT, "tests", "cli", "packs")
PACK = "marks"
FILING = """form: marks
fields: { title: Two words }
measures: { "1.1": { "1": "We hire, train, pay and report.", "2": a share of 20% } }
"""
NAME_OF_PROOF = "pack-"
OTHER_USER = 12345


class Place:
    """A folder with a copy of the packs, a filing, and a home."""

    def __init__(self, proviso, folder):
        self.proviso, self.folder = proviso, folder
        self.home = os.path.join(folder, "home")
        self.rules = os.path.join(folder, "rules")
        shutil.copytree(PACKS, self.rules)
        os.mkdir(self.home)
        with open(os.path.join(folder, "filing.yaml"), "w", encoding="utf-8") as file:
            file.write(FILING)

    def environment(self, **variables):
        return {"PATH": os.environ["PATH"], "PROVISO_RULES": self.rules,
                "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""), **variables}

    def run(self, *arguments, proviso=None, **variables):
        """Status and output of a command; by default it checks the filing."""
        arguments = arguments or ("check", "--format", "json", "filing.yaml")
        done = subprocess.run([proviso or self.proviso, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                              env=self.environment(**variables), capture_output=True, check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def cache(self, name="cache"):
        """A new folder for what is kept, which is not there yet."""
        path = os.path.join(self.folder, name)
        shutil.rmtree(path, ignore_errors=True)
        return path


def kept(folder):
    """What is kept in folder: name -> (inode, content)."""
    found = {}
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            found[name] = (os.stat(path).st_ino, file.read())
    return found


def one_of(folder):
    """The path of the one proof in folder."""
    (name,) = kept(folder)
    assert name.startswith(NAME_OF_PROOF), name
    return os.path.join(folder, name)


def where_it_is_kept(place, expected):
    for variables, folder in (
            ({"PROVISO_CACHE": place.cache()}, place.cache()),
            ({"XDG_CACHE_HOME": place.home, "HOME": "/nowhere"}, os.path.join(place.home, "proviso")),
            ({"HOME": place.home}, os.path.join(place.home, ".cache", "proviso"))):
        assert place.run(**variables) == expected
        first = kept(folder)
        assert len(first) == 1, (variables, first)
        for path in (folder, os.path.dirname(one_of(folder))):
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o700
        assert stat.S_IMODE(os.stat(one_of(folder)).st_mode) == 0o600
        assert place.run(**variables) == expected
        assert kept(folder) == first, "what is known was found out again"
    shutil.rmtree(place.home)
    os.mkdir(place.home)


def where_nothing_is_kept(place, expected):
    def everything():
        return sorted(os.path.join(path, name) for path, _, names in os.walk(place.folder) for name in names)

    before = everything()
    in_the_way = os.path.join(place.home, ".cache")
    for variables in ({}, {"HOME": place.home, "PROVISO_CACHE": "off"}, {"PROVISO_CACHE": "cache"},
                      {"HOME": "home"}, {"XDG_CACHE_HOME": "home"}, {"HOME": "/nowhere"}, {"HOME": ""},
                      {"PROVISO_CACHE": "/nowhere/at/all"}, {"PROVISO_CACHE": "/" + "x" * 5000}):
        assert place.run(**variables) == expected, variables
        assert everything() == before, variables
    with open(in_the_way, "w", encoding="utf-8"):
        pass
    assert place.run(HOME=place.home) == expected
    os.remove(in_the_way)
    os.chmod(place.home, 0o500)  # as root nothing is read-only
    assert place.run(HOME=place.home) == expected
    os.chmod(place.home, 0o700)
    shutil.rmtree(in_the_way, ignore_errors=True)


def who_looks_again(place, expected):
    cache = place.cache()
    for arguments in (("check", "--mode", "gate", "--format", "json", "filing.yaml"), ("lint", PACK), ("test", PACK),
                      ("rules", PACK)):
        place.run(*arguments, PROVISO_CACHE=cache)
        assert not os.path.exists(cache), arguments
    assert place.run(PROVISO_CACHE=cache) == expected
    assert len(kept(cache)) == 1


def a_changed_pack(place, expected):
    """One byte is another; size and time are not."""
    cache = place.cache()
    assert place.run(PROVISO_CACHE=cache) == expected
    rules = os.path.join(place.rules, PACK)
    for path, old, new in ((os.path.join(rules, "rules", "marks.lua"), b"response.words", b"response.wordz"),
                           (os.path.join(rules, "form.yaml"), b"word_limit:", b"word_limid:"),
                           (os.path.join(rules, "pack.yaml"), b"version:", b"versiom:")):
        if not os.path.exists(path):
            raise AssertionError(f"{path} is not there")
        with open(path, "rb") as file:
            text = file.read()
        assert old in text, (path, old)
        times = os.stat(path)
        rewrite(path, text.replace(old, new, 1), times)
        changed = place.run(PROVISO_CACHE=cache)
        assert changed == place.run() and changed != expected, path
        assert changed == place.run(PROVISO_CACHE=cache), path
        rewrite(path, text, times)
        assert place.run(PROVISO_CACHE=cache) == expected, path


def rewrite(path, text, times):
    with open(path, "wb") as file:
        file.write(text)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert os.stat(path).st_size == times.st_size


def what_is_not_as_it_was_written(place, expected):
    """Poisoned, torn or foreign: it says nothing, and what can be put right is."""
    cache = place.cache()
    assert place.run(PROVISO_CACHE=cache) == expected
    proof = one_of(cache)
    with open(proof, "rb") as file:
        text = file.read()

    def plant(make):
        if os.path.isdir(proof) and not os.path.islink(proof):
            shutil.rmtree(proof)
        elif os.path.lexists(proof):
            os.remove(proof)
        make()

    def write(content, mode=0o600):
        with open(proof, "wb") as file:
            file.write(content)
        os.chmod(proof, mode)

    elsewhere = os.path.join(place.folder, "elsewhere")
    shutil.copy(proof, elsewhere)
    planted = [
        lambda: write(b""),
        lambda: write(text[:-1]),
        lambda: write(text + b"\n"),
        lambda: write(text.replace(text[-10:-9], b"0" if text[-10:-9] != b"0" else b"1")),
        lambda: write(b"\x1bLua" + text[4:]),
        lambda: write(b"x" * 10_000_000),
        lambda: write(text, 0o620),
        lambda: write(text, 0o602),
        lambda: os.symlink(elsewhere, proof),
        lambda: os.symlink("/nowhere", proof),
        lambda: os.mkfifo(proof),
        lambda: os.mkdir(proof),
    ]
    if os.geteuid() == 0:
        def foreign():
            write(text)
            os.chown(proof, OTHER_USER, OTHER_USER)
        planted.append(foreign)
    for number, make in enumerate(planted):
        plant(make)
        before = os.lstat(proof).st_ino
        assert place.run(PROVISO_CACHE=cache) == expected, number
        if stat.S_ISDIR(os.lstat(proof).st_mode):
            continue
        after = kept(cache)[os.path.basename(proof)]
        assert after[1] == text and os.lstat(proof).st_ino != before and not os.path.islink(proof), number
    with open(elsewhere, "rb") as file:
        assert file.read() == text
    assert len(os.listdir(cache)) == 1


def whose_folder(place, expected):
    """Neither a link to a folder nor one that others can write to, or own, is read from or written to."""
    cache = place.cache()
    assert place.run(PROVISO_CACHE=cache) == expected
    os.remove(one_of(cache))
    linked = os.path.join(place.folder, "linked")
    os.symlink(cache, linked)
    assert place.run(PROVISO_CACHE=linked) == expected and not kept(cache)
    for mode in (0o770, 0o707):
        os.chmod(cache, mode)
        assert place.run(PROVISO_CACHE=cache) == expected and not kept(cache)
    os.chmod(cache, 0o700)
    if os.geteuid() == 0:
        os.chown(cache, OTHER_USER, OTHER_USER)
        assert place.run(PROVISO_CACHE=cache) == expected and not kept(cache)
        os.chown(cache, 0, 0)
        os.chown(place.home, OTHER_USER, OTHER_USER)  # as with sudo -E
        assert place.run(HOME=place.home) == expected and not os.listdir(place.home)
        assert place.run(XDG_CACHE_HOME=place.home) == expected and not os.listdir(place.home)
        os.chown(place.home, 0, 0)
    os.remove(linked)


def another_build(place, expected):
    """A program that differs in nothing but the hash that the linker gave it."""
    with open(place.proviso, "rb") as file:
        program = file.read()
    note = program.find(b"\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0")
    assert note >= 0, "the program was linked without --build-id"
    at = note + 16
    other = os.path.join(place.folder, "proviso")
    with open(other, "wb") as file:
        file.write(program[:at] + bytes([program[at] ^ 1]) + program[at + 1:])
    os.chmod(other, 0o755)
    cache = place.cache()
    assert place.run(PROVISO_CACHE=cache) == expected
    first = {content for _, content in kept(cache).values()}
    assert place.run(proviso=other, PROVISO_CACHE=cache) == expected
    assert {content for _, content in kept(cache).values()} - first, "it believed what another build had found"


def many_at_once(place, expected):
    cache = place.cache()
    command = [place.proviso, "check", "--format", "json", "filing.yaml"]
    for _ in range(3):
        runs = [subprocess.Popen(command, cwd=place.folder, env=place.environment(PROVISO_CACHE=cache),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(16)]
        for run in runs:
            out, errors = run.communicate(timeout=60)
            assert (run.returncode, out, errors) == expected
        assert len(kept(cache)) == 1, kept(cache)
        shutil.rmtree(cache)


def a_record(place, _):
    """Nothing of it shows in what is recorded, or anywhere else."""
    cache = place.cache()
    record = os.path.join(place.folder, "record.json")
    for arguments in (("check", "--record", "record.json", "filing.yaml"), ("show", "filing.yaml"),
                      ("check", "--verbose", "--jobs", "2", "filing.yaml", "filing.yaml"),
                      ("check", "--show-config", "filing.yaml"), ("why", "marks.words", "filing.yaml"),
                      ("replay", "record.json")):
        seen = []
        for variables in ({}, {"PROVISO_CACHE": cache}, {"PROVISO_CACHE": cache}):
            seen.append(place.run(*arguments, **variables))
            with open(record, "rb") as file:
                seen[-1] += (file.read(),)
        assert seen[0] == seen[1] == seen[2], arguments


def main():
    proviso = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        place = Place(proviso, folder)
        expected = place.run()
        if expected[0] == 2:
            sys.exit(f"the filing cannot be checked: {expected}")
        for test in (where_it_is_kept, where_nothing_is_kept, who_looks_again, a_changed_pack,
                     what_is_not_as_it_was_written, whose_folder, another_build, many_at_once, a_record):
            print(test.__name__, flush=True)
            test(place, expected)


main()
