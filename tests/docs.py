"""docs.py PROVISO PAGE…: does what each page says, in an empty folder, and compares what it shows.

In a page, a fenced block
    console       holds commands ("$ proviso …") and, under each, exactly what it prints: output, then errors
    LANGUAGE PATH is a file: it is written as it stands, in place of what was there
Other blocks are only read by people. docs.py --accept PROVISO PAGE… writes what the commands print into the pages
instead.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command, folder, proviso):
    environment = {
        "PATH": f"{os.path.dirname(proviso)}:/usr/bin:/bin",
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True,
                          timeout=60)
    return done.stdout + done.stderr


def replay(block, folder, proviso):
    """The block as it should be: each command with what it prints."""
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            shown.append(line + "\n")
            shown.append(run(line[2:], folder, proviso))
    return "".join(shown)


def follow(page, proviso):
    """The text of the page with every console block as it should be."""
    with tempfile.TemporaryDirectory() as folder:

        def replace(match):
            language, path, block = match.groups()
            if path:
                with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                    file.write(block)
            if language == "console":
                block = replay(block, folder, proviso)
            return f"```{language}{' ' + path if path else ''}\n{block}```"

        return FENCE.sub(replace, page)


def main():
    arguments = sys.argv[1:]
    accept = arguments[0] == "--accept"
    proviso, *pages = arguments[accept:]
    drifted = False
    if not pages:
        sys.exit(__doc__)
    for path in pages:
        with open(path, encoding="utf-8") as file:
            page = file.read()
        if not any(language == "console" and block.startswith("$ ") for language, _, block in FENCE.findall(page)):
            sys.exit(f"{path} shows no command")
        actual = follow(page, os.path.abspath(proviso))
        if accept:
            with open(path, "w", encoding="utf-8") as file:
                file.write(actual)
        elif actual != page:
            drifted = True
            names = (f"{path} (as written)", f"{path} (as it is)")
            sys.stdout.writelines(difflib.unified_diff(page.splitlines(True), actual.splitlines(True), *names))
    sys.exit(drifted)


main()
