#!/usr/bin/env python3
"""Nothing that a form declares is judged by nobody.

usage: conditions.py PROVISO [PACK…]

Asks the program for every condition that the form of each pack in rules/ and tests/packs/ declares, breaks each of
them, and no other, in a filing that meets it, and looks for a new finding by a rule that is said to judge it. Where a rule of the pack does, the
built-in rule must find it too when that rule is not run. A kind of condition that this script does not know how to break
is a failure, and so is a pack without a sample to break.
"""
import collections
import copy
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# A filing on the form of each pack, and the day to judge it by.
SAMPLES = {
    "calaim-ipp-payment-1": ("samples/payment-1-los-angeles.yaml", "2022-07-01"),
    "calaim-mou": ("samples/mou-register/register.yaml", "2025-03-14"),
    "nlcf-under-10000": ("samples/nlcf-sample.yaml", "2026-01-15"),
    "plans": ("tests/packs/plans/filing.yaml", "2026-01-15"),
    "narrative": ("rules/narrative/cases/a-draft.yaml", "2026-01-15"),
    "title-iv-e": ("rules/title-iv-e/cases/in-another-order.yaml", "2026-01-15"),
    "hires": ("tests/packs/hires/filing.yaml", "2026-01-15"),
    "grant": ("tests/packs/grant/filing.yaml", "2026-01-15"),
    "networks": ("tests/packs/networks/filing.yaml", "2026-01-15"),
}
FOLDERS = ("rules", os.path.join("tests", "packs"))
# Of each condition under which something applies, the values beside it by which it surely does not; None: no rows of
# that kind.
EXEMPT = {
    "hires": {
        "fields.partner.only_if": {"region": "north"},
        "records.hire.columns.agency.only_if": {"through": "plan"},
        "records.hire.columns.leads.only_if": {"role": "Clerk"},
    },
    "nlcf-under-10000": {
        "fields.grant.only_if": {"budget": None},
        "fields.charity_number.only_if": {"organisation_type": "community interest company"},
        "fields.company_number.only_if": {"organisation_type": "registered charity"},
    },
}
# What the sample leaves out, and need not.
MORE = {
    "calaim-ipp-payment-1": {
        "fields": {"allocation_request": "We ask for more."},
        "records": {"attachment": {"title": "Letter of 2021-12-01", "supports": ["1.1.7"]}},
    },
    "nlcf-under-10000": {
        "fields": {"organisation_type": "charitable company", "company_number": "09999999", "grant": "2520"},
    },
}


class Failure(Exception):
    pass


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if not done.stdout:
        raise Failure(f"{' '.join(command)}: {done.stderr}")
    return json.loads(done.stdout)


def written(values):
    """Values as a filing writes them; a document stands in the filing, whatever the sample does."""
    return {name: value.get("value", "A text of its own.") for name, value in values.items()
            if value.get("value", "") is not None and not value["at"]["expected_here"]}


class Filing:
    """A filing as plain data: what a sample gives, of each kind of record the first rows, one or as many as the form
    asks for, and those they belong to. measures: by id and row, which is None of one that is given once."""

    def __init__(self, shown, owners, least):
        self.form = shown["form"]
        self.fields = written(shown["fields"])
        self.measures = {(measure["id"], measure.get("row")): {
            response["item"]: response.get("value", response["text"]) for response in measure["responses"]
            if not response["blank"]} for measure in shown["measures"]}
        self.records = collections.defaultdict(list)
        rows = collections.defaultdict(list)
        for record in shown["records"]:
            rows[record["kind"]].append(written(record["values"]))
        for kind, all_rows in rows.items():
            first = all_rows[:least.get(kind, 1)]
            self.records[kind] += first
            for owner in owners.get(kind, ()):
                for row in rows.get(owner, ()):
                    if any(owns(row, one) for one in first) and row not in self.records[owner]:
                        self.records[owner].append(row)

    def write(self, path):
        measures = {}
        for (name, row), items in self.measures.items():
            if items:
                measures |= {name: items} if row is None else {name: measures.get(name, {}) | {row: items}}
        whole = {"form": self.form, "fields": self.fields, "records": dict(self.records), "measures": measures}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(whole, file, ensure_ascii=False)  # JSON is YAML


def owns(owner, row):
    """Whether the row says that it belongs to the owner: what it calls as the owner does is the same."""
    shared = ("county", "party")
    return all(owner.get(name) == row.get(name) for name in shared)


def words(count):
    return " ".join(["word"] * count)


# ---- breaking a condition: in place, exactly it ----

WRONG = "no such value"


def break_text(kind, number):
    if kind == "word_minimum":
        return words(number - 1)
    return words(number + 1) if kind == "word_limit" else "x" * (number + 1)


def wrong_value(condition):
    if condition["type"] == "document":
        return {"file": "there-is-no-such-file.txt"}
    return WRONG


# Of each type, a value below and above what a form may allow; text is for patterns and what is prefilled.
FAR = {
    "integer": ("-987654321", "987654321"), "decimal": ("-987654321", "987654321"), "money": ("-987654321", "987654321"),
    "percentage": ("-98765%", "98765%"), "date": ("1001-01-01", "9998-12-31"), "month": ("1001-01", "9998-12"),
    "year": ("1001", "9998"), "period": ("1001–1002", "2098–2099"), "text": ("§ no such text", "§ no such text"),
}


