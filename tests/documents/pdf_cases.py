"""Small PDFs, each with one trap, and what must be read of them, reasoned by hand.

Each case writes a PDF (pdf_writer.py), has pdftotext find its words as proviso does, and compares the blocks made of
these (build/tests/documents/blocks) with the lines given here. Where the command is named, refusals are tried with it.
Exits with 77 when pdftotext is not installed. Usage: pdf_cases.py BLOCKS [PROVISO] [--write FOLDER] [--show NAME]"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from pdf_writer import Lock, lines, pdf, picture, text

CASES = {}
REFUSED = {}


def read(name, document, expected):
    CASES[name] = (document, expected.strip("\n").split("\n"))


def refuse(name, document, sentence, *options):
    REFUSED[name] = (document, sentence, options)


# A line may go on in the next where that begins with a word for which there was no room, as far as the widest line
# tells.

# Lines of one paragraph: each but the last had no room for the next word ("quickly" would reach beyond 300 points).
read("one-paragraph", pdf(lines(72, 100, [
    "The plan works with the county and its partners",
    "quickly, so that members are found and are well",
    "served."])), """
line [page 1, line 1]/+ The plan works with the county and its partners
line [page 1, line 2]+ quickly, so that members are found and are well
line [page 1, line 3] served.
""")

# A blank line between paragraphs parts them.
read("two-paragraphs", pdf(lines(72, 100, ["First paragraph."]) + lines(72, 139, ["Second paragraph."])), """
line [page 1, line 1]/ First paragraph.
line [page 1, line 2]/ Second paragraph.
""")

# What was not written in the order of reading is read from top to bottom.
read("written-upwards", pdf(text(72, 300, "third") + text(72, 200, "second") + text(72, 100, "first")), """
line [page 1, line 1]/ first
line [page 1, line 2]/ second
line [page 1, line 3]/ third
""")

# A form of two columns. Lines of both columns stand at one height; the left cell comes first, then the right one; the
# second row begins a little lower than a line would, for the rule between.
TABLE = (lines(72, 100, ["1. Describe the", "steps that the plan", "takes"]) +
         lines(220, 100, ["Health Net works with providers to find", "members who are at risk and refers them",
                          "to services at once, and again later on", "where that is needed."]) +
         lines(72, 153, ["2. Describe the", "training"]) +
         lines(220, 153, ["Training is held each quarter for all who", "work with members."]))
read("two-column-form", pdf(TABLE), """
line [page 1, line 1, table 1: 1.1]/+ 1. Describe the
line [page 1, line 2, table 1: 1.1]+ steps that the plan
line [page 1, line 3, table 1: 1.1] takes
line [page 1, line 1, table 1: 1.2]/+ Health Net works with providers to find
line [page 1, line 2, table 1: 1.2]+ members who are at risk and refers them
line [page 1, line 3, table 1: 1.2]+ to services at once, and again later on
line [page 1, line 4, table 1: 1.2] where that is needed.
line [page 1, line 5, table 1: 2.1]/+ 2. Describe the
line [page 1, line 6, table 1: 2.1] training
line [page 1, line 5, table 1: 2.2]/+ Training is held each quarter for all who
line [page 1, line 6, table 1: 2.2] work with members.
""")

# A row that goes on over the page: its left cell, whole, before its right cell, whole. Both break off in the middle of
# a sentence at the foot, and go on at the head of the next page.
read("row-over-a-page", pdf(
    lines(72, 660, ["1. Describe what the", "plan does to reach"]) +
    lines(220, 660, ["Outreach is done by telephone and letter", "and in person by workers who come from"]),
    lines(72, 60, ["members who are", "hard to reach"]) +
    lines(220, 60, ["the community itself and speak the tongue", "of those they visit."]) +
    lines(72, 100, ["2. Describe who is", "responsible"]) +
    lines(220, 100, ["The director of the programme answers for", "it."])), """
