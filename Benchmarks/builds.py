"""Whole builds, side by side in one run on the same articles: kalimat, Python scripts that write the same records
(writers.py), and limits of the same machine (limits.py).

    python3 Benchmarks/builds.py [--megabytes 100] [--rounds 5] [--large 400 4000] [--write]

Every round runs each method once; a figure is the median of its rounds. One core: CPU seconds of the process. All cores:
seconds of the clock, so that waiting counts. A slow method reads fewer of the same articles. --large compares the peak
memory of builds of so many megabytes. --write puts the tables into docs/PERFORMANCE.md and the chart beside it.
"""

import argparse
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import articles
import chart

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent
KALIMAT = os.environ.get("KALIMAT", str(ROOT / ".build" / "release" / "kalimat"))
PYTHON = sys.executable
# Megabytes a second that are to be expected of it: only to choose how much it reads.
PEERS = {"sentencex": 15, "blingfire": 6, "datatrove": 0.3}
VIVA = ROOT / "Corpus" / "id-viva-2025-11-04.txt"
CORES = os.cpu_count() or 1


def run(command):
    """CPU seconds, seconds of the clock and peak kibibytes of a process."""
    begun = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} failed")
    # A limit measures itself: starting Python and reading the files is none of it.
    if str(HERE / "limits.py") in map(str, command):
        return float(said[0]), float(said[1]), usage.ru_maxrss
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss


class Method:
    """One row of the table, on one core or on all."""

    def __init__(self, name, command, size, before=None):
        self.name, self.command, self.size, self.before = name, command, size, before
        self.cpu, self.clock, self.peak = [], [], 0

    def once(self):
        if self.before:
            self.before()
        cpu, clock, peak = run(self.command)
        self.cpu.append(cpu)
        self.clock.append(clock)
        self.peak = max(self.peak, peak)

    def speed(self, jobs):
        """Megabytes of articles a second."""
        return self.size / statistics.median(self.cpu if jobs == 1 else self.clock) / 1e6


def records(folder):
    return sorted(path for kind in ("data", "documents", "rejected") for path in (folder / kind).glob("*"))


def methods(folder, path, jobs):
    size = path.stat().st_size
    out = folder / "out"
    clear = lambda: shutil.rmtree(out, ignore_errors=True)
    build = [KALIMAT, "build", path, "--license", "CC0-1.0", "--jobs", jobs, "--output"]
    plain, packed = folder / "plain", folder / "packed"
    for target, compression in ((plain, "none"), (packed, "gz")):
        if not target.exists():
            run([*build, target, "--compression", compression])
    check = [KALIMAT, "validate", "--jobs", jobs]
    yield Method("kalimat build, uncompressed", [*build, out, "--compression", "none"], size, clear)
    yield Method("kalimat validate of it", [*check, plain], size)
    # What costs what: the scripts look for no leftovers, and have boundaries of one layer.
    for name, options in (
        ("kalimat build, uncompressed, no leftovers", ["--leftovers", "off"]),
        ("the same with ICU's boundaries alone", ["--leftovers", "off", "--rules", "icu"]),
    ):
        yield Method(name, [*build, out, "--compression", "none", *options], size, clear)
    yield Method("kalimat build, gzip", [*build, out, "--compression", "gz"], size, clear)
    yield Method("kalimat validate of it, gzip", [*check, packed], size)
    for name, expected in PEERS.items():
        limit = min(size, int(expected * 3e6 * jobs))
        yield Method(
            f"{name}, orjson, hashlib",
            [PYTHON, HERE / "writers.py", name, path, out, "--jobs", jobs, "--limit", limit], limit, clear)
    limits = [PYTHON, HERE / "limits.py"]
    shards = records(plain)
    yield Method("limit: SHA-256 of input and output", [*limits, "sha256", path, *shards, "--jobs", jobs], size)
    yield Method("limit: libdeflate -6 of the output", [*limits, "gzip", *shards, "--jobs", jobs], size)
    yield Method("limit: memcpy of input and output", [*limits, "memcpy", path, *shards, "--jobs", jobs], size)


def compare(folder, path, rounds, jobs):
    running = list(methods(folder, path, jobs))
    for _ in range(rounds):
        for method in list(running):
            try:
                method.once()
            except RuntimeError as error:
                print(f"  {error}", file=sys.stderr)
                running.remove(method)
    return {method.name: method.speed(jobs) for method in running}


def table(one, every):
    base = "sentencex, orjson, hashlib"
    lines = [
        f"| | one core, × sentencex | MB/s | {CORES} cores, × sentencex | MB/s |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name in one:
        cells = []
        for found in (one, every):
            if name in found and base in found:
                cells.append(f"{found[name] / found[base]:.2f} | {found[name]:.1f}")
            else:
                cells.append("– | –")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def memory(folder, sizes):
    lines = ["| articles | peak memory | seconds | MB/s |", "| ---: | ---: | ---: | ---: |"]
    for megabytes in sizes:
        path, out = folder / "large.jsonl", folder / "large"
        articles.write(path, megabytes * 1_000_000, 16_000_000)
        cpu, clock, peak = run(
            [KALIMAT, "build", path, "--license", "CC0-1.0", "--compression", "none", "--output", out])
        lines.append(f"| {megabytes} MB | {peak / 1024:.0f} MiB | {clock:.1f} | {path.stat().st_size / clock / 1e6:.0f} |")
        print(lines[-1])
        shutil.rmtree(out)
        path.unlink()
    return lines


def viva(folder, rounds):
    """Milliseconds of the one article, start to finish, and of a process that does nothing."""
    out = folder / "viva"
    build, idle = [], []
    for _ in range(rounds):
        shutil.rmtree(out, ignore_errors=True)
        build.append(run([KALIMAT, "build", VIVA, "--license", "CC0-1.0", "--output", out]))
        idle.append(run(["/bin/true"]))
    clock = statistics.median(seconds for _, seconds, _ in build) * 1000
    cpu = statistics.median(seconds for seconds, _, _ in build) * 1000
    nothing = statistics.median(seconds for _, seconds, _ in idle) * 1000
    return (
        f"The VIVA article, start to finish: {clock:.1f} ms by the clock, {cpu:.1f} ms of CPU, median of {rounds}; "
        f"`/bin/true` the same way: {nothing:.1f} ms."
    )


def write(name, text):
    path = ROOT / "docs" / "PERFORMANCE.md"
    whole = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    before, rest = whole.split(begin)
    path.write_text(before + begin + text + "\n" + end + rest.split(end)[1], encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT / ".build") as name:
        folder = pathlib.Path(name)
        path = folder / "articles.jsonl"
        articles.write(path, arguments.megabytes * 1_000_000, min(16_000_000, arguments.megabytes * 250_000))
        load = os.getloadavg()[0]
        one = compare(folder, path, arguments.rounds, 1)
        every = compare(folder, path, arguments.rounds, CORES)
        text = table(one, every)
        text += ["", viva(folder, 21)]
        text += [
            "", f"Median of {arguments.rounds} interleaved rounds over {arguments.megabytes} MB of articles in eight "
            f"languages, MB of articles a second; one core: CPU time, {CORES} cores: the clock; {platform.machine()}, "
            f"load at the beginning {load:.1f}: `python3 Benchmarks/builds.py`.",
        ]
        print("\n".join(text))
        if arguments.write:
            write("builds", "\n".join(text))
            (ROOT / "docs" / "performance.svg").write_text(chart.draw(one, every, CORES), encoding="utf-8")
        if arguments.large:
            lines = memory(folder, arguments.large)
            if arguments.write:
                write("memory", "\n".join(lines))


if __name__ == "__main__":
    main()
