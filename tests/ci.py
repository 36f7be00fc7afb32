#!/usr/bin/env python3
"""Where people use proviso, as far as a machine without those services can tell.

usage: ci.py PROVISO hook     a git hook made of .pre-commit-hooks.yaml blocks a commit, or lets it through; and
                              pre-commit itself, where it is installed
       ci.py PROVISO github   the steps of the composite action, run as a runner does
       ci.py PROVISO gitlab   the lines of the template's job

Building is left out: where scripts/build is called, one stands in that puts PROVISO where a build would be.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

try:
    import yaml
except ImportError:
    print("skipped: there is no PyYAML here")
    sys.exit(77)

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAMPLE = "samples/payment-1-los-angeles.yaml"
AUTHOR = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]


def expect(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}:\n  expected {expected!r}\n  got      {actual!r}")


def hold(what, holds, seen=""):
    if not holds:
        sys.exit(f"{what}: this does not hold\n{seen}")


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def write(text, *path):
    os.makedirs(os.path.dirname(os.path.join(*path)), exist_ok=True)
    with open(os.path.join(*path), "w", encoding="utf-8") as file:
        file.write(text)


def parsed(*path):
    return yaml.safe_load(read(ROOT, *path))


def environment(**more):
    """Nothing of the environment of this run counts but where programs are."""
    return {"PATH": os.environ["PATH"], "HOME": more.pop("home"), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""), **more}


def run(command, folder, env, status=0):
    """What the command says, both streams, when it ends with this status (None: whatever it is)."""
    done = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode()
    if status is not None and done.returncode != status:
        sys.exit(f"{command}: status {done.returncode}, not {status}\n{said}")
    return said


def with_an_error():
    """The sample with a county that is none: one error."""
    text = read(ROOT, SAMPLE)
    hold("the sample names its county once", text.count("county: Los Angeles\n") == 1)
    return text.replace("county: Los Angeles\n", "county: Los Angelos\n")


def repository_of(folder, env, files):
    """A git repository with one commit of these files, path: text."""
    run(["git", "init", "--quiet", "--initial-branch", "main", folder], "/", env)
    for path, text in files.items():
        write(text, folder, path)
    run(["git", "add", "--all"], folder, env)
    run(["git", *AUTHOR, "commit", "--quiet", "--message", "begin"], folder, env)


def builder(proviso):
    """A script that stands in for scripts/build."""
    return f'#!/bin/sh\nset -eu\ncd "$(dirname "$0")/.."\nmkdir build\nln -s "{proviso}" build/proviso\n'


def proviso_repository(folder, env, proviso, paths):
    """A repository of proviso that has these files of it, and builds at once."""
    repository_of(folder, env, {"scripts/build": builder(proviso), **{path: read(ROOT, path) for path in paths}})
    for path in ("scripts/build", "scripts/hook"):
        if os.path.exists(os.path.join(folder, path)):
            os.chmod(os.path.join(folder, path), 0o755)
    run(["git", "add", "--all"], folder, env)
    run(["git", *AUTHOR, "commit", "--quiet", "--amend", "--no-edit"], folder, env)


def failures(path):
    """How many failures a JUnit report counts."""
    return sum(int(suite.get("failures")) for suite in xml.etree.ElementTree.parse(path).getroot().iter("testsuite"))


# ---- the hook ----

def commit(folder, env, path, text, status):
    write(text, folder, path)
    run(["git", "add", "--all"], folder, env)
    said = run(["git", *AUTHOR, "commit", "--message", "change"], folder, env, status)
    if status != 0:
        run(["git", "reset", "--quiet", "--hard"], folder, env)
    return said


def commits(folder, env):
    return int(run(["git", "rev-list", "--count", "HEAD"], folder, env))


def try_commits(folder, env):
    """With a hook in place: what is blocked, and what goes through."""
    before = commits(folder, env)
    said = commit(folder, env, "filings/bad.yaml", with_an_error(), 1)
    hold("the finding is shown", "error[ipp1.county]" in said and "filings/bad.yaml" in said, said)
    hold("a file that was not changed is not checked", "filings/old.yaml" not in said, said)
    expect("nothing was committed", commits(folder, env), before)
    said = commit(folder, env, "filings/broken.yaml", "form: [\n", 1)
    hold("a fault blocks as well", "filings/broken.yaml" in said, said)
    commit(folder, env, "filings/good.yaml", read(ROOT, SAMPLE), 0)
    commit(folder, env, "notes.txt", "No filing.\n", 0)
    commit(folder, env, "docker.yaml", "services: {}\n", 0)
    expect("three commits", commits(folder, env), before + 3)


def test_hook(proviso, work, env):
    hooks = parsed(".pre-commit-hooks.yaml")
    expect("one hook", [hook["id"] for hook in hooks], ["proviso"])
    hook = hooks[0]
    for key in ("name", "entry", "language"):
        hold(f"the hook has {key}", isinstance(hook.get(key), str))
    expect("language", hook["language"], "script")
    hold("the entry can be run", os.access(os.path.join(ROOT, hook["entry"]), os.X_OK))
    source = os.path.join(work, "proviso")
    proviso_repository(source, env, proviso, [".pre-commit-hooks.yaml", "scripts/hook"])

    # A git hook that does what pre-commit does: the entry, with the staged files that are meant.
    mine = os.path.join(work, "mine")
    repository_of(mine, env, {"filings/old.yaml": with_an_error()})
    write(f"""#!/bin/sh