line [page 1, line 1, table 1: 1.1]/+ 1. Describe what the
line [page 1, line 2, table 1: 1.1]+ plan does to reach
line [page 2, line 1, table 1: 1.1]+ members who are
line [page 2, line 2, table 1: 1.1] hard to reach
line [page 1, line 1, table 1: 1.2]/+ Outreach is done by telephone and letter
line [page 1, line 2, table 1: 1.2]+ and in person by workers who come from
line [page 2, line 1, table 1: 1.2]+ the community itself and speak the tongue
line [page 2, line 2, table 1: 1.2] of those they visit.
line [page 2, line 3, table 1: 2.1]/+ 2. Describe who is
line [page 2, line 4, table 1: 2.1] responsible
line [page 2, line 3, table 1: 2.2]/+ The director of the programme answers for
line [page 2, line 4, table 1: 2.2] it.
""")

# A heading over both columns ends one table; what is below it is another.
read("heading-between-tables", pdf(
    TABLE + text(72, 230, "Narrative measures for the second priority area: community supports", size=13) +
    lines(72, 260, ["1. Name the", "provider"]) + lines(220, 260, ["The provider is called Community Care of", "the County."]) +
    lines(72, 287, ["2. Name the day"]) + lines(220, 287, ["January 2022."])), """
line [page 1, line 1, table 1: 1.1]/+ 1. Describe the
line [page 1, line 2, table 1: 1.1]+ steps that the plan
line [page 1, line 3, table 1: 1.1] takes
line [page 1, line 1, table 1: 1.2]/+ Health Net works with providers to find
line [page 1, line 2, table 1: 1.2]+ members who are at risk and refers them
line [page 1, line 3, table 1: 1.2]+ to services at once, and again later on
line [page 1, line 4, table 1: 1.2] where that is needed.
line [page 1, line 5, table 1: 2.1]/+ 2. Describe the
line [page 1, line 6, table 1: 2.1] training
line [page 1, line 5, table 1: 2.2]/+ Training is held each quarter for all who
line [page 1, line 6, table 1: 2.2] work with members.
line [page 1, line 7]/ Narrative measures for the second priority area: community supports
line [page 1, line 8, table 2: 1.1]/+ 1. Name the
line [page 1, line 9, table 2: 1.1] provider
line [page 1, line 8, table 2: 1.2]/+ The provider is called Community Care of
line [page 1, line 9, table 2: 1.2] the County.
line [page 1, line 10, table 2: 2.1]/ 2. Name the day
line [page 1, line 10, table 2: 2.2]/ January 2022.
""")

# An answer that was left empty: its prompt is a row of its own, as all that begin with a number are.
read("empty-answer", pdf(
    lines(72, 100, ["1. Describe outreach"]) + lines(220, 100, ["It is done by letter and in person by all", "who work there."]) +
    lines(72, 127, ["2. Describe training"]) +
    lines(72, 141, ["3. Describe the goals"]) + lines(220, 141, ["More members are reached, and they are", "served sooner."]) +
    lines(72, 168, ["4. Name the partners"]) + lines(220, 168, ["The county and its clinics."])), """
line [page 1, line 1, table 1: 1.1]/ 1. Describe outreach
line [page 1, line 1, table 1: 1.2]/+ It is done by letter and in person by all
line [page 1, line 2, table 1: 1.2] who work there.
line [page 1, line 3, table 1: 2.1]/ 2. Describe training
line [page 1, line 4, table 1: 3.1]/ 3. Describe the goals
line [page 1, line 4, table 1: 3.2]/+ More members are reached, and they are
line [page 1, line 5, table 1: 3.2] served sooner.
line [page 1, line 6, table 1: 4.1]/ 4. Name the partners
line [page 1, line 6, table 1: 4.2]/ The county and its clinics.
""")

# A table of figures: each line is a row, read from left to right; the right column is set flush right.
read("grid", pdf(
    lines(72, 100, ["County", "Kern", "Los Angeles", "Orange"]) +
    b"".join(text(x, 100 + 13 * i, value) for i, row in enumerate([(240, "Members", 320, "Share"), (265, "120", 324, "12%"),
             (259, "1,400", 324, "70%"), (265, "300", 324, "18%")]) for x, value in (row[:2], row[2:]))), """
