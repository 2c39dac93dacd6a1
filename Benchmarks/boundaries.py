"""Sentence boundaries, one core: kalimat's scanner beside ubrk and other segmenters, in one run on the same articles.

    python3 Benchmarks/boundaries.py [--megabytes 10] [--rounds 7] [--languages en id zh ja] [--texts FOLDER]

Every round runs each method once, so that what disturbs the machine disturbs all; a method's figure is the median of its
rounds, in CPU time of its thread. A slow method reads fewer of the same articles: as many as take about two seconds.
Prints a table, and writes it between the marks of docs/PERFORMANCE.md with --write.
"""

import argparse
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PROGRAM = HERE / ".build" / "release" / "Boundaries"
OURS = ["avx2", "avx2-cold", "portable", "full", "ubrk-utf16", "ubrk-utf8", "memcpy"]
# Method, and megabytes a second that are to be expected of it: only to choose how much it reads.
PEERS = {"sentencex": 60, "blingfire": 20, "pyicu": 30, "nupunkt": 5, "spacy": 0.5, "pysbd": 0.1}
NAMES = {
    "avx2": "kalimat's scanner, AVX2",
    "avx2-cold": "the same, text from memory",
    "portable": "kalimat's scanner, byte tables",
    "full": "kalimat, all layers",
    "ubrk-utf16": "ubrk over UTF-16, conversion counted",
    "ubrk-utf8": "ubrk over UTF-8 (UText)",
    "memcpy": "memcpy, the limit",
}
BASE = "ubrk-utf16"


class Worker:
    """A method in its own process, which runs once each time it is asked."""

    def __init__(self, method, language, path, limit):
        command = [PROGRAM] if method in OURS else [sys.executable, HERE / "peers.py"]
        self.process = subprocess.Popen(
            [*command, method, language, path, str(limit)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        self.speeds = []
        self.found = 0

    def run(self):
        """Whether it answered."""
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return False
        answer = self.process.stdout.readline().split()
        if not answer:
            return False
        self.speeds.append(int(answer[2]) / float(answer[0]) / 1e6)
        self.found = int(answer[1]) / int(answer[2]) * 1e6
        return True


def measure(language, path, megabytes, rounds):
    workers = {}
    for method in [*OURS, *PEERS]:
        limit = megabytes if method in OURS else min(megabytes, PEERS[method] * 2)
        workers[method] = Worker(method, language, path, max(int(limit * 1e6), 100_000))
    for number in range(rounds + 1):
        for method in list(workers):
            if not workers[method].run():
                print(f"  {method} does not do {language}, or is not installed", file=sys.stderr)
                del workers[method]
            elif number == 0:
                workers[method].speeds.clear()  # a round to warm up
    for worker in workers.values():
        worker.process.stdin.close()
        worker.process.wait()
    return {m: (statistics.median(w.speeds), min(w.speeds), max(w.speeds), w.found) for m, w in workers.items()}


def table(results, megabytes, rounds):
    lines = [
        "| | " + " | ".join(f"{language}, × ubrk | MB/s" for language in results) + " |",
        "| --- |" + " ---: | ---: |" * len(results),
    ]
    for method in [*OURS, *PEERS]:
        if not any(method in found for found in results.values()):
            continue
        cells = []
        for found in results.values():
            if method not in found:
                cells.append("– | –")
                continue
            speed = found[method][0]
            ratio = speed / found[BASE][0]
            cells.append(f"{ratio:.1f} | {speed:.0f}" if speed >= 10 else f"{ratio:.3f} | {speed:.1f}")
        lines.append(f"| {NAMES.get(method, method)} | " + " | ".join(cells) + " |")
    lines.append("")
    lines.append(
        f"Median of {rounds} rounds, {megabytes} MB of articles a language, CPU time of one thread, "
        f"{platform.machine()}: `python3 Benchmarks/boundaries.py`."
    )
    return "\n".join(lines)


def write(text):
    path = HERE.parent / "docs" / "PERFORMANCE.md"
    whole = path.read_text(encoding="utf-8")
    begin, end = "<!-- boundaries -->\n", "<!-- /boundaries -->\n"
    before, rest = whole.split(begin)
    path.write_text(before + begin + text + "\n" + end + rest.split(end)[1], encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--languages", nargs="+", default=["en", "id", "zh", "ja"])
    parser.add_argument("--texts", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for language in arguments.languages:
            path = pathlib.Path(folder) / f"{language}.jsonl"
            texts = ["--texts", arguments.texts] if arguments.texts else []
            size = str(arguments.megabytes * 1_000_000)
            subprocess.run(
                [sys.executable, HERE / "corpus.py", "--language", language, "--bytes", size, *texts, path], check=True
            )
            results[language] = measure(language, path, arguments.megabytes, arguments.rounds)
            for method, (median, least, most, found) in results[language].items():
                print(f"{language} {method:12} {median:8.1f} MB/s ({least:.1f}–{most:.1f}), {found:.0f} sentences a MB")
    text = table(results, arguments.megabytes, arguments.rounds)
    print(text)
    if arguments.write:
        write(text)


if __name__ == "__main__":
    main()
