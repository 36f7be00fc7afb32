"""PDFs made by hand, object by object: each page is a list of text set in Helvetica at places that are given. The same
calls give the same bytes."""
import hashlib

WIDTH, HEIGHT = 612, 792


def escape(text):
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def text(x, y, words, size=11, font="F1", turn=False, spacing=0, rise=0, mode=0):
    """words at x points from the left and with their base line y points below the top of the page."""
    matrix = f"0 1 -1 0 {x} {HEIGHT - y}" if turn else f"1 0 0 1 {x} {HEIGHT - y}"
    raw = words if isinstance(words, bytes) else escape(words)
    return (f"BT /{font} {size} Tf {mode} Tr {spacing} Tw {rise} Ts {matrix} Tm (".encode() + raw + b") Tj ET\n")


def lines(x, y, rows, step=13, **more):
    return b"".join(text(x, y + i * step, row, **more) for i, row in enumerate(rows))


def picture(x=72, y=300, width=400, height=200):
    return (f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm BI /W 2 /H 2 /CS /G /BPC 8 ID ".encode() +
            b"\x00\xff\xff\x00 EI Q\n")


def to_unicode(mapping):
    """A CMap that says which characters the bytes of a font stand for."""
    rows = b"".join(b"<%02X> <%s>\n" % (byte, "".join(f"{ord(c):04X}" for c in letters).encode())
                    for byte, letters in sorted(mapping.items()))
    return (b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            b"1 begincodespacerange <00> <FF> endcodespacerange\n%d beginbfchar\n%sendbfchar\n"
            b"endcmap end end\n" % (len(mapping), rows))


def rc4(key, data):
    state, at, out = list(range(256)), 0, bytearray()
    for i in range(256):
        at = (at + state[i] + key[i % len(key)]) % 256
        state[i], state[at] = state[at], state[i]
    i = at = 0
    for byte in data:
        i = (i + 1) % 256
        at = (at + state[i]) % 256
        state[i], state[at] = state[at], state[i]
        out.append(byte ^ state[(state[i] + state[at]) % 256])
    return bytes(out)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
IDENTITY = b"0123456789abcdef"


class Lock:
    """The 40-bit encryption of PDF 1.3."""

    def __init__(self, password, owner, permissions):
        pad = (password.encode() + PAD)[:32]
        self.owner = rc4(hashlib.md5((owner.encode() + PAD)[:32]).digest()[:5], pad)
        self.permissions = permissions
        signed = permissions.to_bytes(4, "little", signed=True)
        self.key = hashlib.md5(pad + self.owner + signed + IDENTITY).digest()[:5]
        self.user = rc4(self.key, PAD)

    def close(self, number, data):
        key = hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return rc4(key, data)

    def dictionary(self):
        return (b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" %
                (self.owner.hex().encode(), self.user.hex().encode(), self.permissions))


def pdf(*pages, lock=None, mapping=None, rotate=0, size=(WIDTH, HEIGHT), catalog=b"", extra=()):
    """The document. extra: more objects, from number 10 on, as the catalog names them."""
    objects = {}

    def stream(number, data, dictionary=b""):
        data = lock.close(number, data) if lock else data
        objects[number] = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), dictionary, data)

    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects[4] = (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding" +
                  (b" /ToUnicode 5 0 R" if mapping else b"") + b" >>")
    if mapping:
        stream(5, to_unicode(mapping))
    for number, data in enumerate(extra, 10):
        objects[number] = data
    kids = []
    for i, page in enumerate(pages):
        number = 100 + 2 * i
        kids.append(b"%d 0 R" % number)
        objects[number] = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
                           b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> %s >>" %
                           (*size, rotate, number + 1, b"/Annots [10 0 R]" if extra else b""))
        stream(number + 1, page)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if lock:
        objects[9] = lock.dictionary()
    out, places = b"%PDF-1.4\n", {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    at = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(objects):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    out += (b"trailer << /Size %d /Root 1 0 R %s /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n" %
            (max(objects) + 1, b"/Encrypt 9 0 R" if lock else b"", IDENTITY.hex().encode(), IDENTITY.hex().encode(), at))
    return out
