"""Small Word files, each with one trap, and what is to be read of them, reasoned by hand.

CASES: name → (bytes, expected). What is expected is written as check_docx.py shows it: a line for each block, its kind
(p, h1 heading of level 1, i1 item of the outermost list, n note, b box, f furniture), its cell as [table.row.column],
its label before "|", and its text, in braces what a control shows until it is filled in. `original`, `left_out`, `comments`, `places` and `refused` where they matter.
"""

import io
import struct
import warnings
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:future="urn:some-program-to-come"'
)
AUTHOR = 'w:id="7" w:author="A" w:date="2026-01-02T03:04:05Z"'
CASES = {}


# ---- packages ----

warnings.filterwarnings("ignore", "Duplicate name")  # on purpose


def archive(parts, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(entry, content if isinstance(content, bytes) else content.encode())
    return out.getvalue()


def relations(*rows):
    made = "".join(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"{mode}/>'
                   for name, kind, target, mode in ((*row, "")[:4] for row in rows))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def document(body, spaces=SPACES, declaration='<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'):
    return f"{declaration}<w:document {spaces}><w:body>{body}</w:body></w:document>"


def parts_of(body, main=None, **others):
    """The parts of a whole file; others: styles, numbering, …, and header or footer, named rIdheader, rIdfooter."""
    rows = [(f"rId{kind}", kind, f"{kind}.xml") for kind in others]
    made = [("[Content_Types].xml", TYPES), ("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml"))),
            ("word/document.xml", document(body) if main is None else main),
            ("word/_rels/document.xml.rels", relations(*rows))]
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, content in others.items():
        root = roots.get(kind, kind)
        made.append((f"word/{kind}.xml", f"<w:{root} {SPACES}>{content}</w:{root}>"))
    return made


def case(name, body, blocks, parts=None, **expected):
    assert name not in CASES
    made = archive(parts_of(body, **(parts or {})))
    CASES[name] = (made, {"blocks": blocks, **expected})


def file_case(name, made, **expected):
    assert name not in CASES
    CASES[name] = (made, expected)


# ---- paragraphs ----

def t(text):
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(content, look=""):
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>"


def p(*content, look="", mark=""):
    """A paragraph of runs, texts being runs of their own."""
    look += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    runs = "".join(part if part.startswith("<") else r(t(part)) for part in content)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{runs}</w:p>"


def ins(content):
    return f"<w:ins {AUTHOR}>{content}</w:ins>"


def deleted(text):
    run = r(f'<w:delText xml:space="preserve">{text}</w:delText>')
    return f"<w:del {AUTHOR}>{run}</w:del>"


INSERTED_MARK = f"<w:ins {AUTHOR}/>"
DELETED_MARK = f"<w:del {AUTHOR}/>"


def cell(*paragraphs, look=""):
    return f"<w:tc>{f'<w:tcPr>{look}</w:tcPr>' if look else ''}{''.join(paragraphs)}</w:tc>"


def row(*cells, look=""):
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def style(name, kind="paragraph", based="", look="", run="", title=None, default=False):
    switch = ' w:default="1"' if default else ""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (f'<w:style w:type="{kind}" w:styleId="{name}"{switch}><w:name w:val="{title or name}"/>{base}'
            f"{f'<w:pPr>{look}</w:pPr>' if look else ''}{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>")


def styled(name, *content):
    return p(*content, look=f'<w:pStyle w:val="{name}"/>')