files=$(git diff --cached --name-only --diff-filter=ACM -- 'filings/*.yaml')
[ -z "$files" ] || exec '{source}/{hook["entry"]}' $files
""", mine, ".git/hooks/pre-commit")
    os.chmod(os.path.join(mine, ".git/hooks/pre-commit"), 0o755)
    try_commits(mine, env)
    hold("it was built, once", os.path.islink(os.path.join(source, "build/proviso")))
    commit(mine, {**env, "PROVISO": "/bin/false"}, "filings/good.yaml", read(ROOT, SAMPLE) + "\n", 1)

    if not shutil.which("pre-commit"):
        print("skipped: there is no pre-commit here, so only a git hook was tried")
        return
    shutil.rmtree(os.path.join(source, "build"))
    theirs = os.path.join(work, "theirs")
    configuration = {"repos": [{"repo": source, "rev": run(["git", "rev-parse", "HEAD"], source, env).strip(),
                                "hooks": [{"id": "proviso", "files": "^filings/"}]}]}
    repository_of(theirs, env, {"filings/old.yaml": with_an_error(),
                                ".pre-commit-config.yaml": json.dumps(configuration)})
    run(["pre-commit", "install"], theirs, env)
    try_commits(theirs, env)


# ---- GitHub ----

def with_inputs(text, inputs):
    """Text with the expressions that the action uses in the place of their values."""
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match.group(1)], text)


def run_action(action, folder, env, given, status):
    """Runs the steps as a runner does; what they say together, and the outputs."""
    inputs = {name: about["default"] for name, about in action["inputs"].items()}
    hold("inputs are the action's", set(given) <= set(inputs))
    inputs.update(given)
    said = ""
    for step in action["runs"]["steps"]:
        script = os.path.join(folder, "..", "step.sh")
        write(step["run"], script)
        more = {name: with_inputs(value, inputs) for name, value in step.get("env", {}).items()}
        hold("every expression is known", not any("${{" in value for value in more.values()), more)
        last = step is action["runs"]["steps"][-1]
        said += run(["bash", "--noprofile", "--norc", "-eo", "pipefail", script], folder, {**env, **more},
                    status if last else 0)
    outputs = dict(line.split("=", 1) for line in read(env["GITHUB_OUTPUT"]).splitlines())
    expect("output status", outputs, {"status": str(status)})
    os.remove(env["GITHUB_OUTPUT"])
    return said


def hold_action_to_its_form(action):
    for key in ("name", "description", "inputs", "outputs", "runs"):
        hold(f"the action has {key}", key in action)
    expect("using", action["runs"]["using"], "composite")
    for name, about in action["inputs"].items():
        hold(f"input {name} is described and has a default",
             isinstance(about["description"], str) and isinstance(about["default"], str))
    steps = {step["id"]: step for step in action["runs"]["steps"]}
    for name, step in steps.items():
        hold(f"step {name} says its shell", step["shell"] == "bash")
        hold(f"step {name} takes what is given from the environment, never as a part of the script",
             "${{" not in step["run"])
    for name, about in action["outputs"].items():
        of = re.fullmatch(r"\$\{\{ steps\.([a-z]+)\.outputs\.([a-z]+) \}\}", about["value"])
        hold(f"output {name} is that of a step", of and f'{of.group(2)}=' in steps[of.group(1)]["run"])


def test_github(proviso, work, env):
    action = parsed("samples/ci/github/action.yml")
    hold_action_to_its_form(action)
    workflow = parsed("samples/ci/github/workflow.yml")
    steps = workflow["jobs"]["proviso"]["steps"]
    hold("the workflow runs on a change", workflow[True] == "pull_request" and "runs-on" in workflow["jobs"]["proviso"])
    used = [step for step in steps if step["uses"].startswith("OWNER/proviso/samples/ci/github@")]
    hold("the workflow gives inputs that there are", len(used) == 1 and set(used[0]["with"]) <= set(action["inputs"]))
    upload = [step for step in steps if "upload-sarif" in step["uses"]][0]
    expect("what is uploaded is what is written", upload["with"]["sarif_file"], action["inputs"]["sarif"]["default"])

    source = os.path.join(work, "action")
    proviso_repository(source, env, proviso, ["samples/ci/github/action.yml"])
    folder = os.path.join(work, "checkout")
    repository_of(folder, env, {"filings/a b.yaml": with_an_error(), "more/good.yaml": read(ROOT, SAMPLE),
                                "docker.yaml": "services: {}\n"})
    env = {**env, "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": folder,
           "GITHUB_ACTION_PATH": os.path.join(source, "samples/ci/github"),
           "GITHUB_OUTPUT": os.path.join(work, "output"), "GITHUB_STEP_SUMMARY": os.path.join(work, "summary.md")}

    said = run_action(action, folder, env, {"options": "--rule=ipp1.county\n--fail-on=error\n"}, 1)
    hold("an annotation at its place", "::error file=filings/a b.yaml,line=" in said, said)
    hold("a summary of the step", read(env["GITHUB_STEP_SUMMARY"]).count("ipp1.county") > 0)
    sarif = json.loads(read(folder, "proviso.sarif"))
    expect("results", [(result["ruleId"], result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
                       for result in sarif["runs"][0]["results"]], [("ipp1.county", "filings/a%20b.yaml")])
    expect("failures", failures(os.path.join(folder, "proviso.xml")), 1)

    shutil.rmtree(os.path.join(source, "build"))
    given = {"paths": "filings/none.yaml\nmore", "as-of": "2022-01-31", "sarif": "out.sarif"}
    run_action(action, folder, env, given, 2)
    hold("the file that was asked for", os.path.exists(os.path.join(folder, "out.sarif")))

    shutil.rmtree(os.path.join(source, "build"))
    mark = os.path.join(work, "run")
    given = {"paths": f"more\n$(touch {mark}); touch {mark}", "as-of": "today"}
    run_action(action, folder, env, given, 2)
    hold("what is given is never run", not os.path.exists(mark))

    shutil.rmtree(os.path.join(source, "build"))
    run_action(action, folder, env, {"paths": "more\n"}, 0)


# ---- GitLab ----

def run_job(job, folder, env, given, status):
    """Runs the job's lines in one shell, as a runner does."""
    variables = {name: re.sub(r"\$(\w+)", lambda match: env[match.group(1)], str(value))
                 for name, value in job["variables"].items()}
    variables.update(given)
    script = os.path.join(folder, "..", "job.sh")
    write("\n".join(["set -e", *job["before_script"], *job["script"], ""]), script)
    said = run(["sh", script], folder, {**env, **variables}, status)
    shutil.rmtree(os.path.join(folder, ".proviso-source"))  # as a runner cleans what git does not know
    return said


