"""Sentences given out and taken back: speed and memory of `kalimat export` and `kalimat import`.

    make build && python3 Benchmarks/exchange.py [--megabytes 20] [--rounds 3] [--kalimat .build/release/kalimat]

Articles come from Benchmarks/corpus.py. A figure is megabytes of text a second, the best of the rounds: for exports the
text of the sentences, for imports that of both sides. CPU is user and system time of all threads; memory the most that was
resident. Needs Python's standard library alone.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
EXPORTS = ["txt", "documents", "moses", "tsv", "csv", "jsonl", "po", "tmx", "xliff12", "xliff2", "wmt"]
IMPORTS = ["moses", "tsv", "jsonl", "po", "tmx", "xliff12"]
WORDS = ("the old boat on this river was built by people who knew what they wanted and had time for it when rain fell "
         "over green hills near market").split()


# A process begins with the peak of the one that it was forked from: so a small one starts it, and not this.
RUNNER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
sys.exit(status != 0)
"""


def run(*command):
    """Wall and CPU seconds, and the most memory in MB."""
    done = subprocess.run([sys.executable, "-c", RUNNER, *command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return tuple(map(float, done.stdout.split()))


def best(rounds, *command):
    return min((run(*command) for _ in range(rounds)), key=lambda figures: figures[1])


def translation(text):
    """Words that are a function of the text, about as many as it has, with its numbers."""
    start = sum(text.encode()) % len(WORDS)
    words = [WORDS[(start + 5 * i) % len(WORDS)] for i in range(max(1, len(text) // 6))]
    return " ".join(["The", *words, *re.findall(r"\d[\d.,:]*\d|\d", text)]) + "."


def xml(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def returned(kind, rows):
    """A file as a tool gives it back."""
    if kind == "moses":
        return "".join(target + "\n" for _, _, target in rows)
    if kind == "tsv":
        escape = lambda text: text.replace("\\", "\\\\").replace("\t", "\\t")
        return "id\tsource\ttarget\n" + "".join(f"{i}\t{escape(s)}\t{escape(t)}\n" for i, s, t in rows)
    if kind == "jsonl":
        return "".join(json.dumps({"custom_id": i, "source": s, "target": t}, ensure_ascii=False) + "\n" for i, s, t in rows)
    if kind == "po":
        quote = lambda text: text.replace("\\", "\\\\").replace('"', '\\"')
        entries = (f'msgctxt "{i}"\nmsgid "{quote(s)}"\nmsgstr "{quote(t)}"\n\n' for i, s, t in rows)
        return 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n' + "".join(entries)
    if kind == "tmx":
        units = (f'<tu tuid="{i}" srclang="id"><tuv xml:lang="id"><seg>{xml(s)}</seg></tuv><tuv xml:lang="en"><seg>{xml(t)}'
                 "</seg></tuv></tu>\n" for i, s, t in rows)
        return '<tmx version="1.4"><header srclang="id"/><body>\n' + "".join(units) + "</body></tmx>\n"
    units = (f'<trans-unit id="{i}"><source>{xml(s)}</source><target>{xml(t)}</target></trans-unit>\n' for i, s, t in rows)
    return '<xliff version="1.2"><file><body>\n' + "".join(units) + "</body></file></xliff>\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kalimat", default=str(HERE.parent / ".build/release/kalimat"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options, pathlib.Path(folder))


def measure(options, folder):
    subprocess.run(
        [sys.executable, HERE / "corpus.py", "--language", "id", "--bytes", str(options.megabytes * 1_000_000),
         folder / "articles.jsonl"], check=True)
    dataset = folder / "dataset"
    run(options.kalimat, "build", folder / "articles.jsonl", "--output", dataset, "--lang", "id", "--compression", "none")
    sentences = [json.loads(line) for shard in sorted((dataset / "data").iterdir()) for line in open(shard, encoding="utf-8")]
    rows = [(row["id"], row["text"], translation(row["text"])) for row in sentences]
    text = sum(len(s.encode()) for _, s, _ in rows) / 1e6
    both = text + sum(len(t.encode()) for _, _, t in rows) / 1e6
    print(f"{len(rows)} sentences, {text:.1f} MB of text; with translations {both:.1f} MB; {os.cpu_count()} processors\n")
    print("| | MB/s | CPU s | MB/s of CPU | memory, MB |\n| --- | --- | --- | --- | --- |")
    for kind in EXPORTS:
        wall, cpu, memory = best(
            options.rounds, options.kalimat, "export", dataset, "--to", kind, "--target-lang", "en", "--output", folder / f"out.{kind}")
        print(f"| export {kind} | {text / wall:.0f} | {cpu:.2f} | {text / cpu:.0f} | {memory:.0f} |", flush=True)
    for kind in IMPORTS:
        file = folder / f"back.{kind}"
        file.write_text(returned(kind, rows), encoding="utf-8")
        (folder / "back.moses.ids").write_text("".join(f"{i}\n" for i, _, _ in rows))
        wall, cpu, memory = best(
            options.rounds, options.kalimat, "import", dataset, file, "--format", kind, "--lang", "en", "--output", folder / "bitext",
            "--replace")
        print(f"| import {kind} | {both / wall:.0f} | {cpu:.2f} | {both / cpu:.0f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
