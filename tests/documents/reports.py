#!/usr/bin/env python3
"""What is said of a small Word file that was made by hand: in each report, and by show.

usage: reports.py PROVISO
Its four answers: one that is within its limit only with the tracked changes accepted; one within only where the numbers
of its list are no words; one in two paragraphs; one too long. Expected words are reasoned by hand.
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from make_docx import archive, cell, control, deleted, item, kind, level, num, p, parts_of, r, row, t, table

PACK = {
    "pack.yaml": "pack: small\nversion: 1.0.0\ntitle: Small\nform: form.yaml\nrules: [rules/limits.lua]\n",
    "form.yaml": """form: small
title: A small form about the water of the county
fields:
  county: { label: Name of the county, type: text }
sections: [{ id: "1", title: Water }]
measures:
  - id: "1.1"
    section: "1"
    title: Drinking water in the county
    obligation: mandatory
    items:
      - { id: "1", prompt: Describe how the county tests its drinking water each year., word_limit: 6 }
      - { id: "2", prompt: List the wells from which the county takes its water., word_limit: 20 }
      - { id: "3", prompt: Explain who is told when a well fails its test., word_limit: 20 }
      - { id: "4", prompt: Say by which day the next test will be finished., word_limit: 3 }
""",
    "rules/limits.lua": """rule "small.limit" {
  title = "Each answer keeps to its limit", citation = "Form", remedy = "Shorten it.",
  each = "response", level = "error", judges = "items.*.word_limit",
  check = function(response) return at_most(response.words, response.item.word_limit) end,
  examples = { { state = "pass", item = "1.1.1", response = "We test it." },
               { state = "fail", item = "1.1.4", response = "It is done by May." } },
}
""",
}
PROMPTS = ["Describe how the county tests its drinking water each year.",
           "List the wells from which the county takes its water.",
           "Explain who is told when a well fails its test.",
           "Say by which day the next test will be finished."]
NUMBERED = kind(1, level(0, "%1.")) + num(1, 1)


def word_file(answers=None):
    answers = answers or [
        [p("We test every well in ", deleted("March and in "), "May.")],
        [item(1, 0, "The north well beside the mill"), item(1, 0, "The south well behind the school"),
         item(1, 0, "The town well at the station")],
        [p("We tell the state first."), p("Then we tell the town.")],
        [p("It will be finished by May.")],
    ]
    rows = [row(cell(p(f"1.1.{n + 1} {PROMPTS[n]}")), cell(*answer)) for n, answer in enumerate(answers)]
    body = p("A small form about the water of the county") + table(
        row(cell(p("Name of the county")), cell(p("Inyo")))) + p("1.1 Drinking water in the county") + table(*rows)
    return archive(parts_of(body, numbering=NUMBERED))


def run(proviso, folder, *arguments):
    done = subprocess.run([proviso, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Problems(list):
    def holds(self, what, text, *wanted):
        for each in wanted:
            if each not in text:
                self.append(f"{what} does not hold {each!r}:\n{text}")


def by_rule(report, rule, subject):
    found = [v for v in report["verdicts"] if v["rule"] == rule and v["subject"]["name"] == subject]
    return found[0] if len(found) == 1 else {"state": f"{len(found)} verdicts"}


def look_at_json(report, problems):
    expected = {"1.1.1": "review", "1.1.2": "review", "1.1.3": "pass", "1.1.4": "fail"}
    for subject, state in expected.items():
        verdict = by_rule(report, "small.limit", subject)
        if verdict["state"] != state:
            problems.append(f"{subject} is {verdict['state']}, not {state}: {verdict.get('message')}")
    problems.holds("the first", by_rule(report, "small.limit", "1.1.1")["message"],
                   "passes with the tracked changes accepted, fails without them: 9 words; at most 6 are allowed")
    problems.holds("the second", by_rule(report, "small.limit", "1.1.2")["message"],
                   "18 words, 21 with the numbers and bullets that the word processor adds; at most 20 are allowed")
    at = by_rule(report, "small.limit", "1.1.4")["at"]
    if at.get("paragraph") is None or at["text"] != "finished by May.":
        problems.append(f"the fourth is at {at}")
    if report["inputs"][0]["format"] != "docx":
        problems.append(f"the format is {report['inputs'][0]['format']}")


def look_at_show(proviso, folder, problems):
    _, text = run(proviso, folder, "show", "--pack", "pack", "--verbose", "filing.docx")
    problems.holds("show", text, "with its tracked changes accepted", "Name of the county: Inyo (table 1, ",
                   "1.1.2 18 words of at most 20, 21 with the numbers and bullets that the word processor adds",
                   "‹1.› The north well", "‹3.› The town")
    _, text = run(proviso, folder, "show", "--pack", "pack", "--format", "json", "filing.docx")
    shown = json.loads(text)
    second = shown["measures"][0]["responses"][1]
    if (second["text"], second["words_with_labels"], [x["before"] for x in second["labels"]]) != (
            "The north well beside the mill\nThe south well behind the school\nThe town well at the station", 21,
            [1, 32, 65]):
        problems.append(f"the second was read as {second}")
    if shown.get("tracked_changes") != "accepted":
        problems.append("nothing is said of tracked changes")


def look_at_reports(proviso, folder, problems):
    place = "table 2, row 4, column 2"
    for form, wanted in {
            "terminal": [f"  --> filing.docx: {place}\n", "   | It will be finished by May.\n"],
            "sarif": [f"({place})", f'"fullyQualifiedName":"{place}","kind":"place"', '"region":{"startLine":1}'],
            "junit": [f"filing.docx: {place}\n", 'file="filing.docx" time'],
            "tap": [f'  place: "{place}"\n'],
            "github": [f"({place})%0ATo do", "::error file=filing.docx,title"],
            "gitlab": [f"({place})"],
            "markdown": [f"| {place} |"]}.items():
        status, text = run(proviso, folder, "check", "--pack", "pack", "--format", form, "filing.docx")
        problems.holds(form, text, *wanted)
        if status != 1:
            problems.append(f"{form} ends with {status}")


def unfilled(text):
    return control(p(text), "<w:showingPlcHdr/>")


def look_at_controls(proviso, folder, problems):
    """What a control asks for is no answer, whatever its words; what was entered in one is."""
    with open(os.path.join(folder, "controls.docx"), "wb") as file:
        file.write(word_file([
            [unfilled("Click or tap here to enter text.")], [unfilled("Wells of the county, with their depth")],
            [p("We tell ", control(r(t("name of the office")), "<w:showingPlcHdr/>"), " first.")],
            [control(p("By May."))]]))
    _, text = run(proviso, folder, "show", "--pack", "pack", "--format", "json", "controls.docx")
    responses = json.loads(text)["measures"][0]["responses"]
    found = {response["item"]: response.get("text") for response in responses if response.get("text")}
    if found != {"3": "We tell  first.", "4": "By May."}:
        problems.append(f"of the controls was read: {found}")
    _, checked = run(proviso, folder, "check", "--pack", "pack", "--format", "json", "controls.docx")
    problems.holds("an answer with a hole", by_rule(json.loads(checked), "small.limit", "1.1.3").get("message", ""),
                   "a control among its words is not filled in")
    if by_rule(json.loads(checked), "small.limit", "1.1.4")["state"] != "pass":
        problems.append("what was entered in a control is not judged")
    if text.count("shows what is to be entered, and is not filled in") != 3:
        problems.append(f"what is not filled in is not said three times: {text}")
    _, text = run(proviso, folder, "check", "--pack", "narrative", "--format", "json", "controls.docx")
    problems.holds("the document as a whole", text, "Click or tap here to enter text")


def look_at_output(proviso, folder, problems):
    """A copy has a name that its program opens it by; the file that is read is never written to; "-" is standard
    output; a folder is no file."""
    with open(os.path.join(folder, "filing.docx"), "rb") as file:
        before = file.read()
    os.mkdir(os.path.join(folder, "copies"))
    for command, output, said in (
            ("annotate", "copy.pdf", "give it a name that ends in .docx"), ("annotate", "-", "give it a name that ends"),
            ("annotate", "copies", "copies is a folder"), ("annotate", "./filing.docx", "names the file itself"),
            ("import", "copies", "copies is a folder"), ("import", "filing.docx", "names the file itself")):
        asked = subprocess.run([proviso, command, "--pack", "pack", "--force", "filing.docx", "-o", output], cwd=folder,
                               capture_output=True, text=True)
        if asked.returncode != 2 or said not in asked.stderr or asked.stdout:
            problems.append(f"{command} -o {output} ends with {asked.returncode}: {asked.stdout}{asked.stderr}")
    with open(os.path.join(folder, "filing.docx"), "rb") as file:
        if file.read() != before:
            problems.append("the file that was read was written to")
    status, text = run(proviso, folder, "import", "--pack", "pack", "filing.docx", "-o", "-")
    if status != 0 or "form: small" not in text or os.path.exists(os.path.join(folder, "-")):
        problems.append(f"import -o - ends with {status}: {text}")
    status, text = run(proviso, folder, "annotate", "--pack", "pack", "filing.docx", "-o", "copies/Copy.DOCX")
    if status != 0:
        problems.append(f"annotate ends with {status}: {text}")


def main():
    proviso = os.path.abspath(sys.argv[1])
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in PACK.items():
            path = os.path.join(folder, "pack", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with open(os.path.join(folder, "filing.docx"), "wb") as file:
            file.write(word_file())
        _, text = run(proviso, folder, "check", "--pack", "pack", "--format", "json", "filing.docx")
        look_at_json(json.loads(text), problems)
        look_at_reports(proviso, folder, problems)
        look_at_show(proviso, folder, problems)
        look_at_controls(proviso, folder, problems)
        look_at_output(proviso, folder, problems)
    print("\n".join(problems) or "reports and show say what stands in the document")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
