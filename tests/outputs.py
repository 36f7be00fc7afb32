#!/usr/bin/env python3
"""Reports of proviso check, lint and test, read by those who read them elsewhere.

usage: outputs.py PROVISO VALIDATORS KIND
KIND is sarif-schema, sarif-rules, junit, tap-perl, tap-npm or gitlab. VALIDATORS is the folder that
scripts/install-dependencies --test has installed them in.
exit:  0 all is well, 1 it is not, 77 there is no validator here (it says which)
"""
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASES = os.path.join(ROOT, "tests", "cli")
OUTPUTS = os.path.join(ROOT, "tests", "outputs")
PACKS = os.path.join(CASES, "packs")
SKIPPED = 77

sys.path.append(CASES)
import archive  # of tests/cli

# name: case of tests/cli, or folder; packs, from there; arguments of check, in which {here} is the folder.
# Together: findings of every state and level, hard texts and paths, faults, nothing.
RUNS = {
    "marks": ("outputs-sarif", PACKS, ["filings"]),
    "marks-verbose": ("outputs-sarif", PACKS, ["--verbose", "--mode", "draft", "filings", "no-such-file.yaml"]),
    "notes-fail": ("outputs-sarif", PACKS, ["--fail-on", "note", "./filings/good.yaml", "filings/unreadable.yaml"]),
    "absolute": ("outputs-of-a-clean-filing", PACKS, ["{here}/good.yaml"]),
    "documents": ("outputs-of-documents", PACKS, ["filings/register.yaml"]),
    "pairs": ("register-of-records", "our-packs", ["--as-of", "2024-09-01", "register.yaml"]),
    "many": ("jobs-give-the-same-reports", PACKS, ["filings"]),
    "nothing": ("outputs-of-a-clean-filing", PACKS, ["no-such-file.yaml"]),
    "together": ("together", "our-packs", ["./filings"]),
    "faults": ("faults-of-rules-in-all-formats", PACKS, ["--pack", "pack", "--mode", "draft", "filings"]),
    "sample": (os.path.join(ROOT, "samples"), os.path.join(ROOT, "rules"), ["--verbose", "."]),
}

# Of lint and test, in SARIF: name: case of tests/cli; packs, from there; command and arguments; its JSON's results.
OF_RULES = {
    "lint": ("lint-findings", PACKS, ["lint", "--fail-on", "note", "pack"]),
    "lint-clean": ("lint", os.path.join(ROOT, "rules"), ["lint"]),
    "lint-names": ("names-that-are-nowhere", PACKS, ["lint", "pack"]),
    "test": ("test-cases-failing", PACKS, ["test", "pack"]),
    "test-faulty": ("test-cases-faulty", PACKS, ["test", "pack"]),
    "test-clean": ("test-cases-failing", os.path.join(ROOT, "rules"), ["test", "nlcf-under-10000"]),
}


def skip(what):
    print(f"skipped: {what} is not here; scripts/install-dependencies --test installs it")
    sys.exit(SKIPPED)


