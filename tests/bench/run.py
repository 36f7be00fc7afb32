#!/usr/bin/env python3
"""Runs the benchmark and prints one table. usage: run.py PROVISO YAML_EVENTS RULE_TIMES RULES_FOLDER [--files N]"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
COLD_RUNS = 21
ROUNDS = 5


def peak_of(pid):
    """The most memory a running process has held, in kB; 0 when it has just ended. (What wait4 tells includes this program's own, from
    before the command took its place.)"""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def wait(child, watches_memory):
    """The exit code and the peak. Watching costs up to 2 ms, so it is left out where single milliseconds count."""
    peak = 0
    while watches_memory:
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status), peak
        peak = max(peak, peak_of(child.pid))
        time.sleep(0.002)
    return os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1]), peak


def measure(command, paths=None, watches_memory=True):
    """Seconds from start to exit, peak kB, last line printed. paths go to standard input."""
    with tempfile.TemporaryFile() as feed, tempfile.TemporaryFile() as out:
        if paths:
            feed.write("".join(p + "\n" for p in paths).encode())
            feed.seek(0)
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=feed, stdout=out, stderr=subprocess.DEVNULL)
        code, peak = wait(child, watches_memory)
        seconds = time.perf_counter() - start
        out.seek(max(0, out.tell() - 200))
        lines = out.read().decode(errors="replace").strip().splitlines()
    if code not in (0, 1):
        sys.exit(f"{' '.join(command[:4])} … ended with status {code}")
    return seconds, peak, lines[-1] if lines else ""


def rounds(commands, paths):
    """Each command once per round, in turn, so that a slow spell of the machine meets all of them; the fastest round counts."""
    best = {}
    for _ in range(ROUNDS):
        for name, (command, fed) in commands.items():
            seconds, kilobytes, last = measure(command, paths if fed else None)
            if name not in best or seconds < best[name][0]:
                best[name] = (seconds, kilobytes, last)
    return best


def available(command):
    return subprocess.run(command, capture_output=True).returncode == 0


def has_command(name):
    return shutil.which(name) is not None


def peers():
    found = {}
    if has_command("perl") and available(["perl", "-MYAML::XS", "-e1"]):
        found["Perl + YAML::XS, three checks"] = (["perl", os.path.join(HERE, "three_checks.pl")], True)
    for python in ("python3", "/usr/bin/python3"):
        if has_command(python) and available([python, "-c", "import yaml; yaml.CSafeLoader"]):
            found["Python + PyYAML, three checks"] = ([python, os.path.join(HERE, "three_checks.py")], True)
            break
    return found


def three_checks_pack(folder, rules):
    pack = os.path.join(folder, "three-checks")
    shutil.copytree(os.path.join(HERE, "three-checks"), pack)
    shutil.copy(os.path.join(rules, "calaim-ipp-payment-1", "form.yaml"), pack)
    return pack


def table(title, results, floor, count):
    print(f"\n{title}")
    print(f"{'':44}{'s':>9}{'µs/file':>10}{'× floor':>9}{'peak MB':>9}")
    for name, (seconds, kilobytes, last) in results.items():
        print(f"{name:44}{seconds:9.3f}{seconds / count * 1e6:10.0f}{seconds / floor:9.2f}{kilobytes / 1024:9.1f}  {last[:60]}")


def cold(proviso, file):
    times = sorted(measure([proviso, "check", "--format", "json=/dev/null", file], watches_memory=False)[0] for _ in range(COLD_RUNS))
    print(f"\none submission cold, whole pack, process start to exit: median {statistics.median(times) * 1e3:.1f} ms, "
          f"least {times[0] * 1e3:.1f} ms of {COLD_RUNS}")
    for name, (command, _) in peers().items():
        spent = sorted(measure(command, [file], watches_memory=False)[0] for _ in range(COLD_RUNS))
        print(f"  {name}: median {statistics.median(spent) * 1e3:.1f} ms")


def main():
    proviso, yaml_events, rule_times, rules, *rest = sys.argv[1:]
    counts = [int(rest[1])] if rest[:1] == ["--files"] else [1000, 10000]
    with tempfile.TemporaryDirectory() as folder:
        pack = three_checks_pack(folder, rules)
        for count in counts:
            corpus = os.path.join(folder, f"corpus-{count}")
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), corpus, str(count)], check=True)
            paths = [os.path.join(corpus, name) for name in sorted(os.listdir(corpus))]
            size = sum(os.path.getsize(path) for path in paths)
            commands = {"libyaml events, no checks": ([yaml_events], True)}
            check = [proviso, "check", "--format", "json=/dev/null"]  # what is timed is making the report, not the disk
            commands["proviso, three checks, JSON"] = (check + ["--pack", pack, corpus], False)
            commands["proviso, whole pack, JSON"] = (check + [corpus], False)
            commands["proviso, whole pack, JSON, --jobs 2"] = (check + ["--jobs", "2", corpus], False)
            commands["proviso, whole pack, terminal, quiet"] = ([proviso, "check", "--quiet", corpus], False)
            commands.update(peers())
            results = rounds(commands, paths)
            found = {last for name, (_, _, last) in results.items() if "findings" in last and name.startswith(("Perl", "Python"))}
            if len(found) > 1:
                sys.exit(f"the peers disagree: {found}")
            floor = results["libyaml events, no checks"][0]
            table(f"{count} submissions, {size / count / 1000:.1f} kB each (fastest of {ROUNDS} rounds)", results, floor, count)
            if count == counts[0]:
                cold(proviso, paths[0])
                print("\ntime per rule", flush=True)
                subprocess.run([rule_times, os.path.join(rules, "calaim-ipp-payment-1"), *paths[:200]], check=True)


if __name__ == "__main__":
    main()
