"""The PDFs of other projects, where they are at hand, against what is known of them (truth.json): which are read, which
are refused and why, and how many words are read. Exits with 77 where there are none, or no pdftotext.
Usage: suite_pdf.py PROVISO BLOCKS SUITE"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

# Words that pdftotext parts and that are one, since they touch and differ in size alone: x², H₂O.
JOINED = {"pdf/text_document_01.odt.pdf": 2, "pdf/text_document_03.odt.pdf": 3, "pdf/code_and_formula.pdf": 1}
REFUSALS = {"no text: say so": "no text", "refused: password": "it is protected by a password"}


def words_of(blocks, path):
    """How many words pdftotext parts, how many there are by the white space in these, and how many stand in blocks."""
    found = subprocess.run(["pdftotext", "-bbox-layout", path, "-"], capture_output=True, check=True)
    parted = re.findall(r"<word [^>]*>(.*?)</word>", found.stdout.decode())
    shown = subprocess.run([blocks, "x.pdf"], input=found.stdout, capture_output=True, check=True).stdout.decode()
    texts = [re.sub(r"^\w+ \[[^]]*\]/?\+? (?:<([^>]*)> )?", r"\1 ", row) for row in shown.splitlines()
             if not row.startswith("left out")]
    return len(parted), sum(len(word.split()) for word in parted), sum(len(text.split()) for text in texts)


def main():
    proviso, blocks, suite = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    if not (suite / "truth.json").exists() or not shutil.which("pdftotext"):
        print("skipped: there is no suite of documents here, or no pdftotext")
        return 77
    failed = count = 0
    for entry in json.loads((suite / "truth.json").read_text(encoding="utf-8")):
        name, truth = entry["file"], entry["truth"]
        if not name.endswith(".pdf"):
            continue
        count += 1
        path = suite / name
        if truth["expect"] == "read":
            parted, words, read = words_of(blocks, path)
            right = parted == truth["words_bbox"] and read == words - JOINED.get(name, 0)
            said = f"{read} words of {words}"
        else:
            done = subprocess.run([proviso, "check", path], capture_output=True, text=True, check=False)
            said = done.stderr.strip()
            right = done.returncode == 2 and REFUSALS[truth["expect"]] in said and "\n" not in said
        failed += not right
        if not right or "--list" in sys.argv:
            print(f"{name}: {said}")
    print(f"{count} PDFs, {failed} of them not as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