line [page 1, line 1, table 1: 1.1]/ County
line [page 1, line 1, table 1: 1.2]/ Members
line [page 1, line 1, table 1: 1.3]/ Share
line [page 1, line 2, table 1: 2.1]/ Kern
line [page 1, line 2, table 1: 2.2]/ 120
line [page 1, line 2, table 1: 2.3]/ 12%
line [page 1, line 3, table 1: 3.1]/ Los Angeles
line [page 1, line 3, table 1: 3.2]/ 1,400
line [page 1, line 3, table 1: 3.3]/ 70%
line [page 1, line 4, table 1: 4.1]/ Orange
line [page 1, line 4, table 1: 4.2]/ 300
line [page 1, line 4, table 1: 4.3]/ 18%
""")

# A newspaper: the text runs down the left column and then down the right one, on each page.
STORY = ["Providers had agreed that all", "organizations would begin work", "together in spring, and that",
         "everybody would take part as", "circumstances allowed; nobody", "whosoever was to be left out",
         "unwillingly, and everyone was", "consulted before it was done,", "differently from the county,",
         "generally speaking, in which", "coordination ended with every", "undertaking of the kind once"]
read("newspaper", pdf(lines(72, 100, STORY) + lines(250, 100, list(reversed(STORY)))),
     "\n".join(f"line [page 1, line {i + 1}]{'/' if i == 0 else ''}{'+' if i < 11 else ''} {line}"
               for i, line in enumerate(STORY)) + "\n" +
     "\n".join(f"line [page 1, line {i + 1}]{'/' if i == 0 else ''}{'+' if i < 11 else ''} {line}"
               for i, line in enumerate(reversed(STORY))))

# Running heads, feet and the numbers of pages stand around the text of every page.
read("running-heads", pdf(*[
    text(72, 40, "Gap-Filling Plan - Los Angeles County", size=9) + text(72, 100, f"{what} page of the plan.") +
    text(290, 760, f"Page {number} of 3", size=9)
    for number, what in enumerate(["First", "Second", "Third"], 1)]), """
line [page 1, line 2]/+ First page of the plan.
furniture [page 1, line 1]/ Gap-Filling Plan - Los Angeles County
furniture [page 1, line 3]/ Page 1 of 3
line [page 2, line 2]/+ Second page of the plan.
furniture [page 2, line 1]/ Gap-Filling Plan - Los Angeles County
furniture [page 2, line 3]/ Page 2 of 3
line [page 3, line 2]/ Third page of the plan.
furniture [page 3, line 1]/ Gap-Filling Plan - Los Angeles County
furniture [page 3, line 3]/ Page 3 of 3
""")

# The number of the only page, far below the text.
read("lone-page-number", pdf(text(72, 100, "All there is to say.") + text(300, 750, "1")), """
line [page 1, line 1]/ All there is to say.
furniture [page 1, line 2]/ 1
""")

# What stands last on every page, directly below the text, is text, if it says the same.
read("same-last-line", pdf(*[lines(72, 100, [f"Question {number}:", "100 word limit asked"]) for number in (1, 2, 3)]), """
line [page 1, line 1]/ Question 1:
line [page 1, line 2]+ 100 word limit asked
line [page 2, line 1]/ Question 2:
line [page 2, line 2]+ 100 word limit asked
line [page 3, line 1]/ Question 3:
line [page 3, line 2] 100 word limit asked
""")

# A footnote in small type at the foot, and its mark, which touches the word before it and is no word of the text.
read("footnote", pdf(
    text(72, 100, "Members are found by claims.") + text(214.5, 96, "1", size=6) +
    lines(72, 113, ["They are called.", "They are visited.", "They are asked again."]) +
    text(72, 700, "1 Claims of the last twelve months, by the date of", size=8) +
    text(72, 710, "service.", size=8)), """