def level(number, text, form="decimal", start=1, more=""):
    return (f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def kind(number, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number, of, *overrides):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def item(number, depth, *content, more=""):
    return p(*content, look=f'{more}<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def field(kind):
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def instruction(text):
    return r(f'<w:instrText xml:space="preserve">{text}</w:instrText>')


def control(content, look=""):
    return f"<w:sdt><w:sdtPr>{look}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(*paragraphs):
    return f"<wps:txbx><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></wps:txbx>"


# ---- text ----

case("split_runs", p("Ele", "phant", r(t(" walks"), "<w:b/>")), ["p Elephant walks"])
case("empty_paragraphs", p() + p("a") + p(), ["p ", "p a", "p "])
case("no_paragraph_at_all", "", [])
case("blanks_are_kept_where_that_is_said", p(" a  b "), ["p  a  b "])
case("blanks_of_the_file_are_no_text", p(r("<w:t>\n   a\n   b </w:t>")), ["p a    b"])
case("blanks_are_kept_by_what_is_around", "<w:p xml:space='preserve'><w:r><w:t> a </w:t></w:r></w:p>", ["p  a "])
case("tabs_and_breaks_are_spaces", p(r("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t>")),
     ["p a b c d"])
case("tab_stops_are_no_tabs", p("a", look='<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'), ["p a"])
case("hyphens", p(r("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c\u2011d</w:t>")), ["p a-bc-d"])
case("unbreakable_blanks", p("20\u00a0% of\u202fit"), ["p 20 % of it"])
case("characters_by_number", p("a &amp; b &lt; &#233;&#x1F600;"), ["p a & b < é\U0001F600"])
case("symbols", p(r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), " yes ", r('<w:sym w:font="Symbol" w:char="F0B3"/>'),
                  r('<w:sym w:font="Other" w:char="0041"/>'), r('<w:sym w:font="Other" w:char="ZZ"/>')), ["p ☑ yes ≥A"])
case("hyperlinks_and_tags", p(f'<w:hyperlink r:id="rId9">{r(t("a link"))}</w:hyperlink>',
                              f"<w:smartTag w:element='x'>{r(t(' and'))}</w:smartTag>",
                              f"<w:customXml w:element='x'>{r(t(' more'))}</w:customXml>"), ["p a link and more"])
case("ruby", p(r(f"<w:ruby><w:rubyPr/><w:rt>{r(t('kan'))}</w:rt><w:rubyBase>{r(t('漢'))}</w:rubyBase></w:ruby>"),
               r(t("字"))), ["p 漢字"])
case("drop_cap", p("O", look='<w:framePr w:dropCap="drop" w:lines="3"/>') + p("nce upon a time") + p("then"),
     ["p Once upon a time", "p then"])
case("a_frame_is_no_drop_cap", p("Side", look='<w:framePr w:w="2000"/>') + p("Main"), ["p Side", "p Main"])
case("formula", p("Let ", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", " hold"), ["p Let x=1 hold"])
case("other_prefix", "", ["p a"], parts={"main":
     f"<x:document xmlns:x='{W}'><x:body><x:p><x:r><x:t>a</x:t></x:r></x:p></x:body></x:document>"})
case("default_namespace", "", ["p a"], parts={"main":
     f"<document xmlns='{W}'><body><p><r><t>a</t></r></p></body></document>"})
case("strict", "", ["h1 a"], parts={"main":
     f"<w:document xmlns:w='{STRICT_W}' w:conformance='strict'><w:body><w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>"
     "<w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>"})
case("byte_order_mark", "", ["p a"], parts={"main": "\ufeff" + document(p("a"))})
case("utf_16", "", ["p aé"], parts={"main": document(p("aé"), declaration='<?xml version="1.0" encoding="UTF-16"?>')
                                    .encode("utf-16")})
case("text_from_outside_is_not_read", "", ["p a ."], left_out=["the document refers to text outside of it, which is "
     "not read"], parts={"main": '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' +
                         document(p(r("<w:t>a &e;.</w:t>")), declaration="")})
case("unknown_elements_are_looked_through", p("<future:thing><w:r><w:t>a</w:t></w:r></future:thing>"), ["p a"])

# ---- alternatives, boxes ----

case("alternatives_once", p(r("<mc:AlternateContent><mc:Choice Requires='wps'><w:t>new</w:t></mc:Choice>"
                              "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent>")), ["p new"])
case("alternative_that_is_not_understood", p(r(
    "<mc:AlternateContent><mc:Choice Requires='wps future'><w:t>new</w:t></mc:Choice>"
    "<mc:Choice Requires='w14'><w:t>middle</w:t></mc:Choice><mc:Choice Requires='wps'><w:t>late</w:t></mc:Choice>"
    "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent>")), ["p middle"])
case("tab_in_alternatives", p(r("<w:t>a</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:tab/></mc:Choice>"
                               "</mc:AlternateContent><w:t>b</w:t>")), ["p a b"])
case("text_box", p("before", r(f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box(p('in'), p('it'))}"
                               f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('in')}"
                               "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"), " after") +
     p("next"), ["p before after", "b in", "b it", "p next"])
case("text_box_of_old", p(r(f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('in')}</w:txbxContent></v:textbox>"
                            "</v:shape></w:pict>"), "out"), ["p out", "b in"])
case("box_in_a_cell", table(row(cell(p("a", r(box(p("boxed"))))), cell(p("b")))) + p(),
     ["p [1.1.1] a", "b [1.1.1] boxed", "p [1.1.2] b", "p "])
case("table_in_a_box", p("a", r(box(table(row(cell(p("x")), cell(p("y")))), p()))) + table(row(cell(p("b")))),
     ["p a", "b x", "b y", "b ", "p [1.1.1] b"])

# ---- headings and styles ----

