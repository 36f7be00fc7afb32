"""generated.py PROVISO: holds what is generated and committed to what the command writes now.

generated.py --accept PROVISO writes it anew instead.
"""

import difflib
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKS = sorted(name for name in os.listdir(os.path.join(ROOT, "rules"))
               if os.path.exists(f"{ROOT}/rules/{name}/pack.yaml"))
META = "bindings/lua/meta"


def printed(proviso, *arguments):
    done = subprocess.run([proviso, *arguments], cwd=ROOT, capture_output=True, text=True)
    sys.stderr.write(done.stderr)
    assert done.returncode == 0, arguments
    return done.stdout


def meta_files(proviso):
    """The files of the meta folder, by name."""
    with tempfile.TemporaryDirectory() as folder:
        printed(proviso, "meta", "--output", folder)
        files = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                files[name] = file.read().replace(folder, META)
        return files


def generate(proviso):
    """Every generated file's text, by its path in the project."""
    files = {"docs/reference.md": printed(proviso, "meta", "--format", "markdown")}
    files.update({f"{META}/{name}": text for name, text in meta_files(proviso).items()})
    for pack in PACKS:
        files[f"rules/{pack}/CATALOGUE.md"] = printed(proviso, "rules", "--format", "markdown", f"rules/{pack}")
    assert len(files) > 1 + len(PACKS), "proviso meta wrote nothing"
    return files


def committed(path):
    try:
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def accept(files):
    os.makedirs(os.path.join(ROOT, META), exist_ok=True)
    for name in set(os.listdir(os.path.join(ROOT, META))) - {os.path.basename(p) for p in files if p.startswith(META)}:
        os.remove(os.path.join(ROOT, META, name))
    for path, text in files.items():
        with open(os.path.join(ROOT, path), "w", encoding="utf-8") as file:
            file.write(text)


def compare(files):
    """Whether anything has drifted; says what."""
    drifted = False
    stale = {f"{META}/{name}" for name in os.listdir(os.path.join(ROOT, META))} - set(files)
    for path in sorted(stale):
        drifted = True
        print(f"{path} is generated no more")
    for path, text in files.items():
        before = committed(path)
        if before != text:
            drifted = True
            diff = difflib.unified_diff(before.splitlines(True), text.splitlines(True), path, "as generated now", n=1)
            sys.stdout.writelines(list(diff)[:40])
    if drifted:
        print("\nwrite it anew with: python3 tests/generated.py --accept build/proviso")
    return drifted


def main():
    assert PACKS, "there are no packs in rules/"
    accepting = sys.argv[1] == "--accept"
    files = generate(os.path.abspath(sys.argv[-1]))
    if accepting:
        accept(files)
    else:
        sys.exit(compare(files))


main()