line [page 1, line 1]/+ Members are found by claims.
line [page 1, line 2] They are called.
line [page 1, line 3] They are visited.
line [page 1, line 4] They are asked again.
note [page 1, line 5]/+ <1> Claims of the last twelve months, by the date of
note [page 1, line 6] service.
""")

# The same in type of the usual size: the mark in the text tells.
read("footnote-of-usual-size", pdf(
    text(72, 100, "Members are found by claims.") + text(214.5, 96, "1", size=6) +
    lines(72, 113, ["They are called.", "They are visited.", "They are asked again."]) +
    text(72, 700, "1 Claims of the last twelve months.")), """
line [page 1, line 1]/+ Members are found by claims.
line [page 1, line 2] They are called.
line [page 1, line 3] They are visited.
line [page 1, line 4] They are asked again.
note [page 1, line 5]/ <1> Claims of the last twelve months.
""")

# A raised figure that no note has is part of its word.
read("power", pdf(text(72, 100, "Each room has 20 m") + text(168.4, 96, "2", size=6) + text(178, 100, "for one.")), """
line [page 1, line 1]/ Each room has 20 m2 for one.
""")

# The blank after the number of an item may be wide: it is no column.
read("hanging-items", pdf(
    text(72, 100, "1.") + lines(99, 100, ["Members are found by their claims and by", "what providers say."]) +
    text(72, 126, "2.") + lines(99, 126, ["They are called and, where that does not", "help, visited."])), """
line [page 1, line 1]/+ 1. Members are found by their claims and by
line [page 1, line 2] what providers say.
line [page 1, line 3]+ 2. They are called and, where that does not
line [page 1, line 4] help, visited.
""")

# A hyphen at the end of a line: what follows belongs to the word, whatever room there was.
read("hyphen-at-line-end", pdf(lines(72, 100, ["The plan works with sub-", "contractors in all counties of the state."])), """
line [page 1, line 1]/+ The plan works with sub-
line [page 1, line 2] contractors in all counties of the state.
""")

# Wide blanks of justified lines are no columns, even where two stand under one another.
read("justified", pdf(
    text(72, 100, "The plan works with the county.", spacing=4) + text(72, 113, "It does so in all of its offices.", spacing=3) +
    text(72, 126, "Every member is reached by it.", spacing=4)), """
line [page 1, line 1]/+ The plan works with the county.
line [page 1, line 2]+ It does so in all of its offices.
line [page 1, line 3] Every member is reached by it.
""")

# A turned page: the order that pdftotext gives.
read("turned-text", pdf(text(200, 700, "First line of a page that is turned", turn=True) +
                        text(213, 700, "second line of it", turn=True)), """
line [page 1, line 1]/+ First line of a page that is turned
line [page 1, line 2] second line of it
""")

# A page that is shown turned is read as it is shown.
read("page-shown-turned", pdf(text(100, 500, "upright when shown", turn=True), rotate=90), """
line [page 1, line 1]/ upright when shown
""")

# Two texts printed over one another: both are read, and neither is lost; pdftotext parts the first where the second
# covers it.
read("overlapping", pdf(text(72, 100, "Confidential draft") + text(75, 100, "Approved version")), """
line [page 1, line 1]/+ Confidential
line [page 1, line 2]+ Approved version
line [page 1, line 3] draft
""")

# Text that is not shown, as under the picture of a scan, counts as text.
read("invisible-layer", pdf(picture() + text(72, 320, "Recognised words", mode=3)), """
line [page 1, line 1]/ Recognised words
""")

# A ligature is the letters that it stands for, as the font says.
read("ligature", pdf(text(72, 100, b"of\x01ce e\x02orts", font="F2"), mapping={1: "fi", 2: "ff"}), """
line [page 1, line 1]/ office efforts
""")

# A letter that the font calls a control character makes XML that is not well-formed; the rest is read.
read("control-character", pdf(text(72, 100, b"be\x01fore after", font="F2"), mapping={1: "\x02"}), """
line [page 1, line 1]/ before after
""")

# Signs that XML writes otherwise are what they are.
read("signs", pdf(text(72, 100, "R&D <5% \"of\" all 'costs' & more")), """
line [page 1, line 1]/ R&D <5% "of" all 'costs' & more
""")

# Hebrew: from right to left, in the order that pdftotext gives, which is that of the letters here.
read("hebrew", pdf(text(72, 100, b"\x01\x02\x03 \x04\x05", font="F2"),
                   mapping={1: "א", 2: "ב", 3: "ג", 4: "ד", 5: "ה"}), """
