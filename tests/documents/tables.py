#!/usr/bin/env python3
"""What stands in a document besides narrative answers: tables of records, boxes that are ticked, fields in places that
leave a doubt. What is read of each case was reasoned by hand.

usage: tables.py PROVISO [WORD]   WORD: only the cases whose name has it

Each case is a document on the form below, written as Markdown, as plain text, or as a Word file; what it says of fields,
answers and rows; what must be uncertain, not understood and left out; and whether it is ready.
"""
import json
import os
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

from make_docx import archive, relations
from workbooks import Sheet, Workbook

PACK = """\
pack: hall
version: 1.0.0
title: A hall
form: form.yaml
rules: [rules/named.lua]
"""
FORM = """\
form: hall
title: Application for a hall
fields:
  name: { label: Name of the organisation, type: text, required: true, aliases: [Applicant] }
  charity: { label: Are you a charity?, type: boolean }
  kind: { label: Kind of project, type: text, one_of: [New, Continued, Repair], other: true }
  uses: { label: What the hall is used for, type: list, one_of: [Meetings, Sports, Music] }
  agree: { label: I agree to the terms, type: boolean }
sections: [{ id: a, title: The work }]
measures:
  - id: "1"
    section: a
    title: Work
    obligation: mandatory
    items:
      - { id: "1", prompt: Please describe the work that the hall needs and who will carry it out }
      - { id: "2", prompt: Will the hall stay open while all of the work is going on?, type: boolean, required: false }
records:
  cost:
    label: Costs
    aliases: [Budget]
    columns:
      item: { label: Item, type: text, required: true, aliases: [What it is] }
      paid: { label: Paid, type: boolean }
      amount: { label: Amount, type: integer, required: true, aliases: [How much it costs] }
  person:
    label: People
    columns:
      name: { label: Full name, type: text, required: true }
      roles: { label: Roles, type: list }
"""
RULE = """\
rule "hall.named" {
  title = "The organisation says what it is called",
  citation = "The form",
  remedy = "Name it.",
  each = "submission",
  level = "error",
  check = function(submission) return submission.fields.name.answered and pass() or fail("it does not") end,
}
"""
ANSWER = "The roof needs new slates, and a local firm will put them on in spring."
COSTS = [{"item": "Slates", "amount": "400"}, {"item": "Labour", "amount": "1,200"}]
ROWS = [("Item", "Amount"), ("Slates", "400"), ("Labour", "1,200")]


# ---- documents ----

def markdown(blocks):
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines += [block, ""]
            continue
        lines.append("| " + " | ".join(block[0]) + " |")
        lines.append("|" + "---|" * len(block[0]))
        lines += ["| " + " | ".join(row) + " |" for row in block[1:]] + [""]
    return "\n".join(lines)


def paragraphs(text):
    return "".join(text if text.startswith("<w:p>") else
                   f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
                   for text in text.split("\n"))