def check(proviso, name, form, out):
    case, packs, arguments = RUNS[name]
    folder = case
    if not os.path.isabs(case):
        folder = out + ".case"
        os.mkdir(folder)
        archive.unpack(archive.read(os.path.join(CASES, case + ".txtar")), folder)
    environment = dict(os.environ, PROVISO_RULES=os.path.join(folder, packs))
    command = [proviso, "check", "--format", f"{form}={out}", "--format", f"json={out}.json",
               *(argument.format(here=folder) for argument in arguments)]
    subprocess.run(command, cwd=folder, env=environment, check=False,
                   stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(out + ".json", encoding="utf-8") as report:
        return json.load(report)


def counts(report):
    """What tests there must be of which outcome, from the JSON of the same run."""
    blocking = ["error", "warning", "note"][:1 + ["error", "warning", "note"].index(report["fail_on"])]
    found = collections.Counter()
    for verdict in report["verdicts"]:
        state = verdict["state"]
        if state in ("fail", "review"):
            state = "failure" if verdict["level"] in blocking else "remark"
        found[state] += 1
    found["not-applicable"] += len(report["skipped"])  # tests that were not run
    found["fault"] = len({fault_of(fault) for fault in report["faults"]})
    return found


def fault_of(fault):
    """Faults of a rule at one place are one; so are those of a budget, which runs out anywhere."""
    if not fault["rule"]:
        return json.dumps(fault)
    at = None if fault["kind"] in ("fuel", "memory", "time") else fault["at"]
    return json.dumps([fault["rule"], fault["kind"], at])


def expect(problems, name, what, wanted, got):
    if wanted != got:
        problems.append(f"{name}: {what}: {wanted} were to be expected, {got} are there")


def run(command, **options):
    return subprocess.run(command, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def keep_to_schema(reports, validators, problems):
    if not shutil.which("node") or not os.path.isdir(os.path.join(validators, "node_modules", "ajv-draft-04")):
        skip("ajv")
    found = run(["node", os.path.join(OUTPUTS, "sarif_schema.js"), *(out for out, _ in reports.values())],
                cwd=validators)
    if found.returncode != 0:
        problems.append(found.stdout)


def sarif_schema(reports, validators, problems):
    keep_to_schema(reports, validators, problems)
    for name, (out, report) in reports.items():
        compare_sarif(name, out, report, problems)


def compare_sarif(name, out, report, problems):
    with open(out, encoding="utf-8") as log:
        log_run = json.load(log)["runs"][0]
    rules = log_run["tool"]["driver"]["rules"]
    told = [verdict for verdict in report["verdicts"] if verdict["state"] in ("fail", "review")]
    expect(problems, name, "results", [verdict["rule"] for verdict in told],
           [result["ruleId"] for result in log_run["results"]])
    expect(problems, name, "rules by index", [result["ruleId"] for result in log_run["results"]],
           [rules[result["ruleIndex"]]["id"] for result in log_run["results"]])
    invocation = log_run["invocations"][0]
    expect(problems, name, "faults", counts(report)["fault"],
           sum(1 for note in invocation["toolExecutionNotifications"] if note["level"] == "error"))
    files = collections.Counter(artifact["location"]["uri"] for artifact in log_run["artifacts"])
    inputs = {os.path.basename(each["path"]) for each in report["inputs"]}
    expect(problems, name, "files told twice", [], [uri for uri, times in files.items() if times > 1])
    expect(problems, name, "files that are no file", [],
           [uri for uri in files if "." not in uri or urllib.parse.unquote(uri) == "the collection"])
    expect(problems, name, "files judged", len(inputs), len(inputs & {os.path.basename(urllib.parse.unquote(uri))
                                                                      for uri in files}))
    failed = report["summary"]["faults"] + report["summary"]["not_checked"] > 0
    expect(problems, name, "executionSuccessful", not failed, invocation["executionSuccessful"])


def write_of_rules(proviso, folder):
    """The SARIF logs of lint and test, each with what the JSON of the same run says."""
    logs = {}
    for name, (case, packs, arguments) in OF_RULES.items():
        out = os.path.join(folder, f"{name}.sarif")
        work = out + ".case"
        os.mkdir(work)
        archive.unpack(archive.read(os.path.join(CASES, case + ".txtar")), work)
        environment = dict(os.environ, PROVISO_RULES=os.path.join(work, packs))
        for form, path in (("sarif", out), ("json", out + ".json")):
            with open(path, "w", encoding="utf-8") as file:
                subprocess.run([proviso, arguments[0], "--format", form, *arguments[1:]], cwd=work, env=environment,
                               check=False, stdout=file, stderr=subprocess.DEVNULL)
        with open(out + ".json", encoding="utf-8") as report:
            logs[name] = out, json.load(report)
    return logs


def compare_of_rules(name, out, report, problems):
    with open(out, encoding="utf-8") as log:
        log_run = json.load(log)["runs"][0]
    rules = log_run["tool"]["driver"]["rules"]
    results = log_run["results"]
    if "findings" in report:
        wanted = [(each["id"], each["level"]) for each in report["findings"]]
        faults = len(report["faults"])
    else:
        kinds = {"example": "test.example", "pack": "test.example", "case": "test.case"}
        wanted = [("test.not-run" if each["outcome"] == "faulty" else kinds[each["kind"]], "error")
                  for each in report["results"] if each["outcome"] != "passed"]
        faults = 0
    told = [result for result in results if not result.get("suppressions")]
    settled = [result for result in results if result.get("suppressions")]
    expect(problems, name, "results", wanted, [(result["ruleId"], result["level"]) for result in told])
    expect(problems, name, "settled", [(each["id"], each["level"], each["reason"]) for each in report.get("settled", [])],
           [(result["ruleId"], result["level"], result["suppressions"][0]["justification"]) for result in settled])
    expect(problems, name, "rules by index", [result["ruleId"] for result in results],
           [rules[result["ruleIndex"]]["id"] for result in results])
    expect(problems, name, "faults", faults, len(log_run["invocations"][0]["toolExecutionNotifications"]))


# automationDetails: Azure DevOps wants the identity of its build there, and GitHub takes the category of the upload only
# where there is none.
NEEDS_THE_PIPELINE = "GHAzDO1014"


def sarif_rules(reports, validators, problems):
    tool = os.path.join(validators, "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool")
    if not os.access(tool, os.X_OK):
        skip("Sarif.Multitool")
    environment = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1", DOTNET_CLI_TELEMETRY_OPTOUT="1")
    for name, (out, _) in reports.items():
        found = run([tool, "validate", out, "--rule-kind", "Sarif;Gh;Ado", "--output", out + ".found"], env=environment)
        with open(out + ".found", encoding="utf-8") as log:
            results = json.load(log)["runs"][0].get("results", [])
        others = [result for result in results if result["ruleId"] != NEEDS_THE_PIPELINE]
        if others or (found.returncode != 0 and not results):
            problems.append(f"{name}: {found.stdout}")


def validate_logs(kind, logs, validators, problems):
    (keep_to_schema if kind == "sarif-schema" else sarif_rules)(logs, validators, problems)


def junit(reports, _, problems):
    if not shutil.which("xmllint"):
        skip("xmllint")
    import xml.etree.ElementTree as tree
    for name, (out, report) in reports.items():
        found = run(["xmllint", "--noout", "--relaxng", os.path.join(OUTPUTS, "junit.rng"), out])
        if found.returncode != 0:
            problems.append(found.stdout)
            continue
        wanted = counts(report)
        root = tree.parse(out).getroot()
        for element, states in (("failure", ["failure"]), ("skipped", ["not-applicable", "remark", "not-checked"]),
                                ("system-out", ["remark"]), ("error", ["fault"])):
            expect(problems, name, element, sum(wanted[state] for state in states), len(root.findall(f".//{element}")))
        expect(problems, name, "testcase", sum(wanted.values()), len(root.findall(".//testcase")))
        reviews = sum(1 for verdict in report["verdicts"] if verdict["state"] == "review")
        expect(problems, name, "reviews that say so", reviews,
               sum(1 for case in root.iter("testcase") for outcome in case
                   if outcome.get("message", "").startswith("for review: ")))
        inputs = [each["path"] for each in report["inputs"]]
        expect(problems, name, "tests of a file without it", 0,
               sum(1 for case in root.iter("testcase") if case.get("classname") in inputs and not case.get("line")))
        for suite in root:
            for attribute, element in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"),
                                       ("skipped", "skipped")):
                expect(problems, name, f"{attribute} of {suite.get('name')}", int(suite.get(attribute)),
                       len(suite.findall(f".//{element}")))
        names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
        expect(problems, name, "names", len(set(names)), len(names))


def compare_tap(name, report, found, problems):
    wanted = counts(report)
    expect(problems, name, "problems", [], found["problems"])
    expect(problems, name, "points", sum(wanted.values()), found["count"])
    expect(problems, name, "plan", sum(wanted.values()), found["end"])
    expect(problems, name, "failed", wanted["failure"] + wanted["fault"], found["fail"])
    expect(problems, name, "skipped", wanted["not-applicable"] + wanted["not-checked"], found["skip"])
    expect(problems, name, "todo", wanted["remark"], found["todo"])


PERL = r"""
use TAP::Parser;
my $parser = TAP::Parser->new({ source => $ARGV[0] });
$parser->run;
my @problems = map { '"' . quotemeta($_) . '"' } $parser->parse_errors;
printf '{"count":%d,"end":%d,"fail":%d,"skip":%d,"todo":%d,"problems":[%s]}', $parser->tests_run,
    $parser->tests_planned, scalar($parser->failed), scalar($parser->skipped), scalar($parser->todo),
    join(',', map { s/\\//gr } @problems);
"""


def tap_perl(reports, _, problems):
    if not shutil.which("perl") or run(["perl", "-MTAP::Parser", "-e", "1"]).returncode != 0:
        skip("TAP::Parser")
    for name, (out, report) in reports.items():
        found = run(["perl", "-e", PERL, out])
        compare_tap(name, report, json.loads(found.stdout), problems)


def tap_npm(reports, validators, problems):
    if not shutil.which("node") or not os.path.isdir(os.path.join(validators, "node_modules", "tap-parser")):
        skip("tap-parser")
    for name, (out, report) in reports.items():
        with open(out, encoding="utf-8") as points:
            found = run(["node", os.path.join(OUTPUTS, "tap_parser.js")], cwd=validators, stdin=points)
        compare_tap(name, report, json.loads(found.stdout), problems)


def gitlab(reports, _, problems):
    severities = {"info", "minor", "major", "critical", "blocker"}
    for name, (out, report) in reports.items():
        with open(out, encoding="utf-8") as array:
            entries = json.load(array)
        wanted = counts(report)
        expect(problems, name, "entries",
               sum(wanted[state] for state in ("failure", "remark", "fault")), len(entries))
        expect(problems, name, "fingerprints", len(entries), len({entry["fingerprint"] for entry in entries}))
        for entry in entries:
            expect(problems, name, "path", False, entry["location"]["path"].startswith("./"))
            expect(problems, name, "line", True, entry["location"]["lines"]["begin"] >= 1)
            expect(problems, name, "text", True, bool(entry["description"] and entry["check_name"]))
            expect(problems, name, "severity", True, entry["severity"] in severities)


KINDS = {"sarif-schema": ("sarif", sarif_schema), "sarif-rules": ("sarif", sarif_rules), "junit": ("junit", junit),
         "tap-perl": ("tap", tap_perl), "tap-npm": ("tap", tap_npm), "gitlab": ("gitlab", gitlab)}


def main():
    proviso, validators, kind = sys.argv[1:]
    form, validate = KINDS[kind]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        reports = {}
        for name, (_, _, arguments) in RUNS.items():
            out = os.path.join(folder, f"{name}.{form}")
            report = check(proviso, name, form, out)
            report["fail_on"] = arguments[arguments.index("--fail-on") + 1] if "--fail-on" in arguments else "error"
            reports[name] = out, report
        if form == "sarif":
            logs = write_of_rules(proviso, folder)
            for name, (out, report) in logs.items():
                compare_of_rules(name, out, report, problems)
            validate_logs(kind, logs, validators, problems)
        validate(reports, validators, problems)
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{len(RUNS)} reports")
    sys.exit(1 if problems else 0)


main()