STYLES = (style("Normal", default=True) + style("Heading1", title="heading 1", based="Normal") +
          style("Titel2", title="Heading 2") + style("Mine", based="Heading1") +
          style("Deep", look='<w:outlineLvl w:val="2"/>') + style("Off", based="Heading1",
                                                                  look='<w:outlineLvl w:val="9"/>') +
          style("Secret", run="<w:vanish/>") + style("SecretRun", kind="character", run="<w:vanish/>") +
          style("Loop", based="Loop2") + style("Loop2", based="Loop"))
case("headings_by_style", styled("Heading1", "One") + styled("Titel2", "Two") + styled("Mine", "Own") +
     styled("Deep", "Three") + styled("Off", "none") + styled("Missing", "none either") + styled("Loop", "round"),
     ["h1 One", "h2 Two", "h1 Own", "h3 Three", "p none", "p none either", "p round"], parts={"styles": STYLES})
case("headings_by_outline", p("a", look='<w:outlineLvl w:val="3"/>') +
     p("b", look='<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>'), ["h4 a", "p b"], parts={"styles": STYLES})
case("empty_heading", styled("Heading1") + p("a"), ["p ", "p a"], parts={"styles": STYLES})
case("hidden_text", p("see ", r(t("no "), "<w:vanish/>"), r(t("all"), '<w:vanish w:val="0"/>')) + p("on"),
     ["p see all", "p on"], left_out=["hidden text is left out here"])
case("hidden_by_style", styled("Secret", "no") + p("a", r(t("no"), '<w:rStyle w:val="SecretRun"/>')) +
     # Both say so: then it is shown, as the two switch each other.
     styled("Secret", r(t("shown"), '<w:rStyle w:val="SecretRun"/>')),
     ["p ", "p a", "p shown"], parts={"styles": STYLES},
     left_out=["hidden text is left out here", "hidden text is left out here"])
case("hidden_paragraph", p("a") + p(r(t("no"), "<w:vanish/>"), mark="<w:vanish/>") + p("b"), ["p a", "p b"])

# ---- fields and controls ----

case("field", p("on ", field("begin"), instruction(" DATE "), field("separate"), r(t("1 May")), field("end"), "."),
     ["p on 1 May."])
case("simple_field", p(f"<w:fldSimple w:instr=' AUTHOR '>{r(t('Ann'))}</w:fldSimple>"), ["p Ann"])
case("field_without_result", p("a", field("begin"), instruction(" XE \"a\" "), field("end"), "b"), ["p ab"])
case("nested_fields", p(field("begin"), instruction(" IF "), field("begin"), instruction(" NAME "), field("separate"),
                        r(t("Ann")), field("end"), instruction(" = x "), field("separate"), r(t("yes")),
                        field("begin"), instruction(" PAGE "), field("separate"), r(t("7")), field("end"),
                        field("end"), "!"), ["p yes7!"])
case("field_over_paragraphs", p(field("begin"), instruction(" TOC "), field("separate"), "One") + p("Two") +
     p(field("end"), "Three"), ["p One", "p Two", "p Three"])
case("field_that_nothing_ends", p("a", field("begin"), "b") + p("c"), ["p ab", "p c"])
case("field_that_nothing_begins", p("a", field("separate"), "b", field("end"), "c"), ["p abc"])
case("form_field", p("Name: ", r('<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/></w:ffData>'
                                 "</w:fldChar>"), instruction(" FORMTEXT "), field("separate"), r(t("Ann")),
                     field("end")), ["p Name: Ann"])
case("content_controls", p("a ", control(r(t("b")))) + control(p("c")) +
     table(row(control(cell(p("d")))), control(row(cell(p("e"))))),
     ["p a b", "p c", "p [1.1.1] d", "p [1.2.1] e"])
PLACEHOLDER_LEFT = "a control here shows what is to be entered, and is not filled in"
case("placeholder", p("Name: ", control(r(t("Click to enter")), "<w:showingPlcHdr/>")) +
     control(p("Click here"), "<w:showingPlcHdr/>") + p(control(r(t("Ann")), "<w:showingPlcHdr w:val='0'/>")),
     ["p Name: {Click to enter}", "p {Click here}", "p Ann"], left_out=[PLACEHOLDER_LEFT, PLACEHOLDER_LEFT])
case("lettering_along_a_path", p("a", r('<w:pict><v:shapetype><v:textpath on="t"/></v:shapetype><v:shape>'
                                        '<v:textpath string="DRAFT"/></v:shape></w:pict>')), ["p a"],
     left_out=["lettering that is drawn here (WordArt) is not read"])
case("placeholder_among_words", p("From ", control(r(t("a") + "<w:tab/>" + t("b")), "<w:showingPlcHdr/>"), " to ",
                                  control(r(t("c")), "<w:showingPlcHdr/>"), control(r(t("d")), "<w:showingPlcHdr/>")),
     ["p From {a b} to {cd}"], left_out=[PLACEHOLDER_LEFT])
