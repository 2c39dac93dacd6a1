"""Strict and lax precision, recall and F1 of `kalimat align --lines` on ../shared/gold/alignment, by vecalign's
definition (gold/README.md), beside Gale-Church (nltk) and hunalign's figures of findings.md; how well `--pairs-by content`
finds which articles translate each other; and speed.

usage: alignment.py KALIMAT [--gold FOLDER] [--write docs/ALIGNMENT.md] [--only quality,small,pairs,speed]
"""
import argparse
import glob
import os
import random
import re
import subprocess
import sys
import tempfile

# As measured before this project (findings.md, section 4, on held-out sets of the same kinds): strict F1.
HUNALIGN = {"textberg-dev": 76.5, "pud-enid-dev": 74.2, "pud-ende-dev": 71.0}
# The prototype's strict F1 on these very sets.
PROTOTYPE = {
    "dtm-huen": 98.6, "parice-enis": 93.6, "pud-enar-dev": 89.0, "pud-ende-dev": 96.6, "pud-enfi-dev": 95.9,
    "pud-enid-dev": 94.2, "pud-enja-dev": 93.7, "pud-enru-dev": 92.9, "pud-enzh-dev": 94.0, "textberg-dev": 88.8,
}
LANGUAGES = {"textberg-dev": ("de", "fr"), "parice-enis": ("en", "is"), "dtm-huen": ("hu", "en")}


def read_lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")[:-1]


def read_beads(path):
    beads = []
    for line in read_lines(path):
        if ":" in line:
            fields = line.split(":")
            sides = [tuple(int(n) for n in re.findall(r"\d+", field)) for field in fields[:2]]
            score = float(fields[2]) if len(fields) > 2 and fields[2] else 0.0
            beads.append((sides[0], sides[1], score))
    return beads


def two_sided(beads):
    return [bead for bead in beads if bead[0] and bead[1]]


