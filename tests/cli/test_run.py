#!/usr/bin/env python3
"""The runner itself, and what must hold of all cases.

usage: test_run.py
"""
import os
import subprocess
import sys
import tempfile
import unittest

import archive

RUN = os.path.join(archive.HERE, "run.py")

# Stands in for proviso: writes its two arguments to standard output and standard error, exits with the third.
PROVISO = "#!/bin/sh\nprintf '%b' \"$1\"\nprintf '%b' \"$2\" >&2\nexit $3\n"

CASE = r"""Output,
errors and a status.

-- command --
"$PROVISO" 'out\n' 'error\n' 3
-- in.yaml escaped --
\xef\xbb\xbfform: demo\r
caf\xe9 \\ \t\x00 \x20
\x2d- in.yaml --
no end\
-- packs = packs-with-csv --
-- packs/loans/more.yaml --
more: true
-- stdout --
out
-- stderr --
error
-- status --
3
"""


class RunnerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.proviso = os.path.join(folder.name, "proviso")
        with open(self.proviso, "w", encoding="utf-8") as file:
            file.write(PROVISO)
        os.chmod(self.proviso, 0o755)
        self.path = os.path.join(folder.name, "case.txtar")

    def write(self, text):
        with open(self.path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)

    def text(self):
        with open(self.path, encoding="utf-8", newline="") as file:
            return file.read()

    def run_case(self, text, *options):
        self.write(text)
        return subprocess.run([sys.executable, RUN, *options, self.proviso, self.path], check=False, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def assert_fails(self, text, *said):
        found = self.run_case(text)
        self.assertEqual(found.returncode, 1, found.stdout)
        for words in said:
            self.assertIn(words, found.stdout)

    def assert_malformed(self, text, said):
        found = self.run_case(text)
        self.assertEqual(found.returncode, 2, found.stdout)
        self.assertIn(said, found.stdout)

    # ---- what is noticed ----

    def test_what_is_as_expected_passes_and_says_nothing(self):
        found = self.run_case(CASE)
        self.assertEqual((found.returncode, found.stdout), (0, ""))

    def test_wrong_output_fails(self):
        self.assert_fails(CASE.replace("\nout\n", "\nother\n"), "stdout is not what", "\n-other\n+out\n")
        self.assert_fails(CASE.replace(r"'out\n'", "out"), "stdout is", "\n-out\n+-- stdout escaped --\n+out\\\n")
        self.assert_fails(CASE.replace(r"out\n", r"out \n"), "\n+out\\x20\n")
        self.assert_fails(CASE.replace(r"out\n", r"out\r\n"), "\n+out\\r\n")

    def test_wrong_errors_fail(self):
        self.assert_fails(CASE.replace("\nerror\n", "\nother\n"), "stderr is not what", "\n-other\n+error\n")

    def test_a_wrong_status_fails(self):
        self.assert_fails(CASE.replace("-- status --\n3", "-- status --\n2"), "status is not what", "\n-2\n+3\n")

    def test_a_section_that_is_missing_expects_nothing(self):
        self.assert_fails(CASE.replace("-- stdout --\nout\n", ""), "stdout is not what")
        self.assert_fails(CASE.replace("-- stderr --\nerror\n", ""), "stderr is not what")
        self.assert_fails(CASE.replace("-- status --\n3\n", ""), "status is not what", "\n-0\n+3\n")

    def test_output_that_does_not_come_fails(self):
        self.assert_fails(CASE.replace(r"'error\n'", "''"), "stderr is not what", "\n-error\n")

    def test_a_command_that_is_killed_has_the_status_of_its_signal(self):
        text = CASE.replace('"$PROVISO"', 'kill -9 $$; "$PROVISO"')
        self.assert_fails(text, "\n-3\n+137\n")

    def test_writing_to_a_closed_pipe_ends_a_program(self):
        found = self.run_case("It ends.\n\n-- command --\nyes | head -n 1\n-- stdout --\ny\n")
        self.assertEqual((found.returncode, found.stdout), (0, ""))

    def test_nothing_comes_from_outside(self):
        os.environ["PROVISO_PACK"] = "x"
        self.addCleanup(os.environ.pop, "PROVISO_PACK")
        found = self.run_case("Only what run.py sets.\n\n"
                              "-- command --\nls; cat; env | sed 's/=.*//' | grep PROVISO | sort\n"
                              "-- stdout --\ncommand\nPROVISO\nPROVISO_RULES\n")
        self.assertEqual((found.returncode, found.stdout), (0, ""))

    # ---- --accept ----

    def test_accept_restores_what_came_out_and_nothing_else(self):
        for wrong in (CASE, CASE.replace("\nout\n", "\n"), CASE.replace("-- stderr --\nerror\n", ""),
                      CASE[:CASE.index("-- stdout --")], CASE.replace("-- status --\n3", "-- status --\n44")):
            found = self.run_case(wrong, "--accept")
            self.assertEqual((found.returncode, found.stdout, self.text()), (0, "", CASE))

    def test_accept_leaves_out_what_is_empty(self):
        self.run_case(CASE.replace(r"'out\n' 'error\n' 3", "'' '' 0"), "--accept")
        self.assertEqual(self.text(), CASE[:CASE.index("-- stdout")].replace(r"'out\n' 'error\n' 3", "'' '' 0"))

    def test_accept_escapes_where_it_must(self):
        for written, shown in ((r"\033[1m\n", "\\x1b[1m\n"), (r"\0351\n", "\\xe9\n"),
                               ("x", "x\\\n"), (r"a \n", "a\\x20\n"),
                               (r"-- x --\n", "\\x2d- x --\n"), (r"\r\n\\\t\n", "\\r\n\\\\\\t\n")):
            text = CASE.replace(r"out\n", written)
            self.run_case(text, "--accept")
            self.assertIn(f"-- stdout escaped --\n{shown}-- stderr --\n", self.text())
            self.assertEqual(self.run_case(self.text()).returncode, 0)

    # ---- how a case is written ----

    def test_malformed_cases_are_errors(self):
        for text, said in (
                (CASE.replace("-- stdout", "-- stduot"), "there is no section stduot"),
                (CASE.replace("-- in.yaml escaped", "-- in.yaml escpaed"), "a head is written"),
                (CASE + "-- more.yaml --\n", "more.yaml belongs before stdout"),
                (CASE + "-- stdout --\n", "stdout is given twice"),
                (CASE.replace("-- stdout --\nout\n", "") + "-- stdout --\nout\n", "stdout belongs before stderr"),
                (CASE.replace("loans/more.yaml", "../../more.yaml"), "is no path inside the case"),
                (CASE.replace("packs/loans/more.yaml", "/more.yaml"), "is no path inside the case"),
                (CASE.replace("-- command", "-- commnad"), "the command comes first"),
                (CASE.replace("packs = packs-with-csv --\n", "packs = packs-with-csv --\nx\n"), "cannot be a copy"),
                (CASE.replace("packs = packs-with-csv", "packs = packs-with-cvs"), "cannot be a copy"),
                (CASE[CASE.index("-- command"):], "begins with a sentence"),
                (CASE.replace("more: true", "more: true "), "more.yaml must be escaped"),
                (CASE.replace("more.yaml --", "more.yaml escaped --"), "more.yaml need not be escaped"),
                (CASE.replace(r"\xef", r"\xEF"), "a backslash begins one of"),
                (CASE[:-1], "the last line does not end"),
                ("Nothing.\n", "the section command is missing")):
            with self.subTest(said=said):
                self.assert_malformed(text, said)

    def test_files_are_unpacked_byte_for_byte(self):
        self.write(CASE)
        case = archive.read(self.path)
        self.assertEqual(case.files["in.yaml"],
                         b"\xef\xbb\xbfform: demo\r\ncaf\xe9 \\ \t\0  \n-- in.yaml --\nno end")
        with tempfile.TemporaryDirectory() as folder:
            archive.unpack(case, folder)
            self.assertEqual(sorted(os.listdir(os.path.join(folder, "packs", "loans"))),
                             ["form.yaml", "more.yaml", "pack.yaml", "rules"])

    def test_what_is_escaped_comes_back(self):
        for content in (bytes(range(256)), b"", b"x", b"\n\n", b"\\\n", b" \n  \n", b"-- x --\n",
                        b"\xf0\x9f\x98\x80\xf0", "\u202e\u00a0\u2028\n".encode(), b"a\\", b"\r\n", b"-- --\n--  --\n"):
            self.assertEqual(archive.unescape(archive.escape(content)), content)


class CasesTest(unittest.TestCase):
    """What must hold of all cases together."""

    def setUp(self):
        self.cases = [archive.read(os.path.join(archive.HERE, name))
                      for name in sorted(os.listdir(archive.HERE)) if name.endswith(".txtar")]

    def test_each_says_in_a_sentence_what_it_shows(self):
        for case in self.cases:
            self.assertTrue(case.comment.endswith("."), case.path)
            self.assertLessEqual(max(map(len, case.comment.split("\n"))), 120, case.path)

    def test_what_is_shared_is_not_written_again(self):
        """And what is in shared/ is used."""
        shared = {}
        for folder, _, names in os.walk(archive.HERE):
            place = os.path.relpath(folder, archive.HERE)
            if not place.startswith(("packs", "shared")):
                continue
            for path in (os.path.join(folder, name) for name in names):
                if not os.path.islink(path) and os.path.getsize(path) >= 100:
                    with open(path, "rb") as file:
                        content = file.read()
                    self.assertFalse(content in shared, f"{path} is there twice; let one be a link to the other")
                    shared[content] = os.path.relpath(path, archive.HERE)
        used = {shared for case in self.cases for shared in case.shared.values()}
        for case in self.cases:
            for path, content in case.files.items():
                self.assertFalse(content in shared, f"{case.path}: write -- {path} = {shared.get(content)} --")
        for name in os.listdir(os.path.join(archive.HERE, "shared")):
            is_used = any(f"{path}/".startswith(f"shared/{name}/") for path in used)
            self.assertTrue(is_used, f"no case uses shared/{name}")


if __name__ == "__main__":
    unittest.main()