def break_demand(cells, name, condition):
    """A value beyond its bound, unlike its pattern, or another than what the form computes or fills in."""
    kind, (low, high) = condition["kind"], FAR[condition["type"]] if condition["type"] != "list" else (None, None)
    if kind == "least":
        cells[name] = cells[name][:condition["number"] - 1]
    elif kind == "most":
        cells[name] = (cells[name] * (condition["number"] + 1))[:condition["number"] + 1]
    else:
        cells[name] = low if kind == "low" else high


PLACEHOLDER = "To be determined."  # stands for an answer, and is none


def takes_placeholder(condition, conditions):
    """Whether what it requires can be written as a placeholder: of another type, or of choices, that is a wrong value."""
    if condition["kind"] == "obligation":
        items = condition["condition"].removesuffix("obligation").replace("measures.", "items.", 1)
        return not any(other["condition"].startswith(items) and "type" in other for other in conditions)
    if condition["kind"] != "required":
        return False
    chosen = condition["condition"].removesuffix("required") + "one_of"
    return condition.get("type", "text") == "text" and all(other["condition"] != chosen for other in conditions)


def break_cell(cells, name, condition, placeholder):
    kind = condition["kind"]
    if kind == "only_if":
        if name not in cells:
            raise Failure(f"the sample does not give what {condition['condition']} is about")
        cells |= {other: value for other, value in condition["exempt"].items() if value is not None}
        return
    if kind == "required" and placeholder:
        cells[name] = PLACEHOLDER
    elif kind == "required":
        del cells[name]
    elif kind in ("low", "high", "pattern", "computed", "prefilled", "least", "most"):
        break_demand(cells, name, condition)
    elif kind in ("type", "one_of"):
        cells[name] = [WRONG] if condition["type"] == "list" and kind == "one_of" else wrong_value(condition)
    elif kind in ("word_minimum", "word_limit", "character_limit"):
        cells[name] = break_text(kind, condition["number"])
    else:
        raise Failure(f"nobody knows how to break {condition['condition']}")


def find_item(filing, full_id):
    """The measure and the item of a full id, both of which may have dots in them; of a measure for each row in the last
    row, so that one that is as it should be does not hide it."""
    for (measure, _), items in reversed(filing.measures.items()):
        if full_id == measure:
            return items, next(iter(items))
        for item in items:
            if full_id == f"{measure}.{item}":
                return items, item
    raise Failure(f"the sample does not answer {full_id}")


def break_measure(filing, name, condition, placeholder):
    if condition["kind"] != "obligation":
        raise Failure(f"nobody knows how to break {condition['condition']}")
    last = [measure for measure in filing.measures if measure[0] == name][-1]
    filing.measures[last] = {item: PLACEHOLDER for item in filing.measures[last]} if placeholder else {}


def break_group(filing, name, condition):
    kind, measures = condition["kind"], condition["measures"]
    if kind == "choose" and not measures:
        filing.measures = {id: items for id, items in filing.measures.items() if id[0] not in condition["within"]}
    elif kind == "choose":
        for measure in measures[condition["number"] - 1:]:
            last = [filed for filed in filing.measures if filed[0] == measure][-1]
            filing.measures[last] = {}
    else:
        raise Failure(f"nobody knows how to break {condition['condition']}")


def break_rows(filing, name, condition):
    kind, rows = condition["kind"], filing.records[name]
    if kind == "rows.least":
        del rows[condition["number"] - 1:]
    elif kind == "rows.most":
        while len(rows) <= condition["number"]:
            rows.append(dict(rows[0]))
    elif kind == "key":
        rows.append(dict(rows[0]))
    elif kind == "of":
        row = rows[0]
        for owner in list(filing.records):
            if owner != name and "of" not in filing.kinds.get(owner, ()):
                filing.records[owner] = [one for one in filing.records[owner] if not owns(one, row)]
    else:
        raise Failure(f"nobody knows how to break {condition['condition']}")


def break_it(filing, condition, placeholder=False):
    kind = condition["kind"]
    whole, end = condition["condition"], "." + condition["kind"]
    if not whole.endswith(end):
        raise Failure(f"{whole} does not end in {end}")
    part, name = whole[:-len(end)].split(".", 1)
    for record in [record for record, value in (condition["exempt"] or {}).items() if value is None]:
        del filing.records[record]
    if part == "fields":
        break_cell(filing.fields, name, condition, placeholder)
    elif part == "measures":
        break_measure(filing, name, condition, placeholder)
    elif part == "items":
        items, item = find_item(filing, name)
        break_cell(items, item, condition, placeholder)
    elif part == "groups":
        break_group(filing, name, condition)
    elif part == "records" and ".columns." in name:
        record, column = name.split(".columns.")
        row = next((row for row in filing.records[record] if kind != "required" or column in row), None)
        if row is None:
            raise Failure(f"the sample has no row for {whole}")
        if kind == "unique":
            filing.records[record].append(dict(row))
            return
        break_cell(row, column, condition, placeholder)
    elif part == "records":
        break_rows(filing, name, condition)
    else:
        raise Failure(f"nobody knows how to break {whole}")


