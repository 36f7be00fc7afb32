"""How fast pages, Markdown, plain text and workbooks are read, and what memory that takes, on texts that grow. It judges
nothing. A workbook's size is that of its XML.
Usage: pages.py BLOCKS [MEGABYTES…] (build/tests/documents/blocks; 1, 10 and 100 by default)"""
import os
import subprocess
import sys
import tempfile
import time
import zipfile

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


def plain_text(size):
    body = "1.1.1  Section\n\n" + (" ".join(WORDS) + "\n") * 9 + "\n"
    return body * max(1, size // len(body))


NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(size):
    """The parts of a workbook of one sheet: rows of a number, a day, shared texts and texts of their own."""
    rows = []
    while size > 0:
        n = len(rows) + 1
        rows.append(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" s="1"><v>{45000 + n % 900}</v></c>'
                    f'<c r="C{n}" t="s"><v>{n % 20}</v></c><c r="D{n}" t="s"><v>{(n + 7) % 20}</v></c>'
                    f'<c r="E{n}" t="inlineStr"><is><t>{" ".join(WORDS)} {n}</t></is></c></row>')
        size -= len(rows[-1])
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
                               'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                       f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{RELATED}"><sheets>'
                           '<sheet name="Rows" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
            f'<Relationship Id="r{i}" Type="{RELATED}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(
                [("worksheet", "sheet.xml"), ("styles", "styles.xml"), ("sharedStrings", "strings.xml")], 1))
        + "</Relationships>",
        "xl/styles.xml": f'<styleSheet {NAMESPACE}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/strings.xml": f"<sst {NAMESPACE}>" + "".join(f"<si><t>{word} {i}</t></si>" for i, word in enumerate(WORDS))
                          + "</sst>",
        "xl/sheet.xml": f"<worksheet {NAMESPACE}><sheetData>" + "".join(rows) + "</sheetData></worksheet>",
    }


def write(path, made):
    """Writes a text, or the parts of a package; gives the size that counts, in MB."""
    if isinstance(made, dict):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in made.items():
                package.writestr(name, text)
        return sum(map(len, made.values())) / 1e6
    with open(path, "w", encoding="utf-8") as file:
        file.write(made)
    return os.path.getsize(path) / 1e6


FORMATS = {"x.pdf": words_of_pages, "x.md": markdown, "x.txt": plain_text, "x.xlsx": workbook}


def measure(blocks, name, size, path):
    # The text is made by another process: a child is counted at least the memory that its parent has.
    made = subprocess.run([sys.executable, __file__, "--write", name, str(size), path], check=True, capture_output=True)
    start = time.monotonic()
    with subprocess.Popen([blocks, "--quiet", name, path], stdout=subprocess.PIPE) as child:
        said = child.stdout.read().decode().strip().removeprefix("error: ")
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    user = usage.ru_utime + usage.ru_stime
    real = float(made.stdout)
    print(f"{name}: {real:6.1f} MB in {user:.2f} s of CPU ({real / max(user, 0.01):.0f} MB/s), "
          f"{usage.ru_maxrss / 1000:.0f} MB of memory; {time.monotonic() - start:.1f} s in all"
          + (f"; refused: {said}" if child.returncode else ""), flush=True)


def main():
    if sys.argv[1] == "--write":
        print(write(sys.argv[4], FORMATS[sys.argv[2]](int(float(sys.argv[3]) * 1e6))))
        return
    sizes = [float(size) for size in sys.argv[2:]] or [1, 10, 100]
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            for size in sizes:
                measure(sys.argv[1], name, size, os.path.join(folder, "document"))


if __name__ == "__main__":
    main()