line [page 1, line 1]/ אבג דה
""")

# A page without text among others is told: it may be a picture.
read("page-without-text", pdf(text(72, 100, "Before the picture."), picture(), text(72, 100, "After it.")), """
line [page 1, line 1]/+ Before the picture.
line [page 3, line 1]/ After it.
left out [page 3, line 1] page 2 holds no text; it may be a picture
""")

# What was entered into a form of the usual kind is read.
FIELD = (b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Kern Health) /Rect [150 680 400 700] /F 4 "
         b"/AP << /N 11 0 R >> >>")
SHOWN = b"/Tx BMC BT /F1 11 Tf 2 5 Td (Kern Health) Tj ET EMC"
read("form-field", pdf(text(72, 108, "Name of plan"), catalog=b"/AcroForm << /Fields [10 0 R] >>",
                       extra=[FIELD, b"<< /Type /XObject /Subtype /Form /BBox [0 0 250 20] /Resources << /Font << /F1 3 0 R >> "
                              b">> /Length %d >>\nstream\n%s\nendstream" % (len(SHOWN), SHOWN)]), """
line [page 1, line 1]/ Name of plan Kern Health
""")

# Protected against changes only: it opens without a password, and is read.
read("opens-without-password", pdf(text(72, 100, "Open to all"), lock=Lock("", "owner", -44)), """
line [page 1, line 1]/ Open to all
""")

# A running head that touches the text is one all the same where it is on every page; so is one that names the section
# between its first and last word, where it stands apart.
def headed(page, gap):
    return (text(72, 60, f"Printed 11/30/2026 at 10:4{page}") +
            lines(72, 60 + gap, [f"This line is the first of page {'one two three'.split()[page]},", "and this one the last."]))


read("head-that-touches-the-text", pdf(*(headed(page, 13) for page in range(3))), """
line [page 1, line 2]/+ This line is the first of page one,
line [page 1, line 3] and this one the last.
furniture [page 1, line 1]/ Printed 11/30/2026 at 10:40
line [page 2, line 2]/+ This line is the first of page two,
line [page 2, line 3] and this one the last.
furniture [page 2, line 1]/ Printed 11/30/2026 at 10:41
line [page 3, line 2]/+ This line is the first of page three,
line [page 3, line 3] and this one the last.
furniture [page 3, line 1]/ Printed 11/30/2026 at 10:42
""")


def named(section, first):
    return text(72, 50, f"SECTION: {section} (continued)") + lines(72, 110, [first, "and more."])


read("head-that-names-its-section", pdf(named("Providers", "Red"), named("Training", "Green"), named("Members", "Blue")), """
line [page 1, line 2]/ Red
line [page 1, line 3]+ and more.
furniture [page 1, line 1]/ SECTION: Providers (continued)
line [page 2, line 2]/+ Green
line [page 2, line 3]+ and more.
furniture [page 2, line 1]/ SECTION: Training (continued)
line [page 3, line 2]/ Blue
line [page 3, line 3] and more.
furniture [page 3, line 1]/ SECTION: Members (continued)
""")

# Numbers of lines in the margin are none of the text, and no column of a table.
NUMBERED = (b"".join(text(50, 100 + 14 * i, str(i + 1), size=8) for i in range(10)) +
            lines(72, 100, [f"Line {word} of a page that is numbered" for word in
                            "one two three four five six seven eight nine ten".split()], step=14))
read("numbered-lines", pdf(NUMBERED), """
line [page 1, line 1]/+ Line one of a page that is numbered
line [page 1, line 2]+ Line two of a page that is numbered
line [page 1, line 3]+ Line three of a page that is numbered
line [page 1, line 4]+ Line four of a page that is numbered
line [page 1, line 5]+ Line five of a page that is numbered
line [page 1, line 6]+ Line six of a page that is numbered
line [page 1, line 7]+ Line seven of a page that is numbered
line [page 1, line 8]+ Line eight of a page that is numbered
line [page 1, line 9]+ Line nine of a page that is numbered
line [page 1, line 10] Line ten of a page that is numbered
furniture [page 1, line 1]/ 1 2 3 4 5 6 7 8 9 10
""")

# Rows without a rule or gap between them, told by their numbers: beside the second begins a sentence.
read("rows-that-count", pdf(
    lines(72, 100, ["1. Describe the", "plan"]) +
    lines(220, 100, ["Health Net works with all of its providers to", "find the members who are at risk, and to serve all."]) +
    lines(72, 126, ["2. Describe the", "training"]) +
    lines(220, 126, ["Training is held each quarter for all providers,", "and each year."])), """
