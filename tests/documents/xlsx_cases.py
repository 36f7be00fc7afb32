#!/usr/bin/env python3
"""Workbooks with one trap each, and what must be read of them, reasoned by hand.

usage: xlsx_cases.py BLOCKS

BLOCKS shows what a loader gives for a document (blocks.c). Each case below is a workbook and the lines that its cells
give: place and text, of the cells with something in them; or the sentence with which it is refused.
"""
import datetime
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal

from workbooks import Cell, HEAD, LINKS, MAIN, PACKAGE_LINKS, Raw, Sheet, Workbook

DAY = datetime.date
CASES = []


def case(name, book, *expected, left_out=(), error=None):
    CASES.append((name, book, list(expected), list(left_out), error))


def one(*rows, **more):
    """A workbook of one sheet, S."""
    return Workbook([Sheet("S", [list(row) for row in rows], **more)])


case("texts that cells share, and texts of their own", one(["a", "b", "a"], [Cell("c", inline=True)]),
     "A1 a", "B1 b", "C1 a", "A2 c")
case("rich text is one text, whatever its runs", one([Cell(runs=["By at least ", "20", "%"])]), "A1 By at least 20%")
case("how a text is pronounced is no part of it",
     one([Raw('<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>')]), "A1 東京")
case("characters beyond the first 65,536", one(["𝝊😀"]), "A1 𝝊😀")
case("white space around a text is not, within it is", one(["  a  b \n"]), "A1 a  b")
case("a line break is one, however the file has it", one(["one\r\ntwo", "one_x000D_\ntwo", "one_x000A_two"]),
     "A1 one\\ntwo", "B1 one\\ntwo", "C1 one\\ntwo")
case("an underline that only looks like an escape", one(["_x00G0_ and _x41_", "_x005F_x0041_"]),
     "A1 _x00G0_ and _x41_", "B1 _x0041_")
case("numbers as they are shown, not as they are stored",
     one([Decimal("0.30000000000000004"), Decimal("1E-3"), Decimal("1234.5"), Decimal("-0"),
          Decimal("9.99999999999999999")]),
     "A1 0.3", "B1 0.001", "C1 1234.5", "D1 0", "E1 10")
case("a number too long to write out stays as it is", one([Decimal("1E+300")]), "A1 1E+300")
case("percentages", one([Cell(Decimal("0.2"), "percent"), Cell(Decimal("0.3375"), "percent2"), Cell(1, '0.0" %"'),
                         Cell(0, "percent"), Cell(Decimal("0.07"), '0%;[Red]-0%')]),
     "A1 20%", "B1 33.75%", "C1 1", "D1 0%", "E1 7%")
case("days: serial 45366 is 15 March 2024",
     one([Cell(45366, "date"), Cell(45366, "yyyy\\-mm\\-dd"), Cell(45366, "d\\. mmmm")]),
     "A1 2024-03-15", "B1 2024-03-15", "C1 2024-03-15")
case("days around the one that 1900 did not have: 59 is 28 February, 61 is 1 March, 60 is none",
     one([Cell(1, "date"), Cell(59, "date"), Cell(60, "date"), Cell(61, "date")]),
     "A1 1900-01-01", "B1 1900-02-28", "C1 60", "D1 1900-03-01")
case("days counted from 1904", Workbook([Sheet("S", [[DAY(2024, 3, 15), Cell(0, "date")]])], from_1904=True),
     "A1 2024-03-15", "B1 1904-01-01")
case("a day with a time of day, and midnight which is none",
     one([Cell(Decimal("45366.604166666664"), "datetime"), Cell(Decimal("45366.0"), "datetime")]),
     "A1 2024-03-15 14:30", "B1 2024-03-15")
case("times, and hours that add up to more than a day",
     one([Cell(Decimal("0.5"), "time"), Cell(Decimal("1.5"), "[h]:mm"), Cell(Decimal("0.52"), "hh:mm:ss")]),
     "A1 12:00", "B1 36:00", "C1 12:28:48")
case("m is a month on its own, and minutes beside hours or seconds",
     one([Cell(45366, "mmm"), Cell(Decimal("0.5"), "h:mm AM/PM"), Cell(Decimal("0.5"), "mm:ss")]),
     "A1 2024-03-15", "B1 12:00", "C1 12:00")
