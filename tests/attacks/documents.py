"""Hostile documents: what each is, and where and why it must be refused."""
from collections import namedtuple

# write(file): writes the bytes. message: a part of the one sentence, None when the document is judged after all (status says how).
Case = namedtuple("Case", "write status message line column")

HEAD = b'form: attack\nmeasures:\n  "1.1": '


def of(data, message, line, column, status=2):
    return Case(lambda file: file.write(data), status, message, line, column)


def judged(data, status):
    return Case(lambda file: file.write(data), status, None, 0, 0)


def million_keys(file):
    file.write(b"form: attack\nfields:\n")
    for first in range(0, 250000, 1000):
        file.write(b"".join(b"  k%d: v\n" % n for n in range(first, first + 1000)))


def repeated_million_keys(file):
    file.write(b"form: attack\nfields: {")
    for _ in range(250):
        file.write(b"k: , " * 1000)
    file.write(b"}\n")


def files(names):
    def write(file):
        file.write(b"form: attack\nrecords:\n  letter:\n")
        file.write(b"".join(b"    - { text: { file: %b } }\n" % name for name in names))
    return write


CASES = {
    # The 65th "[" (the mapping is the first level) is one too many: after `x: ` on line 2 it stands in column 3 + 64 = 67.
    "depth-flow": of(b"form: attack\nx: " + b"[" * 100000 + b"]" * 100000 + b"\n", "deep", 2, 67),
    # The mapping is level 1, the "-" of line n is level n - 1 and stands in column n - 1.
    "depth-block": of(b"form: attack\nx:\n" + b"".join(b" " * n + b"-\n" for n in range(1, 2000)), "deep", 66, 65),
    "depth-one-line": of(b"form: attack\nx:\n" + b"- " * 100000 + b"a\n", "deep", 3, 127),
    "huge-scalar": of(HEAD + b"x" * 50_000_000 + b"\n", "larger than the limit", 0, 0),
    "huge-spaces": of(b"form: attack\n" + b" " * 50_000_000, "larger than the limit", 0, 0),
    # Within the size limit, but more names than anyone has: judged, in time, as unknown names.
    "many-keys": Case(million_keys, 1, None, 0, 0),
    # The second k is refused at once: `fields: {k: , k` puts it at column 15.
    "duplicate-keys": Case(repeated_million_keys, 2, "twice", 2, 15),
    # The 1001st file stands in line 3 + 1001, after `    - { text: { file: `.
    "files-without-end": Case(files([b"%d.txt" % n for n in range(50000)]), 2, "more files than the limit", 1004, 23),
    # One name costs one look, however often it stands there.
    "missing-file-again-and-again": Case(files([b"none.txt"] * 50000), 1, None, 0, 0),
    "files-elsewhere": Case(files([b"/etc/passwd", b"/dev/zero", b"../" * 20 + b"etc/passwd", b"a/../../b", b"."]), 1, None, 0, 0),
    "file-with-an-endless-name": Case(files([b"a/" * 1000000 + b"b"]), 1, None, 0, 0),
    # It is its own document: UTF-8, and so a text like any other.
    "file-that-names-itself": Case(files([b"hostile.yaml"] * 1000), 0, None, 0, 0),
    "alias-bomb": of(b"form: attack\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchor", 2, 4),
    "alias": of(b"form: attack\na: *nothing\n", "alias", 2, 4),
    "merge-key": of(b"form: attack\nfields:\n  <<: { name: x }\n", "merge", 3, 3),
    "tag": of(b"form: attack\nfields: !!python/object:os.system x\n", "tag", 2, 9),
    "tag-directive": of(b"%TAG ! tag:example.com,2000:\n---\nform: attack\n", "%TAG", 1, 1),
    "second-document": of(b"form: attack\n---\nform: attack\n", "second document", 2, 1),
    "not-utf8": of(b"form: attack\nfields:\n  name: caf\xe9\n", "UTF-8", 3, 12),
    "overlong": of(b"form: attack\nfields:\n  name: \xc0\xaf\n", "UTF-8", 3, 9),
    "surrogate": of(b"form: attack\nfields:\n  name: \xed\xa0\x80\n", "UTF-8", 3, 9),
    "nul": of(b"form: attack\nfields:\n  name: a\x00b\n", "zero byte", 3, 10),
    "control-character": of(b"form: attack\nfields:\n  name: a\x07b\n", "control character", 3, 10),
    "utf16": of("form: attack\n".encode("utf-16"), "UTF-16", 1, 1),
    "empty": of(b"", "empty", 1, 1),
    "only-comments": of(b"# nothing\n\n", "empty", 1, 1),
    "only-bom": of(b"\xef\xbb\xbf", "empty", 1, 1),
    "unclosed-quote": of(b'form: attack\nfields:\n  name: "never closed\n', "quot", 3, 9),
    "truncated-flow": of(b"form: attack\nfields: { name: x\n", "", 2, 9),
    "tab-indent": of(b"form: attack\nfields:\n\tname: x\n", "tab", 3, 1),
    "colon-in-plain": of(b"form: attack\nfields:\n  name: one: two\n", "colon", 3, 12),
    "list-key": of(b"form: attack\n? [a, b]\n: x\n", "key", 2, 3),
    "no-form": of(b"fields:\n  name: x\n", "form", 1, 1),
    "a-list": of(b"- form: attack\n", "", 1, 1),
    # Line ends of every kind are read: 5 words, within the limit.
    "carriage-returns": judged(b'form: attack\rmeasures:\r  "1.1": a response of five words\r', 0),
    "crlf-and-bom": judged(b'\xef\xbb\xbfform: attack\r\nmeasures:\r\n  "1.1": a response of five words\r\n', 0),
    # U+0085, U+2028 and U+2029 break lines for YAML 1.1, not for editors: the words are still five.
    "unicode-breaks": judged('form: attack\nmeasures:\n  "1.1": "a\u0085response\u2028of\u2029five words"\n'.encode(), 0),
}