line [page 1, line 1, table 1: 1.1]/+ 1. Describe the
line [page 1, line 2, table 1: 1.1] plan
line [page 1, line 1, table 1: 1.2]/ Health Net works with all of its providers to
line [page 1, line 2, table 1: 1.2] find the members who are at risk, and to serve all.
line [page 1, line 3, table 1: 2.1]/+ 2. Describe the
line [page 1, line 4, table 1: 2.1] training
line [page 1, line 3, table 1: 2.2]/ Training is held each quarter for all providers,
line [page 1, line 4, table 1: 2.2] and each year.
""")

# A heading between two tables that share their columns is none of the cell above it.
read("heading-between-tables", pdf(
    lines(72, 100, ["Describe the steps", "of the plan"]) +
    lines(220, 100, ["Health Net works with all of its providers to", "find members who are at risk, and refers them",
                     "to services."]) +
    text(72, 160, "1.2.5 Training") +
    lines(72, 190, ["Describe training", "of providers"]) +
    lines(220, 190, ["Training is held each quarter for all who work", "with members."])), """
line [page 1, line 1, table 1: 1.1]/+ Describe the steps
line [page 1, line 2, table 1: 1.1] of the plan
line [page 1, line 1, table 1: 1.2]/+ Health Net works with all of its providers to
line [page 1, line 2, table 1: 1.2]+ find members who are at risk, and refers them
line [page 1, line 3, table 1: 1.2] to services.
line [page 1, line 4, table 1: 2.1]/ 1.2.5 Training
line [page 1, line 5, table 1: 3.1]/+ Describe training
line [page 1, line 6, table 1: 3.1] of providers
line [page 1, line 5, table 1: 3.2]/+ Training is held each quarter for all who work
line [page 1, line 6, table 1: 3.2] with members.
""")

# Cells that stand in the middle of their rows: lines begin between two of those beside them, and the first of a row may
# be of either column.
read("cells-in-the-middle", pdf(
    lines(220, 100, ["Health Net works with all providers to find", "members who are at risk, and it",
                     "refers them to services at once, and again", "later on, where that is", "needed."]) +
    lines(72, 117, ["Describe", "the plan"]) +
    lines(72, 185, ["Describe how", "providers and", "others are to", "be trained each", "year"]) +
    lines(220, 202, ["Training is held each quarter for all who work", "with members."])), """
