"""The small Word files of make_docx.py, made, read and compared with what is expected of them.

check_docx.py BLOCKS [NAME…]: BLOCKS is blocks.c.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from make_docx import CASES  # noqa: E402

LETTERS = {"heading": "h", "paragraph": "p", "item": "i", "note": "n", "box": "b", "furniture": "f"}


def shown(block):
    line = LETTERS[block["kind"]] + (str(block["level"]) if block["level"] else "")
    if "cell" in block:
        table, row, column, rows, columns = block["cell"]
        spans = f"+{rows}x{columns}" if (rows, columns) != (1, 1) else ""
        line += f" [{table}.{row}.{column}{spans}]"
    text = block["text"].encode()
    for start, end in reversed(block.get("prompts", [])):
        text = text[:start] + b"{" + text[start:end] + b"}" + text[end:]
    return line + " " + (f"{block['label']}|" if "label" in block else "") + text.decode()


def read(program, path):
    run = subprocess.run([program, "--json", path, path], capture_output=True, timeout=60)
    if run.returncode not in (0, 2) or run.stderr:
        return {"crashed": f"status {run.returncode}: {run.stderr.decode('utf-8', 'replace')}"}
    lines = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    if run.returncode == 2:
        return {"refused": lines[0]["refused"]}
    accepted = [line for line in lines if line.get("view") == "accepted"]
    original = [line for line in lines if line.get("view") == "original"]
    return {
        "blocks": [shown(block) for block in accepted],
        "original": [shown(block) for block in original],
        "parted": [block["parted"] for block in accepted],
        "places": [block["place"] for block in accepted],
        "left_out": [line["left_out"] for line in lines if "left_out" in line],
        "comments": [f"{c['comment']} {c['author']} {c['date']} {c['text']!r} at {c.get('anchor', '')!r}"
                     for c in lines if "comment" in c],
    }


def differences(found, expected):
    if "refused" in expected:
        sentence = found.get("refused", "")
        if expected["refused"] not in sentence:
            yield f"expected to be refused with \"{expected['refused']}\": {found}"
        elif "\n" in sentence or sentence.endswith("."):
            yield f"not one sentence: {sentence}"
        return
    if "blocks" not in found:
        yield str(found)
        return
    for part in ("blocks", "original", "left_out", "comments", "places", "parted"):
        if part in expected and found[part] != expected[part]:
            yield f"{part}:\n      expected {expected[part]}\n      found    {found[part]}"
    if found["original"] and "original" not in expected:
        yield f"a change is tracked that is none: {found['original']}"


def main():
    program, *names = sys.argv[1:]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (made, expected) in CASES.items():
            if names and name not in names:
                continue
            path = pathlib.Path(folder, name + expected.get("ending", ".docx"))
            path.write_bytes(made)
            found = list(differences(read(program, path), expected))
            failures += bool(found)
            for difference in found:
                print(f"{name}: {difference}")
    print(f"{len(CASES)} files, {failures} not read as they are to be")
    return 1 if failures else 0


sys.exit(main())
