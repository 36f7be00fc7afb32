r"""A case of tests/cli as one text: NAME.txtar.

    One sentence on what the case shows.

    -- command --
    "$PROVISO" check filing.yaml
    -- filing.yaml --
    form: demo
    -- pack = shared/case-pack --
    -- pack/cases/torn.yaml escaped --
    form: \xff\
    -- stdout --
    What is written.
    -- status --
    2

A line "-- PATH --" is the head of a section; its content is the lines up to the next head. The sections, in this order:

    command  a shell line that calls $PROVISO
    PATH     a file the command reads; outside a folder it has a dot in its name, so that a misspelt section is noticed
    stdout   what the command must write; nothing when the section is missing
    stderr   the same
    status   its exit status; 0 when the section is missing

"-- PATH = SHARED --" has no content: PATH is a copy of the file or folder tests/cli/SHARED. Sections may add files to a
copied folder; no path is given twice.

"-- PATH escaped --" has content that a text does not show exactly. A backslash begins an escape: \\ is a backslash, \t
a tab, \r a carriage return, \xHH the byte HH; at the end of a line a backslash says that the line break is not in the
file. A section must be escaped when its content is not UTF-8, or has a character that is not printable, a space at the
end of a line, no line break at its end, or a line that looks like a head; no other is.

Links, pipes, modes, empty folders and names with a space are not in an archive: the command makes them itself.
"""
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = ("stdout", "stderr", "status")
DEFAULTS = {"stdout": b"", "stderr": b"", "status": b"0\n"}

HEAD = re.compile(r"-- (.*) --")
SECTION = re.compile(r"(?P<path>\S+)(?: = (?P<shared>.+)|(?P<escaped> escaped))?")
ESCAPE = re.compile(rb"\\(\\|t|r|x[0-9a-f]{2}|\n)?")


class Malformed(Exception):
    """The archive is not written as it should be; the text says where and why."""


class Case:
    """comment: text; files: path -> content, the command among them; shared: path -> of what it is a copy; expected: of
    each of EXPECTED its content. front is the archive before the first expected section, back what follows: section ->
    its text with its head."""

    def __init__(self, path):
        self.path = path
        self.comment = self.front = ""
        self.back = {}
        self.files = {}
        self.shared = {}
        self.expected = dict(DEFAULTS)


# ---- escapes ----

def shows_exactly(content):
    """Whether content can stand in an archive as it is."""
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return False
    last = lines.pop()
    return not last and all(line.isprintable() and line[-1:] != " " and not HEAD.fullmatch(line) for line in lines)


def escape(content):
    *lines, last = content.decode("utf-8", "surrogateescape").split("\n")
    return "".join(escape_line(line) + "\n" for line in lines) + (escape_line(last) + "\\\n" if last else "")


def escape_line(line):
    text = "".join(map(escape_character, line))
    if text[-1:] == " ":
        text = text[:-1] + r"\x20"
    return r"\x2d" + text[1:] if HEAD.fullmatch(text) else text


def escape_character(character):
    if character in "\\\t\r":
        return {"\\": r"\\", "\t": r"\t", "\r": r"\r"}[character]
    if character.isprintable():
        return character
    return "".join(rf"\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def unescape(text):
    def meant(match):
        escaped = match[1]
        if escaped is None:
            raise ValueError(r"a backslash begins one of \\, \t, \r and \xHH, or ends the line")
        if escaped[:1] == b"x":
            return bytes([int(escaped[1:], 16)])
        return {b"\\": b"\\", b"t": b"\t", b"r": b"\r", b"\n": b""}[escaped]
    return ESCAPE.sub(meant, text.encode("utf-8"))


def write_section(path, content):
    """The section with its head."""
    if shows_exactly(content):
        return f"-- {path} --\n{content.decode('utf-8')}"
    return f"-- {path} escaped --\n{escape(content)}"


# ---- reading ----

def read(path):
    """The Case in the file path."""
    case = Case(path)
    with open(path, "rb") as file:
        content = file.read()
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Malformed(f"{path}: this is no UTF-8 text: {error}") from error
    if lines.pop():
        raise Malformed(f"{path}: the last line does not end")
    heads = [number for number, line in enumerate(lines) if HEAD.fullmatch(line)]
    case.front = "".join(line + "\n" for line in lines[:heads[0] if heads else len(lines)])
    case.comment = case.front.strip()
    for number, end in zip(heads, heads[1:] + [len(lines)]):
        try:
            add_section(case, lines[number], "".join(line + "\n" for line in lines[number + 1:end]))
        except ValueError as error:
            raise Malformed(f"{path}:{number + 1}: {error}") from error
    if not case.comment:
        raise Malformed(f"{path}:1: a case begins with a sentence on what it shows")
    if "command" not in case.files:
        raise Malformed(f"{path}:1: the section command is missing")
    return case


def add_section(case, head, text):
    section = SECTION.fullmatch(HEAD.fullmatch(head)[1])
    if not section:
        raise ValueError("a head is written -- PATH --, -- PATH escaped -- or -- PATH = SHARED --; no path has a space")
    path = section["path"]
    is_expected = path in EXPECTED
    check_order(case, path)
    if section["shared"]:
        if text or is_expected or path == "command" or not os.path.exists(os.path.join(HERE, section["shared"])):
            raise ValueError(f"{path} cannot be a copy of {section['shared']}, or has content of its own")
        case.shared[path] = section["shared"]
    else:
        content = unescape(text) if section["escaped"] else text.encode("utf-8")
        if shows_exactly(content) == bool(section["escaped"]):
            raise ValueError(f"{path} {'need not' if section['escaped'] else 'must'} be escaped")
        if not is_expected and path != "command" and "/" not in path and "." not in path:
            raise ValueError(f"there is no section {path}; a file at the top of a case has a dot in its name")
        (case.expected if is_expected else case.files)[path] = content
    if is_expected:
        case.back[path] = f"{head}\n{text}"
    else:
        case.front += f"{head}\n{text}"


def check_order(case, path):
    if path in case.files or path in case.shared or path in case.back:
        raise ValueError(f"{path} is given twice")
    if (path == "command") == bool(case.files) and path not in EXPECTED:
        raise ValueError("the command comes first")
    if path in EXPECTED:
        later = [other for other in EXPECTED[EXPECTED.index(path):] if other in case.back]
    else:
        later = list(case.back)
    if later:
        raise ValueError(f"{path} belongs before {later[0]}")
    if path != os.path.normpath(path) or path.startswith(("/", "..")):
        raise ValueError(f"{path} is no path inside the case")


# ---- writing ----

def text_with(case, contents):
    """The archive with contents, section -> bytes, in place of what is expected; what stays the same is not touched."""
    text = case.front
    for section in EXPECTED:
        if contents[section] == DEFAULTS[section]:
            continue
        same = section in case.back and contents[section] == case.expected[section]
        text += case.back[section] if same else write_section(section, contents[section])
    return text


def unpack(case, folder):
    """Writes the files of the case, the command among them, into folder, which is there and empty."""
    for path, shared in case.shared.items():
        copy(os.path.join(HERE, shared), os.path.join(folder, path))
    for path, content in case.files.items():
        write_file(os.path.join(folder, path), content)


def copy(source, target):
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
        for name in os.listdir(source):
            copy(os.path.join(source, name), os.path.join(target, name))
    else:
        with open(source, "rb") as file:
            write_file(target, file.read())


def write_file(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "xb") as file:
        file.write(content)
