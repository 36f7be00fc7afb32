#!/usr/bin/env python3
"""Runs the benchmark and prints its tables.

usage: run.py PROVISO YAML_EVENTS YAML_READ MEASURED RULES_FOLDER [OPTION]...
  --files N         submissions of each corpus (1000)
  --rounds N        (7)
  --corpus FOLDER   these submissions too, a corpus of their own; may be given several times
  --no-growth       no growth tables
  --most SECONDS    a growth table ends after a size that took so long (30)
  --svg FILE        where the growth curves go (build/bench.svg)
  --json FILE       all figures, for programs
"""
import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import generate
import plot

HERE = os.path.dirname(os.path.abspath(__file__))
COLD_ROUNDS = 21
EVENTS = "libyaml events, no checks"
THREE, WHOLE, JOBS = "three checks, JSON", "whole pack, JSON", "whole pack, JSON, --jobs 2"
PERL, PYTHON = "Perl + YAML::XS, three checks", "Python + PyYAML, three checks"


class Bench:
    def __init__(self, options, folder):
        self.proviso, self.options, self.folder = options.proviso, options, folder
        self.check = [self.proviso, "check", "--format", "json=/dev/null"]  # the report is made; no disk is timed
        self.figures = {}
        self.peers = peers()

    def measure(self, command, paths=None):
        """What it took; paths go to standard input."""
        result = os.path.join(self.folder, "result")
        with tempfile.TemporaryFile() as feed, tempfile.TemporaryFile() as out:
            feed.write("".join(path + "\n" for path in paths or ()).encode())
            feed.seek(0)
            done = subprocess.run([self.options.measured, result, *command], stdin=feed, stdout=out, stderr=subprocess.PIPE,
                                  check=False)
            out.seek(max(0, out.seek(0, os.SEEK_END) - 200))
            lines = out.read().decode(errors="replace").strip().splitlines()
        with open(result, encoding="ascii") as file:
            wall, cpu, peak, code = file.read().split()
        if done.returncode != 0 or code not in ("0", "1", "2"):
            sys.exit(f"{' '.join(command[:6])} … ended with status {code}")
        return {"wall": float(wall), "cpu": float(cpu), "peak": int(peak), "code": int(code),
                "last": lines[-1] if lines else "", "said": done.stderr.decode(errors="replace").strip()}

    def rounds(self, commands, count):
        """Each command once per round, in turn, so that a slow spell of the machine meets all of them: name -> samples."""
        samples = {name: [] for name in commands}
        for _ in range(count):
            for name, (command, paths) in commands.items():
                samples[name].append(self.measure(command, paths))
        return samples


def has(command):
    return shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def peers():
    found = {}
    if has(["perl", "-MYAML::XS", "-e1"]):
        found[PERL] = ["perl", os.path.join(HERE, "three_checks.pl")]
    else:
        print("left out: Perl, as YAML::XS is not installed (libyaml-libyaml-perl)")
    for python in ("/usr/bin/python3", sys.executable):
        if PYTHON not in found and has([python, "-c", "import yaml; yaml.CSafeLoader"]):
            found[PYTHON] = [python, os.path.join(HERE, "three_checks.py")]
    if PYTHON not in found:
        print("left out: Python, as PyYAML with libyaml is not installed (python3-yaml)")
    return found


# ---- figures with their spread ----


