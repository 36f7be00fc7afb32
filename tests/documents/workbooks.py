"""Writes workbooks (.xlsx) with the standard library alone, the same bytes every time.

A sheet is a list of rows, a row a list of cells. A cell is None, a text, an int or Decimal, a bool, a datetime.date, a
Cell for what has more to it, or Raw for XML that no careful program would write.
"""
import datetime
import decimal
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Styles of cells: the formats that the sheets here use, by name.
FORMATS = {"general": 0, "date": 14, "percent": 9, "percent2": 10, "time": 20, "datetime": 22}


@dataclass
class Cell:
    value: object = None
    style: str = "general"  # a name of FORMATS, or a format's own code
    formula: str = ""
    inline: bool = False  # its text stands in the cell itself
    runs: list = field(default_factory=list)  # of rich text, in place of a value


@dataclass
class Raw:
    xml: str


@dataclass
class Sheet:
    name: str
    rows: list
    state: str = "visible"
    merged: list = field(default_factory=list)  # "A1:A3"
    hidden_rows: tuple = ()
    hidden_columns: tuple = ()
    references: bool = True  # cells and rows say where they stand


def column_name(number):
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def serial(day, from_1904=False):
    first = datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30)
    return (day - first).days


class Workbook:
    def __init__(self, sheets, from_1904=False, strict=False):
        self.sheets = sheets
        self.from_1904 = from_1904
        self.strict = strict
        self.strings = []
        self.position = {}
        self.codes = []

    def string(self, text):
        if text not in self.position:
            self.position[text] = len(self.strings)
            self.strings.append(text)
        return self.position[text]

    def style(self, name):
        names = list(FORMATS)
        if name in names:
            return names.index(name)
        if name not in self.codes:
            self.codes.append(name)
        return len(names) + self.codes.index(name)

    def cell_xml(self, cell, where):
        if isinstance(cell, Raw):
            return cell.xml
        if not isinstance(cell, Cell):
            cell = Cell(cell, style="date" if isinstance(cell, datetime.date) else "general")
        value = cell.value
        mark = f' r="{where}"' if where else ""
        style = self.style(cell.style)
        mark += f' s="{style}"' if style else ""
        formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
        if cell.runs:
            value = "<r>" + "</r><r>".join(f'<t xml:space="preserve">{escape(run)}</t>' for run in cell.runs) + "</r>"
            return f'<c{mark} t="inlineStr"><is>{value}</is></c>'
        if value is None:
            return f"<c{mark}>{formula}</c>" if formula or style else ""
        if isinstance(value, bool):
            return f'<c{mark} t="b">{formula}<v>{int(value)}</v></c>'
        if isinstance(value, datetime.date):
            return f"<c{mark}>{formula}<v>{serial(value, self.from_1904)}</v></c>"
        if isinstance(value, (int, decimal.Decimal)):
            return f"<c{mark}>{formula}<v>{value}</v></c>"
        if formula:
            return f'<c{mark} t="str">{formula}<v>{escape(value)}</v></c>'
        if cell.inline:
            return f'<c{mark} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        return f'<c{mark} t="s"><v>{self.string(value)}</v></c>'

    def sheet_xml(self, sheet):
        columns = "".join(f'<col min="{number}" max="{number}" width="9" hidden="1"/>'
                          for number in sheet.hidden_columns)
        lines = []
        for at, row in enumerate(sheet.rows, 1):
            cells = "".join(self.cell_xml(cell, f"{column_name(column)}{at}" if sheet.references else "")
                            for column, cell in enumerate(row, 1))
            hidden = ' hidden="1"' if at in sheet.hidden_rows else ""
            number = f' r="{at}"' if sheet.references else ""
            if cells or not sheet.references:
                lines.append(f"<row{number}{hidden}>{cells}</row>")
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
        return (HEAD + f'<worksheet xmlns={quoteattr(MAIN)}>' + (f"<cols>{columns}</cols>" if columns else "") +
                "<sheetData>" + "".join(lines) + "</sheetData>" +
                (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "") + "</worksheet>")

    def styles_xml(self):
        custom = "".join(f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(code)}/>'
                         for at, code in enumerate(self.codes))
        numbers = list(FORMATS.values()) + [164 + at for at in range(len(self.codes))]
        cells = "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
                        for number in numbers)
        return (HEAD + f'<styleSheet xmlns={quoteattr(MAIN)}>' +
                (f'<numFmts count="{len(self.codes)}">{custom}</numFmts>' if custom else "") +
                '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
                '<fills count="2"><fill><patternFill patternType="none"/></fill>'
                '<fill><patternFill patternType="gray125"/></fill></fills>'
                '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
                '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
                f'<cellXfs count="{len(numbers)}">{cells}</cellXfs>'
                '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')

    def parts(self):
        sheets = [self.sheet_xml(sheet) for sheet in self.sheets]
        types = "".join(f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{OFFICE}worksheet+xml"/>'
                        for at in range(1, len(sheets) + 1))
        listed = "".join(f'<sheet name={quoteattr(sheet.name)} sheetId="{at}"' +
                         (f' state="{sheet.state}"' if sheet.state != "visible" else "") + f' r:id="rId{at}"/>'
                         for at, sheet in enumerate(self.sheets, 1))
        links = "".join(f'<Relationship Id="rId{at}" Type="{LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
                        for at in range(1, len(sheets) + 1))
        strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.strings)
        yield "[Content_Types].xml", (
            HEAD + f'<Types xmlns="{TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}sheet.main+xml"/>{types}'
            f'<Override PartName="/xl/styles.xml" ContentType="{OFFICE}styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{OFFICE}sharedStrings+xml"/></Types>')
        yield "_rels/.rels", (HEAD + f'<Relationships xmlns="{PACKAGE_LINKS}"><Relationship Id="rId1" '
                              f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        yield "xl/workbook.xml", (HEAD + f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">' +
                                  ('<workbookPr date1904="1"/>' if self.from_1904 else "") +
                                  f"<sheets>{listed}</sheets></workbook>")
        yield "xl/_rels/workbook.xml.rels", (
            HEAD + f'<Relationships xmlns="{PACKAGE_LINKS}">{links}'
            f'<Relationship Id="rId900" Type="{LINKS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId901" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        yield "xl/styles.xml", self.styles_xml()
        yield "xl/sharedStrings.xml", HEAD + f'<sst xmlns="{MAIN}" uniqueCount="{len(self.strings)}">{strings}</sst>'
        for at, sheet in enumerate(sheets, 1):
            yield f"xl/worksheets/sheet{at}.xml", sheet

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in self.parts():
                if self.strict:
                    text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                        LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
                package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