case("letters that a format says literally make no day of a number",
     one([Cell(12, '0 "days"'), Cell(12, "0\\d"), Cell(12, '[$USD] 0'), Cell(12, '_(* #,##0_)')]),
     "A1 12", "B1 12", "C1 12", "D1 12")
case("the section of a format that is for the number: by what it is compared with, by its sign",
     one([Cell(Decimal("0.2"), '[=0]"-";0%'), Cell(0, '[=0]"-";0%'), Cell(Decimal("-0.2"), '0%;[Red]\\-0%;;@'),
          Cell(Decimal("0.3"), '[>=1]0;0%'), Cell(1, '[>=1]0;0%'), Cell(Decimal("0.25"), "[<0.5]0.0%;[<=2]0;yyyy"),
          Cell(45366, "[<0.5]0.0%;[<=2]0;yyyy"), Cell(Decimal("1.25"), "[<1][mm]:ss;[hh]:mm")]),
     "A1 20%", "B1 0%", "C1 -20%", "D1 30%", "E1 1", "F1 25%", "G1 2024-03-15", "H1 30:00")
case("truth values and failed formulas", one([True, False, Raw('<c r="C1" t="e"><v>#REF!</v></c>')]),
     "A1 TRUE", "B1 FALSE", "C1 #REF!")
case("a formula is its stored value", one([Cell(3, formula="1+2"), Cell("ab", formula='"a"&"b"')]), "A1 3", "B1 ab")
case("merged cells that span rows say the same in each; those that span columns say it once",
     one(["Amador", 1], [None, 2], [None, 3], ["wide"], merged=["A1:A3", "A4:B4"]),
     "A1 Amador", "B1 1", "B2 2", "B3 3", "A4 wide")
case("cells and rows that do not say where they stand", one(["a", "b"], ["c"], references=False),
     "A1 a", "B1 b", "A2 c")
case("cells in another order than they stand",
     one([Raw('<c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="A1" t="inlineStr"><is><t>a</t></is></c>')]),
     "A1 a", "B1 b")
case("rows and columns that are hidden are read, and told",
     one(["a", "b"], ["c"], hidden_rows=(2,), hidden_columns=(2,)), "A1 a", "B1 b", "A2 c",
     left_out=["1 row of the sheet “S” is hidden, and read like the others",
               "columns of the sheet “S” are hidden, and read like the others"])
STRUCK = (HEAD + f'<styleSheet xmlns="{MAIN}"><fonts count="3"><font/><font><strike/></font>'
          '<font><strike val="0"/></font></fonts><cellXfs count="3"><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/>'
          "</cellXfs></styleSheet>")


class Struck(Workbook):
    def styles_xml(self):
        return STRUCK


case("what is struck through is read, and told", Struck([Sheet("S", [[
    Raw('<c r="A1" s="1" t="inlineStr"><is><t>a</t></is></c><c r="B1" s="2" t="inlineStr"><is><t>b</t></is></c>'
        '<c r="C1" t="inlineStr"><is><r><rPr><strike/></rPr><t>c</t></r><r><t>d</t></r></is></c><c r="D1"><v>1</v></c>')]])]),
     "A1 a", "B1 b", "C1 cd", "D1 1",
     left_out=["2 cells of the sheet “S” are struck through, and read like the others"])
case("a hidden sheet is not read, and told",
     Workbook([Sheet("S", [["a"]]), Sheet("Lists", [["b"]], state="veryHidden")]), "A1 a",
     left_out=["the sheet “Lists” is hidden, and was not read"])
case("several sheets, in the order of their tabs", Workbook([Sheet("Two & more", [["a"]]), Sheet("One", [["b"]])]),
     "A1 a", "A1 b")
case("strict Office Open XML", Workbook([Sheet("S", [["a", DAY(2024, 3, 15)]])], strict=True), "A1 a", "B1 2024-03-15")
case("a long text that cells say over and over",
     Workbook([Sheet("S", [["x" * 1000000]] + [[Raw(f'<c r="A{row}" t="s"><v>0</v></c>')] for row in range(2, 300)])]),
     error="the cells of the workbook have more than 128 MB of text, as they say the same long texts over and over")
