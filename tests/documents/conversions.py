"""What the command does with the programs that it runs for a file: which it runs, and when; what they are given; what
becomes of it when one is missing, breaks down, hangs or leaves something behind. The programs are scripts of this test.
Usage: conversions.py PROVISO"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

WORDS = """<!DOCTYPE html><html><head></head><body>
<doc>
  <page width="612.000000" height="792.000000">
    <flow>
      <block xMin="72.0" yMin="90.0" xMax="200.0" yMax="100.0">
        <line xMin="72.0" yMin="90.0" xMax="200.0" yMax="100.0">
          <word xMin="72.0" yMin="90.0" xMax="100.0" yMax="100.0">Hello</word>
        </line>
      </block>
    </flow>
  </page>
</doc>
"""
NOT_RECOGNISED = "which form this is on was not recognised"


class Place:
    def __init__(self, proviso, folder):
        self.proviso = pathlib.Path(proviso).resolve()
        self.folder = pathlib.Path(folder)
        self.programs = self.folder / "programs"
        self.temporary = self.folder / "t"
        self.programs.mkdir()
        self.temporary.mkdir()
        (self.folder / "a.pdf").write_bytes(b"%PDF-1.4 of a test")
        (self.folder / "a.odt").write_bytes(b"an odt of a test")

    def program(self, name, text):
        path = self.programs / name
        path.write_text("#!/bin/sh\n" + text, encoding="utf-8")
        path.chmod(0o755)

    def forget(self):
        for path in self.programs.iterdir():
            path.unlink()

    def environment(self, path=None):
        return {"PATH": path if path is not None else f"{self.programs}:/usr/bin:/bin", "TMPDIR": str(self.temporary),
                "SECRET": "not for children", "HOME": "/nowhere"}

    def check(self, *arguments, path=None):
        return subprocess.run([str(self.proviso), "check", *arguments], cwd=self.folder, capture_output=True, text=True,
                              env=self.environment(path), check=False, timeout=60)

    def is_clean(self):
        return not list(self.temporary.iterdir())


def says(done, words):
    assert done.returncode == 2, done
    assert words in done.stderr, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_missing(place):
    says(place.check("a.pdf", path=""), "it is read by way of the program pdftotext, which is not installed (in the "
         "package poppler-utils); install it, or save the document as .docx")
    says(place.check("a.odt", path=str(place.programs)), "it is read by way of the program soffice, which is not "
         "installed (LibreOffice); save it as .docx")


def test_a_program_beside_the_file_is_not_run(place):
    trap = place.folder / "pdftotext"
    trap.write_text(f"#!/bin/sh\ntouch {place.folder}/was-run\n", encoding="utf-8")
    trap.chmod(0o755)
    says(place.check("a.pdf", path=".:"), "which is not installed")
    assert not (place.folder / "was-run").exists()
    trap.unlink()


def test_what_it_is_given(place):
    """The file's bytes under a name of ours, a folder of its own, and next to nothing of the environment."""
    note = place.folder / "note"
    place.program("pdftotext", f"(env; pwd; echo \"$@\"; cat document.pdf; ls -l /proc/self/fd | wc -l) > {note}\n"
                               f"cat <<'END'\n{WORDS}END\n")
    says(place.check("a.pdf"), NOT_RECOGNISED)
    told = note.read_text(encoding="utf-8")
    assert "SECRET" not in told and "HOME=/nowhere" not in told, told
    assert f"HOME={place.temporary}/proviso-" in told and "-bbox-layout -enc UTF-8 document.pdf -" in told, told
    assert "%PDF-1.4 of a test" in told, told


def test_standard_input(place):
    place.program("pdftotext", f"cat <<'END'\n{WORDS}END\n")
    done = subprocess.run([str(place.proviso), "check", "-"], cwd=place.folder, input=b"%PDF-1.4 of a test",
                          capture_output=True, env=place.environment(), check=False)
    assert NOT_RECOGNISED.encode() in done.stderr, done.stderr


