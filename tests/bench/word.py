"""How fast Word documents are read, and what that takes, from 1 MB to 100 MB of XML; and a file of 100 MB of pictures.

word.py BLOCKS: BLOCKS is tests/documents/blocks.c. The text is the same in each run.
"""

import os
import pathlib
import random
import string
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "documents"))
from make_docx import archive, p, parts_of, r, t  # noqa: E402

MEGABYTE = 1 << 20
LOOK = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/>'


def paragraphs(size):
    """So many bytes of them, as Word writes them: a word's look said anew in each of several runs."""
    chance = random.Random(1)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 10))) for _ in range(20000)]
    made = []
    while size > 0:
        made.append(p(*(r(t(" ".join(chance.choices(words, k=12)) + " "), LOOK) for _ in range(6))))
        size -= len(made[-1])
    return "".join(made)


def measure(blocks, path):
    """Seconds of processor time, and most bytes of memory but for what expat needs: the file itself among them."""
    process = subprocess.Popen([blocks, "--quiet", path, path], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, int(said.split()[-1])


def main():
    blocks = sys.argv[1]
    print("| XML | file | seconds | MB/s of XML | memory |\n|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for size, pictures in ((1, 0), (10, 0), (100, 0), (1, 100)):
            parts = parts_of(paragraphs(size * MEGABYTE))
            media = [(f"word/media/image{i}.png", os.urandom(MEGABYTE)) for i in range(pictures)]
            path = pathlib.Path(folder, "large.docx")
            path.write_bytes(archive(parts + media, stored=[name for name, _ in media]))
            seconds, memory = measure(blocks, path)
            print(f"| {size} MB | {path.stat().st_size / MEGABYTE:.1f} MB | {seconds:.2f} | {size / seconds:.0f} "
                  f"| {memory / MEGABYTE:.0f} MB |")


main()
