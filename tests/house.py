"""house.py [ROOT]: holds CONTRIBUTING.md and docs/architecture.md to the code, and the code to its grain.

Every file that the pages name exists. Of each recipe, exactly the files that it lists mention its example. Each room
stands in docs/architecture.md with its sentence, what it may include, and all its modules. File names are unique, lines
keep their width, headers open with their invariant, lists of words have each word once.
"""
import fnmatch
import os
import re
import subprocess
import sys

ROOT = os.path.abspath(sys.argv[1]) if sys.argv[1:] else os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GUIDE = "CONTRIBUTING.md"
HOUSE = "docs/architecture.md"
WIDTH = 120

# What in the code tells of a recipe's example, by the words of its heading: a pattern, and where it counts (the start
# of paths; a path that begins with "!" is passed over). Pages are written by hand: those listed must have the last one.
CODE = ("engine/", "bindings/")
RECIPES = {
    "frequency": [
        (r"\bpv_frequency_class\b|\bl_text_frequencies\b|\bpv_frequencies_find\b|\bperiod_values\.c\b", CODE),
        (r"\bl_frequency_", CODE),
        (r"@class frequency\b|\blist_of_frequency\b", ("bindings/lua/meta/",)),
        (r"frequency", ("docs/reference.md",)),
    ],
    "sums_to": [(r"\bsums_to\b", (*CODE, "docs/reference.md"))],
    "gitlab": [(r"gitlab", (*CODE, "docs/outputs.md"))],
    "csv": [
        (r"\bpv_csv_|\bcsv_(rows|columns|cells)\b|\bcsv(_reader)?\.c\b|\"csv\"|\*\.csv\b",
         (*CODE, "docs/schema/", "!engine/model/file_kinds.c")),  # where a CSV file is one of many kinds
        (r"\*\.csv", ("docs/configuration.md", "docs/form.md")),
    ],
    "fail_on": [
        (r"\bPV_CONFIG_FAIL_ON\b|\"fail-on\"|\bvalues\.fail_on\b", (*CODE, "!engine/report/")),
        (r"\"fail_on\": \{", ("docs/schema/config.schema.json",)),
        (r"`fail_on`", ("docs/configuration.md",)),
    ],
    "due": [
        (r"\bhas_due\b|\boutcome\.due\b|\bproviso_text due\b|:due\(|\bdue_on\b|\"due\"|\bfield due\?",
         (*CODE, "!bindings/lua/vocabulary/prelude/", "docs/schema/")),
        (r":due\(", ("docs/reference.md",)),
    ],
}

problems = []


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def exists(path):
    return os.path.exists(os.path.join(ROOT, path))