# ---- looking ----

TOGETHER = 25  # filings in one run


def findings(proviso, pack, day, paths, rules=None):
    """What is found in each of the filings: path -> (rule, subject, message), each as often as it is found."""
    only = ["--rule", rules] if rules else []
    found = {path: collections.Counter() for path in paths}
    for start in range(0, len(paths), TOGETHER):
        report = run(proviso, "check", "--pack", pack, "--as-of", day, "--mode", "gate", "--format", "json", *only,
                     *paths[start:start + TOGETHER])
        if report["faults"]:
            raise Failure(f"{report['faults'][0]['message']}")
        for verdict in report["verdicts"]:
            if verdict["state"] in ("fail", "review") and verdict["subject"]["kind"] != "collection":
                found[verdict["at"]["path"]][verdict["rule"], verdict["subject"]["name"], verdict["message"]] += 1
    return found


def look(proviso, pack, day, sound, broken, rules):
    """The conditions that nobody found to be broken; broken: path -> condition. Under rules, by the built-in ones."""
    before = findings(proviso, pack, day, [sound], rules)[sound]
    after = findings(proviso, pack, day, list(broken), rules)
    for path, condition in broken.items():
        new = after[path] - before
        expected = [condition["otherwise"]] + ([] if rules else condition["judges"])
        if not any(rule in expected for rule, _, _ in new):
            what = f" when only {rules} is run" if rules else ""
            yield (f"{condition['condition']} is broken{what}, and no finding of {', '.join(expected)} is new "
                   f"(new: {sorted(new)})")


def try_conditions(proviso, pack, day, folder, filing, conditions):
    sound = os.path.join(folder, "sound.yaml")
    filing.write(sound)
    broken = {}
    ways = [(condition, False) for condition in conditions]
    ways += [(condition, True) for condition in conditions if takes_placeholder(condition, conditions)]
    for number, (condition, placeholder) in enumerate(ways):
        other = copy.deepcopy(filing)
        try:
            break_it(other, condition, placeholder)
        except (Failure, KeyError, IndexError) as failure:
            yield f"{condition['condition']}: {failure!r}"
            continue
        path = os.path.join(folder, f"broken-{number:03}.yaml")
        other.write(path)
        broken[path] = condition
    yield from look(proviso, pack, day, sound, broken, None)
    taken_over = {path: condition for path, condition in broken.items() if condition["judges"]}
    if taken_over:
        yield from look(proviso, pack, day, sound, taken_over, "form.*")


def try_pack(proviso, folder, pack):
    if pack not in SAMPLES:
        raise Failure(f"{pack}: there is no sample whose conditions could be broken")
    sample, day = SAMPLES[pack]
    path = next(os.path.join(root, pack) for root in FOLDERS if os.path.exists(os.path.join(ROOT, root, pack)))
    conditions = run(proviso, "rules", "--format", "json", path)["packs"][0]["conditions"]
    for condition in conditions:
        condition["exempt"] = EXEMPT.get(pack, {}).get(condition["condition"])
    if any(condition["kind"] == "only_if" and not condition["exempt"] for condition in conditions):
        raise Failure(f"{pack}: nobody knows where one of its parts does not apply")
    if not conditions:
        raise Failure(f"{pack}: its form declares nothing")
    kinds = collections.defaultdict(set)
    for condition in conditions:
        part, name = condition["condition"].split(".", 1)
        if part == "records":
            kinds[name.split(".")[0]].add(condition["kind"])
    keyed = [kind for kind, declared in kinds.items() if "key" in declared]
    owners = {kind: keyed for kind, declared in kinds.items() if "of" in declared}
    least = {condition["condition"].split(".")[1]: condition["number"] for condition in conditions
             if condition["kind"] == "rows.least"}
    shown = run(proviso, "show", "--pack", path, "--format", "json", sample)
    filing = Filing(shown, owners, least)
    filing.kinds = kinds
    more = MORE.get(pack, {})
    filing.fields |= more.get("fields", {})
    for kind, row in more.get("records", {}).items():
        filing.records[kind].append(row)
    failed = list(try_conditions(proviso, path, day, folder, filing, conditions))
    return len(conditions), [f"{pack}: {line}" for line in failed]


def main():
    proviso = os.path.abspath(sys.argv[1])
    packs = sys.argv[2:] or sorted(name for root in FOLDERS for name in os.listdir(os.path.join(ROOT, root))
                                   if os.path.exists(os.path.join(ROOT, root, name, "pack.yaml")))
    count, failed = 0, []
    for pack in packs:
        with tempfile.TemporaryDirectory() as folder:
            number, wrong = try_pack(proviso, folder, pack)
            count += number
            failed += wrong
    print("".join(f"not ok {line}\n" for line in failed), end="")
    print(f"conditions of {len(packs)} packs: {count - len(failed)} passed, {len(failed)} failed")
    sys.exit(1 if failed or count == 0 else 0)


if __name__ == "__main__":
    main()