def quartiles(values):
    """The median, and the quartiles on both sides of it."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return middle, low, high


def ratios(samples, other, key="cpu"):
    """Round by round."""
    return quartiles([one[key] / max(two[key], 1e-9) for one, two in zip(samples, other)])


def shown(figures, width=6, digits=2):
    middle, low, high = figures
    return f"{middle:{width}.{digits}f} [{low:.{digits}f}–{high:.{digits}f}]"


# ---- tables ----


def three_checks_pack(bench):
    pack = os.path.join(bench.folder, "three-checks")
    shutil.copytree(os.path.join(HERE, "three-checks"), pack)
    shutil.copy(os.path.join(bench.options.rules, "calaim-ipp-payment-1", "form.yaml"), pack)
    return pack


def compare_findings(bench, name, pack, corpus, samples):
    """The peers and the engine have done the same work when they find the same."""
    report = os.path.join(bench.folder, "findings.json")
    bench.measure([bench.proviso, "check", "--pack", pack, "--rule", "three.*", "--format", f"json={report}", corpus])
    with open(report, encoding="utf-8") as file:
        found = {"proviso": json.load(file)["summary"]["fail"]}
    found.update({peer: int(samples[peer][0]["last"].split()[0]) for peer in (PERL, PYTHON) if peer in samples})
    print("  findings of the three checks: " + ", ".join(f"{count} ({who.split(' +')[0]})" for who, count in found.items()))
    if name == "own words" and len(set(found.values())) > 1:
        sys.exit("they do not find the same")


def compare_corpus(bench, name, corpus, pack):
    paths = [os.path.join(corpus, file) for file in sorted(os.listdir(corpus))]
    size = sum(os.path.getsize(path) for path in paths)
    commands = {EVENTS: ([bench.options.yaml_events], paths),
                "trees and places, no checks": ([bench.options.yaml_read, "own"], paths),
                THREE: ([*bench.check, "--pack", pack, corpus], None),
                "three checks, terminal, quiet": ([bench.proviso, "check", "--quiet", "--pack", pack, corpus], None),
                WHOLE: ([*bench.check, corpus], None),
                JOBS: ([*bench.check, "--jobs", "2", corpus], None)}
    commands.update({peer: (command, paths) for peer, command in bench.peers.items()})
    samples = bench.rounds(commands, bench.options.rounds)
    print(f"\n{name}: {len(paths)} submissions of {size / len(paths) / 1000:.1f} kB, {bench.options.rounds} rounds; "
          "seconds are of the processor, median [quartiles]")
    print(f"{'':32}{'seconds':>25}{'µs each':>9}{'× libyaml':>25}{'peak MB':>9}")
    for each, taken in samples.items():
        cpu = quartiles([one["cpu"] for one in taken])
        print(f"{each:32}{shown(cpu):>25}{cpu[0] / len(paths) * 1e6:9.0f}{shown(ratios(taken, samples[EVENTS])):>25}"
              f"{max(one['peak'] for one in taken) / 1024:9.1f}")
    compare_findings(bench, name, pack, corpus, samples)
    speedup = ratios(samples[WHOLE], samples[JOBS], "wall")
    print(f"  --jobs 2 against one process, time that passes: {shown(speedup)}")
    figures = {"three checks × libyaml": ratios(samples[THREE], samples[EVENTS]),
               "whole pack × libyaml": ratios(samples[WHOLE], samples[EVENTS]), "--jobs 2": speedup}
    for peer in (PERL, PYTHON):
        if peer in samples:
            figures[f"three checks × {peer.split(',')[0]}"] = ratios(samples[THREE], samples[peer])
    bench.figures[name] = figures
    return paths


def compare_cold(bench, paths):
    """One submission from process start to exit."""
    commands = {"whole pack, JSON": ([*bench.check, paths[0]], None)}
    commands.update({peer: (command, paths[:1]) for peer, command in bench.peers.items()})
    commands["nothing: /bin/true"] = (["/bin/true"], None)
    samples = bench.rounds(commands, COLD_ROUNDS)
    print(f"\none submission, cold, {COLD_ROUNDS} rounds: milliseconds that pass; × the whole pack")
    for name, taken in samples.items():
        print(f"{name:32}{shown(quartiles([one['wall'] * 1e3 for one in taken])):>25}"
              f"{shown(ratios(taken, samples['whole pack, JSON'], 'wall')):>25}")
    if PERL in samples:
        bench.figures["cold"] = {"× Perl + YAML::XS": ratios(samples["whole pack, JSON"], samples[PERL], "wall")}


def profile(bench, paths):
    print("\nwhere the whole pack spends its time (docs/performance.md)", flush=True)
    subprocess.run([*bench.check, "--profile", "--width", "120", *paths[:200]], check=False)


# ---- growth ----


def grow(bench, title, sizes, unit, commands):
    """commands: size -> {name: command}. Prints a table; series of (size, seconds) by name."""
    series, given_up = {}, {}
    print(f"\n{title}: seconds of the processor (and the exponent from the size before: 1 is linear), peak MB")
    for size in sizes:
        line = f"  {plot.power(size, unit):>10}"
        for name, command in commands(size).items():
            curve = series.setdefault(name, [])
            if name in given_up:
                line += f"   {name}: {given_up[name]}"
                continue
            taken = bench.measure(command)
            if taken["code"] == 2:
                given_up[name] = "refused: " + taken["said"].splitlines()[0].split(": ", 2)[-1][:70]
                line += f"   {name}: {given_up[name]}"
                continue
            exponent = ""
            if curve:
                exponent = f" ({math.log(taken['cpu'] / curve[-1][1]) / math.log(size / curve[-1][0]):.2f})"
            curve.append((size, max(taken["cpu"], 1e-4)))
            line += f"   {name}: {taken['cpu']:.3f}{exponent}, {taken['peak'] / 1024:.1f} MB"
            bench.figures.setdefault(title, {}).setdefault(name, []).append([size, taken["cpu"], taken["peak"]])
            if taken["cpu"] > bench.options.most:
                given_up[name] = "not run"
        print(line, flush=True)
        if len(given_up) == len(series):
            print("             larger ones: the same")
            break
    return series


def grow_all(bench, pack):
    form = os.path.join(bench.options.rules, "calaim-ipp-payment-1", "form.yaml")
    with open(form, encoding="utf-8") as file:
        form = file.read()

    def submissions(kind):
        def commands(count):
            corpus = os.path.join(bench.folder, f"grow-{kind}-{count}")
            generate.write_corpus(corpus, count, kind)
            return {"three checks": [*bench.check, "--pack", pack, corpus], "whole pack": [*bench.check, corpus]}
        return commands

    def size(count):
        path = os.path.join(bench.folder, f"large-{count}.yaml")
        generate.write(path, generate.large(count))
        return {"three checks": [*bench.check, "--pack", pack, path], "whole pack": [*bench.check, path]}

    corpus = os.path.join(bench.folder, "grow-rules")
    generate.write_corpus(corpus, 100, "own")

    def rules(count):
        own = generate.write_pack(os.path.join(bench.folder, f"rules-{count}"), "bench-rules", form,
                                  "".join(generate.RULE.format(number) for number in range(1, count + 1)))
        return {"100 submissions": [*bench.check, "--pack", own, corpus],
                "one, cold": [*bench.check, "--pack", own, os.path.join(corpus, "00000.yaml")]}

    own_register = generate.write_pack(os.path.join(bench.folder, "register"), "bench-register", generate.REGISTER_FORM,
                                       generate.REGISTER_RULES)

    def rows(count):
        path = os.path.join(bench.folder, f"register-{count}.csv")
        generate.write(path, generate.register(count))
        return {"register": [*bench.check, "--pack", own_register, path]}

    return [
        ("Submissions", "submissions", grow(bench, "submissions in words of their own", (100, 300, 1000, 3000, 10000), "",
                                            submissions("own"))),
        ("Near-copies", "submissions", grow(bench, "near-copies of the sample", (100, 300, 1000, 3000, 10000), "",
                                            submissions("copies"))),
        ("Size of one", "bytes", grow(bench, "size of one submission", (30000, 300000, 3000000, 10000000, 30000000, 100000000),
                                      "B", size)),
        ("Rules", "rules", grow(bench, "rules", (10, 30, 100, 300, 1000), "", rules)),
        ("Rows of a register", "rows", grow(bench, "rows of a register", (100, 1000, 10000, 30000, 99990), "", rows)),
    ]


# ---- targets ----

TARGETS = (("three checks × libyaml", "≤", 0.8), ("whole pack × libyaml", "≤", 2.5),
           ("three checks × Perl + YAML::XS", "≤", 0.15), ("--jobs 2", "≥", 1.9))


def tell_targets(bench):
    print("\ntargets, on each corpus: median [quartiles]")
    for name, direction, wanted in TARGETS:
        for corpus, figures in bench.figures.items():
            if name in figures:
                tell_target(f"{name}, {corpus}", figures[name], direction, wanted)
    if "cold" in bench.figures:
        tell_target("one cold × Perl + YAML::XS", bench.figures["cold"]["× Perl + YAML::XS"], "≤", 0.3)


def tell_target(name, figures, direction, wanted):
    met = figures[0] <= wanted if direction == "≤" else figures[0] >= wanted
    print(f"  {name:52}{shown(figures):>25}   {direction} {wanted:<5}{'met' if met else 'not met'}")


def options_of(arguments):
    parser = argparse.ArgumentParser(usage=__doc__)
    for name in ("proviso", "yaml_events", "yaml_read", "measured", "rules"):
        parser.add_argument(name, type=os.path.abspath)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--corpus", action="append", default=[])
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--most", type=float, default=30)
    parser.add_argument("--svg", default="build/bench.svg")
    parser.add_argument("--json")
    return parser.parse_args(arguments)


def main():
    options = options_of(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PROVISO_CACHE"] = os.path.join(folder, "cache")  # nothing is known of packs from runs before these
        bench = Bench(options, folder)
        pack = three_checks_pack(bench)
        corpora = {name: os.path.join(folder, kind) for name, kind in (("own words", "own"), ("near-copies", "copies"))}
        for kind in ("own", "copies"):
            generate.write_corpus(os.path.join(folder, kind), options.files, kind)
        corpora.update({path: os.path.abspath(path) for path in options.corpus})
        paths = [compare_corpus(bench, name, corpus, pack) for name, corpus in corpora.items()][0]
        compare_cold(bench, paths)
        profile(bench, paths)
        panels = [] if options.no_growth else grow_all(bench, pack)
        tell_targets(bench)
        if panels:
            generate.write(os.path.abspath(options.svg), plot.draw(panels))
            print(f"growth curves: {options.svg}")
        if options.json:
            generate.write(os.path.abspath(options.json), json.dumps(bench.figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