case("a long text in a merged area", one(["x" * 1000000], merged=["A1:A300"]),
     error="the cells of the workbook have more than 128 MB of text, as they say the same long texts over and over")
case("a text that is not there", one([Raw('<c r="A1" t="s"><v>7</v></c>')]),
     error="the workbook is damaged: a cell names a text that is not there")
case("two cells in one place", one([Raw('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>')]),
     error="the workbook is damaged: two cells stand in one place")
case("a cell outside its sheet", one([Raw('<c r="XFD1"><v>1</v></c><c><v>2</v></c>')]),
     error="the workbook is damaged: a cell stands outside its sheet")


class Parts:
    """A package of these parts."""

    def __init__(self, **parts):
        self.parts = parts

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in self.parts["parts"].items():
                package.writestr(name, text)


RELS = (HEAD + f'<Relationships xmlns="{PACKAGE_LINKS}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="{}"/></Relationships>')
case("a workbook in binary",
     Parts(parts={"_rels/.rels": RELS.format("xl/workbook.bin"), "xl/workbook.bin": b"\x83\x01"}),
     error="this is a binary workbook (.xlsb), which is not read; save it as .xlsx")
case("a spreadsheet of another program", Parts(parts={"content.xml": "<x/>"}),
     error="this is an OpenDocument file (.ods), which is not read; save it as .xlsx")
case("a spreadsheet of Numbers", Parts(parts={"Index/Document.iwa": "x"}),
     error="this is a file of Numbers, which is not read; export it as .xlsx")
case("a package without a workbook", Parts(parts={"_rels/.rels": RELS.format("x.xml"), "x.xml": "<x/>"}),
     error="there is no workbook in this file")
case("a sheet whose link is written as an address", Parts(parts={
    "_rels/.rels": RELS.format("/w.xml"),
    "w.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="rId9"/></sheets>'
             "</workbook>",
    "_rels/w.xml.rels": f'<Relationships xmlns="{PACKAGE_LINKS}"><Relationship Id="rId9" Type="{LINKS}/worksheet" '
                        'Target="./my%20sheets/../my%20sheets/a.xml"/></Relationships>',
    "my sheets/a.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>'}),
     "A1 7")
case("a module of macros that old files have among their sheets", Parts(parts={
    "_rels/.rels": RELS.format("w.xml"),
    "w.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="M" sheetId="1" r:id=""/>'
             '<sheet name="S" sheetId="2" r:id="rId9"/></sheets></workbook>',
    "_rels/w.xml.rels": f'<Relationships xmlns="{PACKAGE_LINKS}"><Relationship Id="rId9" Type="{LINKS}/worksheet" '
                        'Target="a.xml"/></Relationships>',
    "a.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>'}),
     "A1 7")
case("a sheet that is missing", Parts(parts={
    "_rels/.rels": RELS.format("/w.xml"),
    "w.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="rId9"/></sheets>'
             "</workbook>"}),
     error="the workbook is damaged: a sheet is missing")


def read(blocks, path):
    done = subprocess.run([blocks, path, path], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    cells = [re.sub(r"^cell \[sheet “[^”]*”, cell ([A-Z]+[0-9]+), table [^\]]*\]/? ", r"\1 ", line) for line in lines
             if line.startswith("cell ")]
    left_out = [re.sub(r"^left out \[[^\]]*\] ", "", line) for line in lines if line.startswith("left out ")]
    errors = [line[len("error: "):] for line in lines if line.startswith("error: ")]
    filled = [cell for cell in cells if not re.fullmatch(r"[A-Z]+[0-9]+ ", cell)]
    return filled, left_out, errors[0] if errors else None


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, book, expected, left_out, error in CASES:
            path = os.path.join(folder, "case.xlsx")
            book.save(path)
            got = read(sys.argv[1], path)
            if got != (expected, left_out, error):
                wrong += 1
                print(f"{name}:\n  expected {(expected, left_out, error)}\n  got      {got}")
    print(f"{len(CASES)} workbooks, {wrong} read otherwise than they should be")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