class Score:
    """Counts over the documents of a set; beads with an empty side do not count."""

    def __init__(self):
        self.strict = self.lax_precise = self.lax_recalled = self.found = self.wanted = 0
        self.sure = []

    def add(self, gold, found):
        gold, found = two_sided(gold), two_sided(found)
        right = {bead[:2] for bead in gold}
        self.strict += sum(bead[:2] in right for bead in found)
        gold_links = {(i, j) for s, t, _ in gold for i in s for j in t}
        found_links = {(i, j) for s, t, _ in found for i in s for j in t}
        self.lax_precise += sum(any((i, j) in gold_links for i in s for j in t) for s, t, _ in found)
        self.lax_recalled += sum(any((i, j) in found_links for i in s for j in t) for s, t, _ in gold)
        self.found += len(found)
        self.wanted += len(gold)
        self.sure += [(bead[2], bead[:2] in right) for bead in found]

    def strict_f1(self):
        return 200 * self.strict / max(1, self.found + self.wanted)

    def lax_f1(self):
        precision = self.lax_precise / max(1, self.found)
        recall = self.lax_recalled / max(1, self.wanted)
        return 200 * precision * recall / max(1e-9, precision + recall)

    def strict_precision(self):
        return 100 * self.strict / max(1, self.found)

    def strict_recall(self):
        return 100 * self.strict / max(1, self.wanted)

    def best_half(self):
        """Strict precision of the surer half of the beads."""
        ranked = sorted(self.sure, key=lambda pair: -pair[0])[: len(self.sure) // 2]
        return 100 * sum(right for _, right in ranked) / max(1, len(ranked))


    def calibration_error(self):
        """Expected calibration error: how far the score is from the share that is right, over ten bins of the score."""
        bins = [[] for _ in range(10)]
        for score, right in self.sure:
            bins[min(9, int(score * 10))].append(score - right)
        return 100 * sum(abs(sum(part)) for part in bins) / max(1, len(self.sure))


def run(kalimat, arguments):
    """Seconds of processor time, and MiB at most."""
    process = subprocess.Popen([kalimat, "align", "--lines", *arguments])
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"kalimat align ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tags(name):
    pair = LANGUAGES.get(name) or (name.split("-")[1][:2], name.split("-")[1][2:4])
    return pair


def languages(name):
    return ["--source-lang", tags(name)[0], "--target-lang", tags(name)[1]]


def gale_church(source, target):
    """The beads of nltk's Gale-Church over one document."""
    from nltk.translate import gale_church as gc

    lengths = [[sum(not c.isspace() for c in line) or 1 for line in side] for side in (source, target)]
    try:
        pairs = gc.align_blocks(*lengths)
    except (ZeroDivisionError, ValueError, IndexError):
        return []
    # It gives links; those that share a line are one bead.
    beads = []
    for i, j in pairs:
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    return [(tuple(sorted(s)), tuple(sorted(t)), 0.0) for s, t in beads]


def evaluate(kalimat, folder, name):
    ours, base = Score(), Score()
    documents = sorted(glob.glob(f"{folder}/{name}/*.src"))
    with tempfile.TemporaryDirectory() as work:
        with open(f"{work}/list.tsv", "w", encoding="utf-8") as pairs:
            for path in documents:
                pairs.write(f"{path}\t{path[:-4]}.tgt\t{work}/{os.path.basename(path)[:-4]}.beads\n")
        seconds, _ = run(kalimat, ["--list", f"{work}/list.tsv", "--jobs", "1", *languages(name)])
        lines = 0
        for path in documents:
            gold = read_beads(f"{path[:-4]}.gold")
            source, target = read_lines(path), read_lines(f"{path[:-4]}.tgt")
            ours.add(gold, read_beads(f"{work}/{os.path.basename(path)[:-4]}.beads"))
            base.add(gold, gale_church(source, target))
            lines += len(source)
    return ours, base, lines / max(seconds, 1e-9)


def table(kalimat, folder):
    rows = [
        "| set | Gale–Church | hunalign | prototype | kalimat | lax | precision | recall | surer half | ECE | lines/s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    sums = [0.0] * 6
    names = sorted(os.listdir(folder))
    for name in names:
        ours, base, speed = evaluate(kalimat, folder, name)
        prototype = PROTOTYPE.get(name, 0)
        for index, value in enumerate(
            (base.strict_f1(), prototype, ours.strict_f1(), ours.lax_f1(), ours.best_half(), ours.calibration_error())
        ):
            sums[index] += value / len(names)
        rows.append(
            f"| {name} | {base.strict_f1():.1f} | {HUNALIGN.get(name, '')} | {prototype} | {ours.strict_f1():.1f} "
            f"| {ours.lax_f1():.1f} | {ours.strict_precision():.1f} | {ours.strict_recall():.1f} "
            f"| {ours.best_half():.1f} | {ours.calibration_error():.1f} | {speed:,.0f} |"
        )
        print(rows[-1], flush=True)
    rows.append(f"| mean | {sums[0]:.1f} | | {sums[1]:.1f} | {sums[2]:.1f} | {sums[3]:.1f} | | | {sums[4]:.1f} | {sums[5]:.1f} | |")
    print(rows[-1])
    return rows


def pieces(folder, name, size):
    """The set's beads, cut into runs of `size`: source lines, target lines and beads of each."""
    for path in sorted(glob.glob(f"{folder}/{name}/*.src")):
        gold = read_beads(f"{path[:-4]}.gold")
        source, target = read_lines(path), read_lines(f"{path[:-4]}.tgt")
        for start in range(0, len(gold) - size + 1, size):
            part = gold[start : start + size]
            rows = sorted(i for bead in part for i in bead[0])
            columns = sorted(j for bead in part for j in bead[1])
            if not rows or not columns:
                continue
            moved = [
                (tuple(i - rows[0] for i in bead[0]), tuple(j - columns[0] for j in bead[1]), 0.0) for bead in part
            ]
            yield source[rows[0] : rows[-1] + 1], target[columns[0] : columns[-1] + 1], moved


def write_lines(path, lines):
    with open(path, "w", encoding="utf-8") as out:
        out.write("".join(f"{line}\n" for line in lines))


def small(kalimat, folder):
    """Pieces of the sets, each aligned alone: the lexicon has next to nothing to learn from."""
    rows = [
        "| beads in a collection | strict F1 | precision | recall | surer half | ECE |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size in (30, 10):
        scores = []
        for name in sorted(os.listdir(folder)):
            score = Score()
            with tempfile.TemporaryDirectory() as work:
                for source, target, gold in pieces(folder, name, size):
                    write_lines(f"{work}/s", source)
                    write_lines(f"{work}/t", target)
                    run(kalimat, [f"{work}/s", f"{work}/t", "--output", f"{work}/b", "--jobs", "1", *languages(name)])
                    score.add(gold, read_beads(f"{work}/b"))
            scores.append(score)
        means = [
            sum(part) / len(scores)
            for part in zip(
                *(
                    (s.strict_f1(), s.strict_precision(), s.strict_recall(), s.best_half(), s.calibration_error())
                    for s in scores
                )
            )
        ]
        rows.append(f"| {size} | " + " | ".join(f"{mean:.1f}" for mean in means) + " |")
        print(rows[-1], flush=True)
    return rows


def pairs(kalimat, folder):
    """Articles of ten beads; a fifth of each side has no other side; the target's files are called anything."""
    rows = ["| set | articles | pairs | precision | recall |", "| --- | --- | --- | --- | --- |"]
    sums = [0.0, 0.0]
    names = sorted(os.listdir(folder))
    for name in names:
        chance = random.Random(22)
        articles = list(pieces(folder, name, 10))
        kept = [chance.random() for _ in articles]
        target_names = chance.sample(range(1000), len(articles))
        with tempfile.TemporaryDirectory() as work:
            wanted = set()
            counts = [0, 0]
            for side in "st":
                os.mkdir(f"{work}/{side}")
            for number, (source, target, _) in enumerate(articles):
                if kept[number] < 0.8:
                    write_lines(f"{work}/s/{number:03}.txt", source)
                    counts[0] += 1
                if kept[number] < 0.6 or kept[number] >= 0.8:
                    write_lines(f"{work}/t/{target_names[number]:03}.txt", target)
                    counts[1] += 1
                if kept[number] < 0.6:
                    wanted.add((f"{number:03}.txt", f"{target_names[number]:03}.txt"))
            command = [kalimat, "align", f"{work}/s", f"{work}/t", "--pairs-by", "content", "--explain", *languages(name)]
            shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = set()
        for line in shown.split("\n"):
            if " ↔ " in line and not line.startswith(" "):
                found.add(tuple(os.path.basename(part) for part in line.split(" ↔ ")))
        right = len(found & wanted)
        precision, recall = 100 * right / max(1, len(found)), 100 * right / max(1, len(wanted))
        sums = [sums[0] + precision / len(names), sums[1] + recall / len(names)]
        rows.append(f"| {name} | {counts[0]}, {counts[1]} | {len(wanted)} | {precision:.1f} | {recall:.1f} |")
        print(rows[-1], flush=True)
    rows.append(f"| mean | | | {sums[0]:.1f} | {sums[1]:.1f} |")
    print(rows[-1])
    return rows


def speed(kalimat, folder):
    """Long documents are made of PUD's lines, each set's again and again with a number of its own in each line."""
    rows = ["| lines | documents | processor seconds | lines/s | MiB |", "| --- | --- | --- | --- | --- |"]
    base = sorted(glob.glob(f"{folder}/pud-ende-dev/*.src")) + sorted(glob.glob(f"{folder}/pud-ende-dev/*.src"))
    source = [line for path in base for line in read_lines(path)]
    target = [line for path in base for line in read_lines(f"{path[:-4]}.tgt")]
    for count, size in ((5_000, 500), (50_000, 500), (10_000, 10_000), (100_000, 100_000)):
        with tempfile.TemporaryDirectory() as work:
            pairs = []
            lines = 0
            for number in range(count // size):
                paths = [f"{work}/{number}.{side}" for side in ("src", "tgt", "beads")]
                repeats = -(-size // len(source))
                for path, side in zip(paths, (source, target)):
                    with open(path, "w", encoding="utf-8") as out:
                        written = 0
                        for repeat in range(repeats):
                            for line in side:
                                if written == size:
                                    break
                                out.write(f"{line}\n" if repeat % 7 else f"{line} {number * repeats + repeat}\n")
                                written += 1
                pairs.append("\t".join(paths))
                lines += size
            with open(f"{work}/list.tsv", "w", encoding="utf-8") as out:
                out.write("\n".join(pairs) + "\n")
            seconds, memory = run(kalimat, ["--list", f"{work}/list.tsv", "--jobs", "1"])
            rows.append(f"| {lines:,} | {count // size} | {seconds:.1f} | {lines / seconds:,.0f} | {memory:.0f} |")
            print(rows[-1], flush=True)
    return rows


def write(path, name, rows):
    """Puts the rows between the markers of that name."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if begin not in text or end not in text:
        sys.exit(f"{path}: the markers {begin} and {end} are not there")
    head, rest = text.split(begin, 1)
    tail = rest.split(end, 1)[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + begin + "\n" + "\n".join(rows) + "\n" + end + tail)


PARTS = {"quality": table, "small": small, "pairs": pairs, "speed": speed}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kalimat")
    parser.add_argument("--gold", default=os.path.join(os.path.dirname(__file__), "../../shared/gold/alignment"))
    parser.add_argument("--write", help="the document whose tables are written anew")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    options = parser.parse_args()
    if not os.path.isdir(options.gold):
        print(f"eval-align: skipped: {options.gold} is not there")
        return
    for part in options.only.split(","):
        rows = PARTS[part](os.path.abspath(options.kalimat), options.gold)
        if options.write:
            write(options.write, f"eval-align {part}", rows)


if __name__ == "__main__":
    main()
