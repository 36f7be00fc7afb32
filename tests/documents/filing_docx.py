#!/usr/bin/env python3
"""Writes samples/payment-1-los-angeles.docx: the filing of the samples on its form in Word, a table of two columns for
each measure, prompts on the left, answers on the right.

usage: filing_docx.py PROVISO OUT.docx
       filing_docx.py PROVISO --test   the one in samples is what this makes, and every answer in it is the YAML's
"""
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "samples")
FILING = os.path.join(SAMPLES, "payment-1-los-angeles")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


# The table above the measures, with the filer's points in its last column.
ALLOCATION = [
    ("Priority Area", "Percentage of Points Allocated to Each Priority Area", "Points Needed to Earn Maximum Payment 1",
     "MCP Discretionary Allocation of Remaining 300 points (MCP to enter point values in cells below)"),
    ("1. Delivery System Infrastructure", "Minimum 20%", "200", "100"),
    ("2. ECM Provider Capacity Building", "Minimum of 20%", "200", "100"),
    ("3. Community Supports (ILOS) Provider Capacity Building and Community Supports (ILOS) Take-Up", "Minimum of 30%",
     "300", "100"),
    ("Total Points", "", "700", "300"),
]


def paragraph(text, bold=False):
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{run}</w:p>"


def cell(texts, width):
    body = "".join(paragraph(text) for text in texts) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{body}</w:tc>'


def table(rows, widths=(4000, 5500)):
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                      for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    lines = "".join("<w:tr>" + "".join(cell(texts, width) for texts, width in zip(row, widths)) + "</w:tr>"
                    for row in rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>")


def shown(proviso, path):
    done = subprocess.run([proviso, "show", "--format", "json", "--pack", "calaim-ipp-payment-1", path],
                          capture_output=True, text=True, check=True,
                          env={**os.environ, "PROVISO_RULES": os.path.join(SAMPLES, "..", "rules")})
    return json.loads(done.stdout)


def body(filing):
    yield paragraph("Gap-Filling Plan and Narrative Measures for Payment 1", bold=True)
    yield table([(["MCP Name"], ["Health Net"]), (["MCP County"], ["Los Angeles"]),
                 (["Program Year (PY) / Calendar Year (CY)"], ["Program Year 1 / Calendar Year 2022"])])
    yield paragraph("")
    yield table([([one], [two], [three], [four]) for one, two, three, four in ALLOCATION], (3500, 2200, 1900, 1900))
    for measure in filing["measures"]:
        yield paragraph("")
        yield paragraph(f"{measure['id']} {measure['title']}", bold=True)
        yield table([([part for part in response["prompt"].split("\n") if part] or [measure["title"]],
                      response["text"].split("\n")) for response in measure["responses"]])
    yield paragraph("")


def write(proviso, path):
    filing = shown(proviso, FILING + ".yaml")
    document = (HEAD + f'<w:document xmlns:w="{W}"><w:body>' + "".join(body(filing)) +
                '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:body></w:document>')
    parts = {
        "[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}document.main+xml"/></Types>',
        "_rels/.rels": HEAD + f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def answers(filing):
    return {(measure["id"], response["item"]): (response["text"], response["words"], response["confidence"])
            for measure in filing["measures"] for response in measure["responses"]}


def test(proviso):
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.join(folder, "made.docx")
        write(proviso, made)
        with open(made, "rb") as ours, open(FILING + ".docx", "rb") as theirs:
            if ours.read() != theirs.read():
                sys.exit("samples/payment-1-los-angeles.docx is not what filing_docx.py makes")
    as_yaml = answers(shown(proviso, FILING + ".yaml"))
    as_word = answers(shown(proviso, FILING + ".docx"))
    differ = [key for key in as_yaml if as_yaml[key] != as_word.get(key)]
    if len(as_yaml) != 37 or differ:
        sys.exit(f"{len(differ)} of {len(as_yaml)} answers differ: {[(key, as_word.get(key)) for key in differ[:3]]}")


if __name__ == "__main__":
    if sys.argv[2] == "--test":
        test(sys.argv[1])
    else:
        write(sys.argv[1], sys.argv[2])