def test_what_goes_wrong(place):
    for script, sentence in [
            ("echo 'Command Line Error: Incorrect password' >&2; exit 1", "it is protected by a password"),
            ("exit 1", "pdftotext cannot open it: it is damaged"),
            ("exit 3", "who made it does not allow its text to be taken out"),
            ("kill -SEGV $$", "pdftotext broke down over it"),
            ("exit 0", "breaks off, so the PDF may be damaged"),
            ("echo '<doc><page width=\"1\" height=\"1\">'", "breaks off, so the PDF may be damaged"),
            ("echo '<doc><page width=\"1\" height=\"1\"></page></doc>'", "its 1 page holds no text")]:
        place.program("pdftotext", script + "\n")
        says(place.check("a.pdf"), sentence)


def test_what_it_leaves_behind_ends(place):
    """A process that it started, and that holds none of its streams, ends with it."""
    note = place.folder / "pid"
    place.program("pdftotext", f"sleep 600 >/dev/null 2>&1 &\necho $! > {note}\ncat <<'END'\n{WORDS}END\n")
    says(place.check("a.pdf"), NOT_RECOGNISED)
    time.sleep(0.2)
    state = pathlib.Path(f"/proc/{int(note.read_text(encoding='utf-8'))}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_interrupted(place):
    """Whoever ends the command ends what it runs, and its folder is gone."""
    note = place.folder / "pid"
    place.program("pdftotext", f"echo $$ > {note}.part; mv {note}.part {note}\nexec sleep 600\n")
    note.unlink(missing_ok=True)
    with subprocess.Popen([str(place.proviso), "check", "a.pdf"], cwd=place.folder, env=place.environment(),
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        for _ in range(200):
            if note.exists():
                break
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == -signal.SIGTERM
    state = pathlib.Path(f"/proc/{int(note.read_text(encoding='utf-8'))}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_folders(place):
    """Of a folder nothing is converted, but what the configuration includes."""
    note = place.folder / "ran"
    place.program("pdftotext", f"touch {note}\ncat <<'END'\n{WORDS}END\n")
    letters = place.folder / "letters"
    letters.mkdir()
    (letters / "letter.pdf").write_bytes(b"%PDF-1.4 a letter")
    (letters / "letter.odt").write_bytes(b"a letter")
    (letters / "README.txt").write_text("notes\n", encoding="utf-8")
    done = place.check("letters")
    assert not note.exists()
    assert "letters/letter.pdf: skipped, it is a document (PDF), which is read when it is named or included" in \
        done.stderr, done.stderr
    assert "letters/letter.odt: skipped" in done.stderr and "README.txt: skipped" not in done.stderr, done.stderr
    (letters / ".proviso.yaml").write_text("include: ['*.pdf']\n", encoding="utf-8")
    done = place.check("letters")
    assert note.exists() and NOT_RECOGNISED in done.stderr and done.returncode == 2, done


def test_recognition(place):
    """Pages that are pictures are recognised where that was asked for, and only then."""
    place.program("pdftotext", "case \"$4\" in document.pdf) echo '<doc><page width=\"1\" height=\"1\"></page></doc>';;\n"
                               f"*) cat <<'END'\n{WORDS}END\nesac\n")
    place.program("pdftoppm", "echo picture > page-1.pgm\n")
    place.program("tesseract", "cat pages.txt >&2; test -f \"$(cat pages.txt)\" && touch recognised.pdf\n")
    says(place.check("a.pdf"), "which is read with --ocr (that needs tesseract)")
    says(place.check("--ocr", "a.pdf"), NOT_RECOGNISED)
    (place.programs / "tesseract").unlink()
    says(place.check("--ocr", "a.pdf", path=str(place.programs)), "tesseract, is not installed (in the package "
         "tesseract-ocr)")
    says(place.check("--ocr", "--record", "r.json", "a.pdf"), "leave --ocr or --record out")


def test_office(place):
    place.program("soffice", "exit 1\n")
    says(place.check("a.odt"), "LibreOffice cannot open it")
    place.program("soffice", "mkdir converted; echo 'no package' > converted/document.docx\n")
    done = place.check("a.odt")
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory(dir="/tmp") as folder:
                place = Place(sys.argv[1], folder)
                test(place)
                assert place.is_clean(), f"{name}: {list(place.temporary.iterdir())}"


if __name__ == "__main__":
    main()
