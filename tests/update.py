"""update.py PROVISO

`proviso test --update` on the cases of the packs in rules/ and of a pack with tables: what it writes must hold, and only
lines with expectations may be others. Cases are torn in the ways that a changed rule tears them: expectations are missing,
say another state, point elsewhere, or are of a finding that is gone; with line feeds as they are, and as Windows has them.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKS = [os.path.join(HERE, "..", "rules", name) for name in ("calaim-ipp-payment-1", "calaim-mou", "nlcf-under-10000")]
EXPECTATION = re.compile(rb'\s*"?#\s*(\^|<-|[a-z][\w.-]*: (pass|fail|review|not-applicable)\b)', re.I)
STATES = [b"pass", b"fail", b"review", b"not-applicable"]


def other_state(line, number):
    state = re.search(rb": (pass|fail|review|not-applicable)", line)
    others = [each for each in STATES if each != state.group(1)]
    return line[:state.start(1)] + others[number % 3] + line[state.end(1):]


def tear(lines, how):
    """The lines of a case, torn."""
    torn = []
    for number, line in enumerate(lines):
        if not EXPECTATION.match(line):
            torn.append(line)
        elif how == "missing" or (how == "some missing" and number % 2):
            continue
        elif how == "other states":
            torn.append(other_state(line, number))
        elif how == "elsewhere" and b"^^" in line:
            torn.append(line.replace(b"^^", b"^", 1))
        elif how == "twice":
            torn += [line, line]
        else:
            torn.append(line)
    return torn


def kept(text):
    return [line for line in text.splitlines(keepends=True) if not EXPECTATION.match(line)]


def test(proviso, pack, *options):
    return subprocess.run([proviso, "test", *options, pack], capture_output=True, check=False)


def faults(proviso, pack, how, line_feeds):
    """What is wrong with updating the cases of a copy of the pack."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(pack))
        shutil.copytree(pack, copy)
        cases = os.path.join(copy, "cases")
        before = {}
        for name in sorted(os.listdir(cases)):
            path = os.path.join(cases, name)
            if os.path.isdir(path) or not name.endswith((".yaml", ".csv")):
                continue
            with open(path, "rb") as file:
                text = file.read()
            text = b"".join(tear(text.splitlines(keepends=True), how))
            if line_feeds == "CRLF":
                text = re.sub(rb"\r?\n", b"\r\n", text)
            if line_feeds == "none at the end":
                text = text.rstrip(b"\r\n")
            before[path] = text
            with open(path, "wb") as file:
                file.write(text)
        shown = test(proviso, copy, "--update")
        for path, text in before.items():
            with open(path, "rb") as file:
                if file.read() != text:
                    yield f"{path} was written without being asked for"
        written = test(proviso, copy, "--update", "--yes")
        after = test(proviso, copy)
        if shown.returncode == 2 or written.returncode != 0 or after.returncode != 0:
            yield (f"{pack}, {how}, {line_feeds}: {shown.returncode}, {written.returncode}, {after.returncode}\n"
                   + (written.stdout + written.stderr + after.stdout + after.stderr).decode()[-3000:])
        for path, text in before.items():
            with open(path, "rb") as file:
                now = file.read()
            same = [line.rstrip(b"\r\n") for line in kept(now)] == [line.rstrip(b"\r\n") for line in kept(text)]
            feeds = set(re.findall(rb"\r?\n", now)) <= set(re.findall(rb"\r?\n", text))
            if not same or not feeds:
                yield f"{path}, {how}, {line_feeds}: other lines than expectations were changed"


def main(proviso):
    count = 0
    found = []
    for pack in PACKS + sys.argv[2:]:
        for how in ("missing", "some missing", "other states", "elsewhere", "twice"):
            for line_feeds in ("as they are", "CRLF", "none at the end"):
                if line_feeds != "as they are" and how not in ("missing", "other states"):
                    continue
                count += 1
                found += faults(os.path.abspath(proviso), pack, how, line_feeds)
    print(*found, sep="\n")
    print(f"{count} runs, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
