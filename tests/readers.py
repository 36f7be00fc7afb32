#!/usr/bin/env python3
"""Holds the reader of our own to libyaml, on every YAML text that is at hand and on torn copies of each.

usage: readers.py WHICH_READER [FOLDER]...

WHICH_READER is the program of tests/fuzz/which_reader.c. It is given every YAML file of the project, those within the
archives of tests/cli, the labelled variants (tests/variants, and ../shared/variants where it is at hand), every input
of the fuzz targets, the files of each FOLDER (yaml-test-suite, say), and copies of all these: with other line ends,
with a byte order mark, without the last line end, and with bytes taken out, doubled, moved or put in, the same every
time.
Where both readers read, all must be the same; where libyaml refuses, the own reader must decline. And what people are
to write like this, samples, packs, forms, skeletons, cases and variants, it must read itself, whatever the line ends.
"""
import glob
import importlib.util
import os
import random
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OWN = ("samples", "rules", os.path.join("tests", "packs"))
SIGNS = [b":", b": ", b"#", b" #", b"- ", b"\n", b"\r", b" ", b"\t", b"'", b'"', b"[", b"]", b"{", b"}", b",", b"|",
         b">-", b"\\", b"&a ", b"*a", b"!t ", b"? ", b"---\n", b"...\n", b"\xc3\xa9", b"\xe2\x80\xa8", b"%", b"<<", b"\n\n  "]
TORN = 12  # copies of each text


def yaml_files():
    """(path, whether it is read without libyaml) of what the project keeps as YAML."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "build")) and name != "fuzz")
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith((".yaml", ".yml")):
                yield path, os.path.relpath(path, ROOT).startswith(OWN)


def script(*path):
    """A script of tests/ as a module; its name alone would not tell which one."""
    spec = importlib.util.spec_from_file_location("_".join(path), os.path.join(ROOT, "tests", *path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def archived():
    archive = script("cli", "archive.py")
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "cli", "*.txtar"))):
        for name, content in archive.read(path).files.items():
            if name.endswith((".yaml", ".yml")):
                yield content


def variants():
    try:
        import yaml
    except ImportError:
        print("without the labelled variants, as python3-yaml is not installed")
        return
    run = script("variants", "run.py")
    with open(os.path.join(ROOT, "samples", "payment-1-los-angeles.yaml"), encoding="utf-8") as file:
        sample = yaml.load(file, Loader=yaml.BaseLoader)
    folders = os.path.join(ROOT, "tests", "variants"), os.path.join(ROOT, "..", "shared", "variants")
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
            if os.path.basename(path) != "disputed.jsonl":
                for variant in run.read_variants(path):
                    yield run.written(run.variant_of(sample, variant)).encode()


def files_in(folder):
    for path in sorted(glob.glob(os.path.join(folder, "**", "*"), recursive=True)):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                yield file.read()


def torn(text, chance):
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.choice((1, 1, 2, 5, 20)))
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + text[end:]
    if kind == 1:
        return text[:end] + text[at:end] + text[end:]
    if kind == 2:
        other = chance.randrange(len(text) + 1)
        return text[:other] + text[at:end] + text[other:]
    if kind == 3:
        return text[:at]
    return text[:at] + chance.choice(SIGNS) + text[at:]


class Texts:
    """The texts to be read, each in a file of its own; own: those that the own reader must read."""

    def __init__(self, folder):
        self.folder = folder
        self.paths = []
        self.own = set()
        self.seen = set()

    def add(self, text, own=False):
        if text in self.seen and not own:
            return
        self.seen.add(text)
        path = os.path.join(self.folder, str(len(self.paths)))
        with open(path, "wb") as file:
            file.write(text)
        self.paths.append(path)
        if own:
            self.own.add(path)

    def add_with_copies(self, text, own=False, copies=TORN):
        chance = random.Random(text)
        plain = own and b"\r" not in text and not text.startswith(b"\xef\xbb\xbf")
        self.add(text, own)
        self.add(text.replace(b"\n", b"\r\n"), plain)
        self.add(text.replace(b"\n", b"\r"), plain)
        self.add(b"\xef\xbb\xbf" + text, plain)
        self.add(text.rstrip(b"\n"), own)
        for _ in range(copies):
            once = torn(text, chance)
            self.add(once)
            self.add(torn(once, chance))


def gather(texts, folders):
    for path, own in yaml_files():
        with open(path, "rb") as file:
            content = file.read()
        # A skeleton is YAML once its names are filled in.
        texts.add_with_copies(content, own and b"{{" not in content)
    for content in archived():
        texts.add_with_copies(content)
    for content in variants():
        texts.add_with_copies(content, True, 1)
    for folder in (os.path.join(ROOT, "tests", "fuzz", "corpus"), *folders):
        for content in files_in(folder):
            texts.add_with_copies(content)


def main():
    which, *folders = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        texts = Texts(folder)
        gather(texts, folders)
        done = subprocess.run([which], input="\n".join(texts.paths) + "\n", capture_output=True, text=True)
        lines = [line.split(" ", 1) for line in done.stdout.splitlines()]
        wrong = [f"{who} {what}" for who, what in lines if who == "differ"]
        wrong += [f"not read: {what}" for who, what in lines if what in texts.own and who != "own"]
        for line in wrong:
            path = line.split(folder)[1].split()[0]
            kept = os.path.join(tempfile.gettempdir(), "readers-" + os.path.basename(path))
            with open(folder + path, "rb") as file, open(kept, "wb") as copy:
                copy.write(file.read())
            print(line.replace(folder + path, kept))
    counts = {who: sum(1 for line in lines if line[0] == who) for who in ("own", "libyaml", "none")}
    print(f"{len(texts.paths)} texts: {counts['own']} read by the own reader, which libyaml reads the same; "
          f"{counts['libyaml']} by libyaml alone; {counts['none']} by neither; {len(texts.own)} were to be read, and "
          f"{len(wrong)} are wrong")
    if done.returncode > 1 or len(lines) != len(texts.paths):
        sys.exit(f"{which} did not look at all of them: {done.stderr}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