case("placeholder_under_a_heading_style", control(p("Title", look='<w:outlineLvl w:val="0"/>'), "<w:showingPlcHdr/>"),
     ["h1 {Title}"], left_out=[PLACEHOLDER_LEFT])
case("checkbox", p(control(r(t("☒")), "<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>"), " agreed"),
     ["p ☒ agreed"])

# ---- tables ----

case("table_of_two_columns", table(row(cell(p("Question")), cell(p("Answer"), p("more")))) + p(),
     ["p [1.1.1] Question", "p [1.1.2] Answer", "p [1.1.2] more", "p "],
     places=["table 1, row 1, column 1", "table 1, row 1, column 2", "table 1, row 1, column 2", "paragraph 4"])
case("merged_cells", table(
    row(cell(p("a"), look='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell(p("b"))),
    row(cell(p(), look='<w:gridSpan w:val="2"/><w:vMerge/>'), cell(p("c"))),
    row(cell(p(), look='<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>'), cell(p("d"))),
    row(cell(p("e")), cell(p("f")), cell(p("g")), look='<w:gridBefore w:val="1"/>')),
    ["p [1.1.1+3x2] a", "p [1.1.3] b", "p [1.2.1+1x2] ", "p [1.2.3] c", "p [1.3.1+1x2] ", "p [1.3.3] d",
     "p [1.4.2] e", "p [1.4.3] f", "p [1.4.4] g"])
case("nested_table", table(row(cell(p("a"), table(row(cell(p("in")), cell(p("it")))), p("b")), cell(p("c")))) +
     table(row(cell(p("d")))),
     ["p [1.1.1] a", "p [1.1.1] in", "p [1.1.1] it", "p [1.1.1] b", "p [1.1.2] c", "p [3.1.1] d"])

# ---- tracked changes ----

case("insertion_and_deletion", p("We ", deleted("may"), ins(r(t("will"))), " go"), ["p We will go"],
     original=["p We may go"])
case("moved_text", p("a ", f"<w:moveFrom {AUTHOR}>{r(t('b'))}</w:moveFrom>") +
     p(f"<w:moveTo {AUTHOR}>{r(t('b'))}</w:moveTo>", "c"), ["p a ", "p bc"], original=["p a b", "p c"])
case("deleted_mark_joins", p("one ", mark=DELETED_MARK) + p("two") + p("three"), ["p one two", "p three"],
     original=["p one ", "p two", "p three"])
case("inserted_mark_parts", p("one", mark=INSERTED_MARK) + p("two"), ["p one", "p two"], original=["p onetwo"])
case("deleted_paragraph", p("a") + p(deleted("b"), mark=DELETED_MARK) + p("c"), ["p a", "p c"],
     original=["p a", "p b", "p c"])
case("deleted_last_paragraph", p("a", mark=DELETED_MARK) + p(deleted("b"), mark=DELETED_MARK), ["p a"],
     original=["p a", "p b"])
case("mark_keeps_its_look", styled("Heading1", "Head", ) + p("a", look='<w:pStyle w:val="Heading1"/>',
     mark=DELETED_MARK) + p("b"), ["h1 Head", "p ab"], original=["h1 Head", "h1 a", "p b"], parts={"styles": STYLES})
case("deleted_mark_before_a_table", p("a", mark=DELETED_MARK) + table(row(cell(p("b")))) + p("c"),
     ["p a", "p [1.1.1] b", "p c"], original=["p a", "p [1.1.1] b", "p c"])
case("inserted_and_deleted", p("a", ins(deleted("b")), "c"), ["p ac"], original=["p ac"])
case("deleted_row", table(row(cell(p("a"))), row(cell(p(deleted("b"))), look=f"<w:del {AUTHOR}/>"),
                          row(cell(p(ins(r(t("c"))))), look=f"<w:ins {AUTHOR}/>")),
     ["p [1.1.1] a", "p [1.3.1] c"], original=["p [1.1.1] a", "p [1.2.1] b"])
case("inserted_cell", table(row(cell(p("a")), cell(p(ins(r(t("b")))), look=f"<w:cellIns {AUTHOR}/>"))),
     ["p [1.1.1] a", "p [1.1.2] b"], original=["p [1.1.1] a"])
case("changed_looks_are_no_text", p(r(t("a"), f"<w:b/><w:rPrChange {AUTHOR}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"),
                                    look=f'<w:pPrChange {AUTHOR}><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
                                    "</w:pPrChange>"), ["p a"])
case("tracked_look_of_a_run", p(r(t("one two three"), f"<w:b/><w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange>")),
     ["p one two three"])
case("looks_over_several_lines", p(r(t("one two"), '\n <w:b/>\n <w:sz w:val="20"></w:sz>\n <w:u w:val="single"/>\n')) +
     p(f"<w:r><w:rPr/>{t('three four')}</w:r>") + p(r(t("five six"), '<w:lang w:val="en-GB"/>')),
     ["p one two", "p three four", "p five six"])
case("deleted_field", p("a", f"<w:del {AUTHOR}>" + field("begin") + r("<w:delInstrText> DATE </w:delInstrText>") +
                        field("separate") + r("<w:delText>1 May</w:delText>") + field("end") + "</w:del>", "b"),
     ["p ab"], original=["p a1 Mayb"])

# ---- lists ----

SIMPLE = kind(0, level(0, "%1."), level(1, "%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman")) + num(1, 0) + num(2, 0)
case("numbered_list", item(1, 0, "a") + item(1, 1, "b") + item(1, 1, "c") + item(1, 2, "d") + item(1, 0, "e") +
     item(1, 1, "f"), ["i1 1.|a", "i2 a)|b", "i2 b)|c", "i3 (i)|d", "i1 2.|e", "i2 a)|f"], parts={"numbering": SIMPLE})
case("two_lists_of_one_kind_go_on", item(1, 0, "a") + item(2, 0, "b") + item(1, 0, "c"),
     ["i1 1.|a", "i1 2.|b", "i1 3.|c"], parts={"numbering": SIMPLE})
case("list_that_starts_anew", item(1, 0, "a") + item(3, 0, "b") + item(3, 0, "c") + item(1, 0, "d"),
     ["i1 1.|a", "i1 10.|b", "i1 11.|c", "i1 12.|d"], parts={"numbering": SIMPLE + num(
         3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride>')})
case("level_that_looks_otherwise", item(1, 0, "a") + item(3, 0, "b"), ["i1 1.|a", "i1 Step 2|b"],
     parts={"numbering": SIMPLE + num(3, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "Step %1")}</w:lvlOverride>')})
case("numbers_of_several_levels", item(1, 0, "a") + item(1, 1, "b") + item(1, 1, "c") + item(1, 2, "d"),
     ["i1 I|a", "i2 I.1|b", "i2 I.2|c", "i3 1.2.1|d"],
     parts={"numbering": kind(0, level(0, "%1", "upperRoman"), level(1, "%1.%2"),
                              level(2, "%1.%2.%3", more="<w:isLgl/>")) + num(1, 0)})
case("levels_that_go_on", item(1, 0, "a") + item(1, 1, "b") + item(1, 0, "c") + item(1, 1, "d"),
     ["i1 1|a", "i2 1|b", "i1 2|c", "i2 2|d"],
     parts={"numbering": kind(0, level(0, "%1"), level(1, "%2", more='<w:lvlRestart w:val="0"/>')) + num(1, 0)})
case("bullets", item(1, 0, "a") + item(1, 1, "b") + item(1, 2, "c"), ["i1 •|a", "i2 o|b", "i3 ▪|c"],
     parts={"numbering": kind(0, level(0, "\uf0b7", "bullet", more='<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'),
                              level(1, "o", "bullet"),
                              '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a7"/><w:rPr>'
                              '<w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>') + num(1, 0)})
FORMATS = ["decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText",
           "ordinalText", "decimalZero", "none", "numberInDash", "decimalEnclosedCircle"]
LABELS = ["12)", "XII)", "xii)", "L)", "l)", "12th)", "Twelve)", "Twelfth)", "12)", ")", "- 12 -)", "⑫)"]
case("formats", "".join(item(i + 1, 0, form) for i, form in enumerate(FORMATS)),
     [f"i1 {label}|{form}" for label, form in zip(LABELS, FORMATS)],
     parts={"numbering": "".join(kind(i, level(0, "%1)", form, 12)) for i, form in enumerate(FORMATS)) +
            "".join(num(i + 1, i) for i in range(len(FORMATS)))})
BIG = [("lowerLetter", 28, "bb"), ("upperRoman", 1994, "MCMXCIV"), ("ordinal", 111, "111th"), ("ordinal", 22, "22nd"),
       ("cardinalText", 21, "Twenty-one"), ("ordinalText", 30, "Thirtieth"), ("ordinalText", 42, "Forty-second"),
       ("decimalZero", 9, "09"), ("lowerRoman", 0, "0")]
case("formats_of_large_numbers", "".join(item(i + 1, 0, "x") for i in range(len(BIG))),
     [f"i1 {label}|x" for _, _, label in BIG],
     parts={"numbering": "".join(kind(i, level(0, "%1", form, start)) for i, (form, start, _) in enumerate(BIG)) +
            "".join(num(i + 1, i) for i in range(len(BIG)))})
case("format_of_ones_own", item(1, 0, "x"), ["i1 007|x"], parts={"numbering": kind(0,
     '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
     'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
     '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>') + num(1, 0)})
LIST_STYLES = (style("Normal", default=True) +
               style("Heading1", title="heading 1", look='<w:numPr><w:numId w:val="1"/></w:numPr>') +
               style("Heading2", title="heading 2", look='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>') +
               style("Numbers", kind="numbering", look='<w:numPr><w:numId w:val="5"/></w:numPr>'))
HEADED = kind(0, level(0, "%1", more='<w:pStyle w:val="Heading1"/>'),
              level(1, "%1.%2", more='<w:pStyle w:val="Heading2"/>')) + num(1, 0)
case("numbered_headings", styled("Heading1", "A") + styled("Heading2", "B") + styled("Heading2", "C") +
     styled("Heading1", "D") + p("E", look='<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
     ["h1 1|A", "h2 1.1|B", "h2 1.2|C", "h1 2|D", "h1 E"], parts={"styles": LIST_STYLES, "numbering": HEADED})
case("level_before_the_one_above", styled("Heading2", "A") + styled("Heading1", "B"), ["h2 1.1|A", "h1 1|B"],
     parts={"styles": LIST_STYLES, "numbering": HEADED})
case("list_by_a_numbering_style", item(1, 0, "a"), ["i1 A.|a"], parts={"styles": LIST_STYLES, "numbering":
     kind(0, more='<w:numStyleLink w:val="Numbers"/>') + kind(4, level(0, "%1.", "upperLetter"),
                                                             more='<w:styleLink w:val="Numbers"/>') +
     num(1, 0) + num(5, 4)})
case("list_that_is_not_there", item(9, 0, "a") + item(0, 0, "b"), ["p a", "p b"], parts={"numbering": SIMPLE})
case("deleted_items_do_not_count", item(1, 0, "a") +
     p(deleted("b"), look='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', mark=DELETED_MARK) +
     item(1, 0, "c"), ["i1 1.|a", "i1 2.|c"], original=["i1 1.|a", "i1 2.|b", "i1 3.|c"], parts={"numbering": SIMPLE})
case("typed_numbers_are_text", p("1. a"), ["p 1. a"])

# ---- notes, comments, pages ----

NOTES = (f'<w:footnote w:type="separator" w:id="-1">{p("no")}</w:footnote>'
         f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>"), " second")}</w:footnote>'
         f'<w:footnote w:id="1">{p("first")}{p("and more")}</w:footnote><w:footnote w:id="3">{p("unused")}</w:footnote>')
case("footnotes", p("a", r('<w:footnoteReference w:id="1"/>'), " b", r('<w:footnoteReference w:id="2"/>')) + p("c"),
     ["p a b", "p c", "n 1|first", "n and more", "n 2| second"], parts={"footnotes": NOTES},
     places=["paragraph 1", "paragraph 2", "footnote 1", "footnote 1", "footnote 2"])
case("endnotes", p("a", r('<w:endnoteReference w:id="1"/>'), r('<w:footnoteReference w:id="1"/>')),
     ["p a", "n 1|first", "n and more", "n i|end"],
     parts={"footnotes": NOTES, "endnotes": f'<w:endnote w:id="1">{p("end")}</w:endnote>'})
case("numbers_of_notes", p("a", r('<w:footnoteReference w:id="1"/>')) +
     '<w:sectPr><w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr></w:sectPr>',
     ["p a", "n A|first", "n and more"], parts={"footnotes": NOTES})
case("note_with_a_mark_of_its_own", p("a", r('<w:footnoteReference w:customMarkFollows="1" w:id="1"/>' + t("*")), "b",
                                      r('<w:footnoteReference w:id="2"/>')),
     ["p a*b", "n first", "n and more", "n 1| second"], parts={"footnotes": NOTES})
case("note_with_a_symbol_as_its_mark", p(r('<w:footnoteReference w:customMarkFollows="1" w:id="1"/>'
                                            '<w:sym w:font="Symbol" w:char="F0B7"></w:sym><w:tab/>' + t("ab"))),
     ["p • ab", "n first", "n and more"], parts={"footnotes": NOTES})
case("heads_and_feet", p("a") + '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
     '<w:footerReference w:type="default" r:id="rIdfooter"/></w:sectPr>', ["p a", "f Head", "f Page 1"],
     parts={"header": p("Head"), "footer": p("Page ", f"<w:fldSimple w:instr=' PAGE '>{r(t('1'))}</w:fldSimple>")})
case("comments", p("a ", '<w:commentRangeStart w:id="5"/>', "b", '<w:commentRangeEnd w:id="5"/>',
                   r('<w:commentReference w:id="5"/>'), " c") + p("d", r('<w:commentReference w:id="6"/>'), r('<w:commentReference w:id="9"/>')),
     ["p a b c", "p d"],
     parts={"comments": f'<w:comment w:id="5" w:author="Ann" w:date="2026-01-02T03:04:05Z" w:initials="A">'
            f'{p(r("<w:annotationRef/>"), "really?")}{p("yes")}</w:comment>'
            f'<w:comment w:id="6" w:author="Bob">{p("here")}</w:comment>'},
     # The third is of a comment that is not there.
     comments=["5 Ann 2026-01-02T03:04:05Z 'really?\\nyes' at 'b'", "6 Bob  'here' at ''"])
case("pages_as_laid_out", p("a") + p(r("<w:lastRenderedPageBreak/>" + t("b"))) +
     p("c ", r("<w:lastRenderedPageBreak/>" + t("d"))) + p("e"), ["p a", "p b", "p c d", "p e"],
     places=["page 1, paragraph 1", "page 2, paragraph 2", "page 2, paragraph 3", "page 3, paragraph 4"])
case("pages_in_a_row_of_a_table", table(row(cell(p("a"), p(r("<w:lastRenderedPageBreak/>" + t("b")))),
                                            cell(p("c"), p(r("<w:lastRenderedPageBreak/>" + t("d")))))) + p("e"),
     ["p [1.1.1] a", "p [1.1.1] b", "p [1.1.2] c", "p [1.1.2] d", "p e"],
     places=["page 1, table 1, row 1, column 1", "page 2, table 1, row 1, column 1",
             "page 1, table 1, row 1, column 2", "page 2, table 1, row 1, column 2", "page 2, paragraph 5"])
# Between breaks that the author made may be any number of pages.
case("pages_by_breaks", p("a", r('<w:br w:type="page"/>')) + p("b") + p("c", look="<w:pageBreakBefore/>"),
     ["p a ", "p b", "p c"], places=["paragraph 1", "paragraph 2", "paragraph 3"], parted=[False, True, True])
case("no_pages", p("a", r('<w:br w:type="column"/>')) + p("b"), ["p a ", "p b"],
     places=["paragraph 1", "paragraph 2"])
case("what_is_left_out", p("a", r('<w:drawing><a:blip r:embed="rId1"/></w:drawing>'), r("<w:object/>")) +
     '<w:altChunk r:id="rId3"/><w:subDoc r:id="rId4"/>' +
     p("b", r('<w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing>')),
     ["p a", "p b"],
     left_out=["a picture stands here, which is not read", "what another program embedded here is not read",
               "a file that is embedded here is not read", "a chart or diagram stands here, which is not read"])

# ---- packages ----

PLAIN = parts_of(p("a"))
A = {"blocks": ["p a"]}


def renamed(main, target, types=TYPES):
    return [("[Content_Types].xml", types), ("_rels/.rels", relations(("rId1", "officeDocument", target))),
            (main, document(p("a")))]


file_case("stored", archive(PLAIN, stored=[name for name, _ in PLAIN]), **A)
file_case("folder_entries", archive([("word/", ""), ("_rels/", "")] + PLAIN), **A)
file_case("content_types_last", archive(PLAIN[1:] + PLAIN[:1]), **A)
file_case("main_part_elsewhere", archive(renamed("doc/text.xml", "doc/text.xml")), **A)
file_case("absolute_target", archive(renamed("doc/text.xml", "/doc/text.xml")), **A)
file_case("target_with_steps", archive(renamed("doc/my text.xml", "word/../doc/./my%20text.xml")), **A)
file_case("backslashes_and_case", archive(renamed("Word\\Document.xml", "word/document.xml")), **A)
file_case("no_relationships", archive([part for part in PLAIN if not part[0].startswith("_rels")]), **A)
file_case("no_content_types", archive(PLAIN[1:]), **A)
file_case("missing_parts", archive(PLAIN[:3] + [("word/_rels/document.xml.rels", relations(
    ("rId1", "styles", "styles.xml"), ("rId2", "numbering", "/none.xml"),
    ("rId3", "footnotes", "http://example.com/x", ' TargetMode="External"')))]), **A)
file_case("macros_are_not_run", archive(PLAIN + [("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")]), ending=".docm", **A)
file_case("template", archive(PLAIN), ending=".dotx", **A)
file_case("something_before_the_archive", b"#!/bin/sh\n" + archive(PLAIN), **A)
file_case("something_behind_the_archive", archive(PLAIN) + b"\r\n", **A)
file_case("names_that_lead_outside", archive(PLAIN + [("../../etc/passwd", "x"), ("/etc/shadow", "y"),
                                                     ("C:\\windows\\x", "z")]), **A)
file_case("two_parts_alike", archive(PLAIN + [PLAIN[2]]), **A)


class Stream(io.RawIOBase):
    """What cannot be gone back in, so that sizes follow what they are of."""

    def __init__(self):
        self.made = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.made += bytes(data)
        return len(data)


def streamed(parts):
    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return bytes(out.made)


file_case("sizes_that_follow", streamed(PLAIN), **A)

# ---- refused ----

WHOLE = archive(PLAIN)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def bomb(size):
    """A main part of zeros."""
    return archive([(name, bytes(size) if name == "word/document.xml" else content) for name, content in PLAIN])


def bomb_of_many(count, size):
    """Heads of blanks, each of which is small enough."""
    heads = [(f"rId{i}", "header", f"header{i}.xml") for i in range(count)]
    named = "".join(f'<w:sectPr><w:headerReference r:id="{name}"/></w:sectPr>' for name, _, _ in heads)
    parts = parts_of(p("a") + named)[:-1] + [("word/_rels/document.xml.rels", relations(*heads))]
    head = f"<w:hdr {SPACES}>{' ' * size}</w:hdr>"
    return archive(parts + [(f"word/{target}", head) for _, _, target in heads])


def patched(data, record, offset, form, value):
    """The directory's record of that number with a number changed."""
    at = -1
    for _ in range(record + 1):
        at = data.index(b"PK\x01\x02", at + 1)
    return data[:at + offset] + struct.pack(form, value) + data[at + offset + struct.calcsize(form):]


def refused(name, made, says):
    file_case(f"refused_{name}", made, refused=says)


refused("empty", b"", "the file is empty")
refused("text", b"Dear Sir or Madam", "is not the ZIP archive that a Word file")
refused("cut_off", WHOLE[:len(WHOLE) // 2], "breaks off before its end")
refused("cut_off_at_the_end", WHOLE[:-1], "breaks off before its end")
refused("legacy", COMPOUND + "WordDocument".encode("utf-16-le"), "the old format of Word 97 to 2003 (.doc)")
refused("encrypted", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected with a password")
refused("encrypted_entry", patched(WHOLE, 1, 8, "<H", 1), "is encrypted")
refused("unknown_method", patched(WHOLE, 1, 10, "<H", 99), "packed by method 99")
refused("wrong_checksum", patched(WHOLE, 2, 16, "<L", 1), "is not what was put into it")
refused("wrong_size", patched(WHOLE, 2, 24, "<L", 5), "is not what was put into it")
refused("bomb_by_ratio", bomb(20 << 20), "unpacks to more than 200 times its size")
refused("bomb_by_total", bomb_of_many(18, 15 << 20), "unpack to more than the limit of")
refused("bomb_by_size", patched(WHOLE, 2, 24, "<L", 0x7FFFFFFF), "more than the limit of")
refused("bomb_of_one_part_told_small", patched(bomb(20 << 20), 2, 24, "<L", 100), "is not what was put into it")
refused("bomb_of_overlapping_parts", patched(WHOLE, 2, 42, "<L", 0), "where its parts begin")
refused("entity_bomb", archive(parts_of("", main='<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>" +
    document(p(r("<w:t>&j;</w:t>")), declaration=""))), "defines XML entities")
refused("depth_bomb", archive(parts_of("<w:sdt>" * 2000)), "more than 1000 elements inside one another")
refused("not_well_formed", archive(parts_of("<w:p>")), "is not well-formed XML")
refused("two_parts_of_one_name", archive(PLAIN + [("word/document.xml", document(p("b")))]),
        "holds the part word/document.xml twice")
refused("workbook", archive([("_rels/.rels", relations(("rId1", "officeDocument", "xl/workbook.xml"))),
                             ("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
                              '2006/main"/>')]), "is a workbook and not a Word document")
refused("presentation", archive([("_rels/.rels", relations(("rId1", "officeDocument", "ppt/presentation.xml"))),
                                 ("ppt/presentation.xml", '<p:presentation xmlns:p="urn:p"/>')]),
        'is an office file, but not a Word document: its main part is "presentation"')
refused("another_archive", archive([("readme.txt", "x")]), "is an archive, but not a Word document")
refused("several_disks", WHOLE[:-18] + struct.pack("<HH", 1, 0) + WHOLE[-14:], "split into several")

if __name__ == "__main__":
    import pathlib
    import sys
    for case_name, (case_bytes, case_expected) in CASES.items():
        pathlib.Path(sys.argv[1], case_name + case_expected.get("ending", ".docx")).write_bytes(case_bytes)