def word(blocks):
    """A cell is a text, or (text, properties)."""
    body = ""
    for block in blocks:
        if isinstance(block, str):
            if block.startswith("# "):
                body += (f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>{escape(block[2:])}</w:t></w:r></w:p>')
            else:
                body += paragraphs(block)
            continue
        body += "<w:tbl>"
        for row in block:
            cells = [(cell, "") if isinstance(cell, str) else cell for cell in row]
            body += "<w:tr>" + "".join(f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraphs(text)}</w:tc>"
                                       for text, look in cells) + "</w:tr>"
        body += "</w:tbl><w:p/>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
             'wordprocessingml.document.main+xml"/></Types>')
    return archive([("[Content_Types].xml", types),
                    ("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml"))),
                    ("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")])


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def old_field(data, instruction):
    return (f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
            f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')


def old_box(is_ticked):
    return old_field(f"<w:checkBox><w:sizeAuto/><w:default w:val=\"{int(is_ticked)}\"/></w:checkBox>", " FORMCHECKBOX ")


def old_list(chosen):
    return old_field(f'<w:ddList><w:result w:val="{chosen}"/><w:listEntry w:val="New"/><w:listEntry w:val="Repair"/>'
                     "</w:ddList>", " FORMDROPDOWN ")


def filing(*middle, after=(), inside=(), open_=(), name="Name of the organisation: Ivy Hall Trust"):
    """The form with these blocks among its fields, and others after its answers."""
    return ["# Application for a hall", name, *middle, "# Work",
            "Please describe the work that the hall needs and who will carry it out", ANSWER, *inside,
            "Will the hall stay open while all of the work is going on?", *open_, *after]


# ---- cases: name, kind, blocks, what is read; a member that is not named is not looked at ----

V_FIRST = '<w:vMerge w:val="restart"/>'
V_NEXT = "<w:vMerge/>"
CASES = [
    ("a table of records", "md", filing(after=["## Costs", ROWS]), {"cost": COSTS, "ready": True}),
    ("a table of records in Word", "docx", filing(after=["# Costs", ROWS]), {"cost": COSTS, "ready": True}),
    ("headings are names", "md", filing(after=["## Costs", [("item", "amount"), *ROWS[1:]]]),
     {"cost": COSTS, "ready": True}),
    ("headings are aliases", "md", filing(after=["## Costs", [("What it is", "HOW MUCH IT COSTS:"), *ROWS[1:]]]),
     {"cost": COSTS, "ready": True}),
    ("the headings alone tell the kind", "md", filing(after=[ROWS]), {"cost": COSTS, "ready": True}),
    ("a kind by its alias, numbered", "md", filing(after=["## Table 3. Budget (continued)", ROWS]),
     {"cost": COSTS, "ready": True}),
    ("the title in the table's first row", "docx",
     filing(after=[[(("Costs", '<w:gridSpan w:val="2"/>'),), *ROWS]]), {"cost": COSTS}),
    ("a row of sums is left out", "md", filing(after=["## Costs", [*ROWS, ("Grand total:", "£1,600")]]),
     {"cost": COSTS, "left_out": ["sums up those above"], "ready": True}),
    ("a thing that is called total is none", "md", filing(after=["## Costs", [*ROWS, ("Total repainting", "90")]]),
     {"cost": [*COSTS, {"item": "Total repainting", "amount": "90"}], "left_out": [], "ready": True}),
    ("blank rows", "docx", filing(after=["# Costs", [ROWS[0], ("", ""), ROWS[1], ("", ""), ROWS[2], ("", "")]]),
     {"cost": COSTS, "ready": True}),
    ("a table that goes on, with its headings again", "docx",
     filing(after=["# Costs", ROWS[:2], [ROWS[0], ROWS[2]]]), {"cost": COSTS, "ready": True}),
    ("a table that goes on without its headings", "docx", filing(after=["# Costs", ROWS[:2], [ROWS[2]]]),
     {"cost": COSTS, "ready": True}),
    ("headings again in the middle", "md", filing(after=["## Costs", [*ROWS[:2], ROWS[0], ROWS[2]]]),
     {"cost": COSTS, "ready": True}),
    ("a cell over two rows", "docx",
     filing(after=["# Costs", [ROWS[0], (("Slates", V_FIRST), "400"), (("", V_NEXT), "30")]]),
     {"cost": [{"item": "Slates", "amount": "400"}, {"item": "Slates", "amount": "30"}], "ready": True}),
    ("entries of a list in lines of their own", "docx",
     filing(after=["# People", [("Full name", "Roles"), ("Ada Byron", "chair\ntreasurer")]]),
     {"person": [{"name": "Ada Byron", "roles": ["chair", "treasurer"]}], "ready": True}),
    ("two kinds of records", "md",
     filing(after=["## Costs", ROWS, "## People", [("Full name", "Roles"), ("Ada Byron", "chair; treasurer")]]),
     {"cost": COSTS, "person": [{"name": "Ada Byron", "roles": ["chair", "treasurer"]}], "ready": True}),
    ("a heading that the form has not", "md", filing(after=["## Costs", [("Item", "Amount", "Colour"),
                                                                        ("Slates", "400", "blue")]]),
     {"cost": [{"item": "Slates", "amount": "400"}], "not_understood": ["Colour"], "ready": False}),
    ("a column without a heading", "md", filing(after=["## Costs", [("Item", "Amount", ""), ("Slates", "400", "x")]]),
     {"not_understood": ["it has no heading"], "ready": False}),
    ("a required column that is not there", "md", filing(after=["## Costs", [("Item", "Paid"), ("Slates", "yes")]]),
     {"not_understood": ["there is no heading 'Amount'"], "ready": False}),
    ("an amount that is none", "md", filing(after=["## Costs", [ROWS[0], ("Slates", "cheap")]]), {"ready": False}),
    ("a table that is no record's", "md", filing(after=[[("Colour", "Shade"), ("blue", "dark")]]),
     {"ready": False}),
    ("a table within an answer", "md",
     filing(inside=[ROWS, "That is what it costs, and no more than that, we are told by the firm."]),
     {"cost": COSTS, "uncertain": ["1.1"], "ready": False}),
    ("plain text in columns", "txt", filing(after=["Costs", "Item      Amount\nSlates    400\nLabour    1,200"]),
     {"cost": COSTS, "ready": True}),
    ("plain text with bars", "txt",
     filing(after=["Costs", "| Item | Amount |\n|---|---|\n| Slates | 400 |\n| Labour | 1,200 |"]),
     {"cost": COSTS, "ready": True}),
    ("a sheet of a workbook", "xlsx", None, {"cost": COSTS}),
    # boxes
    ("yes and no side by side", "md", filing("Are you a charity? ☒ Yes ☐ No"), {"charity": "Yes", "ready": True}),
    ("boxes after their words", "md", filing("Are you a charity? Yes ☐ No ☑"), {"charity": "No", "ready": True}),
    ("boxes in brackets", "md", filing("Are you a charity? ( ) Yes (x) No"), {"charity": "No", "ready": True}),
    ("none is ticked", "md", filing("Are you a charity? ☐ Yes ☐ No"), {"charity": None, "ready": True}),
    ("both are ticked", "md", filing("Are you a charity? ☒ Yes ☒ No"),
     {"charity": "☒ Yes ☒ No", "not_understood": ["☒ Yes ☒ No"], "ready": False}),
    ("one tick between two words", "md", filing("Are you a charity? Yes ✔ No"),
     {"uncertain": ["charity"], "ready": False}),
    ("no box was read", "md", filing("Are you a charity? Yes No"), {"uncertain": ["charity"], "ready": False}),
    ("a letter for a box", "md", filing("Are you a charity? 4 Yes o No"), {"uncertain": ["charity"], "ready": False}),
    ("signs of Wingdings", "md", filing("Are you a charity? \uf0fe Yes \uf0a8 No"), {"charity": "Yes", "ready": True}),
    ("choices in lines of their own", "md", filing("Kind of project", "☐ New", "☒ Repair", "☐ Continued"),
     {"kind": "Repair", "ready": True}),
    ("a choice of one's own", "md", filing("Kind of project", "☐ New", "☐ Repair", "☒ Other: A new wing"),
     {"kind": "A new wing", "ready": True}),
    ("several of", "md", filing("What the hall is used for: [x] Meetings [ ] Sports [X] Music"),
     {"uses": ["Meetings", "Music"], "ready": True}),
    ("a list without boxes", "md", filing("What the hall is used for: Meetings; Music"),
     {"uses": ["Meetings", "Music"], "ready": True}),
    ("a box before its label", "md", filing("☒ I agree to the terms"), {"agree": "true", "ready": True}),
    ("a box left before its label", "md", filing("☐ I agree to the terms", "Are you a charity? Yes"),
     {"agree": None, "charity": "Yes", "ready": True}),
    ("boxes in an answer", "md", filing(open_=["☐ Yes ☒ No"]), {"1.2": "No", "ready": True}),
    ("boxes in a cell", "md", filing(after=["## Costs", [("Item", "Paid", "Amount"),
                                                        ("Slates", "☒ Yes ☐ No", "400")]]),
     {"cost": [{"item": "Slates", "paid": "Yes", "amount": "400"}], "ready": True}),
    ("boxes of old forms", "docx",
     filing(f"<w:p>{run('Are you a charity? ')}{old_box(False)}{run(' Yes ')}{old_box(True)}{run(' No')}</w:p>"),
     {"charity": "No", "ready": True}),
    ("a list of old forms", "docx", filing(f"<w:p>{run('Kind of project: ')}{old_list(1)}</w:p>"),
     {"kind": "Repair", "ready": True}),
    # fields
    ("a field by its alias", "md", filing(name="Applicant: Ivy Hall Trust"), {"name": "Ivy Hall Trust", "ready": True}),
    ("a field by its name, in a table", "docx", filing(name=[("name", "Ivy Hall Trust"), ("charity", "no")]),
     {"name": "Ivy Hall Trust", "charity": "no", "ready": True}),
    ("a label that begins a sentence", "md", filing(name="Applicant details are kept by the council in its files."),
     {"uncertain": ["name"], "ready": False}),
    ("the label with a colon goes before a sentence", "md",
     filing("Applicant: Ivy Hall Trust", name="Applicant details are kept by the council in its files."),
     {"name": "Ivy Hall Trust"}),
    ("a label in two places", "md", filing("Applicant: Oak Hall Trust", name="Applicant: Ivy Hall Trust"),
     {"name": "Ivy Hall Trust", "uncertain": ["name"], "ready": False}),
    ("a label in two places, with one value", "md", filing("Applicant: IVY Hall Trust", name="Applicant: Ivy Hall Trust"),
     {"name": "Ivy Hall Trust", "uncertain": []}),
]


def write(folder, kind, blocks):
    path = os.path.join(folder, f"filing.{kind}")
    if kind == "docx":
        with open(path, "wb") as file:
            file.write(word(blocks))
    elif kind == "xlsx":
        Workbook([Sheet("Form", [["Name of the organisation", "Ivy Hall Trust"],
                                 ["Please describe the work that the hall needs and who will carry it out"], [ANSWER],
                                 ["Will the hall stay open while all of the work is going on?"]]),
                  Sheet("Money", [["Costs"], [], ["Item", "Amount"], ["Slates", 400], ["Labour", "1,200"]])]).save(path)
    else:
        text = markdown(blocks) if kind == "md" else "\n\n".join(block.lstrip("# ") for block in blocks) + "\n"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return path


def shown(proviso, pack, path):
    done = subprocess.run([proviso, "show", "--format", "json", "--pack", pack, path], capture_output=True, text=True,
                          check=False)
    assert done.returncode in (0, 1), (done.returncode, done.stdout[-300:], done.stderr)
    return json.loads(done.stdout)


def is_ready(proviso, pack, path):
    return subprocess.run([proviso, "check", "--pack", pack, path], capture_output=True, check=False).returncode == 0


def findings(proviso, pack, path):
    done = subprocess.run([proviso, "check", "--format", "json", "--pack", pack, path], capture_output=True, text=True,
                          check=False)
    return sorted((verdict["rule"], verdict.get("message"), verdict.get("fingerprint"))
                  for verdict in json.loads(done.stdout)["verdicts"] if verdict["state"] in ("fail", "review"))


def imported(proviso, pack, path):
    """What is found in the submission that import writes, and not in the document, or the other way about."""
    made = path + ".yaml"
    subprocess.run([proviso, "import", "--force", "--pack", pack, path, "-o", made], capture_output=True, check=True)
    before, after = findings(proviso, pack, path), findings(proviso, pack, made)
    not_understood = [finding for finding in before if finding not in after and finding[0] in ("form.names", "form.parts")]
    return [finding for finding in before if finding not in after and finding not in not_understood] + [
        finding for finding in after if finding not in before]


def values_of(record):
    return {name: value["value"] for name, value in record["values"].items() if value["value"] is not None}


def read(proviso, pack, path):
    report = shown(proviso, pack, path)
    out = {name: field["value"] for name, field in report["fields"].items()}
    answers = {f"1.{answer['item']}": answer for measure in report["measures"] for answer in measure["responses"]}
    out |= {item: answer["text"] or None for item, answer in answers.items()}
    for kind in ("cost", "person"):
        out[kind] = [values_of(record) for record in report["records"] if record["kind"] == kind]
    out["uncertain"] = [name for name, part in (report["fields"] | answers).items() if "uncertainty" in part]
    out["not_understood"] = [problem["why"] for problem in report["not_understood"]]
    out["left_out"] = [part["what"] for part in report.get("left_out", [])]
    return out


def differences(wanted, got):
    for name, value in wanted.items():
        if name in ("not_understood", "left_out"):
            for part in value:
                if not any(part in said for said in got[name]):
                    yield f"{name}: no “{part}” in {got[name]}"
            if not value and got[name]:
                yield f"{name}: {got[name]}"
        elif got[name] != value:
            yield f"{name}: {got[name]!r}, not {value!r}"


def main():
    proviso = os.path.abspath(sys.argv[1])
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        pack = os.path.join(folder, "hall")
        os.makedirs(os.path.join(pack, "rules"))
        for name, text in (("pack.yaml", PACK), ("form.yaml", FORM), ("rules/named.lua", RULE)):
            with open(os.path.join(pack, name), "w", encoding="utf-8") as file:
                file.write(text)
        for name, kind, blocks, wanted in CASES:
            if len(sys.argv) > 2 and sys.argv[2] not in name:
                continue
            path = write(folder, kind, blocks)
            got = read(proviso, pack, path)
            got["ready"] = is_ready(proviso, pack, path)
            wanted = {"1.1": ANSWER} | wanted
            if "1.1" in wanted.get("uncertain", []): # what else is in it is not looked at
                del wanted["1.1"]
            if not got["uncertain"] and (apart := imported(proviso, pack, path)):
                print(f"{name}: as imported: {apart}")
                wrong += 1
            for difference in differences(wanted, got):
                print(f"{name}: {difference}")
                wrong += 1
    print(f"{len(CASES)} cases, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
