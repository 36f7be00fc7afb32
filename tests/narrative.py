"""narrative.py PROVISO [--write]: what the narrative pack finds in Word files.

samples/narrative/draft.docx is made here (--write writes it), by the helpers of documents/make_docx.py, with each thing
that the pack finds, once. TRAPS are small files, each with one way in which a finding could be missed or wrong. What is
expected of each was reasoned by hand: rule, state, paragraph, and the words at the finding.
"""

import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "documents"))
from make_docx import R, SPACES, TYPES, archive, document, relations  # noqa: E402

SAMPLE = os.path.join(HERE, "..", "samples", "narrative", "draft.docx")
HALL = ("The council lends us the old school hall on every weekday from nine in the morning until four in the "
        "afternoon, and we heat it, clean it and lock it at night.")
STYLES = (
    f"<w:styles {SPACES}>"
    + "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
              f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>' for n in (1, 2, 3))
    + "</w:styles>"
)
NUMBERING = (
    f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
FOOTNOTES = f"<w:footnotes {SPACES}><w:footnote w:id=\"2\"><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:footnote></w:footnotes>"
EXTRA = (
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/footnotes.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text, style="", more="", numbered=False):
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + number
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{run(text) if text else ''}{more}</w:p>"


def h(text, level=1, **more):
    return p(text, f"Heading{level}", **more)


def cell(*paragraphs):
    return "<w:tc><w:tcPr><w:tcW w:w=\"4000\"/></w:tcPr>" + "".join(paragraphs) + "</w:tc>"


def table(*rows):
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows) + "</w:tbl>"


def package(body, note=""):
    return archive([
        ("[Content_Types].xml", TYPES.replace("</Types>", EXTRA)),
        ("_rels/.rels", relations(("r1", "officeDocument", "word/document.xml"))),
        ("word/document.xml", document(body)),
        ("word/_rels/document.xml.rels", relations(("r1", "styles", "styles.xml"), ("r2", "numbering", "numbering.xml"),
                                                   ("r3", "footnotes", "footnotes.xml"))),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", FOOTNOTES.format(note)),
    ])


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
DELETED = ('<w:del w:id="7" w:author="A" w:date="2026-01-02T03:04:05Z"><w:r><w:delText xml:space="preserve"> and more '
           'words</w:delText></w:r></w:del>')

DRAFT = package(
    h("Community training plan")
    + h("1. Aims (maximum 10 words)", 2) + p("We train people who look for work, and those who want other work.")
    + h("2. Means", 2) + p("Health Net and [name of partner] teach. Health Net pays them. See section 4.7.")
    + h("2.1 Rooms", 3) + p(HALL)
    + h("2.3 Pay", 3) + p("We_will_pay_all_teachers by the hour. Health-Net knows how much.") + p(HALL)
    + h("3. Risks", 2)
    + h("4. Costs", 2) + p("TBD")
    + p("Table 1: Costs") + table((cell(p("Rooms")), cell(p("None"))))
    + p("Table 3: People") + table((cell(p("Teachers")), cell(p("Two")))))

DRAFT_EXPECTED = [
    ("empty-sections", "fail", 11, "3. Risks"),
    ("names", "fail", 9, "Health-Net"),
    ("numbering", "fail", 8, "2.3"),
    ("numbering", "fail", 17, "Table 3"),
    ("placeholders", "fail", 5, "[name of partner]"),
    ("placeholders", "fail", 13, "TBD"),
    ("printed-limits", "fail", 3, "want other work."),
    ("references", "fail", 5, "4.7"),
    ("repeated", "fail", 10, HALL[:-1]),
    ("tricks", "review", 9, "We_will_pay_all_teachers"),
]

LIMIT = "Aims (3 words)"
TRAPS = {
    # What was deleted counts for nobody who accepts the changes: which of both is meant, a person says.
    "tracked deletion": (package(h(LIMIT) + p("We train people", more=DELETED)),
                         [("printed-limits", "review", 1, "")]),
    # Notes stand behind all else, and are none of the last section's words; what is in them is looked at all the same.
    "a footnote": (package(h(LIMIT) + p("We train people", more=NOTE), "Some of them, with [name] and others"),
                   [("placeholders", "fail", 3, "[name]")]),
    # Numbers that Word makes are no words; a person looks where they make the difference.
    "automatic numbers": (package(h(LIMIT) + p("We train", numbered=True) + p("people", numbered=True)),
                          [("printed-limits", "review", 1, "(3 words)")]),
    "automatic numbers of headings": (package(h("Aims", numbered=True) + p("We train.") + h("Means", numbered=True)
                                              + p("We teach. See section 2 and section 1.") + h("4. Costs") + p("A few.")),
                                      [("numbering", "fail", 5, "4")]),
    # All of it in a table: the headings and the limit, too.
    "in a table": (package(table((cell(h(LIMIT), p("We train all people")),), (cell(h("Means")),), (cell(h("Costs"), p("A few.")),))),
                   [("empty-sections", "fail", 3, "Means"), ("printed-limits", "fail", 2, "people")]),
    "no heading": (package(p("We train [name of group] and others.")), [("placeholders", "fail", 1, "[name of group]")]),
    "a prompt in a cell": (package(table((cell(p("Say what you aim at"), p("3 word limit")), cell(p("We train all people")),))),
                           [("printed-limits", "review", 3, "people")]),
    "one hundred words": (package(h("Aims (no more than one hundred words)") + p(" ".join(f"w{n}" for n in range(101)))),
                          [("printed-limits", "fail", 2, "w100")]),
    "characters": (package(h("Aims") + p("Maximum 10 characters") + p("We train people")),
                   [("printed-limits", "fail", 3, "eople")]),
    "pages": (package(h("Aims") + p("Maximum two pages") + p("We train people")),
              [("printed-limits", "review", 2, "Maximum two pages")]),
    "unreadable": (package(h("Aims (word limit: see guidance)") + p("We train people")),
                   [("printed-limits", "review", 1, "(word limit: see guidance)")]),
}


def findings(proviso, folder, content):
    path = os.path.join(folder, "document.docx")
    with open(path, "wb") as file:
        file.write(content)
    done = subprocess.run([proviso, "check", "--pack", os.path.join(HERE, "..", "rules", "narrative"), "--format", "json",
                           path], capture_output=True, text=True, timeout=120)
    if done.returncode == 2:
        return [(done.stdout + done.stderr,)]
    found = []
    for verdict in json.loads(done.stdout)["verdicts"]:
        if verdict["state"] in ("fail", "review"):
            at = verdict["at"]
            found.append((verdict["rule"].removeprefix("narrative."), verdict["state"], at["line"], at["text"]))
    return sorted(found)


def main():
    proviso = sys.argv[1]
    if "--write" in sys.argv:
        with open(SAMPLE, "wb") as file:
            file.write(DRAFT)
    with open(SAMPLE, "rb") as file:
        same = file.read() == DRAFT
    failures = [] if same else ["samples/narrative/draft.docx is not what this script makes: run it with --write"]
    with tempfile.TemporaryDirectory() as folder:
        for name, (content, expected) in {"the sample": (DRAFT, DRAFT_EXPECTED), **TRAPS}.items():
            found = findings(proviso, folder, content)
            if found != sorted(expected):
                failures.append(f"{name}:\n  expected {sorted(expected)}\n  found    {found}")
    print("\n".join(failures))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