line [page 1, line 2, table 1: 1.1]/+ Describe
line [page 1, line 3, table 1: 1.1] the plan
line [page 1, line 1, table 1: 1.2]/+ Health Net works with all providers to find
line [page 1, line 2, table 1: 1.2] members who are at risk, and it
line [page 1, line 3, table 1: 1.2]+ refers them to services at once, and again
line [page 1, line 4, table 1: 1.2] later on, where that is
line [page 1, line 5, table 1: 1.2] needed.
line [page 1, line 6, table 2: 1.1]/+ Describe how
line [page 1, line 7, table 2: 1.1]+ providers and
line [page 1, line 8, table 2: 1.1]+ others are to
line [page 1, line 9, table 2: 1.1]+ be trained each
line [page 1, line 10, table 2: 1.1] year
line [page 1, line 7, table 2: 1.2]/+ Training is held each quarter for all who work
line [page 1, line 8, table 2: 1.2] with members.
""")

# A ligature whose bytes were turned, as some programs write it, is what it was.
read("turned-ligature", pdf(text(72, 100, b"Certi\x80ed", font="F2"), mapping={
    **{ord(c): c for c in "Certid"}, ord("e"): "e", 0x80: "\u6600\u6900"}), """
line [page 1, line 1]/ Certified
""")

refuse("scan", pdf(picture()), "its 1 page holds no text: it may be a scan, which is read with --ocr (that needs "
       "tesseract), or empty")
refuse("empty-pages", pdf(b"", b""), "its 2 pages hold no text: it may be a scan, which is read with --ocr (that needs "
       "tesseract), or empty")
refuse("password", pdf(text(72, 100, "Secret"), lock=Lock("secret", "owner", -44)),
       "it is protected by a password; save it without one, or save the document as .docx")
refuse("truncated", pdf(text(72, 100, "Half of it"))[:150],
       "pdftotext cannot open it: it is damaged, or it is no PDF; print or save it anew")
refuse("no-pdf", b"%PDF-1.4\nnothing that a PDF has",
       "pdftotext cannot open it: it is damaged, or it is no PDF; print or save it anew")
refuse("nothing", b"", "pdftotext cannot open it: it is damaged, or it is no PDF; print or save it anew")
refuse("xfa-only", pdf(lines(72, 100, [
    "Please wait...", "If this message is not eventually replaced by the proper contents of the document, your PDF",
    "viewer may not be able to display this type of document."])),
       "it is a form that only Adobe's programs can open (XFA), and holds no text of its own; open it there and print it "
       "as a PDF")


def blocks_of(blocks, path):
    words = subprocess.run(["pdftotext", "-bbox-layout", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return subprocess.run([blocks, "x.pdf"], input=words.stdout, capture_output=True, check=False).stdout.decode()


def main():
    arguments = sys.argv[1:]
    if "--write" in arguments:
        folder = pathlib.Path(arguments[arguments.index("--write") + 1])
        for name, (document, *_) in {**CASES, **REFUSED}.items():
            (folder / f"{name}.pdf").write_bytes(document)
        return 0
    if not shutil.which("pdftotext"):
        print("pdftotext is not installed (poppler-utils)")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (document, expected) in CASES.items():
            path = pathlib.Path(folder) / f"{name}.pdf"
            path.write_bytes(document)
            found = blocks_of(arguments[0], path).rstrip("\n").split("\n")
            if found != expected:
                failed += 1
                print(f"{name}:\n  expected\n    " + "\n    ".join(expected) + "\n  found\n    " + "\n    ".join(found))
        for name, (document, sentence, options) in REFUSED.items():
            path = pathlib.Path(folder) / f"{name}.pdf"
            path.write_bytes(document)
            done = subprocess.run([arguments[1], "check", *options, path], capture_output=True, text=True, check=False)
            said = done.stderr.strip()
            if done.returncode != 2 or said != f"proviso: {path}: {sentence}":
                failed += 1
                print(f"{name}: status {done.returncode}\n  expected {sentence}\n  found    {said}")
    print(f"{len(CASES) + len(REFUSED)} PDFs, {failed} of them read otherwise than they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