def all_files():
    """The project's files, by their paths: those of git, where there is one, without what is deleted."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return sorted(path for path in listed.stdout.splitlines() if exists(path))
    return sorted(os.path.relpath(os.path.join(folder, name), ROOT) for top in ("engine", "bindings", "docs", "cmake")
                  for folder, _, names in os.walk(os.path.join(ROOT, top)) for name in names)


FILES = all_files()
SOURCES = [path for path in FILES if path.startswith(CODE) and path.endswith((".c", ".h"))]


def folded(text):
    return " ".join(text.split())


# ---- what the pages name ----

# A path begins here, or in one of the folders from which the pages name files.
FROM = ("", "engine", "bindings", "docs")


def check_names(page):
    """Every path in backticks, and every link, leads somewhere."""
    text = read(page)
    without_blocks = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    for name in re.findall(r"`([\w.-]+/[\w./*-]+)`", without_blocks):
        if name.startswith("build/") or "*" in name:
            continue
        # The include "run/ruleset.h", or one of a room's own folder.
        if not any(exists(os.path.join(folder, name)) for folder in FROM):
            problems.append(f"{page} names {name}, which does not exist")
    for name in re.findall(r"\]\(([^)#:]+)\)", without_blocks):
        if not exists(os.path.join(os.path.dirname(page), name)):
            problems.append(f"{page} links to {name}, which does not exist")
    for name in re.findall(r"(?<![\w/])(?:tests|scripts)/[\w/.-]*\w", text):
        if not exists(name) and name != "tests/cli/NAME.txtar":
            problems.append(f"{page} names {name}, which does not exist")


# ---- recipes ----

def recipes():
    """Of each recipe in the guide: the name of its example, the files listed."""
    for heading, body in re.findall(r"^### (.*?)\n(.*?)(?=^##)", read(GUIDE), re.MULTILINE | re.DOTALL):
        example = re.search(r"`(\w+)`$", heading)
        if example:
            yield example[1], set(re.findall(r"`([\w./-]+/[\w./-]+)`", body))


def counts(path, places):
    passed_over = tuple(place[1:] for place in places if place.startswith("!"))
    return path.startswith(tuple(place for place in places if place[0] != "!")) and not path.startswith(passed_over)


def mentions(patterns):
    """The files that mention an example, each with the first line that does."""
    found = {}
    for path in FILES:
        regexes = [pattern for pattern, places in patterns if counts(path, places)]
        if not regexes or path.endswith("CATALOGUE.md"):
            continue
        for number, line in enumerate(read(path).splitlines(), 1):
            if any(re.search(regex, line) for regex in regexes):
                found[path] = f"{path}:{number}: {line.strip()[:80]}"
                break
    return found


def check_recipes():
    seen = set()
    for name, listed in recipes():
        seen.add(name)
        if name not in RECIPES:
            problems.append(f"{GUIDE} has a recipe like {name}, of which {os.path.basename(__file__)} knows nothing")
            continue
        found = mentions(RECIPES[name])
        for path in sorted(set(found) - listed):
            problems.append(f"the recipe like {name} does not list {found[path]}")
        for path in sorted(listed - set(found)):
            problems.append(f"the recipe like {name} lists {path}, which does not mention it")
    for name in sorted(set(RECIPES) - seen):
        problems.append(f"{GUIDE} has no recipe like {name}")


# ---- rooms ----

def rooms():
    """Of each room its folder, the sentence above its pv_layer, what it may include."""
    for path in FILES:
        if not path.endswith("CMakeLists.txt") or not path.startswith(CODE):
            continue
        match = re.search(r"((?:^#.*\n)*)^pv_layer\(([\w/]+)\s([^)]*)\)", read(path), re.MULTILINE)
        if not match:
            continue
        comment = folded(re.sub(r"^# ?", "", match[1], flags=re.MULTILINE))
        words = match[3].split()
        uses = []
        for keyword in ("LAYERS", "LIBRARIES"):
            if keyword in words:
                rest = words[words.index(keyword) + 1:]
                until = next((i for i, word in enumerate(rest) if word.isupper()), len(rest))
                uses += [re.sub("^pv_", "", word) for word in rest[:until]
                         if keyword == "LAYERS" or (word.startswith("pv_") and word != "pv_unistring")]
        yield match[2], os.path.dirname(path), comment.split(". ")[0].rstrip("."), uses


def check_room(name, folder, sentence, uses, section):
    if not sentence:
        problems.append(f"{folder}/CMakeLists.txt says nothing above pv_layer({name} …)")
    elif sentence not in folded(section):
        problems.append(f"{HOUSE} does not say of {name}: {sentence}")
    line = re.search(r"^May include: (.*)\.$", section, re.MULTILINE)
    said = [] if not line or line[1] == "nothing" else line[1].split(", ")
    if not line or sorted(said) != sorted(uses):
        problems.append(f"{HOUSE}: {name} may include {', '.join(uses) or 'nothing'}")
    own = [os.path.basename(path) for path in SOURCES if os.path.dirname(path) == folder]
    modules = [module for names in re.findall(r"^- ((?:`[\w.*]+`(?:, )?)+)", section, re.MULTILINE)
               for module in re.findall(r"`([\w.*]+)`", names)]
    patterns = {module: [module] if "." in module else [f"{module}.[ch]", f"{module}_p.h"] for module in modules}
    for module, globs in patterns.items():
        if not any(fnmatch.fnmatchcase(file, glob) for file in own for glob in globs):
            problems.append(f"{HOUSE} names a module {module} of {name}, which it has not")
    for file in own:
        if not any(fnmatch.fnmatchcase(file, glob) for globs in patterns.values() for glob in globs):
            problems.append(f"{HOUSE} does not name {folder}/{file}")


def check_rooms():
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", read(HOUSE), re.MULTILINE | re.DOTALL))
    known = {name: (folder, sentence, uses) for name, folder, sentence, uses in rooms()}
    for name in sorted(set(sections) - set(known)):
        problems.append(f"{HOUSE} has a room {name}, which the build has not")
    for name, (folder, sentence, uses) in sorted(known.items()):
        if name not in sections:
            problems.append(f"{HOUSE} has no room {name}")
        else:
            check_room(name, folder, sentence, uses, sections[name])
    folders = {folder for folder, _, _ in known.values()}
    for path in SOURCES:
        if os.path.dirname(path) not in folders:
            problems.append(f"{path} is in no room")


# ---- the grain ----

def check_grain():
    places = {}
    for path in SOURCES:
        places.setdefault(os.path.basename(path), []).append(path)
    for paths in places.values():
        if len(paths) > 1:
            problems.append(f"several files have one name: {', '.join(paths)}")
    wide = [path for path in FILES if path.endswith((".c", ".h"))]
    for path in [*wide, GUIDE, HOUSE]:
        for number, line in enumerate(read(path).splitlines(), 1):
            if len(line) > WIDTH and not line.startswith("| "):
                problems.append(f"{path}:{number} is {len(line)} columns wide; {WIDTH} is the limit")
    for path in SOURCES:
        # What a room's face is may come before its invariant.
        opening = re.match(r"/\*(.*?)\*/", read(path), re.DOTALL)
        if path.endswith(".h") and not (opening and "Invariant: " in opening[1]):
            problems.append(f"{path} does not open with /* Invariant: … */")


def check_words():
    """Lists of words as data: string literals with "|" between the words, and no sign of a pattern."""
    for path in SOURCES:
        text = read(path) if path.startswith("engine/text/") else ""
        for literals in re.finditer(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+', text):
            words = "".join(re.findall(r'"([^"]*)"', literals[0])).split("|")
            twice = sorted({word for word in words if word and words.count(word) > 1})
            if twice and re.fullmatch(r"[\w '|.&-]+", "|".join(words)):
                line = text.count("\n", 0, literals.start()) + 1
                problems.append(f"{path}:{line} lists twice: {', '.join(twice)}")


for page in (GUIDE, HOUSE, "README.md"):
    check_names(page)
check_recipes()
check_rooms()
check_grain()
check_words()
for problem in problems:
    print(problem)
sys.exit(bool(problems))
