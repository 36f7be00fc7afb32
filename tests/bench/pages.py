"""How fast pages and Markdown are read, and what memory that takes, on texts that grow. It judges nothing.
Usage: pages.py BLOCKS [MEGABYTES…] (build/tests/documents/blocks; 1, 10 and 100 by default)"""
import os
import subprocess
import sys
import tempfile
import time

WORDS = "the plan works with providers in each county of the state so that members who are at risk are found".split()


def words_of_pages(size):
    """What pdftotext says of pages with a form in two columns, of about so many bytes."""
    def line(x, y, text, out):
        out.append(f'<line xMin="{x}" yMin="{y}" xMax="{x + 6 * len(text)}" yMax="{y + 11}">')
        at = x
        for word in text.split():
            out.append(f'<word xMin="{at}.000000" yMin="{y}.000000" xMax="{at + 6 * len(word)}.000000" '
                       f'yMax="{y + 11}.000000">{word}</word>')
            at += 6 * len(word) + 3
        out.append("</line>")
    page = ['<page width="612.000000" height="792.000000">', "<flow>", '<block xMin="72">']
    for row in range(48):
        if row % 8 < 6:
            line(72, 60 + 13 * row + row // 8, f"{row // 8 + 1}. Describe" if row % 8 == 0 else "the steps of", page)
        line(200, 60 + 13 * row + row // 8, " ".join(WORDS[row % 7:row % 7 + 11]), page)
    body = "\n".join(page + ["</block>", "</flow>", "</page>\n"])
    return "<doc>\n" + body * max(1, size // len(body)) + "</doc>\n"


def markdown(size):
    body = "# Section\n\n" + (" ".join(WORDS) + " **soon**\n") * 5 + "\n| a | b |\n|---|---|\n" + "| one | two *three* |\n" * 5
    return (body + "\n1. item\n2. item\n\n---\n\n") * max(1, size // (len(body) + 26))


def main():
    sizes = [float(size) for size in sys.argv[2:]] or [1, 10, 100]
    for name, make in ("x.pdf", words_of_pages), ("x.md", markdown):
        for size in sizes:
            with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
                file.write(make(int(size * 1e6)))
                file.flush()
                real = os.path.getsize(file.name) / 1e6
                start = time.monotonic()
                with subprocess.Popen([sys.argv[1], "--quiet", name, file.name], stdout=subprocess.DEVNULL) as child:
                    _, status, usage = os.wait4(child.pid, 0)
                    child.returncode = os.waitstatus_to_exitcode(status)
                user = usage.ru_utime + usage.ru_stime
                print(f"{name}: {real:6.1f} MB in {user:.2f} s of CPU ({real / max(user, 0.01):.0f} MB/s), "
                      f"{usage.ru_maxrss / 1000:.0f} MB of memory; {time.monotonic() - start:.1f} s in all")
                assert child.returncode == 0


if __name__ == "__main__":
    main()