def test_gitlab(proviso, work, env):
    template = parsed("samples/ci/gitlab.yml")
    expect("one job", list(template), ["proviso"])
    job = template["proviso"]
    for key in ("stage", "image", "script", "artifacts"):
        hold(f"the job has {key}", key in job)
    hold("lines are strings", all(isinstance(line, str) for line in job["before_script"] + job["script"]))
    reports = job["artifacts"]["reports"]
    expect("kinds of report", sorted(reports), ["codequality", "junit"])
    expect("reports of failed jobs too", job["artifacts"]["when"], "always")
    for option in (f"gitlab={reports['codequality']}", f"junit={reports['junit']}",
                   f"sarif={job['artifacts']['paths'][0]}"):
        hold(f"{option} is written", f"--format {option}" in job["script"][-1])

    source = os.path.join(work, "group", "proviso.git")
    proviso_repository(source, env, proviso, [])
    folder = os.path.join(work, "builds")
    repository_of(folder, env, {"filings/bad.yaml": with_an_error(), "more/good.yaml": read(ROOT, SAMPLE)})
    installed = os.path.join(work, "installed")
    write(f'#!/bin/sh\necho "$*" >>"{installed}"\n', work, "bin", "apt-get")
    os.chmod(os.path.join(work, "bin", "apt-get"), 0o755)
    env = {**env, "PATH": os.path.join(work, "bin") + ":" + env["PATH"], "CI": "true", "GITLAB_CI": "true",
           "CI_PROJECT_DIR": folder, "CI_SERVER_URL": "file://" + work, "CI_PROJECT_NAMESPACE": "group"}

    said = run_job(job, folder, env, {}, 1)
    hold("a compiler was asked for", " gcc " in read(installed))
    hold("the report is in the log", "error[ipp1.county]" in said, said)
    found = json.loads(read(folder, reports["codequality"]))
    hold("Code Quality has its finding",
         [each["location"]["path"] for each in found if each["check_name"] == "ipp1.county"]
         == ["filings/bad.yaml"], found)
    expect("failures", failures(os.path.join(folder, reports["junit"])), 1)
    hold("SARIF is there", json.loads(read(folder, "proviso.sarif"))["version"] == "2.1.0")

    run_job(job, folder, env, {"PROVISO_PATHS": "more", "PROVISO_OPTIONS": "--mode draft --rule ipp1.county",
                               "PROVISO_AS_OF": "today"}, 0)
    run_job(job, folder, env, {"PROVISO_PATHS": "filings more", "PROVISO_AS_OF": "2022-13-01"}, 2)


def main():
    proviso = os.path.abspath(sys.argv[1])
    test = {"hook": test_hook, "github": test_github, "gitlab": test_gitlab}[sys.argv[2]]
    with tempfile.TemporaryDirectory() as work:
        work = os.path.realpath(work)
        test(proviso, work, environment(home=work))


main()
